"""The tool `validation`: the steps until certificates are issued."""

from __future__ import annotations

from acmrules.guards.mcp import reading
from acmrules.guards.mcp.answers import Answer, AnswerItem, summary
from acmrules.messages import printable
from acmrules.workspace import CLEAN, FOUND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.guards.mcp.reading import ToolCall


def validation(call: ToolCall) -> Answer:
    """Return the steps of each certificate, those first whose validation cannot succeed."""
    from acmrules.analysis.validation import validations
    from acmrules.reports import validation as report

    read = reading.read_inventory(call, finds_environments=True)
    found = validations(read.inventory, lambda file: read.resolver.settings_of(file).as_of)
    found = tuple(sorted(found, key=lambda one: not one.obstacles))
    items = [
        AnswerItem(
            # The block of one certificate; the summary follows an empty line.
            report.render((one,)).partition("\n\n")[0],
            {
                "certificate": one.title,
                "file": one.file,
                "line": one.line if one.location else None,
                "method": one.method.value if one.method else None,
                "blocked": bool(one.obstacles),
                "unknown": bool(one.open),
            },
        )
        for one in found
    ]
    blocked = sum(bool(one.obstacles) for one in found)
    code = read.code or (FOUND if blocked else CLEAN)
    unchecked = (
        *read.unchecked,
        *(() if found or read.unchecked else (reading.NOTHING,)),
        *(f"{printable(one.title)}: {printable(each)}" for one in found for each in one.open),
    )
    counts = {"certificates": len(found), "blocked": blocked}
    sentence = report.render(found).rstrip("\n").rpartition("\n\n")[2].replace("\n", " ")
    return Answer(
        summary(sentence, code), tuple(items), code, counts, unchecked, noun="certificate"
    )
