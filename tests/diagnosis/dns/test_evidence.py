"""The index of DNS answers by name."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from acmrules.diagnosis import AnswerStatus, DnsAnswer, DnsAnswers, DnsRecord, HostedZone
from acmrules.diagnosis.dns import evidence
from acmrules.diagnosis.dns.evidence import Evidence, is_within, parents

labels = st.sampled_from(("a", "b", "com"))
names = st.lists(labels, min_size=1, max_size=4).map(".".join)


def test_the_examples_of_the_docstrings_hold():
    """`parents` has an example."""
    assert doctest.testmod(evidence).attempted == 1
    assert doctest.testmod(evidence).failed == 0


@given(names, names)
def test_a_name_is_within_its_parents_only(name, other):
    """A name is within a domain exactly if the domain is one of its parents."""
    assert is_within(name, other) == (other in parents(name))


@given(names)
def test_every_name_is_within_the_root(name):
    """The root is the empty name."""
    assert is_within(name, "")


def test_authoritative_answers_decide_where_an_alias_points():
    """A recursive resolver may have an old answer."""
    old = DnsAnswer(
        "a.com", "CNAME", AnswerStatus.NOERROR, (DnsRecord("a.com", "CNAME", "old.com"),)
    )
    new = old.__replace__(
        records=(DnsRecord("a.com", "CNAME", "new.com"),), zone="a.com", zone_servers=("ns.com",)
    )
    assert Evidence(DnsAnswers((old, new))).chain("a.com") == ("new.com",)


def test_a_chain_of_aliases_ends_where_it_begins_again():
    """Two aliases that point to each other have two targets."""
    records = (DnsRecord("a.com", "CNAME", "b.com"), DnsRecord("b.com", "CNAME", "a.com"))
    answer = DnsAnswer("a.com", "CNAME", AnswerStatus.NOERROR, records)
    assert Evidence(DnsAnswers((answer,))).chain("a.com") == ("b.com", "a.com")


def test_the_most_specific_hosted_zones_are_first():
    """A name may be in several hosted zones."""
    zones = tuple(map(HostedZone, ("com", "a.com", "b.com", "x.a.com")))
    found = Evidence(DnsAnswers((), zones)).zones_of("_y.x.a.com")
    assert [zone.name for zone in found] == ["x.a.com", "a.com", "com"]
