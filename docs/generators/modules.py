"""The page of the modules of the Terraform Registry whose arguments are known."""

from __future__ import annotations

import re

from acmrules.readers.terraform import known_modules
from acmrules.readers.terraform.known_modules.table import KnownModule

MODULES_HEAD = """\
# Known modules

acmrules knows the arguments of these modules of the Terraform Registry. It checks a call like the
resources that it creates, and reports findings at the call. `docs/generate.py` generates this page
from `acmrules.readers.terraform.known_modules`.

- **The version decides.** The `version` of a call, or the tag of its Git reference, selects the
  arguments and defaults. If it allows versions that differ, what differs is unknown.
- **Downloaded code is preferred.** If `terraform init` has downloaded the module, and
  `.terraform/modules/modules.json` lists it for the call, acmrules reads that code instead.
- **Other modules and versions are not checked,** unless they are downloaded. acmrules
  [lists them](reading.md#what-is-not-checked).

An argument without a default is required. The names after *sets* are resources of the module and
their members; `count` means that the argument decides whether the resource exists.
"""

MODULE_TABLE = "| argument | default | versions | sets |\n| --- | --- | --- | --- |"


def pages() -> dict[str, str]:
    """Return the page of the known modules."""
    return {"pages/modules.md": modules_page()}


def modules_page() -> str:
    """Return the page of the modules whose arguments are known."""
    tables = [table for owner in known_modules.NAMES for table in known_modules.tables_of(owner)]
    return "\n".join((MODULES_HEAD.rstrip(), *map(_module, tables))) + "\n"


def _module(table: KnownModule) -> str:
    sets = _sets(table)
    rows = [
        f"| `{each.name}` | {f'`{each.default}`' if each.default else ''} "
        f"| {_versions(each.since, each.until)} | {', '.join(sets.get(each.name, ()))} |"
        for each in table.arguments
    ]
    outputs = ", ".join(f"`{name}`" for name in re.findall(r'(?m)^output "(\w+)"', table.body))
    versions = f"Versions from {table.since} up to, but not including, {table.until}."
    read = f"Read: {', '.join(table.read)}."
    lines = [f"\n## {table.source}\n", f"{versions}\n{read}\n", MODULE_TABLE, *rows]
    if outputs:
        lines += ["", f"Outputs: {outputs}."]
    return "\n".join(lines)


def _versions(since: str, until: str) -> str:
    return " ".join(filter(None, (since and f"from {since}", until and f"before {until}")))


def _sets(table: KnownModule) -> dict[str, list[str]]:
    """Return the members of resources that each argument sets, in the order of the table."""
    found: dict[str, dict[str, None]] = {}
    values = dict(re.findall(r"(?ms)^  (\w+) += (.*?)\n(?=  \w|})", _blocks(table, "locals")))
    for kind, body in re.findall(r'(?ms)^resource "(\w+)" "\w+" {\n(.*?)^}', table.body):
        for member, value in re.findall(r"(?ms)^ +(\w+) += (.*?)\n(?= +\w+ +[={]| +}|\Z)", body):
            text, before = value, ""
            while text != before:
                before = text
                text = re.sub(r"\blocal\.(\w+)", lambda each: values.get(each[1], ""), text)
            for name in re.findall(r"\bvar\.(\w+)", text):
                found.setdefault(name, {})[f"`{kind}.{member}`"] = None
    return {name: [*members] for name, members in found.items()}


def _blocks(table: KnownModule, kind: str) -> str:
    return "".join(re.findall(rf"(?ms)^{kind} {{\n(.*?^}})", table.body))
