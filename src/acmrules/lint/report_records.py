"""The members of a report as plain data: what its JSON Schema lists, and what is read back.

Each class is an object. `report_data` writes them, and `report_restoring` reads them.
"""

from __future__ import annotations

from acmrules.lint.findings import MissingParameter, SkipReason, StaleBaselineEntry
from acmrules.lint.rule import Edit, Severity
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from acmrules.request import Path


class ReportObject(Value):
    """An object in a report; later releases may add members."""

    _open = True


class PlaceRecord(ReportObject):
    """A file, and a position in it: lines and columns start at 1, or are null without one."""

    file: str
    line: int | None
    column: int | None


class RangeRecord(PlaceRecord):
    """A file, and a range in it; the end is exclusive."""

    end_line: int | None
    end_column: int | None


class RelatedRecord(RangeRecord):
    """A related location with a note."""

    note: str
    is_definition: bool


class ChangeRecord(RangeRecord):
    """An edit of a file: the new text of a range."""

    text: str


class FixRecord(ReportObject):
    """A fix: edits of the request, and changes of the files, unless they are refused."""

    safe: bool
    description: str
    edits: tuple[Edit, ...]
    changes: tuple[ChangeRecord, ...]
    refused: str | None


class OtherRecord(ReportObject):
    """What distinguishes a finding from others of its kind at the same location."""

    message: str
    label: str
    help: str
    address: str
    path: Path
    value: str | None
    related: tuple[RelatedRecord, ...]
    fixable: bool
    fix: FixRecord | None
    condition: str
    environment: str


class FindingRecord(OtherRecord):
    """A finding; its range is that of a `RangeRecord`."""

    file: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    rule: str
    name: str
    severity: Severity
    url: str
    count: int
    others: tuple[OtherRecord, ...]


class SuppressionRecord(RangeRecord):
    """A suppression: `inSource` is a comment or metadata, `external` a baseline."""

    kind: str
    reason: str
    until: date | None


class SuppressedRecord(FindingRecord):
    """A suppressed finding."""

    suppression: SuppressionRecord


class SkipRecord(RangeRecord):
    """A check that was not decided."""

    rule: str | None
    reason: SkipReason
    message: str
    address: str
    path: Path
    parameters: tuple[MissingParameter, ...]


class WaitingRecord(RangeRecord):
    """A place where checks wait for an unknown name."""

    address: str


class UnknownNameRecord(ReportObject):
    """An unknown name that undecided checks depend on."""

    name: str
    option: str
    advice: str
    checks: int
    rules: tuple[str, ...]
    places: tuple[WaitingRecord, ...]


class NotCheckedRecord(RangeRecord):
    """What was not checked."""

    kind: str
    what: str
    why: str
    how: str
    checks: int


class ErrorRecord(PlaceRecord):
    """An input that could not be read; `warning` if the input was not named."""

    message: str
    warning: bool


class SummaryRecord(ReportObject):
    """Numbers."""

    files: int
    requests: int
    errors: int
    warnings: int
    notes: int
    suppressed: int
    undecided: int
    unreadable: int
    excluded: int
    not_checked: int
    unimported: int
    hidden: int
    existing: int = 0


class ForecastChangeRecord(RangeRecord):
    """A change of a severity on a date; null without a finding."""

    day: date
    before: Severity | None
    after: Severity | None
    rule: str
    name: str
    message: str
    address: str
    path: Path
    says: str | None
    url: str | None


class ForecastRecord(ReportObject):
    """A forecast up to a date."""

    until: date
    days: tuple[date, ...]
    changes: tuple[ForecastChangeRecord, ...]


class ReportRecord(ReportObject):
    """The report of `acmrules check --format json`."""

    version: int
    acmrules: str
    as_of: date
    facts_checked: date
    suffix_list: str
    findings: tuple[FindingRecord, ...]
    suppressed: tuple[SuppressedRecord, ...]
    stale: tuple[StaleBaselineEntry, ...]
    skips: tuple[SkipRecord, ...]
    undecided: tuple[UnknownNameRecord, ...]
    environments: tuple[str, ...]
    not_checked: tuple[NotCheckedRecord, ...]
    errors: tuple[ErrorRecord, ...]
    fail_on: Mapping[str, Severity]
    is_empty: bool
    summary: SummaryRecord
    forecast: ForecastRecord | None = None
