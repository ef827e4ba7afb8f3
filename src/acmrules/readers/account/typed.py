"""Values of YAML with the types of their members; the parser keeps scalars as strings."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.syntax.tree import Data

_FLAGS = frozenset(
    (
        *("Exported", "HasAdditionalSubjectAlternativeNames", "InUse", "IsTruncated"),
        "PrivateZone",
    )
)
_NUMBERS = frozenset(("DaysBeforeExpiry", "DaysToExpiry", "TTL", "Value", "inventory"))
_TIMES = frozenset(
    (
        *("CreatedAt", "ImportedAt", "IssuedAt", "NotAfter", "NotBefore", "RequestedAt"),
        *("RevokedAt", "UpdatedAt", "lastUpdatedTime", "startTime", "time"),
    )
)
_WORDS = {"true": True, "false": False}


def typed(data: Data, member: str = "") -> Data:
    """Return data with booleans and numbers for the strings of members that have these types."""
    if type(data) is dict:
        return {key: typed(value, key) for key, value in data.items()}
    if type(data) is list:
        return [typed(item) for item in data]
    if type(data) is not str:
        return data
    if member in _FLAGS:
        return _WORDS.get(data, data)
    if member in _NUMBERS or (member in _TIMES and "-" not in data):
        return _number(data)
    return data


def _number(text: str) -> int | float | str:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
