"""Which findings `acmrules check --fix` can fix."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.lint.findings import Finding

SAFE = "[*]"
"""The mark of a finding that `--fix` can fix."""

UNSAFE = "[*] unsafe"
"""The mark of a finding that only `--unsafe-fixes` can fix."""


def fix_marks(findings: Iterable[Finding]) -> list[str]:
    """Return the mark of each finding; empty if there is no fix, or if it cannot edit the file."""
    return [_mark(finding) for finding in findings]


def marked(text: str, mark: str) -> str:
    """Return text with a mark after it, if there is one."""
    return f"{text} {mark}" if mark else text


def _mark(finding: Finding) -> str:
    # Most findings have no fix, so the module that plans fixes is loaded only for those that do.
    if finding.fix is None or not finding.fix.edits:
        return ""
    from acmrules.lint.fixes import EditError, plan_fix

    try:
        return SAFE if plan_fix(finding).safe else UNSAFE
    except EditError:
        return ""
