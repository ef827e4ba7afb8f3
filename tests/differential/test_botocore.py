"""The API model of `botocore` as the oracle, as recorded in `tests/upstream.json`.

`tests/drift.py` compares that file with the installed model, and `tests/facts/test_facts.py` the
facts with that file. These tests compare the readers: names with the pattern of
`DomainNameString`, and requests with the members and the enumerations.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.drift import committed
from tests.support.strategies import ascii_name_texts

from acmrules.errors import InvalidName, NameFault
from acmrules.names import parse_name
from acmrules.request import (
    CertificateRequest,
    CertificateUsage,
    KeyAlgorithm,
    RootHierarchyType,
    ValidationMethod,
)
from acmrules.strategies import names

SHAPES = committed()["botocore"]["shapes"]
NAME = SHAPES["DomainNameString"]
PATTERN = re.compile(NAME["pattern"], re.ASCII)

STRICTER = {
    # A text that the pattern accepts, and the reason why the service or the authority refuses it.
    NameFault.RESERVED_LABEL: ("ab--cd.com", "fact 1.15"),
    NameFault.BROKEN_A_LABEL: ("xn--example.com", "fact 1.15"),
    NameFault.BIDI: ("1.xn--4dbcd.com", "the Bidi rule, RFC 5893"),
    NameFault.IP_ADDRESS: ("10.0.0.11", "fact 1.18"),
    NameFault.NUMERIC_TOP_LABEL: ("example.123", "fact 1.18"),
    NameFault.LONG_NAME: ("a." * 126 + "com", "fact 1.6, which is the model's `max`"),
}

FIELDS = {
    # Each member of the API's request, and where a `CertificateRequest` has it.
    "DomainName": "names",
    "SubjectAlternativeNames": "names",
    "ValidationMethod": "validation_method",
    "DomainValidationOptions": "validation_options",
    "IdempotencyToken": "idempotency_token",
    "CertificateAuthorityArn": "certificate_authority_arn",
    "KeyAlgorithm": "key_algorithm",
    "Tags": "tags",
    "ManagedBy": "managed_by",
    "Options.CertificateTransparencyLoggingPreference": "transparency_logging",
    "Options.Export": "export",
    # Meaningful in `UpdateCertificateOptions` alone (fact 1.41).
    "Options.ValidationMethod": None,
    "CertificateUsage": "certificate_usage",
    "RootHierarchyType": "root_hierarchy",
}


def fault_of(text):
    """Return the fault of a string, or `None` for a valid name."""
    try:
        parse_name(text)
    except InvalidName as error:
        return error.fault
    return None


@given(names())
def test_the_api_accepts_every_name(name):
    """Every valid name matches the pattern and the length of the API in its canonical form."""
    assert PATTERN.fullmatch(str(name))
    assert NAME["min"] <= name.octets <= NAME["max"]


@given(ascii_name_texts())
def test_a_string_that_the_pattern_rejects_is_invalid(text):
    """We accept no ASCII string that the pattern rejects."""
    assert PATTERN.fullmatch(text) or fault_of(text) is not None


@given(st.from_regex(PATTERN, fullmatch=True))
def test_a_string_that_the_pattern_accepts_is_valid_or_a_known_exception(text):
    """We accept what the pattern accepts, except by our stricter rules."""
    assert fault_of(text) in {None, *STRICTER}


@pytest.mark.parametrize("fault", STRICTER)
def test_each_stricter_rule_has_an_example(fault):
    """The pattern accepts the example of each stricter rule."""
    text, reason = STRICTER[fault]
    assert PATTERN.fullmatch(text)
    assert fault_of(text) is fault
    assert reason


def test_every_member_of_a_request_has_its_field():
    """Every member of a request has a field, or is known to have none."""
    members = dict.fromkeys(SHAPES["RequestCertificateRequest"]["members"])
    del members["Options"]
    options = {f"Options.{name}" for name in SHAPES["CertificateOptions"]["members"]}
    assert {*members, *options} == set(FIELDS)
    assert set(FIELDS.values()) - {None} <= set(CertificateRequest._fields)


@pytest.mark.parametrize(
    "enum", [ValidationMethod, KeyAlgorithm, RootHierarchyType, CertificateUsage]
)
def test_enums_are_spelled_as_in_the_api(enum):
    """Members and their order are those of the API."""
    assert [member.value for member in enum] == SHAPES[enum.__name__]["enum"]
