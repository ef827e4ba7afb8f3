"""The changes of certificates as text, as data, and as Markdown for a pull request.

The other formats print them as findings.
"""

from __future__ import annotations

from acmrules.analysis.changes import CertificateChange, ChangeKind, ConsumerLocation, worst
from acmrules.changes import Reason, Verdict
from acmrules.lint.rule import Severity
from acmrules.messages import counted, printable, quoted
from acmrules.model.positions import line_and_column
from acmrules.reports import BOLD
from acmrules.reports.findings import render as as_findings
from acmrules.reports.findings.layout import COLORS, Layout, joined
from acmrules.reports.tables import labeled, position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.lint.findings import Report
    from acmrules.unresolved import ListedName

_DEFAULT = Layout()
_COLORS = {
    Verdict.IMPOSSIBLE: COLORS[Severity.ERROR],
    Verdict.REPLACEMENT: COLORS[Severity.WARNING],
    Verdict.UNDECIDED: COLORS[Severity.WARNING],
}
_WIDTH = 17
_HEAD = ("| verdict | certificate | why | approve again |", "| --- | --- | --- | --- |")
_MOST = 20
_COSMETIC = "ACM sees no change"
_AGAIN = (
    ("by_hand", "by hand"),
    ("automatically", "automatically"),
    ("by_new_record", "by a new record"),
    ("undecided", "unknown how"),
)


def render(
    found: Sequence[CertificateChange],
    report: Report,
    form: str,
    folder: str,
    layout: Layout = _DEFAULT,
) -> str:
    """Return the changes in a format; `folder` is the base of relative file names."""
    if form == "text":
        return text(found, layout, is_complete=not report.unreadable)
    if form == "json":
        from json import dumps

        return f"{dumps(as_data(found, report), indent=2)}\n"
    if form == "markdown":
        return markdown(found, report, folder)
    return as_findings(report, form, folder, layout)


def word(verdict: Verdict) -> str:
    """Return a verdict in the spelling of the command line."""
    return str(verdict).replace(" ", "-")


def heading(each: CertificateChange) -> str:
    """Return the verdict of a certificate in a few words."""
    if each.kind is ChangeKind.CHANGED:
        return str(each.verdict)
    kind = "first request" if each.is_first_request else str(each.kind.value)
    return f"{kind}: {each.verdict}" if each.verdict is Verdict.IMPOSSIBLE else kind


def summary(found: Sequence[CertificateChange], *, is_complete: bool = True) -> str:
    """Return the number of certificates and ACME resources by verdict.

    `is_complete` is false if some input could not be read.
    """
    if not found:
        return "no certificate changes" + " in what could be read" * (not is_complete)
    counts: dict[str, int] = {}
    for each in sorted(found, key=lambda each: (-each.verdict, each.kind.value)):
        counts[heading(each)] = counts.get(heading(each), 0) + 1
    parts = ", ".join(f"{count:,} {verdict}" for verdict, count in counts.items())
    of_acme = sum(each.variant.acme is not None for each in found)
    numbers = {"certificate": len(found) - of_acme, "ACME resource": of_acme}
    kinds = " and ".join(counted(number, noun) for noun, number in numbers.items() if number)
    return f"{kinds}: {parts}"


# Text


def text(
    found: Sequence[CertificateChange], layout: Layout = _DEFAULT, *, is_complete: bool = True
) -> str:
    """Return a block for each certificate, with its reasons and steps, and a summary."""
    blocks = ["\n".join(_block(each, layout)) for each in found]
    if not layout.is_quiet:
        blocks.append(summary(found, is_complete=is_complete))
    return joined(blocks)


def _block(each: CertificateChange, layout: Layout) -> Iterator[str]:
    place = layout.link_file(position(each.location), each.declaration.file)
    address = each.declaration.address
    head = " ".join(filter(None, (place, printable(address) if address != "$" else "")))
    verdict = layout.paint(heading(each), _COLORS.get(each.verdict, BOLD))
    yield f"{head or 'request'}: {verdict} ({each.declaration.tool.value}){_condition(each)}"
    yield from labeled(_sections(each), _WIDTH)


def _sections(each: CertificateChange) -> Iterator[tuple[str, list[str]]]:
    """Yield the labels of a block, each with its lines."""
    was = each.was
    if was is not None:
        yield "was", [f"{quoted(was.declaration.address)} in {printable(was.declaration.file)}"]
    yield "why", [*map(_reason, each.change.reasons)]
    if each.change.is_cosmetic:
        yield "", [_COSMETIC]
    yield "adds", _named(each.change.added)
    yield "removes", _named(each.change.removed)
    yield from _again(each)
    yield "in use by", [*map(_use, each.uses[:_MOST])]
    yield "breaks", [*each.breaks]
    yield "note", [*each.notes]
    numbered = len(each.steps) > 1
    steps = [f"{number}. {step}" if numbered else step for number, step in enumerate(each.steps, 1)]
    yield "do this", steps


def _reason(reason: Reason) -> str:
    source = f" [{reason.source.title}]" if reason.source else ""
    return f"{_verdict(reason)}{reason.sentence}{source}"


def _verdict(reason: Reason) -> str:
    return "" if reason.verdict is Verdict.NO_CHANGE else f"{reason.verdict}: "


def _again(each: CertificateChange) -> Iterator[tuple[str, list[str]]]:
    """Yield the names that need a new validation, by the kind of validation."""
    lines = []
    for field, how in _AGAIN:
        if names := getattr(each.change.approve_again, field):
            lines.append(f"{how}: {', '.join(_named(names))}")
    for name, addresses in each.mailboxes[:_MOST]:
        recipients = ", ".join(addresses) or "recipients unknown"
        lines.append(f"  {printable(str(name))}: {recipients}")
    yield "approve", lines


def _named(names: Sequence[ListedName]) -> list[str]:
    listed = [*dict.fromkeys(printable(str(name)) for name in names)]
    return listed[:_MOST] + [f"and {len(listed) - _MOST:,} more"] * (len(listed) > _MOST)


def _use(use: ConsumerLocation) -> str:
    hosts = f", serving {', '.join(_named(use.consumer.hosts))}" if use.consumer.hosts else ""
    where = position(use.location)
    return f"{quoted(use.consumer.address)} ({use.consumer.service}) {where}{hosts}"


def _condition(each: CertificateChange) -> str:
    return f", {each.condition}" if each.condition else ""


# Data


def as_data(found: Sequence[CertificateChange], report: Report) -> dict[str, object]:
    """Return the data of `check`, with the changes."""
    verdict = word(worst(found))
    return report.to_dict() | {"verdict": verdict, "changes": [*map(_change, found)]}


def _change(each: CertificateChange) -> dict[str, object]:
    return {
        "address": each.declaration.address,
        "file": each.declaration.file,
        **line_and_column(each.position),
        "tool": each.declaration.tool.value,
        "kind": each.kind.value,
        "condition": each.condition,
        "was": each.was
        and {"address": each.was.declaration.address, "file": each.was.declaration.file},
        **each.change.to_dict(),
        "verdict": word(each.verdict),
        "seen_by_acm": not each.change.is_cosmetic,
        "mailboxes": {str(name): [*addresses] for name, addresses in each.mailboxes},
        "uses": [
            {
                "address": use.consumer.address,
                "service": use.consumer.service,
                "file": use.file,
                **line_and_column(use.position),
                "hosts": [*map(str, use.consumer.hosts)],
            }
            for use in each.uses
        ],
        "breaks": [*each.breaks],
        "notes": [*each.notes],
        "steps": [*each.steps],
    }


# Markdown


def markdown(found: Sequence[CertificateChange], report: Report, folder: str) -> str:
    """Return a comment with a table of the certificates, and the steps in collapsed parts."""
    from acmrules.reports.findings import markdown as shared

    total = summary(found, is_complete=not report.unreadable)
    lines = ["### acmrules: certificate changes", "", total]
    if report.unreadable:
        lines += ["", "| could not be read | why |", "| --- | --- |"]
        lines += [
            f"| {shared.place(each.name, each.position, folder)} | {shared.message(each.fault)} |"
            for each in report.unreadable[: shared.MOST]
        ]
    listed = sorted(found, key=lambda each: -each.verdict)[: shared.MOST]
    if listed:
        lines += ["", *_HEAD]
    for each in listed:
        where = shared.place(each.declaration.file, each.position, folder)
        reasons = "<br>".join(shared.message(line) for line in _reasons(each))
        again = "<br>".join(shared.message(line) for _, ls in _again(each) for line in ls)
        name = f"{shared.code(each.declaration.address)}<br>{where}"
        lines.append(f"| **{heading(each)}** | {name} | {reasons} | {again} |")
    if len(found) > len(listed):
        lines += ["", f"and {len(found) - len(listed):,} more"]
    for each in listed:
        lines += _folded(each, folder)
    return "\n".join(lines) + "\n"


def _reasons(each: CertificateChange) -> Iterator[str]:
    was = each.was
    if was is not None:
        yield f"was {quoted(was.declaration.address)} in {quoted(was.declaration.file)}"
    if each.condition:
        yield each.condition
    yield from (f"{_verdict(reason)}{reason.sentence}" for reason in each.change.reasons)
    if each.change.is_cosmetic:
        yield _COSMETIC
    if each.kind is ChangeKind.ADDED:
        yield f"requests {', '.join(map(quoted, each.change.added[:_MOST]))}"
    yield from each.notes


def _folded(each: CertificateChange, folder: str) -> Iterator[str]:
    """Yield a collapsed part with the consumers, what breaks, and the steps."""
    from acmrules.reports.findings import markdown as shared

    if not (each.steps or each.breaks):
        return
    yield from ("", "<details>")
    yield f"<summary>{shared.escaped(each.declaration.address)}: steps without an outage</summary>"
    yield ""
    for use in each.uses[:_MOST]:
        where = shared.place(use.file, use.position, folder)
        yield f"- in use by {shared.code(use.consumer.address)} {where}"
    yield from (f"- breaks: {shared.message(line)}" for line in each.breaks)
    yield ""
    yield from (f"{number}. {shared.message(step)}" for number, step in enumerate(each.steps, 1))
    yield from ("", "</details>")
