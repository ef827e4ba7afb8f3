"""The tables of Cloud Posse."""

import pytest
from tests.support.terraform import consumers, only

from acmrules.readers.options import ReadScope

CERTIFICATE = """
module "cert" {
  source                    = "cloudposse/acm-request-certificate/aws"
  version                   = "0.16.0"
  domain_name               = "brightharbor.io"
  subject_alternative_names = ["*.brightharbor.io"]
  MORE
}
"""


def call(name, version, text):
    """Return a certificate, and the call of a module that uses it."""
    head = f'module "m" {{\n  source = "cloudposse/{name}/aws"\n  version = "{version}"\n'
    return CERTIFICATE.replace("MORE", "") + head + f"{text}\n}}\n"


@pytest.mark.parametrize(
    ("more", "method", "records", "zone"),
    [
        ("", "DNS", 1, None),
        ('zone_id = "Z123"', "DNS", 1, "Z123"),
        ('validation_method = "EMAIL"', "EMAIL", 0, None),
        ("process_domain_validation_options = false", "DNS", 0, None),
        (
            'certificate_authority_arn = "arn:aws:acm-pca:x:1:certificate-authority/y"',
            None,
            1,
            None,
        ),
    ],
)
def test_a_request(more, method, records, zone):
    """The method is DNS by default, with a record for each name unless the call says no."""
    variant = only(CERTIFICATE.replace("MORE", more), scope=ReadScope.EVERYTHING).variants[0]
    found = variant.request.validation_method
    assert (found and found.name) == method
    assert {each.zone_id for each in variant.created} == ({zone} if records else set())
    assert len({each.name for each in variant.created}) == records


@pytest.mark.parametrize(
    ("name", "version", "text", "hosts"),
    [
        ("alb", "1.11.1", "https_enabled = true\ncertificate_arn = module.cert.arn", ""),
        ("nlb", "0.12.0", "tls_enabled = true\ncertificate_arn = module.cert.arn", ""),
        (
            *("cloudfront-s3-cdn", "0.90.0"),
            'aliases = ["a.io"]\nexternal_aliases = ["b.io"]\nacm_certificate_arn = CERT',
            "a.io b.io",
        ),
        (
            *("cloudfront-cdn", "1.0.0"),
            'acm_certificate_arn = module.cert.arn\naliases = ["a.io"]',
            "a.io",
        ),
    ],
)
def test_consumers(name, version, text, hosts):
    """A call that passes the certificate uses it, for the hosts that it serves."""
    found = consumers(call(name, version, text.replace("CERT", "module.cert.arn")))
    assert [*found.values()] == [hosts]
    assert all("module.cert.aws_acm_certificate.default" in key[1] for key in found)


@pytest.mark.parametrize(
    ("name", "version", "text"),
    [
        ("alb", "1.11.1", "certificate_arn = module.cert.arn"),
        ("nlb", "0.12.0", "certificate_arn = module.cert.arn"),
        ("cloudfront-s3-cdn", "0.90.0", 'aliases = ["a.io"]'),
        (
            *("cloudfront-s3-cdn", "0.90.0"),
            "enabled = false\nacm_certificate_arn = module.cert.arn",
        ),
    ],
)
def test_calls_without_a_use(name, version, text):
    """A listener that is not enabled, and the default certificate of CloudFront, use none."""
    assert consumers(call(name, version, text)) == {}


@pytest.mark.parametrize(
    ("name", "version", "prefix"),
    [("ecs-web-app", "2.0.0", "alb_ingress_"), ("alb-ingress", "0.25.1", "")],
)
def test_rules_of_a_listener(name, version, prefix):
    """The module adds hosts to the listener that its caller passes."""
    text = (
        f'{prefix}unauthenticated_hosts = ["a.io"]\n'
        f"  {prefix}unauthenticated_listener_arns = [module.lb.https_listener_arn]"
    )
    lb = call("alb", "1.11.1", "https_enabled = true\ncertificate_arn = module.cert.arn")
    text = lb.replace('module "m"', 'module "lb"') + call(name, version, text).partition("}\n")[2]
    assert [*consumers(text).values()] == ["a.io"]
