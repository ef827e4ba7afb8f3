"""Applies suppressions to findings, and finds those that are wrong or unused."""

from __future__ import annotations

from acmrules.lint.findings import Finding, SkipReason, Suppressed
from acmrules.lint.linter import help_for
from acmrules.lint.rule import Context, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from acmrules.lint.findings import Skip
    from acmrules.lint.linter import Linter
    from acmrules.lint.suppressions.model import Suppression


def applied(
    findings: Iterable[Finding],
    skips: Iterable[Skip],
    suppressions: list[tuple[Suppression, Linter]],
    asked: Container[str],
) -> tuple[list[Finding], list[Suppressed]]:
    """Return what is left of findings, and what is suppressed.

    Each suppression comes with the bench that judged its file. What there is to say of it is said
    where its file was asked for.
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
        if each.source and each.source.name in asked:
            unused = _unused(each, used[id(each)], undecided, linter) * each.counts(linter.as_of)
            left += _said(each.__replace__(unused=unused), linter)
    return left, suppressed


def _is_covered(finding: Finding, suppression: Suppression) -> bool:
    """Say whether a finding, or the definition of its value, begins where a suppression counts."""
    pointers = [(finding.file, finding.range)]
    pointers += [(spot.file, spot.range) for spot in finding.related if spot.is_definition]
    return any(where and suppression.covers(file, where.start) for file, where in pointers)


def _unused(
    suppression: Suppression, used: set[str], undecided: list[Skip], linter: Linter
) -> tuple[str, ...]:
    """Return the rules of a suppression that were judged, and found nothing where it counts."""
    open_rules = {
        skip.rule.id
        for skip in undecided
        if skip.rule and skip.range and suppression.covers(skip.file, skip.range.start)
    }
    judged = {rule.id for rule, _ in linter.in_force} - used - open_rules
    return tuple(rule for rule in suppression.rules if rule in judged)


def _said(suppression: Suppression, linter: Linter) -> Iterator[Finding]:
    """Yield what the rules on suppressions find."""
    context = Context(linter.as_of, linter.suffixes)
    for rule, severity in linter.in_force:
        items = rule.check(suppression, context) if rule.on == "suppression" else ()
        for problem in (item for item in items if isinstance(item, Problem)):
            yield Finding(
                rule,
                linter.severities.get(rule.id, severity),
                problem.message,
                suppression.source,
                "",
                ("suppression",),
                suppression.place,
                suppression.text,
                label=problem.label,
                help=help_for(rule, problem, suppression.text),
            )
