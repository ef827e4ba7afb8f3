"""The index of DNS answers by name."""

from acmrules.diagnosis import AnswerStatus, DnsAnswer, DnsAnswers, DnsRecord, HostedZone
from acmrules.diagnosis.dns.evidence import Evidence


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


def test_other_answers_have_the_same_zones():
    """The zones are indexed once."""
    answer = DnsAnswer("a.com", "CNAME", AnswerStatus.NXDOMAIN)
    one = Evidence(DnsAnswers((), (HostedZone("a.com"),)))
    two = one.with_answers([answer])
    assert two.zones_of("a.com") == one.zones_of("a.com")
    assert (one.of_aliases("a.com"), two.of_aliases("a.com")) == ((), (answer,))


def test_a_result_is_made_once():
    """The second call returns the first result."""
    made = []
    evidence = Evidence(DnsAnswers())
    for _ in range(2):
        assert evidence.remembered("key", lambda: made.append(1) or len(made)) == 1


def test_the_servers_of_a_zone_come_from_its_parent_or_from_itself():
    """What the parent lists counts first."""
    own = DnsAnswer("a.com", "NS", AnswerStatus.NOERROR, (DnsRecord("a.com", "NS", "ns2.com"),))
    found = Evidence(DnsAnswers((own,))).delegation("x.a.com")
    assert (found.zone, found.servers, found.by_parent) == ("a.com", ("ns2.com",), False)
    above = DnsAnswer(
        *("x.a.com", "A", AnswerStatus.NXDOMAIN), zone="a.com", zone_servers=("ns1.com",)
    )
    found = Evidence(DnsAnswers((own, above))).delegation("x.a.com")
    assert (found.servers, found.by_parent) == (("ns1.com",), True)


def test_a_referral_and_an_answer_of_the_parent_show_no_alias():
    """DS records are in the zone above, and a referral only names other servers."""
    plain = DnsAnswer("a.com", "A", AnswerStatus.NOERROR, is_authoritative=False)
    referral = plain.__replace__(authority=(DnsRecord("a.com", "NS", "ns.com"),))
    above = plain.__replace__(type="DS")
    whole = referral.__replace__(records=(DnsRecord("a.com", "A", "203.0.113.7"),))
    known = DnsAnswers((referral, above, plain, whole))
    assert Evidence(known).of_aliases("a.com") == (plain, whole)
