"""The resource at a position of a template, and the path of the value in it."""

from __future__ import annotations

from acmrules.syntax.source import InputError
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import KEY
from acmrules.workspace import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.syntax.tree import Pointer, TextTree

_OF_RESOURCE = 2
"""The length of the pointer to a resource: `Resources` and its logical ID."""


class TemplatePlaces:
    """The values of templates by line and column; each template is parsed once."""

    def __init__(self) -> None:
        self._templates: dict[str, tuple[list[TextTree], list[int]]] = {}

    def resource(self, file: str, line: int, column: int) -> tuple[str, str]:
        """Return the logical ID of the resource at a position, and the path in the resource.

        Without a resource, the logical ID is empty, and the path is that in the template. Steps of
        a path are separated by dots. Lines and columns start at 1.
        """
        pointer = self.pointer(file, line, column)
        if pointer[:1] == ("Resources",) and len(pointer) >= _OF_RESOURCE:
            return str(pointer[1]), ".".join(map(str, pointer[_OF_RESOURCE:]))
        return "", ".".join(map(str, pointer))

    def pointer(self, file: str, line: int, column: int) -> Pointer:
        """Return the pointer to the last value that begins at or before a position."""
        if file not in self._templates:
            self._templates[file] = _parsed(file)
        found, lines = self._templates[file]
        if not 0 < line <= len(lines):
            return ()
        offset = lines[line - 1] + column - 1
        before = [tree for tree in found if tree.place(())[0] <= offset]
        return _last_before(before[-1], offset) if before else ()


def _parsed(file: str) -> tuple[list[TextTree], list[int]]:
    """Return the trees of a file, and the offsets at which its lines begin."""
    try:
        source = files.decode(file, files.read_bytes(file))
        found = [*trees(source, texts=True)]
    except (InputError, RecursionError):
        return [], []
    return found, source.line_starts()


def _last_before(tree: TextTree, offset: int) -> Pointer:
    """Return the pointer to the last value that begins, with its key, at or before an offset."""
    pointer: Pointer = ()
    data = tree.data
    while True:
        found: Pointer | None = None
        if isinstance(data, dict):
            steps = [(*pointer, step) for step in data if isinstance(step, str)]
            found = _last(tree, steps, offset, KEY)
        elif isinstance(data, list):
            found = _last(tree, [(*pointer, index) for index in range(len(data))], offset)
        if found is None:
            return pointer
        pointer, data = found, data[found[-1]]


def _last(tree: TextTree, pointers: list[Pointer], offset: int, *key: int) -> Pointer | None:
    """Return the last of some pointers whose value, or its key, begins at or before an offset."""
    starts = [(tree.place((*each, *key))[0], index) for index, each in enumerate(pointers)]
    before = max(((start, index) for start, index in starts if start <= offset), default=None)
    return None if before is None else pointers[before[1]]
