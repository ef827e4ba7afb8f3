"""The language of the hand-written pages: the words of the glossary, and short sentences."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FACTS = ROOT / "docs" / "facts.md"
PAGES = sorted(
    path.relative_to(ROOT)
    for path in (
        *(ROOT / "docs").glob("*.md"),
        ROOT / "docs" / "examples" / "README.md",
        ROOT / "benchmarks" / "README.md",
    )
    if path != FACTS
)
INSTEAD = {
    r"judg\w+": "check, result",
    r"tells?|told": "report",
    r"stands?|stood": "is",
    r"leads? (?:on )?to": "points to, resolves to",
    r"goes by|is called by": "is identified by",
    r"whoever|somebody|nobody": "you, the approver, no resource",
    r"by itself": "automatically",
    r"bring along": "import",
    r"besides?": "with, next to, in addition to",
    r"anew": "again",
    r"circle": "cycle",
    r"estate|surroundings": "inventory",
    r"foretell\w*": "forecast",
    r"is no name": "is not a valid domain name",
    r"is none of": "is not one of",
    r"of which": "whose",
    r"at the (?:most|least)": "at most, at least",
    r"mend\w*": "fix",
    r"asks? for": "request",
    r"comes to": "results in",
    r"as far as": "where",
    r"e-mails?": "email",
    r"licen[c]es?": "license",
    r"\w+isations?": "-ization",
    r"colou[r]s?": "color",
}
MOST_WORDS = 25


def prose(page):
    """Return the paragraphs, items and cells of a page, without code and the targets of links."""
    text = re.sub(r"(?ms)^ *```.*?^ *```$", "", (ROOT / page).read_text("utf-8"))
    text = re.sub(r"`[^`]*`", "code", re.sub(r"\]\([^)]*\)", "]", text))
    parts = re.split(r"\n\s*\n|\n(?=[-*|] |\d+\. )| \| ", text)
    return [" ".join(part.split()) for part in parts]


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_pages_use_plain_words(page):
    """No page has one of the words that a plainer one replaces."""
    found = {
        f"{match[0]!r}: write {plain!r} in {part!r}"
        for part in prose(page)
        for words, plain in INSTEAD.items()
        for match in re.finditer(rf"\b(?:{words})\b", part, re.IGNORECASE)
    }
    assert not found


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_sentences_are_short(page):
    """No sentence has more words than one can read at once."""
    sentences = (
        sentence for part in prose(page) for sentence in re.split(r"[.:!?][)*_\"]* ", part)
    )
    assert not [each for each in sentences if len(re.findall(r"[\w'-]+", each)) > MOST_WORDS]
