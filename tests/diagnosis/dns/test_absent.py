"""A validation record that is not published, or that is published under another name."""

from tests.support.dns_certificates import VALUE, answer, case, certificate, validation

from acmrules.diagnosis import AnswerStatus, Cause, DnsRecord, HostedZone
from acmrules.diagnosis.dns.absent import misplaced, missing
from acmrules.diagnosis.dns.outcomes import views_of

ZONE = "brightharbor.io"
WWW = f"www.{ZONE}"
NAME = f"_x1.{WWW}"
WAITING = certificate(validation(WWW))
RECORD = WAITING.validations[0].record
SERVERS = ("ns1.dnshost.example", "ns2.dnshost.example")
ABSENT = answer(NAME, "CNAME", status=AnswerStatus.NXDOMAIN, zone=ZONE, zone_servers=SERVERS)


def obstacle(make, *answers):
    """Return the obstacle for a record that is absent."""
    one = case(WAITING, [ABSENT, *answers])
    return make(one, RECORD, views_of(RECORD, one.evidence))


def test_a_record_under_another_name_counts_only_with_its_value():
    """A wildcard may answer for any name."""
    assert obstacle(misplaced) is None
    assert obstacle(misplaced, answer(f"{NAME}.{ZONE}", "CNAME", "hosting.example.net")) is None
    found = obstacle(misplaced, answer(f"{NAME}.{ZONE}", "CNAME", VALUE))
    assert found.cause is Cause.DOUBLED_DOMAIN


def test_both_the_name_and_the_value_may_have_the_zone_once_more():
    """The DNS host added it to each."""
    both = answer(f"{NAME}.{ZONE}", "CNAME", f"{VALUE}.{ZONE}")
    found = obstacle(misplaced, both)
    assert found.cause is Cause.DOUBLED_DOMAIN
    assert found.changes[1].values == (f"{VALUE}.{ZONE}",)


def test_the_servers_of_the_parent_zone_are_in_the_proof():
    """Other servers in the zone itself are a sign of a move that is not complete."""
    assert obstacle(missing).proof.endswith(
        "; the parent zone lists `ns1.dnshost.example`, `ns2.dnshost.example`"
    )
    own = answer(ZONE, "NS", "ns1.newhost.example", zone=ZONE, zone_servers=SERVERS)
    assert obstacle(missing, own).proof.endswith("but the zone itself `ns1.newhost.example`")


def test_a_public_resolver_shows_the_zone_in_its_authority_section():
    """Its servers stay unknown."""
    soa = DnsRecord(ZONE, "SOA", "ns1.dnshost.example a.example 1 1 1 1 1")
    plain = answer(NAME, "CNAME", status=AnswerStatus.NXDOMAIN, is_authoritative=False)
    one = case(WAITING, [plain.__replace__(authority=(soa,))])
    found = missing(one, RECORD, views_of(RECORD, one.evidence))
    assert found.changes[0].zone_name == ZONE


def test_the_delegation_is_in_doubt_only_if_the_hosted_zone_is_unknown():
    """Without it, you may have added the record to a zone that no resolver queries."""
    assert "if you did" in obstacle(missing).remedy
    hosted = HostedZone(ZONE, "Z1", False, SERVERS)
    one = case(WAITING, [ABSENT], [hosted])
    found = missing(one, RECORD, views_of(RECORD, one.evidence))
    assert found.changes[0].zone_id == "Z1"
    assert "if you did" not in found.remedy
