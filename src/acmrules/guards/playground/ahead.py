"""The answer about `dates`: when the findings change, from the launch of ACM on."""

from __future__ import annotations

from datetime import date

from acmrules.facts.fact import LAUNCH
from acmrules.guards.playground.runs import QuestionRun
from acmrules.messages import printable
from acmrules.workspace.run import Stages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.guards.playground.questions import Question
    from acmrules.lint.findings import Finding
    from acmrules.lint.forecast import SeverityChange

    Data = dict[str, object]

LAST = date(2029, 12, 31)
"""The last date: it is after the last change that is known."""


def dates(question: Question) -> Data:
    """Return the dates on which findings change, and first how they are at the launch of ACM."""
    from acmrules.lint.forecast import forecast
    from acmrules.lint.rules import CATALOGUE
    from acmrules.model.batches import link

    run = QuestionRun(question)
    loader = run.loader()
    stages = Stages(run.inputs, loader, question.as_of)
    linked = [*link(loader.batches(run.inputs), loader.importing)]
    found: dict[date, Sequence[Finding]] = {}

    def findings_on(day: date) -> Sequence[Finding]:
        if day not in found:
            results = stages.lint(linked, run.resolver.settings_as_of(day))
            found[day] = stages.report(results).findings
        return found[day]

    declarations = (declaration for batch in linked for declaration in batch.declarations)
    ahead = forecast(declarations, findings_on, CATALOGUE, as_of=LAUNCH, until=LAST)
    changes: dict[date, list[str]] = {LAUNCH: []}
    for change in ahead.changes:
        changes.setdefault(change.day, []).append(sentence(change))
    return {
        "topic": "dates",
        "dates": [_date(day, found[day], sentences) for day, sentences in changes.items()],
    }


def _date(day: date, findings: Sequence[Finding], sentences: Sequence[str]) -> Data:
    severities = [str(each.severity) for each in findings]
    counts = {f"{name}s": severities.count(name) for name in ("error", "warning", "note")}
    return {"date": day.isoformat(), **counts, "changes": [*sentences]}


def sentence(change: SeverityChange) -> str:
    """Return how a finding changes, where, and why."""
    from acmrules.reports.findings.layout import place
    from acmrules.reports.forecast import source_title

    finding = change.finding
    if change.before is None:
        how = f"begins as {change.after}"
    elif change.after is None:
        how = f"ends, and was {change.before}"
    else:
        how = f"changes from {change.before} to {change.after}"
    head = f"{finding.rule.id} {how} at {place(finding)}"
    return printable(f"{head}: {finding.message} (source: {source_title(change)})")
