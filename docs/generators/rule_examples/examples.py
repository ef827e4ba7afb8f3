"""The examples of all rules, with what the command prints and writes for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from generators.rule_examples import cases, command, plain
from generators.rule_examples.cases import Example
from generators.rule_examples.expressible import FORMS

REASON = "accepted in ticket 4711"

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
        name for name in files if not (name.endswith(_READ_BY_OTHERS) and (is_module or "project" in name))
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
    good, fix = example.good, ""
    if good is None:
        fix = "--fix --unsafe-fixes" if f" {_UNSAFE}" in lines else "--fix"
        command.run([*words, *fix.split()], example.bad, folder)
        good = _read(example.bad, folder)
    suppressed = None
    if not example.rule.startswith(_OF_SUPPRESSIONS):
        options = ["--add-ignores", REASON, "--select", example.rule]
        command.run([*words, *options], example.bad, folder)
        changed = _read(example.bad, folder)
        suppressed = changed if changed != example.bad else None
    return Run(example, words, output, _findings(lines, example.rule), good, fix, suppressed)


_UNSAFE = "[*] unsafe"


def _read(files: Mapping[str, str], folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text("utf-8") for name in files}


def _findings(lines: str, rule: str) -> str:
    """Return the lines of the findings of a rule."""
    found = [line for line in lines.splitlines() if re.search(rf"\b(\w+)\[{rule}\]", line)]
    return "\n".join(found)
