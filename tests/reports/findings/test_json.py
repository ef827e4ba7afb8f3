"""The format `json`."""

import json as plain

from hypothesis import given
from tests.support.reports import finding, report, reports

from acmrules.reports.findings.json import render


@given(reports())
def test_the_format_is_the_plain_data_of_the_report(drawn):
    """A program that reads it has what `to_dict` returns; more members come last."""
    assert plain.loads(render(drawn)) == drawn.to_dict()
    assert [*plain.loads(render(drawn, {"forecast": 1}))] == [*drawn.to_dict(), "forecast"]


def test_any_text_can_be_written():
    """A lone surrogate from a JSON escape does not break the report."""
    shown = render(report(finding(value="\ud800")))
    assert shown.isascii()
    assert plain.loads(shown)["findings"][0]["value"] == "\ud800"
