"""A suppression: the findings that a file accepts, until when, and why."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.model.placed import Location

NO_REASON = "TODO: state the reason"
"""The reason of a suppression that a tool adds, until a person states one."""


class Suppression(Value):
    """A comment, or an entry of metadata, that lists rules by id.

    `until` is the last day on which it applies. `fault` is the reason why it is malformed; a
    malformed suppression has no effect. `unused` are the rules that find nothing in its `scope`.
    """

    text: str
    rules: tuple[str, ...] = ()
    until: date | None = None
    reason: str = ""
    fault: str = ""
    unused: tuple[str, ...] = ()
    location: Location | None = None
    scope: Location | None = None

    def counts(self, as_of: date) -> bool:
        """Return whether it applies on a day."""
        return not self.fault and (self.until is None or as_of <= self.until)
