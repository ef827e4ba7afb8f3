"""A baseline: accepted findings, identified by resource, rule and value, not by position."""

from __future__ import annotations

import json

from acmrules.lint.findings import Finding, Skip, SkipReason, StaleBaselineEntry, Suppressed
from acmrules.syntax.source import STANDARD_INPUT
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


VERSION = 1
REASON = "in the baseline"


class BaselineKey(Value):
    """The key of accepted findings: a file, a resource, a rule and a value.

    The file is relative to the folder of the baseline. The value is in lower case; for a finding
    without a value, it is the path, with `*` for numbers.
    """

    file: str
    address: str
    rule: str
    value: str


class Baseline:
    """The number of accepted findings by key.

    `relative_name` returns the name of a file in the entries. `name` is the name of the baseline's
    own file.
    """

    __slots__ = ("_relative_name", "counts", "name")

    def __init__(
        self,
        counts: dict[BaselineKey, int],
        relative_name: Callable[[str], str],
        name: str = "",
    ) -> None:
        self.counts = counts
        self.name = name
        self._relative_name = relative_name

    def count(self, findings: Iterable[Finding]) -> dict[BaselineKey, int]:
        """Return the number of findings by key."""
        counts: dict[BaselineKey, int] = {}
        for finding in findings:
            entry = self._entry(finding)
            if entry is not None:
                counts[entry] = counts.get(entry, 0) + 1
        return counts

    def apply(
        self, findings: Iterable[Finding]
    ) -> tuple[list[Finding], list[Suppressed], dict[BaselineKey, int]]:
        """Split findings into new and accepted ones, and return the entries without findings."""
        remaining: list[Finding] = []
        known: list[Suppressed] = []
        counts = dict(self.counts)
        for finding in findings:
            entry = self._entry(finding)
            if entry is not None and counts.get(entry):
                counts[entry] -= 1
                known.append(Suppressed(finding, REASON))
            else:
                remaining.append(finding)
        return remaining, known, {entry: count for entry, count in counts.items() if count}

    def updated(
        self, findings: Iterable[Finding], is_checked: Callable[[BaselineKey], bool], *, prune: bool
    ) -> Baseline:
        """Return the baseline of new findings; entries that were not checked again are kept.

        With `prune`, nothing is added.
        """
        found = self.count(findings)
        counts = {entry: count for entry, count in self.counts.items() if not is_checked(entry)}
        for entry, count in found.items():
            counts.setdefault(entry, min(count, self.counts.get(entry, 0)) if prune else count)
        kept = {entry: count for entry, count in counts.items() if count}
        return Baseline(kept, self._relative_name)

    def text(self) -> str:
        """Return the baseline as JSON: sorted, an entry to a line."""
        by_file: dict[str, list[str]] = {}
        for entry in sorted(self.counts, key=_in_order):
            data = {field: getattr(entry, field) for field in BaselineKey._fields[1:]}
            line = _json(data | {"count": self.counts[entry]})
            by_file.setdefault(entry.file, []).append(f"      {line}")
        blocks = [
            f"    {_json(file)}: [\n" + ",\n".join(lines) + "\n    ]"
            for file, lines in by_file.items()
        ]
        inside = "\n" + ",\n".join(blocks) + "\n  " if blocks else ""
        return f'{{\n  "version": {VERSION},\n  "findings": {{{inside}}}\n}}\n'

    def decided(
        self, skips: Iterable[Skip], was_checked: Callable[[BaselineKey], bool]
    ) -> Callable[[BaselineKey], bool]:
        """Return a function that returns whether the rule of an entry was checked and decided."""
        undecided = {
            (self._relative_name(skip.file), _address(skip.address), skip.rule.id)
            for skip in skips
            if skip.rule and skip.reason is SkipReason.UNDECIDED
        }

        def is_decided(entry: BaselineKey) -> bool:
            is_open = (entry.file, entry.address, entry.rule) in undecided
            return not is_open and was_checked(entry)

        return is_decided

    def stale(
        self,
        rest: dict[BaselineKey, int],
        skips: Iterable[Skip],
        was_checked: Callable[[BaselineKey], bool],
    ) -> list[StaleBaselineEntry]:
        """Return the entries without findings whose rules were checked, in order."""
        is_decided = self.decided(skips, was_checked)
        found = {entry: count for entry, count in rest.items() if is_decided(entry)}
        return [
            StaleBaselineEntry(
                entry.file, entry.rule, entry.address, entry.value, found[entry], self.name
            )
            for entry in sorted(found, key=_in_order)
        ]

    def _entry(self, finding: Finding) -> BaselineKey | None:
        """Return the key of a finding, `None` if it is not in a file."""
        if finding.file in {"", STANDARD_INPUT}:
            return None
        value = " ".join((finding.value or "").split()).lower()
        shape = ".".join("*" if isinstance(step, int) else step for step in finding.path)
        name, address = self._relative_name(finding.file), _address(finding.address)
        return BaselineKey(name, address, finding.rule.id, value or f"({shape})")


def _address(address: str) -> str:
    """Return an address that does not depend on the order of the requests in a list."""
    return "$" if address.startswith("$[") else address


def _json(data: object) -> str:
    """Return data as JSON; what is unprintable is escaped, so that every editor can show it."""
    text = json.dumps(data, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(data)


def _in_order(entry: BaselineKey) -> tuple[str, ...]:
    return entry.file, entry.address, entry.rule, entry.value
