"""Edits of Terraform configurations."""

import json
from types import SimpleNamespace

import pytest
from tests.support.fixes import FilesRun, findings, fixed_text, rejections, resource

from acmrules.lint import fixes
from acmrules.readers.evaluated import Node
from acmrules.readers.terraform import edits
from acmrules.syntax.edits import ValueEdit
from acmrules.syntax.source import Source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('domain_name = "WWW.a.io" # c\n', 'domain_name = "www.a.io" # c\n'),
        ('domain_name = "\\u0057.a.io"\n', 'domain_name = "w.a.io"\n'),
        (
            'domain_name = "a.io"\ntags = {\n  "a*" = "*" // c\n}\n',
            'domain_name = "a.io"\ntags = {\n  "a_" = "_" // c\n}\n',
        ),
        (
            'domain_name = "a.io"\nsubject_alternative_names = ["b.io", "b.io",]\n',
            'domain_name = "a.io"\nsubject_alternative_names = ["b.io",]\n',
        ),
        (
            'domain_name = "a.io"\nsubject_alternative_names = [\n  "b.io", # b\n  "b.io" # d\n]\n',
            'domain_name = "a.io"\nsubject_alternative_names = [\n  "b.io" # b\n]\n',
        ),
        (
            'domain_name = "*.a.io"\nsubject_alternative_names = [\n  "b.io", # b\n]\n',
            'domain_name = "*.a.io"\nsubject_alternative_names = [\n  "b.io", # b\n  "a.io",\n]\n',
        ),
        (
            'domain_name = "*.a.io" # c\n\nlifecycle {}\n',
            (
                'domain_name               = "*.a.io" # c\n'
                'subject_alternative_names = ["a.io"]\n\nlifecycle {}\n'
            ),
        ),
        (
            'domain_name = "*.a.io"\nvalidation_method = "DNS"\n',
            (
                'domain_name = "*.a.io"\nvalidation_method = "DNS"\n'
                'subject_alternative_names = ["a.io"]\n'
            ),
        ),
        (
            'domain_name = "*.a.io"\nsubject_alternative_names = ["a.io", "b.a.io"]\n',
            'domain_name = "*.a.io"\nsubject_alternative_names = ["a.io"]\n',
        ),
        (
            'domain_name = "*.a.io"\nsubject_alternative_names = concat(["b.a.io"], ["a.io"])\n',
            None,
        ),
        ('domain_name = upper("a.io")\n', None),
        ("domain_name = <<X\nWWW.a.io\nX\n", None),
    ],
)
def test_configurations(before, after):
    """Edits of native syntax preserve lines, commas and comments."""
    text = resource(before)
    fixed = fixed_text(
        text, "main.tf", unsafe=True, rules=["ACM102", "ACM203", "ACM204", "ACM304", "ACM306"]
    )
    assert fixed == (text if after is None else resource(after))


def test_an_argument_is_removed_with_its_last_item():
    """An argument is removed together with its last alternative name."""
    names = 'subject_alternative_names = ["b.a.io"] # c\n'
    body = 'domain_name = "*.a.io"\n{}validation_method = "DNS"\n'
    fixed = fixed_text(resource(body.format(names)), "main.tf", unsafe=True, rules=["ACM204"])
    assert fixed == resource(body.format(""))


def test_options_in_a_configuration():
    """A new option is a block after the others, and a removed option takes its lines with it."""
    text = resource("""\
        domain_name       = "shop.a.io"
        validation_method = "EMAIL"
        """)
    given_domain = text.replace(
        '"EMAIL"\n',
        '"EMAIL"\n\n  validation_option {\n'
        '    domain_name       = "shop.a.io"\n    validation_domain = "a.io"\n  }\n',
    )
    assert fixed_text(text, "main.tf", unsafe=True) == given_domain
    other = given_domain.replace('= "shop.a.io"\n    v', '= "b.io" # b\n    v')
    assert fixed_text(other, "main.tf", unsafe=True) == given_domain
    lists_too = other.replace(" b\n", " b\n    # c\n")
    block = lists_too[lists_too.index("  validation_o") : -2]
    both = lists_too.replace(block, block + given_domain[given_domain.index("  validation_o") : -2])
    assert fixed_text(both, "main.tf", unsafe=True) == given_domain
    lived = text[:-2] + "  lifecycle {}\n}\n"
    assert fixed_text(lived, "main.tf", unsafe=True) == (
        given_domain.replace("\n\n", "\n  lifecycle {}\n\n")
    )


def test_literals_of_a_configuration():
    """A fix edits the default, the local or the argument that the value comes from."""
    declared = (
        'variable "v" {\n  default = "WWW.a.io"\n}\nlocals {\n  l = { x = ["WWW.a.io"] }\n}\n'
    )
    for value, count in [("var.v", 1), ("local.l.x[0]", 2), ('"${var.v}"', 1)]:
        text = resource(f"domain_name = {value}\n", declared)
        [planned] = [fixes.plan_fix(each) for each in findings(text, "main.tf") if each.fix]
        assert planned.safe is False
        assert ", which changes the " in planned.description
        before, now = text.split("WWW")[:count], text.split("WWW")[count:]
        assert fixed_text(text, "main.tf", unsafe=True) == "www".join(
            ["WWW".join(before), "WWW".join(now)]
        )
    text = resource('domain_name = "b.io"\nsubject_alternative_names = local.l.x\n', declared)
    assert fixed_text(text, "main.tf") == text
    assert fixed_text(text, "main.tf", unsafe=True) == text.replace('["WWW', '["www')
    text = resource('count = 2\ndomain_name = "WWW.a.io"\n')
    assert fixed_text(text, "main.tf") == text
    assert fixed_text(text, "main.tf", unsafe=True) == text.replace("WWW", "www")


def test_configurations_in_json():
    """Files in JSON syntax are edited as JSON."""
    text = json.dumps(
        {
            "resource": {
                "aws_acm_certificate": {"it": {"domain_name": "*.A.io", "tags": {"a*": "*"}}}
            }
        },
        indent=2,
    )
    assert rejections(text, "main.tf.json") == {}
    expected = text.replace("A.io", "a.io").replace('"a*"', '"a_"')
    assert fixed_text(text, "main.tf.json", unsafe=True) == expected.replace(
        '"*"\n        }', '"_"\n        },\n        "subject_alternative_names": ["a.io"]'
    )


def test_the_only_member_of_a_mapping_in_json_is_removed():
    """The mapping is then empty, on one line as on several."""
    option = {"for_each": ["a"], "content": {"domain_name": "b.io", "validation_domain": "b.io"}}
    certificate = {"domain_name": "a.io", "dynamic": {"validation_option": option}}
    data = {"resource": {"aws_acm_certificate": {"it": certificate}}}
    for indent in (None, 2):
        fixed = fixed_text(json.dumps(data, indent=indent), "main.tf.json", unsafe=True)
        expected = certificate | {"dynamic": {}}
        assert json.loads(fixed)["resource"]["aws_acm_certificate"]["it"] == expected


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("domain_name = <<-X\n  WWW.a.io\n  X\n", "the value is not a quoted string"),
        (
            'domain_name = "*.a.io"\nsubject_alternative_names = local.n\n',
            "the list is not a literal list",
        ),
        (
            'domain_name = "a.io"\nsubject_alternative_names = concat(["b.io"], ["b.io"])\n',
            "the list would be empty",
        ),
        (
            'domain_name = "a.io"\nsubject_alternative_names = [for x in ["b", "b"] : "${x}.io"]\n',
            "the value is not an item of a literal list",
        ),
        ('domain_name = join(".", ["WWW", "a.io"])\n', "the value is not a quoted string"),
        ("domain_name = var.given\n", "the value is passed by the caller"),
        (
            'domain_name = "a.io"\n/* c */ validation_option {\n  domain_name = "b.io"\n}\n',
            "the value shares its line with another one",
        ),
        (
            'domain_name = "b.a.io"\nvalidation_method = "EMAIL"\ntimeouts {\n  a = <<X\nx\nX\n}\n',
            "the end of the block cannot be determined",
        ),
    ],
)
def test_values_that_cannot_be_edited(body, reason):
    """A value that is not a literal is not edited."""
    declared = 'locals {\n  n = split(",", "b.io,c.io")\n}\nvariable "given" {}\n'
    text = resource(body, declared)
    assert set(rejections(text, "main.tf", given="WWW.a.io").values()) == {reason}


def test_one_line():
    """No argument is added to a one-line block."""
    text = 'resource "aws_acm_certificate" "it" { domain_name = "*.a.io" }\n'
    assert rejections(text, "main.tf") == {"ACM203": "the value shares its line with another one"}


def test_a_fix_in_a_module_affects_its_callers():
    """A fix in a module says that it affects all callers of the module."""
    run = FilesRun(
        {
            "main.tf": 'module "m" {\n  source = "./m"\n}\n',
            "m/main.tf": resource('domain_name = "WWW.a.io"\n'),
        }
    )
    [planned] = [fixes.plan_fix(each) for each in run.findings({}) if each.fix]
    assert not planned.safe
    assert planned.description.endswith(
        ", which changes the module, which may be called from elsewhere"
    )
    assert fixes.apply_fixes(run).texts == {}
    assert set(fixes.apply_fixes(run, unsafe=True).texts) == {"m/main.tf"}


def test_a_computed_value_is_not_edited():
    """A computed value has no location of its own, so it is not edited."""
    source = Source("main.tf", resource('domain_name = "a.io"\n'))
    nodes = SimpleNamespace(node=lambda _: Node("a.io", source, 1, 2))
    with pytest.raises(fixes.EditError, match="computed from others"):
        edits.edits(nodes, ValueEdit(("x",), "b.io"))
