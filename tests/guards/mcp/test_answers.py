"""Answers: all pages together have everything, and each is within the limit."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.guards.mcp.answers import MOST_BYTES, Answer, AnswerItem, clean, page, pieces, summary
from acmrules.guards.mcp.bounds import Refused

TEXTS = st.text(max_size=40) | st.sampled_from(
    ["x" * 3000, 'a "quoted" line\n' * 80, "é" * 900, "word " * 400, "\ud800", "🔒" * 600, ""]
)
ITEMS = st.builds(
    AnswerItem,
    TEXTS,
    st.dictionaries(st.sampled_from(["file", "message", "line"]), TEXTS | st.integers(0, 9)),
)
ANSWERS = st.builds(
    Answer,
    TEXTS,
    st.lists(ITEMS, max_size=8).map(tuple),
    st.integers(0, 3),
    st.just({"error": 12_345_678, "warning": 12_345_678, "note": 0}),
    st.lists(TEXTS, max_size=8).map(tuple),
)


def all_pages(answer, **options):
    """Return the pages of an answer, each at the offset that the one before names."""
    found = [page(answer, **options)]
    while "next_offset" in found[-1].data:
        assert len(found) < 1000
        found.append(page(answer, found[-1].data["next_offset"], **options))
    return found


@given(ANSWERS, st.booleans())
def test_each_page_is_within_the_limit(answer, lists_unchecked):
    """A page is within the limit, however long the texts are, and valid JSON."""
    for each in all_pages(answer, lists_unchecked=lists_unchecked):
        assert each.size <= MOST_BYTES
        text = json.dumps([clean(each.text), each.data], ensure_ascii=False)
        assert len(text.encode(errors="replace")) <= MOST_BYTES + 6


@given(ANSWERS)
def test_the_pages_have_every_item_and_every_character(answer):
    """Nothing of an item is left out, and its content is on the page where it begins."""
    found = all_pages(answer)
    contents = [item for each in found for item in each.data["items"]]
    own = [item for item in answer.items if any(v not in {"", None} for v in item.data.values())]
    assert len(contents) == len(own)
    shown = "".join("".join(each.text.split()) for each in found)
    for item in answer.items:
        for piece in pieces(clean(item.text), 420):
            assert "".join(piece.split()) in shown


@given(ANSWERS)
def test_what_was_not_checked_is_on_each_page(answer):
    """Each page has the number, and either the sentences or how to list them."""
    for each in all_pages(answer):
        assert each.data["unchecked"] == len(answer.unchecked)
        if answer.unchecked:
            assert f"Not checked or not decided: {len(answer.unchecked)}" in each.text
            whole = all(f"- {sentence}" in each.text for sentence in answer.unchecked)
            assert whole or 'show: "unchecked"' in each.text
    if answer.unchecked:
        listed = all_pages(answer, lists_unchecked=True)
        assert listed[-1].data["total"] >= len(answer.unchecked)


@given(st.text(st.sampled_from("ab é\n🔒"), max_size=200), st.integers(12, 60))
def test_pieces_have_all_words(text, most):
    """Pieces are short, and together they have the characters of the text."""
    found = pieces(text, most)
    assert all(len(json.dumps(each, ensure_ascii=False).encode()) <= most for each in found)
    assert "".join("".join(found).split()) == "".join(text.split())


def test_an_offset_that_is_too_large_is_refused():
    """The sentence has the number of items."""
    with pytest.raises(Refused, match="`offset` is 3, but the answer has 1 item"):
        page(Answer("Nothing.", (AnswerItem("a"),)), 3)


def test_a_page_says_how_to_go_on():
    """The last line has the next offset, and what narrows the answer."""
    answer = Answer(
        "Many.", tuple(AnswerItem(f"{n} " + "x" * 300) for n in range(9)), noun="finding"
    )
    first = page(answer)
    end = first.data["next_offset"]
    last = first.text.splitlines()[-1]
    assert last == (
        f"{9 - end} more findings: call again with `offset` {end}, or narrow by `paths`."
    )


def test_the_summary_has_the_exit_code():
    """The first line is a sentence, with the exit code of the command."""
    assert summary("one error", 1) == "One error. Exit code 1: this fails the command."
