"""Values that a file leaves open, known in part, or malformed."""

from __future__ import annotations

from acmrules.errors import InvalidName
from acmrules.names import DomainName, WildcardDomainName, parse_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import Enum
    from typing import TypeVar

    from acmrules.names import Name

    E = TypeVar("E", bound=Enum)


class Malformed(Value):
    """A text that is known, and no value of its field."""

    text: str

    def __str__(self) -> str:
        return self.text


class Unknown(Value):
    """One thing that a file leaves open: a parameter, a variable, an import.

    `label` is the expression as the file's language writes it, `${Name}` or `var.name`; equal
    labels in one file mean equal values.
    """

    label: str

    def __str__(self) -> str:
        return self.label


class Unresolved(Value):
    """A text that is known in part: literal fragments and unknown things, in order.

    Equal fragments and unknowns mean equal texts, whatever the unknown things hold.
    """

    parts: tuple[str | Unknown, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.parts))

    @property
    def head(self) -> str:
        """The literal text before the first unknown thing."""
        first = self.parts[0]
        return first if isinstance(first, str) else ""

    @property
    def tail(self) -> str:
        """The literal text after the last unknown thing."""
        last = self.parts[-1]
        return last if isinstance(last, str) else ""

    @property
    def least_octets(self) -> int:
        """Octets the text has at the least, if the unknown things are all empty."""
        return sum(len(part) for part in self.parts if isinstance(part, str))

    @property
    def unknowns(self) -> tuple[Unknown, ...]:
        """What would have to be known."""
        return tuple(part for part in self.parts if isinstance(part, Unknown))

    def lower(self) -> Unresolved:
        """Fold the case of the literal fragments."""
        return Unresolved(tuple(p.lower() if isinstance(p, str) else p for p in self.parts))


class UnresolvedNames(Value):
    """Any number of names, none among them, that a file leaves open."""

    unknown: Unknown

    def __str__(self) -> str:
        return str(self.unknown)


ListedName = DomainName | WildcardDomainName | Malformed | Unresolved | UnresolvedNames
"""What stands at one place of a request's list of names."""


Text = str | Unresolved
"""A text that may be known in part."""


def read_name(text: str) -> Name | Malformed:
    """Read a name without raising: what is none is kept as it is."""
    try:
        return parse_name(text)
    except InvalidName:
        return Malformed(text)


def read_member(kind: type[E], text: str) -> E | Malformed:
    """Read a member of an enumeration by its exact spelling, without raising."""
    return kind._value2member_map_.get(text) or Malformed(text)  # type: ignore[return-value]
