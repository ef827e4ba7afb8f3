"""The certificates that the commits of a year requested."""

from __future__ import annotations

from acmrules.analysis.calendar import CalendarCertificate
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


class IssuedCertificate(Value):
    """A new certificate in a commit.

    `is_sure` is false if unknown values leave undecided whether it is new. `is_first` is true for
    the first commit, whose certificates may be older than the repository.
    """

    commit: str
    day: date
    certificate: CalendarCertificate
    is_sure: bool
    is_first: bool


class IssuanceRate(Value):
    """The new certificates in the commits from one date to another, both included.

    `unread` is the number of file versions that could not be read.
    """

    begin: date
    end: date
    commits: int
    made: tuple[IssuedCertificate, ...]
    unread: int

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.end - self.begin).days + 1
