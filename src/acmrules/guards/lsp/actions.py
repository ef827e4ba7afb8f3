"""Code actions: the fix of a finding, all safe fixes of a file, and suppressions."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from itertools import takewhile
from os.path import normpath

from lsprotocol import types

from acmrules.guards.lsp.edits import workspace_edit
from acmrules.guards.lsp.offers import Edit
from acmrules.guards.lsp.schedule import Outdated
from acmrules.lint.fixes import EditError, FixPlan, apply_fixes, apply_until_stable, plan_fix
from acmrules.lint.suppressions.add import add_suppressions, has_place
from acmrules.workspace.checked_files import OneFile, SomeFindings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TypeVar

    from acmrules.guards.lsp.folders import Checked
    from acmrules.guards.lsp.server import Server
    from acmrules.lint.findings import Finding

    Result = TypeVar("Result")

FIX_ALL = "source.fixAll.acmrules"
QUICK_FIX = types.CodeActionKind.QuickFix
KINDS = [QUICK_FIX, FIX_ALL]


async def code_actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Return the actions for a range of a document.

    Their edits are made later if the client can request them, because each one is verified: the
    new texts are read and checked.
    """
    uri = params.text_document.uri
    if uri not in server.places:
        return []
    folder, path = server.places[uri]
    outcome = await server.schedule.current(folder)
    if outcome.checked is None:
        return []
    maker = _Maker(server, outcome.checked, path, server.configuration.reason)
    found = maker.actions(params.range, params.context.only)
    is_current = server.schedule.is_current(folder)

    async def inside(work: Callable[[], Result]) -> Result | None:
        return await server.schedule.apart(lambda: folder.inside(lambda: _if(is_current, work)))

    if not server.resolves_edits:
        return await inside(lambda: _with_edits(is_current, found)) or []
    actions = []
    for action, edit in await inside(lambda: [*found]) or ():
        action.data = server.offers.add(is_current, lambda edit=edit: inside(edit))  # type: ignore[misc]
        actions.append(action)
    return actions


def _if(is_current: Callable[[], bool], work: Callable[[], Result]) -> Result | None:
    """Return the result of work, `None` if the texts have changed meanwhile."""
    try:
        result = work() if is_current() else None
    except Outdated:
        return None
    return result if is_current() else None


def _with_edits(
    is_current: Callable[[], bool], found: Iterable[tuple[types.CodeAction, Callable[[], Edit]]]
) -> list[types.CodeAction]:
    """Return the actions that can be made, with their edits."""
    actions = []
    for action, edit in takewhile(lambda _: is_current(), found):
        action.edit = edit()
        if action.edit is not None:
            actions.append(action)
    return actions


class _Maker:
    """Makes the actions of a document from the check of its folder."""

    def __init__(self, server: Server, checked: Checked, path: str, reason: str) -> None:
        self._checked = checked
        self._path = path
        self._reason = reason
        self._writer = server.writer(checked.root)
        self._is_versioned = server.has_versioned_edits
        self._report = checked.check.report

    def actions(
        self, where: types.Range, wanted: Sequence[str] | None
    ) -> Iterator[tuple[types.CodeAction, Callable[[], Edit]]]:
        """Yield the actions of the wanted kinds, those of findings in a range, and their edits."""
        found = [
            (number, each)
            for number, each in enumerate(self._report.findings)
            if normpath(each.file) == self._path
        ]
        if _is_wanted(QUICK_FIX, wanted):
            here = [
                (each, self._writer.finding(each, number))
                for number, each in found
                if _overlap(self._writer.range(each.location), where)
            ]
            for finding, diagnostic in here:
                yield from self._fixes(finding, diagnostic)
            for finding, diagnostic in here:
                if has_place(finding, self._is_own):
                    title = f"Suppress {finding.rule.id} here"
                    action = types.CodeAction(title, QUICK_FIX, diagnostics=[diagnostic])
                    yield action, partial(self._suppressed, finding)
        plans = (plan for _, merged in found for each in merged.all() for plan in _plans(each))
        if _is_wanted(FIX_ALL, wanted) and any(plan.safe for plan in plans):
            title = "Apply all safe fixes of acmrules"
            yield types.CodeAction(title, FIX_ALL), self._all_fixed

    def _is_own(self, file: str) -> bool:
        return normpath(file) == self._path

    def _fixes(
        self, finding: Finding, diagnostic: types.Diagnostic
    ) -> Iterator[tuple[types.CodeAction, Callable[[], Edit]]]:
        """Yield the fixes of a finding, and of the others at its location."""
        for each in finding.all():
            for plan in _plans(each):
                mark = "" if plan.safe else " (unsafe: review it)"
                action = types.CodeAction(
                    title=_title(plan.description) + mark,
                    kind=QUICK_FIX,
                    diagnostics=[diagnostic],
                    is_preferred=True if plan.safe else None,
                )
                yield action, partial(self._fixed, each)

    def _fixed(self, finding: Finding) -> Edit:
        """Return the edit of a fix; it is refused if it would change other values too."""
        files = self._checked.check.files.anew()
        result = apply_fixes(SomeFindings(files, [finding]), unsafe=True)
        return self._edit(result.before, result.texts)

    def _all_fixed(self) -> Edit:
        """Return the edit that makes all safe fixes of the file."""
        files = OneFile(self._checked.check.files.anew(), self._path)
        result = apply_until_stable(files)
        return self._edit(result.before, result.texts)

    def _suppressed(self, finding: Finding) -> Edit:
        """Return the edit that adds a comment or metadata about a finding."""
        own = {*map(id, finding.all())}
        files = self._checked.check.files.anew()
        added = add_suppressions(
            files,
            {},
            self._reason,
            may_edit=self._is_own,
            is_meant=lambda each: id(each) in own,
        )
        return self._edit(added.before, added.texts)

    def _edit(self, before: Mapping[str, str], after: Mapping[str, str]) -> Edit:
        after = {name: text for name, text in after.items() if text != before[name]}
        if not after:
            return None
        return workspace_edit(
            self._writer,
            self._checked.documents,
            {normpath(name): text for name, text in before.items()},
            {normpath(name): text for name, text in after.items()},
            is_versioned=self._is_versioned,
        )


def _plans(finding: Finding) -> Iterator[FixPlan]:
    """Yield the plan of the fix of a finding, if it has one that can edit files."""
    if finding.fix is not None:
        with suppress(EditError):
            yield plan_fix(finding)


def _title(description: str) -> str:
    return description[:1].upper() + description[1:]


def _is_wanted(kind: str, wanted: Sequence[str] | None) -> bool:
    """Return whether a client wants actions of a kind; a kind includes those below it."""
    if not wanted:
        return True
    return any(kind == each or kind.startswith(f"{each}.") or not each for each in map(str, wanted))


def _overlap(one: types.Range, other: types.Range) -> bool:
    """Return whether two ranges have a place in common; the end of a range belongs to it."""
    return _key(one.start) <= _key(other.end) and _key(other.start) <= _key(one.end)


def _key(place: types.Position) -> tuple[int, int]:
    return place.line, place.character
