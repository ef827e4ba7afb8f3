"""A report in SARIF 2.1.0, the interchange format of static analysis: one log with one run.

Columns count code points. Messages are plain text without arguments, so braces have no meaning.
"""

from __future__ import annotations

from acmrules.lint.rule import Rule, Severity
from acmrules.lint.rule_data import grounds
from acmrules.model.not_checked import FILE, PARAMETER
from acmrules.reports import rule_pages
from acmrules.reports.findings.fingerprints import fingerprints
from acmrules.reports.json_text import dumps
from acmrules.reports.paths import relative, uri

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from acmrules.lint.findings import (
        Finding,
        RelatedLocation,
        Report,
        Skip,
        StaleBaselineEntry,
        Suppressed,
    )
    from acmrules.model.not_checked import NotChecked
    from acmrules.syntax.source import InputError, Position, Range

    Data = dict[str, object]

SCHEMA = (
    "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"
)
_ROOT = "%SRCROOT%"
_FINGERPRINT = "acmrules/v1"
_UNREADABLE = "unreadable"


def render(report: Report, folder: str = "") -> str:
    """Return the report as one JSON object on one line, ending in a newline."""
    return dumps(as_data(report, folder)) + "\n"


def as_data(report: Report, folder: str = "") -> Data:
    """Return the report as plain data."""
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [_Log(report, folder).run()]}


class _Log:
    """Writes one run, and numbers its rules and files."""

    def __init__(self, report: Report, folder: str) -> None:
        self._report = report
        self._folder = folder
        rules = dict.fromkeys(_catalogue(report))
        rules |= dict.fromkeys(finding.rule for finding in report.findings)
        rules |= dict.fromkeys(each.finding.rule for each in report.suppressed)
        rules |= dict.fromkeys(skip.rule for skip in report.skips if skip.rule)
        self._rules = {rule: number for number, rule in enumerate(rules)}
        self._files: dict[str, Data] = {}

    def run(self) -> Data:
        from acmrules import __version__
        from acmrules.facts.fact import CHECKED

        report = self._report
        findings = (*report.findings, *(each.finding for each in report.suppressed))
        marks = fingerprints(findings, self._folder)
        results = [
            self._result(finding, mark) for finding, mark in zip(findings, marks, strict=True)
        ]
        for result, each in zip(results[len(report.findings) :], report.suppressed, strict=True):
            result["suppressions"] = [_suppression(each)]
        notifications = [self._unreadable(unreadable) for unreadable in report.unreadable]
        notifications += self._skips(report.skips) if report.skips else ()
        unread = (each for each in report.not_checked if each.kind != PARAMETER)
        notifications += [self._not_checked(each) for each in unread]
        notifications += [self._stale(entry) for entry in report.stale]
        root: Data = {"description": {"text": "the directory that paths are relative to"}}
        if self._folder:
            root["uri"] = uri(self._folder).rstrip("/") + "/"
        return {
            "tool": {
                "driver": {
                    "name": "acmrules",
                    "semanticVersion": __version__,
                    "rules": [_rule(rule, report.as_of) for rule in self._rules],
                }
            },
            "invocations": [
                {
                    "executionSuccessful": all(each.is_warning for each in report.unreadable),
                    "toolExecutionNotifications": notifications,
                }
            ],
            "originalUriBaseIds": {_ROOT: root},
            "artifacts": [
                {"location": {key: place[key] for key in place if key != "index"}}
                for place in self._files.values()
            ],
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "results": results,
            "properties": {
                "as_of": report.as_of.isoformat(),
                "facts_checked": CHECKED.isoformat(),
                "suffix_list": report.suffix_list,
                "files": report.files,
                "requests": report.requests,
            },
        }

    def _result(self, finding: Finding, mark: str) -> Data:
        result = {
            "ruleId": finding.rule.id,
            "ruleIndex": self._rules[finding.rule],
            "level": str(finding.severity),
            "message": {"text": _message(finding)},
            "locations": self._labeled(finding),
            "partialFingerprints": {_FINGERPRINT: mark},
            "properties": {
                "path": list(finding.path),
                "value": finding.value,
                "condition": finding.condition,
            },
        }
        if finding.others:
            result["occurrenceCount"] = len(finding.all())
        if finding.related:
            result["relatedLocations"] = [
                self._related(number, each) for number, each in enumerate(finding.related, 1)
            ]
        if finding.fix is not None:
            result |= self._fixes(finding)
        return result

    def _fixes(self, finding: Finding) -> Data:
        """Return the fix as edits of files, or nothing if it cannot edit them."""
        from acmrules.lint.fixes import EditError, plan_fix

        try:
            planned = plan_fix(finding)
        except EditError:
            return {}
        changes: dict[str, list[Data]] = {}
        for edit in planned.edits:
            where = edit.source.range(edit.start, edit.end)
            changes.setdefault(edit.source.name, []).append(
                {"deletedRegion": _region(where), "insertedContent": {"text": edit.text}}
            )
        fix = {
            "description": {"text": planned.description},
            "artifactChanges": [
                {"artifactLocation": self._file(file), "replacements": replacements}
                for file, replacements in changes.items()
            ],
            "properties": {"safe": planned.safe},
        }
        return {"fixes": [fix]}

    def _skips(self, skips: tuple[Skip, ...]) -> Iterator[Data]:
        """Yield a notification for each unknown name, and for each other skip."""
        from acmrules.lint.unknowns import is_named, unknown_names

        for each in unknown_names(skips):
            places = {repr(s.location.span if s.location else s.address): s for s in each.skips}
            yield {
                "descriptor": {"id": "undecided"},
                "level": str(Severity.NOTE),
                "message": {"text": str(each)},
                "locations": [where for s in places.values() for where in self._locations(s)],
                "properties": {"rules": list(each.rules), "checks": len(each.skips)},
            }
        yield from (self._skip(skip) for skip in skips if not is_named(skip))

    def _skip(self, skip: Skip) -> Data:
        notification: Data = {
            "descriptor": {"id": skip.reason.value.replace(" ", "-")},
            "level": str(Severity.NOTE),
            "message": {"text": skip.detail},
            "locations": self._locations(skip),
        }
        if skip.rule is not None:
            rule = {"id": skip.rule.id, "index": self._rules[skip.rule]}
            notification["associatedRule"] = rule
        return notification

    def _unreadable(self, unreadable: InputError) -> Data:
        place: Data = {"artifactLocation": self._file(unreadable.name)}
        if unreadable.position is not None:
            place["region"] = _start(unreadable.position)
        return {
            "descriptor": {"id": _UNREADABLE},
            "level": str(Severity.WARNING if unreadable.is_warning else Severity.ERROR),
            "message": {"text": unreadable.fault},
            "locations": [{"physicalLocation": place}],
        }

    def _not_checked(self, found: NotChecked) -> Data:
        where = None if found.is_about_file else found.range
        return {
            "descriptor": {"id": f"not-checked-{found.kind}"},
            "level": str(Severity.WARNING if found.kind == FILE else Severity.NOTE),
            "message": {"text": str(found)},
            "locations": [self._place(found.file, where)],
        }

    def _stale(self, entry: StaleBaselineEntry) -> Data:
        return {
            "descriptor": {"id": "stale-baseline-entry"},
            "level": str(Severity.NOTE),
            "message": {"text": str(entry)},
            "locations": [self._place(entry.baseline, None)],
        }

    def _labeled(self, finding: Finding) -> list[Data]:
        locations = self._locations(finding)
        if locations and finding.label:
            locations[0]["message"] = {"text": finding.label}
        return locations

    def _locations(self, item: Finding | Skip) -> list[Data]:
        location = self._place(item.file, item.range)
        if item.address:
            name = {"fullyQualifiedName": item.address, "kind": "resource"}
            location["logicalLocations"] = [name]
        return [location] if location else []

    def _related(self, number: int, related: RelatedLocation) -> Data:
        place = self._place(related.file, related.range)
        return {"id": number, **place, "message": {"text": related.note}}

    def _place(self, file: str, where: Range | None) -> Data:
        if not file:
            return {}
        place: Data = {"artifactLocation": self._file(file)}
        if where is not None:
            place["region"] = _region(where)
        return {"physicalLocation": place}

    def _file(self, file: str) -> Data:
        """Return the location of a file, relative to the root if the file is below it."""
        if file not in self._files:
            address = uri(relative(file, self._folder))
            is_elsewhere = file == "-" or address.startswith("file:")
            base = {} if is_elsewhere else {"uriBaseId": _ROOT}
            self._files[file] = {"uri": address, **base, "index": len(self._files)}
        return self._files[file]


def _catalogue(report: Report) -> tuple[Rule, ...]:
    """Return all rules; if nothing was checked, none, so that they need not be loaded."""
    if not report.suffix_list:
        return ()
    from acmrules.lint.rules import CATALOGUE

    return CATALOGUE


def _message(finding: Finding) -> str:
    return f"{finding.message}\nhelp: {finding.help}" if finding.help else finding.message


def _rule(rule: Rule, as_of: date) -> Data:
    era = rule.force.era(as_of)
    title, explanation = rule.title, rule.explanation
    text = "\n\n".join(filter(None, (title, explanation, rule_pages.general_help(rule))))
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": title},
        "fullDescription": {"text": explanation},
        "help": {"text": text, "markdown": rule_pages.as_markdown(rule)},
        "helpUri": rule.url,
        "defaultConfiguration": {
            "enabled": era is not None,
            "level": str((era or rule.force.eras[0]).value),
        },
        "properties": grounds(rule),
    }


def _suppression(suppressed: Suppressed) -> Data:
    """Return the kind of a suppression (a comment in the source, or a baseline) and its reason."""
    kind = "inSource" if suppressed.suppression else "external"
    return {"kind": kind, "justification": suppressed.reason}


def _region(where: Range) -> Data:
    return {
        **_start(where.start),
        "endLine": where.end.line,
        "endColumn": where.end.column,
    }


def _start(start: Position) -> Data:
    return {"startLine": start.line, "startColumn": start.column}
