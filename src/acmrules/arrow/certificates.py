"""The names of many certificates, and the one that covers each name of a column."""

from __future__ import annotations

from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc

from acmrules.arrow.names import as_binary, read_names, text_column
from acmrules.arrow.string_index import StringIndex
from acmrules.errors import (
    InvalidArgument,
    require,
    require_instance,
    require_list,
    require_mapping,
)
from acmrules.messages import counted, quoted
from acmrules.names import parse_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Self, SupportsIndex

    from acmrules.names import Name

    Certificates = Mapping[str, Iterable[str | Name]] | Mapping[str | None, Iterable[str | Name]]
    """The names of certificates by their ids."""

_NAMES_AT_ONCE = 65_536
"""The names that are read at once."""

_CERTIFICATES_AT_ONCE = 10_000
"""The certificates of a mapping that are converted at once."""

_IDS = pa.dictionary(pa.int32(), pa.string())
_SCHEMA = pa.schema({"name": pa.string(), "certificate": _IDS})
"""Distinct names with the first certificate that lists each of them."""


class CertificateNames:
    """The names of certificates by their ids, such as ARNs: an index for `examine`.

    A name covers itself before a wildcard does, and the first certificate that lists the covering
    name counts. An id is a string, or `None` if it is unknown; names are strings or `Name`s. A
    name that ACM does not accept covers nothing, and `skipped` counts it each time it is listed.
    Raises `TypeError` if `certificates` is not a mapping of strings to lists of names.

    `len` is the number of distinct names. Two indexes are equal if they give equal answers and
    `skipped` the same names. Everything is in Arrow arrays, and a pickle is their IPC stream.

    >>> import pyarrow as pa
    >>> index = CertificateNames({"one": ["example.com", "*.example.com"], "two": ["a_b.com"]})
    >>> index
    <CertificateNames: 2 names of 1 certificate, 1 name skipped>
    >>> [column.to_pylist() for column in index.covering(pa.array(["www.example.com"]))]
    [['*.example.com'], ['one']]
    """

    __slots__ = ("_has_wildcards", "_ids", "_index", "skipped")

    def __init__(self, certificates: Certificates) -> None:
        require_mapping(certificates, "certificates")
        self._set(*_read(_rows(certificates), "certificate", "name"))

    @classmethod
    def from_batches(
        cls,
        batches: pa.RecordBatch | pa.Table | Iterable[pa.RecordBatch | pa.Table],
        *,
        certificate: str = "certificate",
        names: str = "name",
    ) -> Self:
        """Return the index of one or more record batches or tables, in their order.

        The column `names` has a name in each row, or a list of names; they are text, binary, or a
        dictionary. The column `certificate` has the id of each row as text or an integer, and
        null if it is unknown. Raises `InvalidArgument` if a batch lacks a column, or if a column
        has another type, and `TypeError` for anything but record batches and tables.
        """
        made = cls.__new__(cls)
        given = (batches,) if isinstance(batches, pa.RecordBatch | pa.Table) else batches
        require_list(given, "batches", "record batches")
        made._set(*_read(given, certificate, names))  # noqa: SLF001  (of this class)
        return made

    def _set(self, batch: pa.RecordBatch, skipped: int) -> None:
        """Set everything to distinct names with their ids."""
        self._index = StringIndex(batch.column("name"))
        self._ids = batch.column("certificate").take(self._index.order)
        self._has_wildcards = pc.any(pc.starts_with(self._index.strings, "*.")).as_py() or False
        self.skipped = skipped

    def covering(self, names: pa.StringArray) -> tuple[pa.StringArray, pa.StringArray]:
        """Return the name that covers each canonical name, and its certificate, or nulls.

        A wildcard is covered only by the same wildcard. The certificate of a covered name is null
        if its id is unknown.
        """
        require_instance(names, pa.Array, "names")
        if not self:
            nothing = pa.nulls(len(names), pa.string())
            return nothing, nothing
        names = names.cast(pa.string())
        found = self._index.find(names)
        if self._has_wildcards:
            # A name without a dot is not canonical, and has nothing that follows its first label.
            is_open = pc.and_(pc.is_null(found), pc.match_substring(names, "."))
            wildcards = _wildcards(names.filter(is_open))
            found = pc.replace_with_mask(found, is_open, self._index.find(wildcards))
        return self._index.strings.take(found), self._ids.take(found).cast(pa.string())

    def __len__(self) -> int:
        return len(self._ids)

    def __repr__(self) -> str:
        names = counted(len(self), "name")
        certificates = counted(pc.count(self._ids.indices.unique()).as_py(), "certificate")
        skipped = f", {counted(self.skipped, 'name')} skipped" if self.skipped else ""
        return f"<{type(self).__name__}: {names} of {certificates}{skipped}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CertificateNames):
            return NotImplemented
        same = len(self) == len(other) and self.skipped == other.skipped
        return same and self._answers().equals(other._answers())

    def __hash__(self) -> int:
        return hash((len(self), self.skipped))

    def _answers(self) -> pa.Table:
        """Return the names with their ids, sorted."""
        columns = {"name": self._index.strings, "certificate": self._ids.cast(pa.string())}
        return pa.table(columns).sort_by("name")

    def __reduce_ex__(self, protocol: SupportsIndex) -> tuple[object, ...]:
        batch = pa.RecordBatch.from_arrays([self._index.strings, self._ids], schema=_SCHEMA)
        sink = pa.BufferOutputStream()
        codec = "zstd" if pa.Codec.is_available("zstd") else None
        options = pa.ipc.IpcWriteOptions(compression=codec)
        with pa.ipc.new_stream(sink, _SCHEMA, options=options) as stream:
            stream.write_batch(batch)
        return _restored, (type(self), sink.getvalue().to_pybytes(), self.skipped)


def _restored(cls: type[CertificateNames], stream: bytes, skipped: int) -> CertificateNames:
    """Return the index of a pickle."""
    made = cls.__new__(cls)
    with pa.ipc.open_stream(stream) as batches:
        made._set(batches.read_next_batch(), skipped)  # noqa: SLF001  (of this module)
    return made


def _wildcards(names: pa.StringArray) -> pa.StringArray:
    """Return the wildcard that covers each name, or the wildcard itself."""
    parts = pc.list_flatten(pc.split_pattern(names, ".", max_splits=1))
    # Each name has a dot, so each second part is what follows the first label.
    seconds = pc.cumulative_sum(pa.repeat(pa.scalar(2, pa.int32()), len(names)), start=-1)
    return pc.binary_join_element_wise("*", parts.take(seconds), ".")


# Reading

_LISTS = (pa.types.is_list, pa.types.is_large_list, pa.types.is_fixed_size_list)
_ID_KINDS = (
    *(pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null),
    *(pa.types.is_binary, pa.types.is_large_binary, pa.types.is_integer),
)


def _rows(certificates: Certificates) -> Iterator[pa.RecordBatch]:
    """Yield the ids of a mapping with the lists of their names."""
    pairs = iter(certificates.items())
    while some := [*islice(pairs, _CERTIFICATES_AT_ONCE)]:
        for certificate, names in some:
            require(certificate, str | None, "each key of `certificates`", "a string or `None`")
            require_list(names, f"certificates[{certificate!r}]")
        lists = [
            [n if isinstance(n, str) else str(parse_name(n)) for n in each] for _, each in some
        ]
        try:
            ids = pa.array([certificate for certificate, _ in some], pa.string())
        except UnicodeEncodeError as error:
            raise InvalidArgument(f"the id {quoted(error.object)} is not UTF-8") from None
        yield pa.RecordBatch.from_arrays([ids, name_lists(lists)], ["certificate", "name"])


def name_lists(lists: list[list[str]]) -> pa.ListArray:
    """Return lists of names; a surrogate results in bytes that are not UTF-8."""
    try:
        return pa.array(lists, pa.list_(pa.string()))
    except UnicodeEncodeError:
        octets = [[name.encode("utf-8", "surrogatepass") for name in names] for names in lists]
        return pa.array(octets, pa.list_(pa.binary()))


def name_rows(batch: pa.RecordBatch, certificate: str, names: str) -> tuple[pa.Array, pa.Array]:
    """Return the ids and the names of a record batch: a row for each name.

    The columns may have the types of `CertificateNames.from_batches`, with the same errors. Names
    have one of the types that `as_binary` converts.
    """
    ids = _ids(_column(batch, certificate), certificate)
    texts = _column(batch, names)
    if pa.types.is_dictionary(texts.type) and pa.types.is_nested(texts.type.value_type):
        texts = texts.dictionary_decode()
    if any(is_list(texts.type) for is_list in _LISTS):
        # A null may have names behind it, which the kernels count differently.
        is_there = texts.is_valid()
        ids, texts = ids.filter(is_there), texts.filter(is_there)
        ids = ids.take(pc.list_parent_indices(texts))
        texts = pc.list_flatten(texts)
    return ids, text_column(pa.RecordBatch.from_arrays([texts], [names]), names)


def _column(batch: pa.RecordBatch, name: str) -> pa.Array:
    places = batch.schema.get_all_field_indices(name)
    if len(places) > 1:
        raise InvalidArgument(f"the certificates have {len(places)} columns `{name}`")
    if not places:
        there = ", ".join(f"`{each}`" for each in batch.schema.names) or "none"
        raise InvalidArgument(
            f"the certificates have no column `{name}`; their columns are {there}"
        )
    return batch.column(places[0])


def _ids(column: pa.Array, name: str) -> pa.StringArray:
    """Return a column of ids; raise `InvalidArgument` if they are not text or integers."""
    ids = column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
    if not any(is_kind(ids.type) for is_kind in _ID_KINDS):
        raise InvalidArgument(f"column `{name}` is {ids.type}, not text or integers")
    try:
        # A cast from binary checks the bytes; strings of other libraries may have any.
        is_text = not (pa.types.is_integer(ids.type) or pa.types.is_null(ids.type))
        return (ids.cast(pa.binary()) if is_text else ids).cast(pa.string())
    except pa.ArrowException:
        raise InvalidArgument(f"column `{name}` has an id that is not UTF-8") from None


def _read(
    batches: Iterable[pa.RecordBatch | pa.Table], certificate: str, names: str
) -> tuple[pa.RecordBatch, int]:
    """Return distinct names with their ids, and the number of invalid names."""
    found, skipped = [], 0
    for batch in batches:
        require(batch, pa.RecordBatch | pa.Table, "each of `batches`", "a record batch or a table")
        for part in batch.to_batches() if isinstance(batch, pa.Table) else (batch,):
            ids, texts = name_rows(part, certificate, names)
            for start in range(0, len(texts), _NAMES_AT_ONCE):
                some = as_binary(texts.slice(start, _NAMES_AT_ONCE), names)
                read = read_names(some).names
                rows = [read, ids.slice(start, _NAMES_AT_ONCE).dictionary_encode().cast(_IDS)]
                distinct = pa.RecordBatch.from_arrays(rows, schema=_SCHEMA).filter(
                    pc.is_valid(read)
                )
                found.append(_distinct(distinct))
                skipped += read.null_count - some.null_count
    table = pa.Table.from_batches(found, _SCHEMA).unify_dictionaries()
    try:
        columns = [column.combine_chunks() for column in table.columns]
    except pa.ArrowInvalid:
        raise InvalidArgument("the names of the certificates are longer than 2 GiB") from None
    return _distinct(pa.RecordBatch.from_arrays(columns, schema=_SCHEMA)), skipped


def _distinct(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the first row of each name."""
    # A code is new if it is greater than all before it.
    greatest = pc.cumulative_max(batch.column("name").dictionary_encode().indices)
    is_new = pc.not_equal(greatest.slice(1), greatest.slice(0, max(len(batch) - 1, 0)))
    return batch.filter(
        pa.concat_arrays([pa.array([True] * min(len(batch), 1), pa.bool_()), is_new])
    )
