"""The command `settings`: the effective settings for a path, and where each one is set."""

from __future__ import annotations

import os
import sys

from acmrules.cli import overrides
from acmrules.cli.output import print_json
from acmrules.cli.parser import CLEAN, UNREADABLE
from acmrules.workspace.settings import ExcludePatterns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.parser import Arguments
    from acmrules.workspace.file_settings import FileSettings


def as_data(terms: FileSettings) -> list[dict[str, object]]:
    """Return what is stated, each with where, as plain data; what nobody states is left out."""
    from acmrules.workspace.settings_file import SettingLocation

    return [
        {
            "setting": list(key),
            "value": _plain(stated.value),
            "where": stated.where.file
            if isinstance(stated.where, SettingLocation)
            else stated.where,
            "line": stated.where.position.line
            if isinstance(stated.where, SettingLocation)
            else None,
        }
        for key, stated in terms.stated.items()
    ]


def as_text(terms: FileSettings) -> str:
    """Return what holds as lines: the setting, its value, and where it was stated."""
    rows = [
        (".".join(key), _shown(_plain(stated.value)), str(stated.where))
        for key, stated in terms.stated.items()
    ]
    stated_names = {key[0] for key in terms.stated}
    rows += [
        (name, value, "default")
        for name, value in _defaults(terms).items()
        if name not in stated_names
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines = [f"{a:{widths[0]}}  {b:{widths[1]}}  {c}\n" for a, b, c in rows]
    return "".join([*lines, "nothing is judged here: the path is excluded\n" * terms.excluded])


def _defaults(terms: FileSettings) -> dict[str, str]:
    return {
        "exclude": "no file",
        "select": "every rule",
        "ignore": "no rule",
        "fail-on": str(terms.fail_on),
        "as-of": f"{terms.as_of}, today",
        "region": "not known",
        "baseline": os.path.relpath(terms.baseline) if terms.baseline else "none",
    }


def _plain(value: object) -> object:
    """Return a value as JSON can have it, spelled as in a settings file."""
    if isinstance(value, ExcludePatterns):
        return [*value.patterns]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if value is None:
        return "off"
    if isinstance(value, str) or type(value) is int:
        return value
    from acmrules.request import KeyAlgorithm, ValidationMethod

    return value.value if isinstance(value, KeyAlgorithm | ValidationMethod) else str(value)


def _shown(value: object) -> str:
    if not isinstance(value, list):
        return str(value)
    items = (f"[{_shown(item)}]" if isinstance(item, list) else str(item) for item in value)
    return ", ".join(items) or "none"


def settings(given: Arguments) -> int:
    """Print what holds for a file or folder, and where each value was stated."""
    from acmrules.workspace.settings import SettingsError

    path = (given.operands or ["."])[0]
    try:
        holding = overrides.lookup(given).terms(path)
    except SettingsError as wrong:
        for mistake in wrong.mistakes:
            print(f"acmrules: {mistake}", file=sys.stderr)
        return UNREADABLE
    if given.last("format") == "json":
        stated = as_data(holding)
        print_json({"path": path, "excluded": holding.excluded, "settings": stated})
    else:
        sys.stdout.write(as_text(holding))
    return CLEAN
