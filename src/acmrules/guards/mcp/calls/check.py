"""The tool `check`: findings, and what was not checked or not decided."""

from __future__ import annotations

from acmrules.guards.mcp import reading, tools
from acmrules.guards.mcp.answers import Answer, AnswerItem, summary
from acmrules.messages import counted, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.guards.mcp.reading import ToolCall
    from acmrules.lint.findings import Finding, Report


def check(call: ToolCall) -> Answer:
    """Return the findings, worst first."""
    run, named = call.run()
    report = run.report(named)
    findings = sorted(
        (each for each in report.findings if _is_wanted(each, call)),
        key=lambda each: each.severity,
        reverse=True,
    )
    unchecked = (*_unchecked(report),)
    hidden = len(report.findings) - len(findings)
    parts = [*_sentences(report)]
    if hidden:
        parts.append(f"{counted(hidden, 'finding')} left out by `severity` or `rules`")
    return Answer(
        summary("; ".join(parts), report.exit_code),
        tuple(map(_finding, findings)),
        report.exit_code,
        _counts(report),
        (*unchecked, *reading.outside(run.files, unchecked)),
        noun="finding",
    )


def _sentences(report: Report) -> Iterator[str]:
    """Yield what was checked and found, and what does not count."""
    from acmrules.reports.findings.summary import counts

    requests = counted(report.requests, "certificate request")
    files = f" in {counted(report.files, 'file')}" if report.files else ""
    nothing = "nothing checked" if report.is_empty else "nothing found"
    yield f"{requests}{files}, as of {report.as_of}: {counts(report) or nothing}"
    if report.suppressed:
        accepted = counted(len(report.suppressed), "finding")
        yield f"{accepted} accepted by suppressions or the baseline"
    if report.environments:
        yield f"checked with {', '.join(map(printable, report.environments[:_MOST_FILES]))}"


_MOST_FILES = 3


def _is_wanted(finding: Finding, call: ToolCall) -> bool:
    least, rules = call.given.get("severity", "note"), call.given.get("rules")
    severities = tools.SEVERITIES
    if severities.index(str(finding.severity)) < severities.index(least):
        return False
    return not rules or finding.rule.id.startswith(tuple(rule.upper() for rule in rules))


def _finding(finding: Finding) -> AnswerItem:
    from acmrules.reports.findings.layout import place

    head = f"{place(finding)}: {finding.severity}[{finding.rule.id}] {printable(finding.message)}"
    help_ = [f"  help: {printable(finding.help)}"] if finding.help else []
    start = finding.position
    return AnswerItem(
        "\n".join([head, *help_]),
        {
            "file": finding.file,
            "line": start.line if start else None,
            "column": start.column if start else None,
            "rule": finding.rule.id,
            "severity": str(finding.severity),
            "message": finding.message,
        },
    )


def _counts(report: Report) -> dict[str, int]:
    from acmrules.lint.rule import Severity

    return {
        **{str(severity): report.count(severity) for severity in reversed(Severity)},
        "suppressed": len(report.suppressed),
        "requests": report.requests,
        "files": report.files,
    }


def _unchecked(report: Report) -> Iterator[str]:
    """Yield what the check did not read, did not check, or did not decide."""
    from acmrules.lint.unknowns import undecided
    from acmrules.model.not_checked import PARAMETER
    from acmrules.reports.findings.layout import place

    yield from (f"cannot read {error}" for error in report.unreadable)
    if report.is_empty and not report.unreadable:
        yield reading.NOTHING
    for each in report.not_checked:
        if each.kind != PARAMETER:
            yield each.located
    names, others = undecided(report.skips)
    for name in names:
        yield _undecided(name.what, name.option, name.advice, name.rules)
    reasons: dict[str, list[str]] = {}
    for skip in others:
        rules = reasons.setdefault(f"{place(skip)}: {printable(skip.detail)}", [])
        rules += [skip.rule.id] if skip.rule else []
    for reason, rules in reasons.items():
        yield f"{reason} ({', '.join(dict.fromkeys(rules)) or 'skipped'} not decided)"
    if report.unimported:
        yield f"{counted(report.unimported, 'certificate file')} skipped: no module imports it"
    if report.excluded:
        yield f"{counted(report.excluded, 'file')} excluded by the settings"


def _undecided(what: str, option: str, advice: str, rules: tuple[str, ...]) -> str:
    waiting = f"{', '.join(rules[:_MOST_RULES])}{' and more' * (len(rules) > _MOST_RULES)}"
    if option.startswith("--region"):
        how = "pass `region`"
    elif option:
        how = f"pass `parameters`: {option.removeprefix('--param ').removesuffix('=VALUE')}"
    else:
        how = advice or "it is known only when it is deployed"
    return f"{what} is unknown: {printable(how)} ({waiting} undecided)"


_MOST_RULES = 6
