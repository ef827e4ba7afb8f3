"""The pages of the rules: each example shows its rule, passes when it is fixed, and is complete."""

import base64
import contextlib
import json
import re
import sys
from pathlib import Path

import pytest
from tests.repository.test_prose import MOST_WORDS, plain_words
from tests.support.rules import RULES

from acmrules.facts import acm
from acmrules.lint.rules import CATALOGUE

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "docs"))

from generators import rule_groups, rule_page, rules  # noqa: E402
from generators.rule_examples import cases, command, examples, expressible  # noqa: E402

IDS = [rule.id for rule in CATALOGUE]
PAGES = ROOT / "docs" / "pages" / "rules"
FINDING = examples.FINDING
WITHOUT_COMMENTS = rule_page.WITHOUT_COMMENTS


@pytest.fixture(scope="module")
def runs():
    """Return the examples with their output."""
    return [*examples.runs(examples.all_examples())]


@pytest.fixture(scope="module")
def pages():
    """Return the text of each page by its rule, as it is committed."""
    return {rule: (PAGES / f"{rule}.md").read_text("utf-8") for rule in IDS}


def named(run):
    """Return how a failure names an example."""
    return f"{run.example.rule} {run.example.form}"


def test_each_rule_has_an_example_or_a_reason_in_each_format():
    """For each rule and format, there is an example, or a reason why there is none."""
    shown = {(each.rule, each.form) for each in examples.all_examples()}
    reasons = expressible.reasons()
    pairs = {(rule, form) for rule in IDS for form in expressible.REQUESTED}
    assert {pair for pair in shown if pair[1] in expressible.REQUESTED} | reasons.keys() == pairs
    assert shown.isdisjoint(reasons)
    assert {rule for rule, _ in shown} == {*IDS}
    assert all(reasons.values())


def test_a_bad_example_shows_its_rule_and_few_others(runs):
    """The command reports the rule, and no other rule that is not listed with it."""
    for run in runs:
        found = {*FINDING.findall(run.output)}
        others = found - {run.example.rule}
        # A message about a suppression quotes the rules in it.
        quoted = {*re.findall(r"ignore\[(ACM\d+)\]", "".join(run.example.bad.values()))}
        assert run.example.rule in found, named(run)
        assert others - quoted <= expressible.ALSO.get(run.example.rule, set()), named(run)
        assert run.lines, named(run)


def test_a_good_example_passes(runs, tmp_path):
    """The command reports nothing about a good example, except what its values require."""
    for number, run in enumerate(runs):
        folder = tmp_path / str(number)
        folder.mkdir()
        printed = examples.check(run.example, run.good, folder, "--format", "concise")
        found = {*FINDING.findall(printed)}
        allowed = expressible.ALSO.get(run.example.rule, set())
        assert found <= allowed, f"{named(run)}: {printed}"
        is_other = run.good != run.example.bad or run.example.good_options != run.example.options
        assert is_other, named(run)


def test_the_options_of_a_fix_are_those_that_it_needs(runs):
    """A fix that is safe is shown without `--unsafe-fixes`."""
    for run in runs:
        if run.fix:
            assert "[*]" in run.lines, named(run)
            assert ("[*] unsafe" in run.lines) == ("--unsafe-fixes" in run.fix), named(run)


def test_a_suppression_works(runs, tmp_path):
    """With the suppression on the page, the rule reports nothing; others need another way."""
    for number, run in enumerate(runs):
        if run.suppressed is None:
            is_about_them = run.example.rule.startswith("ACM9")
            assert is_about_them or run.example.form in WITHOUT_COMMENTS, named(run)
            continue
        folder = tmp_path / str(number)
        folder.mkdir()
        printed = command.run([*run.words, "--format", "concise"], run.suppressed, folder)
        assert run.example.rule not in FINDING.findall(printed), named(run)
        assert "ACM9" not in printed, named(run)


@pytest.mark.parametrize("form", WITHOUT_COMMENTS)
def test_a_baseline_accepts_a_finding_in_a_file_without_comments(form, runs, tmp_path):
    """`acmrules baseline` records the findings of an example in each such format."""
    from acmrules.cli import main

    run = next(run for run in runs if run.example.form == form)
    command.run(run.words, run.example.bad, tmp_path)
    with contextlib.chdir(tmp_path):
        main.main(["baseline", *run.words])
    assert FINDING.findall(command.run(run.words, run.example.bad, tmp_path)) == []


def test_a_request_in_yaml_can_contain_a_comment(runs, tmp_path):
    """The input of the AWS CLI in YAML suppresses a finding with a comment."""
    run = next(run for run in runs if run.example.form == "api")
    request = json.loads(run.example.bad["request.json"])
    text = f"DomainName: {request['DomainName']}\nSubjectAlternativeNames:\n"
    text += f"  - {request['SubjectAlternativeNames'][0]}COMMENT\nValidationMethod: DNS\n"
    comments = {"": [run.example.rule], f" # acmrules: ignore[{run.example.rule}]: agreed": []}
    for comment, expected in comments.items():
        files = {"request.yaml": text.replace("COMMENT", comment)}
        printed = command.run(["request.yaml", "--format", "concise"], files, tmp_path)
        assert FINDING.findall(printed) == expected


def test_a_page_has_the_examples_of_its_rule(runs, pages):
    """A page has each bad example, the line of its finding, and a heading for its format."""
    for run in runs:
        text = pages[run.example.rule]
        for part in run.example.bad.values():
            assert rule_page.elided(part).rstrip() in text, named(run)
        assert run.lines in text or run.output.rstrip() in text, named(run)
        assert expressible.FORMS[run.example.form] in text, named(run)


def test_a_page_has_the_change_that_passes(runs, pages):
    """Below each bad example is what changes; the lines of a certificate are shown in full."""
    for run in runs:
        for name, old in run.example.bad.items():
            new = run.good[name]
            if new == old:
                continue
            language, block = "diff", rule_page.difference(old, new)
            if new.startswith("-----BEGIN"):
                language, block = "text", new.rstrip()
            assert f"```{language}\n{block}\n```" in pages[run.example.rule], named(run)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("a\nb\nc\nd\n", "a\nb\nc\nx\n", " b\n c\n-d\n+x"),
        ("a\nb\n1\n2\n3\n4\n5\nc\n", "b\n1\n2\n3\n4\n5\n", "-a\n b\n 1\n@@\n 4\n 5\n-c"),
    ],
)
def test_a_change_has_the_lines_around_it(old, new, expected):
    """A change has two lines above and below, and a mark between distant parts."""
    assert rule_page.difference(old, new) == expected


def test_a_rule_without_an_example_is_named():
    """The message says where to write one."""
    with pytest.raises(LookupError, match=r"ACM205 has no example: write .*/ACM205\.case"):
        rule_page.page(RULES["ACM205"], [])


def test_facts_have_their_values_as_code(pages):
    """A pattern stays as it is, and a long list is a number of values."""
    assert f": `{acm.NAME_PATTERN.value}`\n" in pages["ACM101"]
    assert (
        "The members of `RequestCertificate`, and of its structures: 19 values" in pages["ACM309"]
    )
    assert "B2.3](../facts/requests.md#fact-b2-3)" in pages["ACM106"]
    assert "such as `co.uk`: no (inferred)\n" in pages["ACM106"]


def test_the_first_screen_has_the_answer(pages):
    """A page begins with id, name, a sentence, the severity, and the output of its example."""
    for rule in CATALOGUE:
        head, _, rest = pages[rule.id].partition("\n\n```")
        title, sentence, severity, *label = head.split("\n\n")
        assert (title, sentence) == (f"# {rule.id} {rule.name}", rule.title)
        assert re.match(r"\*\*(Note|Warning|Error)\*\* (since|until|from) ", severity)
        assert [line.partition(",")[0] for line in label[:1]]
        message, output, *_ = re.split(r"^## Message: (.+)$", rest, flags=re.MULTILINE)[1:]
        shown = re.sub(r"\n {2,}", " ", output.partition("## ")[0])
        assert re.match(r"\n\n```console\n\$ acmrules check .*\n", shown)
        assert message in " ".join(shown.split())


def test_a_link_to_the_playground_has_the_example(runs, pages):
    """The fragment is the bad example, and examples that the playground cannot read have none."""
    count = 0
    for run in runs:
        mode = rule_page.MODES.get(run.example.form)
        fragment = rule_page.fragment(run, mode)
        if f"(../playground.md?#{fragment})" not in pages[run.example.rule]:
            assert mode is None or {"pyproject.toml", "site.pem"} & {*run.example.bad}, named(run)
            continue
        count += 1
        version, _, data = fragment.partition(".")
        shared = json.loads(base64.urlsafe_b64decode(data + "=" * (-len(data) % 4)))
        assert version == "1"
        assert shared.keys() == {"mode", "files", "hosts", "region", "asOf"}
        assert {each["name"]: each["text"] for each in shared["files"]} == run.example.bad
        assert "--region" not in run.words or shared["region"] in run.words
    assert count == sum(text.count("(../playground.md?#") for text in pages.values()) > 200


def prose(text):
    """Return the paragraphs, items and cells of a page, without code, facts and titles."""
    text = re.sub(r"(?ms)^```\w+$.*?^```$", "", text)
    text = re.sub(r"(?ms)^## Facts$.*", "", text)
    text = re.sub(r"\[[^]]*\]\(http[^)]*\)", "title", text)
    text = re.sub(r"`[^`]*`", "code", re.sub(r"\]\([^)]*\)", "]", text))
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=[-|] )| \| ", text)]


@pytest.mark.parametrize("name", ["README", *IDS])
def test_pages_are_written_plainly(name):
    """A page uses plain words and short sentences; facts have the words of their sources."""
    parts = prose((PAGES / f"{name}.md").read_text("utf-8"))
    assert not [f"{found} in {part!r}" for part in parts for _, found in plain_words(part)]
    sentences = (each for part in parts for each in re.split(r"[.:!?][)*_\"]* ", part))
    assert not [each for each in sentences if len(re.findall(r"[\w'-]+", each)) > MOST_WORDS]


def test_each_rule_is_in_one_group_and_has_related_rules():
    """The groups have all rules, and a page links to others, never to itself."""
    found = [rule.id for digit in rule_groups.GROUPS for rule in rule_groups.group(digit)]
    assert found == sorted(IDS)
    heavier, lighter = RULES["ACM205"], RULES["ACM203"]
    assert rule_groups.related(heavier)[lighter] == "is left out if ACM205 has the same cause"
    assert rule_groups.related(lighter)[heavier].startswith("is reported instead of ACM203 ")
    assert rule_groups.related(RULES["ACM104"])[RULES["ACM103"]] == (
        "is also about names that ACM does not accept"
    )
    for rule in CATALOGUE:
        others = rule_groups.related(rule)
        assert others, rule.id
        assert rule not in others
        assert all(others.values())


def test_the_index_and_the_navigation_list_each_rule_once():
    """Both list the rules by group."""
    index, navigation = (PAGES / "README.md").read_text("utf-8"), rules.navigation()
    for rule in CATALOGUE:
        assert index.count(f"| [{rule.id}]({rule.id}.md) | {rule.name} |") == 1
        assert navigation.count(f"- rules/{rule.id}.md\n") == 1
    for digit, (title, line) in rule_groups.GROUPS.items():
        assert f"## {digit}xx {title}\n\n{line}\n" in index
        assert f"- {digit}xx {title}:\n" in navigation


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["a", *(f"  - h{n}.io" for n in range(9)), "b"], None),
        (
            ["a", *(f"  - h{n}.io" for n in range(20)), "b"],
            [
                *("a", *(f"  - h{n}.io" for n in range(4)), "  # … 14 lines like these"),
                *("  - h18.io", "  - h19.io", "b"),
            ],
        ),
        (
            ["a", *(part for n in range(20) for part in (f"- h{n}", "  z: Z1")), "b"],
            [
                *("a", *(part for n in range(4) for part in (f"- h{n}", "  z: Z1"))),
                *("# … 28 lines like these", "- h18", "  z: Z1", "- h19", "  z: Z1", "b"),
            ],
        ),
    ],
)
def test_long_lists_are_shortened(lines, expected):
    """The middle of a long run of lines that differ only in numbers is replaced by a comment."""
    text = "\n".join(lines)
    assert rule_page.elided(text).rstrip("\n").split("\n") == (expected or lines)


def test_a_patch_replaces_lines_once():
    """The lines of a hunk replace the old ones, which must be there once."""
    files = {"a": "x: 1\ny: 2\nz: 3\n", "b": "x: 1\n"}
    assert cases.patched(files, "- y: 2\n+ y: 4\n+ w: 5\n")["a"] == "x: 1\ny: 4\nw: 5\nz: 3\n"
    for hunk in ("- x: 1\n+ x: 2\n", "- q\n+ r\n", "+ r\n"):
        with pytest.raises(ValueError, match="does not fit once"):
            cases.patched(files, hunk)
