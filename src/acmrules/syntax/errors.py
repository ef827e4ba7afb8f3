"""Errors of reading a value: any error, a type mismatch, a cyclic reference."""

from __future__ import annotations

from acmrules.errors import AcmRulesError
from acmrules.syntax.source import InputError
from acmrules.syntax.tree import KEY, NOT_RENDERED
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.syntax.tree import Pointer, Tree


class ReadError(AcmRulesError):
    """Data that a reader rejects: a pointer to it, and the reason."""

    def __init__(self, pointer: Pointer, fault: str) -> None:
        super().__init__(pointer, fault)
        self.pointer = pointer
        self.fault = fault

    def unreadable(self, tree: Tree) -> InputError:
        """Return the error for the user, with the name of the file and the position."""
        source = tree.source
        start, _ = tree.place(self.pointer)
        path = ".".join(str(step) for step in self.pointer if step != KEY)
        fault = f"`{path}` {self.fault}" if path else self.fault
        if source.text.startswith("{{", start):
            fault = NOT_RENDERED
        return InputError(source.name, fault, source.position(start))


class TypeMismatchError(ReadError):
    """A value of the wrong type."""

    @classmethod
    def of(cls, pointer: Pointer, value: object, expected: str) -> TypeMismatchError:
        """Return the error for a value where another type is expected, such as `a list`."""
        return cls(pointer, f"must be {expected}, not {_type_of(value)}")


class CyclicReferenceError(ReadError):
    """Elements that refer to each other in a cycle, by their names."""

    def __init__(self, pointer: Pointer, names: list[str]) -> None:
        listed = ", ".join(f"`{name}`" for name in names)
        cycle = f"is part of a reference cycle: {listed}"
        super().__init__(pointer, cycle if len(names) > 1 else "refers to itself")
        self.args = pointer, names


def _type_of(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, Unknown | UnresolvedNames):
        return "an unknown value"
    if isinstance(value, str | Unresolved):
        return "a string"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return "a boolean"
    # Parameters of a call may be objects of any type.
    return "a number" if isinstance(value, int | float) else f"`{type(value).__name__}`"
