"""Reports from plain data: findings with rules and locations, without the text of files."""

from __future__ import annotations

from acmrules.errors import InvalidArgument
from acmrules.lint.findings import (
    Finding,
    RelatedLocation,
    Report,
    SettledEdits,
    Skip,
    Suppressed,
)
from acmrules.lint.report_data import VERSION
from acmrules.lint.report_records import FindingRecord, ReportRecord
from acmrules.lint.rule import Fix, Rule, rule_of
from acmrules.lint.suppressions.model import Suppression
from acmrules.model.not_checked import NotChecked, whole_file
from acmrules.model.positions import located
from acmrules.serialization import from_data, refuse
from acmrules.syntax.edits import TextEdit
from acmrules.syntax.source import InputError, Position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.report_records import (
        ChangeRecord,
        ErrorRecord,
        FixRecord,
        NotCheckedRecord,
        OtherRecord,
        PlaceRecord,
        RangeRecord,
        RelatedRecord,
        SkipRecord,
        SuppressedRecord,
    )
    from acmrules.model.placed import Location

    Place = tuple[str | int, ...]


def restored_report(data: object) -> Report:
    """Return the report of plain data; raises `InvalidArgument`."""
    if isinstance(data, dict) and data.get("version", VERSION) != VERSION:
        raise refuse(("version",), f"must be {VERSION}")
    record: ReportRecord = from_data(ReportRecord, data)
    summary = record.summary
    return Report(
        as_of=record.as_of,
        suffix_list=record.suffix_list,
        findings=tuple(
            _finding(each, ("findings", index)) for index, each in enumerate(record.findings)
        ),
        skips=tuple(_skip(each, ("skips", index)) for index, each in enumerate(record.skips)),
        unreadable=tuple(map(_unreadable, record.errors)),
        requests=summary.requests,
        files=summary.files,
        suppressed=tuple(
            _suppressed(each, ("suppressed", index)) for index, each in enumerate(record.suppressed)
        ),
        stale=record.stale,
        excluded=summary.excluded,
        not_checked=tuple(map(_not_checked, record.not_checked)),
        is_empty=record.is_empty,
        unimported=summary.unimported,
        environments=record.environments,
        hidden=summary.hidden,
        fail_on=tuple(record.fail_on.items()),
        existing=summary.existing,
    )


def restored_finding(data: object) -> Finding:
    """Return the finding of plain data; raises `InvalidArgument`."""
    return _finding(from_data(FindingRecord, data), ())


def _finding(record: FindingRecord, place: Place) -> Finding:
    rule = _rule(record.rule, (*place, "rule"))
    first = _made(record, record, rule)
    others = [_made(record, each, rule) for each in record.others]
    return first.__replace__(others=tuple(others))


def _made(shared: FindingRecord, record: OtherRecord, rule: Rule) -> Finding:
    fix, settled = _fix(record.fix) if record.fix else (None, None)
    return Finding(
        location=_location(shared),
        rule=rule,
        severity=shared.severity,
        message=record.message,
        address=record.address,
        path=record.path,
        value=record.value,
        related=tuple(map(_related, record.related)),
        fix=fix,
        condition=record.condition,
        label=record.label,
        help=record.help,
        environment=record.environment,
        settled=settled,
    )


def _rule(rule_id: str, place: Place) -> Rule:
    try:
        return rule_of(rule_id)
    except InvalidArgument as error:
        raise refuse(place, str(error)) from None


def _fix(record: FixRecord) -> tuple[Fix, SettledEdits]:
    edits = tuple(map(_text_edit, record.changes))
    settled = SettledEdits(record.safe, record.description, edits, record.refused)
    return Fix(record.description, record.edits, record.safe), settled


def _text_edit(record: ChangeRecord) -> TextEdit:
    where = _location(record) or whole_file(record.file)
    return TextEdit(where.source, where.start, where.end, record.text)


def _related(record: RelatedRecord) -> RelatedLocation:
    return RelatedLocation(_location(record), record.note, record.is_definition)


def _suppressed(record: SuppressedRecord, place: Place) -> Suppressed:
    finding = _finding(record, place)
    stated = record.suppression
    by = None
    if stated.kind == "inSource":
        rules, where = (finding.rule.id,), _location(stated)
        by = Suppression("", rules, stated.until, stated.reason, location=where)
    return Suppressed(finding, stated.reason, by)


def _skip(record: SkipRecord, place: Place) -> Skip:
    return Skip(
        _location(record),
        None if record.rule is None else _rule(record.rule, (*place, "rule")),
        record.reason,
        record.message,
        record.address,
        record.path,
        record.parameters,
    )


def _not_checked(record: NotCheckedRecord) -> NotChecked:
    where = _location(record) or (whole_file(record.file) if record.file else None)
    return NotChecked(where, record.kind, record.what, record.why, record.how, record.checks)


def _unreadable(record: ErrorRecord) -> InputError:
    error = InputError(record.file, record.message, _start(record))
    error.is_warning = record.warning
    return error


def _start(record: PlaceRecord | FindingRecord) -> Position | None:
    if record.line is None or record.column is None:
        return None
    return Position(record.line, record.column)


def _location(record: RangeRecord | FindingRecord) -> Location | None:
    start = _start(record)
    if start is None or record.end_line is None or record.end_column is None:
        return None
    return located(record.file, start, Position(record.end_line, record.end_column))
