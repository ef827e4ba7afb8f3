"""Code actions: the fix of a finding, all safe fixes of a file, and suppressions."""

from __future__ import annotations

from itertools import takewhile
from os.path import normpath

from lsprotocol import types

from acmrules.guards.lsp.edits import workspace_edit
from acmrules.lint.fixes import EditError, apply_fixes, apply_until_stable, plan_fix
from acmrules.lint.suppressions.add import add_suppressions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from acmrules.guards.lsp.folders import Checked
    from acmrules.guards.lsp.server import Server
    from acmrules.lint.findings import Finding
    from acmrules.model.declaration import Declaration
    from acmrules.workspace.run import CheckedFiles

FIX_ALL = "source.fixAll.acmrules"
QUICK_FIX = types.CodeActionKind.QuickFix
KINDS = [QUICK_FIX, FIX_ALL]


class _Alone:
    """The files of a run, for the fix of one finding."""

    def __init__(self, files: CheckedFiles, finding: Finding) -> None:
        self._files = files
        self._finding = finding

    def findings(self, texts: Mapping[str, str]) -> Sequence[Finding]:
        """Return the finding, without others at its location."""
        del texts
        return [self._finding.__replace__(others=())]

    def declarations(self, texts: Mapping[str, str]) -> Sequence[Declaration]:
        """Return what the files declare."""
        return self._files.declarations(texts)

    def findings_of(self, declaration: Declaration) -> Iterable[Finding]:
        """Return the findings of one declaration."""
        return self._files.findings_of(declaration)


class _OfFile(_Alone):
    """The files of a run, for the fixes of one file."""

    def __init__(self, files: CheckedFiles, path: str) -> None:
        self._files = files
        self._path = path

    def findings(self, texts: Mapping[str, str]) -> Sequence[Finding]:
        """Return the findings of the file."""
        found = self._files.findings(texts)
        return [each for each in found if normpath(each.file) == self._path]


async def code_actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Return the actions for a range of a document."""
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
    return await server.schedule.apart(
        lambda: folder.inside(lambda: [*takewhile(lambda _: is_current(), found)])
    )


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
    ) -> Iterator[types.CodeAction]:
        """Yield the actions of the wanted kinds, those of findings in a range."""
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
                yield from self._fix(finding, diagnostic)
            for finding, diagnostic in here:
                yield from self._suppression(finding, diagnostic)
        if _is_wanted(FIX_ALL, wanted):
            yield from self._fix_all([each for _, each in found])

    def _fix(self, finding: Finding, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
        """Yield the fix of a finding, if it can edit the files."""
        files = self._checked.check.files.anew()
        for each in finding.all():
            if each.fix is None:
                continue
            try:
                plan = plan_fix(each)
            except EditError:
                continue
            result = apply_fixes(_Alone(files, each), unsafe=True)
            if not result.texts:
                continue
            mark = "" if plan.safe else " (unsafe: review it)"
            yield types.CodeAction(
                title=_title(plan.description) + mark,
                kind=QUICK_FIX,
                diagnostics=[diagnostic],
                is_preferred=True if plan.safe else None,
                edit=self._edit(result.before, result.texts),
            )

    def _fix_all(self, found: list[Finding]) -> Iterator[types.CodeAction]:
        """Yield the action that makes all safe fixes of the file."""
        if not any(each.fix for merged in found for each in merged.all()):
            return
        files = _OfFile(self._checked.check.files.anew(), self._path)
        result = apply_until_stable(files)
        texts = {name: text for name, text in result.texts.items() if text != result.before[name]}
        if texts:
            yield types.CodeAction(
                title="Fix all that acmrules can fix safely",
                kind=FIX_ALL,
                edit=self._edit(result.before, texts),
            )

    def _suppression(
        self, finding: Finding, diagnostic: types.Diagnostic
    ) -> Iterator[types.CodeAction]:
        """Yield the comment or the metadata that suppresses a finding, if there is a place."""
        own = {*map(id, finding.all())}
        added = add_suppressions(
            self._checked.check.files.anew(),
            {},
            self._reason,
            may_edit=lambda file: normpath(file) == self._path,
            is_meant=lambda each: id(each) in own,
        )
        if added.texts:
            yield types.CodeAction(
                title=f"Suppress {finding.rule.id} here",
                kind=QUICK_FIX,
                diagnostics=[diagnostic],
                edit=self._edit(added.before, added.texts),
            )

    def _edit(self, before: Mapping[str, str], after: Mapping[str, str]) -> types.WorkspaceEdit:
        return workspace_edit(
            self._writer,
            self._checked.documents,
            {normpath(name): text for name, text in before.items()},
            {normpath(name): text for name, text in after.items()},
            is_versioned=self._is_versioned,
        )


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
