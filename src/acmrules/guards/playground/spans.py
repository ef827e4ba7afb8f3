"""Places in the texts of the page, in UTF-16 code units, as JavaScript counts them."""

from __future__ import annotations

import os
import re
from bisect import bisect_left

from acmrules.syntax.source import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from acmrules.model.placed import Location
    from acmrules.syntax.source import Position

    Data = dict[str, object]

_MARK = "\ufeff"
_wide = re.compile("[\U00010000-\U0010ffff]")


class Spans:
    """The texts of a question, and the places in them."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._wide: dict[str, list[int]] = {}

    def has(self, name: str) -> bool:
        """Return whether a file is one of the texts."""
        return name in self._texts

    def of(self, location: Location | None) -> Data | None:
        """Return the span of a location, `None` if it is not in one of the texts."""
        if location is None:
            return None
        return self.between(location.source, location.start, location.end)

    def between(self, source: Source, start: int, end: int) -> Data | None:
        """Return the span between two offsets of a source, `None` if it is not one of the texts."""
        # A file that settings name has an absolute path.
        name = os.path.relpath(source.name) if os.path.isabs(source.name) else source.name
        text = self._texts.get(name)
        if text is None or not source.is_read:
            return None
        shift = 0
        if source.text != text:
            # A reader leaves the byte order mark out.
            if text != _MARK + source.text:
                return None
            shift = 1
        return {
            "file": name,
            "from": self._units(name, start + shift),
            "to": self._units(name, end + shift),
        }

    def beginning(self, name: str) -> Data | None:
        """Return the empty span at the beginning of a file, `None` if there is no such file."""
        return {"file": name, "from": 0, "to": 0} if name in self._texts else None

    def line_at(self, name: str, position: Position | None) -> Data | None:
        """Return the span from a position to the end of its line."""
        text = self._texts.get(name)
        if text is None or position is None:
            return None
        source = Source(name, text.removeprefix(_MARK))
        if position.line > len(source.line_starts()):
            return None
        first, line = source.line_starts()[position.line - 1], source.line(position.line)
        start = first + min(position.column - 1, len(line))
        return self.between(source, start, first + len(line))

    def _units(self, name: str, offset: int) -> int:
        """Return the number of code units before an offset of a file."""
        if name not in self._wide:
            text = self._texts[name]
            found = () if text.isascii() else _wide.finditer(text)
            self._wide[name] = [match.start() for match in found]
        return offset + bisect_left(self._wide[name], offset)
