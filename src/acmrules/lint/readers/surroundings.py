"""What stands around certificates: hosted zones and CAA records, whatever tool declares them."""

from __future__ import annotations

from acmrules.request import CaaRecordSet, Unresolved, UnresolvedNames, Zone, read_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.readers.fields import Listed
    from acmrules.lint.readers.places import Spots
    from acmrules.request import ListedName, Text


class Surroundings(Value):
    """The zones and CAA records around a certificate, and where they stand."""

    zones: tuple[Zone, ...]
    caa: tuple[CaaRecordSet, ...]
    spots: Spots


def absolute(name: Text) -> ListedName:
    """Return the name of a zone or a record, which may end in a dot."""
    if isinstance(name, str):
        return read_name(name.removesuffix("."))
    if name.tail.endswith("."):
        return Unresolved((*name.parts[:-1], *filter(None, [name.tail[:-1]])))
    return name


def caa_set(name: ListedName, records: list[Listed], address: str) -> CaaRecordSet:
    """Return the CAA records of a name; an unknown number of them is one that is unknown."""
    texts = (text for text, _, _ in records)
    return CaaRecordSet(
        name,
        tuple(
            Unresolved((text.unknown,)) if isinstance(text, UnresolvedNames) else text
            for text in texts
        ),
        address,
    )
