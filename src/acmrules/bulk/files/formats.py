"""The formats of the files of a bulk run, by the ends of their names."""

from __future__ import annotations

import os

from acmrules.errors import InvalidArgument
from acmrules.messages import quoted
from acmrules.syntax.source import InputError
from acmrules.values import Value

PARQUET, CSV, TSV, JSON_LINES, TEXT = "parquet", "csv", "tsv", "jsonl", "txt"

_FORMATS = {
    ".parquet": PARQUET,
    ".csv": CSV,
    ".tsv": TSV,
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".txt": TEXT,
}
_COMPRESSIONS = {".gz": "gzip", ".zst": "zstd", ".bz2": "bz2", ".xz": "xz"}


class TableForm(Value):
    """The format of a file of rows, and its compression: `gzip`, `zstd`, `bz2`, `xz`, or none.

    `separator` is the character between the fields of CSV that has no commas.
    """

    format: str
    compression: str = ""
    separator: str = ""

    @property
    def delimiter(self) -> str:
        """The character between the fields of CSV and TSV; empty for other formats."""
        return self.separator or {CSV: ",", TSV: "\t"}.get(self.format, "")


def form_of(path: str) -> TableForm:
    """Return the format of a file by the end of its name; raise `InvalidArgument` for others."""
    form = _known_form(path)
    if form is None:
        ends = ", ".join(f"`{end}`" for end in _FORMATS)
        compressed = ", ".join(f"`{end}`" for end in _COMPRESSIONS)
        raise InvalidArgument(
            f"the format of {quoted(path)} is unknown; the name must end with one of {ends},"
            f" and all but `.parquet` may add one of {compressed}"
        )
    return form


def _known_form(path: str) -> TableForm | None:
    name = os.path.basename(path).lower()
    stem, end = os.path.splitext(name)
    compression = _COMPRESSIONS.get(end, "")
    if compression:
        stem, end = os.path.splitext(stem)
    table = _FORMATS.get(end)
    if table is None or (table == PARQUET and compression):
        return None
    return TableForm(table, compression)


def input_files(path: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the files of a path with a known format, and the others, each sorted.

    A file is itself. A folder is all files in it and in its folders; names that begin with `.` or
    `_` are those of other programs, and ignored. Links to folders are not followed: they are among
    the others, and so are folders that cannot be read. Raises `InputError` if there is no such
    path, or if it cannot be read.
    """
    if not os.path.isdir(path):
        if not os.path.exists(path):
            raise InputError(path, "no such file or directory")
        return (path,), ()
    known: list[str] = []
    others: list[str] = []
    for file in _files_below(path):
        (others if _known_form(file) is None else known).append(file)
    return tuple(known), tuple(others)


def _files_below(folder: str) -> list[str]:
    def keep(error: OSError) -> None:
        if error.filename == folder:
            raise InputError(folder, (error.strerror or str(error)).lower())
        found.append(str(error.filename))

    found: list[str] = []
    for parent, folders, names in os.walk(folder, onerror=keep):
        folders[:] = [name for name in folders if name[0] not in "._"]
        names += [name for name in folders if os.path.islink(os.path.join(parent, name))]
        found += [os.path.join(parent, name) for name in names if name[0] not in "._"]
    return sorted(found)
