"""The drift command: upstream changes since the last review."""

import json
import re
import tomllib
from datetime import date
from importlib.metadata import requires

import pytest
from tests import drift

BEFORE = {"version": "1", "shapes": {"Method": {"enum": ["DNS", "EMAIL"], "max": 2}}}


@pytest.fixture
def upstream(tmp_path, monkeypatch):
    """Replace the libraries by one, recorded as `BEFORE`, and return the file of the record."""
    file = tmp_path / "upstream.json"
    file.write_text(json.dumps({"lib": BEFORE}))
    monkeypatch.setattr(drift, "UPSTREAM", file)
    monkeypatch.setattr(drift, "LONGEST", date.max - date.min)
    monkeypatch.setattr(drift, "LIBRARIES", {"lib": lambda: BEFORE})
    return file


def reading(**method):
    return {"version": "2", "shapes": {"Method": method}}


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        (reading(enum=["EMAIL", "DNS"], max=2), []),
        (reading(enum=["DNS", "EMAIL", "HTTP"], max=2), ['+ shapes.Method.enum: "HTTP"']),
        (reading(enum=["DNS"], max=2), ['- shapes.Method.enum: "EMAIL"']),
        (
            reading(enum=["DNS", "EMAIL"], max=3),
            ["- shapes.Method.max: 2", "+ shapes.Method.max: 3"],
        ),
        (
            reading(enum=["DNS", "EMAIL"], max=2, members={"New": {"shape": "String"}}),
            ['+ shapes.Method.members.New.shape: "String"'],
        ),
    ],
)
def test_differences(after, changes):
    """Each added or removed value has a line; a version or an order alone is no change."""
    assert list(drift.differences(BEFORE, after)) == changes


@pytest.mark.usefixtures("upstream")
def test_no_change(capsys):
    """The exit code is 0 if nothing has changed."""
    assert drift.main([]) == 0
    assert capsys.readouterr().out == "nothing has changed\n"


@pytest.mark.usefixtures("upstream")
def test_change(monkeypatch, capsys):
    """The change is printed with the version that has it, and the exit code is 1."""
    after = reading(enum=["DNS", "EMAIL", "HTTP"], max=2)
    monkeypatch.setattr(drift, "LIBRARIES", {"lib": lambda: after})
    assert drift.main([]) == 1
    assert capsys.readouterr().out == 'lib 2: + shapes.Method.enum: "HTTP"\n'


@pytest.mark.usefixtures("upstream")
def test_missing_library(monkeypatch, capsys):
    """A library that is not installed is reported as not compared."""

    def missing():
        raise ModuleNotFoundError

    monkeypatch.setattr(drift, "LIBRARIES", {"lib": missing})
    assert drift.main([]) == 0
    assert capsys.readouterr().out == "lib is not installed: not compared\nnothing has changed\n"


def test_accepting(upstream, monkeypatch):
    """An accepted change is no longer reported."""
    monkeypatch.setattr(drift, "LIBRARIES", {"lib": lambda: reading(enum=["HTTP"])})
    assert drift.main([]) == 1
    assert drift.main(["--accept"]) == 0
    assert drift.main([]) == 0
    assert json.loads(upstream.read_text()) == {"lib": reading(enum=["HTTP"])}


@pytest.mark.parametrize(("today", "count"), [(date(2026, 6, 30), 0), (date(2026, 7, 1), 1)])
def test_age(today, count):
    """Only dates of more than 180 days ago are reported."""
    lines = list(drift.old("list", date(2026, 1, 1), today))
    assert lines == ["list of 2026-01-01: 181 days old, more than 180"] * count


@pytest.mark.usefixtures("upstream")
def test_old_facts_and_list(monkeypatch, capsys):
    """The facts and the committed public suffix list become old."""
    monkeypatch.setattr(drift, "LONGEST", date.min - date.max)
    assert drift.main([]) == 1
    listed, facts = capsys.readouterr().out.splitlines()
    assert listed.startswith("public suffix list of 20")
    assert " facts of 20" in facts


def test_the_constraints_name_a_list():
    """The day of the list is the last part of the version in the constraints."""
    assert drift.list_day(drift.CONSTRAINTS.read_text("utf-8")) >= date(2026, 10, 23)


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("constraints.txt", set()),
        ("constraints-lowest.txt", {"aws-cdk-lib", "cfn-lint", "mcp", "pygls"}),
        ("constraints-lowest-guards.txt", {"aws-cdk-lib"}),
    ],
)
def test_every_dependency_is_constrained(name, others):
    """Each requirement of acmrules and its tests has a version, except hosts tested elsewhere."""
    pinned = re.findall(r"^([\w-]+)==", (drift.TESTS / name).read_text("utf-8"), re.MULTILINE)
    wanted = {re.match(r"[\w-]+", line)[0].lower() for line in requires("acmrules")}
    assert wanted - {"acmrules"} - set(pinned) == others


def test_the_record_agrees_with_botocore():
    """The committed record of botocore is what the command reads from it."""
    committed, read = drift.committed()["botocore"], drift.botocore()
    assert read.keys() == committed.keys()
    assert read["shapes"]["RequestCertificateRequest"]["required"] == ["DomainName"]
    assert "us-east-1" in read["regions"]["aws"]
    assert set(drift.LIBRARIES) == set(drift.committed())


def test_every_engine_is_constrained():
    """Each requirement of the group `hosts` has a version in a file of its own."""
    metadata = tomllib.loads((drift.TESTS.parent / "pyproject.toml").read_text("utf-8"))
    text = (drift.TESTS / "constraints-hosts.txt").read_text("utf-8")
    pinned = re.findall(r"^([\w-]+)==", text, re.MULTILINE)
    wanted = {re.match(r"[\w-]+", line)[0] for line in metadata["dependency-groups"]["hosts"]}
    assert wanted - set(pinned) == set()
