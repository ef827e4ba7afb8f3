"""A forecast as a picture (SVG): a time scale, and a bar for each finding."""

from __future__ import annotations

from datetime import date

from acmrules.messages import counted
from acmrules.reports import svg, time_scale
from acmrules.reports.findings.layout import place
from acmrules.reports.forecast import severity_text, source_title
from acmrules.reports.time_scale import TimeScale
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.lint.forecast import FindingHistory, Forecast
    from acmrules.lint.rule import Severity

    Severities = tuple[tuple[date, Severity | None], ...]

WIDTH = 760
"""The width of the picture in pixels."""

_MARGIN = 20
_LABELS = 236
_LEFT = _MARGIN + _LABELS + 20
_RIGHT = WIDTH - _MARGIN - 76
_BAR = 16
_LINE = 16
_GAP = 16
_NO_ADDRESS = "$"
_MOST_ROWS = 40
_MOST_ROWS_OF_ONE = 24
_MOST_DAYS = 20
_MEANINGS = (
    ("error", "f-error"),
    ("warning", "f-warning"),
    ("note", "f-note"),
    ("not found", "f-track"),
)
"""What the colors of bars mean."""


class TimelineRow(Value):
    """A bar for one or more findings of a rule with the same severities."""

    histories: tuple[FindingHistory, ...]
    place: str

    @property
    def severities(self) -> Severities:
        """The severities of all findings, by date."""
        return self.histories[0].severities

    @property
    def name(self) -> str:
        """The rule, with the number of findings if there are several."""
        rule = self.histories[0].finding.rule
        count = f" \N{MULTIPLICATION SIGN}{len(self.histories)}" if self.histories[1:] else ""
        return f"{rule.id} {rule.name}{count}"


def render(forecast: Forecast) -> str:
    """Return the picture; changing findings come first, and similar ones may share a bar."""
    scale = TimeScale(forecast.as_of, forecast.until, _LEFT, _RIGHT)
    rows = _rows(forecast)
    shown = rows[:_MOST_ROWS]
    days = sorted({day for row in shown for day, _ in row.severities[1:]})
    title = f"Findings from {forecast.as_of} to {forecast.until}"
    body = [
        svg.text(_MARGIN, 36, title, "head"),
        svg.text(_MARGIN, 58, _summary(forecast), "word", "quiet"),
    ]
    flags = time_scale.flags(scale, days)
    top = 84.0 + time_scale.height_of(flags)
    bars: list[str] = []
    y = top + 12.0
    for row in shown:
        height = _height(row)
        bars.append(_bar(row, y, height, scale))
        y += height + _GAP
    if hidden := sum(len(row.histories) for row in rows[_MOST_ROWS:]):
        bars.append(
            svg.text(_MARGIN, y + 12, f"and {hidden:,} more, in the table", "word", "quiet")
        )
        y += 12 + _GAP
    if not rows:
        bars.append(svg.rect(_LEFT, y, _RIGHT - _LEFT, _BAR, "f-track", 3))
        y += _BAR + _GAP
    body += time_scale.poles(flags, top, y, days)
    body += bars
    body += time_scale.axis(scale, y)
    y += 50
    body += svg.legend(_LEFT, y, _MEANINGS)
    y += 18
    for line, css in _sources(forecast):
        y += _LINE + 2 * (css == "ink")
        body.append(svg.text(_MARGIN, y, line, "small", css))
    said = "\n".join("; ".join(_tooltip(row)) for row in shown)
    return svg.drawing(WIDTH, y + _MARGIN, f"{title}: {_summary(forecast)}", body, said)


def _summary(forecast: Forecast) -> str:
    number = len(forecast.histories)
    changing = sum(len(history.phases) > 1 for history in forecast.histories)
    if not number:
        return "no findings"
    return f"{counted(number, 'finding')}, {f'{changing:,}' if changing else 'none'} will change"


# Rows


def _rows(forecast: Forecast) -> list[TimelineRow]:
    """Return a row for each finding; if there are many, one for each file, or for all files."""
    keys: tuple[Callable[[FindingHistory], tuple[object, ...]], ...] = (
        lambda history: (id(history),),
        lambda history: (history.finding.rule.id, history.severities, history.finding.file),
        lambda history: (history.finding.rule.id, history.severities),
    )
    rows: list[TimelineRow] = []
    for key in keys:
        grouped: dict[tuple[object, ...], list[FindingHistory]] = {}
        for history in forecast.histories:
            grouped.setdefault(key(history), []).append(history)
        rows = [TimelineRow(tuple(group), _place(group)) for group in grouped.values()]
        if len(rows) <= _MOST_ROWS_OF_ONE:
            break
    return sorted(rows, key=_urgency)


def _place(histories: list[FindingHistory]) -> str:
    if len(histories) == 1:
        finding = histories[0].finding
        has_address = finding.location and finding.address != _NO_ADDRESS
        return place(finding) + (f" {finding.address}" if has_address else "")
    files = list(dict.fromkeys(history.finding.file for history in histories))
    return files[0] if len(files) == 1 else f"{len(files)} files"


def _urgency(row: TimelineRow) -> tuple[bool, Severities, int, str]:
    """Return a sort key: changes by date, then the others by severity, then by rule."""
    changes = row.severities[1:]
    first = row.severities[0][1] or 0
    known = tuple((day, severity or 0) for day, severity in changes)
    return not changes, known, -first, row.name  # type: ignore[return-value]


def _labels(row: TimelineRow) -> list[tuple[str, str, str]]:
    """Return the lines to the left of a bar: kind, color, text."""
    names = svg.lines_of(row.name, _LABELS, "word", " -")
    locations = svg.lines_of(row.place, _LABELS, "small", "/ :.-") if row.place else []
    return [("word", "ink", line) for line in names] + [("small", "quiet", p) for p in locations]


def _height(row: TimelineRow) -> float:
    return max(_BAR, _LINE * len(_labels(row)))


def _bar(row: TimelineRow, y: float, height: float, scale: TimeScale) -> str:
    """Draw a row: its labels, and a segment for each phase in which there is a finding."""
    parts = [
        svg.text(_MARGIN, y + 12 + _LINE * number, line, kind, color)
        for number, (kind, color, line) in enumerate(_labels(row))
    ]
    middle = y + height / 2 - _BAR / 2
    parts.append(svg.rect(_LEFT, middle, _RIGHT - _LEFT, _BAR, "f-track", 3))
    ends = [scale.at(day) for day, _ in row.severities[1:]] + [_RIGHT]
    for (day, severity), end in zip(row.severities, ends, strict=True):
        if severity is None:
            continue
        start = scale.at(day)
        parts.append(svg.rect(start, middle, end - start, _BAR, f"f-{severity}", 3))
        if svg.width_of(str(severity), "small") + 14 <= end - start:
            x, base = start + 7, middle + _BAR / 2 + 4
            parts.append(svg.text(x, base, str(severity), "small", f"on-{severity}"))
    return svg.group(_tooltip(row), parts)


def _tooltip(row: TimelineRow) -> list[str]:
    history = row.histories[0]
    lines = [f"{row.name} {row.place}", history.finding.message]
    for phase in history.phases:
        source = f" (source: {phase.source.title})" if phase.source else ""
        lines.append(f"{severity_text(phase.severity)} from {phase.start}{source}")
    return lines


# The foot


def _sources(forecast: Forecast) -> Iterator[tuple[str, str]]:
    """Yield the lines of the sources and their dates, with the color of each line."""
    by_title: dict[str, dict[date, None]] = {}
    for change in forecast.changes:
        by_title.setdefault(source_title(change), {})[change.day] = None
    if by_title:
        yield "Sources", "ink"
    for title, days in by_title.items():
        more = f" and {len(days) - _MOST_DAYS:,} more dates" if len(days) > _MOST_DAYS else ""
        text = f"{title}: {', '.join(map(str, [*days][:_MOST_DAYS]))}{more}"
        for line in svg.lines_of(text, WIDTH - 2 * _MARGIN, "small"):
            yield line, "quiet"
