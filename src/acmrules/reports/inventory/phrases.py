"""Phrases of the reports on inventories: numbers, names, dates, and what uses a certificate."""

from __future__ import annotations

from acmrules.diagnosis.model import State
from acmrules.messages import counted
from acmrules.reports.quotas import percent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from acmrules.analysis.inventory.outlook import Expiry
    from acmrules.analysis.inventory.report import InventoryReport
    from acmrules.analysis.quotas import QuotaUse
    from acmrules.diagnosis.certificate import CertificateDetail

_MOST_NAMES = 3


def heading(report: InventoryReport) -> str:
    """Return what the report is about."""
    number = len(report.diagnoses)
    accounts = (
        f"account {report.accounts[0]}"
        if len(report.accounts) == 1
        else counted(len(report.accounts), "account")
    )
    regions = counted(len({each.region for each in report.regions if each.is_read}), "Region")
    return f"{counted(number, 'certificate')} of {accounts} in {regions}, as of {day(report.as_of)}"


def summary(report: InventoryReport) -> str:
    """Return the number of certificates by who has to act."""
    if not report.diagnoses:
        return "no certificates" if report.is_complete else "no certificates were read"
    waiting = report.number(State.WAITING_FOR_AWS)
    parts = [
        f"{report.needs_you:,} {'needs' if report.needs_you == 1 else 'need'} you",
        f"{waiting:,} {'waits' if waiting == 1 else 'wait'} for AWS",
        f"{report.number(State.FINE):,} fine",
        f"{report.number(State.UNKNOWN):,} unknown",
    ]
    return ", ".join(part for part in parts if not part.startswith("0 ")) or "nothing"


def name_of(certificate: CertificateDetail) -> str:
    """Return the primary name of a certificate, and the number of the others."""
    if not certificate.names:
        return "unknown names"
    more = len(certificate.names) - 1
    others = f" and {more:,} more" if more else ""
    return f"{certificate.names[0]}{others}"


def day(moment: datetime) -> str:
    """Return the date of a time, in UTC."""
    return moment.date().isoformat()


def share(use: QuotaUse) -> str:
    """Return the used share of a quota in percent."""
    if not use.bound:
        return ""
    return f"{percent(use.share)}{' EXCEEDED' if use.is_exceeded else ''}"


def renewal(expiry: Expiry) -> str:
    """Return what happens before a certificate expires, and from when."""
    if expiry.renewal is None:
        return expiry.outlook.value
    if expiry.renewal <= expiry.diagnosis.as_of.date():
        return f"{expiry.outlook.value}, since {expiry.renewal}"
    return f"{expiry.outlook.value} from {expiry.renewal}"


def use_of(certificate: CertificateDetail) -> str:
    """Return how many resources use a certificate."""
    if certificate.in_use_by is None:
        return "unknown" if certificate.in_use is not False else "nothing"
    number = len(certificate.in_use_by)
    return counted(number, "resource") if number else "nothing"


def place_of(certificate: CertificateDetail, with_account: bool) -> str:
    """Return the Region of a certificate, with its account if there are several."""
    region = certificate.region or "unknown Region"
    return f"{certificate.account} {region}" if with_account else region


def shown(names: list[object]) -> list[str]:
    """Return the first names, and the number of the others."""
    more = len(names) - _MOST_NAMES
    shown = [str(name) for name in names[:_MOST_NAMES]]
    return [*shown, f"and {more:,} more"] if more > 0 else shown
