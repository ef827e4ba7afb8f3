import mmap

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.support import columns
from tests.support.examined import parent_of, scalar_row
from tests.support.strategies import unicode_name_texts

from acmrules.arrow import names as module
from acmrules.arrow.names import as_binary, read_names, text_column
from acmrules.errors import InvalidArgument
from acmrules.name_errors import NameFault
from acmrules.names import MAX_NAME_OCTETS, parse_name
from acmrules.strategies import domain_names, names

READ = {
    "canonical_name": "names",
    "fault": "faults",
    "fault_start": "starts",
    "fault_end": "ends",
}


def read_rows(texts):
    """Return the names and the faults of texts as rows, named like the columns of `examine`."""
    read = read_names(texts)
    values = [getattr(read, field).to_pylist() for field in READ.values()]
    return [dict(zip(READ, row, strict=True)) for row in zip(*values, strict=True)]


class TestReadNames:
    @given(columns.slices())
    def test_each_row_is_that_of_parse_name(self, drawn):
        """A row has the name of its text, or the fault and the span that `parse_name` reports."""
        rows, array = drawn
        assert read_rows(array) == [scalar_row(row, columns=READ) for row in rows]

    @given(st.lists(columns.edge_texts(), min_size=1, max_size=8))
    @example(["a.b1", "a.1b", "a.1b1", "a.1", "a.b", "1.2.3.4", "com", "*.com", "*.a.com"])
    @settings(max_examples=200)
    def test_names_at_the_limits_are_those_of_parse_name(self, texts):
        """Labels and names of the most and one more characters have the row of `parse_name`."""
        rows = [text.encode() for text in texts]
        assert read_rows(columns.binary(rows)) == [scalar_row(row, columns=READ) for row in rows]

    @given(st.lists(columns.a_label_texts() | unicode_name_texts(), min_size=1, max_size=8))
    @example(
        [
            "ü.12",
            "ü." * 120 + "com",
            ("ü" + "\u00ad" * 300 + ".") * 4 + "com",
            "ü.a",
            "ü。com",
            "*.ü",
        ]
    )
    def test_internationalized_names_are_those_of_parse_name(self, texts):
        """Labels that are remembered as valid have the row of `parse_name` next to any others."""
        rows = [columns.encoded(text) for text in texts]
        assert read_rows(columns.binary(rows)) == [scalar_row(row, columns=READ) for row in rows]

    def test_a_label_is_parsed_once(self, monkeypatch):
        """Internationalized names share what is known about their labels."""
        parsed = []
        monkeypatch.setattr(
            module, "parse_name", lambda text: parsed.append(text) or parse_name(text)
        )
        module._neutral.cache_clear()
        rows = [b"a%d.xn--bcher-kva.XN--P1AI" % place for place in range(9)]
        names = read_names(columns.binary(rows)).names.to_pylist()
        assert names == [row.decode().lower() for row in rows]
        shared = ["1.xn--bcher-kva.com", "1.XN--P1AI.com"]
        assert parsed == ["1.a0.com", *shared, *(f"1.a{place}.com" for place in range(1, 9))]

    @given(st.lists(names() | st.none(), max_size=6))
    def test_domains_are_names_without_a_star(self, listed):
        """The domain of a wildcard is its parent, and that of any other name is the name."""
        array = columns.binary([name and str(name).upper().encode() for name in listed])
        domains = [name and str(parent_of(name)) for name in listed]
        assert read_names(array).domains.to_pylist() == domains

    @given(st.lists(domain_names().map(str).filter(lambda name: "xn--" not in name)))
    def test_common_names_need_no_scalar_call(self, texts):
        """Names in any case need one pattern only, if they have no A-label."""
        spelled = [text.title().encode() for text in texts]
        with pytest.MonkeyPatch.context() as patch:
            patch.delattr(module, "parse_name")
            assert read_names(columns.binary(spelled)).names.to_pylist() == texts

    def test_longest_names_need_no_scalar_call(self, monkeypatch):
        """The pattern accepts a name of the maximum length, with a label of the maximum length."""
        text = "*." + "a-b." * 46 + "c" * 63 + ".io"
        assert len(text) == MAX_NAME_OCTETS - 1
        monkeypatch.delattr(module, "parse_name")
        assert read_names(columns.binary([text.encode()])).names.to_pylist() == [text]

    def test_a_distinct_text_is_parsed_once(self, monkeypatch):
        """Each other text is parsed once, however many rows have it."""
        parsed = []
        monkeypatch.setattr(
            module, "parse_name", lambda text: parsed.append(text) or parse_name(text)
        )
        module._neutral.cache_clear()
        rows = [b"a..io", b"a.io", b"xn--a.io", None, b"a..io", b"xn--a.io", b"A..io"] * 3
        faults = read_names(columns.binary(rows)).faults.to_pylist()
        assert parsed == ["a..io", "1.xn--a.com", "1.io.com", "xn--a.io", "A..io"]
        assert faults[:4] == ["EMPTY_LABEL", None, "BROKEN_A_LABEL", None]

    def test_bytes_that_are_not_utf8_count_as_characters(self):
        """The span counts characters, and each byte that is not UTF-8 as one of them."""
        (row,) = read_rows(columns.binary([b"\xc3\xbc\xff.\xffb.io"]))
        assert row == {
            "canonical_name": None,
            "fault": NameFault.DISALLOWED_CODE_POINT.name,
            "fault_start": 0,
            "fault_end": 2,
        }

    @pytest.mark.parametrize("rows", [[], [None], [b"a.io"], [b"a_b.io"], [b"a..io"], [b"xn--a"]])
    def test_columns_have_their_types(self, rows):
        """The types do not depend on the texts."""
        read = read_names(columns.binary(rows))
        for array, type_ in (
            (read.names, pa.string()),
            (read.domains, pa.string()),
            (read.faults, pa.string()),
            (read.starts, pa.int32()),
            (read.ends, pa.int32()),
        ):
            assert array.type == type_


class TestTextColumn:
    @given(columns.columns())
    def test_any_type_of_text_is_converted(self, drawn):
        """Strings, bytes, views, and dictionaries of them have the rows of a binary column."""
        rows, array = drawn
        batch = pa.RecordBatch.from_arrays([array], ["host"])
        converted = as_binary(text_column(batch, "host"), "host")
        assert converted.type == pa.binary()
        assert converted.to_pylist() == rows

    @pytest.mark.parametrize("nulls", [pa.nulls(2), pa.nulls(2).dictionary_encode()])
    def test_a_column_without_a_type_is_null(self, nulls):
        """A column of the null type, or a dictionary of it, has nulls."""
        batch = pa.RecordBatch.from_arrays([nulls], ["host"])
        assert as_binary(text_column(batch, "host"), "host").to_pylist() == [None, None]

    @pytest.mark.parametrize(
        ("values", "type_"),
        [
            (pa.array([1]), "int64"),
            (pa.array([["a.io"]]), "list<item: string>"),
            (
                pa.array([1]).dictionary_encode(),
                "dictionary<values=int64, indices=int32, ordered=0>",
            ),
        ],
    )
    def test_a_column_of_another_type_is_an_error(self, values, type_):
        """The error has the name and the type of the column."""
        batch = pa.RecordBatch.from_arrays([values], ["host"])
        with pytest.raises(InvalidArgument) as raised:
            text_column(batch, "host")
        assert str(raised.value) == f"column `host` is {type_}, not text"

    @pytest.mark.parametrize(
        ("there", "message"),
        [
            ([], "the batch has no column `host`; its columns are none"),
            (["a", "b"], "the batch has no column `host`; its columns are `a`, `b`"),
            (["host", "a", "host"], "the batch has 2 columns `host`"),
        ],
    )
    def test_the_batch_has_one_column_of_the_name(self, there, message):
        """A batch without the column, or with two of the name, is an error."""
        batch = pa.RecordBatch.from_arrays([pa.array(["a.io"])] * len(there), there)
        with pytest.raises(InvalidArgument) as raised:
            text_column(batch, "host")
        assert str(raised.value) == message


class TestAsBinary:
    def test_a_dictionary_has_as_many_bytes_as_offsets_can_count(self, monkeypatch):
        """The bytes of its rows are counted, to the last one."""
        monkeypatch.setattr(module, "_MOST_BYTES", 6)
        texts = pa.array([b"a.i"] * 3, pa.large_binary()).dictionary_encode()
        assert as_binary(texts[:2], "host").to_pylist() == [b"a.i"] * 2
        with pytest.raises(InvalidArgument, match="in 3 rows"):
            as_binary(texts, "host")

    def test_two_gibibytes_of_a_dictionary_are_an_error_before_they_are_copied(self):
        """Rows that repeat a long value of a dictionary are counted first."""
        data = pa.py_buffer(mmap.mmap(-1, 2**30))
        offsets = pa.array([0, 2**30], pa.int32()).buffers()[1]
        values = pa.BinaryArray.from_buffers(pa.binary(), 1, [None, offsets, data])
        repeated = pa.DictionaryArray.from_arrays(pa.array([0, None, 0]), values)
        batch = pa.RecordBatch.from_arrays([repeated], ["host"])
        peak = pa.default_memory_pool().max_memory()
        with pytest.raises(InvalidArgument) as raised:
            as_binary(text_column(batch, "host"), "host")
        assert pa.default_memory_pool().max_memory() - peak < 2**20
        assert str(raised.value) == (
            "column `host` has 2 GiB of text or more in 3 rows; use smaller batches"
        )
