"""The answer about `check`: findings, errors, what was not checked, and the report."""

from __future__ import annotations

from acmrules.guards.playground.fixing import Fixes
from acmrules.guards.playground.runs import QuestionRun
from acmrules.guards.playground.spans import Spans
from acmrules.guards.playground.unchecked import unchecked
from acmrules.messages import printable
from acmrules.workspace.checked_files import CheckedFiles
from acmrules.workspace.run import Stages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acmrules.guards.playground.questions import Question
    from acmrules.lint.findings import Finding
    from acmrules.model.batches import Batch
    from acmrules.workspace.errors import Troubles

    Data = dict[str, object]


def check(question: Question) -> Data:
    """Return the answer of `acmrules check FILE...` about the files."""
    from acmrules.model.batches import link
    from acmrules.reports.findings.summary import found

    run = QuestionRun(question)
    loader = run.loader()
    stages = Stages(run.inputs, loader, question.as_of)

    def findings(again: Iterable[Batch]) -> Sequence[Finding]:
        return stages.report(stages.lint(again)).findings

    batches = [*loader.batches(run.inputs)]
    linked = [*link(batches, loader.importing)]
    report = stages.report(stages.lint(linked))
    # It adds wrong settings to the problems, if no file reports them.
    stages.is_unchecked(report, run.paths)
    spans = Spans(question.texts)
    fixes = Fixes(CheckedFiles(loader, batches, linked, report.findings, findings), report, spans)
    return {
        "topic": "check",
        "findings": [_finding(each, spans, fixes) for each in report.findings],
        "errors": [*_errors(loader.troubles, spans)],
        "unchecked": unchecked(report, run, loader, spans),
        "summary": found(report),
        "report": report.to_dict(),
    }


def _finding(finding: Finding, spans: Spans, fixes: Fixes) -> Data:
    start = finding.position
    return {
        "severity": str(finding.severity),
        "rule": finding.rule.id,
        "name": finding.rule.name,
        "message": finding.message,
        "help": finding.help,
        "span": spans.of(finding.location),
        "line": start.line if start else 1,
        "column": start.column if start else 1,
        "related": [
            {"span": where, "message": each.note}
            for each in finding.related
            if (where := spans.of(each.location)) is not None
        ],
        "fixes": [*fixes.of(finding)],
    }


def _errors(troubles: Troubles, spans: Spans) -> Iterator[Data]:
    """Yield the inputs that cannot be read, and bugs; one without a span begins with its file."""
    for each in troubles:
        span = spans.line_at(each.name, each.position) or spans.beginning(each.name)
        yield {"message": printable(each.fault) if span else str(each), "span": span}
