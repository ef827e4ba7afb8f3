"""The answer of a hook: its status, a message, and annotations for `GetHookResult`.

Sources: CloudFormation Hooks User Guide, "Response input", and the data type `Annotation` of the
CloudFormation API, for the lengths.
"""

from __future__ import annotations

from acmrules.guards.hook.events import HookOperation
from acmrules.lint.rule import Severity
from acmrules.lint.unknowns import undecided
from acmrules.messages import counted, quoted
from acmrules.model.not_checked import PARAMETER
from acmrules.reports.findings.summary import counts
from acmrules.workspace import CLEAN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from acmrules.guards.hook.configuration import HookConfiguration
    from acmrules.guards.hook.events import Invocation
    from acmrules.guards.hook.faults import HookFault
    from acmrules.lint.findings import Finding, Report, Skip
    from acmrules.model.placed import Placed

    Answer = dict[str, Any]

MESSAGE = 4096
"""The longest message about an operation of CloudFormation."""

CLOUD_CONTROL_MESSAGE = 1024
"""The longest message about an operation of the Cloud Control API."""

LONGEST = 4096
"""The longest text of an annotation.

GetHookResult allows 16,384 characters, but an answer of Lambda has at most 6 MB.
"""

MOST_ANNOTATIONS = 100
"""The most annotations of an answer, for the same reason."""

MOST_INVOCATIONS = 3
"""How often CloudFormation invokes a hook about one operation."""

_RETRY_SECONDS = 2
_ELLIPSIS = "…"
_LEVELS = {Severity.ERROR: "HIGH", Severity.WARNING: "MEDIUM", Severity.NOTE: "LOW"}
_GENERAL = "acmrules"
"""The name of annotations that are not about a rule."""

_FINAL_VALUES = (
    "invoke the hook for `RESOURCE` or `CHANGE_SET` operations too, whose values are final, or set"
    " the parameter in the settings"
)


def of_report(report: Report, invocation: Invocation, configuration: HookConfiguration) -> Answer:
    """Return the answer to an invocation."""
    bar = configuration.bar or (report.fail_on[0][1] if report.fail_on else Severity.ERROR)
    worst_first = sorted(report.findings, key=lambda each: -each.severity)
    fails = any(each.severity >= bar for each in worst_first)
    annotations = [
        *(_of_finding(each, bar, invocation) for each in worst_first),
        *_of_unchecked(report, invocation),
    ]
    limit = MESSAGE if invocation.is_of_stack else CLOUD_CONTROL_MESSAGE
    message = _message(report, worst_first, invocation.name)
    if fails:
        return _answer("FAILED", message, invocation.token, annotations, "NonCompliant", limit)
    if unchecked := _unchecked(report):
        status = ("SUCCESS", "") if configuration.allows_faults else ("FAILED", "InternalFailure")
        message = f"acmrules cannot check this: {unchecked}"
        return _answer(status[0], message, invocation.token, annotations, status[1], limit)
    if not report.findings and not report.is_empty:
        annotations.insert(0, _annotation(_GENERAL, "PASSED", message, "INFORMATIONAL"))
    return _answer("SUCCESS", message, invocation.token, annotations, "", limit)


def of_fault(
    fault: HookFault, token: str, configuration: HookConfiguration, attempt: int = MOST_INVOCATIONS
) -> Answer:
    """Return the answer if nothing was checked.

    If the fault may be temporary, the answer makes CloudFormation invoke the hook again.
    """
    message = f"acmrules cannot check this: {fault}"
    annotations = [_annotation(_GENERAL, "SKIPPED", message, "INFORMATIONAL")]
    if fault.retried and attempt < MOST_INVOCATIONS:
        answer = _answer("IN_PROGRESS", message, token, annotations, "", CLOUD_CONTROL_MESSAGE)
        again = {"callbackContext": str(attempt), "callbackDelaySeconds": _RETRY_SECONDS}
        return {**answer, **again}
    if configuration.allows_faults:
        return _answer("SUCCESS", message, token, annotations, "", CLOUD_CONTROL_MESSAGE)
    code = "InternalFailure"
    return _answer("FAILED", message, token, annotations, code, CLOUD_CONTROL_MESSAGE)


def _answer(
    status: str,
    message: str,
    token: str,
    annotations: Sequence[Answer],
    code: str,
    limit: int,
) -> Answer:
    answer: Answer = {
        "hookStatus": status,
        "message": _cut(message, limit),
        "clientRequestToken": token,
    }
    if code:
        answer["errorCode"] = code
    if annotations:
        answer["annotations"] = _bounded(annotations)
    return answer


def _bounded(annotations: Sequence[Answer]) -> list[Answer]:
    """Return at most so many annotations; the last one has the number of those left out."""
    if len(annotations) <= MOST_ANNOTATIONS:
        return [*annotations]
    shown = [*annotations[: MOST_ANNOTATIONS - 1]]
    left = counted(len(annotations) - len(shown), "annotation")
    sentence = f"{left} left out: check the template with the command `acmrules check`"
    return [*shown, _annotation(_GENERAL, "SKIPPED", sentence, "INFORMATIONAL")]


def _annotation(name: str, status: str, sentence: str, level: str, **more: str) -> Answer:
    """Return an annotation; its empty texts are left out, because one has at least a character."""
    texts = {"statusMessage": sentence, **more}
    kept = {member: _cut(text, LONGEST) for member, text in texts.items() if text}
    return {"annotationName": name, "status": status, **kept, "severityLevel": level}


def _of_finding(finding: Finding, bar: Severity, invocation: Invocation) -> Answer:
    """Return the annotation of a finding: it failed only if it fails the hook."""
    status = "FAILED" if finding.severity >= bar else "PASSED"
    advice = finding.help or finding.rule.help
    return _annotation(
        finding.rule.id,
        status,
        _placed(finding, finding.message, finding.address, invocation),
        _LEVELS[finding.severity],
        remediationMessage=advice,
        remediationLink=finding.rule.url,
    )


def _of_unchecked(report: Report, invocation: Invocation) -> Iterator[Answer]:
    """Yield an annotation for each thing that was not checked, or that no rule can decide."""
    for each in report.unreadable:
        yield _annotation(_GENERAL, "SKIPPED", str(each), "INFORMATIONAL")
    names, others = undecided(report.skips)
    for name in names:
        sentence = f"{name.what} is unknown, so these rules are undecided: {', '.join(name.rules)}"
        advice = _FINAL_VALUES if name.option else name.advice
        yield _annotation(_GENERAL, "SKIPPED", sentence, "INFORMATIONAL", remediationMessage=advice)
    for skip in others:
        yield _of_skip(skip, invocation)
    for part in report.not_checked:
        if part.kind == PARAMETER:
            continue  # The unknown names include it.
        sentence = _placed(part, f"{part.what} {part.why}", "", invocation)
        yield _annotation(
            _GENERAL, "SKIPPED", sentence, "INFORMATIONAL", remediationMessage=part.how
        )


def _of_skip(skip: Skip, invocation: Invocation) -> Answer:
    name = skip.rule.id if skip.rule else _GENERAL
    sentence = _placed(skip, skip.detail, skip.address, invocation)
    return _annotation(name, "SKIPPED", sentence, "INFORMATIONAL")


def _placed(entry: Placed, sentence: str, address: str, invocation: Invocation) -> str:
    """Return a sentence after the line of the template, if the user has it, and the resource."""
    position = entry.position if invocation.operation is not HookOperation.RESOURCE else None
    places = [f"line {position.line}, column {position.column}"] if position else []
    places += [quoted(address)] if address else []
    return f"{', '.join(places)}: {sentence}" if places else sentence


def _message(report: Report, worst_first: Sequence[Finding], name: str) -> str:
    """Return what was found in one sentence, and then each finding, the worst first."""
    if report.excluded:
        return f"acmrules: the settings exclude {quoted(name)}"
    if report.is_empty and not report.findings:
        return "acmrules: nothing to check here"
    accepted = counted(len(report.suppressed), "suppressed finding") if report.suppressed else ""
    parts = ", ".join(filter(None, (counts(report), accepted))) or "no findings"
    subject = counted(report.requests, "certificate request")
    sentence = f"acmrules: {parts} in {subject}"
    reasons = "; ".join(f"{_subject(each)}: {each.message}" for each in worst_first)
    return f"{sentence}. {reasons}" if reasons else sentence


def _subject(finding: Finding) -> str:
    """Return the severity, the rule and the resource of a finding."""
    resource = f" {quoted(finding.address)}" if finding.address else ""
    return f"{finding.severity} {finding.rule.id}{resource}"


def _unchecked(report: Report) -> str:
    """Return why not everything was checked that the settings require, empty if it was.

    A stack without certificates is no failure, whatever `fail-on-nothing` says.
    """
    if report.unreadable:
        return "; ".join(map(str, report.unreadable))
    if report.exit_code != CLEAN and report.not_checked:
        return "; ".join(each.located for each in report.not_checked)
    return ""


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + _ELLIPSIS
