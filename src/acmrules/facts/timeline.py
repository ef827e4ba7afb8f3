"""Values that change over time: citations, eras, timelines. A date is in at most one era."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from acmrules.errors import InvalidArgument
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Generic, TypeVar

    V = TypeVar("V")

    class _Dated(Value, Generic[V]):
        """The generic base for type checkers; at run time only the subscript exists."""
else:
    V = object  # `typing` takes longer to load than all facts.

    class _Dated(Value):
        def __class_getitem__(cls, _: object) -> type:
            return cls


class Citation(Value):
    """A source: its title, its URL, and the date on which it was read.

    `copy` is the version of the text, if a stored copy was read.
    """

    title: str
    url: str
    read: date
    copy: str = ""

    # A run creates hundreds of citations, eras and facts; without a loop, that takes half as long.
    def __init__(self, title: str, url: str, read: date, copy: str = "") -> None:
        set_title, set_url, set_read, set_copy = Citation._setters
        set_title(self, title)
        set_url(self, url)
        set_read(self, read)
        set_copy(self, copy)


class Era(_Dated["V"]):
    """A value, its start date, and its source.

    `seen` is true if `start` is the date of the earliest record of the value rather than an
    announced date; the value may be older.
    """

    start: date
    value: V
    source: Citation
    seen: bool = False

    # As in `Citation`.
    def __init__(self, start: date, value: V, source: Citation, seen: bool = False) -> None:
        set_start, set_value, set_source, set_seen = Era._setters
        set_start(self, start)
        set_value(self, value)
        set_source(self, source)
        set_seen(self, seen)


class Timeline(_Dated["V"]):
    """The eras of one fact, earliest first; each ends on the day before the next one starts.

    >>> from acmrules.facts import acm
    >>> acm.VALIDITY_DAYS.history.at(date(2025, 1, 1))
    395
    """

    eras: tuple[Era[V], ...]

    def __init__(self, *eras: Era[V]) -> None:
        """Raise `InvalidArgument` if there are no eras, or if their start dates do not ascend."""
        if not eras:
            raise InvalidArgument("a timeline needs at least one era")
        if len(eras) > 1:
            for earlier, later in pairwise(eras):
                if not earlier.start < later.start:
                    raise InvalidArgument(f"eras out of order: {earlier.start}, then {later.start}")
        Timeline._setters[0](self, eras)

    _short = "eras"

    def __reduce__(self) -> tuple[object, ...]:
        return Timeline, self.eras

    def __replace__(self, **changes: object) -> Timeline[V]:
        return Timeline._restored({"eras": self.eras, **changes})

    @classmethod
    def _restored(cls, fields: dict[str, Any]) -> Timeline[V]:
        return cls(*fields["eras"])

    def __iter__(self) -> Iterator[Era[V]]:
        return iter(self.eras)

    def era(self, day: date) -> Era[V] | None:
        """Return the era that contains `day`, or `None` before the first one."""
        try:
            for era in reversed(self.eras):
                if era.start <= day:
                    return era
        except TypeError:
            raise TypeError(f"the date must be a `date`, not `{type(day).__name__}`") from None
        return None

    def at(self, day: date) -> V | None:
        """Return the value on `day`, or `None` before the first era."""
        era = self.era(day)
        return None if era is None else era.value

    def end(self, era: Era[V]) -> date | None:
        """Return the first date on which `era` no longer applies, or `None` if it has no end."""
        return next((later.start for later in self.eras if later.start > era.start), None)
