"""The tool `compare`: which edits replace certificates."""

from __future__ import annotations

from acmrules.guards.mcp import reading
from acmrules.guards.mcp.answers import Answer, AnswerItem, summary
from acmrules.guards.mcp.bounds import BoundedFiles, Refused
from acmrules.messages import printable
from acmrules.workspace import CLEAN, FOUND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.analysis.changes import CertificateChange
    from acmrules.guards.mcp.reading import ToolCall
    from acmrules.workspace.comparison import Comparison


def compare(call: ToolCall) -> Answer:
    """Return the changes of certificates, the worst first."""
    from acmrules.analysis.change_findings import findings
    from acmrules.analysis.changes import worst
    from acmrules.changes import Verdict
    from acmrules.reports import changes as report
    from acmrules.workspace.comparison import Comparison, ComparisonError
    from acmrules.workspace.git import GitError

    files = BoundedFiles(call.roots)
    sides = Comparison(
        call.resolver(),
        call.as_of,
        require_known=call.require_known if call.given.get("parameters") else None,
        step=call.step,
        disk=files,
    )
    try:
        edits = _edits(call, sides)
    except (ComparisonError, GitError) as error:
        raise Refused(str(error)) from None
    settings_of = sides.resolver.settings_of
    findings(edits, lambda file: settings_of(file).linter, sides.as_of, sides.troubles.guard)
    unchecked = (*reading.sentences(sides.troubles), *sides.remarks)
    unchecked = (*unchecked, *files.missing(unchecked))
    unchecked = unchecked if edits or sides.declaring else unchecked or (reading.NOTHING,)
    code = reading.code_of(sides.troubles)
    code = code or (FOUND if worst(edits) >= Verdict.IMPOSSIBLE else CLEAN)
    counts: dict[str, int] = {}
    for each in edits:
        verdict = report.word(each.verdict)
        counts[verdict] = counts.get(verdict, 0) + 1
    ordered = sorted(edits, key=lambda each: each.verdict, reverse=True)
    sentence = report.summary(edits, is_complete=not sides.troubles.unreadable)
    items = tuple(map(_change, ordered))
    undecided = tuple(
        f"{printable(each.declaration.address)}: whether the edit replaces it depends on unknown"
        " values; pass `parameters` or compare the plan"
        for each in ordered
        if each.verdict is Verdict.UNDECIDED
    )
    return Answer(
        summary(sentence, code), items, code, counts, (*unchecked, *undecided), noun="change"
    )


def _edits(call: ToolCall, sides: Comparison) -> list[CertificateChange]:
    """Return the changes; raises `Refused`, `ComparisonError` and `GitError`."""
    from acmrules.workspace.checks import inputs_of
    from acmrules.workspace.other_texts import OnlyTexts

    given = call.given
    named = frozenset(given) & {"old", "new", "revision", "paths", "old_texts", "new_texts"}
    if named == {"revision", "paths"}:
        return sides.compared([*call.paths], given["revision"])
    if named in ({"old", "new"}, {"new"}):
        paths = [given[name] for name in ("old", "new") if name in named]
        return sides.compared([*map(call.roots.require, paths)])
    if named in ({"old_texts", "new_texts"}, {"new_texts"}):
        before = call.texts("old_texts") if "old_texts" in named else None
        after = call.texts("new_texts")
        texts = [OnlyTexts(each) for each in (before, after) if each is not None]
        call.require_known(inputs_of({**(before or {}), **after}), *texts)
        return sides.compared_texts(before, after)
    raise Refused(
        "give `revision` and `paths`, `old` and `new`, or `old_texts` and `new_texts`; a plan or"
        " a change set is `new` or `new_texts` alone"
    )


def _change(each: CertificateChange) -> AnswerItem:
    from acmrules.reports import changes as report
    from acmrules.reports.findings.layout import Layout

    data = {
        "file": each.declaration.file,
        "line": each.line if each.location else None,
        "address": each.declaration.address,
        "kind": each.kind.value,
        "verdict": report.word(each.verdict),
    }
    quiet = Layout(is_quiet=True)
    return AnswerItem(report.text([each], quiet).rstrip("\n"), data)
