"""What a fact is: a row of data with a history, a mark and its citations."""

from __future__ import annotations

from datetime import date
from enum import Enum

from acmrules.dated import Citation, Era, Timeline
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Generic, TypeVar

    V = TypeVar("V")

    class _Fact(Value, Generic[V]):
        """What a type checker sees; at run time the subscript is all there is to it."""
else:

    class _Fact(Value):
        def __class_getitem__(cls, _: object) -> type:
            return cls


CHECKED = date(2026, 11, 23)
"""The day the facts were last read: the day that holds where a caller names none."""

LAUNCH = date(2016, 1, 21)
"""The day ACM was launched, from which undated facts are taken to hold (facts, section H)."""


class Mark(Enum):
    """How sure a fact is."""

    CONFIRMED = "read in the cited source"
    OBSERVED = "recorded by a third party on the live service"
    INFERRED = "follows from a confirmed fact; no source states it"


class Fact(_Fact["V"]):
    """One fact: its row in the list of facts, what it says, its values by day, and how sure it is.

    `also` are further citations, `note` says what the value alone does not.
    """

    row: str
    statement: str
    history: Timeline[V]
    mark: Mark = Mark.CONFIRMED
    also: tuple[Citation, ...] = ()
    note: str = ""

    @property
    def rows(self) -> tuple[str, ...]:
        """The rows this fact states; a letter behind the number tells parts of one row apart."""
        return tuple(self.row.split())

    @property
    def source(self) -> Citation:
        """Who says so, of the newest era that had begun when the facts were read."""
        return (self.history.era(CHECKED) or self.history.eras[0]).source

    @property
    def value(self) -> V:
        """The value on the day the facts were read (of the first era, if that is still to come)."""
        return (self.history.era(CHECKED) or self.history.eras[0]).value

    def era(self, day: date) -> Era[V]:
        """Return the era `day` lies in; raise `ValueError` before the first."""
        era = self.history.era(day)
        if era is None:
            raise ValueError(
                f"fact {self.row} begins on {self.history.eras[0].start}, not by {day}"
            )
        return era

    @property
    def is_confirmed(self) -> bool:
        """Whether a source states it, AWS's or an observer's."""
        return self.mark is not Mark.INFERRED


def dated(
    row: str,
    statement: str,
    *eras: Era[V],
    mark: Mark = Mark.CONFIRMED,
    also: tuple[Citation, ...] = (),
    note: str = "",
) -> Fact[V]:
    """Return a fact whose value has one or more known start dates."""
    return Fact(row, statement, Timeline(*eras), mark, also, note)


def undated(
    row: str,
    statement: str,
    value: V,
    source: Citation,
    *also: Citation,
    mark: Mark = Mark.CONFIRMED,
    note: str = "",
) -> Fact[V]:
    """Return a fact whose value was seen, with no known start date."""
    return dated(
        row, statement, Era(LAUNCH, value, source, seen=True), mark=mark, also=also, note=note
    )
