"""Parses one suppression: `ignore[RULES] until YYYY-MM-DD: REASON`."""

from __future__ import annotations

from datetime import date

from acmrules.lint.rules import CATALOGUE
from acmrules.lint.suppressions.model import Suppression
from acmrules.messages import did_you_mean, quoted

_IN_COMMENT = "`acmrules: ignore[RULES] until YYYY-MM-DD: REASON`"
IN_DATA = "`RULES until YYYY-MM-DD: REASON`"

_IDS = {word: rule.id for rule in CATALOGUE for word in (rule.id, rule.name)}


def parse_entry(text: str, form: str = _IN_COMMENT) -> Suppression:
    """Parse an entry: the text after `acmrules:` in a comment, or an entry of metadata.

    >>> parse_entry("ignore[ACM301, email-validation] until 2027-01-31: gone by then").rules
    ('ACM301', 'ACM402')
    """
    text = text.strip()
    parts = (_parts_in_comment if form == _IN_COMMENT else _parts_in_data)(text)
    if parts is None:
        return Suppression(text, fault=f"expected {form} (`until` is optional)")
    listed, day, reason = parts
    words = [word.strip() for word in listed.split(",")]
    unknown = next((word for word in words if word not in _IDS), None)
    if unknown == "":
        fault = "a rule id is missing"
    elif unknown is not None:
        fault = f"unknown rule {quoted(unknown)}{did_you_mean(unknown, _IDS)}"
    elif not reason:
        complete = f"{text.rstrip(': ')}: REASON"
        fault = f"the reason is missing: {quoted(complete)}"
    else:
        fault = ""
    until = None
    if day is not None:
        try:
            until = date.fromisoformat(day)
        except ValueError:
            fault = fault or f"{quoted(day)} is not a date such as `2027-01-31`"
    return Suppression(text, tuple(_IDS.get(word, "") for word in words), until, reason, fault)


def _parts_in_comment(text: str) -> tuple[str, str | None, str] | None:
    """Return the rules, the date and the reason of a comment, `None` if it has another form."""
    listed, bracket, rest = text.removeprefix("ignore[").partition("]")
    head, _, reason = rest.partition(":")
    words = head.split()
    has_day = len(words) == 2 and words[0] == "until" and head[:1].isspace()  # noqa: PLR2004
    if not text.startswith("ignore[") or not bracket or (words and not has_day):
        return None
    return listed, words[1] if has_day else None, reason.strip()


def _parts_in_data(text: str) -> tuple[str, str | None, str] | None:
    """Return the rules, the date and the reason of an entry, `None` if it has another form."""
    head, _, reason = text.partition(":")
    words = head.rsplit(None, 2)
    has_day = len(words) == 3 and words[1] == "until"  # noqa: PLR2004
    listed = words[0] if has_day else head
    if "[" in listed or "]" in listed:
        return None
    return listed, words[2] if has_day else None, reason.strip()
