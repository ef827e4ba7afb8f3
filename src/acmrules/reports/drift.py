"""Drift between files and accounts, as text, as Markdown and as data (`docs/pages/json.md`)."""

from __future__ import annotations

from acmrules.analysis.drift import DriftKind
from acmrules.messages import counted, printable
from acmrules.model.positions import line_and_column
from acmrules.reports import BOLD, paint
from acmrules.reports.tables import labeled, position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from acmrules.analysis.drift import Drift, DriftPair, DriftReport

FORMATS = ("text", "json", "markdown")
"""The formats in which drift is printed."""

_WIDTH = 17
_MOST = 20
"""The most certificates in text that no file declares."""
_USE = {True: "in use", False: "not in use", None: ""}
_WORDS = {
    DriftKind.DIFFERS: "differs",
    DriftKind.NOT_ISSUED: "not issued",
    DriftKind.NOT_FOUND: "does not exist",
    DriftKind.NOT_LISTED: "unknown",
    DriftKind.NOT_DECLARED: "not declared",
    DriftKind.DECLARED_TWICE: "declared twice",
    DriftKind.UNUSED: "not in use",
}
_ONES = _WORDS | {DriftKind.NOT_FOUND: "missing"}
"""What certificates with a kind of drift are called in the summary."""


def render(report: DriftReport, form: str, as_of: date, *, is_colored: bool = False) -> str:
    """Return the drift in a format."""
    if form == "json":
        from acmrules.reports.json_text import in_lines

        return in_lines(as_data(report, as_of)) + "\n"
    return markdown(report) if form == "markdown" else text(report, is_colored=is_colored)


def line(drift: Drift) -> str:
    """Return a drift as one line: where it is, and what differs."""
    where = " ".join(filter(None, (position(drift.location), drift.address or drift.arn)))
    return printable(f"{where}: {drift.text}" if where else drift.text)


def text(report: DriftReport, *, is_colored: bool = False) -> str:
    """Return a block for each declared certificate, one for the others, and a summary."""
    by_pair: dict[tuple[str, str], list[Drift]] = {
        (pair.file, pair.address): [] for pair in report.pairs
    }
    others: list[Drift] = []
    for each in report.drifts:
        # What no file declares has no address, and neither has a single request.
        is_declared = each.kind is not DriftKind.NOT_DECLARED
        own = by_pair.get((each.file, each.address)) if is_declared else None
        (others if own is None else own).append(each)
    blocks = [
        "\n".join(_block(pair, by_pair[pair.file, pair.address], is_colored=is_colored))
        for pair in report.pairs
    ]
    if others:
        lines = [f"  {line(each)}" for each in others[:_MOST]]
        if len(others) > _MOST:
            lines.append(f"  and {len(others) - _MOST:,} more; `--format json` lists them")
        blocks.append("\n".join(["not declared in these files", *lines]))
    return "\n\n".join([*blocks, summary(report)]) + "\n"


def _block(pair: DriftPair, drifts: Sequence[Drift], *, is_colored: bool) -> Iterator[str]:
    names = ", ".join(pair.names)
    where = " ".join(filter(None, (position(pair.location), pair.address)))
    yield paint(printable(where or names), BOLD, is_colored=is_colored)
    yield from labeled(_sections(pair, drifts), _WIDTH)


def _sections(pair: DriftPair, drifts: Sequence[Drift]) -> Iterator[tuple[str, list[str]]]:
    yield "requested", [", ".join(pair.names)]
    existing = pair.existing
    if existing is not None:
        yield "exists", [existing.arn]
        status = str(existing.status) if existing.status else "unknown"
        used = _USE[existing.in_use]
        yield "status", [", ".join(filter(None, (status, used)))]
    found: dict[str, list[str]] = {}
    for each in drifts:
        found.setdefault(_WORDS[each.kind], []).append(each.text)
    yield from found.items()


def summary(report: DriftReport) -> str:
    """Return the numbers of certificates and of differences."""
    if not report.pairs:
        return "nothing to compare: no declared certificate, or no account in these files"
    exist = sum(pair.existing is not None for pair in report.pairs)
    parts = [f"{counted(len(report.pairs), 'declared certificate')}: {exist:,} found"]
    counts: dict[DriftKind, int] = {}
    for each in report.drifts:
        counts[each.kind] = counts.get(each.kind, 0) + 1
    for kind in DriftKind:
        number = counts.get(kind, 0)
        if number:
            differences = counted(number, "difference")
            parts.append(differences if kind is DriftKind.DIFFERS else f"{number:,} {_ONES[kind]}")
    return ", ".join(parts) if counts else f"{parts[0]}, no drift"


# Data


def as_data(report: DriftReport, as_of: date) -> dict[str, object]:
    """Return the report as plain data."""
    from acmrules import __version__

    return {
        "version": 1,
        "acmrules": __version__,
        "as_of": as_of.isoformat(),
        "certificates": [_pair(pair) for pair in report.pairs],
        "drift": [_drift(each) for each in report.drifts],
    }


def _pair(pair: DriftPair) -> dict[str, object]:
    existing = pair.existing
    return {
        "address": pair.address,
        "file": pair.file or None,
        **line_and_column(pair.position),
        "names": [*pair.names],
        "arn": existing.arn if existing else None,
        "status": str(existing.status) if existing and existing.status else None,
        "in_use": existing.in_use if existing else None,
    }


def _drift(drift: Drift) -> dict[str, object]:
    return {
        "kind": drift.kind.value,
        "text": drift.text,
        "certain": drift.is_certain,
        "address": drift.address or None,
        "arn": drift.arn or None,
        "field": drift.field or None,
        "declared": drift.declared if drift.field else None,
        "existing": drift.existing if drift.field else None,
        "file": drift.file or None,
        **line_and_column(drift.position),
    }


# Markdown


def markdown(report: DriftReport) -> str:
    """Return a table of the differences."""
    lines = ["### acmrules: drift", "", summary(report)]
    if report.drifts:
        lines += ["", "| kind | certificate | difference |", "| --- | --- | --- |"]
    for each in report.drifts:
        where = "<br>".join(filter(None, (each.address or each.arn, each.file_and_line)))
        cells = (_WORDS[each.kind], where, each.text)
        lines.append(f"| {' | '.join(printable(cell).replace('|', '&#124;') for cell in cells)} |")
    return "\n".join(lines) + "\n"
