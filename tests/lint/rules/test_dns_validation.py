"""ACM417 to ACM420: what the fixes of validation records change."""

import json

import pytest
from tests.support.fixes import FilesRun
from tests.support.validation_files import EACH, OPTIONS, RULES, certificate, each_record, record

from acmrules.lint.fixes import apply_until_stable

SHARED = certificate("a.io", "*.a.io")
CLOUDFLARE = {
    "kind": "cloudflare_record",
    "records": None,
    "content": "each.value.resource_record_value",
}


def fixed(text, name="main.tf"):
    """Return a file after all safe fixes."""
    result = apply_until_stable(FilesRun({name: text, "other.tf": ""}, rules=RULES))
    return result.texts.get(name, text)


def added(text):
    """Return the lines that fixes add to a file, and those that they remove."""
    before, after = text.splitlines(), fixed(text).splitlines()
    new = [line.strip() for line in after if line not in before]
    return new, [line.strip() for line in before if line not in after]


@pytest.mark.parametrize(
    ("lines", "removed"),
    [((), []), (("allow_overwrite = false",), ["allow_overwrite = false"])],
)
def test_records_overwrite_each_other(lines, removed):
    """The argument is added once to a resource with several instances."""
    text = SHARED + each_record(*lines)
    assert added(text) == (["allow_overwrite = true"], removed)


def test_each_of_two_resources_gets_the_argument():
    """It is unknown which of them is created first."""
    two = [record(f"tolist({OPTIONS})[{n}]", label=f"r{n}") for n in (0, 1)]
    after = fixed(SHARED + "".join(two))
    assert after.count("allow_overwrite = true") == 2


def test_a_computed_setting_is_not_edited():
    """Its value may be used elsewhere."""
    local = "locals {\n  overwrite = false\n}\n"
    text = local + SHARED + each_record("allow_overwrite = local.overwrite")
    assert fixed(text) == text


def test_records_are_not_proxied():
    """The value is replaced."""
    text = certificate("a.io") + each_record(**CLOUDFLARE, proxied="true")
    assert added(text) == (["proxied = false"], ["proxied = true"])


def test_json_syntax():
    """The argument is a boolean there too."""
    site = {
        "domain_name": "a.io",
        "subject_alternative_names": ["*.a.io"],
        "validation_method": "DNS",
    }
    item = {
        "for_each": f"${{{EACH}}}",
        "name": "${each.value.resource_record_name}",
        "type": "CNAME",
        "records": ["${each.value.resource_record_value}"],
        "zone_id": "Z0123456789ABCDEFGHIJ",
    }
    resources = {"aws_acm_certificate": {"site": site}, "aws_route53_record": {"site": item}}
    text = json.dumps({"resource": resources}, indent=2)
    after = json.loads(fixed(text, "main.tf.json"))
    assert after["resource"]["aws_route53_record"]["site"] == item | {"allow_overwrite": True}
