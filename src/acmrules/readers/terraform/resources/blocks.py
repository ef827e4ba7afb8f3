"""Nested blocks of a TerraformReader resource as plain data."""

from __future__ import annotations

from acmrules.readers.evaluated import TerraformReader, unwrap
from acmrules.readers.fields import Fields
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.fields import Element, Listed
    from acmrules.syntax.tree import Data, Pointer


class _Blocks(TerraformReader):
    """The language of attributes, in which a block is a list of one mapping, and a text one of one.

    No block is an empty list.
    """

    def settle(self, data: Data, pointer: Pointer) -> Element:
        """Return the data, of a list of one mapping the mapping."""
        data, pointer = super().settle(data, pointer)
        if type(data) is list:
            if not data:
                return None, pointer
            if len(data) == 1 and type(unwrap(data[0])) is dict:
                return unwrap(data[0]), (*pointer, 0)
        return data, pointer

    def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
        """Return a list of texts, or one text as a list."""
        if isinstance(unwrap(data), str | Unresolved):
            found = self.text(data, pointer)
            return [found] if found and found[0] else []
        return super().texts(data, pointer)


BLOCKS = _Blocks()


def block_attributes(fields: Fields) -> Fields:
    """Return fields whose nested blocks read like attributes."""
    return Fields(BLOCKS, fields.data, fields.pointer)
