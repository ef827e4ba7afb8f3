"""The command `bulk`: a file of names with columns for what is true of each of them."""

from __future__ import annotations

import os
import sys

from acmrules.cli import overrides
from acmrules.cli.output import as_json, deliver, print_problem
from acmrules.cli.parser import BUG, CLEAN, INTERRUPTED, UNREADABLE, UsageError
from acmrules.errors import AcmRulesError, MissingPackage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.bulk.request import BulkRequest
    from acmrules.bulk.summary import BulkSummary
    from acmrules.cli.table import BulkOptions

_OPERANDS = 2


def bulk(options: BulkOptions) -> int:
    """Examine the names of a file; the exit code is 2 if some of it was not read."""
    if len(options.paths) < _OPERANDS:
        raise UsageError(
            "`bulk` needs an input and an output, for example"
            " `acmrules bulk hosts.csv checked.parquet`"
        )
    if "-" in (*options.paths, *options.certificates):
        raise UsageError("`bulk` reads and writes files with names, so that it can continue a run")
    try:
        import acmrules.arrow  # noqa: F401  (raises if pyarrow is missing)
    except MissingPackage as error:
        raise UsageError(str(error)) from None
    from acmrules.bulk.errors import AGAIN, BulkRunError

    try:
        summary = _run(options)
    except KeyboardInterrupt:
        print_problem(f"interrupted; {AGAIN}")
        return INTERRUPTED
    except BulkRunError as error:
        print_problem(error)
        return BUG if error.is_bug else UNREADABLE
    except AcmRulesError as error:
        raise UsageError(str(error)) from None
    deliver(options, lambda form, page: _render(form, summary, page.width), (*options.paths,))
    return UNREADABLE if summary.counts.rejected or summary.not_read else CLEAN


def _run(options: BulkOptions) -> BulkSummary:
    """Run the command with a line of progress."""
    from acmrules.bulk.running import run_bulk
    from acmrules.cli.examining import BulkWatch

    watch = BulkWatch(sys.stderr, is_shown=not options.quiet)

    def remark(text: str) -> None:
        if not options.quiet:
            print_problem(text)

    jobs = options.jobs or _cores()
    try:
        summary = run_bulk(_request(options), jobs, watch.step, print_problem, remark)
    finally:
        watch.clear()
    watch.finish()
    return summary


def _request(options: BulkOptions) -> BulkRequest:
    from acmrules.bulk.request import OF_CERTIFICATES, BulkRequest
    from acmrules.suffix_lists import DEFAULT_SOURCE

    empty = [name for name in options.columns if name in OF_CERTIFICATES]
    if empty and not options.certificates:
        raise UsageError(f"the column `{empty[0]}` needs `--certificates`")
    source, target = options.paths
    return BulkRequest(
        source=source,
        target=target,
        as_of=overrides.date_or_today(options.as_of),
        is_today=options.as_of is None,
        column=options.column,
        columns=options.columns,
        prefix=options.prefix,
        certificates=options.certificates,
        suffix_list=options.suffix_list or DEFAULT_SOURCE,
    )


def _cores() -> int:
    """Return the number of cores that this process may use."""
    available = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1


def _render(form: str, summary: BulkSummary, width: int) -> str:
    from acmrules.bulk.summary import as_data, as_text

    return as_json(as_data(summary)) if form == "json" else as_text(summary, width)
