"""The command `settings`: the effective settings for a path, and where each one is set."""

from __future__ import annotations

import os

from acmrules.cli import overrides
from acmrules.cli.output import as_json, deliver, print_problem
from acmrules.cli.parser import CLEAN, UNREADABLE
from acmrules.messages import printable
from acmrules.workspace.settings import ExcludePatterns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.output import Page
    from acmrules.cli.table import SettingsOptions
    from acmrules.workspace.file_settings import FileSettings


def as_data(effective: FileSettings) -> list[dict[str, object]]:
    """Return the settings that are set, each with its location, as plain data."""
    from acmrules.workspace.settings_file import SettingLocation

    return [
        {
            "setting": list(key),
            "value": _plain(setting.value),
            "where": setting.where.file
            if isinstance(setting.where, SettingLocation)
            else setting.where,
            "line": setting.where.position.line
            if isinstance(setting.where, SettingLocation)
            else None,
        }
        for key, setting in effective.stated.items()
    ]


def as_text(effective: FileSettings) -> str:
    """Return a line for each setting: its name, its value, and where it is set."""
    rows = [
        tuple(map(printable, (".".join(key), _shown(_plain(setting.value)), str(setting.where))))
        for key, setting in effective.stated.items()
    ]
    names = {key[0] for key in effective.stated}
    rows += [
        (name, value, "default")
        for name, value in _defaults(effective).items()
        if name not in names
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{a:{widths[0]}}  {b:{widths[1]}}  {c}\n" for a, b, c in rows]
    return "".join(
        [*lines, "the path is excluded: nothing in it is checked\n" * effective.excluded]
    )


def _defaults(effective: FileSettings) -> dict[str, str]:
    return {
        "exclude": "no files",
        "select": "all rules",
        "ignore": "no rules",
        "fail-on": str(effective.fail_on),
        "as-of": f"{effective.as_of}, today",
        "region": "unknown",
        "baseline": os.path.relpath(effective.baseline) if effective.baseline else "none",
    }


def _plain(value: object) -> object:
    """Return a value as JSON data, spelled as in a settings file."""
    if isinstance(value, ExcludePatterns):
        return [*value.patterns]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None:
        return "off"
    if isinstance(value, str) or type(value) in {bool, int}:
        return value
    from acmrules.request import KeyAlgorithm, ValidationMethod

    return value.value if isinstance(value, KeyAlgorithm | ValidationMethod) else str(value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, list):
        return str(value)
    items = (f"[{_shown(item)}]" if isinstance(item, list) else str(item) for item in value)
    return ", ".join(items) or "none"


def settings(options: SettingsOptions) -> int:
    """Print the effective settings for a path, and where each one is set."""
    from acmrules.workspace.settings import SettingsError

    path = options.paths[0] if options.paths else "."
    try:
        effective = overrides.settings_resolver(options).settings_of(path)
    except SettingsError as error:
        for mistake in error.mistakes:
            print_problem(mistake)
        return UNREADABLE

    def render(form: str, _: Page) -> str:
        if form == "json":
            data = as_data(effective)
            return as_json({"path": path, "excluded": effective.excluded, "settings": data})
        return as_text(effective)

    deliver(options, render)
    return CLEAN
