"""The report of `calendar`: tables by date as text, and data (`docs/pages/json.md`)."""

from __future__ import annotations

from acmrules.analysis.existing_dates import DateKind
from acmrules.changes import Verdict
from acmrules.facts import acm
from acmrules.messages import counted, printable
from acmrules.renewal import Validity, foreseen_validity
from acmrules.reports.tables import amount, every, table
from acmrules.request import RootHierarchyType, Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from acmrules.analysis.calendar import (
        Calendar,
        CalendarCertificate,
        CalendarDay,
        CalendarRecord,
        DnsMigration,
    )
    from acmrules.workload import Workload

COLUMNS = {
    "renewals": "renewals",
    "approvals": "approvals by hand",
    "mails": "emails",
    "imports": "imports by hand",
    "exports": "exports by hand",
}
"""The heads of the columns by the field of `Workload`."""

_MARGIN = " " * 12
_MOST_DATES = 20
"""The most dates in text on which you need not act."""

_ACT = dict.fromkeys(DateKind, "act before") | {
    DateKind.RENEWAL_BEGINS: "act then",
    DateKind.RENEWAL_PENDING: "act now",
}
_UNKNOWN_METHOD = "not known"


def render(calendar: Calendar) -> str:
    """Return the calendar as text: work per year, changes, manual work, and migrations to DNS."""
    if not calendar.certificates:
        return "no certificate in these files\n"
    blocks = [
        [*_heading(calendar)],
        [*_years(calendar)],
        [*_dates(calendar)],
        [*_changes(calendar)],
        [*_by_certificate(calendar)],
        [*_migrations(calendar)],
    ]
    return "\n".join("\n".join(lines) + "\n" for lines in blocks if lines)


def _heading(calendar: Calendar) -> Iterator[str]:
    yield f"{by_method(calendar.certificates)}, from {calendar.as_of} to {calendar.until}"


def by_method(certificates: Sequence[CalendarCertificate]) -> str:
    """Return the number of certificates, with that of each validation method."""
    counts: dict[str, int] = {}
    for each in certificates:
        counts[methods(each)] = counts.get(methods(each), 0) + 1
    if len(counts) == 1:
        return f"{counted(len(certificates), 'certificate')} ({next(iter(counts))})"
    ordered = sorted(counts.items(), key=lambda item: -item[1])
    parts = ", ".join(f"{number:,} {method}" for method, number in ordered)
    return f"{counted(len(certificates), 'certificate')} ({parts})"


def methods(certificate: CalendarCertificate) -> str:
    """Return the validation methods of a certificate, for a report."""
    return " or ".join(
        "unknown method" if each == _UNKNOWN_METHOD else each for each in certificate.methods
    )


def _years(calendar: Calendar) -> Iterator[str]:
    """Yield the table of the yearly work under the rules of each date."""
    pages = turns(calendar)
    totals = [page.total for page in pages]
    shown = fields(pages)
    columns = hierarchies(calendar)
    heads = (f"{kind.value} valid for" if kind else "valid for" for kind in columns)
    rows = [("", *heads, *(COLUMNS[field] for field in shown))]
    rows += [
        (
            str(page.day),
            *(validity_on(page.day, kind) for kind in columns),
            *(amount(getattr(total, field)) for field in shown),
        )
        for page, total in zip(pages, totals, strict=True)
    ]
    yield "per year, under the rules of each date"
    yield from table(rows)
    if None in columns and any(
        foreseen_validity(as_of=page.day).is_bound for page in calendar.pages
    ):
        yield ""
        yield "`at most` is the limit for all public CAs. ACM has not announced how long its"
        yield "certificates will be valid then, or when it will renew them."
    if "imports" in shown:
        yield ""
        yield "Imported certificates are assumed to have the maximum validity of public CAs, unless"
        yield "the certificate itself says otherwise. ACM does not renew them."


def fields(pages: Sequence[CalendarDay]) -> list[str]:
    """Return the kinds of work that occur on any of the pages, as fields of `Workload`."""
    return [each for each in COLUMNS if any(getattr(page.total, each).most != 0 for page in pages)]


def hierarchies(calendar: Calendar) -> list[RootHierarchyType | None]:
    """Return the root hierarchies of the certificates, `None` for standard certificates."""
    last = calendar.pages[-1].day
    kinds = {kind for each in calendar.certificates for kind in each.hierarchies(last)}
    found = [kind for kind in RootHierarchyType if kind in kinds]
    standard = [None] if None in kinds or not found else []
    return [*standard, *found]


def turns(calendar: Calendar) -> list[CalendarDay]:
    """Return the pages whose work or validity differs from that of the previous page."""
    found: list[CalendarDay] = []
    for page in calendar.pages:
        before = found[-1] if found else None
        if before is None or _numbers(page) != _numbers(before):
            found.append(page)
    return found


def _numbers(page: CalendarDay) -> tuple[object, ...]:
    return page.works, page.stopped, _validity(foreseen_validity(as_of=page.day))


def _dates(calendar: Calendar) -> Iterator[str]:
    """Yield what happens to the certificates that exist, by date: all that needs you."""
    if not calendar.dates:
        return
    others = [each for each in calendar.dates if not each.needs_you]
    hidden = {*map(id, others[_MOST_DATES:])}
    yield "dates of the certificates that exist"
    rows = []
    for each in calendar.dates:
        if id(each) not in hidden:
            which = (printable(each.name or each.arn), printable(each.file_and_line))
            rows.append((str(each.day), *which, each.text, _ACT[each.kind] * each.needs_you))
    yield from table(rows)
    if hidden:
        more = f"{counted(len(hidden), 'more date')} on which you need not act"
        yield f"{more}; `--format json` lists them"


def _changes(calendar: Calendar) -> Iterator[str]:
    """Yield the changes on each date, and the certificates that ACM no longer renews."""
    for before, page in zip([None, *calendar.pages], calendar.pages, strict=False):
        label = str(page.day)
        for change in page.changes:
            yield f"{label:12}{printable(change.sentence)}"
            if change.source:
                yield f"{_MARGIN}source: {change.source.title}"
            label = ""
        known = frozenset(before.stopped if before else ())
        new = [index for index in page.stopped if index not in known]
        if new:
            stopped = [calendar.certificates[index] for index in new]
            reasons = _reasons(page, stopped)
            yield f"{label:12}{by_method(stopped)} can no longer be renewed{reasons}"
            if before:
                yield f"{_MARGIN}the last renewals expire by {page.last_end}"


def _reasons(page: CalendarDay, stopped: list[CalendarCertificate]) -> str:
    """Return why certificates are no longer renewed, unless the changes of the date say it."""
    refusals = (each.refusal(page.day) for each in stopped)
    reasons = dict.fromkeys(refusal[0] for refusal in refusals if refusal)
    return "" if page.changes else f": {'; '.join(reasons)}"


def _by_certificate(calendar: Calendar) -> Iterator[str]:
    """Yield a table of the certificates with manual work, or without renewals."""
    pages = turns(calendar)
    days = [str(page.day) for page in pages]
    rows = [("", "names", "method", *days)]
    stopped_on = [frozenset(page.stopped) for page in pages]
    for index, certificate in enumerate(calendar.certificates):
        works = [page.works[index] for page in pages]
        stopped = [index in places for places in stopped_on]
        if any(stopped) or any(work.by_hand.most != 0 for work in works):
            names = certificate.names
            cells = (due(work, stop) for work, stop in zip(works, stopped, strict=True))
            size = amount(names) if names else ""
            rows.append((where(certificate), size, methods(certificate), *cells))
    if len(rows) > 1:
        yield "certificates with manual work, and how often it is due"
        yield from table(rows)
    others = len(calendar.certificates) - len(rows) + 1
    if others:
        more = "more " if len(rows) > 1 else ""
        verb, pronoun = ("renews", "it is") if others == 1 else ("renew", "they are")
        yield (
            f"{counted(others, f'{more}certificate')} {verb} automatically while {pronoun} in use"
            " and the validation records stay published"
        )


def due(work: Workload, stopped: bool) -> str:
    """Return how often manual work is due, or that there are no renewals."""
    if stopped:
        return "no renewal"
    return every(work.renewals + work.imports) if work.by_hand.most != 0 else "none"


def _migrations(calendar: Calendar) -> Iterator[str]:
    """Yield what each certificate with email validation needs for DNS validation."""
    if calendar.moves:
        yield f"move from email to DNS validation, as of {calendar.as_of}"
    # By identity, because the locations of a variant cannot be hashed.
    works = dict(zip(map(id, calendar.certificates), calendar.pages[0].works, strict=True))
    for move in calendar.moves:
        certificate = move.certificate
        records = counted(len(move.records), "record")
        more = "" if move.is_complete else ", and those of unknown names,"
        names = f"{amount(certificate.names)} " if certificate.names else ""
        plural = "s" * (certificate.names is None or certificate.names.most != 1)
        pace = every(works[id(certificate)].renewals)
        yield f"{where(certificate)}: {records}{more} instead of {names}approval{plural} {pace}"
        yield f"  {_cost(move)}"
        rows = [
            (f"  {printable(each.name)}", f"for {printable(', '.join(each.names))}", _zone(each))
            for each in move.records
        ]
        if rows:
            yield from table(rows)


def _cost(move: DnsMigration) -> str:
    """Return the effect of the edit in its tool."""
    tool = move.certificate.declaration.tool
    verdict = move.change.verdict
    reasons = "; ".join(printable(reason.sentence) for reason in move.change.reasons)
    hours = acm.METHOD_CHANGE_HOURS.value
    if tool is Tool.ACCOUNT and not move.may_stay:
        return "request a new certificate with DNS validation"
    if tool is Tool.ACCOUNT:
        by_api = "in place by the API call `UpdateCertificateOptions`"
        return f"{by_api}: publish the records within {hours} hours"
    if verdict is Verdict.IN_PLACE:
        return f"in place by {tool}: publish the records within {hours} hours; {reasons}"
    if verdict is Verdict.REPLACEMENT:
        by_api = "; the API call `UpdateCertificateOptions` avoids that" * move.may_stay
        return f"replaced by {tool}, so update all consumers: {reasons}{by_api}"
    return f"{verdict} by {tool}: {reasons}"


def _zone(record: CalendarRecord) -> str:
    if not record.zones:
        return "no hosted zone in these files" if record.is_sure else "unknown zone"
    locations = ", ".join(
        f"{printable(str(zone.thing.name))} ({printable(zone.file)})" for zone in record.zones
    )
    return f"zone {locations}{'' if record.is_sure else ', or an unknown one'}"


def where(certificate: CalendarCertificate) -> str:
    """Return the location of a certificate, for a report."""
    address, existing = certificate.address, certificate.existing
    if existing is not None and existing.arn == address and existing.names:
        address = str(existing.names[0])
    return printable(f"{certificate.file_and_line} {address}".strip()) or "request"


def validity_on(day: date, hierarchy: RootHierarchyType | None) -> str:
    """Return the validity of a new certificate under a root hierarchy, for a report."""
    if hierarchy and acm.N2_VALIDITY_DAYS.history.at(day) is None:
        return "not available"
    return _validity(foreseen_validity(as_of=day, root_hierarchy=hierarchy))


def _validity(validity: Validity) -> str:
    return f"{'at most ' * validity.is_bound}{validity.days} days"


# Data


def as_data(calendar: Calendar) -> dict[str, object]:
    """Return the calendar as plain data."""
    return {
        "until": calendar.until.isoformat(),
        "certificates": [
            _certificate(each, calendar.pages[-1].day) for each in calendar.certificates
        ],
        "days": [_page(page) for page in calendar.pages],
        "moves": [_migration(calendar, move) for move in calendar.moves],
        "dates": [
            {
                "day": each.day.isoformat(),
                "kind": each.kind.value,
                "text": each.text,
                "needs_you": each.needs_you,
                "arn": each.arn,
                "address": each.address,
                "name": each.name or None,
                "file": each.file or None,
                "line": each.line,
            }
            for each in calendar.dates
        ],
    }


def _certificate(certificate: CalendarCertificate, last: date) -> dict[str, object]:
    return {
        "file": certificate.file,
        "line": certificate.line,
        "address": certificate.address,
        "tool": certificate.declaration.tool.value,
        "methods": list(certificate.methods),
        "regions": list(certificate.regions),
        "root_hierarchies": sorted(
            each.value for each in RootHierarchyType if each in certificate.hierarchies(last)
        ),
        "names": certificate.names and certificate.names.to_dict(),
    }


def _page(page: CalendarDay) -> dict[str, object]:
    validity = foreseen_validity(as_of=page.day)
    return {
        "day": page.day.isoformat(),
        "validity_days": validity.days,
        "is_bound": validity.is_bound,
        "n2_validity_days": dict(acm.N2_VALIDITY_DAYS.history.at(page.day) or ()),
        "turns": [
            {
                "sentence": change.sentence,
                "says": change.source and change.source.title,
                "url": change.source and change.source.url,
            }
            for change in page.changes
        ],
        "total": page.total.to_dict(),
        "certificates": [work.to_dict() for work in page.works],
        "stopped": list(page.stopped),
    }


def _migration(calendar: Calendar, move: DnsMigration) -> dict[str, object]:
    return {
        "certificate": calendar.certificates.index(move.certificate),
        "verdict": str(move.change.verdict),
        "reasons": [reason.sentence for reason in move.change.reasons],
        "in_place": move.may_stay,
        "complete": move.is_complete,
        "records": [
            {
                "name": record.name,
                "names": list(record.names),
                "zones": [
                    {"name": str(zone.thing.name), "file": zone.file, "address": zone.thing.address}
                    for zone in record.zones
                ],
                "sure": record.is_sure,
            }
            for record in move.records
        ],
    }
