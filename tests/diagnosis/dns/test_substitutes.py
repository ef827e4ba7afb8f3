"""What is at the name of a validation record instead of its CNAME record."""

import pytest
from tests.support.dns_certificates import answer, case, certificate, validation

from acmrules.diagnosis import AnswerStatus, Cause
from acmrules.diagnosis.dns.outcomes import views_of
from acmrules.diagnosis.dns.substitutes import in_place_of, wildcard_above

ZONE = "brightharbor.io"
WWW = f"www.{ZONE}"
NAME = f"_x1.{WWW}"
WAITING = certificate(validation(WWW))
RECORD = WAITING.validations[0].record
NODATA = answer(NAME, "CNAME")
ADDRESSES = {"A": "203.0.113.7", "AAAA": "2001:db8::7"}


def cause(*answers):
    """Return why the name has no CNAME record."""
    one = case(WAITING, answers)
    found = in_place_of(one, RECORD, views_of(RECORD, one.evidence))
    return found and found.cause


def test_a_name_that_does_not_exist_has_nothing():
    """The record is missing."""
    assert cause(answer(NAME, "CNAME", status=AnswerStatus.NXDOMAIN)) is None


def test_a_name_may_exist_without_any_record():
    """There are names below it, or the host hides the record."""
    assert cause(NODATA) is Cause.NO_CNAME


@pytest.mark.parametrize("kind", ADDRESSES)
def test_an_address_is_a_flattened_record_or_a_wildcard(kind):
    """The wildcard has the same address."""
    own = answer(NAME, kind, ADDRESSES[kind])
    assert cause(NODATA, own) is Cause.FLATTENED
    wildcard = answer(f"*.{ZONE}", kind, ADDRESSES[kind])
    assert cause(NODATA, own, wildcard) is Cause.NO_CNAME


def test_other_data_does_not_allow_an_alias():
    """Data of a wildcard does: the name itself has none."""
    own = answer(NAME, "TXT", '"text"')
    assert cause(NODATA, own) is Cause.OTHER_DATA
    assert cause(NODATA, own, answer(f"*.{ZONE}", "TXT", '"text"')) is Cause.NO_CNAME


def test_the_wildcard_nearest_to_the_top_answers():
    """It answers the query about the lower wildcard too."""
    answers = [answer(f"*.{name}", "A", "203.0.113.7") for name in (WWW, ZONE)]
    one = case(WAITING, answers)
    assert wildcard_above(one, NAME, "A", "203.0.113.7") == f"*.{ZONE}"
    assert wildcard_above(one, NAME, "A", "203.0.113.8") == ""
