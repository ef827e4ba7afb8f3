"""Comparisons of partly known names: true, false, or `None` if the known parts do not decide.

Equal expressions mean equal strings, whatever their unknown values are.
"""

from __future__ import annotations

from acmrules.errors import AcmRulesError
from acmrules.names import MAX_NAME_OCTETS, DomainName, WildcardDomainName, parse_name
from acmrules.request import Tag, ValidationOption
from acmrules.unresolved import ListedName, Malformed, Text, Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.name_errors import InvalidName

    Symbols = tuple[str | Unknown, ...]
    """A string as characters and unknown values."""


_MOST_SIGNS = 4 * MAX_NAME_OCTETS
_GAP = "\0"

MOST_COMPARED = 100
"""Maximum number of strings to compare with, as many as a certificate may list."""


def symbols(name: ListedName | str) -> Symbols | None:
    """Return a string as lowercase characters and unknown values; `None` for `UnresolvedNames`."""
    if isinstance(name, Unresolved):
        found = tuple(
            sign
            for part in name.parts
            for sign in (part.lower() if isinstance(part, str) else (part,))
        )
        return found if literal(name).isascii() else tuple(_without_u_labels(found))[:-1]
    if isinstance(name, DomainName | WildcardDomainName | Malformed | str):
        # A longer string is never a valid name, and it may be ten megabytes long.
        return tuple(str(name)[:_MOST_SIGNS].lower())
    return None


def _without_u_labels(text: Symbols) -> Iterator[str | Unknown]:
    """Yield a string with each non-ASCII label replaced by an unknown value for its A-label."""
    label: list[str | Unknown] = []
    for sign in (*text, "."):
        if sign != ".":
            label.append(sign)
            continue
        written = "".join(map(str, label))
        yield from label if written.isascii() else [Unknown(written)]
        yield "."
        label = []


def head(text: Text) -> str:
    """Return the known start of a string: all of it, or the part before the first unknown value."""
    return text.head if isinstance(text, Unresolved) else text


def literal(text: Text) -> str:
    """Return the literal parts of a string, without its unknown values."""
    if isinstance(text, str):
        return text
    return "".join(part for part in text.parts if isinstance(part, str))


def unknown_clause(*values: object) -> str:
    """Return a clause that names the unknown values, or an empty string if there are none.

    >>> unknown_clause(Unresolved(("www.", Unknown("${Name}"))))
    '`${Name}` is unknown'
    """
    labels = [f"`{label}`" for label in dict.fromkeys(str(u) for v in values for u in _inside(v))]
    return f"{' and '.join(labels)} {'is' if len(labels) == 1 else 'are'} unknown" * bool(labels)


def undecided_clause(question: str, *values: object) -> str:
    """Return a clause that names the unknown values, and the question that they leave undecided.

    >>> undecided_clause("it is covered", Unresolved(("www.", Unknown("${Name}"))))
    '`${Name}` is unknown, so it is unclear whether it is covered'
    """
    return unclear(question, unknown_clause(*values))


def unclear(question: str, missing: str) -> str:
    """Return a clause with the question that `missing` leaves undecided, if that is known."""
    if missing:
        return f"{missing}, so it is unclear whether {question}"
    return f"it is unknown whether {question}"


def any_of(answers: set[bool | None]) -> bool | None:
    """Return whether one of the answers is true; `None` if that is unknown."""
    return True if True in answers else None if None in answers else False


def _inside(value: object) -> Iterator[Unknown]:
    if isinstance(value, Unresolved):
        yield from value.unknowns
    elif isinstance(value, UnresolvedNames):
        yield value.unknown
    elif isinstance(value, ValidationOption | Tag):
        for field in type(value)._fields:
            yield from _inside(getattr(value, field))


def refusal(name: ListedName) -> InvalidName | None:
    """Return why a string cannot be a name, whatever its unknown values are; `None` if it can."""
    if isinstance(name, Malformed):
        return text_refusal(name.text)
    if not isinstance(name, Unresolved):
        return None
    text = "".join(part if isinstance(part, str) else _GAP for part in name.parts)
    labels = text.split(".")
    fault = "LONG_NAME" if name.least_octets > MAX_NAME_OCTETS else None
    for place, label in enumerate(labels):
        if fault:
            break
        fault = _label_fault(label, first=place == 0, last=place == len(labels) - 1)
    if not fault:
        return None
    from acmrules.name_errors import InvalidName, NameFault

    return InvalidName(str(name), NameFault[fault], (0, len(str(name))))


def text_refusal(text: str) -> InvalidName | None:
    """Return why a string is not a name, or `None` if it is one."""
    try:
        parse_name(text)
    except AcmRulesError as error:
        from acmrules.name_errors import InvalidName

        return error if isinstance(error, InvalidName) else None
    return None


def _label_fault(label: str, *, first: bool, last: bool) -> str | None:
    if not label:
        return "TRAILING_DOT" if last else "EMPTY_LABEL"
    if "*" in label:
        if label == "*":
            return None if first else "INNER_WILDCARD"
        return None if _GAP in label else "PARTIAL_WILDCARD"
    if _GAP in label:
        # Only the known characters and their number are certain. The start and the end of the
        # label are unknown, and so is what the unknown part adds to it.
        sure = "".join(c for c in label if c.isascii() and c not in {"-", _GAP})
        error = text_refusal(f"{sure or 'a'}.example.com")
    elif last and label.isascii() and label.isdigit():
        return "NUMERIC_TOP_LABEL"
    elif last and len(label) == 1:
        return "SHORT_TOP_LABEL"
    else:
        error = text_refusal(f"{label}.example.com")
    return error.fault.name if error else None


def is_wildcard(name: ListedName) -> bool | None:
    """Return whether a name is a wildcard; a malformed name is not."""
    if not isinstance(name, Unresolved):
        return None if isinstance(name, UnresolvedNames) else isinstance(name, WildcardDomainName)
    begin = name.head[:2]
    return True if begin == "*." else None if "*.".startswith(begin) else False


def wildcard_parent(name: ListedName) -> ListedName | None:
    """Return the parent of a wildcard, or `None` if the name may not be a wildcard."""
    if isinstance(name, WildcardDomainName):
        return name.parent
    if isinstance(name, Unresolved) and name.head.startswith("*."):
        rest = name.head[2:]
        return Unresolved(((rest,) if rest else ()) + name.parts[1:])
    return None


def base(name: Symbols) -> Symbols:
    """Return a name without a leading `*.`."""
    return name[2:] if name[:2] == ("*", ".") else name


def starred_base(name: Symbols) -> Symbols | None:
    """Return a name without its first label if that is unknown and may be `*`, else `None`."""
    return name[2:] if name[1:2] == (".",) and isinstance(name[0], Unknown) else None


def are_equal(one: Symbols | None, other: Symbols | None) -> bool | None:
    """Return whether two strings are equal, or `None` if that is undecided.

    >>> are_equal(symbols("www.brightharbor.io"), symbols("brightharbor.io"))
    False
    """
    if one is None or other is None:
        return None
    if one == other:
        return True
    if _differ(one, other) or _differ(one[::-1], other[::-1]):
        return False
    return False if len(one) != len(other) and _unknowns(one) == _unknowns(other) else None


class TextIndex:
    """An index of partly known strings for fast membership tests.

    The cost of fully known strings does not depend on their number. Partly known strings are
    compared one by one, up to `MOST_COMPARED`; beyond that the result is undecided.
    """

    __slots__ = ("_open", "_partial", "_places")

    def __init__(self, texts: Iterable[Symbols | None] = ()) -> None:
        self._places: dict[Symbols, int] = {}
        self._partial: list[Symbols] = []
        self._open = False
        for text in texts:
            self.add(text)

    def add(self, text: Symbols | None) -> None:
        """Append a string; `None` means any number of unknown strings."""
        if text is None:
            self._open = True
        elif text not in self._places:
            self._places[text] = len(self._places)
            if _is_partial(text):
                self._partial.append(text)

    def __len__(self) -> int:
        return len(self._places)

    def place(self, text: Symbols | None) -> int | None:
        """Return the index of the distinct string that certainly equals `text`, or `None`."""
        return None if text is None else self._places.get(text)

    def holds(self, text: Symbols | None) -> bool | None:
        """Return whether a string is in the index, or `None` if that is undecided."""
        if text in self._places:
            return True
        return False if self.is_alone(text) else None

    def is_alone(self, text: Symbols | None) -> bool:
        """Return whether certainly no other string in the index equals `text`."""
        if text is None or self._open:
            return False
        others = self._places if _is_partial(text) else self._partial
        return len(others) <= MOST_COMPARED and all(
            are_equal(text, other) is False for other in others if other != text
        )


def is_within(name: Symbols | None, domain: Symbols | None) -> bool | None:
    """Return whether a name, or the parent of a wildcard, is `domain` or a subdomain of it."""
    if name is None or domain is None:
        return None
    name = base(name)
    below = (".", *domain)
    if name == domain or name[-len(below) :] == below:
        return True
    return False if _differ(name[::-1], below[::-1]) and are_equal(name, domain) is False else None


_KNOWN = frozenset((DomainName, WildcardDomainName))


def dotted(suffixes: Iterable[str]) -> tuple[str, ...]:
    """Return suffixes in the form that `ending` needs: each with a leading dot."""
    return tuple(f".{suffix}" for suffix in suffixes)


def ending(name: ListedName, dotted_suffixes: tuple[str, ...]) -> tuple[str | None, bool]:
    """Return the suffix that a name equals or ends in, if any, and whether that is certain.

    >>> ending(DomainName("x.amazonaws.com"), dotted(["amazonaws.com"]))
    ('amazonaws.com', True)
    """
    # Nearly all names are known and have none of the suffixes.
    if type(name) in _KNOWN and not ("." + str(name)).endswith(dotted_suffixes):
        return None, True
    tail, complete = known_tail(name)
    below = f".{tail}"
    if below.endswith(dotted_suffixes):
        return next(dotted for dotted in dotted_suffixes if below.endswith(dotted))[1:], True
    if not complete and not tail:
        return None, False
    return None, complete or not any(suffix.endswith(below) for suffix in dotted_suffixes)


def known_tail(name: ListedName) -> tuple[str, bool]:
    """Return the known labels at the end of a name, and whether they are the whole name."""
    if isinstance(name, DomainName | WildcardDomainName):
        return str(name), True
    if isinstance(name, Unresolved):
        tail = name.tail.lower().partition(".")[2]
        return tail if tail.isascii() else "", False
    return "", False


def _is_partial(text: Symbols) -> bool:
    return Unknown in set(map(type, text))


def _unknowns(text: Symbols) -> list[str]:
    return sorted(sign.label for sign in text if isinstance(sign, Unknown))


def _differ(one: Symbols, other: Symbols) -> bool:
    """Return whether two strings certainly differ, comparing from the left."""
    for a, b in zip(one, other, strict=False):
        if a != b:
            return isinstance(a, str) and isinstance(b, str)
    rest: Iterable[str | Unknown] = one[len(other) :] or other[len(one) :]
    return any(isinstance(sign, str) for sign in rest)
