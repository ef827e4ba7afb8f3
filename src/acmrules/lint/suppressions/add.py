"""Adds suppressions to files: a comment at each finding, or metadata where there is no comment."""

from __future__ import annotations

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
    from acmrules.model.declaration import Location
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
    attempts = [
        _Attempt(finding, may_edit)
        for merged in run.findings(texts)
        for finding in merged.all()
        if is_meant(finding)
    ]
    declared = _declared(run, texts)
    sources: dict[str, Source] = {}
    for each in attempts:
        sources |= {place.file: source for place, source in each.places}
    while True:
        chosen: dict[Place, list[_Attempt]] = {}
        for each in attempts:
            if each.places:
                chosen.setdefault(each.places[0][0], []).append(each)
        edited = _edited(sources, chosen, reason)
        failed = edited.failed or _failed(run, {**texts, **edited.texts}, chosen, edited, declared)
        if not failed:
            break
        for each in failed:
            del each.places[0]
    return Added(
        edited.texts,
        {name: source.text for name, source in sources.items()},
        tuple(each.finding for each in attempts if each.places),
        tuple((each.finding, each.why_not) for each in attempts if not each.places),
    )


class _Attempt:
    """A finding, and the places that are left to suppress it, the best one first."""

    def __init__(self, finding: Finding, may_edit: Callable[[str], bool]) -> None:
        self.finding = finding
        self.places: list[tuple[Place, Source]] = []
        self.why_not = "there is no place for a suppression, use a baseline"
        if finding.rule.id.startswith(_ABOUT_SUPPRESSIONS):
            self.why_not = "edit the suppression"
            return
        locations = [finding.location]
        locations += [each.location for each in finding.related if each.is_definition]
        found = [each for each in locations if each is not None and may_edit(each.file)]
        for location in found:
            self.places += [(place, location.source) for place in _comments(location)]
        for location in found:
            self.places += [(place, location.source) for place in _objects(location)]

    @property
    def key(self) -> tuple[object, ...]:
        """What identifies the finding in new text, whose lines differ."""
        return _key(self.finding)


# Places


def _comments(location: Location) -> Iterator[Place]:
    """Yield the places for a comment about the line of a location."""
    source = location.source
    closed = registry.closed_ranges(source)
    if closed is None:
        return
    match = _line_end(source.text, location.start)
    end = match.start() if match else len(source.text)
    start = line_start(source.text, location.start)
    if not _is_inside(end, closed):
        yield Place(source.name, BEHIND, end)
    if not _is_inside(start, closed):
        yield Place(source.name, ABOVE, start)


def _is_inside(offset: int, ranges: Sequence[tuple[int, int]]) -> bool:
    """Return whether an offset is inside one of some sorted ranges that do not overlap."""
    before = bisect_left(ranges, (offset, -1)) - 1
    return before >= 0 and ranges[before][0] < offset < ranges[before][1]


def _objects(location: Location) -> Iterator[Place]:
    """Yield the resource or the manifest of a location, if it can have a suppression."""
    source = location.source
    if not registry.reader_of(source.name).is_structured:
        return
    for tree in _trees(source):
        for pointer in _resources(tree):
            start, _ = tree.place((*pointer, KEY))
            if start <= location.start < tree.place(pointer)[1]:
                yield Place(source.name, DATA, tree.place(())[0], pointer)


def _trees(source: Source) -> list[Tree]:
    try:
        return [*trees(source, texts=True)]
    except InputError:
        return []


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
    sources: Mapping[str, Source], chosen: Mapping[Place, list[_Attempt]], reason: str
) -> _Edited:
    """Return the texts with a suppression at each place."""
    edits: dict[str, list[tuple[TextEdit, Place]]] = {}
    for place, attempts in chosen.items():
        rules = ", ".join(sorted({each.finding.rule.id for each in attempts}))
        source = sources[place.file]
        try:
            made = _edits(source, place, rules, reason)
        except EditError:
            return _Edited({}, {}, tuple(attempts))
        edits.setdefault(place.file, []).extend((edit, place) for edit in made)
    texts: dict[str, str] = {}
    ranges: dict[Place, tuple[int, int]] = {}
    for name, own in edits.items():
        own.sort(key=lambda pair: (pair[0].start, pair[0].end))
        texts[name] = apply(sources[name].text, [edit for edit, _ in own])
        shift = 0
        for edit, place in own:
            start = edit.start + shift
            ranges[place] = start, start + len(edit.text)
            shift += len(edit.text) - (edit.end - edit.start)
    return _Edited(texts, ranges)


def _edits(source: Source, place: Place, rules: str, reason: str) -> Iterable[TextEdit]:
    """Return the edits that add a suppression; raises `EditError`."""
    comment = f"# acmrules: ignore[{rules}]: {reason}"
    if place.form == BEHIND:
        return [TextEdit(source, place.offset, place.offset, f"  {comment}")]
    if place.form == ABOVE:
        rest = source.text[place.offset :]
        indent = rest[: len(rest) - len(rest.lstrip(" \t"))]
        text = f"{indent}{comment}{line_break(source.text)}"
        return [TextEdit(source, place.offset, place.offset, text)]
    tree = next(each for each in _trees(source) if each.place(())[0] == place.offset)
    change = _change(tree.data, place.pointer, f"{rules}: {reason}")
    return editor_of(tree).edits(tree, change)


def _change(data: Data, pointer: Pointer, entry: str) -> ValueEdit:
    """Return the change that adds an entry to the metadata of a resource or a manifest."""
    value = data
    for step in pointer:
        value = value[step]
    if pointer[:1] == ("Resources",):
        steps: tuple[str, ...] = ("Metadata", "acmrules", "ignore")
        new: Data = [entry]
    else:
        steps, new = ("metadata", "annotations", ANNOTATION), entry
    for index, step in enumerate(steps):
        known = mapping(value).get(step)
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
    now = _declared(run, texts)
    changed = {name for name in edited.texts if now.get(name) != declared.get(name)}
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
