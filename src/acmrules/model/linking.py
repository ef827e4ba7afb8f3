"""What belongs together across files: certificates with consumers, consumers with their hosts.

Only what is certain is put together: an import of what exactly one file exports, an ARN that
exactly one certificate has. Where two files export the same name there is no telling which of them
is meant.
"""

from __future__ import annotations

from itertools import product

from acmrules.messages import printable
from acmrules.model.declaration import Location
from acmrules.model.locations import Locations
from acmrules.resources import CertificateReference
from acmrules.syntax.edits import EditError
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any, TypeVar

    from acmrules.model.declaration import Declaration, Variant
    from acmrules.model.locations import Origin
    from acmrules.request import Path
    from acmrules.resources import Consumer, Record
    from acmrules.syntax.tree import Pointer
    from acmrules.unresolved import ListedName

    T = TypeVar("T")
    Spot = tuple[Mapping[Path, Location], Path]
    """The locations of a declaration, and a path in it."""
    Led = tuple[Record, Spot]
    """A record that leads to a consumer, and where it stands."""

IMPORT = "!ImportValue "
"""What stands before the name of an export where it is imported, in what is not known there."""

_MOST_VARIANTS = 16
_SHARED = ("${AWS::Region}", "${AWS::AccountId}", "${AWS::Partition}", "${AWS::URLSuffix}", IMPORT)
"""How what is not known begins that is the same in all stacks that one imports from."""


class _Elsewhere(Locations):
    """The places of a document some of whose values stand in other files, by how paths begin."""

    __slots__ = ("_moved", "_own")

    def __init__(self, own: Any, moved: Mapping[Path, Spot]) -> None:  # noqa: ANN401  (`Locations`, as all that are read from files)
        super().__init__(own.tree, {}, None, own.words)
        self._own: Locations = own
        self._moved = moved

    def _at(self, path: Path) -> Spot:
        for length in (_OF_RECORD, _OF_CONSUMER):
            found = self._moved.get(path[:length])
            if found is not None:
                locations, way = found
                return locations, (*way, *path[length:])
        return self._own, path

    def spot(self, path: Path) -> tuple[Pointer, Origin | None]:
        """Return the way to a value in the tree; raises `EditError` for one in another file."""
        locations, way = self._at(path)
        if locations is not self._own:
            raise EditError("it stands in another file")
        return self._own.spot(way)

    def __getitem__(self, path: Path) -> Location:
        locations, way = self._at(path)
        return locations[way]

    def __contains__(self, path: object) -> bool:
        locations, way = self._at(path)  # type: ignore[arg-type]
        return way in locations

    def __iter__(self) -> Iterator[Path]:
        yield from (path for path in self._own if self._at(path)[1] is path)
        for begin, (locations, way) in self._moved.items():
            yield from (
                (*begin, *path[len(way) :]) for path in locations if path[: len(way)] == way
            )

    def __len__(self) -> int:
        return sum(1 for _ in self)


_OF_CONSUMER, _OF_RECORD = 2, 4
"""Steps of the paths to a consumer and to one of the records that lead to it."""


# Certificates and their consumers


def can_be_linked(declaration: Declaration) -> bool:
    """Say whether a document may belong together with one of another file, by an export."""
    certificates = (
        str(consumer.certificate)
        for variant in declaration.variants
        for consumer in variant.consumers
    )
    return any(name.startswith(IMPORT) for name in (*declaration.exported_as, *certificates))


def link_consumers(declarations: Iterable[Declaration]) -> tuple[Declaration, ...]:
    """Return documents with each consumer at its certificate, if exactly one of them has it."""
    declarations = tuple(declarations)
    holders = _only(
        (name, declaration)
        for declaration in declarations
        for name in dict.fromkeys(declaration.exported_as)
    )
    if not holders:
        return declarations
    moving: dict[int, list[Declaration]] = {}
    left: dict[int, Declaration | None] = {}
    for declaration in declarations:
        targets = {
            id(holder): holder
            for variant in declaration.variants
            for consumer in variant.consumers
            if (holder := _holder(consumer, declaration, holders))
        }
        for target in targets:
            moving.setdefault(target, []).append(declaration)
        if targets:
            left[id(declaration)] = _without(declaration, holders)
    result: list[Declaration] = []
    for declaration in declarations:
        if id(declaration) in moving:
            result.append(_with(declaration, moving[id(declaration)], holders))
        elif (rest := left.get(id(declaration), declaration)) is not None:
            result.append(rest)
    return tuple(result)


def _only(found: Iterable[tuple[str, T]]) -> dict[str, T]:
    """Return what has a name, for each name that only one thing has."""
    several: dict[str, list[T]] = {}
    for name, thing in found:
        several.setdefault(name, []).append(thing)
    return {name: things[0] for name, things in several.items() if len(things) == 1}


def _holder(
    consumer: Consumer, declaration: Declaration, holders: Mapping[str, Declaration]
) -> Declaration | None:
    """Return the document of another file whose certificate a consumer uses."""
    if isinstance(consumer.certificate, CertificateReference):
        return None
    holder = holders.get(str(consumer.certificate))
    if holder is None or holder.source is declaration.source:
        return None
    request = holder.request
    regions = {request and request.region, consumer.region}
    # What is imported comes from a stack of the same Region.
    apart = len(regions) > 1 and all(isinstance(region, str) for region in regions)
    return None if apart and str(consumer.certificate).startswith(IMPORT) else holder


class _Moved(Value):
    """The consumers of a variant that use one certificate, with where each of them stands."""

    consumers: tuple[Consumer, ...]
    pointers: tuple[Spot, ...]
    condition: str


def _start(declaration: Declaration) -> tuple[str, int]:
    """Return the file of a declaration, and the offset at which it starts."""
    location = declaration.variants[0].location(())
    return declaration.file, location.start if location else 0


def _with(
    holder: Declaration, users: list[Declaration], holders: Mapping[str, Declaration]
) -> Declaration:
    """Return the document of a certificate with the consumers that others have of it."""
    users = sorted(users, key=_start)
    choices = [_choices(user, holder, holders) for user in users]
    truncated = holder.truncated or next(filter(None, (user.truncated for user in users)), "")
    count = len(holder.variants)
    for moved in choices:
        count *= len(moved)
    if count > _MOST_VARIANTS:
        choices = [moved[:1] for moved in choices]
        truncated = (
            truncated or f"only {len(holder.variants)} combinations of the conditions were judged"
        )
    variants = (
        _variant(variant, moved) for variant in holder.variants for moved in product(*choices)
    )
    return holder.__replace__(variants=tuple(variants), truncated=truncated)


def _choices(
    user: Declaration, holder: Declaration, holders: Mapping[str, Declaration]
) -> list[_Moved]:
    """Return what a document's variants have of a certificate, each choice once."""
    found: dict[tuple[Consumer, ...], _Moved] = {}
    for variant in user.variants:
        own = [
            (_as_elsewhere(consumer, user, holder), ("consumers", index))
            for index, consumer in enumerate(variant.consumers)
            if _holder(consumer, user, holders) is holder
        ]
        consumers = tuple(consumer for consumer, _ in own)
        pointers: tuple[Spot, ...] = tuple((variant.locations, path) for _, path in own)
        found.setdefault(consumers, _Moved(consumers, pointers, variant.condition))
    return [*found.values()]


def _variant(variant: Variant, several: Iterable[_Moved]) -> Variant:
    consumers = [*variant.consumers]
    moved: dict[Path, Spot] = {}
    conditions = [variant.condition]
    for choice in several:
        conditions.append(choice.condition)
        for consumer, spot in zip(choice.consumers, choice.pointers, strict=True):
            moved["consumers", len(consumers)] = spot
            consumers.append(consumer)
    return variant.__replace__(
        consumers=tuple(consumers),
        locations=_Elsewhere(variant.locations, moved),
        condition=", ".join(filter(None, conditions)),
    )


def _without(declaration: Declaration, holders: Mapping[str, Declaration]) -> Declaration | None:
    """Return a document without the consumers that are elsewhere, `None` if that leaves none."""
    variants = []
    for variant in declaration.variants:
        own = [
            (consumer, ("consumers", index))
            for index, consumer in enumerate(variant.consumers)
            if not _holder(consumer, declaration, holders)
        ]
        moved: dict[Path, Spot] = {
            ("consumers", place): (variant.locations, path) for place, (_, path) in enumerate(own)
        }
        if own or variant.request:
            locations = _Elsewhere(variant.locations, moved)
            consumers = tuple(consumer for consumer, _ in own)
            variants.append(variant.__replace__(consumers=consumers, locations=locations))
    return declaration.__replace__(variants=tuple(variants)) if variants else None


def _as_elsewhere(consumer: Consumer, user: Declaration, holder: Declaration) -> Consumer:
    """Return a consumer as the file of its certificate sees it.

    What is not known in one file is not the same as what another one calls by the same name.
    """
    certificate = CertificateReference(holder.address)
    hosts = tuple(_renamed(host, user.file) for host in consumer.hosts)
    recorded = tuple(_renamed(name, user.file) for name in consumer.recorded)
    region = _renamed(consumer.region, user.file)
    return consumer.__replace__(
        certificate=certificate, hosts=hosts, region=region, recorded=recorded
    )


def _renamed(value: Any, file: str) -> Any:  # noqa: ANN401  (a name or a text of any kind)
    if isinstance(value, UnresolvedNames):
        return UnresolvedNames(_known_there(value.unknown, file))
    if isinstance(value, Unresolved):
        return Unresolved(
            tuple(
                _known_there(part, file) if isinstance(part, Unknown) else part
                for part in value.parts
            )
        )
    return value


def _known_there(unknown: Unknown, file: str) -> Unknown:
    label = unknown.label
    is_shared = label.startswith(_SHARED) and "${" not in label.removeprefix("${")
    return unknown if is_shared else Unknown(f"{label} of {printable(file)}")


# Hosts and what serves them


def link_records(
    declarations: Iterable[Declaration],
) -> tuple[tuple[Declaration, ...], set[tuple[int, int]]]:
    """Return documents whose consumers have the records that lead to them, and which these are.

    A record goes by the identity of the tuple that it is in, and its number there.
    """
    declarations = tuple(declarations)
    records = _Records(declarations)
    result = tuple(
        declaration.__replace__(
            variants=tuple(
                _led(
                    variant,
                    [[*records.to(each, variant, declaration)] for each in variant.consumers],
                )
                for variant in declaration.variants
            )
        )
        for declaration in declarations
    )
    return result, records.linked


class _Records:
    """The records of documents by what they lead to; `linked` are those that were asked for."""

    def __init__(self, declarations: tuple[Declaration, ...]) -> None:
        self.linked: set[tuple[int, int]] = set()
        self._local: dict[int, dict[str, list[tuple[int, Led]]]] = {}
        self._everywhere: dict[str, list[tuple[int, int, str, Led]]] = {}
        self._reached: dict[str, set[str]] = {}
        for declaration in declarations:
            for variant in declaration.variants:
                if id(variant.records) not in self._local:
                    self._add(variant, declaration)
                for consumer in variant.consumers:
                    for endpoint in filter(_is_global, consumer.endpoints):
                        self._reached.setdefault(endpoint, set()).add(declaration.file)

    def _add(self, variant: Variant, declaration: Declaration) -> None:
        key = id(variant.records)
        local = self._local[key] = {}
        for index, record in enumerate(variant.records):
            led = record, (variant.locations, ("records", index))
            local.setdefault(record.endpoint, []).append((index, led))
            if _is_global(record.endpoint):
                everywhere = self._everywhere.setdefault(record.endpoint, [])
                everywhere.append((key, index, declaration.file, led))

    def to(self, consumer: Consumer, variant: Variant, declaration: Declaration) -> Iterator[Led]:
        """Yield the records that lead to a consumer; it must be clear that they lead to no other.

        Two files may well both have what goes by an endpoint, as one stack in two environments.
        """
        key = id(variant.records)
        for endpoint in consumer.endpoints:
            for index, led in self._local[key].get(endpoint, ()):
                self.linked.add((key, index))
                yield led
            if _is_global(endpoint) and len(self._reached[endpoint]) == 1:
                for other, index, file, (record, spot) in self._everywhere.get(endpoint, ()):
                    if file != declaration.file:
                        self.linked.add((other, index))
                        yield record.__replace__(name=_renamed(record.name, file)), spot


def _is_global(endpoint: str) -> bool:
    """Say whether an endpoint means the same in all files: an import, or a name of DNS."""
    return endpoint.startswith(IMPORT) or endpoint.endswith(".")


def _led(variant: Variant, several: list[list[Led]]) -> Variant:
    """Return a variant whose consumers have the records that lead to each."""
    if not any(several):
        return variant
    moved: dict[Path, Spot] = {}
    consumers = []
    for index, (consumer, records) in enumerate(zip(variant.consumers, several, strict=True)):
        names: list[ListedName] = []
        for record, spot in records:
            if record.name not in names and record.name not in consumer.hosts:
                moved["consumers", index, "recorded", len(names)] = spot
                names.append(record.name)
        consumers.append(consumer.__replace__(recorded=tuple(names)))
    locations = _Elsewhere(variant.locations, moved)
    return variant.__replace__(consumers=tuple(consumers), locations=locations)
