"""Every guard has the findings of the command for the same text, in all case files."""

import importlib
from pathlib import Path

import pytest
from tests.support.guards import cases

SUPPORT = Path(cases.__file__).parent
GUARDS = {
    path.stem: importlib.import_module(f"tests.support.guards.{path.stem}")
    for path in sorted(SUPPORT.glob("*.py"))
    if path.stem != "cases"
}
"""The drivers of guards: modules with `takes`, `findings`, and perhaps `expected`."""

PAIRS = [
    pytest.param(guard, case, id=f"{name}-{case}")
    for name, guard in GUARDS.items()
    for case in cases.ALL
    if guard.takes(case)
]


@pytest.mark.parametrize(("guard", "case"), PAIRS)
def test_a_guard_has_the_findings_of_the_command(guard, case, tmp_path, monkeypatch):
    """The same rules, at the same places, with the same severities and messages."""
    monkeypatch.chdir(tmp_path)
    case.write()
    expected = getattr(guard, "expected", cases.expected)
    assert guard.findings(case) == expected(case)


@pytest.mark.parametrize("name", GUARDS)
def test_a_guard_takes_cases_with_findings(name):
    """A driver that takes nothing would prove nothing."""
    assert sum(GUARDS[name].takes(case) for case in cases.ALL) >= getattr(
        GUARDS[name], "LEAST", len(cases.ALL)
    )


def test_the_settings_of_a_case_are_those_of_its_command(tmp_path, monkeypatch):
    """What the command of a case finds with its options, it finds with the settings."""
    monkeypatch.chdir(tmp_path)
    compared = 0
    for number, case in enumerate(cases.ALL):
        folder = tmp_path / str(number)
        folder.mkdir()
        monkeypatch.chdir(folder)
        case.write()
        found = cases.expected(case)
        Path(cases.SETTINGS).unlink()
        day = () if "--as-of" in case.words else ("--as-of", cases.DAY)
        given = [word for word in case.words[1:] if word != "--show-undecided"]
        assert cases.rows(cases.reported(*given, *day)["findings"]) == found, case
        compared += len(found)
    assert compared > len(cases.ALL)
