"""The command `plan`: the fewest certificates for a set of hosts, or for the hosts in files."""

from __future__ import annotations

import os

from acmrules.cli import overrides
from acmrules.cli.output import as_json, deliver, forms, print_problem
from acmrules.cli.parser import CLEAN, FOUND, UNREADABLE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.cli.inputs import InventoryInputs
    from acmrules.cli.output import Page
    from acmrules.cli.table import PlanOptions
    from acmrules.lint.policy import Policy
    from acmrules.model.inventory import Inventory
    from acmrules.planner.demands import Demand, Unplannable
    from acmrules.planner.plan import Plan
    from acmrules.planner.regional import PlannedCertificate
    from acmrules.reports.plan import Planned
    from acmrules.workspace.file_settings import FileSettings
    from acmrules.writers.plan_requests import RequestDefaults


def plan(options: PlanOptions) -> int:
    """Print the certificates to request, as a report or as code."""
    from acmrules.analysis.demands import demands_of
    from acmrules.reports.plan import Planned
    from acmrules.workspace.settings import SettingsError
    from acmrules.writers.plan_requests import requests

    paths = [word for word in options.operands if overrides.is_path(word, options.stdin_filename)]
    hosts = [word for word in options.operands if word not in paths]
    try:
        inputs, settings = _read(options, paths)
    except SettingsError as error:
        for mistake in error.mistakes:
            print_problem(mistake)
        return UNREADABLE
    inventory, service = inputs.inventory, options.service
    in_files = demands_of(inventory, service)
    if service and not hosts and not in_files.listed:
        raise UsageError("option `--service` needs hosts as arguments or in a list of names")
    demands = [*_demands(hosts, service, settings), *in_files.listed, *in_files.consumers]
    if options.no_wildcards:
        certificates = _without_wildcards(demands, settings)
    else:
        certificates = _plan(demands, settings, settings.linter.policy)
    defaults = _request_defaults(inventory, settings)
    as_requests = tuple(requests(certificates.certificates, "api", defaults))
    planned = Planned(certificates, settings.as_of, as_requests, in_files.unknown)
    for form in forms(options):
        for line in _remarks(planned, form, defaults):
            print_problem(line)
    deliver(options, lambda form, page: _rendered(planned, form, page, defaults), inputs.files)
    return inputs.code or (CLEAN if planned.is_whole else FOUND)


def _read(options: PlanOptions, paths: list[str]) -> tuple[InventoryInputs, FileSettings]:
    """Return what files declare, and the settings of the current directory.

    Raises `SettingsError`.
    """
    from acmrules.cli.inputs import InventoryInputs, read_inventory
    from acmrules.model.inventory import Inventory

    if paths:
        inputs = read_inventory(options, paths)
    else:
        inputs = InventoryInputs(Inventory(()), overrides.settings_resolver(options), CLEAN)
    return inputs, inputs.resolver.settings_of(os.curdir)


def _demands(hosts: list[str], service: str | None, settings: FileSettings) -> Iterator[Demand]:
    """Yield the demand of the hosts on the command line; raises `UsageError`."""
    from acmrules.planner.demands import Demand

    try:
        demand = Demand(hosts, service, settings.parameters.region)
    except ValueError as error:
        raise UsageError(str(error)) from None
    if hosts:
        yield demand


def _plan(demands: list[Demand], settings: FileSettings, policy: Policy) -> Plan:
    """Return the plan that satisfies the policy and the quotas of each Region."""
    from acmrules.analysis.plan_policy import plan_policy, split_permitted, with_algorithms
    from acmrules.limits import Quotas
    from acmrules.planner.plan import plan

    linter, as_of = settings.linter, settings.as_of
    permitted, refused = split_permitted(demands, policy, as_of)
    default = linter.quotas or Quotas.on(as_of=as_of)
    by_quotas: dict[Quotas, list[Demand]] = {}
    for demand in permitted:
        quotas = linter.regional_quotas.get(demand.certificate_region or "", default)
        by_quotas.setdefault(quotas, []).append(demand)
    limits = plan_policy(policy)
    plans = [
        plan(demands=each, quotas=quotas, policy=limits, as_of=as_of, suffixes=linter.suffixes)
        for quotas, each in by_quotas.items()
    ]
    return with_algorithms(_merged(plans, refused), permitted, policy, as_of)


def _without_wildcards(demands: list[Demand], settings: FileSettings) -> Plan:
    """Return the plan without wildcards, with a note on what the policy's wildcards would save."""
    from acmrules.analysis.plan_policy import wildcard_savings

    policy = settings.linter.policy
    strict = _plan(demands, settings, policy.__replace__(wildcard_zones=()))
    savings = wildcard_savings(strict, _plan(demands, settings, policy))
    return strict.__replace__(notes=(*strict.notes, *savings))


def _merged(plans: list[Plan], refused: list[Unplannable]) -> Plan:
    """Return plans as one, with the demands that the policy does not permit."""
    from acmrules.planner.plan import Plan

    certificates = [each for plan in plans for each in plan.certificates]
    return Plan(
        tuple(sorted(certificates, key=lambda each: (each.region is None, each.region or ""))),
        sum(plan.bound for plan in plans),
        sum(plan.names_bound for plan in plans),
        (*refused, *(each for plan in plans for each in plan.refused)),
        tuple(dict.fromkeys(note for plan in plans for note in plan.notes)),
    )


def _request_defaults(inventory: Inventory, settings: FileSettings) -> RequestDefaults:
    """Return the values that all requests have in common."""
    from acmrules.analysis.plan_policy import validation_method
    from acmrules.resources import Zone
    from acmrules.writers.plan_requests import RequestDefaults

    policy = settings.linter.policy
    return RequestDefaults(
        settings.linter.suffixes,
        tuple(each.thing for each in inventory.zones if isinstance(each.thing, Zone)),
        validation_method(policy),
        policy.required_tags or (),
    )


def _rendered(planned: Planned, form: str, page: Page, defaults: RequestDefaults) -> str:
    """Return the plan as a report, as data, or as code."""
    from acmrules.reports import plan as report

    if form == "text":
        return report.render(planned, is_colored=page.color)
    if form == "json":
        return as_json(report.as_data(planned))
    from acmrules.writers import write
    from acmrules.writers.plan_requests import requests

    return write(requests(planned.plan.certificates, form, defaults), form)


def _remarks(planned: Planned, form: str, defaults: RequestDefaults) -> Iterator[str]:
    """Yield what code in a format cannot express."""
    from acmrules.reports import plan as report

    if form in {"text", "json"}:
        return
    for line in report.refusals(planned):
        yield f"not possible: {line}"
    yield from report.unknowns(planned)
    if form == "api":
        yield from _regions(planned.plan.certificates)
        for key in defaults.tags:
            yield f"the policy requires the tag `{key}`: add it"


def _regions(certificates: Iterable[PlannedCertificate]) -> Iterator[str]:
    """Yield the Region of each request, which the format cannot express."""
    lines: dict[str | None, list[int]] = {}
    for number, each in enumerate(certificates, 1):
        lines.setdefault(each.region, []).append(number)
    for region, numbers in lines.items():
        first, last = numbers[0], numbers[-1]
        which = f"line {first}" if first == last else f"lines {first} to {last}"
        yield f"{which}: {f'--region {region}' if region else 'the Region is unknown'}"
