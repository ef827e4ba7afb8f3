"""Requests as a Terraform configuration."""

from pathlib import Path

from tests.support.written_requests import SITE

from acmrules import writers
from acmrules.request import CertificateRequest, Tag, ValidationOption
from acmrules.unresolved import Unknown, Unresolved, read_name

HERE = Path(__file__).parent


def test_a_configuration():
    """A configuration has a provider for each Region, and records for known zones."""
    other = SITE.__replace__(region="eu-west-1", create_before_destroy=True, tags=(Tag("a", "$"),))
    text = writers.write([SITE, other], "terraform")
    assert text == (HERE / "configuration.tf").read_text("utf-8")


def test_the_records_of_several_zones():
    """Certificates share records, and only complete ones are waited for."""
    bare = CertificateRequest.of(["api.brightharbor.io", "www.brightharbor.io"], region="us-east-1")
    zone = Unresolved((Unknown("${var.zone}"),))
    half = bare.__replace__(
        validation_options=(ValidationOption(read_name("www.brightharbor.io"), None, zone),)
    )
    text = writers.write([SITE, half, bare], "terraform")
    assert text.count('resource "aws_acm_certificate_validation"') == 1
    assert text.count('resource "aws_route53_record" "validation"') == 1
    assert '"www.brightharbor.io" = var.zone' in text
    assert "aws_acm_certificate.api_brightharbor_io_2." not in text
    assert "route53" not in writers.write([bare], "terraform")
