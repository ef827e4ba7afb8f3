"""Requests as code: the readers return the same requests."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import certificate_requests
from tests.support.written_requests import SITE, read_back

from acmrules import writers
from acmrules.request import CertificateRequest, Tag, Tool, ValidationOption
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames
from acmrules.writers import NotExpressible
from acmrules.writers.cloudformation import parameter
from acmrules.writers.terraform import variable

NAMES = {Tool.API: "api", Tool.CLOUDFORMATION: "cloudformation", Tool.TERRAFORM: "terraform"}


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
    requests = data.draw(st.lists(certificate_requests(tool), min_size=1, max_size=3))
    found = read_back(writers.write(requests, NAMES[tool]), NAMES[tool])
    assert [each.names for each in found] == [each.names for each in requests]


def test_addresses():
    """Addresses with the same words have a number."""
    texts = ["a.io", "A-io", "a.io", "a-io-2", "*", "**"]
    requests = [CertificateRequest.of([text]) for text in texts]
    template = yaml.safe_load(writers.write(requests, "cloudformation"))
    found = [*template["Resources"]]
    assert found == ["AIo", "AIo2", "AIo3", "AIo22", "Wildcard", "Wildcardwildcard"]
    text = writers.write(
        [CertificateRequest.of(["--"]), CertificateRequest.of(["1.io"])], "terraform"
    )
    assert '"aws_acm_certificate" "certificate"' in text
    assert '"aws_acm_certificate" "_1_io"' in text


OPEN = Unresolved((Unknown("!ImportValue x"),))
OTHER = Unresolved((Unknown("${Bucket.Arn}"),))


@pytest.mark.parametrize(
    ("form", "message", "request_"),
    [
        ("api", "no names", CertificateRequest(())),
        ("api", "needs a value", SITE.__replace__(tags=(Tag("a", OPEN),))),
        ("api", "`HostedZoneId`", SITE),
        ("api", "unknown entry", SITE.__replace__(tags=(OPEN,))),
        ("api", "unknown number", CertificateRequest((UnresolvedNames(Unknown("x")),))),
        ("api", "`import fields`", CertificateRequest.of(["a.io"], import_fields=("x",))),
        ("api", "`extended key", CertificateRequest.of(["a.io"], extended_key_usages=("x",))),
        ("cloudformation", "Token", CertificateRequest.of(["a.io"], idempotency_token="a")),
        ("cloudformation", "`ManagedBy`", CertificateRequest.of(["a.io"], managed_by="a")),
        ("cloudformation", "not a template parameter", SITE.__replace__(export=OPEN)),
        ("cloudformation", "not a template parameter", SITE.__replace__(export=OTHER)),
        ("terraform", "not a Terraform expression", SITE.__replace__(export=OPEN)),
        ("terraform", "Token", CertificateRequest.of(["a.io"], idempotency_token="a")),
        ("cloudformation", "`RootHier", CertificateRequest.of(["a.io"], root_hierarchy="N2")),
        ("cloudformation", "`Certif", CertificateRequest.of(["a.io"], certificate_usage="A")),
        ("terraform", "`RootHier", CertificateRequest.of(["a.io"], root_hierarchy="N2")),
        ("terraform", "`Certif", CertificateRequest.of(["a.io"], certificate_usage="A")),
        ("terraform", "`ManagedBy`", CertificateRequest.of(["a.io"], managed_by="a")),
        ("terraform", "twice", SITE.__replace__(tags=(Tag("a", "b"), Tag("a", "c")))),
        ("terraform", "option", SITE.__replace__(validation_options=(ValidationOption(None),))),
    ],
)
def test_what_cannot_be_written(form, message, request_):
    """A format rejects values that it cannot express."""
    with pytest.raises(NotExpressible, match=message):
        writers.write([request_], form)


def test_a_parameter_is_named_by_words():
    """A parameter is named by words."""
    zone = parameter("zone of", "my-site.io"), variable("zone of", "my-site.io")
    assert [str(each) for each in zone] == ["${ZoneOfMySiteIo}", "${var.zone_of_my_site_io}"]
