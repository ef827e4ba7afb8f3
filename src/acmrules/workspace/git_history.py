"""The certificates that the commits of a repository issued."""

from __future__ import annotations

import os
from datetime import timedelta

from acmrules.analysis.calendar import certificates
from acmrules.analysis.changes import ChangeContext, compared
from acmrules.analysis.issuance import IssuanceRate, IssuedCertificate
from acmrules.analysis.pairing import pairs
from acmrules.changes import Verdict
from acmrules.facts.fact import LAUNCH
from acmrules.readers.registry import MODULE_SUFFIXES
from acmrules.syntax import source
from acmrules.workspace.git import CommitLog, GitError
from acmrules.workspace.snapshots import State, below, folders_of, on_their_own

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import date

    from acmrules.analysis.calendar import CalendarCertificate
    from acmrules.analysis.pairing import Pair
    from acmrules.model.declaration import Declaration
    from acmrules.workspace.git import Blobs, Commit
    from acmrules.workspace.resolver import SettingsResolver


_YEAR = timedelta(days=365)
_DAY = timedelta(days=1)


def churn(
    paths: list[str],
    lookup: SettingsResolver,
    as_of: date,
    since: str | None = None,
    kinds: Container[str] | None = None,
) -> IssuanceRate:
    """Count what the commits made that touched some paths, in the 365 days up to one of them.

    With `since`, those behind a revision are meant. Raises `GitError`.
    """
    if source.STANDARD_INPUT in paths:
        raise GitError("standard input has none")
    folder = paths[0]
    while folder and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    line = CommitLog("HEAD", folder or os.curdir)
    begin = as_of - _YEAR + _DAY
    try:
        if since is None:
            commits = line.commits(as_of, begin, paths=paths)
            begin = max(begin, line.begins())
        else:
            after = CommitLog(since, folder or os.curdir)
            begin = after.day()
            commits = line.commits(as_of, after=after, paths=paths)
        if begin > as_of:
            raise GitError(f"there is none up to {as_of}: it begins on {begin}")
        is_whole = not line.is_shallow()
        reading = _Reading(line, paths, lookup, kinds)
        made: list[IssuedCertificate] = []
        for commit in commits:
            # The first commit of a shallow clone holds what others before it made.
            if commit.parent or is_whole:
                made += reading.made(commit)
        return IssuanceRate(begin, as_of, len(commits), tuple(made), reading.unread)
    finally:
        line.close()


class _Reading:
    """Reads the files of commits below some paths; `unread` counts those that cannot be."""

    def __init__(
        self,
        line: CommitLog,
        paths: list[str],
        lookup: SettingsResolver,
        kinds: Container[str] | None,
    ) -> None:
        self._line = line
        self._lookup = lookup
        self._kinds = kinds
        self._is_below = below(paths)
        self._asked: dict[str, bool] = {}
        self.unread = 0

    def _is_asked(self, path: str) -> bool:
        """Say whether a file lies below the paths; a commit has most of those before it."""
        if path not in self._asked:
            self._asked[path] = path.endswith(MODULE_SUFFIXES) and self._is_below(path)
        return self._asked[path]

    def made(self, commit: Commit) -> Iterator[IssuedCertificate]:
        """Yield the certificates that a commit made anew."""
        befores = [each.before for each in commit.edits if each.before and each.content]
        afters = [each.after for each in commit.edits if each.after and each.content]
        changed = folders_of(
            path for each in commit.edits for path in (each.before, each.after) if path
        )
        old = self._state(commit.parent, commit.before, befores, changed)
        new = self._state(commit.name, commit.after, afters, changed)
        renamed = {
            each.after: each.before
            for each in commit.edits
            if each.after and each.before and not each.after.endswith(MODULE_SUFFIXES)
        }
        for pair in pairs(old.held, new.held, new.moves, renamed):
            found = _certificate(pair, commit.day)
            if found is not None:
                yield IssuedCertificate(commit.name, commit.day, *found, commit.parent is None)

    def _state(self, commit: str | None, blobs: Blobs, own: list[str], changed: set[str]) -> State:
        """Return the certificates in the files that a commit touched, as they were then."""
        if commit is None:
            return State(self._lookup, self._kinds)
        then = self._line.at(commit, blobs)
        state = State(self._lookup, self._kinds, then.data, then.module)
        state.take(on_their_own(own))
        if changed:
            configuration = state.configuration()
            folders = folders_of(filter(self._is_asked, then.listed()))
            state.take_modules(configuration, configuration.concerned(folders, changed))
        state.held = [held for held in state.held if certificates([held.declaration])]
        self.unread += len(state.unreadable) + len(state.defects)
        return state


def _certificate(pair: Pair, day: date) -> tuple[CalendarCertificate, bool] | None:
    """Return the certificate that a pair makes anew, if any, and whether that is sure."""
    if pair.new is None:
        return None
    [certificate] = certificates([pair.new.declaration])
    if pair.old is None:
        return certificate, not pair.candidates
    if _leaves(pair.old.declaration) != _leaves(pair.new.declaration):
        return certificate, True
    verdicts = [each.verdict for each in compared([pair], ChangeContext(max(day, LAUNCH)))]
    anew = verdicts.count(Verdict.REPLACEMENT)
    if not anew and Verdict.UNDECIDED not in verdicts:
        return None
    return certificate, anew >= len(pair.new.declaration.variants)


def _leaves(declaration: Declaration) -> list[object]:
    return [variant.imported and variant.imported.leaf for variant in declaration.variants]
