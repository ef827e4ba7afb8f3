"""Zones and CAA records, whatever tool declares them."""

import pytest
from hypothesis import given
from tests.support.strategies import domain_names

from acmrules.names import DomainName
from acmrules.readers.dns import absolute, caa_set, endpoint_named, host_record
from acmrules.resources import CaaRecordSet
from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames

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


@pytest.mark.parametrize(
    ("name", "target", "leads"),
    [
        (DomainName("a.io"), "b.io", True),
        (Malformed("_a.io"), "b.io", False),
        (Malformed("x._domainkey.a.io"), "b.io", False),
        (DomainName("a.io"), "x.acm-validations.aws", False),
        (DomainName("a.io"), Unresolved((Unknown("${c.domain_validation_options[0].x}"),)), False),
        (Unresolved((OPEN, ".io")), Unresolved((OPEN,)), True),
    ],
)
def test_leading(name, target, leads):
    """A record of a name that no host can have leads to none, nor does one that validates."""
    assert (host_record(name, target, "Record", "") is not None) is leads


@given(domain_names())
def test_endpoints_are_absolute(name):
    """However a name of DNS is written, it is one endpoint, and no address of a resource."""
    expected = endpoint_named(str(name))
    assert expected.endswith(".")
    assert endpoint_named(f"DualStack.{name}.".title()) == expected
