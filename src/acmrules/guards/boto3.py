"""The guard of boto3, botocore and aiobotocore: it refuses bad requests before they are sent.

>>> import boto3
>>> from acmrules.guards.boto3 import install
>>> session = boto3.Session()
>>> install(session)
"""

from __future__ import annotations

import warnings
from datetime import date
from logging import getLogger
from typing import Literal

from botocore.exceptions import ParamValidationError  # type: ignore[import-untyped]

from acmrules.client_calls import (
    EVENT,
    caller,
    checked_operation,
    location,
    rendered,
    usable_region,
)
from acmrules.errors import AcmRulesError, InvalidArgument, NoSuffixList, require
from acmrules.lint.findings import SkipReason
from acmrules.messages import choose_from, printable, quoted
from acmrules.workspace.call_checks import CallChecks
from acmrules.workspace.errors import describe_crash
from acmrules.workspace.settings import SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, Protocol

    from acmrules.lint.findings import Finding, Report
    from acmrules.workspace.arguments import GivenSettings

    class Events(Protocol):
        """The events of a session or of a client, which botocore calls an emitter."""

        def register_last(self, event_name: str, handler: object, unique_id: str) -> None:
            """Call a handler after the others of an event."""

        def unregister(self, event_name: str, *, unique_id: str) -> None:
            """Stop calling a handler."""


OnFinding = Literal["raise", "warn"]
"""The effect of a finding that fails: it refuses the call, or it is a warning."""

_ON_FINDING = ("raise", "warn")
_ID = "acmrules"
_LOG = getLogger(__name__)


class RequestRefusedError(ParamValidationError, AcmRulesError):  # type: ignore[misc]
    """A call that was not sent; `report` has the findings, and the message shows them."""

    fmt = "{report}"

    def __init__(self, report: Report, message: str) -> None:
        ParamValidationError.__init__(self, report=message)
        self.report = report

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.report, self.kwargs["report"])


class RequestWarning(UserWarning):
    """A finding about a call that was sent, which is its attribute `finding`."""

    def __init__(self, message: str, finding: Finding | None = None) -> None:
        super().__init__(message)
        self.finding = finding


class UncheckedWarning(UserWarning):
    """A call that was sent without a complete check."""


def install(
    target: object = None, *, on_finding: OnFinding = "raise", settings: GivenSettings = None
) -> None:
    """Check the calls of ACM before they are sent; a second `install` replaces the first one.

    `target` is a session or a client of boto3, botocore or aiobotocore, or its events; `None` is
    the default session of boto3. A session passes the guard on to the clients that it creates
    later. `on_finding` is `raise` or `warn`. With `raise`, a finding that fails refuses the call
    with `RequestRefusedError`. All other findings are a `RequestWarning`. `settings` are those of
    `acmrules.lint.check_params`. Raises `SettingsError` for invalid settings, and `InvalidArgument`
    for another value of `on_finding`, or for a client of another service. Raises `TypeError` for
    another type of `target`.
    """
    require(on_finding, str, "`on_finding`", "a string")
    if on_finding not in _ON_FINDING:
        meant = choose_from(on_finding, _ON_FINDING)
        raise InvalidArgument(f"unknown value {quoted(on_finding)} of `on_finding`{meant}")
    events = _events_of(target)
    guard = _Guard(CallChecks(settings), refuses=on_finding == "raise")
    guard.prepare()
    events.unregister(EVENT, unique_id=_ID)
    # The last handler of ACM sees what the others change.
    events.register_last(EVENT, guard.on_call, unique_id=_ID)


def uninstall(target: object = None) -> None:
    """Stop checking the calls of a session or a client; clients that exist keep their guard.

    `target` is that of `install`. Raises `InvalidArgument` for a client of another service, and
    `TypeError` for another type of `target`.
    """
    _events_of(target).unregister(EVENT, unique_id=_ID)


class _Guard:
    """The handler of the events of some clients."""

    def __init__(self, checks: CallChecks, *, refuses: bool) -> None:
        self._checks = checks
        self._refuses = refuses

    def __deepcopy__(self, memo: object) -> _Guard:
        return self  # It never changes, and threads share it.

    def prepare(self) -> None:
        """Load the rules and the settings; raises `SettingsError` and `TypeError`."""
        _ = self._checks.settings_in(None, _today()).linter.in_force

    def on_call(
        self,
        params: Mapping[str, object],
        event_name: str,
        context: Mapping[str, Any] | None = None,
        **_: object,
    ) -> None:
        """Check a call; raises `RequestRefusedError`."""
        operation = checked_operation(event_name)
        if operation is None:
            return
        region = (context or {}).get("client_region")
        report, faults = self._checked(params, operation, region)
        # A traceback may show the values of variables, and this one may contain a private key.
        del params
        if report is not None:
            self._act_on(report, operation)
        for fault in faults:
            message = f"`{operation}` is not completely checked: {printable(fault)}"
            _warn(UncheckedWarning(message))

    def _checked(
        self, params: Mapping[str, object], operation: str, region: str | None
    ) -> tuple[Report | None, list[str]]:
        """Return the report of a call, and what kept it from being complete."""
        region, fault = usable_region(region)
        faults = [fault] if fault else []
        try:
            report = self._checks.check(params, operation=operation, region=region, today=_today())
        except (SettingsError, NoSuffixList) as error:
            return None, [*faults, *_lines(error)]
        except Exception as error:  # noqa: BLE001  (a bug in acmrules must not break a program)
            return None, [*faults, describe_crash(error, has_message=False)]
        faults += (each.fault for each in report.unreadable)
        faults += (str(each) for each in report.not_checked)
        return report, faults

    def _act_on(self, report: Report, operation: str) -> None:
        """Refuse a call because of its report, or warn of each finding."""
        if self._refuses and any(report.failing()):
            found = rendered(report, report.findings, location(caller()))
            message = f"`{operation}` was not sent\n\n{found.rstrip()}"
            raise RequestRefusedError(report, message)
        for finding in report.findings:
            _warn(RequestWarning(_sentence(finding), finding))
        for skip in report.skips:
            if skip.rule and skip.reason is SkipReason.UNDECIDED:
                detail = printable(skip.detail)
                _LOG.info("`%s`: %s is undecided: %s", operation, skip.rule.id, detail)


def _events_of(target: object) -> Events:
    """Return the events of a session or a client; raises `InvalidArgument` and `TypeError`."""
    if target is None:
        import boto3  # type: ignore[import-untyped]

        if boto3.DEFAULT_SESSION is None:
            boto3.setup_default_session()
        target = boto3.DEFAULT_SESSION
    for events in _candidates(target):
        if hasattr(events, "register_last") and hasattr(events, "unregister"):
            found: Events = events
            return found
    kind = type(target).__name__
    raise TypeError(f"`target` must be a session or a client of botocore, not `{kind}`")


def _candidates(target: Any) -> Iterator[Any]:  # noqa: ANN401  (whatever a program passes)
    """Yield what may be the events of a target: its own, then those of its kind."""
    yield target
    meta = getattr(target, "meta", None)
    if model := getattr(meta, "service_model", None):
        if model.service_name != "acm":
            raise InvalidArgument(
                f"`target` is a client of {quoted(model.service_name)}, not of `acm`"
            )
        yield getattr(meta, "events", None)
    elif hasattr(target, "get_component"):
        yield target.get_component("event_emitter")
    else:
        yield getattr(target, "events", None)


def _lines(error: SettingsError | NoSuffixList) -> list[str]:
    mistakes = error.mistakes if isinstance(error, SettingsError) else (error,)
    return [str(each) for each in mistakes]


def _sentence(finding: Finding) -> str:
    """Return a finding on one line, as logs show warnings."""
    text = f"{finding.severity}[{finding.rule.id}]: {finding.message}"
    return printable(f"{text} (help: {finding.help})" if finding.help else text)


def _warn(warning: Warning) -> None:
    """Warn at the line of the program that makes the call."""
    frame = caller()
    warnings.warn_explicit(
        warning,
        type(warning),
        frame.f_code.co_filename,
        frame.f_lineno,
        frame.f_globals.get("__name__"),
        frame.f_globals.setdefault("__warningregistry__", {}),
    )


def _today() -> date:
    return date.today()  # noqa: DTZ011  (local, as of the command)
