import mmap
from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import columns
from tests.support.examined import scalar_row
from tests.support.strategies import suffix_lists

from acmrules.arrow import COLUMNS, CertificateNames, examine, examining
from acmrules.errors import InvalidArgument, NoSuffixList
from acmrules.strategies import related_names
from acmrules.suffixes import PublicSuffixes

HOST = b"www.example.com"
OF_NAMES = ("canonical_name", "fault", "fault_start", "fault_end")
POOL = pa.proxy_memory_pool(pa.default_memory_pool())
"""A pool that measures itself; it exists as long as what may be allocated from it."""

SEVERAL = 65_536 + 4_464
"""More rows than one slice has."""


def batch_of(texts, column="name"):
    """Return a record batch with one column of texts."""
    array = texts if isinstance(texts, pa.Array) else columns.binary(texts)
    return pa.RecordBatch.from_arrays([array], [column])


@st.composite
def certificates(draw):
    """Draw names of certificates by their ids, some of them invalid or in two certificates."""
    names = related_names().map(str) | st.sampled_from(["a_b.example.com", "WWW.Example.com"])
    lists = st.lists(st.lists(names, max_size=3), max_size=3)
    return {f"arn:{place}": listed for place, listed in enumerate(draw(lists))}


class TestRows:
    @given(
        columns.columns(),
        certificates(),
        st.none() | suffix_lists().map(PublicSuffixes),
        st.dates(date(2016, 1, 21), date(2030, 1, 1)),
    )
    @settings(max_examples=40)
    def test_each_row_is_that_of_the_scalar_functions(self, drawn, listed, suffixes, as_of):
        """A row has what the functions for one name and the linter answer for its text."""
        rows, array = drawn
        examined = examine(
            batch_of(array, "host"),
            "host",
            certificates=CertificateNames(listed),
            suffixes=suffixes,
            as_of=as_of,
        ).select([*COLUMNS])
        scalar = {row: scalar_row(row, listed, suffixes=suffixes, as_of=as_of) for row in {*rows}}
        assert examined.to_pylist() == [scalar[row] for row in rows]

    @given(st.lists(related_names().map(str) | st.none(), max_size=8), certificates())
    @settings(max_examples=30)
    def test_names_that_certificates_cover_have_the_scalar_rows(self, names, listed):
        """Names that often cover one another have the rows of the scalar functions."""
        rows = [name and name.encode() for name in names]
        wanted = tuple(column for column in COLUMNS if column != "rule_ids")
        examined = examine(batch_of(rows), columns=wanted, certificates=CertificateNames(listed))
        assert examined.select([*wanted]).to_pylist() == [
            scalar_row(row, listed, columns=wanted) for row in rows
        ]

    def test_slices_of_many_rows_are_joined(self):
        """A column of more rows than one slice has the rows of its parts, in order."""
        rows = [b"a%d.example.com" % place for place in range(SEVERAL)]
        rows[0], rows[65_535], rows[65_536], rows[-1] = b"a_b.io", b"*.b.io", None, b"c.io."
        examined = examine(batch_of(rows), columns=OF_NAMES).to_pydict()
        names = [row and row.decode() for row in rows]
        names[0] = names[-1] = None
        assert examined["canonical_name"] == names
        assert {
            place: fault for place, fault in enumerate(examined["fault"]) if fault is not None
        } == {0: "UNDERSCORE", SEVERAL - 1: "TRAILING_DOT"}

    def test_memory_is_that_of_the_columns(self):
        """What is computed in between needs the memory of one slice, for any number of rows."""
        rows = [b"www%d.example.com" % (place % 999) for place in range(6 * 65_536)]
        batch = batch_of(rows)
        usual = pa.default_memory_pool()
        pa.set_memory_pool(POOL)
        try:
            size = examine(batch, columns=["canonical_name"])["canonical_name"].nbytes
        finally:
            pa.set_memory_pool(usual)
        # The slices, and the column that joins them.
        assert 2 * size <= POOL.max_memory() < 3 * size

    @pytest.mark.parametrize("texts", [pa.array([], pa.string()), pa.nulls(0), pa.nulls(3)])
    def test_columns_without_any_name_have_their_types(self, texts):
        """No rows, and rows of nulls, result in columns of their types."""
        examined = examine(batch_of(texts))
        examined.validate(full=True)
        assert [field.type for field in examined.schema] == [texts.type, *COLUMNS.values()]
        assert examined.to_pylist() == [dict.fromkeys(["name", *COLUMNS])] * len(texts)

    def test_names_at_the_end_of_two_gibibytes_are_examined(self):
        """The offsets of a string array may be as large as they can be."""
        end = 2**31 - 1
        texts = mmap.mmap(-1, end)
        texts[-2 * len(HOST) :] = HOST * 2
        offsets = pa.array([end - 2 * len(HOST), end - len(HOST), end], pa.int32()).buffers()[1]
        array = pa.StringArray.from_buffers(2, offsets, pa.py_buffer(texts))
        names = examine(batch_of(array), columns=["canonical_name"])["canonical_name"]
        assert names.to_pylist() == [HOST.decode()] * 2


class TestColumns:
    @given(st.permutations([*COLUMNS]), st.integers(0, len(COLUMNS)))
    @settings(max_examples=20)
    def test_columns_are_in_the_order_of_the_request(self, order, count):
        """The batch has its columns, and then the wanted ones in order, once each."""
        wanted = order[:count]
        examined = examine(batch_of([HOST]), columns=[*wanted, *wanted])
        assert examined.schema.names == ["name", *wanted]
        everything = examine(batch_of([HOST]))
        assert examined == everything.select(["name", *wanted])

    def test_a_prefix_begins_the_names_of_the_columns(self):
        """Only the added columns have the prefix."""
        examined = examine(batch_of([HOST], "fault"), "fault", columns=["fault"], prefix="acm_")
        assert examined.to_pydict() == {"fault": [HOST], "acm_fault": [None]}

    def test_the_columns_of_the_batch_are_kept(self):
        """Other columns, two of one name among them, and all metadata are unchanged."""
        schema = pa.schema(
            [
                pa.field("row", pa.int64(), nullable=False, metadata={"unit": "1"}),
                pa.field("name", pa.string()),
                pa.field("row", pa.list_(pa.int8())),
            ],
            metadata={"source": "zone"},
        )
        arrays = [pa.array([1]), pa.array(["A.io"]), pa.array([[1]], pa.list_(pa.int8()))]
        batch = pa.RecordBatch.from_arrays(arrays, schema=schema)
        examined = examine(batch, columns=["canonical_name"])
        added = pa.field("canonical_name", pa.string())
        assert examined.schema.equals(schema.append(added), check_metadata=True)
        assert examined.columns == [*arrays, pa.array(["a.io"])]

    def test_only_what_the_columns_need_is_computed(self, monkeypatch):
        """Without a suffix list, the columns that need none are there."""

        def missing():
            raise NoSuffixList("publicsuffixlist", "it is not installed")

        monkeypatch.setattr(examining, "default_suffixes", missing)
        need = {"rule_ids", "base_domain_name", "public_suffix", "suffix_section"}
        for column in COLUMNS:
            if column in need:
                with pytest.raises(NoSuffixList):
                    examine(batch_of([HOST]), columns=[column])
            else:
                assert len(examine(batch_of([HOST]), columns=[column])) == 1

    @pytest.mark.parametrize(
        ("stage", "needed"),
        [
            ("find_suffixes", ["base_domain_name", "public_suffix", "suffix_section", "rule_ids"]),
            ("broken_rules", ["rule_ids"]),
            ("CertificateNames", ["covering_name", "certificate"]),
            ("validation_records", ["validation_record"]),
            ("mailboxes", ["mailboxes"]),
        ],
    )
    def test_a_stage_runs_only_for_its_columns(self, monkeypatch, stage, needed):
        """All other columns are there if the stage is not."""
        monkeypatch.delattr(examining, stage)
        others = [column for column in COLUMNS if column not in needed]
        assert examine(batch_of([HOST]), columns=others).schema.names == ["name", *others]
        for column in needed:
            with pytest.raises(NameError):
                examine(batch_of([HOST]), columns=[column])


class TestErrors:
    @pytest.mark.parametrize(
        ("wanted", "prefix", "message"),
        [
            (["faults"], "", "unknown column `faults`; there are canonical_name, fault,"),
            (["fault"], "", "the batch has a column `fault` already; use `prefix`"),
            (["start"], "fault_", "unknown column `start`; there are canonical_name"),
            (["canonical_name"], "a", "the batch has a column `acanonical_name` already; use"),
        ],
    )
    def test_wrong_columns_are_an_error(self, wanted, prefix, message):
        """A column that is unknown, or that the batch has already, is an error."""
        names = ["name", "fault", "acanonical_name"]
        batch = pa.RecordBatch.from_arrays([columns.binary([HOST])] * 3, names)
        with pytest.raises(InvalidArgument) as raised:
            examine(batch, columns=wanted, prefix=prefix)
        assert str(raised.value).startswith(message)

    def test_a_date_before_acm_is_an_error(self):
        """No rule and no mailbox is known on a date before ACM launched, for any row."""
        with pytest.raises(InvalidArgument, match="2016-01-20 is before 2016-01-21"):
            examine(batch_of([]), as_of=date(2016, 1, 20))

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"batch": {"name": ["a.io"]}}, "`batch` must be a `RecordBatch`, not `dict`"),
            ({"column": 0}, "`column` must be a string, not `int`"),
            ({"columns": "fault"}, "`columns` must be a list of names, not `str`"),
            ({"prefix": None}, "`prefix` must be a string, not `NoneType`"),
            ({"certificates": {}}, "`certificates` must be a `CertificateNames`, not `dict`"),
            ({"suffixes": "com"}, "`suffixes` must be a `PublicSuffixes`, not `str`"),
            ({"as_of": "2026-01-01"}, "`as_of` must be a `date`, not `str`"),
        ],
    )
    def test_arguments_of_a_wrong_type_are_an_error(self, arguments, message):
        """The error has the name of the argument, and its type."""
        with pytest.raises(TypeError) as raised:
            examine(**{"batch": batch_of([HOST]), **arguments})
        assert str(raised.value) == message

    def test_more_text_than_offsets_can_count_is_an_error(self):
        """A slice with more than 2 GiB of text is an error with the name of the column."""
        offsets = pa.array([0, 2**31], pa.int64()).buffers()[1]
        data = pa.py_buffer(mmap.mmap(-1, 2**31))
        array = pa.LargeStringArray.from_buffers(1, offsets, data)
        with pytest.raises(InvalidArgument) as raised:
            examine(batch_of(array, "host"), "host")
        assert str(raised.value) == (
            "column `host` has 2 GiB of text or more in 1 row; use smaller batches"
        )

    def test_more_results_than_offsets_can_count_is_an_error(self, monkeypatch):
        """A result column of more than 2 GiB is an error with the name of the column."""
        offsets = pa.array([0, 2**30], pa.int32()).buffers()[1]
        half = pa.StringArray.from_buffers(1, offsets, pa.py_buffer(mmap.mmap(-1, 2**30)))
        monkeypatch.setattr(examining, "_examined", lambda *_: {"canonical_name": half})
        with pytest.raises(InvalidArgument) as raised:
            examine(batch_of(pa.nulls(SEVERAL)), columns=["canonical_name"])
        assert str(raised.value) == (
            "column `canonical_name` has 2 GiB of text or more in 2 rows; use smaller batches"
        )


def test_names_of_columns_are_utf_8():
    """Those of the batch, the requested one, and the prefix."""
    batch = pa.RecordBatch.from_pydict({"name": ["a.tidewater.dev"]})
    other = pa.RecordBatch.from_arrays([*batch.columns] * 2, ["name", b"\xff"])
    for rows, options, fault in [
        (other, {}, "the batch has a column whose name is not UTF-8"),
        (batch, {"column": "\udcff"}, "the batch has no column"),
        (batch, {"prefix": "\udcff"}, r"the prefix `\\udcff` is not UTF-8"),
    ]:
        with pytest.raises(InvalidArgument, match=fault):
            examine(rows, **options)
