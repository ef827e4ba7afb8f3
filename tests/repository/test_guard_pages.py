"""The pages about guards: each is linked, and they have the same sections and true figures."""

import re
from pathlib import Path

import pytest

from acmrules.guards.hook import answers
from acmrules.guards.lsp import schedule

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "pages" / "guards"
OVERVIEW = (FOLDER / "README.md").read_text("utf-8")
PAGES = sorted(path.name for path in FOLDER.glob("*.md") if path.name != "README.md")
GUARDS = re.findall(r"\]\(([\w-]+\.md)\)", OVERVIEW.partition("\nThese tools need no guard")[0])

SECTIONS = (
    *("Set up", "Try it", "What it checks", "Settings", "What it cannot see"),
    "Tested versions",
)
OPTIONAL = {"What it checks"}
"""Some guards have sections of their own in its place."""


def text_of(page):
    """Return the text of a page."""
    return (FOLDER / page).read_text("utf-8")


def test_the_overview_links_every_page():
    """No page about a guard is without a link, and none is linked twice."""
    assert sorted(re.findall(r"\]\(([\w-]+\.md)\)", OVERVIEW)) == PAGES


def test_the_first_page_links_every_guard():
    """In the order of the overview."""
    links = re.findall(
        r"\]\(docs/pages/guards/([\w-]+\.md)\)", (ROOT / "README.md").read_text("utf-8")
    )
    assert links == [*GUARDS, "README.md"]


@pytest.mark.parametrize("page", GUARDS)
def test_guards_have_the_same_sections(page):
    """In the same order, with others in between."""
    headings = re.findall(r"(?m)^## (.*)$", text_of(page))
    common = [each for each in headings if each in SECTIONS]
    assert common == [each for each in SECTIONS if each in common]
    assert {*SECTIONS} - {*common} <= OPTIONAL


def test_the_pause_of_the_language_server_is_that_of_the_page():
    """In milliseconds."""
    words = f"A check begins {schedule.PAUSE * 1000:.0f} ms after the last key"
    assert words in text_of("editors.md")


def test_the_versions_of_pygls_are_those_of_the_constraints():
    """The lowest and the newest one."""
    lowest, newest = (
        re.search(r"(?m)^pygls==(.*)$", (ROOT / "tests" / name).read_text("utf-8"))[1]
        for name in ("constraints-lowest-guards.txt", "constraints.txt")
    )
    assert f"pygls {lowest} and {newest}." in " ".join(text_of("editors.md").split())


def test_the_limits_of_the_hook_are_those_of_the_page():
    """Lengths of messages, and the number of annotations."""
    page = " ".join(text_of("cloudformation-hook.md").split())
    assert f"at most {answers.MESSAGE:,} characters" in page
    assert f"or {answers.CLOUD_CONTROL_MESSAGE:,} for the Cloud Control API" in page
    assert f"at most {answers.MOST_ANNOTATIONS} |" in page
    assert answers.MOST_INVOCATIONS == 3
    assert "up to three times" in page
