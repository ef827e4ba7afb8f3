"""The work folder of a bulk run: its lock, what identifies the run, and the finished parts.

A part is finished when its counts are there, because they are written last. Each file is written
under another name and renamed, so a file with its final name is complete.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from shutil import rmtree
from zlib import crc32

from acmrules.bulk.counts import Counts
from acmrules.bulk.errors import BulkRunError
from acmrules.messages import printable, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO, Any, Self

try:
    import fcntl
except ImportError:  # Windows, where a file that another process has open cannot be removed
    fcntl = None  # type: ignore[assignment]

_IDENTITY, _LOCK = "job.json", "lock"
_TEMPORARY = ".tmp"
_OWN = re.compile(r"(job\.json|lock|(part|rejected|counts)-\d{9}|output|all-rejected)(\.\d+\.tmp)?")
"""The names of the files in the folder; one with other files is not removed."""


class WorkFolder:
    """The folder `OUT.work`, locked until it is closed.

    Raises `BulkRunError` if another run has the lock or wrote the parts, and `OSError`.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._finished: set[int] = set()
        os.makedirs(path, exist_ok=True)
        self._lock = _locked(path)
        try:
            self._require_own()
        except BulkRunError:
            self._lock.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.close()

    def begin(self, identity: Mapping[str, Any]) -> bool:
        """Keep what identifies this run, or return true if it continues the run that is there."""
        known = known_run(self.path)
        if known:
            _require_equal(self.path, known, json.loads(json.dumps(identity)))
            self._find_parts()
            return True
        self._clear()
        _rename(self._file(_IDENTITY), json.dumps(identity, indent=2).encode())
        return False

    def is_finished(self, number: int) -> bool:
        """Return whether a part is finished."""
        return number in self._finished

    @property
    def finished(self) -> int:
        """The number of parts that are finished."""
        return len(self._finished)

    def add(self, number: int) -> None:
        """Remember that a part is finished."""
        self._finished.add(number)

    def counts(self, number: int) -> Counts:
        """Return the counts of a finished part."""
        return Counts.from_data(_stated(counts_file(self.path, number))["counts"])

    def remove(self) -> None:
        """Remove the folder, first what identifies the run, so that no half of it is continued."""
        self._clear()
        with suppress(OSError):
            os.unlink(self._file(_LOCK))
        with suppress(OSError):
            os.rmdir(self.path)

    def _file(self, name: str) -> str:
        return os.path.join(self.path, name)

    def _require_own(self) -> None:
        for name in sorted(os.listdir(self.path)):
            if not _OWN.fullmatch(name):
                raise BulkRunError(
                    f"{printable(self.path)}: contains {quoted(name)}, which acmrules did not"
                    " write; rename the directory, or choose another output"
                )

    def _find_parts(self) -> None:
        """Find the finished parts, and remove what was not finished."""
        for name in os.listdir(self.path):
            kind, _, number = name.partition("-")
            if name.endswith(_TEMPORARY):
                os.unlink(self._file(name))
            elif kind == "counts" and self._is_complete(int(number)):
                self._finished.add(int(number))

    def _is_complete(self, number: int) -> bool:
        """Return whether the files of a part have what was written; a computer may fail."""
        with suppress(OSError, ValueError, KeyError, TypeError):
            sums = _stated(counts_file(self.path, number))
            paths = part_file(self.path, number), rejected_file(self.path, number)
            return [*map(_checksum_of, paths)] == [sums["part"], sums["rejected"]]
        return False

    def _clear(self) -> None:
        """Remove all files but the lock."""
        with suppress(FileNotFoundError):
            os.unlink(self._file(_IDENTITY))
        for name in os.listdir(self.path):
            if name != _LOCK:
                _remove_tree(self._file(name))


def known_run(folder: str) -> dict[str, Any]:
    """Return what identifies the run that wrote the parts in a folder; empty if there is none."""
    try:
        identity: object = _stated(os.path.join(folder, _IDENTITY))
    except (FileNotFoundError, NotADirectoryError, ValueError, RecursionError):
        return {}
    return identity if isinstance(identity, dict) else {}


def part_file(folder: str, number: int) -> str:
    """Return the file with the rows of a part."""
    return os.path.join(folder, f"part-{number:09}")


def rejected_file(folder: str, number: int) -> str:
    """Return the file with the rejected rows of a part, which is absent if there are none."""
    return os.path.join(folder, f"rejected-{number:09}")


def counts_file(folder: str, number: int) -> str:
    """Return the file with the counts of a part."""
    return os.path.join(folder, f"counts-{number:09}")


def write_part(folder: str, number: int, rows: bytes, rejected: bytes, counts: Counts) -> None:
    """Write the files of a part, the counts last.

    None of them is flushed to the disk, which would take longer than to examine some rows. So the
    checksums show what a computer that failed has kept.
    """
    _rename(part_file(folder, number), rows)
    if rejected:
        _rename(rejected_file(folder, number), rejected)
    stated = {"part": crc32(rows), "rejected": crc32(rejected), "counts": counts.to_data()}
    _rename(counts_file(folder, number), json.dumps(stated).encode())


def _rename(path: str, data: bytes) -> None:
    """Write a file under another name, and rename it when it is complete."""
    temporary = f"{path}.{os.getpid()}{_TEMPORARY}"
    try:
        with open(temporary, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except OSError as error:
        # A write to an open file fails without its name.
        error.filename = path
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _stated(path: str) -> dict[str, Any]:
    with open(path, encoding="utf-8") as file:
        stated: dict[str, Any] = json.load(file)
    return stated


def _checksum_of(path: str) -> int:
    """Return the checksum of a file; an absent one is as an empty one."""
    if not os.path.exists(path):
        return crc32(b"")
    with open(path, "rb") as file:
        return crc32(file.read())


def _locked(folder: str) -> IO[bytes]:
    """Return the open file whose lock this process has."""
    path = os.path.join(folder, _LOCK)
    while True:
        file = open(path, "ab")  # noqa: SIM115  (open as long as the run)
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The run that had the lock may have removed the folder in the meantime.
            if os.path.samestat(os.fstat(file.fileno()), os.stat(path)):
                return file
        except BlockingIOError:
            file.close()
            raise BulkRunError(
                f"{printable(folder)}: another run is using it; wait until it ends"
            ) from None
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)
        except OSError:
            file.close()
            raise
        file.close()


def _require_equal(path: str, known: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Raise `BulkRunError` with the first difference of two runs."""
    for key in dict.fromkeys((*known, *wanted)):
        if known.get(key) != wanted.get(key):
            fault = _difference(key, known, wanted)
            raise BulkRunError(
                f"{printable(path)}: contains parts of another run: {fault};"
                " delete this directory to start again"
            )


def _difference(key: str, known: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """Return the difference of two runs in words."""
    old, new = known.get(key), wanted.get(key)
    if isinstance(old, dict) and isinstance(new, dict):
        name = next(
            name for name in sorted(old.keys() | new.keys()) if old.get(name) != new.get(name)
        )
        if name not in new:
            return f"the file {quoted(name)} no longer exists"
        return f"the file {quoted(name)} {'has changed' if name in old else 'is new'}"
    return f"{key} was {_words(old)}, and is now {_words(new)}"


def _words(value: object) -> str:
    if isinstance(value, list):
        value = ", ".join(map(str, value))
    return "not set" if value is None or value == "" else quoted(value)


def _remove_tree(path: str) -> None:
    if os.path.isdir(path) and not os.path.islink(path):
        rmtree(path)
    else:
        os.unlink(path)
