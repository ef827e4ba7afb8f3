"""The policy for plans: zones for names and wildcards, methods, key algorithms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.analysis.plan_policy import (
    plan_policy,
    split_permitted,
    validation_method,
    with_algorithms,
)
from acmrules.facts.fact import CHECKED
from acmrules.limits import MAX_VALIDATABLE_NAME_OCTETS
from acmrules.lint.policy import Policy
from acmrules.names import DomainName, WildcardDomainName, parse_name
from acmrules.planner.demands import Demand
from acmrules.planner.plan import plan
from acmrules.request import KeyAlgorithm, ValidationMethod
from acmrules.strategies import domain_names, related_names

RSA, P256, P384, P521 = (
    KeyAlgorithm.RSA_2048,
    KeyAlgorithm.EC_PRIME256V1,
    KeyAlgorithm.EC_SECP384R1,
    KeyAlgorithm.EC_SECP521R1,
)
LONGEST = ".".join(["a" * 60] * 3 + ["b" * (MAX_VALIDATABLE_NAME_OCTETS - 186), "io"])


def zones(*names):
    """Return domains."""
    return tuple(map(DomainName, names))


def plain_relatives():
    """Draw related domains."""
    return related_names().map(lambda name: name if isinstance(name, DomainName) else name.parent)


@given(
    st.none() | st.lists(plain_relatives(), max_size=3).map(tuple),
    st.none() | st.lists(plain_relatives(), max_size=3).map(tuple),
    plain_relatives().map(WildcardDomainName),
)
def test_a_wildcard_must_be_in_both_lists_of_zones(names, wildcards, name):
    """A wildcard is allowed if both lists of zones allow it."""
    policy = plan_policy(Policy(zones=names, wildcard_zones=wildcards))
    allowed = [z is None or any(map(name.is_within, z)) for z in (names, wildcards)]
    found = policy.wildcard_zones
    assert (found is None or any(map(name.parent.is_within, found))) == all(allowed)


@given(
    st.lists(related_names() | domain_names(), max_size=6),
    st.sampled_from([None, "alb", "cognito"]),
)
def test_exactly_the_hosts_without_permission_are_refused(hosts, service):
    """Exactly the hosts that the policy does not permit are refused."""
    demand = Demand(hosts, service)
    left, refused = split_permitted([demand], Policy(zones=zones("a.example.com")), CHECKED)
    inside = {h for h in demand.hosts if h.is_within(DomainName("a.example.com"))}
    hosts_of_both = {h for each in (*left, *refused) for h in each.hosts}
    assert hosts_of_both == {*demand.hosts}
    assert all(inside.issuperset(each.hosts) for each in left)
    assert all(r.hosts and not inside.issuperset(r.hosts) for r in refused)


@pytest.mark.parametrize(
    ("host", "policy", "reason"),
    [
        ("a.shop.io", Policy(zones=zones("shop.io")), None),
        ("*.shop.io", Policy(zones=zones("shop.io")), None),
        ("notshop.io", Policy(zones=zones("shop.io")), "the policy only allows names in `shop.io`"),
        ("shop.io", Policy(zones=()), "the policy only allows names in"),
        ("a.onion", Policy(), "not in DNS"),
        ("*.a.onion", Policy(), "not in DNS"),
        ("notonion.io", Policy(), None),
        (LONGEST, Policy(), None),
        (f"*.{LONGEST}", Policy(), None),
        (
            f"a.{LONGEST}",
            Policy(),
            "it is 221 characters long; its validation record leaves room for 219",
        ),
        (f"a.{LONGEST}", Policy(validation_methods=(ValidationMethod.EMAIL,)), None),
    ],
)
def test_refused_hosts(host, policy, reason):
    """Hosts are refused because of the policy or of validation."""
    left, refused = split_permitted([Demand([host], address="x")], policy, CHECKED)
    if reason is None:
        assert [each.hosts for each in left] == [(parse_name(host),)]
        assert refused == []
    else:
        assert left == []
        [refusal] = refused
        assert reason in refusal.reason
        assert refusal.address == "x"


def test_methods():
    """The method is DNS if allowed, or else the first of the policy."""
    dns, mail, http = ValidationMethod.DNS, ValidationMethod.EMAIL, ValidationMethod.HTTP
    assert validation_method(Policy()) is dns
    assert validation_method(Policy(validation_methods=(mail, dns))) is dns
    assert validation_method(Policy(validation_methods=(http, mail))) is http


@pytest.mark.parametrize(
    ("algorithms", "service", "chosen"),
    [
        (None, "cloudfront", RSA),
        ((P256, RSA), "cloudfront", RSA),
        ((P256,), "cloudfront", P256),
        ((P521, P256), "alb", P256),
        ((P384, P256), None, P384),
        ((P256,), "cognito", P256),
    ],
)
def test_key_algorithms(algorithms, service, chosen):
    """The algorithm is the default if allowed, or else the first that all consumers support."""
    demands = [
        Demand(["a.shop.io"], service, "us-east-1"),
        Demand(["b.shop.io"], None, "us-east-1"),
    ]
    policy = Policy(key_algorithms=algorithms)
    found = with_algorithms(plan(demands=demands), demands, policy, CHECKED)
    assert {each.key_algorithm for each in found.certificates} == {chosen}
    assert found.notes == plan(demands=demands).notes


@pytest.mark.parametrize(("service", "who"), [("alb", "`alb`"), (None, "ACM")])
def test_no_key_algorithm(service, who):
    """Without a supported algorithm in the policy, the plan keeps the default with a note."""
    demands = [Demand(["a.shop.io"], service, "us-east-1")]
    policy = Policy(key_algorithms=(P521,))
    found = with_algorithms(plan(demands=demands), demands, policy, CHECKED)
    assert [each.key_algorithm for each in found.certificates] == [RSA]
    assert found.notes[-1] == f"`a.shop.io`: {who} supports no key algorithm of the policy"
