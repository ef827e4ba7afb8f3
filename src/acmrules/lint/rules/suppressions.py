"""ACM9xx: whether what a file says of its own findings is well said, and still needed."""

from __future__ import annotations

from datetime import date

from acmrules.facts.fact import CHECKED, LAUNCH
from acmrules.facts.timeline import Citation, Era, Timeline
from acmrules.lint.rule import Problem, Severity, fails, passes, rule
from acmrules.lint.suppressions.model import Suppression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded

_SAYS = Citation(
    "OASIS: SARIF 2.1.0, JSON schema, `suppression`",
    "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json",
    CHECKED,
)
_WARNING, _ERROR = (
    Timeline(Era(LAUNCH, severity, _SAYS)) for severity in (Severity.WARNING, Severity.ERROR)
)
_RULES, _REASON = ("ACM301",), "renamed in May"
_USED = Suppression("ignore[ACM301]: renamed in May", _RULES, reason=_REASON)
_DATED = Suppression(
    "ignore[ACM301] until 2026-05-31: renamed in May", _RULES, date(2026, 5, 31), _REASON
)


@rule(
    "ACM901",
    _WARNING,
    facts=(),
    reads=set(),
    on="suppression",
    examples=(
        passes(suppression=_USED),
        fails(suppression=_USED.__replace__(unused=_RULES), at=()),
    ),
)
def unused_suppression(suppression: Suppression, context: Context) -> Yielded:
    """A suppression is there for a rule that finds nothing.

    Nothing is said of rules that are not selected, not in force yet, or could not decide. Take the
    suppression away, so that it hides nothing that comes later.
    """
    del context
    if suppression.unused:
        ids = ", ".join(f"`{each}`" for each in suppression.unused)
        yield Problem((), f"nothing of {ids} is found here")


@rule(
    "ACM902",
    _ERROR,
    facts=(),
    reads=set(),
    on="suppression",
    examples=(
        passes(suppression=_USED),
        fails(suppression=Suppression("ignore[ACM301]", fault="gives no reason"), at=()),
    ),
)
def malformed_suppression(suppression: Suppression, context: Context) -> Yielded:
    """A suppression is not written as one, and counts for nothing.

    It names rules by id or name, perhaps the last day on which it counts, and always a reason:
    `ignore[ACM301] until 2027-01-31: the name is gone by then`.
    """
    del context
    if suppression.fault:
        yield Problem((), suppression.fault)


@rule(
    "ACM903",
    _WARNING,
    facts=(),
    reads=set(),
    on="suppression",
    examples=(
        passes(suppression=_DATED, as_of=date(2026, 5, 31)),
        fails(suppression=_DATED, as_of=date(2026, 6, 1), at=()),
    ),
)
def expired_suppression(suppression: Suppression, context: Context) -> Yielded:
    """The last day of a suppression is over, and it counts for nothing.

    Mend what it was for, and take it away.
    """
    if not suppression.fault and not suppression.counts(context.as_of):
        yield Problem((), f"the last day was {suppression.until}")


RULES = (unused_suppression, malformed_suppression, expired_suppression)
