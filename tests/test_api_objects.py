"""The objects in requests and responses: members are checked when they are read."""

from datetime import UTC, datetime

import pytest

from acmrules.api_objects import ApiObject
from acmrules.errors import InvalidArgument
from acmrules.request import KeyAlgorithm
from acmrules.unresolved import Malformed


def test_members_that_are_absent_or_null():
    """A member that is absent or null has no value, and an object or list of it is empty."""
    for data in ({}, {"A": None}):
        given = ApiObject(data, "")
        assert (given.text("A"), given.flag("A"), given.time("A")) == (None, None, None)
        assert (given.texts("A"), given.objects("A"), given.has("A")) == ([], [], False)
        assert (given.listed("A"), given.member("A", KeyAlgorithm)) == (None, None)
        assert given.inner("A").data == {}


def test_lists_and_values_of_enumerations():
    """An empty list is not an absent one, and an unknown value is malformed."""
    given = ApiObject({"A": [], "B": ["x"], "C": "RSA_2048", "D": "RSA_1"}, "")
    assert (given.listed("A"), given.listed("B")) == ((), ("x",))
    assert given.member("C", KeyAlgorithm) is KeyAlgorithm.RSA_2048
    assert given.member("D", KeyAlgorithm) == Malformed("RSA_1")


@pytest.mark.parametrize(
    "value",
    [
        datetime(2026, 3, 15, 9, 30, tzinfo=UTC),
        datetime(2026, 3, 15, 9, 30),  # noqa: DTZ001  (a time without a zone is in UTC)
        "2026-03-15T09:30:00Z",
        "2026-03-15T10:30:00+01:00",
        "2026-03-15 09:30",
        1773567000,
        1773567000.0,
    ],
)
def test_times_are_in_utc(value):
    """All forms of one time are equal."""
    found = ApiObject({"A": value}, "").time("A")
    assert found == datetime(2026, 3, 15, 9, 30, tzinfo=UTC)
    assert found.tzinfo is UTC


def test_the_place_is_in_the_message():
    """An error names the member with those around it."""
    given = ApiObject({"A": [{"B": {"C": 1}}]}, "")
    with pytest.raises(InvalidArgument, match=r"^A\[0\].B.C: must be a string, not an integer$"):
        given.objects("A")[0].inner("B").text("C")
    with pytest.raises(InvalidArgument, match=r"^A\[0\].B: unknown member `C`; did you mean `c`"):
        given.objects("A")[0].inner("B", ["c"])
