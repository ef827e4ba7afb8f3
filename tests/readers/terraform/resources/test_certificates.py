"""The resource `aws_acm_certificate`: every attribute, known or unknown."""

import pytest
from hypothesis import given
from tests.support.cloudformation import request_of, requests
from tests.support.terraform_plans import OPEN, SHOWN, attributes, fields, placed, unknown

from acmrules.names import DomainName
from acmrules.readers.terraform.resources.certificates import IMPORT_FIELDS, read_certificate
from acmrules.request import CertificateRequest, Tag, ValidationOption
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Unresolved, UnresolvedNames
from acmrules.x509 import ImportedCertificate


@given(requests())
def test_requests_come_back(members):
    """A request written as attributes is read back unchanged, from nodes and from plain data."""
    data = attributes(members)
    wanted = request_of(members)
    # A map has each key once.
    tags = {tag.key: tag for tag in wanted.tags}
    wanted = wanted.__replace__(tags=tuple(tags[key] for key in data["tags"]))
    assert read_certificate(fields(data), {}) == wanted
    assert read_certificate(fields(placed(data)), {}) == wanted


@given(requests())
def test_pointers_point_to_their_values(members):
    """Each pointer of a request points to its value in the data."""
    data = attributes(members)
    pointers = {}
    read_certificate(fields(data, ()), pointers)
    for index, name in enumerate(request_of(members).spellings):
        assert pointers["names", index][0][0] in {"domain_name", "subject_alternative_names"}
        assert at(data, pointers["names", index][0]) == name
    for index, key in enumerate(data["tags"]):
        assert pointers["tags", index, "key"][0] == ("tags", key, KEY)
        assert at(data, pointers["tags", index, "value"][0]) == data["tags"][key]


def at(data, pointer):
    """Return the value at a pointer."""
    for step in pointer:
        data = data[step]
    return data


def test_every_attribute():
    """Every attribute of a certificate is read, including partly known ones."""
    data = {
        "domain_name": "a.io",
        "subject_alternative_names": ["b.io", OPEN, UnresolvedNames(OPEN)],
        "validation_method": Unresolved((OPEN,)),
        "validation_option": {"domain_name": "a.io", "validation_domain": OPEN},
        "key_algorithm": "EC_prime256v1",
        "certificate_authority_arn": OPEN,
        "options": [
            {"certificate_transparency_logging_preference": "DISABLED", "export": "ENABLED"}
        ],
        "tags": {"Name": "x", "Number": 7, "None": None},
        "region": "eu-west-1",
    }
    pointers = {}
    found = read_certificate(fields(data), pointers, "us-east-1", create_before_destroy=True)
    assert found == CertificateRequest.of(
        ["a.io", "b.io", Unresolved((SHOWN,)), UnresolvedNames(SHOWN)],
        validation_method=Unresolved((SHOWN,)),
        validation_options=(ValidationOption(DomainName("a.io"), Unresolved((SHOWN,))),),
        key_algorithm="EC_prime256v1",
        certificate_authority_arn=Unresolved((SHOWN,)),
        export="ENABLED",
        transparency_logging="DISABLED",
        tags=(Tag("Name", "x"), Tag("Number", "7"), Tag("None", "")),
        region="eu-west-1",
        create_before_destroy=True,
    )
    assert pointers["export",] == (("resource", "options", 0, "export"), None)
    assert pointers["tags", 1] == (("resource", "tags", "Number"), None)
    assert pointers["region",] == (("resource", "region"), None)


@pytest.mark.parametrize("region", ["eu-west-1", unknown("var.region"), None])
def test_regions_of_providers(region):
    """A resource without a Region has its provider's Region."""
    assert read_certificate(fields({"domain_name": "a.io"}), {}, region).region == region


@pytest.mark.parametrize("member", ["certificate_body", "private_key"])
@pytest.mark.parametrize("value", ["-----BEGIN", OPEN])
def test_imports(member, value):
    """A certificate with a key is imported, and one with a name as well is both."""
    data = {member: value}
    found = read_certificate(fields(data), {}, create_before_destroy=False)
    assert found == ImportedCertificate(create_before_destroy=False)
    pointers = {}
    mixed = read_certificate(fields(data | {"domain_name": "a.io"}), pointers)
    assert mixed.import_fields == (member,)
    # Never locate the value, which may be a private key.
    assert pointers["import_fields", 0] == (("resource", member, KEY), None)
    assert member in IMPORT_FIELDS


def test_imported_before():
    """A certificate with the method `NONE` is imported, unless a private CA issued it."""
    data = {"domain_name": "a.io", "validation_method": "NONE"}
    assert read_certificate(fields(data), {}) == ImportedCertificate()
    private = read_certificate(fields(data | {"certificate_authority_arn": "arn:x"}), {})
    assert (private.is_private, private.validation_method) == (True, None)


def test_empty_strings():
    """An empty string is absent, as for the provider."""
    members = ("validation_method", "key_algorithm", "certificate_authority_arn")
    data = dict.fromkeys(("domain_name", *members, *IMPORT_FIELDS, "region"), "")
    found = read_certificate(fields(data), {}, "eu-west-1")
    assert [getattr(found, member) for member in members] == [None] * 3
    assert (found.import_fields, found.region) == ((), "eu-west-1")


def test_tags():
    """Unknown tags are one unknown tag, and tags of the provider are included."""
    pointers = {}
    found = read_certificate(fields({"domain_name": "a.io", "tags": OPEN}), pointers)
    assert found.tags == (Unresolved((SHOWN,)),)
    assert pointers["tags", 0] == (("resource", "tags"), None)
    data = {"domain_name": "a.io", "tags": {"a": "b"}, "tags_all": {"a": "b", "c": "d"}}
    assert read_certificate(fields(data), {}).tags == (Tag("a", "b"), Tag("c", "d"))
    data["tags_all"] = OPEN
    assert read_certificate(fields(data), {}).tags == (Tag("a", "b"),)
    assert read_certificate(fields(data | {"tags": None}), {}).tags == ()


def test_unknown_options():
    """The members of an unknown block are unknown."""
    pointers = {}
    found = read_certificate(fields({"domain_name": "a.io", "options": OPEN}), pointers)
    assert found.export == found.transparency_logging == Unresolved((SHOWN,))
    assert pointers["export",] == (("resource", "options"), None)
    assert read_certificate(fields({"domain_name": "a.io", "options": []}), {}).export is None


@pytest.mark.parametrize(
    "data",
    [{}, {"tags": {}}, {"domain_name": ["a.io"]}, {"domain_name": "a.io", "tags": ["a"]}],
)
def test_type_mismatches(data):
    """A value of the wrong type raises `TypeMismatchError`."""
    with pytest.raises(TypeMismatchError):
        read_certificate(fields(data), {})
