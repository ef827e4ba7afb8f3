"""Suppressions applied to findings: what is set aside, and what is reported about them."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.stages import run
from tests.support.suppressions import IT, stack

from acmrules.lint.rules import CATALOGUE

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
    outcome = run(folder / name, **options)
    assert not outcome.report.unreadable
    assert not outcome.bugs
    return outcome.report


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
    assert "ACM901" in dict(said(run(tmp_path).report))
