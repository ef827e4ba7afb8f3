"""The names under which a validation record is written by mistake."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_UNDERSCORE = "_"


def doubled(record: str, name: str, zones: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a record to which the DNS host added the name or the zone once more.

    >>> doubled("_x.www.example.com", "www.example.com", ["example.com"])
    ('_x.www.example.com.example.com', '_x.www.example.com.www.example.com')
    """
    return tuple(f"{record}.{domain}" for domain in dict.fromkeys((*zones, name)) if domain)


def without_underscore(record: str) -> tuple[str, ...]:
    """Return the name of a record without its leading underscore.

    >>> without_underscore("_x.example.com")
    ('x.example.com',)
    """
    plain = record.removeprefix(_UNDERSCORE)
    return (plain,) if plain != record else ()


def shortened(record: str, name: str, zones: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a record directly in a zone, without the labels between them.

    >>> shortened("_x.www.example.com", "www.example.com", ["example.com"])
    ('_x.example.com',)
    """
    label = record.partition(".")[0]
    above = (zone for zone in dict.fromkeys(zones) if zone and name.endswith(f".{zone}"))
    return tuple(f"{label}.{zone}" for zone in above)


def slips(record: str, name: str, zones: Iterable[str]) -> tuple[str, ...]:
    """Return all names under which a record is written by mistake, each once."""
    zones = tuple(zones)
    found = (
        *doubled(record, name, zones),
        *without_underscore(record),
        *shortened(record, name, zones),
    )
    return tuple(dict.fromkeys(found))
