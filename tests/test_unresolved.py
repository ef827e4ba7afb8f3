"""Values that are unknown, partly known, or malformed."""

import pickle

import pytest

from acmrules.names import parse_name
from acmrules.request import KeyAlgorithm
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


@pytest.mark.parametrize(
    ("parts", "head", "tail", "octets", "shown"),
    [
        ((X,), "", "", 0, "${X}"),
        (("*.", X), "*.", "", 2, "*.${X}"),
        ((X, ".io"), "", ".io", 3, "${X}.io"),
        (("A.", X, "-", X, ".IO"), "A.", ".IO", 6, "A.${X}-${X}.IO"),
    ],
)
def test_a_partly_known_string_keeps_its_known_parts(parts, head, tail, octets, shown):
    """Prefix, suffix and minimum length are known."""
    text = Unresolved(parts)
    assert (text.head, text.tail, text.least_octets, str(text)) == (head, tail, octets, shown)
    assert set(text.unknowns) == {X}
    assert str(text.lower()) == shown.lower().replace("${x}", "${X}")
    assert pickle.loads(pickle.dumps(text)) == text


def test_values_print_as_their_text():
    """Messages can contain the values."""
    assert str(Malformed("a_b")) == "a_b"
    assert str(UnresolvedNames(X)) == "${X}"
    assert str(CertificateReference("Certificate")) == "Certificate"


def test_reading_does_not_raise():
    """An invalid name or an unknown member is read as malformed."""
    assert read_name("*.a.io") == parse_name("*.a.io")
    assert read_name("") == Malformed("")
    assert read_member(KeyAlgorithm, "EC_prime256v1") is KeyAlgorithm.EC_PRIME256V1
    assert read_member(KeyAlgorithm, "ec_prime256v1") == Malformed("ec_prime256v1")


def test_a_parameter_is_not_a_placeholder():
    """Only a string that you have yet to replace is a placeholder."""
    assert not X.is_placeholder
    assert Unknown("YOUR_DOMAIN", is_placeholder=True).is_placeholder
