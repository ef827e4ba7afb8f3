"""The use of quotas, as a table and as data (`docs/pages/json.md`)."""

from __future__ import annotations

from acmrules.messages import counted, printable
from acmrules.renewal import Interval
from acmrules.reports.tables import amount, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.analysis.issuance import IssuanceRate
    from acmrules.analysis.quotas import QuotaScope, QuotaUsage, QuotaUse

_WORDS = {
    "certificates": "certificates in these files",
    "imported_certificates": "imported certificates in these files",
    "yearly_requests": "requests",
    "yearly_imports": "imports",
}
_EXISTING = {
    "certificates": "certificates in the account",
    "imported_certificates": "imported certificates in the account",
    "yearly_requests": "requests in the last 365 days",
    "yearly_imports": "imports in the last 365 days",
}
"""What the use of a quota by the certificates of an account is called."""

_HUNDRED = Interval(100, 100)
_LEAST_SHARE = 0.001


def render(usage: QuotaUsage) -> str:
    """Return the use as text: by the files, by their edits, and by the edits of a year."""
    lines = ["quota use by each deployment of these files"]
    rows = [_row(use, _EXISTING[use.quota]) for use in usage.existing]
    rows += [_row(use, _WORDS[use.quota]) for use in usage.in_place]
    issuance = usage.issuance
    if issuance is not None:
        span = f"from {issuance.begin} to {issuance.end}"
        rows += [_row(use, f"{_WORDS[use.quota]} {span}") for use in usage.made]
        known = {(use.scope, use.quota): use.number for use in usage.made}
        rows += [
            _row(use, f"{_WORDS[use.quota]} per year at this pace", "would exceed it")
            for use in usage.yearly
            if use.number != known[use.scope, use.quota]
        ]
    lines += [*table(rows)] if rows else ["no certificate counts towards a quota"]
    # Without a history, the certificates that exist are counted at least.
    if usage.issuance is not None or not usage.existing:
        lines.append(_history(usage))
    return "\n".join(lines) + "\n"


def _row(use: QuotaUse, words: str, exceeds: str = "EXCEEDED") -> tuple[str, ...]:
    default = "" if use.is_stated else " (default)"
    exceeded = f" {exceeds}" if use.is_exceeded else ""
    return (
        _place(use.scope),
        words,
        amount(use.number),
        f"of {use.bound:,}{default}",
        percent(use.share) + exceeded,
    )


def percent(share: Interval) -> str:
    """Return the used share of a quota."""
    is_little = share.most is not None and 0 < share.most < _LEAST_SHARE
    return f"under {_LEAST_SHARE:.1%}" if is_little else f"{amount(share * _HUNDRED)}%"


def _place(scope: QuotaScope) -> str:
    region = printable(scope.region) if scope.region else "unknown Region"
    return f"{scope.account} {region}" if scope.account else region


def _history(usage: QuotaUsage) -> str:
    """Return the basis of the numbers of requests."""
    issuance = usage.issuance
    if issuance is None:
        return f"the number of requests per year is unknown: {usage.unknown}"
    commits = f"{counted(issuance.commits, 'commit')} in {counted(issuance.days, 'day')}"
    at_least = "at least " if issuance.unread else ""
    parts = [f"{commits} requested {at_least}{counted(len(issuance.made), 'new certificate')}"]
    if first := sum(each.is_first for each in issuance.made):
        parts.append(f"the estimate per year excludes {first:,} of the first commit")
    if issuance.unread:
        parts.append(f"{counted(issuance.unread, 'file version')} could not be read")
    if not usage.has_pace:
        parts.append("too few days for an estimate per year")
    return "; ".join(parts)


# Data


def as_data(usage: QuotaUsage) -> dict[str, object]:
    """Return the use as plain data."""
    return {
        "existing": [use_data(use) for use in usage.existing],
        "in_place": [use_data(use) for use in usage.in_place],
        "made": [use_data(use) for use in usage.made],
        "yearly": [use_data(use) for use in usage.yearly],
        "history": usage.issuance and _issuance(usage.issuance),
        "unknown": usage.unknown or None,
    }


def use_data(use: QuotaUse) -> dict[str, object]:
    """Return the use of one quota as plain data."""
    return {
        "account": use.scope.account,
        "region": use.scope.region,
        "quota": use.quota,
        "number": use.number.to_dict(),
        "bound": use.bound,
        "stated": use.is_stated,
        "exceeded": use.is_exceeded,
    }


def _issuance(issuance: IssuanceRate) -> dict[str, object]:
    return {
        "from": issuance.begin.isoformat(),
        "to": issuance.end.isoformat(),
        "days": issuance.days,
        "commits": issuance.commits,
        "unread": issuance.unread,
        "made": [
            {
                "commit": each.commit,
                "day": each.day.isoformat(),
                "file": each.certificate.file,
                "address": each.certificate.address,
                "sure": each.is_sure,
                "first": each.is_first,
            }
            for each in issuance.made
        ],
    }
