"""Zones and CAA records, whatever tool declares them."""

import pytest
from hypothesis import given

from acmrules.lint.readers.surroundings import absolute, caa_set
from acmrules.names import DomainName
from acmrules.request import CaaRecordSet, Malformed, Unknown, Unresolved, UnresolvedNames
from strategies import domain_names

OPEN = Unknown("var.x")


@given(domain_names())
def test_last_dots(name):
    """A name is the same with a dot at its end."""
    assert absolute(f"{name}.") == absolute(str(name)) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (Unresolved((OPEN, ".io.")), Unresolved((OPEN, ".io"))),
        (Unresolved((OPEN, ".")), Unresolved((OPEN,))),
        (Unresolved(("a.", OPEN)), Unresolved(("a.", OPEN))),
        ("a..", Malformed("a.")),
    ],
)
def test_absolute(text, name):
    """One dot is taken off the end, where the end is known."""
    assert absolute(text) == name


def test_caa_set():
    """Records of an unknown number are one that is not known."""
    records = [('0 issue "amazon.com"', (), None), (UnresolvedNames(OPEN), (), None)]
    assert caa_set(DomainName("a.io"), records, "Caa") == CaaRecordSet(
        DomainName("a.io"), ('0 issue "amazon.com"', Unresolved((OPEN,))), "Caa"
    )
