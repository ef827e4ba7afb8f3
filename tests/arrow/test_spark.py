"""Columns of names in Spark: what a worker does; `tests/hosts/test_spark.py` has the rest."""

import pickle
from functools import partial

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.arrow import CertificateNames, examine, spark
from acmrules.facts.fact import CHECKED

NAMES = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.sampled_from(["WWW.Brightharbor.co.uk", "a_b.brightharbor.io", "*.brightharbor.io", "é.io"]),
)
COVERING = CertificateNames({"first": ["*.brightharbor.io"], "second": ["brightharbor.io"]})
ANSWERS = ("canonical_name", "fault", "rule_ids", "certificate")


def worker(certificates, versions=None):
    """Return the function of a worker, as it arrives there."""
    sent = partial(
        spark._examine_batches,
        column="1",
        columns=ANSWERS,
        prefix="acm_",
        certificates=certificates,
        as_of=CHECKED,
        versions=versions or spark._versions(),
    )
    return pickle.loads(pickle.dumps(sent))


def batch(names):
    """Return a batch whose second column has names."""
    columns = [pa.array(range(len(names)), pa.int64()), pa.array(names, pa.string())]
    return pa.RecordBatch.from_arrays(columns, names=["0", "1"])


@given(st.lists(st.lists(NAMES, max_size=5), max_size=5), st.booleans())
def test_batches_are_examined_one_by_one(parts, covered):
    """A partition results in the batches of `examine`, whether it has batches and rows or not."""
    batches = [batch(names) for names in parts]
    certificates = COVERING if covered else None
    results = worker(pickle.dumps(certificates) if covered else None)(iter(batches))
    assert [*results] == [
        examine(each, "1", columns=ANSWERS, prefix="acm_", certificates=certificates)
        for each in batches
    ]


def test_a_worker_has_the_versions_of_the_driver():
    """Rows would have other answers if acmrules or the public suffix list were another one."""
    old = "acmrules 0.1.0 with the public suffix list 2025-01-01"
    with pytest.raises(spark.OtherVersions, match=f"and the driver has {old}; install the same"):
        next(worker(None, old)(iter([batch(["brightharbor.io"])])))


LOADS = []
"""An item for each time that certificates are loaded."""


def load():
    """Return certificates, and count."""
    LOADS.append(1)
    return COVERING


class Sent:
    """What is `COVERING` on a worker."""

    def __reduce__(self):
        return load, ()


def test_a_worker_loads_certificates_once():
    """The tasks of one process share them."""
    sent = pickle.dumps(Sent())
    for _ in range(3):
        task = worker(bytes(bytearray(sent)))
        results = [*task(iter([batch(["www.brightharbor.io"]), batch(["a.b.io", None])]))]
        assert [each["acm_certificate"].to_pylist() for each in results] == [["first"], [None] * 2]
    assert len(LOADS) == 1
