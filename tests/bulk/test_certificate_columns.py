import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.arrow.names import as_binary
from acmrules.bulk import certificate_columns as module
from acmrules.bulk.certificate_columns import (
    ID_COLUMNS,
    NAME_COLUMNS,
    batch_of_columns,
    batch_of_lines,
    id_column,
    name_columns,
)
from acmrules.bulk.files.pieces import FilePiece
from acmrules.syntax.source import InputError

NAMES = st.sampled_from(["a.com", "*.b.com", "é.com", "c"])
IDS = st.sampled_from(["a", "arn:b", "", None])


def rows_of(batch):
    """Return the rows of a record batch as pairs of an id and a name."""
    names = as_binary(batch["name"], "name").to_pylist()
    return [*zip(batch["certificate"].to_pylist(), map(bytes.decode, names), strict=True)]


def expected(rows):
    """Return the pairs of ids and lists of names; an empty id is unknown."""
    return [(certificate or None, name) for certificate, names in rows for name in names]


class TestBatchOfColumns:
    @given(
        st.lists(st.tuples(IDS, st.lists(NAMES, max_size=3)), max_size=4),
        st.sampled_from([" ", ",", ", ", "\n", " , "]),
    )
    def test_cells_are_lists_of_names(self, rows, between):
        """A cell with separators, an empty one, and a list have the same names."""
        ids = pa.array([each for each, _ in rows], pa.string())
        cells = pa.array([between.join(names) for _, names in rows], pa.string())
        lists = pa.array([names for _, names in rows], pa.list_(pa.string()))
        for names in (cells, cells.dictionary_encode(), lists):
            batch = pa.RecordBatch.from_arrays([names, ids], ["names", "id"])
            assert rows_of(batch_of_columns("x", batch)) == expected(rows)

    @given(st.lists(st.tuples(IDS, NAMES, st.lists(NAMES, max_size=2)), max_size=4))
    def test_several_columns_are_one_list(self, rows):
        """The names of a row are those of its columns, in the order of `NAME_COLUMNS`."""
        ids, names, others = ([row[place] for row in rows] for place in range(3))
        columns = {
            "SubjectAlternativeNames": pa.array(others, pa.large_list(pa.string())),
            "DomainName": pa.array(names, pa.binary()),
            "arn": pa.array(ids, pa.string()),
        }
        found = rows_of(batch_of_columns("x", pa.RecordBatch.from_pydict(columns)))
        assert found == expected((each, [name, *rest]) for each, name, rest in rows)

    def test_cells_with_one_name_each_are_not_split(self, monkeypatch):
        """Python sees no row of a usual table."""
        monkeypatch.delattr(module, "_names_in")
        batch = pa.RecordBatch.from_pydict({"id": ["a", "b"], "name": ["a.com", None]})
        assert batch_of_columns("x", batch)["name"].to_pylist() == ["a.com", None]


class TestBatchOfLines:
    @given(st.lists(st.tuples(IDS, st.lists(NAMES, max_size=3)), max_size=4), st.booleans())
    def test_lines_are_rows(self, rows, as_cell):
        """A member is a list of names, or a string with several names."""
        objects = [
            {"certificate": each, "names": " ".join(names) if as_cell else names}
            for each, names in rows
        ]
        content = "\n\n".join(map(json.dumps, objects)).encode()
        assert rows_of(batch_of_lines("x", FilePiece(0, 0, 1, content, 0))) == expected(rows)

    def test_the_line_of_a_fault_is_that_of_the_file(self):
        """A piece begins at a line of its file."""
        piece = FilePiece(3, 0, 100, b'{"id": 1, "name": null}\n{}', 0)
        with pytest.raises(InputError, match=r"^x\.jsonl:101:1: has no column with the ids"):
            batch_of_lines("x.jsonl", piece)


class TestColumns:
    def test_the_first_known_column_has_the_ids(self):
        """If a table has several such columns, the most specific one counts."""
        for place, column in enumerate(ID_COLUMNS):
            assert id_column("x", ["other", *reversed(ID_COLUMNS[place:])]) == column

    def test_columns_may_be_spelled_in_other_ways(self):
        """Exports of other programs separate the words, and some have several spellings."""
        columns = ["Domain Name", "Certificate ARN", "domain_name", "Notes"]
        assert id_column("x", columns) == "Certificate ARN"
        assert name_columns("x", columns) == ("Domain Name", "domain_name")

    def test_all_known_columns_have_names(self):
        """Their order is always the same."""
        assert name_columns("x", ["id", *reversed(NAME_COLUMNS)]) == NAME_COLUMNS
