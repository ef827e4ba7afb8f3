"""Validation records that ACK's controller for Route 53 creates."""

from __future__ import annotations

from acmrules.readers.cluster.objects import Object, each
from acmrules.readers.dns import VALIDATION_TARGET
from acmrules.syntax.errors import TypeMismatchError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.dns_validation import DnsValidation, RecordResource
    from acmrules.model.locations import PointerMap
    from acmrules.request import Path

RECORD_SET = ("route53.services.k8s.aws", "RecordSet")


def validation(objects: Iterable[Object], pointers: PointerMap) -> DnsValidation | None:
    """Return the records with a literal value of ACM; `None` without one."""
    records: list[RecordResource] = []
    for found in objects:
        try:
            value = _value(found) if found.type == RECORD_SET else None
            if value is None:
                continue
            path = ("dns_validation", "records", len(records))
            records.append(_record(found, value, path, pointers))
        except TypeMismatchError:
            continue  # The certificates are checked without a record of the wrong form.
    if not records:
        return None
    from acmrules.dns_validation import DnsValidation

    return DnsValidation(tuple(records))


def _record(found: Object, value: str, path: Path, pointers: PointerMap) -> RecordResource:
    from acmrules.dns_validation import RecordResource

    name, kind = found.spec.text("name"), found.spec.text("recordType")
    pointers[path] = found.head, None
    if name:
        pointers[(*path, "name")] = name[1:]
    return RecordResource(
        found.address,
        "ACK",
        name=name and name[0],
        value=value,
        type=kind and kind[0],
        is_relative=True,
    )


def _value(record_set: Object) -> str | None:
    values = (record.literal("value") for record in each(record_set.spec, "resourceRecords"))
    return next((value for value in values if VALIDATION_TARGET in value), None)
