"""The records of one type at a name, through its aliases."""

from tests.support.dns_certificates import answer, resolved

from acmrules.diagnosis import AnswerStatus, DnsAnswers, DnsRecord
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.diagnosis.dns.lookups import Found, look_up

ALIAS = answer("www.example.com", "CNAME", "host.example.net")


def found(*answers):
    """Return the result of the look-up of MX records at a name."""
    result = look_up(Evidence(DnsAnswers(answers)), "www.example.com", "MX")
    return result.found, result.owner, result.values


def test_nobody_looked():
    """Without an answer the result is unknown."""
    assert found() == (Found.UNKNOWN, "www.example.com", ())


def test_records_at_the_end_of_an_alias_count():
    """The records belong to the target."""
    mails = answer("host.example.net", "MX", "10 mail.example.net")
    assert found(ALIAS, mails) == (Found.RECORDS, "host.example.net", ("10 mail.example.net",))


def test_a_recursive_resolver_follows_the_alias():
    """One answer has the alias and the records."""
    both = resolved("www.example.com", "MX").__replace__(
        records=(*ALIAS.records, DnsRecord("host.example.net", "MX", "10 mail.example.net"))
    )
    assert found(both) == (Found.RECORDS, "host.example.net", ("10 mail.example.net",))


def test_the_target_of_an_alias_has_to_be_looked_up():
    """The answer of the server of the alias ends with the alias."""
    own = answer("www.example.com", "MX").__replace__(records=ALIAS.records)
    assert found(own) == (Found.UNKNOWN, "host.example.net", ())


def test_one_server_that_answers_is_enough():
    """Failures count only if all servers fail."""
    failed = answer("www.example.com", "MX", status=AnswerStatus.SERVFAIL)
    assert found(failed)[0] is Found.FAILURE
    assert found(failed, answer("www.example.com", "MX"))[0] is Found.NOTHING
    absent = answer("www.example.com", "MX", status=AnswerStatus.NXDOMAIN)
    assert found(failed, absent)[0] is Found.NOTHING


def test_a_referral_is_not_an_answer():
    """It names the servers of the zone below."""
    referral = answer("www.example.com", "MX", is_authoritative=False).__replace__(
        authority=(DnsRecord("example.com", "NS", "ns1.dnshost.example"),)
    )
    assert found(referral)[0] is Found.UNKNOWN
