"""`service-identity` as the oracle of what a name covers.

It matches the names of a certificate with the host that a client connects to, so it does not
decide for a requested wildcard. Where both decide, they differ only as `DIFFERENCES` says.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from service_identity import CertificateError
from service_identity.hazmat import DNS_ID, DNSPattern

from acmrules.coverage import covers
from acmrules.errors import InvalidName
from acmrules.names import DomainName
from acmrules.strategies import domain_names, names, related_names

DIFFERENCES = {
    "A-label under a wildcard": (
        ("*.example.com", "xn--bcher-kva.example.com"),
        (True, False),
        "RFC 6125 kept wildcards away from A-labels; RFC 9525 and browsers match a whole label",
    ),
    "U-label under a wildcard": (
        ("*.example.com", "bücher.example.com"),
        (True, False),
        "the same, after the conversion",
    ),
    "part of a label": (
        ("w*.example.com", "www.example.com"),
        (None, False),
        "it keeps the pattern and matches it with nothing; it is no name that ACM takes",
    ),
    "wildcard asked for": (
        ("*.example.com", "*.example.com"),
        (True, None),
        "a client connects to no wildcard; a certificate may have to cover one",
    ),
    "underscore in the host": (
        ("*.example.com", "a_b.example.com"),
        (None, True),
        "hosts with underscores exist in DNS; in certificates they are banned since 2019-05-01",
    ),
    "underscore in the certificate": (
        ("a_b.example.com", "a_b.example.com"),
        (None, True),
        "the same, on the other side",
    ),
    "trailing dots": (
        ("example.com.", "example.com."),
        (None, True),
        "it compares the texts; a name of a certificate has no root label",
    ),
    "single label": (
        ("localhost", "localhost"),
        (None, True),
        "a certificate for inside use may have it; ACM's has two labels",
    ),
    "blanks around": (
        (" example.com ", "example.com"),
        (None, True),
        "it strips what it is given",
    ),
    "numeric last label": (
        ("a.123", "a.123"),
        (None, True),
        "it refuses whole IP addresses alone",
    ),
}


def oracle(presented, reference):
    """Return whether `service-identity` matches two strings, or `None` if it rejects one."""
    try:
        pattern = DNSPattern.from_bytes(presented.encode())
        return DNS_ID(reference).verify(pattern)
    except (CertificateError, ValueError):
        return None


def ours(presented, reference):
    """Return our result, or `None` for an invalid name."""
    try:
        return covers(presented, reference)
    except InvalidName:
        return None


@given(related_names() | names(), related_names().filter(lambda n: isinstance(n, DomainName)))
def test_relatives_are_covered_alike(presented, reference):
    """Names of one family, many of them covered, have the same result."""
    assert covers(presented, reference) == oracle(str(presented), str(reference))


@given(names(), domain_names(), st.booleans())
def test_drawn_names_are_covered_alike(presented, reference, below):
    """Drawn names differ only for A-labels under a wildcard."""
    if below:
        reference = DomainName(".".join([reference.labels[0], *presented.labels[1:]]))
    answer = oracle(str(presented), str(reference))
    if str(reference).startswith("xn--") and str(presented).startswith("*."):
        assert answer is False
    else:
        assert covers(presented, reference) == answer


@pytest.mark.parametrize("difference", DIFFERENCES)
def test_known_differences(difference):
    """Each difference still exists, on both sides."""
    texts, answers, reason = DIFFERENCES[difference]
    assert (ours(*texts), oracle(*texts)) == answers
    assert reason
