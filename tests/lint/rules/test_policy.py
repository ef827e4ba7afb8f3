"""ACM8xx: what an organisation allows; nothing is said where it states nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.requests import certificate_requests
from tests.support.rules import judge, part, verdict
from tests.support.strategies import domain_names, wildcard_domain_names

from acmrules.lint.linter import Linter
from acmrules.lint.policy import Policy
from acmrules.lint.rules import policy as rules
from acmrules.model.declaration import Declaration, Variant
from acmrules.names import DomainName, parse_name
from acmrules.request import KeyAlgorithm, Tag, Tool, ValidationMethod

ZONE, BELOW = DomainName("brightharbor.io"), DomainName("dev.brightharbor.io")
DNS = Policy(validation_methods=(ValidationMethod.DNS,))
CURVES = Policy(key_algorithms=(KeyAlgorithm.EC_PRIME256V1, KeyAlgorithm.EC_SECP384R1))
X = part("${X}")


@given(certificate_requests(), st.sampled_from(Tool))
def test_a_policy_that_states_nothing_is_never_broken(asked, tool):
    """Nor is anything left undecided for it."""
    linter = Linter(rules=rules.RULES)
    assert linter.check(Declaration(None, tool, "", (Variant(asked, (), {}),))) == ([], [])


@given(st.lists(domain_names() | wildcard_domain_names(), min_size=1, max_size=4), domain_names())
def test_names_are_within_the_zones_or_found(names, zone):
    """Each name is found but for those that are the zone or end in a dot and the zone."""
    found = {f.path[1] for f in judge("ACM801", *map(str, names), policy=Policy(zones=(zone,)))[0]}
    bare = [str(name).removeprefix("*.") for name in names]
    outside = {n for n, name in enumerate(bare) if not f".{name}".endswith(f".{zone}")}
    assert found == outside


@given(st.lists(domain_names() | wildcard_domain_names(), min_size=1, max_size=4))
def test_a_policy_without_wildcard_zones_has_no_wildcards(names):
    """All of them are found, and no other name."""
    found = judge("ACM802", *map(str, names), policy=Policy(wildcard_zones=()))[0]
    stars = {n for n, name in enumerate(names) if str(name).startswith("*.")}
    assert {finding.path[1] for finding in found} == stars


@given(st.lists(domain_names(), min_size=1, max_size=6), st.integers(1, 6))
def test_names_are_counted_once(names, most):
    """Distinct names alone are held against the number of the policy."""
    found = judge("ACM803", *map(str, names), policy=Policy(max_names=most))[0]
    assert bool(found) is (len({str(parse_name(str(name))) for name in names}) > most)


@pytest.mark.parametrize(
    ("names", "zones", "expected"),
    [
        (["bad_name.io"], (ZONE,), set()),
        ([part("${X}", ".brightharbor.io")], (ZONE,), set()),
        ([part("${X}", ".lighthouse.io")], (ZONE,), {"names 0: error"}),
        ([X], (ZONE,), {"names 0: skipped"}),
        (["a.io"], (), {"names 0: error"}),
    ],
)
def test_zones_of_names_known_in_part(names, zones, expected):
    """The known end of a name decides, where it can; what is no name is told elsewhere."""
    assert verdict("ACM801", *names, policy=Policy(zones=zones)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("*.a.dev.brightharbor.io", set()),
        ("*.devbrightharbor.io", {"names 0: error"}),
        (part("*.", "${X}"), {"names 0: skipped"}),
        (part("*.", "${X}", ".dev.brightharbor.io"), set()),
        (part("${X}", ".lighthouse.io"), {"names 0: skipped"}),
        (part("www.", "${X}"), set()),
    ],
)
def test_wildcards_known_in_part(name, expected):
    """What begins with something unknown may be a wildcard."""
    assert verdict("ACM802", name, policy=Policy(wildcard_zones=(BELOW,))) == expected


@pytest.mark.parametrize(
    ("tags", "tool", "expected"),
    [
        ((Tag("Owner", "web"), Tag("Cost", "")), Tool.API, set()),
        ((Tag("owner", "web"), Tag("Cost", "")), Tool.API, {"tags: error"}),
        ((Tag("Cost", ""), X), Tool.API, {"tags: skipped"}),
        ((Tag("Cost", ""), Tag(part("Ow", "${X}"), "")), Tool.API, {"tags: skipped"}),
        ((Tag("Cost", ""), Tag(part("Team", "${X}"), "")), Tool.API, {"tags: error"}),
        ((), Tool.NAMES, set()),
    ],
)
def test_tags_are_required_by_key(tags, tool, expected):
    """A key that is not known may be the one; a list of names has no tags."""
    policy = Policy(required_tags=("Owner", "Cost"))
    assert verdict("ACM804", "a.io", tags=tags, tool=tool, policy=policy) == expected


@pytest.mark.parametrize(
    ("method", "tool", "expected"),
    [
        ("DNS", Tool.API, set()),
        (None, Tool.API, {"validation_method: error"}),
        (None, Tool.TERRAFORM, set()),
        (None, Tool.NAMES, set()),
        ("CNAME", Tool.API, set()),
        (part("D", "${X}"), Tool.API, {"validation_method: skipped"}),
        (part("E", "${X}"), Tool.API, {"validation_method: error"}),
    ],
)
def test_methods_are_those_of_the_policy(method, tool, expected):
    """Without one it is e-mail, but for the tools that refuse this themselves."""
    asked = {"validation_method": method, "tool": tool, "policy": DNS}
    assert verdict("ACM805", "a.io", **asked) == expected


@pytest.mark.parametrize(
    ("algorithm", "tool", "expected"),
    [
        ("EC_secp384r1", Tool.API, set()),
        ("RSA_2048", Tool.API, {"key_algorithm: error"}),
        (None, Tool.CLOUDFORMATION, {"key_algorithm: error"}),
        (None, Tool.NAMES, set()),
        ("P-256", Tool.API, set()),
        (part("EC_", "${X}"), Tool.API, {"key_algorithm: skipped"}),
    ],
)
def test_algorithms_are_those_of_the_policy(algorithm, tool, expected):
    """Without one it is ACM's default."""
    asked = {"key_algorithm": algorithm, "tool": tool, "policy": CURVES}
    assert verdict("ACM806", "a.io", **asked) == expected


def test_messages_say_what_is_and_what_the_policy_has():
    """The default is told apart from a value that is written."""
    [default] = judge("ACM806", "a.io", policy=CURVES)[0]
    [written] = judge("ACM805", "a.io", validation_method="EMAIL", policy=DNS)[0]
    assert default.message == (
        "key algorithm is not given, which stands for `RSA_2048`; "
        "the policy has `EC_prime256v1`, `EC_secp384r1`"
    )
    assert written.message == "validation method is `EMAIL`; the policy has `DNS`"
