"""Adds suppressions to files: a comment at each finding, or metadata where there is no comment."""

from __future__ import annotations

import contextlib
import re
from bisect import bisect_left

from acmrules.lint.suppressions.scan import ANNOTATION
from acmrules.readers import registry
from acmrules.syntax.edits import (
    EditError,
    TextEdit,
    ValueEdit,
    apply,
    editor_of,
    line_break,
    line_start,
)
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import KEY, mapping
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from acmrules.lint.findings import Finding
    from acmrules.lint.fixes import Run
    from acmrules.model.placed import Location
    from acmrules.syntax.tree import Data, Pointer, Tree

_ABOUT_SUPPRESSIONS = "ACM9"
"""The beginning of the ids of the rules about suppressions, which no suppression covers."""

_line_end = re.compile(r"[\r\n]|\Z").search

BEHIND, ABOVE, DATA = "behind", "above", "data"
"""Where a suppression can be: behind the code of a line, in a line above it, or in data."""


class Place(Value):
    """A place for one suppression: the file, and the offset or the pointer of an object."""

    file: str
    form: str
    offset: int = 0
    pointer: Pointer = ()


class Added(Value):
    """The new texts by file name, and the findings that they suppress and do not suppress.

    `before` are the texts without the suppressions. Each finding in `rejected` has a reason.
    """

    texts: dict[str, str]
    before: dict[str, str]
    suppressed: tuple[Finding, ...]
    rejected: tuple[tuple[Finding, str], ...]


def add_suppressions(
    run: Run,
    texts: Mapping[str, str],
    reason: str,
    *,
    may_edit: Callable[[str], bool],
    is_meant: Callable[[Finding], bool] = lambda _: True,
) -> Added:
    """Suppress the findings of a run, each at the first place where that has the wanted effect.

    Only findings that are meant are suppressed, in files that may be edited. `texts` are the new
    texts of files that were fixed. The texts with suppressions are checked: a place is given up if
    its comment would change what the file declares, if the finding remains, or if the suppression
    is unused.
    """
    layouts: dict[str, _Layout] = {}
    attempts = [
        _Attempt(finding, may_edit, layouts)
        for merged in run.findings(texts)
        for finding in merged.all()
        if is_meant(finding)
    ]
    edited = _settled(run, texts, attempts, layouts, reason)
    return Added(
        edited.texts,
        {name: layout.source.text for name, layout in layouts.items()},
        tuple(each.finding for each in attempts if each.places),
        tuple((each.finding, each.why_not) for each in attempts if not each.places),
    )


def suppressions_apart(
    run: Run, reason: str, *, may_edit: Callable[[str], bool]
) -> list[tuple[TextEdit, ...]]:
    """Return for each finding of a run the edits that suppress it alone, none without a place.

    The texts with all suppressions are checked at once, as by `add_suppressions`.
    """
    layouts: dict[str, _Layout] = {}
    attempts = [
        [_Attempt(finding, may_edit, layouts) for finding in merged.all()]
        for merged in run.findings({})
    ]
    _settled(run, {}, [each for own in attempts for each in own], layouts, reason)
    found: list[tuple[TextEdit, ...]] = []
    for own in attempts:
        places = dict.fromkeys(each.places[0] for each in own if each.places)
        is_whole = all(each.places for each in own)
        rule = own[0].finding.rule.id
        edits = (_edits(layouts[place.file], place, rule, reason) for place in places)
        found.append(tuple(edit for each in edits for edit in each) if is_whole else ())
    return found


def _settled(
    run: Run,
    texts: Mapping[str, str],
    attempts: Sequence[_Attempt],
    layouts: Mapping[str, _Layout],
    reason: str,
) -> _Edited:
    """Give places up until the suppressions at the first place of each attempt work together."""
    declared = _declared(run, texts)
    while True:
        chosen: dict[Place, list[_Attempt]] = {}
        for each in attempts:
            if each.places:
                chosen.setdefault(each.places[0], []).append(each)
        edited = _edited(layouts, chosen, reason)
        failed = edited.failed or _failed(run, {**texts, **edited.texts}, chosen, edited, declared)
        if not failed:
            return edited
        for each in failed:
            each.give_up(layouts)


def has_place(finding: Finding, may_edit: Callable[[str], bool]) -> bool:
    """Return whether there is a place to try for the suppression of a finding."""
    return bool(_Attempt(finding, may_edit, {}).places)


class _Attempt:
    """A finding, and the places that are left to suppress it, the best one first."""

    def __init__(
        self, finding: Finding, may_edit: Callable[[str], bool], layouts: dict[str, _Layout]
    ) -> None:
        self.finding = finding
        self.places: list[Place] = []
        self.why_not = "there is no place for a suppression; use a baseline"
        self._objects_of: list[Location] = []
        if finding.rule.id.startswith(_ABOUT_SUPPRESSIONS):
            self.why_not = "edit the suppression"
            return
        locations = [finding.location]
        locations += [each.location for each in finding.related if each.is_definition]
        found = [each for each in locations if each is not None and may_edit(each.file)]
        for each in found:
            layout = layouts.setdefault(each.file, _Layout(each.source))
            self.places += layout.comments(each.start)
        self._objects_of = found
        if not self.places:
            self._add_objects(layouts)

    @property
    def key(self) -> tuple[object, ...]:
        """What identifies the finding in new text, whose lines differ."""
        return _key(self.finding)

    def give_up(self, layouts: Mapping[str, _Layout]) -> None:
        """Remove the first place; after the last comment, add the objects with metadata."""
        del self.places[0]
        if not self.places:
            self._add_objects(layouts)

    def _add_objects(self, layouts: Mapping[str, _Layout]) -> None:
        for each in self._objects_of:
            self.places += layouts[each.file].objects(each.start)
        self._objects_of = []


# Places


class _Layout:
    """The source of a file, and where it can have suppressions; it is parsed once."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._closed: list[tuple[int, int]] | None = None
        self._has_comments: bool | None = None
        self._objects: list[tuple[int, int, Place]] | None = None
        self._trees: list[Tree] | None = None

    def comments(self, offset: int) -> Iterator[Place]:
        """Yield the places for a comment about the line of an offset."""
        source = self.source
        if self._has_comments is None:
            self._closed = registry.closed_ranges(source)
            self._has_comments = self._closed is not None
        if self._closed is None:
            return
        match = _line_end(source.text, offset)
        end = match.start() if match else len(source.text)
        start = line_start(source.text, offset)
        if not _is_inside(end, self._closed):
            yield Place(source.name, BEHIND, end)
        if not _is_inside(start, self._closed):
            yield Place(source.name, ABOVE, start)

    def objects(self, offset: int) -> Iterator[Place]:
        """Yield the resource or the manifest of an offset, if it can have a suppression."""
        if self._objects is None:
            self._objects = [
                (
                    tree.place((*pointer, KEY))[0],
                    tree.place(pointer)[1],
                    Place(self.source.name, DATA, tree.place(())[0], pointer),
                )
                for tree in self.trees
                for pointer in _resources(tree)
            ]
        for start, end, place in self._objects:
            if start <= offset < end:
                yield place

    @property
    def trees(self) -> list[Tree]:
        """The values or documents of the file, none if it cannot have metadata."""
        if self._trees is None:
            self._trees = []
            if registry.reader_of(self.source.name).is_structured:
                with contextlib.suppress(InputError):
                    self._trees = [*trees(self.source, texts=True)]
        return self._trees


def _is_inside(offset: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Return whether an offset is inside one of some sorted ranges that do not overlap."""
    before = bisect_left(ranges, (offset, -1)) - 1
    return before >= 0 and ranges[before][0] < offset < ranges[before][1]


def _resources(tree: Tree) -> Iterator[Pointer]:
    """Yield the pointers of the resources of a template, or of the manifests of Kubernetes."""
    data = mapping(tree.data)
    for name, resource in mapping(data.get("Resources")).items():
        if "Type" in mapping(resource):
            yield "Resources", name
    items = data.get("items")
    for index, each in enumerate(items if isinstance(items, list) else ()):
        if "metadata" in mapping(each):
            yield "items", index
    if "apiVersion" in data and "metadata" in data:
        yield ()


# Texts


class _Edited(Value):
    """New texts, the ranges of the suppressions in them by place, and what cannot be added."""

    texts: dict[str, str]
    ranges: dict[Place, tuple[int, int]]
    failed: tuple[_Attempt, ...] = ()


def _edited(
    layouts: Mapping[str, _Layout], chosen: Mapping[Place, list[_Attempt]], reason: str
) -> _Edited:
    """Return the texts with a suppression at each place."""
    edits: dict[str, list[tuple[TextEdit, Place]]] = {}
    for place, attempts in chosen.items():
        rules = ", ".join(sorted({each.finding.rule.id for each in attempts}))
        try:
            made = _edits(layouts[place.file], place, rules, reason)
        except EditError:
            return _Edited({}, {}, tuple(attempts))
        edits.setdefault(place.file, []).extend((edit, place) for edit in made)
    texts: dict[str, str] = {}
    ranges: dict[Place, tuple[int, int]] = {}
    for name, own in edits.items():
        own.sort(key=lambda pair: (pair[0].start, pair[0].end))
        texts[name] = apply(layouts[name].source.text, [edit for edit, _ in own])
        shift = 0
        for edit, place in own:
            start = edit.start + shift
            ranges[place] = start, start + len(edit.text)
            shift += len(edit.text) - (edit.end - edit.start)
    return _Edited(texts, ranges)


def _edits(layout: _Layout, place: Place, rules: str, reason: str) -> Iterable[TextEdit]:
    """Return the edits that add a suppression; raises `EditError`."""
    source = layout.source
    comment = f"# acmrules: ignore[{rules}]: {reason}"
    if place.form == BEHIND:
        return [TextEdit(source, place.offset, place.offset, f"  {comment}")]
    if place.form == ABOVE:
        rest = source.text[place.offset :]
        indent = rest[: len(rest) - len(rest.lstrip(" \t"))]
        text = f"{indent}{comment}{line_break(source.text)}"
        return [TextEdit(source, place.offset, place.offset, text)]
    tree = next(each for each in layout.trees if each.place(())[0] == place.offset)
    change = _change(tree.data, place.pointer, f"{rules}: {reason}")
    return editor_of(tree).edits(tree, change)


def _change(data: Data, pointer: Pointer, entry: str) -> ValueEdit:
    """Return the change that adds an entry to the metadata of a resource or a manifest.

    Raises `EditError` if something else is in the place of the metadata.
    """
    value = data
    for step in pointer:
        value = value[step]
    if pointer[:1] == ("Resources",):
        steps: tuple[str, ...] = ("Metadata", "acmrules", "ignore")
        new: Data = [entry]
    else:
        steps, new = ("metadata", "annotations", ANNOTATION), entry
    for index, step in enumerate(steps):
        if not isinstance(value, dict):
            raise EditError("the metadata is not a mapping")
        known = value.get(step)
        if known is None:
            for inner in reversed(steps[index + 1 :]):
                new = {inner: new}
            return ValueEdit((*pointer, *steps[: index + 1]), new, insert=True)
        value = known
    if isinstance(value, list):
        return ValueEdit((*pointer, *steps, len(value)), entry, insert=True)
    return ValueEdit((*pointer, *steps), f"{value}\n{entry}")


# Effects


def _declared(run: Run, texts: Mapping[str, str]) -> dict[str, list[object]]:
    """Return what each file declares, without what suppressions may change."""
    found: dict[str, list[object]] = {}
    for each in run.declarations(texts):
        variants = [(v.request, v.consumers, v.names, v.condition) for v in each.variants]
        for file in {*each.files()}:
            found.setdefault(file, []).append((each.address, variants))
    return found


def _failed(
    run: Run,
    texts: Mapping[str, str],
    chosen: Mapping[Place, list[_Attempt]],
    edited: _Edited,
    declared: Mapping[str, list[object]],
) -> tuple[_Attempt, ...]:
    """Return the findings whose suppressions do not have the wanted effect."""
    found = _declared(run, texts)
    changed = {name for name in edited.texts if found.get(name) != declared.get(name)}
    if changed:
        return tuple(each for place, own in chosen.items() if place.file in changed for each in own)
    after = [each for merged in run.findings(texts) for each in merged.all()]
    left = {_key(each) for each in after}
    failed = [each for own in chosen.values() for each in own if each.key in left]
    for place, own in chosen.items():
        start, end = edited.ranges[place]
        wrong = [
            each.message
            for each in after
            if each.rule.id.startswith(_ABOUT_SUPPRESSIONS)
            and each.location is not None
            and each.file == place.file
            and start <= each.location.start < end
        ]
        failed += [
            each
            for each in own
            if each not in failed and any(each.finding.rule.id in message for message in wrong)
        ]
    return tuple(failed)


def _key(finding: Finding) -> tuple[object, ...]:
    return finding.rule.id, finding.file, finding.address, finding.path, finding.value
