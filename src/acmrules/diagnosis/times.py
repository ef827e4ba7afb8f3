"""Points in time in a diagnosis."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

DAY = timedelta(days=1)


def later(time: datetime | None, **duration: float) -> datetime | None:
    """Return the time after a duration, `None` if it is unknown or out of the calendar.

    The arguments are those of `timedelta`.
    """
    try:
        return None if time is None else time + timedelta(**duration)
    except OverflowError:
        return None


def whole_days(start: datetime, end: datetime) -> int:
    """Return how many whole days are between two times, negative if the end is before the start.

    >>> whole_days(datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 3, 4, tzinfo=UTC))
    2
    """
    return (end - start) // DAY if end >= start else -((start - end) // DAY)


def written(time: datetime) -> str:
    """Return a time for a sentence, in UTC and to the minute.

    >>> written(datetime(2026, 3, 15, 9, 30, tzinfo=UTC))
    '2026-03-15 09:30 UTC'
    """
    try:
        time = time.astimezone(UTC)
    except OverflowError:  # It is in the first or the last hours of the calendar.
        return time.isoformat(" ", "minutes")
    return f"{time.replace(tzinfo=None).isoformat(' ', 'minutes')} UTC"
