"""Changes of a parsed file, and what becomes of its text, whatever the format."""

from __future__ import annotations

import re

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Protocol, TypeVar

    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer, Tree

    T_contra = TypeVar("T_contra", contravariant=True)

    Span = tuple[int, int]
    Changes = Iterable[tuple[Tree, "ValueEdit"]]
    Edits = list[tuple[int, int, str]]
    """Edits of one text: start offset, end offset, and replacement."""

    class Editor(Protocol[T_contra]):
        """A module that edits the files of one format, named by `Tree.EDITS`."""

        def edits(self, tree: T_contra, change: ValueEdit) -> tuple[TextEdit, ...]:
            """Return the edits that make a change; raise `EditError` if it is impossible."""

        def aliased_as(self, tree: T_contra, pointer: Pointer) -> str:
            """Describe what else uses a value, such as YAML aliases; empty if nothing does."""

        def matches_after(
            self, before: Source, changes: Iterable[tuple[T_contra, ValueEdit]], after: Source
        ) -> bool:
            """Return whether `after` reads like `before` with the changes; raise `InputError`."""


class ValueEdit(Value):
    """A new text for what a pointer leads to; `None` takes it away.

    With `insert`, the value (plain data) is a new last item of a list or a new member of a
    mapping, and the pointer leads to where it will be.
    """

    pointer: Pointer
    value: Data
    insert: bool = False


class TextEdit(Value):
    """Some characters of a text, and what is to stand there instead."""

    source: Source
    start: int
    end: int
    text: str


class EditError(Exception):
    """What keeps a change from being made in a text."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def apply(text: str, edits: Iterable[TextEdit]) -> str:
    """Return a text with edits made that do not overlap; nothing else in it changes."""
    pieces: list[str] = []
    place = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += text[place : edit.start], edit.text
        place = edit.end
    return "".join([*pieces, text[place:]])


def by_tree(changes: Changes) -> dict[int, list[ValueEdit]]:
    """Return the changes of each tree, by where it stands: none moves what a later one means."""
    by: dict[int, list[ValueEdit]] = {}
    for tree, change in changes:
        by.setdefault(tree.place(())[0], []).append(change)
    for several in by.values():
        several.sort(key=lambda c: [(type(s) is str, s) for s in c.pointer], reverse=True)
    return by


def editor_of(tree: Tree) -> Editor[Any]:
    """Return the module that edits a tree, loaded when it is first needed."""
    editor: Editor[Any] = __import__(tree.EDITS, fromlist=["edits"])
    return editor


def trees_match_after(before: Iterable[Tree], changes: Changes, after: Iterable[Tree]) -> bool:
    """Return whether `before` with the changes has the data of `after`; alters `before`."""
    changes_of = by_tree(changes)
    expected = []
    for tree in before:
        for change in changes_of.get(tree.place(())[0], ()):
            alter(tree.data, change)
        expected.append(tree.data)
    return expected == [tree.data for tree in after]


def alter(data: Data, change: ValueEdit) -> None:
    """Make a change in plain data."""
    *way, last = change.pointer
    for step in way:
        data = data[step]
    if change.insert and type(data) is list:
        data.insert(int(last), change.value)
    elif change.value is None:
        del data[last]
    else:
        data[last] = change.value


def line_break(text: str) -> str:
    """Return how the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n"


def _line_break(text: str, place: int) -> str:
    """Return the line break that stands at a place, the empty text for none."""
    return next((sign for sign in ("\r\n", "\n", "\r") if text.startswith(sign, place)), "")


def line_start(text: str, place: int) -> int:
    """Return where the line of a place begins."""
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


class TextLayout:
    """A text with the comments of its format, asked for what stands around a value."""

    def __init__(self, text: str, comment: str = "(?!)") -> None:
        self.text = text
        self._gap = re.compile(rf"(?:[ \t\r\n]|{comment})*", re.DOTALL)
        self._rest = re.compile(rf"[ \t]*(?:{comment})?(?=[\r\n]|\Z)")

    def next(self, place: int) -> int:
        """Return where the text goes on after blanks and comments."""
        found = self._gap.match(self.text, place)
        return found.end() if found else place

    def rest(self, place: int) -> int | None:
        """Return the end of a line that has nothing more than a comment, `None` if it has."""
        found = self._rest.match(self.text, place)
        return found.end() if found else None

    def starts_line(self, place: int) -> bool:
        """Say whether nothing stands before a place in its line."""
        return not self.text[line_start(self.text, place) : place].strip(" \t")

    def without_lines(self, start: int, end: int) -> Edits | None:
        """Take the whole lines out that a value has for itself, its comment among them."""
        rest = self.rest(end)
        if rest is None or not self.starts_line(start):
            return None
        begin = line_start(self.text, start)
        behind = rest + len(_line_break(self.text, rest))
        if behind == rest and begin:
            # Nothing ends the last line, so nothing shall end the one that is the last now.
            begin -= 2 if self.text.startswith("\r\n", begin - 2) else 1
        return [(begin, behind, "")]

    # What stands in brackets, with commas between

    def without_item(self, spans: list[Span], index: int) -> Edits:
        """Take an item out, not the only one, with one of the commas beside it."""
        start, end = spans[index]
        comma = self._comma(end)
        lines = self.without_lines(start, end if comma is None else comma + 1)
        before = None if comma is not None else self._comma(spans[index - 1][1])
        if lines:
            return lines if before is None else [(before, before + 1, ""), *lines]
        if index and self._only_comma(spans[index - 1][1], start):
            return [(spans[index - 1][1], end, "")]
        if not index and self._only_comma(end, spans[1][0]):
            return [(start, spans[1][0], "")]
        at = comma if before is None else before
        return sorted([(start, end, ""), (at, at + 1, "")]) if at is not None else []

    def with_item(self, opening: int, spans: list[Span], item: str) -> Edits:
        """Add a last item in the way the others are written; `opening` is behind the bracket."""
        if not spans:
            return [(opening, opening, item)]
        start, end = spans[-1]
        comma = self._comma(end)
        behind = end if comma is None else comma + 1
        rest = self.rest(behind)
        if rest is not None and self.starts_line(start):
            indent = self.text[line_start(self.text, start) : start]
            added = f"{line_break(self.text)}{indent}{item}{'' if comma is None else ','}"
            return [*([(end, end, ",")] if comma is None else []), (rest, rest, added)]
        gap = self.text[spans[-2][1] : start] if len(spans) > 1 else ""
        gap = gap if gap.strip(" ") == "," else ", "
        return [(behind, behind, f"{gap}{item}" if comma is None else f" {item},")]

    def _comma(self, place: int) -> int | None:
        found = self.next(place)
        return found if self.text.startswith(",", found) else None

    def _only_comma(self, start: int, end: int) -> bool:
        return not self.text[start:end].strip(" \t\r\n,")
