"""The certificates that the commits of a repository issued."""

from __future__ import annotations

import os
from datetime import date, timedelta
from functools import cache

from acmrules.analysis.calendar import CalendarCertificate, certificates
from acmrules.analysis.changes import ChangeContext, compared
from acmrules.analysis.issuance import IssuanceRate, IssuedCertificate
from acmrules.analysis.pairing import Pair, pairs
from acmrules.changes import Verdict
from acmrules.facts.fact import LAUNCH
from acmrules.readers.registry import MODULE_SUFFIXES
from acmrules.syntax.source import STANDARD_INPUT
from acmrules.workspace.discover import folders_of, single_files
from acmrules.workspace.errors import Troubles
from acmrules.workspace.git import CommitLog, GitError
from acmrules.workspace.load import Loader
from acmrules.workspace.snapshots import Snapshot, below

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from acmrules.model.declaration import Declaration
    from acmrules.workspace.git import Blobs, Commit
    from acmrules.workspace.load import Files
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
        is_selected = _is_module_below(paths)

        def load(files: Files) -> Loader:
            return Loader(resolver.settings_of, files, Troubles(), kinds)

        issued: list[IssuedCertificate] = []
        unread = 0
        for commit in commits:
            # The first commit of a shallow clone contains what others before it issued.
            if commit.parent or is_whole:
                old, new = _snapshots(commit, log, load, is_selected)
                unread += len([*old.troubles, *new.troubles])
                issued += _issued(commit, old, new)
        return IssuanceRate(begin, as_of, len(commits), tuple(issued), unread)
    finally:
        log.close()


def _is_module_below(paths: list[str]) -> Callable[[str], bool]:
    """Return a function that returns whether a file of a module is below some paths."""
    is_below = below(paths)
    # A commit has most of its files in common with the one before.
    return cache(lambda path: path.endswith(MODULE_SUFFIXES) and is_below(path))


def _snapshots(
    commit: Commit,
    log: CommitLog,
    load: Callable[[Files], Loader],
    is_selected: Callable[[str], bool],
) -> tuple[Snapshot, Snapshot]:
    """Return what the files that a commit edited declared before it, and after it."""
    edited = [edit for edit in commit.edits if edit.content]
    folders = folders_of(
        path for edit in commit.edits for path in (edit.before, edit.after) if path
    )

    def snapshot(name: str, blobs: Blobs, paths: list[str]) -> Snapshot:
        then = log.at(name, blobs)
        result = Snapshot(load(then))
        result.add_files(single_files(paths))
        if folders:
            tree = result.module_tree()
            listed = folders_of(filter(is_selected, then.listed()))
            result.add_modules(tree, tree.concerned(listed, folders))
        return result

    befores = [edit.before for edit in edited if edit.before]
    old = snapshot(commit.parent, commit.before, befores) if commit.parent else Snapshot(load(log))
    new = snapshot(commit.name, commit.after, [edit.after for edit in edited if edit.after])
    return old, new


def _issued(commit: Commit, old: Snapshot, new: Snapshot) -> Iterator[IssuedCertificate]:
    """Yield the certificates that a commit issued."""
    renamed = {
        edit.after: edit.before
        for edit in commit.edits
        if edit.after and edit.before and not edit.after.endswith(MODULE_SUFFIXES)
    }
    had, has = (
        [each for each in side.declarations if certificates([each.declaration])]
        for side in (old, new)
    )
    for pair in pairs(had, has, new.moves, renamed):
        found = _certificate(pair, commit.day)
        if found is not None:
            yield IssuedCertificate(commit.name, commit.day, *found, commit.parent is None)


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
