"""Fingerprints: they identify the same finding in the next run.

A fingerprint contains the rule, the file, the resource, the member and the value, but no line and
no index of a list. A finding that moves within its resource, or with it, keeps its fingerprint.
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
    """Return a fingerprint for each finding; equal findings are numbered in order."""
    seen: dict[tuple[str, ...], int] = {}
    found = []
    for finding in findings:
        parts = (
            finding.rule.id,
            relative(finding.file, folder),
            finding.address,
            ".".join(step for step in finding.path if isinstance(step, str)),
            _folded(finding.value),
        )
        seen[parts] = seen.get(parts, 0) + 1
        found.append(digest(*parts, str(seen[parts])))
    return found


def digest(*parts: str) -> str:
    """Return a short string that identifies a sequence of parts."""
    framed = "".join(f"{len(part)}:{part}" for part in parts)
    octets = framed.encode("utf-8", "surrogatepass")
    return blake2b(octets, digest_size=_OCTETS).hexdigest()


def _folded(value: str | None) -> str:
    """Return a value without differences that a fix of its spelling removes."""
    return (value or "").strip().rstrip(".").lower()
