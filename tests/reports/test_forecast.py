"""The table and the data of a forecast."""

import json
from datetime import date

from tests.support.reports import finding

from acmrules.facts import sources
from acmrules.facts.fact import CHECKED
from acmrules.lint.forecast import FindingHistory, Forecast, HistoryPhase
from acmrules.lint.rule import Severity
from acmrules.reports import forecast

UNTIL, MARCH = date(2029, 4, 1), date(2028, 3, 15)
WARNING = finding(severity=Severity.WARNING)


def forecast_of(*histories):
    days = {phase.start for history in histories for phase in history.phases}
    return Forecast(CHECKED, UNTIL, (CHECKED, *sorted(days - {CHECKED})), histories)


SHARPENED = FindingHistory(
    (HistoryPhase(CHECKED, WARNING, None), HistoryPhase(MARCH, finding(), sources.BR))
)
ENDED = FindingHistory(
    (
        HistoryPhase(CHECKED, finding(source=None, message="a\tb"), None),
        HistoryPhase(date(2027, 6, 1), None, None),
    )
)


def test_the_table_has_all_changes():
    """The changes are sorted by date and aligned."""
    assert forecast.render(forecast_of(SHARPENED, ENDED)).splitlines() == [
        "changes from 2026-11-29 to 2029-04-01",
        "",
        "2027-06-01  error -> not found  ACM301 common-name-too-long  Certificate",
        "            a\\tb",
        "            source: the dates of the certificate itself",
        "2028-03-15  warning -> error    ACM301 common-name-too-long  infra/site.yaml:14:17",
        "            first name has 66 octets; ACM accepts 64",
        "            source: CA/Browser Forum TLS Baseline Requirements",
    ]


def test_nothing_that_changes_is_one_line():
    """A finding that stays the same is not listed."""
    calm = "nothing changes from 2026-11-29 to 2029-04-01\n"
    assert forecast.render(forecast_of()) == calm
    assert (
        forecast.render(forecast_of(FindingHistory((HistoryPhase(CHECKED, WARNING, None),))))
        == calm
    )


def test_the_data_has_all_changes():
    """Dates are strings, and missing severities and sources are null."""
    data = json.loads(json.dumps(forecast.as_data(forecast_of(SHARPENED, ENDED))))
    assert data["until"] == "2029-04-01"
    assert data["days"] == ["2026-11-29", "2027-06-01", "2028-03-15"]
    ended, sharpened = data["changes"]
    assert (ended["before"], ended["after"], ended["says"], ended["line"]) == (
        "error",
        None,
        None,
        None,
    )
    assert sharpened == {
        "day": "2028-03-15",
        "before": "warning",
        "after": "error",
        "rule": "ACM301",
        "name": "common-name-too-long",
        "message": "first name has 66 octets; ACM accepts 64",
        "file": "infra/site.yaml",
        "line": 14,
        "column": 17,
        "end_line": 14,
        "end_column": 83,
        "address": "Certificate",
        "path": ["names", 0],
        "says": sources.BR.title,
        "url": sources.BR.url,
    }
