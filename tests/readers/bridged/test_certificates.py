"""Certificates of tools that are built on the provider of Terraform."""

import pytest

from acmrules.names import DomainName
from acmrules.readers.bridged.certificates import CROSSPLANE, PULUMI, read_certificate
from acmrules.readers.fields import Fields
from acmrules.readers.substituted import SubstitutedReader
from acmrules.request import Tag, UnknownMember, ValidationMethod, ValidationOption
from acmrules.unresolved import Unresolved, UnresolvedNames
from acmrules.x509 import ImportedCertificate

APEX, WWW = DomainName("brightharbor.io"), DomainName("www.brightharbor.io")


def read(members, dialect=PULUMI, **whole):
    """Return the certificate with some members."""
    reader = SubstitutedReader()
    data = {"type": "aws:acm:Certificate", "properties": members, **whole}
    if dialect is CROSSPLANE:
        data = {"kind": "Certificate", "apiVersion": "x", "spec": {"forProvider": members}, **whole}
    fields = Fields(reader, members, ("properties",))
    return read_certificate(Fields(reader, data, ()), fields, {}, dialect)


@pytest.mark.parametrize(
    ("dialect", "options", "block"),
    [(PULUMI, "validationOptions", {}), (CROSSPLANE, "validationOption", [])],
)
def test_all_members(dialect, options, block):
    """A block may be a list of one."""
    logging = {"certificateTransparencyLoggingPreference": "DISABLED", "export": "ENABLED"}
    request = read(
        {
            "domainName": "www.brightharbor.io",
            "subjectAlternativeNames": ["brightharbor.io"],
            "validationMethod": "EMAIL",
            "keyAlgorithm": "EC_prime256v1",
            "options": logging if block == {} else [logging],
            options: [{"domainName": "www.brightharbor.io", "validationDomain": "brightharbor.io"}],
            "tags": {"Owner": "web"},
        },
        dialect,
    )
    assert request.names == (WWW, APEX)
    assert request.validation_method is ValidationMethod.EMAIL
    assert request.validation_options == (ValidationOption(WWW, APEX),)
    assert (request.transparency_logging, request.export) == ("DISABLED", "ENABLED")
    assert (request.tags, request.unknown_members) == ((Tag("Owner", "web"),), ())


@pytest.mark.parametrize(
    "members",
    [
        {"certificateBody": "x", "privateKey": "y"},
        {"privateKeySecretRef": {"name": "key"}, "certificateBody": "x"},
        {"domainName": "a.io", "validationMethod": "NONE"},
    ],
)
def test_imported_certificates(members):
    """They have no request."""
    assert read(members) == ImportedCertificate()


def test_a_request_that_also_imports():
    """The members of the import are kept for the rule about both."""
    assert read({"domainName": "a.io", "privateKey": "x"}).import_fields == ("privateKey",)


def test_empty_values_are_absent():
    """The provider treats them so."""
    request = read({"domainName": "a.io", "validationMethod": "", "certificateAuthorityArn": ""})
    assert request.validation_method is None
    assert request.certificate_authority_arn is None


def test_misspelled_members():
    """They are collected in the members of the type, of a block, and of the resource."""
    request = read({"domainName": "a.io", "keyAlgoritm": "x", "options": {"exports": "y"}})
    found = {(each.holder, each.name) for each in request.unknown_members}
    assert found == {("", "keyAlgoritm"), ("options", "exports")}
    data = {"type": "aws:acm:Certificate", "propertie": {"domainName": "a.io"}}
    reader = SubstitutedReader()
    request = read_certificate(Fields(reader, data, ()), Fields(reader, {}, ()), {}, PULUMI)
    assert any(
        isinstance(each, UnknownMember) and each.name == "propertie"
        for each in request.unknown_members
    )


def test_a_misspelled_wrapper_hides_the_names():
    """Both locations of names are that of the misspelled member."""
    pointers = {}
    fields = Fields(SubstitutedReader(), {}, ("properties",))
    data = {"type": "aws:acm:Certificate", "propertis": {"domainName": "a.io"}}
    whole = Fields(SubstitutedReader(), data, ())
    request = read_certificate(whole, fields, pointers, PULUMI)
    assert all(isinstance(name, Unresolved | UnresolvedNames) for name in request.names)
    [member] = {pointers["names", index] for index in (0, 1)}
    assert member[0][0] == "propertis"


def test_options_in_a_list_have_their_own_location():
    """The location of a block in a list has its index, of the only one."""
    pointers = {}
    members = {"domainName": "a.io", "options": [{"export": "ENABLED"}]}
    fields = Fields(SubstitutedReader(), members, ("spec",))
    read_certificate(Fields(SubstitutedReader(), {"spec": {}}, ()), fields, pointers, CROSSPLANE)
    assert pointers["export",] == (("spec", "options", 0, "export"), None)
