"""Counts of a bulk run: of each part, and of all of them."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

_MOST_REASONS = 3
_NUMBERS = ("rows", "rejected", "empty", "valid", "covered")


class Counts:
    """The numbers of a part or of a run, which are added to each other.

    `rows` were examined and `rejected` could not be read. Of the names, `empty` are null, `valid`
    are accepted, and `covered` are on a certificate. `faults` and `rules` have the number of names
    by `NameFault` and by rule id. `reasons` are the first rejected rows, in words.
    """

    __slots__ = ("covered", "empty", "faults", "reasons", "rejected", "rows", "rules", "valid")

    def __init__(self) -> None:
        self.rows = self.rejected = self.empty = self.valid = self.covered = 0
        self.faults: dict[str, int] = {}
        self.rules: dict[str, int] = {}
        self.reasons: list[str] = []

    @property
    def invalid(self) -> int:
        """The number of names with a fault."""
        return self.rows - self.empty - self.valid

    def add(self, other: Counts) -> None:
        """Add the numbers of the next part."""
        for name in _NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for own, others in ((self.faults, other.faults), (self.rules, other.rules)):
            for key, number in others.items():
                own[key] = own.get(key, 0) + number
        self.reasons = (self.reasons + other.reasons)[:_MOST_REASONS]

    def to_data(self) -> dict[str, Any]:
        """Return plain data, with the keys in order."""
        return {name: getattr(self, name) for name in _NUMBERS} | {
            "faults": dict(sorted(self.faults.items())),
            "rules": dict(sorted(self.rules.items())),
            "reasons": self.reasons,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Counts:
        """Return the counts of plain data."""
        counts = cls()
        for name, value in data.items():
            setattr(counts, name, value)
        return counts


def counts_of(examined: pa.RecordBatch, reasons: Iterable[str]) -> Counts:
    """Return the counts of examined names, and of rejected rows with these reasons.

    `examined` has the columns `canonical_name` and `fault`, and may have `rule_ids` and
    `covering_name`.
    """
    counts = Counts()
    counts.rows = examined.num_rows
    counts.valid = _present(examined["canonical_name"])
    counts.empty = counts.rows - counts.valid - _present(examined["fault"])
    counts.faults = _numbers(examined["fault"])
    if "rule_ids" in examined.schema.names:
        counts.rules = _numbers(pc.list_flatten(examined["rule_ids"]))
    if "covering_name" in examined.schema.names:
        counts.covered = _present(examined["covering_name"])
    for reason in reasons:
        counts.rejected += 1
        if counts.rejected <= _MOST_REASONS:
            counts.reasons.append(reason)
    return counts


def _present(column: pa.Array) -> int:
    """Return the number of values that are not null."""
    return len(column) - int(column.null_count)


def _numbers(column: pa.Array) -> dict[str, int]:
    """Return how often each value occurs."""
    values, numbers = pc.value_counts(column.drop_null()).flatten()
    return dict(zip(values.to_pylist(), numbers.to_pylist(), strict=True))
