"""The coverage of names as a tree, as a picture, and as data (`docs/pages/json.md`)."""

from __future__ import annotations

from acmrules.messages import counted, printable
from acmrules.reports import BOLD, RED, YELLOW, paint, svg
from acmrules.request import Tool
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.analysis.coverage_tree import Coverage, CoverageRow
    from acmrules.model.declaration import Declaration

_MOST_IDLE = 10
"""The most certificates of an account without a host whose names are printed."""

_MARGIN = 28
_LINE = 17
_GAP = 7
_INDENT = 24.0
_DEEPEST = 320.0
_NAMES = 360.0
_NOTES = 360.0
_BETWEEN = 32
_LEAST_WIDTH = 680.0
_WIDEST_COLUMN = 60
_UNICODE = ("├─ ", "└─ ", "│  ", "   ")
_ASCII = ("|- ", "`- ", "|  ", "   ")


# Words


def note(row: CoverageRow, *, has_hosts: bool) -> str:
    """Return the note for a row; `has_hosts` is whether the tree has any host."""
    if row.is_malformed:
        return "not a valid domain name"
    if not (row.is_name or row.is_host):
        return "" if has_hosts else "(not listed)"
    parts = []
    if row.is_host:
        parts.append(_status(row))
    if row.redundant:
        parts.append(f"redundant, because {row.redundant} covers it")
    others = row.covers - (row.is_host and row.is_name)
    if row.is_name and has_hosts and (others or not row.is_host):
        parts.append(_coverage(row, others))
    return "; ".join(parts)


def _coverage(row: CoverageRow, others: int) -> str:
    more = "more " if row.is_host else ""
    if not others:
        return f"covers no {more}host" if row.is_known else f"may cover {more}hosts"
    at_least = "" if row.is_known else "at least "
    return f"covers {at_least}{counted(others, f'{more}host')}"


def _status(row: CoverageRow) -> str:
    if row.unsure:
        return f"undecided: {row.unsure}"
    if row.unusable:
        return f"NOT covered: {row.unusable}"
    if not row.is_uncovered:
        own = str(row.covered_by) == row.text
        return "covered by its own name" if own else f"covered by {row.covered_by}"
    nearest = row.nearest
    if nearest is None:
        return "NOT covered; no name can cover it"
    if nearest.nearest is None:
        return f"NOT covered; {nearest.reason.value}"
    to_add = f"; {nearest.name_to_add} would cover it" * (str(nearest.name_to_add) != row.text)
    return f"NOT covered; the nearest name is {nearest.nearest}: {nearest.reason.value}{to_add}"


def summary(coverage: Coverage) -> str:
    """Return the numbers of names, hosts, and problems."""
    names, hosts = coverage.count("is_name"), coverage.count("is_host")
    parts = [counted(names, "name")]
    parts += [counted(hosts, "host")] if hosts else []
    for which, words in (
        ("is_uncovered", "not covered"),
        ("unsure", "undecided"),
        ("redundant", "redundant"),
        ("is_malformed", "invalid"),
    ):
        parts += [f"{count:,} {words}"] if (count := coverage.count(which)) else []
    return ", ".join(parts)


# Text


def render(
    coverages: Sequence[Coverage],
    lines: Sequence[str] = (),
    *,
    ascii_only: bool = False,
    is_colored: bool = False,
) -> str:
    """Return the trees as text, separated by blank lines, and then the lines about all of them."""
    symbols = _ASCII if ascii_only else _UNICODE
    trees = [_text(coverage, symbols, is_colored=is_colored) for coverage in coverages]
    return "\n".join([*trees, *["".join(f"{line}\n" for line in lines)] * bool(lines)])


def _text(coverage: Coverage, symbols: tuple[str, str, str, str], *, is_colored: bool) -> str:
    title = paint(printable(coverage.title), BOLD, is_colored=is_colored)
    lines = [f"{title}: {summary(coverage)}"] if title else []
    heads = [
        branch + printable(row.text)
        for branch, row in zip(_branches(coverage.rows, symbols), coverage.rows, strict=True)
    ]
    width = max((len(head) for head in heads if len(head) <= _WIDEST_COLUMN), default=0)
    has_hosts = coverage.count("is_host") > 0
    for head, row in zip(heads, coverage.rows, strict=True):
        said = printable(note(row, has_hosts=has_hosts)).rstrip()
        said = paint(said, _color(row), is_colored=is_colored and bool(_color(row)))
        lines.append(f"{head:{width}}  {said}".rstrip())
    return "\n".join(lines) + "\n"


def _color(row: CoverageRow) -> str:
    """Return the color of the note for a row that has a problem."""
    if row.is_malformed or row.is_uncovered:
        return RED
    return YELLOW if row.unsure or row.redundant else ""


def _branches(rows: tuple[CoverageRow, ...], symbols: tuple[str, str, str, str]) -> list[str]:
    """Return the lines of the tree before the text of each row."""
    fork, corner, line, blank = symbols
    last = {row.parent: index for index, row in enumerate(rows)}
    branches: list[str] = []
    below: list[str] = []
    for index, row in enumerate(rows):
        before = "" if row.parent is None else below[row.parent]
        is_last = index == last.get(row.parent)
        has_parent = row.parent is not None
        branches.append(before + (corner if is_last else fork) * has_parent)
        below.append(before + (blank if is_last else line) * has_parent)
    return branches


# Data


def as_data(coverage: Coverage) -> dict[str, object]:
    """Return a tree as plain data: its names, and the values of `by_host`."""
    names = [
        {
            "name": row.text,
            "covers": row.covers,
            "redundant_beside": str(row.redundant) if row.redundant else None,
        }
        for row in coverage.rows
        if row.is_name
    ]
    return {"title": coverage.title, "names": names, "hosts": [*by_host(coverage).values()]}


_NOT_UNCOVERED = {"nearest": None, "reason": None, "name_to_add": None}


def by_host(coverage: Coverage) -> dict[str, dict[str, object]]:
    """Return each host with the name that covers it, or the nearest one."""
    return {
        row.text: {
            "host": row.text,
            "covered": False if row.is_uncovered else True if row.covered_by is not None else None,
            "by": None if row.covered_by is None else str(row.covered_by),
            **(row.nearest.to_dict() if row.nearest else _NOT_UNCOVERED),
        }
        for row in coverage.rows
        if row.is_host
    }


# Picture


class Drawn(Value):
    """A row with its position in the picture, and its lines of text."""

    row: CoverageRow
    x: float
    y: float
    name: list[str]
    note: list[str]

    @property
    def height(self) -> float:
        """The distance in pixels to the next row."""
        return max(len(self.name), len(self.note)) * _LINE + _GAP


def shown(
    placed: Sequence[tuple[Declaration, Coverage]],
) -> tuple[list[Coverage], list[str]]:
    """Return the trees of declarations to print, and a line about the others.

    Many certificates that only an account shows, and that cover no host, are counted.
    """
    idle = {
        id(tree)
        for declaration, tree in placed
        if declaration.tool is Tool.ACCOUNT and not tree.count("covered_by")
    }
    if len(idle) <= _MOST_IDLE:
        return [tree for _, tree in placed], []
    number = counted(len(idle), "certificate" if len(idle) == len(placed) else "more certificate")
    line = f"{number} in the account, without a host in these files; `--format json` lists them"
    return [tree for _, tree in placed if id(tree) not in idle], [line]


def picture(coverages: Sequence[Coverage], lines: Sequence[str] = ()) -> str:
    """Return a picture of the trees, with a legend and then lines about all of them."""
    laid = [_laid_out(coverage) for coverage in coverages]
    drawn = [each for rows in laid for each in rows]
    right = [each.x + 16 + svg.width_of(line, "name") for each in drawn for line in each.name]
    notes = max(right, default=0.0) + _BETWEEN
    ends = [notes + svg.width_of(line, "word") for each in drawn for line in each.note]
    body: list[str] = []
    y = 36.0
    for coverage, rows in zip(coverages, laid, strict=True):
        for line in svg.lines_of(coverage.title or "What the names cover", 600, "head", "/: "):
            body.append(svg.text(_MARGIN, y, line, "head"))
            y += 20
        body.append(svg.text(_MARGIN, y + 2, summary(coverage), "word", "quiet"))
        top = y + 34
        moved = [each.__replace__(y=each.y + top) for each in rows]
        body += _rails(moved)
        body += [_drawn(each, notes, rows) for each in moved]
        y = (moved[-1].y + moved[-1].height if moved else top) + 34
    body += _legend(y - 10)
    for line in lines:
        for part in svg.lines_of(line, _NOTES + _NAMES, "word"):
            y += _LINE
            body.append(svg.text(_MARGIN, y + 10, part, "word"))
            ends.append(_MARGIN + svg.width_of(part, "word"))
    width = max([_LEAST_WIDTH - _MARGIN, notes - _BETWEEN, *ends]) + _MARGIN
    title = "; ".join(filter(None, (f"{c.title} {summary(c)}".strip() for c in coverages)))
    said = "\n".join(f"{each.row.text}: {''.join(each.note)}" for each in drawn if each.note)
    return svg.drawing(width, y + _MARGIN - 10, title or "What the names cover", body, said)


def _laid_out(coverage: Coverage) -> list[Drawn]:
    """Return the rows of a tree with their positions, and with wrapped texts."""
    depth = max((row.depth for row in coverage.rows), default=0)
    indent = min(_INDENT, _DEEPEST / max(depth, 1))
    has_hosts = coverage.count("is_host") > 0
    drawn: list[Drawn] = []
    y = 0.0
    for row in coverage.rows:
        y += _GAP if drawn and not row.depth else 0
        name = svg.lines_of(row.text, _NAMES, "name", ".-")
        words = note(row, has_hosts=has_hosts)
        notes = svg.lines_of(words, _NOTES, "word") if words else []
        drawn.append(Drawn(row, _MARGIN + 6 + row.depth * indent, y, name, notes))
        y += drawn[-1].height
    return drawn


def _drawn(each: Drawn, notes: float, rows: list[Drawn]) -> str:
    """Draw a row: its symbol, its name with the parent part in gray, and its note."""
    row = each.row
    parent = "" if row.parent is None else printable(rows[row.parent].row.text)
    own = len(printable(row.text)) - (len(parent) + 1 if parent else 0)
    parts = [_symbol(_kind(row), each.x, each.y - 4)]
    begin = 0
    for number, line in enumerate(each.name):
        strong = own - begin if row.is_name or row.is_host else 0
        y = each.y + number * _LINE
        parts.append(svg.text(each.x + 16, y, line, "name", quiet_from=max(0, strong)))
        begin += len(line)
    color = "alarm" if row.is_uncovered or row.is_malformed else "quiet"
    for number, line in enumerate(each.note):
        parts.append(svg.text(notes, each.y + number * _LINE, line, "word", color))
    return svg.group([" ".join((row.text, *each.note[:1]))], parts)


def _kind(row: CoverageRow) -> str:
    if row.is_uncovered or row.is_malformed:
        return "missed"
    if row.is_name:
        return "redundant" if row.redundant else "name"
    if row.is_host:
        return "unsure" if row.unsure else "host"
    return "shared"


def _symbol(kind: str, x: float, y: float) -> str:
    """Draw a disc for a name, a ring for a covered host, or a cross for an uncovered one."""
    if kind == "missed":
        falling = ("M", x - 4, y - 4), ("L", x + 4, y + 4)
        rising = ("M", x - 4, y + 4), ("L", x + 4, y - 4)
        return svg.path(svg.steps(*falling, *rising), "s-alarm thick")
    return svg.circle(x, y, *_SYMBOLS[kind])


_SYMBOLS = {
    "name": (5, "f-good"),
    "redundant": (5, "f-amber"),
    "host": (4, "f-ground s-good thick"),
    "unsure": (4, "f-ground s-quiet thin"),
    "shared": (2.5, "f-quiet"),
}


def _rails(rows: list[Drawn]) -> Iterator[str]:
    """Draw the lines of the tree in gray, and over them those to the names under a wildcard."""
    by_parent: dict[int, list[Drawn]] = {}
    for each in rows:
        if each.row.parent is not None:
            by_parent.setdefault(each.row.parent, []).append(each)
    for index, children in by_parent.items():
        parent = rows[index]
        yield _rail(parent.x, parent.y, children, "s-line thin")
        wildcard = next((c for c in children if c.row.text == f"*.{parent.row.text}"), None)
        if wildcard is not None and wildcard.row.is_name:
            one_below = parent.row.text.count(".") + 1
            covered = [
                child
                for child in children
                if (child.row.is_name or child.row.is_host)
                and child.row.text.count(".") == one_below
            ]
            yield _rail(parent.x, wildcard.y - 4, covered, "s-good thick")


def _rail(x: float, begin: float, children: list[Drawn], css: str) -> str:
    """Draw a vertical line to the last row, and a horizontal line to each row."""
    points = [("M", x, begin), ("L", x, children[-1].y - 4)]
    for child in children:
        points += [("M", x, child.y - 4), ("L", child.x - 6, child.y - 4)]
    return svg.path(svg.steps(*points), css)


def _legend(y: float) -> Iterator[str]:
    x = float(_MARGIN) + 6
    for kind, label in (
        ("name", "name"),
        ("redundant", "redundant name"),
        ("host", "covered host"),
        ("missed", "host not covered"),
    ):
        yield _symbol(kind, x, y - 4)
        yield svg.text(x + 13, y, label, "small", "quiet")
        x += 13 + svg.width_of(label, "small") + 28
    yield svg.path(svg.steps(("M", x - 6, y - 4), ("L", x + 14, y - 4)), "s-good thick")
    yield svg.text(x + 22, y, "under a wildcard", "small", "quiet")
