"""Signing requests and certificates, which the page does not read."""

import pytest
from tests.support.playground import ask

from acmrules.guards.playground.unread import is_unread

PEM = "-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----\n"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("site.csr", "", True),
        ("site.pem", PEM, True),
        ("upload.txt", f"\ufeff\n{PEM}", True),
        ("site.yaml", "a: 1", False),
        ("main.tf", f"x = <<EOT\n{PEM}EOT\n", False),
    ],
)
def test_what_is_unread(name, text, expected):
    """The name or the first line decides."""
    assert is_unread(name, text) is expected


@pytest.mark.parametrize("topic", ["coverage", "validation", "diagnosis", "dates"])
def test_other_topics_ignore_it(topic):
    """There is nothing to say about it."""
    assert not ask({"my site.csr": PEM}, topic).get("picture")


def test_it_is_not_checked():
    """The page says so, and names the command and the extra that do."""
    found = ask({"my site.csr": PEM})
    [entry] = found["unchecked"]
    assert entry == {
        "message": "`my site.csr` is not checked: this page reads no signing requests and no"
        " certificates",
        "help": "run `acmrules check 'my site.csr'` after `pip install 'acmrules[csr]'`",
        "span": {"file": "my site.csr", "from": 0, "to": 0},
    }
    assert found["errors"] == []
    assert found["summary"].startswith("0 certificate requests: nothing checked")


def test_a_module_may_name_it():
    """The value is unknown then."""
    text = 'resource "aws_acm_certificate" "a" {\n  certificate_body = file("a.pem")\n}\n'
    found = ask({"main.tf": text, "a.pem": PEM})
    assert found["errors"] == []
    assert len(found["unchecked"]) == 2


def test_a_baseline_is_not_applied():
    """All findings are shown."""
    found = ask({".acmrules-baseline.json": "{}", "a.json": '{"DomainName": "A.io"}'})
    [entry] = found["unchecked"]
    assert entry["message"].startswith("the baseline `.acmrules-baseline.json` is not applied")
    assert found["findings"]


TEMPLATE = "Resources: {A: {Type: AWS::CertificateManager::Certificate}}"


def test_a_baseline_of_settings_is_not_applied():
    """The settings are where it is named."""
    files = {"a/a.json": '{"DomainName": "A.io"}', "a/x.json": "{}"}
    for name, head in ((".acmrules.toml", ""), ("pyproject.toml", "[tool.acmrules]\n")):
        [entry] = ask(files | {f"a/{name}": f'{head}baseline = "x.json"\n'})["unchecked"]
        assert entry["message"].startswith("the baseline `a/x.json` is not applied")
        assert entry["span"] == {"file": f"a/{name}", "from": 0, "to": 0}


@pytest.mark.parametrize("settings", ["baseline = ", "# baseline\n"])
def test_settings_without_a_baseline_say_nothing_about_one(settings):
    """Wrong settings are an error of the check."""
    found = ask({"a.yaml": TEMPLATE, ".acmrules.toml": settings})
    assert not [each for each in found["unchecked"] if "baseline" in each["message"]]


@pytest.mark.parametrize(
    "names",
    [
        ["other.hcl"],
        ["a.pkr.hcl", "live/terragrunt.hcl"],
        [".terraform/modules/x/main.tf"],
        ["x/.git/a.yaml"],
        [".hidden.tf"],
    ],
)
def test_what_the_walk_leaves_out_is_not_checked(names):
    """The command names none of them in a directory; the page shows them, so it must not pass."""
    others = {"a.yaml": TEMPLATE, "main.tf": "", ".terraform.lock.hcl": ""}
    found = ask(others | dict.fromkeys(names, TEMPLATE))
    messages = [each["message"] for each in found["unchecked"] if "uses it" in each["message"]]
    assert messages == [f"`{name}` is not checked: no other file here uses it" for name in names]


def test_what_another_file_uses_is_read():
    """A configuration of Terragrunt may have the values, and a function may read a file."""
    unit = 'terraform {\n  source = "../m"\n}\ninputs = { domain = "A.io" }\n'
    module = (
        'variable "domain" {}\nresource "aws_acm_certificate" "a" {\n'
        "  domain_name = var.domain\n}\n"
    )
    found = ask({"live/terragrunt.hcl": unit, "m/main.tf": module})
    assert not [each for each in found["unchecked"] if "uses it" in each["message"]]


def test_what_settings_exclude_is_counted_once():
    """It is not read, because it is excluded."""
    found = ask({"a.yaml": TEMPLATE, "b.yaml": TEMPLATE, ".acmrules.toml": 'exclude = ["b.*"]\n'})
    messages = [each["message"] for each in found["unchecked"]]
    assert [each for each in messages if "b.yaml" in each or "excluded" in each] == [
        "1 file excluded by the settings"
    ]
