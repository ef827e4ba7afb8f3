"""A report for people: place, rule, the line with the span underlined, the bound, the way out."""

from __future__ import annotations

from acmrules.lint.findings import SkipReason
from acmrules.lint.rule import Severity
from acmrules.messages import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.lint.findings import Finding, Report, Skip
    from acmrules.syntax.source import Range, Source

    Paint = Callable[[str, str], str]

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}
_QUIET = "2"
_BOLD = "1"
_WIDTH = 100
_LEAD = 24


def render(report: Report, *, colour: bool = False, show_skips: bool = False) -> str:
    """Return the report as text, coloured on request, ending in a summary line."""
    paint = _painted if colour else _plain
    blocks = ["\n".join(_finding(finding, paint)) for finding in report.findings]
    if show_skips and report.skips:
        blocks.append("\n".join(_skips(report.skips, paint)))
    return "\n\n".join([*blocks, summary(report)]) + "\n"


def _finding(finding: Finding, paint: Paint) -> Iterator[str]:
    rule, severity = finding.rule, finding.severity
    label = paint(str(severity), _COLOURS[severity])
    place = _place(finding)
    yield f"{paint(place, _BOLD)} {label} {rule.id} {rule.name}"
    if finding.source is not None and finding.range is not None:
        yield from _excerpt(finding.source, finding.range, finding.message, paint)
        margin = " " * len(str(finding.range.start.line))
    else:
        yield f"  {finding.message}"
        margin = " "
    for spot in finding.related:
        if spot.range is not None:
            start = spot.range.start
            yield f"{margin} = {spot.note}: {printable(spot.file)}:{start.line}:{start.column}"
    if finding.fix is not None:
        yield f"{margin} = fix: {finding.fix.description}"
    yield paint(f"{margin} = see: acmrules explain {rule.id}", _QUIET)


def _place(said: Finding | Skip) -> str:
    if said.range is None:
        return printable(said.file) or said.address or "request"
    return f"{printable(said.file)}:{said.range.start.line}:{said.range.start.column}"


def _excerpt(source: Source, where: Range, message: str, paint: Paint) -> Iterator[str]:
    """Yield the line with its number and the span underlined; a long line is cut around it."""
    number = str(where.start.line)
    line = source.line(where.start.line)
    begin = where.start.column - 1
    end = where.end.column - 1 if where.end.line == where.start.line else len(line)
    cut = max(0, begin - _LEAD) if len(line) > _WIDTH and begin > _WIDTH - _LEAD else 0
    shown = line[cut : cut + _WIDTH]
    lead, marked = shown[: begin - cut], shown[begin - cut : max(end, begin + 1) - cut]
    margin = " " * len(number)
    before, after = "…" if cut else "", "…" if cut + _WIDTH < len(line) else ""
    yield f"{margin} |"
    yield f"{number} | {before}{_printable(shown)}{after}"
    blank = " " * (len(before) + _columns(lead))
    carets = paint("^" * max(1, _columns(marked)), _BOLD)
    yield f"{margin} | {blank}{carets} {message}"


def _printable(text: str) -> str:
    """Replace what would move the cursor: a tab by a blank, control characters by a mark."""
    if text.isprintable():
        return text
    text = text.replace("\t", " ")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _columns(text: str) -> int:
    """Count the cells a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 1 + (east_asian_width(c) in "WF") for c in text)


def _skips(skips: tuple[Skip, ...], paint: Paint) -> Iterator[str]:
    """Yield one line for each place and reason, with the rules that did not decide there."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for skip in skips:
        rules = grouped.setdefault((_place(skip), skip.detail), [])
        rules += [skip.rule.id] if skip.rule and skip.rule.id not in rules else []
    for (place, detail), rules in grouped.items():
        yield f"{place} {paint('skipped', _QUIET)} {' '.join(rules)}{': ' if rules else ''}{detail}"


def summary(report: Report) -> str:
    """Return in one line what was judged and how many findings of each severity there are."""
    requests = counted(report.requests, "certificate request")
    what = f"{requests} in {counted(report.files, 'file')}" if report.files else requests
    counts = [
        counted(count, str(severity))
        for severity in reversed(Severity)
        if (count := report.count(severity))
    ]
    said = ", ".join(counts) or "nothing found"
    undecided = sum(skip.reason is not SkipReason.NOT_IN_FORCE for skip in report.skips)
    skipped = f"; {counted(undecided, 'check')} undecided (--show-undecided)" if undecided else ""
    suppressed = sum(each.suppression is not None for each in report.suppressed)
    known = f"; {suppressed:,} suppressed" if suppressed else ""
    recalled = len(report.suppressed) - suppressed
    known += f"; {recalled:,} in the baseline" if recalled else ""
    stale = sum(entry.count for entry in report.stale)
    known += f"; {stale:,} stale in the baseline (acmrules baseline --prune)" if stale else ""
    excluded = f"; {counted(report.excluded, 'file')} excluded" if report.excluded else ""
    unread = len({unreadable.name for unreadable in report.unreadable})
    failed = f"; {counted(unread, 'input')} could not be read" if unread else ""
    return f"{what}: {said}{known}{skipped}{excluded}{failed}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where that is needed."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _painted(text: str, code: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m"


def _plain(text: str, _: str) -> str:
    return text
