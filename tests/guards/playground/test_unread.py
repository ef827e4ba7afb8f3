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
