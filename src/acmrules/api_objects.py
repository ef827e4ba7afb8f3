"""The objects in requests and responses of the ACM API, whose members are checked when read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from acmrules.errors import InvalidArgument
from acmrules.messages import did_you_mean, quoted
from acmrules.unresolved import read_member

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import TypeVar

    from acmrules.unresolved import Malformed

    E = TypeVar("E", bound=Enum)


class ApiObject:
    """An object whose members are checked when they are read."""

    def __init__(self, data: object, place: str, known: Iterable[str] | None = None) -> None:
        """Raise `InvalidArgument` unless it is an object, of `known` members if they are given."""
        if not isinstance(data, Mapping):
            raise _refusal(place, f"must be an object, not {_type(data)}")
        self.data: Mapping[str, object] = data
        self._place = place
        members = None if known is None else {*known}
        for member in data:
            if members is not None and member not in members:
                meant = did_you_mean(str(member), members)
                raise _refusal(place, f"unknown member {quoted(str(member))}{meant}")

    def text(self, member: str) -> str | None:
        """Return the string of a member, `None` without it."""
        value = self.data.get(member)
        return None if value is None else _string(self._at(member), value)

    def required(self, member: str) -> str:
        """Return the string of a member that must be there."""
        text = self.text(member)
        if text is None:
            raise _refusal(self._place, f"the member `{member}` is missing")
        return text

    def texts(self, member: str) -> list[str]:
        """Return the strings of a list, none without the member."""
        return [_string(place, each) for place, each in self._items(member)]

    def listed(self, member: str) -> tuple[str, ...] | None:
        """Return the strings of a list, `None` without the member."""
        return tuple(self.texts(member)) if self.has(member) else None

    def member(self, member: str, kind: type[E]) -> E | Malformed | None:
        """Return the value of an enumeration, `Malformed` if it is unknown, `None` without it."""
        text = self.text(member)
        return None if text is None else read_member(kind, text)

    def inner(self, member: str, known: Iterable[str] | None = None) -> ApiObject:
        """Return the object of a member, an empty one without it."""
        value = self.data.get(member)
        return ApiObject({} if value is None else value, self._at(member), known)

    def objects(self, member: str, known: Iterable[str] | None = None) -> list[ApiObject]:
        """Return the objects of a list, none without the member."""
        members = None if known is None else {*known}
        return [ApiObject(each, place, members) for place, each in self._items(member)]

    def flag(self, member: str) -> bool | None:
        """Return the boolean of a member, `None` without it."""
        value = self.data.get(member)
        if value is None or isinstance(value, bool):
            return value
        raise _refusal(self._at(member), f"must be a boolean, not {_type(value)}")

    def time(self, member: str) -> datetime | None:
        """Return the time of a member in UTC, `None` without it.

        It may be a `datetime`, a string of ISO 8601, or the seconds since 1970, as the SDKs and the
        versions of the AWS CLI return it. One without a time zone is in UTC.
        """
        value = self.data.get(member)
        return None if value is None else _time(self._at(member), value)

    def has(self, *members: str) -> bool:
        """Return whether the object has one of the members, with a value."""
        return any(self.data.get(member) is not None for member in members)

    def _items(self, member: str) -> Iterator[tuple[str, object]]:
        value = self.data.get(member)
        if value is None:
            return
        if not isinstance(value, list | tuple):
            raise _refusal(self._at(member), f"must be a list, not {_type(value)}")
        for index, each in enumerate(value):
            yield f"{self._at(member)}[{index}]", each

    def _at(self, member: str) -> str:
        return f"{self._place}.{member}" if self._place else member


def _string(place: str, value: object) -> str:
    """Return a string without a class of its own, such as an enumeration of strings."""
    if not isinstance(value, str):
        raise _refusal(place, f"must be a string, not {_type(value)}")
    return str(value.value) if isinstance(value, Enum) else str.__str__(value)


def _time(place: str, value: object) -> datetime:
    from datetime import UTC, datetime, timedelta

    try:
        if isinstance(value, datetime):
            found = value
        elif isinstance(value, str):
            found = datetime.fromisoformat(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value)
        else:
            raise _refusal(place, f"must be a time, not {_type(value)}")
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        if isinstance(error, InvalidArgument):
            raise
        fault = f"{quoted(value)} is not a time such as `2026-03-15T09:30:00+00:00`"
        raise _refusal(place, fault) from None


def _refusal(place: str, fault: str) -> InvalidArgument:
    return InvalidArgument(f"{place}: {fault}" if place else fault)


def _type(value: object) -> str:
    from acmrules.serialization import kind_of

    return kind_of(value)
