"""DNS resources: what all readers share."""

import pytest
from hypothesis import given

from acmrules.names import DomainName
from acmrules.readers.dns import absolute, caa_set, endpoint_named, host_record, zone_record
from acmrules.resources import CaaRecordSet, ZoneRecord
from acmrules.strategies import domain_names
from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames

OPEN = Unknown("var.x")


@given(domain_names())
def test_last_dots(name):
    """A name with a dot at its end is the same name."""
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
    """One dot at a known end is removed."""
    assert absolute(text) == name


def test_caa_set():
    """An unknown number of records is one unknown record."""
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
    """Validation records and names that cannot be hosts are not host records."""
    assert (host_record(name, target, "Record", "") is not None) is leads


@given(domain_names())
def test_endpoints_are_absolute(name):
    """All spellings of a DNS name are one endpoint, which is never a resource's address."""
    expected = endpoint_named(str(name))
    assert expected.endswith(".")
    assert endpoint_named(f"DualStack.{name}.".title()) == expected


ZONE_ID = Unresolved((Unknown("${Zone}"),))


@pytest.mark.parametrize(
    ("name", "zone_id", "values", "servers"),
    [
        ("a.io", "Z1", None, None),
        ("a.io", "Z1", ["ns-1.org"], ("ns-1.org",)),
        ("a.io", ZONE_ID, ["ns-1.org"], ("ns-1.org",)),
        ("a.io", "Z1", [UnresolvedNames(OPEN)], (Unresolved((OPEN,)),)),
    ],
)
def test_a_record_says_something_about_its_zone(name, zone_id, values, servers):
    """A delegation always does, any other record only with a known id."""
    listed = values and [(value, (), None) for value in values]
    found = zone_record(DomainName(name), zone_id, "Record", listed)
    assert found == ZoneRecord(DomainName(name), zone_id, "Record", servers)


def test_other_records_say_nothing_about_zones():
    """The zone of the files has a name, and options contain the names of validation records."""
    assert zone_record(DomainName("a.io"), ZONE_ID, "Record", None) is None
    option = Unresolved((Unknown("${aws_acm_certificate.c.domain_validation_options}"),))
    assert zone_record(option, "Z1", "Record", None) is None
