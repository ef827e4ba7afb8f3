"""The answer about `dates`: when the findings change, from the launch of ACM on."""

from __future__ import annotations

from datetime import date
from time import monotonic

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


PART_SECONDS = 0.05
"""How long a part of an answer takes, apart from its last check."""

_unfinished: list[DatesAhead] = []
"""The question that has a part of its answer, if there is one."""


class DatesAhead:
    """A question, and the findings on the dates that were checked for it."""

    def __init__(self, question: Question) -> None:
        from acmrules.lint.forecast import checked_dates
        from acmrules.lint.rules import CATALOGUE
        from acmrules.model.batches import link

        self.question = question
        self._run = QuestionRun(question)
        loader = self._run.loader()
        self._stages = Stages(self._run.inputs, loader, question.as_of)
        self._linked = [*link(loader.batches(self._run.inputs), loader.importing)]
        self._declarations = [each for batch in self._linked for each in batch.declarations]
        days = checked_dates(self._declarations, CATALOGUE, as_of=LAUNCH, until=LAST)
        self._waiting = iter(days)
        self._found: dict[date, Sequence[Finding]] = {}

    def advance(self) -> bool:
        """Check some dates; return whether those were the last ones."""
        begin = monotonic()
        for day in self._waiting:
            results = self._stages.lint(self._linked, self._run.resolver.settings_as_of(day))
            self._found[day] = self._stages.report(results).findings
            if monotonic() - begin >= PART_SECONDS:
                return False
        return True

    def dates(self) -> list[Data]:
        """Return the dates on which findings change, and first how they are at the launch."""
        from acmrules.lint.forecast import forecast
        from acmrules.lint.rules import CATALOGUE

        found = self._found
        ahead = forecast(self._declarations, found.__getitem__, CATALOGUE, as_of=LAUNCH, until=LAST)
        changes: dict[date, list[str]] = {LAUNCH: []}
        for change in ahead.changes:
            changes.setdefault(change.day, []).append(sentence(change))
        return [_date(day, found[day], sentences) for day, sentences in changes.items()]


def dates(question: Question) -> Data:
    """Return the dates on which findings change, and first how they are at the launch of ACM.

    An answer may take long, so a question that is asked again continues it: other questions need
    not wait for all of it. It is the same for each date of the question.
    """
    asked = question.__replace__(as_of=LAUNCH)
    ahead = _unfinished.pop() if _unfinished else None
    if ahead is None or ahead.question != asked:
        ahead = DatesAhead(asked)
    if ahead.advance():
        return {"topic": "dates", "isComplete": True, "dates": ahead.dates()}
    _unfinished.append(ahead)
    return {"topic": "dates", "isComplete": False, "dates": []}


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
