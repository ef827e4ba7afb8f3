"""The coverage of all hosts in files, and the names that no host needs: as text and as data."""

from __future__ import annotations

from acmrules.analysis.coverage import CoverageReport, HostCoverage, HostStatus, UnneededName
from acmrules.messages import counted, printable
from acmrules.model.positions import line_and_column
from acmrules.reports.tables import table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Row = tuple[str, str, str]

_HEADS = {
    HostStatus.UNCOVERED: "hosts that no certificate covers",
    HostStatus.UNDECIDED: "hosts that may or may not be covered",
    HostStatus.ELSEWHERE: "hosts whose certificate is not in these files",
}


def lines(report: CoverageReport) -> list[str]:
    """Return a summary and a section for each problem; covered hosts are only counted."""
    sections = [summary(report)] if report.hosts else []
    for status, head in _HEADS.items():
        rows = [
            (host.file_and_line, str(host.host), note(host)) for host in report.with_status(status)
        ]
        sections += _section(head, rows)
    rows = [
        (host.file_and_line, str(host.host), note(host)) for host in report.hosts if host.remark
    ]
    sections += _section("hosts whose certificate is not issued yet", rows)
    names = [each for each in report.unneeded if each.name is not None]
    rows = [(each.file_and_line, str(each.name), _reason(each)) for each in names]
    sections += _section("names that no host in these files needs", rows)
    unused = [each for each in report.unneeded if each.name is None]
    rows = [(each.file_and_line, each.certificate, "") for each in unused]
    sections += _section("certificates that nothing in these files uses", rows)
    return sections if report.hosts else sections[1:]


def summary(report: CoverageReport) -> str:
    """Return the number of hosts by status."""
    parts = [counted(len(report.hosts), "host")]
    for status in (HostStatus.COVERED, *_HEADS):
        number = len(report.with_status(status))
        parts += [f"{number:,} {status.value}"] if number else []
    return ", ".join(parts)


def _section(head: str, rows: list[Row]) -> Iterator[str]:
    if rows:
        yield from ("", f"{head}:")
        yield from table([(f"  {first}", *rest) for first, *rest in _printable(rows)])


def _printable(rows: list[Row]) -> Iterator[Iterator[str]]:
    """Yield the rows without control characters, and without an empty first column."""
    start = 0 if any(row[0] for row in rows) else 1
    return (map(printable, row[start:]) for row in rows)


def note(host: HostCoverage) -> str:
    """Return the consumer of a host, and why the host is not covered."""
    consumer = f"{host.consumer} ({host.service})" if host.consumer else ""
    parts = [consumer, host.reason, host.remark, *_nearest(host), host.condition]
    return "; ".join(filter(None, parts))


def _nearest(host: HostCoverage) -> Iterator[str]:
    if host.status is not HostStatus.UNCOVERED or host.reason:
        return
    certificates = ", ".join(address for _, address in host.certificates)
    nearest = host.nearest
    if nearest is None or nearest.nearest is None:
        yield f"no name of {certificates} can cover it"
        return
    yield f"the nearest name is {nearest.nearest} of {certificates}: {nearest.reason.value}"
    if nearest.name_to_add != host.host:
        yield f"{nearest.name_to_add} would cover it"


def _reason(name: UnneededName) -> str:
    others = "" if name.is_sure else "; hosts outside of these files may need it"
    return "; ".join(filter(None, (f"of {name.certificate}{others}", name.condition)))


# Data


def as_data(report: CoverageReport) -> dict[str, object]:
    """Return the report as plain data."""
    return {
        "hosts": [_host(host) for host in report.hosts],
        "unserved": [
            {
                "name": None if each.name is None else str(each.name),
                "certificate": each.certificate,
                "file": each.file or None,
                **line_and_column(each.position),
                "sure": each.is_sure,
                "condition": each.condition,
            }
            for each in report.unneeded
        ],
    }


_COVERED = {HostStatus.COVERED: True, HostStatus.UNCOVERED: False}


def _host(host: HostCoverage) -> dict[str, object]:
    nearest = host.nearest
    return {
        "host": str(host.host),
        "covered": _COVERED.get(host.status),
        "verdict": host.status.value,
        "by": None if host.covered_by is None else str(host.covered_by),
        "nearest": None,
        "reason": host.reason or None,
        "remark": host.remark or None,
        "name_to_add": None,
        **(nearest.to_dict() if nearest else {}),
        "certificates": [{"file": file, "address": address} for file, address in host.certificates],
        "consumer": host.consumer or None,
        "service": host.service or None,
        "file": host.file or None,
        **line_and_column(host.position),
        "condition": host.condition,
    }
