"""Attributes of resources that the provider computes or normalizes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.terraform import names

from acmrules.strategies import related_names

CERTIFICATE = """
resource "aws_acm_certificate" "site" {{
  domain_name       = {}
  validation_method = "DNS"
}}
"""


def zone(name, block='data "aws_route53_zone"', label="main"):
    """Return a zone, as a data source or as a resource."""
    return f'{block} "{label}" {{\n  name = "{name}"\n}}\n'


@given(related_names().filter(lambda name: not str(name).startswith("*")), st.booleans())
def test_the_name_of_a_zone_has_no_dot_at_its_end(name, has_dot):
    """With or without a dot in the file, references to the name of a zone see none."""
    text = CERTIFICATE.format("data.aws_route53_zone.main.name")
    [found] = names(text + zone(f"{name}{'.' * has_dot}")).values()
    assert found == str(name)


@pytest.mark.parametrize(
    ("domain_name", "found"),
    [
        ('"www.${aws_route53_zone.main.name}"', "www.a.io"),
        ('trimsuffix(aws_route53_zone.main.name, ".")', "a.io"),
        ("aws_route53_zone.every[0].name", "b.io"),
        ("data.aws_route53_zone.open.name", "${var.zone}.io"),
    ],
)
def test_names_of_zones_in_expressions(domain_name, found):
    """Zones that are resources, repeated or partly known have no dot either."""
    text = (
        CERTIFICATE.format(domain_name)
        + zone("a.io.", 'resource "aws_route53_zone"')
        + zone('b.io."\n  count = "1', 'resource "aws_route53_zone"', "every")
        + zone("${var.zone}.io.", label="open")
        + 'variable "zone" {}\n'
    )
    assert [*names(text).values()] == [found]
