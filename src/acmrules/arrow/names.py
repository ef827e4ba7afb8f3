"""Columns of texts as names: the canonical name, or the fault and its span."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from acmrules.errors import InvalidArgument
from acmrules.name_errors import InvalidName
from acmrules.names import MAX_NAME_OCTETS, parse_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    Row = tuple[str | None, str | None, int | None, int | None]
    """The canonical name of a text, or its fault, and the span of that."""


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


_INNER = "(?:[a-z0-9][a-z0-9-]|-[a-z0-9])[a-z0-9-]{0,58}"
"""The characters of a label from the third to the one before the last, without `--` at first."""

_BETWEEN = f"(?:[a-z0-9-]{{0,2}}|[a-z0-9-]{_INNER})"
"""What may be between the first character of a label and the last one."""

_LABEL = f"[a-z0-9](?:{_BETWEEN}[a-z0-9])?"
_LAST_LABEL = f"(?:[a-z]{_BETWEEN}[a-z0-9]|[0-9]{_BETWEEN}[a-z])"
_COMMON = rf"\A(?:\*\.)?(?:{_LABEL}\.)+{_LAST_LABEL}\z"
"""A pattern of canonical names up to their length: all but those with A-labels, and a few others.

Labels have at most 63 characters. The last one has at least two, and a letter at an end.
"""


def text_column(batch: pa.RecordBatch, column: str) -> pa.Array:
    """Return the column with the names, of any type that `as_binary` converts.

    Raises `InvalidArgument` if the batch has no such column or two, or if it has no text.
    """
    places = batch.schema.get_all_field_indices(column)
    if not places:
        there = ", ".join(f"`{name}`" for name in batch.schema.names) or "none"
        raise InvalidArgument(f"the batch has no column `{column}`; its columns are {there}")
    if len(places) > 1:
        raise InvalidArgument(f"the batch has {len(places)} columns `{column}`")
    texts = batch.column(places[0])
    try:
        if pa.types.is_dictionary(texts.type):
            # Kernels select no views.
            values = texts.dictionary.cast(pa.large_binary())
            texts = pa.DictionaryArray.from_arrays(texts.indices, values)
        as_binary(texts.slice(0, 0))
    except pa.ArrowException:
        raise InvalidArgument(f"column `{column}` is {texts.type}, not text") from None
    return texts


def as_binary(texts: pa.Array) -> pa.BinaryArray:
    """Return texts, or a dictionary of them, as binary.

    Raises `pyarrow.ArrowException` for other types, and for 2 GiB or more of text.
    """
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    return texts.cast(pa.binary())


def read_names(texts: pa.BinaryArray) -> ReadNames:
    """Return the names of texts in UTF-8.

    The pattern and the length accept common names. `parse_name` reads the other ones, each distinct
    text once, in which bytes that are not UTF-8 are characters of their own.
    """
    # A view is not checked, so it may have bytes that are not UTF-8; the kernels compare bytes.
    lower = pc.ascii_lower(texts.view(pa.string()))
    are_common = pc.and_(
        pc.match_substring_regex(lower, _COMMON),
        pc.less_equal(pc.binary_length(lower), MAX_NAME_OCTETS),
    )
    are_others = pc.fill_null(pc.invert(are_common), fill_value=False)
    others = texts.filter(are_others).dictionary_encode()
    size = len(texts)
    if not len(others):
        return _with_domains(lower, pa.nulls(size, pa.string()), *_no_spans(size))
    read = zip(*map(_read, others.dictionary.to_pylist()), strict=True)
    types = (pa.string(), pa.string(), pa.int32(), pa.int32())
    places = pc.replace_with_mask(pa.nulls(size, pa.int32()), are_others, others.indices)
    names, *faults = (
        pa.array(values, type_).take(places) for values, type_ in zip(read, types, strict=True)
    )
    return _with_domains(pc.if_else(are_common, lower, names), *faults)


def _with_domains(
    names: pa.StringArray, faults: pa.StringArray, starts: pa.Int32Array, ends: pa.Int32Array
) -> ReadNames:
    # No label starts with either character.
    return ReadNames(names, pc.ascii_ltrim(names, characters="*."), faults, starts, ends)


def _no_spans(size: int) -> tuple[pa.Int32Array, pa.Int32Array]:
    return pa.nulls(size, pa.int32()), pa.nulls(size, pa.int32())


def _read(text: bytes) -> Row:
    try:
        return str(parse_name(text.decode("utf-8", "surrogateescape"))), None, None, None
    except InvalidName as error:
        return None, error.fault.name, *error.span
