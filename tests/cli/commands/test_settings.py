"""The command `settings`."""

import json
from pathlib import Path

import pytest
from tests.support.commands import write
from tests.support.settings import OPTION, lookup

from acmrules.cli.commands import settings as commands_settings
from acmrules.workspace import file_settings


def test_settings_have_their_values_and_origins(run):
    """They are printed as text and as data; mistakes are reported, with exit code 2."""
    write(".git/HEAD", "")
    write("pyproject.toml", '[tool.acmrules]\nfail-on = "note"\n')
    write("infra/.acmrules.toml", "x = 1\n")
    code, out, _ = run("settings", "--region", "eu-west-1")
    assert code == 0
    assert "fail-on" in out
    assert "pyproject.toml:2" in out
    data = json.loads(run("settings", "--format", "json", "a/b.yaml")[1])
    assert data == {
        "path": "a/b.yaml",
        "excluded": False,
        "settings": [
            {"setting": ["fail-on"], "value": "note", "where": "pyproject.toml", "line": 2}
        ],
    }
    code, _, err = run("settings", "infra")
    assert code == 2
    assert err.startswith("acmrules: infra/.acmrules.toml:1:1: unknown setting `x`; use one of")


def test_the_text_includes_defaults(folder):
    """Defaults are marked in the text, and left out of the data."""
    (folder / file_settings.BASELINE).write_text("{}")
    text = """
select = ["ACM3"]
ignore = []
fail-on = "note"
severity.ACM301 = "off"
policy.key-algorithms = ["EC_prime256v1"]
policy.max-names = 3
"""
    Path("infra/.acmrules.toml").write_text(text)
    found = lookup(OPTION).settings_of("infra/prod/a.yaml")
    lines = [line.split(maxsplit=1) for line in commands_settings.as_text(found).splitlines()]
    assert [(name, *rest.rsplit(maxsplit=1)) for name, rest in lines] == [
        ("select", "ACM3", "infra/.acmrules.toml:2"),
        ("ignore", "none", "infra/.acmrules.toml:3"),
        ("severity.ACM301", "off", "infra/.acmrules.toml:5"),
        ("fail-on", "note", "infra/.acmrules.toml:4"),
        ("region", "eu-north-1", "--region"),
        ("policy.key-algorithms", "EC_prime256v1", "infra/.acmrules.toml:6"),
        ("policy.max-names", "3", "infra/.acmrules.toml:7"),
        ("exclude", "no files", "default"),
        ("as-of", "2026-11-23, today", "default"),
        ("baseline", ".acmrules-baseline.json", "default"),
    ]
    data = commands_settings.as_data(found)
    assert data[2] == {
        "setting": ["severity", "ACM301"],
        "value": "off",
        "where": "infra/.acmrules.toml",
        "line": 5,
    }
    assert data[4]["where"] == "--region"
    assert data[4]["line"] is None
    assert data[5]["value"] == ["EC_prime256v1"]


@pytest.mark.usefixtures("folder")
def test_groups_have_brackets():
    """A list within a list has its own brackets."""
    Path(".acmrules.toml").write_text('policy.apart = [["a.io", "b.io"], []]\n')
    found = lookup().settings_of("a.yaml")
    assert "policy.apart  [a.io, b.io], [none]  " in commands_settings.as_text(found)
    assert commands_settings.as_data(found)[0]["value"] == [["a.io", "b.io"], []]
