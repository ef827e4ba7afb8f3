"""The counts of a bulk run."""

import json

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from acmrules.arrow import CertificateNames, examine
from acmrules.bulk.counts import Counts, counts_of

NAMES = ("a.example.com", "b.example.org", "a_b.example.com", "", "localhost", None)
COLUMNS = ("canonical_name", "fault", "rule_ids", "covering_name")
CERTIFICATES = CertificateNames({"arn:1": ["*.example.com"]})

rows = st.lists(st.sampled_from(NAMES), max_size=12)
reasons = st.lists(st.text("ab", max_size=2), max_size=5)


def counted(names, reasons=()):
    """Return the counts of names."""
    batch = pa.RecordBatch.from_pydict({"name": pa.array(names, pa.string())})
    return counts_of(examine(batch, columns=COLUMNS, certificates=CERTIFICATES), reasons)


@given(rows, reasons, st.integers(0, 12), st.integers(0, 5))
def test_the_counts_of_parts_add_up(names, reasons, cut, other):
    """Wherever the rows are cut, the sum is that of all rows, reasons in order."""
    whole = counted(names, reasons)
    total = Counts()
    total.add(counted(names[:cut], reasons[:other]))
    total.add(counted(names[cut:], reasons[other:]))
    assert total.to_data() == whole.to_data()


@given(rows, reasons)
def test_counts_are_those_of_each_row(names, reasons):
    """Each name is empty, valid or invalid, and an invalid one has a fault."""
    counts = counted(names, reasons)
    assert counts.rows == len(names) == counts.empty + counts.valid + counts.invalid
    assert counts.empty == names.count(None)
    assert counts.invalid == sum(counts.faults.values())
    assert counts.faults.get("UNDERSCORE", 0) == names.count("a_b.example.com")
    assert counts.rules.get("ACM101", 0) >= names.count("a_b.example.com")
    assert counts.covered == names.count("a.example.com")
    assert (counts.rejected, counts.reasons) == (len(reasons), reasons[:3])


@given(rows, reasons)
def test_counts_survive_json(names, reasons):
    """A part has them as JSON."""
    data = counted(names, reasons).to_data()
    assert Counts.from_data(json.loads(json.dumps(data))).to_data() == data


def test_columns_that_were_not_examined_are_not_counted():
    """Rules and certificates are counted if the run has them."""
    batch = pa.RecordBatch.from_pydict({"name": ["a.example.com", "a_b.example.com"]})
    counts = counts_of(examine(batch, columns=("canonical_name", "fault")), ())
    assert (counts.valid, counts.invalid, counts.covered, counts.rules) == (1, 1, 0, {})
