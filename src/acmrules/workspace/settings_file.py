"""A settings file: `[tool.acmrules]` of a `pyproject.toml`, or a `.acmrules.toml`."""

from __future__ import annotations

import os
from datetime import date, datetime, time

from acmrules.facts.fact import LAUNCH
from acmrules.limits import MAX_NAMES, Quotas
from acmrules.lint.rule import Severity
from acmrules.messages import choose_from, did_you_mean, quoted
from acmrules.name_errors import InvalidName
from acmrules.names import DomainName, Name, parse_name
from acmrules.regions import REGIONS, looks_like_region, may_be_region
from acmrules.request import KeyAlgorithm, ValidationMethod
from acmrules.syntax.source import InputError, Position, Source
from acmrules.workspace.settings import (
    BY_PATH,
    NAMES,
    OWN,
    PROJECT,
    ExcludePatterns,
    Setting,
    Settings,
    SettingsError,
    absolute,
    names_files,
)
from acmrules.workspace.toml_positions import position

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from enum import Enum
    from typing import Any, TypeGuard

    from acmrules.workspace.settings import Key

    Convert = Callable[[object], Any]
    """Converts a value of TOML to that of a setting; raises `_Mistake`."""

MAX_BYTES = 256 * 1024
"""The largest settings file that is read. All of it is parsed again to locate a key."""

LEVELS = {"off": None, **{str(severity): severity for severity in Severity}}
"""The severities of a rule as settings name them."""

_TABLE = ("tool", "acmrules")
_ACCOUNT_DIGITS = 12
_MOST_MISTAKES = 10
_MOST_PARTS = 100
_TOO_DEEP = rf"(?<![\w'\"-])(?:[\w'\"-]++[ \t]*+\.[ \t]*+){{{_MOST_PARTS}}}"


class _Mistake(Exception):  # noqa: N818  (named after what it is)
    """A value that a key cannot have."""


class SettingLocation:
    """The location of a value in a settings file; the line is found on demand."""

    __slots__ = ("_key", "_text", "file")

    def __init__(self, file: str, text: str, key: Key) -> None:
        self.file = file
        self._text = text
        self._key = key

    @property
    def position(self) -> Position:
        """The position of the statement, or of the key in its line."""
        return position(self._text, self._key)

    def __str__(self) -> str:
        return f"{self.file}:{self.position.line}"


def read(name: str, text: str, folder: str, *, is_own: bool = False) -> Settings | None:
    """Return the settings in a file of a folder, `None` if it has none for acmrules.

    `folder` is absolute: globs and names of files are relative to it. With `is_own`, a file
    without a table for tools has the keys of a `.acmrules.toml`. Raises `SettingsError`.
    """
    if len(text) > MAX_BYTES:
        raise SettingsError(InputError(name, f"is larger than {MAX_BYTES // 1024} KiB"))
    data: Any = _parsed(name, text)
    base = os.path.basename(name)
    is_own = is_own and base != PROJECT and bool(data) and _TABLE[0] not in data
    above: Key = () if base == OWN or is_own else _TABLE
    for step in above:
        data = data.get(step) if isinstance(data, dict) else None
    if data is None:
        return None
    reader = _Reader(name, text, folder, above)
    reader.add_all(data)
    return reader.settings()


def stated(data: object, folder: str) -> Settings:
    """Return the settings of a program: the data of `[tool.acmrules]`; raises `SettingsError`."""
    reader = _Reader("settings", "", folder, ())
    reader.add_all(data)
    return reader.settings()


def _parsed(name: str, text: str) -> dict[str, Any]:
    """Return the data of TOML; raises `SettingsError`."""
    import re
    import tomllib

    # The parser takes time cubic in the number of parts of a key.
    deep = re.search(_TOO_DEEP, text)
    if deep:
        fault = f"has a key of more than {_MOST_PARTS} parts"
        raise SettingsError(InputError(name, fault, Source(name, text).position(deep.start())))
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(_not_toml(name, text, str(error))) from None
    except RecursionError:
        raise SettingsError(InputError(name, "is nested too deeply")) from None
    except ValueError as error:
        fault = str(error).partition(";")[0]
        raise SettingsError(
            InputError(name, f"is not TOML: {fault[:1].lower()}{fault[1:]}")
        ) from None


class _Reader:
    """Reads one settings file, and collects its settings and mistakes."""

    def __init__(self, name: str, text: str, folder: str, above: Key) -> None:
        self._name = name
        self._text = text
        self._folder = folder
        self._above = above
        self._stated: dict[Key, Setting] = {}
        self._mistakes: list[InputError] = []

    def settings(self) -> Settings:
        """Return the settings; raises `SettingsError`."""
        if self._mistakes:
            raise SettingsError(*self._mistakes)
        return Settings(self._stated)

    def add_all(self, data: object) -> None:
        """Add the settings of all names."""
        for name, value in self._members((), data, NAMES):
            path = (name,)
            if name in BY_PATH:
                self._add_by_path(path, value, self._converter(name))
            elif name == "severity":
                for word, level in self._members(path, value):
                    self._add_severity((name, word), word, level)
            elif name == "quotas":
                self._add_quotas(path, value, ())
            elif name == "parameters":
                self._add_parameters(path, value)
            elif name == "policy":
                for member, stated in self._members(path, value, _POLICY):
                    self._add((name, member), (name, member), stated, _POLICY[member])
            else:
                self._add(path, path, value, self._converter(name))

    def _add(self, key: Key, path: Key, value: object, convert: Convert) -> None:
        """Add one value, with its location in the file, for a key."""
        try:
            self._stated[key] = Setting(convert(value), self._location(path))
        except _Mistake as mistake:
            self._refuse(path, f"`{'.'.join(path)}` {mistake}")

    def _add_by_path(self, path: Key, value: object, convert: Convert) -> None:
        if not isinstance(value, dict):
            self._add(path, path, value, convert)
            return
        for glob, each in value.items():
            self._add((*path, absolute(glob, self._folder)), (*path, glob), each, convert)

    def _add_severity(self, path: Key, word: str, level: object) -> None:
        from acmrules.lint.rules import CATALOGUE

        rule = next((rule for rule in CATALOGUE if word in {rule.id, rule.name}), None)
        if rule is None:
            known = [rule.id for rule in CATALOGUE] + [rule.name for rule in CATALOGUE]
            meant = did_you_mean(word, known) or "; see `acmrules rules`"
            self._refuse(path, f"unknown rule {quoted(word)}{meant}")
        else:
            self._add(("severity", rule.id), path, level, _level)

    def _add_quotas(self, path: Key, value: object, scope: Key) -> None:
        """Add the quotas of everything, of one account or Region, or of a Region in an account."""
        for name, number in self._members(path, value):
            below = (*path, name)
            if isinstance(number, dict):
                if _may_be_within(name, scope):
                    self._add_quotas(below, number, (*scope, name))
                else:
                    meant = did_you_mean(name, REGIONS)
                    fault = f"{quoted(name)} is neither an account nor a Region{meant}"
                    self._refuse(below, fault)
            elif name not in _QUOTAS:
                self._refuse_unknown(below, name, _QUOTAS)
            else:
                self._add(("quotas", name, *scope), below, number, _quota(name))

    def _add_parameters(self, path: Key, value: object) -> None:
        for name, each in self._members(path, value):
            below = (*path, name)
            if isinstance(each, dict) and not _is_workspace(each, name):
                glob = absolute(name, self._folder)
                for inner, stated in each.items():
                    self._add_parameter((*below, inner), stated, (glob,))
            else:
                self._add_parameter(below, each, ())

    def _add_parameter(self, path: Key, value: object, glob: Key) -> None:
        """Add the value of a parameter, or of `terraform.workspace` without quotes."""
        name = path[-1]
        if _is_workspace(value, name):
            (inner,) = value
            path, name, value = (*path, inner), f"{name}.{inner}", value[inner]
        self._add(("parameters", name, *glob), path, value, _scalar)

    def _converter(self, name: str) -> Convert:
        if name == "baseline":
            return lambda value: os.path.join(self._folder, _text(value))
        if name == "var-files":
            return lambda value: tuple(os.path.join(self._folder, file) for file in _texts(value))
        if name == "exclude":
            return lambda value: ExcludePatterns(self._folder, _patterns(value))
        return _CONVERTERS[name]

    def _members(
        self, path: Key, value: object, known: Iterable[str] | None = None
    ) -> Iterator[tuple[str, Any]]:
        """Yield the members of a table; unknown ones are mistakes."""
        if not isinstance(value, dict):
            self._refuse(path, f"`{'.'.join(path or _TABLE)}` {_wrong_type(value, 'a table')}")
            return
        for name, member in value.items():
            if known is None or name in known:
                yield name, member
            else:
                self._refuse_unknown((*path, name), name, known)

    def _location(self, path: Key) -> SettingLocation:
        return SettingLocation(self._name, self._text, (*self._above, *path))

    def _refuse(self, path: Key, fault: str) -> None:
        where = self._location(path).position if self._text else None
        self._mistakes.append(InputError(self._name, fault, where))
        if len(self._mistakes) == _MOST_MISTAKES:
            raise SettingsError(*self._mistakes)

    def _refuse_unknown(self, path: Key, name: str, known: Iterable[str]) -> None:
        meant = choose_from(name, known)
        self._refuse(path, f"unknown setting {quoted('.'.join(path))}{meant}")


def _is_workspace(value: object, name: str) -> TypeGuard[dict[str, object]]:
    """Return whether a table is what TOML makes of the key `terraform.workspace`."""
    return name == "terraform" and isinstance(value, dict) and [*value] == ["workspace"]


# Conversions


def _type_of(value: object) -> str:
    """Return the type of a value of TOML or of a program, with its article."""
    types: dict[type, str] = {
        str: "a string",
        bool: "a boolean",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a table",
    }
    if isinstance(value, date | time):
        return "a date or time"
    # The settings of a program may be objects of any type.
    return types.get(type(value)) or f"`{type(value).__name__}`"


def _wrong_type(value: object, expected: str) -> str:
    return f"must be {expected}, not {_type_of(value)}"


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Mistake(_wrong_type(value, "a string"))
    return value


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Mistake(_wrong_type(value, "a list of strings"))
    other = next((each for each in value if not isinstance(each, str)), None)
    if other is not None:
        raise _Mistake(f"must be a list of strings; an item is {_type_of(other)}")
    return tuple(value)


def _patterns(value: object) -> tuple[str, ...]:
    patterns = _texts(value)
    empty = next((pattern for pattern in patterns if not names_files(pattern)), None)
    if empty is not None:
        raise _Mistake(f"contains {quoted(empty)}, which matches no file")
    return patterns


def _rules(value: object) -> tuple[str, ...]:
    from acmrules.lint.rules import named

    words = _texts(value)
    try:
        named(words)
    except LookupError as error:
        raise _Mistake(f"contains the {error.args[0]}") from None
    return words


def _one_of(known: dict[str, Any], value: object) -> Any:  # noqa: ANN401  (the type depends on the setting)
    word = _text(value)
    if word not in known:
        raise _Mistake(f"is {quoted(word)}{choose_from(word, known)}")
    return known[word]


def _level(value: object) -> Severity | None:
    level: Severity | None = _one_of(LEVELS, value)
    return level


def _boolean(value: object) -> bool:
    if not isinstance(value, bool):
        raise _Mistake(_wrong_type(value, "a boolean"))
    return value


def _fail_on(value: object) -> Severity:
    bar: Severity = _one_of({word: level for word, level in LEVELS.items() if level}, value)
    return bar


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        day = value
    else:
        text = _text(value)
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise _Mistake(f"is {quoted(text)}, which is not a date such as `2026-03-15`") from None
    if day < LAUNCH:
        raise _Mistake(f"is {day}, which is before {LAUNCH}, when ACM launched")
    return day


def is_account(text: str) -> bool:
    """Return whether a string is the id of an AWS account."""
    return text.isascii() and text.isdigit() and len(text) == _ACCOUNT_DIGITS


def _may_be_within(name: str, scope: Key) -> bool:
    """Return whether quotas of a scope may differ by account or by Region."""
    if not scope:
        return is_account(name) or may_be_region(name)
    return may_be_region(name) and not looks_like_region(scope[-1])


def _account(value: object) -> str:
    text = _text(value)
    if not is_account(text):
        raise _Mistake(f"is {quoted(text)}, which is not an account id of {_ACCOUNT_DIGITS} digits")
    return text


def _region(value: object) -> str:
    text = _text(value)
    if not may_be_region(text):
        meant = did_you_mean(text, REGIONS) or ", which is not a Region"
        raise _Mistake(f"is {quoted(text)}{meant}")
    return text


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _Mistake(_wrong_type(value, "a number"))
    if value < 1:
        raise _Mistake(f"is {value}; it must be at least 1")
    return value


def _quota(name: str) -> Convert:
    def convert(value: object) -> int:
        number = _number(value)
        if name == "names" and number > MAX_NAMES:
            raise _Mistake(f"is {number}; ACM's limit is {MAX_NAMES}")
        return number

    return convert


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else _text(value)


def _zones(value: object) -> tuple[DomainName, ...]:
    zones = []
    for text, name in zip(_texts(value), _names(value), strict=True):
        if not isinstance(name, DomainName):
            raise _Mistake(f"contains {quoted(text)}, which is a wildcard, not a domain name")
        zones.append(name)
    return tuple(zones)


def _names(value: object) -> tuple[Name, ...]:
    try:
        return tuple(map(parse_name, _texts(value)))
    except InvalidName as error:
        raise _Mistake(f"contains an invalid name: {error.sentence}") from None


def _groups(value: object) -> tuple[tuple[DomainName, ...], ...]:
    if not isinstance(value, list):
        raise _Mistake(_wrong_type(value, "a list of lists of domains"))
    other = next((each for each in value if not isinstance(each, list)), None)
    if other is not None:
        raise _Mistake(f"must be a list of lists of domains; an item is {_type_of(other)}")
    return tuple(map(_zones, value))


def _members_of(kind: type[Enum]) -> Convert:
    known = {member.value: member for member in kind}
    return lambda value: tuple(_one_of(known, word) for word in _texts(value))


_CONVERTERS: dict[str, Convert] = {
    "select": _rules,
    "ignore": _rules,
    "fail-on": _fail_on,
    "fail-on-nothing": _boolean,
    "strict": _boolean,
    "as-of": _day,
    "region": _region,
    "account": _account,
}

_POLICY: dict[str, Convert] = {
    "zones": _zones,
    "wildcard-zones": _zones,
    "max-names": _number,
    "required-tags": _texts,
    "validation-methods": _members_of(ValidationMethod),
    "key-algorithms": _members_of(KeyAlgorithm),
    "apart": _groups,
    "first": _names,
}

_QUOTAS = tuple(field.replace("_", "-") for field in Quotas._fields)


def _not_toml(name: str, text: str, fault: str) -> InputError:
    """Return the error for invalid TOML; the parser's message ends in its position."""
    message, _, end = fault.rpartition(" (at ")
    numbers = [int(word) for word in end.replace(",", " ").rstrip(")").split() if word.isdigit()]
    where = Position(*numbers) if numbers else Source(name, text).position(len(text))
    return InputError(name, f"is not TOML: {message[:1].lower()}{message[1:]}", where)
