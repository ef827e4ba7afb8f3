"""The command `plan`: which certificates to request for hosts, and for what files serve."""

from __future__ import annotations

import os
import sys

from acmrules.cli import overrides
from acmrules.cli.parser import CLEAN, FOUND, UNREADABLE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.cli.parser import Arguments
    from acmrules.model.inventory import Inventory
    from acmrules.planner.demands import Demand, Unplannable
    from acmrules.planner.plan import Plan
    from acmrules.planner.regional import PlannedCertificate
    from acmrules.reports.plan import Planned
    from acmrules.workspace.file_settings import FileSettings
    from acmrules.writers.plan_requests import RequestDefaults


def plan(given: Arguments) -> int:
    """Print which certificates to request, in words or as what requests them."""
    from acmrules.analysis.demands import demanded
    from acmrules.reports.plan import Planned
    from acmrules.workspace.settings import SettingsError
    from acmrules.writers.plan_requests import requests

    words = [*given.operands, *(given.after or ())]
    paths = [word for word in words if overrides.is_path(word)]
    hosts = [word for word in words if word not in paths]
    try:
        inventory, terms, code = _surveyed(given, paths)
    except SettingsError as wrong:
        for mistake in wrong.mistakes:
            print(f"acmrules: {mistake}", file=sys.stderr)
        return UNREADABLE
    service = given.last("service") or None
    found = demanded(inventory, service)
    if service and not hosts and not found.listed:
        raise UsageError("`--service` is that of hosts given or listed; consumers have their own")
    demands = [*_demanded(hosts, service, terms), *found.listed, *found.consumers]
    made = _plan(demands, terms)
    manner = _manner(inventory, terms)
    asked = tuple(requests(made.certificates, "api", manner))
    planned = Planned(made, terms.as_of, asked, found.unknown)
    _write(planned, given.last("format", "text"), manner)
    return code or (CLEAN if planned.is_whole else FOUND)


def _surveyed(given: Arguments, paths: list[str]) -> tuple[Inventory, FileSettings, int]:
    """Return what files declare, the terms of the working folder, and an exit code.

    Raises `SettingsError`.
    """
    from acmrules.cli.inputs import read_inventory
    from acmrules.facts.fact import LAUNCH
    from acmrules.model.inventory import Inventory

    if paths:
        surveyed = read_inventory(given, paths)
        inventory, lookup, code = surveyed.inventory, surveyed.lookup, surveyed.code
    else:
        inventory, lookup, code = Inventory(()), overrides.lookup(given), CLEAN
    terms = lookup.terms(os.curdir)
    if terms.as_of < LAUNCH:
        raise UsageError(f"there is no ACM on {terms.as_of}, before {LAUNCH}")
    return inventory, terms, code


def _demanded(hosts: list[str], service: str | None, terms: FileSettings) -> Iterator[Demand]:
    """Yield what the hosts of the command line demand; raises `UsageError`."""
    from acmrules.planner.demands import Demand

    try:
        demand = Demand(hosts, service, terms.parameters.region)
    except ValueError as error:
        raise UsageError(str(error)) from None
    if hosts:
        yield demand


def _plan(demands: list[Demand], terms: FileSettings) -> Plan:
    """Plan what is demanded within the policy, by the quotas of each Region."""
    from acmrules.analysis.plan_policy import plan_policy, split_permitted, with_algorithms
    from acmrules.limits import Quotas
    from acmrules.planner.plan import plan

    linter, as_of = terms.linter, terms.as_of
    left, refused = split_permitted(demands, linter.policy, as_of)
    everywhere = linter.quotas or Quotas.on(as_of)
    by_quotas: dict[Quotas, list[Demand]] = {}
    for demand in left:
        quotas = linter.regional_quotas.get(demand.certificate_region or "", everywhere)
        by_quotas.setdefault(quotas, []).append(demand)
    policy = plan_policy(linter.policy)
    plans = [
        plan(demands=each, quotas=quotas, policy=policy, as_of=as_of, suffixes=linter.suffixes)
        for quotas, each in by_quotas.items()
    ]
    return with_algorithms(_together(plans, refused), left, linter.policy, as_of)


def _together(plans: list[Plan], refused: list[Unplannable]) -> Plan:
    """Return plans as one, with what none of them was asked for."""
    from acmrules.planner.plan import Plan

    found = [each for plan in plans for each in plan.certificates]
    return Plan(
        tuple(sorted(found, key=lambda each: (each.region is None, each.region or ""))),
        sum(plan.bound for plan in plans),
        sum(plan.names_bound for plan in plans),
        (*refused, *(each for plan in plans for each in plan.refused)),
        tuple(dict.fromkeys(note for plan in plans for note in plan.notes)),
    )


def _manner(inventory: Inventory, terms: FileSettings) -> RequestDefaults:
    """Return how requests are made here."""
    from acmrules.analysis.plan_policy import validation_method
    from acmrules.resources import Zone
    from acmrules.writers.plan_requests import RequestDefaults

    policy = terms.linter.policy
    return RequestDefaults(
        terms.linter.suffixes,
        tuple(each.thing for each in inventory.zones if isinstance(each.thing, Zone)),
        validation_method(policy),
        policy.required_tags or (),
    )


def _write(planned: Planned, form: str, manner: RequestDefaults) -> None:
    from acmrules.reports import plan as plans

    if form == "text":
        sys.stdout.write(plans.render(planned))
        return
    if form == "json":
        from json import dumps

        sys.stdout.write(dumps(plans.as_data(planned), indent=2) + "\n")
        return
    from acmrules.writers import write
    from acmrules.writers.plan_requests import requests

    certificates = planned.plan.certificates
    sys.stdout.write(write(requests(certificates, form, manner), form))
    told = [f"refused: {line}" for line in plans.refusals(planned)]
    told += plans.unknowns(planned)
    if form == "api":
        told += _regions(certificates)
        told += [f"the policy requires the tag `{key}`; add it" for key in manner.tags]
    for line in told:
        print(f"acmrules: {line}", file=sys.stderr)


def _regions(certificates: Iterable[PlannedCertificate]) -> Iterator[str]:
    """Yield to which Region each line goes, where the lines have no room for it."""
    lines: dict[str | None, list[int]] = {}
    for number, each in enumerate(certificates, 1):
        lines.setdefault(each.region, []).append(number)
    for region, numbers in lines.items():
        first, last = numbers[0], numbers[-1]
        which = f"line {first}" if first == last else f"lines {first} to {last}"
        yield f"{which}: {f'--region {region}' if region else 'the Region is not known'}"
