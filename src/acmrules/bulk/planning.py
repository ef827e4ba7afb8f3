"""The plan of a bulk run: the columns of each input file, and those of the output."""

from __future__ import annotations

import os

from acmrules.arrow import CertificateNames
from acmrules.bulk.files.decompressing import unreadable
from acmrules.bulk.files.encoding import OutputTable, require_output
from acmrules.bulk.files.formats import form_of
from acmrules.bulk.files.rows import no_rows, row_text_column
from acmrules.bulk.files.tables import name_column, open_table, require_alike
from acmrules.bulk.request import BulkFiles, BulkRequest, WrittenFile, find_files
from acmrules.bulk.task import FileTask, Task, examined_columns
from acmrules.errors import InvalidArgument
from acmrules.messages import counted, printable, quoted, quoted_list
from acmrules.syntax.source import InputError
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class BulkPlan(Value):
    """The files of a run, and what to do with them.

    `tasks` are those of the input files that can be read, to whose numbers `targets` refer.
    `not_read` are the others in words; only a run of a directory has some.
    """

    files: BulkFiles
    tasks: tuple[FileTask, ...]
    targets: tuple[WrittenFile, ...]
    not_read: tuple[str, ...]
    certificates: CertificateNames | None

    @property
    def paths(self) -> tuple[str, ...]:
        """The input files that are read."""
        return tuple(task.table.path for task in self.tasks)

    @property
    def size(self) -> int:
        """The number of bytes of all input files."""
        return sum(task.table.size for task in self.tasks)

    def task(self, request: BulkRequest, folder: str) -> Task:
        """Return what the workers do with the pieces of a run."""
        return Task(
            folder,
            self.tasks,
            request.added,
            request.prefix,
            self.certificates,
            request.suffix_list,
            request.as_of,
        )


def plan_run(request: BulkRequest, notice: Callable[[str], None]) -> BulkPlan:
    """Return the plan of a run; raises the errors of inputs and outputs.

    `notice` is called with the files of a directory that have an unknown format.
    """
    files = find_files(request)
    _report_ignored(files, notice)
    not_read = [*_unreadable_folders(files)]
    if not_read and not files.is_folder:
        raise not_read[0]
    for error in not_read:
        notice(str(error))
    for target in files.written:
        require_output(form_of(target.path))
    tasks: list[FileTask] = []
    targets: list[WrittenFile] = []
    for target in files.written:
        first = len(tasks)
        try:
            tasks += [_file_task(request, files, number, target) for number in target.files]
        except (InputError, InvalidArgument) as error:
            if not files.is_folder:
                raise
            not_read.append(error)
            notice(str(error))
        else:
            targets.append(WrittenFile(target.path, tuple(range(first, len(tasks)))))
    for target in targets:
        require_alike([tasks[number].table for number in target.files])
    return BulkPlan(
        files,
        tuple(tasks),
        tuple(targets),
        tuple(map(str, not_read)),
        _certificates(request, notice),
    )


def _unreadable_folders(files: BulkFiles) -> Iterator[InputError | InvalidArgument]:
    """Yield the errors of folders that cannot be read."""
    for path in files.ignored:
        if os.path.isdir(path) and not os.path.islink(path):
            try:
                os.listdir(path)
            except OSError as error:
                yield unreadable(path, error)


def _report_ignored(files: BulkFiles, notice: Callable[[str], None]) -> None:
    """Report what a directory has and the run does not read."""
    unknown: list[str] = []
    links: list[str] = []
    for path in files.ignored:
        if not os.path.isdir(path):
            unknown.append(os.path.relpath(path, files.root))
        elif os.path.islink(path):
            links.append(os.path.relpath(path, files.root))
    if unknown:
        words = f"leaves out {counted(len(unknown), 'file')} of unknown format"
        notice(f"{printable(files.root)}: {words}: {quoted_list(unknown)}")
    if links:
        words = f"leaves out {counted(len(links), 'link')} to directories"
        notice(f"{printable(files.root)}: {words}: {quoted_list(links)}")


def _file_task(
    request: BulkRequest, files: BulkFiles, number: int, target: WrittenFile
) -> FileTask:
    """Return the task of a file."""
    path = files.read[number]
    table = open_table(path, form_of(path))
    column = name_column(table, request.column)
    rows = no_rows(table, column)
    for added in request.added:
        if request.prefix + added in rows.schema.names:
            fault = f"has the column {quoted(request.prefix + added)} already; use `--prefix`"
            raise InputError(path, fault)
    columns = examined_columns(rows, column, request)
    name = os.path.relpath(path, files.root) if files.root else path
    return FileTask(
        name,
        table,
        column,
        OutputTable(form_of(target.path), columns, row_text_column(table, column)),
    )


def _certificates(request: BulkRequest, notice: Callable[[str], None]) -> CertificateNames | None:
    """Return the names of the certificates of a request, or `None` if it has none."""
    if not request.certificates:
        return None
    from acmrules.bulk.certificates import read_certificates

    return read_certificates(request.certificates, as_of=request.as_of, remark=notice)
