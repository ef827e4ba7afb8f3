"""DNS resources of modules: zones, CAA records, host records, and listeners."""

import pytest
from tests.support.terraform import consumers, declarations, only, text_at

from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.readers.options import ReadScope

CERTIFICATE = """
    resource "aws_acm_certificate" "c" {
      domain_name       = "brightharbor.io"
      validation_method = "DNS"
    }
    """
ZONE = 'resource "aws_route53_zone" "main" {\n  name = "brightharbor.io"\n}\n'


@pytest.mark.parametrize(
    ("count", "found"),
    [("", 1), ("count = 0", 0), ("count = var.on ? 1 : 0", 1), ("count = var.no ? 1 : 0", 0)],
)
def test_a_zone_counts_if_a_default_creates_it(count, found):
    """A zone with an open condition is omitted."""
    variables = 'variable "on" {\n  default = true\n}\nvariable "no" {}\n'
    zone = ZONE.replace("name ", f"{count}\n  name ")
    declaration = only(variables + CERTIFICATE + zone)
    assert len(declaration.variants[0].zones) == found


def test_caa_records_apply_to_all_certificates():
    """CAA records apply to all certificates, unless they depend on an open condition."""
    caa = """
        resource "aws_route53_record" "{0}" {{
          name    = {1}
          type    = "CAA"
          zone_id = aws_route53_zone.main.zone_id
          records = ["0 issue \\"letsencrypt.org\\""]
        }}
        """
    text = CERTIFICATE + ZONE + caa.format("a", '""') + caa.format("b", 'var.x ? "a" : "b"')
    declaration = only(text)
    assert [str(each.name) for each in declaration.variants[0].caa] == ["brightharbor.io"]
    assert "ACM413" in {
        each.rule.id for each in check_declarations([declaration], Linter()).findings
    }


# Listeners ----------------------------------------------------------------------------------------

LISTENER = """
    resource "aws_lb_listener" "l" {
      load_balancer_arn = "x"
      certificate_arn   = aws_acm_certificate.c.arn
    }
    resource "aws_lb_listener_rule" "r" {
      for_each     = toset(["brightharbor.io", "www.brightharbor.io"])
      listener_arn = aws_lb_listener.l.arn
      condition {
        host_header {
          values = [each.key]
        }
      }
    }
    """


def test_a_listener_serves_the_hosts_of_its_rules():
    """Every instance of a listener rule contributes its hosts."""
    uses = consumers(CERTIFICATE + LISTENER)
    assert [*uses.values()] == ["brightharbor.io www.brightharbor.io"]


def test_another_certificate_of_a_listener_may_serve_any_host():
    """A further certificate on a listener may serve any host, even if it may not exist."""
    more = """
        variable "more" {}
        resource "aws_lb_listener_certificate" "m" {
          count           = var.more ? 1 : 0
          listener_arn    = aws_lb_listener.l.arn
          certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/x"
        }
        """
    uses = consumers(CERTIFICATE + LISTENER + more)
    assert uses["aws_lb_listener.l", "aws_acm_certificate.c"] == ""


# Records and endpoints ----------------------------------------------------------------------------

SERVED = """
    resource "aws_lb" "front" {}
    resource "aws_lb_listener" "tls" {
      load_balancer_arn = aws_lb.front.arn
      certificate_arn   = aws_acm_certificate.c.arn
    }
    """
RECORDS = """
    variable "extra" { default = true }
    locals { a = local.a }
    resource "aws_route53_zone" "z" { name = "brightharbor.io" }
    resource "aws_route53_record" "www" {
      for_each = toset(["www", "app"])
      zone_id  = aws_route53_zone.z.zone_id
      name     = each.key
      type     = "A"
      alias {
        name    = aws_lb.front.dns_name
        zone_id = aws_lb.front.zone_id
      }
    }
    resource "aws_route53_record" "extra" {
      count   = var.extra ? 1 : 0
      zone_id = aws_route53_zone.z.zone_id
      name    = "extra"
      type    = "CNAME"
      records = ["x.example.net"]
    }
    resource "aws_route53_record" "validation" {
      for_each = { for o in aws_acm_certificate.c.domain_validation_options : o.domain_name => o }
      zone_id  = aws_route53_zone.z.zone_id
      name     = each.value.resource_record_name
      type     = "CNAME"
      records  = [each.value.resource_record_value]
    }
    resource "aws_route53_record" "odd" {
      zone_id = aws_route53_zone.z.zone_id
      name    = local.a
      type    = "CNAME"
      records = ["x.example.net"]
    }
    """


def test_records_point_to_hosts():
    """Records that exist by default are read, with the listener's load balancer as their target."""
    files = {"main.tf": CERTIFICATE + SERVED, "dns.tf": RECORDS}
    [declaration] = declarations(files, scope=ReadScope.EVERYTHING)
    [variant] = declaration.variants
    assert [(str(r.name), r.endpoint) for r in variant.records] == [
        ("app.brightharbor.io", "aws_lb.front"),
        ("www.brightharbor.io", "aws_lb.front"),
        ("extra.brightharbor.io", "x.example.net."),
    ]
    assert variant.consumers[0].endpoints == ("aws_lb.front",)
    assert variant.location(("records", 2)).source.name == "dns.tf"
    assert text_at(declaration, "records", 2) == ["extra"]
    [declaration] = declarations(files)
    assert declaration.variants[0].records == ()
    assert declaration.variants[0].consumers[0].endpoints == ()


def test_a_module_with_only_records_is_in_the_inventory():
    """A module with only records has a declaration for an inventory, but not for a check."""
    [declaration] = declarations({"dns.tf": RECORDS}, scope=ReadScope.EVERYTHING)
    [variant] = declaration.variants
    assert (declaration.address, variant.request, variant.consumers) == ("", None, ())
    assert [str(zone.name) for zone in variant.zones] == ["brightharbor.io"]
    assert len(variant.records) == 3
    assert declarations({"dns.tf": RECORDS}) == ()
    assert (
        declarations({"main.tf": 'resource "aws_route53_x" "x" {}'}, scope=ReadScope.EVERYTHING)
        == ()
    )


def test_a_consumer_without_a_certificate_hides_no_record():
    """A consumer without a certificate has no declaration and does not hide the records."""
    files = {"dns.tf": RECORDS + 'resource "aws_cloudfront_distribution" "d" {}'}
    [declaration] = declarations(files, scope=ReadScope.EVERYTHING)
    assert len(declaration.variants[0].records) == 3
