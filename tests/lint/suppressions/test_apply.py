"""Suppressions applied to findings: what is suppressed, and reports about suppressions."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.stages import run
from tests.support.suppressions import IT, stack

from acmrules.lint.findings import Finding
from acmrules.lint.linter import Linter
from acmrules.lint.rule import Severity
from acmrules.lint.rules import CATALOGUE
from acmrules.lint.suppressions.apply import apply_suppressions
from acmrules.lint.suppressions.model import Suppression
from acmrules.model.placed import Location
from acmrules.syntax.source import Source

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
    """Draw the name and the text of a file, with names right and wrong."""
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


def check_text(folder, name, text, **options):
    """Return the report of a new file with this text."""
    (folder / name).write_text(text)
    outcome = run(folder / name, **options)
    assert not outcome.report.unreadable
    assert not outcome.bugs
    return outcome.report


def results(report):
    return [(finding.rule.id, finding.range.start.line) for finding in report.findings]


TEXT = "".join(f"{line}\n" for line in range(9))
SOURCE = Source("a.yaml", TEXT)
OFFSETS = st.integers(0, len(TEXT))


def is_suppressed(location, scope):
    """Return whether a suppression with a scope suppresses a finding at a location."""
    rule = CATALOGUE[0]
    finding = Finding(location, rule, Severity.ERROR, "", "", (), None)
    suppression = Suppression("x", (rule.id,), scope=scope)
    remaining, suppressed = apply_suppressions([finding], [], [(suppression, Linter())], ())
    assert [*remaining, *(each.finding for each in suppressed)] == [finding]
    return not remaining


@given(OFFSETS, OFFSETS, OFFSETS)
def test_a_suppression_covers_the_positions_in_its_scope(start, end, place):
    """The scope includes its start, excludes its end, and applies to its own file only."""
    scope = Location(SOURCE, start, end)
    assert is_suppressed(Location(SOURCE, place, place), scope) is (start <= place < end)
    assert not is_suppressed(Location(Source("b.yaml", TEXT), place, place), scope)


def test_a_suppression_without_a_scope_covers_nothing():
    """It does not belong to a file."""
    assert not is_suppressed(Location(SOURCE, 0, 1), None)


@settings(max_examples=60, deadline=None)
@given(texts(), st.data())
def test_only_suppressed_findings_are_left_out(tmp_path_factory, drawn, data):
    """A comment on a line or above it suppresses its findings, and is not reported itself."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / ".git").mkdir()
    name, text = drawn
    before = check_text(folder, name, text)
    if not before.findings:
        return
    rule, line = data.draw(st.sampled_from(results(before)))
    comment = f"# acmrules: ignore[{rule}]: known since May"
    lines = text.splitlines()
    above = data.draw(st.booleans())
    if above:
        lines.insert(line - 1, f"  {comment}")
    else:
        lines[line - 1] += f"  {comment}"
    after = check_text(folder, name, "\n".join(lines) + "\n")
    left = [(r, n + (above and n >= line)) for r, n in results(before) if (r, n) != (rule, line)]
    assert results(after) == left
    assert {(s.finding.rule.id, s.reason) for s in after.suppressed} == {(rule, "known since May")}
    assert len(after.suppressed) + len(left) == len(before.findings)


@settings(max_examples=40, deadline=None)
@given(texts(), st.sampled_from([rule.id for rule in CATALOGUE if rule.id not in OWN]))
def test_an_unused_suppression_is_reported_if_its_rule_was_checked(tmp_path_factory, drawn, rule):
    """A suppression at the end of the file is unused."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / ".git").mkdir()
    name, text = drawn
    comment = f"# acmrules: ignore[{rule}]: x\n"
    reported = {r for r, _ in results(check_text(folder, name, text + comment)) if r in OWN}
    in_force = next(each for each in CATALOGUE if each.id == rule).force.at(DAY)
    assert reported == ({"ACM901"} if in_force else set())
    assert "ACM901" not in dict(results(check_text(folder, name, text + comment, ignore=(rule,))))
    assert not OWN & set(dict(results(check_text(folder, name, text + comment, select=("ACM1",)))))


@pytest.mark.parametrize("indent", [2, None])
def test_metadata_is_for_its_whole_resource(tmp_path, indent):
    """The same finding in another resource is reported, even on the same line."""
    ignored = {"acmrules": {"ignore": ["malformed-name, ACM407 until 2027-01-31: x"]}}
    text = json.dumps(json.loads(stack(ignored, {})), indent=indent)
    (tmp_path / ".git").mkdir()
    report = check_text(tmp_path, "a.json", text)
    assert [(f.rule.id, f.address) for f in report.findings if f.rule.id != "ACM407"] == [
        ("ACM101", "R1")
    ]
    assert {each.finding.address for each in report.suppressed} == {"R0"}


def test_expired_and_malformed_suppressions_do_not_apply(tmp_path):
    """Both are reported at the comment, and their finding remains."""
    (tmp_path / ".git").mkdir()
    report = check_text(
        tmp_path,
        "a.txt",
        "a_b.io # acmrules: ignore[ACM101] until 2026-11-22: x\n"
        "c_d.io # acmrules: ignore[ACM101]\n",
    )
    assert results(report) == [("ACM101", 1), ("ACM903", 1), ("ACM101", 2), ("ACM902", 2)]
    assert [f.severity.name for f in report.findings if f.rule.id in OWN] == ["WARNING", "ERROR"]


def test_the_definition_of_a_value_may_have_the_comment(tmp_path):
    """A comment at a default suppresses findings at its uses."""
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
    assert ("ACM101", 7) in results(check_text(tmp_path, "a.yaml", text.format("")))
    assert "ACM101" not in dict(
        results(check_text(tmp_path, "a.yaml", text.format(f"  # {IT}".replace("301", "101"))))
    )


def test_a_suppression_of_an_undecided_rule_is_not_unused(tmp_path):
    """It may be needed when the value is known."""
    (tmp_path / ".git").mkdir()
    text = TEMPLATE.format("!Ref Name", "DNS", "a.io", "b.io")
    text = "Parameters: {Name: {Type: String}}\n" + text.replace("Name\n", f"Name # {IT}\n", 1)
    assert "ACM901" not in dict(results(check_text(tmp_path, "a.yaml", text)))


def test_suppressions_in_other_files_of_a_module_apply(tmp_path):
    """All files of a module apply, but only the requested ones are reported."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "variables.tf").write_text(
        'variable "name" {\n  default = "bad_name.io" # acmrules: ignore[ACM101, ACM301]: x\n}\n'
    )
    text = MODULE.format("x", "DNS", "a.io", "b.io").replace('"x"', "var.name")
    report = check_text(tmp_path, "main.tf", text)
    assert not {"ACM101", "ACM901"} & set(dict(results(report)))
    assert len(report.suppressed) == 1
    assert "ACM901" in dict(results(run(tmp_path).report))
