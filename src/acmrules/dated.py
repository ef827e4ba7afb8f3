"""Facts that change: citations, eras, timelines. A day always lies in one era at most."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Generic, TypeVar

    V = TypeVar("V")

    class _Dated(Value, Generic[V]):
        """What a type checker sees; at run time the subscript is all there is to it."""
else:

    class _Dated(Value):
        def __class_getitem__(cls, _: object) -> type:
            return cls


class Citation(Value):
    """Who says so: a title, an address, and the day it was read.

    `copy` tells how old the text was that was read on that day, where it was a stored one.
    """

    title: str
    url: str
    read: date
    copy: str = ""


class Era(_Dated["V"]):
    """A value from its first day on, and who says so.

    `seen` is true where the first day is the earliest on which the value was recorded, not the
    day it was announced for: it may be older.
    """

    start: date
    value: V
    source: Citation
    seen: bool = False


class Timeline(_Dated["V"]):
    """The eras of one fact, earliest first; each ends where the next begins (half-open).

    >>> from acmrules.facts import acm
    >>> acm.VALIDITY_DAYS.history.at(date(2025, 1, 1))
    395
    """

    eras: tuple[Era[V], ...]

    def __init__(self, *eras: Era[V]) -> None:
        """Raise `ValueError` without an era, or where their days do not ascend."""
        if not eras:
            raise ValueError("a timeline needs an era")
        for earlier, later in pairwise(eras):
            if not earlier.start < later.start:
                raise ValueError(f"eras out of order: {earlier.start}, then {later.start}")
        super().__init__(eras)

    def __reduce__(self) -> tuple[object, ...]:
        return Timeline, self.eras

    def __iter__(self) -> Iterator[Era[V]]:
        return iter(self.eras)

    def era(self, day: date) -> Era[V] | None:
        """Return the era `day` lies in, or `None` before the first."""
        for era in reversed(self.eras):
            if era.start <= day:
                return era
        return None

    def at(self, day: date) -> V | None:
        """Return the value on `day`, or `None` before the first era."""
        era = self.era(day)
        return None if era is None else era.value

    def end(self, era: Era[V]) -> date | None:
        """Return the first day on which `era` no longer holds, or `None` while it still does."""
        return next((later.start for later in self.eras if later.start > era.start), None)
