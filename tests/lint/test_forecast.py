"""The forecast of findings: dates of changes, and the histories of findings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import finding
from tests.support.rules import RULES, request
from tests.support.strategies import days

from acmrules.errors import InvalidArgument
from acmrules.facts import cabf, sources
from acmrules.facts.fact import CHECKED, LAUNCH
from acmrules.facts.timeline import Citation, Era, Timeline
from acmrules.lint.forecast import FindingHistory, HistoryPhase, change_dates, forecast, histories
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.rule import Severity
from acmrules.lint.rules import CATALOGUE
from acmrules.model.declaration import Declaration, Variant
from acmrules.names import DomainName
from acmrules.request import Tool
from acmrules.resources import CaaRecordSet
from acmrules.x509 import Certificate, ImportedCertificate

UNTIL = date(2029, 4, 1)
NOTE, WARNING, ERROR = Severity


def declaration(*names, **fields):
    return Declaration(None, Tool.API, "", (Variant(request(*names, **fields), (), {}),))


def imported(*spans):
    """Return a declaration of a certificate with its chain, valid on the given days."""
    certificates = [
        Certificate(
            subject=f"CN={number}.io",
            issuer="CN=2.io",
            serial_number=number,
            version=3,
            key_algorithm="RSA_2048",
            signed_with="RSA",
            first_day=first,
            last_day=last,
            octets=700,
            signer=1,
        )
        for number, (first, last) in enumerate(spans, 1)
    ]
    whole = ImportedCertificate(leaf=certificates[0], chain=tuple(certificates[1:]))
    return Declaration(None, Tool.API, "", (Variant(None, (), {}, imported=whole),))


def found_on(day, *declarations):
    """Return what is found in declarations as of a date."""
    return check_declarations(declarations, Linter(as_of=day)).findings


def forecast_of(*declarations, as_of=CHECKED, until=UNTIL, **more):
    return forecast(
        declarations,
        lambda day: found_on(day, *declarations),
        CATALOGUE,
        as_of=as_of,
        until=until,
        **more,
    )


def declarations():
    """Draw declarations whose findings change with the day."""
    declared = st.builds(
        declaration,
        st.sampled_from(["brightharbor.io", "*.brightharbor.io", "4.3.in-addr.arpa", "bad_.io"]),
        validation_method=st.sampled_from(["EMAIL", "DNS", "HTTP"]),
        transparency_logging=st.sampled_from([None, "DISABLED"]),
        key_algorithm=st.sampled_from([None, "EC_prime256v1"]),
        extended_key_usages=st.sampled_from([(), ("clientAuth",)]),
    )
    spans = st.tuples(days(), days()).map(sorted)
    return declared | st.lists(spans, min_size=1, max_size=2).map(lambda spans: imported(*spans))


def spells():
    """Draw pairs of days since the launch of ACM, the earlier one first."""
    known = days().filter(lambda day: day >= LAUNCH)
    return st.tuples(known, known).map(sorted)


@given(declarations(), spells(), st.data())
def test_a_forecast_agrees_with_a_check_on_any_day(declared, spell, data):
    """On every day, the phases are the findings of a check on that day."""
    as_of, until = spell
    outlook = forecast_of(declared, as_of=as_of, until=until)
    day = data.draw(st.dates(as_of, until))
    expected = sorted(
        (found.rule.id, found.path, found.severity) for found in found_on(day, declared)
    )
    on_the_day = [
        [p for p in history.phases if p.start <= day][-1:] for history in outlook.histories
    ]
    assert (
        sorted(
            (phase.finding.rule.id, phase.finding.path, phase.severity)
            for phases in on_the_day
            for phase in phases
            if phase.finding
        )
        == expected
    )


@given(declarations(), spells())
def test_phases_ascend_and_differ(declared, spell):
    """Each history begins on the first day, and changes only on days that were checked."""
    as_of, until = spell
    outlook = forecast_of(declared, as_of=as_of, until=until)
    for history in outlook.histories:
        assert history.phases[0].start == as_of
        starts = [phase.start for phase in history.phases]
        assert starts == sorted(set(starts))
        assert set(starts) <= set(outlook.days)
        assert history.finding.rule
    assert all(change.before is not change.after for change in outlook.changes)
    assert [change.day for change in outlook.changes] == sorted(
        change.day for change in outlook.changes
    )
    assert outlook.days[0] == as_of
    assert outlook.days[-1] <= until


@given(st.lists(declarations(), max_size=3), spells())
def test_declarations_do_not_affect_each_other(declared, spell):
    """The forecast of several declarations has the histories of each."""
    as_of, until = spell
    declared = [each.__replace__(address=str(number)) for number, each in enumerate(declared)]
    apart = [forecast_of(each, as_of=as_of, until=until).histories for each in declared]
    together = forecast_of(*declared, as_of=as_of, until=until).histories

    def key(history):
        finding = history.finding
        return finding.address, finding.rule.id, finding.path, history.severities

    assert sorted(map(key, together), key=str) == sorted(
        (key(history) for each in apart for history in each), key=str
    )


def test_change_dates_are_those_of_rules_and_facts():
    """The last day is included, the first is not, and rules have days of their own."""
    assert date(2028, 3, 15) in change_dates((), CHECKED, UNTIL)
    assert change_dates((), date(2028, 3, 14), date(2028, 3, 15)) == (date(2028, 3, 15),)
    assert change_dates((), date(2028, 3, 15), date(2028, 3, 15)) == ()
    own = RULES["ACM101"].__replace__(force=Timeline(Era(date(2027, 7, 1), ERROR, sources.BR)))
    assert date(2027, 7, 1) in change_dates([own], CHECKED, UNTIL)


def test_email_validation_becomes_an_error():
    """ACM402 was a note, is a warning, and is an error from the day of the prohibition."""
    outlook = forecast_of(
        declaration("brightharbor.io", validation_method="EMAIL"), as_of=date(2026, 1, 1)
    )
    [history] = [history for history in outlook.histories if history.finding.rule.id == "ACM402"]
    assert history.severities == (
        (date(2026, 1, 1), NOTE),
        (date(2026, 3, 15), WARNING),
        (date(2028, 3, 15), ERROR),
    )
    changes = [change for change in outlook.changes if change.finding.rule.id == "ACM402"]
    assert [(change.before, change.after) for change in changes] == [
        (NOTE, WARNING),
        (WARNING, ERROR),
    ]
    assert changes[-1].source == cabf.EMAIL_SUNSET.history.era(UNTIL).source


def test_a_future_rule_begins_on_its_day():
    """A rule reports nothing before its first day, and has its own source."""
    outlook = forecast_of(
        declaration("4.3.2.in-addr.arpa", validation_method="DNS"),
        as_of=date(2026, 1, 1),
        until=date(2026, 12, 31),
    )
    [change] = [change for change in outlook.changes if change.finding.rule.id == "ACM108"]
    force = RULES["ACM108"].force.eras[-1]
    assert (change.day, change.before, change.after) == (force.start, None, ERROR)
    assert change.source == force.source


def test_changes_on_the_days_of_a_certificate():
    """A certificate is reported before its first day and after its last, without a source."""
    begin, end = date(2027, 1, 10), date(2027, 6, 1)
    outlook = forecast_of(imported((begin, end), (LAUNCH, date.max)))
    assert [
        (change.day, change.before, change.after, change.source) for change in outlook.changes
    ] == [
        (begin, ERROR, None, None),
        (end + timedelta(1), None, ERROR, None),
    ]
    assert {begin, end + timedelta(1)} <= set(outlook.days)


def test_no_declarations_have_an_empty_forecast():
    """A forecast without declarations lists the days of changes only."""
    outlook = forecast_of()
    assert (outlook.histories, outlook.changes) == ((), ())
    assert outlook.days == (CHECKED, *change_dates(CATALOGUE, CHECKED, UNTIL))


def test_the_last_day_does_not_lie_before_the_first():
    """A forecast has at least one day."""
    assert forecast_of(declaration("a_.io"), until=CHECKED).days == (CHECKED,)
    with pytest.raises(InvalidArgument, match="2026-11-28 is before 2026-11-29"):
        forecast_of(until=date(2026, 11, 28))


DAYS = tuple(date(2027, 1, day) for day in (1, 2, 3, 4))


def scripted(*lines):
    """Return the severities of the histories for the findings of four days."""
    by_day = dict(zip(DAYS, lines, strict=True))
    made = []

    def findings_on(day):
        made.append(day)
        return by_day[day]

    outlook = forecast(
        (declaration("a.io"),), findings_on, (), as_of=DAYS[0], until=DAYS[-1], days=(*DAYS, UNTIL)
    )
    assert made == list(DAYS)
    return [[phase.severity for phase in history.phases] for history in outlook.histories]


def test_findings_at_one_location_continue_with_the_same_message():
    """The message decides which of two findings ends, and any other continues in its place."""
    a, b = finding(message="a"), finding(message="b", severity=NOTE)
    c = finding(message="c", severity=WARNING)
    assert scripted([a, b], [b], [b], [b]) == [[ERROR, None], [NOTE]]
    assert scripted([a, b], [b, c], [b], []) == [[ERROR, WARNING, None], [NOTE, None]]
    assert scripted([a], [], [c], [c, a]) == [[ERROR, None, WARNING], [None, ERROR]]


def test_findings_at_different_locations_are_different():
    """Another path, file, resource, rule or condition makes another finding."""
    a = finding()
    others = [
        finding(path=("names", 1)),
        finding(source=None),
        finding(rule=RULES["ACM302"]),
        finding(condition="if A"),
        finding(address="Other"),
    ]
    for other in others:
        assert scripted([a], [other], [], []) == [[ERROR, None], [None, ERROR, None]]


def test_another_message_alone_is_no_change():
    """A number in a message may change without a change of the finding."""
    assert scripted(*([finding(message=str(day))] for day in DAYS)) == [[ERROR]]


def test_whole_reports_can_be_followed():
    """Reports of several days result in the same histories."""
    declared = declaration("brightharbor.io", validation_method="EMAIL")
    outlook = forecast_of(declared)
    reports = ((day, found_on(day, declared)) for day in outlook.days)
    assert histories(reports) == outlook.histories
    assert histories([]) == ()


def test_a_fact_that_the_rule_does_not_name_may_be_cited():
    """If neither the rule nor its facts change on a day, the fact that does is cited."""
    day = date(2017, 9, 8)
    outlook = forecast(
        (declaration("a.io"),),
        lambda on: [finding(rule=RULES["ACM102"])] if on >= day else [],
        (),
        as_of=date(2017, 9, 7),
        until=day,
    )
    assert [change.source for change in outlook.changes] == [
        cabf.CAA_CHECKED.history.era(day).source
    ]


def test_a_history_has_its_first_message():
    """The days before the first finding have no message."""
    source = Citation("a", "https://example.com/", CHECKED)
    history = FindingHistory(
        (HistoryPhase(CHECKED, None, None), HistoryPhase(UNTIL, finding(), source))
    )
    assert history.finding == finding()
    assert history.severities == ((CHECKED, None), (UNTIL, ERROR))


def test_caa_parameters_become_binding():
    """A list of methods without that of the request is an error from 2027-03-15."""
    records = CaaRecordSet(
        DomainName("brightharbor.io"), ('0 issue "amazon.com; validationmethods=ca-tbr-4"',), "Caa"
    )
    asked = request("brightharbor.io", validation_method="DNS")
    declared = Declaration(None, Tool.API, "", (Variant(asked, (), {}, caa=(records,)),))
    [change] = forecast_of(declared).changes
    assert (change.day, change.before, change.after) == (date(2027, 3, 15), WARNING, ERROR)
    assert (change.finding.rule.id, change.source) == ("ACM413", sources.BR_SC98)
