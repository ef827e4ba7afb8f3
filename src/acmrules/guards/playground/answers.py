"""Answers to the questions of the page."""

from __future__ import annotations

from acmrules.errors import AcmRulesError
from acmrules.guards.playground.questions import question_of
from acmrules.reports.json_text import dumps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.guards.playground.questions import Question

    Data = dict[str, object]


def answer(question: str) -> str:
    """Return the answer to a question, both as JSON of `src/playground/protocol.ts`."""
    try:
        return dumps(_answer(question_of(question)))
    except AcmRulesError as error:
        return dumps(_refusal(str(error)))
    except RecursionError:
        return dumps(_refusal("the files are nested too deeply"))
    except Exception as error:  # noqa: BLE001  (the next question may have an answer)
        from acmrules.workspace.errors import describe_crash

        return dumps(_refusal(describe_crash(error)))


def _answer(question: Question) -> Data:
    """Return an answer; the modules of a topic are loaded with its first question."""
    if question.topic == "check":
        from acmrules.guards.playground.checking import check as about
    elif question.topic == "coverage":
        from acmrules.guards.playground.covering import coverage as about
    elif question.topic == "validation":
        from acmrules.guards.playground.steps import validation as about
    elif question.topic == "diagnosis":
        from acmrules.guards.playground.steps import diagnosis as about
    else:
        from acmrules.guards.playground.ahead import dates as about
    return about(question)


def _refusal(message: str) -> Data:
    return {"topic": "error", "message": message}
