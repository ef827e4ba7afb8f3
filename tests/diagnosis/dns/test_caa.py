"""Whether CAA records in DNS answers allow Amazon to issue."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.dns_certificates import answer, case, certificate, validation

from acmrules.caa import may_issue
from acmrules.diagnosis import AnswerStatus, Cause, Certainty
from acmrules.diagnosis.dns import caa

NAME = "www.brightharbor.io"
ZONE = "brightharbor.io"
NONE = answer(NAME, "CAA")
LATER = datetime(2027, 4, 1, tzinfo=UTC)

issuers = st.sampled_from(("amazon.com", "letsencrypt.org", ";", "amazon.com; policy=ev"))
methods = st.sampled_from(("", "; validationmethods=ca-tbr-4", "; validationmethods=dns-01"))
values = st.builds('0 {} "{}{}"'.format, st.sampled_from(("issue", "issuewild")), issuers, methods)
sets = st.lists(
    values | st.sampled_from(('0 iodef "mailto:a@example.com"', '128 tbs "x"')),
    min_size=1,
    max_size=4,
    unique=True,
)
names = st.lists(
    st.sampled_from((NAME, f"*.{NAME}", ZONE, f"*.{ZONE}")), min_size=1, max_size=4, unique=True
)


@given(sets, names, st.sampled_from((LATER, LATER.replace(year=2026))))
def test_the_changed_set_allows_all_names(before, listed, as_of):
    """Whatever the records are, the set of the remedy lets Amazon issue for each name."""
    waiting = certificate(*map(validation, listed))
    one = case(waiting, [NONE, answer(ZONE, "CAA", *before)], as_of=as_of)
    found = caa.obstacles(one)
    first = may_issue(listed[0], {ZONE: before}, as_of=as_of.date(), validation_method="DNS")
    assert bool(found) is bool(not first.allowed or first.unmet)
    for change in (each for obstacle in found for each in obstacle.changes):
        assert change.name == ZONE
        for name in listed:
            verdict = may_issue(
                name, {ZONE: change.values}, as_of=as_of.date(), validation_method="DNS"
            )
            assert verdict.allowed
            assert not verdict.unmet


@given(sets)
def test_other_cas_keep_their_records(before):
    """A CA that may issue before the change may issue after it."""
    found = caa.obstacles(case(certificate(validation(ZONE)), [answer(ZONE, "CAA", *before)]))
    for change in (each for obstacle in found for each in obstacle.changes):
        kept = [each for each in before if "letsencrypt" in each]
        assert [each for each in change.values if "letsencrypt" in each] == kept


def test_a_set_above_a_name_that_nobody_looked_up_is_open():
    """The name itself may have a set of its own; the command settles it."""
    (found,) = caa.obstacles(
        case(certificate(validation(NAME)), [answer(ZONE, "CAA", '0 issue "letsencrypt.org"')])
    )
    assert (found.certainty, found.changes) == (Certainty.OPEN, ())
    assert found.commands == (f"dig CAA {NAME}",)


@pytest.mark.parametrize(
    ("status", "certainty"),
    [
        (AnswerStatus.SERVFAIL, Certainty.CERTAIN),
        (AnswerStatus.OTHER, Certainty.CERTAIN),
        (AnswerStatus.NO_ANSWER, Certainty.LIKELY),
    ],
)
def test_a_lookup_that_fails_prevents_issuance(status, certainty):
    """A server that is silent may only be slow."""
    (found,) = caa.obstacles(
        case(certificate(validation(NAME)), [answer(NAME, "CAA", status=status)])
    )
    assert (found.cause, found.certainty) == (Cause.CAA_LOOKUP_FAILS, certainty)
    assert found.commands == (f"dig CAA {NAME}", f"dig +trace NS {NAME}")


def test_nobody_looked():
    """Nothing follows, and the names that were not looked up are known."""
    one = case(certificate(validation(NAME)))
    assert caa.obstacles(one) == ()
    assert caa.climb(one, NAME).unknown == (NAME, ZONE)


def test_a_record_that_cannot_be_read_proves_nothing():
    """Some tools print unknown types as hexadecimal numbers."""
    one = case(certificate(validation(NAME)), [answer(NAME, "CAA", r"\# 3 000000")])
    assert caa.obstacles(one) == ()
    assert caa.unclear(one) is None


def test_before_2027_03_15_a_method_is_a_likely_cause():
    """CAs should honor the parameter already."""
    excluded = answer(NAME, "CAA", '0 issue "amazon.com; validationmethods=ca-tbr-4"')
    (found,) = caa.obstacles(case(certificate(validation(NAME)), [excluded]))
    assert (found.cause, found.certainty) == (Cause.CAA_METHOD, Certainty.LIKELY)


def test_an_account_leaves_open_whether_it_is_yours():
    """AWS does not document the form of its accounts."""
    limited = answer(NAME, "CAA", '0 issue "amazon.com; accounturi=https://example.com/1"')
    one = case(certificate(validation(NAME)), [limited])
    assert caa.obstacles(one) == ()
    found = caa.unclear(one)
    assert (found.cause, found.certainty) == (Cause.CAA_METHOD, Certainty.OPEN)
