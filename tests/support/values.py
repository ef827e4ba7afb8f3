"""Strategies for values of any class, made from the annotations of its fields."""

import typing
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from functools import cache
from types import NoneType, UnionType

from hypothesis import reject
from hypothesis import strategies as st
from tests.support.requests import certificate_requests

import acmrules
from acmrules import CertificateRequest, Demand, NameList, PlanPolicy, Timeline
from acmrules.annotations import field_types
from acmrules.errors import AcmRulesError
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.services import SERVICES, Service
from acmrules.strategies import domain_names, name_lists, names, timelines, wildcard_domain_names
from acmrules.values import Value

VALUES = tuple(
    found
    for name in acmrules.__all__
    if isinstance(found := getattr(acmrules, name), type) and hasattr(found, "to_dict")
)
"""The public classes of values."""

_TEXTS = st.sampled_from(["", "a", "example.com", "2026-11-23", "\ud800"]) | st.text(max_size=5)

_SPECIAL = {
    Name: names,
    DomainName: domain_names,
    WildcardDomainName: wildcard_domain_names,
    NameList: name_lists,
    Timeline: timelines,
    CertificateRequest: certificate_requests,
    Service: lambda: st.sampled_from([*SERVICES.values()]),
    Demand: lambda: st.builds(
        Demand,
        st.lists(domain_names() | wildcard_domain_names(), max_size=3),
        st.none() | st.sampled_from([*SERVICES]),
        st.none() | _TEXTS,
        _TEXTS,
    ),
    PlanPolicy: lambda: st.builds(
        PlanPolicy,
        st.none() | st.lists(domain_names(), max_size=2),
        st.lists(st.lists(domain_names(), max_size=2), max_size=2),
        st.lists(domain_names() | wildcard_domain_names(), max_size=2),
        st.none() | st.integers(1, 100),
        st.booleans(),
    ),
}


@cache
def values(kind):
    """Draw values of a type: of a class, a union, a tuple, or another type of a field."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in {UnionType, typing.Union}:
        return st.one_of(*map(values, arguments))
    if origin is frozenset:
        return st.frozensets(values(arguments[0]), max_size=3)
    if origin is tuple:
        if arguments[1:] == (...,):
            return st.lists(values(arguments[0]), max_size=3).map(tuple)
        return st.tuples(*map(values, arguments))
    if kind in {typing.Any, object} or isinstance(kind, typing.TypeVar):
        plain = st.none() | st.booleans() | st.integers() | _TEXTS | st.dates()
        return plain | st.lists(plain, max_size=2).map(tuple)
    if kind in _SPECIAL:
        return _SPECIAL[kind]()
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    if issubclass(kind, Value):
        return _built(kind)
    plain = {
        NoneType: st.none(),
        bool: st.booleans(),
        int: st.integers(1, 100),
        float: st.floats(0, 10) | st.integers(0, 9),
        str: _TEXTS,
        date: st.dates(),
        datetime: st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-14))])),
    }
    return plain[kind]


def _built(cls):
    types = field_types(cls)
    fields = {field: st.deferred(lambda kind=types[field]: values(kind)) for field in cls._fields}
    return st.builds(lambda **drawn: _made(cls, drawn), **fields)


def _made(cls, fields):
    try:
        return cls(**fields)
    except AcmRulesError:
        reject()
