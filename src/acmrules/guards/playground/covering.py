"""The answer about `coverage`: which names cover which hosts, as text and as a picture."""

from __future__ import annotations

from acmrules.guards.playground.questions import BadQuestion
from acmrules.guards.playground.runs import QuestionRun

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.analysis.coverage_tree import Coverage
    from acmrules.guards.playground.questions import Question
    from acmrules.model.inventory import Inventory
    from acmrules.names import Name

    Data = dict[str, object]

_LISTS = (".txt", ".names")
"""The suffixes of lists of names."""


def coverage(question: Question) -> Data:
    """Return the answer of `acmrules coverage` about files, or about a list of names and hosts.

    For a list and hosts, it is that of `acmrules coverage NAME... -- HOST...`.
    """
    from acmrules.analysis.coverage import coverage_of_files, coverage_of_hosts
    from acmrules.analysis.coverage_tree import CoverageQuestion, questions
    from acmrules.analysis.coverage_tree import coverage as tree_of
    from acmrules.reports import coverage as sections
    from acmrules.reports import coverage_tree as report
    from acmrules.suffix_lists import default_suffixes

    hosts = hosts_in(question.hosts)
    run = QuestionRun(question)
    inventory = run.inventory(finds_environments=True)
    as_of, suffixes = question.as_of, default_suffixes()
    if hosts and (names := _listed(run, inventory)):
        tree = tree_of(CoverageQuestion("", names, hosts), suffixes)
        return _answer([tree], [])
    if hosts:
        together = coverage_of_hosts(inventory, hosts, as_of)
    else:
        together = coverage_of_files(inventory, as_of)
    placed = [
        (declaration, tree_of(each, suffixes))
        for declaration in inventory.declarations
        for each in questions(declaration, hosts or None, together.covered_elsewhere, as_of)
    ]
    if not placed and not together.hosts:
        return {"topic": "coverage", "text": "no certificate in these files\n", "picture": ""}
    trees, more = report.shown(placed)
    return _answer(trees, [*more, *sections.lines(together)])


def _answer(trees: Sequence[Coverage], lines: Sequence[str]) -> Data:
    from acmrules.reports import coverage_tree as report

    text, picture = report.render(trees, lines), report.picture(trees, lines)
    return {"topic": "coverage", "text": text, "picture": picture}


def _listed(run: QuestionRun, inventory: Inventory) -> tuple[Name, ...]:
    """Return the names of lists, none if there are other files, or if one is not a name."""
    from acmrules.names import Name

    if not all(path.endswith(_LISTS) for path in run.inputs.order):
        return ()
    names: list[Name] = []
    for declaration in inventory.declarations:
        for variant in declaration.variants:
            for name in variant.request.names if variant.request else ():
                if not isinstance(name, Name):
                    return ()
                names.append(name)
    return tuple(names)


def hosts_in(text: str) -> tuple[Name, ...]:
    """Return the hosts in lines, without comments that begin with `#`; raises `BadQuestion`."""
    from acmrules.name_errors import InvalidName
    from acmrules.names import parse_dns_name

    hosts: list[Name] = []
    for number, line in enumerate(text.splitlines(), 1):
        written = line.partition("#")[0].strip()
        try:
            hosts += [parse_dns_name(written)] if written else []
        except InvalidName as error:
            raise BadQuestion(f"line {number} of the hosts: {error}") from None
    return tuple(hosts)
