"""How many new certificates the commits of a year asked for, as their files tell."""

from __future__ import annotations

from acmrules.analysis.calendar import CalendarCertificate
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


class IssuedCertificate(Value):
    """A certificate that a commit made anew; what is not known may keep open whether it did.

    `is_first` is true of the very first commit, which declares what may have been there before.
    """

    commit: str
    day: date
    certificate: CalendarCertificate
    is_sure: bool
    is_first: bool


class IssuanceRate(Value):
    """The certificates made anew from one day to another, both included, by so many commits.

    `unread` is how many versions of files could not be read.
    """

    begin: date
    end: date
    commits: int
    made: tuple[IssuedCertificate, ...]
    unread: int

    @property
    def days(self) -> int:
        """How many days that are."""
        return (self.end - self.begin).days + 1
