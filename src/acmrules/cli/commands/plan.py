"""The command `plan`: the fewest certificates for a set of hosts, or for the hosts in files."""

from __future__ import annotations

import os

from acmrules.cli import overrides
from acmrules.cli.output import as_json, deliver, forms, print_problem
from acmrules.cli.parser import CLEAN, FOUND, UNREADABLE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.analysis.existing_demands import CoveredDemand
    from acmrules.cli.inputs import InventoryInputs
    from acmrules.cli.output import Page
    from acmrules.cli.table import PlanOptions
    from acmrules.model.account import Account
    from acmrules.planner.demands import Demand
    from acmrules.planner.regional import PlannedCertificate
    from acmrules.reports.plan import Planned
    from acmrules.workspace.file_settings import FileSettings
    from acmrules.writers.plan_requests import RequestDefaults


def plan(options: PlanOptions) -> int:
    """Print the certificates to request, as a report or as code."""
    from acmrules.analysis.demands import demands_of
    from acmrules.reports.plan import Planned
    from acmrules.workspace.planning import planned, request_defaults
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
    demands, covered = _without_covered(demands, inventory.account, settings)
    certificates = planned(
        demands, settings, has_wildcards=not options.no_wildcards, account=inventory.account
    )
    defaults = request_defaults(inventory, settings)
    as_requests = tuple(requests(certificates.certificates, "api", defaults))
    result = Planned(certificates, settings.as_of, as_requests, in_files.unknown, covered)
    for form in forms(options):
        for line in _remarks(result, form, defaults):
            print_problem(line)
    deliver(options, lambda form, page: _rendered(result, form, page, defaults), inputs.files)
    return inputs.code or (CLEAN if result.is_whole else FOUND)


def _without_covered(
    demands: list[Demand], account: Account, settings: FileSettings
) -> tuple[list[Demand], tuple[CoveredDemand, ...]]:
    """Return the demands without the hosts that certificates of an account cover, and these."""
    if not account.certificates:
        return demands, ()
    from acmrules.analysis.existing_demands import without_covered

    return without_covered(demands, account.certificates, settings.as_of)


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
