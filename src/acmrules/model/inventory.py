"""The certificates, consumers and DNS resources declared in all files of a run."""

from __future__ import annotations

from acmrules.model.account import Account
from acmrules.model.declaration import Declaration
from acmrules.model.linking import link_consumers, link_records
from acmrules.model.placed import Placed
from acmrules.request import Tool
from acmrules.resources import Zone
from acmrules.unresolved import Unknown, Unresolved
from acmrules.values import Value, later

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from acmrules.model.batches import Batch
    from acmrules.model.not_checked import NotChecked
    from acmrules.resources import CaaRecordSet, Record


UNKNOWN_ZONE_ID = Unresolved((Unknown("HostedZoneId"),))
"""The id of a zone of an account that only its records show."""


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


def inventory_of(
    batches: Iterable[Batch],
    join: Callable[[tuple[Declaration, ...]], tuple[Declaration, ...]] | None = None,
) -> tuple[Inventory, tuple[NotChecked, ...]]:
    """Return the inventory of batches, and what was not checked in them.

    `join` is called with all declarations if some are of an account, before they are linked.
    """
    not_checked: list[NotChecked] = []

    def declared() -> Iterator[Declaration]:
        for batch in batches:
            not_checked.extend(batch.not_checked)
            yield from batch.declarations

    declarations = tuple(declared())
    if join and any(each.tool is Tool.ACCOUNT for each in declarations):
        declarations = join(declarations)
    inventory = take_inventory(declarations)
    return inventory, (*not_checked, *inventory.account.not_checked)


def take_inventory(declarations: Iterable[Declaration]) -> Inventory:
    """Return the inventory of declarations, linked."""
    declarations = tuple(declarations)
    is_of_account = any(map(_is_of_account, declarations))
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
    if is_of_account:
        zones = _listed_once(zones)
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


def _is_of_account(declaration: Declaration) -> bool:
    """Return whether a declaration has something that the response of an account shows."""
    return declaration.tool is Tool.ACCOUNT or declaration.variants[0].existing is not None


def _listed_once(zones: dict[object, Located]) -> dict[object, Located]:
    """Return zones with one for each zone of an account; templates declare each of theirs.

    Several responses may show a zone, and lists of records do not contain its id.
    """
    known = {each.thing.name for each in zones.values() if _is_known(each.thing)}
    found: dict[object, tuple[object, Located]] = {}
    for key, each in zones.items():
        is_known = _is_known(each.thing)
        if is_known or not _is_of_records(each.thing) or each.thing.name not in known:
            found.setdefault(each.thing if is_known else key, (key, each))
    return dict(found.values())


def _is_known(thing: object) -> bool:
    """Return whether a thing is a zone with a known id."""
    return isinstance(thing, Zone) and isinstance(thing.zone_id, str)


def _is_of_records(thing: object) -> bool:
    """Return whether a thing is a zone that only its records show."""
    return isinstance(thing, Zone) and thing.zone_id == UNKNOWN_ZONE_ID


def _is_something(declaration: Declaration) -> bool:
    """Return whether a declaration has a certificate or a consumer, not only DNS resources."""
    return any(
        variant.request or variant.imported or variant.consumers for variant in declaration.variants
    )
