"""Runs of `acmrules check` in this process, in a directory of their own."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from acmrules.cli import main
from acmrules.facts.fact import CHECKED


def run(words: Sequence[str], texts: Mapping[str, str], folder: Path) -> tuple[str, str]:
    """Return what `acmrules check` prints about files, and what it prints about problems."""
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    options = words if "--as-of" in words else [*words, "--as-of", str(CHECKED)]
    printed, problems = io.StringIO(), io.StringIO()
    before = os.getcwd()
    os.chdir(folder)
    try:
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(problems):
            main.main(["check", *options])
    finally:
        os.chdir(before)
    return printed.getvalue(), problems.getvalue()
