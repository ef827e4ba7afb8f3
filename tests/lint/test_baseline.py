"""Baselines: earlier findings are not reported, wherever they move."""

import json
import os
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.git import git
from tests.support.reports import finding, report, skip
from tests.support.stages import run

from acmrules.cli.main import main
from acmrules.lint.baseline import Baseline, BaselineKey, Renames
from acmrules.lint.findings import SkipReason
from acmrules.syntax.source import InputError, Source
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


@settings(max_examples=30, deadline=None)
@given(templates(), st.sampled_from(["new.yaml", "deep/er/site.yaml"]), st.booleans())
def test_entries_follow_a_renamed_file(tmp_path_factory, drawn, name, has_more):
    """All findings are still in the baseline, and only one of another resource is new."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / ".git").mkdir()
    file, renamed, known = folder / "site.yaml", folder / name, folder / ".acmrules-baseline.json"
    drawn = [*drawn, ("Named", ["a_b.brightharbor.io"])]
    file.write_text(template(drawn))
    counts = Baseline({}, relative_to(folder)).count(check_folder(folder).findings)
    known.write_text(Baseline(counts, relative_to(folder)).text())
    renamed.parent.mkdir(parents=True, exist_ok=True)
    file.rename(renamed)
    more = [("New", ["new_one.brightharbor.io"])] * has_more
    renamed.write_text(template([*drawn, *more]))
    after = check_folder(folder)
    assert {each.address for each in after.findings} == ({"New"} if has_more else set())
    assert (len(after.suppressed), after.stale) == (sum(counts.values()), ())


def entries(file, *names, address="C"):
    return {BaselineKey(file, address, "ACM301", name): 1 for name in names}


def found_in(file, *names, address="C"):
    """Return findings of a file, one for each name."""
    return [finding(Source(file, "names"), (0, 5), value=name, address=address) for name in names]


def follows(known, found, *, gone=("old.yaml",), renames=None):
    """Return the files of the entries after a run with findings."""
    had = Baseline(known, lambda file: file)
    after = had.following(found, gone.__contains__, lambda: Renames(renames or {}))
    return sorted((entry.file, entry.value) for entry in after.counts)


OLD = entries("old.yaml", "a.io", "b.io")
MOVED = [("new.yaml", "a.io"), ("new.yaml", "b.io")]
KEPT = [("old.yaml", "a.io"), ("old.yaml", "b.io")]


@pytest.mark.parametrize(
    ("known", "found", "gone", "expected"),
    [
        (OLD, found_in("new.yaml", "a.io", "b.io"), ["old.yaml"], MOVED),
        (OLD, found_in("new.yaml", "b.io", "c.io", "a.io"), ["old.yaml"], MOVED),
        (OLD, found_in("new.yaml", "a.io", "b.io"), [], KEPT),
        (OLD, found_in("new.yaml", "a.io"), ["old.yaml"], KEPT),
        (OLD, found_in("new.yaml", "a.io", "b.io", address="D"), ["old.yaml"], KEPT),
        (
            OLD,
            found_in("new.yaml", "a.io", "b.io") + found_in("x.yaml", "a.io", "b.io"),
            ["old.yaml"],
            KEPT,
        ),
        (OLD, found_in("new.yaml", "a.io") + found_in("x.yaml", "b.io"), ["old.yaml"], KEPT),
        (
            OLD | entries("new.yaml", "z.io"),
            found_in("new.yaml", "a.io", "b.io"),
            ["old.yaml"],
            [("new.yaml", "z.io"), *KEPT],
        ),
        (
            OLD | entries("twin.yaml", "a.io"),
            found_in("new.yaml", "a.io", "b.io"),
            ["old.yaml", "twin.yaml"],
            [*KEPT, ("twin.yaml", "a.io")],
        ),
        (
            entries("old.yaml", "(names.*)"),
            found_in("new.yaml", None),
            ["old.yaml"],
            [("old.yaml", "(names.*)")],
        ),
    ],
)
def test_entries_follow_only_without_a_doubt(known, found, gone, expected):
    """All entries are in one new file, which has no entries, and no other file may be it."""
    assert follows(known, found, gone=gone) == expected


def test_git_knows_more_than_the_entries():
    """A rename of Git decides between files, and lets a finding disappear."""
    renames = {"old.yaml": "new.yaml"}
    twice = found_in("new.yaml", "a.io") + found_in("x.yaml", "a.io", "b.io")
    assert follows(OLD, twice, renames=renames) == MOVED
    assert follows(OLD, found_in("x.yaml", "a.io", "b.io"), renames=renames) == KEPT


names_of_files = st.sampled_from(["a.yaml", "b.yaml", "c.yaml", "d.yaml"])
contents = st.dictionaries(names_of_files, st.sets(st.sampled_from(["x.io", "y.io", "z.io"])))


renamings = st.permutations(["a.yaml", "b.yaml", "c.yaml", "d.yaml"]).map(
    lambda new: dict(zip(["a.yaml", "b.yaml", "c.yaml", "d.yaml"], new, strict=True))
)


@given(contents, contents, st.just({}) | renamings)
def test_a_new_finding_is_never_accepted(before, after, renames):
    """Findings are accepted at most as often as before, and each file has one name."""
    known = {key: 1 for file, own in before.items() for key in entries(file, *own)}
    found = [each for file, own in after.items() for each in found_in(file, *own)]
    had = Baseline(known, lambda file: file)
    now = had.following(found, lambda file: file not in after, lambda: Renames(renames))
    new, accepted, rest = now.apply(found)
    assert len(accepted) + sum(rest.values()) == sum(known.values())
    assert len(new) + len(accepted) == len(found)
    kept = {file for file in before if before[file] and file in after}
    for file in kept:
        assert {entry.value for entry in now.counts if entry.file == file} == before[file]
    for file in {each.finding.file for each in accepted} - kept:
        assert {entry.value for entry in now.counts if entry.file == file} in before.values()


@pytest.mark.parametrize("has_git", [False, True])
def test_the_command_rewrites_the_entries_of_a_renamed_file(folder, has_git):
    """With and without Git, and with `--prune`."""
    # Without Git, only a run of the directory shows that no other file can be the renamed one.
    others = [] if has_git else ["."]
    if has_git:
        (folder / ".git").rmdir()
        git(folder, "init", "-q")
    (folder / "a.txt").write_text("a_b.io\nc_d.io\n")
    assert main(["baseline", "a.txt"]) == 0
    before = (folder / ".acmrules-baseline.json").read_text()
    if has_git:
        git(folder, "add", ".")
        git(folder, "commit", "-qm", "First")
        git(folder, "mv", "a.txt", "b.txt")
        # Only Git can tell that this is the same file.
        (folder / "b.txt").write_text("a_b.io\nc-d.io\n")
    else:
        (folder / "a.txt").rename("b.txt")
    assert main(["check", "b.txt", *others]) == 0
    assert main(["baseline", "--prune", "b.txt", *others]) == 0
    after = (folder / ".acmrules-baseline.json").read_text()
    kept = [line for line in before.splitlines() if not has_git or "c_d" not in line]
    assert [line.strip(",") for line in after.splitlines()] == [
        line.replace("a.txt", "b.txt").strip(",") for line in kept
    ]


TEMPLATE = (
    "Resources: {C: {Type: AWS::CertificateManager::Certificate, Properties: {DomainName: a_b.io}}}"
)


def of_copies(name):
    return main(["check", name, "--select", "ACM101"])


def test_a_copy_is_not_accepted_if_it_is_checked_alone(folder):
    """A run of some files does not know whether another file is the renamed one."""
    (folder / "a.yaml").write_text(TEMPLATE)
    assert main(["baseline", ".", "--select", "ACM101"]) == 0
    (folder / "a.yaml").rename("b.yaml")
    assert of_copies(".") == 0
    (folder / "more").mkdir()
    (folder / "more" / "c.yaml").write_text(TEMPLATE)
    assert [of_copies(name) for name in ("b.yaml", "more/c.yaml", "more", ".")] == [1, 1, 1, 1]


def test_a_file_of_the_last_commit_is_not_a_renamed_one(folder):
    """The finding of a copy is new, also after the original is deleted."""
    (folder / ".git").rmdir()
    git(folder, "init", "-q")
    (folder / "a.yaml").write_text(TEMPLATE)
    assert main(["baseline", ".", "--select", "ACM101"]) == 0
    (folder / "b.yaml").write_text(TEMPLATE)
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "First")
    assert of_copies(".") == 1
    (folder / "a.yaml").unlink()
    assert of_copies(".") == 1
    (folder / "b.yaml").rename("a.yaml")
    assert of_copies(".") == 0


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
