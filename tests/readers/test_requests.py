"""Requests: what the API and CloudFormation share."""

import pytest

from acmrules.names import DomainName
from acmrules.readers import registry
from acmrules.readers.fields import Fields, LiteralReader
from acmrules.readers.requests import listed, read_request, read_text
from acmrules.request import KeyAlgorithm, Tag, ValidationMethod, ValidationOption
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.source import Source
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Malformed, Unknown, UnresolvedNames

DATA = {
    "DomainName": "Example.com",
    "SubjectAlternativeNames": ["www.example.com", "nonsense"],
    "ValidationMethod": "DNS",
    "KeyAlgorithm": "RSA2048",
    "DomainValidationOptions": [{"DomainName": "example.com", "HostedZoneId": "Z1"}],
    "Tags": [{"Key": "a", "Value": "b"}, {"Key": "c"}, {"Value": "d"}],
}


def test_request():
    """Strings become names, methods and algorithms, or malformed values; spellings are kept."""
    pointers = {}
    request = read_request(
        Fields(LiteralReader(), DATA, ("here",)),
        pointers,
        export="ENABLED",
        transparency_logging=None,
        region="eu-west-1",
    )
    assert request.spellings == ("Example.com", "www.example.com", "nonsense")
    assert request.names[0] == DomainName("example.com")
    assert request.names[2] == Malformed("nonsense")
    assert request.validation_method is ValidationMethod.DNS
    assert request.key_algorithm == Malformed("RSA2048")
    assert request.validation_options == (ValidationOption(DomainName("example.com"), None, "Z1"),)
    assert request.tags == (Tag("a", "b"), Tag("c"), Tag("", "d"))
    assert (request.export, request.transparency_logging) == ("ENABLED", None)
    assert request.region == "eu-west-1"
    assert pointers["names", 2] == (("here", "SubjectAlternativeNames", 1), None)
    assert pointers["names",] == (("here", "SubjectAlternativeNames"), None)
    assert pointers["tags", 1, "key"] == (("here", "Tags", 1, "Key"), None)
    assert ("key_algorithm",) in pointers
    assert ("certificate_authority_arn",) not in pointers


def test_known_members():
    """A known method or algorithm is a member of its enumeration."""
    data = {"DomainName": "a.b.c", "ValidationMethod": "dns", "KeyAlgorithm": "EC_prime256v1"}
    nothing = {"export": None, "transparency_logging": None, "region": None}
    request = read_request(Fields(LiteralReader(), data, ()), {}, **nothing)
    assert request.validation_method == Malformed("dns")
    assert request.key_algorithm is KeyAlgorithm.EC_PRIME256V1
    assert request.validation_options == request.tags == ()


def test_no_domain_name():
    """A request without a domain name is a type mismatch at its beginning."""
    nothing = {"export": None, "transparency_logging": None, "region": None}
    with pytest.raises(TypeMismatchError) as caught:
        read_request(Fields(LiteralReader(), {}, (4,)), {}, **nothing)
    assert caught.value.pointer == (4, KEY)


def test_read_text():
    """An absent member has no string and no pointer."""
    pointers = {}
    fields = Fields(LiteralReader(), {"A": "x"}, ())
    assert read_text(fields, "A", ("a",), pointers) == "x"
    assert read_text(fields, "B", ("b",), pointers) is None
    assert pointers == {("a",): (("A",), None)}


def test_listed():
    """An entry of a list is a name, malformed, or unknown."""
    unknown = UnresolvedNames(Unknown("${X}"))
    assert listed(("a.io", (), None)) == DomainName("a.io")
    assert listed(("a", (), None)) == Malformed("a")
    assert listed((unknown, (), None)) is unknown


def test_a_single_name_is_the_list_of_names():
    """Without alternative names, the list has the location of the domain name."""
    source = Source("r.json", '{"DomainName": "a.io"}')
    [declaration] = registry.read(source)
    place = declaration.variants[0].location(("names",))
    assert source.text[place.start : place.end] == "a.io"
