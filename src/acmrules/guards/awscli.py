"""The plugin of the AWS CLI: it checks certificate requests before they are sent.

The AWS CLI imports this module for each of its commands. So the module imports nothing else of
acmrules until a command calls one of the operations that are checked.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, Protocol

    from acmrules.lint import Finding, Report

    class Emitter(Protocol):
        """What the AWS CLI passes to its plugins: the events of its session."""

        def register(self, event: str, handler: Callable[..., None]) -> None:
            """Call a handler whenever an event is emitted."""

    class Operation(Protocol):
        """An operation of the ACM API, as botocore describes it."""

        name: str
        input_shape: Any


OPERATIONS = (
    "RequestCertificate",
    "ImportCertificate",
    "UpdateCertificateOptions",
    "CreateAcmeEndpoint",
    "CreateAcmeDomainValidation",
    "CreateAcmeExternalAccountBinding",
)
"""The operations of ACM whose calls are checked."""

SETTINGS = "acmrules_settings"
"""The key of a profile in the AWS configuration that names a settings file."""

_INPUTS = ("cli_input_json", "cli_input_yaml")
_WIDTH = 80


def awscli_initialize(cli: Emitter) -> None:
    """Register the checks; the AWS CLI calls this for each plugin in its configuration.

    `cli` has the events, which are the same in both versions of the AWS CLI. Parameters are checked
    when they are complete: after files and `--cli-input-json` are read, and before a request is
    built.
    """
    guard = _Guard()
    cli.register("session-initialized", guard.start)
    cli.register("operation-args-parsed.acm", guard.note_options)
    for operation in OPERATIONS:
        cli.register(f"before-parameter-build.acm.{operation}", guard.check)


class _Guard:
    """Checks the calls of one command, with the options that it was given."""

    def __init__(self) -> None:
        self._session: Any = None
        self._given: Mapping[str, object] = {}

    def start(self, session: Any, **_: object) -> None:  # noqa: ANN401  (a class of the AWS CLI)
        """Keep the session, whose profile may name a settings file."""
        self._session = session

    def note_options(self, parsed_args: object, **_: object) -> None:
        """Keep the options of the command, which are the places of findings."""
        self._given = {name: value for name, value in vars(parsed_args).items() if value}

    def check(
        self,
        params: Mapping[str, object],
        model: Operation,
        context: Mapping[str, Any],
        **_: object,
    ) -> None:
        """Check the parameters of a call.

        Raises the `ParamValidationError` of the AWS CLI if a finding fails, or if the settings have
        mistakes. Prints other findings, and what could not be checked, on standard error.
        """
        try:
            text, is_refused = self._checked(params, model, context.get("client_region"))
        except Exception as error:  # noqa: BLE001  (a bug of acmrules must not stop the AWS CLI)
            text = f"warning: acmrules could not check the call: {_shown(error)}\n"
            is_refused = False
        if is_refused:
            # Each version of the AWS CLI has its own copy of botocore, under its own name.
            copy = type(model).__module__.rpartition(".")[0]
            raise sys.modules[f"{copy}.exceptions"].ParamValidationError(report=text)
        # If standard error is closed, the call is still sent.
        with suppress(AttributeError, OSError, ValueError):
            sys.stderr.write(text)

    def _checked(
        self,
        params: Mapping[str, object],
        model: Operation,
        region: str | None,
    ) -> tuple[str, bool]:
        """Return what to report about a call, and whether it is refused."""
        from datetime import date

        from acmrules.client_calls import usable_region
        from acmrules.lint import SettingsError, check_params

        region, fault = usable_region(region)
        unknown = f"warning: {fault}\n" if fault else ""
        try:
            report = check_params(
                params,
                operation=model.name,
                region=region,
                today=date.today(),  # noqa: DTZ011  (local, as of the command)
                settings=self._settings(),
            )
        except SettingsError as error:
            lines = [f"error: {each}" for each in error.mistakes]
            return "\n".join(
                [*lines, "acmrules stopped the call: its settings have mistakes"]
            ), True
        return self._text(report, model, unknown), any(report.failing())

    def _settings(self) -> str | None:
        """Return the settings file of the profile, `None` to use the nearest one."""
        named = self._session.get_scoped_config().get(SETTINGS) if self._session else None
        if isinstance(named, dict):
            from acmrules.lint import SettingsError
            from acmrules.syntax.source import InputError

            raise SettingsError(InputError(SETTINGS, "must be the path of a settings file"))
        return os.path.expanduser(named) if named else None

    def _text(self, report: Report, model: Operation, first: str) -> str:
        """Return the findings, what was not checked, and a summary; nothing for a good call."""
        from acmrules.lint import SkipReason
        from acmrules.reports.findings.layout import Layout
        from acmrules.reports.findings.text import render

        place = self._places(model)
        shown = report.__replace__(
            findings=tuple(each.__replace__(address=place(each)) for each in report.findings),
            skips=tuple(
                each.__replace__(address=_command(model))
                for each in report.skips
                if each.reason is not SkipReason.NOT_IN_FORCE
            ),
        )
        blocks = [render(shown, Layout(_width(), show_undecided=True, is_quiet=True))]
        blocks += [f"warning: acmrules could not check {each}\n" for each in report.unreadable]
        blocks += [f"warning: not checked: {each}\n" for each in report.not_checked]
        text = "\n".join(filter(None, blocks))
        return first + (f"{text}\n{_summary(report)}\n" if text else "")

    def _places(self, model: Operation) -> Callable[[Finding], str]:
        """Return a function that returns the option, or the command, which a finding is about."""
        options = {_option(member) for member in model.input_shape.members}
        files = [_dashed(each) for each in _INPUTS if each in self._given]

        def place(finding: Finding) -> str:
            possible = [each for each in _options(finding.path) if each in options]
            typed = [each for each in possible if each[2:].replace("-", "_") in self._given]
            return next(iter([*typed, *(files if possible else ()), *possible]), _command(model))

        return place


_MEMBERS = {
    "validation_options": "DomainValidationOptions",
    "export": "Options",
    "transparency_logging": "Options",
    "root_hierarchy": "RootHierarchyType",
    "key_label": "PrivateKey",
    "chain": "CertificateChain",
    "leaf": "Certificate",
    "body": "Certificate",
    "encoding": "Certificate",
    "role": "RoleArn",
}
"""The parameters of fields with other names."""


def _options(path: tuple[object, ...]) -> Iterator[str]:
    """Yield the options that may have set the value at a path, the most likely first."""
    if path[:1] == ("names",):
        if path[1:] != (0,):
            yield "--subject-alternative-names"
        if path[1:] in {(), (0,)}:
            yield "--domain-name"
    for field in path:
        if isinstance(field, str):
            yield _option(_MEMBERS[field]) if field in _MEMBERS else _dashed(field)


def _option(member: str) -> str:
    """Return the option of a parameter, such as `--domain-name`."""
    return "--" + re.sub(r"(?<=[a-z])(?=[A-Z])", "-", member).lower()


def _dashed(name: str) -> str:
    return "--" + name.replace("_", "-")


def _command(model: Operation) -> str:
    return f"aws acm {_option(model.name)[2:]}"


def _summary(report: Report) -> str:
    """Return the number of findings, and whether acmrules stopped the call."""
    from acmrules.reports.findings.summary import counts

    found = counts(report)
    if any(report.failing()):
        return f"acmrules stopped the call: {found}"
    return f"acmrules allows the call: {found or 'nothing found'}"


def _shown(error: Exception) -> str:
    """Return the message of an error; that of a bug may have a secret."""
    from acmrules.errors import AcmRulesError
    from acmrules.workspace.errors import describe_crash

    if isinstance(error, AcmRulesError | ImportError):
        return str(error)
    return describe_crash(error, has_message=False)


def _width() -> int:
    """Return the columns of the terminal, or 80 if standard error is not a terminal."""
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated):
        return int(stated)
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _WIDTH
    except (AttributeError, OSError, ValueError):
        return _WIDTH
