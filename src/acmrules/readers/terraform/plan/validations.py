"""How the resources of a plan validate its certificates, for the rules about it."""

from __future__ import annotations

from acmrules.dns_validation import ROUTE53, DnsValidation, OptionPart, RecordResource, RecordWait
from acmrules.model.members import RECORD_NAME, RECORD_VALUE
from acmrules.partial import wildcard_parent
from acmrules.readers.terraform.plan.references import references
from acmrules.readers.terraform.record_entries import PATH, distinct, entries_in, left_out_of
from acmrules.readers.terraform.resources.record_types import RECORD_TYPES
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    FQDNS,
    OPTIONS,
    VALIDATION,
    referenced_certificate,
    text_or_none,
)
from acmrules.resources import ValidationRecord
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import KEY, mapping
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.model.declaration import Variant
    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Fields
    from acmrules.readers.terraform.plan.instances import PlannedInstance
    from acmrules.readers.terraform.plan.references import PlannedConfiguration
    from acmrules.readers.terraform.record_entries import RecordArguments
    from acmrules.request import CertificateRequest
    from acmrules.syntax.tree import Data
    from acmrules.unresolved import ListedName, Text


class PlannedValidations:
    """The records and the waits of a plan, by certificate."""

    def __init__(
        self, instances: Iterable[PlannedInstance], configuration: PlannedConfiguration
    ) -> None:
        self._configuration = configuration
        self._instances = [*instances]
        self._is_open = configuration.passes_options_on({*RECORD_TYPES, VALIDATION, CERTIFICATE})

    def of(
        self, certificate: PlannedInstance, request: CertificateRequest, pointers: PointerMap
    ) -> DnsValidation | None:
        """Return the validation of a certificate, `None` if the plan has no resources for it."""
        stems = [wildcard_parent(name) or name for name in dict.fromkeys(request.names)]
        found = [
            each
            for each in self._instances
            if each.kind in RECORD_TYPES and self._is_for(each, certificate)
        ]
        records: list[RecordResource] = []
        for instance in found:
            for entry in entries_in(instance.kind, instance.fields):
                _locate(instance, entry, len(records), pointers)
                records.append(_record(instance, entry, certificate.address, stems))
        waits = tuple(self._waits(certificate, stems, pointers))
        if not records and not waits:
            return None
        validation = DnsValidation(tuple(records), waits, needed=len(distinct(stems)))
        if self._is_open or not records or not all(map(_is_new, [*found, certificate])):
            return validation
        known = {stems.index(each.stem) for each in records if each.stem in stems}
        exact = len({each.address for each in records if each.stem is None}) == 0
        options = [(index, True) for index in known] if exact else [*_numbered(records)]
        left_out, fewer = left_out_of(stems, options, [])
        return validation.__replace__(left_out=left_out, fewer=fewer, selected=not exact)

    def _is_for(self, record: PlannedInstance, certificate: PlannedInstance) -> bool:
        """Return whether a record takes its name or its value from a certificate."""
        described = RECORD_TYPES[record.kind]
        members = (described.name, *described.values)
        for member in members:
            target = self._configuration.target(
                record.path, record.configured, [_expression(record, member.partition(".")[0])]
            )
            if target and target.kind == CERTIFICATE and target.attribute in ("", OPTIONS):
                names = tuple(name for name, _ in certificate.path)
                keys = ("", certificate.key) if certificate.key else ("",)
                is_same = target.name == certificate.name and target.key in keys
                return is_same and tuple(name for name, _ in target.path) == names
        return False

    def _waits(
        self, certificate: PlannedInstance, stems: list[ListedName], pointers: PointerMap
    ) -> Iterator[RecordWait]:
        index = 0
        for instance in self._instances:
            if instance.kind != VALIDATION or not _waits_for(instance, certificate):
                continue
            path = (PATH, "waits", index)
            pointers[path] = (*instance.pointer, KEY), None
            pointers[(*path, "listed")] = (*instance.pointer, FQDNS), None
            pointers[(*path, "timeout")] = (*instance.pointer, "timeouts", "create"), None
            index += 1
            needed = len(distinct(stems))
            listed = self._number_listed(instance)
            fewer = max(0, needed - listed) if listed and _is_new(instance) else 0
            yield RecordWait(instance.address, (), fewer, needed, _timeout(instance.fields))

    def _number_listed(self, wait: PlannedInstance) -> int:
        """Return how many records a wait lists at most, zero if that is unknown."""
        listed = [*references(_expression(wait, FQDNS))]
        for text in listed:
            kind, _, rest = text.partition(".")
            name, _, attribute = rest.partition(".")
            name, _, key = name.partition("[")
            if kind not in RECORD_TYPES or not attribute:
                return 0
            same = [
                each
                for each in self._instances
                if (each.kind, each.name, each.path) == (kind, name, wait.path)
            ]
            if not key and len(same) != 1:
                return 0
        return len(listed)


def _is_new(instance: PlannedInstance) -> bool:
    """Return whether the plan creates a resource."""
    return mapping(instance.unknown).get("id") is True


def _expression(instance: PlannedInstance, member: str) -> Data:
    return mapping(instance.configured.get("expressions")).get(member)


def _locate(
    instance: PlannedInstance, entry: RecordArguments, index: int, pointers: PointerMap
) -> None:
    path = (PATH, "records", index)
    pointers[path] = (*instance.pointer, KEY), None
    members = {"name": entry.name_at, "value": entry.value_at, "type": entry.type_at}
    for field, member in (members | {"proxied": "proxied"}).items():
        if member:
            pointers[(*path, field)] = (*instance.pointer, member), None


def _record(
    instance: PlannedInstance, entry: RecordArguments, certificate: str, stems: list[ListedName]
) -> RecordResource:
    """Return a record; what is unknown in it comes from an option of the certificate."""
    stem = _stem(instance, stems)
    option = f"{certificate}.{OPTIONS}[{instance.key or instance.address}]"
    value = next(iter(entry.values), None)
    name_part, value_part = (
        OptionPart(option, member, stem) if isinstance(text, Unresolved) else None
        for text, member in ((entry.name, RECORD_NAME), (value, RECORD_VALUE))
    )
    configured = mapping(instance.configured.get("expressions"))
    overwrites = entry.overwrites if "allow_overwrite" in configured else False
    return RecordResource(
        instance.address,
        entry.service,
        stem if name_part else None,
        entry.zone,
        overwrites,
        entry.proxied,
        entry.name,
        value,
        entry.type,
        name_part,
        value_part,
    )


def _stem(instance: PlannedInstance, stems: list[ListedName]) -> ListedName | None:
    """Return the name that is the key of an instance, without `*.`."""
    if len({*stems}) == 1:
        return stems[0]
    key = instance.key.strip('"').removeprefix("*.")
    return next((stem for stem in stems if str(stem) == key), None)


def _numbered(records: list[RecordResource]) -> Iterator[tuple[int, bool]]:
    for index, _ in enumerate(records):
        yield index, False


def _waits_for(wait: PlannedInstance, certificate: PlannedInstance) -> bool:
    arn = text_or_none(wait.fields, "certificate_arn")
    if arn is None:
        return False
    if isinstance(arn[0], str):
        return arn[0] == certificate.fields.literal("arn")
    found = referenced_certificate(arn[0])
    return found is not None and str(found) == certificate.address


def _timeout(fields: Fields) -> Text | None:
    try:
        found = text_or_none(fields.inner("timeouts"), "create")
    except TypeMismatchError:
        return None
    return found and found[0]


def with_created_records(variant: Variant, validation: DnsValidation) -> Variant:
    """Return a variant with the records that its plan creates, if other services have some."""
    if all(record.service == ROUTE53 for record in validation.records):
        return variant
    created = tuple(
        ValidationRecord(
            record.stem,
            record.zone,
            record.address,
            record.overwrites,
            "" if record.service == ROUTE53 else record.service,
            None if isinstance(record.proxied, Unresolved) else record.proxied is True,
        )
        for record in validation.records
        if record.stem is not None
    )
    is_open = len(created) < len(validation.records)
    return variant.__replace__(created=created, may_create_more=is_open)
