"""A JSON text as plain data, with the position of every value on demand.

The scanner that reads the data also finds the positions, because it skips a value as fast as it
reads one. The positions in a mapping or list are kept.
"""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder

from acmrules.messages import counted
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.syntax.tree import Data, Pointer, Step

    Member = tuple[int, int, int, int]
    """Start and end of a key, and of its value; an item's key is its first character."""

_BLANKS = re.compile(r"[ \t\r\n]*")
_DECODER = JSONDecoder()
# In templates, numbers become strings where they are used, and `1.10` is not `1.1`.
_DECODER_OF_TEXTS = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


class JsonTree:
    """One JSON value in a source; with `texts`, numbers are kept as strings, as written."""

    __slots__ = ("_known", "_start", "data", "end", "source")

    EDITS = "acmrules.syntax.json.edits"

    def __init__(self, source: Source, start: int = 0, *, texts: bool = False) -> None:
        """Raise `InputError` if there is no JSON value at `start`."""
        self.source = source
        self._start = _skip_blanks(source.text, start)
        self._known: dict[int, dict[Step, Member]] = {}
        decoder = _DECODER_OF_TEXTS if texts else _DECODER
        self.data: Data
        try:
            self.data, self.end = decoder.raw_decode(source.text, self._start)
        except JSONDecodeError as error:
            raise _error(source, error) from None
        except ValueError:
            # An integer with more digits than Python converts.
            position = source.position(self._start)
            raise InputError(source.name, "contains a number that is too long", position) from None
        except RecursionError:
            raise InputError(source.name, "is nested too deeply") from None

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return the start and end of a value, for a string without its quotes."""
        if pointer and pointer[-1] == KEY:
            return self._member(pointer[:-1])[:2]
        start, end = self._member(pointer)[2:]
        return (start + 1, end - 1) if self.source.text[start] == '"' else (start, end)

    def members(self, pointer: Pointer) -> tuple[int, dict[Step, Member]]:
        """Return the start of a mapping or list, and the positions of its members."""
        start = self._member(pointer)[2]
        return start, self._members_at(start)

    def keys(self, pointer: Pointer) -> Iterator[tuple[str, tuple[int, int]]]:
        """Yield the keys of a mapping with their positions, equal ones too."""
        for step, member in self._members(self._member(pointer)[2]):
            yield str(step), member[:2]

    def _member(self, pointer: Pointer) -> Member:
        member = self._start, self._start + 1, self._start, self.end
        for step in pointer:
            member = self._members_at(member[2])[step]
        return member

    def _members_at(self, start: int) -> dict[Step, Member]:
        if start not in self._known:
            self._known[start] = dict(self._members(start))
        return self._known[start]

    def _members(self, start: int) -> Iterator[tuple[Step, Member]]:
        text = self.source.text
        is_mapping = text[start] == "{"
        offset, index = _skip_blanks(text, start + 1), 0
        while text[offset] not in "]}":
            step: Step = index
            key_start = key_end = offset
            if is_mapping:
                step, end = _DECODER.raw_decode(text, offset)
                key_start, key_end = offset + 1, end - 1
                offset = _skip_blanks(text, _skip_blanks(text, end) + 1)
            _, end = _DECODER_OF_TEXTS.raw_decode(text, offset)
            yield step, (key_start, max(key_end, key_start + 1), offset, end)
            offset = _skip_blanks(text, end)
            if text[offset] == ",":
                offset = _skip_blanks(text, offset + 1)
            index += 1

    def rest(self) -> int:
        """Return the offset after the value and the whitespace that follows it."""
        return _skip_blanks(self.source.text, self.end)


def _error(source: Source, error: JSONDecodeError) -> InputError:
    """Return the error for text that is not JSON, or whose end is missing."""
    rest = source.text[error.pos :].rstrip()
    is_open = error.msg.startswith("Unterminated string") and not {"\n", "\r"} & {*rest}
    if source.text.strip() and (not rest or is_open):
        fault = (
            f"is JSON that ends after {counted(len(source.text.encode(errors='replace')), 'byte')}"
        )
    else:
        fault = f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}"
    return InputError(source.name, fault, source.position(error.pos))


def _skip_blanks(text: str, offset: int) -> int:
    match = _BLANKS.match(text, offset)
    return match.end() if match else offset
