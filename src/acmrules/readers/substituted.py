"""Values in which a reader has replaced the variables of a tool, each with its origin."""

from __future__ import annotations

from acmrules.model.locations import Origin
from acmrules.readers.evaluated import EvaluatedReader, Node
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.readers.fields import Element, Found, Listed
    from acmrules.syntax.tree import Data, Pointer
    from acmrules.unresolved import Text

_NOWHERE = Source("", "")
_LONGEST = 65_536


class Substituted(Node):
    """A value that an expression evaluates to: a string, or a list of such values.

    `definition` is the pointer to the literal, if the file has it, and `note` describes it.
    `option` is the name of the option whose default the value is, if it is nothing else.
    """

    __slots__ = ("definition", "option")

    def __init__(
        self, value: Data, definition: Pointer | None = None, note: str = "", option: str = ""
    ) -> None:
        super().__init__(value, _NOWHERE, 0, 0, note=note)
        self.definition = definition
        self.option = option

    @property
    def written(self) -> Origin | None:
        """Where the value comes from; `None` if that is only the expression."""
        if self.definition is None and not self.note:
            return None
        return Origin(self.definition, self.note)


def concatenated(texts: Iterable[Text | Unknown]) -> Text | None:
    """Return strings one after the other; `None` if they are too long."""
    pieces: list[str | Unknown] = []
    length = 0
    for text in texts:
        for piece in text.parts if isinstance(text, Unresolved) else (text,):
            length += len(str(piece))
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] += piece
            elif piece:
                pieces.append(piece)
    if length > _LONGEST:
        return None
    if any(isinstance(piece, Unknown) for piece in pieces):
        return Unresolved(tuple(pieces))
    return "".join(map(str, pieces))


class SubstitutedReader(EvaluatedReader):
    """A reader of substituted values, whose labels are in the syntax of their tool.

    The items of a list that an expression evaluates to are located at the expression.
    """

    def settle(self, data: Data, pointer: Pointer) -> Element:
        """Return a mapping where it is defined, and a list as it is; anything else is unwrapped."""
        if isinstance(data, Substituted):
            if type(data.value) is dict:
                return data.value, pointer if data.definition is None else data.definition
            if type(data.value) is list:
                return data, pointer
        return super().settle(data, pointer)

    def elements(self, data: Data, pointer: Pointer) -> list[Element]:
        """Return the items of a list where they are defined."""
        if isinstance(data, Substituted) and data.definition is not None:
            pointer = data.definition
        return super().elements(data, pointer)

    def text(self, data: Data, pointer: Pointer) -> Found | None:
        """Return a string, `None` for null; raises `TypeMismatchError` for lists and mappings."""
        found = super().text(data, pointer)
        if found is None or not isinstance(data, Substituted):
            return found
        return found[0], pointer, data.written

    def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
        """Return a list of strings; an unknown list is one entry for any number of strings."""
        if not isinstance(data, Substituted):
            return super().texts(data, pointer)
        value = data.value
        if type(value) is Unresolved and len(value.parts) == 1:
            value = value.unknowns[0]
        if type(value) is not list:
            return super().texts(value, pointer)
        found: list[Listed | None] = [self.text(item, pointer) for item in value]
        return [each for each in found if each]
