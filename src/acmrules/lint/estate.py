"""Everything that the files of one run declare, taken together, whatever file it stands in."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.lint.source import Document, Range, Source
    from acmrules.request import CaaRecordSet, Zone


class Declared(Value):
    """A zone or a set of CAA records, and where it is declared."""

    thing: Zone | CaaRecordSet
    source: Source | None
    range: Range | None

    @property
    def file(self) -> str:
        """The name of the source, empty without one."""
        return self.source.name if self.source else ""


class Estate(Value):
    """The certificates and consumers of all files, and what stands around them.

    A consumer of one file that uses the certificate of another is with that certificate.
    """

    documents: tuple[Document, ...]
    zones: tuple[Declared, ...] = ()
    caa: tuple[Declared, ...] = ()


def estate(documents: Iterable[Document]) -> Estate:
    """Take documents together."""
    documents = tuple(documents)
    zones: dict[object, Declared] = {}
    caa: dict[object, Declared] = {}
    for document in documents:
        for variant in document.variants:
            for kind, things, found in (("zones", variant.zones, zones), ("caa", variant.caa, caa)):
                for index, thing in enumerate(things):
                    place = variant.place((kind, index))
                    source = place.source or document.source
                    key = source and source.name, place.start, thing
                    if key not in found:
                        where = source.range(place.start, place.end) if source else None
                        found[key] = Declared(thing, source, where)
    return Estate(documents, tuple(zones.values()), tuple(caa.values()))
