"""The guard of boto3 with the oldest botocore, and with aiobotocore, which needs an older one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.installing import install

ROOT = Path(__file__).parents[2]
TESTS = ("tests/guards/test_boto3.py", "tests/guards/test_same_findings.py")

HTTP = (
    *("aiohappyeyeballs==2.7.1", "aiohttp==3.14.5", "aioitertools==0.13.0", "aiosignal==1.4.0"),
    *("frozenlist==1.8.0", "multidict==7.2.1", "propcache==0.5.4", "yarl==1.25.1"),
)
"""What asynchronous clients need."""
OLDEST = (
    *("aiobotocore==2.11.0", "boto3==1.34.0", "botocore==1.34.0", "s3transfer==0.9.0"),
    *("urllib3==2.0.7", "wrapt==1.17.3", *HTTP),
)
NEWEST = (
    *("aiobotocore==3.10.0", "boto3==1.43.117", "botocore==1.43.117", "s3transfer==0.19.3"),
    *("wrapt==2.5.2", *HTTP),
)
FORMS = ("asgiref==3.13.0", "Django==5.2.19", "sqlparse==0.6.1", "WTForms==3.3.2")
"""What the page about forms needs."""


def run_with(folder, pinned, *words):
    """Run tests with packages in front of those of this environment, and return the output.

    The environment has what else the packages need.
    """
    install(*pinned, target=folder)
    # An old client uses what a new Python deprecates.
    options = ("-q", "-p", "no:cacheprovider", "-o", "filterwarnings=", "-m", "not slow")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *words],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(folder), "HYPOTHESIS_PROFILE": "brief"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_the_oldest_botocore(tmp_path):
    """Everything but ACME operations, with asynchronous clients of the same time."""
    out = run_with(tmp_path, OLDEST, *TESTS, "-k", "boto3")
    assert out.count("SKIPPED") == 1
    assert "this botocore has no ACME operations" in out


@pytest.mark.slow
def test_asynchronous_clients_and_forms(tmp_path):
    """The guard and the pytest plugin with aiobotocore, and the validators of the page."""
    pages = ("tests/repository/test_boto3_page.py", "tests/repository/test_forms.py")
    words = (*TESTS, *pages, "tests/test_pytest_plugin.py", "-k", "boto3 or forms or asynchronous")
    out = run_with(tmp_path, (*NEWEST, *FORMS), *words)
    assert "SKIPPED" not in out


def test_the_page_names_the_versions():
    """Those of these tests, and the newest botocore of all tests."""
    text = (ROOT / "docs" / "pages" / "guards" / "boto3.md").read_text("utf-8")
    lines = (ROOT / "tests" / "constraints.txt").read_text("utf-8").splitlines()
    [newest] = [line for line in lines if line.startswith("botocore==")]
    versions = [pin.partition("==")[2] for pin in (OLDEST[2], newest, OLDEST[0], NEWEST[0])]
    versions[1] = versions[1].rpartition(".")[0]
    said = "Tested with botocore {} and {}, and with aiobotocore {} and {}."
    assert said.format(*versions) in text
    bound = (ROOT / "pyproject.toml").read_text("utf-8")
    # The first example of the page imports boto3, which has the versions of botocore.
    assert f'boto3 = ["boto3>={versions[0].removesuffix(".0")}"]' in bound
