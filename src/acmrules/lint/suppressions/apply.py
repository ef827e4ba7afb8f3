"""Applies suppressions to findings, and reports malformed and unused ones."""

from __future__ import annotations

from bisect import bisect_left

from acmrules.lint.findings import Finding, Skip, SkipReason, Suppressed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from acmrules.lint.linter import Linter
    from acmrules.lint.suppressions.model import Suppression
    from acmrules.model.placed import Location


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
    findings = [*findings]
    places = _Places()
    for number, finding in enumerate(findings):
        places.add(finding.rule.id, finding.location, number)
        for related in finding.related:
            if related.is_definition:
                places.add(finding.rule.id, related.location, number)
    undecided = _Places()
    for number, skip in enumerate(skips):
        if skip.reason is SkipReason.UNDECIDED and skip.rule:
            undecided.add(skip.rule.id, skip.location, number)
    first: dict[int, Suppression] = {}
    in_force = {linter: {rule.id for rule, _ in linter.in_force} for _, linter in suppressions}
    rest: list[Finding] = []
    for each, linter in suppressions:
        counts = each.counts(linter.as_of)
        covered = {rule: places.inside(rule, each.scope) for rule in each.rules} if counts else {}
        for numbers in covered.values():
            for number in numbers:
                first.setdefault(number, each)
        if each.location and each.location.file in reported:
            unused = tuple(
                rule
                for rule, numbers in covered.items()
                if rule in in_force[linter]
                and not numbers
                and not undecided.inside(rule, each.scope)
            )
            rest += linter.check_suppressions([each.__replace__(unused=unused)])
    remaining = [finding for number, finding in enumerate(findings) if number not in first]
    suppressed = [
        Suppressed(finding, first[number].reason, first[number])
        for number, finding in enumerate(findings)
        if number in first
    ]
    return remaining + rest, suppressed


class _Places:
    """Numbers by the rule and by the offset at which a location of theirs begins."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._is_sorted = False

    def add(self, rule: str, location: Location | None, number: int) -> None:
        """Add a number."""
        if location is not None:
            self._numbers.setdefault((rule, location.file), []).append((location.start, number))

    def inside(self, rule: str, scope: Location | None) -> Sequence[int]:
        """Return the numbers whose locations begin in a scope."""
        if scope is None:
            return ()
        if not self._is_sorted:
            for numbers in self._numbers.values():
                numbers.sort()
            self._is_sorted = True
        numbers = self._numbers.get((rule, scope.file), [])
        begin = bisect_left(numbers, (scope.start, -1))
        return [number for _, number in numbers[begin : bisect_left(numbers, (scope.end, -1))]]
