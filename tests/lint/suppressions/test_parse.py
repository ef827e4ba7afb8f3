"""The parts of a suppression: rules, an optional last day, and a reason."""

from datetime import date

import pytest

from acmrules.lint.suppressions.model import Suppression
from acmrules.lint.suppressions.parse import parse_entry

DAY = date(2026, 11, 23)


NO_REASON = "the reason is missing: `ignore[ACM301]: REASON`"
ENTRIES = [
    ("ignore[ACM301]: gone in May", ("ACM301",), None, "gone in May", ""),
    ("ignore[ ACM301 , email-validation ] :x: y", ("ACM301", "ACM402"), None, "x: y", ""),
    ("ignore[ACM301] until 2027-01-31: x", ("ACM301",), date(2027, 1, 31), "x", ""),
    ("ignore[ACM301]", ("ACM301",), None, "", NO_REASON),
    ("ignore[ACM301]:  ", ("ACM301",), None, "", NO_REASON),
    ("ignore[ACM319]: x", ("",), None, "x", "unknown rule `ACM319`; did you mean"),
    ("ignore[]: x", ("",), None, "x", "a rule id is missing"),
    ("ignore[ACM301] until May: x", ("ACM301",), None, "x", "`May` is not a date such as"),
]


@pytest.mark.parametrize(("text", "rules", "until", "reason", "fault"), ENTRIES)
def test_entries(text, rules, until, reason, fault):
    """An entry has ids or names, an optional day, and a reason after a colon."""
    found = parse_entry(text)
    assert (found.rules, found.until, found.reason) == (rules, until, reason)
    assert found.fault.startswith(fault)
    assert bool(found.fault) is bool(fault)


@pytest.mark.parametrize(
    "text", ["ignore ACM301: x", "disable[ACM301]: x", "", "ignore[ACM301] x: y"]
)
def test_a_malformed_entry_is_reported_with_the_form(text):
    """A malformed entry does not apply."""
    found = parse_entry(text)
    form = "`acmrules: ignore[RULES] until YYYY-MM-DD: REASON`"
    assert found.fault == f"expected {form} (`until` is optional)"
    assert not found.counts(DAY)


def test_the_last_day_counts():
    """A suppression expires on the day after."""
    dated = parse_entry("ignore[ACM301] until 2027-01-31: x")
    assert dated.counts(date(2027, 1, 31))
    assert not dated.counts(date(2027, 2, 1))


def test_a_suppression_is_a_value():
    """Suppressions with equal fields are equal."""
    assert parse_entry("ignore[ACM301]: x") == Suppression(
        "ignore[ACM301]: x", ("ACM301",), reason="x"
    )
