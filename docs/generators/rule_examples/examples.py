"""The examples of all rules, with what the command prints and writes for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from generators.rule_examples import cases, command, plain
from generators.rule_examples.cases import Example
from generators.rule_examples.expressible import ALSO, FORMS

REASON = "accepted in ticket 4711"
FINDING = re.compile(r"\b(?:note|warning|error)\[(ACM\d+)\]")
"""The rule of a finding in an output."""

_OF_SUPPRESSIONS = "ACM9"
_IN_HCL = ".tf"
_READ_BY_OTHERS = (".pem", ".toml")


class Run(NamedTuple):
    """An example with the output for the bad files: in full, and in a line for each finding.

    `good` are the good files, and `fix` the options with which the command writes them, if it does.
    `suppressed` are the bad files with a suppression, if they can contain one.
    """

    example: Example
    words: list[str]
    output: str
    lines: str
    good: dict[str, str]
    fix: str
    suppressed: dict[str, str] | None


def all_examples() -> list[Example]:
    """Return all examples, those of a rule in the order of the formats."""
    found = {(each.rule, each.form): each for each in (*plain.examples(), *cases.written())}
    order = [*FORMS]
    return sorted(found.values(), key=lambda each: (each.rule, order.index(each.form)))


def runs(examples: Sequence[Example]) -> Iterator[Run]:
    """Yield the examples with their output."""
    with TemporaryDirectory() as folder:
        for number, example in enumerate(examples):
            yield _run(example, Path(folder, str(number)))


def named(files: Mapping[str, str]) -> list[str]:
    """Return the files of an example that the command names; others are read because of them."""
    if len(files) == 1:
        return [*files]
    is_module = any(name.endswith(_IN_HCL) for name in files)
    return [
        name
        for name in files
        if not (name.endswith(_READ_BY_OTHERS) and (is_module or "project" in name))
    ]


def check(example: Example, files: Mapping[str, str], folder: Path, *options: str) -> str:
    """Return what the command prints about files with the options of a good example."""
    given = example.good_options or example.options
    return command.run([*named(files), *given, *options], files, folder)


def _run(example: Example, folder: Path) -> Run:
    words = [*named(example.bad), *example.options]
    concise = folder / "concise.txt"
    folder.mkdir()
    formats = ["--format", "text", "--format", f"concise={concise}"]
    output = command.run([*words, *formats], example.bad, folder)
    lines = concise.read_text("utf-8")
    own = _findings(lines, example.rule)
    good, fix = example.good, ""
    if good is None or _FIXABLE in own:
        options = "--fix --unsafe-fixes" if _UNSAFE in own else "--fix"
        fixed = _changed(example, [*words, *options.split()], folder)
        # Some fixes need a second step, for which the good example is better.
        if good is None or not _others(check(example, fixed, folder, *_CONCISE), example.rule):
            good, fix = fixed, options
    suppressed = None
    if not example.rule.startswith(_OF_SUPPRESSIONS):
        ignores = ["--add-ignores", REASON, "--select", example.rule]
        changed = _changed(example, [*words, *ignores], folder)
        suppressed = changed if changed != example.bad else None
    return Run(example, words, output, own, good, fix, suppressed)


_CONCISE = ("--format", "concise")
_FIXABLE = "[*]"
_UNSAFE = "[*] unsafe"


def _changed(example: Example, words: Sequence[str], folder: Path) -> dict[str, str]:
    """Return the files of a bad example as the command leaves them."""
    command.run(words, example.bad, folder)
    return {name: (folder / name).read_text("utf-8") for name in example.bad}


def _others(output: str, rule: str) -> set[str]:
    """Return the rules in an output that an example of a rule does not need."""
    return {*FINDING.findall(output)} - ALSO.get(rule, frozenset())


def _findings(lines: str, rule: str) -> str:
    """Return the lines of the findings of a rule."""
    return "\n".join(line for line in lines.splitlines() if rule in FINDING.findall(line))
