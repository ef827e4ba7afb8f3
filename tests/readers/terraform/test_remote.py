"""Calls of modules that are not local."""

import pytest
from tests.support.terraform import configuration

CALL = 'module "{name}" {{\n  source = "{source}"\n{more}}}\n'


def listed(text, path="main.tf", **files):
    """Return what the modules of some files do not check."""
    made = configuration({path: text, **files})
    folders = sorted({file.rpartition("/")[0] for file in (path, *files)})
    found = [*made.not_checked(folders)]
    assert not made.unreadable
    return [(each.file, each.line, each.what, each.why) for each in found]


@pytest.mark.parametrize(
    ("name", "source", "more", "verb"),
    [
        ("acm", "brightharbor/acm/aws", "", "calls"),
        ("site", "git::https://github.com/x/terraform-aws-acm.git?ref=1", "", "calls"),
        ("certificate", "app.terraform.io/x/tls/aws", "", "calls"),
        ("site", "x/y/aws", '  subject_alternative_names = ["a.io"]\n', "calls"),
        ("alb", "x/alb/aws", "  certificate_arn = module.c.arn\n", "passes a certificate to"),
        (
            "cdn",
            "brightharbor/cloudfront/aws",
            "  viewer_certificate = {\n    acm_certificate_arn = aws_acm_certificate.c.arn\n  }\n",
            "passes a certificate to",
        ),
    ],
)
def test_calls_about_certificates_are_listed(name, source, more, verb):
    """The source, the name or an argument is about certificates."""
    text = "\n" + CALL.format(name=name, source=source, more=more)
    why = f"{verb} `{source}`, which is not local" if len(source) < 80 else None
    assert listed(text) == [("main.tf", 2, f"module `{name}`", why)]


@pytest.mark.parametrize(
    ("name", "source", "more"),
    [
        ("acm", "./modules/acm", ""),
        ("acm", "../acm", ""),
        ("vpc", "terraform-aws-modules/vpc/aws", "  # a certificate\n"),
        ("cert_manager", "terraform-iaac/cert-manager/kubernetes", ""),
        ("alb", "x/alb/aws", "  certificate_arn = null\n"),
        ("alb", "x/alb/aws", '  certificate_arn = ""\n'),
        ("alb", "x/alb/aws", "  # certificate_arn = module.c.arn\n"),
    ],
)
def test_other_calls_are_not_listed(name, source, more):
    """Local modules are read, and others have nothing to do with certificates."""
    assert listed(CALL.format(name=name, source=source, more=more)) == []


def test_calls_are_listed_in_json_and_in_called_modules():
    """Each file of a module is read, in both syntaxes."""
    json = '{"module": {"acm": {"source": "brightharbor/acm/aws"}}}'
    inner = CALL.format(name="cert", source="x/acm/aws", more="")
    found = listed(json, "main.tf.json", **{"inner/main.tf": inner})
    assert [(file, what) for file, _, what, _ in found] == [
        ("main.tf.json", "module `acm`"),
        ("inner/main.tf", "module `cert`"),
    ]


def test_calls_in_local_modules_are_listed():
    """A module that only wraps a remote one is read with its caller, wherever it is."""
    wrapper = CALL.format(name="cert", source="x/acm/aws", more="")
    caller = CALL.format(name="site", source="../modules/site", more="")
    inner = CALL.format(name="inner", source="../cert", more="")
    files = {
        "prod/main.tf": caller,
        "modules/site/main.tf": inner,
        "modules/cert/main.tf": wrapper,
        "elsewhere/main.tf": wrapper,
    }
    found = [*configuration(files).not_checked(["prod"])]
    assert [each.file for each in found] == ["modules/cert/main.tf"]
