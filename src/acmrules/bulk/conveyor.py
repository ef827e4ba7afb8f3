"""The parts of a run in the order of the input, while workers make them in any order."""

from __future__ import annotations

from collections import deque

from acmrules.bulk.files.reading import read_pieces
from acmrules.bulk.work_folder import part_file
from acmrules.syntax.source import InputError
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Protocol

    from acmrules.bulk.files.pieces import FilePiece
    from acmrules.bulk.files.tables import TableSchema
    from acmrules.bulk.work_folder import WorkFolder

    class Makers(Protocol):
        """What makes parts: worker processes, or this process."""

        @property
        def has_room(self) -> bool:
            """Whether a piece can be submitted."""

        def submit(self, piece: FilePiece) -> None:
            """Begin to make the part of a piece."""

        def wait(self) -> int:
            """Return the number of a piece whose part is finished."""


_MOST_AHEAD = 64
"""The most pieces that are read before the first of their parts is taken."""


class FinishedPart(Value):
    """A finished part: its number, its file, and the bytes of the input that it is made of.

    `is_earlier` is true if an earlier run has made it.
    """

    number: int
    path: str
    size: int
    is_earlier: bool


class Conveyor:
    """The parts of all files, which are made while others are taken."""

    def __init__(self, tables: Sequence[TableSchema], work: WorkFolder, makers: Makers) -> None:
        self._left = _pieces(tables)
        self._work = work
        self._makers = makers
        self._ahead: deque[FinishedPart | _End] = deque()
        self._is_read = False

    def next_file(self) -> Iterator[FinishedPart]:
        """Yield the parts of the next file in order; raise `InputError` after them for a fault."""
        while True:
            self._read_ahead()
            part = self._ahead.popleft()
            if isinstance(part, _End):
                if part.fault:
                    raise part.fault
                return
            while not self._work.is_finished(part.number):
                self._work.add(self._makers.wait())
                self._read_ahead()
            yield part

    def _read_ahead(self) -> None:
        """Submit pieces while there is room for them."""
        while not self._is_read and len(self._ahead) < _MOST_AHEAD and self._makers.has_room:
            piece, size = next(self._left, (None, 0))
            if piece is None:
                self._is_read = True
            elif isinstance(piece, _End):
                self._ahead.append(piece)
            else:
                is_earlier = self._work.is_finished(piece.number)
                path = part_file(self._work.path, piece.number)
                self._ahead.append(FinishedPart(piece.number, path, size, is_earlier))
                if not is_earlier:
                    self._makers.submit(piece)


def _pieces(tables: Iterable[TableSchema]) -> Iterator[tuple[FilePiece | _End, int]]:
    """Yield the pieces of all files, each with its size in bytes, and the end of each file."""
    number = 0
    for file, table in enumerate(tables):
        fault, position = None, 0
        try:
            for piece in read_pieces(table, file=file, first_number=number):
                yield piece, piece.position - position
                number, position = piece.number + 1, piece.position
        except InputError as error:
            fault = error
        yield _End(fault), 0


class _End(Value):
    """The end of a file, and why it ends early."""

    fault: InputError | None
