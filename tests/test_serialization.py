"""Values as plain data, and back."""

import json
import subprocess
import sys
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.values import VALUES, values

import acmrules
from acmrules import (
    CertificateRequest,
    Contact,
    DomainName,
    InvalidName,
    NameList,
    PlanPolicy,
    Timeline,
    Unknown,
    Unresolved,
    ValidationMethod,
    WildcardDomainName,
)
from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.errors import InvalidArgument

_NO_TYPE = (
    "names[0]: the member `type` is missing;"
    " use one of `Malformed`, `Unresolved`, `UnresolvedNames`"
)

NOT_VALUES = {"CoverageIndex", "PublicSuffixes", "ZoneIndex"}
"""The public classes that answer questions; their arguments are the values."""


def test_each_public_class_is_a_value_an_enumeration_or_an_error():
    """A new class cannot be forgotten by the laws of this file."""
    classes = [getattr(acmrules, name) for name in acmrules.__all__]
    others = {
        cls.__name__
        for cls in classes
        if isinstance(cls, type) and cls not in VALUES and not issubclass(cls, Enum | BaseException)
    }
    assert others == NOT_VALUES


@pytest.mark.parametrize("cls", VALUES, ids=lambda cls: cls.__name__)
class TestLaws:
    """What is true of every public value."""

    @given(st.data())
    def test_plain_data_is_the_value(self, cls, data):
        """The value of its plain data is equal, and so is that of its JSON."""
        value = data.draw(values(cls))
        plain = value.to_dict()
        assert cls.from_dict(plain) == value
        assert type(cls.from_dict(plain)) is type(value)
        assert cls.from_dict(json.loads(value.to_json())) == value

    @given(st.data())
    def test_json_contains_the_plain_data(self, cls, data):
        """Plain data has lists, not tuples, and the same data after a round trip."""
        value = data.draw(values(cls))
        assert json.loads(value.to_json()) == value.to_dict()


def test_values_have_the_form_that_files_have():
    """Names are strings, enumerations their values, and dates ISO strings."""
    request = CertificateRequest.of(["example.com"], validation_method="DNS")
    data = request.to_dict()
    assert data["names"] == ["example.com"]
    assert data["validation_method"] == "DNS"
    assert data["tags"] == []
    assert data["export"] is None
    assert list(data) == list(CertificateRequest._fields)


def test_objects_have_a_type_only_where_several_are_possible():
    """A malformed value and an unknown one have their own forms."""
    unknown = Unresolved(("www.", Unknown("${Domain}")))
    request = CertificateRequest.of(["a_b.com"]).__replace__(export=unknown)
    request = request.__replace__(names=(*request.names, unknown))
    data = request.to_dict()
    parts = ["www.", {"label": "${Domain}", "is_placeholder": False}]
    assert data["names"] == [
        {"type": "Malformed", "text": "a_b.com"},
        {"type": "Unresolved", "parts": parts},
    ]
    assert data["export"] == {"parts": parts}


def test_absent_members_have_their_defaults():
    """Plain data that a person writes has the members that matter."""
    data = {"names": ["example.com"], "validation_method": "DNS"}
    assert CertificateRequest.from_dict(data) == CertificateRequest(
        (DomainName("example.com"),), validation_method=ValidationMethod.DNS
    )


@pytest.mark.parametrize(
    ("cls", "data", "message"),
    [
        (CertificateRequest, [], "must be an object, not a list"),
        (CertificateRequest, {}, "the member `names` is missing"),
        (CertificateRequest, {"name": []}, "unknown member `name`; did you mean `names`?"),
        (CertificateRequest, {"names": "a.io"}, "names: must be a list, not a string"),
        (
            CertificateRequest,
            {"names": ["a.io", "b.io", 3]},
            "names[2]: must be a string or an object, not an integer",
        ),
        (
            CertificateRequest,
            {"names": ["a_b.io"]},
            "names[0]: `a_b.io` contains an underscore, which is not allowed in certificate names",
        ),
        (
            CertificateRequest,
            {"names": [{"text": "x"}]},
            _NO_TYPE,
        ),
        (
            CertificateRequest,
            {"names": [{"type": "Unresolved", "parts": [{"label": 1}]}]},
            "names[0].parts[0].label: must be a string, not an integer",
        ),
        (
            CertificateRequest,
            {"names": [], "validation_method": "dns"},
            "validation_method: unknown value `dns`; did you mean `DNS`?",
        ),
        (
            Contact,
            {"address": "a@b.io", "origin": "constructed", "since": "20261123"},
            "since: `20261123` is not a date such as `2026-03-15`",
        ),
        (
            CertificateDetail,
            {"arn": "", "created_at": "2026-03-15T09:30:00"},
            "created_at: `2026-03-15T09:30:00` is not a time such as `2026-03-15T09:30:00+00:00`",
        ),
        (
            CertificateDetail,
            {"arn": "", "created_at": "soon"},
            "created_at: `soon` is not a time such as `2026-03-15T09:30:00+00:00`",
        ),
        (Timeline, {"eras": []}, "a timeline needs at least one era"),
        (NameList, {"names": []}, "a certificate needs at least one name"),
        (PlanPolicy, {"max_names": 0}, "`max_names` must be at least 1, not 0"),
        (DomainName, 3, "must be a string, not an integer"),
        (DomainName, "*.a.io", "`*.a.io` is a wildcard, which is not allowed here"),
        (WildcardDomainName, "a.io", "`a.io` is not a wildcard, which must start with `*.`"),
    ],
)
def test_wrong_data_is_refused_with_its_place(cls, data, message):
    """The error names the place in the data, and what belongs there."""
    with pytest.raises((InvalidArgument, InvalidName)) as refused:
        cls.from_dict(data)
    assert getattr(refused.value, "sentence", str(refused.value)) == message


@given(st.sampled_from(VALUES), st.data())
def test_any_json_is_a_value_or_refused(cls, data):
    """No data raises another error, wherever the wrong part is."""
    scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
    keys = st.text(max_size=4) | st.sampled_from(["names", "type", "value", "parts", "source"])
    anything = st.recursive(
        scalars, lambda each: st.lists(each, max_size=3) | st.dictionaries(keys, each, max_size=3)
    )
    value = data.draw(values(cls)).to_dict()
    wrong = data.draw(anything)
    if isinstance(value, dict) and data.draw(st.booleans()):
        wrong = value | {data.draw(st.sampled_from([*value])): wrong}
    try:
        found = cls.from_dict(wrong)
    except (InvalidArgument, InvalidName):
        return
    assert cls.from_dict(found.to_dict()) == found


def test_serialization_is_not_loaded_before_it_is_used():
    """A run that converts nothing pays nothing."""
    code = (
        "import sys, acmrules; acmrules.CertificateRequest; acmrules.plan;"
        "print('acmrules.serialization' in sys.modules, 'acmrules.annotations' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


def test_json_is_ascii():
    """Any output can have it, whatever its encoding."""
    tag = acmrules.Tag("Owner", "Zo\u00eb")
    assert tag.to_json().isascii()
    assert acmrules.Tag.from_dict(json.loads(tag.to_json())) == tag
