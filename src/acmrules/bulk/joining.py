"""The parts of a bulk run as its output: files in the work folder, which then replace the old."""

from __future__ import annotations

import os
from contextlib import suppress
from shutil import copyfileobj, copymode, rmtree

from acmrules.bulk.counts import Counts
from acmrules.bulk.files.assembling import assemble
from acmrules.bulk.progress import BulkProgress
from acmrules.bulk.work_folder import rejected_file
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    from acmrules.bulk.conveyor import Conveyor, FinishedPart
    from acmrules.bulk.planning import BulkPlan
    from acmrules.bulk.request import BulkRequest, WrittenFile
    from acmrules.bulk.work_folder import WorkFolder

_OUTPUT, _REJECTED = "output", "all-rejected"


class Joined:
    """What the parts of a run are joined to: files in its work folder, and counts.

    `written` are the paths of the files, and where each of them belongs. `not_read` are the files
    of a directory that end early, in words; they have no output.
    """

    def __init__(
        self, plan: BulkPlan, work: WorkFolder, step: Callable[[BulkProgress], None]
    ) -> None:
        self._plan = plan
        self._work = work
        self._step = step
        self._progress = BulkProgress(size=plan.size)
        self.counts = Counts()
        self.written: list[tuple[str, str]] = []
        self.not_read: list[str] = []
        self.rejected = os.path.join(work.path, _REJECTED)

    def join(self, conveyor: Conveyor) -> None:
        """Join all parts, in order; raise `InputError` if the only file ends early."""
        self._step(self._progress)
        folder = os.path.join(self._work.path, _OUTPUT)
        if os.path.isdir(folder):
            rmtree(folder)
        os.makedirs(folder)
        with open(self.rejected, "wb") as rejected:
            for number, target in enumerate(self._plan.targets):
                self._join(target, os.path.join(folder, str(number)), conveyor, rejected)
            rejected.flush()
            os.fsync(rejected.fileno())

    def _join(
        self, target: WrittenFile, path: str, conveyor: Conveyor, rejected: IO[bytes]
    ) -> None:
        """Join the parts of an output file."""
        counts, start = Counts(), rejected.tell()
        parts = self._parts(target, conveyor, rejected, counts)
        try:
            assemble(parts, path, self._plan.tasks[target.files[0]].output)
        except InputError as error:
            if not self._plan.files.is_folder:
                raise
            self.not_read.append(str(error))
            rejected.seek(start)
            rejected.truncate()
        else:
            self.counts.add(counts)
            self.written.append((path, target.path))

    def _parts(
        self, target: WrittenFile, conveyor: Conveyor, rejected: IO[bytes], counts: Counts
    ) -> Iterator[str]:
        """Yield the paths of the parts of an output file, and count them."""
        for _ in target.files:
            for part in conveyor.next_file():
                own = self._work.counts(part.number)
                counts.add(own)
                if own.rejected:
                    with open(rejected_file(self._work.path, part.number), "rb") as rows:
                        copyfileobj(rows, rejected)
                yield part.path
                self._count(part, own)

    def _count(self, part: FinishedPart, counts: Counts) -> None:
        rows = counts.rows + counts.rejected
        self._progress = self._progress.with_part(rows, part.size, is_earlier=part.is_earlier)
        self._step(self._progress)


def replace_output(request: BulkRequest, joined: Joined) -> None:
    """Move the files to their places; a file that is interrupted in between is moved again."""
    if joined.counts.rejected:
        _replace(joined.rejected, request.rejected)
    else:
        with suppress(FileNotFoundError):
            os.unlink(request.rejected)
    for path, target in joined.written:
        _replace(path, target)


def _replace(path: str, target: str) -> None:
    """Replace a file by another one, which gets its permissions, or create it."""
    target = os.path.realpath(target)
    if os.path.exists(target):
        if not os.access(target, os.W_OK):
            raise PermissionError(0, "it is write-protected", target)
        copymode(target, path)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
    os.replace(path, target)
