"""Runs of `acmrules check` in this process, in a directory of their own."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from acmrules.cli import main
from acmrules.facts.fact import CHECKED


def run(words: Sequence[str], texts: Mapping[str, str], folder: Path) -> str:
    """Return what `acmrules check` prints about files that are written to a directory."""
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    printed = io.StringIO()
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        main.main(["check", *words, "--as-of", str(CHECKED)])
    return printed.getvalue()
