"""Lines and columns of a text, and the place of a path."""

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules import CertificateRequest, Tool
from acmrules.lint.source import (
    Document,
    Place,
    Position,
    Source,
    Unreadable,
    Variant,
)

texts = st.text(st.sampled_from("ab \t\r\nü\N{CLAPPER BOARD}"), max_size=30)


@given(texts)
def test_positions_lead_back(text):
    """The character at a position of a line is the one at the offset asked for."""
    source = Source("file", text)
    for offset, character in enumerate(text):
        position = source.position(offset)
        rest = source.line(position.line)[position.column - 1 :]
        assert rest[:1] == ("" if character in "\r\n" else character)


@given(texts)
def test_lines_are_those_of_an_editor(text):
    """The lines are what lies between line feeds, carriage returns, and the two together."""
    lines = re.split(r"\r\n|\r|\n", text)
    source = Source("file", text)
    assert [source.line(n + 1) for n in range(len(lines))] == lines
    assert source.position(len(text)).line == len(lines)


@given(texts.filter(lambda text: "\r" not in text), st.data())
def test_line_ends_move_nothing(text, data):
    """A character keeps its line and column where lines end otherwise."""
    offset = data.draw(st.integers(0, len(text)))
    for ending in ("\r\n", "\r"):
        moved = len(text[:offset].replace("\n", ending))
        other = Source("file", text.replace("\n", ending))
        assert other.position(moved) == Source("file", text).position(offset)


def test_range():
    """A range goes from a position to the one behind its last character."""
    found = Source("file", "a: 1\nb: two\n").range(8, 11)
    assert (found.start, found.end) == (Position(2, 4), Position(2, 7))


@pytest.mark.parametrize(
    ("path", "start"),
    [
        (("names", 1), 3),
        (("names", 0), 2),
        (("names",), 2),
        (("validation_options", 4, "hosted_zone_id"), 1),
        ((), 1),
    ],
)
def test_place(path, start):
    """A path stands at its own place, or at that of the nearest thing around it."""
    places = {(): Place(1, 9), ("names",): Place(2, 5), ("names", 1): Place(3, 4)}
    assert Variant(None, (), places).place(path).start == start


def test_document_request():
    """The request of a document is that of its first variant."""
    request = CertificateRequest.of("example.com")
    variants = Variant(request, (), {}), Variant(None, (), {})
    assert Document(None, Tool.API, "", variants).request is request


@pytest.mark.parametrize(
    ("unreadable", "said"),
    [
        (Unreadable("t.yaml", "is binary"), "t.yaml: is binary"),
        (Unreadable("t.yaml", "is not YAML", Position(3, 7)), "t.yaml:3:7: is not YAML"),
    ],
)
def test_unreadable(unreadable, said):
    """An input that could not be judged says which, where and why, and survives pickling."""
    assert str(unreadable) == said
    assert str(pickle.loads(pickle.dumps(unreadable))) == said
