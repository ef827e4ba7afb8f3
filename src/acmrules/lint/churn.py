"""How many new certificates the commits of a year asked for, as their files tell."""

from __future__ import annotations

import os
from datetime import timedelta

from acmrules.changes import Verdict, compare
from acmrules.facts.fact import LAUNCH
from acmrules.lint.calendar import Certificate, certificates
from acmrules.lint.commits import Line
from acmrules.lint.history import NoHistory
from acmrules.lint.pairs import pairs
from acmrules.lint.readers import MODULE_SUFFIXES
from acmrules.lint.states import State, below, folders_of, on_their_own
from acmrules.request import CertificateRequest, ImportedCertificate
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator
    from datetime import date

    from acmrules.lint.calendar import Choice
    from acmrules.lint.commits import Blobs, Commit
    from acmrules.lint.pairs import Pair
    from acmrules.lint.terms import Lookup
    from acmrules.request import Tool

_YEAR = timedelta(days=365)
_DAY = timedelta(days=1)


class Made(Value):
    """A certificate that a commit made anew; what is not known may keep open whether it did.

    `is_first` is true of the very first commit, which declares what may have been there before.
    """

    commit: str
    day: date
    certificate: Certificate
    is_sure: bool
    is_first: bool


class Churn(Value):
    """The certificates made anew from one day to another, both included, by so many commits.

    `unread` is how many versions of files could not be read.
    """

    begin: date
    end: date
    commits: int
    made: tuple[Made, ...]
    unread: int

    @property
    def days(self) -> int:
        """How many days that are."""
        return (self.end - self.begin).days + 1


def churn(
    paths: list[str],
    lookup: Lookup,
    as_of: date,
    since: str | None = None,
    kinds: Container[str] | None = None,
) -> Churn:
    """Count what the commits made that touched some paths, in the 365 days up to one of them.

    With `since`, those behind a revision are meant. Raises `NoHistory`.
    """
    first = paths[0] if os.path.isdir(paths[0]) else os.path.dirname(paths[0])
    line = Line("HEAD", first or os.curdir)
    begin = as_of - _YEAR + _DAY
    try:
        if since is None:
            commits = line.commits(as_of, begin, paths=paths)
            begin = max(begin, line.begins())
        else:
            after = Line(since, first or os.curdir)
            begin = after.day()
            commits = line.commits(as_of, after=after, paths=paths)
        if begin > as_of:
            raise NoHistory(f"there is none up to {as_of}: it begins on {begin}")
        is_whole = not line.is_shallow()
        reading = _Reading(line, paths, lookup, kinds)
        made: list[Made] = []
        for commit in commits:
            # The first commit of a shallow clone holds what others before it made.
            if commit.parent or is_whole:
                made += reading.made(commit)
        return Churn(begin, as_of, len(commits), tuple(made), reading.unread)
    finally:
        line.close()


class _Reading:
    """Reads the files of commits below some paths; `unread` counts those that cannot be."""

    def __init__(
        self, line: Line, paths: list[str], lookup: Lookup, kinds: Container[str] | None
    ) -> None:
        self._line = line
        self._lookup = lookup
        self._kinds = kinds
        self._is_asked = below(paths)
        self.unread = 0

    def made(self, commit: Commit) -> Iterator[Made]:
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
                yield Made(commit.name, commit.day, *found, commit.parent is None)

    def _state(self, commit: str | None, blobs: Blobs, own: list[str], changed: set[str]) -> State:
        """Return the certificates in the files that a commit touched, as they were then."""
        if commit is None:
            return State(self._lookup, self._kinds)
        files = self._line.at(commit, blobs)
        state = State(self._lookup, self._kinds, files.data, files.module)
        state.take(on_their_own(own))
        if changed:
            configuration = state.configuration()
            folders = folders_of(filter(self._is_asked, files.listed()))
            state.take_modules(configuration, configuration.concerned(folders, changed))
        state.held = [held for held in state.held if held.is_certificate]
        self.unread += len(state.unreadable) + len(state.defects)
        return state


def _certificate(pair: Pair, day: date) -> tuple[Certificate, bool] | None:
    """Return the certificate that a pair makes anew, if any, and whether that is sure."""
    if pair.new is None:
        return None
    [*new] = certificates([pair.new.document])
    if not new:
        return None
    if pair.old is None:
        return new[0], not pair.candidates
    [*old] = certificates([pair.old.document])
    if not old:
        return new[0], True
    tool = pair.new.document.tool
    renewed = [
        _is_new(was, becomes, tool, day)
        for was, becomes in _side_by_side(old[0].choices, new[0].choices)
        if becomes is not None
    ]
    if not any(each is not False for each in renewed):
        return None
    return new[0], all(renewed) and None not in new[0].choices


def _side_by_side(
    old: tuple[Choice, ...], new: tuple[Choice, ...]
) -> Iterator[tuple[Choice, Choice]]:
    """Pair the choices of conditions in their order; those that there were not go with the last."""
    for place, becomes in enumerate(new):
        yield old[min(place, len(old) - 1)], becomes


def _is_new(was: Choice, becomes: Choice, tool: Tool, day: date) -> bool | None:
    """Say whether a certificate is another one than before; `None` where that is not known."""
    if isinstance(was, CertificateRequest) and isinstance(becomes, CertificateRequest):
        verdict = compare(was, becomes, tool=tool, as_of=max(day, LAUNCH)).verdict
        return None if verdict is Verdict.UNDECIDED else verdict is Verdict.REPLACEMENT
    if isinstance(was, ImportedCertificate) and isinstance(becomes, ImportedCertificate):
        return was.leaf != becomes.leaf
    return True
