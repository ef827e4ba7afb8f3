"""Suppressions: where files have them, what they are for, and what is said of them."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acmrules.lint.rules import CATALOGUE
from acmrules.lint.suppressions import scan
from acmrules.lint.suppressions.model import Suppression
from acmrules.lint.suppressions.parse import entry
from acmrules.request import Tool
from acmrules.suffix_lists import default_suffixes
from acmrules.syntax.source import Position, Source
from acmrules.workspace.resolver import SettingsResolver
from acmrules.workspace.run import Run
from acmrules.workspace.settings import Setting, Settings

DAY = date(2026, 11, 23)
OWN = {"ACM901", "ACM902", "ACM903"}
TEMPLATE = """\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: {0}
      ValidationMethod: {1}
      SubjectAlternativeNames:
        - {2}
        - {3}
"""
MODULE = """\
resource "aws_acm_certificate" "site" {{
  domain_name       = "{0}"
  validation_method = "{1}"
  subject_alternative_names = [
    "{2}",
    "{3}",
  ]
}}
"""
NAMES = ("brightharbor.io", "bad_name.io", "WWW.brightharbor.io", "*.x.brightharbor.io")


def texts():
    """Draw a file's name and text, with names right and wrong."""
    name = st.sampled_from(NAMES)
    template = st.builds(TEMPLATE.format, name, st.sampled_from(["DNS", "EMAIL"]), name, name)
    template = template.map(
        lambda text: text.replace(" *.", ' "*.').replace(
            "*.x.brightharbor.io", '*.x.brightharbor.io"'
        )
    )
    module = st.builds(MODULE.format, name, st.sampled_from(["DNS", "EMAIL"]), name, name)
    listed = st.lists(name, min_size=1, max_size=4).map(lambda names: "\n".join(names) + "\n")
    kinds = {"site.yaml": template, "main.tf": module, "names.txt": listed}
    return st.sampled_from([*kinds]).flatmap(lambda kind: st.tuples(st.just(kind), kinds[kind]))


def judged(folder, name, text, **options):
    """Judge a text as a file of its own."""
    (folder / name).write_text(text)
    stated = {(key.replace("_", "-"),): Setting(value, "") for key, value in options.items()}
    run = Run(SettingsResolver(Settings(stated), DAY, default_suffixes).terms)
    run.take(str(folder / name))
    report = run.report(DAY)
    assert not report.unreadable
    assert not run.defects
    return report


def said(report):
    return [(finding.rule.id, finding.range.start.line) for finding in report.findings]


@settings(max_examples=60, deadline=None)
@given(texts(), st.data())
def test_what_is_suppressed_is_not_told_and_all_else_is(tmp_path_factory, drawn, data):
    """One comment, on the line or above it, takes its findings out, and is not told itself."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / ".git").mkdir()
    name, text = drawn
    before = judged(folder, name, text)
    if not before.findings:
        return
    rule, line = data.draw(st.sampled_from(said(before)))
    comment = f"# acmrules: ignore[{rule}]: known since May"
    lines = text.splitlines()
    above = data.draw(st.booleans())
    if above:
        lines.insert(line - 1, f"  {comment}")
    else:
        lines[line - 1] += f"  {comment}"
    after = judged(folder, name, "\n".join(lines) + "\n")
    left = [(r, n + (above and n >= line)) for r, n in said(before) if (r, n) != (rule, line)]
    assert said(after) == left
    assert {(s.finding.rule.id, s.reason) for s in after.suppressed} == {(rule, "known since May")}
    assert len(after.suppressed) + len(left) == len(before.findings)


@settings(max_examples=40, deadline=None)
@given(texts(), st.sampled_from([rule.id for rule in CATALOGUE if rule.id not in OWN]))
def test_a_suppression_that_finds_nothing_is_told_if_its_rule_was_judged(
    tmp_path_factory, drawn, rule
):
    """At the end of the file there is nothing to find."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / ".git").mkdir()
    name, text = drawn
    comment = f"# acmrules: ignore[{rule}]: x\n"
    told = {r for r, _ in said(judged(folder, name, text + comment)) if r in OWN}
    in_force = next(each for each in CATALOGUE if each.id == rule).force.at(DAY)
    assert told == ({"ACM901"} if in_force else set())
    assert "ACM901" not in dict(said(judged(folder, name, text + comment, ignore=(rule,))))
    assert not OWN & set(dict(said(judged(folder, name, text + comment, select=("ACM1",)))))


NO_REASON = "the reason is missing: `ignore[ACM301]: REASON`"
ENTRIES = [
    ("ignore[ACM301]: gone in May", ("ACM301",), None, "gone in May", ""),
    ("ignore[ ACM301 , email-validation ] :x: y", ("ACM301", "ACM402"), None, "x: y", ""),
    ("ignore[ACM301] until 2027-01-31: x", ("ACM301",), date(2027, 1, 31), "x", ""),
    ("ignore[ACM301]", ("ACM301",), None, "", NO_REASON),
    ("ignore[ACM301]:  ", ("ACM301",), None, "", NO_REASON),
    ("ignore[ACM310]: x", ("",), None, "x", "unknown rule `ACM310`; did you mean"),
    ("ignore[]: x", ("",), None, "x", "a rule id is missing"),
    ("ignore[ACM301] until May: x", ("ACM301",), None, "x", "`May` is not a date such as"),
]


@pytest.mark.parametrize(("text", "rules", "until", "reason", "fault"), ENTRIES)
def test_entries(text, rules, until, reason, fault):
    """Ids or names, perhaps a day, and a reason behind a colon."""
    found = entry(text)
    assert (found.rules, found.until, found.reason) == (rules, until, reason)
    assert found.fault.startswith(fault)
    assert bool(found.fault) is bool(fault)


@pytest.mark.parametrize(
    "text", ["ignore ACM301: x", "disable[ACM301]: x", "", "ignore[ACM301] x: y"]
)
def test_what_is_no_entry_is_told_with_the_form(text):
    """It counts for nothing."""
    found = entry(text)
    form = "`acmrules: ignore[RULES] until YYYY-MM-DD: REASON`"
    assert found.fault == f"expected {form} (`until` is optional)"
    assert not found.counts(DAY)


def test_the_last_day_counts():
    """The day after it is over."""
    dated = entry("ignore[ACM301] until 2027-01-31: x")
    assert dated.counts(date(2027, 1, 31))
    assert not dated.counts(date(2027, 2, 1))


def test_a_suppression_without_a_place_covers_nothing():
    """Nor does one of another file."""
    assert not entry("ignore[ACM301]: x").covers("a", Position(1, 1))


def lines(name, text, tool=None):
    """Return on which lines a file has suppressions, with the lines that they are for."""
    return [
        (each.place.start.line, each.scope.start.line, each.scope.end.line)
        for each in scan.read(Source(name, text), tool)
    ]


IT = "acmrules: ignore[ACM301]: x"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.yaml", f"a: b  # {IT}\nc: d\n", [(1, 1, 2)]),
        ("a.yaml", f"# {IT}\nc: d\n", [(1, 1, 3)]),
        ("a.yaml", f"# {IT}\n# more\n  # {IT}\nc: d\ne: f\n", [(1, 1, 5), (3, 3, 5)]),
        ("a.yaml", f"#{IT}", [(1, 1, 1)]),
        ("a.yaml", f"a: 'b # {IT}'\nb: b#acmrules:x\nc: |\n  # {IT}\n# {IT}\nd: e\n", [(5, 5, 7)]),
        ("a.yaml", "a: b //acmrules:x\n", []),
        ("a.yaml", f"a: b # {IT}\nc: {{{{ d }}}} e\n# {IT}\n", [(1, 1, 2), (3, 3, 4)]),
        ("a.yaml", f"{{a: b}}  # {IT}\n", [(1, 1, 2)]),
        ("a.json", f'{{"a": "# {IT}"}}', []),
        ("a.txt", f"a.io # {IT}\nb.io\n# x # {IT}\n", [(1, 1, 2)]),
        ("main.tf", f"a = 1 // {IT}\n# {IT}\n// x\nb = 2\n", [(1, 1, 2), (2, 2, 5)]),
        ("main.tf", f'a = "# {IT}" # {IT}\n', [(1, 1, 2)]),
        ("main.tf", f'a = "${{b["# {IT}"]}} \\" $${{ # {IT}"\n/* # {IT}\n # {IT}\n*/\n', []),
        (
            "main.tf",
            f"a = {{ b = <<-X\n  # {IT}\n  ${{c # {IT}\n}}\n  X\n}} # {IT}\n",
            [(3, 3, 4), (6, 6, 7)],
        ),
        ("main.tf", f"a = <<X\n# {IT}\n", []),
        ("main.tf", f'a = "# {IT}', []),
        ("main.tf", f"}} # {IT}\n", [(1, 1, 2)]),
        ("a.tfvars", f"a = 1 # {IT}\n", [(1, 1, 2)]),
        ("main.tf.json", f'{{"a": "# {IT}"}}', []),
    ],
)
def test_comments_are_those_of_the_language(name, text, expected):
    """Texts, here documents and blocks that look like one are none."""
    assert lines(name, text) == expected


@pytest.mark.parametrize("name", ["a.yaml", "a.tf", "a.txt"])
def test_a_comment_is_one_whatever_signs_are_in_it(name):
    """What stands behind the first sign is its reason."""
    comment = "# acmrules: ignore[ACM101]: x "
    [found] = scan.read(Source(name, comment * 2 + "\n"))
    assert found.reason == f"x {comment.strip()}"


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        (f"a.io # {IT}\n", Tool.NAMES),
        (f"a = 1 // {IT}\n", Tool.TERRAFORM),
        (f"a: b # {IT}\n", Tool.KUBERNETES),
    ],
)
def test_comments_of_standard_input_have_the_syntax_of_its_tool(text, tool):
    """Standard input has no suffix, so the tool of its declarations identifies the format."""
    assert lines("-", text, tool) == [(1, 1, 2)]


def test_a_file_without_the_word_is_not_looked_at():
    """Not even parsed."""
    assert scan.read(Source("a.yaml", "a: [")) == []


def certificate(metadata, name="bad_name.io"):
    return {
        "Type": "AWS::CertificateManager::Certificate",
        "Metadata": metadata,
        "Properties": {"DomainName": name, "ValidationMethod": "DNS"},
    }


def stack(*metadata):
    resources = {f"R{n}": certificate(each) for n, each in enumerate(metadata)}
    return json.dumps({"Resources": resources}, indent=2)


@pytest.mark.parametrize("indent", [2, None])
def test_metadata_is_for_its_whole_resource(tmp_path, indent):
    """The same finding in another resource is told, on one line too."""
    ignored = {"acmrules": {"ignore": ["malformed-name, ACM407 until 2027-01-31: x"]}}
    text = json.dumps(json.loads(stack(ignored, {})), indent=indent)
    (tmp_path / ".git").mkdir()
    report = judged(tmp_path, "a.json", text)
    assert [(f.rule.id, f.address) for f in report.findings if f.rule.id != "ACM407"] == [
        ("ACM101", "R1")
    ]
    assert {each.finding.address for each in report.suppressed} == {"R0"}


@pytest.mark.parametrize(
    ("metadata", "fault"),
    [
        ({"ignore": "ACM301: x"}, 'what is to be ignored is not written `{"ignore": ['),
        ({"ignore": [], "x": 1}, "what is to be ignored is not written"),
        (["ACM301: x"], "what is to be ignored is not written"),
        ({"ignore": [["x"]]}, "what is to be ignored is not written"),
        ({"ignore": ["ignore[ACM301]: x"]}, "expected `RULES until YYYY-MM-DD: REASON`"),
        ({"ignore": ["ACM301"]}, "the reason is missing: `ACM301: REASON`"),
    ],
)
def test_metadata_that_is_malformed_is_told(metadata, fault):
    """With its place."""
    [found] = scan.read(Source("a.json", stack({"acmrules": metadata})))
    assert fault in found.fault
    assert found.place.start.line > 4


def test_metadata_of_others_is_no_matter():
    """Nor are templates of other shapes."""
    assert scan.read(Source("a.json", stack({"other": "acmrules"}, []))) == []
    odd = '{"Resources": ["acmrules"], "items": "acmrules"}'
    assert scan.read(Source("a.json", odd)) == []


def test_annotations_are_for_their_whole_object():
    """Each line is an entry; objects of a list have their own."""
    notes = {scan.ANNOTATION: "ACM101: x\n\nACM102: y"}
    manifest = {"kind": "Certificate", "metadata": {"annotations": notes}}
    found = scan.read(Source("a.json", json.dumps({"items": [{}, manifest]}, indent=1)))
    assert [(each.rules, each.fault) for each in found] == [(("ACM101",), ""), (("ACM102",), "")]
    assert found[0].scope.start.line == 4
    assert len(scan.read(Source("a.yaml", json.dumps(manifest)))) == 2


def test_what_is_over_or_malformed_counts_for_nothing_and_is_told(tmp_path):
    """Both at the comment, and the finding stays."""
    (tmp_path / ".git").mkdir()
    report = judged(
        tmp_path,
        "a.txt",
        "a_b.io # acmrules: ignore[ACM101] until 2026-11-22: x\n"
        "c_d.io # acmrules: ignore[ACM101]\n",
    )
    assert said(report) == [("ACM101", 1), ("ACM903", 1), ("ACM101", 2), ("ACM902", 2)]
    assert [f.severity.name for f in report.findings if f.rule.id in OWN] == ["WARNING", "ERROR"]


def test_the_definition_of_a_value_may_have_the_comment(tmp_path):
    """A default is written once, and used elsewhere."""
    (tmp_path / ".git").mkdir()
    text = """\
Parameters:
  Name: {{Type: String, Default: bad_name.io}}{}
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: !Ref Name
      ValidationMethod: DNS
"""
    assert ("ACM101", 7) in said(judged(tmp_path, "a.yaml", text.format("")))
    assert "ACM101" not in dict(
        said(judged(tmp_path, "a.yaml", text.format(f"  # {IT}".replace("301", "101"))))
    )


def test_a_rule_that_could_not_decide_there_leaves_its_suppression_alone(tmp_path):
    """It may be needed once the value is known."""
    (tmp_path / ".git").mkdir()
    text = TEMPLATE.format("!Ref Name", "DNS", "a.io", "b.io")
    text = "Parameters: {Name: {Type: String}}\n" + text.replace("Name\n", f"Name # {IT}\n", 1)
    assert "ACM901" not in dict(said(judged(tmp_path, "a.yaml", text)))


def test_files_that_were_not_asked_for_suppress_and_are_not_told(tmp_path):
    """A module is judged whole, and reported as far as it was asked for."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "variables.tf").write_text(
        'variable "name" {\n  default = "bad_name.io" # acmrules: ignore[ACM101, ACM301]: x\n}\n'
    )
    text = MODULE.format("x", "DNS", "a.io", "b.io").replace('"x"', "var.name")
    report = judged(tmp_path, "main.tf", text)
    assert not {"ACM101", "ACM901"} & set(dict(said(report)))
    assert len(report.suppressed) == 1
    whole = Run(SettingsResolver(Settings({}), DAY, default_suffixes).terms)
    whole.take(str(tmp_path))
    assert "ACM901" in dict(said(whole.report(DAY)))


def test_a_suppression_is_equal_by_what_it_says():
    """It is a value like others."""
    assert entry("ignore[ACM301]: x") == Suppression("ignore[ACM301]: x", ("ACM301",), reason="x")
