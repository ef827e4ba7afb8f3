"""The records to create by hand, as Terraform resources."""

import hcl2
from hypothesis import given
from tests.support.validation import (
    THREE_CERTIFICATES,
    declaration,
    declarations,
    missing_records,
    render_records,
    validations_in,
    validations_of,
    zone,
)

from acmrules.request import Tool
from acmrules.syntax.hcl import parse
from acmrules.syntax.source import Source
from acmrules.writers import record_entries


@given(declarations())
def test_configurations_have_the_same_records(listed):
    """A configuration has a resource for each record to create, for two parsers."""
    found = validations_of(listed)
    text = render_records(found, "terraform")
    body = parse.parse(Source("a.tf", text))
    resources = [block for block in body.blocks if block.type == "resource"]
    names = {f"{block.body.attributes['name'].value.value}." for block in resources}
    assert names == {name for name, _ in missing_records(found)}
    assert len({block.labels for block in resources}) == len(resources)
    assert len(hcl2.loads(text)["resource"]) == len(resources)


OF_MODULE = """\
variable "zone_of_var_domain" {
  type = string
}

variable "zone_of_x_var_domain" {
  type = string
}

variable "zone_of_lighthouse_co_uk" {
  type = string
}

# For main.tf:1: aws_acm_certificate.site
# For main.tf:11: aws_acm_certificate.other
# For main.tf:22: aws_acm_certificate.each
resource "aws_route53_record" "certificate_validation" {
  for_each = {
    for option in flatten([
      aws_acm_certificate.site.domain_validation_options,
      flatten(aws_acm_certificate.other[*].domain_validation_options),
      flatten(values(aws_acm_certificate.each)[*].domain_validation_options),
    ]) :
    trimprefix(option.domain_name, "*.") => option...
  }

  zone_id = {
    "brightharbor.io"       = data.aws_route53_zone.main.zone_id
    "shop.lighthouse.co.uk" = var.zone_of_lighthouse_co_uk
    "www.brightharbor.io"   = data.aws_route53_zone.main.zone_id
    (var.domain)            = var.zone_of_var_domain
    "x.${var.domain}"       = var.zone_of_x_var_domain
  }[each.key]
  name    = each.value[0].resource_record_name
  type    = each.value[0].resource_record_type
  ttl     = 300
  records = [each.value[0].resource_record_value]
}

resource "aws_acm_certificate_validation" "site" {
  certificate_arn = aws_acm_certificate.site.arn
  validation_record_fqdns = [
    for option in aws_acm_certificate.site.domain_validation_options :
    aws_route53_record.certificate_validation[trimprefix(option.domain_name, "*.")].fqdn
  ]
}

resource "aws_acm_certificate_validation" "other" {
  count = length(aws_acm_certificate.other)

  certificate_arn = aws_acm_certificate.other[count.index].arn
  validation_record_fqdns = [
    for option in aws_acm_certificate.other[count.index].domain_validation_options :
    aws_route53_record.certificate_validation[trimprefix(option.domain_name, "*.")].fqdn
  ]
}

resource "aws_acm_certificate_validation" "each" {
  for_each = aws_acm_certificate.each

  certificate_arn = each.value.arn
  validation_record_fqdns = [
    for option in each.value.domain_validation_options :
    aws_route53_record.certificate_validation[trimprefix(option.domain_name, "*.")].fqdn
  ]
}
"""


def test_records_of_a_module_come_from_its_options():
    """The records of a module come from the options of its certificates."""
    text = render_records(validations_in(main_tf=THREE_CERTIFICATES), "terraform")
    assert sorted(text.split("\n\n")) == sorted(OF_MODULE.split("\n\n"))
    assert text.index("variable") < text.index("resource")
    assert hcl2.loads(text)
    assert [
        *record_entries.unwritable_records(validations_in(main_tf=THREE_CERTIFICATES), "terraform")
    ] == []


def test_one_zone_for_all_needs_no_map():
    """A single zone needs no map, and existing validations are not repeated."""
    module = THREE_CERTIFICATES.partition('resource "aws_acm_certificate" "other"')[0].replace(
        ', "shop.lighthouse.co.uk"', ""
    )
    waiting = """
    resource "aws_acm_certificate_validation" "done" {
      certificate_arn = aws_acm_certificate.site.arn
    }
    """
    text = render_records(validations_in(main_tf=module + waiting), "terraform")
    assert "  zone_id = var.zone_of_brightharbor_io\n" in text
    assert "aws_acm_certificate_validation" not in text


PLAIN = """
resource "aws_acm_certificate" "site" {
  domain_name       = "w.a.io"
  validation_method = "DNS"
}
"""


def test_zones_elsewhere():
    """A zone of another module is found by its id or its name."""
    text = render_records(
        validations_in(main_tf=PLAIN, a_yaml=f"Resources:\n{zone('a.io')}"), "terraform"
    )
    assert "  zone_id = data.aws_route53_zone.zone_a_io.zone_id\n" in text
    listed = [
        *validations_of([declaration(["b.io"], ["b.io"])]),
        *validations_of([declaration(["w.b.io"], file="x.tf", tool=Tool.TERRAFORM)]),
    ]
    assert 'zone_id = "Z0"' in render_records(listed, "terraform")
    both = validations_of(
        [
            declaration(["b.io"], ["b.io"]),
            declaration(["w.b.io"], file="m/x.tf", tool=Tool.TERRAFORM),
        ]
    )
    assert 'zone_id = "Z0"' in render_records(both, "terraform").partition("# For m/x.tf")[2]
    assert "      HostedZoneId: Z0" in render_records(both, "cloudformation")


def test_zones_of_no_name_elsewhere():
    """A zone with an invalid name is not looked up."""
    text = render_records(
        validations_in(main_tf=PLAIN, a_yaml=f"Resources:\n{zone('io')}"), "terraform"
    )
    assert "var.zone_of_a_io" in text
    assert "data " not in text


def test_no_label_begins_with_a_digit():
    """A label that would start with a digit, which Terraform rejects, has a prefix."""
    text = render_records(validations_of([declaration(["1.io"])]), "terraform")
    assert 'resource "aws_route53_record" "_1_io_validation"' in text
