"""Plans of certificates: as few as serve everybody, held against a literal enumeration."""

from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import acmrules as acm
from acmrules import Demand, DomainName, PlanPolicy, Quotas, WildcardDomainName, covers, parse_name
from acmrules.facts import acm as facts
from acmrules.facts.fact import CHECKED, LAUNCH
from acmrules.planning import plan
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
    """Demands of a few consumers in a few Regions, on hosts of a few families."""
    return st.builds(
        Demand,
        st.lists(st.sampled_from(HOSTS), min_size=1, max_size=3),
        st.sampled_from(SERVED),
        st.sampled_from(["us-east-1", "us-east-1", "eu-west-1", None]),
    )


def some_demands(most):
    """A few demands, each with an address of its own."""
    return st.lists(demands(), min_size=1, max_size=most).map(
        lambda drawn: [d.__replace__(address=f"C{number}") for number, d in enumerate(drawn)]
    )


def policies():
    """Policies on the same hosts."""
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
    """Return the members of groups held apart that a name is within, or covers."""
    found = set()
    for group, domains in enumerate(policy.apart):
        if len(domains) == 1:
            continue
        around = [d for d in domains if name.is_within(d)]
        if around:
            found.add((group, max(around, key=lambda d: len(d.labels))))
        if isinstance(name, WildcardDomainName):
            found |= {(group, domain) for domain in domains if covers(name, domain)}
    return found


def may_stand(wildcard, policy):
    return policy.wildcard_refusal(wildcard.parent, SUFFIXES) is None


def together(demand):
    return [(h,) for h in demand.hosts] if demand.is_divisible else [demand.hosts]


def is_allowed(names, units, policy, capacity):
    """Say whether names, the first of them first, make a certificate for units."""
    hosts = {host for unit, _ in units for host in unit}
    if len(names) > capacity or names[0].octets > 64:
        return False
    if not all(may_stand(name, policy) for name in names if isinstance(name, WildcardDomainName)):
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


def fewest_names(units, everybody, policy, capacity):
    """Return how many names a certificate for units lists at the least, `None` if there is none."""
    hosts = {host for unit, _ in units for host in unit}
    over = {
        parse_name(f"*.{str(host).partition('.')[2]}")
        for host in hosts
        if isinstance(host, DomainName) and str(host).count(".") > 1
    }
    useful = sorted(hosts | {w for w in over if may_stand(w, policy)})
    for count in range(1, capacity + 1):
        for names in candidates(useful, everybody, count):
            for first in names:
                ordered = [first, *(name for name in names if name != first)]
                if is_allowed(ordered, units, policy, capacity):
                    return count
    return None


def candidates(useful, everybody, count):
    """Yield so many names that serve somebody here, one at most that only comes first."""
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
    """Return the fewest certificates, and with as many the fewest names, by trying everything."""
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


def units_of(made, asked, region):
    """Return what was planned in a Region: hosts that go together, and who leads them."""
    units = {
        (tuple(sorted(unit)), demand.first)
        for demand in asked
        if demand.certificate_region == region
        for unit in together(demand)
        if not is_refused(made, demand, unit)
    }
    return sorted(units, key=str)


# Laws ---------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(some_demands(4), policies())
def test_never_worse_than_the_best(asked, policy):
    """A small plan has the fewest certificates, and the fewest names, of all that are allowed."""
    made = planned(demands=asked, policy=policy)
    assert made.is_exact
    capacity = policy.max_names
    total = [0, 0]
    for region in {demand.certificate_region for demand in asked}:
        units = units_of(made, asked, region)
        assume(len(units) <= 6)
        if units:
            everybody = sorted({host for unit, _ in units for host in unit})
            best = fewest(units, everybody, policy, capacity)
            total = [total[0] + best[0], total[1] + best[1]]
    assert [len(made.certificates), made.names] == total == [made.bound, made.names_bound]


@settings(deadline=None)
@given(some_demands(6), policies())
def test_every_certificate_keeps_the_rules(asked, policy):
    """Each is in one Region, within bounds, and serves whom it says by names that may stand there."""
    made = planned(demands=asked, policy=policy)
    for certificate in made.certificates:
        units = [
            (unit, demand.first)
            for demand in asked
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
def test_everybody_is_served_or_refused(asked, policy):
    """A consumer of one certificate finds all its hosts on one; each other host is on some."""
    made = planned(demands=asked, policy=policy)
    for demand in asked:
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


@settings(max_examples=60, deadline=None)
@given(some_demands(2), policies())
def test_refused_means_impossible(asked, policy):
    """What is refused for its names has no certificate even by itself."""
    made = planned(demands=asked, policy=policy)
    for refusal in made.refused:
        [demand] = [d for d in asked if d.address == refusal.address]
        served = {h for c in made.certificates if c.region == refusal.region for h in c.hosts}
        unit = [(refusal.hosts, demand.first)]
        assert fewest_names(unit, sorted(served), policy, policy.max_names) is None


@given(some_demands(6), policies(), st.randoms(use_true_random=False))
def test_order_does_not_matter(asked, policy, chance):
    """The same demands in another order make the same lists."""
    shuffled = [
        d.__replace__(hosts=tuple(chance.sample(d.hosts, len(d.hosts))))
        for d in asked
        if d.service != "verified-access"
    ]
    asked = [d for d in asked if d.service != "verified-access"]
    chance.shuffle(shuffled)
    assert lists(planned(demands=shuffled, policy=policy)) == lists(
        planned(demands=asked, policy=policy)
    )
    assert planned(demands=asked, policy=policy) == planned(demands=asked, policy=policy)


@given(st.lists(st.sampled_from(HOSTS), max_size=12), st.sampled_from(HOSTS), policies())
def test_a_host_more_lowers_nothing(hosts, host, policy):
    """A plan for more hosts has no fewer certificates."""
    before, after = (planned(h, policy=policy) for h in (hosts, [*hosts, host]))
    assert len(after.certificates) >= len(before.certificates)


@given(st.integers(1, 400), st.integers(1, 30))
def test_no_more_than_quotas_full(count, quota):
    """Where nothing forces more, there is one certificate for each quota-full of hosts."""
    made = planned([f"h.d{n}.com" for n in range(count)], quotas=Quotas(names=quota))
    assert len(made.certificates) == -(-count // quota)
    assert made.is_exact
    assert all(len(certificate.names) <= quota for certificate in made.certificates)


@pytest.mark.parametrize("key", sorted(SERVICES))
def test_the_default_key_algorithm_serves_all(key):
    """Every service takes the algorithm that is planned with, on any day: no plan turns on keys."""
    default = acm.KeyAlgorithm(facts.REQUESTABLE_ALGORITHMS.value[0])
    days = (
        [era.start for era in SERVICES[key].algorithms.history] if SERVICES[key].algorithms else []
    )
    for day in (LAUNCH, CHECKED, *days):
        taken = SERVICES[key].key_algorithms(day)
        assert taken is None or default in taken


@pytest.mark.parametrize("key", sorted(SERVICES))
def test_regions(key):
    """The certificate of a consumer is in the Region that its service requires."""
    made = planned(demands=[Demand(["a.x.com"], key, "eu-west-1", "it")])
    for certificate in made.certificates:
        assert certificate.region == (required_region(key, "eu-west-1") or "eu-west-1")
    assert bool(made.certificates) != bool(made.refused)
