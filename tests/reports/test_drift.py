"""Drift as text, as Markdown and as data."""

import json

import pytest
from tests.support.shown_accounts import NOW, account_of, arn_of, asked, declared, detail, listed

from acmrules.analysis.drift import DriftKind, drift_report
from acmrules.model.inventory import Inventory
from acmrules.reports import drift

TODAY = NOW.date()
OTHER = "no file here declares the certificate for `a.io`, status `ISSUED`"


def report(templates=None, details=None):
    """Return a report with a certificate that differs, and one that is not declared."""
    details = [detail(key_algorithm=None), detail("a.io", number=2)] if details is None else details
    templates = (
        [asked("brightharbor.io", "www.brightharbor.io")] if templates is None else templates
    )
    inventory = Inventory(
        (*templates, *declared(*details)), account=account_of(*details, listed=(listed(),))
    )
    return drift_report(inventory)


def test_text_shows_what_is_requested_issued_and_in_use():
    """The certificates that are not declared follow those that are."""
    assert drift.text(report()) == (
        "main.tf:1:3 Certificate\n"
        "  requested        brightharbor.io, www.brightharbor.io\n"
        f"  exists           {arn_of(1)}\n"
        "  status           ISSUED, in use\n"
        "  differs          the certificate does not contain `www.brightharbor.io`\n"
        "\n"
        "not declared in these files\n"
        f"  account.json:2:22 {arn_of(2)}: no file here declares the certificate for `a.io`, status"
        " `ISSUED`\n"
        "\n"
        "1 declared certificate: 1 found, 1 difference, 1 not declared\n"
    )


def test_no_drift_is_said():
    """So is that there was nothing to compare."""
    found = drift.text(report([asked()], [detail()]))
    assert found.endswith("1 declared certificate: 1 found, no drift\n")
    assert "nothing to compare" in drift.text(report([], [detail()]))


def test_a_line_has_the_place_and_the_difference():
    """Other reports show drift in lines of their own."""
    assert [drift.line(each) for each in report().drifts] == [
        f"account.json:2:22 {arn_of(2)}: {OTHER}",
        "main.tf:1:3 Certificate: the certificate does not contain `www.brightharbor.io`",
    ]


def test_data_has_every_drift():
    """Fields of a request are null for drift that is not about a field."""
    data = json.loads(drift.render(report(), "json", TODAY))
    assert data["as_of"] == "2026-11-30"
    [pair] = data["certificates"]
    assert (pair["arn"], pair["status"], pair["in_use"]) == (arn_of(1), "ISSUED", True)
    other, field = data["drift"]
    assert (other["kind"], other["field"], other["existing"]) == ("not-declared", None, None)
    assert (field["declared"], field["existing"]) == (
        "brightharbor.io, www.brightharbor.io",
        "brightharbor.io",
    )


def test_markdown_is_a_table():
    """Each drift is a row."""
    lines = drift.render(report(), "markdown", TODAY).splitlines()
    assert lines[0] == "### acmrules: drift"
    assert len(lines) == len(["head", "", "summary", "", "columns", "rule"]) + 2
    assert all(line.count("|") == 4 for line in lines[4:])


@pytest.mark.parametrize("kind", DriftKind)
def test_every_kind_has_words(kind):
    """A new kind needs some too."""
    assert drift._WORDS[kind]


def test_many_certificates_that_no_file_declares_are_counted():
    """Text has the first ones, and data all."""
    details = [detail(f"h{number}.io", number=number) for number in range(2, 30)]
    found = report(details=[detail(), *details])
    text = drift.text(found)
    assert text.count("no file here declares") == 20
    assert "\n  and 8 more; `--format json` lists them\n" in text
    assert len([each for each in found.drifts if each.kind is DriftKind.NOT_DECLARED]) == 28
