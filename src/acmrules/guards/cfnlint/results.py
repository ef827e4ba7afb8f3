"""The report about a template as results with the ids, the paths and the places of cfn-lint."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from os.path import abspath

from acmrules.errors import AcmRulesError
from acmrules.guards.cfnlint.texts import Paths, WrittenTemplate
from acmrules.lint import InputError, SettingsError, check_paths, check_text
from acmrules.lint.unknowns import undecided
from acmrules.model.not_checked import PARAMETER
from acmrules.workspace import UNREADABLE, arguments
from acmrules.workspace.errors import describe_crash

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cfnlint.template import Template  # type: ignore[import-untyped]

    from acmrules.guards.cfnlint.texts import Path, Place
    from acmrules.lint import Finding, Location, Report

    Placing = Callable[[Location | None], tuple[Place | None, Path]]

_KIND = "cloudformation"
_NO_FILE = "-"
"""The name of a template that has no file."""

_DEFAULT_REGION = "us-east-1"
"""The Region that cfn-lint checks by default."""

_ORDER = "EWI"
_LETTERS = {"error": "E", "warning": "W", "note": "I"}


@dataclass(frozen=True)
class Options:
    """The configuration of the guard: a settings file and a Region, empty for none."""

    settings: str = ""
    region: str = ""


@dataclass(frozen=True)
class Result:
    """A line of cfn-lint's report: the id of its rule, the path in the template, and the place.

    `place` is the line and the column of the start and of the end, which start at 1.
    """

    rule: str
    message: str
    path: Path
    place: Place | None


def letter_of(severity: object) -> str:
    """Return the letter of a severity in ids of cfn-lint."""
    return _LETTERS[str(severity)]


def results_of(cfn: Template, options: Options, letters: Mapping[str, str]) -> tuple[Result, ...]:
    """Return the results of a template; `letters` are those of the ids that each rule has.

    What acmrules cannot check is a result too. No exception is raised: cfn-lint would report it as
    an error of its own, once for each rule.
    """
    try:
        with _without_collections():
            found = [
                each
                for parameters in _parameter_sets(cfn)
                for each in _checked(cfn, options, parameters, letters)
            ]
    except SettingsError as error:
        return tuple(Result("EACM001", str(each), (), None) for each in error.mistakes)
    except AcmRulesError as error:
        return (Result("EACM001", str(error), (), None),)
    except Exception as error:  # noqa: BLE001  (a bug here must not break cfn-lint)
        return (Result("WACM005", describe_crash(error), (), None),)
    return tuple(dict.fromkeys(found))


@contextmanager
def _without_collections() -> Iterator[None]:
    """Disable the cyclic garbage collector during a check.

    Each collection visits all schemas of cfn-lint, which takes longer than the check.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _checked(
    cfn: Template,
    options: Options,
    parameters: Mapping[str, str],
    letters: Mapping[str, str],
) -> Iterator[Result]:
    """Yield the results of a template with values of its parameters."""
    file = cfn.filename if cfn.filename and os.path.isfile(cfn.filename) else ""
    settings = options.settings or None
    region = _region(cfn, options, file)
    today = date.today()  # noqa: DTZ011  (local, as of the command)
    if file:
        report = check_paths(
            [file],
            kind=_KIND,
            region=region,
            today=today,
            settings=settings,
            parameters=parameters,
        )
        yield from _Results(cfn, report, letters, _place_in_file(cfn))
        return
    text = WrittenTemplate(cfn.template)
    report = check_text(
        text.text,
        name=_NO_FILE,
        kind=_KIND,
        region=region,
        today=today,
        settings=settings,
        parameters=parameters,
    )
    yield from _Results(cfn, report, letters, text.place)


def _parameter_sets(cfn: Template) -> list[dict[str, str]]:
    """Return the values of parameters that cfn-lint has for the template, one set or more."""
    given = getattr(cfn.context, "parameter_sets", None) or ()
    sets = [{str(name): _plain(value) for name, value in each.parameters.items()} for each in given]
    return sets or [{}]


def _plain(value: object) -> str:
    """Return the value of a parameter as `--param` has it; a list is separated by commas."""
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _region(cfn: Template, options: Options, file: str) -> str | None:
    """Return the Region, `None` for that of the settings, or for none.

    `us-east-1` is also the default of cfn-lint, so it counts only if the environment names it.
    """
    if options.region:
        return options.region
    regions = [*dict.fromkeys(cfn.regions)]
    if len(regions) != 1:
        return None
    named = os.environ.get("AWS_REGION", os.environ.get("AWS_DEFAULT_REGION"))
    if regions[0] == _DEFAULT_REGION != named:
        return None
    resolver = arguments.resolver(options.settings or None, None, None, date.today())  # noqa: DTZ011  (idem)
    return None if resolver.settings_of(file).parameters.region else str(regions[0])


def _place_in_file(cfn: Template) -> Placing:
    """Return the function that returns the place and the path of a location in a file."""
    paths = Paths(cfn.template)

    def place(location: Location | None) -> tuple[Place | None, Path]:
        if location is None:
            return None, ()
        found = location.range
        start = found.start.line, found.start.column
        return (*start, found.end.line, found.end.column), paths.path_to(start)

    return place


class _Results:
    """The results of a report, in its order: findings, then what was not checked."""

    def __init__(
        self, cfn: Template, report: Report, letters: Mapping[str, str], place: Placing
    ) -> None:
        self._file = cfn.filename or _NO_FILE
        self._resources = cfn.get_resources()
        self._report = report
        self._letters = letters
        self._place = place

    def __iter__(self) -> Iterator[Result]:
        report = self._report
        for finding in report.findings:
            yield self._result(self._rule(finding), finding.message, finding)
        for unreadable in report.unreadable:
            yield self._unreadable(unreadable)
        is_strict = report.exit_code == UNREADABLE and not report.unreadable
        for part in report.not_checked:
            if is_strict or part.kind != PARAMETER:  # A check that waits for it is undecided.
                letter = "E" if is_strict else "I"
                yield self._result(f"{letter}ACM002", f"{part.what} {part.why}", part)
        if report.excluded:
            yield Result("IACM002", "the settings of acmrules exclude the template", (), None)
        for message, skip in self._undecided():
            yield self._result("IACM003", message, skip)
        for entry in report.stale:
            yield Result("IACM004", str(entry), (), None)

    def _rule(self, finding: Finding) -> str:
        """Return the id of a finding, with the next letter if its rule has no class for its own."""
        own, known = letter_of(finding.severity), self._letters.get(finding.rule.id, "")
        if own in known or not known:
            return f"{own}{finding.rule.id}"
        nearest = min(known, key=lambda each: abs(_ORDER.index(each) - _ORDER.index(own)))
        return f"{nearest}{finding.rule.id}"

    def _undecided(self) -> Iterator[tuple[str, object]]:
        """Yield what each unknown name leaves undecided, and each other undecided check."""
        names, others = undecided(self._report.skips)
        for name in names:
            waiting = ", ".join(name.rules)
            yield f"{name.what} is unknown; undecided: {waiting}", name.skips[0]
        for skip in others:
            rule = f"{skip.rule.id}: " if skip.rule else ""
            yield f"{rule}{skip.detail}", skip

    def _unreadable(self, error: InputError) -> Result:
        """Return a result about a file, at its place if that is in the template."""
        is_own = error.name == _NO_FILE or abspath(error.name) == abspath(self._file)
        start = error.position if is_own else None
        place = (start.line, start.column, start.line, start.column + 1) if start else None
        return Result("WACM001" if error.is_warning else "EACM001", str(error), (), place)

    def _result(self, rule: str, message: str, placed: object) -> Result:
        """Return a result at a location; its path is at least that of its resource."""
        place, path = self._place(getattr(placed, "location", None))
        address = getattr(placed, "address", "")
        if path[:1] != ("Resources",) and address in self._resources:
            path = ("Resources", address)
        return Result(rule, message, path, place)
