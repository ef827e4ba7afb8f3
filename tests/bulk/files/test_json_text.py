"""Rows as JSON lines."""

import json
import math
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.bulk.files.json_text import json_lines, json_values, spliced_lines

TEXTS = st.text(st.sampled_from('aé"\\\n\x00,😀'), max_size=3)
MAYBE = st.none() | TEXTS
SOME = st.lists(MAYBE, max_size=2)
PAIRS = st.fixed_dictionaries({'a"': MAYBE, "b": SOME | st.none()})
STRUCT = pa.struct([('a"', pa.string()), ("b", pa.list_(pa.string()))])
MAP = pa.map_(pa.string(), pa.list_(pa.string()))
TYPES = [
    (pa.string(), TEXTS),
    (pa.large_string(), TEXTS),
    (pa.null(), st.none()),
    (pa.bool_(), st.booleans()),
    (pa.int64(), st.integers(-(2**63), 2**63 - 1)),
    (pa.float64(), st.floats(allow_nan=False, allow_infinity=False)),
    (pa.dictionary(pa.int32(), pa.string()), TEXTS),
    (pa.list_(pa.string()), SOME),
    (pa.large_list(pa.string()), SOME),
    (pa.list_(pa.string(), 2), st.lists(MAYBE, min_size=2, max_size=2)),
    (pa.list_(pa.list_(pa.string())), st.lists(SOME | st.none(), max_size=2)),
    (STRUCT, PAIRS),
    (pa.list_(STRUCT), st.lists(PAIRS, max_size=2)),
    (MAP, st.dictionaries(TEXTS, SOME | st.none(), max_size=2).map(lambda value: [*value.items()])),
]
"""Types of columns, with values of them."""


@st.composite
def arrays(draw, number=None):
    """Return an array, also a slice of one, and its values as JSON has them."""
    kind, values = draw(st.sampled_from(TYPES))
    before = draw(st.integers(0, 1))
    number = draw(st.integers(0, 3)) if number is None else number
    drawn = draw(st.lists(st.none() | values, min_size=number + before, max_size=number + before))
    array = pa.array(drawn, pa.string() if pa.types.is_dictionary(kind) else kind)
    array = (array.dictionary_encode() if pa.types.is_dictionary(kind) else array).slice(before)
    is_map = pa.types.is_map(kind)
    return array, [dict(v) if is_map and v is not None else v for v in drawn[before:]]


@given(arrays())
def test_values_of_any_type_are_json(drawn):
    """Each value is what Python reads from its JSON, whatever it contains."""
    array, values = drawn
    texts = json_values(array).to_pylist()
    assert [json.loads(text) for text in texts] == values
    assert not any("\n" in text for text in texts)


MORE = [
    (pa.decimal128(20, 2), Decimal("123456789012345678.90"), "123456789012345678.90"),
    (pa.float64(), 0.1, "0.1"),
    (pa.float64(), math.nan, "null"),
    (pa.float32(), -math.inf, "null"),
    (pa.date32(), date(2026, 11, 30), '"2026-11-30"'),
    (pa.time32("s"), time(1, 2, 3), '"01:02:03"'),
    (pa.timestamp("s"), datetime(2026, 11, 30, 1, 2, 3), '"2026-11-30 01:02:03"'),  # noqa: DTZ001
    (pa.timestamp("ms", "UTC"), datetime(2026, 11, 30, tzinfo=UTC), '"2026-11-30 00:00:00.000Z"'),
    (pa.timestamp("ns"), 1, '"1970-01-01 00:00:00.000000001"'),
    (pa.duration("s"), timedelta(seconds=90), '"90"'),
    (pa.binary(), b"abc", '"abc"'),
    (pa.binary(), b"a\xff", '"a\\\\xff"'),
    (pa.binary(2), b"a\xff", '"a\\\\xff"'),
    (pa.large_binary(), b"abc", '"abc"'),
]


@pytest.mark.parametrize(("kind", "value", "text"), MORE)
def test_values_that_json_lacks_are_strings(kind, value, text):
    """Numbers keep their digits, what is not a number is null, and bytes are text."""
    assert json_values(pa.array([value], kind)).to_pylist() == [text]
    nested = pa.array([{"x": [value]}], pa.struct([("x", pa.list_(kind))]))
    assert json_values(nested).to_pylist() == [f'{{"x":[{text}]}}']


@given(st.lists(TEXTS, min_size=1, max_size=3, unique=True), st.integers(0, 3), st.data())
def test_a_row_is_an_object_with_a_member_for_each_column(names, number, data):
    """Python reads the same rows, in order, one in each line."""
    drawn = [data.draw(arrays(number)) for _ in names]
    batch = pa.RecordBatch.from_arrays([array for array, _ in drawn], names)
    lines = json_lines(batch).decode().split("\n")
    rows = zip(*[values for _, values in drawn], strict=True)
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [
        dict(zip(names, row, strict=True)) for row in rows
    ]


def test_members_are_added_at_the_end_of_a_line():
    """The line itself is not changed."""
    lines = pa.array(['{"name": "é", "n": 1.0}', '{"name":{"a":"}"}}'])
    added = pa.RecordBatch.from_pydict({"fault": [None, "x"], "rule_ids": [[], ["a", "b"]]})
    assert spliced_lines(lines, added).decode().splitlines() == [
        '{"name": "é", "n": 1.0,"fault":null,"rule_ids":[]}',
        '{"name":{"a":"}"},"fault":"x","rule_ids":["a","b"]}',
    ]
    assert spliced_lines(lines, added.select([])).decode().splitlines() == lines.to_pylist()
