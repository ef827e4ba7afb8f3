"""Applies suppressions to findings, and finds those that are wrong or unused."""

from __future__ import annotations

from acmrules.lint.findings import SkipReason, Suppressed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from acmrules.lint.findings import Finding, Skip
    from acmrules.lint.linter import Linter
    from acmrules.lint.suppressions.model import Suppression


def applied(
    findings: Iterable[Finding],
    skips: Iterable[Skip],
    suppressions: list[tuple[Suppression, Linter]],
    reported: Container[str],
) -> tuple[list[Finding], list[Suppressed]]:
    """Return the findings that are left, and those that are suppressed.

    Each suppression is given with the linter of its file. The rules about suppressions are checked
    in `reported` files; what they find is left too.
    """
    left: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: dict[int, set[str]] = {id(each): set() for each, _ in suppressions}
    counting = [each for each, linter in suppressions if each.counts(linter.as_of)]
    for finding in findings:
        rule = finding.rule.id
        meant = [each for each in counting if rule in each.rules and _is_covered(finding, each)]
        for each in meant:
            used[id(each)].add(rule)
        if meant:
            suppressed.append(Suppressed(finding, meant[0].reason, meant[0]))
        else:
            left.append(finding)
    undecided = [skip for skip in skips if skip.reason is SkipReason.UNDECIDED]
    for each, linter in suppressions:
        if each.location and each.location.file in reported:
            unused = _unused(each, used[id(each)], undecided, linter) * each.counts(linter.as_of)
            left += linter.check_suppressions([each.__replace__(unused=unused)])
    return left, suppressed


def _is_covered(finding: Finding, suppression: Suppression) -> bool:
    """Return whether a finding, or the definition of its value, begins in a suppression's scope."""
    locations = [finding.location]
    locations += [spot.location for spot in finding.related if spot.is_definition]
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
