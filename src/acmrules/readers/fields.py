"""A mapping read member by member, whatever language its values are written in."""

from __future__ import annotations

from acmrules.syntax.errors import TypeMismatchError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from acmrules.model.locations import Origin
    from acmrules.syntax.tree import Data, Pointer
    from acmrules.unresolved import Text, Unresolved, UnresolvedNames

    Found = tuple[Text, Pointer, Origin | None]
    """A text, where it stands, and where it comes from if that is elsewhere."""
    Listed = tuple[Text | UnresolvedNames, Pointer, Origin | None]
    """A text of a list, or any number of them that is not known."""
    Element = tuple[Data, Pointer]
    """Data, and where it stands."""

    class ValueReader(Protocol):
        """Reads values from data; raises `TypeMismatchError` for data of the wrong kind."""

        def settle(self, data: Data, pointer: Pointer) -> Element:
            """Return data with its alternatives decided; `None` is absence."""

        def unknown(self, data: Data, pointer: Pointer) -> Unresolved | None:
            """Return what settled data leaves unknown as a whole; `None` if it is plain."""

        def text(self, data: Data, pointer: Pointer) -> Found | None:
            """Return a text, `None` for an absent one."""

        def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
            """Return the present texts of a list."""

        def elements(self, data: Data, pointer: Pointer) -> list[Element]:
            """Return the present items of a list; an unknown list is its own only item."""


class LiteralReader:
    """The language of data that means itself: a text is a text."""

    def settle(self, data: Data, pointer: Pointer) -> Element:
        """Return the data; raise `TypeMismatchError` for null."""
        if data is None:
            raise TypeMismatchError.of(pointer, data, "a value")
        return data, pointer

    def unknown(self, data: Data, pointer: Pointer) -> Unresolved | None:  # noqa: ARG002
        """Return `None`: nothing is unknown."""
        return None

    def text(self, data: Data, pointer: Pointer) -> Found | None:
        """Return the text; raise `TypeMismatchError` for anything else."""
        if type(data) is not str:
            raise TypeMismatchError.of(pointer, data, "a text")
        return data, pointer, None

    def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
        """Return the texts; raise `TypeMismatchError` for anything else."""
        found = (self.text(*element) for element in self.elements(data, pointer))
        return [each for each in found if each]

    def elements(self, data: Data, pointer: Pointer) -> list[Element]:
        """Return the items; raise `TypeMismatchError` for what is no list."""
        if type(data) is not list:
            raise TypeMismatchError.of(pointer, data, "a list")
        return [(item, (*pointer, index)) for index, item in enumerate(data)]


class Fields:
    """The members of a mapping; reading one may raise `TypeMismatchError`."""

    __slots__ = ("data", "language", "pointer")

    def __init__(self, language: ValueReader, data: Data, pointer: Pointer) -> None:
        """Raise `TypeMismatchError` for what is no mapping."""
        self.language = language
        data, self.pointer = language.settle(data, pointer)
        if data is not None and type(data) is not dict:
            raise TypeMismatchError.of(self.pointer, data, "a mapping")
        self.data: dict[str, Data] = data or {}

    def __contains__(self, member: str) -> bool:
        return member in self.data and self.language.settle(*self.member(member))[0] is not None

    def member(self, member: str) -> Element:
        """Return a member as it is written."""
        return self.data[member], (*self.pointer, member)

    def inner(self, member: str) -> Fields:
        """Return a member that is a mapping."""
        return Fields(self.language, self.data.get(member, {}), (*self.pointer, member))

    def text(self, member: str) -> Found | None:
        """Return a member that is a text."""
        data = self.data.get(member)
        if type(data) is str and "{{" not in data:
            return data, (*self.pointer, member), None
        return self.language.text(*self.member(member)) if member in self.data else None

    def literal(self, member: str) -> str:
        """Return a member's text where it is known, else the empty text."""
        found = self.text(member)
        return found[0] if found and isinstance(found[0], str) else ""

    def texts(self, member: str) -> list[Listed]:
        """Return a member that is a list of texts."""
        return self.language.texts(*self.member(member)) if member in self.data else []

    def elements(self, member: str) -> list[Element]:
        """Return the items of a member that is a list."""
        return self.language.elements(*self.member(member)) if member in self.data else []

    def each(self, member: str) -> list[Fields]:
        """Return the items of a member that is a list of mappings."""
        return [Fields(self.language, *element) for element in self.elements(member)]
