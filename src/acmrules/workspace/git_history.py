"""The certificates that the commits of a repository issued."""

from __future__ import annotations

import os
from datetime import date, timedelta

from acmrules.analysis.calendar import CalendarCertificate, certificates
from acmrules.analysis.changes import ChangeContext, compared
from acmrules.analysis.issuance import IssuanceRate, IssuedCertificate
from acmrules.analysis.pairing import Pair, pairs
from acmrules.changes import Verdict
from acmrules.facts.fact import LAUNCH
from acmrules.readers import registry
from acmrules.readers.registry import MODULE_SUFFIXES
from acmrules.request import Tool
from acmrules.syntax.source import STANDARD_INPUT
from acmrules.workspace.discover import folders_of, single_files
from acmrules.workspace.errors import Troubles
from acmrules.workspace.git import CommitLog, GitError
from acmrules.workspace.load import Loader
from acmrules.workspace.snapshots import Snapshot, below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Container, Iterable, Iterator

    from acmrules.model.declaration import Declaration, ScopedDeclaration
    from acmrules.workspace.git import Commit, CommitFiles
    from acmrules.workspace.resolver import SettingsResolver


_YEAR = timedelta(days=365)
_DAY = timedelta(days=1)


def issuance_rate(
    paths: list[str],
    resolver: SettingsResolver,
    as_of: date,
    since: str | None = None,
    kinds: Container[str] | None = None,
) -> IssuanceRate:
    """Return the certificates that commits to some paths issued, in the 365 days up to a date.

    With `since`, the commits are those after a revision. Raises `GitError`.
    """
    if STANDARD_INPUT in paths:
        raise GitError("standard input has no history")
    folder = paths[0]
    while folder and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    log = CommitLog("HEAD", folder or os.curdir)
    begin = as_of - _YEAR + _DAY
    try:
        if since is None:
            commits = log.commits(as_of, begin, paths=paths)
            begin = max(begin, log.begins())
        else:
            after = CommitLog(since, folder or os.curdir)
            begin = after.day()
            commits = log.commits(as_of, after=after, paths=paths)
        if begin > as_of:
            raise GitError(f"there is none up to {as_of}: it begins on {begin}")
        is_whole = not log.is_shallow()
        history = _History(log, below(paths), kinds, resolver)
        issued: list[IssuedCertificate] = []
        unread = 0
        for commit in commits:
            # The first commit of a shallow clone contains what others before it issued.
            if commit.parent or is_whole:
                old, new = history.snapshots(commit)
                unread += len([*old.troubles, *new.troubles])
                issued += _issued(commit, old, new)
        return IssuanceRate(begin, as_of, len(commits), tuple(issued), unread)
    finally:
        log.close()


class _History:
    """The versions of files on both sides of each commit, as a loader reads them."""

    def __init__(
        self,
        log: CommitLog,
        is_selected: Callable[[str], bool],
        kinds: Container[str] | None,
        resolver: SettingsResolver,
    ) -> None:
        self._log = log
        self._is_selected = is_selected
        self._kinds = kinds
        self._resolver = resolver
        self._dependencies = registry.dependencies()
        self._last: dict[str, Snapshot] = {}

    def snapshots(self, commit: Commit) -> tuple[Snapshot, Snapshot]:
        """Return the declarations that a commit may have changed, before it and after it."""
        edited = [edit for edit in commit.edits if edit.content]
        paths = (path for edit in commit.edits for path in (edit.before, edit.after) if path)
        roots = self._concerned(commit) if folders_of(paths) else set()
        befores = [edit.before for edit in edited if edit.before]
        afters = [edit.after for edit in edited if edit.after]
        before = self._log.at(commit.parent, commit.before) if commit.parent else None
        old = self._snapshot(before, befores, roots, is_old=True)
        new = self._snapshot(self._log.at(commit.name, commit.after), afters, roots)
        self._last.update(dict.fromkeys(roots, new))
        return old, new

    def _concerned(self, commit: Commit) -> set[str]:
        """Return the folders of modules with certificates that may differ after a commit."""
        if commit.parent:
            self._forget(self._update(self._log.at(commit.parent, commit.before)))
        return self._update(self._log.at(commit.name, commit.after))

    def _update(self, files: CommitFiles) -> set[str]:
        """Move to a commit, and return the folders whose certificates this may concern."""
        changed = files.changed_modules()
        return self._dependencies.update({folder: files.module(folder) for folder in changed})

    def _forget(self, roots: Iterable[str]) -> None:
        """Read roots again before the next commit that concerns them."""
        for root in roots:
            self._last.pop(root, None)

    def _snapshot(
        self,
        files: CommitFiles | None,
        paths: list[str],
        roots: Collection[str],
        *,
        is_old: bool = False,
    ) -> Snapshot:
        snapshot = Snapshot(
            Loader(self._resolver.settings_of, files or self._log, Troubles(), self._kinds)
        )
        if files is not None:
            snapshot.add_files(single_files(paths))
            selected = [
                root for root in roots if any(map(self._is_selected, files.module_paths(root)))
            ]
            if is_old and self._last.keys() >= set(selected):
                for root in selected:
                    snapshot.add_same(root, self._last[root])
            elif selected:
                snapshot.add_modules(snapshot.module_tree(), selected)
        return snapshot


def _issued(commit: Commit, old: Snapshot, new: Snapshot) -> Iterator[IssuedCertificate]:
    """Yield the certificates that a commit issued."""
    renamed = {
        edit.after: edit.before
        for edit in commit.edits
        if edit.after and edit.before and not edit.after.endswith(MODULE_SUFFIXES)
    }
    # A certificate whose file is unreadable on one side may be the same on the other.
    broken = old.unreadable_scopes() | new.unreadable_scopes()
    broken |= {after for after, before in renamed.items() if before in broken}
    had, has = (
        [
            each
            for each in side.declarations
            if each.declaration.tool is not Tool.ACCOUNT
            and certificates([each.declaration])
            and broken.isdisjoint(_scopes(each))
        ]
        for side in (old, new)
    )
    for pair in pairs(had, has, new.moves, renamed):
        found = _certificate(pair, commit.day)
        if found is not None:
            yield IssuedCertificate(commit.name, commit.day, *found, commit.parent is None)


def _scopes(each: ScopedDeclaration) -> tuple[str, ...]:
    """Return the scopes of a declaration: of its root module, its own module, and its file."""
    file = each.declaration.file
    return each.scope, file, os.path.join(os.path.dirname(file), "")


def _certificate(pair: Pair, day: date) -> tuple[CalendarCertificate, bool] | None:
    """Return the certificate that a pair issues, if any, and whether that is certain."""
    if pair.new is None:
        return None
    [certificate] = certificates([pair.new.declaration])
    if pair.old is None:
        return certificate, not pair.candidates
    if _leaves(pair.old.declaration) != _leaves(pair.new.declaration):
        return certificate, True
    verdicts = [each.verdict for each in compared([pair], ChangeContext(max(day, LAUNCH)))]
    replaced = verdicts.count(Verdict.REPLACEMENT)
    if not replaced and Verdict.UNDECIDED not in verdicts:
        return None
    return certificate, replaced >= len(pair.new.declaration.variants)


def _leaves(declaration: Declaration) -> list[object]:
    return [variant.imported and variant.imported.leaf for variant in declaration.variants]
