"""The tool `plan`: the certificates to request for hosts."""

from __future__ import annotations

import os

from acmrules.guards.mcp import reading
from acmrules.guards.mcp.answers import Answer, AnswerItem, summary
from acmrules.guards.mcp.bounds import Refused
from acmrules.messages import printable
from acmrules.workspace import CLEAN, FOUND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.analysis.demands import UnknownDemand
    from acmrules.analysis.existing_demands import CoveredDemand
    from acmrules.guards.mcp.answers import Data
    from acmrules.guards.mcp.reading import ToolCall
    from acmrules.planner.demands import Demand


def plan(call: ToolCall) -> Answer:
    """Return the hosts that cannot be planned, and then the certificates to request."""
    from acmrules.analysis.demands import demands_of
    from acmrules.reports import plan as report
    from acmrules.workspace.planning import planned

    given = call.given
    service, has_files = given.get("service"), "paths" in given or "texts" in given
    if not has_files and "hosts" not in given:
        raise Refused("give `hosts`, `paths` or `texts`")
    read = reading.read_inventory(call) if has_files else None
    settings = (read.resolver if read else call.resolver()).settings_of(os.curdir)
    unknown: tuple[UnknownDemand, ...] = ()
    demands = [*_demands(call, settings.parameters.region)]
    if read:
        found = demands_of(read.inventory, service)
        if service and not demands and not found.listed:
            raise Refused("`service` needs `hosts`, or a list of names in the files")
        unknown, demands = found.unknown, [*demands, *found.listed, *found.consumers]
    covered: tuple[CoveredDemand, ...] = ()
    account = read.inventory.account if read else None
    if account and account.certificates:
        from acmrules.analysis.existing_demands import without_covered

        demands, covered = without_covered(demands, account.certificates, settings.as_of)
    has_wildcards = given.get("wildcards", True)
    result = planned(demands, settings, has_wildcards=has_wildcards, account=account)
    whole = report.Planned(result, settings.as_of, (), unknown, covered)
    refusals, unknowns = [*report.refusals(whole)], [*report.unknowns(whole)]
    items = [AnswerItem(f"not possible: {line}", {"refused": line}) for line in refusals]
    items += [AnswerItem(line, {"covered": line}) for line in report.covered(whole)]
    for each in result.certificates:
        region = printable(each.region) if each.region else "unknown Region"
        domain_name, names = str(each.names.domain_name), len(each.names)
        data: Data = {"domain_name": domain_name, "region": each.region, "names": names}
        items.append(AnswerItem("\n".join([f"{region}:", *report.certificate(each)]), data))
    code = (read.code if read else CLEAN) or (CLEAN if whole.is_whole else FOUND)
    sentence = report.summary(result) if result.certificates else "no certificate to request"
    sentence = "; ".join((sentence, f"as of {settings.as_of}", *map(printable, result.notes)))
    left_out = (f"left out, because unknown: {line}" for line in unknowns)
    unchecked = (*(read.unchecked if read else ()), *left_out)
    if not items and not unchecked:
        unchecked = ("no host was found, so nothing was planned",)
    counts = {"certificates": len(result.certificates), "names": result.names}
    return Answer(
        summary(sentence, code),
        tuple(items),
        code,
        {**counts, "refused": len(refusals), "unknown": len(unknowns)},
        unchecked,
        noun="certificate or refusal",
    )


def _demands(call: ToolCall, region: str | None) -> Iterator[Demand]:
    from acmrules.planner.demands import Demand

    hosts = call.given.get("hosts")
    try:
        demand = Demand(hosts or [], call.given.get("service"), region)
    except ValueError as error:
        raise Refused(str(error)) from None
    if hosts:
        yield demand
