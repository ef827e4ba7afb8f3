"""The table of formats."""

import sys

import pytest
from hypothesis import given

from acmrules.lint import reports
from acmrules.lint.source import Source
from reports_shared import finding, report
from reports_shared import reports as drawn_reports

ELSEWHERE = Source("/srv/checkout/infra/site.yaml", "x" * 999)


@pytest.mark.parametrize("form", reports.FORMATS)
def test_every_format_renders_with_its_own_module(form):
    """A module stands under the name of its format and says what was found."""
    shown = reports.render(report(finding()), form, "/work")
    assert "ACM301" in shown
    assert shown.endswith("\n")
    assert sys.modules[reports.FORMATS[form]].__name__.endswith(f".{form}")


@pytest.mark.parametrize("form", sorted(reports.ROOTED))
def test_files_are_named_from_the_folder(form):
    """Where others look for the file, it is named as they know it."""
    shown = reports.render(report(finding(ELSEWHERE, (0, 1))), form, "/srv/checkout")
    assert "infra/site.yaml" in shown
    assert "/srv/checkout/infra" not in shown


@pytest.mark.parametrize("form", reports.FORMATS)
@given(drawn=drawn_reports())
def test_a_report_reads_the_same_each_time(form, drawn):
    """Any report renders, and renders again to the same text."""
    assert reports.render(drawn, form) == reports.render(drawn, form)
