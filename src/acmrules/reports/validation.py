"""Steps until certificates are validated and renewed, as text and JSON (`docs/pages/json.md`)."""

from __future__ import annotations

from acmrules.analysis.existing_validation import ProofState, deadline
from acmrules.analysis.validation import CertificateKind
from acmrules.facts import acm
from acmrules.messages import counted, printable, quoted, quoted_list
from acmrules.renewal import renewal_pace
from acmrules.reports import BOLD, RED, paint
from acmrules.reports.tables import amount, every, labeled, table
from acmrules.request import Tool, ValidationMethod
from acmrules.validation import validation_record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from acmrules.analysis.validation import (
        ApprovalMails,
        CaaStatus,
        Validation,
        ValidationCname,
        YearlyWork,
    )
    from acmrules.model.inventory import Located

    Sections = Iterator[tuple[str, Iterable[str]]]
    """Labels, each with its lines."""

_VERSION = 1
_RECORD = "aws_route53_record."
_WIDTH = 12
_MOST_DONE = 10
"""The most certificates of an account without a step that text contains."""
_TOOLS = {
    Tool.CLOUDFORMATION: "CloudFormation",
    Tool.TERRAFORM: "Terraform",
    Tool.KUBERNETES: "the AWS Load Balancer Controller",
    Tool.SERVERLESS: "the Serverless Framework",
    Tool.PULUMI: "Pulumi",
    Tool.CROSSPLANE: "Crossplane",
}


# Text ---------------------------------------------------------------------------------------------


def render(found: Sequence[Validation], *, is_colored: bool = False) -> str:
    """Return a block for each certificate, and a summary.

    Equal blocks are printed once. Certificates with the same deadline and renewal follow each
    other, and these lines are printed once below them. Many certificates of an account that need
    no step now are only counted.
    """
    if not found:
        return "no certificate in these files\n"
    done = [one for one in found if one.is_done and one.tool is Tool.ACCOUNT]
    hidden = {*map(id, done)} if len(done) > _MOST_DONE else set()
    by_ending: dict[tuple[str, ...], dict[tuple[str, ...], list[Validation]]] = {}
    for one in found:
        if id(one) in hidden:
            continue
        ending = tuple(labeled(_ending(one), _WIDTH))
        steps = tuple(labeled(_steps(one), _WIDTH))
        by_ending.setdefault(ending, {}).setdefault(steps, []).append(one)
    blocks: list[Sequence[str]] = []
    for ending, by_steps in by_ending.items():
        is_single = len(by_steps) == 1
        for steps, group in by_steps.items():
            titles = (_title(one, is_colored=is_colored) for one in group)
            blocks.append((*titles, *steps, *(ending if is_single else ())))
        if not is_single:
            number = len({one.title for group in by_steps.values() for one in group})
            which = "each case" if number == 1 else f"each of the {number:,} certificates"
            blocks.append((f"for {which} above:", *ending))
    if hidden:
        more = (
            f"{len(hidden):,} more certificates" if by_ending else f"{len(hidden):,} certificates"
        )
        blocks.append([f"{more} need no step now; `--format json` lists them"])
    blocks.append([*_shared_records(found)])
    texts = ["\n".join(lines) + "\n" for lines in blocks if lines]
    return "\n".join([*texts, _summary(found)])


def _title(one: Validation, *, is_colored: bool) -> str:
    title = printable(" ".join(filter(None, (one.title, one.condition))))
    return paint(title, RED if one.obstacles else BOLD, is_colored=is_colored)


def _steps(one: Validation) -> Sections:
    """Yield what is specific to a certificate."""
    if one.existing is not None:
        yield "exists", [_existing(one)]
    yield "validation", [_method(one)]
    if one.kind is CertificateKind.PUBLIC:
        yield "blocked by", one.obstacles
        yield from (("CNAME", lines) for lines in _cnames(one))
        if one.cnames and one.tool is Tool.TERRAFORM:
            waiting = ", ".join(map(quoted, one.waiting)) or "no resource"
            yield "wait", [f"{waiting} waits for the validation"]
        yield from (("email to", _mail(mail)) for mail in one.mails)
        yield "file at", one.urls
        yield "note", one.remarks
        yield "unknown", one.open
        yield from (("CAA", [_caa(caa)]) for caa in one.caa if caa.sets or caa.text)


def _ending(one: Validation) -> Sections:
    """Yield what many certificates have in common."""
    if one.existing is not None:
        at = deadline(one.existing)
        if at:
            yield "deadline", [f"{at:%Y-%m-%d %H:%M} UTC; after that, request a new one"]
    elif one.kind is CertificateKind.PUBLIC:
        hours = acm.VALIDATION_HOURS.value
        yield "deadline", [f"{hours} hours after the request; after that, request a new one"]
    yield "renewal", _renewal(one)


def _existing(one: Validation) -> str:
    """Return the ARN of a certificate unless it is the title, and its status."""
    existing = one.existing
    status = str(existing.status) if existing and existing.status else "status unknown"
    arn = existing.arn if existing and existing.arn != one.address else ""
    return ", ".join(filter(None, (arn, status)))


def _method(one: Validation) -> str:
    if one.kind is CertificateKind.IMPORTED:
        return "none: the certificate is imported"
    names = counted(len(one.names), "name")
    if one.kind is CertificateKind.PRIVATE:
        return f"none: {names} from a private CA"
    method = one.method.value if one.method else "unknown method"
    assumed = f" ({one.assumed})" if one.assumed else ""
    proofs = [counted(len(one.cnames), "CNAME")] if one.cnames else []
    proofs += [_approvals(one)] if one.approvals.most != 0 else []
    proofs += [counted(len(one.urls), "file")] if one.urls else []
    return ", ".join(filter(None, (f"{method}{assumed}: {names}", " or ".join(proofs))))


def _cnames(one: Validation) -> Iterator[list[str]]:
    """Yield the records, those with the same details together."""
    groups: dict[tuple[str, ...], list[ValidationCname]] = {}
    for cname in one.cnames:
        groups.setdefault((*_zone(cname), *_creation(cname, one)), []).append(cname)
    for cnames in groups.values():
        several = len(cnames) > 1
        details = [*_zone(cnames[0]), *_creation(cnames[0], one, several=several)]
        yield [*map(_record, cnames), *details]


def _record(cname: ValidationCname) -> str:
    names = " and ".join(map(str, cname.names))
    existing = cname.proof.record if cname.proof else None
    if existing:
        target = f"{existing.name} to {existing.value}"
        return target if names == str(cname.stem) else f"{target}, for {names}"
    return cname.record if names == str(cname.stem) else f"{cname.record}, for {names}"


def _zone(cname: ValidationCname) -> Iterator[str]:
    """Yield the zone of a record, and what may be wrong with it."""
    nearest = cname.zones[0] if cname.zones else None
    here = cname.zone
    if cname.given is not None and here is None:
        yield f"zone {quoted(cname.given)} (its name is not in these files)"
    elif here is None and not (cname.services or cname.hidden_by):
        yield f"no hosted zone in these files{f': {cname.open}' if cname.open else ''}"
    elif here:
        yield f"zone {_zone_at(here)}"
        if nearest and nearest.thing.name != here.thing.name:
            yield f"the zone {_zone_at(nearest)} is more specific"
    created = [each for each in cname.zones if each != here and not is_looked_up(each)]
    if created and here and created[0].thing.name == here.thing.name:
        locations = " and ".join(map(_at, created))
        yield f"another zone of this name: {locations}; the domain is delegated to only one"
    if cname.unsure and cname.given is None:
        first, count = cname.unsure[0], len(cname.unsure)
        zones = "a zone" if count == 1 else f"one of {count:,} zones"
        yield f"or in {zones} whose name is unknown, such as {_at(first)}"
    is_done = cname.proof and cname.proof.state is ProofState.DONE
    for each in () if is_done else cname.private:
        yield f"the zone {_zone_at(each)} is private: ACM cannot see records in it"


def _zone_at(declared: Located) -> str:
    return f"{declared.thing.name} ({_at(declared)})"


def _at(declared: Located) -> str:
    return f"{declared.file_and_line}, {declared.thing.address}"


def is_looked_up(declared: Located) -> bool:
    """Return whether Terraform looks a zone up instead of creating it."""
    return ".data." in f".{declared.thing.address}"


def _creation(cname: ValidationCname, one: Validation, *, several: bool = False) -> Iterator[str]:
    """Yield what creates a record, or several that have the same details."""
    proof = cname.proof
    if proof:
        yield ": ".join(filter(None, (proof.state.value, proof.text)))
        if proof.remedy:
            yield proof.remedy
        is_missing = proof.state is ProofState.MISSING and not cname.written
        if is_missing or proof.state in {ProofState.DONE, ProofState.WRONG}:
            return
    yield _creator(cname, one, "these records" if several else "this record")
    if cname.is_repeated:
        yield _repetition(one, cname)


def _repetition(one: Validation, cname: ValidationCname) -> str:
    if one.tool is Tool.TERRAFORM:
        unless = "" if cname.services else " without `allow_overwrite = true`"
        return f"more than one resource creates it, and the second attempt fails{unless}"
    return "more than one option creates it, and the second attempt fails"


def _creator(cname: ValidationCname, one: Validation, which: str) -> str:
    tool = _TOOLS.get(one.tool, "")
    if cname.written:
        needs = ", if the zone is in the same account" * (one.tool is Tool.CLOUDFORMATION)
        at = f" at {' and '.join(cname.services)}" if cname.services else ""
        return f"created by {tool}{at}{needs}"
    if cname.hidden_by:
        return f"created by {tool} at {' and '.join(cname.hidden_by)}, which proxies it"
    if cname.written is None and one.records:
        block = f"`{printable(one.records[0])}`"
        if one.records[0].startswith(_RECORD):
            return f"created by {tool}, unless {block} leaves it out"
        return f"passed on by {block}: it is unknown whether {tool} creates it"
    if cname.written is None:
        return f"it is unknown whether {tool} creates it"
    waits = "; the stack waits" * (one.tool is Tool.CLOUDFORMATION)
    return f"create {which} by hand{waits}"


def _mail(mail: ApprovalMails) -> Iterator[str]:
    local = ", ".join(address.partition("@")[0] for address in mail.mailboxes)
    yield f"{local} @{mail.domain}"
    own_links = ", each with its own link" if len(mail.names) > 1 else ""
    yield f"one of them approves {', '.join(map(str, mail.names))}{own_links}"
    if mail.approved_with:
        yield f"this also approves {', '.join(map(str, mail.approved_with))}"
    if mail.approved is not None:
        left = [name for name in mail.names if name not in mail.approved]
        if mail.approved:
            yield f"approved: {', '.join(map(str, mail.approved))}"
        if left:
            yield f"not approved: {', '.join(map(str, left))}"


def _caa(caa: CaaStatus) -> str:
    names = quoted_list(caa.names)
    if not caa.sets:
        return f"unknown for {names}: {caa.text}"
    verdict = "may issue" if caa.allowed else "may not issue"
    return f"Amazon {verdict} for {names}: {caa.text} ({'; '.join(map(_at, caa.sets))})"


def _renewal(one: Validation) -> Iterator[str]:
    """Yield what renewals need, and how often they are due from which date on."""
    yield _needs(one)
    before = ""
    for year in one.years:
        pace = _pace(year, one)
        if pace != before:
            yield pace if year is one.years[0] else f"from {year.start} {pace}"
        before = pace


def _needs(one: Validation) -> str:
    if one.kind is CertificateKind.IMPORTED:
        return "by hand: ACM does not renew imported certificates"
    if one.kind is CertificateKind.PRIVATE:
        return "automatic while the certificate is in use"
    if one.method is ValidationMethod.EMAIL:
        return f"by hand: {_approvals(one)} each time"
    if one.method is None and one.mails:
        return f"automatic with DNS, {_approvals(one)} each time with EMAIL"
    is_http = one.method is ValidationMethod.HTTP
    needs = acm.HTTP_RENEWAL_NEEDS if is_http else acm.DNS_RENEWAL_NEEDS
    return f"automatic while {' and '.join(needs.value)}"


def _pace(year: YearlyWork, one: Validation) -> str:
    if one.kind is CertificateKind.IMPORTED:
        return every(year.work.imports)
    if year.refusal and one.method:
        records = counted(len({str(name).removeprefix("*.") for name in one.names}), "CNAME")
        return f"no renewal with {one.method.value}; DNS validation needs {records}"
    is_unknown = one.kind is CertificateKind.PUBLIC and one.method is None
    # Some of the possible methods may end, but the pace of the renewals is the same with all.
    return every(renewal_pace(as_of=year.start) if is_unknown else year.work.renewals)


def _approvals(one: Validation) -> str:
    return f"{amount(one.approvals)} approval{'s' * (one.approvals.most != 1)}"


def _shared_records(found: Sequence[Validation]) -> Iterator[str]:
    """Yield the records that several certificates need."""
    shared = _shared(found)
    if not shared:
        return
    yield "shared records: one is enough in each account"
    rows = []
    for cname in shared:
        first, second, *others = cname.requested_by
        number = len(cname.requested_by)
        titles = f"{number:,} certificates, such as {first}" if others else f"{first} and {second}"
        twice = f"; Terraform creates it {cname.writers:,} times, which fails"
        rows.append((f"  {cname.record}", printable(titles + twice * (cname.refused > 1))))
    yield from table(rows)


def _shared(found: Sequence[Validation]) -> list[ValidationCname]:
    """Return the records that several certificates need, each once, sorted by name."""
    known = _known_records(found)
    shared: dict[str, ValidationCname] = {}
    for cname in (c for one in found for c in one.cnames if len(c.requested_by) > 1):
        record = _record_name(cname, known)
        if record not in shared or cname.record == record:
            shared[record] = cname
    return [shared[record] for record in sorted(shared)]


def _summary(found: Sequence[Validation]) -> str:
    certificates = {(each.file, each.line, each.address) for each in found}
    known = _known_records(found)
    cnames = {_identity(each, cname, known) for each in found for cname in each.cnames}
    by_hand = {_identity(each, cname, known) for each in found for cname in each.left}
    blocked = {(each.file, each.line, each.address) for each in found if each.obstacles}
    files = counted(len({each.file for each in found}), "file")
    parts = [f"{counted(len(certificates), 'certificate')} in {files}"]
    if cnames:
        left = f", {len(by_hand):,} to create by hand" if by_hand else ""
        parts.append(f"{counted(len(cnames), 'CNAME')}{left}")
    if blocked:
        parts.append(f"{counted(len(blocked), 'certificate')} cannot be validated")
    return "; ".join(parts) + "\n"


def _known_records(found: Sequence[Validation]) -> dict[str, str]:
    """Return the record of each name that a certificate shows, by the record with a placeholder."""
    return {
        validation_record(cname.stem): cname.record
        for one in found
        for cname in one.cnames
        if cname.proof and cname.proof.record
    }


def _record_name(cname: ValidationCname, known: Mapping[str, str]) -> str:
    """Return the name of a record, which another certificate with the same name may show."""
    return known.get(cname.record, cname.record)


def _identity(one: Validation, cname: ValidationCname, known: Mapping[str, str]) -> tuple[str, str]:
    """Return a key that two certificates share if they need the same record.

    A partly known name is the same only within one certificate.
    """
    return _record_name(cname, known), one.title if cname.open else ""


# Data ---------------------------------------------------------------------------------------------


def render_json(found: Sequence[Validation], as_of: date) -> str:
    """Return the steps as one JSON object."""
    from acmrules import __version__
    from acmrules.reports.json_text import in_lines

    data = {
        "version": _VERSION,
        "acmrules": __version__,
        "as_of": as_of.isoformat(),
        "certificates": [_data(each) for each in found],
        "shared_records": [_shared_data(cname) for cname in _shared(found)],
    }
    return in_lines(data) + "\n"


def _shared_data(cname: ValidationCname) -> dict[str, object]:
    return {
        "name": cname.record,
        "certificates": [*cname.requested_by],
        "writers": cname.writers,
        "fails": cname.refused > 1,
    }


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
        "arn": one.existing.arn if one.existing else None,
        "status": str(one.existing.status) if one.existing and one.existing.status else None,
        "deadline": _deadline(one),
        "hours": acm.VALIDATION_HOURS.value if one.kind is CertificateKind.PUBLIC else None,
        "records": [_record_data(cname) for cname in one.cnames],
        "mails": [
            {
                "domain": mail.domain,
                "mailboxes": [*mail.mailboxes],
                "names": [*map(str, mail.names)],
                "approved_with": [*map(str, mail.approved_with)],
                "approved": None if mail.approved is None else [*map(str, mail.approved)],
            }
            for mail in one.mails
        ],
        "approvals": one.approvals.to_dict(),
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
                "renewals": year.work.renewals.to_dict(),
                "approvals": year.work.approvals.to_dict(),
                "imports": year.work.imports.to_dict(),
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
        "services": [*cname.services],
        "hidden_by": [*cname.hidden_by],
        "value": cname.proof.record.value if cname.proof and cname.proof.record else None,
        "state": cname.proof.state.value if cname.proof else None,
        "state_reason": (cname.proof.text or None) if cname.proof else None,
        "remedy": (cname.proof.remedy or None) if cname.proof else None,
    }


def _deadline(one: Validation) -> str | None:
    at = deadline(one.existing) if one.existing else None
    return at.isoformat() if at else None


def _place(declared: Located) -> dict[str, object]:
    return {
        "name": str(declared.thing.name),
        "file": declared.file,
        "line": declared.line,
        "address": declared.thing.address,
    }
