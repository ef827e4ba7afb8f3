"""Links declarations across files: certificates with consumers, consumers with host records.

A link must be certain: the import of a name that exactly one file exports, or an ARN that exactly
one certificate has. If two files export the same name, its imports are not linked.
"""

from __future__ import annotations

from itertools import product

from acmrules.messages import printable
from acmrules.model.declaration import CROSS_REGION, IMPORT, Declaration, Variant
from acmrules.model.locations import Locations, Origin
from acmrules.model.placed import Location
from acmrules.resources import CertificateReference, Consumer, Record
from acmrules.syntax.edits import EditError
from acmrules.unresolved import ListedName, Unknown, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from acmrules.request import Path
    from acmrules.syntax.tree import Pointer

    LocatedPath = tuple[Mapping[Path, Location], Path]
    """A path, and the locations that contain it."""
    LocatedRecord = tuple[Record, LocatedPath]
    """A record that points to a consumer, and where it is declared."""

_MOST_VARIANTS = 16
_SHARED = (
    *("${AWS::Region}", "${AWS::AccountId}", "${AWS::Partition}", "${AWS::URLSuffix}"),
    *(IMPORT, CROSS_REGION),
)
"""Prefixes of unknown values that are the same in all stacks that export to each other."""


class _Elsewhere(Locations):
    """The locations of a declaration that has values in other files, by the prefixes of paths."""

    __slots__ = ("_moved", "_own")

    def __init__(self, own: Any, moved: Mapping[Path, LocatedPath]) -> None:  # noqa: ANN401  (`Locations`, as all that are read from files)
        super().__init__(own.tree, {}, None, own.member_names)
        self._own: Locations = own
        self._moved = moved

    def _at(self, path: Path) -> LocatedPath:
        for length in (_OF_RECORD, _OF_CONSUMER):
            found = self._moved.get(path[:length])
            if found is not None:
                locations, prefix = found
                return locations, (*prefix, *path[length:])
        return self._own, path

    def pointer(self, path: Path) -> tuple[Pointer, Origin | None]:
        """Return the pointer to a value and its origin; raises `EditError` for another file."""
        locations, own_path = self._at(path)
        if locations is not self._own:
            raise EditError("the value is in another file")
        return self._own.pointer(own_path)

    def __getitem__(self, path: Path) -> Location:
        locations, own_path = self._at(path)
        return locations[own_path]

    def __contains__(self, path: object) -> bool:
        locations, own_path = self._at(path)  # type: ignore[arg-type]
        return own_path in locations

    def __iter__(self) -> Iterator[Path]:
        yield from (path for path in self._own if self._at(path)[1] is path)
        for begin, (locations, prefix) in self._moved.items():
            length = len(prefix)
            yield from ((*begin, *path[length:]) for path in locations if path[:length] == prefix)

    def __len__(self) -> int:
        return sum(1 for _ in self)


_OF_CONSUMER, _OF_RECORD = 2, 4
"""The lengths of the paths to a consumer, and to one of its records."""


# Certificates and their consumers


def can_be_linked(declaration: Declaration) -> bool:
    """Return whether an export may link a declaration to one of another file."""
    certificates = (
        str(consumer.certificate)
        for variant in declaration.variants
        for consumer in variant.consumers
    )
    names = (*declaration.exported_as, *certificates)
    return any(name.startswith((IMPORT, CROSS_REGION)) for name in names)


def link_consumers(declarations: Iterable[Declaration]) -> tuple[Declaration, ...]:
    """Move each consumer to the declaration of its certificate, if exactly one matches."""
    declarations = tuple(declarations)
    holders = _only(
        (name, declaration)
        for declaration in declarations
        for name in dict.fromkeys(declaration.exported_as)
    )
    if not holders:
        return declarations
    moving: dict[int, list[Declaration]] = {}
    remaining: dict[int, Declaration | None] = {}
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
            remaining[id(declaration)] = _without(declaration, holders)
    result: list[Declaration] = []
    for declaration in declarations:
        if id(declaration) in moving:
            result.append(_with(declaration, moving[id(declaration)], holders))
        elif (rest := remaining.get(id(declaration), declaration)) is not None:
            result.append(rest)
    return tuple(result)


def _only(found: Iterable[tuple[str, Declaration]]) -> dict[str, Declaration]:
    """Return the declarations by name, without those that share a name."""
    by_name: dict[str, list[Declaration]] = {}
    for name, declaration in found:
        by_name.setdefault(name, []).append(declaration)
    return {name: several[0] for name, several in by_name.items() if len(several) == 1}


def _holder(
    consumer: Consumer, declaration: Declaration, holders: Mapping[str, Declaration]
) -> Declaration | None:
    """Return the declaration of another file whose certificate a consumer uses."""
    if isinstance(consumer.certificate, CertificateReference):
        return None
    holder = holders.get(str(consumer.certificate))
    if holder is None or holder.source is declaration.source:
        return None
    request = holder.request
    regions = {request and request.region, consumer.region}
    # An import refers to a stack in the same Region.
    differ = len(regions) > 1 and all(isinstance(region, str) for region in regions)
    return None if differ and str(consumer.certificate).startswith(IMPORT) else holder


class _Moved(Value):
    """The consumers of a variant that use one certificate, with their locations."""

    consumers: tuple[Consumer, ...]
    locations: tuple[LocatedPath, ...]
    condition: str


def _start(declaration: Declaration) -> tuple[str, int]:
    """Return the file of a declaration, and the offset at which it starts."""
    location = declaration.variants[0].location(())
    return declaration.file, location.start if location else 0


def _with(
    holder: Declaration, users: list[Declaration], holders: Mapping[str, Declaration]
) -> Declaration:
    """Return the declaration of a certificate with its consumers from other declarations."""
    users = sorted(users, key=_start)
    choices = [_choices(user, holder, holders) for user in users]
    truncated = holder.truncated or next(filter(None, (user.truncated for user in users)), "")
    count = len(holder.variants)
    for moved in choices:
        count *= len(moved)
    if count > _MOST_VARIANTS:
        choices = [moved[:1] for moved in choices]
        truncated = (
            truncated or f"only {len(holder.variants)} combinations of the conditions were checked"
        )
    variants = (
        _variant(variant, moved) for variant in holder.variants for moved in product(*choices)
    )
    return holder.__replace__(variants=tuple(variants), truncated=truncated)


def _choices(
    user: Declaration, holder: Declaration, holders: Mapping[str, Declaration]
) -> list[_Moved]:
    """Return the distinct sets of consumers that a declaration's variants add to a certificate."""
    found: dict[tuple[Consumer, ...], _Moved] = {}
    for variant in user.variants:
        own = [
            (_as_elsewhere(consumer, user, holder), ("consumers", index))
            for index, consumer in enumerate(variant.consumers)
            if _holder(consumer, user, holders) is holder
        ]
        consumers = tuple(consumer for consumer, _ in own)
        locations: tuple[LocatedPath, ...] = tuple((variant.locations, path) for _, path in own)
        found.setdefault(consumers, _Moved(consumers, locations, variant.condition))
    return [*found.values()]


def _variant(variant: Variant, added: Iterable[_Moved]) -> Variant:
    consumers = [*variant.consumers]
    moved: dict[Path, LocatedPath] = {}
    conditions = [variant.condition]
    for choice in added:
        conditions.append(choice.condition)
        for consumer, location in zip(choice.consumers, choice.locations, strict=True):
            moved["consumers", len(consumers)] = location
            consumers.append(consumer)
    return variant.__replace__(
        consumers=tuple(consumers),
        locations=_Elsewhere(variant.locations, moved),
        condition=", ".join(filter(None, conditions)),
    )


def _without(declaration: Declaration, holders: Mapping[str, Declaration]) -> Declaration | None:
    """Return a declaration without the consumers that were moved, `None` if nothing is left."""
    variants = []
    for variant in declaration.variants:
        own = [
            (consumer, ("consumers", index))
            for index, consumer in enumerate(variant.consumers)
            if not _holder(consumer, declaration, holders)
        ]
        moved: dict[Path, LocatedPath] = {
            ("consumers", index): (variant.locations, path) for index, (_, path) in enumerate(own)
        }
        if own or variant.request:
            locations = _Elsewhere(variant.locations, moved)
            consumers = tuple(consumer for consumer, _ in own)
            variants.append(variant.__replace__(consumers=consumers, locations=locations))
    return declaration.__replace__(variants=tuple(variants)) if variants else None


def _as_elsewhere(consumer: Consumer, user: Declaration, holder: Declaration) -> Consumer:
    """Return a consumer with references that are valid in the file of its certificate.

    Unknown values of two files may have the same label, but are not equal.
    """
    certificate = CertificateReference(holder.address)
    hosts = tuple(_renamed(host, user.file) for host in consumer.hosts)
    recorded = tuple(_renamed(name, user.file) for name in consumer.recorded)
    region = _renamed(consumer.region, user.file)
    return consumer.__replace__(
        certificate=certificate, hosts=hosts, region=region, recorded=recorded
    )


def _renamed(value: Any, file: str) -> Any:  # noqa: ANN401  (a name or a string of any kind)
    if isinstance(value, UnresolvedNames):
        return UnresolvedNames(_relabeled(value.unknown, file))
    if isinstance(value, Unresolved):
        return Unresolved(
            tuple(
                _relabeled(part, file) if isinstance(part, Unknown) else part
                for part in value.parts
            )
        )
    return value


def _relabeled(unknown: Unknown, file: str) -> Unknown:
    label = unknown.label
    is_shared = label.startswith(_SHARED) and "${" not in label.removeprefix("${")
    return unknown if is_shared else unknown.__replace__(label=f"{label} of {printable(file)}")


# Consumers and the records that point to them


def link_records(
    declarations: Iterable[Declaration],
) -> tuple[tuple[Declaration, ...], set[tuple[int, int]]]:
    """Return declarations whose consumers have the records that point to them, and their keys.

    The key of a record is the identity of the tuple that contains it, and its index in it.
    """
    declarations = tuple(declarations)
    records = _Records(declarations)
    result = tuple(
        declaration.__replace__(
            variants=tuple(
                _with_records(
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
    """The records of declarations by endpoint; `linked` are the keys of those that were used."""

    def __init__(self, declarations: tuple[Declaration, ...]) -> None:
        self.linked: set[tuple[int, int]] = set()
        self._local: dict[int, dict[str, list[tuple[int, LocatedRecord]]]] = {}
        self._everywhere: dict[str, list[tuple[int, int, str, LocatedRecord]]] = {}
        self._files: dict[str, set[str]] = {}
        for declaration in declarations:
            for variant in declaration.variants:
                if id(variant.records) not in self._local:
                    self._add(variant, declaration)
                for consumer in variant.consumers:
                    for endpoint in filter(_is_global, consumer.endpoints):
                        self._files.setdefault(endpoint, set()).add(declaration.file)

    def _add(self, variant: Variant, declaration: Declaration) -> None:
        key = id(variant.records)
        local = self._local[key] = {}
        for index, record in enumerate(variant.records):
            located = record, (variant.locations, ("records", index))
            local.setdefault(record.endpoint, []).append((index, located))
            if _is_global(record.endpoint):
                everywhere = self._everywhere.setdefault(record.endpoint, [])
                everywhere.append((key, index, declaration.file, located))

    def to(
        self, consumer: Consumer, variant: Variant, declaration: Declaration
    ) -> Iterator[LocatedRecord]:
        """Yield the records that certainly point to a consumer.

        Several files may have the same endpoint, such as one stack in two environments.
        """
        key = id(variant.records)
        for endpoint in consumer.endpoints:
            for index, located in self._local[key].get(endpoint, ()):
                self.linked.add((key, index))
                yield located
            if _is_global(endpoint) and len(self._files[endpoint]) == 1:
                for other, index, file, (record, location) in self._everywhere.get(endpoint, ()):
                    if file != declaration.file:
                        self.linked.add((other, index))
                        yield record.__replace__(name=_renamed(record.name, file)), location


def _is_global(endpoint: str) -> bool:
    """Return whether an endpoint means the same in all files: an import or a DNS name."""
    return endpoint.startswith(IMPORT) or endpoint.endswith(".")


def _with_records(variant: Variant, found: list[list[LocatedRecord]]) -> Variant:
    """Return a variant whose consumers have the records that point to each."""
    if not any(found):
        return variant
    moved: dict[Path, LocatedPath] = {}
    consumers = []
    for index, (consumer, records) in enumerate(zip(variant.consumers, found, strict=True)):
        names: list[ListedName] = []
        for record, location in records:
            if record.name not in names and record.name not in consumer.hosts:
                moved["consumers", index, "recorded", len(names)] = location
                names.append(record.name)
        consumers.append(consumer.__replace__(recorded=tuple(names)))
    locations = _Elsewhere(variant.locations, moved)
    return variant.__replace__(consumers=tuple(consumers), locations=locations)
