"""Kubernetes manifests: certificates of ACK, and objects that serve TLS with ACM certificates."""

from __future__ import annotations

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.readers.cluster import classes, gateways, ingresses, services
from acmrules.readers.cluster.discovery import by_name, covering
from acmrules.readers.cluster.objects import Object
from acmrules.readers.consumers import CertificateUse, consumer_of
from acmrules.readers.kubernetes import ack, ack_records
from acmrules.readers.kubernetes.controller import controller_version
from acmrules.readers.kubernetes.objects import Manifests
from acmrules.readers.options import ReadScope
from acmrules.request import Tool
from acmrules.syntax.errors import ReadError
from acmrules.syntax.source import InputError, Source
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.locations import Origin, PointerMap
    from acmrules.model.member_names import MemberNames
    from acmrules.readers.fields import Found
    from acmrules.readers.options import Parameters
    from acmrules.request import CertificateRequest
    from acmrules.resources import Consumer, Zone
    from acmrules.syntax.tree import Pointer
    from acmrules.unresolved import Text

    Used = tuple[Object, CertificateUse]
    Name = tuple[str, str]
    PointerAndOrigin = tuple[Pointer, Origin | None]

TYPES = frozenset(
    (
        *(ack.CERTIFICATE, ack.NAMESPACE, ack.ZONE, ack_records.RECORD_SET),
        *(classes.CLASS, *ingresses.INGRESSES),
        *(*ack.USERS, *services.USERS, *gateways.TYPES),
    )
)
"""The groups and kinds of the objects that are read."""


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the certificates and consumers in a source; `None` if there are none.

    Raises `InputError`.
    """
    manifests = Manifests(source, parameters)
    try:
        return tuple(_File(manifests, parameters).declarations()) or None
    except ReadError as fault:
        raise manifests.unreadable(fault) from None
    except RecursionError:
        raise InputError(source.name, "is nested too deeply") from None


class _File:
    """The objects in a file and their declarations: certificates, and consumers without one."""

    def __init__(self, manifests: Manifests, parameters: Parameters) -> None:
        """Raise `TypeMismatchError` for invalid objects."""
        self._manifests = manifests
        self._region = parameters.region
        self._inventory = parameters.scope is ReadScope.EVERYTHING
        self._objects = list(manifests.objects(TYPES))
        self._gateways = gateways.Gateways(self._objects)
        self._classes = classes.Classes(self._objects)
        self._version = controller_version(manifests)
        self._zones: tuple[Zone, ...] = ()
        self._zone_pointers: PointerMap = {}
        self._regions: dict[str, Found | None] = {}
        self._users: dict[Name, list[Used]] = {}
        self._certificates: dict[Name, Object] = {}
        self._validation = ack_records.validation(self._objects, self._zone_pointers)
        self._are_pending = self._validation is None
        self._certificate_names: dict[Text, Name] = {}
        requested: dict[Name, list[str]] = {}
        for each in self._objects:
            if each.type == ack.NAMESPACE:
                self._regions[each.key[1]] = ack.default_region(each)
            elif each.type == ack.ZONE and (zone := ack.zone(each)):
                self._zone_pointers["zones", len(self._zones)] = each.head, None
                self._zones += (zone,)
            elif each.type == ack.CERTIFICATE and ack.is_managed(each):
                self._users[each.key] = []
                requested[each.key] = ack.requested_names(each)
                self._certificates[each.key] = each
                self._certificate_names |= dict.fromkeys(ack.names(each), each.key)
                self._are_pending = self._are_pending and "status" not in each.fields
        self._names = by_name(requested)

    def declarations(self) -> Iterator[Declaration]:
        """Yield the declarations in the order of the file; raises `TypeMismatchError`."""
        for each, alone in [(each, self._uses_alone(each)) for each in self._objects]:
            pointers: PointerMap = {(): (each.head, None)}
            if each.type == ack.CERTIFICATE:
                if ack.is_managed(each):
                    yield self._declaration(each, self._certificate(each, pointers))
            elif each.type in ingresses.INGRESSES and (creation := ingresses.creation(each)):
                created = self._declaration(each, self._created(each, creation, pointers))
                # Unlike ACK, the controller requests a new certificate after each edit.
                yield created.__replace__(editor=Tool.API)
            elif alone:
                consumers = self._consumers([(each, use) for use in alone], None, pointers)
                yield self._declaration(each, self._variant(None, consumers, pointers))

    def _declaration(self, each: Object, variant: Variant) -> Declaration:
        return Declaration(self._manifests.source, Tool.KUBERNETES, each.address, (variant,))

    def _certificate(self, certificate: Object, pointers: PointerMap) -> Variant:
        region, pointer = self._region_of(certificate)
        if pointer:
            pointers["region",] = pointer
        request = ack.requested(certificate, region, pointers)
        consumers = self._consumers(self._users[certificate.key], certificate, pointers)
        imported = None if request else ImportedCertificate()
        variant = self._variant(request, consumers, pointers, ack.MEMBER_NAMES)
        return variant.__replace__(imported=imported, dns_validation=self._validation)

    def _created(self, ingress: Object, creation: Found, pointers: PointerMap) -> Variant:
        """Return the certificate that the controller requests for an Ingress."""
        request = ingresses.requested(ingress, self._region, pointers)
        used = [(ingress, use.__replace__(certificate=creation)) for use in self._uses(ingress)]
        variant = self._variant(request, self._consumers(used, ingress, pointers), pointers)
        if not self._inventory:
            return variant
        return variant.__replace__(created=ingresses.created_records(request, ingress.address))

    def _variant(
        self,
        request: CertificateRequest | None,
        consumers: tuple[Consumer, ...],
        pointers: PointerMap,
        member_names: MemberNames | None = None,
    ) -> Variant:
        """Return a variant with its locations and the hosted zones of the file."""
        locations = Locations(self._manifests, pointers, self._zone_pointers, member_names)
        return Variant(request, consumers, locations, self._zones)

    # Uses of certificates

    def _uses(self, each: Object) -> Iterator[CertificateUse]:
        users = ack.USERS.get(each.type) or services.USERS.get(each.type)
        if users is not None:
            return users(each)
        if each.type in ingresses.INGRESSES:
            return ingresses.uses(each, self._classes, self._version)
        return self._gateways.uses(each)

    def _uses_alone(self, each: Object) -> list[CertificateUse]:
        """Return the uses of certificates in other files, and record those of this file."""
        alone = []
        for found in self._uses(each):
            use, certificate = found, self._certificate_names.get(found.certificate[0])
            if use.searched and self._names:
                pending = each.type not in ingresses.INGRESSES and self._are_pending
                use, certificate = covering(use, self._names, self._described, are_pending=pending)
            if certificate is not None:
                self._users[certificate].append((each, use))
            elif use.is_of_acm:
                alone.append(use)
        return alone

    def _described(self, key: Name) -> tuple[bool | None, str]:
        """Return whether a certificate is private; this is unknown in another Region."""
        certificate = self._certificates[key]
        region, _ = self._region_of(certificate)
        return ack.is_private(certificate) if region == self._region else None, ""

    def _consumers(
        self, used: list[Used], certificate: Object | None, pointers: PointerMap
    ) -> tuple[Consumer, ...]:
        """Return the consumers of a certificate in this file, or for `None`, of any other."""
        address = certificate.address if certificate else None
        consumers = []
        for number, (each, use) in enumerate(used):
            region, pointer = self._region_of(each)
            if pointer:
                pointers["consumers", number, "region"] = pointer
            consumers.append(
                consumer_of(
                    use,
                    each.address,
                    number,
                    certificate=address,
                    region=region,
                    pointers=pointers,
                    head=each.head,
                )
            )
        return tuple(consumers)

    def _region_of(self, each: Object) -> tuple[Text | None, PointerAndOrigin | None]:
        """Return the Region of an object, and its pointer if it is in the file."""
        found = None
        if each.type[0].endswith(".services.k8s.aws"):
            found = ack.region(each) or self._regions.get(each.namespace)
        return (found[0], found[1:]) if found else (self._region, None)
