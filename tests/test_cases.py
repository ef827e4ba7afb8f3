"""Case files: inputs, with the complete report expected for them.

A file has a sentence, the command, each input after `--- NAME`, and the report after
`--- report`. Run this module as a program to rewrite the reports, and read what changed.

Those in `threads` repeat mistakes from public threads of two years. Their heads also have the
link with the date, the cause, and one line of these: the rule that names the cause (`names:`),
why files cannot decide it (`not decided:`), or why no rule names it (`missed:`).
"""

import contextlib
import io
import os
import re
import tempfile
from datetime import date
from pathlib import Path

import pytest

from acmrules.cli import main

CASES = sorted((Path(__file__).parent / "cases").rglob("*.case"))
THREADS = [case for case in CASES if case.parent.name == "threads"]
FIRST_DAY, LAST_DAY = date(2024, 11, 30), date(2026, 11, 30)
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


def line_of(head, *words):
    """Return the only line of a head that starts with one of the words, as word and rest."""
    (line,) = [line for line in head.splitlines() if line.startswith(words)]
    return line.split(": ", 1)


def verdict_of(case):
    """Return how acmrules fares with a thread, as the word and the rest of the line."""
    return line_of(parts(case)[0], "names:", "not decided:", "missed:")


@pytest.mark.parametrize("case", THREADS, ids=lambda case: case.stem)
def test_a_thread_has_a_link_a_cause_and_a_verdict(case):
    """Each thread is from the two years, and the rule that names its cause is in the report."""
    head, _, _, report = parts(case)
    link, day = re.fullmatch(r"(https://\S+) \((\S+)\)", line_of(head, "thread:")[1]).groups()
    assert sum(link in parts(each)[0] for each in THREADS) == 1
    assert FIRST_DAY <= date.fromisoformat(day) <= LAST_DAY
    assert line_of(head, "cause:")[1]
    word, rest = verdict_of(case)
    if word == "names":
        assert f"[{rest}]" in report


def test_most_threads_that_files_decide_are_named():
    """Thirty threads and more: at least four of five that files decide are named by a rule."""
    words = [verdict_of(case)[0] for case in THREADS]
    named, missed = words.count("names"), words.count("missed")
    assert len(words) >= 30
    assert named >= 4 * missed


if __name__ == "__main__":
    for each in CASES:
        before, given, contents, _ = parts(each)
        each.write_text(f"{before}--- report\n{run_command(given, contents)}", "utf-8")
