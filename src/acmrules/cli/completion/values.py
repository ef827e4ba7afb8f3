"""What can follow on a command line: the words, files and lists that a shell completes."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from acmrules.cli.parser import Command, Operands, Option

_LONGEST_MEANING = 72

Words = tuple[tuple[str, str], ...]
"""Words, each with a short description, which may be empty."""

HELP_OPTION = ("--help", "show the options and exit codes")
PROGRAM_OPTIONS = (HELP_OPTION, ("--version", "show the version"))


class Values(Value):
    """The values of an option or operand: words, and files if `takes_files`.

    `name` is part of the name of a function in the scripts. Without `suffixes`, all files are
    offered. With `commas`, a value is a list. With `with_file`, a file can follow a word and `=`.
    """

    name: str
    words: Words = ()
    takes_files: bool = False
    suffixes: tuple[str, ...] = ()
    commas: bool = False
    with_file: bool = False


FREE = Values("")
"""A value that only you know, such as a name or an address."""


def values_of(option: Option) -> Values:
    """Return the values of an option that has a `metavar`."""
    if option.choices:
        name = option.name.strip("-").replace("-", "_")
        words = tuple((choice, "") for choice in option.choices)
        return Values(name, words, commas=option.commas, with_file=option.with_file)
    make = _BY_NAME.get(option.name) or _BY_METAVAR.get(option.metavar)
    return make().__replace__(commas=option.commas) if make else FREE


def operands_of(operands: Operands) -> Values:
    """Return the values of the operands of a command."""
    make = _BY_NOUN.get(operands.noun)
    return make() if make else FREE


def commands_of(commands: Sequence[Command]) -> Words:
    """Return the commands and their summaries."""
    return (
        *((command.name, meaning(command.summary)) for command in commands),
        ("help", "show the help page of a command"),
    )


def meaning(text: str) -> str:
    """Return a description of at most 72 characters on one line, without markup."""
    plain = " ".join(text.replace("`", "").split())
    if len(plain) <= _LONGEST_MEANING:
        return plain
    return f"{plain[: _LONGEST_MEANING - 3].rpartition(' ')[0]}..."


def suffix_pattern(values: Values) -> str:
    """Return the extended regular expression that the names of files match; empty for all."""
    if not values.suffixes:
        return ""
    return f"({'|'.join(values.suffixes)})$".replace(".", r"\.")


def _rules() -> Values:
    from acmrules.lint.rules import CATALOGUE

    ids = [(rule.id, meaning(rule.title)) for rule in CATALOGUE]
    names = [(rule.name, f"{rule.id}: {meaning(rule.title)}") for rule in CATALOGUE]
    return Values("rules", (*ids, *names))


def _rows() -> Values:
    from acmrules.facts import all_facts

    rows = [(row, meaning(fact.statement)) for fact in all_facts() for row in fact.rows]
    return Values("rows", tuple(rows))


def _regions() -> Values:
    from acmrules.regions import REGIONS

    return Values(
        "regions",
        tuple((name, f"partition {region.partition}") for name, region in REGIONS.items()),
    )


def _services() -> Values:
    from acmrules.services import SERVICES

    return Values("services", tuple((key, meaning(each.name)) for key, each in SERVICES.items()))


def _dates() -> Values:
    return Values("dates", tuple(sorted(_changes().items())))


def _later_dates() -> Values:
    from acmrules.facts.fact import CHECKED

    later = [(day, what) for day, what in _changes().items() if day > str(CHECKED)]
    return Values("later_dates", tuple(sorted(later)))


def _changes() -> dict[str, str]:
    """Return the dates on which a rule, or a fact of a rule, changed since ACM launched."""
    from acmrules.facts.fact import LAUNCH
    from acmrules.lint.rules import CATALOGUE

    changes: dict[str, str] = {}
    for rule in CATALOGUE:
        for era in rule.force:
            if era.start > LAUNCH:
                what = f"{rule.id} ({era.value}): {rule.title}"
                changes.setdefault(str(era.start), meaning(what))
    for fact in (fact for rule in CATALOGUE for fact in rule.facts):
        for era in fact.history:
            if era.start > LAUNCH and not era.seen:
                changes.setdefault(str(era.start), meaning(f"fact {fact.row}: {fact.statement}"))
    return changes


def _quotas() -> Values:
    from acmrules.limits import Quotas

    return Values("quotas", tuple((f"{each.replace('_', '-')}=", "") for each in Quotas._fields))


def _suffix_lists() -> Values:
    packages = ("publicsuffixlist", "tldextract", "publicsuffix2")
    words = tuple((each, "the list of this package") for each in packages)
    return Values("suffix_lists", words, takes_files=True)


def _paths() -> Values:
    from acmrules.readers.registry import NAMED_SUFFIXES, WALKED_SUFFIXES

    known = dict.fromkeys((*WALKED_SUFFIXES, *NAMED_SUFFIXES))
    return Values("paths", takes_files=True, suffixes=tuple(each for each in known if each[1:]))


def _files(name: str, *suffixes: str) -> Callable[[], Values]:
    return lambda: Values(name, takes_files=True, suffixes=suffixes)


def _shells() -> Values:
    return Values("shells", tuple((shell, "") for shell in ("bash", "zsh", "fish")))


_BY_NAME: dict[str, Callable[[], Values]] = {
    "--baseline": _files("baselines", ".json"),
    "--config": _files("settings", ".toml"),
    "--stdin-filename": _paths,
    "--until": _later_dates,
    "--var-file": _files("var_files", ".tfvars", ".tfvars.json", ".json"),
}
"""The values of options whose `metavar` says less than their name."""

_BY_METAVAR: dict[str, Callable[[], Values]] = {
    "DATE": _dates,
    "FILE": _files("files"),
    "GLOB": _files("files"),
    "NAME=NUMBER": _quotas,
    "PROFILE": lambda: FREE,
    "REGION": _regions,
    "RULES": _rules,
    "SERVICE": _services,
    "SOURCE": _suffix_lists,
    **dict.fromkeys(
        (
            "ADDRESS",
            "DOMAIN",
            "HOST:PORT",
            "NAME",
            "NAME=VALUE",
            "NUMBER",
            "REASON",
            "REVISION",
            "TEXT",
        ),
        lambda: FREE,
    ),
}

_BY_NOUN: dict[str, Callable[[], Values]] = {
    "directory": _files("directories"),
    "file or directory": _paths,
    "host or path": _paths,
    "name or path": _paths,
    "paths": _files("tables"),
    "rule or word": _rules,
    "row or word": _rows,
    "shell": _shells,
}


def named_values(commands: Iterable[Command]) -> Iterator[tuple[Command, Option | None, Values]]:
    """Yield the values of each option of each command, and of the operands with `None`."""
    for command in commands:
        yield command, None, operands_of(command.operands)
        for option in command.options:
            if option.metavar:
                yield command, option, values_of(option)


def functions(commands: Iterable[Command]) -> dict[Values, str]:
    """Return a name for each of the values that occur, except those that are free.

    Choices that have the same name but differ are numbered.
    """
    found: dict[Values, str] = {}
    taken: set[str] = set()
    for _, _, values in named_values(commands):
        if values != FREE and values not in found:
            stem = name = f"_acmrules_value_{values.name}{'_list' * values.commas}"
            number = 1
            while name in taken:
                number += 1
                name = f"{stem}_{number}"
            taken.add(name)
            found[values] = name
    return found
