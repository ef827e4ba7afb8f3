"""Which settings apply to a file: the nearest settings file, overridden by options."""

from __future__ import annotations

import os
from functools import lru_cache

from acmrules.syntax.source import InputError
from acmrules.workspace import files
from acmrules.workspace.file_settings import BASELINE, FileSettings
from acmrules.workspace.files import CDK_TEMPLATE
from acmrules.workspace.settings import OWN, PROJECT, Settings, SettingsError, matches, merged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from acmrules.limits import Quotas
    from acmrules.suffixes import PublicSuffixes
    from acmrules.workspace.assemblies import Assemblies
    from acmrules.workspace.listing import Places
    from acmrules.workspace.settings import Key, Setting


_STANDARD_INPUT = "-"


class _OnDisk:
    """The files and folders on disk."""

    def __init__(self) -> None:
        self.is_file = os.path.isfile
        self.is_folder = os.path.isdir

    def is_top(self, folder: str) -> bool:
        """Return whether the search for settings ends in a folder."""
        return is_top(folder)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file; raises `InputError`."""
        return files.read_bytes(path)


ON_DISK: Places = _OnDisk()


class SettingsResolver:
    """Finds the settings of files; reads each settings file once.

    The nearest folder with settings applies, up to the root of the Git checkout. So does the
    nearest baseline. If there are `fixed` settings, they apply to all files, and no settings file
    is searched. Without `finds_baselines`, no baseline is searched either. The account and the
    Region of a template in a cloud assembly are those of its stack, unless options override them.
    All files are searched and read in `places`, by default on disk.
    """

    def __init__(
        self,
        options: Settings,
        today: date,
        suffixes: Callable[[], PublicSuffixes],
        *,
        fixed: Settings | None = None,
        finds_baselines: bool = True,
        places: Places = ON_DISK,
    ) -> None:
        self._options = options
        self._today = today
        self._suffixes = suffixes
        self._fixed = None if fixed is None else merged(options, fixed)
        self._finds_baselines = finds_baselines
        self._places = places
        self._settings: dict[str, Settings | SettingsError | None] = {}
        self._baselines: dict[str, str | None] = {}
        self._assemblies: Assemblies | None = None
        self._file_settings: dict[tuple[object, ...], FileSettings | SettingsError] = {}

    def settings_of(self, path: str) -> FileSettings:
        """Return the settings of a file or a folder, the same object where nothing differs.

        Raises `SettingsError`, the same one for all files that it affects.
        """
        whole = os.path.abspath("" if path == _STANDARD_INPUT else path)
        searches = self._fixed is None or self._finds_baselines
        is_folder = searches and self._places.is_folder(whole)
        folder = whole if is_folder else _above(whole)
        found = self._fixed or _nearest(folder, self._settings, self._look, self._places.is_top)
        if isinstance(found, SettingsError):
            raise found
        nearest = found or self._options
        baseline = None
        if self._finds_baselines:
            baseline = _nearest(folder, self._baselines, self._baseline_in, self._places.is_top)
        normal = whole.replace(os.sep, "/")
        globs = tuple(glob for glob in nearest.globs() if matches(normal, glob))
        excluded = path != _STANDARD_INPUT and nearest.exclude(normal, is_folder=is_folder)
        place = self._environment(whole) if whole.endswith(CDK_TEMPLATE) else None
        key = id(nearest), globs, baseline, excluded, place
        settings = self._file_settings.get(key)
        if settings is None:
            own = merged(Settings(dict(place)), nearest) if place else nearest
            settings = self._create(own.for_path(normal), baseline, excluded=excluded)
            self._file_settings[key] = settings
        if isinstance(settings, SettingsError):
            raise settings
        return settings

    def settings_as_of(self, day: date) -> Callable[[str], FileSettings]:
        """Return a function like `settings_of` for another date; nothing is read again."""
        known: dict[int, FileSettings] = {}

        def settings_of(path: str) -> FileSettings:
            settings = self.settings_of(path)
            if id(settings) not in known:
                known[id(settings)] = settings.on(day)
            return known[id(settings)]

        return settings_of

    def account_of(self, file: str) -> str | None:
        """Return the account that a file is deployed to, if its settings have it."""
        settings = self._valid_settings(file)
        stated = settings.stated.get(("account",)) if settings else None
        return stated.value if stated else None

    def quotas_of(self, file: str, region: str | None) -> Quotas | None:
        """Return the quotas in a Region, from the settings of a file."""
        settings = self._valid_settings(file)
        if settings is None:
            return None
        return settings.linter.regional_quotas.get(region or "", settings.linter.quotas)

    def _environment(self, path: str) -> tuple[tuple[Key, Setting], ...]:
        """Return the account and the Region of a template's stack, as settings."""
        if self._assemblies is None:
            from acmrules.workspace.assemblies import Assemblies

            self._assemblies = Assemblies(self._places.read)
        found = self._assemblies.environment(path)
        return tuple((key, each) for key, each in found if key not in self._options.stated)

    def _valid_settings(self, file: str) -> FileSettings | None:
        """Return the settings of a file, `None` if they are wrong, which is reported elsewhere."""
        try:
            return self.settings_of(file)
        except SettingsError:
            return None

    def _create(
        self, stated: dict[Key, Setting], baseline: str | None, *, excluded: bool
    ) -> FileSettings | SettingsError:
        try:
            return FileSettings(
                stated,
                today=self._today,
                suffixes=self._suffixes,
                baseline=baseline,
                excluded=excluded,
                read=self._places.read,
            )
        except InputError as error:
            return SettingsError(error.with_traceback(None))

    def _look(self, folder: str) -> Settings | SettingsError | None:
        """Return the settings in a folder, overridden by options; `None` if it has none."""
        for name in (OWN, PROJECT):
            path = os.path.join(folder, name)
            if not self._places.is_file(path):
                continue
            try:
                data = self._places.read(path)
            except InputError as error:
                return SettingsError(InputError(os.path.relpath(path), error.fault))
            if name == PROJECT and not _may_contain_settings(data):
                continue
            try:
                stated = _stated(path, data, folder)
            except SettingsError as mistakes:
                return mistakes.with_traceback(None)
            if stated is not None:
                return merged(self._options, stated)
        return None

    def _baseline_in(self, folder: str) -> str | None:
        path = os.path.join(folder, BASELINE)
        return path if self._places.is_file(path) else None


def settings_in(path: str) -> Settings:
    """Return the settings in a file that a caller named, of any name; raises `SettingsError`.

    Globs and names of files are relative to its folder. A file of another name than
    `pyproject.toml` may have the keys of a `.acmrules.toml`, without a table for tools.
    """
    from acmrules.workspace import files

    try:
        data = files.read_bytes(path)
    except InputError as error:
        raise SettingsError(error.with_traceback(None)) from None
    stated = _stated(path, data, os.path.dirname(os.path.abspath(path)), is_own=True)
    if stated is None:
        raise SettingsError(InputError(os.path.relpath(path), "has no settings for acmrules"))
    return stated


def _stated(path: str, data: bytes, folder: str, *, is_own: bool = False) -> Settings | None:
    """Return the settings in the bytes of a file, `None` for none; raises `SettingsError`."""
    return _parsed(os.path.relpath(path), data, folder, is_own)


@lru_cache(maxsize=16)
def _parsed(shown: str, data: bytes, folder: str, is_own: bool) -> Settings | None:
    """Return the settings in the bytes of a file; the same bytes are parsed once in a program."""
    from acmrules.workspace import files, settings_file

    try:
        return settings_file.read(shown, files.decode(shown, data).text, folder, is_own=is_own)
    except InputError as error:
        raise SettingsError(error.with_traceback(None)) from None


def _nearest(
    folder: str,
    known: dict[str, Any],
    look: Callable[[str], Any],
    is_top: Callable[[str], bool],
) -> Any:  # noqa: ANN401  (what `look` finds)
    """Return what `look` finds in a folder, or above it up to the root of the checkout."""
    # Without recursion, which has a limit that folders do not have.
    below = []
    while folder not in known:
        below.append(folder)
        known[folder] = look(folder)
        if known[folder] or is_top(folder):
            break
        folder = _above(folder)
    found = known[folder]
    known.update(dict.fromkeys(below, found))
    return found


_above = os.path.dirname


def is_top(folder: str) -> bool:
    """Return whether the search for settings ends in a folder."""
    return _above(folder) == folder or os.path.exists(os.path.join(folder, ".git"))


def _may_contain_settings(data: bytes) -> bool:
    """Return whether the settings of many tools may contain those of acmrules."""
    return b"acmrules" in data and (b"tool.acmrules" in data or b"[tool]" in data)
