"""The parameters of `RequestCertificate`, and the descriptions of certificates."""

from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.strategies import certificate_requests

from acmrules import (
    CertificateRequest,
    KeyAlgorithm,
    Tool,
    Unknown,
    Unresolved,
    UnresolvedNames,
    ValidationMethod,
    ValidationOption,
    compare,
    parse_name,
)
from acmrules.errors import InvalidArgument, NotExpressible
from acmrules.names import DomainName

_ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"


@cache
def shape():
    """Return the shape of the parameters in the model of the AWS SDK."""
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    model = ServiceModel(Loader().load_service_model("acm", "service-2"))
    return model.operation_model("RequestCertificate").input_shape


def _members(structure):
    """Yield the names of all members of a structure, with those of structures in it."""
    for name, member in structure.members.items():
        inner = member.member if member.type_name == "list" else member
        yield name
        if inner.type_name == "structure":
            yield from (f"{name}.{below}" for below in _members(inner))


def _written(params):
    for name, value in params.items():
        yield name
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from (f"{name}.{below}" for below in _written(inner))


class TestLaws:
    """What is true of every request that the API can express."""

    @given(certificate_requests(Tool.API))
    def test_parameters_are_the_request(self, request_):
        """The request of its parameters is equal; the Region is that of the client."""
        params = request_.to_api()
        assert CertificateRequest.from_api(params, region=request_.region) == request_
        assert CertificateRequest.from_api(params).to_api() == params

    @given(certificate_requests(Tool.API))
    def test_the_sdk_accepts_the_parameters(self, request_):
        """The model of the AWS SDK has each member, and the type of each value."""
        from botocore.validate import ParamValidator

        params = request_.to_api()
        assert not ParamValidator().validate(params, shape()).has_errors()
        assert {*_written(params)} <= {*_members(shape())}

    @given(st.sampled_from([*KeyAlgorithm]), st.sampled_from([*ValidationMethod]))
    def test_a_description_has_the_values_of_its_request(self, algorithm, method):
        """Whatever the spelling of the key algorithm is."""
        for spelling in (algorithm.value, algorithm.value.replace("_", "-")):
            described = CertificateRequest.from_description(
                {
                    "DomainName": "example.com",
                    "KeyAlgorithm": spelling,
                    "DomainValidationOptions": [
                        {"DomainName": "example.com", "ValidationMethod": method.value}
                    ],
                }
            )
            assert (described.key_algorithm, described.validation_method) == (algorithm, method)


def test_each_member_of_the_sdk_is_read():
    """A new member of the API cannot be forgotten: it would be refused as unknown."""
    text = {"string": "x", "list": ["x"]}
    params = {}
    for name, member in shape().members.items():
        if member.type_name == "structure":
            params[name] = dict.fromkeys(member.members, "x")
        elif member.type_name == "list" and member.member.type_name == "structure":
            params[name] = [dict.fromkeys(member.member.members, "x")]
        else:
            params[name] = text[member.type_name]
    found = CertificateRequest.from_api(params)
    # The method is in two places, of which one is enough.
    assert params["Options"].pop("ValidationMethod") == "x"
    assert found.to_api() == params


def test_the_method_may_be_in_the_options():
    """The method of the request takes precedence."""
    params = {"DomainName": "a.io", "Options": {"ValidationMethod": "DNS"}}
    assert CertificateRequest.from_api(params).validation_method is ValidationMethod.DNS
    params["ValidationMethod"] = "EMAIL"
    assert CertificateRequest.from_api(params).validation_method is ValidationMethod.EMAIL


def test_strings_are_what_acm_would_receive():
    """An invalid name or value is malformed, and a placeholder is not unknown."""
    request = CertificateRequest.from_api(
        {
            "DomainName": "YOUR_DOMAIN",
            "ValidationMethod": "dns",
            "Options": {"Export": "ENABLED"},
            "KeyAlgorithm": KeyAlgorithm.EC_PRIME256V1.value,
        }
    )
    assert request == CertificateRequest.of(
        ["YOUR_DOMAIN"],
        validation_method="dns",
        export="ENABLED",
        key_algorithm=KeyAlgorithm.EC_PRIME256V1,
    )


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({}, "the member `DomainName` is missing"),
        ({"DomainName": 3}, "DomainName: must be a string, not an integer"),
        ({"Domain": "a.io"}, "unknown member `Domain`"),
        (
            {"DomainName": "a.io", "SubjectAlternativeName": []},
            "unknown member `SubjectAlternativeName`; did you mean `SubjectAlternativeNames`?",
        ),
        (
            {"DomainName": "a.io", "SubjectAlternativeNames": "b.io"},
            "SubjectAlternativeNames: must be a list, not a string",
        ),
        (
            {"DomainName": "a.io", "SubjectAlternativeNames": ["b.io", None]},
            "SubjectAlternativeNames[1]: must be a string, not null",
        ),
        (
            {"DomainName": "a.io", "DomainValidationOptions": [{"DomainName": 1}]},
            "DomainValidationOptions[0].DomainName: must be a string, not an integer",
        ),
        (
            {"DomainName": "a.io", "Tags": [{"Value": "x"}]},
            "Tags[0]: the member `Key` is missing",
        ),
        (
            {"DomainName": "a.io", "Options": {"Exports": "ENABLED"}},
            "Options: unknown member `Exports`; did you mean `Export`?",
        ),
        ([], "must be an object, not a list"),
    ],
)
def test_wrong_parameters_are_refused_with_their_place(params, message):
    """The error names the member as the API spells it."""
    with pytest.raises(InvalidArgument) as refused:
        CertificateRequest.from_api(params)
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"names": ()}, "the request has no names"),
        (
            {"export": Unresolved((Unknown("${X}"),))},
            "the request has `${X}`, but the API needs a value",
        ),
        (
            {"names": (UnresolvedNames(Unknown("${X}")),), "spellings": ()},
            "the request has an unknown number of names: `${X}`",
        ),
        (
            {"validation_options": (ValidationOption(DomainName("a.io"), None, "Z1"),)},
            "the request has `HostedZoneId`, which the API cannot express",
        ),
        (
            {"import_fields": ("Certificate",)},
            "the request has `import fields`, which cannot be requested",
        ),
    ],
)
def test_what_the_api_cannot_express_is_refused(fields, message):
    """The error says which value of the request it is."""
    request = CertificateRequest.of(["a.io"]).__replace__(**fields)
    with pytest.raises(NotExpressible) as refused:
        request.to_api()
    assert str(refused.value) == message


DESCRIBED = {
    "CertificateArn": _ARN,
    "DomainName": "brightharbor.io",
    "SubjectAlternativeNames": ["brightharbor.io", "*.brightharbor.io"],
    "DomainValidationOptions": [
        {
            "DomainName": "brightharbor.io",
            "ValidationDomain": "brightharbor.io",
            "ValidationStatus": "SUCCESS",
            "ResourceRecord": {"Name": "_x.brightharbor.io.", "Type": "CNAME", "Value": "_y."},
            "ValidationMethod": "DNS",
        },
        {
            "DomainName": "*.brightharbor.io",
            "ValidationDomain": "brightharbor.io",
            "ValidationStatus": "SUCCESS",
            "ValidationMethod": "DNS",
        },
    ],
    "Serial": "0f:1a",
    "Subject": "CN=brightharbor.io",
    "Issuer": "Amazon",
    "CreatedAt": datetime(2026, 10, 1, tzinfo=UTC),
    "NotAfter": 1790000000.0,
    "Status": "ISSUED",
    "KeyAlgorithm": "EC-prime256v1",
    "KeyUsages": [{"Name": "DIGITAL_SIGNATURE"}],
    "InUseBy": [],
    "Type": "AMAZON_ISSUED",
    "RenewalSummary": {"RenewalStatus": "SUCCESS", "DomainValidationOptions": []},
    "Options": {"CertificateTransparencyLoggingPreference": "ENABLED", "Export": "DISABLED"},
}


@pytest.mark.parametrize("data", [DESCRIBED, {"Certificate": DESCRIBED}], ids=["inner", "outer"])
def test_a_description_is_the_request_of_the_certificate(data):
    """Dates are ignored, whether they are objects of boto3 or numbers of the command line."""
    assert CertificateRequest.from_description(data) == CertificateRequest.of(
        ["brightharbor.io", "*.brightharbor.io"],
        validation_method="DNS",
        validation_options=[
            ValidationOption(parse_name("*.brightharbor.io"), DomainName("brightharbor.io"))
        ],
        key_algorithm="EC_prime256v1",
        export="DISABLED",
        transparency_logging="ENABLED",
        region="eu-west-1",
    )


def test_the_method_of_a_description_is_the_one_in_force():
    """After a move from email to DNS, the options have the new method."""
    options = {**DESCRIBED["Options"], "ValidationMethod": "EMAIL"}
    request = CertificateRequest.from_description({**DESCRIBED, "Options": options})
    assert request.validation_method is ValidationMethod.EMAIL


def test_a_private_certificate_has_its_authority():
    """It has no validation, and none is assumed."""
    data = {
        "CertificateArn": _ARN,
        "DomainName": "db.internal",
        "Type": "PRIVATE",
        "CertificateAuthorityArn": "arn:aws:acm-pca:eu-west-1:111122223333:x",
    }
    request = CertificateRequest.from_description(data)
    assert request.is_private
    assert request.validation_method is None
    assert request.validation_options == ()


def test_an_imported_certificate_cannot_be_requested():
    """Its names are known, and its parameters are not."""
    request = CertificateRequest.from_description(
        {"DomainName": "a.io", "SubjectAlternativeNames": ["a.io"], "Type": "IMPORTED"}
    )
    assert request.import_fields == ("Certificate",)
    with pytest.raises(NotExpressible):
        request.to_api()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "the member `DomainName` is missing"),
        ({"Certificate": []}, "Certificate: must be an object, not a list"),
        ({"Certificate": {"DomainName": 1}}, "Certificate.DomainName: must be a string"),
        (
            {"DomainName": "a.io", "DomainValidationOptions": [3]},
            "DomainValidationOptions[0]: must be an object, not an integer",
        ),
    ],
)
def test_a_wrong_description_is_refused_with_its_place(data, message):
    """The response of another call has no domain name."""
    with pytest.raises(InvalidArgument) as refused:
        CertificateRequest.from_description(data)
    assert str(refused.value).startswith(message)


def test_a_description_is_compared_with_the_request_in_files():
    """The effect of an edit is that on the certificate that exists."""
    issued = CertificateRequest.from_description(DESCRIBED)
    assert str(compare(issued, [*issued.names, "shop.io"]).verdict) == "replacement"
