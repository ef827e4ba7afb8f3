"""The validation records that a Terraform configuration creates with Route 53."""

from __future__ import annotations

import re

from acmrules.names import DomainName
from acmrules.partial import wildcard_parent
from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.computed import OPTIONS, distinct_names, names_of
from acmrules.readers.terraform.eval.values import EvaluationError, NotConstant, boolean
from acmrules.readers.terraform.resources.dns import zone_of
from acmrules.readers.terraform.resources.references import instance_key, without_keys
from acmrules.readers.terraform.scopes import (
    SKIPPED,
    Evaluation,
    ModuleInstance,
    ResourceInstance,
)
from acmrules.readers.terraform.validation import only_part, validated_by, written_arguments
from acmrules.resources import ValidationRecord
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.hcl import ast as hcl
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.readers.terraform.modules import ModuleCall, ResourceBlock
    from acmrules.unresolved import ListedName, Text

_RECORD_NAME = re.compile(
    rf"([\w.-]+(?:\[[^\]]*\][\w.-]*)*)\.{OPTIONS}\[(\d+)\]\.resource_record_name"
)
_ITERATED = re.compile(rf"\bfor\s+[\w-]+\s+in\s+[^:{{}}\n]*\.{OPTIONS}[)\s]*:")
_NAME_OF_OPTION = "resource_record_name"
_VALUE_OF_OPTION = "resource_record_value"


class _Writer(Value):
    """A record for one option of a certificate, or for each of them if `index` is `None`.

    If not `exact`, the option at an index may belong to any name: options are a set, whose order
    is unknown.
    """

    index: int | None
    zone_id: Text | None
    address: str
    overwrites: bool | None
    exact: bool


class CreatedRecords:
    """The validation records that exist in an evaluation, by the addresses of certificates.

    A record exists only if no open condition excludes it.
    """

    def __init__(
        self,
        records: Iterable[ResourceBlock],
        certificates: Iterable[ResourceBlock],
        evaluation: Evaluation,
    ) -> None:
        self._has_order = _has_order(evaluation.root.call)
        self._writers: dict[str, list[_Writer]] = {}
        self._of_every_instance: dict[str, list[_Writer]] = {}
        self._open: set[str] = set()
        for resource in records:
            self._add(resource, evaluation)
        self._shared = self._by_stem(certificates, evaluation) if self._writers else {}

    def of(
        self, certificate: str, provider: str, names: Iterable[ListedName]
    ) -> tuple[tuple[ValidationRecord, ...], bool]:
        """Return the records for the names of a certificate, and whether there may be more.

        All certificates of an account need the same record for a name, so the records of others
        count if they have the same provider; it is unknown whether those of other providers do.
        """
        found, is_open = self._own(certificate, names)
        created = {record.name for record in found}
        for stem in dict.fromkeys(map(_stem, names)):
            if stem not in created:
                for owner, record in self._shared.get(stem, ()):
                    if owner == provider:
                        found.append(record.__replace__(overwrites=None))
                    else:
                        is_open = True
        return tuple(found), is_open

    def _own(
        self, certificate: str, names: Iterable[ListedName]
    ) -> tuple[list[ValidationRecord], bool]:
        """Return the records for the options of a certificate itself."""
        stems = [*map(_stem, distinct_names(names))]
        block = certificate.removesuffix(f"[{instance_key(certificate)}]")
        writers = [*self._writers.get(certificate, ()), *self._of_every_instance.get(block, ())]
        is_open = without_keys(certificate) in self._open
        known = [
            (index, each)
            for each in writers
            if (index := each.index) is not None and index < len(stems)
        ]
        found = [_record(stems[index], each) for index, each in known if each.exact]
        by_zone: dict[Text | None, dict[int, list[_Writer]]] = {}
        for index, writer in known:
            if not writer.exact:
                by_zone.setdefault(writer.zone_id, {}).setdefault(index, []).append(writer)
        for some in by_zone.values():
            missing = len(stems) - len(some)
            if any(stems.count(stem) <= missing for stem in stems):
                is_open = True
                continue
            fewest = sorted(some.values(), key=_refused)
            # It is unknown which option has the records that only some options have.
            is_even = not missing and _refused(fewest[0]) == _refused(fewest[-1])
            for stem in dict.fromkeys(stems):
                certain = (
                    [group for index, group in some.items() if stems[index] == stem]
                    if is_even
                    else fewest[: stems.count(stem) - missing]
                )
                found += [_record(stem, each) for group in certain for each in group]
        created = {record.name for record in found}
        for writer in writers:
            if writer.index is None:
                rest = (stem for stem in dict.fromkeys(stems) if stem not in created)
                found += [_record(stem, writer) for stem in rest]
                created.update(stems)
        return found, is_open

    def _by_stem(
        self, certificates: Iterable[ResourceBlock], evaluation: Evaluation
    ) -> dict[ListedName, list[tuple[str, ValidationRecord]]]:
        """Return the records by name, each with the provider of its certificate."""
        found: dict[ListedName, list[tuple[str, ValidationRecord]]] = {}
        for resource in certificates:
            provider = provider_of(resource)
            try:
                for instance in evaluation.resource_instances(
                    resource.call, resource.name, resource.block
                ):
                    names = names_of(instance.node) or ()
                    for record in self._own(instance.scope.address, names)[0]:
                        if isinstance(record.name, DomainName):
                            found.setdefault(record.name, []).append((provider, record))
            except SKIPPED:
                continue
        return found

    def _add(self, resource: ResourceBlock, evaluation: Evaluation) -> None:
        mentioned = validated_by(resource.block, resource.call.address)
        try:
            for module in evaluation.module_instances(resource.call):
                self._add_instances(resource, module)
        except SKIPPED:
            self._open.update(without_keys(each.certificate) for each in mentioned)

    def _add_instances(self, resource: ResourceBlock, module: ModuleInstance) -> None:
        block = resource.block
        attributes = block.body.attributes
        for_each = attributes.get("for_each")
        is_repeated = for_each is not None or "count" in attributes
        exact = not self._has_order or (
            for_each is not None and isinstance(only_part(for_each.value), hcl.ForExpression)
        )
        for instance in module.resource_instances(resource.name, block):
            exists = instance.key is not None or not is_repeated
            option = _option_of(instance) if exists else None
            if option:
                writer = _writer(option[1], instance, exact=exact)
                self._writers.setdefault(option[0], []).append(writer)
            else:
                self._add_unknown(resource, module, instance)

    def _add_unknown(
        self, resource: ResourceBlock, module: ModuleInstance, instance: ResourceInstance
    ) -> None:
        """Add the records of an instance whose options are unknown."""
        written = written_arguments(resource.block)
        both = _NAME_OF_OPTION in written and _VALUE_OF_OPTION in written
        for validated in validated_by(resource.block, module.address):
            certificate = validated.certificate
            if not (validated.whole and both and instance.key is None):
                self._open.add(without_keys(certificate))
                continue
            writer = _writer(None, instance, exact=True)
            self._writers.setdefault(certificate, []).append(writer)
            name = re.escape(certificate.removeprefix(module.address))
            if re.search(rf"\b{name}\)?(?:\[\*\]|\.\*)\.{OPTIONS}", written):
                self._of_every_instance.setdefault(certificate, []).append(writer)
            else:
                self._open.add(without_keys(certificate))


def _has_order(root: ModuleCall) -> bool:
    """Return whether options may be selected by their order, not only iterated over."""
    texts = {file.source.text for call in root.all() for file in call.module.files}
    return any(
        text.count(OPTIONS) > len(_ITERATED.findall(text)) for text in texts if OPTIONS in text
    )


def _refused(writers: list[_Writer]) -> int:
    """Return how many of some records fail if the record exists."""
    return sum(each.overwrites is False for each in writers)


def provider_of(resource: ResourceBlock) -> str:
    """Return the provider of a resource as it is written, prefixed with the module's address."""
    argument = resource.block.body.attributes.get("provider")
    return resource.call.address + (argument.value.written if argument else "")


def _stem(name: ListedName) -> ListedName:
    """Return a name without a leading `*.`."""
    return wildcard_parent(name) or name


def _option_of(instance: ResourceInstance) -> tuple[str, int] | None:
    """Return the certificate and the index of the option that a record is for, if known."""
    fields = Fields(TerraformReader(), dict(instance.node.value), ())
    try:
        name, kind = fields.text("name"), fields.text("type")
        values = fields.texts("records")
    except TypeMismatchError:
        return None
    found = {*_RECORD_NAME.findall(str(name[0]))} if name else set()
    if len(found) != 1 or (kind and kind[0] != "CNAME" and isinstance(kind[0], str)):
        return None
    ((certificate, index),) = found
    value = f"{certificate}.{OPTIONS}[{index}].{_VALUE_OF_OPTION}"
    return (certificate, int(index)) if any(value in str(each[0]) for each in values) else None


def _writer(index: int | None, instance: ResourceInstance, *, exact: bool) -> _Writer:
    fields = Fields(TerraformReader(), dict(instance.node.value), ())
    try:
        zone = zone_of(fields)
    except TypeMismatchError:
        zone = None
    return _Writer(index, zone and zone[0], instance.scope.address, _overwrites(instance), exact)


def _overwrites(instance: ResourceInstance) -> bool | None:
    allowed = instance.node.value.get("allow_overwrite")
    if allowed is None or allowed.value is None:
        return False
    try:
        return boolean(allowed)
    except (NotConstant, EvaluationError):
        return None


def _record(stem: ListedName, writer: _Writer) -> ValidationRecord:
    return ValidationRecord(stem, writer.zone_id, writer.address, writer.overwrites)
