"""ACM403, ACM404, ACM405, ACM406 and ACM408: validation options, known or partly known."""

from datetime import date

import pytest
from tests.support.rules import ZONE, check_rule, name, names_of, option, outcomes, part

from acmrules.request import Tool
from acmrules.resources import Zone

X, Y = part("$X"), part("$Y")
WWW_X = part("www.", "$X")
STAR_X = part("*.", "$X")
PRIVATE = {"certificate_authority_arn": "arn:aws:acm-pca:x"}
D = "validation_options 0 domain_name"
V = "validation_options 0 validation_domain"
Z = "validation_options 0 hosted_zone_id"


@pytest.mark.parametrize(
    ("domain_name", "domain", "expected"),
    [
        ("b.a.io", "a.io", set()),
        ("b.a.io", "b.a.io", set()),
        ("B.a.io", "A.io", set()),
        ("*.b.a.io", "a.io", set()),
        ("*.a.io", "a.io", set()),
        ("b.a.io", "c.a.io", {f"{V}: error"}),
        ("xa.io", "a.io", {f"{V}: error"}),
        ("a.io", "b.a.io", {f"{V}: error"}),
        (WWW_X, X, set()),
        (X, X, {f"{V}: skipped", f"{D}: skipped"}),
        (X, WWW_X, {f"{V}: error", f"{D}: skipped"}),
        (X, "a.io", {f"{D}: skipped"}),
        (part("$X", ".b.io"), "a.io", {f"{V}: error", f"{D}: skipped"}),
        ("b.a.io", X, {f"{V}: skipped"}),
        ("b.a.io", None, set()),
    ],
)
def test_a_validation_domain_is_the_name_or_a_superdomain(domain_name, domain, expected):
    """ACM403 compares labels without case, and known parts if they are enough."""
    options = (option(domain_name, domain),)
    assert outcomes("ACM403", "a.io", validation_options=options) == expected
    assert outcomes("ACM403", "a.io", validation_options=options, **PRIVATE) == set()


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("brightharbor.co.uk", set()),
        ("co.uk", {f"{V}: warning"}),
        ("uk", {f"{V}: warning"}),
        ("github.io", {f"{V}: warning"}),
        ("*.uk", set()),
        (X, {f"{V}: skipped"}),
        (None, set()),
    ],
)
def test_a_validation_domain_that_is_a_public_suffix_is_reported(domain, expected):
    """ACM404 reports public suffixes with one label or several."""
    options = (option("brightharbor.co.uk", domain), X)
    got = outcomes("ACM404", "a.io", validation_options=options)
    assert got == expected | {"validation_options 1: skipped"}


@pytest.mark.parametrize(
    ("names", "domain_name", "expected"),
    [
        (["a.io"], "a.io", set()),
        (["a.io"], "A.io", set()),
        (["*.a.io"], "a.io", {f"{D}: error"}),
        (["a.io", X], X, set()),
        (["a.io", X], "b.io", {f"{D}: skipped"}),
        ([X], WWW_X, {f"{D}: error"}),
        (["a.io"], X, {f"{D}: skipped"}),
        (["a.io", names_of("$More")], "b.io", {f"{D}: skipped"}),
        (["a.io"], None, set()),
    ],
)
def test_an_option_is_for_a_name_of_the_request(names, domain_name, expected):
    """ACM405 reports options for other names, and compares expressions too."""
    options = (
        option(domain_name, "a.io", X)
        if domain_name
        else option("a.io").__replace__(domain_name=None),
    )
    assert outcomes("ACM405", *names, validation_options=options) == expected


def test_a_terraform_record_is_not_an_option():
    """The record of a wildcard is named after its parent, which need not be requested."""
    record = (option("a.io", None, ZONE),)
    assert outcomes("ACM405", "*.a.io", validation_options=record, tool=Tool.TERRAFORM) == set()
    given = (option("a.io", "a.io"),)
    found = outcomes("ACM405", "*.a.io", validation_options=given, tool=Tool.TERRAFORM)
    assert found == {f"{D}: error"}


def test_the_fix_removes_an_option_for_another_name():
    """The fix of ACM405 removes the whole entry."""
    [finding], _ = check_rule("ACM405", "a.io", validation_options=(option("b.io"),))
    assert finding.fix.edits[0].path == ("validation_options", 0)
    assert finding.fix.edits[0].value is None


@pytest.mark.parametrize(
    ("method", "domain", "zone", "expected"),
    [
        ("DNS", None, ZONE, set()),
        ("EMAIL", "a.io", None, set()),
        ("EMAIL", None, ZONE, {f"{Z}: error"}),
        ("DNS", "a.io", None, {f"{V}: error"}),
        ("DNS", "a.io", ZONE, {f"{Z}: error"}),
        (None, "a.io", ZONE, {f"{Z}: error"}),
        (X, "a.io", ZONE, {f"{Z}: error"}),
        (None, None, ZONE, set()),
        (X, "a.io", None, {"validation_method: skipped"}),
        ("DNS", X, None, {f"{V}: error"}),
        ("DNS", None, X, set()),
    ],
)
def test_options_fit_the_method(method, domain, zone, expected):
    """ACM406: a zone is for DNS, a validation domain for email, and both cannot be combined."""
    options = (option("a.io", domain, zone),)
    got = outcomes("ACM406", "a.io", validation_method=method, validation_options=options)
    assert {line for line in got if "skipped" not in line or "method" in line} == expected


def test_acm_accepted_a_validation_domain_with_dns_until_2020():
    """AWS has rejected it at least since 2020-05-11."""
    options = (option("a.io", "a.io"),)
    fields = {"validation_method": "DNS", "validation_options": options}
    assert outcomes("ACM406", "a.io", as_of=date(2020, 5, 10), **fields) == set()
    assert outcomes("ACM406", "a.io", as_of=date(2020, 5, 11), **fields) == {f"{V}: error"}


O = "validation_options"  # noqa: E741  (short for the rows below)
DOUBLED = [
    ([("a.io", ZONE), ("b.io", ZONE)], set()),
    ([("a.io", ZONE), ("*.a.io", ZONE)], {f"{O} 1: warning"}),
    ([("a.io", ZONE), ("a.io", "Z9")], {f"{O} 1: warning"}),
    ([("a.io", ZONE), ("*.a.io", None)], set()),
    ([("a.io", None), ("*.a.io", ZONE)], set()),
    ([(X, ZONE), (STAR_X, ZONE)], {f"{O} 1: warning"}),
    ([(X, Y), (WWW_X, Y)], set()),
    ([(X, ZONE), (Y, ZONE)], {f"{O} 0 domain_name: skipped", f"{O} 1 domain_name: skipped"}),
    ([(X, ZONE), ("a.io", ZONE)], {f"{O} 0 domain_name: skipped"}),
    ([(part("$X", ".a.io"), ZONE), ("a.io", ZONE)], {f"{O} 0 domain_name: skipped"}),
]


@pytest.mark.parametrize(("options", "expected"), DOUBLED)
def test_two_options_for_one_record_are_one_too_many(options, expected):
    """ACM408 reports the second option for the same record."""
    listed = tuple(option(domain_name, None, zone) for domain_name, zone in options)
    assert outcomes("ACM408", "a.io", validation_options=listed) == expected


def test_a_duplicate_option_is_reported_with_the_first_one():
    """The fix removes the second option, and the first is a related location."""
    listed = (option("c.io", None, ZONE), option("a.io", None, ZONE), option("*.a.io", None, ZONE))
    [finding], _ = check_rule("ACM408", "a.io", validation_options=listed)
    assert finding.message.startswith("option 2 already creates the record for `*.a.io`")
    assert finding.fix.edits[0].path == (O, 2)


def zone(domain_name, zone_id=ZONE, **fields):
    return Zone(name(domain_name), zone_id, "Zone", **fields)


YIELDS = [
    (
        "ACM403 ACM404",
        ["b.a.io"],
        {"validation_options": (option("b.a.io", "co.uk"),)},
        {"ACM403"},
    ),
    (
        "ACM405 ACM408",
        ["a.io"],
        {"validation_options": (option("a.io", None, ZONE), option("*.a.io", None, ZONE))},
        {"ACM405"},
    ),
    (
        "ACM412 ACM415",
        ["a.io"],
        {
            "validation_options": (option("a.io", None, ZONE),),
            "zones": (zone("b.io", private=True),),
        },
        {"ACM412"},
    ),
]


@pytest.mark.parametrize(("rules", "names", "fields", "expected"), YIELDS)
def test_one_mistake_in_an_option_is_reported_once(rules, names, fields, expected):
    """A rule yields to another one that makes its own fix pointless."""
    found, _ = check_rule(rules, *names, **fields)
    assert {finding.rule.id for finding in found} == expected
