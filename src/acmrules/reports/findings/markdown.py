"""A report as Markdown for a pull request: what is wrong in a table, what is undecided folded away.

Texts of others stand in code, where nobody is mentioned and nothing is linked, or are escaped.
"""

from __future__ import annotations

from acmrules.lint.findings import SkipReason
from acmrules.reports.findings.text import counted, summary
from acmrules.reports.paths import relative, uri

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.findings import Finding, Report, Skip, StaleBaselineEntry
    from acmrules.syntax.source import InputError, Position

MOST = 50
"""Lines of the table, and of the list of skips; a comment has room for some 65,000 characters."""

_LONGEST = 600
_HEAD = ("| | rule | where | what |", "| --- | --- | --- | --- |")
_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_[]<>&|~!$:."}
_ENTITIES |= {ord(sign): f"&#{ord(sign)};\N{ZERO WIDTH SPACE}" for sign in "@#"}
_CODE_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_[]<>&|~!$:.@#"}


def render(report: Report, folder: str = "") -> str:
    """Return a headline, a table with the worst first, and the skips; bounded in every part."""
    lines = ["### acmrules", "", summary(report)]
    findings = sorted(report.findings, key=lambda finding: -finding.severity)
    rows = [_unreadable(unreadable, folder) for unreadable in report.unreadable[:MOST]]
    rows += [_finding(finding, folder) for finding in findings[: MOST - len(rows)]]
    if rows:
        lines += ["", *_HEAD, *rows]
    more = len(findings) + len(report.unreadable) - len(rows)
    if more:
        lines += ["", f"and {more:,} more"]
    lines += _stale(report.stale, folder)
    lines += _skips(report.skips, folder)
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, folder: str) -> str:
    rule = finding.rule
    what = message(finding.message)
    if finding.fix is not None:
        what += f"<br>fix: {message(finding.fix.description)}"
    # No link to the source of the rule: GitHub would mention the request at whatever is linked.
    return f"| {finding.severity} | {rule.id} {rule.name} | {_where(finding, folder)} | {what} |"


def _unreadable(unreadable: InputError, folder: str) -> str:
    where = place(unreadable.name, unreadable.position, folder)
    return f"| unreadable | | {where} | {message(unreadable.fault)} |"


def _stale(stale: tuple[StaleBaselineEntry, ...], folder: str) -> Iterator[str]:
    """Yield the entries of baselines that nothing is found for, in a part that opens on demand."""
    items = [f"- {place(entry.baseline, None, folder)}: {message(str(entry))}" for entry in stale]
    yield from _folded(f"{sum(entry.count for entry in stale):,} stale in the baseline", items)


def _folded(what: str, items: list[str]) -> Iterator[str]:
    """Yield a list, bounded, that is seen when somebody opens it; without items nothing."""
    if items:
        yield from ("", "<details>", f"<summary>{what}</summary>", "", *items[:MOST])
        if len(items) > MOST:
            yield f"- and {len(items) - MOST:,} more"
        yield from ("", "</details>")


def _skips(skips: tuple[Skip, ...], folder: str) -> Iterator[str]:
    """Yield the checks that did not decide, by place and reason, in a part that opens on demand."""
    grouped: dict[tuple[str, str], list[str]] = {}
    undecided = [skip for skip in skips if skip.reason is not SkipReason.NOT_IN_FORCE]
    for skip in undecided:
        rules = grouped.setdefault((_where(skip, folder), skip.detail), [])
        rules += [skip.rule.id] if skip.rule else []
    items = [
        f"- {' '.join(filter(None, (where, *rules)))}: {message(detail)}"
        for (where, detail), rules in grouped.items()
    ]
    yield from _folded(f"{counted(len(undecided), 'check')} undecided", items)


def _where(said: Finding | Skip, folder: str) -> str:
    start = said.range.start if said.range else None
    return place(said.file, start, folder) or code(said.address)


def place(file: str, start: Position | None, folder: str) -> str:
    """Return a link to the line of a file; without a file, nothing."""
    if not file:
        return ""
    path = relative(file, folder)
    line, anchor = (f":{start.line}", f"#L{start.line}") if start else ("", "")
    return f"[{code(path + line)}](<{uri(path)}{anchor}>)"


def message(text: str) -> str:
    """Return a message with what it has in backticks as code, cut where it is endless."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    parts = text.split("`")
    if len(parts) % 2 == 0 or "" in parts[1::2]:
        return escaped(text)
    return "".join(code(part) if index % 2 else escaped(part) for index, part in enumerate(parts))


def escaped(text: str) -> str:
    """Return a text that stands for itself: no markup, no link, nobody mentioned."""
    return _printable(text).translate(_ENTITIES)


def code(text: str) -> str:
    """Return a text as code; what would end its own span or cell is written in entities."""
    if not text:
        return ""
    text = _printable(text)
    if not any(sign in text for sign in "`|\\"):
        return f"`{text}`"
    return f"<code>{text.translate(_CODE_ENTITIES)}</code>"


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text
    )
