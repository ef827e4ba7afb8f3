"""What has to be done before certificates are issued, as text and as JSON (`docs/json.md`)."""

from __future__ import annotations

from acmrules.errors import printable, shown, shown_some
from acmrules.facts import acm
from acmrules.lint.validation import Kind
from acmrules.request import Tool, ValidationMethod

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from acmrules.lint.estate import Declared
    from acmrules.lint.validation import Caa, Cname, Mail, Validation, Year
    from acmrules.renewal import Amount

_VERSION = 1
_WIDTH = 12
_TOOLS = {Tool.CLOUDFORMATION: "CloudFormation", Tool.TERRAFORM: "Terraform"}


# Text ---------------------------------------------------------------------------------------------


def render(found: Sequence[Validation]) -> str:
    """Return a block for each certificate, and a line that sums them up."""
    return "\n".join(["\n".join(_block(each)) + "\n" for each in found] + [_summary(found)])


def _block(one: Validation) -> Iterator[str]:
    condition = f" {one.condition}" if one.condition else ""
    yield printable(f"{one.title}{condition}")
    for label, lines in _sections(one):
        for number, line in enumerate(lines):
            yield printable(f"  {label if not number else '':{_WIDTH}}{line}").rstrip()


def _sections(one: Validation) -> Iterator[tuple[str, list[str]]]:
    yield "validated", [_how(one)]
    if one.kind is Kind.PUBLIC:
        yield from (("cannot be", [obstacle]) for obstacle in one.obstacles)
        yield from (("CNAME", _cname(cname, one)) for cname in one.cnames)
        yield from (("mail", _mail(mail)) for mail in one.mails)
        yield from (("text at", [url]) for url in one.urls)
        yield from (("mind", [remark]) for remark in one.remarks)
        yield from (("not known", [missing]) for missing in one.open)
        if one.method is None or not one.obstacles:
            yield "within", [_clock(one)]
        yield from (("CAA", _caa(caa)) for caa in one.caa)
    yield "renewal", [*_renewal(one)]


def _how(one: Validation) -> str:
    names = _count(len(one.names), "name")
    if one.kind is Kind.IMPORTED:
        return "not at all: it is imported"
    if one.kind is Kind.PRIVATE:
        return f"not at all: a private CA is asked for {names}"
    asked = []
    if one.cnames:
        asked.append(_count(len(one.cnames), "CNAME"))
    if one.mails or one.approvals.least:
        asked.append(f"{_number(one.approvals)} approval{'s' * (one.approvals.most != 1)}")
    asked += [_count(len(one.urls), "text")] if one.urls else []
    counts = " or ".join(asked)
    by = f"by {one.method.value}" if one.method else "by a method that is not known"
    assumed = f" ({one.assumed})" if one.assumed else ""
    return f"{by}{assumed}: {names}" + (f", {counts}" if counts else "")


def _cname(cname: Cname, one: Validation) -> list[str]:
    names = " and ".join(map(str, cname.names))
    own = str(cname.stem) == names
    lines = [cname.record if own else f"{cname.record}, for {names}"]
    lines += [f"zone: {line}" if not n else line for n, line in enumerate(_zone(cname))]
    lines.append(_writer(cname, one))
    if cname.others:
        lines.append(f"one record is enough, in one account, for {shown_some(cname.others)} too")
    return lines


def _zone(cname: Cname) -> Iterator[str]:
    """Yield which zone the record goes into, and what is to be minded about it."""
    nearest = cname.zones[0] if cname.zones else None
    if cname.given is not None:
        here = f"{_zone_at(cname.given_zone)}, as given" if cname.given_zone else _given(cname)
        yield here
        if nearest and cname.given_zone and nearest.thing.name != cname.given_zone.thing.name:
            yield f"but {_zone_at(nearest)} is nearer to the name"
    elif nearest:
        yield _zone_at(nearest)
    else:
        missing = f": {cname.open}" if cname.open else ""
        yield f"none in these files{missing}"
    others = [each for each in cname.zones if each != (cname.given_zone or nearest)]
    made = [each for each in others if not is_looked_up(each)]
    if nearest and made:
        yield f"a zone of this name stands at {', '.join(map(_at, made))} too; one is delegated to"
    if cname.unsure:
        listed = shown_some([each.thing.name for each in cname.unsure])
        yield f"unless {listed} is nearer, which is not known"
    for each in cname.private:
        yield f"{_zone_at(each)} is private, and no help"


def _given(cname: Cname) -> str:
    return f"{shown(cname.given)}, as given; these files do not say which that is"


def _zone_at(declared: Declared | None) -> str:
    return f"{declared.thing.name} ({_at(declared)})" if declared else ""


def _at(declared: Declared) -> str:
    line = f":{declared.range.start.line}" if declared.range else ""
    return f"{declared.file}{line}, {declared.thing.address}"


def is_looked_up(declared: Declared) -> bool:
    """Say whether a zone is one that stands elsewhere, which Terraform looks up."""
    return ".data." in f".{declared.thing.address}"


def _writer(cname: Cname, one: Validation) -> str:
    tool = _TOOLS.get(one.tool, "")
    if cname.written:
        needs = ", if the zone is in its account" if one.tool is Tool.CLOUDFORMATION else ""
        return f"{tool} writes it{needs}"
    if cname.written is None:
        return f"whether {tool} writes it is not known"
    if one.method is None:
        return "somebody has to write it"
    waits = "; the stack waits for it" if one.tool is Tool.CLOUDFORMATION else ""
    return f"somebody has to write it{waits}"


def _mail(mail: Mail) -> list[str]:
    local = ", ".join(address.partition("@")[0] for address in mail.mailboxes)
    names = ", ".join(map(str, mail.names))
    each = "one link each" if len(mail.names) > 1 else "one link"
    lines = [f"{local} @{mail.domain}", f"whoever reads one of them approves {names}: {each}"]
    if mail.approved_with:
        lines.append(f"which approves {', '.join(map(str, mail.approved_with))} too")
    return lines


def _clock(one: Validation) -> str:
    hours = acm.VALIDATION_HOURS.value
    what = "every name" if one.method is not ValidationMethod.EMAIL else "an approval of every name"
    return f"{hours} hours from the request, {what}; then only a new request helps"


def _caa(caa: Caa) -> list[str]:
    words = {True: "Amazon may issue", False: "Amazon may NOT issue", None: "not known"}
    names = shown_some(caa.names)
    where = f" ({'; '.join(map(_at, caa.sets))})" if caa.sets else ""
    return [f"{words[caa.allowed]} for {names}: {caa.text}{where}"]


def _renewal(one: Validation) -> Iterator[str]:
    if one.kind is Kind.IMPORTED:
        yield "by hand: ACM renews nothing that is imported"
    elif one.kind is Kind.PRIVATE:
        yield "by itself, while it is in use"
    elif one.method:
        yield _needs(one.method)
    for year in one.years:
        yield f"from {year.start}  {_year(year, one)}"


def _needs(method: ValidationMethod) -> str:
    if method is ValidationMethod.EMAIL:
        return f"by hand: {_listed(acm.EMAIL_RENEWAL_NEEDS.value)} again, each time"
    needs = acm.DNS_RENEWAL_NEEDS if method is ValidationMethod.DNS else acm.HTTP_RENEWAL_NEEDS
    return f"by itself, with {_listed(needs.value)}"


def _listed(words: Iterable[str]) -> str:
    return " and ".join(words)


def _year(year: Year, one: Validation) -> str:
    if year.refusal:
        return f"none: {year.refusal}"
    if one.kind is Kind.IMPORTED:
        return f"{_number(year.work.imports)} imports a year"
    most = "at most " if year.validity.is_bound else ""
    said = [
        f"valid {most}{year.validity.days} days",
        f"renewed {_number(year.work.renewals)} times",
    ]
    if year.work.approvals.most != 0:
        said.append(f"{_number(year.work.approvals)} approvals by hand")
    return ", ".join(said) + " a year"


def _number(amount: Amount) -> str:
    least = _rounded(amount.least)
    if amount.most is None:
        return f"at least {least}"
    most = _rounded(amount.most)
    return least if least == most else f"{least} to {most}"


def _rounded(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"


def _summary(found: Sequence[Validation]) -> str:
    files = len({each.file for each in found})
    certificates = len({(each.file, each.line, each.address) for each in found})
    cnames = {
        (cname.record, each.file * bool(cname.open)) for each in found for cname in each.cnames
    }
    left = {(cname.record, each.file * bool(cname.open)) for each in found for cname in each.left}
    stuck = sum(bool(each.obstacles) for each in found)
    parts = [f"{_count(certificates, 'certificate')} in {_count(files, 'file')}"]
    if cnames:
        parts.append(f"{_count(len(cnames), 'CNAME')}, {len(left):,} of them for somebody to write")
    if stuck:
        parts.append(f"{stuck:,} cannot be validated as it stands")
    return "; ".join(parts) + "\n"
