"""The rules for a plan that come from the organization's policy and from validation."""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.facts import names as name_facts
from acmrules.limits import MAX_VALIDATABLE_NAME_OCTETS
from acmrules.messages import counted, quoted, quoted_list
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.partial import dotted, ending
from acmrules.planner.demands import Demand, PlanPolicy, Unplannable, split_plannable
from acmrules.request import KeyAlgorithm, ValidationMethod
from acmrules.services import key_algorithms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from acmrules.lint.policy import Policy
    from acmrules.planner.plan import Plan

_ONION = dotted([name_facts.ONION_SUFFIX.value])


def plan_policy(policy: Policy) -> PlanPolicy:
    """Return the policy for the planner; a wildcard must also be in the zones for all names."""
    zones, wildcards = policy.zones, policy.wildcard_zones
    if zones is None:
        within = wildcards
    elif wildcards is None:
        within = zones
    else:
        within = tuple(
            zone
            for zone in (*zones, *wildcards)
            if _is_within(zone, zones) and _is_within(zone, wildcards)
        )
    return PlanPolicy(within, policy.apart or (), policy.first or (), policy.max_names)


def validation_method(policy: Policy) -> ValidationMethod:
    """Return the validation method for requests: DNS if the policy allows it."""
    methods = policy.validation_methods or (ValidationMethod.DNS,)
    return ValidationMethod.DNS if ValidationMethod.DNS in methods else methods[0]


def split_permitted(
    demands: Iterable[Demand], policy: Policy, as_of: date
) -> tuple[list[Demand], list[Unplannable]]:
    """Split demands into those that the policy permits and those it does not (facts 1.21, 4.12)."""
    permitted, refused = [], []
    for demand in demands:
        faults = {host: _fault(host, policy) for host in demand.hosts}
        kept, others = split_plannable(demand, faults, as_of)
        refused += others
        permitted += [kept] if kept else []
    return permitted, refused


def _fault(host: Name, policy: Policy) -> str | None:
    plain = host.parent if isinstance(host, WildcardDomainName) else host
    if policy.zones is not None and not _is_within(host, policy.zones):
        return f"the policy only allows names in {quoted_list(policy.zones)}"
    if ending(plain, _ONION)[0]:
        return "`.onion` names are not in DNS, so ACM cannot validate them"
    is_by_record = validation_method(policy) is ValidationMethod.DNS
    if is_by_record and plain.octets > MAX_VALIDATABLE_NAME_OCTETS:
        return (
            f"it is {plain.octets} characters long; its validation record leaves room for"
            f" {MAX_VALIDATABLE_NAME_OCTETS}"
        )
    return None


def with_algorithms(plan: Plan, demands: Iterable[Demand], policy: Policy, as_of: date) -> Plan:
    """Return a plan with the first key algorithms of the policy that all consumers support.

    If there is none, a note says so (facts 1.34, section C).
    """
    wanted = policy.key_algorithms
    if wanted is None or all(each.key_algorithm in wanted for each in plan.certificates):
        return plan
    services: dict[tuple[str | None, Name], set[str]] = {}
    for demand in demands:
        for host in demand.hosts if demand.service else ():
            key = demand.certificate_region, host
            services.setdefault(key, set()).add(str(demand.service))
    certificates, notes = [], list(plan.notes)
    for each in plan.certificates:
        users = set().union(*(services.get((each.region, host), ()) for host in each.hosts))
        supported = [algorithm for algorithm in wanted if _is_supported(algorithm, users, as_of)]
        if supported:
            certificates.append(each.__replace__(key_algorithm=supported[0]))
        else:
            certificates.append(each)
            by = quoted_list(sorted(users)) if users else "ACM"
            notes.append(f"{quoted(each.names[0])}: {by} supports no key algorithm of the policy")
    return plan.__replace__(certificates=tuple(certificates), notes=tuple(notes))


def wildcard_savings(without: Plan, allowed: Plan) -> Iterator[str]:
    """Yield what a plan with wildcards would save, if both plans serve the same hosts."""
    if without.refused != allowed.refused:
        return
    saved = [
        counted(more - fewer, noun)
        for more, fewer, noun in (
            (len(without.certificates), len(allowed.certificates), "certificate"),
            (without.names, allowed.names, "name"),
        )
        if more > fewer
    ]
    yield f"wildcards would save {' and '.join(saved) or 'nothing'}"


def _is_supported(algorithm: KeyAlgorithm, services: Iterable[str], as_of: date) -> bool:
    if algorithm.value not in acm.REQUESTABLE_ALGORITHMS.era(as_of).value:
        return False
    by_service = (key_algorithms(service, as_of=as_of) for service in services)
    return all(supported is None or algorithm in supported for supported in by_service)


def _is_within(name: Name, zones: Iterable[DomainName]) -> bool:
    return any(map(name.is_within, zones))
