"""ACM9xx: suppressions, which may be unused, malformed or expired."""

from __future__ import annotations

from datetime import date

from acmrules.facts.fact import CHECKED, LAUNCH
from acmrules.facts.timeline import Citation, Era, Timeline
from acmrules.lint.rule import Problem, Severity, fails, passes, rule
from acmrules.lint.suppressions.model import Suppression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded

_SARIF = Citation(
    "OASIS: SARIF 2.1.0, JSON schema, `suppression`",
    "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json",
    CHECKED,
)
_WARNING, _ERROR = (
    Timeline(Era(LAUNCH, severity, _SARIF)) for severity in (Severity.WARNING, Severity.ERROR)
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
    examples=lambda: (
        passes(suppression=_USED),
        fails(suppression=_USED.__replace__(unused=_RULES), at=()),
    ),
    help="remove the suppression",
)
def unused_suppression(suppression: Suppression, context: Context) -> Yielded:
    """The suppression is unused.

    Rules that are not selected, not in force yet, or undecided do not count. The suppression may
    hide a later finding.
    """
    del context
    if suppression.unused:
        ids = ", ".join(f"`{each}`" for each in suppression.unused)
        verb = "reports" if len(suppression.unused) == 1 else "report"
        is_whole = set(suppression.rules) <= set(suppression.unused)
        yield Problem(
            (),
            f"unused: {ids} {verb} nothing here",
            help="" if is_whole else f"remove {ids} from the suppression",
        )


@rule(
    "ACM902",
    _ERROR,
    facts=(),
    reads=set(),
    on="suppression",
    examples=lambda: (
        passes(suppression=_USED),
        fails(
            suppression=Suppression(
                "ignore[ACM301]", fault="the reason is missing: `ignore[ACM301]: REASON`"
            ),
            at=(),
        ),
    ),
    help="correct the suppression; until then it has no effect",
)
def malformed_suppression(suppression: Suppression, context: Context) -> Yielded:
    """The suppression is malformed and has no effect.

    A suppression lists rules by id or name and gives a reason. The last day on which it applies is
    optional: `ignore[ACM301] until 2027-01-31: the name is gone by then`.
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
    examples=lambda: (
        passes(suppression=_DATED, as_of=date(2026, 5, 31)),
        fails(suppression=_DATED, as_of=date(2026, 6, 1), at=()),
    ),
    help="fix the findings and remove the suppression, or set a later date",
)
def expired_suppression(suppression: Suppression, context: Context) -> Yielded:
    """The suppression has expired and no longer applies.

    From the day after its last day, acmrules reports the findings again.
    """
    if not suppression.fault and not suppression.counts(context.as_of):
        yield Problem((), f"the suppression expired on {suppression.until}")


RULES = (unused_suppression, malformed_suppression, expired_suppression)
