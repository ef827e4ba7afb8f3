"""Case files: one input each, with the complete report that is expected of it.

A file has a sentence, the command, the input behind `--- NAME`, and the report behind
`--- report`. Run this module as a program to write the reports anew, and read what changed.
"""

import contextlib
import io
import os
import tempfile
from pathlib import Path

import pytest

from acmrules.lint import cli

CASES = sorted((Path(__file__).parent.parent / "cases").glob("*.case"))
DAY = "2026-11-23"


def parts(case):
    """Return the head, the command's words, the name and text of the input, and the report."""
    head, _, report = case.read_text("utf-8").partition("--- report\n")
    words, _, rest = head.partition("$ acmrules ")[2].partition("\n")
    name, _, text = rest.removeprefix("--- ").partition("\n")
    return head, words.split(), name, text, report


def judged(words, name, text):
    """Run the command on the input in a folder of its own."""
    words = words if "--as-of" in words else [*words, "--as-of", DAY]
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        Path(name).write_text(text, "utf-8")
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = cli.main(words)
    return f"{out.getvalue()}exit code {code}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_the_report_is_complete(case):
    """Every line of the report is expected, and every expected line is there."""
    _, words, name, text, report = parts(case)
    assert judged(words, name, text) == report


if __name__ == "__main__":
    for each in CASES:
        before, given, file, content, _ = parts(each)
        each.write_text(f"{before}--- report\n{judged(given, file, content)}", "utf-8")
