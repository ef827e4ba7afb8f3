"""Checks from a program give the report of the command."""

from datetime import date

import pytest

from acmrules import CertificateRequest, lint
from acmrules.workspace.settings import SettingsError


def test_a_text_is_checked_as_a_file_of_its_name():
    """The name determines the format, and the text needs no file."""
    report = lint.check_text("localhost\n", name="list.txt", settings={})
    assert [finding.rule.id for finding in report.findings] == ["ACM101"]


def test_parameters_are_a_request_whatever_they_contain():
    """Parameters of a call are never taken for something else."""
    report = lint.check_params({"DomaineName": "a.io"}, settings={})
    assert report.requests == 1


def test_a_missing_path_is_unreadable():
    """A path that does not exist is in the report, as the command says it."""
    [error] = lint.check_paths(["nothing-here.yaml"], settings={}).unreadable
    assert str(error) == "nothing-here.yaml: no such file or directory"


def test_wrong_settings_are_an_exception():
    """Settings of a program raise the same error as those of a file."""
    with pytest.raises(SettingsError, match="did you mean `select`"):
        lint.check(settings={"selct": []})


def test_the_settings_decide_about_requests():
    """Requests are checked with the rules, the policy and the date of the settings."""
    request = CertificateRequest.of(["a.b.io", "c.b.io"], validation_method="DNS")
    settings = {"policy": {"max-names": 1}, "as-of": date(2026, 11, 1)}
    report = lint.check(request, settings=settings)
    assert report.as_of == date(2026, 11, 1)
    assert any("policy" in finding.message for finding in report.findings)
