"""Plans have the fewest certificates, compared with an enumeration of all plans."""

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import acmrules as acm
from acmrules import Demand, DomainName, PlanPolicy, Quotas, WildcardDomainName, covers, parse_name
from acmrules.errors import InvalidArgument
from acmrules.facts import acm as facts
from acmrules.facts.fact import CHECKED, LAUNCH
from acmrules.planner.plan import plan
from acmrules.services import SERVICES, required_region

SUFFIXES = acm.PublicSuffixes(
    "com\nio\nuk\nco.uk\n// ===BEGIN PRIVATE DOMAINS===\npages.io\n// ===END PRIVATE DOMAINS==="
)
LONG = "l" * 63


def planned(hosts=(), **given_):
    return plan(hosts, suffixes=SUFFIXES, **given_)


def lists(made):
    return [str(certificate.names) for certificate in made.certificates]


# What is planned for ------------------------------------------------------------------------------

HOSTS = (
    *("a.x.com", "b.x.com", "c.x.com", "x.com", "a.y.com", "b.y.com", "y.com"),
    *("s.co.uk", "a.s.co.uk", "u.pages.io", "v.pages.io"),
    *(f"{LONG}.x.com", f"{LONG}.y.com", f"{LONG}.s.co.uk"),
    *("*.x.com", "*.y.com", f"*.{LONG}.com", f"a.{LONG}.com", f"b.{LONG}.com"),
)
SERVED = ("cloudfront", "alb", "verified-access", "vpc-lattice", None)


def demands():
    """Draw demands of a few consumers in a few Regions."""
    return st.builds(
        Demand,
        st.lists(st.sampled_from(HOSTS), min_size=1, max_size=3),
        st.sampled_from(SERVED),
        st.sampled_from(["us-east-1", "us-east-1", "eu-west-1", None]),
    )


def some_demands(most):
    """Draw a few demands with different addresses."""
    return st.lists(demands(), min_size=1, max_size=most).map(
        lambda drawn: [d.__replace__(address=f"C{number}") for number, d in enumerate(drawn)]
    )


def policies():
    """Draw policies for the same hosts."""
    domains = st.sampled_from(["x.com", "y.com", "a.x.com", "a.y.com", "co.uk", "b.x.com"])
    return st.builds(
        PlanPolicy,
        st.none() | st.none() | st.lists(domains, max_size=2),
        st.lists(st.lists(domains, min_size=1, max_size=3), max_size=2),
        st.lists(st.sampled_from(["a.x.com", "x.com", "b.y.com"]), max_size=2),
        st.integers(1, 5),
        st.booleans(),
    )


# The literal rules --------------------------------------------------------------------------------


def held(name, policy):
    """Return the members of separated groups to which a name belongs."""
    found = set()
    for group, domains in enumerate(policy.apart):
        if len(domains) == 1:
            continue
        containing = [d for d in domains if name.is_within(d)]
        if containing:
            found.add((group, max(containing, key=lambda d: len(d.labels))))
        if isinstance(name, WildcardDomainName):
            found |= {(group, domain) for domain in domains if covers(name, domain)}
    return found


def is_allowed_wildcard(wildcard, policy):
    return policy.wildcard_refusal(wildcard.parent, SUFFIXES) is None


def together(demand):
    return [(h,) for h in demand.hosts] if demand.is_divisible else [demand.hosts]


def is_allowed(names, units, policy, capacity):
    """Return whether names, the primary name first, are a valid certificate for units."""
    hosts = {host for unit, _ in units for host in unit}
    if len(names) > capacity or names[0].octets > 64:
        return False
    if not all(
        is_allowed_wildcard(name, policy) for name in names if isinstance(name, WildcardDomainName)
    ):
        return False
    for host in hosts:
        over = [name for name in names if covers(name, host)]
        if not over:
            return False
        if host not in names and not any(held(n, policy) == held(host, policy) for n in over):
            return False
    groups = [group for group, _ in set().union(*(held(n, policy) for n in (*names, *hosts)))]
    if len(groups) > len(set(groups)):
        return False
    firsts = {name for name in policy.first if name in names or name in hosts}
    firsts |= {leader for _, leader in units if leader}
    return firsts <= {names[0]}


def wildcards_over(hosts, policy):
    """Return the allowed wildcards for some of the hosts."""
    return {
        wildcard
        for host in hosts
        if isinstance(host, DomainName) and str(host).count(".") > 1
        for wildcard in [parse_name(f"*.{str(host).partition('.')[2]}")]
        if is_allowed_wildcard(wildcard, policy) and held(wildcard, policy) == held(host, policy)
    }


def primary_names(hosts, policy):
    """Return the names that can also be the primary name of other certificates."""
    return sorted({*hosts} | wildcards_over(hosts, policy))


def fewest_names(units, everybody, policy, capacity):
    """Return the minimum number of names of a certificate for units, `None` if there is none."""
    hosts = {host for unit, _ in units for host in unit}
    useful = sorted(hosts | wildcards_over(hosts, policy))
    for count in range(1, capacity + 1):
        for names in candidates(useful, everybody, count):
            for first in names:
                ordered = [first, *(name for name in names if name != first)]
                if is_allowed(ordered, units, policy, capacity):
                    return count
    return None


def candidates(useful, everybody, count):
    """Yield combinations of names, at most one of them only as the primary name."""
    yield from combinations(useful, count)
    for names in combinations(useful, count - 1):
        yield from ((*names, extra) for extra in everybody if extra not in names)


def partitions(things):
    if not things:
        yield []
        return
    head, *rest = things
    for parts in partitions(rest):
        yield [[head], *parts]
        for place, part in enumerate(parts):
            yield [*parts[:place], [head, *part], *parts[place + 1 :]]


def fewest(units, everybody, policy, capacity):
    """Return the fewest certificates, and the fewest names with as many, among all plans."""
    known = {}

    def names(part):
        key = frozenset(part)
        if key not in known:
            known[key] = fewest_names(part, everybody, policy, capacity)
        return known[key]

    costs = (
        (len(parts), sum(map(names, parts)))
        for parts in partitions(units)
        if all(names(part) is not None for part in parts)
    )
    return min(costs)


def is_refused(made, demand, unit):
    return any(r.address == demand.address and {*r.hosts} == {*unit} for r in made.refused)


def units_of(made, wanted, region):
    """Return the sets of hosts planned together in a Region, with their primary names."""
    units = {
        (tuple(sorted(unit)), demand.first)
        for demand in wanted
        if demand.certificate_region == region
        for unit in together(demand)
        if not is_refused(made, demand, unit)
    }
    return sorted(units, key=str)


# Laws ---------------------------------------------------------------------------------------------


@given(some_demands(4), policies())
def test_never_worse_than_the_best(wanted, policy):
    """A small plan has the fewest certificates and names of all allowed plans."""
    made = planned(demands=wanted, policy=policy)
    assert made.is_exact
    capacity = policy.max_names
    total = [0, 0]
    for region in {demand.certificate_region for demand in wanted}:
        units = units_of(made, wanted, region)
        assume(len(units) <= 6)
        if units:
            everybody = primary_names({host for unit, _ in units for host in unit}, policy)
            best = fewest(units, everybody, policy, capacity)
            total = [total[0] + best[0], total[1] + best[1]]
    assert [len(made.certificates), made.names] == total == [made.bound, made.names_bound]


@settings(deadline=None)
@given(some_demands(6), policies())
def test_every_certificate_keeps_the_rules(wanted, policy):
    """Each certificate respects the limits and covers its hosts with allowed names."""
    made = planned(demands=wanted, policy=policy)
    for certificate in made.certificates:
        units = [
            (unit, demand.first)
            for demand in wanted
            for unit in together(demand)
            if demand.certificate_region == certificate.region
            and demand.first in (None, certificate.names[0])
            and set(unit) <= set(certificate.hosts)
            and demand.address in certificate.consumers
        ]
        assert set(certificate.hosts) == {host for unit, _ in units for host in unit}
        assert is_allowed([*certificate.names], units, policy, policy.max_names)


@settings(deadline=None)
@given(some_demands(6), policies())
def test_every_host_is_served_or_refused(wanted, policy):
    """A consumer with one certificate has all its hosts on it; other hosts are on any."""
    made = planned(demands=wanted, policy=policy)
    for demand in wanted:
        for unit in together(demand):
            serving = [
                certificate
                for certificate in made.certificates
                if demand.address in certificate.consumers
                and certificate.region == demand.certificate_region
                and {*unit} <= {*certificate.hosts}
                and demand.first in (None, certificate.names[0])
            ]
            assert bool(serving) != is_refused(made, demand, unit)


@given(some_demands(2), policies())
def test_refused_means_impossible(wanted, policy):
    """A refused demand has no certificate even if it is the only demand."""
    made = planned(demands=wanted, policy=policy)
    for refusal in made.refused:
        [demand] = [d for d in wanted if d.address == refusal.address]
        served = {h for c in made.certificates if c.region == refusal.region for h in c.hosts}
        unit = [(refusal.hosts, demand.first)]
        assert fewest_names(unit, primary_names(served, policy), policy, policy.max_names) is None


@given(some_demands(6), policies(), st.randoms(use_true_random=False))
def test_order_does_not_matter(wanted, policy, chance):
    """The order of the demands does not matter."""
    shuffled = [
        d.__replace__(hosts=tuple(chance.sample(d.hosts, len(d.hosts))))
        for d in wanted
        if d.service != "verified-access"
    ]
    wanted = [d for d in wanted if d.service != "verified-access"]
    chance.shuffle(shuffled)
    assert lists(planned(demands=shuffled, policy=policy)) == lists(
        planned(demands=wanted, policy=policy)
    )
    assert planned(demands=wanted, policy=policy) == planned(demands=wanted, policy=policy)


@given(st.lists(st.sampled_from(HOSTS), max_size=12), st.sampled_from(HOSTS), policies())
def test_a_host_more_lowers_nothing(hosts, host, policy):
    """A plan for more hosts does not have fewer certificates."""
    before, after = (planned(h, policy=policy) for h in (hosts, [*hosts, host]))
    assert len(after.certificates) >= len(before.certificates)


@given(st.integers(1, 400), st.integers(1, 30))
def test_no_more_than_quotas_full(count, quota):
    """Unrestricted hosts need as many certificates as the quota requires."""
    made = planned([f"h.d{n}.com" for n in range(count)], quotas=Quotas(names=quota))
    assert len(made.certificates) == -(-count // quota)
    assert made.is_exact
    assert all(len(certificate.names) <= quota for certificate in made.certificates)


@pytest.mark.parametrize("key", sorted(SERVICES))
def test_the_default_key_algorithm_serves_all(key):
    """Every service supports the default key algorithm on every date."""
    default = acm.KeyAlgorithm(facts.REQUESTABLE_ALGORITHMS.value[0])
    days = (
        [era.start for era in SERVICES[key].algorithms.history] if SERVICES[key].algorithms else []
    )
    for day in (LAUNCH, CHECKED, *days):
        taken = SERVICES[key].key_algorithms(as_of=day)
        assert taken is None or default in taken


@pytest.mark.parametrize("key", sorted(SERVICES))
def test_regions(key):
    """The certificate of a consumer is in the Region that its service requires."""
    made = planned(demands=[Demand(["a.x.com"], key, "eu-west-1", "it")])
    for certificate in made.certificates:
        assert certificate.region == (required_region(key, "eu-west-1") or "eu-west-1")
    assert bool(made.certificates) != bool(made.refused)


# Examples -----------------------------------------------------------------------------------------


def test_wildcards_save_names():
    """A wildcard replaces at least two hosts of a parent, and never the parent."""
    made = planned(["x.com", "a.x.com", "b.x.com", "a.y.com", "y.com"])
    assert lists(made) == ["x.com, *.x.com, y.com, a.y.com"]
    assert made.certificates[0].reasons == ("`*.x.com` replaces `a.x.com`, `b.x.com`",)


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (PlanPolicy(wildcard_zones=()), ["x.com, a.x.com, b.x.com"]),
        (PlanPolicy(wildcard_zones=["y.com"]), ["x.com, a.x.com, b.x.com"]),
        (PlanPolicy(wildcard_zones=["x.com"]), ["x.com, *.x.com"]),
        (PlanPolicy(max_names=1), ["*.x.com", "x.com"]),
        (PlanPolicy(first=["b.x.com"]), ["b.x.com, x.com, a.x.com"]),
        (PlanPolicy(first=["*.x.com"]), ["*.x.com, x.com"]),
        (PlanPolicy(apart=[["a.x.com", "x.com"]]), ["x.com, b.x.com", "a.x.com"]),
        (PlanPolicy(apart=[["a.x.com"]]), ["x.com, *.x.com"]),
    ],
)
def test_policy(policy, expected):
    """Plans follow the policy."""
    assert sorted(lists(planned(["x.com", "a.x.com", "b.x.com"], policy=policy))) == sorted(
        expected
    )


def test_no_wildcard_left_of_a_suffix():
    """Hosts directly under a public suffix share no wildcard."""
    assert lists(planned(["a.co.uk", "b.co.uk"])) == ["a.co.uk, b.co.uk"]
    assert lists(planned(["a.pages.io", "b.pages.io"])) == ["a.pages.io, b.pages.io"]
    allowed = PlanPolicy(private_suffixes=True)
    assert lists(planned(["a.pages.io", "b.pages.io"], policy=allowed)) == ["*.pages.io"]


def test_long_names():
    """A name of more than 64 characters follows a shorter one, possibly its wildcard."""
    [alone] = planned([f"{LONG}.x.com"]).certificates
    assert str(alone.names) == "*.x.com"
    assert "is the primary name instead of" in alone.reasons[0]
    [behind] = planned([f"{LONG}.x.com", "y.com"]).certificates
    assert str(behind.names) == f"y.com, {LONG}.x.com"
    no_wildcards = PlanPolicy(wildcard_zones=())
    refused = planned([f"{LONG}.x.com"], policy=no_wildcards)
    assert not refused.certificates
    assert "every name is too long for the primary name" in refused.refused[0].reason
    full = planned(
        demands=[Demand([f"{LONG}.x.com"], "cloudfront"), Demand(["y.com"], "cloudfront")],
        policy=PlanPolicy(wildcard_zones=(), max_names=1),
    )
    assert "there is no room" in full.refused[0].reason


def test_a_certificate_with_long_names_shares_a_primary_name():
    """A certificate with long names only also has a short name of another certificate."""
    hosts = [f"{LONG}.{n}.com" for n in range(4)] + ["y.com"]
    made = planned(hosts, policy=PlanPolicy(wildcard_zones=(), max_names=3))
    assert [str(c.names.domain_name) for c in made.certificates] == ["y.com", "y.com"]
    assert made.names == made.names_bound == 6
    assert any(
        "`y.com` is also the primary name" in r for c in made.certificates for r in c.reasons
    )


def test_an_additional_primary_name_is_a_host():
    """The additional primary name is a host if one is short enough, not a wildcard."""
    hosts = [f"{LONG}.{n}.com" for n in range(4)] + ["a.y.com"]
    made = planned(hosts, policy=PlanPolicy(wildcard_zones=["y.com"], max_names=3))
    assert [str(c.names.domain_name) for c in made.certificates] == ["a.y.com", "a.y.com"]


def test_one_certificate_for_each_consumer():
    """A distribution has one certificate for all its hosts; a load balancer may have several."""
    hosts = [f"h.{n}.com" for n in range(12)]
    refused = planned(demands=[Demand(hosts, "cloudfront", None, "Site")]).refused
    assert refused[0].reason == (
        "12 names must be on one certificate, but 10 fit (CloudFront uses only one certificate)"
    )
    made = planned(demands=[Demand(hosts, "alb", "eu-west-1", "LB")])
    assert [c.consumers for c in made.certificates] == [("LB",), ("LB",)]
    assert "12 names are needed, and 10 fit on a certificate" in made.certificates[0].reasons


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        (
            PlanPolicy(first=["a.x.com", "a.y.com"]),
            "`a.x.com` and `a.y.com` must both be the primary name",
        ),
        (PlanPolicy(apart=[["x.com", "y.com"]]), "the policy separates `a.x.com` and `a.y.com`"),
    ],
)
def test_contradictions(policy, reason):
    """A consumer with one certificate that contradicts the policy is refused with a reason."""
    made = planned(demands=[Demand(["a.x.com", "a.y.com"], "cloudfront")], policy=policy)
    assert made.refused[0].reason == f"{reason} (CloudFront uses only one certificate)"
    made = planned(["a.x.com", "a.y.com"], policy=policy)
    assert len(made.certificates) == 2


def test_a_wildcard_over_separated_names():
    """A requested wildcard that covers two members of a separated group is refused."""
    made = planned(["*.x.com"], policy=PlanPolicy(apart=[["a.x.com", "x.com"]]))
    assert made.refused[0].reason == "`*.x.com` covers names that the policy separates"


def test_a_wildcard_too_long_for_the_primary_name():
    """A wildcard that the policy requires as the primary name is not used if it is too long."""
    wildcard = f"*.{LONG}.com"
    made = planned([f"a.{LONG}.com", f"b.{LONG}.com", "y.com"], policy=PlanPolicy(first=[wildcard]))
    assert made.names == 3


def test_reasons_for_separated_domains():
    """The reasons name the separated domains."""
    made = planned(["a.x.com", "a.y.com"], policy=PlanPolicy(apart=[["x.com", "y.com"]]))
    assert [c.reasons for c in made.certificates] == [
        ("the policy separates `x.com` from `y.com`",),
        ("the policy separates `y.com` from `x.com`",),
    ]


def test_reasons_for_several_regions():
    """A host in two Regions is on two certificates, and the reasons of both say so."""
    made = planned(
        demands=[
            Demand(["x.com"], "cloudfront", "eu-west-1", "Site"),
            Demand(["x.com"], "alb", "eu-west-1", "LB"),
        ]
    )
    assert [(c.region, c.consumers) for c in made.certificates] == [
        ("eu-west-1", ("LB",)),
        ("us-east-1", ("Site",)),
    ]
    assert made.certificates[0].reasons == ("`x.com` must also be on a certificate in `us-east-1`",)
    assert made.certificates[1].reasons == (
        "CloudFront only accepts certificates from `us-east-1`",
        "`x.com` must also be on a certificate in `eu-west-1`",
    )


def test_notes():
    """The notes name unknown Regions, exceeded quotas and conditions of services."""
    made = planned(
        ["x.com"],
        demands=[
            Demand([f"h.{n}.com" for n in range(26)], "nlb", "eu-west-9", "LB"),
            Demand(["y.com"], "eks", "eu-west-1", "Cluster"),
        ],
        policy=PlanPolicy(max_names=1),
    )
    assert made.notes == (
        "unknown Region for `x.com`; a certificate only works in the Region of its request",
        "unknown Region `eu-west-9`; it may be new",
        "`Cluster`: the certificate is exportable",
        "`LB` needs 26 certificates; the quota of a Network Load Balancer is 25",
    )


def test_hostile_names():
    """Duplicates, U-labels and the longest names are planned; invalid arguments raise errors."""
    longest = ".".join(["l" * 63] * 3 + ["l" * 57 + ".com"])
    assert len(longest) == 253
    made = planned(["B\u00fccher.com", "xn--bcher-kva.com", "x.com", "X.com", longest])
    assert lists(made) == [f"x.com, {longest}, xn--bcher-kva.com"]
    with pytest.raises(acm.InvalidName):
        planned(["no name"])
    with pytest.raises(InvalidArgument, match="at least 1, not 0"):
        planned(["x.com"], quotas=Quotas(names=0))


def test_nothing():
    """A plan without demands is empty and exact."""
    made = planned()
    assert (made.certificates, made.bound, made.names_bound, made.is_exact) == ((), 0, 0, True)
    assert (made.gap, made.names_gap) == (0, 0)


def test_the_installed_suffixes():
    """The default is the installed suffix list."""
    assert lists(plan(["a.example.co.uk", "b.example.co.uk"])) == ["*.example.co.uk"]


def test_many_hosts():
    """A plan for very many hosts is exact."""
    made = planned(f"h{n}.d{n // 2}.com" for n in range(20_000))
    assert len(made.certificates) == 1_000
    assert made.is_exact


def test_a_gap_is_stated():
    """A plan for many distributions with shared hosts has a bound."""
    wanted = [
        Demand(
            {f"h.{n % 23}.com", f"h.{30 + n * n % 29}.com", f"h.{60 + n * 7 % 31}.com"},
            "cloudfront",
        )
        for n in range(80)
    ]
    made = planned(demands=wanted, quotas=Quotas(names=6))
    assert made.bound < len(made.certificates)
    assert not made.is_exact
