"""What each answer says about a validation record."""

import pytest
from tests.support.dns_certificates import VALUE, answer, resolved

from acmrules.diagnosis import AnswerStatus, DnsAnswers, ResourceRecord
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.diagnosis.dns.outcomes import Outcome, deciding, views_of

NAME = "_x1.www.brightharbor.io"
RECORD = ResourceRecord(NAME, "CNAME", VALUE)


def outcomes(*answers):
    """Return what answers about the record show."""
    return [view.outcome for view in views_of(RECORD, Evidence(DnsAnswers(answers)))]


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ((VALUE,), Outcome.CORRECT),
        ((VALUE[1:],), Outcome.CORRECT),
        ((f"{VALUE}.brightharbor.io",), Outcome.OTHER),
        (("_old.mhbtsbpdnt.acm-validations.aws",), Outcome.OTHER),
        (("hosting.example.net",), Outcome.OPEN),
        ((), Outcome.NODATA),
    ],
)
def test_the_value_decides(values, outcome):
    """The underscore of the value may be left out; an unknown target may lead to the value."""
    assert outcomes(answer(NAME, "CNAME", *values)) == [outcome]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (AnswerStatus.NXDOMAIN, Outcome.NXDOMAIN),
        (AnswerStatus.SERVFAIL, Outcome.FAILED),
        (AnswerStatus.REFUSED, Outcome.FAILED),
        (AnswerStatus.NO_ANSWER, Outcome.FAILED),
        (AnswerStatus.OTHER, Outcome.FAILED),
    ],
)
def test_the_status_decides_without_records(status, outcome):
    """Only NOERROR and NXDOMAIN are answers."""
    assert outcomes(answer(NAME, "CNAME", status=status)) == [outcome]


def test_a_query_for_addresses_shows_the_alias_too():
    """`dig` asks for A by default, and the target of the record does not exist as a host."""
    alias = answer(NAME, "CNAME", VALUE).records
    found = answer(NAME, "A", status=AnswerStatus.NXDOMAIN).__replace__(records=alias)
    assert outcomes(found) == [Outcome.CORRECT]


def test_a_chain_that_was_looked_up_to_its_end_is_wrong():
    """The target exists, and is not an alias."""
    found = answer(NAME, "CNAME", "a.example.net"), answer("a.example.net", "CNAME")
    assert outcomes(*found) == [Outcome.OTHER]


def test_authoritative_answers_decide():
    """A resolver may have an older answer; a failure decides nothing."""
    own = answer(NAME, "CNAME", VALUE)
    old = resolved(NAME, "CNAME", status=AnswerStatus.NXDOMAIN)
    failed = answer(NAME, "CNAME", status=AnswerStatus.SERVFAIL)
    views = views_of(RECORD, Evidence(DnsAnswers((failed, old, own))))
    assert [each.answer for each in deciding(views)] == [own]
    views = views_of(RECORD, Evidence(DnsAnswers((failed, old))))
    assert [each.answer for each in deciding(views)] == [old]
