"""Queries become messages, and responses become answers."""

import dns.flags
import dns.message
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.diagnosis import AnswerStatus, DnsAnswer, DnsQuery, DnsRecord
from acmrules.network.dns.messages import (
    PAYLOAD,
    addresses,
    answer,
    delegation,
    glue,
    in_order,
    message,
    name_of,
    of_internet,
    status_of,
    targets,
)
from acmrules.network.dns.transport import parsed

QUERY = DnsQuery("www.example.com", "A")
NAME = name_of(QUERY.name)


def rrset(name, kind, *values):
    """Return records of one name and type."""
    return dns.rrset.from_text_list(name, 60, "IN", kind, values)


def response(*found, authority=(), additional=(), rcode="NOERROR", flags=0):
    """Return a response to the query."""
    made = dns.message.make_response(message(NAME, "A"))
    made.answer, made.authority, made.additional = [*found], [*authority], [*additional]
    made.flags |= flags
    made.set_rcode(dns.rcode.from_text(rcode))
    return made


@pytest.mark.parametrize(
    ("options", "flags"),
    [
        ({}, 0),
        ({"to_resolver": True}, dns.flags.RD | dns.flags.AD),
        ({"to_resolver": True, "checks": False}, dns.flags.RD | dns.flags.AD | dns.flags.CD),
    ],
)
def test_the_flags_of_a_query(options, flags):
    """Only a query to a resolver has the flag RD, and CD if it must not validate."""
    query = message(NAME, "A", **options)
    assert (query.flags, query.edns, query.payload) == (flags, 0, PAYLOAD)


def test_an_answer_has_what_the_response_has():
    """Records, flags and the zone are part of it, in canonical form."""
    found = response(
        rrset("www.example.com.", "CNAME", "B.Example.com."),
        rrset("b.example.com.", "A", "192.0.2.2", "192.0.2.1"),
        authority=[rrset("example.com.", "NS", "ns.example.com.")],
        flags=dns.flags.AA | dns.flags.AD,
    )
    assert answer(QUERY, found, "ns.example.com", "example.com", ("ns.example.com",)) == DnsAnswer(
        "www.example.com",
        "A",
        AnswerStatus.NOERROR,
        (
            DnsRecord("www.example.com", "CNAME", "b.example.com", 60),
            DnsRecord("b.example.com", "A", "192.0.2.1", 60),
            DnsRecord("b.example.com", "A", "192.0.2.2", 60),
        ),
        (DnsRecord("example.com", "NS", "ns.example.com", 60),),
        "ns.example.com",
        is_authoritative=True,
        is_authenticated=True,
        zone="example.com",
        zone_servers=("ns.example.com",),
    )


def test_no_response_is_no_answer():
    """The flags are unknown without a response."""
    found = answer(QUERY.__replace__(checks_dnssec=False), None, "ns", "example.com", ("ns",))
    assert found == DnsAnswer(
        "www.example.com",
        "A",
        AnswerStatus.NO_ANSWER,
        server="ns",
        checks_dnssec=False,
        zone="example.com",
        zone_servers=("ns",),
    )


def test_records_of_other_names_are_left_out():
    """A server cannot add records of another name."""
    found = response(
        rrset("www.example.org.", "A", "192.0.2.9"),
        rrset("www.example.com.", "A", "192.0.2.1"),
        authority=[
            rrset("example.org.", "SOA", "a. b. 1 2 3 4 5"),
            rrset("com.", "A", "192.0.2.1"),
        ],
    )
    made = answer(QUERY, found, "ns")
    assert [each.value for each in made.records] == ["192.0.2.1"]
    assert made.authority == ()


@given(st.lists(st.tuples(*[st.sampled_from("abcd")] * 2), max_size=8))
def test_a_cycle_of_aliases_ends(pairs):
    """Each owner counts once, whatever the aliases are."""
    found = [rrset(f"{one}.", "CNAME", f"{other}.") for one, other in dict(pairs).items()]
    made = answer(DnsQuery("a", "A"), response(*found), "ns")
    owners = [each.name for each in made.records]
    assert len(owners) == len({*owners})
    assert owners[:1] == (["a"] if "a" in dict(pairs) else [])


@pytest.mark.parametrize("code", ["NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED"])
def test_the_status_is_the_response_code(code):
    """Each code that a diagnosis needs is a status."""
    assert status_of(response(rcode=code)) is AnswerStatus(code)


def test_other_response_codes_are_other():
    """The status of another code is `OTHER`."""
    assert status_of(response(rcode="NOTIMP")) is AnswerStatus.OTHER


REFERRAL = [rrset("example.com.", "NS", "ns2.example.net.", "NS1.example.com.")]


def test_a_referral_delegates():
    """NS records of a zone between the zone of the server and the name are a delegation."""
    found = delegation(response(authority=REFERRAL), name_of("com"), NAME)
    assert targets(found) == ("ns1.example.com", "ns2.example.net")


def test_a_server_with_both_zones_delegates_by_its_own_records():
    """The NS records of a zone are an authoritative answer."""
    own = rrset("www.example.com.", "NS", "ns.example.com.")
    assert delegation(response(own, flags=dns.flags.AA), name_of("com"), NAME) == own


@pytest.mark.parametrize(
    "found",
    [
        response(),
        response(authority=REFERRAL, rcode="NXDOMAIN"),
        response(authority=[rrset(".", "NS", "a.root.example.")]),
        response(authority=[rrset("com.", "NS", "a.example.")]),
        response(authority=[rrset("example.org.", "NS", "a.example.")]),
        response(authority=[rrset("a.www.example.com.", "NS", "a.example.")]),
        response(authority=[rrset("example.com.", "SOA", "a. b. 1 2 3 4 5")]),
        response(rrset("www.example.com.", "A", "192.0.2.1"), authority=REFERRAL),
        response(rrset("www.example.com.", "NS", "ns.example.com.")),
    ],
)
def test_other_responses_do_not_delegate(found):
    """A referral upward, to the same zone or to another domain cannot begin a cycle."""
    assert delegation(found, name_of("com"), NAME) is None


def test_glue_is_within_the_zone_of_the_server():
    """Addresses of names outside the zone are not those of the server."""
    found = response(
        additional=[
            rrset("ns1.example.com.", "A", "192.0.2.1"),
            rrset("ns1.example.com.", "AAAA", "2001:db8::1"),
            rrset("ns1.example.net.", "A", "192.0.2.9"),
        ]
    )
    assert glue(found, name_of("com")) == {"ns1.example.com": ("192.0.2.1", "2001:db8::1")}


def test_addresses_of_ipv4_come_first():
    """More computers reach them; records of other types are not addresses."""
    found = [rrset("a.", "AAAA", "2001:db8::1"), rrset("a.", "A", "192.0.2.1"), REFERRAL[0]]
    assert in_order(addresses(found)) == ("192.0.2.1", "2001:db8::1")


@pytest.mark.parametrize("kind", ["A", "AAAA", "NS", "CNAME", "CAA"])
def test_records_of_other_classes_are_left_out(kind):
    """They have no fields of their types, and are not about the names of the Internet."""
    one = dns.rrset.from_rdata(
        NAME,
        60,
        dns.rdata.GenericRdata(dns.rdataclass.CH, dns.rdatatype.from_text(kind), b"\0" * 4),
    )
    own = rrset("www.example.com.", "A", "192.0.2.1")
    found = of_internet(response(one, own, authority=[one], additional=[one, own]))
    assert (found.answer, found.authority, found.additional) == ([own], [], [own])


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=4))
def test_any_octets_are_a_response_or_are_ignored(changes):
    """Whatever a server sends, it is read without an error, or it is not a response."""
    query = message(NAME, "CNAME")
    made = dns.message.make_response(query)
    made.answer = [
        rrset("www.example.com.", "CNAME", "a.example."),
        rrset("a.example.", "CAA", '0 issue "x"'),
        rrset("a.example.", "A", "192.0.2.1"),
    ]
    made.authority = [rrset("example.com.", "NS", "ns.example.com.")]
    made.additional = [rrset("ns.example.com.", "A", "192.0.2.1")]
    wire = bytearray(made.to_wire())
    for place, octet in changes:
        wire[place % len(wire)] = octet
    found = parsed(query, bytes(wire))
    if found is not None:
        assert answer(QUERY, found, "192.0.2.1").server
        below = delegation(found, name_of("com"), NAME)
        assert below is None or targets(below) is not None
        assert glue(found, name_of("com")) is not None
        assert addresses(found.answer) is not None
