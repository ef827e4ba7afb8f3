"""Errors of reading a value: a fault with its place, a type mismatch, a cyclic reference."""

from __future__ import annotations

from acmrules.syntax.source import InputError
from acmrules.syntax.tree import KEY, NOT_RENDERED
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.syntax.tree import Pointer, Tree


class ReadError(Exception):
    """What keeps a reader from going on: the way to it, and what it is."""

    def __init__(self, pointer: Pointer, fault: str) -> None:
        super().__init__(pointer, fault)
        self.pointer = pointer
        self.fault = fault

    def unreadable(self, tree: Tree) -> InputError:
        """Return this as it is told to a person."""
        source = tree.source
        start, _ = tree.place(self.pointer)
        way = ".".join(str(step) for step in self.pointer if step != KEY)
        fault = f"`{way}` {self.fault}" if way else self.fault
        if source.text.startswith("{{", start):
            fault = NOT_RENDERED
        return InputError(source.name, fault, source.position(start))


class TypeMismatchError(ReadError):
    """A value that cannot be what its place asks for."""

    @classmethod
    def of(cls, pointer: Pointer, found: object, wanted: str) -> TypeMismatchError:
        """Make one for a value of the wrong kind."""
        return cls(pointer, f"is {_kind(found)}, where {wanted} belongs")


class CyclicReferenceError(ReadError):
    """Things that refer to each other in a circle, by their names."""

    def __init__(self, pointer: Pointer, names: list[str]) -> None:
        listed = ", ".join(f"`{name}`" for name in names)
        others = f"is in a circle of references: {listed}"
        super().__init__(pointer, others if len(names) > 1 else "refers to itself")


def _kind(found: object) -> str:
    if found is None:
        return "null"
    if isinstance(found, Unknown | UnresolvedNames):
        return "not known"
    if isinstance(found, str | Unresolved):
        return "a text"
    if isinstance(found, dict):
        return "a mapping"
    if isinstance(found, list):
        return "a list"
    return "a boolean" if isinstance(found, bool) else "a number"
