"""Validation of certificates in modules: the zones of their records."""

import pytest
from tests.support.terraform import declarations, only

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations

ZONE = 'resource "aws_route53_zone" "main" {\n  name = "brightharbor.io"\n}\n'
LOOKED_UP = ZONE.replace("resource", "data")
CERTIFICATE = """
    resource "aws_acm_certificate" "c" {
      domain_name               = "brightharbor.io"
      subject_alternative_names = ["brightharbor.de"]
      validation_method         = "DNS"
    }
    """
OPTIONS = "aws_acm_certificate.c.domain_validation_options"
EACH = f"for_each = {{ for o in {OPTIONS} : o.domain_name => o }}"


def zones(files, variant=0):
    """Return the zone of each name of the only certificate, and whether it is reported as wrong."""
    declaration = only(files)
    request = declaration.variants[variant].request
    found = {
        str(option.domain_name): str(option.hosted_zone_id) for option in request.validation_options
    }
    report = check_declarations([declaration], Linter())
    return found, [each.value for each in report.findings if each.rule.id == "ACM412"]


def record(repeated, zone="aws_route53_zone.main.zone_id", name="each.value.resource_record_name"):
    """Return a validation record."""
    return f"""
    resource "aws_route53_record" "r" {{
      {repeated}
      name    = {name}
      zone_id = {zone}
    }}
    """


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (ZONE + record(EACH), True),
        (LOOKED_UP + record(EACH, zone="data.aws_route53_zone.main.zone_id"), True),
        (LOOKED_UP + record(EACH, zone="data.aws_route53_zone.main.id"), True),
        (ZONE + record(f"count = length({OPTIONS})", name=f"tolist({OPTIONS})[count.index]"), True),
        (ZONE + record(EACH.replace(" }", ' if o.domain_name != "brightharbor.de" }')), False),
        (ZONE + record("", name=f"tolist({OPTIONS})[0].resource_record_name"), False),
        (ZONE + record(EACH, zone="each.value.zone_id"), False),
        (ZONE + record(EACH, zone="local.zones[each.key]"), False),
        (ZONE + record(EACH, zone='""'), False),
        (ZONE + record(EACH, zone="var.zone"), False),
        (ZONE + record(EACH, zone="[aws_route53_zone.main.zone_id]"), False),
        (ZONE + record(EACH, zone='each.key == "x" ? aws_route53_zone.main.id : "Z1"'), False),
        (ZONE + record("for_each = local.options"), False),
        (ZONE + record(EACH) + record("", "var.x", f"{OPTIONS}.0").replace('"r"', '"s"'), False),
        (record(EACH), False),
    ],
)
def test_a_name_outside_its_zone_is_reported_only_if_certain(text, known):
    """A wrong zone is reported only if all records are in one known zone and validate all names."""
    found, messages = zones({"main.tf": CERTIFICATE, "zones.tf": text})
    assert bool(messages) is known
    assert bool(found) is known


@pytest.mark.parametrize(
    ("zone", "messages"),
    [
        ("Z0123456789ABCDEFGHIJ", []),
        ("/hostedzone/Z0123456789ABCDEFGHIJ", []),
        ("not a zone", ["ACM411"]),
    ],
)
def test_a_literal_zone_id_is_checked(zone, messages):
    """Of a zone that is not declared, only the form of a literal id is checked."""
    declaration = only(CERTIFICATE + ZONE + record(EACH, zone=f'"{zone}"'))
    rules = {"ACM411", "ACM412"}
    found = [
        each
        for each in check_declarations([declaration], Linter()).findings
        if each.rule.id in rules
    ]
    assert [each.rule.id for each in found] == messages
    line = f'zone_id = "{zone}"'
    assert all(line in each.location.source.line(each.location.line) for each in found)


def test_one_record_validates_a_certificate_of_one_name():
    """One record determines the zone of a name and its wildcard."""
    certificate = CERTIFICATE.replace('"brightharbor.de"', '"*.brightharbor.io"')
    first = record("", name=f"tolist({OPTIONS})[0].resource_record_name")
    found, messages = zones(certificate + ZONE + first)
    assert found == {"brightharbor.io": "${aws_route53_zone.main.zone_id}"}
    assert messages == []


def test_each_instance_has_its_own_zone():
    """Records refer to one instance by its key, or to all instances."""
    text = """
        resource "aws_acm_certificate" "c" {
          for_each          = toset(["a", "b"])
          domain_name       = "${each.key}.io"
          validation_method = "DNS"
        }
        """
    for key in "ab":
        options = f'aws_acm_certificate.c["{key}"].domain_validation_options'
        text += ZONE.replace("main", key).replace("brightharbor", key)
        text += record(
            f"for_each = {{ for o in {options} : o.domain_name => o }}",
            f"aws_route53_zone.{key}.zone_id",
        ).replace('"r"', f'"{key}"')
    (declaration,) = declarations(text)
    assert [
        str(variant.request.validation_options[0].hosted_zone_id)
        for variant in declaration.variants
    ] == ["${aws_route53_zone.a.zone_id}", "${aws_route53_zone.b.zone_id}"]
