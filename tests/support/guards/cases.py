"""Case files as folders, in which the command and each guard find the same."""

import contextlib
import io
import json
import os
from pathlib import Path
from typing import NamedTuple

from tests.test_cases import CASES, DAY, parts

from acmrules.cli import main

SETTINGS = ".acmrules.toml"


class Row(NamedTuple):
    """A finding as every guard can report it; places start at 1."""

    file: str
    line: int
    column: int
    rule: str
    severity: str
    message: str


class Case:
    """A case file: its name, its inputs by file name, the paths that its command checks.

    The other words of the command are `settings`, the text of a settings file.
    """

    def __init__(self, path):
        self.name = path.stem
        _, self.words, self.texts, _ = parts(path)
        self.paths = []
        day, lines, tables = DAY, [], {}
        words = iter(self.words[1:])
        for word in words:
            if word == "--as-of":
                day = next(words)
            elif word == "--region":
                lines.append(f'region = "{next(words)}"')
            elif word in {"--param", "--quota"}:
                name, _, value = next(words).partition("=")
                table = {"--param": "parameters", "--quota": "quotas"}[word]
                shown = json.dumps(value) if word == "--param" else value
                tables.setdefault(table, []).append(f'"{name}" = {shown}')
            elif word != "--show-undecided":
                self.paths.append(word)
        lines.append(f"as-of = {day}")
        for table, members in tables.items():
            lines += [f"[{table}]", *members]
        self.settings = "\n".join([*lines, ""])

    def __repr__(self):
        return self.name

    def write(self):
        """Write the inputs and the settings into the current folder."""
        for name, text in (*self.texts.items(), (SETTINGS, self.settings)):
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            Path(name).write_text(text, "utf-8")


def reported(*words):
    """Return the report of the command `check` as data, in the current folder."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        main.main(["check", *words, "--format", "json"])
    return json.loads(out.getvalue())


def rows(findings):
    """Return the findings of a report, as data, as sorted rows."""
    names = ("file", "line", "column", "rule", "severity", "message")
    return sorted(Row(*(each[name] for name in names)) for each in findings)


def expected(case):
    """Return what the command finds in the current folder, which has the inputs of a case."""
    return rows(reported(*case.paths)["findings"])


ALL = [Case(path) for path in CASES]
