"""The frame of the pictures of an inventory: sizes, titles and legends."""

from __future__ import annotations

from acmrules.reports import svg
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 760
"""The width of the pictures in pixels."""

MARGIN = 20
RIGHT = WIDTH - MARGIN
TOP = 64
"""Where the content of a picture begins, below its title and its legend."""

LEAST = 3
"""The least width and height of a part in pixels, so that one certificate is visible."""


class Figure(Value):
    """A picture: its title, its height, and its elements."""

    title: str
    height: float
    body: tuple[str, ...]

    def draw(self) -> str:
        """Return the picture as SVG."""
        return svg.drawing(WIDTH, self.height, self.title, self.body)


def title_of(title: str, about: str) -> Iterator[str]:
    """Draw a title, and a remark next to it."""
    yield svg.text(MARGIN, 24, title, "name", extra=" bold")
    if about:
        x = MARGIN + svg.width_of(title, "name") + 16
        yield svg.text(x, 24, about, "small", "quiet")


def legend(entries: list[tuple[str, str]]) -> Iterator[str]:
    """Draw what the colors mean: classes and words."""
    x = RIGHT - sum(svg.width_of(words, "small") + 36 for _, words in entries) + 18
    for css, words in entries:
        yield svg.rect(x, 36, 12, 9, css, 2)
        yield svg.text(x + 17, 44, words, "small", "quiet")
        x += svg.width_of(words, "small") + 36
