"""Elements of SVG pictures: colors for light and dark themes, and texts of known width.

The pictures use a monospaced font, and set the length of each text, so that the layout is correct
with every font.
"""

from __future__ import annotations

from acmrules.messages import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_ADVANCE = 0.6
SIZES = {"head": 15, "name": 13, "word": 12, "small": 11}
"""The font sizes in pixels by kind of text."""

_LIGHT = {
    "ground": "#ffffff",
    "ink": "#1f2328",
    "quiet": "#636c76",
    "line": "#d5dbe1",
    "track": "#eaeef2",
    "error": "#c93c44",
    "warning": "#c48a0a",
    "note": "#6096dc",
    "good": "#167361",
    "on-error": "#ffffff",
    "on-warning": "#1f1500",
    "on-note": "#04162e",
    "amber": "#b5840b",
    "alarm": "#c2343c",
}
_DARK = {
    "ground": "#0d1117",
    "ink": "#e6edf3",
    "quiet": "#9198a1",
    "line": "#3d444d",
    "track": "#212933",
    "error": "#c04040",
    "warning": "#c69026",
    "note": "#476ca1",
    "good": "#4ac2a8",
    "on-error": "#ffffff",
    "on-warning": "#1c1400",
    "on-note": "#e6f0ff",
    "amber": "#c69026",
    "alarm": "#ff7b72",
}


def drawing(
    width: float, height: float, title: str, body: Iterable[str], description: str = ""
) -> str:
    """Return a picture of a size in pixels; title and description are for screen readers."""
    across, down, label = _n(width), _n(height), escaped(title)
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}"',
        f'width="{across}" height="{down}" viewBox="0 0 {across} {down}">',
        f"<title>{label}</title>",
        *_described(description),
        f"<style>{_STYLE}</style>",
        rect(0, 0, width, height, "f-ground", radius=8),
        *body,
        "</svg>",
    )
    return "\n".join(parts) + "\n"


def _described(description: str) -> list[str]:
    # On one line, because a log may read one that begins with `::` as a command.
    text = "; ".join(escaped(line.rstrip(".")) for line in description.split("\n") if line.strip())
    return [f"<desc>{text}.</desc>"] if text else []


def text(
    x: float,
    y: float,
    content: str,
    kind: str = "word",
    color: str = "ink",
    extra: str = "",
    *,
    quiet_from: int | None = None,
) -> str:
    """Draw a line of text at `x` on the baseline `y`, gray from `quiet_from` on."""
    content = printable(content)
    shown = escaped(content[:quiet_from])
    if quiet_from is not None and content[quiet_from:]:
        shown += f'<tspan class="f-quiet">{escaped(content[quiet_from:])}</tspan>'
    # Without the length, a different font would change the width.
    return (
        f'<text class="{kind} f-{color}{extra}" x="{_n(x)}" y="{_n(y)}"'
        f' textLength="{_n(width_of(content, kind))}" lengthAdjust="spacingAndGlyphs">'
        f"{shown}</text>"
    )


def rect(x: float, y: float, width: float, height: float, css: str, radius: float = 0) -> str:
    """Draw a rectangle."""
    rounded = f' rx="{_n(radius)}"' if radius else ""
    return (
        f'<rect class="{css}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}"'
        f' height="{_n(height)}"{rounded}/>'
    )


def circle(x: float, y: float, radius: float, css: str) -> str:
    """Draw a disc or a ring around a point."""
    return f'<circle class="{css}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"/>'


def path(steps: str, css: str) -> str:
    """Draw a path."""
    return f'<path class="{css}" d="{steps}"/>'


def group(title: Iterable[str], parts: Iterable[str]) -> str:
    """Group elements with a title of some lines, which browsers show as a tooltip."""
    lines = "\n".join(map(escaped, title))
    return "\n".join((f"<g><title>{lines}</title>", *parts, "</g>"))


def legend(x: float, y: float, meanings: Iterable[tuple[str, str]]) -> list[str]:
    """Draw what colors mean, from `x` on the baseline `y`: a box for each, and its words."""
    parts: list[str] = []
    for words, css in meanings:
        parts += rect(x, y - 9, 22, 10, css, 2), text(x + 29, y, words, "small", "quiet")
        x += 29 + width_of(words, "small") + 22
    return parts


def width_of(content: str, kind: str = "word") -> float:
    """Return the width of a line of text in pixels."""
    return columns(content) * SIZES[kind] * _ADVANCE


def columns(content: str) -> int:
    """Return the number of cells of a string; wide characters have two."""
    if content.isascii():
        return len(content)
    from unicodedata import east_asian_width

    return sum(1 + (east_asian_width(character) in "WF") for character in content)


def lines_of(content: str, width: float, kind: str = "word", breaks: str = " ") -> list[str]:
    """Break a string into lines that fit a width, after one of the characters in `breaks`.

    The joined lines are the string, with what is unprintable escaped.
    """
    content = printable(content)
    most = max(2, int(width / (SIZES[kind] * _ADVANCE)))
    lines: list[str] = []
    begin = 0
    while (end := _end_of_line(content, begin, most)) < len(content):
        at = max((content.rfind(each, begin, end) for each in breaks), default=-1) + 1
        end = at if at - begin > (end - begin) // 3 else end
        lines.append(content[begin:end])
        begin = end
    return [*lines, content[begin:]]


def _end_of_line(content: str, begin: int, most: int) -> int:
    """Return the end of the longest line from `begin` on that has at most some cells."""
    line = content[begin : begin + most]
    cells = columns(line)
    while cells > most:
        cells -= columns(line[-1])
        line = line[:-1]
    return begin + len(line)


def escaped(content: str) -> str:
    """Return a string escaped for XML and for a screen."""
    result = printable(content)
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        result = result.replace(character, entity)
    return result


def _n(number: float) -> str:
    """Return a number with at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def steps(*points: tuple[str, float, float]) -> str:
    """Return the commands of a path from letters and points."""
    return "".join(f"{letter}{_n(x)} {_n(y)}" for letter, x, y in points)


def _colors(palette: dict[str, str]) -> str:
    return "".join(
        f".f-{name}{{fill:{value}}}.s-{name}{{stroke:{value}}}" for name, value in palette.items()
    )


_FONTS = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace'
_STYLE = "".join(
    (
        f"text{{font-family:{_FONTS};white-space:pre}}",
        *(f".{kind}{{font-size:{size}px}}" for kind, size in SIZES.items()),
        ".head,.bold{font-weight:600}path{fill:none}.thin{stroke-width:1}.thick{stroke-width:2}",
        ".dash{stroke-dasharray:3 3}",
        _colors(_LIGHT),
        f"@media (prefers-color-scheme:dark){{{_colors(_DARK)}}}",
    )
)
