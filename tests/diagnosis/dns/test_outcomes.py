"""What each answer says about a validation record."""

import pytest
from tests.support.dns_certificates import VALUE, answer, resolved

from acmrules.diagnosis import AnswerStatus, DnsAnswers, ResourceRecord
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.diagnosis.dns.outcomes import RecordOutcome, deciding, views_of

NAME = "_x1.www.brightharbor.io"
RECORD = ResourceRecord(NAME, "CNAME", VALUE)


def outcomes(*answers):
    """Return what answers about the record show."""
    return [view.outcome for view in views_of(RECORD, Evidence(DnsAnswers(answers)))]


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ((VALUE,), RecordOutcome.CORRECT),
        ((VALUE[1:],), RecordOutcome.CORRECT),
        ((f"{VALUE}.brightharbor.io",), RecordOutcome.OTHER),
        (("_old.mhbtsbpdnt.acm-validations.aws",), RecordOutcome.OTHER),
        (("hosting.example.net",), RecordOutcome.OPEN),
        ((), RecordOutcome.NODATA),
    ],
)
def test_the_value_decides(values, outcome):
    """The value may lack its underscore; an unknown target may be an alias of the value."""
    assert outcomes(answer(NAME, "CNAME", *values)) == [outcome]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (AnswerStatus.NXDOMAIN, RecordOutcome.NXDOMAIN),
        (AnswerStatus.SERVFAIL, RecordOutcome.FAILED),
        (AnswerStatus.REFUSED, RecordOutcome.FAILED),
        (AnswerStatus.NO_ANSWER, RecordOutcome.FAILED),
        (AnswerStatus.OTHER, RecordOutcome.FAILED),
    ],
)
def test_the_status_decides_without_records(status, outcome):
    """Only NOERROR and NXDOMAIN are answers."""
    assert outcomes(answer(NAME, "CNAME", status=status)) == [outcome]


def test_a_query_for_addresses_shows_the_alias_too():
    """`dig` queries A by default, and the target of the record does not exist as a host."""
    alias = answer(NAME, "CNAME", VALUE).records
    found = answer(NAME, "A", status=AnswerStatus.NXDOMAIN).__replace__(records=alias)
    assert outcomes(found) == [RecordOutcome.CORRECT]


def test_a_chain_that_was_looked_up_to_its_end_is_wrong():
    """The target exists, and is not an alias."""
    found = answer(NAME, "CNAME", "a.example.net"), answer("a.example.net", "CNAME")
    assert outcomes(*found) == [RecordOutcome.OTHER]


def test_authoritative_answers_decide():
    """A resolver may have an older answer; a failure decides nothing."""
    own = answer(NAME, "CNAME", VALUE)
    old = resolved(NAME, "CNAME", status=AnswerStatus.NXDOMAIN)
    failed = answer(NAME, "CNAME", status=AnswerStatus.SERVFAIL)
    views = views_of(RECORD, Evidence(DnsAnswers((failed, old, own))))
    assert [each.answer for each in deciding(views)] == [own]
    views = views_of(RECORD, Evidence(DnsAnswers((failed, old))))
    assert [each.answer for each in deciding(views)] == [old]
