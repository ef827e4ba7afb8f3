"""A report as Markdown for a pull request: findings in a table, undecided checks collapsed.

Text from the input is escaped or formatted as code, so that it mentions no users and links nowhere.
"""

from __future__ import annotations

from acmrules.lint.findings import Finding, Report, Skip, SkipReason, StaleBaselineEntry
from acmrules.messages import counted, printable
from acmrules.model.not_checked import PARAMETER
from acmrules.reports.findings.summary import one_line
from acmrules.reports.paths import relative, uri

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.not_checked import NotChecked
    from acmrules.syntax.source import InputError, Position

MOST = 50
"""Maximum rows of the table, and of a list; a comment has at most 65,536 characters."""

_LONGEST = 600
_HEAD = ("| | rule | where | what |", "| --- | --- | --- | --- |")
_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_[]<>&|~!$:."}
_ENTITIES |= {ord(sign): f"&#{ord(sign)};\N{ZERO WIDTH SPACE}" for sign in "@#"}
_CODE_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_[]<>&|~!$:.@#"}


def render(report: Report, folder: str = "") -> str:
    """Return a heading, a table with the most severe findings first, and the undecided checks."""
    lines = ["### acmrules", "", one_line(report)]
    findings = sorted(report.findings, key=lambda finding: -finding.severity)
    rows = [_unreadable(unreadable, folder) for unreadable in report.unreadable[:MOST]]
    rows += [_finding(finding, folder) for finding in findings[: MOST - len(rows)]]
    if rows:
        lines += ["", *_HEAD, *rows]
    more = len(findings) + len(report.unreadable) - len(rows)
    if more:
        lines += ["", f"and {more:,} more"]
    lines += _not_checked(report.not_checked, folder)
    lines += _stale(report.stale, folder)
    lines += _skips(report.skips, folder)
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, folder: str) -> str:
    rule = finding.rule
    what = message(finding.message)
    if finding.help:
        what += f"<br>help: {message(finding.help)}"
    # The source of the rule is not linked, because GitHub would mention the pull request there.
    return f"| {finding.severity} | {rule.id} {rule.name} | {_where(finding, folder)} | {what} |"


def _unreadable(unreadable: InputError, folder: str) -> str:
    where = place(unreadable.name, unreadable.position, folder)
    return f"| unreadable | | {where} | {message(unreadable.fault)} |"


def _not_checked(found: tuple[NotChecked, ...], folder: str) -> Iterator[str]:
    """Yield what was not checked, collapsed."""
    items = [
        f"- {place(each.file, None if each.is_about_file else each.position, folder)}:"
        f" {message(str(each))}"
        for each in found
        if each.kind != PARAMETER
    ]
    yield from _folded(f"{len(items):,} not checked", items)


def _stale(stale: tuple[StaleBaselineEntry, ...], folder: str) -> Iterator[str]:
    """Yield the stale entries of baselines, collapsed."""
    items = [f"- {place(entry.baseline, None, folder)}: {message(str(entry))}" for entry in stale]
    yield from _folded(f"{sum(entry.count for entry in stale):,} stale in the baseline", items)


def _folded(what: str, items: list[str]) -> Iterator[str]:
    """Yield a collapsed list with at most `MOST` items, or nothing without items."""
    if items:
        yield from ("", "<details>", f"<summary>{what}</summary>", "", *items[:MOST])
        if len(items) > MOST:
            yield f"- and {len(items) - MOST:,} more"
        yield from ("", "</details>")


def _skips(skips: tuple[Skip, ...], folder: str) -> Iterator[str]:
    """Yield the unknown names that undecided checks wait for, and the other checks, collapsed."""
    undecided = [skip for skip in skips if skip.reason is not SkipReason.NOT_IN_FORCE]
    if not undecided:
        return
    from acmrules.lint.unknowns import is_named, unknown_names

    items = [
        f"- {message(str(each))} ({_where(each.skips[0], folder)})"
        for each in unknown_names(undecided)
    ]
    grouped: dict[tuple[str, str], list[str]] = {}
    for skip in undecided:
        if not is_named(skip):
            rules = grouped.setdefault((_where(skip, folder), skip.detail), [])
            rules += [skip.rule.id] if skip.rule else []
    items += [
        f"- {' '.join(filter(None, (where, *rules)))}: {message(detail)}"
        for (where, detail), rules in grouped.items()
    ]
    yield from _folded(f"{counted(len(undecided), 'check')} undecided", items)


def _where(item: Finding | Skip, folder: str) -> str:
    return place(item.file, item.position, folder) or code(item.address)


def place(file: str, start: Position | None, folder: str) -> str:
    """Return a link to the line of a file, or an empty string without a file."""
    if not file:
        return ""
    path = relative(file, folder)
    line, anchor = (f":{start.line}", f"#L{start.line}") if start else ("", "")
    return f"[{code(path + line)}](<{uri(path)}{anchor}>)"


def message(text: str) -> str:
    """Return a message with the parts in backticks as code, shortened if it is long."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    parts = text.split("`")
    if len(parts) % 2 == 0 or "" in parts[1::2]:
        return escaped(text)
    return "".join(code(part) if index % 2 else escaped(part) for index, part in enumerate(parts))


def escaped(text: str) -> str:
    """Return text without markup, links and mentions."""
    return printable(text).translate(_ENTITIES)


def code(text: str) -> str:
    """Return text as code; characters that would end the code or the cell are entities."""
    if not text:
        return ""
    text = printable(text)
    if not any(sign in text for sign in "`|\\"):
        return f"`{text}`"
    return f"<code>{text.translate(_CODE_ENTITIES)}</code>"
