"""Requests made in a program, and the values for what is not known."""

import pickle

import pytest

from acmrules.names import parse_name
from acmrules.request import CertificateRequest, KeyAlgorithm, ValidationMethod
from acmrules.resources import CertificateReference
from acmrules.unresolved import (
    Malformed,
    Unknown,
    Unresolved,
    UnresolvedNames,
    read_member,
    read_name,
)

X = Unknown("${X}")


def test_a_request_is_made_of_texts():
    """Names, method and algorithm are read; what cannot be is kept as it is."""
    request = CertificateRequest.of(
        "WWW.Brightharbor.io", "a_b.io", validation_method="DNS", key_algorithm="RSA_2048"
    )
    assert request.names == (parse_name("www.brightharbor.io"), Malformed("a_b.io"))
    assert request.spellings == ("WWW.Brightharbor.io", "a_b.io")
    assert request.validation_method is ValidationMethod.DNS
    assert request.key_algorithm is KeyAlgorithm.RSA_2048
    wrong = CertificateRequest.of("a.io", validation_method="dns", key_algorithm="RSA-2048")
    assert wrong.validation_method == Malformed("dns")
    assert wrong.key_algorithm == Malformed("RSA-2048")


def test_a_request_may_be_made_of_values():
    """A name, a member and an unknown text are taken as they are."""
    name, unknown = parse_name("a.io"), Unresolved((X,))
    request = CertificateRequest.of(name, unknown, validation_method=ValidationMethod.EMAIL)
    assert request.names == (name, unknown)
    assert request.spellings == ("a.io", "${X}")
    assert request.validation_method is ValidationMethod.EMAIL


def test_known_names_are_those_that_could_be_read():
    """Each comes with its place."""
    request = CertificateRequest.of("a.io", "a_b.io", Unresolved((X,)), "*.a.io")
    assert list(request.known_names()) == [
        (("names", 0), parse_name("a.io")),
        (("names", 3), parse_name("*.a.io")),
    ]


def test_a_request_with_a_ca_is_private():
    """An empty or unknown ARN is one too: it was given."""
    assert not CertificateRequest.of("a.io").is_private
    assert CertificateRequest.of("a.io", certificate_authority_arn="").is_private
    assert CertificateRequest.of("a.io", certificate_authority_arn=Unresolved((X,))).is_private


@pytest.mark.parametrize(
    ("parts", "head", "tail", "octets", "shown"),
    [
        ((X,), "", "", 0, "${X}"),
        (("*.", X), "*.", "", 2, "*.${X}"),
        ((X, ".io"), "", ".io", 3, "${X}.io"),
        (("A.", X, "-", X, ".IO"), "A.", ".IO", 6, "A.${X}-${X}.IO"),
    ],
)
def test_a_partly_known_text_keeps_its_fragments(parts, head, tail, octets, shown):
    """Beginning, end and least length are known."""
    text = Unresolved(parts)
    assert (text.head, text.tail, text.least_octets, str(text)) == (head, tail, octets, shown)
    assert set(text.unknowns) == {X}
    assert str(text.lower()) == shown.lower().replace("${x}", "${X}")
    assert pickle.loads(pickle.dumps(text)) == text


def test_values_print_as_their_text():
    """Messages need no help."""
    assert str(Malformed("a_b")) == "a_b"
    assert str(UnresolvedNames(X)) == "${X}"
    assert str(CertificateReference("Certificate")) == "Certificate"


def test_reading_does_not_raise():
    """What is no name or no member is malformed."""
    assert read_name("*.a.io") == parse_name("*.a.io")
    assert read_name("") == Malformed("")
    assert read_member(KeyAlgorithm, "EC_prime256v1") is KeyAlgorithm.EC_PRIME256V1
    assert read_member(KeyAlgorithm, "ec_prime256v1") == Malformed("ec_prime256v1")
