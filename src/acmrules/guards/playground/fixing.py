"""The buttons of a finding: its fixes, and its suppression.

All fixes are verified together, and so are all suppressions: a page has no time for each alone.
"""

from __future__ import annotations

from acmrules.workspace.checked_files import SomeFindings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acmrules.guards.playground.spans import Spans
    from acmrules.lint.findings import Finding, Report
    from acmrules.syntax.edits import TextEdit
    from acmrules.workspace.checked_files import CheckedFiles

    Data = dict[str, object]

_MOST_CHECKED = 500
"""The most findings in rounds of fixes that touch others; each round checks all files."""


class Fixes:
    """The edits that fix and suppress the findings of a report."""

    def __init__(self, files: CheckedFiles, report: Report, spans: Spans) -> None:
        self._files = files
        self._spans = spans
        self._sound = self._verified(report)
        self._suppressions = self._places(report)

    def _places(self, report: Report) -> dict[int, tuple[TextEdit, ...]]:
        """Return the edits that suppress each finding, by its id."""
        if not report.findings:
            return {}
        from acmrules.lint.suppressions.add import suppressions_apart
        from acmrules.lint.suppressions.model import NO_REASON

        found = suppressions_apart(self._files.anew(), NO_REASON, may_edit=self._spans.has)
        return {id(each): edits for each, edits in zip(report.findings, found, strict=True)}

    def _verified(self, report: Report) -> frozenset[int]:
        """Return the ids of the findings whose fix changes nothing else."""
        if not any(each.fix for merged in report.findings for each in merged.all()):
            return frozenset()
        from acmrules.lint.fixes import apply_fixes

        waiting = [each for merged in report.findings for each in merged.all()]
        sound: set[int] = set()
        # Fixes that touch another one wait for the next round, and may work without it. Those that
        # are left out are offered once others are applied.
        for _ in range(1 + _MOST_CHECKED // len(waiting)):
            run = SomeFindings(self._files.anew(), waiting)
            found = dict(zip(map(id, run.findings({})), waiting, strict=True))
            result = apply_fixes(run, unsafe=True)
            sound |= {id(found[id(each)]) for each in result.applied}
            waiting = [found[id(each)] for each in result.deferred]
            if not waiting:
                break
        return frozenset(sound)

    def of(self, finding: Finding) -> Iterator[Data]:
        """Yield the fixes of a finding and of the others at its location, then its suppression."""
        from acmrules.lint.fixes import plan_fix

        for each in finding.all():
            if id(each) not in self._sound:
                continue
            plan = plan_fix(each)
            title = plan.description[:1].upper() + plan.description[1:]
            if plan.safe:
                yield from self._button("safe", title, plan.edits)
            else:
                yield from self._button("unsafe", f"{title} (unsafe: review it)", plan.edits)
        title = f"Suppress {finding.rule.id} here"
        yield from self._button("suppression", title, self._suppressions[id(finding)])

    def _button(self, kind: str, title: str, edits: Sequence[TextEdit]) -> Iterator[Data]:
        """Yield what a button does, nothing if it cannot do all of it."""
        found: list[Data] = []
        for edit in joined(edits):
            span = self._spans.between(edit.source, edit.start, edit.end)
            if span is None:
                return
            found.append({**span, "text": edit.text})
        if found:
            yield {"kind": kind, "title": title, "edits": found}


def joined(edits: Iterable[TextEdit]) -> list[TextEdit]:
    """Return edits in order, those that touch as one, so that no order of applying them matters."""
    found: list[TextEdit] = []
    for edit in sorted(edits, key=lambda each: (each.source.name, each.start, each.end)):
        last = found[-1] if found else None
        if last and last.source.name == edit.source.name and last.end == edit.start:
            found[-1] = last.__replace__(end=edit.end, text=last.text + edit.text)
        else:
            found.append(edit)
    return found
