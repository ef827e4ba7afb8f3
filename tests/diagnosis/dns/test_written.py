"""The answers of hosted zones, as if their servers were queried."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.dns_certificates import VALUE, answer, certificate, validation
from tests.support.dns_world import ServedZone, internet

from acmrules.diagnosis import DnsAnswers, DnsQuery, DnsRecord, HostedZone
from acmrules.diagnosis.dns.content import ZoneContent
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.diagnosis.dns.written import answer_of, written

ZONE = "brightharbor.io"
NAME = f"_x1.www.{ZONE}"
SERVERS = ("ns1.dnshost.example",)
WAITING = certificate(validation(f"www.{ZONE}"))
OWNERS = [f"{labels}{ZONE}" for labels in ("", "a.", "b.a.", "*.", "*.a.", "c.b.a.")]

records = st.builds(
    DnsRecord,
    st.sampled_from(OWNERS),
    st.sampled_from(("A", "TXT")),
    st.sampled_from(("203.0.113.7", "203.0.113.8")),
) | st.builds(
    DnsRecord,
    st.sampled_from(OWNERS[1:]),
    st.just("CNAME"),
    st.sampled_from([*OWNERS[1:], "x.net"]),
)


def is_possible(found):
    """Return whether a zone may have these records: an alias is alone at its name."""
    aliases = [each.name for each in found if each.type == "CNAME"]
    return all(sum(each.name == name for each in found) == 1 for name in aliases)


zones = st.lists(records, max_size=5, unique=True).map(tuple).filter(is_possible)


@given(zones, st.sampled_from([*OWNERS, f"x.{ZONE}", f"x.a.{ZONE}"]), st.sampled_from(("A", "TXT")))
def test_a_zone_answers_as_its_servers_would(found, name, kind):
    """The status and the records are those of the world in memory."""
    served = ServedZone(ZONE, SERVERS, found)
    query = DnsQuery(name, kind)
    (expected,) = internet(served).ask(query)
    own = answer_of(ZoneContent(served.hosted()), query)
    if expected.status != "SERVFAIL":  # The aliases point to each other.
        assert {*own.records} == {*expected.records}
        assert own.status == expected.status


def lookup(*zones, answers=()):
    """Return what zones say about the record of a certificate."""
    evidence = Evidence(DnsAnswers(answers, zones))
    return [
        [record.value for record in each.records]
        for each in written(WAITING, WAITING.validations[0], evidence, NAME).about(NAME, "CNAME")
    ]


def test_only_a_complete_public_zone_answers():
    """A record that a part of a zone lacks may be in the rest of it."""
    zone = HostedZone(ZONE, "Z1", False, SERVERS, (DnsRecord(NAME, "CNAME", VALUE),), True)
    assert lookup(zone) == [[VALUE]]
    assert lookup(zone.__replace__(is_complete=False)) == []
    assert lookup(zone.__replace__(is_private=True)) == []
    assert lookup() == []


def test_a_zone_that_is_not_delegated_does_not_answer():
    """Another server has the zone that counts."""
    zone = HostedZone(ZONE, "Z1", False, SERVERS, (DnsRecord(NAME, "CNAME", VALUE),), True)
    seen = answer(ZONE, "NS", zone=ZONE, zone_servers=("ns1.oldhost.example",))
    assert lookup(zone, answers=(seen,)) == []
