"""Columns of texts as names: the canonical name, or the fault and its span."""

from __future__ import annotations

import pyarrow as pa

from acmrules.errors import InvalidArgument
from acmrules.name_errors import InvalidName
from acmrules.names import WildcardDomainName, parse_name
from acmrules.values import Value


class ReadNames(Value):
    """The names of some texts: columns with one row for each text.

    `names` are canonical, and `domains` the same without `*.`; both are null for an invalid name.
    `faults` are members of `NameFault` by name, from the characters `starts` to before `ends`; all
    three are null for a valid name.
    """

    names: pa.StringArray
    domains: pa.StringArray
    faults: pa.StringArray
    starts: pa.Int32Array
    ends: pa.Int32Array


def as_texts(batch: pa.RecordBatch, column: str) -> pa.Array:
    """Return the column with the names, as binary; raise `InvalidArgument` if it has no text."""
    if column not in batch.schema.names:
        there = ", ".join(f"`{name}`" for name in batch.schema.names) or "none"
        raise InvalidArgument(f"the batch has no column `{column}`; its columns are {there}")
    texts = batch.column(column)
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    try:
        return texts.cast(pa.binary())
    except pa.ArrowException:
        raise InvalidArgument(f"column `{column}` is {texts.type}, not text") from None


def read_names(texts: pa.BinaryArray) -> ReadNames:
    """Return the names of texts in UTF-8."""
    rows = [_read(text) for text in texts.to_pylist()]
    names, domains, faults, starts, ends = zip(*rows, strict=True) if rows else ((),) * 5
    return ReadNames(
        pa.array(names, pa.string()),
        pa.array(domains, pa.string()),
        pa.array(faults, pa.string()),
        pa.array(starts, pa.int32()),
        pa.array(ends, pa.int32()),
    )


def _read(
    text: bytes | None,
) -> tuple[str | None, str | None, str | None, int | None, int | None]:
    if text is None:
        return None, None, None, None, None
    try:
        name = parse_name(text.decode("utf-8", "surrogateescape"))
    except InvalidName as error:
        return None, None, error.fault.name, *error.span
    plain = name.parent if isinstance(name, WildcardDomainName) else name
    return str(name), str(plain), None, None, None
