"""Pickles, copies and comparisons of public values, and pickles of errors."""

import copy
import multiprocessing
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.modules import all_modules
from tests.support.values import VALUES, values

import acmrules
from acmrules import CoverageIndex, PublicSuffixes, ZoneIndex, parse_name
from acmrules.errors import (
    AcmRulesError,
    InvalidName,
    MissingPackage,
    NoSuffixList,
    NotExpressible,
)
from acmrules.guards.boto3 import RequestRefusedError
from acmrules.syntax.errors import CyclicReferenceError, ReadError, TypeMismatchError
from acmrules.syntax.source import InputError, Position
from acmrules.workspace.settings import SettingsError
from acmrules.workspace.write import NotWritten

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.mark.parametrize("cls", VALUES, ids=lambda cls: cls.__name__)
class TestLaws:
    """What is true of every public value."""

    @given(st.data())
    def test_a_pickle_is_the_value(self, cls, data):
        """Every protocol keeps the class, the content and the hash."""
        value = data.draw(values(cls))
        for protocol in PROTOCOLS:
            loaded = pickle.loads(pickle.dumps(value, protocol))
            assert type(loaded) is type(value)
            assert loaded == value
            assert hash(loaded) == hash(value)

    @given(st.data())
    def test_a_copy_is_the_value(self, cls, data):
        """Copies are equal, and one that replaces nothing is too."""
        value = data.draw(values(cls))
        assert copy.copy(value) == copy.deepcopy(value) == value
        if hasattr(value, "__replace__"):
            assert value.__replace__() == value

    @given(st.data())
    def test_a_replaced_field_is_compared(self, cls, data):
        """Two values are equal if and only if all their fields are."""
        one, other = data.draw(values(cls)), data.draw(values(cls))
        fields = getattr(cls, "_fields", ())
        same = [getattr(one, each) == getattr(other, each) for each in fields]
        assert (one == other) == (all(same) if fields else str(one) == str(other))
        assert one != object()


def _errors():
    """Yield an error of each class that can leave the library."""
    try:
        parse_name("a_b.com")
    except InvalidName as error:
        yield error
    unreadable = InputError("a.yaml", "is not YAML", Position(3, 4))
    unreadable.is_warning = True
    yield from (unreadable, SettingsError(unreadable), NoSuffixList("x", "is missing"))
    yield NotExpressible("has no names")
    yield MissingPackage("dnspython", "dns")
    yield NotWritten("a.yaml", "is read-only")
    yield RequestRefusedError(acmrules.lint.check(), "error[ACM101]: wrong")
    pointer = ("Resources", "A")
    yield from (ReadError(pointer, "is wrong"), TypeMismatchError.of(pointer, 3, "a list"))
    yield CyclicReferenceError(pointer, ["A", "B"])


def _all_errors():
    assert [*all_modules()]
    waiting, found = [AcmRulesError], set()
    while waiting:
        cls = waiting.pop()
        found.add(cls)
        waiting += cls.__subclasses__()
    return sorted(found, key=lambda cls: cls.__name__)


@pytest.mark.parametrize("error", [*_errors()], ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_error_survives_a_pickle(error, protocol):
    """The message and the attributes are the same, so a pool of processes can report it."""
    loaded = pickle.loads(pickle.dumps(error, protocol))
    assert type(loaded) is type(error)
    assert str(loaded) == str(error)
    assert {name: str(each) for name, each in vars(loaded).items()} == {
        name: str(each) for name, each in vars(error).items()
    }


def test_each_class_of_errors_survives_a_pickle():
    """A class with more arguments than a message has an example above."""
    examples = {type(error) for error in _errors()}
    for cls in _all_errors():
        if cls not in examples:
            assert str(pickle.loads(pickle.dumps(cls("x y")))) == str(cls("x y"))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_indexes_and_lists_survive_a_pickle(protocol):
    """They give the same answers in another process."""
    index = pickle.loads(pickle.dumps(CoverageIndex(["*.a.io", "b.io"]), protocol))
    assert [index.covers(host) for host in ("x.a.io", "b.io", "a.io")] == [True, True, False]
    zones = ZoneIndex([parse_name("a.io"), parse_name("b.a.io")])
    loaded = pickle.loads(pickle.dumps(zones, protocol))
    assert loaded.match(parse_name("x.b.a.io")) == zones.match(parse_name("x.b.a.io"))
    suffixes = pickle.loads(pickle.dumps(PublicSuffixes("com\nuk\nco.uk\n", "v1"), protocol))
    assert (suffixes.public_suffix("a.b.co.uk"), suffixes.version) == ("co.uk", "v1")


def _checked(request):
    return acmrules.lint.check(request)


def test_reports_cross_processes():
    """A pool of processes checks requests, and returns their reports."""
    requests = [acmrules.CertificateRequest.of([name]) for name in ("a_b.io", "*.*.io")]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        reports = pool.map_async(_checked, requests).get(timeout=60)
    assert reports == [acmrules.lint.check(request) for request in requests]
