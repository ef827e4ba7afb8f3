"""Parameters of API calls as declarations."""

import pytest
from tests.drift import committed

from acmrules import api_parameters
from acmrules.errors import InvalidArgument
from acmrules.readers import api
from acmrules.readers.api_calls import OPERATIONS, called
from acmrules.request import Tool
from acmrules.syntax.errors import ReadError


def test_parameters_are_a_declaration_of_the_api():
    """Each call that rules are about is one declaration without a source."""
    request = called("RequestCertificate", {"DomainName": "a.io"}, "eu-west-1")
    assert (request.source, request.tool, request.request.region) == (None, Tool.API, "eu-west-1")
    blobs = {"Certificate": "a", "PrivateKey": memoryview(b"b")}
    imported = called("ImportCertificate", blobs, "eu-west-1").variants[0].imported
    assert (imported.encoding, imported.region) == ("not PEM", "eu-west-1")
    binding = called("CreateAcmeExternalAccountBinding", {"RoleArn": "a"}).variants[0].acme
    assert (binding.role, binding.missing, binding.lacking) == ("a", ("AcmeEndpointArn",), None)


def test_other_operations_declare_nothing():
    """Calls about certificates that exist have parameters, but no rules."""
    assert called("RenewCertificate", {"CertificateArn": "a"}) is None


def test_what_a_client_refuses_is_an_error():
    """Unknown operations, members and types have one error each."""
    with pytest.raises(InvalidArgument, match="unknown operation `Renew`"):
        called("Renew", {})
    for parameters in ({}, {"CertificateArn": "a", "b": 1}):
        with pytest.raises(ReadError):
            called("RenewCertificate", parameters)
    with pytest.raises(ReadError, match="must be bytes or a string, not a list"):
        called("ImportCertificate", {"Certificate": [], "PrivateKey": b""})


@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_parameters_are_those_of_the_api_model(operation):
    """The required and the other parameters of each operation are those of botocore's model."""
    shape = committed()["botocore"]["shapes"][f"{operation}Request"]
    known = OPERATIONS[operation]
    assert {*known.required} == {*shape["required"]}
    assert {*known.others} == shape["members"].keys() - {*known.required}


def test_the_members_of_a_request_are_the_same_everywhere():
    """Files, calls and requests are read with the same members."""
    operation = OPERATIONS["RequestCertificate"]
    known = {*operation.required, *operation.others}
    own = {*api_parameters._MEMBERS.values()}.difference(api_parameters._OPTIONS)
    assert known == api._MEMBERS == own | {"DomainName", "SubjectAlternativeNames", "Options"}
    assert {*api._OPTIONS} == {*api_parameters._OPTIONS}
