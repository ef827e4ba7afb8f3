"""The full names of records: within their zones."""

import pytest
from tests.support.terraform import names

MODULE = """
variable "sub" {}
variable "zone" {}
resource "aws_route53_zone" "z" { name = "A.io." }
resource "aws_route53_zone" "u" { name = var.zone }
data "aws_route53_zone" "d" { name = "a.io." }
resource "aws_route53_zone" "many" {
  for_each = toset(["a.io", "b.io"])
  name     = each.key
}
resource "aws_route53_record" "r" {
  zone_id = %s
  name    = %s
  type    = "A"
}
resource "aws_acm_certificate" "x" {
  domain_name       = aws_route53_record.r.fqdn
  validation_method = "DNS"
}
"""


@pytest.mark.parametrize(
    ("zone", "name", "full"),
    [
        ("aws_route53_zone.z.zone_id", '"www"', "www.a.io"),
        ("aws_route53_zone.z.id", '"www.a.io"', "www.a.io"),
        ("aws_route53_zone.z.zone_id", '"WWW.a.io."', "www.a.io"),
        ("aws_route53_zone.z.zone_id", '""', "a.io"),
        ("aws_route53_zone.z.zone_id", '"xa.io"', "xa.io.a.io"),
        ("aws_route53_zone.z.zone_id", "aws_route53_zone.z.name", "a.io"),
        ("data.aws_route53_zone.d.zone_id", '"www"', "www.a.io"),
        ('aws_route53_zone.many["b.io"].zone_id', '"www"', "www.b.io"),
        ("aws_route53_zone.z.zone_id", '"${var.sub}.a.io"', "${var.sub}.a.io"),
        ("aws_route53_zone.u.zone_id", '"www.${var.zone}"', "www.${var.zone}"),
        ("aws_route53_zone.z.zone_id", "var.sub", "${aws_route53_record.r.fqdn}"),
        ("aws_route53_zone.u.zone_id", '"www"', "${aws_route53_record.r.fqdn}"),
        ("aws_route53_zone.u.zone_id", '"www${var.zone}"', "${aws_route53_record.r.fqdn}"),
        ("var.zone", '"www.a.io"', "${aws_route53_record.r.fqdn}"),
        ('"Z123"', '"www.a.io"', "${aws_route53_record.r.fqdn}"),
    ],
)
def test_a_record_is_within_its_zone(zone, name, full):
    """Route 53 appends the name of the zone unless the name ends in it."""
    assert names(MODULE % (zone, name)) == {"aws_acm_certificate.x": full}
