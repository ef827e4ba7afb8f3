"""The figure of the stages of a run: what each passes to the next one."""

from __future__ import annotations

from acmrules.reports import svg

TITLE = "The stages of a run"

WIDTH = 720
WIDE = 200
HIGH = 52
ROW = 82
TOP = 58
"""The sizes of the figure in pixels: its width, a box, the distance of rows, the first row."""

COLUMNS = (20, 260, 500)
"""The left ends of the boxes: of the fixes, of the checks, of the other answers."""

BOXES = {
    "parse": (1, 0, "arguments to options", "cli"),
    "discover": (1, 1, "paths to files", "workspace"),
    "load": (1, 2, "files to declarations", "workspace"),
    "link": (1, 3, "imports and ARNs", "model"),
    "check": (1, 4, "rules find problems", "lint"),
    "suppress": (1, 5, "accepted findings", "lint"),
    "apply_baselines": (1, 6, "recorded findings", "lint"),
    "report": (1, 7, "equal findings are one", "lint"),
    "render": (1, 8, "text, JSON, SARIF, pictures", "reports"),
    "inventory": (2, 4, "all declarations together", "model"),
    "answer": (2, 5, "coverage, plan, calendar", "analysis"),
    "fix": (0, 7, "findings to edits", "lint"),
    "write": (0, 8, "edits to files", "workspace"),
}
"""The column, the row, what it does and the package, by the name of the stage."""

ARROWS = (
    ("parse", "discover", "options"),
    ("discover", "load", "inputs"),
    ("load", "link", "declarations"),
    ("link", "check", "batches"),
    ("check", "suppress", "results"),
    ("suppress", "apply_baselines", "results"),
    ("apply_baselines", "report", "results"),
    ("report", "render", "report"),
    ("inventory", "answer", "inventory"),
    ("fix", "write", "text edits"),
)
"""The arrows downward, each with what it passes."""


def figure() -> str:
    """Return the figure: a box for each stage, and an arrow for each value."""
    body = [svg.text(20, 32, TITLE, "head")]
    for above, below, value in ARROWS:
        x = middle(above)
        body += arrow((x, bottom(above)), (x, top(below)))
        body.append(svg.text(x + 10, bottom(above) + 20, value, "small", "quiet"))
    x, y = middle("inventory"), top("link") + HIGH / 2
    body += arrow((right("link"), y), (x, y), (x, top("inventory")))
    body.append(svg.text(right("link") + 12, y - 8, "batches", "small", "quiet"))
    y = top("render") + HIGH / 2
    body += arrow((middle("answer"), bottom("answer")), (middle("answer"), y), (right("render"), y))
    body.append(svg.text(right("render") + 12, y - 8, "answers", "small", "quiet"))
    y = top("report") + HIGH / 2
    body += arrow((COLUMNS[1], y), (COLUMNS[0] + WIDE, y))
    for name in BOXES:
        body += box(name)
    said = [f"{name}: {about} ({package})." for name, (_, _, about, package) in BOXES.items()]
    passed = [f"{above} passes {value} to {below}." for above, below, value in ARROWS]
    return svg.drawing(WIDTH, bottom("render") + 20, TITLE, body, "\n".join((*said, *passed)))


def box(name: str) -> list[str]:
    """Draw a box with the stage, its package, and what it does."""
    column, _, about, package = BOXES[name]
    x, y = COLUMNS[column], top(name)
    end = x + WIDE - 10 - svg.width_of(package, "small")
    return [
        svg.rect(x, y, WIDE, HIGH, "f-track", 6),
        svg.text(x + 10, y + 21, name, "name", extra=" bold"),
        svg.text(end, y + 20, package, "small", "good"),
        svg.text(x + 10, y + 40, about, "small", "quiet"),
    ]


def arrow(*points: tuple[float, float]) -> list[str]:
    """Draw a line through points with a head at the last one."""
    letters = ("M", *"L" * (len(points) - 1))
    line = svg.steps(*((letter, *point) for letter, point in zip(letters, points, strict=True)))
    (x, y), (x_before, _) = points[-1], points[-2]
    if x == x_before:
        ends = (x - 4, y - 6), (x, y), (x + 4, y - 6)
    else:
        back = 6 if x_before > x else -6
        ends = (x + back, y - 4), (x, y), (x + back, y + 4)
    head = svg.steps(*((letter, *end) for letter, end in zip("MLL", ends, strict=True)))
    return [svg.path(line, "s-quiet thin"), svg.path(head, "s-quiet thin")]


def top(name: str) -> float:
    """Return the upper end of a box."""
    return TOP + ROW * BOXES[name][1]


def bottom(name: str) -> float:
    """Return the lower end of a box."""
    return top(name) + HIGH


def middle(name: str) -> float:
    """Return the center of a box."""
    return COLUMNS[BOXES[name][0]] + WIDE / 2


def right(name: str) -> float:
    """Return the right end of a box."""
    return COLUMNS[BOXES[name][0]] + WIDE
