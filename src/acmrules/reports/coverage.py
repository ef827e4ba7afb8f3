"""What covers the hosts of all files, and which names nobody serves: text and data."""

from __future__ import annotations

from acmrules.analysis.coverage import HostStatus
from acmrules.messages import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.analysis.coverage import CoverageReport, HostCoverage, UnneededName
    from acmrules.syntax.source import Range, Source

    Row = tuple[str, str, str]

_WIDEST = 60
_HEADS = {
    HostStatus.UNCOVERED: "hosts that no certificate covers",
    HostStatus.UNDECIDED: "hosts of which it is not known whether they are covered",
    HostStatus.ELSEWHERE: "hosts whose certificate is not in these files",
}


def lines(across: CoverageReport) -> list[str]:
    """Return what is to be told, section by section; hosts that are covered are only counted."""
    told = [] if not across.hosts else [summary(across)]
    for verdict, head in _HEADS.items():
        rows = [
            (_place(served.source, served.range), str(served.host), note(served))
            for served in across.of(verdict)
        ]
        told += _section(f"{head}:", rows)
    rows = [
        (_place(each.source, each.range), str(each.name or each.certificate), _of_name(each))
        for each in across.unserved
    ]
    told += _section("names that no host here needs:", rows)
    return told if across.hosts else told[1:]


def summary(across: CoverageReport) -> str:
    """Return the hosts in numbers."""
    count = len(across.hosts)
    parts = [f"{count:,} host{'s' * (count != 1)}"]
    for verdict in (HostStatus.COVERED, *_HEADS):
        number = len(across.of(verdict))
        parts += [f"{number:,} {verdict.value}"] if number else []
    return ", ".join(parts)


def _section(head: str, rows: list[Row]) -> Iterator[str]:
    """Yield rows below a head, with aligned columns but for what is too long for that."""
    if rows:
        yield from ("", head)
    printed = [tuple(map(printable, row)) for row in rows]
    widths = [
        max((len(row[column]) for row in printed if len(row[column]) <= _WIDEST), default=0)
        for column in range(2)
    ]
    for place, name, said in printed:
        cells = (f"{place:{widths[0]}}", f"{name:{widths[1]}}", said)
        yield "  ".join(("", *filter(None, cells)))


def note(served: HostCoverage) -> str:
    """Return what there is to say of a host that is not covered, and what serves it."""
    by = f"{served.consumer} ({served.service})" if served.consumer else ""
    parts = [by, served.reason, *_missed(served), served.condition]
    return "; ".join(filter(None, parts))


def _missed(served: HostCoverage) -> Iterator[str]:
    if served.verdict is not HostStatus.UNCOVERED:
        return
    of = ", ".join(address for _, address in served.certificates)
    missed = served.missed
    if missed is None or missed.nearest is None:
        yield f"no name of {of} can be valid for it"
        return
    yield f"nearest is {missed.nearest} of {of}: {missed.reason.value}"
    if missed.name_to_add != served.host:
        yield f"{missed.name_to_add} would cover it"


def _of_name(name: UnneededName) -> str:
    if name.name is None:
        return "nothing here uses the certificate"
    others = "" if name.sure else "; hosts elsewhere may"
    return "; ".join(filter(None, (f"of {name.certificate}{others}", name.condition)))


def _place(source: Source | None, where: Range | None) -> str:
    return f"{source.name}:{where.start.line}" if source and where else ""


# Data


def as_data(across: CoverageReport) -> dict[str, object]:
    """Return it as plain data: hosts, and names that nobody serves."""
    return {
        "hosts": [_host(served) for served in across.hosts],
        "unserved": [
            {
                "name": None if each.name is None else str(each.name),
                "certificate": each.certificate,
                **_where(each.source, each.range),
                "sure": each.sure,
                "condition": each.condition,
            }
            for each in across.unserved
        ],
    }


_COVERED = {HostStatus.COVERED: True, HostStatus.UNCOVERED: False}


def _host(served: HostCoverage) -> dict[str, object]:
    missed = served.missed
    return {
        "host": str(served.host),
        "covered": _COVERED.get(served.verdict),
        "verdict": served.verdict.value,
        "by": None if served.by is None else str(served.by),
        "nearest": str(missed.nearest) if missed and missed.nearest else None,
        "reason": missed.reason.value if missed else served.reason or None,
        "name_to_add": str(missed.name_to_add) if missed else None,
        "certificates": [
            {"file": file, "address": address} for file, address in served.certificates
        ],
        "consumer": served.consumer or None,
        "service": served.service or None,
        **_where(served.source, served.range),
        "condition": served.condition,
    }


def _where(source: Source | None, where: Range | None) -> dict[str, object]:
    return {
        "file": source.name if source else None,
        "line": where.start.line if where else None,
        "column": where.start.column if where else None,
    }
