"""Code actions do what the command does."""

from pathlib import Path

import pytest
from tests.support.guards import cases
from tests.support.guards.lsp import closed, opened, session
from tests.support.lsp_client import edited, edits_of, uri_of
from tests.test_cases import CASES

from acmrules.cli.main import main

FIX_ALL = "source.fixAll.acmrules"
_FIXABLE = {path.stem for path in CASES if "[*]" in path.read_text("utf-8")}
WITH_FIXES = [case for case in cases.ALL if case.name in _FIXABLE]


def applied(client, texts, versions, action):
    """Apply an action to texts as an editor does, which then has new versions of them."""
    names = {uri_of(name): name for name in texts}
    for uri, edits in edits_of(action).items():
        name = names[uri]
        texts[name] = edited(texts[name], edits)
        versions[name] = versions.get(name, 1) + 1
        client.change(uri, versions[name], texts[name])


def fixed_by_command(case, *options):
    """Return the texts of a case after the command has fixed them."""
    main(["check", *case.paths, "--fix", *options])
    return {name: Path(name).read_bytes().decode() for name in case.texts}


def fixed_by_actions(case, only, is_wanted=lambda _: True):
    """Return the texts of a case after an editor has applied its actions, one after the other."""
    client = session()
    texts, versions = dict(opened(client, case)), {}
    for _ in range(100):
        found = [
            action
            for name in texts
            for action in client.actions(uri_of(name), only=[only])
            if is_wanted(action)
        ]
        if not found:
            break
        applied(client, texts, versions, found[0])
    closed(client)
    return texts


@pytest.mark.parametrize("case", WITH_FIXES, ids=repr)
def test_all_safe_fixes_are_those_of_the_command(case, tmp_path, monkeypatch):
    """`source.fixAll` in each file results in the texts of `acmrules check --fix`."""
    monkeypatch.chdir(tmp_path)
    case.write()
    found = fixed_by_actions(case, FIX_ALL)
    assert found == fixed_by_command(case)


@pytest.mark.parametrize("case", WITH_FIXES[::5], ids=repr)
def test_preferred_fixes_are_the_safe_ones(case, tmp_path, monkeypatch):
    """Applied one by one, they result in the texts of `acmrules check --fix` too."""
    monkeypatch.chdir(tmp_path)
    case.write()
    found = fixed_by_actions(case, "quickfix", lambda action: action.get("isPreferred"))
    assert found == fixed_by_command(case)


@pytest.mark.parametrize("case", WITH_FIXES, ids=repr)
def test_the_others_say_that_they_need_a_review(case, tmp_path, monkeypatch):
    """All of them result in the texts of `acmrules check --fix --unsafe-fixes`."""
    monkeypatch.chdir(tmp_path)
    case.write()

    def is_fix(action):
        is_safe = bool(action.get("isPreferred"))
        is_suppression = action["title"].startswith("Suppress ")
        assert is_suppression or is_safe != action["title"].endswith(" (unsafe: review it)")
        return not is_suppression

    found = fixed_by_actions(case, "quickfix", is_fix)
    assert found == fixed_by_command(case, "--unsafe-fixes")
