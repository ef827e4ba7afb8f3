"""What tells a finding from the others in one run, and is the same in the next.

It says which rule is broken where, by which value; not on which line, nor at which index of a list:
what moves within its resource, or with it, stays the same finding.
"""

from __future__ import annotations

from hashlib import blake2b

from acmrules.reports.paths import relative

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.lint.findings import Finding

_OCTETS = 16


def fingerprints(findings: Iterable[Finding], folder: str = "") -> list[str]:
    """Return a fingerprint for each finding; equal ones are told apart by their order."""
    seen: dict[tuple[str, ...], int] = {}
    marks = []
    for finding in findings:
        parts = (
            finding.rule.id,
            relative(finding.file, folder),
            finding.address,
            ".".join(step for step in finding.path if isinstance(step, str)),
            _folded(finding.value),
        )
        seen[parts] = seen.get(parts, 0) + 1
        marks.append(digest(*parts, str(seen[parts])))
    return marks


def digest(*parts: str) -> str:
    """Return a short text that stands for some parts, and for no others."""
    told_apart = "".join(f"{len(part)}:{part}" for part in parts)
    octets = told_apart.encode("utf-8", "surrogatepass")
    return blake2b(octets, digest_size=_OCTETS).hexdigest()


def _folded(value: str | None) -> str:
    """Return a value without what a mended spelling of the same one may change."""
    return (value or "").strip().rstrip(".").lower()
