"""The configuration of a client: the members of `acmrules` in its settings."""

from __future__ import annotations

from datetime import date

from acmrules.errors import AcmRulesError
from acmrules.lint.suppressions.model import NO_REASON
from acmrules.messages import quoted
from acmrules.regions import check_region
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ON_TYPE, ON_SAVE = "onType", "onSave"


class Configuration(Value):
    """The configuration of a client.

    `region` and `as_of` override those of settings files, and `settings` is the path of one that
    applies to all files. `run` is when files are checked, and `reason` that of suppressions.
    """

    region: str | None = None
    as_of: date | None = None
    settings: str | None = None
    run: str = ON_TYPE
    reason: str = NO_REASON


def configuration_of(data: object) -> tuple[Configuration, list[str]]:
    """Return the configuration in data of a client, and a sentence for each wrong member.

    The members may be in a member `acmrules`, as in the settings of an editor.
    """
    from collections.abc import Mapping

    if isinstance(data, Mapping) and isinstance(data.get("acmrules"), Mapping):
        data = data["acmrules"]
    if not isinstance(data, Mapping):
        return Configuration(), []
    faults: list[str] = []
    found: dict[str, Any] = {}
    for name, (field, convert) in _MEMBERS.items():
        value = data.get(name)
        if value is None or value == "":
            continue
        try:
            found[field] = convert(value)
        except (TypeError, ValueError, AcmRulesError) as error:
            faults.append(f"`acmrules.{name}`: {error}")
    known = {*_MEMBERS, *_OF_CLIENTS}
    faults += [f"`acmrules.{name}`: unknown setting" for name in data if name not in known]
    return Configuration(**found), faults


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"must be a string, not {quoted(str(value))}")
    return value


def _region(value: object) -> str:
    region = _text(value)
    check_region(region)
    return region


def _day(value: object) -> date:
    try:
        return date.fromisoformat(_text(value))
    except ValueError:
        raise ValueError(f"{quoted(str(value))} must be a date, such as 2027-03-15") from None


def _run(value: object) -> str:
    if value not in (ON_TYPE, ON_SAVE):
        raise ValueError(f"{quoted(str(value))} must be `{ON_TYPE}` or `{ON_SAVE}`")
    return str(value)


_MEMBERS = {
    "region": ("region", _region),
    "asOf": ("as_of", _day),
    "settings": ("settings", _text),
    "run": ("run", _run),
    "suppressionReason": ("reason", _text),
}
"""The field of each member, and the function that reads its value."""

_OF_CLIENTS = ("path", "command", "trace", "trace.server", "enable", "args")
"""Members that configure the client itself, such as the program to start."""
