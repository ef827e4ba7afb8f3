"""Requests that a program creates, and values that are unknown."""

from acmrules.names import parse_name
from acmrules.request import CertificateRequest, KeyAlgorithm, ValidationMethod
from acmrules.unresolved import (
    Malformed,
    Unknown,
    Unresolved,
)

X = Unknown("${X}")


def test_a_request_is_made_of_strings():
    """Names, method and algorithm are read; malformed values are kept."""
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
    """A name, a member and an unknown value are kept as they are."""
    name, unknown = parse_name("a.io"), Unresolved((X,))
    request = CertificateRequest.of(name, unknown, validation_method=ValidationMethod.EMAIL)
    assert request.names == (name, unknown)
    assert request.spellings == ("a.io", "${X}")
    assert request.validation_method is ValidationMethod.EMAIL


def test_known_names_are_the_valid_ones():
    """Each valid name has its position."""
    request = CertificateRequest.of("a.io", "a_b.io", Unresolved((X,)), "*.a.io")
    assert list(request.known_names()) == [
        (("names", 0), parse_name("a.io")),
        (("names", 3), parse_name("*.a.io")),
    ]


def test_a_request_with_a_ca_is_private():
    """A request with an empty or unknown ARN is private, too."""
    assert not CertificateRequest.of("a.io").is_private
    assert CertificateRequest.of("a.io", certificate_authority_arn="").is_private
    assert CertificateRequest.of("a.io", certificate_authority_arn=Unresolved((X,))).is_private
