"""The pages of the facts: each fact has an anchor, its sources, and links to its rules and back."""

import re
import sys
from pathlib import Path

import pytest

from acmrules.facts import named_facts
from acmrules.facts.fact import CHECKED, Mark
from acmrules.lint.rules import CATALOGUE

DOCS = Path(__file__).parents[2] / "docs"
sys.path.append(str(DOCS))

from generators import fact_words  # noqa: E402

PAGES = DOCS / "pages"
INDEX = (PAGES / "facts.md").read_text("utf-8")
TEXTS = {path.name: path.read_text("utf-8") for path in sorted((PAGES / "facts").iterdir())}
ITEM = re.compile(r"^- <a id=.*(?:\n  .*)*", re.MULTILINE)
FACTS = named_facts()


def anchor(row):
    """Return the anchor of a row, as the pages of the rules link to it."""
    return "fact-" + re.sub(r"[^a-z0-9]+", "-", row.lower())


def items():
    """Return the page and the text of each fact, by its name in the code."""
    found = {}
    for page, text in TEXTS.items():
        for item in ITEM.findall(text):
            name = re.search(r"\n  `([a-z]+\.[A-Z_0-9]+)`", item)[1]
            assert name not in found
            found[name] = page, item
    return found


ITEMS = items()


def test_every_fact_is_on_one_page():
    """Each fact is an item of exactly one list, and the index counts them by page."""
    assert ITEMS.keys() == FACTS.keys()
    for page in {page for page, _ in ITEMS.values()}:
        number = sum(page == other for other, _ in ITEMS.values())
        assert re.search(rf"\(facts/{page}\) \| .* \| {number} \|", INDEX), page


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_has_an_anchor_and_its_sources(name):
    """An item has an anchor for each row, each first date, the mark, and all sources."""
    fact = FACTS[name]
    _, item = ITEMS[name]
    assert {f'<a id="{anchor(row)}"></a>' for row in (fact.row, *fact.rows)} <= {
        *re.findall(r'<a id="[^"]+"></a>', item)
    }
    for source in (*(era.source for era in fact.history), *fact.also):
        assert f"]({source.url})" in item
    for era in fact.history.eras[1:]:
        assert f"{era.start}: " in item
    assert (f" ({fact.mark.name.lower()})<br>" in item) is (fact.mark is not Mark.CONFIRMED)


def test_a_fact_links_to_the_rules_that_use_it():
    """The rules of each fact are those that declare it."""
    linked = {
        name: set(re.findall(r"\(\.\./rules/(ACM\d+)\.md\)", item))
        for name, (_, item) in ITEMS.items()
    }
    used = {
        name: {each.id for each in CATALOGUE if fact in each.facts} for name, fact in FACTS.items()
    }
    assert linked == used


def test_links_to_facts_have_a_target():
    """Every link to the anchor of a fact, on any page, is that of an item on this page."""
    anchors = {page: set(re.findall(r'<a id="([^"]+)"', text)) for page, text in TEXTS.items()}
    links = 0
    for page in PAGES.rglob("*.md"):
        for target, name in re.findall(r"\(([^()\s]*)#(fact-[\w-]+)\)", page.read_text("utf-8")):
            links += 1
            assert name in anchors[Path(target).name], (page, target, name)
    assert links > 100


def test_changes_to_come_are_on_the_index():
    """The index has a row for each value that begins after the last review."""
    later = [
        (era.start, fact) for fact in FACTS.values() for era in fact.history if era.start > CHECKED
    ]
    rows = re.findall(r"^\| (20\d\d-\d\d-\d\d) \| \[([^]]+)\]", INDEX, re.MULTILINE)
    assert sorted(rows) == sorted((str(day), fact.rows[0]) for day, fact in later)
    assert rows == sorted(rows, key=lambda row: row[0])


def test_every_dated_change_is_in_the_table():
    """The table of changes has each value with a known beginning, and each one after another."""
    rows = re.findall(
        r"^\| (20\d\d-\d\d-\d\d)(<br>\*seen\*)? \| \[([^]]+)\]", TEXTS["changes.md"], re.MULTILINE
    )
    expected = [
        (str(era.start), "<br>*seen*" * era.seen, fact.rows[0])
        for fact in FACTS.values()
        for number, era in enumerate(fact.history)
        if number or not era.seen
    ]
    assert sorted(rows) == sorted(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "yes"),
        (32768, "32,768"),
        (("apiVersion", "kind"), "`apiVersion`, `kind`"),
        (("P-label", "non-reserved label"), "`P-label`, non-reserved label"),
        ((("aws", ("us-east-1", "us-east-2")), ("aws-cn", ())), None),
        ("a * b", r"a \* b"),
        ((), "none"),
    ],
)
def test_values_are_shown_as_words_or_code(value, expected):
    """Words are prose, other values are code, and pairs are a key with its values."""
    pairs = "aws: `us-east-1`, `us-east-2`; `aws-cn`: none"
    assert fact_words.shown(value) == (expected or pairs)


def test_a_long_list_is_shown_by_its_changes():
    """A later value of a list, also of pairs, is what it adds and omits."""
    before = tuple((f"Call{n}", n) for n in range(8))
    assert fact_words.change(before, (*before[1:], ("New", 9))) == (
        "also `New`: 9; without `Call0`: 0"
    )
    assert fact_words.change(before[:6], before) == ""
    assert fact_words.brief(before) == fact_words.shown(before)
    assert fact_words.brief(tuple(("a", (str(n), "b")) for n in range(6))) == "12 values"


def test_the_picture_has_the_changes_of_the_table():
    """Each fact in the picture has all its values in the description, with their dates."""
    drawn = (PAGES / "pictures" / "facts.svg").read_text("utf-8")
    said = re.search("<desc>(.*)</desc>", drawn)[1]
    shown = [fact for fact in FACTS.values() if len(fact.history.eras) > 1]
    shown = [fact for fact in shown if fact.statement.rstrip(".").replace("`", "") in said]
    assert len(shown) > 20
    for fact in shown:
        about = said.partition(fact.statement.rstrip(".").replace("`", ""))[2]
        dates = re.findall(r"from (\d{4}-\d\d-\d\d)", about)[: len(fact.history.eras)]
        assert dates == [str(era.start) for era in fact.history]
