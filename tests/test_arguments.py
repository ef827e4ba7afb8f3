"""Wrong arguments: one law over every public function that takes arguments."""

import inspect
import re
from datetime import UTC, date, datetime

import pytest

import acmrules
from acmrules import AcmRulesError

LIST = acmrules.NameList(["a.io", "b.io"])
INDEX = acmrules.CoverageIndex(LIST)
ZONES = acmrules.ZoneIndex(LIST)
SUFFIXES = acmrules.PublicSuffixes("com\nuk\nco.uk\nio")
SERVICE = acmrules.Service.of("alb")

CONSTRUCTED = (
    *("DomainName", "WildcardDomainName", "NameList", "CoverageIndex", "ZoneIndex", "Demand"),
    *("PlanPolicy", "PublicSuffixes", "Quotas"),
)
FUNCTIONS = {
    name: value
    for name in acmrules.__all__
    if inspect.isfunction(value := getattr(acmrules, name)) or name in CONSTRUCTED
} | {
    method.__qualname__: method
    for method in (
        *(acmrules.Region.of, acmrules.Service.of, acmrules.Quotas.on, acmrules.CaaRecord.parse),
        *(acmrules.CertificateRequest.of, SERVICE.key_algorithms, LIST[0].is_within),
        *(LIST.adding, LIST.removing, LIST.index, LIST.leading_with, LIST.__contains__),
        *(INDEX.covers, INDEX.covering, INDEX.uncovered, ZONES.match, SUFFIXES.public_suffix),
        *(SUFFIXES.base_domain_name, SUFFIXES.is_public_suffix, SUFFIXES.is_listed),
        SUFFIXES.has_suffixes_below,
    )
}
GOOD = {
    "name": "www.example.com",
    "names": ["example.com"],
    "host": "www.example.com",
    "hosts": ["www.example.com"],
    "text": "example.com",
    "domain": "example.com",
    "zones": ["example.com"],
    "record_sets": {"example.com": []},
    "service": "alb",
    "key": "alb",
    "region": "eu-west-1",
    "validation_method": "DNS",
    "issued": ["a.io"],
    "wanted": ["b.io"],
    "certificate": acmrules.CertificateRequest.of(["a.io"]),
    "source": "publicsuffixlist",
    "certificates": [],
}
"""An argument for each parameter without a default."""

OWN = {
    "WildcardDomainName": {"name": "*.example.com"},
    "Region.of": {"name": "eu-west-1"},
    "NameList.index": {"name": "a.io"},
    "NameList.removing": {"names": ["a.io"]},
    "CaaRecord.parse": {"text": '0 issue ";"'},
    "quota_increase_request": {"names": 50},
    "diagnose": {"certificate": {"CertificateArn": "arn:aws:acm:eu-west-1:123456789012:x"}},
}
"""The arguments of functions for which these are wrong."""

BAD = (
    *(None, True, 5, -1, 3.5, "", "x", "a b", b"a.io", b"\xff", object(), object),
    *(["a.io"], ("a_b.io",), [3], [None], {}, {"a": 1}, {"a.io": 3}, {"a.io": [3]}),
    *(datetime(2026, 11, 30, 12, tzinfo=UTC), date(1900, 1, 1)),
)
CLEAN = re.compile(
    r"((each of )?`\w+`|a name|the date) must be (a|an) .+, not `\w+`|.+ has no field .+"
)
"""The forms of the library's own type errors."""

CASES = [
    (name, parameter)
    for name, function in FUNCTIONS.items()
    for parameter in inspect.signature(function).parameters
]


def needed(name):
    """Return right arguments for the parameters of a function that have no default."""
    parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    names = [each.name for each in parameters if each.default is each.empty]
    return {each: (GOOD | OWN.get(name, {}))[each] for each in names}


@pytest.mark.parametrize(("name", "wrong"), CASES)
def test_a_wrong_argument_is_one_clean_error(name, wrong):
    """A value that a function rejects is an error of the library, or says what type it must be."""
    unclean = []
    for value in BAD:
        try:
            FUNCTIONS[name](**needed(name) | {wrong: value})
        except AcmRulesError:
            continue
        except TypeError as error:
            if not CLEAN.fullmatch(str(error)):
                unclean.append((value, str(error)))
    assert unclean == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_other_arguments_are_right(name):
    """Each function accepts the arguments that the law starts from."""
    FUNCTIONS[name](**needed(name))
