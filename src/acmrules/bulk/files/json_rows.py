"""Rows of JSON lines: the name of each object, and the line as it is."""

from __future__ import annotations

from json import JSONDecodeError, JSONDecoder

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import json

from acmrules.bulk.files.pieces import RejectedRow
from acmrules.bulk.files.text_rows import NOT_UTF_8, is_utf_8, lines_of
from acmrules.errors import AcmRulesError
from acmrules.messages import quoted
from acmrules.serialization import kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from acmrules.bulk.files.pieces import FilePiece

_DECODER = JSONDecoder(parse_int=len)
"""Integers may have any length: their values are not needed."""

_SAMPLE = 100
"""The lines that are read to find out what members there are."""

_BLANKS = b" \t\r\n"


class _Unread(AcmRulesError):  # noqa: N818  (named after what happened)
    """Why a line cannot be read."""


def json_columns(column: str) -> pa.Schema:
    """Return the columns of JSON lines: the name, and the text of the row."""
    return pa.schema([(column, pa.string()), (line_column(column), pa.string())])


def line_column(column: str) -> str:
    """Return the column with the text of each row, next to the column of names."""
    return "row" if column != "row" else "row_text"


def json_rows(
    piece: FilePiece, column: str, added: Collection[str]
) -> tuple[pa.RecordBatch, tuple[RejectedRow, ...]]:
    """Return the rows of a piece, and those that cannot be read.

    The name is a string or null. No row may have a member of the columns to be added. Blank lines
    have no row.
    """
    lines = lines_of(piece.content)
    names = None
    if _is_plain(piece.content) and not any(_member(name) in piece.content for name in added):
        names = _parsed(piece.content, lines, column)
    if names is not None:
        return _batch(names, lines, column), ()
    texts: list[str | None] = []
    kept: list[bytes] = []
    rejected: list[RejectedRow] = []
    for place, line in enumerate(lines, piece.first):
        text = line.strip(_BLANKS)
        try:
            if text:
                texts.append(_name_in(text, column, added))
                kept.append(text)
        except _Unread as error:
            rejected.append(RejectedRow(place, line, str(error)))
    return _batch(pa.array(texts, pa.string()), kept, column), tuple(rejected)


def _batch(names: pa.StringArray, lines: list[bytes], column: str) -> pa.RecordBatch:
    columns = [names, pa.array(lines, pa.string())]
    return pa.RecordBatch.from_arrays(columns, schema=json_columns(column))


def sample_columns(content: bytes) -> pa.Schema:
    """Return the members of the objects in the first lines of a file, with their types.

    The type of what is not a string is null.
    """
    members: dict[str, pa.DataType] = {}
    for line in content.splitlines()[:_SAMPLE]:
        try:
            row = _DECODER.decode(line.decode())
        except (ValueError, RecursionError):
            continue
        for name, value in row.items() if isinstance(row, dict) else ():
            if has_surrogate(name):
                continue  # A column cannot have this name.
            # A null may be a string in another row.
            is_text = isinstance(value, str | None)
            members[name] = pa.string() if is_text else members.get(name, pa.null())
    return pa.schema(members.items())


def has_surrogate(text: str) -> bool:
    """Return whether a string has a surrogate, which UTF-8 does not allow."""
    return not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text)


def _member(name: str) -> bytes:
    """Return the name of a member as JSON; one with escapes is not recognized."""
    return f'"{name}"'.encode()


def _is_plain(content: bytes) -> bool:
    """Return whether lines begin and end as objects do, and Arrow reads them as Python does.

    Then a line is an object if all lines are JSON, and there are as many objects as lines.
    """
    body = content.removesuffix(b"\n").removesuffix(b"\r")
    between = body.count(b"}\n{") + body.count(b"}\r\n{")
    return (
        body.startswith(b"{")
        and body.endswith(b"}")
        and between == body.count(b"\n")
        and is_utf_8(body)
        # Arrow reads more numbers than Python, and no NUL.
        and not any(word in body for word in (b"NaN", b"Inf", b"\0"))
    )


def _parsed(content: bytes, lines: list[bytes], column: str) -> pa.StringArray | None:
    """Return the names in plain lines, or nothing if a line may have none."""
    try:
        table = json.read_json(
            pa.BufferReader(content),
            json.ReadOptions(use_threads=False, block_size=len(content) + 1),
            json.ParseOptions(
                explicit_schema=pa.schema([(column, pa.string())]),
                unexpected_field_behavior="ignore",
            ),
        )
        names = table.column(0).combine_chunks()
        names.validate(full=True)
        if len(names) != len(lines):
            return None
        for place in pc.indices_nonzero(names.is_null()).to_pylist():
            # A null may be a missing member.
            _name_in(lines[place], column, ())
    except (pa.ArrowException, UnicodeDecodeError, _Unread):
        return None
    return names


def _name_in(line: bytes, column: str, added: Collection[str]) -> str | None:
    """Return the name of a line; raises `_Unread`."""
    try:
        row = _DECODER.decode(line.decode())
    except UnicodeDecodeError:
        raise _Unread(NOT_UTF_8) from None
    except JSONDecodeError as error:
        raise _Unread(f"the row is not JSON: {error.msg}, at character {error.pos + 1}") from None
    except RecursionError:
        # Arrow reads values within values to any depth.
        names = _parsed(line, [line], column) if _is_plain(line) else None
        if names is None or names.null_count:
            raise _Unread("the row has too many values within values") from None
        row = {column: names[0].as_py()}
    if not isinstance(row, dict):
        raise _Unread(f"the row must be an object, not {kind_of(row)}")
    if column not in row:
        raise _Unread(f"the row has no member {quoted(column)}")
    for name in added:
        if name in row and _member(name) in line:
            raise _Unread(f"the row has the member {quoted(name)} already; use `--prefix`")
    name = row[column]
    if name is None:
        return None
    if not isinstance(name, str):
        raise _Unread(f"{quoted(column)} must be a string or null, not {kind_of(name)}")
    if has_surrogate(name):
        raise _Unread(f"{quoted(column)} has a surrogate, which UTF-8 does not allow")
    return name
