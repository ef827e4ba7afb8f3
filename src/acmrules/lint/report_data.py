"""A report as plain data, described in `docs/pages/json.md`."""

from __future__ import annotations

from acmrules.lint.findings import Finding, RelatedLocation, Report, Skip, SkipReason, Suppressed
from acmrules.lint.rule import Severity
from acmrules.model.positions import line_and_column, lines_and_columns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.fixes import TextEdit
    from acmrules.model.not_checked import NotChecked

VERSION = 1

OF_OTHERS = (
    *("message", "label", "help", "address", "path", "value", "related", "fixable", "fix"),
    *("condition", "environment"),
)
"""The members in which findings of one kind at one location may differ."""


def report_data(report: Report) -> dict[str, object]:
    """Return the report as plain data."""
    from acmrules.facts.fact import CHECKED

    return {
        "version": VERSION,
        "acmrules": __import__("acmrules").__version__,
        "as_of": report.as_of.isoformat(),
        "facts_checked": CHECKED.isoformat(),
        "suffix_list": report.suffix_list,
        "findings": [finding_data(finding) for finding in report.findings],
        "suppressed": [_suppressed(suppressed) for suppressed in report.suppressed],
        "stale": [
            {field: getattr(entry, field) for field in type(entry)._fields}
            for entry in report.stale
        ],
        "skips": [_skip(skip) for skip in report.skips],
        "undecided": _undecided(report.skips),
        "environments": list(report.environments),
        "not_checked": [not_checked(each) for each in report.not_checked],
        "errors": [
            {
                "file": unreadable.name,
                "message": unreadable.fault,
                **line_and_column(unreadable.position),
                "warning": unreadable.is_warning,
            }
            for unreadable in report.unreadable
        ],
        "fail_on": {file: str(severity) for file, severity in report.fail_on},
        "is_empty": report.is_empty,
        "summary": {
            "files": report.files,
            "requests": report.requests,
            "errors": report.count(Severity.ERROR),
            "warnings": report.count(Severity.WARNING),
            "notes": report.count(Severity.NOTE),
            "suppressed": len(report.suppressed),
            "undecided": sum(skip.reason is SkipReason.UNDECIDED for skip in report.skips),
            "unreadable": len(report.unreadable),
            "excluded": report.excluded,
            "not_checked": len(report.not_checked),
            "unimported": report.unimported,
            "hidden": report.hidden,
            **({"existing": report.existing} if report.existing else {}),
        },
    }


def finding_data(finding: Finding) -> dict[str, object]:
    """Return a finding as plain data."""
    fix = _fix(finding)
    return {
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "severity": str(finding.severity),
        "message": finding.message,
        "label": finding.label,
        "help": finding.help,
        "file": finding.file,
        **lines_and_columns(finding.range),
        "address": finding.address,
        "path": list(finding.path),
        "value": finding.value,
        "related": [_related(each) for each in finding.related],
        "fixable": bool(fix and fix["changes"]),
        "fix": fix,
        "url": finding.rule.url,
        "condition": finding.condition,
        "environment": finding.environment,
        "count": len(finding.all()),
        "others": [_other(other) for other in finding.others],
    }


def _other(finding: Finding) -> dict[str, object]:
    """Return what distinguishes a finding from the first of its kind at the same location."""
    data = finding_data(finding)
    return {member: data[member] for member in OF_OTHERS}


def _suppressed(suppressed: Suppressed) -> dict[str, object]:
    by = suppressed.suppression
    return {
        **finding_data(suppressed.finding),
        "suppression": {
            "kind": "inSource" if by else "external",
            "reason": suppressed.reason,
            "until": by.until.isoformat() if by and by.until else None,
            "file": by.location.file if by and by.location else "",
            **lines_and_columns(by.location.range if by and by.location else None),
        },
    }


def _skip(skip: Skip) -> dict[str, object]:
    return {
        "rule": skip.rule.id if skip.rule else None,
        "reason": skip.reason.value,
        "message": skip.detail,
        "file": skip.file,
        **lines_and_columns(skip.range),
        "address": skip.address,
        "path": list(skip.path),
        "parameters": [
            {"name": parameter.name, "label": parameter.label} for parameter in skip.parameters
        ],
    }


def _undecided(skips: tuple[Skip, ...]) -> list[dict[str, object]]:
    """Return the unknown names that undecided checks wait for."""
    if not skips:
        return []
    from acmrules.lint.unknowns import unknown_names

    return [
        {
            "name": each.name,
            "option": each.option,
            "advice": each.advice,
            "checks": len(each.skips),
            "rules": list(each.rules),
            "places": [
                {"file": file, **lines_and_columns(where), "address": address}
                for file, where, address in dict.fromkeys(
                    (skip.file, skip.range, skip.address) for skip in each.skips
                )
            ],
        }
        for each in unknown_names(skips)
    ]


def not_checked(found: NotChecked) -> dict[str, object]:
    """Return what was not checked, and where."""
    return {
        "kind": found.kind,
        "what": found.what,
        "why": found.why,
        "how": found.how,
        "checks": found.checks,
        "file": found.file,
        **lines_and_columns(None if found.is_about_file else found.range),
    }


def _related(related: RelatedLocation) -> dict[str, object]:
    return {
        "file": related.file,
        **lines_and_columns(related.range),
        "note": related.note,
        "is_definition": related.is_definition,
    }


def _fix(finding: Finding) -> dict[str, object] | None:
    if finding.fix is None:
        return None
    from acmrules.lint.fixes import EditError, plan_fix

    safe, description = finding.fix.safe, finding.fix.description
    changes: list[dict[str, object]] = []
    refused = None
    try:
        planned = plan_fix(finding)
    except EditError as refusal:
        refused = refusal.reason
    else:
        safe, description = planned.safe, planned.description
        changes = [_text_edit(edit) for edit in planned.edits]
    return {
        "safe": safe,
        "description": description,
        "edits": [
            {"path": list(edit.path), "value": edit.value, "insert": edit.insert}
            for edit in finding.fix.edits
        ],
        "changes": changes,
        "refused": refused,
    }


def _text_edit(edit: TextEdit) -> dict[str, object]:
    where = edit.source.range(edit.start, edit.end)
    return {"file": edit.source.name, **lines_and_columns(where), "text": edit.text}
