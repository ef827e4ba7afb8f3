"""Unreadable inputs that are named, and those that are found in a directory."""

import json

import pytest
from tests.support.commands import write_all

from acmrules.cli.main import CLEAN, UNREADABLE, main
from acmrules.reports.findings import FORMATS

BROKEN = '{"DomainName": '


@pytest.fixture
def check(tmp_path, monkeypatch, capsys):
    """Return a function that checks a path, and returns the exit code and the outputs."""
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra" / "a.json").write_text(BROKEN)
    monkeypatch.chdir(tmp_path)

    def run(path, form):
        code = main(["check", path, "--format", form, "--as-of", "2026-11-23"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "svg"])
def test_the_exit_code_is_the_same_in_every_format(check, form):
    """A named file fails the run, and a file of a directory is a warning; both are reported."""
    code, named, err = check("infra/a.json", form)
    assert (code, err.startswith("acmrules: infra/a.json:1:")) == (UNREADABLE, True)
    code, found, err = check("infra", form)
    assert (code, err.startswith("acmrules: warning: infra/a.json:1:")) == (CLEAN, True)
    assert named
    assert found


@pytest.mark.parametrize(
    ("form", "failing", "passing"),
    [
        ("github", "::error file=infra/a.json", "::warning file=infra/a.json"),
        ("gitlab", '"critical"', '"minor"'),
        ("junit", '<error type="unreadable"', "could not be read, which does not fail the run"),
        ("sarif", '"executionSuccessful": false', '"executionSuccessful": true'),
    ],
)
def test_reports_for_machines_agree_with_the_exit_code(check, form, failing, passing):
    """A report does not fail a pipeline whose exit code is 0."""
    named, found = (check(path, form)[1] for path in ("infra/a.json", "infra"))
    assert (failing in named, passing in named) == (True, False)
    assert (failing in found, passing in found) == (False, True)


def test_json(check):
    """The JSON report has both as errors."""
    for path, is_warning in (("infra/a.json", False), ("infra", True)):
        [error] = json.loads(check(path, "json")[1])["errors"]
        assert (error["file"], error["warning"]) == ("infra/a.json", is_warning)


@pytest.mark.parametrize(
    ("path", "code"), [(".", 0), ("charts", 0), ("charts/a", 2), ("charts/a/", 2), ("charts/b", 0)]
)
def test_a_named_chart_fails(run, path, code):
    """A walk skips and lists a chart; a chart that was named could not be checked."""
    name = "apiVersion: v2\nname: a\nversion: 1.0.0\n"
    template = "certificate-arn: {{ .Values.arn }}\n"
    write_all(
        {
            "charts/a/Chart.yaml": name,
            "charts/a/templates/c.yaml": f"alb.ingress.kubernetes.io/{template}",
            "charts/b/Chart.yaml": name,
        }
    )
    assert run("check", path)[0] == code
