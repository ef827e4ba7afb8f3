"""Changes of parsed files, and the edits of their text: what all formats share."""

from __future__ import annotations

import re

from acmrules.errors import AcmRulesError
from acmrules.syntax.tree import KEY
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
    """A new string for the value at a pointer; `None` removes the value.

    With `insert`, the value (plain data) is added as the last item of a list or as a new member of
    a mapping, and the pointer is its future position. A pointer to the key of a member renames it.
    """

    pointer: Pointer
    value: Data
    insert: bool = False


class OtherReference(Value):
    """An expression of Terraform that refers to another resource, as the value of an edit."""

    written: str


class TextEdit(Value):
    """A range of characters in a source, and its replacement."""

    source: Source
    start: int
    end: int
    text: str


class EditError(AcmRulesError):
    """The reason why a change cannot be made in a source."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def apply(text: str, edits: Iterable[TextEdit]) -> str:
    """Return text with edits applied, which must not overlap."""
    pieces: list[str] = []
    end = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += text[end : edit.start], edit.text
        end = edit.end
    return "".join([*pieces, text[end:]])


def by_tree(changes: Changes) -> dict[int, list[ValueEdit]]:
    """Return the changes of each tree, by the offset at which the tree begins.

    They are in an order in which no change moves the target of a later one.
    """
    changes_of: dict[int, list[ValueEdit]] = {}
    for tree, change in changes:
        changes_of.setdefault(tree.place(())[0], []).append(change)
    for own_changes in changes_of.values():
        own_changes.sort(key=lambda c: [(type(s) is str, s) for s in c.pointer], reverse=True)
        own_changes.sort(key=lambda c: c.pointer[-1:] == (KEY,))
    return changes_of


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
    *parents, last = change.pointer
    if last == KEY:
        last = parents.pop()
        for step in parents:
            data = data[step]
        data[change.value] = data.pop(last)
        return
    for step in parents:
        data = data[step]
    if change.insert and type(data) is list:
        data.insert(int(last), change.value)
    elif change.value is None:
        del data[last]
    else:
        data[last] = change.value


def line_break(text: str) -> str:
    """Return the line break that text uses."""
    return "\r\n" if "\r\n" in text else "\n"


def _line_break_at(text: str, offset: int) -> str:
    """Return the line break at an offset; empty if there is none."""
    return next((mark for mark in ("\r\n", "\n", "\r") if text.startswith(mark, offset)), "")


def line_start(text: str, offset: int) -> int:
    """Return the offset at which the line of an offset begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


class TextLayout:
    """The text of a format with comments, and the whitespace and commas around its values.

    `comment` is a regular expression for the comments of the format.
    """

    def __init__(self, text: str, comment: str = "(?!)") -> None:
        self.text = text
        self._gap = re.compile(rf"(?:[ \t\r\n]|{comment})*", re.DOTALL)
        self._rest = re.compile(rf"[ \t]*(?:{comment})?(?=[\r\n]|\Z)")

    def next(self, offset: int) -> int:
        """Return the offset after whitespace and comments."""
        match = self._gap.match(self.text, offset)
        return match.end() if match else offset

    def rest(self, offset: int) -> int | None:
        """Return the end of the line if only a comment follows in it; `None` otherwise."""
        match = self._rest.match(self.text, offset)
        return match.end() if match else None

    def starts_line(self, offset: int) -> bool:
        """Return whether only whitespace precedes an offset in its line."""
        return not self.text[line_start(self.text, offset) : offset].strip(" \t")

    def without_lines(self, start: int, end: int) -> Edits | None:
        """Remove the lines of a value with their comment; `None` if it shares a line."""
        rest = self.rest(end)
        if rest is None or not self.starts_line(start):
            return None
        begin = line_start(self.text, start)
        line_end = rest + len(_line_break_at(self.text, rest))
        if line_end == rest and begin:
            # The last line has no line break, so the new last line must not have one either.
            begin -= 2 if self.text.startswith("\r\n", begin - 2) else 1
        return [(begin, line_end, "")]

    # Items in brackets, separated by commas

    def without_item(self, spans: list[Span], index: int) -> Edits:
        """Remove one of several items, with the comma after or before it."""
        start, end = spans[index]
        comma = self._comma(end)
        lines = self.without_lines(start, end if comma is None else comma + 1)
        before = None if comma is not None else self._comma(spans[index - 1][1])
        if lines:
            return lines if before is None else [(before, before + 1, ""), *lines]
        if len(spans) == 1:
            return [(start, end if comma is None else comma + 1, "")]
        if index and self._only_comma(spans[index - 1][1], start):
            return [(spans[index - 1][1], end, "")]
        if not index and self._only_comma(end, spans[1][0]):
            return [(start, spans[1][0], "")]
        removed_comma = comma if before is None else before
        if removed_comma is None:
            raise EditError("the value is computed from others")
        return sorted([(start, end, ""), (removed_comma, removed_comma + 1, "")])

    def with_item(self, opening: int, spans: list[Span], item: str) -> Edits:
        """Add a last item in the layout of the others; `opening` is the end of the bracket."""
        if not spans:
            return [(opening, opening, item)]
        start, end = spans[-1]
        comma = self._comma(end)
        after = end if comma is None else comma + 1
        rest = self.rest(after)
        if rest is not None and self.starts_line(start):
            indent = self.text[line_start(self.text, start) : start]
            added = f"{line_break(self.text)}{indent}{item}{'' if comma is None else ','}"
            return [*([(end, end, ",")] if comma is None else []), (rest, rest, added)]
        gap = self.text[spans[-2][1] : start] if len(spans) > 1 else ""
        gap = gap if gap.strip(" ") == "," else ", "
        return [(after, after, f"{gap}{item}" if comma is None else f" {item},")]

    def _comma(self, offset: int) -> int | None:
        following = self.next(offset)
        return following if self.text.startswith(",", following) else None

    def _only_comma(self, start: int, end: int) -> bool:
        return not self.text[start:end].strip(" \t\r\n,")
