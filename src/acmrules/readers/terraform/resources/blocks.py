"""Nested blocks of Terraform resources, read like attributes."""

from __future__ import annotations

from acmrules.readers.evaluated import TerraformReader, unwrap
from acmrules.readers.fields import Fields
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.fields import Element, Listed
    from acmrules.syntax.tree import Data, Pointer


class _Blocks(TerraformReader):
    """Reader of attributes in which a block is a list of one mapping.

    A missing block is an empty list, and a string is a list of one string.
    """

    def settle(self, data: Data, pointer: Pointer) -> Element:
        """Return the data; a list of one mapping becomes that mapping."""
        data, pointer = super().settle(data, pointer)
        if type(data) is list:
            if not data:
                return None, pointer
            if len(data) == 1 and type(unwrap(data[0])) is dict:
                return unwrap(data[0]), (*pointer, 0)
        return data, pointer

    def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
        """Return a list of strings; a single string becomes a list."""
        if isinstance(unwrap(data), str | Unresolved):
            found = self.text(data, pointer)
            return [found] if found and found[0] else []
        return super().texts(data, pointer)


BLOCKS = _Blocks()


def block_attributes(fields: Fields) -> Fields:
    """Return fields whose nested blocks read like attributes."""
    return Fields(BLOCKS, fields.data, fields.pointer)
