"""Case files: inputs, with the complete report expected for them.

A file has a sentence, the command, each input after `--- NAME`, and the report after
`--- report`. Run this module as a program to rewrite the reports, and read what changed.
"""

import contextlib
import io
import os
import re
import tempfile
from pathlib import Path

import pytest

from acmrules.cli import main

CASES = sorted((Path(__file__).parent / "cases").glob("*.case"))
DAY = "2026-11-23"


def parts(case):
    """Return the head, the command's words, the text of each input by name, and the report."""
    head, _, report = case.read_text("utf-8").partition("--- report\n")
    words, *inputs = re.split(r"^--- ", head.partition("$ acmrules ")[2], flags=re.MULTILINE)
    texts = {name: text for name, _, text in (each.partition("\n") for each in inputs)}
    return head, words.split(), texts, report


def run_command(words, texts):
    """Return the output of the command for the inputs, in a folder of their own."""
    words = words if "--as-of" in words else [*words, "--as-of", DAY]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, text in texts.items():
            os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
            Path(name).write_text(text, "utf-8")
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = main.main(words)
    return f"{out.getvalue()}exit code {code}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_report_is_complete(case):
    """Every line of the report is expected, and every expected line is there."""
    _, words, texts, report = parts(case)
    assert run_command(words, texts) == report


if __name__ == "__main__":
    for each in CASES:
        before, given, contents, _ = parts(each)
        each.write_text(f"{before}--- report\n{run_command(given, contents)}", "utf-8")
