"""The form of a fact: a row of data with a history, a mark, and citations."""

from __future__ import annotations

from datetime import date
from enum import Enum

from acmrules.errors import InvalidArgument
from acmrules.facts.timeline import Citation, Era, Timeline
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Generic, TypeVar

    V = TypeVar("V")

    class _Fact(Value, Generic[V]):
        """The generic base for type checkers; at run time only the subscript exists."""
else:
    V = object  # `typing` takes longer to load than all facts.

    class _Fact(Value):
        def __class_getitem__(cls, _: object) -> type:
            return cls


CHECKED = date(2026, 11, 29)
"""The date of the last review of the facts, and the default of every `as_of`."""

LAUNCH = date(2016, 1, 21)
"""The launch date of ACM, used as the start of undated facts."""


def date_fault(day: date) -> str:
    """Return why no rule applies on a date; empty if it is not before ACM launched."""
    return f"{day} is before {LAUNCH}, when ACM launched" if day < LAUNCH else ""


class Mark(Enum):
    """How certain a fact is."""

    CONFIRMED = "stated by the cited source"
    OBSERVED = "observed by a third party on the live service"
    INFERRED = "follows from a confirmed fact; no source states it"


class Meaning(Value):
    """What a state or a reason means, and what to do; both are clauses without a period."""

    means: str
    do: str


class Fact(_Fact["V"]):
    """One fact: its row in the list of facts, its statement, and its values by date.

    `statement` is a noun phrase for the value, or a proposition whose value is true or false.
    `also` are further citations. `note` adds what the value alone does not express.
    """

    row: str
    statement: str
    history: Timeline[V]
    mark: Mark = Mark.CONFIRMED
    also: tuple[Citation, ...] = ()
    note: str = ""

    # As in `Citation`.
    def __init__(
        self,
        row: str,
        statement: str,
        history: Timeline[V],
        mark: Mark = Mark.CONFIRMED,
        also: tuple[Citation, ...] = (),
        note: str = "",
    ) -> None:
        set_row, set_statement, set_history, set_mark, set_also, set_note = Fact._setters
        set_row(self, row)
        set_statement(self, statement)
        set_history(self, history)
        set_mark(self, mark)
        set_also(self, also)
        set_note(self, note)

    @property
    def rows(self) -> tuple[str, ...]:
        """The row ids of this fact; a letter after the number identifies a part of a row."""
        return tuple(self.row.split())

    @property
    def source(self) -> Citation:
        """The source of `value`."""
        return (self.history.era(CHECKED) or self.history.eras[0]).source

    @property
    def value(self) -> V:
        """The value on the date of the last review, or of the first era if that is later."""
        return (self.history.era(CHECKED) or self.history.eras[0]).value

    def era(self, day: date) -> Era[V]:
        """Return the era that contains `day`; raise `InvalidArgument` before the first one."""
        era = self.history.era(day)
        if era is None:
            raise InvalidArgument(
                f"fact {self.row} starts on {self.history.eras[0].start}; it has no value on {day}"
            )
        return era

    @property
    def is_confirmed(self) -> bool:
        """Whether a source states the fact, either AWS or an observer."""
        return self.mark is not Mark.INFERRED

    @property
    def is_disputed(self) -> bool:
        """Whether sources disagree about the value, as the note explains."""
        return "Sources disagree" in self.note


def dated(
    row: str,
    statement: str,
    *eras: Era[V],
    mark: Mark = Mark.CONFIRMED,
    also: tuple[Citation, ...] = (),
    note: str = "",
) -> Fact[V]:
    """Return a fact whose values have the start dates of `eras`."""
    return Fact(row, statement, Timeline(*eras), mark, also, note)


def undated(
    row: str, statement: str, value: V, source: Citation, *also: Citation, note: str = ""
) -> Fact[V]:
    """Return a fact without a known start date."""
    return _seen(row, statement, value, Mark.CONFIRMED, source, also, note)


def observed(
    row: str, statement: str, value: V, source: Citation, *also: Citation, note: str = ""
) -> Fact[V]:
    """Return an observed fact without a known start date."""
    return _seen(row, statement, value, Mark.OBSERVED, source, also, note)


def inferred(
    row: str, statement: str, value: V, source: Citation, *also: Citation, note: str = ""
) -> Fact[V]:
    """Return an inferred fact without a known start date."""
    return _seen(row, statement, value, Mark.INFERRED, source, also, note)


def _seen(
    row: str,
    statement: str,
    value: V,
    mark: Mark,
    source: Citation,
    also: tuple[Citation, ...],
    note: str,
) -> Fact[V]:
    # A keyword would double the time to create an era, and a run creates 200 of these.
    era = Era(LAUNCH, value, source, True)
    return Fact(row, statement, Timeline(era), mark, also, note)
