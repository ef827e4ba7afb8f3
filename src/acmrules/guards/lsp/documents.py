"""Open documents, and positions in the encoding that a client has chosen."""

from __future__ import annotations

import re

from acmrules.syntax.source import Source
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

UTF_8, UTF_16, UTF_32 = "utf-8", "utf-16", "utf-32"

_CODECS = {UTF_8: ("utf-8", 1), UTF_16: ("utf-16-le", 2), UTF_32: ("utf-32-le", 4)}
"""The codec of each encoding of positions, and the bytes of a unit."""

_half = re.compile("[\ud800-\udfff]")


class ClientPosition(Value):
    """A line and a character in it, both counted from 0, in the units of an encoding."""

    line: int
    character: int


class Encoding:
    """An encoding of positions: `utf-8`, `utf-16` or `utf-32`."""

    def __init__(self, name: str = UTF_16) -> None:
        self.name = name
        self._codec, self._bytes = _CODECS[name]

    def units(self, text: str) -> int:
        """Return the number of units of a string."""
        if text.isascii():
            return len(text)
        return len(text.encode(self._codec, "surrogatepass")) // self._bytes

    def place(self, source: Source, offset: int) -> ClientPosition:
        """Return the place of a character offset."""
        start = source.position(offset)
        before = source.text[offset - start.column + 1 : offset]
        return ClientPosition(start.line - 1, self.units(before))

    def offset(self, source: Source, place: ClientPosition) -> int:
        """Return the character offset of a place; beyond the end of a line, that end."""
        starts = source.line_starts()
        if place.line >= len(starts):
            return len(source.text)
        start = starts[max(place.line, 0)]
        line = source.line(max(place.line, 0) + 1)
        if line.isascii():
            return start + min(max(place.character, 0), len(line))
        data = line.encode(self._codec, "surrogatepass")[: max(place.character, 0) * self._bytes]
        return start + len(data.decode(self._codec, "ignore"))


class OpenDocument(Value):
    """An open document: its URI, the text, and the version of the client.

    `path` is absolute and normalized; it is empty if the document is not a file.
    """

    uri: str
    path: str
    language: str
    version: int
    source: Source

    @classmethod
    def of(cls, uri: str, path: str, language: str, version: int, text: str) -> Self:
        """Return a document with its text."""
        return cls(uri, path, language, version, Source(path or uri, whole(text)))

    @property
    def text(self) -> str:
        """The text, as the editor shows it."""
        return self.source.text

    def with_text(self, text: str, version: int) -> Self:
        """Return the document with another text."""
        return self.__replace__(source=Source(self.source.name, whole(text)), version=version)

    def edited(
        self,
        start: ClientPosition,
        end: ClientPosition,
        text: str,
        version: int,
        encoding: Encoding,
    ) -> Self:
        """Return the document with the text between two places replaced."""
        first, last = sorted(encoding.offset(self.source, place) for place in (start, end))
        return self.with_text(self.text[:first] + text + self.text[last:], version)


def whole(text: str) -> str:
    """Return a string without halves of surrogate pairs, which no file can have."""
    if _half.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
