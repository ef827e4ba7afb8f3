"""Values that AWS computes, whose form is certain."""

import pytest
from tests.support.terraform import declarations

from acmrules.lint.linter import Linter
from acmrules.readers.options import Parameters
from acmrules.readers.registry import read
from acmrules.readers.well_formed import endpoint_name, is_zone_id, owner_of_arn
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved


def unknown(label, before=""):
    """Return a string that ends in an unknown value."""
    parts = (before, Unknown(label)) if before else (Unknown(label),)
    return Unresolved(parts)


@pytest.mark.parametrize(
    ("label", "owner"),
    [
        ("${aws_acm_certificate.x.arn}", "certificate"),
        ("${aws_acm_certificate.x.id}", "certificate"),
        ('${module.m["a.io"].aws_acm_certificate.x["b.io"].arn}', "certificate"),
        ("${aws_acm_certificate_validation.x.certificate_arn}", "certificate"),
        ("${aws_acm_certificate_validation.x.id}", ""),
        ("${data.aws_acmpca_certificate_authority.x.arn}", "private CA"),
        ("${aws_lb.x[0].arn}", "load balancer"),
        ("${aws_iam_role.x.arn}", "role"),
        ("${aws_iam_role.x.id}", ""),
        ("${aws_lb_listener.x.certificate_arn}", ""),
        ("${aws_acm_certificate.x.certificate_authority_arn}", ""),
        ("${aws_iam_server_certificate.x.arn}", ""),
        ("${aws_acm_certificate.x.domain_name}", ""),
        ("${var.arn}", ""),
        ("${lower(aws_iam_role.x.arn)}", ""),
    ],
)
def test_what_a_computed_arn_identifies(label, owner):
    """Its resource has to be known, and the value has to be the whole ARN."""
    assert owner_of_arn(unknown(label)) == owner
    assert owner_of_arn(unknown(label, "x")) == ""
    assert owner_of_arn(str(unknown(label))) == ""


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("${aws_route53_zone.z.zone_id}", True),
        ("${module.m.data.aws_route53_zone.z[0].id}", True),
        ("${aws_route53_zone.z.arn}", False),
        ("${var.zone_id}", False),
    ],
)
def test_ids_of_hosted_zones(label, expected):
    """They are those of zones in the files, and of zones that these look up."""
    assert is_zone_id(unknown(label)) is expected


@pytest.mark.parametrize(
    ("label", "ending"),
    [
        ("${aws_lb.x.dns_name}", ".amazonaws.com"),
        ("${aws_elb.x[0].dns_name}", ".amazonaws.com"),
        ("${LoadBalancer.DNSName}", ".amazonaws.com"),
        ("${aws_cloudfront_distribution.x.domain_name}", ".cloudfront.net"),
        ("${aws_acm_certificate.x.domain_name}", ""),
        ("${Bucket.DomainName}", ""),
    ],
)
def test_names_of_endpoints(label, ending):
    """They end in a name of Amazon."""
    assert endpoint_name(unknown(label, "www.")).tail == ending


MODULE = """
resource "aws_acm_certificate" "x" {
  domain_name               = %s
  validation_method         = %s
  certificate_authority_arn = %s
}
resource "aws_lb_listener" "l" {
  protocol        = "HTTPS"
  certificate_arn = %s
}
"""


def checked(rule, domain='"a.io"', method="null", authority="null", certificate="null", more=""):
    """Return the messages of a rule, and its undecided checks."""
    text = MODULE % (domain, method, authority, certificate) + more
    found, open_checks = [], []
    for declaration in declarations(text):
        findings, skips = Linter().check(declaration)
        found += [each.message for each in findings if each.rule.id == rule]
        open_checks += [each.detail for each in skips if each.rule and each.rule.id == rule]
    return found, open_checks


CA = "aws_acmpca_certificate_authority"


def test_a_computed_arn_is_decided():
    """It has the right form, or is that of another resource."""
    assert checked("ACM308", authority=f"{CA}.c.arn") == ([], [])
    assert checked("ACM308", authority=f"data.{CA}.c.arn") == ([], [])
    assert checked("ACM308", authority="var.arn") == ([], ["`${var.arn}` is unknown"])
    assert checked("ACM308", certificate="data.aws_acm_certificate.c.arn") == ([], [])
    assert checked("ACM308", certificate="aws_iam_role.c.arn") == (
        ["not a certificate ARN: `${aws_iam_role.c.arn}` is the ARN of a role"],
        [],
    )
    assert checked("ACM308", authority="aws_lb.c.arn") == (
        ["not a private CA ARN: `${aws_lb.c.arn}` is the ARN of a load balancer"],
        [],
    )
    assert checked("ACM308", certificate="aws_iam_server_certificate.c.arn")[0] == []


def test_a_certificate_for_the_name_of_a_load_balancer_is_decided():
    """Amazon does not issue it."""
    [message], skips = checked("ACM107", "aws_lb.x.dns_name", '"DNS"')
    assert "belongs to Amazon" in message
    assert skips == []
    assert checked("ACM107", "var.name", '"DNS"')[1] != []


TEMPLATE = """
Resources:
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: a.io}}
  CA: {Type: AWS::ACMPCA::CertificateAuthority, Properties: {Type: ROOT}}
  Cert:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: !GetAtt Balancer.DNSName
      ValidationMethod: DNS
      %s
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer}
"""


@pytest.mark.parametrize(
    ("rule", "member"),
    [
        ("ACM411", "DomainValidationOptions: [{DomainName: a.io, HostedZoneId: !Ref Zone}]"),
        ("ACM411", "DomainValidationOptions: [{DomainName: a.io, HostedZoneId: !GetAtt Zone.Id}]"),
        ("ACM308", "CertificateAuthorityArn: !Ref CA"),
        ("ACM308", "CertificateAuthorityArn: !GetAtt CA.Arn"),
    ],
)
def test_resources_of_a_template_are_decided(rule, member):
    """The same value of a parameter is not."""
    assert skipped(rule, TEMPLATE % member) == []
    other = member.replace("!GetAtt ", "!Ref ").replace("Zone.Id", "X").replace("CA.Arn", "X")
    other = other.replace("!Ref Zone", "!Ref X").replace("!Ref CA", "!Ref X")
    assert skipped(rule, TEMPLATE % other) == ["`${X}` is unknown"]


def skipped(rule, text):
    """Return the undecided checks of a rule in a template."""
    return [
        skip.detail
        for declaration in read(Source("a.yaml", text), Parameters({}))
        for skip in Linter().check(declaration)[1]
        if skip.rule and skip.rule.id == rule
    ]
