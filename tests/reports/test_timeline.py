"""The picture of a forecast."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.pictures import Picture
from tests.support.reports import finding

from acmrules.facts import sources
from acmrules.facts.fact import CHECKED
from acmrules.lint.forecast import FindingHistory, Forecast, HistoryPhase
from acmrules.lint.rule import Severity
from acmrules.lint.rules import CATALOGUE
from acmrules.model.placed import Location
from acmrules.reports import timeline
from acmrules.syntax.source import Source

UNTIL, MARCH = date(2029, 4, 1), date(2028, 3, 15)
NOTE, WARNING, ERROR = Severity


def course(*phases, **fields):
    """Return a history from dates and severities, `None` for no finding."""
    citations = [None, *([sources.BR, None] * len(phases))]
    return FindingHistory(
        tuple(
            HistoryPhase(day, severity and finding(severity=severity, **fields), source)
            for (day, severity), source in zip(phases, citations, strict=False)
        )
    )


def picture(*courses, until=UNTIL):
    return Picture(timeline.render(Forecast(CHECKED, until, (CHECKED,), courses)))


def files():
    """Draw names of files: short, long, and with any characters."""
    return st.sampled_from(["a.tf", "folder/" * 12 + "site.yaml"]) | st.text(
        st.characters(), min_size=1, max_size=50
    )


@st.composite
def courses(draw):
    """Draw histories of any rule in any file, with up to five changes."""
    days = draw(st.lists(st.integers(1, 800), max_size=5, unique=True))
    severities = st.sampled_from([None, *Severity])
    before, phases = None, []
    for offset in [0, *sorted(days)]:
        before = draw(severities.filter(lambda severity, last=before: severity is not last))
        phases.append((CHECKED + timedelta(offset), before))
    if not any(severity for _, severity in phases):
        phases[0] = (CHECKED, NOTE)
    source = Source(draw(files()), "a\n")
    return course(
        *phases,
        rule=draw(st.sampled_from(CATALOGUE)),
        location=Location(source, 0, 1),
        message=draw(st.text(max_size=20)),
    )


@given(st.lists(courses(), max_size=50))
def test_nothing_overlaps_whatever_is_found(found):
    """The picture is XML of fixed width, and its texts do not overlap."""
    drawn = picture(*found)
    assert drawn.width == timeline.WIDTH
    drawn.check_layout()


@given(st.lists(courses(), max_size=8))
def test_the_same_forecast_is_the_same_picture(found):
    """Drawing is deterministic."""
    outlook = Forecast(CHECKED, UNTIL, (CHECKED,), tuple(found))
    assert timeline.render(outlook) == timeline.render(outlook)


@given(st.lists(courses(), max_size=12))
def test_each_phase_is_a_segment_on_the_scale(found):
    """The length of a segment is proportional to the days of its phase."""
    drawn = picture(*found)
    begin, end = scale()
    day = (end - begin) / (UNTIL - CHECKED).days
    for severity in Severity:
        expected = []
        for each in found:
            ends = [phase.start for phase in each.phases[1:]] + [UNTIL]
            for phase, last in zip(each.phases, ends, strict=True):
                if phase.severity is severity:
                    expected.append(((phase.start - CHECKED).days, (last - phase.start).days))
        *segments, _ = drawn.bars_of(f"f-{severity}")  # the last one is the legend's
        in_days = [(round((x - begin) / day, 1), round(width / day, 1)) for x, width in segments]
        assert sorted(in_days) == sorted(expected)


def scale():
    """Return the start and the end of the time scale."""
    [(begin, width)] = picture(course((CHECKED, ERROR))).bars_of("f-error")[:-1]
    return begin, begin + width


EMAIL = course((CHECKED, WARNING), (MARCH, ERROR))


def test_a_finding_has_a_bar_with_its_severities():
    """A row has the rule, location, dates and sources, and a tooltip."""
    drawn = picture(EMAIL)
    for text in (
        "1 finding, 1 will change",
        "ACM301 common-name-too-long",
        "infra/site.yaml:14:17 Certificate",
        "warning",
        "error",
        "2028-03-15",
        "CA/Browser Forum TLS Baseline Requirements: 2028-03-15",
    ):
        assert text in drawn.texts
    assert drawn.title == ("Findings from 2026-11-29 to 2029-04-01: 1 finding, 1 will change")
    assert drawn.titles[1].split("\n") == [
        "ACM301 common-name-too-long infra/site.yaml:14:17 Certificate",
        "first name has 66 octets; ACM accepts 64",
        "warning from 2026-11-29",
        "error from 2028-03-15 (source: CA/Browser Forum TLS Baseline Requirements)",
    ]


def test_what_changes_comes_first_and_soonest():
    """Changes are sorted by date, and then by severity."""
    rules = [rule for rule in CATALOGUE if rule.id in {"ACM101", "ACM102", "ACM103", "ACM104"}]
    calm, bad, late, soon = (
        course(*phases, rule=rule)
        for phases, rule in zip(
            (
                [(CHECKED, NOTE)],
                [(CHECKED, ERROR)],
                [(CHECKED, None), (UNTIL, NOTE)],
                [(CHECKED, None), (MARCH, NOTE)],
            ),
            rules,
            strict=True,
        )
    )
    drawn = picture(calm, bad, late, soon)
    shown = [text[:6] for text in drawn.texts if text.startswith("ACM")]
    assert shown == ["ACM104", "ACM103", "ACM102", "ACM101"]


def test_similar_findings_share_a_bar():
    """Similar findings of one file, and then of all files, share a bar."""
    one_file = [course((CHECKED, NOTE), message=str(n)) for n in range(30)]
    drawn = picture(*one_file)
    assert "ACM301 common-name-too-long \N{MULTIPLICATION SIGN}30" in drawn.texts
    assert "infra/site.yaml" in drawn.texts
    files = [Source(f"{n}.yaml", "a") for n in range(30)]
    drawn = picture(*(course((CHECKED, NOTE), location=Location(s, 0, 1)) for s in files))
    assert "30 files" in drawn.texts


def test_hidden_rows_are_counted():
    """Hidden rows and dates are counted."""
    unlike = [course((CHECKED, NOTE), (CHECKED + timedelta(n + 1), None)) for n in range(90)]
    drawn = picture(*unlike)
    assert "and 50 more, in the table" in drawn.texts
    assert sum(text.startswith("2026-") for text in drawn.texts) < 10
    assert " and 70 more dates" in "".join(drawn.texts)


def test_no_findings():
    """Without findings, there are no sources."""
    drawn = picture()
    assert "no findings" in drawn.texts
    assert len(drawn.bars_of("f-track")) == 2
    assert "Sources" not in drawn.texts
    assert "1 finding, none will change" in picture(course((CHECKED, NOTE))).texts


def test_a_request_without_a_location_has_its_address():
    """A finding without a range has no line."""
    drawn = picture(course((CHECKED, NOTE), location=None))
    assert "Certificate" in drawn.texts
    own = picture(course((CHECKED, NOTE), address="$"))
    assert "infra/site.yaml:14:17" in own.texts


@pytest.mark.parametrize(
    ("until", "ticks"),
    [
        (date(2026, 11, 23), []),
        (date(2027, 2, 1), ["2026-12", "2027-01", "2027-02"]),
        (date(2036, 1, 1), ["2028", "2030", "2032", "2034", "2036"]),
        (date(9999, 1, 1), []),
    ],
)
def test_the_axis_has_months_or_years(until, ticks):
    """The number of ticks is limited."""
    drawn = picture(until=until)
    assert [text for text in drawn.texts if text[:1] == "2" and len(text) < 10] == ticks
