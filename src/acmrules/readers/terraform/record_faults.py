"""How the resources of a configuration validate a certificate, for the rules about it."""

from __future__ import annotations

import re
from bisect import bisect_right

from acmrules.dns_validation import DnsValidation, RecordResource, RecordWait, RepetitionFault
from acmrules.model.members import RECORD_NAME
from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.computed import distinct_names
from acmrules.readers.terraform.eval.values import node_at
from acmrules.readers.terraform.record_entries import (
    PATH,
    certificate_of,
    distinct,
    left_out_of,
    part_of,
)
from acmrules.readers.terraform.records import stem_of
from acmrules.readers.terraform.repetitions import Repetitions
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    FQDNS,
    referenced_certificate,
    text_or_none,
    without_keys,
)
from acmrules.readers.terraform.scopes import SKIPPED
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import KEY
from acmrules.unresolved import UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acmrules.model.locations import PointerMap
    from acmrules.readers.evaluated import Node
    from acmrules.readers.terraform.modules import Module, ResourceBlock
    from acmrules.readers.terraform.records import CreatedRecords, FoundEntry
    from acmrules.readers.terraform.scopes import Evaluation, ResourceInstance
    from acmrules.unresolved import ListedName, Text

_ATTRIBUTE = re.compile(r"\$\{(.+)\.[\w-]+\}")
_WHOLE = rf"\b{CERTIFICATE}\.([\w-]+)(?:\[[^\]]*\])?(?![\w.\[-])"
_PASSED_ON = ("output", "module", "locals")
"""The types of blocks that may pass a whole certificate on."""


class DnsValidations:
    """The validations of the certificates in an evaluation.

    `created` are its records, and `waits` the resources that wait for validations.
    """

    def __init__(
        self,
        created: CreatedRecords,
        records: Sequence[ResourceBlock],
        waits: Iterable[ResourceBlock],
        evaluation: Evaluation,
    ) -> None:
        self._created = created
        self._root = evaluation.root.call
        self._repeated = Repetitions(records, self._root)
        self._passed_on: dict[str, set[str]] = {}
        self._literals: dict[str, list[FoundEntry]] = {}
        for each in created.literals:
            for parent in _parents(each.entry.name):
                self._literals.setdefault(parent, []).append(each)
        self._waits: dict[str, list[tuple[ResourceBlock, ResourceInstance]]] = {}
        for resource in waits:
            try:
                for module in evaluation.module_instances(resource.call):
                    for instance in module.resource_instances(resource.name, resource.block):
                        self._add_wait(resource, instance)
            except SKIPPED:
                continue

    def _add_wait(self, resource: ResourceBlock, instance: ResourceInstance) -> None:
        arn = text_or_none(_fields(instance), "certificate_arn")
        certificate = arn and referenced_certificate(arn[0])
        if certificate:
            self._waits.setdefault(str(certificate), []).append((resource, instance))

    def of(
        self,
        resource: ResourceBlock,
        address: str,
        names: tuple[ListedName, ...],
        provider: str,
        places: Places,
        *,
        passed_on: bool,
    ) -> DnsValidation:
        """Return the validation of a certificate, and add the locations of what it consists of.

        `passed_on` is whether other blocks may use the options.
        """
        stems = [stem_of(name) for name in distinct_names(names)]
        entries = self._created.entries.get(address, [])
        found = DnsValidation(
            tuple(self._record_resources(address, stems, provider, places)),
            tuple(self._found_waits(address, stems, places)),
            tuple(self._repetitions(address, names, places)),
            needed=len(distinct(stems)),
            selected=any(not each.exact or not _is_repeated(each.resource) for each in entries),
        )
        options, is_open = self._created.options_with_records(address)
        if not options or any(index < 0 for index, _ in options):
            return found
        shared = [stem for stem in stems if self._created.for_others(address, stem)]
        left_out, fewer = left_out_of(stems, options, shared)
        may_be_more = len({*stems}) > len({*options, *shared})
        may_be_more |= any(type(name) is UnresolvedNames for name in names)
        if is_open or passed_on or self._is_passed_on(resource):
            return found.__replace__(unsure=bool(left_out or fewer or may_be_more))
        unsure = may_be_more and not (left_out or fewer)
        return found.__replace__(left_out=left_out, fewer=fewer, unsure=unsure)

    def waits_of(self, address: str, places: Places) -> DnsValidation:
        """Return only the resources that wait for a certificate without validation records."""
        return DnsValidation(waits=tuple(self._found_waits(address, [], places)))

    def _found_waits(
        self, address: str, stems: list[ListedName], places: Places
    ) -> Iterator[RecordWait]:
        entries = self._created.entries.get(address, [])
        index = 0
        for resource, instance in self._waits.get(address, ()):
            fields = _fields(instance)
            try:
                left_out, fewer = _unlisted(fields, address, stems, entries)
                timeout = _timeout(fields)
            except SKIPPED:
                continue
            path = (PATH, "waits", index)
            where = places.add(path, resource, instance)
            for field, member in (("listed", FQDNS), ("timeout", "timeouts")):
                places.add_member((*path, field), where, member)
            index += 1
            yield RecordWait(
                instance.scope.address,
                left_out,
                fewer,
                len(distinct(stems)),
                timeout,
                any(not isinstance(text, UnresolvedNames) for text in _listed(fields)),
            )

    def _repetitions(
        self, address: str, names: tuple[ListedName, ...], places: Places
    ) -> Iterator[RepetitionFault]:
        found = self._repeated.faults(address, names)
        for index, (fault, resource, argument) in enumerate(found):
            places.add_argument((PATH, "repetitions", index), resource, argument)
            yield fault

    def _record_resources(
        self, address: str, stems: list[ListedName], provider: str, places: Places
    ) -> Iterator[RecordResource]:
        own = self._created.entries.get(address, [])
        found = [
            *own,
            *self._literals_of(stems),
            *self._created.unknown.get(without_keys(address), ()),
        ]
        is_complete = _are_all_alike(own, len(stems))
        for index, each in enumerate(found):
            places.add_record((PATH, "records", index), each)
            yield _record_resource(each, stems, exact=each.exact or is_complete)
        others = self._of_others(address, stems, provider)
        for index, (stem, each) in enumerate(others, len(found)):
            places.add_record((PATH, "records", index), each)
            record = _record_resource(each, [], exact=False)
            yield record.__replace__(stem=stem, of_other=True)

    def _of_others(
        self, address: str, stems: list[ListedName], provider: str
    ) -> Iterator[tuple[ListedName, FoundEntry]]:
        """Yield the records that earlier certificates of the same account need too."""
        for stem in dict.fromkeys(stems):
            for other, owner, record in self._created.for_others(address, stem):
                if owner == provider and other < address and not record.service:
                    for each in self._created.entries.get(other, ()):
                        if each.is_right and each.instance.scope.address == record.address:
                            yield stem, each

    def _literals_of(self, stems: list[ListedName]) -> list[FoundEntry]:
        """Return the records with literal names and values that may be those of some names."""
        found = {id(each): each for stem in stems for each in self._literals.get(str(stem), ())}
        return [*found.values()]

    def _is_passed_on(self, resource: ResourceBlock) -> bool:
        """Return whether a module may pass a certificate on as a whole, with its options."""
        module = resource.call.module
        if module.folder not in self._passed_on:
            self._passed_on[module.folder] = _passed_on(module)
        return resource.block.labels[1] in self._passed_on[module.folder]


class Places:
    """The locations of records and other resources, added to those of a certificate."""

    def __init__(self, nodes: dict[str, Node], pointers: PointerMap) -> None:
        self._nodes = nodes
        self._pointers = pointers

    def add(
        self, path: tuple[str | int, ...], resource: ResourceBlock, instance: ResourceInstance
    ) -> str:
        """Add the location of an instance, and return the key of its node.

        Another reader may have a node of the same resource with other members.
        """
        address = f"validated by {instance.scope.address}"
        if address not in self._nodes:
            self._nodes[address] = node_at(resource.block, dict(instance.node.value))
        self._pointers[path] = (address, KEY), None
        return address

    def add_record(self, path: tuple[str | int, ...], found: FoundEntry) -> None:
        """Add the locations of a record and its attributes."""
        address, entry = self.add(path, found.resource, found.instance), found.entry
        members = {"name": entry.name_at, "value": entry.value_at, "type": entry.type_at}
        members |= {"proxied": "proxied", "overwrites": "allow_overwrite"}
        for field, member in members.items():
            self.add_member((*path, field), address, member)

    def add_member(self, path: tuple[str | int, ...], address: str, member: str) -> None:
        """Add the location of an attribute, unless it is absent."""
        if member in self._nodes[address].value:
            self._pointers[path] = (address, member), None

    def add_argument(
        self, path: tuple[str | int, ...], resource: ResourceBlock, argument: str
    ) -> None:
        """Add the location of an argument that repeats a resource."""
        key = f"{resource.address}.{argument}"
        expression = resource.block.body.attributes[argument].value
        self._nodes[key] = node_at(expression, None)
        self._pointers[path] = (key,), None


def _fields(instance: ResourceInstance) -> Fields:
    return Fields(TerraformReader(), dict(instance.node.value), ())


def _is_repeated(resource: ResourceBlock) -> bool:
    return not {"for_each", "count"}.isdisjoint(resource.block.body.attributes)


def _are_all_alike(found: list[FoundEntry], options: int) -> bool:
    """Return whether all options have records that differ in nothing else.

    Then the order of the options does not matter.
    """
    indexes = {
        certificate_of(each.name_part)[1] for each in found if each.is_right and each.name_part
    }
    alike = {(each.entry.zone, each.entry.overwrites, each.entry.service) for each in found}
    return len(indexes) == options and len(alike) == 1


def _record_resource(found: FoundEntry, stems: list[ListedName], *, exact: bool) -> RecordResource:
    entry = found.entry
    parts = [
        part and part.__replace__(stem=_stem_at(certificate_of(part)[1], stems, exact=exact))
        for part in (found.name_part, found.value_part)
    ]
    named = parts[0]
    return RecordResource(
        found.instance.scope.address,
        entry.service,
        named.stem if named and found.is_right else None,
        entry.zone,
        entry.overwrites,
        entry.proxied,
        entry.name,
        next(iter(entry.values), None),
        entry.type,
        parts[0],
        parts[1],
        entry.is_relative,
        entry.can_overwrite,
    )


def _stem_at(index: int, stems: list[ListedName], *, exact: bool) -> ListedName | None:
    """Return the name of an option, `None` if the order of the options matters."""
    if index >= len(stems):
        return None
    return stems[index] if exact or len(set(stems)) == 1 else None


def _timeout(fields: Fields) -> Text | None:
    try:
        blocks = fields.each("timeouts")
    except TypeMismatchError:
        return None
    found = [text_or_none(block, "create") for block in blocks]
    return found[0][0] if len(found) == 1 and found[0] else None


def _listed(fields: Fields) -> list[Text | UnresolvedNames]:
    """Return the names of records that a wait lists."""
    try:
        return [text for text, *_ in fields.texts(FQDNS)]
    except TypeMismatchError:
        return []


def _unlisted(
    fields: Fields, certificate: str, stems: list[ListedName], entries: list[FoundEntry]
) -> tuple[tuple[ListedName, ...], int]:
    """Return the names whose records a wait does not list, or else how many are too few."""
    listed = _listed(fields)
    texts = {text for text in listed if not isinstance(text, UnresolvedNames)}
    if not texts or len(texts) != len({*listed}):
        return (), 0
    by_address = {each.instance.scope.address: each for each in entries if each.is_right}
    options: set[tuple[int, bool]] = set()
    others = 0
    for text in texts:
        option = _listed_option(text, certificate, by_address)
        if option:
            options.add(option)
        else:
            others += 1
    left_out, fewer = left_out_of(stems, options, [])
    if not others:
        return left_out, fewer
    return (), max(0, (len(left_out) or fewer) - others)


def _listed_option(
    text: Text, certificate: str, by_address: dict[str, FoundEntry]
) -> tuple[int, bool] | None:
    """Return the option whose record a string is the name of, `None` if that is unknown."""
    part = part_of(text)
    if part and part.member == RECORD_NAME:
        address, index = certificate_of(part)
        return (index, False) if address == certificate else None
    attribute = _ATTRIBUTE.fullmatch(str(text))
    found = by_address.get(attribute[1]) if attribute else None
    if found is None or found.name_part is None:
        return None
    return certificate_of(found.name_part)[1], found.exact


def _parents(name: Text | None) -> Iterator[str]:
    """Yield a literal name and its parents."""
    rest = name.rstrip(".").lower() if isinstance(name, str) else ""
    while rest:
        yield rest
        rest = rest.partition(".")[2]


def _passed_on(module: Module) -> set[str]:
    """Return the certificates that a module may pass on as a whole, by their names."""
    names: set[str] = set()
    for file in module.files:
        blocks = sorted(file.blocks, key=lambda block: block.start)
        starts = [block.start for block in blocks]
        for found in re.finditer(_WHOLE, file.source.text):
            index = bisect_right(starts, found.start()) - 1
            if index >= 0 and blocks[index].type in _PASSED_ON:
                names.add(found[1])
    return names
