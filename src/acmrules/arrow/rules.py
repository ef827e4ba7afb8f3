"""Columns of names: the rules that each name breaks in any public certificate."""

from __future__ import annotations

from datetime import date

import pyarrow as pa

from acmrules.lint.rules.names import rule_of_fault
from acmrules.name_errors import NameFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.arrow.names import ReadNames
    from acmrules.arrow.suffixes import FoundSuffixes
    from acmrules.suffixes import PublicSuffixes

NAME_RULES = (
    *("ACM101", "ACM102", "ACM103", "ACM104", "ACM105", "ACM106", "ACM107", "ACM108", "ACM109"),
    *("ACM110", "ACM111", "ACM201", "ACM202", "ACM305"),
)
"""The rules that a name breaks whatever the other names are, and whatever their order is."""


def broken_rules(
    texts: pa.BinaryArray,
    read: ReadNames,
    found: FoundSuffixes,
    suffixes: PublicSuffixes,
    as_of: date,
) -> pa.ListArray:
    """Return the ids of the rules that each text breaks, in order."""
    del found, suffixes, as_of
    rows: list[list[str] | None] = [
        None if text is None else [] if fault is None else [rule_of_fault(NameFault[fault])]
        for text, fault in zip(texts.to_pylist(), read.faults.to_pylist(), strict=True)
    ]
    return pa.array(rows, pa.list_(pa.string()))
