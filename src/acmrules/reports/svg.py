"""What the pictures share: colors for light and dark, letters of one width, texts that fit.

All letters are of one width, and each text is told how long it is: what is computed here is what is
drawn, whatever font there is.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_ADVANCE = 0.6
_MARK = "\N{REPLACEMENT CHARACTER}"
SIZES = {"head": 15, "name": 13, "word": 12, "small": 11}
"""Kinds of text and their sizes in pixels."""

_LIGHT = {
    "ground": "#ffffff",
    "ink": "#1f2328",
    "quiet": "#636c76",
    "line": "#d5dbe1",
    "track": "#eaeef2",
    "error": "#d1484f",
    "warning": "#ecc45f",
    "note": "#b4cbe8",
    "good": "#1a7f6b",
    "on-error": "#ffffff",
    "on-warning": "#3b2a00",
    "on-note": "#102a4c",
    "amber": "#d4a72c",
    "alarm": "#c2343c",
}
_DARK = {
    "ground": "#0d1117",
    "ink": "#e6edf3",
    "quiet": "#9198a1",
    "line": "#3d444d",
    "track": "#212933",
    "error": "#c94a4a",
    "warning": "#c69026",
    "note": "#3b5f8f",
    "good": "#4ac2a8",
    "on-error": "#ffffff",
    "on-warning": "#1c1400",
    "on-note": "#e6f0ff",
    "amber": "#c69026",
    "alarm": "#ff7b72",
}


def drawing(width: float, height: float, title: str, body: Iterable[str]) -> str:
    """Return a whole picture of a size in pixels; the title is for those who do not see it."""
    across, down, label = _n(width), _n(height), escaped(title)
    parts = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}"',
        f'width="{across}" height="{down}" viewBox="0 0 {across} {down}">',
        f"<title>{label}</title>",
        f"<style>{_STYLE}</style>",
        rect(0, 0, width, height, "f-ground", radius=8),
        *body,
        "</svg>",
    )
    return "\n".join(parts) + "\n"


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
    """Draw a line of text whose left end is at `x` and whose letters stand on `y`.

    The letters from `quiet_from` on are grey.
    """
    content = printable(content)
    shown = escaped(content[:quiet_from])
    if quiet_from is not None and content[quiet_from:]:
        shown += f'<tspan class="f-quiet">{escaped(content[quiet_from:])}</tspan>'
    # Without the length, another font than the one counted with would be wider or narrower.
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
    """Draw a circle around a point."""
    return f'<circle class="{css}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"/>'


def path(steps: str, css: str) -> str:
    """Draw a path."""
    return f'<path class="{css}" d="{steps}"/>'


def group(title: str, parts: Iterable[str]) -> str:
    """Put things together under a title, which shows its lines where the pointer rests."""
    told = "\n".join(map(escaped, title.split("\n")))
    return "\n".join((f"<g><title>{told}</title>", *parts, "</g>"))


def width_of(content: str, kind: str = "word") -> float:
    """Return the pixels that a line of text is wide."""
    return columns(content) * SIZES[kind] * _ADVANCE


def columns(content: str) -> int:
    """Count the cells of a text; wide letters take two."""
    if content.isascii():
        return len(content)
    from unicodedata import east_asian_width

    return sum(1 + (east_asian_width(sign) in "WF") for sign in content)


def lines_of(content: str, width: float, kind: str = "word", breaks: str = " ") -> list[str]:
    """Break a text into lines that fit a width, behind one of some signs where there is one.

    Nothing is left out: joined, the lines are the text.
    """
    most = max(2, int(width / (SIZES[kind] * _ADVANCE)))
    lines: list[str] = []
    while columns(content) > most:
        end = 0
        cells = 0
        while cells + columns(content[end]) <= most:
            cells += columns(content[end])
            end += 1
        at = max((content.rfind(sign, 0, end) for sign in breaks), default=-1) + 1
        end = at if at > end // 3 else end
        lines.append(content[:end])
        content = content[end:]
    return [*lines, content]


def escaped(content: str) -> str:
    """Return a text as XML has it; what no XML may hold becomes a mark."""
    shown = printable(content)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        shown = shown.replace(sign, entity)
    return shown


def printable(content: str) -> str:
    """Return a text with a mark for each sign that does not show."""
    if content.isprintable():
        return content
    return "".join(sign if sign.isprintable() else _MARK for sign in content)


def _n(number: float) -> str:
    """Return a number with two digits behind the point at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def steps(*points: tuple[str, float, float]) -> str:
    """Return the steps of a path from letters and points."""
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
