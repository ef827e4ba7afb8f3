"""Access to the members of a mapping, with values in any syntax."""

from __future__ import annotations

from acmrules.syntax.errors import TypeMismatchError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from acmrules.model.locations import Origin
    from acmrules.syntax.tree import Data, Pointer
    from acmrules.unresolved import Text, Unresolved, UnresolvedNames

    Found = tuple[Text, Pointer, Origin | None]
    """A string, its pointer, and its origin if it is defined elsewhere."""
    Listed = tuple[Text | UnresolvedNames, Pointer, Origin | None]
    """A string in a list, or any number of unknown ones."""
    Element = tuple[Data, Pointer]
    """Data and its pointer."""

    class ValueReader(Protocol):
        """Reads values from data; raises `TypeMismatchError` for data of the wrong type."""

        def settle(self, data: Data, pointer: Pointer) -> Element:
            """Return the data that applies under the conditions; `None` if it is absent."""

        def unknown(self, data: Data, pointer: Pointer) -> Unresolved | None:
            """Return settled data that is unknown as a whole; `None` for any other data."""

        def text(self, data: Data, pointer: Pointer) -> Found | None:
            """Return a string; `None` if it is absent."""

        def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
            """Return the strings in a list, without absent ones."""

        def elements(self, data: Data, pointer: Pointer) -> list[Element]:
            """Return the items of a list, without absent ones; an unknown list is one item."""


class LiteralReader:
    """A reader of literal data, without expressions."""

    def settle(self, data: Data, pointer: Pointer) -> Element:
        """Return the data; raise `TypeMismatchError` for null."""
        if data is None:
            raise TypeMismatchError(pointer, "must not be null")
        return data, pointer

    def unknown(self, data: Data, pointer: Pointer) -> Unresolved | None:  # noqa: ARG002
        """Return `None`, as literal data is known."""
        return None

    def text(self, data: Data, pointer: Pointer) -> Found | None:
        """Return the string; raise `TypeMismatchError` for anything else."""
        if type(data) is not str:
            raise TypeMismatchError.of(pointer, data, "a string")
        return data, pointer, None

    def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
        """Return the strings; raise `TypeMismatchError` for anything else."""
        if type(data) is not list:
            raise TypeMismatchError.of(pointer, data, "a list of strings")
        found = (self.text(*element) for element in self.elements(data, pointer))
        return [each for each in found if each]

    def elements(self, data: Data, pointer: Pointer) -> list[Element]:
        """Return the items; raise `TypeMismatchError` for anything but a list."""
        if type(data) is not list:
            raise TypeMismatchError.of(pointer, data, "a list")
        return [(item, (*pointer, index)) for index, item in enumerate(data)]


class Fields:
    """The members of a mapping; reading one may raise `TypeMismatchError`."""

    __slots__ = ("data", "pointer", "reader")

    def __init__(self, reader: ValueReader, data: Data, pointer: Pointer) -> None:
        """Raise `TypeMismatchError` for anything but a mapping."""
        self.reader = reader
        data, self.pointer = reader.settle(data, pointer)
        if data is not None and type(data) is not dict:
            raise TypeMismatchError.of(self.pointer, data, "a mapping")
        self.data: dict[str, Data] = data or {}

    def __contains__(self, member: str) -> bool:
        return member in self.data and self.reader.settle(*self.member(member))[0] is not None

    def member(self, member: str) -> Element:
        """Return a member's data and pointer."""
        return self.data[member], (*self.pointer, member)

    def inner(self, member: str) -> Fields:
        """Return a member that is a mapping."""
        return Fields(self.reader, self.data.get(member, {}), (*self.pointer, member))

    def text(self, member: str) -> Found | None:
        """Return a member that is a string."""
        data = self.data.get(member)
        if type(data) is str and "{{" not in data:
            return data, (*self.pointer, member), None
        return self.reader.text(*self.member(member)) if member in self.data else None

    def literal(self, member: str) -> str:
        """Return a member that is a known string, or else an empty string."""
        found = self.text(member)
        return found[0] if found and isinstance(found[0], str) else ""

    def texts(self, member: str) -> list[Listed]:
        """Return a member that is a list of strings."""
        return self.reader.texts(*self.member(member)) if member in self.data else []

    def elements(self, member: str) -> list[Element]:
        """Return the items of a member that is a list."""
        return self.reader.elements(*self.member(member)) if member in self.data else []

    def each(self, member: str) -> list[Fields]:
        """Return the items of a member that is a list of mappings."""
        return [Fields(self.reader, *element) for element in self.elements(member)]
