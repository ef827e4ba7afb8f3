"""A JSON text as plain data, with the place of every value on demand.

The places are found with the same scanner that reads the data: it skips a value at the speed at
which it reads one, and what it found in a mapping or list is kept.
"""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder

from acmrules.syntax.source import InputError
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer, Step

    Member = tuple[int, int, int, int]
    """Where a key begins and ends, and its value; an item's key is its first character."""

_BLANKS = re.compile(r"[ \t\r\n]*")
_DECODER = JSONDecoder()
# In templates a number is a text as soon as it is used, and `1.10` is not `1.1`.
_DECODER_OF_TEXTS = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


class JsonTree:
    """One JSON value of a text; with `texts`, numbers are kept as they are written."""

    __slots__ = ("_known", "_start", "data", "end", "source")

    EDITS = "acmrules.syntax.json.edits"

    def __init__(self, source: Source, start: int = 0, *, texts: bool = False) -> None:
        """Raise `InputError` where there is no JSON value at `start`."""
        self.source = source
        self._start = _skip_blanks(source.text, start)
        self._known: dict[int, dict[Step, Member]] = {}
        decoder = _DECODER_OF_TEXTS if texts else _DECODER
        self.data: Data
        try:
            self.data, self.end = decoder.raw_decode(source.text, self._start)
        except JSONDecodeError as error:
            fault = error.msg[:1].lower() + error.msg[1:]
            raise InputError(
                source.name, f"is not JSON: {fault}", source.position(error.pos)
            ) from None
        except ValueError:
            # An integer of more digits than the interpreter converts.
            position = source.position(self._start)
            raise InputError(source.name, "holds a number that is too long", position) from None
        except RecursionError:
            raise InputError(source.name, "is nested too deeply") from None

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return where a value stands, a text without its quotes."""
        if pointer and pointer[-1] == KEY:
            return self._member(pointer[:-1])[:2]
        start, end = self._member(pointer)[2:]
        return (start + 1, end - 1) if self.source.text[start] == '"' else (start, end)

    def members(self, pointer: Pointer) -> tuple[int, dict[Step, Member]]:
        """Return where a mapping or list begins, and where its members stand."""
        start = self._member(pointer)[2]
        return start, self._inside(start)

    def _member(self, pointer: Pointer) -> Member:
        member = self._start, self._start + 1, self._start, self.end
        for step in pointer:
            member = self._inside(member[2])[step]
        return member

    def _inside(self, start: int) -> dict[Step, Member]:
        if start not in self._known:
            self._known[start] = dict(self._members(start))
        return self._known[start]

    def _members(self, start: int) -> Iterator[tuple[Step, Member]]:
        text = self.source.text
        of_mapping = text[start] == "{"
        place, index = _skip_blanks(text, start + 1), 0
        while text[place] not in "]}":
            step: Step = index
            key_start = key_end = place
            if of_mapping:
                step, end = _DECODER.raw_decode(text, place)
                key_start, key_end = place + 1, end - 1
                place = _skip_blanks(text, _skip_blanks(text, end) + 1)
            _, end = _DECODER_OF_TEXTS.raw_decode(text, place)
            yield step, (key_start, max(key_end, key_start + 1), place, end)
            place = _skip_blanks(text, end)
            if text[place] == ",":
                place = _skip_blanks(text, place + 1)
            index += 1

    def rest(self) -> int:
        """Return where the text goes on after the value and blanks."""
        return _skip_blanks(self.source.text, self.end)


def _skip_blanks(text: str, place: int) -> int:
    found = _BLANKS.match(text, place)
    return found.end() if found else place
