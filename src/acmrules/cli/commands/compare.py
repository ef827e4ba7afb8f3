"""The command `compare`: which edits replace certificates, and what they break."""

from __future__ import annotations

import os
import sys

from acmrules.cli import overrides
from acmrules.cli.parser import CLEAN, DEFECT, FOUND, UNREADABLE, UsageError
from acmrules.messages import printable
from acmrules.readers import registry
from acmrules.syntax.source import STANDARD_INPUT, InputError
from acmrules.workspace import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date

    from acmrules.analysis.changes import CertificateChange
    from acmrules.cli.options import CompareOptions
    from acmrules.workspace.git import FileChange, Revision
    from acmrules.workspace.resolver import SettingsResolver
    from acmrules.workspace.snapshots import State


def compare(options: CompareOptions) -> int:
    """Print the effects of edits: between two paths, since a revision, or of a plan."""
    from acmrules.analysis.change_findings import findings
    from acmrules.analysis.changes import worst
    from acmrules.changes import Verdict
    from acmrules.reports import changes
    from acmrules.workspace.git import GitError

    sides = _Sides(options)
    try:
        edits = sides.compared([*options.paths])
    except GitError as error:
        raise UsageError(str(error)) from None
    for trouble in (*sides.unreadable, *sides.defects):
        print(f"acmrules: {trouble}", file=sys.stderr)
    report = findings(edits, lambda file: sides.lookup.terms(file).linter, sides.as_of).__replace__(
        unreadable=tuple(sides.unreadable)
    )
    sys.stdout.write(changes.render(edits, report, options.format, os.getcwd()))
    if sides.defects:
        return DEFECT
    if sides.unreadable:
        return UNREADABLE
    limit = Verdict.IMPOSSIBLE if options.fail_on is None else options.fail_on
    return FOUND if worst(edits) >= limit else CLEAN


class _Sides:
    """The old and the new state of files, and the errors in reading them."""

    def __init__(self, options: CompareOptions) -> None:
        self._revision = options.git
        self._kinds: Container[str] | None = options.kinds or None
        self.lookup: SettingsResolver = overrides.settings_resolver(options)
        self.as_of: date = overrides.date_or_today(options.as_of)
        self.unreadable: list[InputError] = []
        self.defects: list[str] = []

    def compared(self, paths: list[str]) -> list[CertificateChange]:
        """Return the changes of the certificates; raises `GitError` and `UsageError`."""
        if self._revision:
            return self._with_revision(self._revision, paths)
        for path in paths:
            if path != STANDARD_INPUT and not os.path.exists(path):
                raise UsageError(f"{printable(path)}: no such file or directory")
        if len(paths) == 1:
            return self._of_plan(paths[0])
        if len(paths) > len(("OLD", "NEW")):
            raise UsageError(
                "`compare` accepts two paths, or `--git REVISION` and any number of paths"
            )
        return self._of_two(*paths)

    # Two files or directories

    def _of_two(self, old: str, new: str) -> list[CertificateChange]:
        if os.path.isdir(old) is not os.path.isdir(new):
            raise UsageError("OLD and NEW must be two files or two directories, not one of each")
        before, after = self._state_of(old), self._state_of(new)
        return self._verdicts(before, after, {}, [new])

    def _state_of(self, path: str) -> State:
        from acmrules.workspace.snapshots import State, below, folders_of, on_their_own

        state = State(self.lookup, self._kinds, begin=path)
        if not os.path.isdir(path):
            # A Terraform file is read alone too: the other one may be in the same directory.
            state.take([path])
            return state
        found = [*files.walk(path, registry.WALKED_SUFFIXES)]
        self.unreadable += [each for each in found if isinstance(each, InputError)]
        paths = [each.removeprefix("./") for each in found if not isinstance(each, InputError)]
        state.take(on_their_own(paths))
        state.take_modules(state.configuration(), folders_of(paths), below([path]))
        return state

    # A Git revision

    def _with_revision(self, name: str, paths: list[str]) -> list[CertificateChange]:
        from acmrules.workspace.git import Revision
        from acmrules.workspace.snapshots import State

        revision = Revision(name, _folder_of(paths[0]))
        try:
            edits = revision.edits(paths)
            before = State(self.lookup, self._kinds, revision.data, revision.module)
            after = State(self.lookup, self._kinds)
            self._read_edited(before, after, edits, paths)
            self._read_modules(before, after, edits, paths, revision)
        finally:
            revision.close()
        for path, error in before.unreadable.items():
            if str(error) == str(after.unreadable.get(path)):
                continue  # for example an error in the settings, which are always today's
            where = f"{path} ({name})"
            before.unreadable[path] = InputError(where, error.fault, error.position)
        renamed = {e.after: e.before for e in edits if e.before and e.after != e.before and e.after}
        renamed |= _renamed_folders(renamed, revision)
        return self._verdicts(before, after, renamed, paths)

    def _read_edited(
        self, before: State, after: State, edits: list[FileChange], paths: list[str]
    ) -> None:
        """Read the changed files of the formats in which each file is read on its own."""
        from acmrules.workspace.snapshots import below, on_their_own

        is_included, named = below(paths), set(map(os.path.abspath, paths))
        for edit in edits:
            sides = edit.before, edit.after
            if not edit.content or not any(side and is_included(side) for side in sides):
                continue
            for side, state in zip(sides, (before, after), strict=True):
                if side and (on_their_own([side]) or os.path.abspath(side) in named):
                    state.take([side])

    def _read_modules(
        self,
        before: State,
        after: State,
        edits: list[FileChange],
        paths: list[str],
        revision: Revision,
    ) -> None:
        """Read the Terraform modules that were edited, or that call an edited one."""
        from acmrules.workspace.snapshots import below, folders_of

        edited = folders_of(side for e in edits for side in (e.before, e.after) if side)
        if not edited:
            return
        is_included = below(paths)
        had = [path for path in revision.listed() if is_included(path)]
        now = {e.after for e in edits if e.after} - {None}
        gone = {e.before for e in edits if e.before and e.before != e.after}
        has = [path for path in (*had, *now) if path not in gone and is_included(path)]
        old, new = before.configuration(), after.configuration()
        before.take_modules(old, old.concerned(folders_of(had), edited), is_included)
        after.take_modules(new, new.concerned(folders_of(has), edited), is_included)

    # A plan or a change set

    def _of_plan(self, path: str) -> list[CertificateChange]:
        from acmrules.analysis.tool_plans import announced

        state = self._state_of(path)
        if os.path.isdir(path):
            raise UsageError(_ALONE)
        self._keep(state)
        declarations = [held.declaration for held in state.held]
        try:
            source = files.decode(path, files.read_bytes(path))
            found = announced(source, declarations, self.as_of)
        except InputError as error:
            self.unreadable = self.unreadable or [error]
            return []
        if found is None:
            raise UsageError(_ALONE)
        return found

    # Both

    def _verdicts(
        self, before: State, after: State, renamed: dict[str, str], new: list[str]
    ) -> list[CertificateChange]:
        """Compare two states, and search the new paths for stacks that import an export."""
        from acmrules.analysis.changes import ChangeContext, compared
        from acmrules.analysis.pairing import pairs

        # A certificate whose file is unreadable on one side is neither added nor removed.
        broken = before.broken() | after.broken()
        had, has = (
            [held for held in state.held if held.is_certificate and held.scope not in broken]
            for state in (before, after)
        )
        matched = pairs(had, has, after.moves, renamed)
        scopes = before.scopes, after.scopes
        changes = compared(matched, ChangeContext(self.as_of, tuple(after.held), scopes))
        if any(each.matters_elsewhere for each in changes):
            walked = (files.walk(path, registry.WALKED_SUFFIXES) for path in new)
            after.take_importers(
                each.removeprefix("./") for some in walked for each in some if isinstance(each, str)
            )
            changes = compared(matched, ChangeContext(self.as_of, tuple(after.held), scopes))
        self._keep(before, after)
        return changes

    def _keep(self, *states: State) -> None:
        for state in states:
            known = set(map(str, self.unreadable))
            self.unreadable += [u for u in state.unreadable.values() if str(u) not in known]
            self.defects += state.defects


_ALONE = (
    "a single path must be a Terraform plan (`terraform show -json`) or a change set"
    " (`describe-change-set`); otherwise give OLD and NEW, or `--git REVISION`"
)


def _folder_of(path: str) -> str:
    """Return the nearest directory that exists."""
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    while folder and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder or os.curdir


def _renamed_folders(renamed: dict[str, str], revision: Revision) -> dict[str, str]:
    """Return the directories that were renamed as a whole, inferred from their files."""
    found: dict[str, str] = {}
    for after, before in renamed.items():
        here, there = os.path.dirname(after), os.path.dirname(before)
        if here != there and not os.path.isdir(there or os.curdir) and here:
            found.setdefault(here, there)
    had = {os.path.dirname(path) for path in revision.listed()} if found else set[str]()
    return {here: there for here, there in found.items() if here not in had}
