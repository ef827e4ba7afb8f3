"""Spans: places in UTF-16 code units."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.playground import part

from acmrules.guards.playground.spans import Spans
from acmrules.model.placed import Location
from acmrules.syntax.source import Position, Source, UnreadSource

TEXTS = st.text(st.sampled_from("a\n\U0001f600é€"), max_size=12)


@given(TEXTS, st.data())
def test_a_span_is_the_part_that_a_location_means(text, data):
    """Characters beyond the first plane have two code units, before a part and in it."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Spans({"a": text}).of(Location(Source("a", text), start, end))
    assert span["file"] == "a"
    assert part(text, span) == text[start:end]


@given(TEXTS, st.data())
def test_a_byte_order_mark_is_counted(text, data):
    """Readers leave it out, and the page has it."""
    end = data.draw(st.integers(0, len(text)))
    span = Spans({"a": "\ufeff" + text}).of(Location(Source("a", text), 0, end))
    assert part("\ufeff" + text, span) == text[:end]


def test_a_place_outside_of_the_texts_has_no_span():
    """It may be in another file, in another text, or in a file whose text is unknown."""
    spans = Spans({"a": "x", "empty": ""})
    assert spans.of(None) is None
    for source in (Source("b", "x"), Source("a", "y"), UnreadSource("a"), UnreadSource("empty")):
        assert spans.of(Location(source, 0, 1)) is None
    assert spans.beginning("b") is None
    assert spans.beginning("a") == {"file": "a", "from": 0, "to": 0}
    assert spans.has("a")
    assert not spans.has("b")


def test_an_error_is_the_rest_of_its_line():
    """The position of an error is where a parser gave up."""
    text = "\ufeff\U0001f600 one\ntwo"
    spans = Spans({"a": text})
    assert part(text, spans.line_at("a", Position(1, 3))) == "one"
    assert part(text, spans.line_at("a", Position(2, 1))) == "two"
    assert part(text, spans.line_at("a", Position(2, 99))) == ""
    assert spans.line_at("a", Position(3, 1)) is None
    assert spans.line_at("a", None) is None
    assert spans.line_at("b", Position(1, 1)) is None
