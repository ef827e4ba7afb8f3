"""How findings change up to a date: which appear, change in severity, and disappear."""

from __future__ import annotations

from datetime import date, timedelta

from acmrules.errors import InvalidArgument
from acmrules.facts import facts_in_code
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from acmrules.facts.timeline import Citation
    from acmrules.lint.findings import Finding
    from acmrules.lint.rule import Rule, Severity
    from acmrules.model.declaration import Declaration
    from acmrules.request import Path

    Key = tuple[str, str, str, Path, str]

_DAY = timedelta(days=1)


class HistoryPhase(Value):
    """The finding at one location from a date on, `None` for no finding, and the source of that.

    `source` is `None` on the first date, and if a declaration itself contains the date, such as
    the last day of a certificate.
    """

    start: date
    finding: Finding | None
    source: Citation | None

    @property
    def severity(self) -> Severity | None:
        """The severity, `None` without a finding."""
        return None if self.finding is None else self.finding.severity


class FindingHistory(Value):
    """One finding over time, in phases; the severity changes from one to the next."""

    phases: tuple[HistoryPhase, ...]

    @property
    def finding(self) -> Finding:
        """The finding with its first message."""
        return next(phase.finding for phase in self.phases if phase.finding)

    @property
    def severities(self) -> tuple[tuple[date, Severity | None], ...]:
        """The start and the severity of each phase."""
        return tuple((phase.start, phase.severity) for phase in self.phases)


class SeverityChange(Value):
    """The severity of a finding before and from a date, `None` for no finding."""

    day: date
    before: Severity | None
    after: Severity | None
    finding: Finding
    source: Citation | None


class Forecast(Value):
    """The findings in declarations from one date to another, both included.

    `days` are all dates that were checked, including the first.
    """

    as_of: date
    until: date
    days: tuple[date, ...]
    histories: tuple[FindingHistory, ...]

    @property
    def changes(self) -> tuple[SeverityChange, ...]:
        """The changes by date, those of one date in the order of the findings."""
        changes = (change for history in self.histories for change in _changes(history))
        return tuple(sorted(changes, key=lambda change: change.day))


def change_dates(rules: Iterable[Rule], as_of: date, until: date) -> tuple[date, ...]:
    """Return the dates after one, up to another, on which rules or facts change.

    All facts that code reads are included, because a rule may read one without naming it.
    """
    timelines = [rule.force for rule in rules] + [fact.history for fact in facts_in_code()]
    starts = {era.start for timeline in timelines for era in timeline}
    return tuple(sorted(day for day in starts if as_of < day <= until))


def forecast(
    declarations: Iterable[Declaration],
    findings_on: Callable[[date], Sequence[Finding]],
    rules: Iterable[Rule],
    *,
    as_of: date,
    until: date,
    days: Iterable[date] = (),
) -> Forecast:
    """Return how the findings of declarations change from one date to another.

    `findings_on` returns the findings as of a date. It is called for the first date, for those on
    which rules, facts or the certificates of the declarations change, and for further `days`.
    Raises `InvalidArgument` if `until` is before `as_of`.
    """
    if until < as_of:
        raise InvalidArgument(f"{until} is before {as_of}")
    known = tuple(declarations)
    checked = checked_dates(known, rules, as_of=as_of, until=until, days=days)
    found = ((day, findings_on(day)) for day in checked)
    return Forecast(as_of, until, checked, histories(found, _own_dates(known, as_of, until)))


def checked_dates(
    declarations: Iterable[Declaration],
    rules: Iterable[Rule],
    *,
    as_of: date,
    until: date,
    days: Iterable[date] = (),
) -> tuple[date, ...]:
    """Return the dates of a forecast, first to last: those for which it needs the findings."""
    shared = {*change_dates(rules, as_of, until), *(day for day in days if as_of < day <= until)}
    return as_of, *sorted((shared | _own_dates(declarations, as_of, until)) - {as_of})


def _own_dates(declarations: Iterable[Declaration], as_of: date, until: date) -> set[date]:
    return {day for each in declarations for day in certificate_dates(each, as_of, until)}


def certificate_dates(declaration: Declaration, as_of: date, until: date) -> set[date]:
    """Return the dates on which the imported certificates of a declaration start or expire."""
    imported = (variant.imported for variant in declaration.variants)
    certificates = [each for whole in imported if whole for each in whole.certificates]
    begins = {each.first_day for each in certificates if as_of < each.first_day <= until}
    # A certificate that never expires ends on the last date that Python has.
    ends = {each.last_day + _DAY for each in certificates if as_of <= each.last_day < until}
    return begins | ends


def histories(
    found: Iterable[tuple[date, Sequence[Finding]]], own: Container[date] = ()
) -> tuple[FindingHistory, ...]:
    """Return the history of each finding, identified by rule and location.

    Several findings at one location are matched by their messages. `own` are the dates that the
    declarations themselves contain.
    """
    found_at: dict[Key, list[list[HistoryPhase]]] = {}
    first: date | None = None
    for day, findings in found:
        first = first or day
        _follow(found_at, findings, day, first, own)
    return tuple(
        FindingHistory(tuple(phases)) for same_key in found_at.values() for phases in same_key
    )


def _follow(
    known: dict[Key, list[list[HistoryPhase]]],
    findings: Sequence[Finding],
    day: date,
    first: date,
    own: Container[date],
) -> None:
    """Extend the known histories by the findings of a date, and begin new ones."""
    found: dict[Key, list[Finding]] = {}
    for finding in findings:
        location = finding.file, finding.address, finding.path, finding.condition
        key = (finding.rule.id, *location)
        found.setdefault(key, []).append(finding)
    for key in [*known, *(key for key in found if key not in known)]:
        same_key, unmatched = known.setdefault(key, []), found.get(key, [])
        for phases, match in zip(same_key, _matched(same_key, unmatched), strict=True):
            _extend(phases, match, day, own)
        for finding in unmatched:
            phases = [] if day == first else [HistoryPhase(first, None, None)]
            _extend(phases, finding, day, own)
            same_key.append(phases)


def _matched(started: list[list[HistoryPhase]], found: list[Finding]) -> list[Finding | None]:
    """Return the finding that continues each history: by message, otherwise in order.

    Findings at one location seldom share a message, and may all change it on one date.
    """
    matches: dict[int, Finding] = {}
    for by_message in (True, False):
        for index, phases in enumerate(started):
            last = phases[-1].finding
            if index not in matches:
                for finding in found:
                    if not by_message or (last and last.message == finding.message):
                        matches[index] = finding
                        found.remove(finding)
                        break
    return [matches.get(index) for index in range(len(started))]


def _extend(
    phases: list[HistoryPhase], finding: Finding | None, day: date, own: Container[date]
) -> None:
    """Add a phase to a history if the severity has changed."""
    severity = None if finding is None else finding.severity
    if phases and phases[-1].severity == severity:
        return
    known = finding or (phases[-1].finding if phases else None)
    source = _source(known.rule, day, day in own) if phases and known else None
    phases.append(HistoryPhase(day, finding, source))


def _source(rule: Rule, day: date, is_own: bool) -> Citation | None:
    """Return the source of a change: that of the rule, or else that of a fact."""
    facts = rule.facts if is_own else (*rule.facts, *facts_in_code())
    timelines = (rule.force, *(fact.history for fact in facts))
    eras = (era for timeline in timelines for era in timeline)
    return next((era.source for era in eras if era.start == day), None)


def _changes(history: FindingHistory) -> list[SeverityChange]:
    changes: list[SeverityChange] = []
    before = history.phases[0]
    for phase in history.phases[1:]:
        finding = phase.finding or before.finding or history.finding
        changes.append(
            SeverityChange(phase.start, before.severity, phase.severity, finding, phase.source)
        )
        before = phase
    return changes
