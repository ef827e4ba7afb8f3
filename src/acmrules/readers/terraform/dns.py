"""DNS resources, listeners and validation zones of a root module, for all of its certificates."""

from __future__ import annotations

from acmrules.readers.evaluated import Node, TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.modules import ModuleCall, ResourceBlock
from acmrules.readers.terraform.resources.consumers import (
    ATTACHED,
    KINDS,
    KUBERNETES,
    LISTENERS,
    attachments,
)
from acmrules.readers.terraform.resources.dns import dns_resources
from acmrules.readers.terraform.resources.references import (
    AUTHORITIES,
    CERTIFICATE,
    RECORD,
    VALIDATION,
    ZONE,
)
from acmrules.readers.terraform.scopes import SKIPPED, Evaluation, ResourceInstance
from acmrules.readers.terraform.validation import Validated, validated_by, validation_zones
from acmrules.syntax.source import Source
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from acmrules.readers.dns import DnsResources
    from acmrules.readers.fields import Found
    from acmrules.readers.terraform.resources.consumers import Attached

DNS = "dns"
"""First step of pointers to DNS resources, which are the same in all evaluations."""

_VALIDATION_ATTRIBUTES = frozenset(("zone_id",))
"""The attributes that are read of validation records."""

_RECORD_ATTRIBUTES = ("name", "zone_id", "type", "fqdn", "records", "vpc", "private_zone")
"""The attributes that are read of zones and other records."""

_AUTHORITY_ATTRIBUTES = (
    *("usage_mode", "certificate_authority_arn", "principal", "actions"),
    *("certificate_signing_request", "validity", "certificate_authority_configuration"),
)
"""The attributes that are read of private CAs, their permissions and their certificates."""

_CERTAIN = dict.fromkeys((RECORD, ZONE), _RECORD_ATTRIBUTES) | dict.fromkeys(
    AUTHORITIES, _AUTHORITY_ATTRIBUTES
)
"""The attributes that are read of resources that count only if no condition is open, by type."""

_HOST_RECORD_ATTRIBUTES = ("name", "zone_id", "type", "records", "alias")
"""The attributes that are read of records that point to hosts."""


class ModuleDns(Value):
    """The DNS resources, listeners and validation zones of a root module.

    `attached` are the listeners with their rules, `validation_zones` the zones of certificates by
    address. `nodes` has the evaluated resources, for pointers that begin with `DNS`.
    """

    resources: DnsResources
    attached: Attached
    validation_zones: dict[str, tuple[Found, bool]]
    nodes: Node


def read_dns(
    root: ModuleCall,
    resources: Sequence[ResourceBlock],
    defaults: Evaluation,
    certain: Evaluation,
    *,
    host_records: bool,
) -> ModuleDns:
    """Return the DNS resources, listeners and validation zones of a root module.

    A resource attached to a listener counts unless a default excludes it, so it is read in
    `defaults`. A zone or a record counts only if no condition is open, so it is read in `certain`.
    With `host_records`, records that point to hosts are read too, in `defaults`.
    """
    reader = _Reader(defaults, certain)
    skipped = {CERTIFICATE, VALIDATION, *KINDS, *KUBERNETES}
    if not any(resource.kind in ATTACHED for resource in resources):
        skipped |= LISTENERS
    for resource in (*resources, *_zone_data_sources(root)):
        if resource.kind not in skipped:
            reader.add(resource)
    found = dns_resources(reader.records, reader.host_records(resources) if host_records else ())
    return ModuleDns(
        found,
        attachments(reader.attached),
        validation_zones(reader.validations, found.zones),
        Node(reader.nodes, Source("", ""), 0, 0),
    )


class _Reader:
    """A collector of resources, as types, addresses and fields."""

    def __init__(self, defaults: Evaluation, certain: Evaluation) -> None:
        self._defaults = defaults
        self._certain = certain
        self.nodes: dict[str, Node] = {}
        self.attached: list[tuple[str, str, Fields]] = []
        self.records: list[tuple[str, str, Fields]] = []
        self.validations: list[tuple[Validated, Fields]] = []

    def add(self, resource: ResourceBlock) -> None:
        """Read the instances of a resource until one has an error or depends on a condition."""
        try:
            certificates = _validated_by(resource)
            if certificates:
                self._add_validations(resource, certificates)
            elif resource.kind in _CERTAIN:
                for address, fields in self._instances(self._certain, resource):
                    _evaluate(fields, _CERTAIN[resource.kind])
                    self.records.append((resource.kind, address, fields))
            else:
                for address, fields in self._instances(self._defaults, resource):
                    self.attached.append((resource.kind, address, fields))
        except SKIPPED:
            return

    def _add_validations(self, resource: ResourceBlock, certificates: set[Validated]) -> None:
        for _, fields in self._instances(self._certain, resource, single=_VALIDATION_ATTRIBUTES):
            self.validations += [(certificate, fields) for certificate in certificates]

    def host_records(self, resources: Iterable[ResourceBlock]) -> Iterator[tuple[str, Fields]]:
        """Yield the records that exist if all conditions have their defaults."""
        for resource in resources:
            if resource.kind != RECORD or _validated_by(resource):
                continue
            try:
                for address, fields in self._instances(
                    self._defaults, resource, prefix="host record "
                ):
                    _evaluate(fields, _HOST_RECORD_ATTRIBUTES)
                    yield address, fields
            except SKIPPED:
                continue

    def _instances(
        self,
        evaluation: Evaluation,
        resource: ResourceBlock,
        *,
        single: Container[str] | None = None,
        prefix: str = "",
    ) -> Iterator[tuple[str, Fields]]:
        """Yield the addresses and the fields of a resource's instances, and keep their nodes.

        With `single`, yield one instance with only these attributes. `prefix` distinguishes nodes
        of different evaluations.
        """
        for instance in _instances_of(evaluation, resource, single):
            address = evaluation.add_node(instance, resource.block)
            key = prefix + address
            self.nodes[key] = evaluation.nodes[address]
            yield address, Fields(TerraformReader(), self.nodes[key], (DNS, key))


def _instances_of(
    evaluation: Evaluation, resource: ResourceBlock, single: Container[str] | None
) -> Iterator[ResourceInstance]:
    for module in evaluation.module_instances(resource.call):
        yield from module.resource_instances(resource.name, resource.block, single=single)


def _validated_by(resource: ResourceBlock) -> set[Validated]:
    if resource.kind != RECORD:
        return set()
    return validated_by(resource.block, resource.call.address)


def _evaluate(fields: Fields, attributes: Iterable[str]) -> None:
    """Evaluate attributes now, so that their errors and open conditions are raised here."""
    for name in attributes:
        _ = fields.data[name].value if name in fields.data else None


def _zone_data_sources(root: ModuleCall) -> Iterator[ResourceBlock]:
    """Yield the data sources of zones."""
    for call in root.all():
        for name, block in call.module.data.items():
            if name[0] == ZONE:
                yield ResourceBlock(call, name, block, "data.")
