"""What commands print about a run: problems with files, and that nothing was checked."""

from __future__ import annotations

import os
import sys

from acmrules.cli.output import Unwatched, print_problem
from acmrules.cli.parser import BUG, CLEAN, UNREADABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.cli.options import InputOptions, ReadOptions
    from acmrules.lint.findings import Report
    from acmrules.workspace.discover import Inputs
    from acmrules.workspace.errors import Troubles
    from acmrules.workspace.files import Disk


def is_hook() -> bool:
    """Return whether pre-commit runs the command, which names all files that changed."""
    return bool(os.environ.get("PRE_COMMIT"))


def write_nothing(report: Report, inputs: Inputs, remarks: Iterable[str]) -> None:
    """Print on standard error that nothing was checked, and what was looked at."""
    from acmrules.messages import counted

    suffixes: dict[str, int] = {}
    for path in {os.path.normpath(path) for path in inputs.order}:
        name = path.rpartition(os.sep)[2]
        stem, dot, last = name.rpartition(".")
        suffix = "standard input" if path == "-" else dot + last if stem.strip(".") else name
        suffixes[suffix] = suffixes.get(suffix, 0) + 1
    kinds = [
        kind if kind == "standard input" else counted(count, f"{kind} file")
        for kind, count in sorted(suffixes.items(), key=lambda item: (-item[1], item[0]))
    ]
    looked_at = f" in {', '.join(kinds)}" if kinds else ": no files of a known kind"
    excluded = f" ({report.excluded:,} excluded)" if report.excluded else ""
    print_problem(f"nothing was checked{looked_at}{excluded}")
    for remark in remarks:
        print_problem(remark)


def write_unchecked(report: Report, quiet: int) -> None:
    """Print on standard error what makes a quiet run fail: what was not read or not checked."""
    for warning in report.unreadable if quiet > 1 else ():
        if warning.is_warning:
            print_problem(f"warning: {warning}")
    for each in report.not_checked:
        print_problem(f"not checked: {each.located}")


def progress_of(options: InputOptions) -> Unwatched:
    """Return the progress of a run, which also lists the files of a verbose one."""
    if options.verbose:
        from acmrules.cli.verbose import Log

        return Log()
    if options.quiet or not sys.stderr.isatty():
        return Unwatched()
    from acmrules.cli.progress import Progress

    return Progress(sys.stderr)


def files_of(options: ReadOptions) -> Disk:
    """Return the files of a run, with standard input as the text of one if the options say so."""
    if options.stdin_filename is None:
        from acmrules.workspace.files import Disk

        return Disk()
    from acmrules.workspace.other_texts import WithStandardInput

    return WithStandardInput(options.stdin_filename)


def files_read(declaring: Iterable[str], found: Iterable[str]) -> Iterator[str]:
    """Yield the files that no output replaces: those that declare something, and modules."""
    from acmrules.readers.registry import MODULE_SUFFIXES

    yield from declaring
    for path in found:
        if path.endswith(MODULE_SUFFIXES):
            yield path


def write_troubles(troubles: Troubles, quiet: int = 0) -> int:
    """Print problems with files on standard error, and return their exit code.

    A run that is `quiet` twice prints no warnings.
    """
    for error in troubles.unreadable:
        if quiet <= 1 or not error.is_warning:
            print_problem(f"{'warning: ' * error.is_warning}{error}")
    for notice in troubles.notices if quiet <= 1 else ():
        print_problem(f"warning: {notice}")
    for bug in troubles.bugs:
        print_problem(bug)
    if troubles.bugs:
        return BUG
    return UNREADABLE if troubles.fails else CLEAN
