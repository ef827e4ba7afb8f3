"""The check of what an invocation of a hook is about."""

from __future__ import annotations

from acmrules.errors import AcmRulesError
from acmrules.guards.hook import payload
from acmrules.guards.hook.events import HookOperation
from acmrules.guards.hook.faults import HookFault
from acmrules.lint.findings import Report
from acmrules.model.not_checked import PARAMETER
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from datetime import date

    from acmrules.guards.hook.configuration import HookConfiguration
    from acmrules.guards.hook.events import Invocation

    Check = Callable[[str, str, str], Report]
    """Checks the text of a template, with its kind and the previous text, which may be empty."""


def check(
    invocation: Invocation,
    configuration: HookConfiguration,
    fetch: Callable[[str], bytes],
    today: date,
) -> Report:
    """Return the report about the operation of an invocation; raises `HookFault`.

    Nothing is fetched for a deletion, which is never checked.
    """
    from acmrules.lint import check_text

    def checked(text: str, kind: str, previous: str) -> Report:
        return check_text(
            text,
            name=invocation.name,
            previous=previous or None,
            kind=kind,
            region=invocation.region,
            account=invocation.account,
            today=today,
            settings=configuration.settings,
        )

    if invocation.is_deletion:
        return Report(today, "", (), (), is_empty=True)
    try:
        if invocation.operation is HookOperation.RESOURCE:
            return checked(invocation.template, "cloudformation", invocation.previous)
        return _of_payload(invocation, fetch, checked)
    except SettingsError as error:
        raise HookFault("; ".join(map(str, error.mistakes))) from None
    except AcmRulesError as error:
        raise HookFault(str(error)) from None


def _of_payload(invocation: Invocation, fetch: Callable[[str], bytes], checked: Check) -> Report:
    """Return the report about the templates and changes at the URL of a payload."""
    found = payload.parsed(fetch(invocation.payload), invocation.stack)
    report = checked(found.template, "cloudformation", found.previous)
    if not found.change_set:
        return report
    return _with_changes(report, checked(found.change_set, "change-set", ""), found.resolved)


def _with_changes(report: Report, changes: Report, resolved: Container[str]) -> Report:
    """Return the report of a template with that of its changed resources, whose values are final.

    These decide findings of the same rule, those under a condition, and checks that wait for a
    parameter.
    """
    decided = {(each.rule, each.address) for each in changes.findings}
    waiting = {(each.rule, each.address) for each in changes.skips}
    findings = [
        each
        for each in report.findings
        if each.address not in resolved
        or not (each.condition or (each.rule, each.address) in decided)
    ]
    skips = [
        each
        for each in report.skips
        if each.address not in resolved
        or not each.parameters
        or (each.rule, each.address) in waiting
    ]
    # The document of the changes is made here, so its lines mean nothing to the reader.
    findings += [each.__replace__(location=None) for each in changes.findings]
    skips += [each.__replace__(location=None) for each in changes.skips]
    is_waiting = any(each.parameters for each in skips)
    parts = [each for each in report.not_checked if is_waiting or each.kind != PARAMETER]
    return report.__replace__(
        findings=tuple(findings),
        skips=tuple(skips),
        unreadable=(*report.unreadable, *changes.unreadable),
        not_checked=(*parts, *changes.not_checked),
        is_empty=report.is_empty and changes.is_empty,
        requests=max(report.requests, changes.requests),
        fail_on=report.fail_on or changes.fail_on,
        exit_code=max(report.exit_code, changes.exit_code),
    )
