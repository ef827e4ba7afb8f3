"""Everything that the files of one run declare, taken together, whatever file it stands in."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.lint.source import Document, Range, Source
    from acmrules.request import CaaRecordSet, Record, Zone


class Declared(Value):
    """A zone, a set of CAA records or a record that leads to a host, and where it is declared."""

    thing: Zone | CaaRecordSet | Record
    source: Source | None
    range: Range | None

    @property
    def file(self) -> str:
        """The name of the source, empty without one."""
        return self.source.name if self.source else ""


class Estate(Value):
    """The certificates and consumers of all files, and what stands around them.

    A consumer of one file that uses the certificate of another is with that certificate.
    `zones`, `caa` and `records` are of all files, whether or not there are certificates in them.
    """

    documents: tuple[Document, ...]
    zones: tuple[Declared, ...] = ()
    caa: tuple[Declared, ...] = ()
    records: tuple[Declared, ...] = ()


def estate(documents: Iterable[Document]) -> Estate:
    """Take documents together."""
    documents = tuple(documents)
    found: dict[str, dict[object, Declared]] = {"zones": {}, "caa": {}, "records": {}}
    seen: set[int] = set()
    for document in documents:
        for variant in document.variants:
            for kind, declared in found.items():
                things = getattr(variant, kind)
                if id(things) in seen:
                    continue
                seen.add(id(things))
                for index, thing in enumerate(things):
                    place = variant.place((kind, index))
                    source = place.source or document.source
                    key = source and source.name, place.start, thing
                    if key not in declared:
                        where = source.range(place.start, place.end) if source else None
                        declared[key] = Declared(thing, source, where)
    return Estate(documents, *(tuple(declared.values()) for declared in found.values()))
