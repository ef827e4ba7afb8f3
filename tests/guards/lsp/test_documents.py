"""Positions in the encodings of clients, and edits of documents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.lsp_client import edited, span

from acmrules.guards.lsp.documents import (
    UTF_8,
    UTF_16,
    UTF_32,
    ClientPosition,
    Encoding,
    OpenDocument,
    whole,
)
from acmrules.syntax.source import Source

ENCODINGS = st.sampled_from([UTF_8, UTF_16, UTF_32]).map(Encoding)
TEXTS = st.text(st.sampled_from("ab é\u2028\x0b\U0001f600\r\n"), max_size=30)
PLACES = st.builds(ClientPosition, st.integers(0, 8), st.integers(0, 12))


@given(TEXTS, ENCODINGS, st.data())
def test_the_place_of_an_offset_is_at_that_offset(text, encoding, data):
    """Unless it is between the two characters of a line break."""
    offset = data.draw(st.integers(0, len(text)))
    source = Source("text", text)
    place = encoding.place(source, offset)
    if text[max(offset - 1, 0) : offset + 1] != "\r\n":
        assert encoding.offset(source, place) == offset


@given(TEXTS, ENCODINGS, PLACES)
def test_any_place_has_an_offset(text, encoding, place):
    """Beyond the end of a line it is that end, and beyond the last line the end of the text."""
    offset = encoding.offset(Source("text", text), place)
    assert 0 <= offset <= len(text)
    found = encoding.place(Source("text", text), offset)
    assert found.line <= place.line
    assert found.line < place.line or found.character <= place.character


@pytest.mark.parametrize(("name", "units"), [(UTF_8, 7), (UTF_16, 4), (UTF_32, 3)])
def test_units_are_those_of_the_encoding(name, units):
    """One letter, one with an accent, and one character outside of the basic plane."""
    assert Encoding(name).units("aé\U0001f600") == units


@given(TEXTS, PLACES, PLACES, TEXTS)
def test_an_edit_replaces_the_text_between_two_places(text, one, other, new):
    """The reference is an independent implementation, which counts in UTF-16."""
    start, end = sorted((one, other), key=lambda each: (each.line, each.character))
    document = OpenDocument.of("file:///a", "/a", "yaml", 1, text)
    after = document.edited(start, end, new, 2, Encoding(UTF_16))
    where = span(start.line, start.character, end.line, end.character)
    assert after.text == edited(text, [{"range": where, "newText": new}])
    assert after.version == 2


@given(st.text(st.sampled_from("a\ud83d\ude00"), max_size=6))
def test_halves_of_surrogate_pairs_are_replaced(text):
    """A file cannot contain them, and the length stays the same in UTF-16."""
    found = whole(text)
    assert found.encode().decode() == found
    assert Encoding(UTF_16).units(found) == Encoding(UTF_16).units(text)
