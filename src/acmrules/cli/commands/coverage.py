"""The command `coverage`: which names cover which hosts, for names or for files."""

from __future__ import annotations

import os

from acmrules.cli import overrides
from acmrules.cli.output import as_json, deliver
from acmrules.cli.parser import CLEAN, FOUND, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.analysis.coverage_tree import Coverage
    from acmrules.cli.output import Page
    from acmrules.cli.table import CoverageOptions
    from acmrules.names import Name


def coverage(options: CoverageOptions) -> int:
    """Print the coverage of names, or of the certificates in files."""
    from acmrules.name_errors import InvalidName
    from acmrules.names import parse_dns_name, parse_name

    operands = options.operands
    words = [word for word in operands if not overrides.is_path(word, options.stdin_filename)]
    if words and not options.hosts:
        raise UsageError("put `--` between names and hosts: acmrules coverage NAME... -- HOST...")
    if 0 < len(words) < len(operands):
        raise UsageError(f"give names or paths, not both: `{words[0]}` is not a path")
    try:
        names = tuple(map(parse_name, words))
        hosts = tuple(map(parse_dns_name, options.hosts))
    except InvalidName as error:
        raise UsageError(str(error)) from None
    return _of_names(options, names, hosts) if names else _of_files(options, hosts)


def _of_names(options: CoverageOptions, names: tuple[Name, ...], hosts: tuple[Name, ...]) -> int:
    from acmrules.analysis.coverage_tree import CoverageQuestion, coverage
    from acmrules.reports import coverage_tree as report

    suffixes = overrides.public_suffixes(options.suffix_list)
    tree = coverage(CoverageQuestion("", names, hosts), suffixes)
    if any(target.form == "regions" for target in options.formats):
        raise UsageError("format `regions` draws the certificates in files: pass paths, not names")

    def render(form: str, page: Page) -> str:
        if form == "json":
            by_host = report.by_host(tree)
            return as_json([by_host[str(host)] for host in hosts])
        return _rendered(form, page, [tree], [])

    deliver(options, render)
    return FOUND if tree.count("is_uncovered") else CLEAN


def _of_files(options: CoverageOptions, hosts: tuple[Name, ...]) -> int:
    """Print the coverage of each certificate, then of all hosts and names together."""
    from acmrules.analysis.coverage import HostStatus, coverage_of_files, coverage_of_hosts
    from acmrules.analysis.coverage_tree import coverage, questions
    from acmrules.cli.inputs import read_inventory
    from acmrules.reports import coverage as sections
    from acmrules.reports import coverage_tree as report

    inputs = read_inventory(options, options.operands, finds_environments=True)
    inventory = inputs.inventory
    as_of = overrides.date_or_today(options.as_of)
    if hosts:
        together = coverage_of_hosts(inventory, hosts, as_of)
    else:
        together = coverage_of_files(inventory, as_of)
    suffixes = overrides.public_suffixes(options.suffix_list)
    placed = [
        (declaration, coverage(question, suffixes))
        for declaration in inventory.declarations
        for question in questions(declaration, hosts or None, together.covered_elsewhere, as_of)
    ]
    trees = [tree for _, tree in placed]
    is_empty = not (trees or together.hosts)
    if inputs.code == CLEAN and is_empty and not all(map(os.path.isdir, options.operands)):
        raise UsageError(f"no certificate request in {', '.join(options.operands)}")

    def render(form: str, page: Page) -> str:
        if is_empty and inputs.code == CLEAN and form == "text":
            return "no certificate in these files\n"
        if form == "json":
            from acmrules import __version__

            certificates = {"certificates": [report.as_data(tree) for tree in trees]}
            head = {"version": 1, "acmrules": __version__}
            return as_json({**head, **certificates, **sections.as_data(together)})
        if form == "regions":
            from acmrules.analysis.region_map import region_map
            from acmrules.reports import region_map as regions

            return regions.render(region_map(inventory))
        shown, more = report.shown(placed)
        return _rendered(form, page, shown, [*more, *sections.lines(together)])

    deliver(options, render, inputs.files)
    # Without a certificate, no host in the question is covered.
    is_uncovered = together.with_status(HostStatus.UNCOVERED) or (is_empty and hosts)
    return inputs.code or (FOUND if is_uncovered else CLEAN)


def _rendered(form: str, page: Page, trees: list[Coverage], lines: list[str]) -> str:
    """Return trees, and lines below them, as text or as a picture."""
    from acmrules.reports import coverage_tree as report

    if form == "svg":
        return report.picture(trees, lines)
    return report.render(trees, lines, ascii_only=page.is_ascii, is_colored=page.color)
