"""A calendar for people, as tables by day, and for machines, as data (`docs/json.md`)."""

from __future__ import annotations

from acmrules.changes import Verdict
from acmrules.facts import acm
from acmrules.messages import counted, printable
from acmrules.renewal import foreseen_validity
from acmrules.reports.tables import amount, between, table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.analysis.calendar import (
        Calendar,
        CalendarCertificate,
        CalendarDay,
        CalendarRecord,
        DnsMigration,
    )
    from acmrules.renewal import Validity
    from acmrules.workload import Workload

_COLUMNS = {
    "renewals": "renewals",
    "approvals": "approvals by hand",
    "mails": "mails",
    "imports": "imports by hand",
    "exports": "exports by hand",
}
"""What a year asks for, by the field of a `Workload` that says how often."""

_ALWAYS = ("renewals", "approvals")
_MARGIN = " " * 12
_STOPPED = "no renewal"


def render(calendar: Calendar) -> str:
    """Return the calendar as text: what a year asks for by day, what turns, and for whom."""
    if not calendar.certificates:
        return "no certificate in these files\n"
    blocks = [
        _heading(calendar),
        [*_years(calendar)],
        [*_turns(calendar)],
        [*_by_certificate(calendar)],
        [*_moves(calendar)],
    ]
    return "\n".join("\n".join(lines) + "\n" for lines in blocks if lines)


def _heading(calendar: Calendar) -> list[str]:
    return [f"{_by_method(calendar.certificates)} from {calendar.as_of} to {calendar.until}"]


def _by_method(certificates: Sequence[CalendarCertificate]) -> str:
    methods: dict[str, int] = {}
    for each in certificates:
        word = " or ".join(each.methods)
        methods[word] = methods.get(word, 0) + 1
    parts = ", ".join(f"{number:,} {word}" for word, number in methods.items())
    return f"{counted(len(certificates), 'certificate')} ({parts})"


def _years(calendar: Calendar) -> Iterator[str]:
    """Yield the table of what a year asks for under the rules of each day."""
    totals = [page.total for page in calendar.pages]
    fields = [
        field
        for field in _COLUMNS
        if field in _ALWAYS or any(getattr(total, field).most != 0 for total in totals)
    ]
    rows = [("", "valid for", *(_COLUMNS[field] for field in fields))]
    rows += [
        (
            str(page.day),
            _validity(foreseen_validity(page.day)),
            *(amount(getattr(total, field)) for field in fields),
        )
        for page, total in zip(calendar.pages, totals, strict=True)
    ]
    yield "a year under the rules of each day"
    yield from table(rows)
    if any(foreseen_validity(page.day).is_bound for page in calendar.pages):
        yield ""
        yield "`at most` is the bound for every public CA: ACM has not said for how many days its"
        yield "certificates will be valid then, from which day, or how soon it will renew them"
    if "imports" in fields:
        yield ""
        yield "imports are taken to be of public CAs, at their bound, unless a certificate tells"
        yield "otherwise; ACM renews none of them"


def _turns(calendar: Calendar) -> Iterator[str]:
    """Yield what turns on each day, who says so, and the certificates that are renewed no more."""
    for before, page in zip([None, *calendar.pages], calendar.pages, strict=False):
        begin = str(page.day)
        for turn in page.turns:
            yield f"{begin:12}{printable(turn.sentence)}"
            if turn.source:
                yield f"{_MARGIN}says {turn.source.title}"
            begin = ""
        gone = [place for place in page.stopped if before is None or place not in before.stopped]
        if gone:
            stopped = [calendar.certificates[place] for place in gone]
            verb = "is" if len(gone) == 1 else "are"
            yield f"{begin:12}{_by_method(stopped)} {verb} renewed no more{_why(page, stopped)}"
            if before:
                yield f"{_MARGIN}what was renewed on the day before ends by {page.last_end}"


def _why(page: CalendarDay, stopped: list[CalendarCertificate]) -> str:
    """Say why certificates are renewed no more, unless what turns on the day has told."""
    refusals = (each.refusal(page.day) for each in stopped)
    why = dict.fromkeys(refusal[0] for refusal in refusals if refusal)
    return "" if page.turns else f": {'; '.join(why)}"


def _by_certificate(calendar: Calendar) -> Iterator[str]:
    """Yield a table of the certificates that somebody has to do something for, or that stop."""
    days = [str(page.day) for page in calendar.pages]
    rows = [("", "names", "method", *days)]
    for place, certificate in enumerate(calendar.certificates):
        works = [page.works[place].by_hand for page in calendar.pages]
        stopped = [place in page.stopped for page in calendar.pages]
        if any(stopped) or any(work.most != 0 for work in works):
            names = certificate.names
            rows.append(
                (
                    where(certificate),
                    amount(names) if names else "",
                    " or ".join(certificate.methods),
                    *(_STOPPED if s else amount(w) for w, s in zip(works, stopped, strict=True)),
                )
            )
    if len(rows) > 1:
        yield "by hand in a year, for each certificate that somebody has to do something for"
        yield from table(rows)
    others = len(calendar.certificates) - len(rows) + 1
    if others:
        more = "more " if len(rows) > 1 else ""
        verb = "renews by itself" if others == 1 else "renew by themselves"
        its = "it is" if others == 1 else "they are"
        yield (
            f"{counted(others, f'{more}certificate')} {verb},"
            f" while {its} in use and what was published for them stays"
        )


def _moves(calendar: Calendar) -> Iterator[str]:
    """Yield what each certificate by e-mail needs to be validated by DNS instead."""
    if calendar.moves:
        yield f"what moving from e-mail to DNS takes, on {calendar.as_of}"
    # By identity: a variant has places, which have no hash.
    works = dict(zip(map(id, calendar.certificates), calendar.pages[0].works, strict=True))
    for move in calendar.moves:
        records = counted(len(move.records), "record")
        more = "" if move.is_complete else ", and those of names that are not known,"
        approvals = amount(works[id(move.certificate)].approvals)
        yield f"{where(move.certificate)}: {records}{more} instead of {approvals} approvals a year"
        yield f"  {_cost(move)}"
        rows = [
            (f"  {printable(each.name)}", f"for {printable(', '.join(each.names))}", _zone(each))
            for each in move.records
        ]
        if rows:
            yield from table(rows)


def _cost(move: DnsMigration) -> str:
    """Say what the tool makes of the edit."""
    tool = move.certificate.declaration.tool.value
    verdict = move.change.verdict
    sentences = "; ".join(printable(reason.sentence) for reason in move.change.reasons)
    if verdict is Verdict.IN_PLACE:
        hours = acm.METHOD_CHANGE_HOURS.value
        return f"in place by {tool}: the ARN stays, the records within {hours} hours; {sentences}"
    if verdict is Verdict.REPLACEMENT:
        also = "; a call of `UpdateCertificateOptions` moves it in place" * move.may_stay
        return f"a new certificate by {tool}, for all that use the old one: {sentences}{also}"
    return f"{verdict} by {tool}: {sentences}"


def _zone(record: CalendarRecord) -> str:
    if not record.zones:
        return "no zone in these files" if record.is_sure else "zone not known"
    locations = ", ".join(
        f"{printable(str(zone.thing.name))} ({printable(zone.file)})" for zone in record.zones
    )
    return f"zone {locations}{'' if record.is_sure else ', or one that is not known'}"


def where(certificate: CalendarCertificate) -> str:
    """Return where a certificate stands, in a few words."""
    line = f":{certificate.line}" if certificate.line else ""
    return printable(f"{certificate.file}{line} {certificate.address}".strip()) or "request"


def _validity(validity: Validity) -> str:
    return f"{'at most ' * validity.is_bound}{validity.days} days"


# Data


def as_data(calendar: Calendar) -> dict[str, object]:
    """Return the calendar as plain data."""
    return {
        "until": calendar.until.isoformat(),
        "certificates": [_certificate(each) for each in calendar.certificates],
        "days": [_page(page) for page in calendar.pages],
        "moves": [_move(calendar, move) for move in calendar.moves],
    }


def _certificate(certificate: CalendarCertificate) -> dict[str, object]:
    return {
        "file": certificate.file,
        "line": certificate.line,
        "address": certificate.address,
        "tool": certificate.declaration.tool.value,
        "methods": list(certificate.methods),
        "regions": list(certificate.regions),
        "names": certificate.names and between(certificate.names),
    }


def _page(page: CalendarDay) -> dict[str, object]:
    validity = foreseen_validity(page.day)
    return {
        "day": page.day.isoformat(),
        "validity_days": validity.days,
        "is_bound": validity.is_bound,
        "turns": [
            {
                "sentence": turn.sentence,
                "says": turn.source and turn.source.title,
                "url": turn.source and turn.source.url,
            }
            for turn in page.turns
        ],
        "total": _work(page.total),
        "certificates": [_work(work) for work in page.works],
        "stopped": list(page.stopped),
    }


def _work(work: Workload) -> dict[str, object]:
    return {field: between(getattr(work, field)) for field in _COLUMNS}


def _move(calendar: Calendar, move: DnsMigration) -> dict[str, object]:
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
