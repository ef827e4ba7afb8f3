"""The page of the commands and their options."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from acmrules.cli import help as help_pages
from acmrules.cli.options import COMMAND_GROUPS, GROUPS
from acmrules.cli.table import COMMANDS

if TYPE_CHECKING:
    from acmrules.cli.parser import Command, Option

HEAD = """\
# Commands

`acmrules COMMAND` has a command for each question. This page lists the options and exit codes of
each, as `acmrules help COMMAND` prints them. `acmrules --version` prints the version.

```sh
acmrules check .
```

Each command also accepts `--help`. `docs/generate.py` generates this page from the commands.
"""


def pages() -> dict[str, str]:
    """Return the page of the commands."""
    return {"pages/commands.md": "\n".join([HEAD, *map(_group, COMMAND_GROUPS), *_sections()])}


def _group(group: str) -> str:
    rows = [
        f"| [`{each.name}`](#{each.name}) | {_cell(each.summary)} |\n"
        for each in COMMANDS
        if each.group == group
    ]
    return f"| {group.lower()} | meaning |\n| --- | --- |\n{''.join(rows)}"


def _sections() -> list[str]:
    return [_section(command) for command in COMMANDS]


def _section(command: Command) -> str:
    usage = "\n".join(help_pages.usage(command, 100))
    details = f"{command.details}\n\n" if command.details else ""
    codes = "".join(
        f"| {code} | {_cell(text)} |\n" for code, text in help_pages.exit_codes(command)
    )
    examples = "\n".join(command.examples)
    return (
        f"## {command.name}\n\n"
        f"{command.summary[0].upper()}{command.summary[1:]}.\n\n"
        f"```sh\n{examples}\n```\n\n"
        f"{details}```text\n{usage}\n```\n\n"
        f"{_options(command)}"
        f"| exit code | meaning |\n| --- | --- |\n{codes}"
    )


def _options(command: Command) -> str:
    """Return a table of options for each of their groups."""
    ordered = sorted(command.options, key=lambda option: GROUPS.index(option.group))
    return "".join(
        f"| {group.lower()} | meaning |\n| --- | --- |\n{''.join(map(_row, options))}\n"
        for group, options in groupby(ordered, key=lambda option: option.group)
    )


def _row(option: Option) -> str:
    term, description = help_pages.option_row(option)
    terms = ", ".join(f"`{part}`" for part in term.split(", "))
    return f"| {terms} | {_cell(description)} |\n"


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
