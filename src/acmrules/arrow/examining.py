"""`examine`: the answers for each name of a record batch, as columns."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from acmrules.arrow.certificates import CertificateNames
from acmrules.arrow.columns import COLUMNS
from acmrules.arrow.names import as_binary, column_names, read_names, text_column, too_much
from acmrules.arrow.rules import broken_rules
from acmrules.arrow.suffixes import find_suffixes
from acmrules.arrow.validation import mailboxes, validation_records
from acmrules.errors import InvalidArgument, require_instance, require_list, require_string
from acmrules.facts.fact import CHECKED, date_fault
from acmrules.messages import quoted
from acmrules.suffix_lists import default_suffixes
from acmrules.suffixes import PublicSuffixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ROWS_AT_ONCE = 65_536
"""The rows of a slice: what kernels make in between stays in the cache, and memory stays flat."""

_OF_SUFFIXES = frozenset({"base_domain_name", "public_suffix", "suffix_section", "rule_ids"})
"""The columns that need the Public Suffix List."""


def examine(
    batch: pa.RecordBatch,
    column: str = "name",
    *,
    columns: Iterable[str] = tuple(COLUMNS),
    prefix: str = "",
    certificates: CertificateNames | None = None,
    suffixes: PublicSuffixes | None = None,
    as_of: date = CHECKED,
) -> pa.RecordBatch:
    """Return a record batch with more columns: what is true of the name in each row.

    `column` has the names: text, binary, or a dictionary of them; bytes that are not UTF-8 are
    characters that no name has. `columns` are the columns to add, by default all `COLUMNS`, and
    `prefix` begins their names. `certificates` are those that may cover the names. `suffixes` is
    the public suffix list, by default that of `publicsuffixlist`. `as_of` is the date of the rules
    and mailboxes, by default the one on which the facts were last reviewed.

    Raises `InvalidArgument` for a column that the batch lacks, has already or twice, or that is not
    text, for 2 GiB of text in a column that is added or in 65,536 rows, and for a date before ACM
    launched. Raises `NoSuffixList` if a wanted column needs the list and it is missing, and
    `TypeError` for an argument of the wrong type.
    """
    _require_kinds(batch, column, columns, prefix, certificates, suffixes, as_of)
    wanted = _wanted(batch, columns, prefix)
    if fault := date_fault(as_of):
        raise InvalidArgument(fault)
    texts = text_column(batch, column)
    examined = [
        _examined(as_binary(rows, column), wanted, certificates, suffixes, as_of)
        for rows in _slices(texts)
    ]
    arrays = [*batch.columns]
    fields = [*batch.schema]
    for name in wanted:
        arrays.append(_joined([made.pop(name) for made in examined], name))
        fields.append(pa.field(prefix + name, COLUMNS[name]))
    return pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields, batch.schema.metadata))


def _require_kinds(
    batch: object,
    column: object,
    columns: object,
    prefix: object,
    certificates: object,
    suffixes: object,
    as_of: object,
) -> None:
    require_instance(batch, pa.RecordBatch, "batch")
    require_string(column, "column")
    require_list(columns, "columns")
    require_string(prefix, "prefix")
    if certificates is not None:
        require_instance(certificates, CertificateNames, "certificates")
    if suffixes is not None:
        require_instance(suffixes, PublicSuffixes, "suffixes")
    require_instance(as_of, date, "as_of")


def _wanted(batch: pa.RecordBatch, columns: Iterable[str], prefix: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(columns))
    there = column_names(batch)
    try:
        prefix.encode()
    except UnicodeEncodeError:
        raise InvalidArgument(f"the prefix {quoted(prefix)} is not UTF-8") from None
    for name in wanted:
        if name not in COLUMNS:
            raise InvalidArgument(f"unknown column `{name}`; there are {', '.join(COLUMNS)}")
        if prefix + name in there:
            raise InvalidArgument(f"the batch has a column `{prefix}{name}` already; use `prefix`")
    return wanted


def _slices(texts: pa.Array) -> Iterator[pa.Array]:
    """Yield the rows at once; those of an empty column too, for the types of its columns."""
    for start in range(0, max(len(texts), 1), _ROWS_AT_ONCE):
        yield texts.slice(start, _ROWS_AT_ONCE)


def _joined(arrays: list[pa.Array], column: str) -> pa.Array:
    try:
        return pa.concat_arrays(arrays)
    except pa.ArrowInvalid:
        raise too_much(column, sum(map(len, arrays))) from None


def _examined(
    texts: pa.BinaryArray,
    wanted: tuple[str, ...],
    certificates: CertificateNames | None,
    suffixes: PublicSuffixes | None,
    as_of: date,
) -> dict[str, pa.Array]:
    """Return the wanted columns of some texts."""
    read = read_names(texts)
    made: dict[str, pa.Array] = {
        "canonical_name": read.names,
        "fault": read.faults,
        "fault_start": read.starts,
        "fault_end": read.ends,
    }
    if not _OF_SUFFIXES.isdisjoint(wanted):
        suffixes = default_suffixes() if suffixes is None else suffixes
        found = find_suffixes(read.domains, suffixes)
        made["base_domain_name"] = found.base_domain_names
        made["public_suffix"] = found.suffixes
        made["suffix_section"] = found.sections
        if "rule_ids" in wanted:
            made["rule_ids"] = broken_rules(texts, read, found, suffixes, as_of)
    if "covering_name" in wanted or "certificate" in wanted:
        covering = CertificateNames({}) if certificates is None else certificates
        made["covering_name"], made["certificate"] = covering.covering(read.names)
    if "validation_record" in wanted:
        made["validation_record"] = validation_records(read.domains)
    if "mailboxes" in wanted:
        made["mailboxes"] = mailboxes(read.names, as_of)
    return {name: made[name] for name in wanted}
