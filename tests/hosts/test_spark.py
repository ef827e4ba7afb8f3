"""Columns of names in Spark, with a session of two threads."""

import datetime as dt
from collections import Counter

import pyarrow as pa
import pytest

from acmrules import arrow
from acmrules.arrow import COLUMNS, CertificateNames
from acmrules.arrow.spark import examine
from acmrules.errors import InvalidArgument

sql = pytest.importorskip("pyspark.sql.functions", reason="only `.ci/run hosts` installs Spark")

NAMES = [
    *("WWW.Brightharbor.co.uk", "a_b.brightharbor.io", "*.brightharbor.io", "münchen.example"),
    *("brightharbor.io", "brightharbor.io.", "co.uk", "localhost", "", "é..io", None, "x" * 64),
]
COVERING = CertificateNames({"first": ["*.brightharbor.io"], "second": ["brightharbor.io"]})


def rows(frame):
    """Return the rows of a frame as tuples, which can be counted."""
    return [tuple(tuple(v) if isinstance(v, list) else v for v in row) for row in frame.collect()]


def local(names, column="name", **arguments):
    """Return the rows that `acmrules.arrow.examine` has for names with their index."""
    batch = pa.RecordBatch.from_pydict(
        {"key": pa.array(range(len(names)), pa.int64()), column: pa.array(names)}
    )
    result = arrow.examine(batch, column, **arguments)
    return [
        tuple(tuple(v) if isinstance(v, list) else v for v in row.values())
        for row in result.to_pylist()
    ]


def keyed(session, names, kind="string", partitions=3):
    """Return a frame of names with their index."""
    frame = session.createDataFrame([*enumerate(names)], f"key long, name {kind}")
    return frame.repartition(partitions, "key")


@pytest.mark.parametrize(("partitions", "records"), [(1, 10_000), (3, 2), (12, 1)])
def test_rows_are_those_of_one_machine(session, partitions, records):
    """As a multiset, whatever the partitions and batches are, even without rows."""
    session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", records)
    names = NAMES * 3
    frame = examine(keyed(session, names, partitions=partitions), certificates=COVERING)
    assert Counter(rows(frame)) == Counter(local(names, certificates=COVERING))
    session.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")


def test_binary_columns(session):
    """Bytes that are not UTF-8 have a fault, and stay as they are."""
    names = [b"a.brightharbor.io", b"\xff.io", None]
    assert sorted(rows(examine(keyed(session, names, "binary")))) == local(names)


def test_no_rows(session):
    """A frame without rows has the columns."""
    frame = examine(keyed(session, NAMES).where("key < 0"))
    assert frame.columns == ["key", "name", *COLUMNS]
    assert frame.collect() == []


def test_the_added_columns_have_types_of_spark(session):
    """The schema needs no job: it is that of the rows."""
    frame = examine(keyed(session, NAMES), columns=["rule_ids", "fault_start"], prefix="acm_")
    added = [field.simpleString() for field in frame.schema[2:]]
    assert added == ["acm_rule_ids:array<string>", "acm_fault_start:int"]
    assert frame.schema == session.createDataFrame(frame.collect(), frame.schema).schema


def test_other_columns_keep_their_types_and_values(session):
    """Of all types, with a name that has a dot, and with a name that is there twice."""
    row = {
        "`a.b`": "1Y",
        "a": "2S",
        "b": "3L",
        "c": "2.5D",
        "d": "cast(3.14 as decimal(10,2))",
        "e": "true",
        "f": "date'2026-11-30'",
        "g": "timestamp'2026-11-30 12:00:00'",
        "h": "timestamp_ntz'2026-11-30 12:00:00'",
        "i": "array(1, null)",
        "j": "map('k', struct(1 as x, 'y' as y))",
        "k": "interval 1 day",
        "l": "null",
        "m": "X'00ff'",
        "name": "'www.brightharbor.io'",
        "n": "1",
        "N": "2",
    }
    frame = session.sql("select " + ", ".join(f"{value} as {key}" for key, value in row.items()))
    result = examine(frame, columns=["fault"])
    assert result.schema[:-1] == frame.schema
    [kept] = frame.collect()
    assert result.collect() == [(*kept, None)]
    assert len(kept) == len(row)


def test_large_types(session):
    """Spark may send strings with long offsets."""
    session.conf.set("spark.sql.execution.arrow.useLargeVarTypes", "true")
    assert sorted(rows(examine(keyed(session, NAMES)))) == local(NAMES)
    session.conf.unset("spark.sql.execution.arrow.useLargeVarTypes")


def test_certificates_in_a_frame(session):
    """A row has a name or a list of names, and the case of the columns does not matter."""
    certificates = session.createDataFrame(
        [("first", ["*.brightharbor.io", "a_b"]), ("second", ["brightharbor.io"]), ("third", None)],
        "Certificate string, NAME array<string>",
    ).coalesce(1)
    frame = examine(keyed(session, NAMES), certificates=certificates)
    assert sorted(rows(frame)) == local(NAMES, certificates=COVERING)
    frame = examine(
        keyed(session, NAMES),
        certificates=certificates.select("certificate", sql.explode("name").alias("name")),
    )
    assert sorted(rows(frame)) == local(NAMES, certificates=COVERING)


def test_large_certificates_are_broadcast(session):
    """Spark ships the function of a worker once per executor if it is long."""
    many = CertificateNames({f"arn{i:040}": [f"h{i}.brightharbor.io"] for i in range(20_000)})
    names = [f"h{i}.brightharbor.io" for i in range(0, 40_000, 1000)]
    frame = examine(keyed(session, names), certificates=many)
    assert sorted(rows(frame)) == local(names, certificates=many)
    plan = frame._jdf.queryExecution().logical()
    assert plan.functionExpr().func().broadcastVars().size() == 1


def test_the_result_is_a_frame_like_any_other(session):
    """Queries use its columns."""
    frame = examine(keyed(session, NAMES), columns=["fault"])
    counts = frame.groupBy("fault").agg(sql.count("*").alias("n")).where("n > 1").collect()
    assert {tuple(row) for row in counts} == {
        (fault, n)
        for fault, n in Counter(row[-1] for row in local(NAMES, columns=["fault"])).items()
        if n > 1
    }


def test_the_case_of_columns(session):
    """Spark ignores it by default."""
    frame = keyed(session, NAMES).withColumnRenamed("key", "Fault")
    assert examine(frame, "NAME", columns=["public_suffix"]).columns[1:] == [
        "name",
        "public_suffix",
    ]
    with pytest.raises(InvalidArgument, match="has a column `Fault` already; use `prefix`"):
        examine(frame, columns=["fault"])
    session.conf.set("spark.sql.caseSensitive", "true")
    with pytest.raises(InvalidArgument, match="no column `NAME`; its columns are `Fault`, `name`"):
        examine(frame, "NAME")
    assert examine(frame, columns=["fault"]).columns == ["Fault", "name", "fault"]
    session.conf.unset("spark.sql.caseSensitive")


@pytest.mark.parametrize(
    ("query", "arguments", "message"),
    [
        ("select 'a.io' name", {"column": "host"}, "no column `host`; its columns are `name`"),
        ("select 'a.io' name, 'b.io' name", {}, "the frame has 2 columns `name`"),
        ("select 1 name", {}, "column `name` is int32, not text"),
        ("select 'a.io' name", {"as_of": dt.date(2015, 1, 1)}, "ACM"),
        ("select 'a.io' name", {"columns": ["x"]}, "unknown column `x`; there are canonical_name"),
        ("select 'a.io' name", {"certificates": "select 1 name"}, "no column `certificate`"),
    ],
)
def test_wrong_arguments_fail_before_a_job(session, query, arguments, message):
    """On the driver, with the error of the library."""
    tracker = session.sparkContext.statusTracker()
    frame = session.sql(query)
    if "certificates" in arguments:
        arguments = {"certificates": session.sql(arguments["certificates"])}
    before = len(tracker.getJobIdsForGroup())
    with pytest.raises(InvalidArgument, match=message):
        examine(frame, **arguments)
    assert len(tracker.getJobIdsForGroup()) == before


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("frame", None, "`frame` must be a data frame of Spark, not `NoneType`"),
        ("certificates", {}, "must be `CertificateNames` or a data frame of Spark, not `dict`"),
        ("column", 1, "`column` must be a string, not `int`"),
        ("columns", "fault", "`columns` must be a list of names, not `str`"),
        ("prefix", None, "`prefix` must be a string, not `NoneType`"),
        ("as_of", "2026-11-30", "`as_of` must be a `date`, not `str`"),
    ],
)
def test_wrong_types(session, name, value, message):
    """A frame of another library is a wrong type."""
    with pytest.raises(TypeError, match=message):
        examine(**{"frame": keyed(session, NAMES), name: value})
