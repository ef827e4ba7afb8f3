"""Parses one suppression: `ignore[RULES] until YYYY-MM-DD: REASON`."""

from __future__ import annotations

import re
from datetime import date

from acmrules.lint.rules import CATALOGUE
from acmrules.lint.suppressions.model import Suppression
from acmrules.messages import did_you_mean, quoted

_REST = r"(?:\s+until\s+([^\s:]+))?\s*(?::(.*))?\Z"
_FORMS = {
    "`acmrules: ignore[RULES] until YYYY-MM-DD: REASON`": re.compile(
        rf"ignore\[([^\]]*)\]{_REST}", re.DOTALL
    ),
    "`RULES until YYYY-MM-DD: REASON`": re.compile(rf"([^:\[\]]*?){_REST}", re.DOTALL),
}


_IN_COMMENT, IN_DATA = _FORMS


_IDS = {word: rule.id for rule in CATALOGUE for word in (rule.id, rule.name)}


def parse_entry(text: str, form: str = _IN_COMMENT) -> Suppression:
    """Parse an entry: the text after `acmrules:` in a comment, or an entry of metadata.

    >>> parse_entry("ignore[ACM301, email-validation] until 2027-01-31: gone by then").rules
    ('ACM301', 'ACM402')
    """
    text = text.strip()
    found = _FORMS[form].match(text)
    if found is None:
        return Suppression(text, fault=f"expected {form} (`until` is optional)")
    listed, day, reason = found[1], found[2], (found[3] or "").strip()
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
