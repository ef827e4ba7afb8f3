"""Points in time in a diagnosis."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

DAY = timedelta(days=1)


def midnight(day: date) -> datetime:
    """Return the first moment of a date in UTC."""
    return datetime.combine(day, time(), UTC)


def later(moment: datetime | None, **duration: float) -> datetime | None:
    """Return the time after a duration, `None` if it is unknown or out of the calendar.

    The arguments are those of `timedelta`.
    """
    try:
        return None if moment is None else moment + timedelta(**duration)
    except OverflowError:
        return None


def whole_days(start: datetime, end: datetime) -> int:
    """Return how many whole days are between two times, negative if the end is before the start.

    >>> whole_days(datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC))
    2
    """
    return (end - start) // DAY if end >= start else -((start - end) // DAY)


def written(moment: datetime) -> str:
    """Return a time for a sentence, in UTC and to the minute.

    >>> written(datetime(2026, 3, 15, 9, 30, tzinfo=UTC))
    '2026-03-15 09:30 UTC'
    """
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:  # It is in the first or the last hours of the calendar.
        return moment.isoformat(" ", "minutes")
    return f"{moment.replace(tzinfo=None).isoformat(' ', 'minutes')} UTC"
