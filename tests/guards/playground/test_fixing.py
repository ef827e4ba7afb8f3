"""The buttons of findings: their edits are those of the command and of the language server."""

import json
import os
from pathlib import Path

import pytest
from tests.support.guards import cases, playground
from tests.support.playground import ask, edited

from acmrules.cli import main
from acmrules.guards.playground.fixing import Fixes
from acmrules.guards.playground.spans import Spans
from acmrules.lint import fixes
from acmrules.lint.fixes import apply_fixes
from acmrules.lint.suppressions.add import add_suppressions
from acmrules.lint.suppressions.model import NO_REASON
from acmrules.syntax.edits import TextEdit
from acmrules.syntax.source import Source
from acmrules.workspace import arguments
from acmrules.workspace.checked_files import SomeFindings
from acmrules.workspace.open_folder import OpenFolder

CASES = [case for case in cases.ALL if playground.takes(case)]


def written(case, folder):
    """Write a case into a folder, and return its files with those of settings."""
    os.chdir(folder)
    case.write()
    return {**case.texts, cases.SETTINGS: case.settings}


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_each_button_does_what_an_editor_does(case, tmp_path, monkeypatch):
    """An editor verifies each edit alone; the page verifies them together."""
    monkeypatch.chdir(tmp_path)
    files = written(case, tmp_path)
    folder = OpenFolder(lambda today: arguments.resolver(None, None, None, today))
    day = arguments.date.fromisoformat(playground.day(case))
    checked = folder.check(files, day)
    found = ask(files, asOf=str(day))["findings"]
    rows = [(each.rule.id, each.message) for each in checked.report.findings]
    assert [(each["rule"], each["message"]) for each in found] == rows
    for finding, shown in zip(checked.report.findings, found, strict=True):
        *fixes, last = shown["fixes"] or [{"title": ""}]
        if not last["title"].startswith("Suppress"):
            fixes, last = [*fixes, last] if last["title"] else [], None
        fixed = [
            result.texts
            for each in finding.all()
            if (
                result := apply_fixes(SomeFindings(checked.files.anew(), [each]), unsafe=True)
            ).texts
        ]
        assert [edited(files, each["edits"]) for each in fixes] == [files | new for new in fixed]
        own = {*map(id, finding.all())}
        added = add_suppressions(
            checked.files.anew(),
            {},
            NO_REASON,
            may_edit=files.__contains__,
            is_meant=lambda each, own=own: id(each) in own,
        )
        assert bool(last) == bool(added.texts)
        if last:
            assert edited(files, last["edits"]) == files | added.texts


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_all_buttons_together_are_the_option_fix(case, tmp_path, monkeypatch, capsys):
    """One button after the other, a person gets what the command writes."""
    monkeypatch.chdir(tmp_path)
    files = written(case, tmp_path)
    main.main(["check", *case.paths, "--fix", "--unsafe-fixes", "--as-of", playground.day(case)])
    capsys.readouterr()
    for _ in range(50):
        found = ask(files, asOf=playground.day(case))["findings"]
        buttons = [b for each in found for b in each["fixes"] if "Suppress" not in b["title"]]
        if not buttons:
            break
        files = edited(files, buttons[0]["edits"])
    assert {name: Path(name).read_text("utf-8") for name in files} == files


def test_places_are_code_units():
    """An emoji before a name does not move its edits."""
    files = {"names.txt": "# \U0001f600\nwww.Brightharbor.io  # \U0001f600\nbrightharbor.io\n"}
    [finding] = ask(files)["findings"]
    fix, suppression = finding["fixes"]
    assert suppression["kind"] == "suppression"
    assert edited(files, fix["edits"]) == {"names.txt": files["names.txt"].replace("B", "b")}
    after = edited(files, suppression["edits"])
    assert ask(after)["findings"] == []


def test_a_button_says_whether_it_is_safe():
    """The titles are those of an editor."""
    files = {"a.json": '{"DomainName": "*.A.io", "ValidationMethod": "DNS"}'}
    found = [fix for each in ask(files)["findings"] for fix in each["fixes"]]
    assert [(fix["kind"], fix["title"]) for fix in found] == [
        ("safe", "Change it to `*.a.io`"),
        ("unsafe", "Add `a.io` to the certificate (unsafe: review it)"),
    ]


def test_each_of_the_fixes_that_touch_each_other_has_a_button():
    """Of three options to insert at one place, each can be the first, in each of the requests."""
    name = "{}.deep.brightharbor.io"
    request = {"ValidationMethod": "EMAIL", "DomainName": name.format("a")}
    request["SubjectAlternativeNames"] = [name.format("b"), name.format("c")]
    files = {f"{number}.json": json.dumps(request) for number in range(12)}
    found = [each for each in ask(files)["findings"] if each["rule"] == "ACM414"]
    assert len(found) == 12 * 3
    assert {each["fixes"][0]["kind"] for each in found} == {"unsafe"}


def test_a_finding_without_an_edit_has_no_button():
    """A list of ten names too many is for a person to split."""
    files = {"a.json": '{"DomainName": "localhost", "ValidationMethod": "DNS"}'}
    [finding] = ask(files)["findings"]
    assert finding["fixes"] == []


def test_a_button_makes_all_edits_or_none():
    """A page without one of the files cannot make a part of a fix."""
    edits = [TextEdit(Source(name, "x"), 0, 1, "y") for name in ("a", "b")]
    fixes = object.__new__(Fixes)
    fixes._spans = Spans({"a": "x"})
    assert [*fixes._button("safe", "Fix it", edits)] == []
    [button] = fixes._button("safe", "Fix it", edits[:1])
    assert button["edits"] == [{"file": "a", "from": 0, "to": 1, "text": "y"}]


def test_fixes_that_touch_each_other_are_verified_in_few_rounds(monkeypatch):
    """Each round costs a check of all files, and a list of repeated names has hundreds."""
    checks = []
    again = fixes.apply_fixes

    def counted(files, **options):
        checks.append(files)
        return again(files, **options)

    monkeypatch.setattr(fixes, "apply_fixes", counted)
    found = ask({"a.txt": "Brightharbor.io\n" * 80})["findings"]
    assert len(found) > 100
    assert 2 <= len(checks) <= 1 + 500 // len(found)
