"""The findings of lifecycle rules on certificate changes."""

from __future__ import annotations

from acmrules.analysis.changes import ChangeKind
from acmrules.changes import Verdict
from acmrules.lint.rule import Severity
from acmrules.messages import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from acmrules.analysis.changes import CertificateChange
    from acmrules.lint.findings import Finding, Report, Skip
    from acmrules.lint.linter import Linter
    from acmrules.lint.suppressions.model import Suppression


def findings(
    found: Iterable[CertificateChange], bench_of: Callable[[str], Linter], as_of: date
) -> Report:
    """Return the same as findings of the rules on changes, for the formats that have findings."""
    from acmrules.lint.findings import Report
    from acmrules.lint.linter import Linter, reading_order
    from acmrules.lint.suppressions import apply, scan

    said: list[Finding] = []
    skips: list[Skip] = []
    notes: list[tuple[Suppression, Linter]] = []
    noted: set[str] = set()
    suffix_list = ""
    files = set()
    count = 0
    for each in found:
        own = bench_of(each.declaration.file)
        rules = [rule for rule, _ in own.in_force if rule.id in RULES]
        linter = Linter(
            as_of=as_of,
            suffixes=own.suffixes,
            rules=rules,
            severities=own.severities,
        )
        suffix_list = linter.suffixes.version
        files.add(each.declaration.file)
        count += 1
        new, undecided = _judged(each, linter)
        said += new
        skips += undecided
        for source in {f.file: f.source for f in new if f.source}.values():
            if source.name not in noted and "acmrules" in source.text:
                noted.add(source.name)
                notes += [(one, linter) for one in scan.read(source, each.declaration.tool)]
    left, suppressed = apply.applied(said, skips, notes, ())
    return Report(
        as_of=as_of,
        suffix_list=suffix_list,
        findings=tuple(sorted(left, key=reading_order)),
        skips=tuple(sorted(skips, key=reading_order)),
        requests=count,
        files=len(files),
        suppressed=tuple(suppressed),
    )


RULES = frozenset({"ACM601", "ACM602", "ACM603", "ACM604"})
"""The rules on changes."""


def _judged(each: CertificateChange, linter: Linter) -> tuple[list[Finding], list[Skip]]:
    """Judge a certificate by the rules on changes, and add what lies outside of its request."""
    from acmrules.lint.findings import Finding

    said: list[Finding] = []
    skips: list[Skip] = []
    if each.kind is ChangeKind.CHANGED and each.issued and each.variant.request:
        variant = each.variant.__replace__(issued=each.issued)
        judged, skips = linter.judge(each.declaration.__replace__(variants=(variant,)))
        replaced = each.verdict >= Verdict.UNDECIDED
        said = [finding for finding in judged if replaced or finding.rule.id != "ACM603"]
        skips = [skip for skip in skips if skip.rule]
    outside = [reason for reason in each.change.reasons if reason.attribute in _OUTSIDE]
    fixed = next(((r, s) for r, s in linter.in_force if r.id == "ACM602"), None)
    if fixed and outside:
        rule, severity = fixed
        if each.verdict is Verdict.IMPOSSIBLE:
            severity = Severity.ERROR
        at = (
            [(use.source, use.range) for use in each.uses]
            if each.kind is ChangeKind.REMOVED
            else []
        )
        for source, where in at or [(each.declaration.source, each.range)]:
            message = "; ".join(f"{reason.verdict}: {reason.sentence}" for reason in outside)
            if each.kind is ChangeKind.REMOVED:
                message = f"{quoted(each.declaration.address)} {message.partition(': ')[2]}"
            said.append(
                Finding(
                    rule,
                    linter.severities.get(rule.id, severity),
                    message,
                    source,
                    each.declaration.address,
                    (),
                    where,
                    None,
                    help=rule.help,
                )
            )
    return said, skips


_OUTSIDE = frozenset({"address", "announced"})
