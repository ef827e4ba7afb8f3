"""Requests as input of the API, one on each line."""

import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.written_requests import SITE

from acmrules import writers
from acmrules.request import CertificateRequest, Tag
from acmrules.strategies import names, related_names


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


@cache
def request_shape():
    """Return the model of the input of `RequestCertificate`."""
    loaders = pytest.importorskip("botocore.loaders")
    model = pytest.importorskip("botocore.model")
    acm = model.ServiceModel(loaders.Loader().load_service_model("acm", "service-2"))
    return acm.operation_model("RequestCertificate").input_shape


@given(st.lists(related_names() | names(), min_size=1, max_size=6))
def test_the_api_accepts_each_line(listed):
    """Every member is in the model of the API, with the right type."""
    validate = pytest.importorskip("botocore.validate")
    request = CertificateRequest.of(
        listed, validation_method="DNS", tags=(Tag("a", "b"),), export="ENABLED"
    )
    found = json.loads(writers.write([request], "api"))
    validate.validate_parameters(found, request_shape())
