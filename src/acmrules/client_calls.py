"""Calls of clients of boto3, botocore and aiobotocore: which are checked, and where they are.

The pytest plugin and the guards of boto3 and of the AWS CLI watch them.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from os.path import relpath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

    from acmrules.lint.findings import Finding, Report

EVENT = "before-parameter-build.acm"
"""The event of each call of ACM, followed by a dot and the operation (guide of botocore).

Clients emit it once for a call, before its parameters are validated, stubbed, mocked or sent.
"""

_NOT_CALLERS = {"acmrules", "aioboto3", "aiobotocore", "boto3", "botocore"}


def checked_operation(event: str) -> str | None:
    """Return the operation of an event, `None` if there are no rules for it."""
    kind, _, operation = event.rpartition(".")
    if kind != EVENT:
        return None
    from acmrules.readers.api_calls import OPERATIONS

    return operation if operation in OPERATIONS else None


def usable_region(region: str | None) -> tuple[str | None, str]:
    """Return the Region of a client, and an empty string; without a valid one, what is wrong."""
    from acmrules.errors import InvalidArgument
    from acmrules.regions import check_region

    try:
        if region is not None:
            check_region(region)
    except InvalidArgument as error:
        return None, str(error)
    return region, ""


def caller() -> FrameType:
    """Return the frame that makes the call: the first outside acmrules and the clients of AWS."""
    frame = sys._getframe(1)  # noqa: SLF001  (`inspect.stack` reads all source files)
    while frame.f_back is not None and _package(frame) in _NOT_CALLERS:
        frame = frame.f_back
    return frame


def location(frame: FrameType) -> str:
    """Return the file and line of a frame."""
    name = frame.f_code.co_filename
    with suppress(ValueError):  # A file on another drive of Windows has no relative path.
        name = min(name, relpath(name), key=len)
    return f"{name}:{frame.f_lineno}"


def rendered(report: Report, findings: Sequence[Finding], place: str) -> str:
    """Return findings of a report as the command prints them, with the place of their call."""
    from acmrules.reports.findings.text import render

    placed = tuple(finding.__replace__(address=place) for finding in findings)
    unreadable = "".join(f"error: {each}\n" for each in report.unreadable)
    return unreadable + render(report.__replace__(findings=placed, skips=(), not_checked=()))


def _package(frame: FrameType) -> str:
    name: str = frame.f_globals.get("__name__", "")
    return name.partition(".")[0]
