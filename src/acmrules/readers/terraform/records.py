"""The validation records that a Terraform configuration creates, in any DNS service."""

from __future__ import annotations

import re

from acmrules.dns_validation import ROUTE53
from acmrules.names import DomainName
from acmrules.partial import wildcard_parent
from acmrules.readers.terraform.computed import distinct_names, names_of
from acmrules.readers.terraform.record_entries import certificate_of, entries, part_of
from acmrules.readers.terraform.resources.references import (
    NAME,
    OPTIONS,
    VALUE,
    instance_key,
    without_keys,
)
from acmrules.readers.terraform.scopes import (
    PASSED_PROVIDER,
    SKIPPED,
    Evaluation,
    ModuleInstance,
    ResourceInstance,
)
from acmrules.readers.terraform.validation import only_part, validated_by, written_arguments
from acmrules.resources import ValidationRecord
from acmrules.syntax.hcl import ast as hcl
from acmrules.unresolved import Unresolved, read_name
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.dns_validation import OptionPart
    from acmrules.readers.terraform.modules import ModuleCall, ResourceBlock
    from acmrules.readers.terraform.record_entries import RecordArguments
    from acmrules.syntax.hcl.ast import Block
    from acmrules.unresolved import ListedName, Text

_TARGET = ".acm-validations."
_ITERATED = re.compile(rf"\bfor\s+[\w-]+\s+in\s+[^:{{}}\n]*\.{OPTIONS}[)\s]*:")


_DEFAULT = "aws"
_SHARED_SETTINGS = frozenset(
    ("alias", "default_tags", "ignore_tags", "max_retries", "region", "retry_mode", "version")
)
"""The settings of a provider that do not determine its account."""


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
    service: str = ""
    is_hidden: bool | None = False


class FoundEntry(Value):
    """A record of an instance of a resource that takes something from one certificate.

    `exact` is whether the indexes of options are those of the names. `is_right` is whether the name
    and the value belong to one option.
    """

    resource: ResourceBlock
    instance: ResourceInstance
    entry: RecordArguments
    name_part: OptionPart | None
    value_part: OptionPart | None
    exact: bool
    is_right: bool


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
        self.evaluation = evaluation
        self._has_order = _has_order(evaluation.root.call)
        self._writers: dict[str, list[_Writer]] = {}
        self._of_every_instance: dict[str, list[_Writer]] = {}
        self.entries: dict[str, list[FoundEntry]] = {}
        self.literals: list[FoundEntry] = []
        self.unknown: dict[str, list[FoundEntry]] = {}
        self._literal_stems: set[ListedName] = set()
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
        for stem in dict.fromkeys(map(stem_of, names)):
            if stem not in created:
                is_open |= stem in self._literal_stems
                for _, owner, record in self._shared.get(stem, ()):
                    if owner == provider:
                        found.append(record.__replace__(overwrites=None))
                    else:
                        is_open = True
        return tuple(found), is_open

    def options_with_records(self, certificate: str) -> tuple[set[tuple[int, bool]], bool]:
        """Return the options that have records, and whether there may be more.

        Each is an index and whether it is that of the name; `-1` means all options.
        """
        found = {
            (-1 if each.index is None else each.index, each.exact)
            for each in self._writers_of(certificate)
        }
        return found, without_keys(certificate) in self._open

    def for_others(
        self, certificate: str, name: ListedName
    ) -> list[tuple[str, str, ValidationRecord]]:
        """Return the records for a name that other certificates need.

        Each has the address of that certificate and its provider.
        """
        return [each for each in self._shared.get(stem_of(name), ()) if each[0] != certificate]

    def _writers_of(self, certificate: str) -> list[_Writer]:
        block = certificate.removesuffix(f"[{instance_key(certificate)}]")
        return [*self._writers.get(certificate, ()), *self._of_every_instance.get(block, ())]

    def _own(
        self, certificate: str, names: Iterable[ListedName]
    ) -> tuple[list[ValidationRecord], bool]:
        """Return the records for the options of a certificate itself."""
        stems = [*map(stem_of, distinct_names(names))]
        writers = self._writers_of(certificate)
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
    ) -> dict[ListedName, list[tuple[str, str, ValidationRecord]]]:
        """Return the records by name, each with its certificate and the certificate's provider."""
        found: dict[ListedName, list[tuple[str, str, ValidationRecord]]] = {}
        for resource in certificates:
            provider = account_of(resource)
            try:
                for instance in evaluation.resource_instances(
                    resource.call, resource.name, resource.block
                ):
                    names = names_of(instance.node) or ()
                    address = instance.scope.address
                    for record in self._own(address, names)[0]:
                        if isinstance(record.name, DomainName):
                            found.setdefault(record.name, []).append((address, provider, record))
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
            found = [*_found(resource, instance, exact=exact)] if exists else []
            if not any(each.is_right for each in found):
                self._add_unknown(resource, module, instance)
            for each in found:
                part = each.name_part or each.value_part
                if part is not None:
                    certificate, index = certificate_of(part)
                    self.entries.setdefault(certificate, []).append(each)
                    if each.is_right:
                        writer = _writer(index, each.entry, instance, exact=exact)
                        self._writers.setdefault(certificate, []).append(writer)
                elif any(
                    isinstance(value, str) and _TARGET in value for value in each.entry.values
                ):
                    self.literals.append(each)
                    self._literal_stems.add(read_name(_after_token(each.entry.name)))

    def _add_unknown(
        self, resource: ResourceBlock, module: ModuleInstance, instance: ResourceInstance
    ) -> None:
        """Add the records of an instance whose options are unknown."""
        mentioned = validated_by(resource.block, module.address)
        if not mentioned:
            return
        written = written_arguments(resource.block)
        both = NAME in written and VALUE in written
        first = next(entries(resource.kind, instance), None)
        for validated in mentioned:
            certificate = validated.certificate
            if first is not None:
                found = FoundEntry(
                    resource, instance, first, None, None, exact=False, is_right=False
                )
                self.unknown.setdefault(without_keys(certificate), []).append(found)
            if first is None or not (validated.whole and both and instance.key is None):
                self._open.add(without_keys(certificate))
                continue
            writer = _writer(None, first, instance, exact=True)
            self._writers.setdefault(certificate, []).append(writer)
            name = re.escape(certificate.removeprefix(module.address))
            if re.search(rf"\b{name}\)?(?:\[\*\]|\.\*)\.{OPTIONS}", written):
                self._of_every_instance.setdefault(certificate, []).append(writer)
            else:
                self._open.add(without_keys(certificate))


def _after_token(name: Text | None) -> str:
    """Return what follows the first label of a literal name, empty if the name is unknown."""
    return name.rstrip(".").partition(".")[2] if isinstance(name, str) else ""


def _has_order(root: ModuleCall) -> bool:
    """Return whether options may be selected by their order, not only iterated over."""
    texts = {file.source.text for call in root.all() for file in call.module.files}
    return any(
        text.count(OPTIONS) > len(_ITERATED.findall(text)) for text in texts if OPTIONS in text
    )


def _refused(writers: list[_Writer]) -> int:
    """Return how many of some records fail if the record exists."""
    return sum(each.overwrites is False for each in writers)


def account_of(resource: ResourceBlock) -> str:
    """Return what identifies the account of a resource: equal strings mean the same account.

    Providers that differ only in their Regions use the same credentials.
    """
    argument = resource.block.body.attributes.get("provider")
    return _account(resource.call, argument.value.written if argument else _DEFAULT)


def _account(call: ModuleCall, name: str) -> str:
    block = call.module.providers.get(name)
    if block is not None:
        arguments = _credentials(block)
        return call.address + arguments if arguments else ""
    if call.parent is not None and call.block is not None:
        passed = call.block.body.attributes.get("providers")
        names = dict(re.findall(PASSED_PROVIDER, passed.value.written)) if passed else {}
        above = names.get(name, _DEFAULT if name == _DEFAULT else "")
        if above:
            return _account(call.parent, above)
    return "" if name == _DEFAULT else f"{call.address}{name}"


def _credentials(block: Block) -> str:
    """Return the arguments of a provider that may determine its account."""
    blocks = [inner for inner in block.body.blocks if inner.type not in _SHARED_SETTINGS]
    arguments = [
        f"{name} = {argument.value.written}"
        for name, argument in sorted(block.body.attributes.items())
        if name not in _SHARED_SETTINGS
    ]
    return "; ".join([*arguments, *(f"{each.type} {_credentials(each)}" for each in blocks)])


def stem_of(name: ListedName) -> ListedName:
    """Return a name without a leading `*.`."""
    return wildcard_parent(name) or name


def _found(
    resource: ResourceBlock, instance: ResourceInstance, *, exact: bool
) -> Iterator[FoundEntry]:
    """Yield the records of an instance, with what they take from certificates."""
    for entry in entries(resource.kind, instance):
        name = part_of(entry.name)
        values = [part for part in map(part_of, entry.values) if part]
        # A record with several values has the right one if any of them is right.
        wanted = name.__replace__(member=VALUE) if name and name.member == NAME else None
        right = [part for part in values if part == wanted]
        kind = entry.type
        is_right = bool(right) and not (isinstance(kind, str) and kind.upper() != "CNAME")
        value = next(iter(right or values), None)
        yield FoundEntry(resource, instance, entry, name, value, exact, is_right)


def _writer(
    index: int | None, entry: RecordArguments, instance: ResourceInstance, *, exact: bool
) -> _Writer:
    return _Writer(
        index,
        entry.zone,
        instance.scope.address,
        entry.overwrites,
        exact,
        "" if entry.service == ROUTE53 else entry.service,
        None if isinstance(entry.proxied, Unresolved) else entry.proxied is True,
    )


def _record(stem: ListedName, writer: _Writer) -> ValidationRecord:
    return ValidationRecord(
        stem, writer.zone_id, writer.address, writer.overwrites, writer.service, writer.is_hidden
    )
