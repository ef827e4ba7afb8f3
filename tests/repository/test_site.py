"""The site as a whole: its pages, their titles, headings, pictures and descriptions."""

import re
from itertools import pairwise

import pytest
from tests.support.pages import (
    ALL,
    DOCS,
    ON_SITE,
    PAGES,
    ROOT,
    SITE,
    content_of,
    found_in,
    navigation,
)


@pytest.fixture
def descriptions(monkeypatch):
    """Return the module that finds titles and descriptions."""
    monkeypatch.syspath_prepend(str(DOCS))
    from generators import descriptions

    return descriptions


def test_each_page_is_in_the_navigation():
    """Once, and nothing else is."""
    assert sorted(navigation()) == ON_SITE
    assert len(ON_SITE) > 150


def test_an_overview_is_the_first_page_of_its_section():
    """The theme makes a `README.md` the page of its section, wherever it is in it."""

    def misplaced(entries):
        inner = [each for entry in entries if isinstance(entry, dict) for each in entry.values()]
        paths = [each for each in (*entries, *inner) if isinstance(each, str)]
        found = [path for path in paths if path.endswith("README.md") and path != entries[0]]
        return found + [
            path for each in inner if isinstance(each, list) for path in misplaced(each)
        ]

    assert misplaced(SITE["nav"]) == []
    assert misplaced([{"A": ["a.md", {"B": "b/README.md"}]}]) == ["b/README.md"]
    assert misplaced([{"A": ["README.md", {"B": ["b/README.md"]}]}]) == []


def test_titles_are_unique():
    """Each page has one title, which is its first heading."""
    titles = {}
    for page in ON_SITE:
        (level, title), *others = found_in(page).headings
        assert (level, min((each for each, _ in others), default=2)) == (1, 2), page
        titles.setdefault(title, []).append(page)
    assert {title: pages for title, pages in titles.items() if len(pages) > 1} == {}


@pytest.mark.parametrize("page", ALL)
def test_no_level_of_headings_is_skipped(page):
    """A heading is at most one level below the one before."""
    levels = [level for level, _ in found_in(page).headings]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_each_picture_has_a_text_alternative():
    """The text says what the picture shows, in more than one word."""
    pictures = [(page, *picture) for page in ALL for picture in found_in(page).pictures]
    assert len(pictures) > 4
    assert [each for each in pictures if len(each[2].split()) < 3] == []


@pytest.mark.parametrize("page", ON_SITE)
def test_each_page_has_a_description(page, descriptions):
    """Its first sentence, or its front matter, says what it is about."""
    found = descriptions.description((ROOT / page).read_text("utf-8"))
    least = 2 if page.startswith("docs/pages/rules/") else 5
    assert least <= len(found.split()) <= 45
    assert not re.search(r"[\[\]`|]", found)


@pytest.mark.parametrize(
    ("text", "title", "description"),
    [
        ("# A `b`\n\nSee [c](c.md): *d*. More.\n", "A b", "See c: d."),
        ("# A\n\n```sh\nx\n```\n\n| a | b |\n\nThe\ntext of it...\n", "A", "The text of it..."),
        ("# A\n\n- Item. Two.\n\nRun `a PATH...` now. B.\n", "A", "Run a PATH... now."),
        ("---\ndescription: From here.\n---\n\n# A\n\nB.\n", "A", "From here."),
        ("---\na: 1\n---\n\n# A\n\nB.\n\n```yaml\ndescription: x\n```\n", "A", "B."),
        ("# `*.a`\n\nIt *is* `*.b`, `**`. B.\n", "*.a", "It is *.b, **."),
        ("# A\n\nDo this:\n", "A", "Do this"),
        ("# A\n", "A", ""),
    ],
)
def test_a_description_is_the_first_sentence(text, title, description, descriptions):
    """Without markup, lists, tables and blocks."""
    assert (descriptions.title(text), descriptions.description(text)) == (title, description)


def test_the_list_for_language_models_has_each_page():
    """Once, with its title."""
    listed = re.findall(r"(?m)^- \[.+\]\(.*/main/(docs/pages/.*?\.md)\)", llms())
    assert sorted(listed) == ON_SITE
    assert llms().startswith("# acmrules\n\n> acmrules checks ")
    headings = re.findall(r"(?m)^## (.*)$", llms())
    assert headings == ["Pages", *(name for each in SITE["nav"] for name in sections(each))]


def llms():
    """Return the list of the pages for language models."""
    return (PAGES / "llms.txt").read_text("utf-8")


def sections(entry):
    """Return the name of a section of the navigation, if the entry has several pages."""
    return [name for name, inner in entry.items() if not isinstance(inner, str)]


def test_there_is_no_html_but_anchors():
    """Pages are plain Markdown, which also reads well on GitHub."""
    for page in ON_SITE:
        text = re.sub(r"(?ms)^( *)(`{3,}).*?^\1\2$|`[^`]*`", "", content_of(page))
        found = set(re.findall(r"(?<!\\)<(?!https?:)/?([a-z]+)", text))
        assert found <= {"a", "br", "details", "summary", "picture", "source", "img"}, page


def test_options_of_the_theme_load_nothing_from_other_hosts():
    """No fonts, scripts or analytics."""
    assert SITE["theme"]["font"] is False
    own = (*SITE["extra_css"], *SITE["extra_javascript"])
    for path in [*own, SITE["theme"]["logo"], SITE["theme"]["favicon"]]:
        text = (PAGES / path).read_text("utf-8")
        assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/)", text)
