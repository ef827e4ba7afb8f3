"""What judging gives: findings, skips, and what could not be read."""

from __future__ import annotations

from datetime import date
from enum import Enum

from acmrules.lint.rule import Fix, Rule, Severity
from acmrules.messages import printable, quoted
from acmrules.model.declaration import Placed
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from acmrules.lint.suppressions.model import Suppression
    from acmrules.model.declaration import Location
    from acmrules.request import Path
    from acmrules.syntax.source import InputError


class RelatedLocation(Placed):
    """Another place, with what there is to say of it; it may be where a value is defined."""

    note: str
    is_definition: bool = False


class Finding(Placed):
    """A problem with its rule, its severity on the day, and its place in the source.

    Without a source (a request made in a program), `path` is the place.
    `condition` says when it holds, if not always. With a fix, `locations` are those of
    the declaration. `label` is a short remark for the carets; `help` says what to do.
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


class SkipReason(Enum):
    """Why a rule said nothing where it might have."""

    UNDECIDED = "undecided"
    NOT_IN_FORCE = "not in force"
    BOUNDED = "bounded"


class Skip(Placed):
    """A rule that did not decide at a place, and why."""

    rule: Rule | None
    reason: SkipReason
    detail: str
    address: str
    path: Path


class Suppressed(Value):
    """A finding that is no matter, and why: somebody said so in the file, or in the baseline."""

    finding: Finding
    reason: str = ""
    suppression: Suppression | None = None


class StaleBaselineEntry(Value):
    """An entry of a baseline that nothing is found for any more, so many times.

    `file` is named from the folder of the `baseline`, which is a file too.
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
        return f"{' '.join(filter(None, parts))} in {printable(self.file)}{times}: found no more"


class Report(Value):
    """Everything one run has to say; findings and skips in the order of file and place.

    `suppressed` are findings that do not count, `stale` what the baseline has in vain,
    `excluded` how many files were left out that might have had something to judge.
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

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def worst(self) -> Severity | None:
        """Return the highest severity found, or `None` without a finding."""
        return max((finding.severity for finding in self.findings), default=None)
