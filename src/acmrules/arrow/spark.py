"""Columns of names in Spark: the answers for each name of a data frame.

Needs pyspark on the driver, and acmrules with its extra `arrow` on the driver and all workers.
"""

from __future__ import annotations

import pickle
from datetime import date
from functools import lru_cache, partial

import pyarrow as pa

from acmrules import __version__
from acmrules.arrow.certificates import CertificateNames
from acmrules.arrow.columns import COLUMNS
from acmrules.arrow.examining import examine as examine_batch
from acmrules.errors import (
    AcmRulesError,
    InvalidArgument,
    require,
    require_list,
    require_string,
)
from acmrules.facts.fact import CHECKED
from acmrules.suffix_lists import default_suffixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructField

__all__ = ["OtherVersions", "examine"]


class OtherVersions(AcmRulesError):  # noqa: N818  (named after the versions)
    """The error for a worker whose acmrules or public suffix list is not that of the driver."""


def examine(
    frame: DataFrame,
    column: str = "name",
    *,
    columns: Iterable[str] = tuple(COLUMNS),
    prefix: str = "",
    certificates: CertificateNames | DataFrame | None = None,
    as_of: date = CHECKED,
) -> DataFrame:
    """Return a data frame with more columns: what is true of the name in each row.

    `column` has the names: strings or binary. `columns` are the columns to add, by default all
    `COLUMNS`, and `prefix` begins their names. `certificates` are those that may cover the names; a
    data frame of them has the columns `certificate` and `name` of `CertificateNames.from_batches`,
    which this collects. Raises `InvalidArgument` as `acmrules.arrow.examine` does, before Spark
    examines a row. A worker raises `OtherVersions` unless it has the acmrules and the public suffix
    list of the driver, since the answers depend on them.
    """
    from pyspark.sql import DataFrame

    require(frame, DataFrame, "`frame`", "a data frame of Spark")
    require_string(column, "column")
    require_list(columns, "columns")
    require_string(prefix, "prefix")
    wanted = tuple(dict.fromkeys(columns))
    place = _place(frame, column)
    fields = _added(frame, place, wanted, prefix, as_of)
    covering = _certificate_names(certificates)
    examined = partial(
        _examine_batches,
        column=str(place),
        columns=wanted,
        prefix=prefix,
        certificates=None if covering is None else pickle.dumps(covering),
        as_of=as_of,
        versions=_versions(),
    )
    # `mapInArrow` finds columns by name, which fails if a name has a dot or is there twice.
    numbered = frame.toDF(*map(str, range(len(frame.columns))))
    return numbered.mapInArrow(examined, type(frame.schema)([*frame.schema, *fields]))


def _place(frame: DataFrame, column: str) -> int:
    """Return the place of a column."""
    same = _same(frame)
    places = [i for i, name in enumerate(frame.columns) if same(name) == same(column)]
    if len(places) > 1:
        raise InvalidArgument(f"the frame has {len(places)} columns `{column}`")
    if not places:
        there = ", ".join(f"`{name}`" for name in frame.columns) or "none"
        raise InvalidArgument(f"the frame has no column `{column}`; its columns are {there}")
    return places[0]


def _added(
    frame: DataFrame, place: int, columns: tuple[str, ...], prefix: str, as_of: date
) -> list[StructField]:
    """Return the columns to add, after the checks that workers would do for each batch."""
    from pyspark.sql.pandas.types import from_arrow_type, to_arrow_type
    from pyspark.sql.types import StructField

    same = _same(frame)
    taken = {same(name): name for name in frame.columns}
    for name in columns:
        if found := taken.get(same(prefix + name)):
            raise InvalidArgument(f"the frame has a column `{found}` already; use `prefix`")
    field = frame.schema[place]
    names = pa.array([], to_arrow_type(field.dataType, timezone="UTC"))
    batch = pa.RecordBatch.from_arrays([names], names=[field.name])
    result = examine_batch(batch, field.name, columns=columns, prefix=prefix, as_of=as_of)
    return [StructField(each.name, from_arrow_type(each.type)) for each in [*result.schema][1:]]


def _same(frame: DataFrame) -> Callable[[str], str]:
    """Return what makes the names of a column equal; Spark usually ignores their case."""
    exact = frame.sparkSession.conf.get("spark.sql.caseSensitive") == "true"
    return str if exact else str.lower


def _certificate_names(
    certificates: CertificateNames | DataFrame | None,
) -> CertificateNames | None:
    """Return certificates as an index; a data frame of them is collected."""
    if certificates is None or isinstance(certificates, CertificateNames):
        return certificates
    from pyspark.sql import DataFrame

    expected = "`CertificateNames` or a data frame of Spark"
    require(certificates, DataFrame, "`certificates`", expected)
    for column in ("certificate", "name"):
        _place(certificates, column)
    named = certificates.select("certificate", "name").toDF("certificate", "name")
    return CertificateNames.from_batches(named.toArrow())


def _examine_batches(
    batches: Iterator[pa.RecordBatch],
    *,
    column: str,
    columns: tuple[str, ...],
    prefix: str,
    certificates: bytes | None,
    as_of: date,
    versions: str,
) -> Iterator[pa.RecordBatch]:
    """Yield the result of each batch; this runs on a worker, once per partition."""
    if (own := _versions()) != versions:
        raise OtherVersions(f"a worker has {own}, and the driver has {versions}; install the same")
    covering = None if certificates is None else _loaded(certificates)
    for batch in batches:
        yield examine_batch(
            batch, column, columns=columns, prefix=prefix, certificates=covering, as_of=as_of
        )


def _versions() -> str:
    """Return what the answers of this process depend on."""
    return f"acmrules {__version__} with the public suffix list {default_suffixes().version}"


@lru_cache(maxsize=1)
def _loaded(certificates: bytes) -> CertificateNames:
    """Return the certificates of a pickle; a worker, which runs many tasks, loads them once."""
    loaded: CertificateNames = pickle.loads(certificates)  # noqa: S301  (the driver made it)
    return loaded
