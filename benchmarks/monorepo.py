"""A repository of many Terraform modules with a year of commits, the same in every run."""

from __future__ import annotations

import random
import subprocess
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FILES = ("main.tf", "variables.tf", "locals.tf", "outputs.tf", "network.tf")
"""The files of each folder."""


def write(folder: Path, files: int, commits: int, as_of: date) -> None:
    """Write a repository of Terraform roots and the modules they call, with a year of commits.

    A tenth of the folders has a certificate. Each commit edits one or two files; every hundredth
    edits a name.
    """
    folders = [f"modules/m{i:03}" for i in range(files // 50)]
    folders += [f"live/r{i:03}" for i in range(files // len(FILES) - len(folders))]
    folder.mkdir(parents=True)
    subprocess.check_call(["git", "init", "-q", "-b", "main"], cwd=folder)
    chance = random.Random(1)
    with subprocess.Popen(
        ["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        whole = ((each, name, 0) for each in folders for name in FILES)
        process.stdin.write(_commit(as_of - timedelta(700), 0, whole))
        for number in range(1, commits + 1):
            edits = [
                (chance.choice(folders), chance.choice(FILES), number)
                for _ in range(1 + number % 2)
            ]
            if number % 100 == 0:
                edits = [(chance.choice(folders[-10:]), "locals.tf", number)]
            day = as_of - timedelta(364 - 363 * number // commits)
            process.stdin.write(_commit(day, number, edits))
    subprocess.check_call(["git", "reset", "-q", "--hard"], cwd=folder)


def _commit(day: date, number: int, edits: Iterable[tuple[str, str, int]]) -> bytes:
    """Return a commit on a day as `git fast-import` reads it."""
    when = f"{datetime.combine(day, time(12), UTC).timestamp():.0f} +0000"
    lines = [f"commit refs/heads/main\ncommitter bench <bench@brightharbor.io> {when}"]
    lines.append(f"data {len(str(number))}\n{number}")
    for folder, name, version in dict.fromkeys(edits):
        text = _file(folder, name, version)
        lines.append(f"M 100644 inline {folder}/{name}\ndata {len(text)}\n{text}")
    return ("\n".join(lines) + "\n").encode()


def _file(folder: str, name: str, version: int) -> str:
    """Return a version of a file of a root, or of a module that roots call."""
    is_root, number = folder.startswith("live"), int(folder[-3:])
    if name == "variables.tf":
        required = "" if is_root else 'variable "name" {\n  type = string\n}\n'
        return f'variable "team" {{\n  default = "team{version}"\n}}\n{required}'
    if name == "locals.tf":
        zone = f"zone{version // 100 if version % 100 == 0 else 0}.brightharbor.io"
        return f'locals {{\n  zone = "{zone}"\n  note = "{version}"\n}}\n'
    if name == "outputs.tf":
        return f'output "team" {{\n  value = "${{var.team}}-{version}"\n}}\n'
    kind, argument = ("aws_subnet", "cidr") if name == "network.tf" else ("aws_s3_bucket", "bucket")
    blocks = [
        f'resource "{kind}" "r{i}" {{\n  {argument} = "x{i}-{version}"\n  team = var.team\n}}'
        for i in range(10)
    ]
    if name == "main.tf" and is_root:
        blocks += [
            f'module "m{i}" {{\n  source = "../../modules/m{(number * 7 + i * 13) % 40:03}"\n'
            f'  name   = "x{number}.${{local.zone}}"\n}}'
            for i in range(3)
        ]
    if name == "main.tf" and number % 10 == 0:
        domain = f"app{number}.${{local.zone}}" if is_root else "${var.name}"
        blocks.append(
            f'resource "aws_acm_certificate" "this" {{\n  domain_name = "{domain}"\n'
            '  validation_method = "DNS"\n}'
        )
    return "\n\n".join(blocks) + "\n"
