"""Files at a revision of Git, read by as few processes as possible.

Names are paths relative to the working directory. Nothing is fetched.
"""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from acmrules.errors import AcmRulesError
from acmrules.messages import printable, quoted
from acmrules.syntax.source import InputError, Source
from acmrules.values import Value
from acmrules.workspace import files
from acmrules.workspace.git_trees import LINK, ModuleFiles, entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from subprocess import Popen

    from acmrules.workspace.git_trees import Entries

    Blobs = Mapping[str, tuple[str, str]]

_SETTINGS = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C",
}
_SUBMODULE, _ABSENT = "160000", "000000"
_MOST_LINKS = 8
_FATAL = ("fatal: ", "error: ")
_SAME = os.path.join(os.curdir, "")


class GitError(AcmRulesError):
    """A revision that cannot be read; the text is the reason."""


class FileChange(Value):
    """A file that differs: its names before and after, `None` on a side without it.

    With `content`, its content differs, not only its name.
    """

    before: str | None
    after: str | None
    content: bool = True


class Revision:
    """A revision of the repository that a folder is in."""

    def __init__(self, name: str, folder: str = ".") -> None:
        """Raise `GitError` without Git, without a repository, or without such a revision."""
        self.name = name
        self._objects: Popen[bytes] | None = None
        self._listed: dict[str, tuple[str, str]] | None = None
        self._folders: dict[str, list[str]] = {}
        self._blobs: dict[str, tuple[str, str]] = {}
        self.infers_renames = True
        # Git would read a leading hyphen as an option; no revision has one.
        if not name or name.startswith("-") or not name.isprintable():
            raise GitError(f"`{ascii(name)[1:-1]}` is not a valid revision")
        self._folder = folder
        shallow, *top = self._lines("rev-parse", "--is-shallow-repository", "--show-cdup")
        if not top:
            raise GitError("the repository is bare: it has no working directory")
        self._top = os.path.normpath(os.path.join(os.path.realpath(folder), *top))
        self._folder = self._top
        self._here = os.path.join(os.path.relpath(os.getcwd(), self._top), "")
        try:
            [self._tree] = self._lines("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        except GitError:
            hint = "; the clone is shallow, fetch more history" if shallow == "true" else ""
            raise GitError(f"there is no revision `{name}`{hint}") from None

    def edits(self, untracked: Iterable[str] = ()) -> list[FileChange]:
        """Return the files that differ from the revision, without links and submodules.

        Files that Git does not track are included below the `untracked` paths.
        """
        words = iter(
            self._with_renames(
                *("diff", "--raw", "-z", "--no-abbrev", "-M", "--no-ext-diff", "--no-textconv"),
                *("--ignore-submodules=all", self._tree, "--"),
            ).split("\0")
        )
        found = []
        while head := next(words):
            mode_before, mode_after, blob, _, status = head[1:].split(" ")
            before = after = self._seen(next(words))
            if status[0] == "R":
                after = self._seen(next(words))
            is_before = mode_before not in (_ABSENT, LINK, _SUBMODULE)
            is_after = mode_after not in (_ABSENT, LINK, _SUBMODULE)
            if is_before:
                self._blobs[before] = mode_before, blob
            if is_before or is_after:
                edit = FileChange(
                    before if is_before else None, after if is_after else None, status != "R100"
                )
                found.append(edit)
        paths = [self._inside(path) for path in untracked]
        if paths:
            listed = self._git("ls-files", "-z", "--others", "--exclude-standard", "--", *paths)
            found += [FileChange(None, self._seen(name)) for name in listed.split("\0") if name]
        return found

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `InputError`."""
        mode, blob = self._blob(path)
        links = 0
        name = path
        while mode == LINK and links < _MOST_LINKS:
            target = os.fsdecode(self._content(path, blob))
            name = os.path.normpath(os.path.join(os.path.dirname(name), target))
            mode, blob = self._blob(name, path)
            links += 1
        if mode in (LINK, _SUBMODULE):
            raise InputError(path, f"is not a regular file at `{self.name}`")
        return self._content(path, blob)

    def module(self, folder: str) -> Iterator[Source | InputError]:
        """Yield the files of a folder that Terraform loads, sorted by name."""
        submodule = self._submodule(os.path.normpath(folder or "."))
        if submodule:
            fault = f"is in the submodule {quoted(submodule)}, whose files are not compared"
            yield InputError(folder, fault)
            return
        names = self._files_by_folder().get(os.path.normpath(folder or "."))
        if names is None and not self._has_folder(folder):
            yield InputError(folder, "no such file or directory")
            return
        for name in sorted(names or ()):
            if files.is_of_module(name):
                path = os.path.join(folder, name)
                try:
                    yield files.decode(path, self.read(path))
                except InputError as error:
                    yield error.with_traceback(None)

    def _submodule(self, path: str) -> str:
        """Return the submodule that contains a path, empty if none does."""
        while path and self._tree_list().get(path, ("",))[0] != _SUBMODULE:
            path = os.path.dirname(path)
        return path

    def _has_folder(self, folder: str) -> bool:
        inside = os.path.join(os.path.normpath(folder), "")
        return not folder or any(name.startswith(inside) for name in self._files_by_folder())

    def listed(self) -> Iterator[str]:
        """Yield the paths of all files of the revision."""
        yield from self._tree_list()

    def close(self) -> None:
        """End the process that reads objects."""
        if self._objects is not None:
            self._objects.kill()
            self._objects.communicate()
            self._objects = None

    # Objects

    def _blob(self, path: str, link: str | None = None) -> tuple[str, str]:
        if path not in self._blobs:
            known = self._tree_list().get(path)
            if known is None:
                raise InputError(link or path, f"does not exist at `{self.name}`")
            self._blobs[path] = known
        return self._blobs[path]

    def _tree_list(self) -> dict[str, tuple[str, str]]:
        """Return the modes and blobs of all files of the revision."""
        if self._listed is None:
            self._listed = {}
            for line in self._git("ls-tree", "-r", "-z", "--full-tree", self._tree).split("\0"):
                if line:
                    head, _, name = line.partition("\t")
                    mode, _, blob = head.split(" ")
                    self._listed[self._seen(name)] = mode, blob
        return self._listed

    def _files_by_folder(self) -> dict[str, list[str]]:
        if not self._folders:
            for path in self._tree_list():
                folder, name = os.path.split(path)
                self._folders.setdefault(folder or ".", []).append(name)
        return self._folders

    def _content(self, path: str, blob: str) -> bytes:
        """Return a blob; raises `InputError`."""
        size = self._requested(blob, b"blob")
        if size is None:
            raise InputError(path, f"is not in this clone at `{self.name}`")
        if size > files.MAX_BYTES:
            # Starting another process is faster than reading the rest of the blob.
            self.close()
            raise InputError(path, files.TOO_LARGE)
        return self._received(size)

    def _requested(self, name: str, kind: bytes) -> int | None:
        """Request an object from the process that reads all of them, and return its size.

        Returns `None` if this clone has no such object.
        """
        if self._objects is None:
            self._objects = self._started("cat-file", "--batch")
        stdin, stdout = self._objects.stdin, self._objects.stdout
        assert stdin is not None  # noqa: S101  (pipes were requested)
        assert stdout is not None  # noqa: S101  (as above)
        try:
            stdin.write(f"{name}\n".encode())
            stdin.flush()
            head = stdout.readline().split()
        except OSError:
            head = []
        if len(head) != 3 or head[1] != kind:  # noqa: PLR2004  (the name, the type, the size)
            self.close()
            return None
        return int(head[2])

    def _received(self, size: int) -> bytes:
        """Return the content of the object that was requested."""
        assert self._objects is not None  # noqa: S101  (it returned the size)
        assert self._objects.stdout is not None  # noqa: S101  (a pipe was requested)
        return self._objects.stdout.read(size + 1)[:size]

    # Names

    def _seen(self, name: str) -> str:
        """Return a path of Git relative to the working directory."""
        if self._here == _SAME:
            return name
        if name.startswith(self._here):
            return name[len(self._here) :]
        return os.path.relpath(os.path.join(self._top, name))

    def _inside(self, path: str) -> str:
        """Return a path relative to the repository; raises `GitError` for one outside of it."""
        folder, name = (path, "") if os.path.isdir(path) else os.path.split(path)
        # Git stores a link as a link, so only the folder is resolved.
        whole = os.path.join(os.path.realpath(folder or os.curdir), name)
        inside = os.path.relpath(os.path.normpath(whole), os.path.realpath(self._top))
        if inside == os.pardir or inside.startswith(os.pardir + os.sep):
            raise GitError(f"`{printable(path)}` is outside the repository")
        return inside

    # Processes

    def _lines(self, *words: str) -> list[str]:
        return self._git(*words).removesuffix("\n").split("\n")

    def _with_renames(self, *words: str) -> str:
        """Return the output of a command with `-M`, without what this clone cannot do.

        A filter, such as that of git-crypt, may not be installed; and a partial clone may lack the
        content that renames are inferred from.
        """
        try:
            return self._git(*words)
        except GitError as error:
            without = [*self._without_filters(), *words]
            # By default, Git reads the old content of files whose time has changed.
            plain = ["--no-renames" if word == "-M" else word for word in without]
            for again in (without, ["-c", "diff.autoRefreshIndex=false", *plain]):
                try:
                    found = self._git(*again)
                except GitError:
                    continue
                self.infers_renames = again is without
                return found
            raise error from None

    def _without_filters(self) -> Iterator[str]:
        """Yield the options that turn off the filters of the configuration."""
        pattern = r"^filter\..*\.(clean|smudge|process|required)$"
        try:
            names = self._git("config", "-z", "--name-only", "--get-regexp", pattern).split("\0")
        except GitError:
            return  # There is no filter.
        for name in {name.rpartition(".")[0] for name in names if name}:
            for member in ("clean=", "smudge=", "process=", "required=false"):
                yield from ("-c", f"{name}.{member}")

    def _git(self, *words: str) -> str:
        process = self._started(*words)
        out, error = process.communicate()
        if process.returncode:
            lines = os.fsdecode(error).strip().splitlines()
            fatal = [line for line in lines if line.startswith(_FATAL)] or lines
            raise GitError(
                f"git: {printable(fatal[0])}" if fatal else "git failed without a message"
            )
        return os.fsdecode(out)

    def _started(self, *words: str) -> Popen[bytes]:
        from subprocess import PIPE, Popen

        command = ["git", "-c", "core.fsmonitor=false", *words]
        try:
            return Popen(  # noqa: S603  (fixed words, an object id, literal paths)
                command,
                cwd=self._folder,
                stdin=PIPE,
                stdout=PIPE,
                stderr=PIPE,
                env=os.environ | _SETTINGS,
            )
        except FileNotFoundError:
            raise GitError("`git` is not installed") from None
        except OSError as error:
            raise GitError(f"cannot run `git`: {str(error.strerror).lower()}") from None


_HEAD = "\1"
_FORMAT = f"--format={_HEAD}%H %ct %P"


_FILE = "100"
"""The prefix of the mode of a regular file; others are links, submodules, or absent."""


class Commit(Value):
    """A commit with the files that differ from its first parent, if it has one.

    `before` and `after` are the modes and blobs of these files.
    """

    name: str
    day: date
    parent: str | None
    edits: tuple[FileChange, ...]
    before: Blobs
    after: Blobs


class CommitLog(Revision):
    """A revision with its history along first parents.

    The changes of a branch count on the date of the merge, as one change.
    """

    def __init__(self, name: str, folder: str = ".") -> None:
        super().__init__(name, folder)
        self._last: CommitFiles | None = None
        self.modules = ModuleFiles(self._entries, self._seen)

    def commits(
        self,
        until: date,
        since: date | None = None,
        after: CommitLog | None = None,
        paths: Iterable[str] = (),
    ) -> list[Commit]:
        """Return the commits to files below some paths up to a date, the oldest first.

        They begin on a date, or after a revision.
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
        found = self._parsed(self._with_renames(*words, "--", *inside).split("\0"))
        return [*found][::-1]

    def begins(self) -> date:
        """Return the date of the first commit of the history."""
        times = self._lines("log", "--first-parent", "--max-parents=0", "--format=%ct", self.commit)
        return _day(times[-1])

    @property
    def commit(self) -> str:
        """The id of the commit."""
        return self._tree

    def day(self) -> date:
        """Return the date of the commit."""
        [time] = self._lines("log", "-1", "--format=%ct", self.commit)
        return _day(time)

    def is_shallow(self) -> bool:
        """Return whether the clone has only a part of the history."""
        return self._lines("rev-parse", "--is-shallow-repository") == ["true"]

    def at(self, commit: str, blobs: Blobs) -> CommitFiles:
        """Return the files of a commit, some of whose blobs are known."""
        if self._last is None or self._last.commit != commit:
            self._last = CommitFiles(self, commit, blobs)
        self._last.know(blobs)
        return self._last

    def _entries(self, tree: str) -> Entries:
        """Return the entries of a tree object; raises `GitError`."""
        size = self._requested(tree, b"tree")
        if size is None:
            raise GitError(f"the clone has no tree `{tree[:10]}`")
        return entries(self._received(size), len(self.commit) // 2)

    def _parsed(self, words: list[str]) -> Iterator[Commit]:
        """Yield the commits of a log, the newest first."""
        left = iter(words)
        head = ""
        edits: list[FileChange] = []
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
                    edit = FileChange(
                        old if was else None, new if becomes else None, status != "R100"
                    )
                    edits.append(edit)
        if head:
            yield _commit(head, edits, before, after)


class CommitFiles(Revision):
    """The files of one commit of a log, read by the process of the log."""

    def __init__(self, line: CommitLog, commit: str, blobs: Blobs) -> None:
        """Create the files of a commit, which must exist."""
        self.name = commit[:10]
        self._line = line
        self._objects = None
        self._listed = None
        self._folders = {}
        self._blobs = {**blobs}
        self._folder, self._top, self._here = line._folder, line._top, line._here  # noqa: SLF001  (of a subclass)
        self._tree = self.commit = commit

    def know(self, blobs: Blobs) -> None:
        """Add the blobs of some files, as the log has them."""
        self._blobs |= blobs

    def module(self, folder: str) -> Iterator[Source | InputError]:
        """Yield the files of a folder that Terraform loads; unchanged ones are the same object."""
        yield from self._modules().read(folder, self._source)

    def changed_modules(self) -> set[str]:
        """Return the folders whose modules may differ from those at the last call."""
        return self._modules().changed()

    def module_paths(self, folder: str) -> Iterator[str]:
        """Yield the paths of the files of a module."""
        return self._modules().paths(folder)

    def _modules(self) -> ModuleFiles:
        """Return the modules of the log, moved to this commit."""
        self._line.modules.move(self.commit)
        return self._line.modules

    def _source(self, path: str, blob: tuple[str, str]) -> Source | InputError:
        """Return a file, or why it cannot be read."""
        self._blobs[path] = blob
        try:
            return files.decode(path, self.read(path))
        except InputError as error:
            return error.with_traceback(None)

    def _content(self, path: str, blob: str) -> bytes:
        return self._line._content(path, blob)  # noqa: SLF001  (of a subclass)


def _commit(head: str, edits: list[FileChange], before: Blobs, after: Blobs) -> Commit:
    name, time, *parents = head.removeprefix(_HEAD).split()
    return Commit(name, _day(time), parents[0] if parents else None, tuple(edits), before, after)


def _day(time: str) -> date:
    return datetime.fromtimestamp(int(time), UTC).date()
