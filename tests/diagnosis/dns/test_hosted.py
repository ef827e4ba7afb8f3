"""Records that are in a hosted zone, but that resolvers do not see."""

from tests.support.dns_certificates import VALUE, answer, case, certificate, validation

from acmrules.diagnosis import AnswerStatus, Cause, DnsRecord, HostedZone
from acmrules.diagnosis.dns.content import ZoneContent
from acmrules.diagnosis.dns.hosted import has_record, unseen, unused
from acmrules.facts import sources

ZONE = "brightharbor.io"
WWW = f"www.{ZONE}"
NAME = f"_x1.{WWW}"
WAITING = certificate(validation(WWW))
RECORD = WAITING.validations[0].record
RIGHT = DnsRecord(NAME, "CNAME", VALUE)
SERVERS = ("ns1.dnshost.example",)


def absent(zone=ZONE, servers=SERVERS):
    """Return the answer that the record does not exist, from the servers of a delegation."""
    return answer(NAME, "CNAME", status=AnswerStatus.NXDOMAIN, zone=zone, zone_servers=servers)


def found(answers, *zones):
    """Return the cause and the changes for a record that is not published."""
    obstacle = unseen(case(WAITING, answers, zones), RECORD, "the proof")
    return obstacle and (obstacle.cause, [(e.name, e.type, e.zone_id) for e in obstacle.changes])


def test_a_zone_without_the_record_explains_nothing():
    """The record with another value is another record."""
    other = DnsRecord(NAME, "CNAME", "_old.acm-validations.aws")
    assert found([absent()], HostedZone(ZONE, "Z1", False, SERVERS, (other,))) is None
    assert not has_record(ZoneContent(HostedZone(ZONE, records=(other,))), RECORD)
    assert has_record(ZoneContent(HostedZone(ZONE, records=(RIGHT,))), RECORD)


def test_a_zone_file_with_other_servers():
    """Its own NS records show that it is another zone; the registrar is to be changed."""
    apex = DnsRecord(ZONE, "NS", "ns1.oldhost.example")
    zone = HostedZone(ZONE, records=(RIGHT, apex))
    assert found([absent()], zone) == (Cause.OTHER_NAME_SERVERS, [(ZONE, "NS", "")])


def test_a_zone_whose_records_are_unknown_likely_has_the_record():
    """`get-hosted-zone` shows the name servers only; another zone may be the one that counts."""
    zone = HostedZone(ZONE, "Z1", False, ("ns1.oldhost.example",))
    assert found([absent()], zone) == (Cause.OTHER_NAME_SERVERS, [(ZONE, "NS", "")])
    assert found([absent()], zone.__replace__(is_complete=True)) is None
    assert found([absent()], zone, HostedZone(ZONE, "Z2", False, SERVERS)) is None
    assert found([absent()], zone.__replace__(name_servers=None)) is None
    assert found([absent()], zone.__replace__(is_private=True)) is None


def test_a_hosted_zone_that_lacks_the_record_too_may_be_the_wrong_one():
    """Nothing is to change there, unless the delegation moves to it."""
    zone = HostedZone(ZONE, "Z1", False, ("ns1.oldhost.example",), is_complete=True)
    other = unused(case(WAITING, [absent()], [zone]), RECORD, "the proof")
    assert (other.cause, other.changes) == (Cause.OTHER_NAME_SERVERS, ())
    served = HostedZone(ZONE, "Z2", False, SERVERS, is_complete=True)
    assert unused(case(WAITING, [absent()], [zone, served]), RECORD, "the proof") is None
    assert unused(case(WAITING, [absent()], [served]), RECORD, "the proof") is None
    assert unused(case(WAITING, [], [zone]), RECORD, "the proof") is None


def test_servers_that_are_unknown_are_not_contradicted():
    """The zone may be the one that is delegated."""
    cause, _ = found([absent()], HostedZone(ZONE, "Z1", records=(RIGHT,)))
    assert cause is Cause.RECORD_MISSING


def test_a_delegation_in_the_zone_hides_the_record_without_any_answer():
    """The zone itself says that it does not answer for the name."""
    cut = DnsRecord(WWW, "NS", "ns1.oldhost.example")
    zone = HostedZone(ZONE, "Z1", False, SERVERS, (RIGHT, cut))
    child = HostedZone(WWW, "Z2", False, ("ns1.oldhost.example",))
    assert found([], zone) == (Cause.CHILD_ZONE, [(NAME, "CNAME", "")])
    assert found([], zone, child) == (Cause.CHILD_ZONE, [(NAME, "CNAME", "Z2")])


def test_without_a_delegation_nothing_is_known():
    """The parent zone may point to this zone or to another one."""
    assert found([], HostedZone(ZONE, "Z1", False, SERVERS, (RIGHT,))) is None


def test_a_private_zone_explains_it_only_without_a_public_one():
    """ACM looks at the public zone."""
    private = HostedZone(ZONE, "Z1", True, None, (RIGHT,))
    public = HostedZone(ZONE, "Z2", False, SERVERS, (RIGHT,))
    assert found([absent()], private)[0] is Cause.PRIVATE_ZONE
    assert found([absent()], private, public)[0] is Cause.RECORD_MISSING


def test_a_hosted_parent_zone_is_the_one_to_edit():
    """The delegation of a subdomain is in the parent zone of the account."""
    parent = HostedZone(ZONE, "Z0", False, SERVERS)
    child = HostedZone(WWW, "Z1", False, ("ns1.dnshost.example",), (RIGHT,))
    moved = absent(WWW, ("ns1.oldhost.example",))
    seen = answer(ZONE, "NS", zone=ZONE, zone_servers=SERVERS)
    assert found([moved, seen], parent, child) == (Cause.OTHER_NAME_SERVERS, [(WWW, "NS", "Z0")])


def test_the_zone_above_delegates_to_a_hosted_zone():
    """If the zone above does not, its own zone has the records to add, and no registrar."""
    zone = HostedZone(WWW, "Z1", False, ("ns1.oldhost.example",), (RIGHT,), is_complete=True)
    obstacle = unseen(case(WAITING, [absent()], [zone]), RECORD, "the proof")
    (change,) = obstacle.changes
    assert (change.name, change.type, change.zone_name) == (WWW, "NS", ZONE)
    assert obstacle.remedy == (
        f"in the zone `{ZONE}`, delegate `{WWW}` to the name servers of the hosted zone `Z1`"
        f" (`{WWW}`); or add the record there"
    )
    at_registrar = HostedZone(ZONE, "Z1", False, ("ns1.oldhost.example",), (RIGHT,))
    obstacle = unseen(case(WAITING, [absent()], [at_registrar]), RECORD, "the proof")
    assert [each.zone_name for each in obstacle.changes] == [""]
    assert "at its registrar" in obstacle.remedy
    assert obstacle.source == sources.UG_DNSTS
