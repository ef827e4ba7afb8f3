"""The answers about `validation` and `diagnosis`, as text."""

from __future__ import annotations

from acmrules.guards.playground.runs import QuestionRun

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.guards.playground.questions import Question

    Data = dict[str, object]


def validation(question: Question) -> Data:
    """Return the answer of `acmrules validation FILE...` about the files."""
    from acmrules.analysis.validation import validations
    from acmrules.reports import validation as report

    run = QuestionRun(question)
    inventory = run.inventory(finds_environments=True)
    steps = validations(inventory, lambda file: run.resolver.settings_of(file).as_of)
    return {"topic": "validation", "text": report.render(steps), "picture": ""}


def diagnosis(question: Question) -> Data:
    """Return the answer of `acmrules diagnose FILE...` about certificates that exist."""
    from acmrules.analysis.diagnoses import diagnoses
    from acmrules.diagnosis.times import midnight
    from acmrules.reports.diagnosis import text as report
    from acmrules.reports.findings.layout import Layout

    run = QuestionRun(question)
    inventory = run.inventory(joins=False)
    moment, answers = midnight(question.as_of), inventory.account.dns
    found = diagnoses(inventory, moment, answers, run.resolver.account_of)
    text = report.render(found, Layout()) if found.certificates or found.gaps else ""
    return {"topic": "diagnosis", "text": text, "picture": ""}
