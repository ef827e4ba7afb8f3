"""Everything that the files of one run declare, taken together, whatever file it stands in."""

from __future__ import annotations

from acmrules.model.declaration import Placed
from acmrules.model.linking import link_consumers, link_records
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.model.declaration import Declaration
    from acmrules.resources import CaaRecordSet, Record, Zone


class Located(Placed):
    """A zone, a set of CAA records or a record that leads to a host, and where it is declared."""

    thing: Zone | CaaRecordSet | Record


class Inventory(Value):
    """The certificates and consumers of all files, and what stands around them.

    A consumer of one file that uses the certificate of another is with that certificate, and has
    the names of the records that lead to it. `zones`, `caa` and `records` are of all files, whether
    or not there are certificates in them; `elsewhere` are the records that lead to no consumer.
    """

    declarations: tuple[Declaration, ...]
    zones: tuple[Located, ...] = ()
    caa: tuple[Located, ...] = ()
    records: tuple[Located, ...] = ()
    elsewhere: tuple[Located, ...] = ()


def take_inventory(declarations: Iterable[Declaration]) -> Inventory:
    """Take documents together."""
    declarations, linked = link_records(declarations)
    found: dict[str, dict[object, Located]] = {"zones": {}, "caa": {}, "records": {}}
    seen: set[int] = set()
    here: set[object] = set()
    for declaration in declarations:
        for variant in declaration.variants:
            for kind, declared in found.items():
                things = getattr(variant, kind)
                if id(things) in seen:
                    continue
                seen.add(id(things))
                for index, thing in enumerate(things):
                    location = variant.location((kind, index))
                    key = location and (location.file, location.start), thing
                    if key not in declared:
                        declared[key] = Located(location, thing)
                    if kind == "records" and (id(things), index) in linked:
                        here.add(key)
    zones, caa, records = found.values()
    return Inventory(
        tuple(
            declaration
            for declaration in link_consumers(declarations)
            if _is_something(declaration)
        ),
        tuple(zones.values()),
        tuple(caa.values()),
        tuple(records.values()),
        tuple(record for key, record in records.items() if key not in here),
    )


def _is_something(declaration: Declaration) -> bool:
    """Say whether a document has a certificate or a consumer, not only what stands around them."""
    return any(
        variant.request or variant.imported or variant.consumers for variant in declaration.variants
    )
