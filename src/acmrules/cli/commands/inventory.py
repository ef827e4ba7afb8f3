"""The command `inventory`: the certificates of an AWS account, and a report on them."""

from __future__ import annotations

import sys

from acmrules.cli import overrides
from acmrules.cli.collecting import CollectWatch
from acmrules.cli.options import ReadOptions, Target
from acmrules.cli.output import Page, as_json, deliver, print_problem
from acmrules.cli.parser import CLEAN, FOUND, UNREADABLE, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.analysis.inventory.report import InventoryReport
    from acmrules.cli.table import InventoryOptions
    from acmrules.model.inventory import Inventory
    from acmrules.network.aws import CollectedInventory

_FORMS = {".json": "json", ".md": "markdown", ".html": "html", ".htm": "html", ".svg": "svg"}
"""The formats by the end of the name of the file for the output."""


def inventory(options: InventoryOptions) -> int:
    """Print a report on the certificates of an account; the exit code is 1 if one needs you."""
    if options.policy:
        return _policy(options)
    options = _with_format(options)
    if options.source:
        return _from_files(options)
    return _from_aws(options)


def _policy(options: InventoryOptions) -> int:
    """Print the policy for the partition of the Regions."""
    from acmrules.network.aws.operations import policy
    from acmrules.regions import partition_of

    partitions = {partition_of(region) or "aws" for region in options.regions} or {"aws"}
    if len(partitions) > 1:
        raise UsageError(f"the Regions are in {len(partitions)} partitions; a policy is for one")
    print(as_json(policy(*partitions, zones=options.zones)), end="")
    return CLEAN


def _with_format(options: InventoryOptions) -> InventoryOptions:
    """Return the options with the format that the name of the output file means."""
    if options.formats or not options.output:
        return options
    _, dot, suffix = options.output.rpartition(".")
    form = _FORMS.get(dot + suffix.lower(), "text")
    return options.__replace__(formats=(Target(form),))


def _from_files(options: InventoryOptions) -> int:
    from acmrules.cli.inputs import read_inventory

    refused = ("profile", options.profile), ("region", options.regions), ("zones", options.zones)
    for name, value in refused:
        if value:
            raise UsageError(f"option `--{name}` is for AWS, and `--from` reads files")
    read = ReadOptions(
        as_of=options.as_of, suffix_list=options.suffix_list, quiet=options.quiet, isolated=True
    )
    inputs = read_inventory(read, options.source, prints_gaps=False)
    account = inputs.inventory.account.__replace__(not_checked=inputs.not_checked)
    if not (account.certificates or account.listed or account.refusals):
        if not inputs.code:
            print_problem("no responses of AWS about certificates in these files")
        return inputs.code or UNREADABLE
    found = inputs.inventory.__replace__(account=account)
    code = _deliver(options, found, None, inputs.files)
    return inputs.code or code


def _from_aws(options: InventoryOptions) -> int:
    from acmrules.errors import MissingPackage
    from acmrules.network.aws import CollectError, collect
    from acmrules.network.aws.session import open_session

    watch = CollectWatch(sys.stderr, is_shown=not options.quiet)
    try:
        collected = collect(
            open_session(options.profile),
            regions=options.regions,
            zones=options.zones,
            step=watch.step,
        )
    except (CollectError, MissingPackage) as error:
        raise UsageError(str(error)) from None
    finally:
        watch.clear()
    if not options.quiet:
        print_problem(watch.summary())
    return _deliver(options, _inventory_of(collected), collected)


def _inventory_of(collected: CollectedInventory) -> Inventory:
    """Return what the responses show, read like a file of them."""
    from acmrules.model.inventory import take_inventory
    from acmrules.readers import registry
    from acmrules.readers.options import Parameters, ReadScope
    from acmrules.reports.json_text import in_lines
    from acmrules.syntax.source import Source

    source = Source("AWS", in_lines(collected.as_data()))
    parameters = Parameters({}, scope=ReadScope.EVERYTHING)
    declarations = registry.read(source, parameters)
    _, notes = registry.repetitions(source, declarations, parameters)
    found = take_inventory(declarations)
    account = found.account.__replace__(not_checked=(*notes, *found.account.not_checked))
    for each in account.not_checked:
        print_problem(each.located)
    return found.__replace__(account=account)


def _deliver(
    options: InventoryOptions,
    inventory: Inventory,
    collected: CollectedInventory | None,
    files: tuple[str, ...] = (),
) -> int:
    """Print the report, or write it to files, and return the exit code."""
    from acmrules.analysis.diagnoses import certificates_in
    from acmrules.analysis.inventory.report import inventory_report
    from acmrules.diagnosis.diagnose import diagnose_all

    as_of = overrides.moment_or_now(options.as_of)
    report = inventory_report(
        inventory.account,
        diagnose_all(certificates_in(inventory), inventory.account.dns, as_of=as_of),
        as_of,
        overrides.public_suffixes(options.suffix_list),
    )

    def render(form: str, page: Page) -> str:
        return _render(form, report, collected, page)

    deliver(options, render, (*options.source, *files))
    return _code(report)


def _render(
    form: str, report: InventoryReport, collected: CollectedInventory | None, page: Page
) -> str:
    """Return the report in a format; only its module is loaded."""
    if form == "json":
        from acmrules.reports.inventory import json

        return json.render(report, collected.as_data() if collected else None)
    if form == "markdown":
        from acmrules.reports.inventory import markdown

        return markdown.render(report)
    if form == "html":
        from acmrules.reports.inventory import html

        return html.render(report)
    if form == "svg":
        from acmrules.reports.inventory import pictures

        return pictures.render(report)
    from acmrules.reports.inventory import text

    return text.render(report, is_colored=page.color)


def _code(report: InventoryReport) -> int:
    from acmrules.diagnosis.model import State

    if not report.is_complete:
        return UNREADABLE
    is_open = report.needs_you or report.number(State.UNKNOWN)
    return FOUND if is_open or any(use.is_exceeded for use in report.quotas) else CLEAN
