"""ACM413: CAA records that do not allow Amazon."""

from datetime import date

import pytest
from tests.support.rules import check_rule, name, outcomes, part

from acmrules.request import Tool
from acmrules.resources import CaaRecordSet

X, Y = part("$X"), part("$Y")


def caa(domain_name, *records):
    return CaaRecordSet(name(domain_name), records, "Caa")


OTHERS = '0 issue "letsencrypt.org"'
AMAZON = '0 issue "amazon.com"'
ALL_SKIPPED = {"names 0: skipped", "names 1: skipped", "names 2: skipped"}
ALL_FOUND = {"names 0: error", "names 1: error", "names 2: warning"}
CAA = [
    ([caa("a.io", AMAZON)], set()),
    ([caa("a.io", OTHERS)], ALL_FOUND),
    ([caa("www.a.io", OTHERS)], {"names 2: error"}),
    (
        [caa("a.io", OTHERS), caa("www.a.io", '0 issue "amazontrust.com"')],
        {"names 0: error", "names 1: error"},
    ),
    ([caa("a.io", '0 issue "amazon.com"', '0 issuewild ";"')], {"names 1: error"}),
    ([caa("a.io", "nonsense")], ALL_SKIPPED),
    ([caa("a.io", part('0 issue "', "$Ca"))], ALL_SKIPPED),
    ([caa(X, OTHERS)], ALL_SKIPPED),
    ([caa(part("$X", ".b.io"), OTHERS)], set()),
    ([caa("a.io", AMAZON, part('0 iodef "mailto:', "$Mail", '"'))], set()),
    ([caa("a.io", AMAZON, part("$Record"))], ALL_SKIPPED),
    ([caa("a.io", part('0 issue "ca.org; accounturi=', "$Account"))], ALL_FOUND),
    ([caa("a.io", part('0 issue "amazon.com; x=', "$Account"))], ALL_SKIPPED),
    ([caa("www.a.io"), caa("a.io", OTHERS)], ALL_FOUND),
    ([caa(part(f"$X{n}", ".b.io"), OTHERS) for n in range(101)], ALL_SKIPPED),
    ([], set()),
]


@pytest.mark.parametrize(("sets", "expected"), CAA)
def test_caa_records_in_the_files_may_not_allow_amazon(sets, expected):
    """ACM413 is an error at the owner of the records, and a warning at a name below it."""
    assert outcomes("ACM413", "a.io", "*.a.io", "www.a.io", caa=tuple(sets)) == expected


def test_the_deciding_caa_records_are_a_related_location():
    """The help names their owner; an unknown name is undecided."""
    sets = (caa("b.io", OTHERS), caa("a.io", OTHERS))
    [finding], skips = check_rule("ACM413", "a.io", X, caa=sets)
    assert "allow other CAs" in finding.message
    assert finding.help == "add a CAA record for `amazon.com` at `a.io`"
    assert [skip.path for skip in skips] == [("names", 1)]


BY_EMAIL = '0 issue "amazon.com; validationmethods=ca-tbr-4"'
BY_DNS = '0 issue "amazon.com; validationmethods=ca-tbr-7,ca-tbr-4"'
ACME = '0 issue "amazon.com; validationmethods=dns-01"'
ACCOUNT = '0 issue "amazon.com; accounturi=https://a.io/1"'


@pytest.mark.parametrize(
    ("record", "method", "tool", "before", "now", "later"),
    [
        (BY_EMAIL, "DNS", Tool.API, set(), {"names 0: warning"}, {"names 0: error"}),
        (BY_EMAIL, "EMAIL", Tool.API, set(), set(), set()),
        (BY_EMAIL, None, Tool.CLOUDFORMATION, set(), set(), set()),
        (BY_EMAIL, None, Tool.NAMES, set(), {"names 0: skipped"}, {"names 0: skipped"}),
        (BY_EMAIL, X, Tool.API, set(), {"names 0: skipped"}, {"names 0: skipped"}),
        (BY_DNS, "DNS", Tool.API, set(), set(), set()),
        (BY_DNS, X, Tool.TERRAFORM, set(), {"names 0: skipped"}, {"names 0: skipped"}),
        (ACME, X, Tool.TERRAFORM, set(), {"names 0: warning"}, {"names 0: error"}),
        (ACCOUNT, "DNS", Tool.API, set(), {"names 0: skipped"}, {"names 0: skipped"}),
    ],
)
def test_caa_parameters_may_exclude_the_method(record, method, tool, before, now, later):
    """ACM413 warns of a list without the method since 2026-06-12: an error from 2027-03-15."""
    for day, expected in (
        (date(2026, 6, 11), before),
        (date(2026, 6, 12), now),
        (date(2027, 3, 14), now),
        (date(2027, 3, 15), later),
    ):
        found = outcomes(
            "ACM413",
            "a.io",
            caa=(caa("a.io", record),),
            validation_method=method,
            tool=tool,
            as_of=day,
        )
        assert found == expected, day


def test_the_help_names_the_labels_of_the_method():
    """The help says which label to add; without a known method, it says all of them."""
    sets = (caa("a.io", ACME),)
    [finding], _ = check_rule("ACM413", "a.io", validation_method="DNS", caa=sets)
    assert "(from 2027-03-15, it must not)" in finding.message
    assert finding.help == "add `ca-tbr-7` to `validationmethods` in the CAA record of `a.io`"
    [finding], _ = check_rule("ACM413", "a.io", validation_method=X, caa=sets)
    assert "`ca-tbr-7`, `ca-tbr-4` or `ca-tbr-18`" in finding.help


def test_a_name_outside_of_all_records_is_decided():
    """ACM413 passes for a partly known name that no set of records can be about."""
    sets = (caa("a.io", OTHERS),)
    assert outcomes("ACM413", part("$X", ".b.io"), caa=sets) == set()
    assert outcomes("ACM413", part("$X", ".a.io"), caa=sets) == {"names 0: skipped"}


def test_an_unknown_critical_record_must_be_removed():
    """ACM413 has its own help for a tag that a CA cannot know."""
    [finding], _ = check_rule("ACM413", "a.io", caa=(caa("a.io", '128 future "x"'),))
    assert finding.help == "remove the critical CAA record of `a.io` that has an unknown tag"
