"""The parts of a bulk run in the order of the input."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.bulk import conveyor
from acmrules.bulk.conveyor import Conveyor
from acmrules.bulk.files.pieces import FilePiece
from acmrules.syntax.source import InputError


class Shuffled:
    """Makers that have room for some pieces, and finish them in any order."""

    def __init__(self, room, choices):
        self.room = room
        self.choices = choices
        self.pieces = []
        self.most = 0

    @property
    def has_room(self):
        """Return whether a piece can be submitted."""
        return len(self.pieces) < self.room

    def submit(self, piece):
        """Keep the number of a piece."""
        assert self.has_room
        self.pieces.append(piece.number)
        self.most = max(self.most, len(self.pieces))

    def wait(self):
        """Return the number of any piece."""
        return self.pieces.pop(self.choices.draw(st.integers(0, len(self.pieces) - 1)))


class Finished:
    """A work folder that remembers the finished parts."""

    path = "work"

    def __init__(self, numbers):
        self.numbers = set(numbers)

    def is_finished(self, number):
        """Return whether a part is finished."""
        return number in self.numbers

    def add(self, number):
        """Remember a part."""
        self.numbers.add(number)


def pieces(sizes, fault=None):
    """Return a function that reads files in so many pieces; the last file may have a fault."""

    def read(table, *, file, first_number):
        for index in range(sizes[table]):
            yield FilePiece(first_number + index, file, 1, b"", 10 * (index + 1))
        if fault is not None and table == len(sizes) - 1:
            raise fault

    return read


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=4),
    st.sets(st.integers(0, 20)),
    st.integers(1, 5),
    st.data(),
)
def test_parts_are_in_order_whatever_finishes_first(sizes, earlier, room, choices):
    """Each piece is made once, unless an earlier run has made it; few are made at a time."""
    makers = Shuffled(room, choices)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conveyor, "read_pieces", pieces(sizes))
        belt = Conveyor(range(len(sizes)), Finished(earlier), makers)
        files = [list(belt.next_file()) for _ in sizes]
    assert [len(parts) for parts in files] == sizes
    numbers = [part.number for parts in files for part in parts]
    assert numbers == list(range(sum(sizes)))
    assert [part.is_earlier for parts in files for part in parts] == [n in earlier for n in numbers]
    assert {part.size for parts in files for part in parts} <= {10}
    assert makers.most <= room
    assert not makers.pieces


class NewestFirst(Shuffled):
    """Makers that finish the newest piece first."""

    def wait(self):
        """Return the number of the newest piece."""
        return self.pieces.pop()


def test_pieces_are_submitted_while_an_earlier_one_is_made(monkeypatch):
    """A worker that needs long for a piece does not keep the others from their work."""
    monkeypatch.setattr(conveyor, "read_pieces", pieces([6]))
    folder = Finished(())
    first = next(Conveyor(range(1), folder, NewestFirst(2, None)).next_file())
    assert (first.number, folder.numbers) == (0, set(range(6)))


def test_a_fault_of_a_file_is_raised_after_its_parts(monkeypatch):
    """The rows before it are there."""
    monkeypatch.setattr(conveyor, "read_pieces", pieces([1, 2], InputError("b", "ends early")))
    belt = Conveyor(range(2), Finished(range(3)), Shuffled(1, None))
    assert [part.path for part in belt.next_file()] == [str(Path("work", "part-000000000"))]
    second = belt.next_file()
    assert [next(second).number, next(second).number] == [1, 2]
    with pytest.raises(InputError, match="ends early"):
        next(second)


def test_few_pieces_are_read_ahead(monkeypatch):
    """Also if an earlier run has finished all of them, so memory stays the same."""
    read = []

    def many(_, *, file, first_number):
        for number in range(first_number, 10_000):
            read.append(number)
            yield FilePiece(number, file, 1, b"", number)

    monkeypatch.setattr(conveyor, "read_pieces", many)
    next(Conveyor(range(1), Finished(range(10_000)), Shuffled(1, None)).next_file())
    assert len(read) <= 64
