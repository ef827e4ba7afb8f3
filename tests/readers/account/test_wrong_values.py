"""Values of wrong types, at every place of every response."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.account import arn_of, described
from tests.support.account_files import FILES, account, notes, read, saved

from acmrules.syntax.source import InputError

NAMES = sorted(path.stem for path in FILES.glob("*.json"))
WRONG = [
    *(None, True, 0, -1, 10**400, 1e308, float("nan"), float("inf"), "", "\x1b[31mx", "\ud800"),
    *("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "a:acm:certificate/x"),
    *([], [1], [[]], ["x", {}], {}, {"a": 1}),
]


def places(data, place=()):
    """Yield the place of each value in data."""
    yield place
    inner = data if isinstance(data, dict) else {}
    if isinstance(data, list):
        inner = dict(enumerate(data))
    for key, value in inner.items():
        yield from places(value, (*place, key))


def replaced(data, place, value):
    """Return data with another value at a place."""
    if not place:
        return value
    data = copy.deepcopy(data)
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    return data


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
def test_no_value_stops_the_others(name, drawn):
    """With any value anywhere, the other certificates of the file are known, or it is an error."""
    data = saved(name)
    place = drawn.draw(st.sampled_from([*places(data)]))
    data = replaced(data, place, drawn.draw(st.sampled_from(WRONG)))
    other = arn_of(77)
    try:
        known = {each.arn for each in account([data, described(arn=other)]).certificates}
    except InputError as error:
        known = {other} if str(error).startswith("0.json:1:") else set()
    assert other in known


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("inventory", ("responses", 1, "request", "Includes", "keyTypes"), [[]]),
        ("inventory", ("responses", 1, "request", "CertificateStatuses"), [{}]),
        ("inventory", ("responses",), {}),
        ("inventory", ("at",), "soon"),
        ("list-service-quotas", ("Quotas", 0, "Value"), 10**400),
        ("list-service-quotas", ("Quotas", 0, "Value"), float("nan")),
        ("get-service-quota", ("Quota", "Value"), -1),
        ("describe-affected-entities", ("entities", 0, "entityValue"), "a:acm:certificate/x"),
    ],
)
def test_a_wrong_value_is_at_most_a_note(name, place, value):
    """These once ended the run, or were dropped without a note."""
    data = replaced(saved(name), place, value)
    contents = [data, described(arn=arn_of(77))]
    found = account(contents)
    assert arn_of(77) in {each.arn for each in found.certificates}
    assert len(notes(contents)) == (place[-1] in {"responses", "at", "Value"})
    assert not any(each.value != each.value for each in found.quotas)


def test_the_version_of_an_inventory_is_escaped():
    """Control characters in the version of an inventory do not reach the terminal."""
    with pytest.raises(InputError) as error:
        read(json.dumps(saved("inventory") | {"inventory": "\x1b[31m"}))
    assert str(error.value).isprintable()
