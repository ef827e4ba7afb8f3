"""The columns of tables of certificates: their ids and their names, as rows or JSON lines."""

from __future__ import annotations

import json
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from acmrules.arrow.certificates import name_lists, name_rows
from acmrules.bulk.files.tables import plain_name
from acmrules.errors import InvalidArgument
from acmrules.messages import quoted
from acmrules.serialization import kind_of
from acmrules.syntax.source import InputError, Position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.bulk.files.pieces import FilePiece

ID_COLUMNS = ("certificate", "CertificateArn", "arn", "id")
"""The names of a column with ids, in any spelling of `plain_name`; the first one counts."""

NAME_COLUMNS = (
    *("name", "names", "DomainName", "SubjectAlternativeNames"),
    "SubjectAlternativeNameSummaries",
)
"""The names of columns with names, in any spelling of `plain_name`; all of them count."""

_SEPARATORS = r"[\s,]"
"""What separates the names in a cell."""


def id_column(path: str, columns: Iterable[str]) -> str:
    """Return the column of ids; raise `InputError` for a table that lacks it."""
    return _of(path, columns, ID_COLUMNS, "ids of certificates")[0]


def name_columns(path: str, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of names; raise `InputError` for a table that has none."""
    return _of(path, columns, NAME_COLUMNS, "names")


def _of(path: str, columns: Iterable[str], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    found = _found(tuple(columns), known)
    if not found:
        listed = ", ".join(f"`{column}`" for column in known)
        raise InputError(path, f"has no column with the {what}; expected one of {listed}")
    return found


@cache
def _found(columns: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    """Return the columns with known names, in the order of these."""
    plain = [plain_name(column) for column in columns]
    order = dict.fromkeys(map(plain_name, known))
    return tuple(
        column
        for name in order
        for column, other in zip(columns, plain, strict=True)
        if other == name
    )


def batch_of_columns(path: str, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the ids and the names of a part of a table, with a row for each name.

    A cell of text may have several names, which blanks or commas separate, and the id of an empty
    cell is unknown. Raises `InputError` for a column of another type.
    """
    ids = id_column(path, batch.schema.names)
    names = name_columns(path, batch.schema.names)
    try:
        columns = [batch.column(name) for name in names]
        joined = columns[0] if _is_plain(columns) else name_lists(_joined(batch, ids, names))
        made = pa.RecordBatch.from_arrays([batch.column(ids), joined], [ids, names[0]])
        return _batch(*name_rows(made, ids, names[0]))
    except InvalidArgument as error:
        raise InputError(path, str(error)) from None


def _batch(ids: pa.StringArray, names: pa.Array) -> pa.RecordBatch:
    known = pc.if_else(pc.equal(ids, ""), pa.scalar(None, pa.string()), ids)
    return pa.RecordBatch.from_arrays([known, names], ["certificate", "name"])


def _is_plain(columns: list[pa.Array]) -> bool:
    """Return whether there is one column, whose cells have one name each or are lists."""
    if len(columns) > 1:
        return False
    (column,) = columns
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return True
    is_special = pc.or_(pc.match_substring_regex(column, _SEPARATORS), pc.equal(column, ""))
    return not pc.any(is_special).as_py()


def _joined(batch: pa.RecordBatch, ids: str, columns: tuple[str, ...]) -> list[list[str]]:
    """Return the names of all columns for each row; raise `InvalidArgument` like `name_rows`."""
    for column in columns:
        name_rows(batch, ids, column)
    rows = zip(*(batch.column(column).to_pylist() for column in columns), strict=True)
    return [[name for cell in row for name in _names_in(cell)] for row in rows]


def _names_in(cell: object) -> list[str]:
    """Return the names of a cell: of text, or of a list of names."""
    if isinstance(cell, list):
        return [_decoded(name) for name in cell if name is not None]
    return [] if cell is None else _decoded(cell).replace(",", " ").split()


def _decoded(text: object) -> str:
    """Return text; bytes that are not UTF-8 become a character that no name has."""
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)


# JSON lines


def batch_of_lines(path: str, piece: FilePiece) -> pa.RecordBatch:
    """Return the ids and the names in lines of JSON objects; raise `InputError` for other lines."""
    ids: list[str | None] = []
    lists: list[list[str]] = []
    for number, line in enumerate(piece.content.split(b"\n"), piece.first):
        if line.strip():
            row = members(path, line, number)
            try:
                ids.append(_id(row, id_column(path, row)))
                columns = name_columns(path, row)
                lists.append([name for each in columns for name in _names_of(row, each)])
            except (InvalidArgument, InputError) as error:
                fault = getattr(error, "fault", str(error))
                raise InputError(path, fault, Position(number, 1)) from None
    made = pa.RecordBatch.from_arrays(
        [pa.array(ids, pa.string()), name_lists(lists)], ["id", "name"]
    )
    return _batch(*name_rows(made, "id", "name"))


def members(path: str, line: bytes, number: int) -> dict[str, object]:
    """Return the members of the object in a line; raise `InputError` if there is no object."""
    try:
        row = json.loads(line.decode())
    except UnicodeDecodeError:
        fault = "the line is not UTF-8"
    except (ValueError, RecursionError):
        fault = "the line is not valid JSON"
    else:
        if isinstance(row, dict):
            return row
        fault = f"the line must be an object, not {kind_of(row)}"
    raise InputError(path, fault, Position(number, 1))


def _id(row: dict[str, object], member: str) -> str | None:
    value = row[member]
    if value is None or (isinstance(value, str) and value.isprintable()):
        return value
    if type(value) is int:
        return str(value)
    if isinstance(value, str):
        raise InvalidArgument(f"{quoted(member)} has a character that cannot be printed")
    raise InvalidArgument(f"{quoted(member)} must be a string, not {kind_of(value)}")


def _names_of(row: dict[str, object], member: str) -> list[str]:
    value = row[member]
    if value is None or isinstance(value, str):
        return _names_in(value)
    if not isinstance(value, list):
        raise InvalidArgument(f"{quoted(member)} must be a list of names, not {kind_of(value)}")
    for name in value:
        if not isinstance(name, str):
            raise InvalidArgument(
                f"{quoted(member)} has an item that is {kind_of(name)}, not a string"
            )
    return value
