"""Checks from a program give the report of the command."""

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import threading
from datetime import date, datetime, timezone
from pathlib import Path

import pytest
from tests.test_cases import CASES, parts

from acmrules import CertificateRequest, InvalidArgument, Quotas, Region, lint
from acmrules.cli import main
from acmrules.readers.api_calls import OPERATIONS
from acmrules.reports.findings import json as json_report
from acmrules.workspace import settings_file
from acmrules.workspace.settings import SettingsError

TESTS = Path(__file__).parents[1]
CORPUS = TESTS / "corpus"
DAY = date(2026, 11, 23)
REQUEST = {"DomainName": "www.brightharbor.io", "ValidationMethod": "DNS"}
WRONG = '{"DomainName": "localhost", "ValidationMethod": "DNS"}'


def texts():
    """Yield the id, the name and the text of each file of the cases and of the corpus."""
    for case in CASES:
        for name, text in parts(case)[2].items():
            yield f"{case.stem}/{name}", os.path.basename(name), text
    for path in sorted(CORPUS.rglob("*")):
        if path.is_file() and path.suffix in {".json", ".yaml", ".yml", ".tf", ".template"}:
            with path.open(encoding="utf-8", newline="") as file:
                yield str(path.relative_to(CORPUS)), path.name, file.read()


TEXTS = [pytest.param(name, text, id=which) for which, name, text in texts()]


def command(*words):
    """Return the exit code and the JSON of the command."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        code = main.main(["check", *words, "--as-of", str(DAY), "--format", "json"])
    return code, json.loads(out.getvalue())


def as_command(report):
    """Return the exit code and the JSON of a report."""
    return report.exit_code, json.loads(json_report.render(report))


def ids(report):
    """Return the ids of the rules of all findings."""
    return [finding.rule.id for finding in report]


# The same report


@pytest.mark.parametrize(("name", "text"), TEXTS)
def test_a_file_its_text_and_the_command_have_one_report(name, text, tmp_path, monkeypatch):
    """A file that is alone in its folder has one report, whoever checks it."""
    monkeypatch.chdir(tmp_path)
    Path(name).write_text(text, "utf-8", newline="")
    expected = command(name)
    assert as_command(lint.check_paths([name], as_of=DAY)) == expected
    os.remove(name)
    by_text = as_command(lint.check_text(text, name=name, as_of=DAY))
    for _, data in (expected, by_text):
        for error in data["errors"]:
            # A text has no modules around it, and folders around a file may have no files.
            error["message"] = re.sub(r"(module `[^`]*`) .*", r"\1", error["message"])
    assert by_text == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_folder_has_the_report_of_the_command(case, tmp_path, monkeypatch):
    """The files of a case, modules included, have the report of the command."""
    monkeypatch.chdir(tmp_path)
    for name, text in parts(case)[2].items():
        os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
        Path(name).write_text(text, "utf-8")
    assert as_command(lint.check_paths(["."], as_of=DAY)) == command(".")
    assert as_command(lint.check_paths([Path()], as_of=DAY)) == command(".")


def requests_in(text):
    """Return the objects of a JSON text that is one, or a list of them."""
    try:
        data = json.loads(text)
    except ValueError:
        return []
    return [each for each in (data if isinstance(data, list) else [data]) if isinstance(each, dict)]


API_REQUESTS = [
    pytest.param(data, id=f"{which}-{index}")
    for which, name, text in texts()
    if name.endswith(".json")
    for index, data in enumerate(requests_in(text))
    if "DomainName" in data and "CertificateArn" not in data
]


def told(report):
    """Return what a report says, except for the places in a file."""
    found = [
        (each.rule.id, each.severity, each.message, each.path, each.value, each.help, each.address)
        for first in report
        for each in (first.__replace__(others=()), *first.others)
    ]
    skips = {(skip.rule, skip.reason, skip.detail, skip.path) for skip in report.skips}
    faults = [error.fault for error in report.unreadable]
    return sorted(found, key=str), skips, faults, report.requests, report.exit_code


@pytest.mark.parametrize("data", API_REQUESTS)
def test_parameters_have_the_report_of_their_file(data):
    """The parameters of a call have the findings of a file with the same content."""
    text = json.dumps(data)
    by_file = lint.check_text(text, name="a.json", kind="api", as_of=DAY, settings={})
    assert told(lint.check_params(data, as_of=DAY, settings={})) == told(by_file)
