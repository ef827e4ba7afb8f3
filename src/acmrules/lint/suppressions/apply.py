"""Applies suppressions to findings, and reports malformed and unused ones."""

from __future__ import annotations

from acmrules.lint.findings import Finding, Skip, SkipReason, Suppressed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from acmrules.lint.linter import Linter
    from acmrules.lint.suppressions.model import Suppression


def apply_suppressions(
    findings: Iterable[Finding],
    skips: Iterable[Skip],
    suppressions: list[tuple[Suppression, Linter]],
    reported: Container[str],
) -> tuple[list[Finding], list[Suppressed]]:
    """Split findings into those that remain and those that are suppressed.

    `suppressions` are paired with the linters of their files. The rules about suppressions are
    checked in `reported` files, and their findings remain too.
    """
    remaining: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: dict[int, set[str]] = {id(each): set() for each, _ in suppressions}
    in_force = [each for each, linter in suppressions if each.counts(linter.as_of)]
    for finding in findings:
        rule = finding.rule.id
        matching = [each for each in in_force if rule in each.rules and _is_covered(finding, each)]
        for each in matching:
            used[id(each)].add(rule)
        if matching:
            suppressed.append(Suppressed(finding, matching[0].reason, matching[0]))
        else:
            remaining.append(finding)
    undecided = [skip for skip in skips if skip.reason is SkipReason.UNDECIDED]
    for each, linter in suppressions:
        if each.location and each.location.file in reported:
            unused = _unused(each, used[id(each)], undecided, linter) * each.counts(linter.as_of)
            remaining += linter.check_suppressions([each.__replace__(unused=unused)])
    return remaining, suppressed


def _is_covered(finding: Finding, suppression: Suppression) -> bool:
    """Return whether a finding, or the definition of its value, begins in a suppression's scope."""
    locations = [finding.location]
    locations += [each.location for each in finding.related if each.is_definition]
    return any(location and suppression.covers(location) for location in locations)


def _unused(
    suppression: Suppression, used: set[str], undecided: list[Skip], linter: Linter
) -> tuple[str, ...]:
    """Return the rules of a suppression that were checked, and find nothing in its scope."""
    open_rules = {
        skip.rule.id
        for skip in undecided
        if skip.rule and skip.location and suppression.covers(skip.location)
    }
    checked = {rule.id for rule, _ in linter.in_force} - used - open_rules
    return tuple(rule for rule in suppression.rules if rule in checked)
