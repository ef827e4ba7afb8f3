"""Values that a file leaves open, known in part, or malformed."""

from __future__ import annotations

from acmrules.errors import AcmRulesError, InvalidArgument, require_string
from acmrules.messages import did_you_mean, quoted, quoted_list
from acmrules.names import DomainName, Name, WildcardDomainName, parse_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import Enum
    from typing import TypeVar

    E = TypeVar("E", bound=Enum)


class Malformed(Value):
    """A known string that is not a valid value of its field."""

    text: str

    def __str__(self) -> str:
        return self.text


class Unknown(Value):
    """A value that a file does not determine: a parameter, a variable, an import.

    `label` is the expression in the language of the file, such as `${Name}` or `var.name`. In one
    file, equal labels mean equal values. A placeholder is a string that you have yet to replace,
    such as `YOUR_DOMAIN`.
    """

    label: str
    is_placeholder: bool = False

    def __str__(self) -> str:
        return self.label


class Unresolved(Value):
    """A partly known string: literal fragments and unknown values, in order.

    Two strings with equal parts are equal, whatever the unknown values are.
    """

    parts: tuple[str | Unknown, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.parts))

    @property
    def head(self) -> str:
        """The literal text before the first unknown value."""
        first = self.parts[0]
        return first if isinstance(first, str) else ""

    @property
    def tail(self) -> str:
        """The literal text after the last unknown value."""
        last = self.parts[-1]
        return last if isinstance(last, str) else ""

    @property
    def least_octets(self) -> int:
        """The minimum length in characters, which assumes that all unknown values are empty."""
        return sum(len(part) for part in self.parts if isinstance(part, str))

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """The unknown values, in order."""
        return tuple(part for part in self.parts if isinstance(part, Unknown))

    def lower(self) -> Unresolved:
        """Return the string with its literal fragments in lowercase."""
        return Unresolved(tuple(p.lower() if isinstance(p, str) else p for p in self.parts))


class UnresolvedNames(Value):
    """Any number of names, possibly none, that a file does not determine."""

    unknown: Unknown

    def __str__(self) -> str:
        return str(self.unknown)


ListedName = DomainName | WildcardDomainName | Malformed | Unresolved | UnresolvedNames
"""One entry in the list of a request's names."""


Text = str | Unresolved
"""A string whose parts may be unknown."""


def read_name(text: str) -> Name | Malformed:
    """Parse a name; return `Malformed` instead of raising an error."""
    try:
        return parse_name(text)
    except AcmRulesError:  # It is `InvalidName`, which only an invalid name loads.
        return Malformed(text)


def chosen(kind: type[E], value: str | E, noun: str) -> E:
    """Return the member of an enumeration that an argument means: itself, or its value.

    Raises `InvalidArgument` with the values if a string is not one of them, and `TypeError` for any
    other type. `noun` names the enumeration in the message.
    """
    if isinstance(value, kind):
        return value
    require_string(value, noun.replace(" ", "_"))
    text = str(value)
    found = read_member(kind, text)
    if isinstance(found, Malformed):
        values = [str(member.value) for member in kind]
        meant = did_you_mean(text, values) or f"; use one of {quoted_list(values, len(values))}"
        raise InvalidArgument(f"unknown {noun} {quoted(text)}{meant}")
    return found


def read_member(kind: type[E], text: str) -> E | Malformed:
    """Return the member of an enumeration with this exact value, or `Malformed`."""
    return kind._value2member_map_.get(text) or Malformed(text)  # type: ignore[return-value]
