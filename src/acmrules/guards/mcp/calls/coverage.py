"""The tool `coverage`: which names cover which hosts."""

from __future__ import annotations

import os

from acmrules.guards.mcp import reading
from acmrules.guards.mcp.answers import Answer, AnswerItem, summary
from acmrules.guards.mcp.bounds import Refused
from acmrules.messages import printable
from acmrules.workspace import CLEAN, FOUND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.analysis.coverage import HostCoverage, UnneededName
    from acmrules.analysis.coverage_tree import CoverageRow
    from acmrules.guards.mcp.reading import ToolCall
    from acmrules.model.inventory import Inventory
    from acmrules.names import Name


def coverage(call: ToolCall) -> Answer:
    """Return the hosts, those that are not covered first, and then the names without a host."""
    from acmrules.name_errors import InvalidName
    from acmrules.names import parse_dns_name, parse_name

    given = call.given
    try:
        names = tuple(map(parse_name, given.get("names", ())))
        hosts = tuple(map(parse_dns_name, given.get("hosts", ())))
    except InvalidName as error:
        raise Refused(str(error)) from None
    if not names:
        return _coverage_of_files(call, hosts)
    if not hosts:
        raise Refused("give `hosts` with `names`")
    if "paths" in given or "texts" in given:
        raise Refused("give `names`, or `paths` or `texts`, but not both")
    return _coverage_of_names(names, hosts)


def _coverage_of_names(names: tuple[Name, ...], hosts: tuple[Name, ...]) -> Answer:
    from acmrules.analysis.coverage_tree import CoverageQuestion
    from acmrules.analysis.coverage_tree import coverage as tree_of
    from acmrules.reports import coverage_tree as report
    from acmrules.suffix_lists import default_suffixes

    tree = tree_of(CoverageQuestion("", names, hosts), default_suffixes())
    rows = [row for row in tree.rows if row.is_host or row.redundant]
    rows.sort(key=lambda row: (not row.is_uncovered, not row.is_host))
    code = FOUND if tree.count("is_uncovered") else CLEAN
    counts = {
        "hosts": tree.count("is_host"),
        "not covered": tree.count("is_uncovered"),
        "redundant names": tree.count("redundant"),
    }
    items = tuple(map(_row, rows))
    sentence = summary(report.summary(tree), code)
    return Answer(sentence, items, code, counts, noun="host", narrowed_by="`hosts`")


def _row(row: CoverageRow) -> AnswerItem:
    from acmrules.reports import coverage_tree as report

    to_add = row.nearest and row.nearest.name_to_add
    verdict = "not covered" if row.is_uncovered else "covered" if row.covered_by else "redundant"
    return AnswerItem(
        f"{printable(row.text)}: {printable(report.note(row, has_hosts=True))}",
        {
            "host" if row.is_host else "name": row.text,
            "verdict": verdict,
            "by": None if row.covered_by is None else str(row.covered_by),
            "name_to_add": None if to_add is None else str(to_add),
        },
    )


def _coverage_of_files(call: ToolCall, hosts: tuple[Name, ...]) -> Answer:
    from acmrules.analysis.coverage import HostStatus, coverage_of_files, coverage_of_hosts
    from acmrules.reports import coverage as sections

    read = reading.read_inventory(call, finds_environments=True)
    inventory = read.inventory
    if hosts:
        found = coverage_of_hosts(inventory, hosts, call.as_of)
    else:
        found = coverage_of_files(inventory, call.as_of)
    ordered = [each for status in HostStatus for each in found.with_status(status)]
    uncovered = len(found.with_status(HostStatus.UNCOVERED))
    is_empty = not found.hosts and not _has_requests(inventory)
    named = call.given.get("texts") or call.given["paths"]
    if is_empty and read.code == CLEAN and not all(map(os.path.isdir, named)):
        raise Refused(f"no certificate request in {', '.join(map(printable, named))}")
    sentence = "no certificate in these files" if is_empty else sections.summary(found)
    problems = [each for each in ordered if each.status is not HostStatus.COVERED]
    covered = ordered[len(problems) :]
    items = (*map(_host, problems), *map(_unneeded, found.unneeded), *map(_host, covered))
    code = read.code or (FOUND if uncovered or (is_empty and hosts) else CLEAN)
    counts = {status.value: len(found.with_status(status)) for status in HostStatus}
    unchecked = (*read.unchecked, *_open_hosts(found.with_status(HostStatus.UNDECIDED)))
    unchecked = unchecked or (reading.NOTHING,) if is_empty else unchecked
    return Answer(
        summary(sentence, code),
        items,
        code,
        {**counts, "not needed names": len(found.unneeded)},
        unchecked,
        noun="result",
    )


def _has_requests(inventory: Inventory) -> bool:
    return any(
        variant.request
        for declaration in inventory.declarations
        for variant in declaration.variants
    )


def _open_hosts(hosts: Iterable[HostCoverage]) -> Iterator[str]:
    for each in hosts:
        why = printable(f"{each.host} may or may not be covered: {each.reason}")
        yield f"{why}; pass `parameters` or `region`, or check the deployed values"


def _host(each: HostCoverage) -> AnswerItem:
    from acmrules.reports import coverage as sections

    where = f"{each.file_and_line}: " if each.file else ""
    covered = f"by {each.covered_by}" if each.covered_by is not None else ""
    why = "; ".join(filter(None, (covered, sections.note(each))))
    head = f"{where}{each.host}: {each.status.value}"
    to_add = each.nearest and each.nearest.name_to_add
    return AnswerItem(
        printable(f"{head} ({why})" if why else head),
        {
            "host": str(each.host),
            "verdict": each.status.value,
            "by": None if each.covered_by is None else str(each.covered_by),
            "name_to_add": None if to_add is None else str(to_add),
            "file": each.file,
            "line": each.line if each.location else None,
        },
    )


def _unneeded(each: UnneededName) -> AnswerItem:
    where = f"{each.file_and_line}: " if each.file else ""
    others = "" if each.is_sure else "; hosts outside of these files may need it"
    if each.name is None:
        text = f"{where}nothing in these files uses {each.certificate}"
    else:
        text = f"{where}no host in these files needs {each.name} of {each.certificate}{others}"
    name = None if each.name is None else str(each.name)
    data = {"name": name, "certificate": each.certificate, "file": each.file}
    return AnswerItem(printable(text), {**data, "verdict": "not needed", "line": each.line or None})
