"""The sections of the report on an inventory, for each format that people read."""

from __future__ import annotations

from acmrules.analysis.inventory.outlook import WITHIN, Expiry, NotRenewed, Outlook
from acmrules.analysis.inventory.report import NEEDS_YOU, InventoryReport
from acmrules.diagnosis.commands import change_to_dns
from acmrules.diagnosis.expiry import EMAIL_END
from acmrules.diagnosis.model import Certainty
from acmrules.diagnosis.times import written
from acmrules.messages import counted
from acmrules.reports.inventory.phrases import (
    day,
    name_of,
    place_of,
    renewal,
    share,
    shown,
    use_of,
)
from acmrules.reports.tables import amount
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.analysis.inventory.overlaps import Merger, Redundancy
    from acmrules.analysis.quotas import QuotaUse
    from acmrules.diagnosis.certificate import CertificateDetail
    from acmrules.diagnosis.model import Diagnosis, Obstacle
    from acmrules.model.gaps import Gap

_MOST_OBSTACLES = 3
_SHARE_OF_WARNING = 0.8

QUOTA_WORDS = {
    "certificates": "certificates",
    "imported_certificates": "imported certificates",
    "yearly_requests": "requests in 365 days",
    "yearly_imports": "imports in 365 days",
}


class Row(Value):
    """An entry of a section: its cells, and lines below them. `is_urgent` if it needs you."""

    cells: tuple[str, ...]
    lines: tuple[str, ...] = ()
    is_urgent: bool = False


class ReportSection(Value):
    """A part of the report: a title, a sentence about it, the heads of its columns, and its rows.

    `noun` is what one row is.
    """

    key: str
    title: str
    about: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    noun: str = "certificate"

    def cut(self, most: int) -> tuple[tuple[Row, ...], str]:
        """Return the first rows, and a sentence about the others, empty if there are none."""
        hidden = len(self.rows) - most
        if hidden <= 0:
            return self.rows, ""
        return self.rows[:most], f"and {counted(hidden, f'more {self.noun}')}"


def sections(report: InventoryReport) -> tuple[ReportSection, ...]:
    """Return the sections that have rows, what needs you first."""
    with_account = len(report.accounts) > 1
    found = (
        _gaps(report.gaps),
        _pending(report.pending, with_account),
        _failed(report.failed, with_account),
        _not_renewed(report.not_renewed, with_account),
        _expiring(report.expiries, with_account),
        _emails(report, with_account),
        _quotas(report.quotas),
        _unused(report.unused, with_account),
        _redundant(report.redundant, with_account),
        _mergeable(report.mergeable),
    )
    return tuple(section for section in found if section.rows)


def _lines(obstacles: Iterable[Obstacle]) -> Iterator[str]:
    """Yield what is wrong and what to do, for the first obstacles, alike ones once.

    What is open needs commands, for which `diagnose` has the space.
    """
    known = [each for each in obstacles if each.certainty is not Certainty.OPEN]
    texts = dict.fromkeys(": ".join(filter(None, (each.text, each.remedy))) for each in known)
    yield from [*texts][:_MOST_OBSTACLES]
    if (more := len(texts) - _MOST_OBSTACLES) > 0:
        yield f"and {counted(more, 'more cause')}"


def _diagnosed(diagnosis: Diagnosis, when: str, with_account: bool) -> Row:
    certificate = diagnosis.certificate
    lines = (diagnosis.title, *_lines(diagnosis.all_obstacles), certificate.arn)
    cells = name_of(certificate), place_of(certificate, with_account), when
    return Row(cells, lines, is_urgent=diagnosis.state in NEEDS_YOU)


def _pending(diagnoses: tuple[Diagnosis, ...], with_account: bool) -> ReportSection:
    rows = tuple(
        _diagnosed(each, written(each.deadline.at) if each.deadline else "", with_account)
        for each in diagnoses
    )
    about = (
        "ACM has not validated all names; `acmrules diagnose --dns` finds out why, and after the"
        " deadline, each needs a new request"
    )
    return ReportSection("pending", "Pending", about, ("certificate", "Region", "deadline"), rows)


def _failed(diagnoses: tuple[Diagnosis, ...], with_account: bool) -> ReportSection:
    rows = tuple(_diagnosed(each, str(each.certificate.status), with_account) for each in diagnoses)
    about = "each needs a new request, after you have fixed the cause"
    heads = ("certificate", "Region", "status")
    return ReportSection("failed", "Failed, expired and revoked", about, heads, rows)


def _not_renewed(found: tuple[NotRenewed, ...], with_account: bool) -> ReportSection:
    rows = []
    for each in found:
        certificate = each.diagnosis.certificate
        end = f"{day(certificate.not_after)}" if certificate.not_after else ""
        cells = name_of(certificate), place_of(certificate, with_account), end
        lines = f"{each.text}: {each.remedy}" if each.remedy else each.text, certificate.arn
        rows.append(Row(cells, lines, is_urgent=each.diagnosis.state in NEEDS_YOU))
    rows.sort(key=lambda row: row.cells[2] or "~")
    about = "each expires on its date unless you act"
    heads = ("certificate", "Region", "expires")
    return ReportSection("not-renewed", "Not renewing", about, heads, tuple(rows))


def _expiring(expiries: tuple[Expiry, ...], with_account: bool) -> ReportSection:
    soon = [each for each in expiries if each.days < WITHIN[-1]]
    numbers = ", ".join(
        f"{sum(each.days < days for each in soon):,} within {days} days" for days in WITHIN
    )
    rows = tuple(
        Row(
            (
                name_of(each.diagnosis.certificate),
                place_of(each.diagnosis.certificate, with_account),
                f"{day(each.at)} ({counted(each.days, 'day')})",
                renewal(each),
            ),
            is_urgent=each.outlook in (Outlook.NOT_RENEWED, Outlook.VALIDATED),
        )
        for each in soon
    )
    heads = ("certificate", "Region", "expires", "renewal")
    return ReportSection("expiring", "Expiring", numbers, heads, rows)


def _emails(report: InventoryReport, with_account: bool) -> ReportSection:
    rows = tuple(
        Row(
            (
                name_of(each),
                place_of(each, with_account),
                day(each.not_after) if each.not_after else "",
            ),
            change_to_dns(each),
        )
        for each in report.emails
    )
    verb = "may" if report.as_of.date() < EMAIL_END.start else "has been allowed to"
    about = f"no CA {verb} validate by email from {EMAIL_END.start}; the command keeps the ARN"
    title = f"Move to DNS validation before {EMAIL_END.start}"
    return ReportSection("email", title, about, ("certificate", "Region", "expires"), rows)


def _unused(certificates: tuple[CertificateDetail, ...], with_account: bool) -> ReportSection:
    rows = tuple(
        Row(
            (
                name_of(each),
                place_of(each, with_account),
                day(each.not_after) if each.not_after else "",
            ),
            (each.arn,),
        )
        for each in certificates
    )
    about = "no AWS resource uses them, so ACM does not renew them"
    return ReportSection("unused", "Unused", about, ("certificate", "Region", "expires"), rows)


def _redundant(found: tuple[Redundancy, ...], with_account: bool) -> ReportSection:
    rows = tuple(
        Row(
            (
                name_of(each.certificate),
                place_of(each.certificate, with_account),
                name_of(each.covered_by),
                use_of(each.certificate),
            ),
            (f"{each.certificate.arn} is covered by {each.covered_by.arn}",),
        )
        for each in found
    )
    about = "another certificate with the same kind of key covers all their names"
    heads = ("certificate", "Region", "covered by", "in use by")
    return ReportSection("redundant", "Redundant", about, heads, rows)


def _mergeable(found: tuple[Merger, ...]) -> ReportSection:
    rows = tuple(
        Row(
            (
                ", ".join(shown([each.names[0] for each in merger.certificates])),
                merger.certificates[0].region,
                f"{len(merger.certificates):,}",
                f"{len(merger.planned):,}",
            ),
            tuple(", ".join(map(str, names)) for names in merger.planned[:_MOST_OBSTACLES]),
        )
        for merger in found
    )
    about = (
        "fewer certificates can serve the same resources; each change is a new request, and the"
        " resources have to move"
    )
    heads = ("certificates", "Region", "today", "possible")
    return ReportSection("mergeable", "Could be merged", about, heads, rows, "group")


def _quotas(uses: tuple[QuotaUse, ...]) -> ReportSection:
    rows = tuple(
        Row(
            (
                use.scope.region or "unknown Region",
                QUOTA_WORDS[use.quota],
                amount(use.number),
                f"{use.bound:,}{'' if use.is_stated else ' (default)'}",
                share(use),
            ),
            is_urgent=use.bound > 0 and use.number.least >= _SHARE_OF_WARNING * use.bound,
        )
        for use in uses
    )
    about = "deleted certificates count toward the quotas of a year, but AWS does not list them"
    heads = ("Region", "quota", "used", "limit", "share")
    return ReportSection("quotas", "Quota use", about, heads, rows, "quota")


def _gaps(found: tuple[Gap, ...]) -> ReportSection:
    rows = tuple(
        Row(
            (each.region or each.account, each.operation, each.code, each.unknown),
            (each.message,) if each.message else (),
            is_urgent=not each.is_gone,
        )
        for each in found
    )
    about = "AWS refused these calls, hid a part of the answer, or the answer could not be read"
    heads = ("Region", "operation", "error", "what is unknown")
    return ReportSection("gaps", "Not read", about, heads, rows, "refusal")
