"""The layout of the reports for people: the terminal, colors, marks, wrapped lines."""

from __future__ import annotations

from acmrules.lint.rule import Severity
from acmrules.messages import printable
from acmrules.reports import CYAN, RED, YELLOW, paint
from acmrules.syntax.source import STANDARD_INPUT
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acmrules.lint.findings import Finding, Skip
    from acmrules.model.not_checked import NotChecked
    from acmrules.reports.paths import LinkBase

COLORS = {Severity.ERROR: RED, Severity.WARNING: YELLOW, Severity.NOTE: CYAN}
NAMELESS = "request"
"""The name of a request without a file and an address."""
SAFE = "[*]"
"""The mark of a finding that `--fix` can fix."""

UNSAFE = "[*] unsafe"
"""The mark of a finding that only `--unsafe-fixes` can fix."""

_LEAST_ROOM = 16
"""Columns for text after an indentation, even if the terminal has fewer."""


class Layout(Value):
    """The columns and lines of the terminal, and what to show on it.

    Without `links`, there are no hyperlinks. A quiet layout has no summary.
    """

    width: int = 80
    height: int = 24
    color: bool = False
    show_undecided: bool = False
    statistics: bool = False
    links: LinkBase | None = None
    is_quiet: bool = False

    def paint(self, text: str, code: str) -> str:
        """Return the text in a color, unless colors are off."""
        return paint(text, code, is_colored=self.color)

    def link(self, text: str, url: str) -> str:
        """Return the text as a hyperlink (OSC 8), unless links are off."""
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if self.links and text and url else text

    def link_file(self, text: str, file: str) -> str:
        """Return the text as a hyperlink to a file, unless links are off."""
        if self.links is None or file in {"", STANDARD_INPUT}:
            return text
        return self.link(text, self.links.url(file))


def place(item: Finding | Skip | NotChecked) -> str:
    """Return the file of an item with its line and column, or the address without a file."""
    from acmrules.reports.tables import position

    return position(item.location) or printable(getattr(item, "address", "")) or NAMELESS


def joined(blocks: Sequence[str]) -> str:
    """Return blocks with an empty line between them; nothing without a block."""
    return "\n\n".join(blocks) + "\n" * bool(blocks)


def rule_label(finding: Finding, layout: Layout) -> str:
    """Return the severity of a finding and its rule, which links to the source of the rule."""
    rule = finding.rule
    return f"{finding.severity}[{layout.link(rule.id, rule.url)}]"


def columns(text: str) -> int:
    """Return the columns that text occupies on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 1 + (east_asian_width(c) in "WF") for c in text)


def hanging(lead: str, text: str, width: int, indent: int | None = None) -> list[str]:
    """Return the lines of text after a lead, wrapped at words; further lines are indented.

    By default, the indentation is the length of the lead. The lead is not broken, even if it is
    longer than a line; words that are longer than a line are.
    """
    text = printable(text)
    used = columns(lead)
    if used + columns(text) <= width:
        return [lead + text]
    blank = " " * (used if indent is None else indent)
    first, *rest = _wrapped(text, width - used, max(width - len(blank), _LEAST_ROOM))
    return [(lead + first).rstrip(), *(blank + line for line in rest)]


def _wrapped(text: str, first: int, room: int) -> Iterator[str]:
    """Yield the lines of text of some width; the first line may be shorter."""
    left = first
    while columns(text) > left:
        end = _fitting(text, left)
        space = text.rfind(" ", 0, end + 1)
        if space >= 0:
            yield text[:space].rstrip()
            text = text[space + 1 :]
        elif left < room:
            yield ""
        else:
            yield text[:end]
            text = text[end:]
        left = room
    yield text


def _fitting(text: str, room: int) -> int:
    """Return how many of the first characters of text fit."""
    end = max(room, 0)
    while columns(text[:end]) > room and end:
        end -= 1
    return end


def fix_marks(findings: Iterable[Finding]) -> list[str]:
    """Return the mark of each finding; empty if there is no fix, or if it cannot edit the file."""
    return [_mark(finding) for finding in findings]


def marked(text: str, mark: str) -> str:
    """Return text with a mark after it, if there is one."""
    return f"{text} {mark}" if mark else text


def _mark(finding: Finding) -> str:
    # Most findings have no fix, so the module that plans fixes is loaded only for those that do.
    if finding.fix is None or not finding.fix.edits:
        return ""
    from acmrules.lint.fixes import EditError, plan_fix

    try:
        return SAFE if plan_fix(finding).safe else UNSAFE
    except EditError:
        return ""
