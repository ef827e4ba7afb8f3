"""A plain list with one name per line: the names of one certificate, the primary name first."""

from __future__ import annotations

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.readers.texts import read_listed
from acmrules.request import CertificateRequest, Tool
from acmrules.syntax import pem
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.structured import looks_like_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.model.locations import PointerMap
    from acmrules.readers.options import Parameters
    from acmrules.syntax.edits import Changes, Edits, TextEdit, ValueEdit
    from acmrules.syntax.tree import Pointer

_MOST_WORDS = 3
_OF_OTHER_FORMATS = frozenset(" \t\"'={}")


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the certificate with the names of a list; `None` if it is empty.

    Text after a `#` is a comment. Raises `InputError` for binary files and for prose.
    """
    text = source.text
    if looks_like_json(text) or pem.BEGIN in text or pem.END in text:
        return None  # For example a private key, whose lines must not appear in a message.
    if "\0" in text:
        raise InputError(source.name, "is binary")
    lines = Lines(source)
    names = lines.data
    if not names or (source.name == "-" and not _may_be_names(text, names[0])):
        return None
    for index, name in enumerate(names):
        # Prose is not a list with invalid names, which a fix would rewrite.
        if len(name.split(None, _MOST_WORDS)) > _MOST_WORDS:
            position = source.position(lines.place((index,))[0])
            fault = "is not a list of names: the line has more than three words"
            raise InputError(source.name, fault, position)
    pointers: PointerMap = {("names", index): ((index,), None) for index in range(len(names))}
    pointers |= {(): ((0,), None), ("names",): ((), None)}
    request = CertificateRequest(
        tuple(map(read_listed, names)), tuple(names), region=parameters.region
    )
    return (
        Declaration(source, Tool.NAMES, "$", (Variant(request, (), Locations(lines, pointers)),)),
    )


class Lines:
    """The names of a list, one per line; the whole list has the position of its first name."""

    __slots__ = ("_starts", "data", "source")

    EDITS = "acmrules.readers.name_lists"

    def __init__(self, source: Source) -> None:
        self.source = source
        self.data: list[str] = []
        self._starts: list[int] = []
        start = 0
        for line in source.text.splitlines(keepends=True):
            name = line.partition("#")[0].strip()
            if name:
                self._starts.append(source.text.index(name, start))
                self.data.append(name)
            start += len(line)

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return the start and end of a name."""
        index = int(pointer[0]) if pointer else 0
        return self._starts[index], self._starts[index] + len(self.data[index])


def _may_be_names(text: str, line: str) -> bool:
    """Return whether standard input may be a list of names, valid or not, by its first line."""
    if "</" in text:
        return False  # HTML, whose tags look like placeholders.
    return line != "---" and not line.endswith(":") and not _OF_OTHER_FORMATS.intersection(line)


def edits(tree: Lines, change: ValueEdit) -> tuple[TextEdit, ...]:
    """Return the edits that make a change; raises `EditError`."""
    # Reading a list does not need these functions.
    from acmrules.syntax.edits import TextEdit

    return tuple(TextEdit(tree.source, *edit) for edit in _edits(tree, change))


def aliased_as(tree: Lines, pointer: Pointer) -> str:  # noqa: ARG001
    """Return an empty string, as a list of names has no aliases."""
    return ""


def matches_after(before: Source, changes: Changes, after: Source) -> bool:
    """Return whether `after` has the names of `before` with the changes."""
    from acmrules.syntax.edits import trees_match_after

    return trees_match_after([Lines(before)], changes, [Lines(after)])


def _edits(tree: Lines, change: ValueEdit) -> Edits:
    from acmrules.syntax.edits import EditError, TextLayout, line_break

    text = TextLayout(tree.source.text, r"#[^\r\n]*")
    if change.insert:
        _, end = tree.place((len(tree.data) - 1,))
        rest = text.rest(end)
        if type(change.value) is str and rest is not None:
            return [(rest, rest, line_break(text.text) + change.value)]
        raise EditError("a list can only contain names")
    start, end = tree.place(change.pointer)
    if change.value is not None:
        return [(start, end, change.value)]
    lines = text.without_lines(start, end)
    if lines is None:
        raise EditError("the name shares its line with another one")
    return lines
