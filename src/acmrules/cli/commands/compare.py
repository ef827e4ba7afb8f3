"""The command `compare`: what edits of certificates cost, from one time to another."""

from __future__ import annotations

import os
import sys

from acmrules.cli import overrides
from acmrules.cli.parser import CLEAN, DEFECT, FOUND, UNREADABLE, UsageError
from acmrules.readers import registry
from acmrules.syntax.source import STANDARD_INPUT, InputError
from acmrules.workspace import files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date

    from acmrules.analysis.changes import CertificateChange
    from acmrules.cli.parser import Arguments
    from acmrules.workspace.git import FileChange, Revision
    from acmrules.workspace.resolver import SettingsResolver
    from acmrules.workspace.snapshots import State


def compare(given: Arguments) -> int:
    """Compare two files or folders, files with a revision of git, or what a plan holds."""
    from acmrules.analysis.change_findings import findings
    from acmrules.analysis.changes import worst
    from acmrules.changes import Verdict
    from acmrules.reports import changes
    from acmrules.workspace.git import GitError

    paths = given.operands + (given.after or [])
    sides = _Sides(given)
    try:
        found = sides.compared(paths)
    except GitError as error:
        raise UsageError(str(error)) from None
    for trouble in (*sides.unreadable, *sides.defects):
        print(f"acmrules: {trouble}", file=sys.stderr)
    report = findings(found, lambda file: sides.lookup.terms(file).linter, sides.as_of).__replace__(
        unreadable=tuple(sides.unreadable)
    )
    form = given.last("format", "text")
    sys.stdout.write(changes.render(found, report, form, os.getcwd()))
    if sides.defects:
        return DEFECT
    if sides.unreadable:
        return UNREADABLE
    bar = Verdict[given.last("fail_on", "impossible").upper().replace("-", "_")]
    return FOUND if worst(found) >= bar else CLEAN


class _Sides:
    """What is compared with what, and what could not be read of it."""

    def __init__(self, given: Arguments) -> None:
        self._given = given
        self._kinds: Container[str] | None = given.every("kind") or None
        self.lookup: SettingsResolver = overrides.lookup(given)
        self.as_of: date = overrides.day(given, "as_of")
        self.unreadable: list[InputError] = []
        self.defects: list[str] = []

    def compared(self, paths: list[str]) -> list[CertificateChange]:
        """Return what becomes of the certificates; raises `GitError` and `UsageError`."""
        if self._given.has("git"):
            return self._with_revision(self._given.last("git"), paths)
        for path in paths:
            if path != STANDARD_INPUT and not os.path.exists(path):
                raise UsageError(f"there is no file {path!a}")
        if len(paths) == 1:
            return self._of_plan(paths[0])
        if len(paths) > len(("OLD", "NEW")):
            raise UsageError("`compare` takes OLD and NEW, not more; or `--git REVISION` and paths")
        return self._of_two(*paths)

    # Two files or folders

    def _of_two(self, old: str, new: str) -> list[CertificateChange]:
        if os.path.isdir(old) is not os.path.isdir(new):
            raise UsageError("`compare` takes two files or two folders, not one of each")
        before, after = self._state_of(old), self._state_of(new)
        return self._verdicts(before, after, {}, [new])

    def _state_of(self, path: str) -> State:
        from acmrules.workspace.snapshots import State, below, folders_of, on_their_own

        state = State(self.lookup, self._kinds, begin=path)
        if not os.path.isdir(path):
            # One of Terraform's is read alone, too: the other may well lie beside it.
            state.take([path])
            return state
        found = [*files.walk(path, registry.WALKED_SUFFIXES)]
        self.unreadable += [each for each in found if isinstance(each, InputError)]
        paths = [each.removeprefix("./") for each in found if not isinstance(each, InputError)]
        state.take(on_their_own(paths))
        state.take_modules(state.configuration(), folders_of(paths), below([path]))
        return state

    # A revision of git

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
                continue  # such as the settings, which are those of today
            where = f"{path} ({name})"
            before.unreadable[path] = InputError(where, error.fault, error.position)
        renamed = {e.after: e.before for e in edits if e.before and e.after != e.before and e.after}
        renamed |= _renamed_folders(renamed, revision)
        return self._verdicts(before, after, renamed, paths)

    def _read_edited(
        self, before: State, after: State, edits: list[FileChange], paths: list[str]
    ) -> None:
        """Read the files that are read one by one: those only that hold something else."""
        from acmrules.workspace.snapshots import below, on_their_own

        asked, named = below(paths), set(map(os.path.abspath, paths))
        for edit in edits:
            sides = edit.before, edit.after
            if not edit.content or not any(side and asked(side) for side in sides):
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
        """Read the modules of which something was edited, or of those that they call."""
        from acmrules.workspace.snapshots import below, folders_of

        edited = folders_of(side for e in edits for side in (e.before, e.after) if side)
        if not edited:
            return
        asked = below(paths)
        had = [path for path in revision.listed() if asked(path)]
        now = {e.after for e in edits if e.after} - {None}
        gone = {e.before for e in edits if e.before and e.before != e.after}
        has = [path for path in (*had, *now) if path not in gone and asked(path)]
        old, new = before.configuration(), after.configuration()
        before.take_modules(old, old.concerned(folders_of(had), edited), asked)
        after.take_modules(new, new.concerned(folders_of(has), edited), asked)

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
        """Compare two states; in folders of the new one it is looked for who imports what."""
        from acmrules.analysis.changes import ChangeContext, compared
        from acmrules.analysis.pairing import pairs

        # What cannot be read on one side is neither new nor gone.
        broken = before.broken() | after.broken()
        had, has = (
            [held for held in state.held if held.is_certificate and held.scope not in broken]
            for state in (before, after)
        )
        found = pairs(had, has, after.moves, renamed)
        scopes = before.scopes, after.scopes
        said = compared(found, ChangeContext(self.as_of, tuple(after.held), scopes))
        if any(each.matters_elsewhere for each in said):
            walked = (files.walk(path, registry.WALKED_SUFFIXES) for path in new)
            after.take_importers(
                each.removeprefix("./") for some in walked for each in some if isinstance(each, str)
            )
            said = compared(found, ChangeContext(self.as_of, tuple(after.held), scopes))
        self._keep(before, after)
        return said

    def _keep(self, *states: State) -> None:
        for state in states:
            said = set(map(str, self.unreadable))
            self.unreadable += [u for u in state.unreadable.values() if str(u) not in said]
            self.defects += state.defects


_ALONE = (
    "one file alone is a plan (`terraform show -json`) or a change set (`describe-change-set`);"
    " otherwise give OLD and NEW, or `--git REVISION`"
)


def _folder_of(path: str) -> str:
    """Return the nearest folder that is there."""
    folder = path if os.path.isdir(path) else os.path.dirname(path)
    while folder and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder or os.curdir


def _renamed_folders(renamed: dict[str, str], revision: Revision) -> dict[str, str]:
    """Return the folders that were renamed as a whole, as the files in them tell."""
    found: dict[str, str] = {}
    for after, before in renamed.items():
        here, there = os.path.dirname(after), os.path.dirname(before)
        if here != there and not os.path.isdir(there or os.curdir) and here:
            found.setdefault(here, there)
    had = {os.path.dirname(path) for path in revision.listed()} if found else set[str]()
    return {here: there for here, there in found.items() if here not in had}
