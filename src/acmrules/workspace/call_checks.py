"""Checks of calls one by one, with settings that are read again only after a change."""

from __future__ import annotations

import os
from _collections_abc import Mapping
from copy import deepcopy
from threading import local

from acmrules.workspace import arguments, checks
from acmrules.workspace.resolver import is_top
from acmrules.workspace.settings import OWN, PROJECT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.lint.findings import Report
    from acmrules.workspace.arguments import GivenSettings
    from acmrules.workspace.file_settings import FileSettings


class CallChecks:
    """Checks of calls of the ACM API, with the same reports as `check_params`.

    If the working folder, a settings file or the date has changed, a check reads the settings
    again. A mapping of settings is copied. Several threads can use one object.
    """

    def __init__(self, settings: GivenSettings = None) -> None:
        # A program may change its mapping or its working folder later.
        self._settings = deepcopy({**settings}) if isinstance(settings, Mapping) else settings
        if isinstance(settings, str | os.PathLike):
            self._settings = os.path.abspath(settings)
        # A linter loads rules when it needs them, so each thread has its own.
        self._known = local()

    def check(
        self, params: Mapping[str, object], *, operation: str, region: str | None, today: date
    ) -> Report:
        """Return the report of a call; raises `InvalidArgument`, `SettingsError`, `TypeError`."""
        return checks.checked_call(params, operation, self.settings_in(region, today))

    def settings_in(self, region: str | None, today: date) -> FileSettings:
        """Return the settings of calls in a Region; raises what `check` raises."""
        state = today, self._state()
        known = self._known
        if getattr(known, "state", None) != state:
            known.state, known.by_region = state, {}
        found: FileSettings | None = known.by_region.get(region)
        if found is None:
            resolver = arguments.resolver(self._settings, region, None, today)
            found = known.by_region[region] = resolver.settings_of("")
        return found

    def _state(self) -> object:
        """Return what differs after a change of the settings files."""
        if self._settings is None:
            return state_of_settings(os.getcwd())
        return _state_of_file(self._settings) if isinstance(self._settings, str) else None


def state_of_settings(folder: str) -> list[object]:
    """Return what differs after a change of the files that may have the settings of a folder.

    It is the time, the size and the identity of each file, up to the root of the Git checkout.
    """
    found: list[object] = [folder]
    while True:
        found += (_state_of_file(os.path.join(folder, name)) for name in (OWN, PROJECT))
        if is_top(folder):
            return found
        folder = os.path.dirname(folder)


def _state_of_file(path: str) -> tuple[int, int, int] | None:
    """Return what differs after a change of a file, `None` without the file."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
