"""Strings in files with their placeholders: what the readers of all tools share.

Nearly all strings have none. So `acmrules.placeholders` is loaded only for one that may have one.
"""

from __future__ import annotations

from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames, read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.unresolved import ListedName, Text

_SIGNS = frozenset("<{%_…")
_WORDS = frozenset(
    ("account", "changeme", "fixme", "placeholder", "region", "replaceme", "tbd", "todo")
)
_LONGER = 1 + max(map(len, _WORDS))
_CLUES = ("xxx", "your", "region", "account", "...", "@@", "1234567")
_NAMES_OF_ENDPOINTS = (".dns_name}", ".domain_name}", ".DNSName}")
"""How references end to the names that AWS assigns to endpoints."""

_ACCOUNT, _ARN_PARTS = 4, 6
_ACCOUNT_DIGITS = 12


def read_listed(text: Text | UnresolvedNames) -> ListedName:
    """Return a name; an invalid one becomes `Malformed`, and placeholders in it are unknown."""
    if isinstance(text, str):
        found = read_name(text)
        if type(found) is Malformed:
            return _in_malformed(found)
        return found if text.islower() else _in_capitals(text) or found
    if isinstance(text, UnresolvedNames):
        return text
    if isinstance(text.parts[-1], Unknown) and text.parts[-1].label.endswith(_NAMES_OF_ENDPOINTS):
        from acmrules.readers.well_formed import endpoint_name

        text = endpoint_name(text)
    if not _is_partly_suspect(text):
        return text
    from acmrules.placeholders import in_name

    partly = in_name(text)
    return text if isinstance(partly, str) else partly


def read_reference(text: Text) -> Text:
    """Return an ARN, an id or a Region, in which placeholders are unknown."""
    if not (_is_suspect(text) if isinstance(text, str) else _is_partly_suspect(text)):
        return text
    from acmrules.placeholders import in_reference

    return in_reference(text)


def read_free(text: Text) -> Text:
    """Return a string of any content, in which placeholders are unknown."""
    if isinstance(text, str):
        if text.isalnum():
            is_suspect = _is_suspect_word(text)
        else:
            low = text.lower()
            is_suspect = not _SIGNS.isdisjoint(text) or any(clue in low for clue in _CLUES)
    else:
        is_suspect = _is_partly_suspect(text)
    if not is_suspect:
        return text
    from acmrules.placeholders import in_text

    return in_text(text)


def _in_malformed(name: Malformed) -> Malformed | Unresolved:
    if not name.text:
        return name
    from acmrules.placeholders import in_name

    found = in_name(name.text)
    return name if isinstance(found, str) else found


def _in_capitals(text: str) -> Unresolved | None:
    from acmrules.placeholders import in_capitals

    found = in_capitals(text)
    return None if isinstance(found, str) else found


def _is_suspect(text: str) -> bool:
    """Return whether an ARN, an id or a Region may have a placeholder."""
    if text.isalnum():
        return _is_suspect_word(text)
    if not text.startswith("arn:"):
        return not (text.islower() and text[-1].isdigit() and _SIGNS.isdisjoint(text))
    low = text.lower()
    parts = text.split(":", _ARN_PARTS - 1)
    return (
        text != low
        or not _SIGNS.isdisjoint(text)
        or len(parts) < _ARN_PARTS
        or len(parts[_ACCOUNT]) != _ACCOUNT_DIGITS
        or low.endswith(("id", "arn"))
        or any(clue in low for clue in _CLUES)
    )


def _is_suspect_word(text: str) -> bool:
    return "XXX" in text or "xxx" in text or (len(text) < _LONGER and text.lower() in _WORDS)


def _is_partly_suspect(text: Unresolved) -> bool:
    """Return whether the known parts of a string may have a placeholder."""
    known = "".join([part for part in text.parts if isinstance(part, str)])
    if not known:
        return False
    return known != known.lower() or not _SIGNS.isdisjoint(known) or any(c in known for c in _CLUES)
