"""The findings of lifecycle rules on certificate changes."""

from __future__ import annotations

from acmrules.analysis.changes import CertificateChange, ChangeKind
from acmrules.analysis.reimports import ATTRIBUTE as IMPORTED
from acmrules.changes import Verdict
from acmrules.lint.rule import Severity
from acmrules.messages import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from acmrules.lint.findings import Finding, Report, Skip
    from acmrules.lint.linter import Linter
    from acmrules.lint.pipeline import GuardOf, LintSettings, Results
    from acmrules.request import Tool
    from acmrules.syntax.source import Source


def findings(
    changes: Iterable[CertificateChange],
    linter_of: Callable[[str], Linter],
    as_of: date,
    guard: GuardOf,
) -> Report:
    """Return the findings of the rules about changes, for the formats that print findings."""
    from acmrules.lint.pipeline import report, suppress

    results = _results([*changes], linter_of, as_of, guard)
    return report(suppress(results, results.settings.__getitem__, guard, ()), as_of)


def _results(
    changes: Sequence[CertificateChange],
    linter_of: Callable[[str], Linter],
    as_of: date,
    guard: GuardOf,
) -> Results:
    """Return what the rules about changes find, before suppressions."""
    from acmrules.lint.linter import reading_order
    from acmrules.lint.pipeline import FixedSettings, Results

    found: list[Finding] = []
    skips: list[Skip] = []
    settings: dict[str, LintSettings] = {}
    annotated: dict[str, tuple[Source, Tool]] = {}
    linters: list[Linter] = []
    for change in changes:
        new: list[Finding] = []
        with guard(change.declaration.file):
            linters.append(_linter(linter_of(change.declaration.file), as_of))
            new, undecided = _check(change, linters[-1])
            skips += undecided
        found += new
        for finding in new:
            settings.setdefault(finding.file, FixedSettings(linters[-1]))
            source = finding.location and finding.location.source
            if source and "acmrules" in source.text:
                annotated.setdefault(finding.file, (source, change.declaration.tool))
    return Results(
        findings=tuple(sorted(found, key=reading_order)),
        skips=tuple(sorted(skips, key=reading_order)),
        settings=settings,
        linters=tuple(linters),
        requests=len(changes),
        files=len({change.declaration.file for change in changes}),
        annotated=annotated,
    )


def _linter(linter: Linter, as_of: date) -> Linter:
    """Return a linter with the rules about changes only, as of a date."""
    from acmrules.lint.linter import Linter

    return Linter(
        as_of=as_of,
        suffixes=linter.suffixes,
        rules=[rule for rule, _ in linter.in_force if rule.id in RULES],
        severities=linter.severities,
    )


RULES = frozenset({"ACM601", "ACM602", "ACM603", "ACM604"})
"""The rules about changes."""


def _check(each: CertificateChange, linter: Linter) -> tuple[list[Finding], list[Skip]]:
    """Return what the rules about changes find, and what is outside of the request."""
    from acmrules.lint.findings import Finding

    said: list[Finding] = []
    skips: list[Skip] = []
    if each.kind is ChangeKind.CHANGED and each.issued and each.variant.request:
        variant = each.variant.__replace__(issued=each.issued)
        checked, skips = linter.check(each.declaration.__replace__(variants=(variant,)))
        replaced = each.verdict >= Verdict.UNDECIDED and not each.change.fails
        said = [finding for finding in checked if replaced or finding.rule.id != "ACM603"]
        skips = [skip for skip in skips if skip.rule]
    if each.variant.environment and each.condition:
        said = [
            one.__replace__(message=f"{one.message}, {each.condition}", condition=each.condition)
            for one in said
        ]
    outside = [
        reason
        for reason in each.change.reasons
        if reason.attribute in _OUTSIDE or (reason.fails and reason.attribute == IMPORTED)
    ]
    fixed = next(((r, s) for r, s in linter.in_force if r.id == "ACM602"), None)
    if fixed and outside:
        rule, severity = fixed
        if each.verdict is Verdict.IMPOSSIBLE:
            severity = Severity.ERROR
        is_removed = each.kind is ChangeKind.REMOVED
        locations = [use.location for use in each.uses] if is_removed else []
        for location in locations or [each.location]:
            message = "; ".join(f"{reason.verdict}: {reason.sentence}" for reason in outside)
            if is_removed:
                message = f"{quoted(each.declaration.address)} {message.partition(': ')[2]}"
            said.append(
                Finding(
                    location,
                    rule,
                    linter.severities.get(rule.id, severity),
                    message,
                    each.declaration.address,
                    (),
                    None,
                    help=rule.help,
                )
            )
    return said, skips


_OUTSIDE = frozenset({"address", "announced"})
