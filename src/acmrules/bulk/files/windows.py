"""The beginning of what is left of a file, in windows of a fixed size."""

from __future__ import annotations

from acmrules.bulk.files.decompressing import decompressed
from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.bulk.files.formats import TableForm


class Remainder:
    """What is left of a file: its beginning is read, the rest is on the disk.

    `position` is how many bytes of the file were read. After the last byte, `is_end` is set, and
    `fault` is why the file ends early, if it does.
    """

    def __init__(self, path: str, form: TableForm) -> None:
        self._chunks = decompressed(path, form.compression)
        self._content = bytearray()
        self.position = 0
        self.is_end = False
        self.fault: InputError | None = None

    def window(self, size: int) -> bytes:
        """Return the first bytes of what is left: as many as requested, or all that there are."""
        while len(self._content) <= size and not self.is_end:
            try:
                chunk, self.position = next(self._chunks)
            except StopIteration:
                self.is_end = True
            except InputError as error:
                # Its traceback would keep the file open.
                self.fault = error.with_traceback(None)
            else:
                self._content += chunk
        return bytes(self._content[:size])

    def is_last(self, size: int) -> bool:
        """Return whether a window of this size reaches the end of the file."""
        return self.is_end and len(self._content) <= size

    def skip(self, size: int) -> None:
        """Leave the first bytes out from now on."""
        del self._content[:size]
