"""The configuration of a hook: environment variables of its Lambda function."""

from __future__ import annotations

import os

from acmrules.guards.hook.faults import HookFault
from acmrules.lint.rule import Severity
from acmrules.messages import choose_from, quoted
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Self

CONFIG = "ACMRULES_CONFIG"
"""The settings file, relative to the folder of the package."""

FAIL_ON = "ACMRULES_FAIL_ON"
"""The lowest severity that fails the hook, in place of `fail-on` in the settings."""

ON_FAILURE = "ACMRULES_ON_FAILURE"
"""What the hook answers if it cannot check an operation: `fail` (default) or `allow`."""

_ROOT = "LAMBDA_TASK_ROOT"
_OWN = ".acmrules.toml"
_SEVERITIES = {each.name.lower(): each for each in Severity}
_ALLOW = "allow"
_ANSWERS = ("fail", _ALLOW)


class HookConfiguration(Value):
    """The settings file, the severity bar, and whether the hook allows what it cannot check.

    Without a settings file, the nearest one above the working directory applies. Without a `bar`,
    the settings decide.
    """

    settings: str | None = None
    bar: Severity | None = None
    allows_faults: bool = False

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> Self:
        """Return the configuration in environment variables; raises `HookFault`."""
        allows = allows_faults(environ)
        bar = _SEVERITIES.get(_chosen(environ, FAIL_ON, _SEVERITIES))
        return cls(_settings(environ), bar, allows)


def allows_faults(environ: Mapping[str, str]) -> bool:
    """Return whether the hook allows what it cannot check; raises `HookFault`."""
    return _chosen(environ, ON_FAILURE, _ANSWERS) == _ALLOW


def _settings(environ: Mapping[str, str]) -> str | None:
    """Return the settings file that a variable names, else that in the package, if it has one."""
    root = environ.get(_ROOT, "")
    if named := environ.get(CONFIG, ""):
        return os.path.join(root, named)
    own = os.path.join(root, _OWN)
    return own if root and os.path.isfile(own) else None


def _chosen(environ: Mapping[str, str], name: str, known: Iterable[str]) -> str:
    """Return the value of a variable, empty if it is missing; raises `HookFault`."""
    word = environ.get(name, "")
    if word and word not in known:
        meant = choose_from(word, known)
        raise HookFault(f"the environment variable `{name}` is {quoted(word)}{meant}")
    return word
