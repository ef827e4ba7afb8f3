"""The playground: its packages have the versions that are tested, and its files are complete."""

import json
import re
from datetime import date
from pathlib import Path

import acmrules
from acmrules.facts.fact import LAUNCH
from acmrules.guards.playground.ahead import LAST
from acmrules.guards.playground.questions import MOST_FILES, TOPICS
from acmrules.lint.forecast import change_dates
from acmrules.lint.rules import CATALOGUE

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "playground"
PACKAGE = json.loads((SOURCE / "package.json").read_text("utf-8"))
LOCK_TEXT = (SOURCE / "package-lock.json").read_text("utf-8")
LOCK = json.loads(LOCK_TEXT)
VERSION = re.compile(r"\d+\.\d+\.\d+")


def test_the_package_has_the_version_of_acmrules_and_is_never_published():
    """The site publishes the page, and npm nothing."""
    assert PACKAGE["version"] == LOCK["version"] == acmrules.__version__
    assert PACKAGE["private"] is True


def test_each_version_is_exact():
    """A build of today and one of tomorrow have the same packages."""
    versions = {**PACKAGE["dependencies"], **PACKAGE["devDependencies"]}
    assert all(VERSION.fullmatch(version) for version in versions.values())
    locked = {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in versions}
    assert locked == versions


def test_the_lock_names_no_registry():
    """Each package is locked by its content, wherever it is downloaded from."""
    packages = [each for path, each in LOCK["packages"].items() if path]
    assert all(each["integrity"].startswith("sha512-") for each in packages)
    assert "resolved" not in LOCK_TEXT


def test_the_wheels_are_those_of_the_constraints():
    """The build names the constraints, and they pin each package of the page."""
    assert '"tests", "constraints.txt"' in (SOURCE / "build" / "wheels.mjs").read_text("utf-8")
    constraints = (ROOT / "tests" / "constraints.txt").read_text("utf-8")
    for package in ("idna", "publicsuffixlist", "pyyaml"):
        assert re.search(rf"^{package}==\S+$", constraints, re.MULTILINE)


def test_the_readme_names_each_command():
    """Each script of the package is explained, and each command that is named exists."""
    text = (SOURCE / "README.md").read_text("utf-8")
    named = {name for name in re.findall(r"npm (?:run )?([a-z]+)\b", text) if name != "ci"}
    assert named >= set(PACKAGE["scripts"])


def test_the_page_and_the_interpreter_agree():
    """They have the same topics and dates, and the page accepts no more files."""
    protocol, dates, state = (
        (SOURCE / path).read_text("utf-8")
        for path in ("protocol.ts", "page/dates.ts", "page/state.ts")
    )
    [topics] = re.findall(r"^export type Topic = (.*);$", protocol, re.MULTILINE)
    assert re.findall(r'"(\w+)"', topics) == [*TOPICS]
    assert f'FIRST = "{LAUNCH}";' in dates
    assert f'LAST = "{LAST}";' in dates
    [most] = re.findall(r"MOST_FILES = (\d+);", state)
    assert int(most) <= MOST_FILES


def test_no_change_is_after_the_last_date():
    """The slider of the page ends there."""
    assert change_dates(CATALOGUE, LAST, date.max) == ()
    assert change_dates(CATALOGUE, LAUNCH, LAST)


def test_git_ignores_what_the_build_writes():
    """No built file is committed."""
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {"node_modules/", "docs/pages/playground/"} <= {*ignored}


def test_files_that_the_suite_leaves_out_exist():
    """A test file that is renamed is not left out by its old name."""
    parts = (SOURCE / "test" / "node" / "suite-parts.mjs").read_text("utf-8")
    paths = re.findall(r'"(tests/[^"]+)"', parts)
    assert paths
    assert [path for path in paths if not (ROOT / path.split("::")[0]).exists()] == []
