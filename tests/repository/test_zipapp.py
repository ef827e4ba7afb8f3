"""The zipapp: one file that any Python runs, and equal bytes from equal sources."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from acmrules.cli.main import FOUND

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
BUILDER = ROOT / ".ci" / "zipapp.py"
START = ROOT / "docs" / "examples" / "start"


def build(target, **variables):
    """Build the zipapp of this checkout."""
    command = [sys.executable, BUILDER, target]
    subprocess.run(command, env=os.environ | variables, capture_output=True, check=True)
    return target


@pytest.fixture(scope="module")
def zipapp(tmp_path_factory):
    """Return a zipapp of this checkout."""
    return build(tmp_path_factory.mktemp("zipapp") / "acmrules.pyz")


def test_it_checks_files(zipapp, tmp_path):
    """It needs no installation: an isolated interpreter in another directory runs it."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", zipapp, "check", START, "--region", "us-east-1"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (FOUND, "")
    assert "bad.yaml" in done.stdout


def test_equal_sources_result_in_equal_bytes(zipapp, tmp_path):
    """Neither the time, nor the zone or the name of the file change it."""
    again = build(tmp_path / "other.pyz", TZ="Asia/Tokyo", PYTHONHASHSEED="7")
    digests = {hashlib.sha256(path.read_bytes()).digest() for path in (zipapp, again)}
    assert len(digests) == 1


def test_it_contains_no_compiled_module(zipapp):
    """It runs on each platform and version of Python, and has the licenses of what it contains."""
    with zipfile.ZipFile(zipapp) as archive:
        names = archive.namelist()
    assert not [name for name in names if name.endswith((".so", ".pyd", ".pyc"))]
    packages = {name.partition("/")[0].partition("-")[0].lower() for name in names}
    licensed = {name.partition("-")[0].lower() for name in names if "/licenses/" in name.lower()}
    assert {"acmrules", "idna", "publicsuffixlist", "pyyaml"} <= packages
    assert licensed >= {"acmrules", "idna", "pyyaml"}
