"""Plans and states of Terraform, as `terraform show -json` prints them, and state files.

What is known only after apply is unknown here too: by the resource that it will come from, where
the plan tells that, otherwise by the attribute that it is to be the value of.
"""

from __future__ import annotations

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.readers.consumers import consumer_of
from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.plan.instances import (
    instances,
    marked_pointers,
    masked,
    quoted_address,
)
from acmrules.readers.terraform.plan.references import PlannedConfiguration, references
from acmrules.readers.terraform.resources.certificates import IMPORTING, WORDS, read_certificate
from acmrules.readers.terraform.resources.consumers import (
    BALANCERS,
    CONSUMERS,
    TYPES,
    attachments,
    uses,
)
from acmrules.readers.terraform.resources.dns import endpoints, surroundings, with_zones, zone_of
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    IDENTITIES,
    RECORD,
    VALIDATION,
    reference,
    validations,
)
from acmrules.request import CertificateRequest, Tool
from acmrules.syntax.errors import ReadError, TypeMismatchError
from acmrules.syntax.json.tree import JsonTree
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.structured import looks_like_json
from acmrules.syntax.tree import KEY, items, mapping
from acmrules.unresolved import Unknown, Unresolved
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import NoReturn

    from acmrules.model.locations import PointerMap
    from acmrules.readers.consumers import CertificateUse
    from acmrules.readers.fields import Found
    from acmrules.readers.options import Parameters
    from acmrules.readers.terraform.plan.instances import PlannedInstance, Values
    from acmrules.readers.terraform.plan.references import ReferenceTarget
    from acmrules.resources import Consumer
    from acmrules.syntax.edits import ValueEdit
    from acmrules.syntax.tree import Data, Pointer, Tree
    from acmrules.unresolved import Text

    Judged = CertificateRequest | ImportedCertificate


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the certificates and consumers of a plan or a state; `None` if the text is neither.

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
            fault = f"has format version `{data['format_version']}`, which is not known"
            raise InputError(source.name, fault)
    elif "lineage" not in data:
        return None
    try:
        return tuple(_Plan(tree, parameters).declarations())
    except ReadError as fault:
        raise fault.unreadable(tree) from None
    except RecursionError:
        raise InputError(source.name, "is nested too deeply") from None


_MEMBERS = frozenset(("resource_changes", "planned_values", "values"))
_MAJOR_VERSIONS = ("0", "1")


class _Tree(JsonTree):
    """A plan, in which what it leaves out stands where the rest of it does."""

    __slots__ = ()

    EDITS = __name__

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Return where a value stands, or else what is around it."""
        while True:
            try:
                return super().place(pointer)
            except (LookupError, ValueError):
                pointer = pointer[:-1]


def edits(tree: Tree, change: ValueEdit) -> NoReturn:
    """Refuse to change a plan or a state: they are made, and to edit them changes nothing."""
    from acmrules.syntax.edits import EditError

    del tree, change
    raise EditError("it is made by Terraform: mend the configuration")


# What the formats hold ----------------------------------------------------------------------------


# What is not shown --------------------------------------------------------------------------------


# What is known ------------------------------------------------------------------------------------


# The documents ------------------------------------------------------------------------------------


class _Plan:
    """A plan or a state, and the documents it comes to: a certificate, or a consumer alone."""

    def __init__(self, tree: JsonTree, parameters: Parameters) -> None:
        """Raise `TypeMismatchError`."""
        data = mapping(tree.data)
        self._tree = tree
        self._given_region = parameters.region
        deferred = frozenset(
            f"{entry.get('type')}.{entry.get('name')}"
            for entry in map(mapping, items(data.get("resource_changes")))
            if entry.get("mode") == "data"
        )
        self._configuration = PlannedConfiguration(data.get("configuration"), deferred)
        self._keeps_certificates = not self._configuration.hands_on(
            {*CONSUMERS, CERTIFICATE, VALIDATION, RECORD}
        )
        self._looks_around = parameters.around
        types = TYPES | BALANCERS if parameters.around else TYPES
        self._instances = list(instances(data, types))
        self._source = masked(tree, [way for each in self._instances for way in each.secrets])
        self._blocks: dict[tuple[tuple[str, ...], str, str], list[PlannedInstance]] = {}
        for instance in self._instances:
            names = tuple(name for name, _ in instance.path)
            self._blocks.setdefault((names, instance.kind, instance.name), []).append(instance)
        for instance in self._instances:
            self._settle(instance)
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
        records = (
            [(each.address, each.fields) for each in self._instances if each.kind == RECORD]
            if parameters.around
            else ()
        )
        self._around = surroundings(resources, records)
        self._balancers = {
            each.fields.literal("arn"): (each.address, each.fields)
            for each in self._instances
            if each.kind in BALANCERS
        }
        self._attached = attachments(resources)
        self._validated = validations(resources)
        self._zones = self._validation_zones()
        self._uses: dict[str, list[tuple[str | None, CertificateUse]]] = {}
        self._users: dict[str, list[tuple[PlannedInstance, CertificateUse]]] = {}
        for instance in self._instances:
            if instance.kind in CONSUMERS:
                self._uses[instance.address] = self._used_by(instance)
                for address, use in self._uses[instance.address]:
                    if address:
                        self._users.setdefault(address, []).append((instance, use))

    def declarations(self) -> Iterator[Declaration]:
        """Yield the documents in the order of the file; raises `TypeMismatchError`."""
        is_alone = self._looks_around and bool(self._around)
        for instance in self._instances:
            if instance.kind == CERTIFICATE:
                is_alone = False
                yield self._certificate(instance)
            elif others := [use for to, use in self._uses.get(instance.address, ()) if not to]:
                is_alone = False
                yield self._document(instance, None, [(instance, use) for use in others], {})
        if is_alone:
            variant = self._variant(None, (), {(): ((), None)})
            yield Declaration(self._source, Tool.TERRAFORM, "", (variant,))

    def _certificate(self, instance: PlannedInstance) -> Declaration:
        pointers: PointerMap = {}
        users = self._users.get(instance.address, [])
        judged = self._judged(instance, instance.fields.data, pointers)
        issued = None
        if isinstance(judged, CertificateRequest):
            asked = len(judged.validation_options)
            judged = with_zones(judged, self._zones.get(instance.address, {}), pointers)
            was = instance.before and self._judged(instance, instance.before, {})
            if isinstance(was, CertificateRequest):
                # The zones are no part of what was asked: they are the same on both sides.
                options = was.validation_options + judged.validation_options[asked:]
                issued = was.__replace__(validation_options=options)
        return self._document(instance, judged, users, pointers, issued)

    def _judged(self, instance: PlannedInstance, values: Values, pointers: PointerMap) -> Judged:
        values = dict(values)
        imported = any(values.get(member) not in (None, "") for member in IMPORTING)
        if imported or values.get("type") == "IMPORTED":
            return ImportedCertificate(instance.create_before_destroy)
        # The provider adds the first name to the others, which nobody has written.
        others, first = values.get(WORDS.alternatives), values.get(WORDS.domain_name)
        if type(others) is list:
            values[WORDS.alternatives] = [None if name == first else name for name in others]
        if values.get(WORDS.authority) and "options" not in self._expressions(instance):
            values.pop("options", None)
        return read_certificate(
            Fields(TerraformReader(), values, instance.pointer),
            pointers,
            self._region(instance),
            create_before_destroy=instance.create_before_destroy,
        )

    def _document(
        self,
        instance: PlannedInstance,
        judged: Judged | None,
        users: list[tuple[PlannedInstance, CertificateUse]],
        pointers: PointerMap,
        issued: CertificateRequest | None = None,
    ) -> Declaration:
        pointers[()] = (*instance.pointer, KEY), None
        consumers = tuple(
            consumer_of(
                use,
                user.address,
                index,
                certificate=instance.address if judged else None,
                region=self._region(user),
                pointers=pointers,
                head=(*user.pointer, KEY),
            )
            for index, (user, use) in enumerate(users)
        )
        if self._looks_around:
            consumers = tuple(
                consumer.__replace__(endpoints=self._endpoints(user))
                for consumer, (user, _) in zip(consumers, users, strict=True)
            )
        known = self._keeps_certificates and all(user.hosts_known for user in consumers)
        variant = self._variant(judged, consumers, pointers).__replace__(
            issued=issued, all_consumers_known=bool(judged and consumers) and known
        )
        arn = instance.fields.literal("arn") if judged else ""
        exported_as = (arn,) if arn else ()
        return Declaration(
            self._source, Tool.TERRAFORM, instance.address, (variant,), exported_as=exported_as
        )

    def _variant(
        self, judged: Judged | None, consumers: tuple[Consumer, ...], pointers: PointerMap
    ) -> Variant:
        around = self._around
        return Variant(
            judged if isinstance(judged, CertificateRequest) else None,
            consumers,
            Locations(self._tree, pointers, around.pointers),
            around.zones,
            around.caa,
            imported=judged if isinstance(judged, ImportedCertificate) else None,
            records=around.records,
        )

    def _endpoints(self, user: PlannedInstance) -> tuple[str, ...]:
        return endpoints(user.kind, user.address, user.fields, self._attached, self._balancers)

    # What belongs together

    def _used_by(self, instance: PlannedInstance) -> list[tuple[str | None, CertificateUse]]:
        """Return how a resource uses certificates, each with its address if it is of this file."""
        try:
            used = list(uses(instance.kind, instance.address, instance.fields, self._attached))
        except TypeMismatchError:
            return []  # what it is meant to be is for others to say
        return [(self._address(use.certificate[0]), use) for use in used]

    def _address(self, arn: Text) -> str | None:
        if isinstance(arn, str):
            return self._by_arn.get(arn)
        found = reference(arn, self._validated)
        return str(found) if found and str(found) in self._certificates else None

    def _validation_zones(self) -> dict[str, dict[str, Found | None]]:
        """Return the zones in which names are validated, by the certificate and the name."""
        names: dict[str, dict[str, str]] = {address: {} for address in self._certificates}
        written: dict[str, tuple[str, str]] = {}
        for address, instance in self._certificates.items():
            for option in map(mapping, items(instance.values.get(_OPTIONS))):
                name, record = option.get("domain_name"), option.get("resource_record_name")
                if isinstance(name, str):
                    names[address][quoted_address(name)] = name.removeprefix("*.")
                    if isinstance(record, str):
                        written[record.rstrip(".")] = address, quoted_address(name)
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
        """Return the address of the certificate whose validation a record, not yet made, is."""
        found = self._configuration.target(
            record.path, record.configured, [self._expressions(record).get("name")]
        )
        if found and found.kind == CERTIFICATE and found.attribute in ("", _OPTIONS):
            certificate = self._only(found, record)
            return certificate.address if certificate else ""
        return ""

    # What is known

    def _settle(self, instance: PlannedInstance) -> None:
        """Look an instance up in the configuration, and mark what of it is not known."""
        instance.configured = self._configuration.resource(
            instance.path, instance.kind, instance.name
        )
        values = marked_pointers(
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
        """Return what a value that is not known will be the identity of, empty if not that."""
        found = self._configuration.target(instance.path, instance.configured, expressions)
        if found is None:
            return ""
        if found.kind not in IDENTITIES:
            other = self._only(found, instance) if self._looks_around else None
            return f"{other.address}.{found.attribute or 'id'}" if other else ""
        if found.attribute not in ("", *IDENTITIES[found.kind]):
            return ""
        other = self._only(found, instance)
        return f"{other.address}.{IDENTITIES[found.kind][0]}" if other else ""

    def _only(self, target: ReferenceTarget, user: PlannedInstance) -> PlannedInstance | None:
        """Return the one instance that a resource refers to, `None` if there is a choice."""
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
            # The plan leaves out the key where that is `each.key` or `count.index`.
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
        if self._given_region is None:
            for name in references(expression):
                return Unresolved((Unknown(f"${{{name}}}"),))
        return self._given_region


_OPTIONS = "domain_validation_options"
_REGION_OF_ARN = 3
