"""The columns of a file of rows, and which of them has the names."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import Counter
from itertools import zip_longest

import pyarrow as pa

from acmrules.bulk.files.decompressing import regular_size
from acmrules.bulk.files.formats import CSV, JSON_LINES, PARQUET, TEXT, TableForm
from acmrules.bulk.files.json_rows import has_surrogate, sample_columns
from acmrules.bulk.files.parquet_rows import parquet_columns
from acmrules.bulk.files.records import fields, records
from acmrules.bulk.files.value_texts import is_text
from acmrules.bulk.files.windows import Remainder
from acmrules.errors import InvalidArgument
from acmrules.messages import choose_from, counted, quoted, quoted_list
from acmrules.syntax.source import InputError
from acmrules.values import Value
from acmrules.workspace.files import UTF_16, is_utf_16

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "name"
"""The column of text."""

_USUAL = ("name", "host", "hostname", "domain", "domainname", "fqdn", "dnsname", "commonname")
"""The usual names of the column, as `plain_name` returns them."""

_IN_NAMES = str.maketrans("", "", " _-")

_OTHER_SEPARATORS = (";", "\t")
"""What spreadsheets write between the fields of CSV in countries with decimal commas."""

_LONGEST_HEADER = 1024 * 1024
_MOST_LISTED = 12


class TableSchema(Value):
    """A file of rows: its columns with their types, and where the rows begin.

    `size` is that of the file in bytes. `header` is what is before the first row of text: a byte
    order mark and the header of CSV. `first` is the line of the first row from 1.
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
    size = regular_size(path)
    if form.format == PARQUET:
        return TableSchema(path, form, parquet_columns(path), size)
    rest = Remainder(path, form)
    window = rest.window(_LONGEST_HEADER)
    if not window and rest.fault:
        raise rest.fault
    if is_utf_16(window):
        raise InputError(path, UTF_16)
    mark = BOM_UTF8 if window.startswith(BOM_UTF8) else b""
    window = window[len(mark) :]
    end = 0
    if form.format == TEXT:
        columns = pa.schema([(NAME, pa.string())])
    elif form.format == JSON_LINES:
        columns = sample_columns(window)
    else:
        form = _with_separator(form, window)
        end, names = _header(path, form, window, is_cut=not rest.is_last(_LONGEST_HEADER))
        columns = pa.schema([(name, pa.string()) for name in names])
    header = window[:end]
    return TableSchema(path, form, columns, size, mark + header, 1 + header.count(b"\n"))


def _with_separator(form: TableForm, window: bytes) -> TableForm:
    """Return the form of CSV with the separator in its header: a comma, if there is one."""
    if form.format != CSV or _has_fields(window, form.delimiter):
        return form
    found = (each for each in _OTHER_SEPARATORS if _has_fields(window, each))
    return form.__replace__(separator=next(found, ""))


def _has_fields(window: bytes, separator: str) -> bool:
    """Return whether the first record has several fields."""
    delimiter = separator.encode()
    _, end, is_readable = next(records(window, delimiter), (0, 0, False))
    return is_readable and len(fields(window[:end].rstrip(b"\r\n"), delimiter)) > 1


def _header(path: str, form: TableForm, window: bytes, *, is_cut: bool) -> tuple[int, list[str]]:
    """Return the size of the header of CSV, and the names in it.

    `is_cut` is true if the file has more than the window.
    """
    if not window:
        raise InputError(path, "the file is empty; its first line must have the names of columns")
    delimiter = form.delimiter.encode()
    _, end, is_readable = next(records(window, delimiter))
    record = window[:end].removesuffix(b"\n").removesuffix(b"\r")
    if is_cut and not window[:end].endswith(b"\n"):
        most = counted(_LONGEST_HEADER, "byte")
        raise InputError(path, f"the names of columns are too long: they have more than {most}")
    if not is_readable or b"\r" in record:
        raise InputError(path, "the first line must have the names of columns, and end with LF")
    try:
        names = [field.decode() for field in fields(record, delimiter)]
    except UnicodeDecodeError:
        raise InputError(path, "the names of columns in the first line must be UTF-8") from None
    twice = sorted(name for name, number in Counter(names).items() if number > 1)
    if twice:
        raise InputError(path, f"several columns have the same name: {quoted_list(twice)}")
    return end, names


def name_column(table: TableSchema, asked: str | None = None) -> str:
    """Return the column with the names: the requested one, a usual one, or the only text.

    Raises `InvalidArgument` if there is no such column, or several.
    """
    columns: list[str] = table.columns.names
    is_known = asked is None or not has_surrogate(asked)
    if not columns and table.form.format == JSON_LINES and is_known:
        return asked or NAME  # no row has another member
    if asked is not None:
        if asked not in columns:
            others = choose_from(asked, columns, _MOST_LISTED)
            raise InvalidArgument(f"{quoted(table.path)} has no column {quoted(asked)}{others}")
        return asked
    texts: list[str] = [column.name for column in table.columns if _has_text(column.type)]
    usual = [name for name in texts if plain_name(name) in _USUAL]
    if len(usual) == 1:
        return usual[0]
    if len(texts) == 1:
        if table.form.delimiter and "." in texts[0]:
            raise InvalidArgument(
                f"{quoted(texts[0])} in the first line of {quoted(table.path)} is not the name of a"
                " column: add a header, or rename the file to `.txt`"
            )
        return texts[0]
    fault = "several columns that may have the names" if usual else "no column with a usual name"
    there = quoted_list(usual or columns, _MOST_LISTED) or "none"
    raise InvalidArgument(f"{quoted(table.path)} has {fault}; choose one with `--column`: {there}")


def plain_name(column: str) -> str:
    """Return the name of a column in lowercase, without blanks, underscores and hyphens."""
    return column.lower().translate(_IN_NAMES)


def _has_text(kind: pa.DataType) -> bool:
    return is_text(kind.value_type if pa.types.is_dictionary(kind) else kind)


def require_alike(tables: Sequence[TableSchema]) -> None:
    """Raise `InputError` for the first table whose format or columns are not those of the first.

    Files of one run may be compressed in several ways. Objects of JSON lines may have any members.
    """
    for table in tables[1:]:
        first = tables[0]
        if table.form.format != first.form.format:
            fault = f"is {table.form.format}, but {quoted(first.path)} is {first.form.format}"
            raise InputError(table.path, f"{fault}; put the files of each format into a directory")
        is_typed = table.form.format != JSON_LINES
        if is_typed and _typed_names(table.columns) != _typed_names(first.columns):
            fault = f"has other columns than {quoted(first.path)}"
            raise InputError(table.path, f"{fault}: {_first_difference(table, first)}")


def _typed_names(columns: pa.Schema) -> list[tuple[str, str]]:
    """Return the names of columns, with their types and whether they may be null."""
    return [(each.name, f"{each.type}{' not null' * (not each.nullable)}") for each in columns]


def _first_difference(table: TableSchema, first: TableSchema) -> str:
    pairs = zip_longest(_typed_names(table.columns), _typed_names(first.columns))
    one, other = next((one, other) for one, other in pairs if one != other)
    shown = [
        "nothing" if each is None else f"{quoted(each[0])} ({each[1]})" for each in (one, other)
    ]
    return f"{shown[0]} instead of {shown[1]}"
