"""Reports that are restored from plain data, and from pickles."""

import copy
import doctest
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import finding, findings, not_checked, report, reports, skip

from acmrules import lint
from acmrules.errors import InvalidArgument
from acmrules.lint.findings import Finding, MissingParameter, Report, Suppressed
from acmrules.lint.fixes import EditError, plan_fix
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.rule import Edit, Fix, Severity
from acmrules.readers import registry
from acmrules.reports.findings import FORMATS, render
from acmrules.syntax.source import Source

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


def checked():
    """Return the report of files in several formats, with fixes that can be made."""
    template = (
        "Resources:\n  Certificate:\n    Type: AWS::CertificateManager::Certificate\n"
        "    Properties:\n      DomainName: WWW.brightharbor.io\n      ValidationMethod: DNS\n"
    )
    module = 'resource "aws_acm_certificate" "a" {\n  domain_name = "WWW.brightharbor.io"\n}\n'
    sources = (
        Source("names.txt", "brightharbor.io\nWWW.brightharbor.io\n"),
        Source("site.yaml", template),
        Source("main.tf", module),
    )
    return check_declarations(
        [declaration for source in sources for declaration in registry.read(source)], Linter()
    )


class TestLaws:
    """What is true of every report."""

    @given(reports())
    def test_plain_data_is_restored(self, drawn):
        """The restored report has the same plain data, from JSON too."""
        data = drawn.to_dict()
        assert Report.from_dict(data).to_dict() == data
        assert Report.from_dict(json.loads(drawn.to_json())).to_dict() == data

    @given(findings())
    def test_a_finding_is_restored_alone(self, drawn):
        """A finding has plain data of its own."""
        assert Finding.from_dict(drawn.to_dict()).to_dict() == drawn.to_dict()

    @given(reports(), st.sampled_from(PROTOCOLS))
    def test_a_pickle_is_the_report(self, drawn, protocol):
        """Every protocol keeps the findings, the rules, the locations and the texts."""
        loaded = pickle.loads(pickle.dumps(drawn, protocol))
        assert loaded == drawn
        assert hash(loaded) == hash(drawn)
        assert loaded.to_dict() == drawn.to_dict()

    @given(reports())
    def test_a_copy_is_the_report(self, drawn):
        """Copies are equal, and a copy with a change differs in it only."""
        assert copy.copy(drawn) == copy.deepcopy(drawn) == drawn
        changed = drawn.__replace__(files=drawn.files + 1)
        assert changed != drawn
        assert changed.__replace__(files=drawn.files) == drawn

    @given(reports(), st.sampled_from([*FORMATS]))
    def test_a_restored_report_has_every_format(self, drawn, form):
        """Only the lines of the files are missing."""
        restored = Report.from_dict(drawn.to_dict())
        shown = render(restored, form, "/srv")
        if form not in {"text", "sarif"}:
            assert shown == render(drawn, form, "/srv")
        else:
            assert len(shown.splitlines()) <= len(render(drawn, form, "/srv").splitlines())


def test_fixes_survive_a_pickle():
    """The edits of the files are the same, although the syntax trees are not in the pickle."""
    found = checked()
    assert any(each["fixable"] for each in found.to_dict()["findings"])
    for protocol in PROTOCOLS:
        loaded = pickle.loads(pickle.dumps(found, protocol))
        assert loaded == found
        assert loaded.to_dict() == found.to_dict()
        for form in FORMATS:
            assert render(loaded, form, "/srv") == render(found, form, "/srv")


def test_fixes_are_restored_from_plain_data():
    """A program sees which changes the fix of a saved report makes."""
    data = checked().to_dict()
    assert Report.from_dict(json.loads(json.dumps(data))).to_dict() == data


def test_a_pickle_is_loaded_in_another_process():
    """Rules are found by their ids, so the other process needs nothing else."""
    code = (
        "import pickle, sys; report = pickle.load(sys.stdin.buffer);"
        "sys.stdout.buffer.write(pickle.dumps((report, report.to_dict())))"
    )
    found = checked()
    done = subprocess.run(
        [sys.executable, "-c", code], input=pickle.dumps(found), capture_output=True, check=True
    )
    loaded, data = pickle.loads(done.stdout)
    assert loaded == found
    assert data == found.to_dict()


def test_secrets_stay_masked_in_a_pickle():
    """What no output may contain is still known."""
    source = Source("a.tf", 'password = "hunter2"\n')
    source.add_secret(12, 19)
    loaded = pickle.loads(pickle.dumps(source))
    assert loaded.shown_line(1) == 'password = "*******"'


def test_a_refused_fix_has_its_reason():
    """The reason survives, and planning the fix again raises it."""
    fix = Fix("x", (Edit(("names", 0), "a"),), safe=True)
    restored = Finding.from_dict(finding(fix=fix).to_dict())
    assert restored.to_dict()["fix"]["refused"] == "the request is not in a file"
    with pytest.raises(EditError, match="the request is not in a file"):
        plan_fix(restored)


def test_what_waits_for_parameters_is_restored():
    """The options that set unknown values are computed from the skips."""
    waiting = skip().__replace__(parameters=(MissingParameter("domain", "var.domain"),))
    data = report(skips=(waiting,)).to_dict()
    assert data["undecided"][0]["option"] == "--param domain=VALUE"
    assert Report.from_dict(data).to_dict() == data


def test_suppressed_findings_and_entries_of_whole_files_are_restored():
    """A finding of a baseline has no suppression in a file."""
    given = report(suppressed=(Suppressed(finding(), "why"),), not_checked=(not_checked(),))
    assert Report.from_dict(given.to_dict()).to_dict() == given.to_dict()


def test_what_the_run_counted_is_restored():
    """Formats need the severities that fail a run, and the numbers of the summary."""
    bars = (("infra/site.yaml", Severity.WARNING),)
    given = report(
        fail_on=bars, hidden=3, environments=("a.tfvars",), excluded=1, unimported=2, is_empty=True
    )
    restored = Report.from_dict(given.to_dict())
    assert restored == given
    assert restored.to_dict() == given.to_dict()


def test_members_of_later_releases_are_ignored():
    """The JSON of `compare` has more members too."""
    data = report(finding()).to_dict()
    more = data | {"verdict": "none", "findings": [data["findings"][0] | {"more": 1}]}
    assert Report.from_dict(more).to_dict() == data


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"version": 2}, "version: must be 1"),
        ({"as_of": 3}, "as_of: must be a string, not an integer"),
        ({"skips": [{}]}, "skips[0]: the member `file` is missing"),
    ],
)
def test_wrong_data_is_refused_with_its_place(change, message):
    """The error names the member."""
    with pytest.raises(InvalidArgument) as refused:
        Report.from_dict(report(finding()).to_dict() | change)
    assert str(refused.value) == message


def test_an_unknown_rule_is_refused_with_its_place():
    """A rule of another release may not exist in this one."""
    data = report(finding()).to_dict()
    data["findings"][0]["rule"] = "ACM3011"
    with pytest.raises(InvalidArgument, match=r"findings\[0\]\.rule: unknown rule `ACM3011`"):
        Report.from_dict(data)


def test_the_linter_exports_values():
    """A report and what programs take out of it survive pickles and copies."""
    found = checked()
    first = found.findings[0]
    examples = (found, first, first.location, first.rule, first.severity)
    assert {type(each).__name__ for each in examples} <= {*lint.__all__}
    for value in examples:
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.copy(value) == copy.deepcopy(value) == value
    for value in examples[:4]:
        restored = type(value).from_dict(json.loads(value.to_json()))
        assert restored.to_dict() == value.to_dict()


def test_a_program_renders_a_report():
    """By default as text; an unknown format is refused with a suggestion."""
    restored = Report.from_dict(checked().to_dict())
    assert lint.render(restored).startswith("error[ACM401]")
    assert lint.render(restored, "concise").startswith("main.tf:1:1: error[ACM401]")
    with pytest.raises(InvalidArgument, match="unknown format `sari`; did you mean `sarif`"):
        lint.render(restored, "sari")


def test_the_example_of_the_page_is_true():
    """The page about JSON shows how a program uses a saved report."""
    page = Path(__file__).parents[2] / "docs/pages/json.md"
    failed, attempted = doctest.testfile(str(page), module_relative=False)
    assert attempted
    assert not failed
