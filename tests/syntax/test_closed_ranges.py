"""Where no comment can begin: inside strings, heredocs, scalars and other comments."""

import re

import pytest

from acmrules.readers.registry import closed_ranges
from acmrules.syntax.source import Source

TEXTS = {
    "a.yaml": (
        "a: 'x # y'  ⟦# z\n⟧b: ⟦|\n  c # d\n⟧e: ⟦f\n  g⟧\n",
        "⟦# x\n⟧[⟦a⟧,\n ⟦b⟧]\n",
        "⟦a⟧: ⟦'x\n  # y'⟧ ⟦# z\r⟧\n",
    ),
    "a.tf": (
        'a = ⟦"x # y"⟧ ⟦# z\n⟧b = ⟦<<E\n${"}"} # c\nE\n⟧c = {}\n',
        '⟦/* a\nb */⟧ c = ⟦"${d["e"]} \\" f"⟧ ⟦// g\n⟧',
        "a = ⟦<<-E\nb\n  E\n⟧⟦# c\n⟧",
    ),
    "a.txt": ("a.io ⟦# b # c\n⟧⟦# d\n⟧e.io\n", "⟦# x\r⟧\n"),
}


@pytest.mark.parametrize(
    ("name", "marked"), [(name, each) for name, own in TEXTS.items() for each in own]
)
def test_closed_ranges(name, marked):
    """Brackets mark the ranges; those within a line that are not marked do not matter."""
    pieces = re.split("[⟦⟧]", marked)
    plain = "".join(pieces)
    expected, offset = set(), 0
    for number, piece in enumerate(pieces):
        if number % 2:
            expected.update(range(offset + 1, offset + len(piece)))
        offset += len(piece)
    inside = {
        each for start, end in closed_ranges(Source(name, plain)) for each in range(start + 1, end)
    }
    ends = {match.start() for match in re.finditer("[\r\n]", plain)}
    assert expected <= inside
    assert (inside - expected).isdisjoint(ends | {each + 1 for each in ends})


@pytest.mark.parametrize("name", ["a.json", "a.template", "a.tf.json"])
def test_json_has_no_comments(name):
    """There is no place for a comment."""
    assert closed_ranges(Source(name, "{}")) is None
