"""The bytes of a file, decompressed as a stream."""

from __future__ import annotations

from acmrules.messages import counted
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO, Protocol

    class Decompressor(Protocol):
        """A decompressor of `bz2`, `lzma` or `zlib`."""

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


def decompressed(path: str, compression: str) -> Iterator[tuple[bytes, int]]:
    """Yield the content of a file in chunks, with how many bytes of the file were read for it.

    Raises `InputError` for a file that cannot be read, or whose compressed data is corrupt or
    incomplete; the chunks before are yielded.
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
        raise InputError(path, (error.strerror or str(error)).lower()) from None


def _from_members(path: str, file: BinaryIO, compression: str) -> Iterator[tuple[bytes, int]]:
    """Yield the content of gzip members, or of bz2 or xz streams, one after another."""
    new = _decompressor(compression)
    data = file.read(CHUNK_BYTES)
    while data:
        member = new()
        while not member.eof:
            try:
                content = member.decompress(data, CHUNK_BYTES)
            except Exception as error:  # noqa: BLE001  (`zlib.error`, `LZMAError`, `OSError`)
                raise _corrupt(path, compression, file.tell(), str(error)) from None
            if content:
                yield content, file.tell()
            data = _rest(member)
            if not (data or content or member.eof) or (
                not data and not member.eof and len(content) < CHUNK_BYTES
            ):
                data = file.read(CHUNK_BYTES)
                if not data:
                    raise _corrupt(path, compression, file.tell(), "it ends early")
        data = (member.unused_data or file.read(CHUNK_BYTES)).lstrip(b"\0")
        while not data and (more := file.read(CHUNK_BYTES)):
            data = more.lstrip(b"\0")


def _rest(member: Decompressor) -> bytes:
    """Return the input that `zlib` has not decompressed yet; the others keep it."""
    rest: bytes = getattr(member, "unconsumed_tail", b"")
    return rest


def _decompressor(compression: str) -> Callable[[], Decompressor]:
    if compression == "gzip":
        from zlib import MAX_WBITS, decompressobj

        return lambda: decompressobj(MAX_WBITS | 16)
    if compression == "bz2":
        from bz2 import BZ2Decompressor

        return BZ2Decompressor
    from lzma import LZMADecompressor

    return LZMADecompressor


def _from_zstd(path: str, file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    import pyarrow as pa

    stream = pa.CompressedInputStream(file, "zstd")
    while True:
        try:
            content = stream.read(CHUNK_BYTES)
        except OSError as error:
            raise _corrupt(path, "zstd", file.tell(), str(error)) from None
        if not content:
            return
        yield content, file.tell()


def _corrupt(path: str, compression: str, position: int, fault: str) -> InputError:
    read = counted(position, "byte")
    return InputError(
        path, f"the {compression} data is corrupt or incomplete after {read}: {fault}"
    )
