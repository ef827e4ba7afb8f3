"""What a bulk run shall do: its input and output, and what identifies it for the next run."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date

import pyarrow as pa

from acmrules import __version__
from acmrules.arrow import COLUMNS
from acmrules.bulk.errors import BulkRunError
from acmrules.bulk.files.formats import TEXT, form_of, input_files
from acmrules.messages import printable, quoted
from acmrules.suffix_lists import DEFAULT_SOURCE, SOURCES
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

OF_CERTIFICATES = ("covering_name", "certificate")
"""The columns that are empty without certificates."""


class BulkRequest(Value):
    """What to examine, and where to write it.

    `source` is a file or a directory, and `target` too. `column` has the names; without one, it is
    found. `columns` are those to add, by default all that can have values, and `prefix` begins
    their names. `certificates` are files. `is_today` is true if `as_of` is the date of the clock:
    a run that is continued on the next day has the date of its beginning.
    """

    source: str
    target: str
    as_of: date
    is_today: bool = False
    column: str | None = None
    columns: tuple[str, ...] = ()
    prefix: str = ""
    certificates: tuple[str, ...] = ()
    suffix_list: str = DEFAULT_SOURCE

    @property
    def added(self) -> tuple[str, ...]:
        """The columns to add, each once."""
        if self.columns:
            return tuple(dict.fromkeys(self.columns))
        without = () if self.certificates else OF_CERTIFICATES
        return tuple(name for name in COLUMNS if name not in without)

    @property
    def work(self) -> str:
        """The path of the work folder."""
        return f"{os.path.realpath(self.target)}.work"

    @property
    def rejected(self) -> str:
        """The path of the file for rejected rows."""
        return f"{self.target.rstrip(os.sep)}.rejected.jsonl"

    def identity(self, files: Iterable[str], suffix_version: str) -> dict[str, Any]:
        """Return what the parts of the run depend on, by what messages call it."""
        read = {file: _state(file) for file in (*files, *self.certificates)}
        if self.suffix_list not in SOURCES:
            read[self.suffix_list] = _state(self.suffix_list)
        return {
            "the version of acmrules": __version__,
            "the version of pyarrow": pa.__version__,
            "the public suffix list": f"{self.suffix_list} {suffix_version}",
            "the input": os.path.realpath(self.source),
            "`--column`": self.column,
            "`--columns`": [*self.added],
            "`--prefix`": self.prefix,
            "`--certificates`": [*self.certificates],
            "`--as-of`": "today" if self.is_today else str(self.as_of),
            "files": read,
        }


def _state(path: str) -> list[int]:
    """Return what changes with the content of a file: its size, and when it was written."""
    status = os.stat(path)
    return [status.st_size, status.st_mtime_ns]


class WrittenFile(Value):
    """A file to write, and the numbers of the input files whose rows it has."""

    path: str
    files: tuple[int, ...]


class BulkFiles(Value):
    """The input files of a run, and those to write.

    `ignored` are files in a directory whose format is unknown. `root` is the directory of the
    input, or empty if it is a file. `is_folder` is true if the output is a directory.
    """

    read: tuple[str, ...]
    ignored: tuple[str, ...]
    written: tuple[WrittenFile, ...]
    root: str
    is_folder: bool


def find_files(request: BulkRequest) -> BulkFiles:
    """Return the files of a run; raise `BulkRunError` if it would replace what it reads."""
    read, ignored = input_files(request.source)
    root = request.source if os.path.isdir(request.source) else ""
    if not read:
        raise BulkRunError(f"{printable(request.source)}: contains no file of a known format")
    is_folder = bool(root) and _is_folder(request.target)
    if is_folder:
        written = tuple(_in_folder(request, root, read))
    else:
        written = (WrittenFile(request.target, tuple(range(len(read)))),)
    paths = [target.path for target in written]
    twice = [path for path, number in Counter(paths).items() if number > 1]
    if twice:
        raise BulkRunError(f"two files have the same output {quoted(twice[0])}")
    _require_apart(request, read, paths)
    return BulkFiles(read, ignored, written, root, is_folder)


def _is_folder(path: str) -> bool:
    """Return whether an output is a directory: one that exists, or a name of no known format."""
    if os.path.exists(path):
        return os.path.isdir(path)
    try:
        form_of(path)
    except ValueError:
        return True
    return path.endswith(os.sep)


def _in_folder(request: BulkRequest, root: str, read: Iterable[str]) -> Iterator[WrittenFile]:
    """Yield the files of a directory as files of another one; lists of names become CSV."""
    for number, path in enumerate(read):
        name = _written_name(os.path.relpath(path, root))
        yield WrittenFile(os.path.join(request.target, name), (number,))


def _written_name(name: str) -> str:
    """Return the name of the output of a file in a directory; `names.txt.gz` has no columns."""
    if form_of(name).format != TEXT:
        return name
    stem, end = os.path.splitext(name)
    return f"{name}.csv" if end.lower() == ".txt" else f"{stem}.csv{end}"


def _require_apart(request: BulkRequest, read: Iterable[str], written: Iterable[str]) -> None:
    """Raise `BulkRunError` if the output is an input, or one of them is within the other."""
    source, target = os.path.realpath(request.source), os.path.realpath(request.target)
    if target.startswith(os.path.join(source, "")):
        raise BulkRunError(f"the output {quoted(request.target)} is in the input directory")
    for path in (*written, request.rejected):
        if os.path.isdir(path):
            raise BulkRunError(f"{quoted(path)} is a directory; the output needs a file")
    inputs = {os.path.realpath(path) for path in (*read, *request.certificates)}
    inputs |= {source, os.path.realpath(request.suffix_list)}
    for path in (request.target, *written, request.rejected, request.work):
        if os.path.realpath(path) in inputs:
            raise BulkRunError(f"{quoted(path)} is an input, so the output cannot replace it")
        if os.path.lexists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
            raise BulkRunError(f"{quoted(path)} is not a regular file")
