"""Baselines: earlier findings are not reported, wherever they move."""

import json
import os
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.reports import finding, report, skip
from tests.support.stages import run

from acmrules.cli.main import main
from acmrules.lint.baseline import Baseline, BaselineKey
from acmrules.lint.findings import SkipReason
from acmrules.syntax.source import InputError
from acmrules.workspace import baseline_file

DAY = date(2026, 11, 23)
NAMES = ("bad_name.io", "a_b.io", "WWW.brightharbor.io", "*.www.brightharbor.io", "brightharbor.io")


def resource(logical_id, names):
    first, *others = names
    lines = [
        f"  {logical_id}:",
        "    Type: AWS::CertificateManager::Certificate",
        "    Properties:",
    ]
    lines += [f"      DomainName: '{first}'", "      SubjectAlternativeNames:"]
    return "\n".join([*lines, *(f"        - '{name}'" for name in others or ["x.io"])]) + "\n"


def template(resources):
    return "Resources:\n" + "".join(resource(*each) for each in resources)


def templates():
    """Draw the resources of a template: logical ids with names, right and wrong."""
    names = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4)
    return st.dictionaries(st.sampled_from("ABC"), names, min_size=1).map(lambda d: [*d.items()])


def check_folder(folder):
    return run(folder).report


def relative_to(folder):
    """Return a function that returns the path of a file relative to a folder."""
    return lambda file: os.path.relpath(file, folder)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Run the test in its own checkout."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@settings(max_examples=30, deadline=None)
@given(templates(), st.randoms(use_true_random=False))
def test_findings_of_the_baseline_are_not_reported_wherever_they_move(
    tmp_path_factory, drawn, chance
):
    """Moved resources and new lines keep their entries, and only a new finding is reported."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / ".git").mkdir()
    file, known = folder / "site.yaml", folder / ".acmrules-baseline.json"
    file.write_text(template(drawn))
    before = check_folder(folder)
    counts = Baseline({}, relative_to(folder)).count(before.findings)
    known.write_text(Baseline(counts, relative_to(folder)).text())
    assert baseline_file.read(str(known)).counts == counts
    after = check_folder(folder)
    assert (after.findings, after.stale) == ((), ())
    assert len(after.suppressed) == len(before.findings) == sum(counts.values())
    moved = [
        (logical_id, [names[0], *chance.sample(names[1:], len(names) - 1)])
        for logical_id, names in drawn
    ]
    chance.shuffle(moved)
    file.write_text("# moved\n\n" + template(moved))
    assert {f.rule.id for f in check_folder(folder).findings} <= {"ACM304"}
    file.write_text(template([*drawn, ("New", ["new_one.brightharbor.io"])]))
    new = [f for f in check_folder(folder).findings if f.rule.id != "ACM401"]
    assert [(f.rule.id, f.value, f.address) for f in new] == [
        ("ACM101", "new_one.brightharbor.io", "New")
    ]
    file.write_text(template([("Z", ["brightharbor.io"])]))
    assert sum(entry.count for entry in check_folder(folder).stale) == len(before.findings)


def test_a_renamed_file_is_another_file(folder):
    """The baseline of a file does not apply to the same resource in another file."""
    (folder / "a.txt").write_text("a_b.io\n")
    assert main(["check", "--as-of", "2026-11-23", "."]) == 0  # a list is not walked
    assert main(["check", "a.txt"]) == 1
    assert main(["baseline", "a.txt"]) == 0
    assert main(["check", "a.txt"]) == 0
    (folder / "a.txt").rename("b.txt")
    assert main(["check", "b.txt"]) == 1


def test_requests_of_a_list_may_change_places(folder):
    """Entries for a list of requests do not depend on their positions."""
    requested = [{"DomainName": name, "ValidationMethod": "DNS"} for name in NAMES[:3]]
    (folder / "a.json").write_text(json.dumps(requested))
    assert main(["baseline", "a.json"]) == 0
    (folder / "a.json").write_text(json.dumps(requested[::-1]))
    assert main(["check", "--fail-on", "note", "a.json"]) == 0


def test_stale_entries_are_reported_and_pruned(folder, capsys):
    """Fixed findings are removed, none is added, and files that are not checked keep theirs."""
    for name in ("a.txt", "b.txt", "gone.txt"):
        (folder / name).write_text("a_b.io\nc_d.io\n")
    assert main(["baseline", "a.txt", "b.txt", "gone.txt"]) == 0
    (folder / "gone.txt").unlink()
    (folder / "a.txt").write_text("a-b.io\nc_d.io\ne_f.io\n")
    capsys.readouterr()
    assert main(["check", "a.txt"]) == 1
    assert (
        "1 certificate request in 1 file: 1 error\n"
        "1 finding in the baseline\n"
        "3 stale findings in the baseline (acmrules baseline --prune removes them)\n"
    ) in capsys.readouterr().out
    main(["check", "--format", "json", "a.txt"])
    stale = json.loads(capsys.readouterr().out)["stale"]
    assert {entry["baseline"] for entry in stale} == {".acmrules-baseline.json"}
    assert main(["baseline", "--prune", "a.txt"]) == 0
    assert capsys.readouterr().err == "acmrules: 3 in .acmrules-baseline.json, 6 before\n"
    assert main(["check", "a.txt"]) == 1
    assert "stale" not in capsys.readouterr().out
    kept = baseline_file.read(".acmrules-baseline.json").counts
    assert {(entry.file, entry.value) for entry in kept} == {
        ("a.txt", "c_d.io"),
        ("b.txt", "a_b.io"),
        ("b.txt", "c_d.io"),
    }


def test_entries_of_rules_that_did_not_decide_are_not_stale(folder, capsys):
    """A rule that is not selected, or is undecided, keeps its entries."""
    (folder / "a.txt").write_text("a_b.io\n")
    assert main(["baseline", "a.txt"]) == 0
    (folder / "a.txt").write_text("a-b.io\n")
    main(["check", "--select", "ACM301", "a.txt"])
    assert "stale" not in capsys.readouterr().out
    main(["check", "a.txt"])
    assert "1 stale" in capsys.readouterr().out
    entry = BaselineKey("infra/site.yaml", "Certificate", "ACM301", "a.io")
    had = Baseline({entry: 1}, relative_to(folder))
    (folder / "infra").mkdir()
    (folder / "infra" / "site.yaml").write_text("")
    for skips, expected in (((), [1]), ((skip(),), []), ((skip(reason=SkipReason.BOUNDED),), [1])):
        assert [s.count for s in had.stale({entry: 1}, skips, lambda _: True)] == expected
    assert had.stale({entry: 1}, (), lambda _: False) == []


def test_a_baseline_is_sorted_and_has_an_entry_to_a_line(folder):
    """The order of the findings does not matter."""
    found = [
        finding(value="b  B.io"),
        finding(value="a.io"),
        finding(value=None),
        finding(value="a.io"),
    ]
    random.Random(1).shuffle(found)
    had = Baseline({}, relative_to(folder))
    text = Baseline(had.count(found), relative_to(folder)).text()
    assert text == (
        '{\n  "version": 1,\n  "findings": {\n    "infra/site.yaml": [\n'
        '      {"address": "Certificate", "rule": "ACM301", "value": "(names.*)", "count": 1},\n'
        '      {"address": "Certificate", "rule": "ACM301", "value": "a.io", "count": 2},\n'
        '      {"address": "Certificate", "rule": "ACM301", "value": "b b.io", "count": 1}\n'
        "    ]\n  }\n}\n"
    )
    assert json.loads(Baseline({}, relative_to("/")).text()) == {"version": 1, "findings": {}}


def test_a_finding_without_a_file_has_no_entry():
    """A request of a program or of standard input has no file name."""
    nowhere = finding(source=None)
    had = Baseline({}, relative_to("/"))
    assert had.count(report(nowhere).findings) == {}
    assert had.apply([nowhere]) == ([nowhere], [], {})


COUNTED = """{{"version": 1, "findings": {{"x": [
  {{"address": "a", "rule": "ACM301", "value": "v", "count": 2}},
  {{"address": "b", "rule": "ACM301", "value": "v", "count": {}}}
]}}}}"""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "a.json:1:2: is not a baseline: Expecting property name"),
        ("[]", "a.json: is not a baseline of version 1"),
        ("[" * 100_000, "a.json: is nested too deeply"),
        ("9" * 5000, "a.json: contains a number that is too long"),
        ('{"version": 2, "findings": {}}', "is not a baseline of version 1"),
        ('{"version": 1, "findings": {"x": 3}}', "an entry of `x` is invalid"),
        ('{"version": 1, "findings": {"x": [{"rule": "ACM301"}]}}', "an entry of `x` is invalid"),
        (COUNTED.format(0), "a.json:3:61: is not a baseline: the `count` of an entry of `x` is"),
        (COUNTED.format(-1), "a.json:3:61: is not a baseline: the `count` of an entry of `x` is"),
    ],
)
def test_an_invalid_baseline_is_rejected(folder, text, message):
    """The error has the file and the reason."""
    (folder / "a.json").write_text(text)
    with pytest.raises(InputError) as caught:
        baseline_file.read("a.json")
    assert message in str(caught.value)


def test_a_broken_baseline_is_reported_and_not_changed(folder, capsys):
    """With a broken baseline, the files are checked without one."""
    (folder / "a.txt").write_text("a_b.io\n")
    (folder / ".acmrules-baseline.json").write_text("{")
    for command in ("check", "baseline"):
        assert main([command, "a.txt"]) == 2
        assert ".acmrules-baseline.json:1:2: is not a baseline" in capsys.readouterr().err
    assert (folder / ".acmrules-baseline.json").read_text() == "{"


def test_a_named_baseline_must_exist(folder, capsys):
    """Only the command that writes it accepts a missing file."""
    (folder / "a.txt").write_text("a_b.io\n")
    assert main(["check", "--baseline", "known.json", "a.txt"]) == 2
    assert "no file `known.json`" in capsys.readouterr().err
    assert main(["baseline", "--baseline", "known.json", "a.txt"]) == 0
    assert main(["check", "--baseline", "known.json", "a.txt"]) == 0
    assert main(["check", "a.txt"]) == 1
