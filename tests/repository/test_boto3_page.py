"""The page about the guard of boto3: its programs, its output, its tables."""

import contextlib
import os
import re
import subprocess
import sys
import warnings
from pathlib import Path

import boto3
import pytest
from moto import mock_aws
from tests.support.guards.boto3 import answer_by_moto

from acmrules.guards import boto3 as guard

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "pages" / "guards" / "boto3.md"
TEXT = PAGE.read_text("utf-8")
PROGRAM, FILTERS, SETTINGS, LAMBDA, ASYNCHRONOUS = re.findall(r"(?ms)^```python\n(.*?)^```$", TEXT)
BAD = {"DomainName": "localhost", "ValidationMethod": "DNS"}
WITH_NOTE = {"DomainName": "*.brightharbor.io", "ValidationMethod": "DNS"}


@pytest.fixture(autouse=True)
def _credentials(folder, monkeypatch):
    """Run each program in a folder without settings, for an account that does not exist."""
    assert folder == Path.cwd()
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "a")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")


def run(code):
    """Run a program of the page, and return its names."""
    values = {"__name__": "site"}
    exec(compile(code, "site.py", "exec", dont_inherit=True), values)
    return values


def test_the_program_prints_what_the_page_shows(folder):
    """Its frames are left out; it needs no credentials."""
    (folder / "site.py").write_text(PROGRAM)
    environ = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    done = subprocess.run(
        [sys.executable, "site.py"],
        env=environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    [shown] = re.findall(r"(?ms)^```text\n(.*?)^```$", TEXT)
    assert done.returncode == 1
    assert re.sub(r"(?m)^  File .*\n(?:    .*\n)+", "", done.stderr) == shown.replace("  …\n", "")


@mock_aws
def test_the_filters_and_the_settings_decide():
    """The last filter is the first one that applies."""
    acm = boto3.client("acm")
    guard.install(acm)
    with warnings.catch_warnings():
        run(FILTERS)
        acm.request_certificate(**WITH_NOTE)
        with pytest.raises(guard.RequestWarning, match="ACM402"):
            acm.request_certificate(DomainName="brightharbor.io", ValidationMethod="EMAIL")
    [_, given] = SETTINGS.splitlines()
    exec(given, {"install": guard.install, "acm": acm})
    acm.request_certificate(DomainName="brightharbor.io", ValidationMethod="EMAIL")


def test_pytest_accepts_its_setting(pytester):
    """The category exists, and a finding fails the test."""
    [setting] = re.findall(r"(?ms)^```toml\n(.*?)^```$", TEXT)
    pytester.makepyprojecttoml(setting)
    pytester.makepyfile(
        "import warnings\nfrom acmrules.guards.boto3 import RequestWarning\n"
        "def test_it(): warnings.warn(RequestWarning('x'))"
    )
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(failed=1)


pytest_plugins = "pytester"


@mock_aws
def test_the_function_for_lambda_answers():
    """With an ARN, or with the findings."""
    handler = run(LAMBDA)["handler"]
    assert handler({"domain": "www.brightharbor.io"}, None)["arn"].startswith("arn:aws:acm:")
    assert handler({"domain": "localhost"}, None) == {
        "refused": ["`localhost` is a single label; at least two are needed"]
    }


@mock_aws
def test_the_asynchronous_program_prints_an_arn(capsys, monkeypatch):
    """Its request arrives at Moto."""
    sessions = pytest.importorskip("aiobotocore.session")
    create = sessions.AioSession.create_client

    @contextlib.asynccontextmanager
    async def create_for_moto(*given, **options):
        async with create(*given, **options) as client:
            answer_by_moto(client)
            yield client

    monkeypatch.setattr(sessions.AioSession, "create_client", create_for_moto)
    run(ASYNCHRONOUS)
    assert capsys.readouterr().out.startswith("arn:aws:acm:eu-west-1:")


def test_the_page_names_the_classes_and_the_targets():
    """Every public class and function of the guard is on the page."""
    public = [
        name
        for name, value in vars(guard).items()
        if getattr(value, "__module__", "") == guard.__name__ and name[0] != "_"
    ]
    assert len(public) >= 5
    assert [name for name in public if f"`{name}" not in TEXT] == []
