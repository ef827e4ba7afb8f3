"""Diagnoses as Markdown for a ticket: a heading, a table and code blocks for each certificate.

Text from the input is escaped or formatted as code, so that it mentions no users and links nowhere.
"""

from __future__ import annotations

from acmrules.diagnosis.model import State
from acmrules.messages import counted, printable
from acmrules.reports.diagnosis.causes import (
    action_of,
    shared_causes,
    unexplained,
    zone_lines,
    zone_of,
)
from acmrules.reports.diagnosis.phrases import (
    actor_phrase,
    drift_phrase,
    home,
    time_phrase,
    totals,
    use_of,
)
from acmrules.reports.findings.markdown import MOST, code, message, place
from acmrules.syntax.source import STANDARD_INPUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acmrules.analysis.diagnoses import Diagnoses, PlacedDiagnosis
    from acmrules.analysis.drift import DriftPair
    from acmrules.reports.diagnosis.causes import SharedCause

_MOST_NAMES = 5
_MOST_RECORDS = 50


def render(found: Diagnoses, folder: str = "") -> str:
    """Return the certificates that are not fine, the worst first; paths are relative to a folder.

    A single certificate is also listed if it is fine.
    """
    listed = [each for each in found.certificates if each.diagnosis.state is not State.FINE]
    listed = listed or [*found.certificates[:1]] * (len(found.certificates) == 1)
    lines = ["### acmrules: certificates", "", totals(found)]
    for each in listed[:MOST]:
        lines += _certificate(each, folder)
    if len(listed) > MOST:
        lines += ["", f"and {counted(len(listed) - MOST, 'more certificate')}"]
    if found.drifts:
        lines += ["", "#### drift", ""]
        lines += [f"- {message(drift_phrase(each))}" for each in found.drifts[:MOST]]
    unread = [*map(str, found.gaps), *(each.located for each in found.unread)]
    if unread:
        lines += ["", "#### not read", ""]
        lines += [f"- {message(each)}" for each in unread[:MOST]]
    return "\n".join(lines) + "\n"


def _certificate(each: PlacedDiagnosis, folder: str) -> Iterator[str]:
    diagnosis = each.diagnosis
    certificate = diagnosis.certificate
    names = _codes(certificate.names) or code(certificate.arn)
    yield from ("", f"#### {diagnosis.state.value}: {names}")
    yield from ("", f"{message(diagnosis.title[:1].upper() + diagnosis.title[1:])}.")
    rows = [("who acts", message(actor_phrase(diagnosis)))]
    rows += [
        ("deadline", f"{time_phrase(each.at, diagnosis.as_of)}: {message(each.text)}")
        for each in diagnosis.deadlines
    ]
    place_of = "" if each.file == STANDARD_INPUT else place(each.file, each.position, folder)
    rows.append(("certificate", " ".join(filter(None, (code(certificate.arn), place_of)))))
    rows.append(("Region", message(home(diagnosis))))
    rows.append(("in use by", message(use_of(diagnosis, _MOST_NAMES))))
    rows += [("declared", _declared(pair, folder)) for pair in each.declared]
    rows += [("drift", message(drift.text)) for drift in each.drifts]
    yield from _table(rows)
    for cause in shared_causes(diagnosis):
        yield from _cause(cause)
    open_ = unexplained(diagnosis)
    if open_:
        yield from ("", f"Whether the validation of {_codes(open_)} succeeds is unknown.")
    yield from _commands(each)


def _declared(pair: DriftPair, folder: str) -> str:
    return " ".join(filter(None, (code(pair.address), place(pair.file, pair.position, folder))))


def _table(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from ("", "| | |", "| --- | --- |")
    yield from (f"| {label} | {cell} |" for label, cell in rows if cell)


def _cause(cause: SharedCause) -> Iterator[str]:
    yield from ("", f"**{': '.join(filter(None, (cause.title, _codes(cause.names))))}**")
    source = cause.obstacle.source
    rows = [(label, message(text)) for label, text in cause.sentences]
    rows += [("docs", f"<{source.url}>")] if source else []
    yield from _table(rows)
    records = [*_records(cause)]
    if records:
        yield from _fenced("text", records)


def _records(cause: SharedCause) -> Iterator[str]:
    """Yield the records of a remedy as lines of zone files, below comments with what to do."""
    before = ""
    for change in cause.changes[:_MOST_RECORDS]:
        comment = " ".join(filter(None, (action_of(change), zone_of(change))))
        if comment != before:
            yield f"; {comment}"
        before = comment
        yield from zone_lines(change)
    if len(cause.changes) > _MOST_RECORDS:
        yield f"; and {counted(len(cause.changes) - _MOST_RECORDS, 'more record')}"


def _commands(each: PlacedDiagnosis) -> Iterator[str]:
    commands = dict.fromkeys(
        printable(command)
        for obstacle in each.diagnosis.all_obstacles
        for command in obstacle.commands
    )
    if commands:
        yield from ("", "Run:")
        yield from _fenced("sh", [*commands][:_MOST_RECORDS])


def _fenced(language: str, lines: Sequence[str]) -> list[str]:
    """Return lines in a code block that no line can end."""
    fence = "```"
    while any(fence in line for line in lines):
        fence += "`"
    return ["", f"{fence}{language}", *lines, fence]


def _codes(names: Sequence[object]) -> str:
    """Return the first names as code, and the number of the others."""
    listed = ", ".join(code(str(name)) for name in names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{listed} and {more:,} more" if more > 0 else listed
