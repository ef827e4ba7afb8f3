"""Limits and quotas of ACM."""

import re
import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from acmrules import limits
from acmrules.errors import InvalidArgument
from acmrules.facts.background import FACTS
from acmrules.facts.fact import LAUNCH
from acmrules.limits import Quotas, is_tag_character, is_token_character, quota_increase_request

days = st.dates(min_value=LAUNCH, max_value=date(2040, 1, 1))


@given(st.characters())
def test_token_characters_are_those_of_the_pattern(character):
    r"""A token may contain the characters that `\w` matches in ASCII."""
    assert is_token_character(character) == bool(re.fullmatch(r"\w", character, re.ASCII))


@given(st.one_of(st.characters(), st.characters(max_codepoint=127)))
def test_tag_characters_are_those_of_the_pattern(character):
    """A tag may contain letters, separators, numbers, and the punctuation of the pattern."""
    allowed = unicodedata.category(character)[0] in "LZN" or character in "_.:/=+-@"
    assert is_tag_character(character) == allowed


@given(days, days)
def test_default_quotas_never_shrink(one, other):
    """The default quotas have only grown, up to the present ones."""
    earlier, later = (Quotas.on(as_of=day) for day in sorted((one, other)))
    for field in Quotas._fields:
        assert getattr(earlier, field) <= getattr(later, field) <= getattr(Quotas(), field)


@given(st.integers(11, 100))
def test_a_reachable_quota_can_be_requested(names):
    """The wording names the number, and explains that a changed list is a new request."""
    words = quota_increase_request(names)
    assert f"from 10 to {names} for this account" in words
    assert "cannot be edited" in words
    assert "validate every name again" in words


@example(10)
@example(101)
@given(st.one_of(st.integers(max_value=10), st.integers(min_value=101)))
def test_any_other_number_is_rejected(names):
    """The default needs no request, and AWS grants no more than the limit."""
    with pytest.raises(InvalidArgument, match=f"{names} names|at least 1, not {names}"):
        quota_increase_request(names)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ({}, "for this account, in the Region of this request."),
        ({"region": "eu-west-1"}, "for this account in eu-west-1."),
        ({"account": "111122223333"}, "for account 111122223333, in the Region of this request."),
        (
            {"account": "111122223333", "region": "eu-west-1"},
            "for account 111122223333 in eu-west-1.",
        ),
    ],
)
def test_a_quota_is_requested_for_an_account_and_a_region(where, words):
    """A quota applies to an account in a Region, so the wording names both, if known."""
    assert words in quota_increase_request(42, **where)


@pytest.mark.parametrize(
    ("day", "certificates", "yearly_requests"),
    [
        (date(2017, 12, 1), 100, 200),
        (date(2019, 1, 1), 1_000, 2_000),
        (date(2026, 11, 23), 2_500, 5_000),
    ],
)
def test_default_quotas_by_day(day, certificates, yearly_requests):
    """The quotas of a day are those of the guide at the time; for names it was always 10."""
    assert Quotas.on(as_of=day) == Quotas(
        10, certificates, yearly_requests, certificates, yearly_requests
    )


def test_there_are_no_quotas_before_acm():
    """A day before the launch has no quotas."""
    with pytest.raises(InvalidArgument, match="starts on 2016-01-21"):
        Quotas.on(as_of=date(2016, 1, 20))


def test_a_stated_quota_leaves_the_others_alone():
    """A quota of the account leaves the other quotas at their defaults."""
    assert Quotas(names=50) == Quotas.on().__replace__(names=50)


def test_the_fixed_limits():
    """The limits are constants."""
    assert {
        name: value for name, value in vars(limits).items() if name[:4] in {"MAX_", "MIN_"}
    } == {
        "MAX_NAME_OCTETS": 253,
        "MAX_LABEL_OCTETS": 63,
        "MAX_FIRST_NAME_OCTETS": 64,
        "MAX_VALIDATABLE_NAME_OCTETS": 219,
        "MAX_NAMES": 100,
        "MAX_VALIDATION_OPTIONS": 100,
        "MIN_TOKEN_CHARACTERS": 1,
        "MAX_TOKEN_CHARACTERS": 32,
        "MAX_TAGS": 50,
        "MIN_TAG_KEY_CHARACTERS": 1,
        "MAX_TAG_KEY_CHARACTERS": 128,
        "MAX_TAG_VALUE_CHARACTERS": 256,
        "MIN_ARN_CHARACTERS": 20,
        "MAX_ARN_CHARACTERS": 2048,
        "MAX_CERTIFICATE_BYTES": 32_768,
        "MAX_KEY_BYTES": 8_192,
        "MAX_CHAIN_BYTES": 2_097_152,
    }


def test_the_longest_validatable_name_leaves_room_for_its_record():
    """The record's owner name is a token of 32 digits in front of the name, within 253 octets."""
    record = (
        f"_{'0' * FACTS['acm.RECORD_TOKEN_OCTETS'].value}."
        + "x" * limits.MAX_VALIDATABLE_NAME_OCTETS
    )
    assert len(record) == limits.MAX_NAME_OCTETS
