"""Requests as code: the readers return the same requests."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import certificate_requests, names, relatives

from acmrules import writers
from acmrules.readers import registry
from acmrules.readers.options import Parameters
from acmrules.readers.terraform.reader import ModuleTree
from acmrules.request import CertificateRequest, Tag, Tool, ValidationOption
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames, read_name
from acmrules.writers import NotExpressible
from acmrules.writers.cloudformation import parameter
from acmrules.writers.terraform import variable

HERE = Path(__file__).parent
NAMES = {Tool.API: "api", Tool.CLOUDFORMATION: "cloudformation", Tool.TERRAFORM: "terraform"}
FILES = {"api": "plan.json", "cloudformation": "plan.yaml", "terraform": "main.tf"}
ARN = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"


def read_back(text, form, region=None):
    """Return the requests of a text that is deployed in a Region."""
    source, parameters = Source(FILES[form], text), Parameters({}, region)
    if form == "terraform":
        made = ModuleTree(lambda folder: [] if folder else [source], parameters)
        declarations = made.declarations("")
        assert made.unreadable == {}
    else:
        declarations = registry.read(source, parameters)
    return [declaration.request for declaration in declarations]


@pytest.mark.parametrize("tool", NAMES)
@given(st.data())
def test_what_is_written_is_read_back(tool, data):
    """A written request is read as the same request."""
    request = data.draw(certificate_requests(tool))
    [found] = read_back(writers.write([request], NAMES[tool]), NAMES[tool], request.region)
    if request.region is None:
        found = found.__replace__(region=None)
    assert found == request


@pytest.mark.parametrize("tool", NAMES)
@given(st.data())
def test_several_are_read_back_in_their_order(tool, data):
    """Each request has a distinct address."""
    requests = data.draw(st.lists(certificate_requests(tool), max_size=4))
    found = read_back(writers.write(requests, NAMES[tool]), NAMES[tool])
    assert [each.names for each in found] == [each.names for each in requests]


@given(st.lists(certificate_requests(Tool.CLOUDFORMATION), min_size=1, max_size=4))
def test_a_template_of_several_regions(requests):
    """A template creates each request in its own Region only."""
    text = writers.write(requests, "cloudformation")
    regions = {each.region for each in requests} - {None}
    for region in regions if len(regions) > 1 else ():
        found = [each.names for each in read_back(text, "cloudformation", region)]
        assert found == [each.names for each in requests if each.region in {None, region}]


SITE = CertificateRequest.of(
    "*.brightharbor.io",
    "brightharbor.io",
    validation_method="DNS",
    validation_options=(ValidationOption(read_name("brightharbor.io"), None, "Z1"),),
    region="us-east-1",
)


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


def test_a_configuration():
    """A configuration has a provider for each Region, and records for known zones."""
    other = SITE.__replace__(region="eu-west-1", create_before_destroy=True, tags=(Tag("a", "$"),))
    text = writers.write([SITE, other], "terraform")
    assert text == (HERE / "configuration.tf").read_text("utf-8")


def test_lines_of_the_api():
    """There is a line of API members for each request."""
    request = SITE.__replace__(validation_options=(), export="ENABLED")
    line, end = writers.write([request], "api").split("\n")
    assert end == ""
    assert json.loads(line) == {
        "DomainName": "*.brightharbor.io",
        "SubjectAlternativeNames": ["brightharbor.io"],
        "ValidationMethod": "DNS",
        "Options": {"Export": "ENABLED"},
    }


def test_the_records_of_several_zones():
    """Certificates share records, and only complete ones are waited for."""
    bare = CertificateRequest.of("api.brightharbor.io", "www.brightharbor.io", region="us-east-1")
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


def test_addresses():
    """Addresses with the same words have a number."""
    texts = ["a.io", "A-io", "a.io", "a-io-2", "*", "**"]
    requests = [CertificateRequest.of(text) for text in texts]
    template = yaml.safe_load(writers.write(requests, "cloudformation"))
    found = [*template["Resources"]]
    assert found == ["AIo", "AIo2", "AIo3", "AIo22", "Wildcard", "Wildcardwildcard"]
    text = writers.write([CertificateRequest.of("--"), CertificateRequest.of("1.io")], "terraform")
    assert '"aws_acm_certificate" "certificate"' in text
    assert '"aws_acm_certificate" "_1_io"' in text


def test_an_address_is_no_parameter():
    """Parameters and resources have different names."""
    zone = ValidationOption(read_name("zone.of.a.io"), None, parameter("zone of", "a.io"))
    request = CertificateRequest.of("zone.of.a.io", validation_options=(zone,))
    text = writers.write([request], "cloudformation")
    assert "  ZoneOfAIo:\n    Type: AWS::Route53::HostedZone::Id\n" in text
    assert "  ZoneOfAIo2:\n    Type: AWS::CertificateManager::Certificate\n" in text


OPEN = Unresolved((Unknown("!ImportValue x"),))
OTHER = Unresolved((Unknown("${Bucket.Arn}"),))


@pytest.mark.parametrize(
    ("form", "said", "request_"),
    [
        ("api", "no names", CertificateRequest(())),
        ("api", "needs a value", SITE.__replace__(tags=(Tag("a", OPEN),))),
        ("api", "`HostedZoneId`", SITE),
        ("api", "unknown entry", SITE.__replace__(tags=(OPEN,))),
        ("api", "unknown number", CertificateRequest((UnresolvedNames(Unknown("x")),))),
        ("api", "`import fields`", CertificateRequest.of("a.io", import_fields=("x",))),
        ("api", "`extended key", CertificateRequest.of("a.io", extended_key_usages=("x",))),
        ("cloudformation", "Token", CertificateRequest.of("a.io", idempotency_token="a")),
        ("cloudformation", "`ManagedBy`", CertificateRequest.of("a.io", managed_by="a")),
        ("cloudformation", "not a template parameter", SITE.__replace__(export=OPEN)),
        ("cloudformation", "not a template parameter", SITE.__replace__(export=OTHER)),
        ("terraform", "not a Terraform expression", SITE.__replace__(export=OPEN)),
        ("terraform", "Token", CertificateRequest.of("a.io", idempotency_token="a")),
        ("terraform", "`ManagedBy`", CertificateRequest.of("a.io", managed_by="a")),
        ("terraform", "twice", SITE.__replace__(tags=(Tag("a", "b"), Tag("a", "c")))),
        ("terraform", "option", SITE.__replace__(validation_options=(ValidationOption(None),))),
    ],
)
def test_what_cannot_be_written(form, said, request_):
    """A format rejects values that it cannot express."""
    with pytest.raises(NotExpressible, match=said):
        writers.write([request_], form)


def test_what_others_give():
    """A parameter is named by words."""
    zone = parameter("zone of", "my-site.io"), variable("zone of", "my-site.io")
    assert [str(each) for each in zone] == ["${ZoneOfMySiteIo}", "${var.zone_of_my_site_io}"]


@given(st.lists(relatives() | names(), min_size=1, max_size=6))
def test_the_api_takes_each_line(listed):
    """Every member is in the model of the API, with the right type."""
    loaders = pytest.importorskip("botocore.loaders")
    model = pytest.importorskip("botocore.model")
    validate = pytest.importorskip("botocore.validate")
    shape = model.ServiceModel(
        loaders.Loader().load_service_model("acm", "service-2")
    ).operation_model("RequestCertificate")
    request = CertificateRequest.of(
        *listed, validation_method="DNS", tags=(Tag("a", "b"),), export="ENABLED"
    )
    found = json.loads(writers.write([request], "api"))
    validate.validate_parameters(found, shape.input_shape)
