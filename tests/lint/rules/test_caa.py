"""ACM413: CAA records that do not allow Amazon."""

import pytest
from tests.support.rules import check_rule, name, outcomes, part

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
