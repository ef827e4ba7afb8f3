"""Name servers that do not answer, DNSSEC that is broken, and answers that differ."""

from datetime import UTC, datetime

import pytest
from tests.support.dns_certificates import (
    NOW,
    VALUE,
    answer,
    case,
    certificate,
    resolved,
    validation,
)

from acmrules.diagnosis import Actor, AnswerStatus, Cause, Certainty
from acmrules.diagnosis.dns import servers
from acmrules.diagnosis.dns.outcomes import views_of

WWW = "www.brightharbor.io"
NAME = f"_x1.{WWW}"
WAITING = certificate(validation(WWW))
RECORD = WAITING.validations[0].record
RIGHT = answer(NAME, "CNAME", VALUE)
ABSENT = answer(NAME, "CNAME", status=AnswerStatus.NXDOMAIN)
REJECTED = resolved(NAME, "CNAME", status=AnswerStatus.SERVFAIL)
UNCHECKED = resolved(NAME, "CNAME", VALUE, checks_dnssec=False)


def failure(*answers, as_of=NOW):
    """Return the cause of a failure, and how certain it is."""
    one = case(WAITING, answers, as_of=as_of)
    found = servers.failure(one, NAME, views_of(RECORD, one.evidence))
    return found and (found.cause, found.certainty)


def test_an_answer_without_the_check_proves_that_dnssec_is_broken():
    """Without it, an authoritative answer makes it likely."""
    assert failure(REJECTED, UNCHECKED) == (Cause.DNSSEC_BROKEN, Certainty.CERTAIN)
    assert failure(REJECTED, RIGHT) == (Cause.DNSSEC_BROKEN, Certainty.LIKELY)


def test_the_commands_compare_the_check_and_the_keys():
    """Both forms of the query, then the DS record and the keys of the zone if it is known."""
    of_zone = {"zone": "brightharbor.io", "zone_servers": ("ns1.dnshost.example",)}
    for fields, keys in (({}, ()), (of_zone, ("dig DS {zone}", "dig DNSKEY {zone}"))):
        one = case(WAITING, [REJECTED, RIGHT.__replace__(**fields)])
        found = servers.failure(one, NAME, views_of(RECORD, one.evidence))
        assert found.commands == (
            f"dig CNAME {NAME}",
            f"dig +cd CNAME {NAME}",
            *(each.format(**fields) for each in keys),
        )


def test_a_resolver_that_fails_without_the_check_has_another_fault():
    """DNSSEC is not why."""
    failed = UNCHECKED.__replace__(status=AnswerStatus.SERVFAIL, records=())
    assert failure(REJECTED, failed, RIGHT) is None
    assert failure(REJECTED, failed) == (Cause.LAME_DELEGATION, Certainty.LIKELY)


def test_before_2026_03_15_broken_dnssec_did_not_block():
    """CAs did not have to validate responses."""
    assert failure(REJECTED, UNCHECKED, as_of=datetime(2026, 3, 14, tzinfo=UTC)) is None


def test_a_failure_alone_has_two_explanations():
    """The command without the check settles it."""
    one = case(WAITING, [REJECTED])
    found = servers.failure(one, NAME, views_of(RECORD, one.evidence))
    assert (found.cause, found.certainty) == (Cause.LAME_DELEGATION, Certainty.LIKELY)
    assert f"dig +cd CNAME {NAME}" in found.commands


def test_servers_that_answer_do_not_fail():
    """A missing record is an answer."""
    assert failure(RIGHT) is None
    assert failure(ABSENT) is None


def difference(*answers):
    """Return who has to act on a difference of answers."""
    one = case(WAITING, answers)
    found = servers.difference(one, NAME, views_of(RECORD, one.evidence), VALUE)
    return found and found.actor


def test_name_servers_that_differ_are_yours_to_correct():
    """A resolver that still has an older answer only needs time."""
    assert difference(RIGHT, ABSENT) is Actor.YOU
    assert difference(RIGHT, resolved(NAME, "CNAME", status=AnswerStatus.NXDOMAIN)) is Actor.AWS
    other = resolved(NAME, "CNAME", "_old.acm-validations.aws")
    assert difference(RIGHT, other) is Actor.AWS
    assert difference(resolved(NAME, "CNAME", VALUE), other) is Actor.YOU


@pytest.mark.parametrize("answers", [(RIGHT,), (ABSENT,), (RIGHT, REJECTED), (ABSENT, REJECTED)])
def test_answers_that_agree_do_not_differ(answers):
    """A failure is not another answer."""
    assert difference(*answers) is None


@pytest.mark.parametrize(
    ("day", "number"), [((2026, 11, 30), "4 remote"), ((2026, 12, 15), "5 remote")]
)
def test_the_number_of_perspectives_has_a_date(day, number):
    """All of them have to see the same."""
    one = case(WAITING, [RIGHT, ABSENT], as_of=datetime(*day, tzinfo=UTC))
    found = servers.difference(one, NAME, views_of(RECORD, one.evidence), VALUE)
    assert number in found.text


def test_a_server_that_rejects_queries_is_lame():
    """One that is silent may be slow."""
    rejects = answer(NAME, "CNAME", status=AnswerStatus.REFUSED)
    silent = answer(NAME, "CNAME", status=AnswerStatus.NO_ANSWER)
    for lame, expected in ((rejects, True), (silent, False)):
        one = case(WAITING, [RIGHT, lame])
        found = servers.partly_lame(one, NAME, views_of(RECORD, one.evidence))
        assert bool(found) is expected
