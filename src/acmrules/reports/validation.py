"""What has to be done before certificates are issued, as text and as JSON (`docs/json.md`)."""

from __future__ import annotations

from acmrules.analysis.validation import CertificateKind
from acmrules.facts import acm
from acmrules.messages import printable, quoted, quoted_list
from acmrules.reports.tables import amount, between, counted
from acmrules.request import Tool, ValidationMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from acmrules.analysis.validation import (
        ApprovalMails,
        CaaStatus,
        Validation,
        ValidationCname,
        YearlyWork,
    )
    from acmrules.model.inventory import Located
    from acmrules.renewal import Interval

_VERSION = 1
_RECORD = "aws_route53_record."
_WIDTH = 12
_TOOLS = {Tool.CLOUDFORMATION: "CloudFormation", Tool.TERRAFORM: "Terraform"}


# Text ---------------------------------------------------------------------------------------------


def render(found: Sequence[Validation]) -> str:
    """Return a block for each certificate, and a line that sums them up."""
    return "\n".join(["\n".join(_block(each)) + "\n" for each in found] + [_summary(found)])


def _block(one: Validation) -> Iterator[str]:
    yield printable(" ".join(filter(None, (one.title, one.condition))))
    for label, lines in _sections(one):
        for number, line in enumerate(lines):
            yield printable(f"  {'' if number else label:{_WIDTH}}{line}").rstrip()


def _sections(one: Validation) -> Iterator[tuple[str, Iterable[str]]]:
    yield "validated", [_how(one)]
    if one.kind is CertificateKind.PUBLIC:
        yield from (("in the way", [obstacle]) for obstacle in one.obstacles)
        yield from (("CNAME", _cname(cname, one)) for cname in one.cnames)
        yield from (("mail", _mail(mail)) for mail in one.mails)
        yield from (("text at", [url]) for url in one.urls)
        yield from (("mind", [remark]) for remark in one.remarks)
        yield from (("not known", [missing]) for missing in one.open)
        yield "within", _clock(one)
        yield from (("CAA", [_caa(caa)]) for caa in one.caa)
    yield "renewal", _renewal(one)


def _how(one: Validation) -> str:
    if one.kind is CertificateKind.IMPORTED:
        return "not at all: it is imported"
    names = counted(len(one.names), "name")
    if one.kind is CertificateKind.PRIVATE:
        return f"not at all: a private CA is asked for {names}"
    by = f"by {one.method.value}" if one.method else "by a method that is not known"
    assumed = f" ({one.assumed})" if one.assumed else ""
    asked = [counted(len(one.cnames), "CNAME")] if one.cnames else []
    asked += [_approvals(one.approvals)] if one.approvals.most != 0 else []
    asked += [counted(len(one.urls), "text")] if one.urls else []
    return ", ".join(filter(None, (f"{by}{assumed}: {names}", " or ".join(asked))))


def _cname(cname: ValidationCname, one: Validation) -> Iterator[str]:
    names = " and ".join(map(str, cname.names))
    yield cname.record if names == str(cname.stem) else f"{cname.record}, for {names}"
    yield from _zone(cname)
    yield _writer(cname, one)
    if cname.is_repeated:
        yield "more than one option asks for it; to create it a second time fails"
    others = len(cname.asked_by) - 1
    if others > 0:
        first = next(title for title in cname.asked_by if title != one.title)
        more = f" and {others - 1:,} more" * (others > 1)
        yield f"one record is enough, in one account, for {first}{more} too"
    if cname.written and cname.writers > 1:
        yield f"Terraform creates it for {cname.writers:,} of them; to create it twice fails"


def _zone(cname: ValidationCname) -> Iterator[str]:
    """Yield which zone the record goes into, and what is to be minded about it."""
    nearest = cname.zones[0] if cname.zones else None
    here = cname.zone
    if cname.given is not None and here is None:
        yield f"zone {quoted(cname.given)}, as given, whose name these files do not tell"
    elif here is None:
        yield f"no zone in these files{f': {cname.open}' if cname.open else ''}"
    else:
        yield f"zone {_zone_at(here)}{', as given' if cname.given is not None else ''}"
        if nearest and nearest.thing.name != here.thing.name:
            yield f"but the zone {_zone_at(nearest)} is nearer to the name"
    made = [each for each in cname.zones if each != here and not is_looked_up(each)]
    if made and here and made[0].thing.name == here.thing.name:
        locations = ", ".join(map(_at, made))
        yield f"a zone of this name is at {locations} too; one of them is delegated to"
    if cname.unsure and cname.given is None:
        first, count = cname.unsure[0], len(cname.unsure)
        zones = "a zone" if count == 1 else f"one of {count:,} zones"
        yield f"or in {zones} whose name is not known, as {_at(first)}"
    for each in cname.private:
        yield f"the zone {_zone_at(each)} is private, and no help"


def _zone_at(declared: Located) -> str:
    return f"{declared.thing.name} ({_at(declared)})"


def _at(declared: Located) -> str:
    line = f":{declared.location.line}" if declared.location else ""
    return f"{declared.file}{line}, {declared.thing.address}"


def is_looked_up(declared: Located) -> bool:
    """Say whether a zone is one that stands elsewhere, which Terraform looks up."""
    return ".data." in f".{declared.thing.address}"


def _writer(cname: ValidationCname, one: Validation) -> str:
    tool = _TOOLS.get(one.tool, "")
    if cname.written:
        needs = ", if the zone is in its account" * (one.tool is Tool.CLOUDFORMATION)
        return f"{tool} writes it{needs}"
    if cname.written is None and one.records:
        by = f"`{printable(one.records[0])}`"
        if one.records[0].startswith(_RECORD):
            return f"Terraform writes it, unless {by} leaves it out"
        return f"{by} hands it on; whether Terraform writes it is not known"
    if cname.written is None:
        return f"whether {tool} writes it is not known"
    waits = "; the stack waits for that" * (one.tool is Tool.CLOUDFORMATION)
    return f"somebody has to write it{waits}"


def _mail(mail: ApprovalMails) -> Iterator[str]:
    local = ", ".join(address.partition("@")[0] for address in mail.mailboxes)
    yield f"{local} @{mail.domain}"
    each = ", each by a link of its own" if len(mail.names) > 1 else ""
    yield f"whoever reads one of them approves {', '.join(map(str, mail.names))}{each}"
    if mail.approved_with:
        yield f"with them, {', '.join(map(str, mail.approved_with))} is approved too"


def _clock(one: Validation) -> Iterator[str]:
    yield f"{acm.VALIDATION_HOURS.value} hours of the request; then only a new one helps"
    if one.tool is Tool.TERRAFORM and one.cnames:
        waiting = ", ".join(map(quoted, one.waiting))
        yield f"{waiting} waits for it" if waiting else "no resource here waits for it"


def _caa(caa: CaaStatus) -> str:
    names = quoted_list(caa.names)
    if not caa.sets:
        return f"not known for {names}: {caa.text}" if caa.text else "no record in these files"
    verdict = "may issue" if caa.allowed else "may not issue"
    return f"Amazon {verdict} for {names}: {caa.text} ({'; '.join(map(_at, caa.sets))})"


def _renewal(one: Validation) -> Iterator[str]:
    if one.kind is CertificateKind.IMPORTED:
        yield "by hand: ACM does not renew imported certificates"
    elif one.kind is CertificateKind.PRIVATE:
        yield "automatic while the certificate is in use"
    elif one.method:
        yield _needs(one.method)
    first, *later = one.years
    if one.kind is CertificateKind.IMPORTED or any(y.work.approvals.most != 0 for y in one.years):
        yield from (f"from {year.start}  {_year(year, one)}" for year in one.years)
    else:
        turns = (f"from {each.start} {amount(each.work.renewals)}" for each in later)
        yield ", ".join((f"{amount(first.work.renewals)} times a year", *turns))


def _needs(method: ValidationMethod) -> str:
    if method is ValidationMethod.EMAIL:
        return f"by hand: {' and '.join(acm.EMAIL_RENEWAL_NEEDS.value)}, each time"
    needs = acm.DNS_RENEWAL_NEEDS if method is ValidationMethod.DNS else acm.HTTP_RENEWAL_NEEDS
    return f"automatic while {' and '.join(needs.value)}"


def _year(year: YearlyWork, one: Validation) -> str:
    if year.refusal and one.method:
        records = counted(len({str(name).removeprefix("*.") for name in one.names}), "CNAME")
        return f"not at all by {one.method.value}, which is forbidden; by DNS it takes {records}"
    if one.kind is CertificateKind.IMPORTED:
        return f"{amount(year.work.imports)} imports a year"
    times, approvals = amount(year.work.renewals), amount(year.work.approvals)
    return f"{times} times a year, {approvals} approvals by hand"


def _approvals(approvals: Interval) -> str:
    return f"{amount(approvals)} approval{'s' * (approvals.most != 1)}"


def _summary(found: Sequence[Validation]) -> str:
    certificates = {(each.file, each.line, each.address) for each in found}
    cnames = {_identity(each, cname) for each in found for cname in each.cnames}
    left = {_identity(each, cname) for each in found for cname in each.left}
    stuck = {(each.file, each.line, each.address) for each in found if each.obstacles}
    files = counted(len({each.file for each in found}), "file")
    parts = [f"{counted(len(certificates), 'certificate')} in {files}"]
    parts += [f"{counted(len(cnames), 'CNAME')}, {len(left):,} for somebody to write"] * bool(
        cnames
    )
    parts += [f"{len(stuck):,} cannot be validated as things stand"] * bool(stuck)
    return "; ".join(parts) + "\n"


def _identity(one: Validation, cname: ValidationCname) -> tuple[str, str]:
    """Return what makes two records one: the name, which is the same only where it is known."""
    return cname.record, one.title if cname.open else ""


# Data ---------------------------------------------------------------------------------------------


def render_json(found: Sequence[Validation], as_of: date) -> str:
    """Return all of it as one JSON object."""
    from acmrules import __version__
    from acmrules.reports.json_text import in_lines

    data = {
        "version": _VERSION,
        "acmrules": __version__,
        "as_of": as_of.isoformat(),
        "certificates": [_data(each) for each in found],
        "shared_records": _shared(found),
    }
    return in_lines(data) + "\n"


def _shared(found: Sequence[Validation]) -> list[dict[str, object]]:
    shared = {
        cname.record: {
            "name": cname.record,
            "certificates": [*cname.asked_by],
            "writers": cname.writers,
        }
        for one in found
        for cname in one.cnames
        if len(cname.asked_by) > 1
    }
    return [shared[name] for name in sorted(shared)]


def _data(one: Validation) -> dict[str, object]:
    return {
        "file": one.file,
        "line": one.line,
        "address": one.address,
        "condition": one.condition,
        "tool": one.tool.value,
        "kind": one.kind.name.lower(),
        "names": [*map(str, one.names)],
        "method": one.method.value if one.method else None,
        "assumed": one.assumed,
        "obstacles": [*one.obstacles],
        "remarks": [*one.remarks],
        "not_known": [*one.open],
        "hours": acm.VALIDATION_HOURS.value if one.kind is CertificateKind.PUBLIC else None,
        "records": [_record_data(cname) for cname in one.cnames],
        "mails": [
            {
                "domain": mail.domain,
                "mailboxes": [*mail.mailboxes],
                "names": [*map(str, mail.names)],
                "approved_with": [*map(str, mail.approved_with)],
            }
            for mail in one.mails
        ],
        "approvals": between(one.approvals),
        "urls": [*one.urls],
        "validators": [*one.validators],
        "caa": [
            {
                "names": [*map(str, caa.names)],
                "allowed": caa.allowed,
                "reason": caa.text,
                "sets": [*map(_place, caa.sets)],
            }
            for caa in one.caa
        ],
        "years": [
            {
                "from": year.start.isoformat(),
                "validity_days": year.validity.days,
                "is_bound": year.validity.is_bound,
                "renewals": between(year.work.renewals),
                "approvals": between(year.work.approvals),
                "imports": between(year.work.imports),
                "refusal": year.refusal or None,
            }
            for year in one.years
        ],
    }


def _record_data(cname: ValidationCname) -> dict[str, object]:
    return {
        "name": cname.record,
        "type": acm.DNS_RECORD_TYPE.history.eras[-1].value,
        "names": [*map(str, cname.names)],
        "zone": _place(cname.zone) if cname.zone else None,
        "zone_id": None if cname.given is None else str(cname.given),
        "nearest_zones": [*map(_place, cname.zones)],
        "perhaps_nearer": [*map(_place, cname.unsure)],
        "private_zones": [*map(_place, cname.private)],
        "written": cname.written,
        "repeated": cname.is_repeated,
    }


def _place(declared: Located) -> dict[str, object]:
    return {
        "name": str(declared.thing.name),
        "file": declared.file,
        "line": declared.location.line if declared.location else None,
        "address": declared.thing.address,
    }
