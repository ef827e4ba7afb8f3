"""What is known about DNS, as values."""

from hypothesis import given
from tests.support.values import values

from acmrules.diagnosis.answers import AnswerStatus, DnsAnswer, DnsAnswers, DnsQuery, HostedZone


@given(values(DnsAnswers))
def test_answers_can_be_saved(answers):
    """Answers are the same after a conversion to plain data and back."""
    assert DnsAnswers.from_dict(answers.to_dict()) == answers


def test_nothing_is_known_by_default():
    """Without arguments, there are neither responses nor zones."""
    assert (DnsAnswers().answers, DnsAnswers().zones) == ((), ())


def test_a_query_goes_to_one_authoritative_server_by_default():
    """A query to all servers, or to a resolver, has to say so; only a resolver checks DNSSEC."""
    query = DnsQuery("example.com", "CAA")
    assert (query.to_all, query.to_resolver, query.checks_dnssec) == (False, False, True)
    assert DnsAnswer("example.com", "CAA", AnswerStatus.NOERROR).checks_dnssec


def test_a_zone_is_a_part_of_itself_by_default():
    """A record that a part does not contain may exist."""
    assert not HostedZone("example.com").is_complete
