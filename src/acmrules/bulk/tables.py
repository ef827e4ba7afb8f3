"""The columns of a file of rows, and which of them has the names."""

from __future__ import annotations

import os
from codecs import BOM_UTF8

import pyarrow as pa
import pyarrow.parquet as pq

from acmrules.bulk.formats import PARQUET, TEXT, TableForm
from acmrules.bulk.records import fields, records
from acmrules.bulk.windows import Remainder
from acmrules.errors import InvalidArgument
from acmrules.messages import choose_from, quoted, quoted_list
from acmrules.syntax.source import InputError
from acmrules.values import Value
from acmrules.workspace.files import UTF_16, is_utf_16

NAME = "name"
"""The column of a text file."""

_USUAL = ("name", "host", "hostname", "domain", "domain_name", "fqdn", "dns_name", "common_name")

_LONGEST_HEADER = 1024 * 1024


class TableSchema(Value):
    """A file of rows: its columns with their types, and where the rows begin.

    `size` is that of the file in bytes. `header` is what is before the first row of a text file: a
    byte order mark and the header of CSV. `first` is the line of the first row from 1.
    """

    path: str
    form: TableForm
    columns: pa.Schema
    size: int
    header: bytes = b""
    first: int = 1


def open_table(path: str, form: TableForm) -> TableSchema:
    """Return the columns of a file; raise `InputError` if its beginning cannot be read.

    The columns of CSV are strings. Those of JSON lines are the members of the first object.
    """
    try:
        size = os.path.getsize(path)
        if form.format == PARQUET:
            return TableSchema(path, form, pq.read_schema(path), size)
    except (OSError, pa.ArrowException) as error:
        raise unreadable(path, error) from None
    rest = Remainder(path, form)
    window = rest.window(_LONGEST_HEADER)
    if not window and rest.fault:
        raise rest.fault
    if is_utf_16(window):
        raise InputError(path, UTF_16)
    mark = BOM_UTF8 if window.startswith(BOM_UTF8) else b""
    window = window[len(mark) :]
    if form.delimiter:
        end, names = _header(path, form, window)
    elif form.format == TEXT:
        end, names = 0, [NAME]
    else:
        raise NotImplementedError
    columns = pa.schema([(name, pa.string()) for name in names])
    header = window[:end]
    return TableSchema(path, form, columns, size, mark + header, 1 + header.count(b"\n"))


def _header(path: str, form: TableForm, window: bytes) -> tuple[int, list[str]]:
    """Return the size of the header of CSV, and the names in it."""
    if not window:
        raise InputError(path, "the file is empty; its first line must have the names of columns")
    delimiter = form.delimiter.encode()
    _, end, is_readable = next(records(window, delimiter))
    record = window[:end].removesuffix(b"\n").removesuffix(b"\r")
    if not is_readable or b"\r" in record or len(record) == _LONGEST_HEADER:
        raise InputError(path, "the first line must have the names of columns, and end with LF")
    try:
        names = [field.decode() for field in fields(record, delimiter)]
    except UnicodeDecodeError:
        raise InputError(path, "the names of columns in the first line must be UTF-8") from None
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(path, f"several columns have the same name: {quoted_list(twice)}")
    return end, names


def unreadable(path: str, error: Exception) -> InputError:
    """Return the error for a file that Arrow or the system cannot read."""
    reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
    return InputError(path, reason[:1].lower() + reason[1:])


def name_column(table: TableSchema, asked: str | None = None) -> str:
    """Return the column with the names: the requested one, a usual one, or the only text.

    Raises `InvalidArgument` if there is no such column, or several.
    """
    columns: list[str] = table.columns.names
    if asked is not None:
        if asked not in columns:
            raise InvalidArgument(
                f"{quoted(table.path)} has no column {quoted(asked)}{choose_from(asked, columns)}"
            )
        return asked
    texts: list[str] = [field.name for field in table.columns if _is_text(field.type)]
    usual = [name for name in texts if name.lower() in _USUAL]
    if len(usual) == 1:
        return usual[0]
    if len(texts) == 1:
        return texts[0]
    fault = "several columns that may have the names" if usual else "no column with a usual name"
    there = quoted_list(usual or columns, 12) or "none"
    raise InvalidArgument(f"{quoted(table.path)} has {fault}; choose one with `--column`: {there}")


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or kind == pa.string_view()
    )
