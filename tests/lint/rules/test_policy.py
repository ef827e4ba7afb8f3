"""ACM8xx: the policy in the settings."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.support.requests import certificate_requests
from tests.support.rules import check_rule, outcomes, part, request

from acmrules.lint.linter import Linter
from acmrules.lint.policy import Policy
from acmrules.lint.rules import policy as rules
from acmrules.model.declaration import Declaration, Variant
from acmrules.names import DomainName, parse_name
from acmrules.request import KeyAlgorithm, Tag, Tool, ValidationMethod
from acmrules.strategies import domain_names, wildcard_domain_names

ZONE, BELOW = DomainName("brightharbor.io"), DomainName("dev.brightharbor.io")
DNS = Policy(validation_methods=(ValidationMethod.DNS,))
CURVES = Policy(key_algorithms=(KeyAlgorithm.EC_PRIME256V1, KeyAlgorithm.EC_SECP384R1))
X = part("${X}")


@given(certificate_requests(), st.sampled_from(Tool))
@example(request("a.io", certificate_authority_arn=part("$Authority")), Tool.TERRAFORM)
def test_an_empty_policy_allows_every_request(drawn, tool):
    """No rule reports anything, and none is undecided."""
    linter = Linter(rules=rules.RULES)
    assert linter.check(Declaration(None, tool, "", (Variant(drawn, (), {}),))) == ([], [])


@given(st.lists(domain_names() | wildcard_domain_names(), min_size=1, max_size=4), domain_names())
def test_names_outside_the_zones_are_reported(names, zone):
    """A name is inside if it is the zone, or ends in a dot and the zone."""
    found = {
        f.path[1] for f in check_rule("ACM801", *map(str, names), policy=Policy(zones=(zone,)))[0]
    }
    bare = [str(name).removeprefix("*.") for name in names]
    outside = {n for n, name in enumerate(bare) if not f".{name}".endswith(f".{zone}")}
    assert found == outside


@given(st.lists(domain_names() | wildcard_domain_names(), min_size=1, max_size=4))
def test_a_policy_without_wildcard_zones_allows_no_wildcards(names):
    """ACM802 reports every wildcard and no other name."""
    found = check_rule("ACM802", *map(str, names), policy=Policy(wildcard_zones=()))[0]
    stars = {n for n, name in enumerate(names) if str(name).startswith("*.")}
    assert {finding.path[1] for finding in found} == stars


@given(st.lists(domain_names(), min_size=1, max_size=6), st.integers(1, 6))
def test_names_are_counted_once(names, most):
    """ACM803 compares the number of distinct names with that of the policy."""
    found = check_rule("ACM803", *map(str, names), policy=Policy(max_names=most))[0]
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
def test_zones_of_partly_known_names(names, zones, expected):
    """If the known end of a name is enough, it decides; other rules report malformed names."""
    assert outcomes("ACM801", *names, policy=Policy(zones=zones)) == expected


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
def test_partly_known_wildcards(name, expected):
    """A name with an unknown beginning may be a wildcard."""
    assert outcomes("ACM802", name, policy=Policy(wildcard_zones=(BELOW,))) == expected


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
    """An unknown key may be the required one, and a list of names has no tags."""
    policy = Policy(required_tags=("Owner", "Cost"))
    assert outcomes("ACM804", "a.io", tags=tags, tool=tool, policy=policy) == expected


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
def test_a_validation_method_outside_the_policy_is_reported(method, tool, expected):
    """A request without a method uses email, unless the tool rejects it."""
    fields = {"validation_method": method, "tool": tool, "policy": DNS}
    assert outcomes("ACM805", "a.io", **fields) == expected


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
def test_a_key_algorithm_outside_the_policy_is_reported(algorithm, tool, expected):
    """A request without a key algorithm uses ACM's default."""
    fields = {"key_algorithm": algorithm, "tool": tool, "policy": CURVES}
    assert outcomes("ACM806", "a.io", **fields) == expected


def test_messages_name_the_value_and_what_the_policy_allows():
    """A missing value is reported as the default of ACM."""
    [default] = check_rule("ACM806", "a.io", policy=CURVES)[0]
    [written] = check_rule("ACM805", "a.io", validation_method="EMAIL", policy=DNS)[0]
    assert default.message == (
        "no key algorithm, so ACM uses `RSA_2048`; "
        "your policy allows `EC_prime256v1`, `EC_secp384r1`"
    )
    assert default.help == "set `KeyAlgorithm` to `EC_prime256v1` or `EC_secp384r1`"
    assert written.message == "your policy allows the validation method `DNS`, not `EMAIL`"


@pytest.mark.parametrize("method", ["EMAIL", "HTTP", None])
def test_a_method_that_the_policy_does_not_allow_is_reported_once(method):
    """ACM401, ACM402 and ACM409 yield to ACM805."""
    rules = "ACM401 ACM402 ACM409 ACM805"
    [finding], _ = check_rule(
        rules, "a.io", validation_method=method, policy=DNS, tool=Tool.CLOUDFORMATION
    )
    assert finding.rule.id == "ACM805"


def test_a_value_that_acm_rejects_is_reported_once():
    """ACM805 yields to ACM410, and ACM806 to ACM504, also for a private CA."""
    unknown = {"validation_method": part("CN", "${X}"), "policy": DNS}
    assert [f.rule.id for f in check_rule("ACM410 ACM805", "a.io", **unknown)[0]] == ["ACM410"]
    imported = {"key_algorithm": "RSA_4096", "policy": CURVES}
    assert [f.rule.id for f in check_rule("ACM504 ACM806", "a.io", **imported)[0]] == ["ACM504"]
    private = {"certificate_authority_arn": "arn:aws:acm-pca:x", **imported}
    assert [f.rule.id for f in check_rule("ACM504 ACM806", "a.io", **private)[0]] == ["ACM504"]


MESSAGES = [
    ("ACM801", Policy(zones=(ZONE,)), "it allows names in `brightharbor.io`"),
    ("ACM801", Policy(zones=()), "it allows no names"),
    (
        "ACM802",
        Policy(wildcard_zones=(BELOW,)),
        "your policy allows wildcards only under `dev.brightharbor.io`",
    ),
    ("ACM802", Policy(wildcard_zones=()), "your policy does not allow wildcards"),
]


@pytest.mark.parametrize(("rule", "policy", "message"), MESSAGES)
def test_the_message_names_what_the_policy_allows(rule, policy, message):
    """ACM801 and ACM802 list the zones of the policy, if it has any."""
    [finding], _ = check_rule(rule, "*.lighthouse.io", policy=policy)
    assert finding.message.endswith(message)


def test_an_undecided_name_has_its_reason():
    """ACM801 and ACM802 say what is unclear about a partly known name."""
    _, [inside] = check_rule("ACM801", X, policy=Policy(zones=(ZONE,)))
    _, [star] = check_rule("ACM802", X, policy=Policy(wildcard_zones=()))
    unclear = "`${X}` is unknown, so it is unclear whether"
    assert inside.detail == f"{unclear} your policy allows its domain"
    assert star.detail == f"{unclear} it is a wildcard that your policy allows"
