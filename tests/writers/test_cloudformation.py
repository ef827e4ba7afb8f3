"""Requests as a CloudFormation template."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import certificate_requests
from tests.support.written_requests import SITE, read_back

from acmrules import writers
from acmrules.request import CertificateRequest, Tag, Tool, ValidationOption
from acmrules.unresolved import Unknown, Unresolved, read_name
from acmrules.writers.cloudformation import parameter


@given(st.lists(certificate_requests(Tool.CLOUDFORMATION), min_size=1, max_size=3))
def test_a_template_of_several_regions(requests):
    """A template creates each request in its own Region only."""
    text = writers.write(requests, "cloudformation")
    regions = {each.region for each in requests} - {None}
    for region in regions if len(regions) > 1 else ():
        found = [each.names for each in read_back(text, "cloudformation", region)]
        assert found == [each.names for each in requests if each.region in {None, region}]


def test_a_template():
    """A template has parameters for unknown values, and few quotes."""
    zone, stage = (Unresolved((Unknown(f"${{{name}}}"),)) for name in ("Zone", "Stage"))
    option = ValidationOption(read_name("brightharbor.io"), None, zone)
    request = SITE.__replace__(validation_options=(option,), tags=(Tag("Stage", stage),))
    assert (
        writers.write([request], "cloudformation")
        == """\
# Deploy this in us-east-1.
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Zone:
    Type: AWS::Route53::HostedZone::Id
  Stage:
    Type: String
Resources:
  WildcardBrightharborIo:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: "*.brightharbor.io"
      SubjectAlternativeNames:
        - brightharbor.io
      ValidationMethod: DNS
      DomainValidationOptions:
        - DomainName: brightharbor.io
          HostedZoneId: !Ref Zone
      Tags:
        - Key: Stage
          Value: !Ref Stage
"""
    )


def test_parameters():
    """Pseudo parameters are not declared, and comments are escaped."""
    place = Unresolved(("${a}.", Unknown("${AWS::Region}"), ".", Unknown("${Base}")))
    text = writers.write([SITE.__replace__(export=place, region="a\nb")], "cloudformation")
    assert "# Deploy this in a\\nb.\n" in text
    assert "Parameters:\n  Base:\n    Type: String\nResources" in text
    assert 'CertificateExport: !Sub "${!a}.${AWS::Region}.${Base}"' in text


def test_addresses_and_parameters_differ():
    """Parameters and resources have different names."""
    zone = ValidationOption(read_name("zone.of.a.io"), None, parameter("zone of", "a.io"))
    request = CertificateRequest.of(["zone.of.a.io"], validation_options=(zone,))
    text = writers.write([request], "cloudformation")
    assert "  ZoneOfAIo:\n    Type: AWS::Route53::HostedZone::Id\n" in text
    assert "  ZoneOfAIo2:\n    Type: AWS::CertificateManager::Certificate\n" in text
