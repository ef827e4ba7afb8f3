"""The same question on each turning day up to a given one: what starts, changes, and stops."""

from __future__ import annotations

from datetime import date, timedelta

from acmrules.facts import all_facts
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Protocol

    from acmrules.dated import Citation
    from acmrules.lint.report import Finding, Report
    from acmrules.lint.rule import Rule, Severity
    from acmrules.lint.source import Document
    from acmrules.request import Path

    class Judge(Protocol):
        """What judges documents as of one day, such as a `Bench`."""

        def report(self, documents: Iterable[Document]) -> Report:
            """Judge documents."""

    Key = tuple[str, str, Path, str]

_DAY = timedelta(days=1)


class Phase(Value):
    """What is found at one place from a day on, `None` for nothing; and who made it so.

    `says` is `None` for the first day that is judged, and where the documents themselves speak of
    the day, such as a certificate of its last one.
    """

    start: date
    finding: Finding | None
    says: Citation | None

    @property
    def severity(self) -> Severity | None:
        """How much it matters, `None` where nothing is found."""
        return None if self.finding is None else self.finding.severity


class Course(Value):
    """One finding over the days: its phases, of which no two neighbours weigh the same."""

    phases: tuple[Phase, ...]

    @property
    def finding(self) -> Finding:
        """The finding, as it is worded first."""
        return next(phase.finding for phase in self.phases if phase.finding)

    @property
    def severities(self) -> tuple[tuple[date, Severity | None], ...]:
        """The first day and the severity of each phase."""
        return tuple((phase.start, phase.severity) for phase in self.phases)


class Turn(Value):
    """What becomes of a finding on a day: its severity before and after, `None` for not found."""

    day: date
    before: Severity | None
    after: Severity | None
    finding: Finding
    says: Citation | None


class Forecast(Value):
    """What is found in some documents from one day up to another, both included.

    `days` are all that were judged, the first one among them.
    """

    as_of: date
    until: date
    days: tuple[date, ...]
    courses: tuple[Course, ...]

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What changes, by day, and on one day in the order of the findings."""
        turns = (turn for course in self.courses for turn in _turns(course))
        return tuple(sorted(turns, key=lambda turn: turn.day))


def turning_days(rules: Iterable[Rule], as_of: date, until: date) -> tuple[date, ...]:
    """Return the days after one, up to another, from which rules or facts say something else.

    All facts count: a rule may read one through the library without naming it.
    """
    timelines = [rule.force for rule in rules] + [fact.history for fact in all_facts()]
    starts = {era.start for timeline in timelines for era in timeline}
    return tuple(sorted(day for day in starts if as_of < day <= until))


def forecast(
    documents: Iterable[Document],
    judge_on: Callable[[date], Judge],
    rules: Iterable[Rule],
    *,
    as_of: date,
    until: date,
    days: Iterable[date] = (),
) -> Forecast:
    """Judge documents on a day, and again on each later one on which the answer may turn.

    `judge_on` makes what judges as of a day, once for each; `days` are further days that matter to
    it. A document is judged again on the days that rules and facts speak of, and on those that it
    speaks of itself. Raises `ValueError` where `until` lies before `as_of`.
    """
    if until < as_of:
        raise ValueError(f"{until} lies before {as_of}")
    shared = {*turning_days(rules, as_of, until), *(day for day in days if as_of < day <= until)}
    judges: dict[date, Judge] = {}
    courses: list[Course] = []
    for document in documents:
        own = _own_days(document, as_of, until)
        followed: dict[Key, list[list[Phase]]] = {}
        for day in (as_of, *sorted(shared | own)):
            if day not in judges:
                judges[day] = judge_on(day)
            _follow(followed, judges[day].report((document,)).findings, day, as_of, own)
        courses += [Course(tuple(phases)) for lines in followed.values() for phases in lines]
    return Forecast(as_of, until, tuple(sorted({as_of, *shared, *judges})), tuple(courses))


def _own_days(document: Document, as_of: date, until: date) -> set[date]:
    """Return the days from which a document's own certificates are valid, or no longer."""
    days = set()
    for variant in document.variants:
        for certificate in variant.imported.certificates if variant.imported else ():
            days |= {certificate.first_day} if as_of < certificate.first_day <= until else set()
            # The last day of a certificate that never ends is the last day there is.
            days |= (
                {certificate.last_day + _DAY} if as_of <= certificate.last_day < until else set()
            )
    return days


def _follow(
    followed: dict[Key, list[list[Phase]]],
    findings: Sequence[Finding],
    day: date,
    as_of: date,
    own: set[date],
) -> None:
    """Carry each course on with what is found on a day, and begin those of what is new."""
    found: dict[Key, list[Finding]] = {}
    for finding in findings:
        key = finding.rule.id, finding.file, finding.path, finding.condition
        found.setdefault(key, []).append(finding)
    for key in [*followed, *(key for key in found if key not in followed)]:
        courses, here = followed.setdefault(key, []), found.get(key, [])
        for phases, match in zip(courses, _matched(courses, here), strict=True):
            _go_on(phases, match, day, own)
        for finding in here:
            phases = [] if day == as_of else [Phase(as_of, None, None)]
            _go_on(phases, finding, day, own)
            courses.append(phases)


def _matched(courses: list[list[Phase]], found: list[Finding]) -> list[Finding | None]:
    """Take for each course the finding that goes on with it: of the same words, or else in order.

    Several at one place seldom have the same message, and may all change it on one day.
    """
    taken: dict[int, Finding] = {}
    for same_words in (True, False):
        for index, phases in enumerate(courses):
            last = phases[-1].finding
            if index not in taken:
                for finding in found:
                    if not same_words or (last and last.message == finding.message):
                        taken[index] = finding
                        found.remove(finding)
                        break
    return [taken.get(index) for index in range(len(courses))]


def _go_on(phases: list[Phase], finding: Finding | None, day: date, own: set[date]) -> None:
    """Begin a phase if the severity is another than before."""
    severity = None if finding is None else finding.severity
    if phases and phases[-1].severity == severity:
        return
    known = finding or (phases[-1].finding if phases else None)
    says = _says(known.rule, day, day in own) if phases and known else None
    phases.append(Phase(day, finding, says))


def _says(rule: Rule, day: date, is_own: bool) -> Citation | None:
    """Return who makes a rule say something else from a day on: the rule's own word first."""
    facts = rule.facts if is_own else (*rule.facts, *all_facts())
    timelines = (rule.force, *(fact.history for fact in facts))
    return next((era.says for line in timelines for era in line if era.start == day), None)


def _turns(course: Course) -> list[Turn]:
    turns: list[Turn] = []
    before = course.phases[0]
    for phase in course.phases[1:]:
        finding = phase.finding or before.finding or course.finding
        turns.append(Turn(phase.start, before.severity, phase.severity, finding, phase.says))
        before = phase
    return turns
