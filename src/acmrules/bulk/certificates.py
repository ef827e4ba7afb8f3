"""Files with the names of certificates: tables, and what AWS answers about an account."""

from __future__ import annotations

import os
from codecs import BOM_UTF8

import pyarrow as pa

from acmrules.analysis.usability import usability
from acmrules.arrow.certificates import CertificateNames, name_lists
from acmrules.bulk.certificate_columns import (
    batch_of_columns,
    batch_of_lines,
    id_column,
    members,
    name_columns,
)
from acmrules.bulk.files.decompressing import regular_size, unreadable
from acmrules.bulk.files.formats import JSON_LINES, PARQUET, TEXT, TableForm, form_of
from acmrules.bulk.files.parquet_rows import parquet_columns, parquet_file
from acmrules.bulk.files.reading import read_pieces
from acmrules.bulk.files.rows import rows_of
from acmrules.bulk.files.tables import TableSchema, open_table
from acmrules.errors import InvalidArgument
from acmrules.messages import counted, printable
from acmrules.model.gaps import missing
from acmrules.model.inventory import take_inventory
from acmrules.readers import registry
from acmrules.readers.account import reader
from acmrules.readers.account.inventory_files import is_inventory
from acmrules.readers.account.shapes import operation_of
from acmrules.readers.options import Parameters
from acmrules.syntax.source import InputError, Position
from acmrules.workspace.files import UTF_16, decode, is_utf_16, read_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from acmrules.bulk.files.pieces import FilePiece
    from acmrules.model.account import Account

_ROWS_AT_ONCE = 65_536

_NO_CERTIFICATES = (
    "has no certificates; expected the output of `acmrules inventory`, `aws acm"
    " describe-certificate` or `list-certificates`, or a table (`.parquet`, `.csv`, `.jsonl`)"
)


def read_certificates(
    paths: tuple[str, ...],
    *,
    as_of: date | None = None,
    remark: Callable[[str], None] | None = None,
) -> CertificateNames:
    """Return the names of the certificates in files, in the order of the files.

    A table is Parquet, CSV, TSV or JSON lines, which may be compressed. Its rows have the id of a
    certificate and its names (`ID_COLUMNS`, `NAME_COLUMNS`). Any other file has what AWS answers
    about an account, such as a file of `acmrules inventory`; a certificate that failed, was
    revoked, or has expired by `as_of` is left out. `remark` is called with each sentence about
    what is left out or missing. Raises `InputError` for a file that cannot be read or that has no
    certificates.
    """
    say = remark or _ignore
    index = CertificateNames.from_batches(
        batch for path in paths for batch in _batches(path, as_of, say)
    )
    if index.skipped:
        cover = "covers" if index.skipped == 1 else "cover"
        say(f"{counted(index.skipped, 'invalid name')} of certificates {cover} nothing")
    return index


def _ignore(remark: str) -> None:
    """Ignore a remark."""


def _batches(
    path: str, as_of: date | None, remark: Callable[[str], None]
) -> Iterator[pa.RecordBatch]:
    try:
        form = form_of(path)
    except InvalidArgument:
        yield _of_account(path, as_of, remark)
        return
    if form.format == TEXT:
        raise InputError(path, _NO_CERTIFICATES)
    regular_size(path)
    if form.format == PARQUET:
        yield from _from_parquet(path)
    elif form.format != JSON_LINES:
        yield from _from_csv(path, form)
    elif not form.compression and _is_response(path, form):
        yield _of_account(path, as_of, remark)
    else:
        yield from (batch_of_lines(path, piece) for piece in _lines(path, form))


# Tables


def _from_parquet(path: str) -> Iterator[pa.RecordBatch]:
    try:
        there = parquet_columns(path).names
        columns = [id_column(path, there), *name_columns(path, there)]
        with parquet_file(path) as file:
            for batch in file.iter_batches(_ROWS_AT_ONCE, columns=columns, use_threads=False):
                yield batch_of_columns(path, batch)
    except (OSError, pa.ArrowException) as error:
        raise unreadable(path, error) from None


def _from_csv(path: str, form: TableForm) -> Iterator[pa.RecordBatch]:
    table = open_table(path, form)
    column = id_column(path, table.columns.names)
    name_columns(path, table.columns.names)
    for piece in read_pieces(table):
        batch, rejected = rows_of(piece, table, column)
        for row in rejected:
            raise InputError(path, row.reason, Position(row.place, 1))
        yield batch_of_columns(path, batch)


def _lines(path: str, form: TableForm) -> Iterator[FilePiece]:
    """Yield pieces of JSON lines, without a byte order mark."""
    for piece in read_pieces(TableSchema(path, form, pa.schema([]), 0)):
        for row in piece.rejected:
            raise InputError(path, row.reason, Position(row.place, 1))
        if piece.first == 1:
            if is_utf_16(piece.content):
                raise InputError(path, UTF_16)
            yield piece.__replace__(content=piece.content.removeprefix(BOM_UTF8))
        else:
            yield piece


def _is_response(path: str, form: TableForm) -> bool:
    """Return whether the first line of JSON lines is not a row of a table, but of a response."""
    for piece in _lines(path, form):
        for line in piece.content.split(b"\n"):
            if line.strip():
                try:
                    first = members(path, line, piece.first)
                except InputError:
                    return True  # A response may be in several lines.
                return bool(operation_of(first)) or is_inventory(first)
    raise InputError(path, "the file is empty")


# Accounts


def _of_account(path: str, as_of: date | None, remark: Callable[[str], None]) -> pa.RecordBatch:
    """Return the names of the certificates that can be used, and remark what is missing."""
    if os.path.isdir(path):
        raise InputError(path, "is a directory; name the files in it")
    source = decode(path, read_bytes(path))
    if not source.text.strip():
        raise InputError(path, "the file is empty")
    parameters = Parameters({})
    declarations = reader.read(source, parameters) or ()
    account = take_inventory(declarations).account
    if not (account.certificates or account.listed or account.refusals):
        raise InputError(path, _NO_CERTIFICATES)
    _, notes = registry.repetitions(source, declarations, parameters)
    for note in (*notes, *account.not_checked):
        remark(note.located)
    usable = [each for each in account.certificates if usability(each, as_of).is_usable]
    partial = sum(not each.names_known for each in usable)
    for each in _missing(account, len(account.certificates) - len(usable), partial):
        remark(f"{printable(path)}: {each}")
    lists = [[str(name) for name in each.names] for each in usable]
    ids = pa.array([each.arn or None for each in usable], pa.string())
    return pa.RecordBatch.from_arrays([ids, name_lists(lists)], ["certificate", "name"])


def _missing(account: Account, unusable: int, partial: int) -> Iterator[str]:
    """Yield what is missing: calls that failed, certificates, and names."""
    yield from map(str, missing(account))
    if unusable:
        yield f"leaves out {counted(unusable, 'certificate')} (failed, revoked or expired)"
    if partial:
        has = "certificate has more names: add its description"
        have = "certificates have more names: add their descriptions"
        yield f"{partial:,} {has if partial == 1 else have}"
