"""Reader of Terraform plans and states, as `terraform show -json` prints them, and state files.

A value that is known only after apply is unknown. Its label is the attribute it will come from if
the plan reveals that, otherwise the attribute that it is the value of.
"""

from __future__ import annotations

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.readers.consumers import CertificateUse, account_of, consumer_of
from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.options import Parameters, ReadScope
from acmrules.readers.terraform.plan.instances import (
    deferred_certificates,
    instances,
    key_literal,
    masked,
    with_unknowns,
)
from acmrules.readers.terraform.plan.references import PlannedConfiguration, references
from acmrules.readers.terraform.plan.validations import PlannedValidations, with_created_records
from acmrules.readers.terraform.resources.blocks import block_attributes
from acmrules.readers.terraform.resources.certificates import (
    ATTRIBUTES,
    IMPORT_FIELDS,
    read_certificate,
)
from acmrules.readers.terraform.resources.consumers import (
    BALANCERS,
    CONSUMERS,
    DISTRIBUTION,
    KUBERNETES,
    TYPES,
    attachments,
    uses,
)
from acmrules.readers.terraform.resources.dns import dns_resources, endpoints, with_zones, zone_of
from acmrules.readers.terraform.resources.providers import planned_account
from acmrules.readers.terraform.resources.record_types import RECORD_TYPES
from acmrules.readers.terraform.resources.references import (
    BALANCER_NAMES,
    CERTIFICATE,
    IDENTITIES,
    RECORD,
    VALIDATION,
    referenced_certificate,
    validated_certificates,
)
from acmrules.request import CertificateRequest, Tool, ValidationMethod
from acmrules.syntax.errors import ReadError, TypeMismatchError
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.structured import looks_like_json
from acmrules.syntax.tree import KEY, items, mapping
from acmrules.unresolved import Text, Unknown, Unresolved
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sized
    from typing import NoReturn

    from acmrules.dns_validation import DnsValidation
    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Found
    from acmrules.readers.terraform.plan.instances import PlannedInstance, Values
    from acmrules.readers.terraform.plan.issuance import PlannedIssuances
    from acmrules.readers.terraform.plan.references import ReferenceTarget
    from acmrules.resources import Consumer, DataSource, ValidationWait
    from acmrules.syntax.edits import ValueEdit
    from acmrules.syntax.tree import Data, Pointer, Tree

    AnyCertificate = CertificateRequest | ImportedCertificate


_MEMBERS = frozenset(("resource_changes", "planned_values", "values"))
_MAJOR_VERSIONS = ("0", "1")
_OPTIONS = "domain_validation_options"
_REGION_OF_ARN = 3


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the declarations of a plan or a state, `None` if the text is neither.

    Raises `InputError`.
    """
    if not looks_like_json(source.text) or source.name.endswith((".yaml", ".yml")):
        return None
    tree = _Tree(source)
    data = mapping(tree.data)
    if "format_version" in data:
        major = str(data["format_version"]).partition(".")[0]
        if not _MEMBERS.intersection(data):
            return None
        if major not in _MAJOR_VERSIONS:
            fault = f"has the unsupported format version `{data['format_version']}`"
            raise InputError(source.name, fault)
    elif "lineage" not in data:
        return None
    try:
        found = tuple(_Plan(tree, parameters).declarations())
    except ReadError as fault:
        raise fault.unreadable(tree) from None
    except RecursionError:
        raise InputError(source.name, "is nested too deeply") from None
    if len(found) <= 1:
        return found
    from acmrules.readers.sharing import compared

    return compared(found)


class _Tree(JsonTree):
    """A plan or a state, in which omitted values are located at the value that contains them."""

    __slots__ = ()

    EDITS = __name__

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return the range of a value, or of the nearest value that contains it."""
        while True:
            try:
                return super().place(pointer)
            except (LookupError, ValueError):
                pointer = pointer[:-1]


def edits(tree: Tree, change: ValueEdit) -> NoReturn:
    """Raise `EditError`: plans and states are generated, so editing them has no effect."""
    from acmrules.syntax.edits import EditError

    del tree, change
    raise EditError("the file is generated by Terraform: fix the configuration")


def _deferred_data(data: Values) -> frozenset[str]:
    """Return the data sources that are read during apply."""
    return frozenset(
        f"{entry.get('type')}.{entry.get('name')}"
        for entry in map(mapping, items(data.get("resource_changes")))
        if entry.get("mode") == "data"
    )


class _Plan:
    """The declarations of a plan or a state: certificates, and consumers of other certificates."""

    def __init__(self, tree: JsonTree, parameters: Parameters) -> None:
        """Raise `TypeMismatchError`."""
        data = mapping(tree.data)
        self._tree = tree
        self._default_region = parameters.region
        self._configuration = PlannedConfiguration(data.get("configuration"), _deferred_data(data))
        self._all_consumers_known = not self._configuration.may_have_other_consumers(
            {*CONSUMERS - KUBERNETES, *RECORD_TYPES, CERTIFICATE, VALIDATION}
        )
        self._data = data
        self._inventory = parameters.scope is ReadScope.EVERYTHING
        types = TYPES | RECORD_TYPES.keys() | (BALANCERS if self._inventory else set())
        self._instances = list(instances(data, types))
        self._source = masked(tree, [secret for each in self._instances for secret in each.secrets])
        self._blocks: dict[tuple[tuple[str, ...], str, str], list[PlannedInstance]] = {}
        for instance in self._instances:
            names = tuple(name for name, _ in instance.path)
            self._blocks.setdefault((names, instance.kind, instance.name), []).append(instance)
        for instance in self._instances:
            self._resolve(instance)
        self._certificates = {
            instance.address: instance
            for instance in self._instances
            if instance.kind == CERTIFICATE
        }
        self._by_arn = {
            instance.fields.literal("arn"): address
            for address, instance in self._certificates.items()
        }
        resources = [(each.kind, each.address, each.fields) for each in self._instances]
        records = [(each.address, each.fields) for each in self._instances if each.kind == RECORD]
        self._dns = dns_resources(resources, records if self._inventory else ())
        self._balancers = {
            each.fields.literal("arn"): (each.address, each.fields)
            for each in self._instances
            if each.kind in BALANCERS
        }
        self._attached = attachments(resources)
        self._validated = validated_certificates(resources)
        self._zones = self._validation_zones()
        self._validations = PlannedValidations(self._instances, self._configuration)
        self._uses: dict[str, list[tuple[str | None, CertificateUse]]] = {}
        self._users: dict[str, list[tuple[PlannedInstance, CertificateUse]]] = {}
        self._issuances: PlannedIssuances | None = None
        self._deferred: list[tuple[PlannedInstance, Text | None]] | None = None
        self._find_uses()

    def _find_uses(self) -> None:
        """Find the uses of each consumer, and the consumers of each certificate."""
        for instance in self._instances:
            if instance.kind in CONSUMERS:
                self._uses[instance.address] = self._used_by(instance)
                for address, use in self._uses[instance.address]:
                    if address:
                        self._users.setdefault(address, []).append((instance, use))

    def declarations(self) -> Iterator[Declaration]:
        """Yield the declarations in the order of the file; raises `TypeMismatchError`."""
        only_dns = self._inventory and bool(self._dns)
        for instance in self._instances:
            if instance.kind == CERTIFICATE:
                only_dns = False
                yield self._certificate(instance)
            elif others := [use for to, use in self._uses.get(instance.address, ()) if not to]:
                only_dns = False
                yield self._consumer(instance, others)
            if instance.kind == DISTRIBUTION and not self._inventory:
                yield from self._distribution(instance)
        if only_dns:
            variant = self._variant(None, (), {(): ((), None)})
            yield Declaration(self._source, Tool.TERRAFORM, "", (variant,))

    def _distribution(self, instance: PlannedInstance) -> Iterator[Declaration]:
        """Yield what is wrong with a distribution whatever its certificate is."""
        from acmrules.readers.distributions import has_findings
        from acmrules.readers.terraform.resources.distributions import read

        pointers: PointerMap = {(): ((*instance.pointer, KEY), None)}
        try:
            found = read(instance.fields, pointers)
        except TypeMismatchError:
            return  # Terraform itself reports the wrong type.
        variant = Variant(None, (), Locations(self._tree, pointers, {}), distribution=found)
        if has_findings((variant,)):
            yield Declaration(self._source, Tool.TERRAFORM, instance.address, (variant,))

    def _certificate(self, instance: PlannedInstance) -> Declaration:
        pointers: PointerMap = {}
        users = self._users.get(instance.address, [])
        certificate = self._read_certificate(instance, instance.fields.data, pointers)
        issued = imported_before = validation = None
        if isinstance(certificate, CertificateRequest):
            own = len(certificate.validation_options)
            certificate = with_zones(certificate, self._zones.get(instance.address, {}), pointers)
            before = instance.before and self._read_certificate(instance, instance.before, {})
            if isinstance(before, CertificateRequest):
                # The zones are not part of the request: they are the same before and after.
                options = before.validation_options + certificate.validation_options[own:]
                issued = before.__replace__(validation_options=options)
                if instance.is_replaced:
                    # A new certificate may have another value, which an existing one may not.
                    issued = issued.__replace__(export=certificate.export)
            if certificate.validation_method is ValidationMethod.DNS:
                validation = self._validations.of(instance, certificate, pointers)
        else:
            from acmrules.readers.imports import with_content

            certificate = with_content(certificate, instance.fields, pointers)
            certificate = certificate.__replace__(exists=instance.exists)
            if instance.before:
                old = Fields(TerraformReader(), instance.before, instance.pointer)
                imported_before = with_content(ImportedCertificate(), old, {})
        declaration = self._declaration(instance, certificate, users, pointers, issued, validation)
        if imported_before is None:
            return declaration
        [variant] = declaration.variants
        variant = variant.__replace__(imported_before=imported_before)
        return declaration.__replace__(variants=(variant,))

    def _consumer(self, instance: PlannedInstance, uses: list[CertificateUse]) -> Declaration:
        """Return the declaration of a consumer of certificates from elsewhere.

        The AWS Load Balancer Controller may request the certificate of an Ingress.
        """
        users = [(instance, use) for use in uses]
        listener = uses[0].listener
        if listener is None or not listener.creates:
            return self._declaration(instance, None, users, {})
        from acmrules.readers.terraform.resources import kubernetes

        pointers: PointerMap = {}
        attributes = block_attributes(instance.fields)
        request = kubernetes.requested(instance.kind, attributes, self._region(instance), pointers)
        declaration = self._declaration(instance, request, users, pointers)
        if request is None:
            return declaration
        if self._inventory:
            from acmrules.readers.cluster.ingresses import created_records

            created = created_records(request, instance.address)
            [variant] = declaration.variants
            variants = (variant.__replace__(created=created),)
            declaration = declaration.__replace__(variants=variants)
        return declaration.__replace__(tool=Tool.KUBERNETES, editor=Tool.API)

    def _read_certificate(
        self, instance: PlannedInstance, values: Values, pointers: PointerMap
    ) -> AnyCertificate:
        values = dict(values)
        imported = any(values.get(member) not in (None, "") for member in IMPORT_FIELDS)
        if imported or values.get("type") == "IMPORTED":
            return ImportedCertificate(instance.create_before_destroy)
        # The provider adds the primary name to the alternative names.
        others, first = values.get(ATTRIBUTES.alternatives), values.get(ATTRIBUTES.domain_name)
        if type(others) is list:
            values[ATTRIBUTES.alternatives] = [None if name == first else name for name in others]
        if values.get(ATTRIBUTES.authority) and "options" not in self._expressions(instance):
            values.pop("options", None)
        return read_certificate(
            Fields(TerraformReader(), values, instance.pointer),
            pointers,
            self._region(instance),
            create_before_destroy=instance.create_before_destroy,
        )

    def _declaration(
        self,
        instance: PlannedInstance,
        certificate: AnyCertificate | None,
        users: list[tuple[PlannedInstance, CertificateUse]],
        pointers: PointerMap,
        issued: CertificateRequest | None = None,
        validation: DnsValidation | None = None,
    ) -> Declaration:
        pointers[()] = (*instance.pointer, KEY), None
        consumers = tuple(
            consumer_of(
                use,
                user.address,
                index,
                certificate=instance.address if certificate else None,
                region=self._region(user),
                pointers=pointers,
                head=(*user.pointer, KEY),
            )
            for index, (user, use) in enumerate(users)
        )
        account = self._account(instance) if certificate else None
        consumers = tuple(
            each.__replace__(
                account=each.account or self._account(user), certificate_account=account
            )
            for each, (user, _) in zip(consumers, users, strict=True)
        )
        if self._inventory:
            consumers = tuple(
                consumer.__replace__(endpoints=self._endpoints(user))
                for consumer, (user, _) in zip(consumers, users, strict=True)
            )
        validations: list[ValidationWait] = []
        sources: list[DataSource] = []
        if isinstance(certificate, CertificateRequest) and self._is_awaited(instance, users):
            consumers = tuple(self._issued(instance, users, consumers))
            for waiting, found in self._waits().validations(instance, self._region):
                pointers["validations", len(validations)] = (*waiting.pointer, KEY), None
                validations.append(found)
            for source, pointer in self._waits().sources(instance, self._sources()):
                pointers["sources", len(sources)] = (*pointer, KEY), None
                sources.append(source)
        known = self._all_consumers_known and all(user.hosts_known for user in consumers)
        variant = self._variant(certificate, consumers, pointers).__replace__(
            issued=issued,
            all_consumers_known=bool(certificate and consumers) and known,
            dns_validation=validation,
            validations=tuple(validations),
            sources=tuple(sources),
        )
        if validation and self._inventory:
            variant = with_created_records(variant, validation)
        arn = instance.fields.literal("arn") if certificate else ""
        exported_as = (arn,) if arn else ()
        return Declaration(
            self._source, Tool.TERRAFORM, instance.address, (variant,), exported_as=exported_as
        )

    def _is_awaited(self, certificate: PlannedInstance, users: Sized) -> bool:
        """Return whether a plan creates a certificate that something uses or waits for."""
        is_created = certificate.unknown is not None and not certificate.fields.literal("arn")
        return is_created and bool(users or self._validated or self._sources())

    def _sources(self) -> list[tuple[PlannedInstance, Text | None]]:
        """Return the data sources that look for certificates during the apply, with Regions."""
        if self._deferred is None:
            self._deferred = []
            for each in deferred_certificates(self._data):
                each.configured = self._configuration.resource(
                    each.path, each.kind, each.name, "data"
                )
                self._deferred.append((each, self._region(each)))
        return self._deferred

    def _issued(
        self,
        certificate: PlannedInstance,
        users: list[tuple[PlannedInstance, CertificateUse]],
        consumers: tuple[Consumer, ...],
    ) -> Iterator[Consumer]:
        """Yield the consumers of a new certificate with what they wait for."""
        for (user, _), consumer in zip(users, consumers, strict=True):
            issuance = self._waits().of(user, certificate)
            yield consumer.__replace__(issuance=issuance) if issuance else consumer

    def _waits(self) -> PlannedIssuances:
        if self._issuances is None:
            from acmrules.readers.terraform.plan.issuance import PlannedIssuances

            self._issuances = PlannedIssuances(
                self._configuration,
                self._certificates,
                [each for each in self._instances if each.kind == VALIDATION],
                lambda address: str(self._validated.get(address) or ""),
            )
        return self._issuances

    def _variant(
        self,
        certificate: AnyCertificate | None,
        consumers: tuple[Consumer, ...],
        pointers: PointerMap,
    ) -> Variant:
        dns = self._dns
        imported = certificate if isinstance(certificate, ImportedCertificate) else None
        return Variant(
            certificate if isinstance(certificate, CertificateRequest) else None,
            consumers,
            Locations(self._tree, pointers, dns.pointers),
            dns.zones,
            dns.caa,
            imported=imported,
            signed=imported.certificates if imported else (),
            records=dns.records,
            authorities=dns.authorities,
            zone_records=dns.zone_records,
        )

    def _account(self, instance: PlannedInstance) -> str | None:
        """Return the account of a resource: that of its ARN, or its provider's."""
        own = account_of(instance.fields.literal("arn"))
        return own or planned_account(self._configuration.provider(instance.configured))

    def _endpoints(self, user: PlannedInstance) -> tuple[str, ...]:
        return endpoints(user.kind, user.address, user.fields, self._attached, self._balancers)

    # References

    def _used_by(self, instance: PlannedInstance) -> list[tuple[str | None, CertificateUse]]:
        """Return how a resource uses certificates, each with its address if it is in this file."""
        try:
            used = list(uses(instance.kind, instance.address, instance.fields, self._attached))
        except TypeMismatchError:
            return []  # Terraform itself reports the wrong type.
        if instance.kind in KUBERNETES:
            used = [*map(self._completed, used)]
        return [(self._address(use.certificate[0]), use) for use in used]

    def _completed(self, use: CertificateUse) -> CertificateUse:
        """Return a use with the version of the controller and the certificate that it finds."""
        if use.listener is None:
            return use
        from acmrules.readers.cluster.discovery import covering
        from acmrules.readers.terraform.resources import kubernetes

        releases = (each.fields for each in self._instances if each.kind == kubernetes.RELEASE)
        version = kubernetes.controller_version(releases)
        names = {
            address: [*kubernetes.names_of(each.fields)]
            for address, each in self._certificates.items()
            if use.searched
        }
        use = use.__replace__(listener=use.listener.__replace__(version=version))
        found, address = covering(use, names, self._described)
        if address:
            reference = Unresolved((Unknown(f"${{{address}.arn}}"),))
            return found.__replace__(certificate=(reference, *found.certificate[1:]))
        return found

    def _described(self, address: str) -> tuple[bool | None, str]:
        """Return whether a certificate is private, and its provider and Region."""
        from acmrules.readers.cluster.discovery import is_private

        instance = self._certificates[address]
        place = f"{instance.configured.get('provider_config_key')} {self._region(instance)}"
        authority = instance.fields.text("certificate_authority_arn")
        return is_private(authority[0] if authority else None), place

    def _address(self, arn: Text) -> str | None:
        if isinstance(arn, str):
            return self._by_arn.get(arn)
        found = referenced_certificate(arn, self._validated)
        return str(found) if found and str(found) in self._certificates else None

    def _validation_zones(self) -> dict[str, dict[str, Found | None]]:
        """Return the zones in which names are validated, by certificate and name."""
        names: dict[str, dict[str, str]] = {address: {} for address in self._certificates}
        written: dict[str, tuple[str, str]] = {}
        for address, instance in self._certificates.items():
            for option in map(mapping, items(instance.values.get(_OPTIONS))):
                name, record = option.get("domain_name"), option.get("resource_record_name")
                if isinstance(name, str):
                    names[address][key_literal(name)] = name.removeprefix("*.")
                    if isinstance(record, str):
                        written[record.rstrip(".")] = address, key_literal(name)
        zones: dict[str, dict[str, Found | None]] = {}
        for record in self._instances:
            zone = zone_of(record.fields) if record.kind == RECORD else None
            if zone is None:
                continue
            name = str(record.values.get("name")).rstrip(".")
            address, key = written.get(name) or (self._validated_by(record), record.key)
            if address:
                known = zones.setdefault(address, {})
                stem = names[address].get(key, "")
                other = known.setdefault(stem, zone)
                if other and other[0] != zone[0]:
                    known[stem] = None
        return zones

    def _validated_by(self, record: PlannedInstance) -> str:
        """Return the address of the certificate that a new record validates, empty if unknown."""
        found = self._configuration.target(
            record.path, record.configured, [self._expressions(record).get("name")]
        )
        if found and found.kind == CERTIFICATE and found.attribute in ("", _OPTIONS):
            certificate = self._instance_of(found, record)
            return certificate.address if certificate else ""
        return ""

    # Unknown values

    def _resolve(self, instance: PlannedInstance) -> None:
        """Find an instance in the configuration, and mark its unknown and sensitive values."""
        instance.configured = self._configuration.resource(
            instance.path, instance.kind, instance.name
        )
        values = with_unknowns(
            instance.values,
            instance.unknown,
            instance.sensitive,
            [self._expressions(instance)] if instance.configured else [],
            instance.address,
            lambda expressions: self._origin(instance, expressions),
        )
        instance.fields = Fields(TerraformReader(), mapping(values), instance.pointer)

    def _expressions(self, instance: PlannedInstance) -> Values:
        return mapping(instance.configured.get("expressions"))

    def _origin(self, instance: PlannedInstance, expressions: list[Data]) -> str:
        """Return the attribute that an unknown value will come from, empty if it is ambiguous."""
        found = self._configuration.target(instance.path, instance.configured, expressions)
        if found is None:
            return ""
        if found.kind not in IDENTITIES:
            if found.attribute == "dns_name" and found.kind in BALANCER_NAMES:
                return f"{found.kind}.{found.name}.dns_name"
            other = self._instance_of(found, instance) if self._inventory else None
            return f"{other.address}.{found.attribute or 'id'}" if other else ""
        if found.attribute not in ("", *IDENTITIES[found.kind]):
            return ""
        other = self._instance_of(found, instance)
        return f"{other.address}.{IDENTITIES[found.kind][0]}" if other else ""

    def _instance_of(
        self, target: ReferenceTarget, user: PlannedInstance
    ) -> PlannedInstance | None:
        """Return the only instance that a reference can mean, `None` if there are several."""
        names = tuple(name for name, _ in target.path)
        found = [
            each
            for each in self._blocks.get((names, target.kind, target.name), ())
            if target.key in ("", each.key)
            and all(
                wanted in ("", key)
                for (_, wanted), (_, key) in zip(target.path, each.path, strict=True)
            )
        ]
        if len(found) > 1 and not target.attribute:
            # A plan omits the key of a reference if it is `each.key` or `count.index`.
            found = [each for each in found if each.key == user.key]
        return found[0] if len(found) == 1 else None

    def _region(self, instance: PlannedInstance) -> Text | None:
        """Return the Region of a resource: its own, that of its ARN, or its provider's."""
        own = instance.fields.text("region")
        if own and own[0]:
            return own[0]
        arn = instance.fields.literal("arn").split(":")
        if len(arn) > _REGION_OF_ARN and arn[_REGION_OF_ARN]:
            return arn[_REGION_OF_ARN]
        expression = self._configuration.provider_region(instance.configured)
        constant = expression.get("constant_value")
        if isinstance(constant, str):
            return constant
        if self._default_region is None:
            for name in references(expression):
                return Unresolved((Unknown(f"${{{name}}}"),))
        return self._default_region
