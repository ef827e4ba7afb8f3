"""The commits that lead to a revision of git, and files as each of them left them."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from acmrules.lint.history import Edit, Revision
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from acmrules.lint.source import Source, Unreadable

    Blobs = Mapping[str, tuple[str, str]]
    Key = tuple[str, tuple[tuple[str, tuple[str, str]], ...]]

_HEAD = "\1"
_FORMAT = f"--format={_HEAD}%H %ct %P"
_FILE = "100"
"""How the mode of a regular file begins; others are links, submodules, or not there."""


class Commit(Value):
    """A commit with the files in which it differs from the first of those before it, if any.

    `before` and `after` are the modes and blobs of these files.
    """

    name: str
    day: date
    parent: str | None
    edits: tuple[Edit, ...]
    before: Blobs
    after: Blobs


class Line(Revision):
    """A revision with all that leads to it, from the first commit of the first parents on.

    What was merged counts on the day of the merge: of a branch, only what became of it.
    """

    def __init__(self, name: str, folder: str = ".") -> None:
        super().__init__(name, folder)
        self._last: Snapshot | None = None
        self._modules: dict[Key, tuple[Source | Unreadable, ...]] = {}

    def commits(
        self,
        until: date,
        since: date | None = None,
        after: Line | None = None,
        paths: Iterable[str] = (),
    ) -> list[Commit]:
        """Return the commits that edited files below some paths, up to a day, the first one first.

        They begin on a day, or behind a revision.
        """
        words = [
            "-c",
            "log.showRoot=true",
            "log",
            "--first-parent",
            "-m",
            "--raw",
            "-z",
            "--no-abbrev",
            "-M",
        ]
        words += ["--no-ext-diff", "--no-textconv", "--ignore-submodules=all"]
        words += ["--no-notes", "--no-show-signature", "--no-color"]
        words += [_FORMAT, f"--until={until}T23:59:59+00:00"]
        if since is not None:
            words.append(f"--since={since}T00:00:00+00:00")
        words += [self.commit] if after is None else [f"^{after.commit}", self.commit]
        inside = [self._inside(path) for path in paths]
        found = self._parsed(self._git(*words, "--", *inside).split("\0"))
        return [*found][::-1]

    def begins(self) -> date:
        """Return the day of the first commit of all."""
        said = self._lines("log", "--first-parent", "--max-parents=0", "--format=%ct", self.commit)
        return _day(said[-1])

    @property
    def commit(self) -> str:
        """The commit that the revision is."""
        return self._tree

    def day(self) -> date:
        """Return the day of the commit."""
        [said] = self._lines("log", "-1", "--format=%ct", self.commit)
        return _day(said)

    def is_shallow(self) -> bool:
        """Say whether the clone lacks what leads to its first commits."""
        return self._lines("rev-parse", "--is-shallow-repository") == ["true"]

    def at(self, commit: str, blobs: Blobs) -> Snapshot:
        """Return the files as a commit has them, some of whose blobs are known."""
        if self._last is None or self._last.commit != commit:
            self._last = Snapshot(self, commit, blobs)
        self._last.know(blobs)
        return self._last

    def _parsed(self, words: list[str]) -> Iterator[Commit]:
        """Yield what a log says, the last commit first."""
        left = iter(words)
        head = ""
        edits: list[Edit] = []
        before: dict[str, tuple[str, str]] = {}
        after: dict[str, tuple[str, str]] = {}
        for word in left:
            if word.startswith(_HEAD):
                if head:
                    yield _commit(head, edits, before, after)
                head, edits, before, after = word, [], {}, {}
            elif word:
                mode_before, mode_after, blob_before, blob_after, status = word.strip("\n:").split(
                    " "
                )
                old = new = self._seen(next(left))
                if status[0] == "R":
                    new = self._seen(next(left))
                was, becomes = mode_before.startswith(_FILE), mode_after.startswith(_FILE)
                if was:
                    before[old] = mode_before, blob_before
                if becomes:
                    after[new] = mode_after, blob_after
                if was or becomes:
                    edit = Edit(old if was else None, new if becomes else None, status != "R100")
                    edits.append(edit)
        if head:
            yield _commit(head, edits, before, after)


class Snapshot(Revision):
    """The files as one commit of a line has them, read by the process of the line."""

    def __init__(self, line: Line, commit: str, blobs: Blobs) -> None:
        """Take the line's word that there is such a commit."""
        self.name = commit[:10]
        self._line = line
        self._objects = None
        self._listed = None
        self._folders = {}
        self._blobs = {**blobs}
        self._folder, self._top, self._here = line._folder, line._top, line._here  # noqa: SLF001  (of its own kind)
        self._tree = self.commit = commit

    def know(self, blobs: Blobs) -> None:
        """Take the word of the line for the blobs of some files."""
        self._blobs |= blobs

    def module(self, folder: str) -> Iterator[Source | Unreadable]:
        """Yield the files of a folder that Terraform would have loaded, each version read once."""
        normal = os.path.normpath(folder or os.curdir)
        names = self._files_by_folder().get(normal, ())
        listed = self._tree_list()
        blobs = tuple(
            (name, listed[os.path.normpath(os.path.join(normal, name))]) for name in names
        )
        modules = self._line._modules  # noqa: SLF001  (of its own kind)
        if (normal, blobs) not in modules:
            modules[normal, blobs] = tuple(super().module(folder))
        yield from modules[normal, blobs]

    def _content(self, path: str, blob: str) -> bytes:
        return self._line._content(path, blob)  # noqa: SLF001  (of its own kind)


def _commit(head: str, edits: list[Edit], before: Blobs, after: Blobs) -> Commit:
    name, time, *parents = head.removeprefix(_HEAD).split()
    return Commit(name, _day(time), parents[0] if parents else None, tuple(edits), before, after)


def _day(time: str) -> date:
    return datetime.fromtimestamp(int(time), UTC).date()
