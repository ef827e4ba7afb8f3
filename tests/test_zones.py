"""The zone for the record of a name: the longest one that contains it."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules import zones as module
from acmrules.errors import InvalidName
from acmrules.names import DomainName
from acmrules.strategies import domain_names, names, related_names
from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames
from acmrules.zones import ZoneIndex, ZoneMatch, zone_of

X, Y = Unknown("${X}"), Unknown("${Y}")


def zones():
    """Draw zones of one small family, many within one another, and other zones."""
    return st.lists((related_names() | domain_names()).map(lambda n: getattr(n, "parent", n)))


def part(*parts):
    """Return a partly known string."""
    return Unresolved(parts)


@given(related_names() | names(), zones())
def test_the_zone_is_the_longest_one_that_contains_the_name(name, listed):
    """The zone of a name is the longest one that contains it, or `None`."""
    containing = [zone for zone in listed if name.is_within(zone)]
    assert zone_of(name, listed) == max(containing, key=lambda zone: zone.octets, default=None)


@given(related_names() | names(), zones(), st.randoms())
def test_the_order_of_zones_does_not_matter(name, listed, random):
    """Any order of the zones gives the same zone."""
    shuffled = [*listed]
    random.shuffle(shuffled)
    assert zone_of(name, listed) == zone_of(name, shuffled)


@given(related_names(), zones())
def test_a_wildcard_has_the_zone_of_its_parent(name, listed):
    """A name and its wildcard share a record, and its zone."""
    assert zone_of(name, listed) == zone_of(getattr(name, "parent", name), listed)


@given(related_names(), zones())
def test_a_zone_named_more_than_once_is_matched_each_time(name, listed):
    """All positions of the longest zone are returned in order, with its length."""
    found = ZoneIndex(listed).match(name)
    zone = zone_of(name, listed)
    assert found.locations == tuple(n for n, other in enumerate(listed) if other == zone)
    assert (found.length, found.unsure) == (len(str(zone)) if zone else 0, ())


@given(related_names(), zones(), st.sampled_from(["a", "a.b", "x"]))
def test_a_certain_zone_is_true_for_all_values(name, listed, filling):
    """A certain result for partly known zones is true for all values of the unknown parts."""
    partly = [
        part(X, str(zone)[1:]) if str(zone).startswith(("a.", "b.")) else zone for zone in listed
    ]
    filled = [
        DomainName("".join(filling if p is X else p for p in zone.parts))
        if isinstance(zone, Unresolved)
        else zone
        for zone in partly
    ]
    found = ZoneIndex(partly).match(name)
    right = zone_of(name, filled)
    allowed = {filled[p] for p in (*found.locations, *found.unsure)} | ({None} - {*found.locations})
    assert right in allowed
    assert not found.locations or filled[found.locations[0]].octets <= right.octets


@pytest.mark.parametrize(
    ("name", "listed", "expected"),
    [
        (part(X), [part(X)], ([0], [])),
        (part("*.", X), [part(X)], ([0], [])),
        (part("www.", X), [part(X), DomainName("b.io")], ([0], [1])),
        (part("www.", X), [part(Y)], ([], [0])),
        (part(X, ".b.io"), [DomainName("b.io"), DomainName("a.b.io")], ([0], [1])),
        (part(X, ".b.io"), [DomainName("c.io")], ([], [])),
        (part(X, ".b.io"), [DomainName("b.io"), part(X, ".b.io")], ([1], [])),
        (part("a.", X), [part(X), part(X)], ([0, 1], [])),
        (DomainName("www.b.io"), [part(X), DomainName("b.io")], ([1], [0])),
        (DomainName("b.io"), [part(X), DomainName("b.io")], ([1], [])),
        (DomainName("b.io"), [part(X, ".com")], ([], [])),
        (DomainName("b.io"), [Malformed("io")], ([0], [])),
        (DomainName("b.io"), [UnresolvedNames(X)], ([], [0])),
        (UnresolvedNames(X), [DomainName("b.io"), part(X), UnresolvedNames(Y)], ([], [0, 1, 2])),
    ],
)
def test_partly_known_zones(name, listed, expected):
    """Equal expressions are equal names; what the known parts do not decide is unsure."""
    found = ZoneIndex(listed).match(name)
    assert ([*found.locations], [*found.unsure]) == expected


def test_too_many_unknown_zones_are_not_compared():
    """With too many partly known zones, all of them are unsure."""
    listed = [DomainName("b.io"), *(part(Unknown(f"${{X{n}}}"), ".com") for n in range(101))]
    found = ZoneIndex(listed).match(DomainName("www.b.io"))
    assert found == ZoneMatch((0,), 4, tuple(range(1, 102)))
    assert ZoneIndex(listed[:101]).match(DomainName("www.b.io")).unsure == ()


def test_a_certain_zone_remains_certain_among_many():
    """The zones of a known suffix are found, however many others there are."""
    listed = [DomainName("b.io"), *(DomainName(f"z{n}.com") for n in range(101))]
    found = ZoneIndex(listed).match(part(X, ".b.io"))
    assert (found.locations, len(found.unsure)) == ((0,), 101)


def test_labels_are_compared_whole():
    """`notexample.com` is not in `example.com`."""
    assert zone_of("notexample.com", ["example.com"]) is None


def test_invalid_names_are_rejected():
    """A name or a zone that is not a valid domain name raises `InvalidName`."""
    with pytest.raises(InvalidName):
        zone_of("a_b.example.com", ["example.com"])
    with pytest.raises(InvalidName):
        zone_of("example.com", ["*.example.com"])


def test_the_examples_run():
    """The examples in the docstrings are correct."""
    assert doctest.testmod(module).failed == 0
