"""Every picture is on a page, with words for those who do not see it, and what it shows is true."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests.support.pictures import SPACE, Picture
from tests.support.region_rows import rows

from acmrules.analysis.region_map import region_map
from acmrules.model.inventory import take_inventory
from acmrules.readers import registry
from acmrules.syntax.source import Source

DOCS = Path(__file__).parents[2] / "docs"
PAGES = DOCS / "pages"
PICTURES = sorted((PAGES / "pictures").iterdir())
LINKED = re.compile(r"\[!\[([^]]+)\]\(((?:\.\./)?pictures/(\w+\.svg))\)\]\(([^)]+)\)")
WIDEST = 760
"""The widest picture: the text of a page is about 700 pixels wide."""


def tables(page):
    """Yield the cells of each row of the tables on a page, without code marks and notes."""
    for line in (PAGES / page).read_text("utf-8").splitlines():
        if line.startswith("| "):
            plain = re.sub(r" \(\[.*?\]\(.*?\)\)|`", "", line)
            yield [cell.strip() for cell in plain.strip("|").split(" | ")]


def words_of(picture, tag):
    """Return the words of an element for screen readers."""
    found = ET.parse(picture).getroot().find(f"{SPACE}{tag}")
    return "" if found is None else found.text


def test_every_picture_is_on_a_page():
    """A page shows each picture with an alternative text, and links to it in full size."""
    shown = {}
    for page in PAGES.rglob("*.md"):
        for text, target, name, link in LINKED.findall(page.read_text("utf-8")):
            assert link == target, page
            assert len(text) > 40, page
            shown.setdefault(name, []).append(page)
    assert sorted(shown) == [path.name for path in PICTURES]


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.name)
def test_a_picture_can_be_read(path):
    """It has a title and a description, fits a page, and adapts to dark colors."""
    if path.name != "inventory.svg":  # Its parts are moved, and have tests of their own.
        Picture(path.read_text("utf-8")).check_layout()
    assert float(ET.parse(path).getroot().get("width")) <= WIDEST
    assert len(words_of(path, "title")) > 10
    assert len(words_of(path, "desc")) > 100
    assert "@media (prefers-color-scheme:dark)" in path.read_text("utf-8")


def test_the_stages_in_the_figure_are_those_of_the_table():
    """The figure of the stages has each stage of the table, in the same order."""
    header = ["stage", "input", "output", "module", "pure"]
    listed = [*tables("design.md")]
    first = listed.index(header) + 2
    stages = [row[0] for row in listed[first : first + 11]]
    drawn = Picture((PAGES / "pictures" / "stages.svg").read_text("utf-8"))
    assert {*stages} < {*drawn.texts}
    tops = {text: top for text, _, top, _, _ in drawn.boxes}
    main = [stage for stage in stages if stage not in {"fix", "write"}]
    assert [tops[stage] for stage in main] == sorted(tops[stage] for stage in main)


def test_the_table_of_regions_is_that_of_the_example():
    """The rows below the picture of the Regions are those that are drawn."""
    text = (DOCS / "examples" / "regions" / "main.tf").read_text("utf-8")
    found = region_map(take_inventory(registry.read(Source("main.tf", text))))
    expected = [
        [certificate, region, consumer, needs, placement]
        for certificate, region, consumer, needs, placement in rows(found)
    ]
    assert [row for row in tables("coverage.md") if row in expected] == expected
    assert len(expected) == 3
