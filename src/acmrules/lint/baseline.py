"""A baseline: accepted findings, identified by resource, rule and value, not by position."""

from __future__ import annotations

import json

from acmrules.lint.findings import Finding, Skip, SkipReason, StaleBaselineEntry, Suppressed
from acmrules.syntax.source import STANDARD_INPUT
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


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


class Renames(Value):
    """The files that Git sees as renamed, and all files of the last commit."""

    new_names: Mapping[str, str]
    committed: frozenset[str] = frozenset()

    def allow(self, old: str, new: str) -> bool:
        """Return whether a file can have a new name: a commit does not have both names."""
        return not {old, new} <= self.committed


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

    def following(
        self,
        findings: Iterable[Finding],
        is_gone: Callable[[str], bool],
        renames: Callable[[], Renames],
        is_covered: Callable[[str], bool] = lambda _: True,
    ) -> Baseline:
        """Return the baseline with the new names of files that were renamed, itself for none.

        `is_gone` returns whether a file of entries does not exist, `renames` the renames that Git
        knows, and `is_covered` whether a file would be checked if it existed. Without Git, such a
        file was renamed if exactly one other file without entries has the findings of all its
        entries, that file has those of no other, and an entry has a value, such as the name of a
        certificate.
        """
        entries = _by_file(self.counts)
        found = _by_file(self.count(findings))
        new = {file: own for file, own in found.items() if file not in entries}
        gone = {file: own for file, own in entries.items() if is_gone(file)} if new else {}
        if not gone:
            return self
        found_by_git = renames()
        known = found_by_git.new_names
        moved = {old: known[old] for old in gone if known.get(old) in new}
        moved |= _moved(
            {file: own for file, own in gone.items() if file not in known and is_covered(file)},
            {file: own for file, own in new.items() if file not in known.values()},
            found_by_git.allow,
        )
        if not moved:
            return self
        counts = {
            entry.__replace__(file=moved.get(entry.file, entry.file)): count
            for entry, count in self.counts.items()
        }
        return Baseline(counts, self._relative_name, self.name)

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


_Content = dict[BaselineKey, int]
"""The number of findings by key, without the names of files."""


def _by_file(counts: Mapping[BaselineKey, int]) -> dict[str, _Content]:
    found: dict[str, _Content] = {}
    for entry, count in counts.items():
        found.setdefault(entry.file, {})[entry.__replace__(file="")] = count
    return found


def _moved(
    gone: Mapping[str, _Content],
    new: Mapping[str, _Content],
    allow: Callable[[str, str], bool],
) -> dict[str, str]:
    """Return the only file that each file can have become, if that is one file and no other's."""
    fitting: dict[str, list[str]] = {}
    for old, own in gone.items():
        has_value = any(not _is_shape(entry.value) for entry in own)
        fitting[old] = [
            file
            for file, content in new.items()
            if has_value
            and allow(old, file)
            and all(content.get(entry, 0) >= count for entry, count in own.items())
        ]
    claims = [file for files in fitting.values() for file in files]
    return {
        old: files[0]
        for old, files in fitting.items()
        if len(files) == 1 and claims.count(files[0]) == 1
    }


def _is_shape(value: str) -> bool:
    """Return whether the value of an entry is only the place in the request."""
    return value.startswith("(") and value.endswith(")")


def _address(address: str) -> str:
    """Return an address that does not depend on the order of the requests in a list."""
    return "$" if address.startswith("$[") else address


def _json(data: object) -> str:
    """Return data as JSON; what is unprintable is escaped, so that every editor can show it."""
    text = json.dumps(data, ensure_ascii=False)
    return text if text.isprintable() else json.dumps(data)


def _in_order(entry: BaselineKey) -> tuple[str, ...]:
    return entry.file, entry.address, entry.rule, entry.value
