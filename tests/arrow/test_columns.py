import inspect

import pyarrow as pa
import pytest
from tests.support.examined import scalar_row

from acmrules.arrow import COLUMNS, CertificateNames, columns, examine

LISTED = CertificateNames({"arn:aws:acm:eu-west-1:111122223333:certificate/2f1c": ["*.a.io"]})
ROWS = ["b.a.io", "*.a.io", "co.uk", "a_b.io", None]


def test_the_columns_of_examine_have_these_types():
    """Each column has its type, whatever the names are."""
    batch = pa.RecordBatch.from_pydict({"name": ROWS})
    examined = examine(batch, certificates=LISTED)
    assert dict(zip(examined.schema.names[1:], examined.schema.types[1:], strict=True)) == COLUMNS
    examined.validate(full=True)


@pytest.mark.parametrize("column", COLUMNS)
def test_each_column_may_be_null(column):
    """A null results in a null, and any other text in a value of some column."""
    batch = pa.RecordBatch.from_pydict({"name": ROWS})
    values = examine(batch, columns=[column], certificates=LISTED)[column].to_pylist()
    assert values[-1] is None
    assert any(value is not None for value in values)


def test_each_column_is_described():
    """The description of the columns has the name of each."""
    source = inspect.getsource(columns)
    description = source.partition("COLUMNS:")[2].rpartition('"""')[0].rpartition('"""')[2]
    assert [column for column in COLUMNS if f"`{column}`" not in description] == []


def test_the_reference_has_these_columns():
    """The rows of the scalar functions have the same columns, in the same order."""
    assert [*scalar_row(None)] == [*scalar_row(b"a.io")] == [*COLUMNS]
