"""Placeholders: strings in a file that you have yet to replace, such as `YOUR_ACCOUNT_ID`.

A placeholder is recognized by its form. Its value is unknown, so it is never an error, and the
string around it is still checked. A valid domain name, such as `your-domain.com`, stays known: it
may be used in earnest.
"""

from __future__ import annotations

import re

from acmrules.unresolved import Text, Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# Possessive groups are written as atomic ones: Python 3.11 before 3.11.5 fails to restore them.
_MARKED = (
    r"<(?!/)[^<>@\0]+>"
    r"|\{\{[^{}\0]*\}\}"
    r"|\{%[^%\0]*%\}"
    r"|@@?[A-Za-z][\w-]*+@@?"
    r"|%%?[A-Za-z][\w-]*+%%?"
    r"|__[A-Za-z](?>(?:[^\W_]|_(?!_))*)__"
)
"""Placeholders between signs, as template tools and people write them."""

_ORDER = r"(?:YOUR|REPLACE|CHANGE|INSERT)(?>(?:_[A-Z0-9]++)+)"
_UPPER = r"[A-Z][A-Z0-9]*+(?>(?:_[A-Z0-9]++)+)"
_LOWER = r"your_[a-z0-9_]++|my_(?:domain|site|website|company)[a-z0-9_]*+"
_LABEL = (
    r"X{3,}+|YOUR(?>(?:-[A-Z0-9]++)+)|(?:YOUR|MY)-?(?:DOMAIN|SITE|WEBSITE|COMPANY)(?:-?NAME)?"
    r"|(?:SUB)?DOMAIN(?:-?NAME)?|HOST-?NAME|CHANGE-?ME|REPLACE-?ME|TODO|TBD|FIXME|PLACEHOLDER"
)
"""A label of a name in capitals; only the form with lowercase letters may be a label in use."""

_WHOLE = re.compile(
    r"x{3,}+(?>(?:-x++)*)|your(?>(?:[ _-][a-z0-9]++)+)|my[ _-](?:domain|site|website|company)"
    r"|(?:change|replace)[ _-]?me|todo|tbd|fixme|placeholder|\.{3,}|…"
    r"|(?-i:REGION|ACCOUNT|(?:[A-Z]+-){1,4}(?:ID|ARN|REGION))",
    re.IGNORECASE,
)
"""A value that is a placeholder as a whole, although parts of longer values may look like it."""

_START, _END = r"(?<![A-Za-z0-9_])", r"(?![A-Za-z0-9_])"
_IN_TEXT = re.compile(rf"{_MARKED}|{_START}{_ORDER}{_END}")
_IN_NAME = re.compile(
    rf"{_MARKED}|{_START}(?:{_UPPER}|{_LOWER}){_END}|(?<![^.\0])(?:{_LABEL})(?![^.\0])"
)
_CAPITALS = re.compile(rf"(?<![^.])(?:{_LABEL})(?![^.])")
_IN_REFERENCE = re.compile(
    rf"{_MARKED}|{_START}(?:{_UPPER}|{_LOWER}){_END}"
    # The Region and the account of an ARN.
    r"|(?<=:)(?:(?i:[a-z_-]{0,40}(?:region|account)[a-z_-]{0,40})|[A-Z][A-Z-]*|X{3,}|x{3,}|\d+)(?=:|$)"
    # The id at the end of an ARN, which has only hexadecimal digits.
    r"|(?<=/)(?i:[\w-]{0,40}xxx[\w-]*|your[\w-]*|(?:[a-z]+[_-]){0,3}cert(?:ificate)?[_-](?:id|arn))$"
    r"|(?<=[:/])(?:[A-Z]+(?:-[A-Z]+)+|\.{3,}|…)"
)
_RUN = "XXXX"
"""What no hosted zone id contains by chance."""

_ACCOUNT_DIGITS = 12
_LEAST_DUMMY_DIGITS = 6
_COUNTS = ("12345678901234567890", "01234567890123456789", "0" * 20)
_MOST_READ = 4096
_GAP = "\0"

STAND_IN = re.compile(
    r"(?:^|\.)(?:"
    r"(?:your-?(?:domain|site|website|company)(?:-?name)?|my-?(?:domain|company)|example)"
    r"\.(?:[a-z]{2,}|(?:co|com)\.[a-z]{2})"
    r"|(?:your|my)\.domain|foo\.bar"
    # None of these is a top-level domain.
    r"|[a-z0-9-]+\.(?:tld|(?:change|replace)-?me|todo|tbd|fixme|placeholder|x{4,}|your[a-z0-9-]*))$"
)
"""How a name ends that examples use in place of a real one; RE2 reads it as `re` does."""


def in_text(text: Text) -> Text:
    """Return a string of any content, in which each placeholder is an unknown value.

    >>> in_text("<owner>").unknowns
    (Unknown(label='<owner>', is_placeholder=True),)
    """
    return _split(text, _IN_TEXT)


def in_name(text: Text) -> Text:
    """Return a string that is not a valid name, in which each placeholder is an unknown value.

    >>> in_name("www.YOUR_DOMAIN.com").parts[2]
    '.com'
    """
    if isinstance(text, str) and text.startswith("*."):
        parent = _split(text[2:], _IN_NAME)
        return text if isinstance(parent, str) else _starred(parent)
    return _split(text, _IN_NAME)


def _starred(parent: Unresolved) -> Unresolved:
    begin, rest = (parent.head, parent.parts[1:]) if parent.head else ("", parent.parts)
    return Unresolved((f"*.{begin}", *rest))


def in_capitals(text: str) -> Text:
    """Return a valid name with capitals, in which each label such as `XXXX` is unknown."""
    return _split(text, _CAPITALS)


def in_reference(text: Text) -> Text:
    """Return an ARN, an id or a Region, in which each placeholder is an unknown value.

    >>> str(in_reference("arn:aws:acm:us-east-1:12345678901:certificate/2f1c").unknowns[0])
    '12345678901'
    """
    if isinstance(text, str) and text.isalnum() and _RUN in text[:_MOST_READ]:
        return Unresolved((Unknown(text, is_placeholder=True),))
    return _split(text, _IN_REFERENCE)


def is_stand_in(name: str) -> bool:
    """Return whether a valid name is one that examples use in place of a real one.

    Names that are reserved for documentation are only recognized under other top-level domains.

    >>> is_stand_in("www.your-domain.com"), is_stand_in("example.brightharbor.io")
    (True, False)
    """
    return bool(STAND_IN.search(name))


def _split(text: Text, forms: re.Pattern[str]) -> Text:
    """Return a string in which each match is an unknown value; the string itself without one."""
    parts = (text,) if isinstance(text, str) else text.parts
    literals = [part for part in parts if isinstance(part, str)]
    if sum(map(len, literals)) > _MOST_READ or any(_GAP in part for part in literals):
        return text
    if isinstance(text, str) and _WHOLE.fullmatch(text):
        return Unresolved((Unknown(text, is_placeholder=True),))
    joined = "".join(part if isinstance(part, str) else _GAP for part in parts)
    unknowns = iter(part for part in parts if isinstance(part, Unknown))
    found: list[str | Unknown] = []
    end = 0
    for match in forms.finditer(joined):
        if not match[0].isdigit() or _is_dummy_account(match[0]):
            found += _restored(joined[end : match.start()], unknowns)
            found.append(Unknown(match[0], is_placeholder=True))
            end = match.end()
    return Unresolved((*found, *_restored(joined[end:], unknowns))) if end else text


def _restored(joined: str, unknowns: Iterator[Unknown]) -> Iterator[str | Unknown]:
    """Yield the parts of a joined string, with the next unknown value for each gap."""
    for place, part in enumerate(joined.split(_GAP)):
        if place:
            yield next(unknowns)
        if part:
            yield part


def _is_dummy_account(digits: str) -> bool:
    """Return whether digits that are no account id count up or are all zero."""
    return (
        len(digits) != _ACCOUNT_DIGITS
        and len(digits) >= _LEAST_DUMMY_DIGITS
        and any(row.startswith(digits) for row in _COUNTS)
    )
