"""Rows as JSON lines: an object for each row, or the members added to the row's own line."""

from __future__ import annotations

from json import dumps

import pyarrow as pa
import pyarrow.compute as pc

from acmrules.bulk.files.value_texts import content_of, is_list, plain, scalar_texts

_CONTROLS = bytes(range(32))


def json_lines(batch: pa.RecordBatch) -> bytes:
    """Return a line with an object for each row: a member for each column, also for a null."""
    return content_of(_joined("{", *_members(batch.schema.names, batch.columns), "}\n"))


def spliced_lines(lines: pa.StringArray, added: pa.RecordBatch) -> bytes:
    """Return the lines of objects that have a member, with more members at their end."""
    members = _members(added.schema.names, added.columns)
    if not members:
        return content_of(_joined(lines, "\n"))
    return content_of(
        _joined(
            pc.binary_slice(lines.cast(pa.binary()), 0, -1).cast(pa.string()), ",", *members, "}\n"
        )
    )


def _members(names: list[str], columns: list[pa.Array]) -> list[str | pa.StringArray]:
    """Return the names and values of members, to be joined."""
    parts: list[str | pa.StringArray] = []
    for name, column in zip(names, columns, strict=True):
        parts += [f"{',' if parts else ''}{dumps(name, ensure_ascii=False)}:", json_values(column)]
    return parts


def _joined(*parts: str | pa.StringArray) -> pa.StringArray:
    return pc.binary_join_element_wise(*parts, "")


def json_values(column: pa.Array) -> pa.StringArray:
    """Return the values of a column as JSON; `null` for a null, and for what is not a number."""
    column = plain(column)
    texts = _json_of_valid(column)
    return pc.coalesce(texts, "null") if texts.null_count else texts


def _json_of_valid(column: pa.Array) -> pa.StringArray:
    """Return the values of a plain column as JSON, with a null or any string for a null."""
    kind = column.type
    if pa.types.is_struct(kind):
        names = [kind.field(place).name for place in range(kind.num_fields)]
        parts = _members(names, column.flatten()) or [pa.array([""] * len(column), pa.string())]
        return pc.if_else(column.is_valid(), _joined("{", *parts, "}"), None)
    if pa.types.is_map(kind):
        pairs = column.cast(pa.list_(pa.struct([kind.key_field, kind.item_field])))
        keys, values = pairs.flatten().flatten()
        # The name of a member must be a string.
        members = _joined(_strings(scalar_texts(plain(keys))), ":", json_values(values))
        return _lists(pairs, members, "{}")
    if is_list(kind):
        return _lists(column, json_values(column.flatten()), "[]")
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_finite(column), column, None)
        return scalar_texts(column)
    if pa.types.is_integer(kind) or pa.types.is_decimal(kind) or pa.types.is_boolean(kind):
        return scalar_texts(column)
    return _strings(scalar_texts(column))


def _lists(column: pa.Array, values: pa.StringArray, brackets: str) -> pa.StringArray:
    """Return the JSON of lists from that of their values, without those of a null."""
    ends = pc.cumulative_sum(pc.list_value_length(column).fill_null(0).cast(pa.int32()))
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), ends])
    joined = pc.binary_join(pa.ListArray.from_arrays(offsets, values), ",")
    whole = _joined(brackets[0], joined, brackets[1])
    return pc.if_else(column.is_valid(), whole, None) if column.null_count else whole


def _strings(texts: pa.StringArray) -> pa.StringArray:
    """Return strings in quotes, with escapes."""
    content = content_of(texts)
    if len(content.translate(None, _CONTROLS)) < len(content):
        escaped = (text and dumps(text, ensure_ascii=False)[1:-1] for text in texts.to_pylist())
        texts = pa.array(escaped, pa.string())
    else:
        for special in ("\\", '"'):
            if special.encode() in content:
                texts = pc.replace_substring(texts, special, f"\\{special}")
    return _joined('"', texts, '"')
