"""The counts at the end of a bulk run, as text and as data (`docs/pages/json.md`)."""

from __future__ import annotations

from acmrules import __version__
from acmrules.bulk.counts import Counts
from acmrules.lint.rules import CATALOGUE
from acmrules.messages import counted, printable
from acmrules.name_errors import NameFault
from acmrules.reports.findings.layout import hanging
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from typing import Any


class BulkSummary(Value):
    """The result of a run: where it is, how many files it has, and the counts.

    `rejected` is the file with the rejected rows, and empty if there are none. `not_read` are the
    files that could not be read, in words. `has_rules` and `has_certificates` are true if these
    were examined.
    """

    output: str
    files: int
    counts: Counts
    as_of: date
    suffix_list: str
    rejected: str = ""
    not_read: tuple[str, ...] = ()
    has_rules: bool = True
    has_certificates: bool = False


def as_data(summary: BulkSummary) -> dict[str, Any]:
    """Return the counts as plain data; what was not examined is null."""
    counts = summary.counts
    return {
        "acmrules": __version__,
        "as_of": str(summary.as_of),
        "suffix_list": summary.suffix_list,
        "output": summary.output,
        "files": summary.files,
        "rows": counts.rows,
        "rejected_rows": counts.rejected,
        "rejected": summary.rejected or None,
        "reasons": counts.reasons,
        "valid": counts.valid,
        "invalid": counts.invalid,
        "empty": counts.empty,
        "faults": dict(_ordered(counts.faults)),
        "rules": dict(_ordered(counts.rules)) if summary.has_rules else None,
        "covered": counts.covered if summary.has_certificates else None,
        "not_covered": _not_covered(counts) if summary.has_certificates else None,
        "not_read": [*summary.not_read],
    }


def as_text(summary: BulkSummary, width: int = 80) -> str:
    """Return the counts as text, wrapped at a width."""
    return "".join(f"{line}\n" for line in _lines(summary, width))


def _lines(summary: BulkSummary, width: int) -> Iterator[str]:
    counts = summary.counts
    files = counted(summary.files, "file")
    yield f"{counted(counts.rows, 'row')} of {files} in {printable(summary.output)}"
    names = [("valid names", counts.valid, ""), ("invalid names", counts.invalid, "")]
    if counts.empty:
        names.append(("no name", counts.empty, ""))
    if summary.has_certificates:
        names += [("covered", counts.covered, ""), ("not covered", _not_covered(counts), "")]
    yield from _table(names, width)
    if counts.faults:
        yield ""
        yield "Faults"
        faults = [(key, number, NameFault[key].value) for key, number in _ordered(counts.faults)]
        yield from _table(faults, width)
    if counts.rules:
        yield ""
        yield "Rules (`acmrules explain RULE` explains them)"
        titles = {rule.id: rule.title for rule in CATALOGUE}
        rules = [(key, number, titles[key]) for key, number in _ordered(counts.rules)]
        yield from _table(rules, width)
    if counts.rejected:
        yield ""
        yield f"Rejected rows: {counts.rejected:,}, in {printable(summary.rejected)}"
        yield from (f"  {printable(reason)}" for reason in counts.reasons)
        if counts.rejected > len(counts.reasons):
            yield f"  and {counts.rejected - len(counts.reasons):,} more"


def _table(rows: list[tuple[str, int, str]], width: int) -> Iterator[str]:
    """Yield rows of a term, a number and what the term means, as indented lines."""
    term = max(len(row[0]) for row in rows)
    digits = max(len(f"{row[1]:,}") for row in rows)
    for words, number, meaning in rows:
        lead = f"  {words:{term}}  {number:{digits},}"
        yield from hanging(f"{lead}  ", meaning, width) if meaning else (lead,)


def _ordered(numbers: dict[str, int]) -> list[tuple[str, int]]:
    """Return the numbers, the largest first."""
    return sorted(numbers.items(), key=lambda item: (-item[1], item[0]))


def _not_covered(counts: Counts) -> int:
    return counts.valid - counts.covered
