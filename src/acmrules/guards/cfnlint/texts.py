"""Places in templates: paths of positions, and templates without a file as text.

cfn-lint passes a template as a tree whose nodes have marks: their lines and columns, which start
at 0. Standard input and the API have no file, so their text is written from the tree.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter, itemgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint import Location

    Path = tuple[str | int, ...]
    Place = tuple[int, int, int, int]
    _Start = tuple[int, int]
    _Step = tuple[str | int, object]


class Paths:
    """The paths of positions in a template; the children of each node are sorted once."""

    def __init__(self, template: object) -> None:
        self._template = template
        self._sorted: dict[int, tuple[list[_Start], list[_Step]]] = {}

    def path_to(self, position: _Start) -> Path:
        """Return the path of the innermost value at a line and a column, which start at 1."""
        path: list[str | int] = []
        node = self._template
        while True:
            starts, steps = self._children(node)
            before = bisect_right(starts, position)
            if not before:
                return tuple(path)
            step, node = steps[bisect_left(starts, starts[before - 1])]
            path.append(str(step) if isinstance(step, str) else step)

    def _children(self, node: object) -> tuple[list[_Start], list[_Step]]:
        """Return the starts of the parts of a node, and the parts, in the order of the file."""
        if id(node) not in self._sorted:
            children = sorted(_children(node), key=itemgetter(0))
            self._sorted[id(node)] = [each[0] for each in children], [each[1:] for each in children]
        return self._sorted[id(node)]


def _children(node: object) -> Iterator[tuple[_Start, str | int, object]]:
    """Yield the start, the key or index, and the value of each part of a node that has a mark."""
    if isinstance(node, dict):
        for key, value in node.items():
            if start := _start(key):
                yield start, key, value
    elif isinstance(node, list):
        for index, value in enumerate(node):
            if start := _start(value):
                yield start, index, value


def _start(node: object) -> _Start | None:
    mark = getattr(node, "start_mark", None)
    return None if mark is None else (mark.line + 1, mark.column + 1)


@dataclass(frozen=True)
class Part:
    """A value or a key in the JSON: its offsets, its node, and its path in the template."""

    start: int
    end: int
    node: object
    path: Path

    @property
    def place(self) -> Place | None:
        """The place of the node, `None` if it has no marks."""
        first = getattr(self.node, "start_mark", None)
        last = getattr(self.node, "end_mark", None)
        if first is None or last is None:
            return None
        return first.line + 1, first.column + 1, last.line + 1, last.column + 1

    def place_of(self, start: int, end: int) -> Place | None:
        """Return the place of a range of offsets within the part.

        That of characters of a string is exact if it is on one line and has no escapes.
        """
        own = self.place
        if own is None or not isinstance(self.node, str) or own[0] != own[2]:
            return own
        quote = (own[3] - own[1] - len(self.node)) / 2
        if quote not in {0, 1} or self.end - self.start != len(self.node) + 2:
            return own
        origin = own[1] + int(quote) - self.start - 1
        first = max(start, self.start + 1)
        last = min(end, self.end - 1)
        return own[0], first + origin, own[2], last + origin


class WrittenTemplate:
    """A template as JSON text, with the node of each offset."""

    def __init__(self, template: object) -> None:
        self._written: list[str] = []
        self._length = 0
        self._parts: list[Part] = []
        self._value(template, ())
        self.text = "".join(self._written)

    def place(self, location: Location | None) -> tuple[Place | None, Path]:
        """Return the place and the path of the innermost marked part around a location."""
        if location is None:
            return None, ()
        path: Path | None = None
        for part in self._around(location.start, location.end):
            path = part.path if path is None else path
            if (place := part.place_of(location.start, location.end)) is not None:
                return place, path
        return None, path or ()

    def _around(self, start: int, end: int) -> Iterator[Part]:
        """Yield the parts around a range of offsets, the innermost first.

        A part is written after those that it contains, so the parts are sorted by their ends.
        """
        first = bisect_left(self._parts, end, key=attrgetter("end"))
        for index in range(first, len(self._parts)):
            if (part := self._parts[index]).start <= start:
                yield part

    def _write(self, text: str) -> None:
        self._written.append(text)
        self._length += len(text)

    def _value(self, node: object, path: Path) -> None:
        start = self._length
        if isinstance(node, dict):
            self._items("{}", node, path)
        elif isinstance(node, list):
            self._items("[]", node, path)
        else:
            self._write(json.dumps(node, ensure_ascii=False, default=str))
        self._parts.append(Part(start, self._length, node, path))

    def _items(self, brackets: str, node: dict[object, object] | list[object], path: Path) -> None:
        self._write(brackets[0])
        for index, each in enumerate(node):
            self._write(", " if index else "")
            if isinstance(node, dict):
                start = self._length
                self._write(json.dumps(str(each), ensure_ascii=False))
                self._parts.append(Part(start, self._length, each, (*path, str(each))))
                self._write(": ")
                self._value(node[each], (*path, str(each)))
            else:
                self._value(each, (*path, index))
        self._write(brackets[1])
