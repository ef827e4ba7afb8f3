"""The stages from declarations to a report: check, suppress, apply baselines, report. Pure."""

from __future__ import annotations

from functools import partial

from acmrules.lint.findings import Finding, Report, Skip, StaleBaselineEntry, Suppressed
from acmrules.lint.linter import Linter, reading_order
from acmrules.lint.rule import Severity
from acmrules.model.batches import Batch
from acmrules.request import Tool
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from typing import Protocol

    from acmrules.acme import AcmeResource
    from acmrules.lint.baseline import Baseline, BaselineKey
    from acmrules.lint.suppressions.model import Suppression
    from acmrules.model.declaration import Declaration
    from acmrules.model.not_checked import NotChecked
    from acmrules.syntax.source import InputError, Source

    class LintSettings(Protocol):
        """The settings of some files, as these stages need them."""

        @property
        def linter(self) -> Linter:
            """The linter that checks the files."""

        @property
        def fail_on(self) -> Severity:
            """The lowest severity that is a failure."""

        @property
        def baseline(self) -> str | None:
            """The path of the baseline that applies."""

    SettingsOf = Callable[[str], LintSettings]
    """Returns the settings of a file."""

    GuardOf = Callable[[str], AbstractContextManager[None]]
    """Returns a context in which an error of one file does not affect the others."""


class FixedSettings(Value):
    """The same linter for all files, and no baseline."""

    linter: Linter
    fail_on: Severity = Severity.ERROR
    baseline: str | None = None


class Results(Value):
    """The findings and skips of checked batches, sorted by position in each file.

    `settings` are those of each file that has a declaration or a finding. `annotated` are the
    sources that may contain suppressions, by name. `suppressed` findings do not count, neither do
    those of a baseline; `stale` are its entries for findings that no longer occur. `not_checked` is
    what could not be read, and `declarations` is the number of checked declarations.
    `environments` are the files with values of variables that the run found. `existing` is the
    number of certificates that exist; `requests` does not contain them.
    """

    findings: tuple[Finding, ...]
    skips: tuple[Skip, ...]
    settings: Mapping[str, LintSettings]
    linters: tuple[Linter, ...]
    requests: int
    files: int
    annotated: Mapping[str, tuple[Source, Tool | None]]
    suppressed: tuple[Suppressed, ...] = ()
    stale: tuple[StaleBaselineEntry, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    declarations: int = 0
    environments: tuple[str, ...] = ()
    existing: int = 0

    def by_baseline(self, findings: Iterable[Finding]) -> dict[str | None, list[Finding]]:
        """Return findings by the baseline of their files, `None` for those without one."""
        found: dict[str | None, list[Finding]] = {
            settings.baseline: [] for settings in self.settings.values()
        }
        for finding in findings:
            found[self.settings[finding.file].baseline].append(finding)
        return found


# Check


def check_batches(
    batches: Iterable[Batch],
    settings_of: SettingsOf,
    guard: GuardOf,
    step: Callable[[int, int], None] | None = None,
) -> Results:
    """Check batches one after the other, each declaration by the settings of its file.

    Findings that several root modules have in common are reported once. Signing requests are
    checked last, with the ACME resources of all batches. `step` is called before each declaration,
    with the number of requests of the batch that are checked, and of all.
    """
    first: list[Results | None] = []
    shared: list[Results] = []
    waiting: list[tuple[int, Batch]] = []
    acme: list[AcmeResource] = []
    counted: set[str] = set()
    repeated = 0
    for batch in batches:
        if batch.reported is None:
            # A template with imports may be read again for them.
            repeated += len(counted & batch.files)
            counted |= batch.files
        acme += [v.acme for each in batch.declarations for v in each.variants if v.acme]
        if any(map(_is_signing_request, batch.declarations)):
            waiting.append((len(first), batch))
            first.append(None)
            continue
        with guard(batch.name):
            (first if batch.reported is None else shared).append(_check(batch, settings_of, step))
    for index, batch in waiting:
        with guard(batch.name):
            first[index] = _check(_with_acme(batch, acme), settings_of, step)
    own = [part for part in first if part is not None]
    parts = own + shared
    findings = [finding for part in own for finding in part.findings]
    skips = [skip for part in parts for skip in part.skips]
    if shared:
        findings += _distinct(finding for part in shared for finding in part.findings)
        findings.sort(key=reading_order)
        skips.sort(key=reading_order)
    return Results(
        findings=tuple(findings),
        skips=tuple(skips),
        settings={file: found for part in parts for file, found in part.settings.items()},
        linters=tuple(dict.fromkeys(linter for part in parts for linter in part.linters)),
        requests=sum(part.requests for part in parts),
        files=sum(part.files for part in parts) - repeated,
        annotated={name: pair for part in parts for name, pair in part.annotated.items()},
        not_checked=tuple(dict.fromkeys(each for part in parts for each in part.not_checked)),
        declarations=sum(part.declarations for part in parts),
        environments=tuple(dict.fromkeys(file for part in parts for file in part.environments)),
        existing=sum(part.existing for part in parts),
    )


def _is_signing_request(declaration: Declaration) -> bool:
    """Return whether a declaration is a signing request; unlike a list of names, it has a key."""
    if declaration.tool is not Tool.NAMES:
        return False
    request = declaration.request
    return request is not None and bool(request.key_algorithm)


def _with_acme(batch: Batch, acme: Sequence[AcmeResource]) -> Batch:
    """Return a batch whose signing requests are checked with ACME resources."""
    if not acme:
        return batch
    declarations = tuple(
        each.__replace__(
            variants=tuple(v.__replace__(acme_resources=tuple(acme)) for v in each.variants)
        )
        if _is_signing_request(each)
        else each
        for each in batch.declarations
    )
    return batch.__replace__(declarations=declarations)


def _check(
    batch: Batch, settings_of: SettingsOf, step: Callable[[int, int], None] | None = None
) -> Results:
    findings: list[Finding] = []
    skips: list[Skip] = []
    checked_by: dict[str, LintSettings] = {}
    settings: dict[str, LintSettings] = {}
    not_checked = [*batch.not_checked]
    declarations = batch.declarations
    if declarations and declarations[0].tool is Tool.ACCOUNT:
        from acmrules.lint.existing import gaps_not_checked, hidden_not_checked, states_not_checked

        as_of = settings_of(declarations[0].file).linter.as_of
        not_checked += states_not_checked(declarations, as_of)
        not_checked += hidden_not_checked(declarations)
        not_checked += gaps_not_checked(declarations)
    for declaration in _counting(declarations, step) if step else declarations:
        if declaration.file not in checked_by:
            checked_by[declaration.file] = settings_of(declaration.file)
        own = settings[declaration.file] = checked_by[declaration.file]
        found, undecided = own.linter.check(declaration)
        findings += found
        is_open = any(name in skip.detail for skip in undecided for name in declaration.parameters)
        if is_open or (undecided and declaration.tool is Tool.KUBERNETES):
            from acmrules.lint.parameters import missing_parameters, with_parameters

            undecided = [*with_parameters(declaration, undecided)]
            reported = batch.reported
            own_skips = [s for s in undecided if reported is None or s.file in reported]
            not_checked += missing_parameters(declaration, own_skips)
        skips += undecided
        for file in dict.fromkeys(each.file for each in found if each.file != declaration.file):
            # A linked consumer keeps the settings of its own file; a module has one for all.
            settings[file] = settings_of(file) if batch.reported is None else own
    reported = batch.reported
    if reported is not None:
        findings = [finding for finding in findings if _is_in(finding, reported)]
        skips = [skip for skip in skips if skip.file in reported]
    return Results(
        findings=tuple(sorted(findings, key=reading_order)),
        skips=tuple(sorted(skips, key=reading_order)),
        settings=settings,
        linters=tuple(each.linter for each in checked_by.values()),
        requests=sum(
            each.request is not None and (reported is None or each.file in reported)
            for each in batch.declarations
            if each.tool is not Tool.ACCOUNT
        ),
        existing=sum(each.variants[0].existing is not None for each in batch.declarations),
        files=len(batch.files),
        annotated={source.name: (source, tool) for source, tool in batch.annotated},
        not_checked=tuple(not_checked),
        declarations=len(batch.declarations),
        environments=batch.environments,
    )


def _counting(
    declarations: Sequence[Declaration], step: Callable[[int, int], None]
) -> Iterator[Declaration]:
    """Yield declarations, and call `step` before each one."""
    total = sum(each.request is not None for each in declarations)
    count = 0
    for each in declarations:
        step(count, total)
        yield each
        count += each.request is not None


def _distinct(findings: Iterable[Finding]) -> Iterable[Finding]:
    """Return findings without those that report the same problem at the same location again."""
    found: dict[object, Finding] = {}
    for finding in sorted(findings, key=reading_order):
        where = finding.location and finding.location.span
        key = where, finding.rule.id, finding.message
        found.setdefault(key, finding)
    return found.values()


def _is_in(finding: Finding, files: Collection[str]) -> bool:
    """Return whether a finding, or a related location, is in one of some files."""
    return finding.file in files or any(related.file in files for related in finding.related)


# Suppress


def suppress(
    results: Results, settings_of: SettingsOf, guard: GuardOf, reported: Collection[str]
) -> Results:
    """Remove the findings that the checked files suppress.

    The rules about suppressions are checked in files that are `reported`.
    """
    if not results.annotated:
        return results
    from acmrules.lint.suppressions import apply, scan

    settings = dict(results.settings)
    suppressions: list[tuple[Suppression, Linter]] = []
    for name, (source, tool) in results.annotated.items():
        with guard(name):
            own = settings[name] = settings_of(name)
            suppressions += [(each, own.linter) for each in scan.read(source, tool)]
    findings, suppressed = apply.apply_suppressions(
        results.findings, results.skips, suppressions, reported
    )
    return results.__replace__(
        findings=tuple(sorted(findings, key=reading_order)),
        suppressed=tuple(suppressed),
        settings=settings,
    )


# Apply baselines


def apply_baselines(
    results: Results,
    baseline_of: Callable[[str], Baseline | None],
    was_checked: Callable[[str, BaselineKey], bool],
    follow: Callable[[str, Baseline, Iterable[Finding]], Baseline] = lambda _, baseline, __: (
        baseline
    ),
) -> Results:
    """Remove the findings that baselines accept, and add the stale entries.

    `baseline_of` reads the baseline of a path, and returns `None` if it cannot be read.
    `was_checked` returns whether the rule of an entry was checked in its file. `follow` returns the
    baseline of a path with the new names of renamed files, which have some of the findings.
    """
    found = results.by_baseline(results.findings)
    paths = sorted(path for path in found if path is not None)
    known: list[Suppressed] = []
    stale: list[StaleBaselineEntry] = []
    for path in paths:
        baseline = baseline_of(path)
        if baseline is not None:
            new, recorded, rest = baseline.apply(found[path])
            if new and rest:
                baseline = follow(path, baseline, new)
                new, recorded, rest = baseline.apply(found[path])
            found[path] = new
            known += recorded
            stale += baseline.stale(rest, results.skips, partial(was_checked, path))
    if not paths:
        return results
    remaining = (finding for own in found.values() for finding in own)
    return results.__replace__(
        findings=tuple(sorted(remaining, key=reading_order)),
        suppressed=(*results.suppressed, *known),
        stale=tuple(stale),
    )


# Report


def report(
    results: Results,
    as_of: date,
    order: Mapping[str, int] | None = None,
    unreadable: tuple[InputError, ...] = (),
    excluded: int = 0,
) -> Report:
    """Return results as a report, sorted by file in the given order, then by position.

    Findings of the same kind at the same location are one finding with the others in it, and equal
    skips there are one skip.
    The date is that of all settings where they agree, otherwise `as_of`.
    """
    numbers = order or {}

    def number(entry: Finding | Skip | NotChecked) -> int:
        return numbers.get(entry.file, len(numbers))

    dates = {linter.as_of for linter in results.linters}
    return Report(
        as_of=dates.pop() if len(dates) == 1 else as_of,
        suffix_list=results.linters[0].suffixes.version if results.linters else "",
        findings=_merged(sorted(results.findings, key=number)),
        skips=_distinct_skips(sorted(results.skips, key=number)),
        unreadable=unreadable,
        requests=results.requests,
        files=results.files,
        suppressed=results.suppressed,
        stale=results.stale,
        excluded=excluded,
        not_checked=_in_order(results.not_checked, number),
        is_empty=not results.declarations,
        environments=results.environments,
        fail_on=_bars(results),
        existing=results.existing,
    )


def _bars(results: Results) -> tuple[tuple[str, Severity], ...]:
    """Return the files with findings that do not fail from `error` on, each with its bar."""
    if not results.findings:
        return ()
    bars = {each.file: results.settings[each.file].fail_on for each in results.findings}
    return tuple((file, bar) for file, bar in bars.items() if bar is not Severity.ERROR)


def _in_order(
    found: tuple[NotChecked, ...], number: Callable[[NotChecked], int]
) -> tuple[NotChecked, ...]:
    """Return what was not checked: by file, then parameters, those that decide most first."""
    if not found:
        return found
    from acmrules.lint.parameters import merged

    return merged(sorted(found, key=number))


def _merged(findings: list[Finding]) -> tuple[Finding, ...]:
    """Return findings, those of the same kind at the same location as one with a count."""
    found: dict[object, list[Finding]] = {}
    places: dict[object, Finding] = {}
    for finding in findings:
        where: object = id(finding)
        if finding.location is not None:
            where = finding.location.span, finding.rule.id
            first = places.setdefault(where, finding)
            if first is not finding and first.kind != finding.kind:
                where = where, finding.kind
        found.setdefault(where, []).append(finding)
    if len(found) == len(findings):
        return tuple(findings)
    return tuple(map(_counted, found.values()))


def _distinct_skips(skips: list[Skip]) -> tuple[Skip, ...]:
    """Return skips without those that repeat another one at the same location."""
    found: dict[object, Skip] = {}
    for skip in skips:
        where = skip.location.span if skip.location else id(skip)
        found.setdefault((where, skip.rule and skip.rule.id, skip.reason, skip.detail), skip)
    return tuple(found.values())


def _counted(same: list[Finding]) -> Finding:
    first, *others = same
    if not others:
        return first
    message = f"{first.message} (and {len(others):,} more here)"
    return first.__replace__(message=message, others=tuple(others))


def check_declarations(declarations: Iterable[Declaration], linter: Linter) -> Report:
    """Return the report of declarations that one linter checks, without suppressions."""
    settings = FixedSettings(linter)
    results = _check(Batch("", tuple(declarations)), lambda _: settings)
    return report(results.__replace__(linters=(linter,)), linter.as_of)
