"""What a check returns: findings, skips and unreadable inputs, in one report."""

from __future__ import annotations

from datetime import date
from enum import Enum

from acmrules.lint.rule import Fix, Rule, Severity
from acmrules.messages import printable, quoted
from acmrules.model.placed import Location, Placed
from acmrules.values import Value, later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, Self

    from acmrules.lint.suppressions.model import Suppression
    from acmrules.model.not_checked import NotChecked
    from acmrules.request import Path
    from acmrules.syntax.edits import TextEdit
    from acmrules.syntax.source import InputError


class RelatedLocation(Placed):
    """Another location with a note, such as the definition of a value."""

    note: str
    is_definition: bool = False


class SettledEdits(Value):
    """The edits of a fix without the syntax trees that they were made with.

    `refused` is the reason why there are none.
    """

    safe: bool
    description: str
    edits: tuple[TextEdit, ...] = ()
    refused: str | None = None


class Finding(Placed):
    """A violation of a rule, with its severity and its location.

    `address` identifies the declaration in its file. `path` is the position of the value in the
    request, and `value` the value, if there is one. `related` are other locations with a note.
    Without a source (a request made in a program), `path` is the location.
    `condition` is when the finding applies, if not always. With a fix, `locations` are those of
    the declaration. `label` is a short remark for the carets; `help` is what to do. `others` are
    findings of the same kind at the same location, such as those of other instances.
    `environment` is set if the condition is only that the module has the values of one.

    Two findings are equal if they report the same. A pickle contains the edits of the fix as
    `settled`, and no `locations`.
    """

    rule: Rule
    severity: Severity
    message: str
    address: str
    path: Path
    value: str | None
    related: tuple[RelatedLocation, ...] = ()
    fix: Fix | None = None
    condition: str = ""
    locations: Mapping[Path, Location] | None = None
    label: str = ""
    help: str = ""
    others: tuple[Finding, ...] = ()
    environment: str = ""
    settled: SettledEdits | None = None

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, field) == getattr(other, field) for field in _REPORTED)

    def __hash__(self) -> int:
        return hash(tuple([getattr(self, field) for field in _REPORTED]))

    def __reduce__(self) -> tuple[object, ...]:
        settled = later("lint.fixes", "settled")(self)
        alone = self.__replace__(locations=None, settled=settled)
        return Finding, tuple(getattr(alone, field) for field in Finding._fields)

    def __deepcopy__(self, memo: object) -> Finding:
        return self  # A copy would lose the syntax trees with which fixes are made.

    def __copy__(self) -> Finding:
        return self

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as plain data: an item of `findings` in the JSON of `check`."""
        found: dict[str, Any] = later("lint.report_data", "finding_data")(self)
        return found

    @classmethod
    def from_dict(cls, data: object) -> Self:
        """Return the finding of plain data, without the text of its file.

        Raises `InvalidArgument`.
        """
        found: Self = later("lint.report_restoring", "restored_finding")(data)
        return found

    @property
    def kind(self) -> tuple[str, Severity, str]:
        """The rule, the severity, and the message without values, numbers and conditions."""
        import re

        if self.others:
            return self.others[0].kind  # The message of this finding has a count.
        message = self.message.removesuffix(f", {self.condition}")
        for related in self.related:
            if related.is_definition:
                message = message.removesuffix(f" ({related.note})")
        return self.rule.id, self.severity, re.sub(r"`[^`]*`|\d[\d,]*", "…", message)

    def all(self) -> tuple[Finding, ...]:
        """Return this finding and the others at its location."""
        return (self, *self.others) if self.others else (self,)


_REPORTED = tuple(each for each in Finding._fields if each not in {"locations", "settled"})
"""What a finding reports; its other fields are for fixes."""


class SkipReason(Enum):
    """The reason why a rule did not decide."""

    UNDECIDED = "undecided"
    NOT_IN_FORCE = "not in force"
    BOUNDED = "bounded"


class MissingParameter(Value):
    """A parameter without a value: its name for `--param`, and how files refer to it."""

    name: str
    label: str


class Skip(Placed):
    """A rule that did not decide at a location, and the reason.

    `detail` says what is unknown. `address` and `path` are those of a finding. `parameters` are
    those without a value that the check depends on.
    """

    rule: Rule | None
    reason: SkipReason
    detail: str
    address: str
    path: Path
    parameters: tuple[MissingParameter, ...] = ()


class Suppressed(Value):
    """A finding that a suppression or a baseline accepts, with the reason."""

    finding: Finding
    reason: str = ""
    suppression: Suppression | None = None


class StaleBaselineEntry(Value):
    """An entry of a baseline whose findings no longer occur; `count` is their number.

    `file` is relative to the folder of the `baseline`, which is a file name too.
    """

    file: str
    rule: str
    address: str
    value: str
    count: int
    baseline: str = ""

    def __str__(self) -> str:
        times = f", {self.count:,} times" if self.count > 1 else ""
        parts = printable(self.rule), printable(self.address), quoted(self.value)
        return f"{' '.join(filter(None, parts))} in {printable(self.file)}{times}: no longer found"


class Report(Value):
    """The results of a run; findings and skips are sorted by file and location.

    `suppressed` are findings that do not count, and `stale` are entries of baselines without
    findings. `excluded` is the number of excluded files that may contain certificates.
    `not_checked` is what could not be read, and `is_empty` is true if nothing was declared.
    `unimported` is the number of certificate files in folders that no module imports.
    `environments` are the files with values of variables that the run found by their place.
    `hidden` is the number of findings that are left out because of their severity. `existing` is
    the number of checked certificates that exist; they are not in `requests`. `fail_on` are
    files with the lowest severity that is a failure, where it is not `error`. `exit_code` is that
    of the command for the report of a check from a program: 1 for a finding that fails, 2 for an
    input that cannot be read or that the settings require to be checked, 3 for a bug in acmrules.
    """

    as_of: date
    suffix_list: str
    findings: tuple[Finding, ...]
    skips: tuple[Skip, ...]
    unreadable: tuple[InputError, ...] = ()
    requests: int = 0
    files: int = 0
    suppressed: tuple[Suppressed, ...] = ()
    stale: tuple[StaleBaselineEntry, ...] = ()
    excluded: int = 0
    not_checked: tuple[NotChecked, ...] = ()
    is_empty: bool = False
    unimported: int = 0
    environments: tuple[str, ...] = ()
    hidden: int = 0
    fail_on: tuple[tuple[str, Severity], ...] = ()
    exit_code: int = 0
    existing: int = 0

    @property
    def fails(self) -> bool:
        """Whether the command would fail: because of a finding, or because of an input.

        The settings of each file determine from which severity on its findings fail (`fail-on`).
        """
        return self.exit_code != 0

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def failing(self) -> list[bool]:
        """Return whether each finding is as severe as its file requires to fail the run."""
        bars = dict(self.fail_on)
        return [each.severity >= bars.get(each.file, Severity.ERROR) for each in self.findings]

    def from_severity(self, least: Severity) -> Report:
        """Return the report without findings below a severity, but with their number."""
        shown = tuple(finding for finding in self.findings if finding.severity >= least)
        hidden = self.hidden + len(self.findings) - len(shown)
        return self.__replace__(findings=shown, hidden=hidden)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data: the JSON of `acmrules check` (`docs/pages/json.md`)."""
        found: dict[str, Any] = later("lint.report_data", "report_data")(self)
        return found

    @classmethod
    def from_dict(cls, data: object) -> Self:
        """Return the report of plain data, such as the JSON of `acmrules check`.

        It has the locations of findings, but not the text of files. Rules are those of this version
        of acmrules. Raises `InvalidArgument`.
        """
        found: Self = later("lint.report_restoring", "restored_report")(data)
        return found

    def count(self, severity: Severity) -> int:
        """Return the number of findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def worst(self) -> Severity | None:
        """Return the highest severity of all findings, or `None` without a finding."""
        return max((finding.severity for finding in self.findings), default=None)
