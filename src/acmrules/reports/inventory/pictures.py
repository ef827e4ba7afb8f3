"""The pictures of an inventory: expiries by week, Regions by state, and the use of quotas."""

from __future__ import annotations

from acmrules.diagnosis.model import State
from acmrules.messages import counted
from acmrules.reports import svg
from acmrules.reports.inventory.expiries import expiries
from acmrules.reports.inventory.frame import (
    LEAST,
    MARGIN,
    RIGHT,
    TOP,
    WIDTH,
    Figure,
    legend,
    title_of,
)
from acmrules.reports.inventory.phrases import heading, share, summary
from acmrules.reports.inventory.sections import QUOTA_WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.analysis.inventory.report import InventoryReport, RegionCount
    from acmrules.analysis.quotas import QuotaUse

_LABELS = 170
_LEFT = MARGIN + _LABELS
_NUMBERS = 130
_ROW = 26
_BAR = 14
_MOST_REGIONS = 20
_LEAST_QUOTAS, _MOST_QUOTAS = 3, 10
_LOW_SHARE = 0.02
_HIGH_SHARE = 0.8

_CLASSES = {
    State.BROKEN: "f-alarm",
    State.WAITING_FOR_YOU: "f-error",
    State.UNKNOWN: "f-quiet",
    State.WAITING_FOR_AWS: "f-warning",
    State.FINE: "f-note",
}


def render(report: InventoryReport) -> str:
    """Return all pictures as one."""
    y = 78.0
    head = [
        svg.text(MARGIN, 38, heading(report), "head"),
        svg.text(MARGIN, 60, summary(report), "word", "quiet"),
    ]
    parts = []
    drawn = figures(report)
    for figure in drawn:
        parts.append(f'<g transform="translate(0 {y:g})">')
        parts += [*figure.body, "</g>"]
        y += figure.height
    said = "\n".join(figure.title for figure in drawn)
    return svg.drawing(WIDTH, y, f"{heading(report)}: {summary(report)}", [*head, *parts], said)


def figures(report: InventoryReport) -> tuple[Figure, ...]:
    """Return the pictures that have something to show."""
    found = (expiries(report), regions(report), quotas(report))
    return tuple(each for each in found if each)


# Regions


def regions(report: InventoryReport) -> Figure | None:
    """Return the number of certificates in each Region by state."""
    used = [each for each in report.regions if each.total or not each.is_read]
    used.sort(key=lambda each: (each.is_read, -each.total, each.account, each.region))
    if not used:
        return None
    shown, hidden = used[:_MOST_REGIONS], used[_MOST_REGIONS:]
    most = max(each.total for each in used) or 1
    with_account = len(report.accounts) > 1
    title = f"Regions: {summary(report)}"
    empty = len(report.regions) - len(used)
    about = f"{counted(empty, 'Region')} without certificates" if empty else ""
    states = [each for each in State if report.number(each)]
    body = [*title_of(title, about), *legend([(_CLASSES[each], each.value) for each in states])]
    y = float(TOP)
    for each in shown:
        body += _region(each, y, most, with_account)
        y += _ROW
    if hidden:
        number = sum(each.total for each in hidden)
        text = f"and {counted(len(hidden), 'more Region')} with {counted(number, 'certificate')}"
        body.append(svg.text(MARGIN, y + 12, text, "small", "quiet"))
        y += _ROW
    return Figure(title, y + 14, tuple(body))


def _region(count: RegionCount, y: float, most: int, with_account: bool) -> Iterator[str]:
    name = f"{count.account} {count.region}" if with_account else count.region
    label = svg.lines_of(name, _LABELS - 12, "small" if with_account else "word")[0]
    yield svg.text(MARGIN, y + 12, label, "small" if with_account else "word")
    if not count.is_read:
        yield svg.rect(_LEFT, y, RIGHT - _NUMBERS - _LEFT, _BAR, "f-track", 2)
        yield svg.text(RIGHT - _NUMBERS + 12, y + 12, "not read", "word", "alarm")
        return
    x = float(_LEFT)
    parts = []
    lines = [name]
    for state, number in zip(State, count.states, strict=True):
        if number:
            width = max(LEAST, (RIGHT - _NUMBERS - _LEFT - 5 * LEAST) * number / most)
            parts.append(svg.rect(x, y, max(LEAST - 1, width - 1), _BAR, _CLASSES[state], 1))
            lines.append(f"{state.value}: {number:,}")
            x += width
    yield svg.group(lines, parts)
    yield svg.text(RIGHT - _NUMBERS + 12, y + 12, f"{count.total:,}", "word", "quiet")


# Quotas


def quotas(report: InventoryReport) -> Figure | None:
    """Return the most used quotas."""
    uses = [each for each in report.quotas if each.bound]
    if not uses:
        return None
    high = sum(each.share.least >= _LOW_SHARE for each in uses)
    shown = uses[: min(_MOST_QUOTAS, max(_LEAST_QUOTAS, high))]
    title = _quota_title(uses)
    more = len(uses) - len(shown)
    about = f"the {len(shown)} most used; {more:,} more are in the table" if more else ""
    body = [*title_of(title, about)]
    y = float(TOP) - 12
    for use in shown:
        body += _quota(use, y)
        y += _ROW + 12
    return Figure(title, y + 14, tuple(body))


def _quota_title(uses: list[QuotaUse]) -> str:
    if exceeded := sum(each.is_exceeded for each in uses):
        verb = "is" if exceeded == 1 else "are"
        return f"Quotas: {counted(exceeded, 'quota')} {verb} exceeded"
    return f"Quotas: {share(uses[0])} of the most used one"


def _quota(use: QuotaUse, y: float) -> Iterator[str]:
    region = use.scope.region or "unknown Region"
    yield svg.text(MARGIN, y + 9, region, "word")
    yield svg.text(MARGIN, y + 23, QUOTA_WORDS[use.quota], "small", "quiet")
    width = RIGHT - _NUMBERS - 60 - _LEFT
    css = "f-error" if use.share.least >= _HIGH_SHARE else "f-note"
    least = min(1.0, use.share.least) * width
    most = least if use.share.most is None else min(1.0, use.share.most) * width
    track = svg.rect(_LEFT, y, width, _BAR, "f-track", 2)
    part = [track]
    if most > least:
        part.append(svg.rect(_LEFT, y, max(LEAST, most), _BAR, "f-line", 2))
    part.append(svg.rect(_LEFT, y, max(LEAST, least), _BAR, css, 2))
    limit = f"{use.bound:,}{'' if use.is_stated else ' (default)'}"
    number = f"{use.number.least:,.0f} of {limit}"
    yield svg.group([f"{region}: {QUOTA_WORDS[use.quota]}", number, share(use)], part)
    x = _LEFT + width + 12
    yield svg.text(x, y + 9, number, "small")
    yield svg.text(x, y + 23, share(use), "small", "quiet")
