"""The bytes of a file, decompressed as a stream."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from acmrules.messages import counted
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO, Protocol

    class Decompressor(Protocol):
        """A decompressor of one gzip member, or of one bz2 or xz stream."""

        @property
        def eof(self) -> bool:
            """Whether the compressed data is complete."""

        @property
        def unused_data(self) -> bytes:
            """What is after the compressed data."""

        def decompress(self, data: bytes, max_length: int, /) -> bytes:
            """Return at most some decompressed bytes."""


CHUNK_BYTES = 256 * 1024
"""The bytes that are read at once, and the most that are decompressed at once."""

_XZ_MEMORY = 256 * 1024 * 1024
"""The memory for xz; `xz -9` needs a quarter of it."""


def decompressed(path: str, compression: str) -> Iterator[tuple[bytes, int]]:
    """Yield the content of a file in chunks, with how many bytes of the file were read for it.

    Raises `InputError` for a file that cannot be read, or whose compressed data is corrupt or
    incomplete, after the chunks before.
    """
    try:
        with open(path, "rb") as file:
            if compression == "zstd":
                yield from _from_zstd(path, file)
            elif compression:
                yield from _from_members(path, file, compression)
            else:
                while chunk := file.read(CHUNK_BYTES):
                    yield chunk, file.tell()
    except OSError as error:
        raise unreadable(path, error) from None


def regular_size(path: str) -> int:
    """Return the size of a file in bytes; raise `InputError` if it is not a regular file.

    A pipe has its content once, but a run reads files several times.
    """
    try:
        status = os.stat(path)
    except OSError as error:
        raise unreadable(path, error) from None
    if not stat.S_ISREG(status.st_mode):
        raise InputError(path, "is not a regular file")
    return status.st_size


def unreadable(path: str, error: Exception) -> InputError:
    """Return the error for a file that the system cannot read."""
    reason = getattr(error, "strerror", None) or str(error)
    return InputError(path, reason[:1].lower() + reason[1:])


def _from_members(path: str, file: BinaryIO, compression: str) -> Iterator[tuple[bytes, int]]:
    """Yield the content of gzip members, or of bz2 or xz streams, one after another."""
    new, fault = _decompressor(compression)
    member: Decompressor | None = None
    data = content = padding = b""
    while True:
        if not data and not content:
            data = file.read(CHUNK_BYTES)
            if not data and member is None:
                return
            if not data:
                raise _corrupt(path, compression, file.tell(), "it ends early")
        if member is None:
            data = data.lstrip(padding)
            if not data:
                continue
            member = new()
        try:
            content = member.decompress(data, CHUNK_BYTES)
        except fault as error:
            raise _corrupt(path, compression, file.tell(), str(error)) from None
        if content:
            yield content, file.tell()
        # The others keep what they have not decompressed yet.
        data = getattr(member, "unconsumed_tail", b"")
        if member.eof:
            data, content, padding = member.unused_data, b"", b"\0"
            member = None


def _decompressor(compression: str) -> tuple[Callable[[], Decompressor], type[Exception]]:
    """Return what makes a decompressor, and the error for corrupt data."""
    if compression == "gzip":
        import zlib

        return (lambda: zlib.decompressobj(zlib.MAX_WBITS | 16)), zlib.error
    if compression == "bz2":
        import bz2

        return bz2.BZ2Decompressor, OSError
    import lzma

    return (lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY)), lzma.LZMAError


def _from_zstd(path: str, file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    import pyarrow as pa

    stream = pa.CompressedInputStream(file, "zstd")
    size = 0
    while True:
        try:
            content = stream.read(CHUNK_BYTES)
        except OSError as error:
            position = file.tell()
            yield _last_of_zstd(path, size), position
            raise _corrupt(path, "zstd", position, str(error)) from None
        if not content:
            return
        yield content, file.tell()
        size += len(content)


def _last_of_zstd(path: str, size: int) -> bytes:
    """Return what is between the last whole chunk and the fault, which Arrow reads byte by byte."""
    import pyarrow as pa

    last = bytearray()
    with suppress(OSError), open(path, "rb") as file:
        stream = pa.CompressedInputStream(file, "zstd")
        for _ in range(size // CHUNK_BYTES):
            stream.read(CHUNK_BYTES)
        while byte := stream.read(1):
            last += byte
    return bytes(last)


def _corrupt(path: str, compression: str, position: int, fault: str) -> InputError:
    read = counted(position, "byte")
    return InputError(
        path, f"the {compression} data is corrupt or incomplete after {read}: {fault}"
    )
