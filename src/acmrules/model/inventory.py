"""The certificates, consumers and DNS resources declared in all files of a run."""

from __future__ import annotations

from acmrules.model.account import Account
from acmrules.model.declaration import Declaration, Placed
from acmrules.model.linking import link_consumers, link_records
from acmrules.request import Tool
from acmrules.values import Value, later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.model.batches import Batch
    from acmrules.model.not_checked import NotChecked
    from acmrules.resources import CaaRecordSet, Record, Zone


class Located(Placed):
    """A zone, a set of CAA records or the record of a host, with its location."""

    thing: Zone | CaaRecordSet | Record


class Inventory(Value):
    """The declarations of all files, and their DNS resources.

    A consumer is part of the declaration of its certificate, even from another file, and has the
    names of the records that point to it. `zones`, `caa` and `records` are those of all files, with
    or without certificates; `elsewhere` are the records that point to no consumer. `account` is
    what the files show of accounts and of DNS.
    """

    declarations: tuple[Declaration, ...]
    zones: tuple[Located, ...] = ()
    caa: tuple[Located, ...] = ()
    records: tuple[Located, ...] = ()
    elsewhere: tuple[Located, ...] = ()
    account: Account = Account()


def inventory_of(batches: Iterable[Batch]) -> tuple[Inventory, tuple[NotChecked, ...]]:
    """Return the inventory of batches, and what was not checked in them."""
    not_checked: list[NotChecked] = []

    def declared() -> Iterator[Declaration]:
        for batch in batches:
            not_checked.extend(batch.not_checked)
            yield from batch.declarations

    inventory = take_inventory(declared())
    return inventory, tuple(not_checked)


def take_inventory(declarations: Iterable[Declaration]) -> Inventory:
    """Return the inventory of declarations, linked."""
    declarations = tuple(declarations)
    is_of_account = any(each.tool is Tool.ACCOUNT for each in declarations)
    if is_of_account:
        declarations = later("model.joining", "join_certificates")(declarations)
    declarations, linked = link_records(declarations)
    found: dict[str, dict[object, Located]] = {"zones": {}, "caa": {}, "records": {}}
    seen: set[int] = set()
    linked_keys: set[object] = set()
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
                        linked_keys.add(key)
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
        tuple(record for key, record in records.items() if key not in linked_keys),
        later("model.joining", "account_of")(declarations) if is_of_account else Account(),
    )


def _is_something(declaration: Declaration) -> bool:
    """Return whether a declaration has a certificate or a consumer, not only DNS resources."""
    return any(
        variant.request or variant.imported or variant.consumers for variant in declaration.variants
    )
