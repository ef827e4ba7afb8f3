"""A bulk run: from a request to its output, or to parts that the next run continues."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from acmrules.bulk.conveyor import Conveyor
from acmrules.bulk.errors import BulkRunError, as_run_error
from acmrules.bulk.joining import Joined, replace_output
from acmrules.bulk.planning import plan_run
from acmrules.bulk.summary import BulkSummary
from acmrules.bulk.task import suffixes_of
from acmrules.bulk.work_folder import WorkFolder, known_run
from acmrules.bulk.workers import NoWorkers, Workers
from acmrules.messages import counted, quoted
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from acmrules.bulk.planning import BulkPlan
    from acmrules.bulk.progress import BulkProgress
    from acmrules.bulk.request import BulkRequest

_OPTION = "`--as-of`"
_DATE = "the date"
_TODAY = "today"


def run_bulk(
    request: BulkRequest,
    jobs: int = 1,
    step: Callable[[BulkProgress], None] = lambda _: None,
    notice: Callable[[str], None] = lambda _: None,
    remark: Callable[[str], None] = lambda _: None,
) -> BulkSummary:
    """Run a request with some processes, or continue an earlier run of it.

    `step` is called before the first part and after each one, `notice` with what is not read, and
    `remark` if an earlier run is continued. Raises `BulkRunError`, `InputError` and other errors of
    acmrules. The finished parts are kept for the next run, unless an input is at fault.
    """
    try:
        return _run(request, jobs, step, notice, remark)
    except (OSError, MemoryError) as error:
        raise as_run_error(error, request.target) from None


def _run(
    request: BulkRequest,
    jobs: int,
    step: Callable[[BulkProgress], None],
    notice: Callable[[str], None],
    remark: Callable[[str], None],
) -> BulkSummary:
    version = suffixes_of(request.suffix_list).version
    request = _of_the_beginning(request, known_run(request.work))
    plan = plan_run(request, notice)
    with WorkFolder(request.work) as work:
        identity = request.identity(plan.paths, version) | {_DATE: str(request.as_of)}
        if work.begin(identity) and work.finished:
            remark(f"continuing an earlier run, which finished {counted(work.finished, 'part')}")
        joined = Joined(plan, work, step)
        try:
            _make(plan, request, work, jobs, joined)
        except InputError:
            # The parts depend on the input, which has to change.
            work.remove()
            raise
        for fault in joined.not_read:
            notice(fault)
        _require_unchanged(request, plan, work, identity, version)
        replace_output(request, joined)
        work.remove()
    return BulkSummary(
        output=request.target,
        files=len(joined.written),
        counts=joined.counts,
        as_of=request.as_of,
        suffix_list=version,
        rejected=request.rejected if joined.counts.rejected else "",
        not_read=(*plan.not_read, *joined.not_read),
        has_rules="rule_ids" in request.added,
        has_certificates=plan.certificates is not None,
    )


def _make(
    plan: BulkPlan, request: BulkRequest, work: WorkFolder, jobs: int, joined: Joined
) -> None:
    """Make the parts of all files, and join them."""
    task = plan.task(request, work.path)
    with NoWorkers(task.part_maker()) if jobs == 1 else Workers(task, jobs) as makers:
        joined.join(Conveyor([file.table for file in plan.tasks], work, makers))


def _of_the_beginning(request: BulkRequest, known: dict[str, Any]) -> BulkRequest:
    """Return a request with the date on which its run began, unless an option has the date."""
    if request.is_today and known.get(_OPTION) == _TODAY:
        with suppress(KeyError, TypeError, ValueError):
            return request.__replace__(as_of=date.fromisoformat(known[_DATE]))
    return request


def _require_unchanged(
    request: BulkRequest, plan: BulkPlan, work: WorkFolder, identity: dict[str, Any], version: str
) -> None:
    """Raise `BulkRunError` if a file has changed since the run began."""
    now = request.identity(plan.paths, version)["files"]
    for path, state in identity["files"].items():
        if now[path] != state:
            work.remove()
            raise BulkRunError(f"the file {quoted(path)} has changed during the run; run it again")
