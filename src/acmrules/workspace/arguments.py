"""The arguments of the checks of a program, and their errors."""

from __future__ import annotations

import os
from _collections_abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum

from acmrules.errors import InvalidArgument, require
from acmrules.facts.fact import date_fault
from acmrules.messages import choose_from, quoted
from acmrules.names import Name
from acmrules.readers.registry import READERS
from acmrules.regions import check_region
from acmrules.syntax.source import InputError
from acmrules.workspace.resolver import SettingsResolver, settings_in
from acmrules.workspace.settings import Setting, Settings, SettingsError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.limits import Quotas
    from acmrules.suffixes import PublicSuffixes
    from acmrules.workspace.settings import Key

GivenSettings = Mapping[str, object] | str | os.PathLike[str] | None
"""The settings of a check.

`None` is the nearest settings file, a mapping the content of `[tool.acmrules]`, and a path
that of a settings file.
"""


def paths(given: Iterable[str | os.PathLike[str]]) -> tuple[str, ...]:
    """Return paths as strings; raises `TypeError`."""
    if isinstance(given, str | bytes | os.PathLike) or not isinstance(given, Iterable):
        raise TypeError(f"`paths` must be a list of paths, not `{type(given).__name__}`")
    found = []
    for each in given:
        require(each, str | os.PathLike, "each path", "a string or a path")
        path = os.fspath(each)
        require(path, str, "each path", "a string or a path")
        found.append(path)
    return tuple(found)


def kinds(kind: str | None) -> tuple[str, ...] | None:
    """Return the only kind of files to read, `None` for all; raises `InvalidArgument`."""
    if kind is None:
        return None
    return (one_of(kind, [reader.name for reader in READERS], "kind"),)


def one_of(word: str, known: Iterable[str], argument: str) -> str:
    """Return a word if it is known; raises `InvalidArgument` with a suggestion."""
    require(word, str, f"`{argument}`", "a string")
    words = [*known]
    if word not in words:
        raise InvalidArgument(f"unknown {argument} {quoted(word)}{choose_from(word, words)}")
    return word


def resolver(
    settings: GivenSettings,
    region: str | None,
    as_of: date | None,
    today: date,
    *,
    account: str | None = None,
    quotas: Quotas | None = None,
    suffixes: PublicSuffixes | None = None,
    parameters: Mapping[str, str] | None = None,
) -> SettingsResolver:
    """Return the resolver of the settings that arguments override.

    `parameters` are values of template parameters and Terraform variables by name. Raises
    `SettingsError`, `InvalidArgument`, and `TypeError`.
    """
    from acmrules.suffix_lists import default_suffixes

    folder = current_folder()
    overrides: dict[Key, Setting] = {}
    if as_of is not None:
        overrides["as-of",] = Setting(_day(as_of, "as_of"), "as_of")
    if region is not None:
        overrides["region",] = Setting(_region(region), "region")
    if account is not None:
        overrides["account",] = Setting(_account(account), "account")
    for field in type(quotas)._fields if quotas is not None else ():
        if (number := getattr(quotas, field)) is not None:
            overrides["quotas", field.replace("_", "-")] = Setting(number, "quotas")
    if parameters is not None:
        require(parameters, Mapping, "`parameters`", "a mapping")
    for name, text in (parameters or {}).items():
        require(name, str, "each name of `parameters`", "a string")
        require(text, str, f"parameter `{name}`", "a string")
        overrides["parameters", name] = Setting(text, "parameters")
    return SettingsResolver(
        Settings(overrides),
        _day(today, "today"),
        default_suffixes if suffixes is None else lambda: suffixes,
        fixed=_fixed(settings, folder),
        finds_baselines=not isinstance(settings, Mapping),
    )


def current_folder() -> str:
    """Return the current directory; raises `SettingsError` if it was removed."""
    try:
        return os.getcwd()
    except OSError as error:
        fault = str(error.strerror).lower()
        raise SettingsError(InputError("current directory", fault)) from None


def _fixed(given: GivenSettings, folder: str) -> Settings | None:
    """Return the settings that replace those of files, `None` to find them."""
    if given is None:
        return None
    if isinstance(given, Mapping):
        from acmrules.workspace import settings_file

        try:
            return settings_file.stated(_plain(given), folder)
        except RecursionError:
            raise SettingsError(InputError("settings", "is nested too deeply")) from None
    require(given, str | os.PathLike, "`settings`", "a mapping or a path")
    return settings_in(os.fspath(given))


def _day(day: date, argument: str) -> date:
    if isinstance(day, datetime) or not isinstance(day, date):
        raise TypeError(f"`{argument}` must be a date, not `{type(day).__name__}`")
    if fault := date_fault(day):
        raise InvalidArgument(fault)
    return day


def _region(region: str) -> str:
    require(region, str, "`region`", "a string")
    check_region(region)
    return region


def _account(account: str) -> str:
    from acmrules.workspace.settings_file import is_account

    require(account, str, "`account`", "a string")
    if not is_account(account):
        raise InvalidArgument(f"{quoted(account)} is not an account id of 12 digits")
    return account


def _plain(data: object) -> object:
    """Return settings as data of TOML: names and enumerations as strings, tuples as lists."""
    if isinstance(data, Mapping):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple | set | frozenset):
        return [_plain(item) for item in data]
    if isinstance(data, Enum):
        return data.value if isinstance(data.value, str) else str(data)
    if isinstance(data, Name):
        return str(data)
    return os.fspath(data) if isinstance(data, os.PathLike) else data
