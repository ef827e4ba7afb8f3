"""The tree of names as text, as data and as a picture."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.pictures import Picture
from tests.support.rules import name, part
from tests.support.strategies import name_texts, unresolved_names

from acmrules.analysis.coverage_tree import Coverage, CoverageQuestion, CoverageRow, coverage
from acmrules.messages import printable
from acmrules.reports import coverage_tree as report
from acmrules.strategies import names, related_names
from acmrules.suffixes import PublicSuffixes

SUFFIXES = PublicSuffixes("com\nio\nuk\nco.uk\n")


def tree(listed, hosts=(), title=""):
    return coverage(
        CoverageQuestion(title, tuple(map(name, listed)), tuple(map(name, hosts))), SUFFIXES
    )


def trees():
    """Draw trees of related, unrelated, invalid and partly known names."""
    several = st.lists(
        related_names() | names() | unresolved_names() | name_texts().map(name), max_size=12
    )
    titles = st.sampled_from(["", "site.yaml: Certificate"]) | st.text(st.characters(), max_size=90)
    return st.builds(tree, several, several, titles)


@given(trees(), st.booleans())
def test_text_has_a_line_for_each_row(found, ascii_only):
    """A line has the row's text and its note, without control characters."""
    text = report.render([found], ascii_only=ascii_only)
    assert text.endswith("\n")
    lines = text.split("\n")[bool(found.title) : -1]
    rows = found.rows or [None][bool(found.title) :]
    for line, row in zip(lines, rows, strict=True):
        assert line == "".join(sign if sign.isprintable() else "?" for sign in line)
        assert row is None or row.text.strip() in line or not row.text.isprintable()
        assert not (ascii_only and row and row.text.isascii()) or "\u2500" not in line


@given(st.lists(trees(), max_size=3))
def test_nothing_overlaps_whatever_is_listed(found):
    """The picture is XML of limited width, and its texts do not overlap."""
    picture = Picture(report.picture(found))
    picture.check_layout()
    assert picture.width <= 1400


@given(trees())
def test_every_row_is_drawn_once(found):
    """Each row has its title and readable name, and drawing is deterministic."""
    drawn = report.picture([found])
    assert drawn == report.picture([found])
    shown = Picture(drawn)
    rows = shown.titles[1:]
    assert len(rows) == len(found.rows)
    for title, row in zip(rows, found.rows, strict=True):
        assert printable(title or "").startswith(printable(row.text))
    texts = "".join(shown.texts)
    assert all(printable(row.text) in texts for row in found.rows)


NAMES = ["b.io", "*.b.io", "www.b.io", "shop.c.co.uk"]
HOSTS = ["www.b.io", "api.b.io", "x.y.b.io", "b.io", "c.co.uk"]


def test_the_tree_in_text():
    """The text has the lines of the tree, the names, and notes."""
    assert report.render([tree(NAMES, HOSTS)]).splitlines() == [
        "b.io             covered by its own name",
        "├─ *.b.io        covers 2 hosts",
        "├─ api.b.io      covered by *.b.io",
        "├─ www.b.io      covered by its own name; redundant, because *.b.io covers it",
        (
            "└─ x.y.b.io      NOT covered; the nearest name is *.b.io: a wildcard covers only one"
            " label below its parent; *.y.b.io would cover it"
        ),
        "c.co.uk          NOT covered; the nearest name is shop.c.co.uk: it is a different name",
        "└─ shop.c.co.uk  covers no host",
    ]


def test_the_tree_in_ascii():
    """The tree can be printed in ASCII."""
    text = report.render([tree(["a.b.io", "c.b.io", "d.c.b.io"])], ascii_only=True)
    assert text.splitlines() == [
        "b.io            (not listed)",
        "|- a.b.io",
        "`- c.b.io",
        "   `- d.c.b.io",
    ]


def test_trees_have_titles():
    """The trees of files follow each other, each with its title."""
    text = report.render([tree(NAMES, HOSTS, "a.yaml: One"), tree([], (), "a.yaml: Two")])
    assert text.splitlines()[0] == ("a.yaml: One: 4 names, 5 hosts, 2 not covered, 1 redundant")
    assert text.splitlines()[-2:] == ["", "a.yaml: Two: 0 names"]


@pytest.mark.parametrize(
    ("listed", "hosts", "text", "expected"),
    [
        (["b.io"], [], "b.io", ""),
        (["a.b.io", "c.b.io"], [], "b.io", "(not listed)"),
        (["*.b.io", "a.b.io"], [], "a.b.io", "redundant, because *.b.io covers it"),
        (["*.b.io"], ["a.b.io"], "*.b.io", "covers 1 host"),
        (["*.b.io"], ["*.b.io", "a.b.io"], "*.b.io", "covered by its own name; covers 1 more host"),
        ([], ["a.b.io"], "a.b.io", "NOT covered; there are no names"),
        (["bad_.io"], [], "bad_.io", "not a valid domain name"),
        (["a.io"], [part("$X", ".com")], "$X.com", "NOT covered; no name can cover it"),
        ([part("$X")], ["a.io"], "a.io", "undecided: `$X` is unknown"),
        ([part("$X")], ["a.io"], "$X", "may cover hosts"),
    ],
)
def test_notes_of_a_row(listed, hosts, text, expected):
    """A name and a host each have a note, and a row that is both has both."""
    [row] = [row for row in tree(listed, hosts).rows if row.text == text]
    assert report.note(row, has_hosts=bool(hosts)) == expected


def test_the_data_have_names_and_hosts():
    """The data has names and hosts."""
    data = json.loads(json.dumps(report.as_data(tree(["*.b.io", part("$X")], ["a.b.io", "b.com"]))))
    unknown = {"nearest": None, "reason": None, "name_to_add": None}
    assert data == {
        "title": "",
        "names": [
            {"name": "*.b.io", "covers": 1, "redundant_beside": None},
            {"name": "$X", "covers": 0, "redundant_beside": None},
        ],
        "hosts": [
            {"host": "b.com", "covered": None, "by": None, **unknown},
            {"host": "a.b.io", "covered": True, "by": "*.b.io", **unknown},
        ],
    }
    printed = report.as_data(tree(["*.b.io", "a.b.io"], ["b.io"]))
    assert printed["names"][1]["redundant_beside"] == "*.b.io"
    assert printed["hosts"][0] == {
        "host": "b.io",
        "covered": False,
        "by": None,
        "nearest": "*.b.io",
        "reason": "a wildcard does not cover its own parent",
        "name_to_add": "b.io",
    }


def test_a_wildcard_marks_what_it_covers():
    """The picture marks the names under a wildcard."""
    drawn = report.picture([tree(NAMES, HOSTS)])
    assert drawn.count('class="s-line thin"') == 2
    assert drawn.count('class="s-good thick"') == 1 + 1
    for sign, count in (("f-amber", 1), ("s-alarm thick", 2), ("f-ground s-good thick", 1)):
        assert drawn.count(f'class="{sign}"') == count + 1, sign
    for line, strong in (("www", "www"), ("*", "*"), ("x.y", "x.y")):
        assert f'>{strong}<tspan class="f-quiet">.b.io</tspan>' in drawn, line


def test_a_host_of_the_form_of_a_wildcard_covers_nothing():
    """A wildcard that is only a host marks nothing."""
    drawn = report.picture([tree(["b.io", "a.b.io"], ["*.b.io"])])
    assert drawn.count('class="s-good thick"') == 1


def test_a_deep_tree_is_no_wider_than_others():
    """Deep trees have a smaller indentation."""
    deep = tree(["a." * depth + "b.io" for depth in range(100)])
    picture = Picture(report.picture([deep]))
    picture.check_layout()
    assert picture.width < 1400


def test_a_picture_without_certificates_has_its_legend():
    """An empty tree has a title."""
    picture = Picture(report.picture([]))
    assert picture.title == "What the names cover"
    assert picture.texts[-1] == "under a wildcard"
    assert Picture(report.picture([tree([])])).title == "0 names"


def test_control_characters_are_replaced():
    """Rows and titles have no control characters."""
    odd = Coverage("a\x1b[1m", (CoverageRow("b\n\x1b", 0, None, is_name=True),))
    assert "\x1b" not in report.render([odd]) + report.picture([odd])
    assert report.render([odd]).count("\n") == 2
