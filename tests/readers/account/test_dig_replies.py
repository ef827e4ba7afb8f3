"""The records of one reply are one answer."""

import pytest

from acmrules.diagnosis.answers import AnswerStatus, DnsRecord, HostedZone
from acmrules.errors import InvalidArgument
from acmrules.readers.account.dig_commands import DigCommand
from acmrules.readers.account.dig_replies import Reply, Trace, transferred

ALIAS = DnsRecord("a.test", "CNAME", "b.test")
ADDRESS = DnsRecord("b.test", "A", "192.0.2.1")
SOA = DnsRecord("test", "SOA", "ns.test hostmaster.test 1 2 3 4 5")


def test_records_of_one_chain_are_one_reply():
    """A reply takes the target of its alias, other records of the set, and signatures."""
    reply = Reply(DigCommand())
    signature = DnsRecord("b.test", "RRSIG", "A 8")
    taken = [ALIAS, ADDRESS, ADDRESS.__replace__(value="192.0.2.2"), signature]
    assert [reply.takes(each, []) for each in [*taken, SOA]] == [True] * 4 + [False]
    assert reply.asked([]) == ("a.test", "A")


def test_a_reply_that_is_over_takes_no_record():
    """After its last line, a record begins another reply."""
    reply = Reply(DigCommand())
    reply.is_over = True
    assert not reply.takes(ALIAS, [])


def test_the_authority_is_above_the_question():
    """An SOA record of a zone above the question is in the authority section."""
    reply = Reply(DigCommand())
    assert reply.takes(SOA, [("a.test", "A")])
    assert (reply.records, reply.authority) == ([], [SOA])
    assert reply.answer(("a.test", "A")).status is AnswerStatus.OTHER


def test_an_unknown_question_is_an_error():
    """Without records and without a command, the question is unknown."""
    with pytest.raises(InvalidArgument, match="the question of this answer is unknown"):
        Reply(DigCommand()).asked([])


def test_a_trace_without_a_reply_has_no_zone():
    """If no server responds at all, there is an answer without a zone."""
    (answer,) = Trace(DigCommand((("a.test", "A"),))).answers()
    assert (answer.status, answer.zone, answer.zone_servers) == (AnswerStatus.NO_ANSWER, "", ())


def test_a_transfer_ends_with_its_first_record():
    """A transfer without the SOA record at the end was interrupted."""
    assert transferred("test", [SOA, ALIAS, SOA]) == HostedZone(
        "test", records=(SOA, ALIAS), is_complete=True
    )
    assert not transferred("test", [SOA, ALIAS]).is_complete
