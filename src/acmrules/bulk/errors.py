"""The error that ends a bulk run, and what it says about errors of the system."""

from __future__ import annotations

from acmrules.errors import AcmRulesError
from acmrules.messages import printable
from acmrules.workspace.errors import describe_crash

AGAIN = "run the same command again to continue"


class BulkRunError(AcmRulesError):
    """The reason why a bulk run cannot begin or continue; the finished parts are kept.

    `is_bug` is true for an unexpected error.
    """

    def __init__(self, reason: str, is_bug: bool = False) -> None:
        super().__init__(reason, is_bug)
        self.reason = reason
        self.is_bug = is_bug

    def __str__(self) -> str:
        return self.reason


def as_run_error(error: Exception, place: str = "") -> BulkRunError:
    """Return the error of a run for any exception: one line, with the file, or else the place."""
    if isinstance(error, BulkRunError):
        return error
    if isinstance(error, AcmRulesError):
        return BulkRunError(str(error))
    if isinstance(error, MemoryError):
        return BulkRunError(f"out of memory; use fewer `--jobs`, and {AGAIN}")
    if isinstance(error, OSError) and error.strerror:
        place = printable(str(error.filename or place))
        return BulkRunError(
            f"{place}{': ' * bool(place)}{error.strerror.lower()}; when this is fixed, {AGAIN}"
        )
    return BulkRunError(describe_crash(error), True)
