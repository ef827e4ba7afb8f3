"""The source line of a finding, with its range underlined."""

from __future__ import annotations

from acmrules.messages import printable
from acmrules.reports.findings.layout import Layout, columns, hanging

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.placed import Location

_LONGEST = 100
_CONTEXT = 24
_LEAST_ROOM = 30


def excerpt(location: Location, label: str, layout: Layout, color: str) -> Iterator[str]:
    """Yield the line with its number, and carets with a label; a long line is cut around them.

    Yield nothing if the text of the file is unknown.
    """
    if not location.source.is_read:
        return
    where = location.range
    number = str(where.start.line)
    margin = " " * len(number) + " |"
    line = location.source.shown_line(where.start.line)
    begin = where.start.column - 1
    end = where.end.column - 1 if where.end.line == where.start.line else len(line)
    is_late = len(line) > _LONGEST and begin > _LONGEST - _CONTEXT
    cut = max(0, begin - _CONTEXT) if is_late else 0
    shown = line[cut : cut + _LONGEST]
    before, after = "…" if cut else "", "…" if cut + _LONGEST < len(line) else ""
    yield margin
    yield f"{number} | {before}{_printable(shown)}{after}"
    blank = " " * (len(before) + columns(_printable(shown[: begin - cut])))
    marked = _printable(shown[begin - cut : max(end, begin + 1) - cut])
    carets = "^" * max(1, columns(marked))
    yield from _underlined(f"{margin} {blank}", carets, label, layout, color)
    yield margin


def _underlined(lead: str, carets: str, label: str, layout: Layout, color: str) -> Iterator[str]:
    """Yield the carets with the label after them, or below them if it does not fit there."""
    width = layout.width
    if not label:
        yield lead + layout.paint(carets, color)
        return
    if len(lead) + len(carets) + 1 + columns(label) <= width and label.isprintable():
        yield lead + layout.paint(f"{carets} {label}", color)
        return
    yield lead + layout.paint(carets, color)
    if width - len(lead) < _LEAST_ROOM:
        lead = lead[: lead.index("|") + 2]
    for line in hanging("", label, width - len(lead)):
        yield lead + layout.paint(line, color)


def _printable(text: str) -> str:
    """Return a part of a source line with spaces for tabs, and other control characters escaped."""
    return printable(text.replace("\t", " "))
