"""What an organisation's policy, and validation, allow a plan beside the rules of ACM."""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.facts import names as apart
from acmrules.limits import MAX_VALIDATABLE_NAME_OCTETS
from acmrules.messages import quoted, quoted_list
from acmrules.names import WildcardDomainName
from acmrules.partial import dotted, ending
from acmrules.planner.demands import PlanPolicy, split_plannable
from acmrules.request import ValidationMethod
from acmrules.services import key_algorithms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from acmrules.lint.policy import Policy
    from acmrules.names import DomainName, Name
    from acmrules.planner.demands import Demand, Unplannable
    from acmrules.planner.plan import Plan
    from acmrules.request import KeyAlgorithm

_ONION = dotted([apart.ONION_SUFFIX.value])


def plan_policy(policy: Policy) -> PlanPolicy:
    """Return what a plan itself keeps to; a wildcard is within the zones of all names too."""
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
    """Return the method of requests: DNS where it may be."""
    methods = policy.validation_methods or (ValidationMethod.DNS,)
    return ValidationMethod.DNS if ValidationMethod.DNS in methods else methods[0]


def split_permitted(
    demands: Iterable[Demand], policy: Policy, as_of: date
) -> tuple[list[Demand], list[Unplannable]]:
    """Part what may be planned from what may not (facts 1.21, 4.12)."""
    left, refused = [], []
    for demand in demands:
        faults = {host: _fault(host, policy) for host in demand.hosts}
        kept, others = split_plannable(demand, faults, as_of)
        refused += others
        left += [kept] if kept else []
    return left, refused


def _fault(host: Name, policy: Policy) -> str | None:
    plain = host.parent if isinstance(host, WildcardDomainName) else host
    if policy.zones is not None and not _is_within(host, policy.zones):
        return f"it is outside the policy's zones: {quoted_list(policy.zones)}"
    if ending(plain, _ONION)[0]:
        return "it needs a validation of its own kind, which ACM does not describe"
    is_by_record = validation_method(policy) is ValidationMethod.DNS
    if is_by_record and plain.octets > MAX_VALIDATABLE_NAME_OCTETS:
        most = MAX_VALIDATABLE_NAME_OCTETS
        return f"it has {plain.octets} octets; {most} leave room for its validation record"
    return None


def with_algorithms(plan: Plan, demands: Iterable[Demand], policy: Policy, as_of: date) -> Plan:
    """Return a plan with the key algorithms of the policy, the first that all consumers take.

    Where there is none a note says so (facts 1.34, section C).
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
        using = set().union(*(services.get((each.region, host), ()) for host in each.hosts))
        taken = [algorithm for algorithm in wanted if _is_taken(algorithm, using, as_of)]
        if taken:
            certificates.append(each.__replace__(key_algorithm=taken[0]))
        else:
            certificates.append(each)
            who = quoted_list(sorted(using)) if using else "ACM"
            notes.append(f"{quoted(each.names[0])}: the policy has no key algorithm for {who}")
    return plan.__replace__(certificates=tuple(certificates), notes=tuple(notes))


def _is_taken(algorithm: KeyAlgorithm, services: Iterable[str], as_of: date) -> bool:
    if algorithm.value not in acm.REQUESTABLE_ALGORITHMS.era(as_of).value:
        return False
    takes = (key_algorithms(service, as_of) for service in services)
    return all(taken is None or algorithm in taken for taken in takes)


def _is_within(name: Name, zones: Iterable[DomainName]) -> bool:
    return any(map(name.is_within, zones))
