"""The buttons of a finding: its fixes, and its suppression."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.guards.playground.spans import Spans
    from acmrules.lint.findings import Finding, Report
    from acmrules.workspace.checked_files import CheckedFiles

    Data = dict[str, object]


class Fixes:
    """The fixes of the findings of a report, which are verified together."""

    def __init__(self, files: CheckedFiles, report: Report, spans: Spans) -> None:
        self._files = files
        self._spans = spans
        self._sound = self._verified(report)

    def _verified(self, report: Report) -> frozenset[int]:
        """Return the ids of the findings whose fix changes nothing else."""
        if not any(each.fix for merged in report.findings for each in merged.all()):
            return frozenset()
        from acmrules.lint.fixes import apply_fixes

        result = apply_fixes(self._files.anew(), unsafe=True)
        return frozenset(map(id, result.applied))

    def of(self, finding: Finding) -> Iterator[Data]:
        """Yield the fixes of a finding, and of the others at its location."""
        from acmrules.lint.fixes import plan_fix

        for each in finding.all():
            if id(each) not in self._sound:
                continue
            plan = plan_fix(each)
            title = plan.description[:1].upper() + plan.description[1:]
            edits = [
                {**where, "text": edit.text}
                for edit in plan.edits
                if (where := self._spans.between(edit.source, edit.start, edit.end)) is not None
            ]
            mark = "" if plan.safe else " (unsafe: review it)"
            if edits and len(edits) == len(plan.edits):
                yield {"title": title + mark, "edits": edits}
