"""Columns of texts as names: the canonical name, or the fault and its span."""

from __future__ import annotations

from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from acmrules.arrow.common_faults import common_faults
from acmrules.arrow.patterns import NAME
from acmrules.errors import InvalidArgument
from acmrules.messages import counted
from acmrules.name_errors import InvalidName
from acmrules.names import MAX_NAME_OCTETS, parse_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    Row = tuple[str | None, str | None, int | None, int | None]
    """The canonical name of a string, or its fault, and the span of that."""


_TYPES = (pa.string(), pa.string(), pa.int32(), pa.int32())
"""The types of a name, its fault, and the start and the end of that."""


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


_MOST_LABELS = 65_536
"""The number of labels of internationalized names that a process remembers."""


_MOST_BYTES = 2**31 - 1
"""Offsets of binary arrays count at most this many bytes."""


def column_names(batch: pa.RecordBatch) -> list[str]:
    """Return the names of the columns; raise `InvalidArgument` if one is not UTF-8."""
    try:
        names: list[str] = batch.schema.names
    except UnicodeDecodeError:
        raise InvalidArgument("the batch has a column whose name is not UTF-8") from None
    return names


def text_column(batch: pa.RecordBatch, column: str) -> pa.Array:
    """Return the column with the names, of any type that `as_binary` converts.

    Raises `InvalidArgument` if the batch has no such column or two, or if it has no text.
    """
    names = column_names(batch)
    places = [place for place, name in enumerate(names) if name == column]
    if not places:
        there = ", ".join(f"`{name}`" for name in names) or "none"
        raise InvalidArgument(f"the batch has no column `{column}`; its columns are {there}")
    if len(places) > 1:
        raise InvalidArgument(f"the batch has {len(places)} columns `{column}`")
    texts = batch.column(places[0])
    try:
        if pa.types.is_dictionary(texts.type):
            # Kernels select no views, and a large type counts the bytes of all rows.
            values = texts.dictionary.cast(pa.large_binary())
            return pa.DictionaryArray.from_arrays(texts.indices, values)
        texts.slice(0, 0).cast(pa.binary())
    except pa.ArrowNotImplementedError:
        raise InvalidArgument(f"column `{column}` is {texts.type}, not text") from None
    return texts


def as_binary(texts: pa.Array, column: str) -> pa.BinaryArray:
    """Return texts of any type, or a dictionary of large binary, as binary.

    Raises `InvalidArgument` for 2 GiB of text or more.
    """
    try:
        if pa.types.is_dictionary(texts.type):
            sizes = pc.binary_length(texts.dictionary).take(texts.indices)
            if (pc.sum(sizes).as_py() or 0) > _MOST_BYTES:
                raise too_much(column, len(texts))
            texts = texts.dictionary_decode()
        # Kernels such as `ascii_lower` misread an array whose first offset is not zero, as other
        # libraries may make it. A copy begins with zero.
        return pa.concat_arrays([texts.cast(pa.binary())])
    except pa.ArrowInvalid:
        raise too_much(column, len(texts)) from None


def too_much(column: str, rows: int) -> InvalidArgument:
    """Return the error for more text than the offsets of an array can count."""
    there = f"column `{column}` has 2 GiB of text or more in {counted(rows, 'row')}"
    return InvalidArgument(f"{there}; use smaller batches")


def read_names(texts: pa.BinaryArray) -> ReadNames:
    """Return the names of texts in UTF-8.

    The pattern and the length accept common names. `parse_name` reads the other ones, each distinct
    text once, in which bytes that are not UTF-8 are characters of their own.
    """
    # A view is not checked, so it may have bytes that are not UTF-8; the kernels compare bytes.
    lower = pc.ascii_lower(texts.view(pa.string()))
    are_common = pc.and_(
        pc.match_substring_regex(lower, NAME),
        pc.less_equal(pc.binary_length(lower), MAX_NAME_OCTETS),
    )
    are_others = pc.fill_null(pc.invert(are_common), fill_value=False)
    others = texts.filter(are_others).dictionary_encode()
    size = len(texts)
    if not len(others):
        return _with_domains(lower, *(pa.nulls(size, type_) for type_ in _TYPES[1:]))
    places = pc.replace_with_mask(pa.nulls(size, pa.int32()), are_others, others.indices)
    names, *faults = (array.take(places) for array in _read(others.dictionary))
    return _with_domains(pc.if_else(are_common, lower, names), *faults)


def _with_domains(
    names: pa.StringArray, faults: pa.StringArray, starts: pa.Int32Array, ends: pa.Int32Array
) -> ReadNames:
    # No label starts with either character.
    return ReadNames(names, pc.ascii_ltrim(names, characters="*."), faults, starts, ends)


def _read(texts: pa.BinaryArray) -> tuple[pa.Array, ...]:
    """Return the names, faults, starts and ends of distinct texts."""
    found = common_faults(pc.ascii_lower(texts.view(pa.string())))
    are_open = pc.is_null(found.faults)
    columns = [*zip(*map(_read_one, texts.filter(are_open).to_pylist()), strict=True)]
    known = pa.nulls(len(texts), pa.string()), found.faults, found.starts, found.ends
    return tuple(
        pc.replace_with_mask(array, are_open, pa.array(values, array.type))
        for array, values in zip(known, columns or [()] * len(known), strict=True)
    )


def _read_one(text: bytes) -> Row:
    string = text.decode("utf-8", "surrogateescape")
    try:
        return _of_labels(string) or str(parse_name(string)), None, None, None
    except InvalidName as error:
        return None, error.fault.name, *error.span


def _of_labels(text: str) -> str | None:
    """Return an internationalized name whose labels are valid next to any others, or `None`."""
    if len(text) > MAX_NAME_OCTETS or (text.isascii() and "xn--" not in text.lower()):
        return None
    star = "*." if text.startswith("*.") else ""
    labels = [_neutral(label) for label in text[len(star) :].split(".")]
    if None in labels or len(labels) == 1:
        return None
    name = star + ".".join(map(str, labels))
    top = name.rpartition(".")[2]
    is_name = len(name) <= MAX_NAME_OCTETS and len(top) > 1 and not top.isdigit()
    return name if is_name else None


@lru_cache(_MOST_LABELS)
def _neutral(label: str) -> str | None:
    """Return the canonical form of a label if it is valid next to any others, or else `None`.

    A digit may not begin a label of a name to which the Bidi rule applies (RFC 5893). So this name
    is valid only if the rule does not apply.
    """
    try:
        return str(parse_name(f"1.{label}.com"))[2:-4]
    except InvalidName:
        return None
