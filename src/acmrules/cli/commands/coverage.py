"""The commands that answer questions: settings, rules, facts, coverage and contacts."""

from __future__ import annotations

import sys

from acmrules.cli import overrides
from acmrules.cli.output import can_show, print_json
from acmrules.cli.parser import CLEAN, FOUND, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.analysis.coverage_tree import Coverage
    from acmrules.cli.parser import Arguments
    from acmrules.names import Name


def covers(given: Arguments) -> int:
    """Print what names cover, or the certificates in files, as trees, as data, or as a picture."""
    from acmrules.errors import InvalidName
    from acmrules.names import parse_name

    words = given.operands
    names = [word for word in words if not overrides.is_path(word)]
    if not words or (names and not given.after):
        raise UsageError(
            "`covers` takes names, `--`, and hosts: acmrules covers NAME... -- HOST..."
        )
    if 0 < len(names) < len(words):
        raise UsageError(f"`covers` takes names or files, not both: `{names[0]}` is no file")
    try:
        listed = tuple(map(parse_name, names))
        hosts = tuple(map(parse_name, given.after or ()))
    except InvalidName as error:
        raise UsageError(str(error)) from None
    return _names_cover(given, listed, hosts) if names else _files_cover(given, hosts)


def _names_cover(given: Arguments, names: tuple[Name, ...], hosts: tuple[Name, ...]) -> int:
    from acmrules.analysis.coverage_tree import CoverageQuestion, coverage
    from acmrules.reports import coverage_tree as report
    from acmrules.suffix_lists import suffixes_from

    suffixes = suffixes_from(given.last("suffix_list", "publicsuffixlist"))
    tree = coverage(CoverageQuestion("", names, hosts), suffixes)
    if given.last("format") == "json":
        told = report.by_host(tree)
        print_json([told[str(host)] for host in hosts])
    else:
        _draw(given, [tree], [])
    return FOUND if tree.count("is_uncovered") else CLEAN


def _files_cover(given: Arguments, hosts: tuple[Name, ...]) -> int:
    """Tell it of each certificate in files, then of all hosts and names together."""
    from acmrules.analysis.coverage import HostStatus, across, asked
    from acmrules.analysis.coverage_tree import asked_by, coverage
    from acmrules.cli.inputs import read_inventory
    from acmrules.reports import coverage as sections
    from acmrules.reports import coverage_tree as report
    from acmrules.suffix_lists import suffixes_from

    found = read_inventory(given)
    told = asked(found.inventory, hosts) if hosts else across(found.inventory)
    suffixes = suffixes_from(given.last("suffix_list", "publicsuffixlist"))
    trees = [
        coverage(each, suffixes)
        for declaration in found.inventory.declarations
        for each in asked_by(declaration, hosts or None, told.covered_elsewhere)
    ]
    if found.code == CLEAN and not (trees or told.hosts):
        raise UsageError(f"no certificate request in {', '.join(given.operands)}")
    if given.last("format") == "json":
        from acmrules import __version__

        certificates = {"certificates": [report.as_data(tree) for tree in trees]}
        data = {"version": 1, "acmrules": __version__, **certificates, **sections.as_data(told)}
        print_json(data)
    else:
        _draw(given, trees, sections.lines(told))
    return found.code or (FOUND if told.of(HostStatus.UNCOVERED) else CLEAN)


def _draw(given: Arguments, trees: list[Coverage], lines: list[str]) -> None:
    """Print trees, with lines below them, as text or as a picture."""
    from acmrules.reports import coverage_tree as report

    if given.last("format") == "svg":
        sys.stdout.write(report.picture(trees, lines))
    else:
        sys.stdout.write(report.render(trees, lines, ascii_only=not can_show("\u2514")))
