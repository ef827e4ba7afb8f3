"""Declarations of bridged resources: their meaning is that of the resources of Terraform."""

from __future__ import annotations

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.readers.bridged.certificates import read_certificate
from acmrules.readers.bridged.names import arguments, member_pointer, without_marks
from acmrules.readers.consumers import CertificateUse, consumer_of
from acmrules.readers.evaluated import EvaluatedReader, TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.resources.consumers import CONSUMERS, attachments, uses
from acmrules.readers.terraform.resources.dns import dns_resources
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    RECORD,
    ZONE,
    referenced_certificate,
    validated_certificates,
)
from acmrules.request import CertificateRequest
from acmrules.syntax.errors import TypeMismatchError
from acmrules.unresolved import Unknown, UnresolvedNames
from acmrules.values import Value
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.bridged.certificates import Dialect
    from acmrules.readers.dns import DnsResources
    from acmrules.readers.fields import Found, Listed
    from acmrules.resources import Consumer
    from acmrules.syntax.tree import Data, Pointer, Tree
    from acmrules.unresolved import Text

    Used = tuple["BridgedResource", CertificateUse]


class BridgedResource(Value):
    """A resource: its type and key in Terraform, and its address, members and Region in its tool.

    `whole` are the members of the resource itself, which contain those of its type, and `written`
    are the latter as the file has them. `head` is the pointer to the beginning of the resource.
    """

    kind: str
    key: str
    address: str
    whole: Fields
    members: Fields
    written: Data
    head: Pointer
    region: Text | None = None
    region_found: Found | None = None
    replaced_first: bool = True

    @property
    def identity(self) -> str:
        """The address in Terraform, by which references are resolved."""
        return f"{self.kind}.{self.key}"


class Bridge:
    """The resources of one file, and their declarations.

    `reference` returns the label in Terraform of a reference to a resource, `None` for any other
    unknown value.
    """

    def __init__(
        self,
        tree: Tree,
        resources: Iterable[BridgedResource],
        dialect: Dialect,
        reference: Callable[[str], str | None],
        *,
        everything: bool,
    ) -> None:
        self._tree = tree
        self._dialect = dialect
        self._reference = reference
        self._labels: set[str] = set()
        self._resources = list(resources)
        self._by_pointer = {each.members.pointer: each for each in self._resources}
        self._everything = everything
        read = [(each, self._arguments(each)) for each in self._resources]
        triples = [(each.kind, each.identity, fields) for each, fields in read]
        self._dns = self._dns_resources(everything=everything)
        self._attached = attachments(triples)
        self._validated = validated_certificates(triples)
        self._certificates = {e.identity: e for e in self._resources if e.kind == CERTIFICATE}
        self._users: dict[str, list[Used]] = {}
        self._alone: dict[str, list[Used]] = {}
        for each, fields in read:
            if each.kind in CONSUMERS:
                self._find_uses(each, fields)

    def declarations(self, parameters: frozenset[str] = frozenset()) -> Iterator[Declaration]:
        """Yield the declarations in the order of the file; raises `TypeMismatchError`."""
        only_dns = self._everything and bool(self._dns)
        for each in self._resources:
            found = None
            if each.kind == CERTIFICATE:
                found = self._certificate(each)
            elif used := self._alone.get(each.identity):
                found = self._declaration(each, None, used, {})
            if found is not None:
                only_dns = False
                yield found.__replace__(parameters=parameters)
        if only_dns:
            variant = self._variant(None, (), {(): ((), None)})
            yield Declaration(self._tree.source, self._dialect.tool, "", (variant,))

    def _arguments(self, each: BridgedResource) -> Fields:
        data = arguments(each.members.data, self._labeled)
        return Fields(TerraformReader(), data, each.members.pointer)

    def _dns_resources(self, *, everything: bool) -> DnsResources:
        """Return the DNS resources, with the addresses and labels of the file."""
        reader = EvaluatedReader()
        found = [
            (
                each,
                Fields(reader, arguments(each.members.data, self._labeled), each.members.pointer),
            )
            for each in self._resources
            if each.kind in {ZONE, RECORD}
        ]
        own = {each.identity: each.address for each, _ in found}
        triples = [(each.kind, each.identity, fields) for each, fields in found]
        records = [(each.identity, fields) for each, fields in found if each.kind == RECORD]
        dns = dns_resources(triples, records if everything else ())
        return dns.__replace__(
            zones=tuple(e.__replace__(address=own[e.address]) for e in dns.zones),
            caa=tuple(e.__replace__(address=own[e.address]) for e in dns.caa),
            records=tuple(
                each.__replace__(
                    address=own[each.address], target=without_marks(each.target, self._labels)
                )
                for each in dns.records
            ),
        )

    def _labeled(self, unknown: Unknown) -> Unknown:
        found = self._reference(unknown.label)
        if found is None:
            self._labels.add(unknown.label)
        return unknown if found is None else Unknown(found)

    # Uses

    def _find_uses(self, each: BridgedResource, fields: Fields) -> None:
        try:
            used = [*uses(each.kind, each.identity, fields, self._attached)]
        except TypeMismatchError:
            return  # The tool itself reports the wrong type.
        for use in used:
            text = use.certificate[0]
            found = None if isinstance(text, str) else referenced_certificate(text, self._validated)
            own = str(found) if found else ""
            users = self._users if own in self._certificates else self._alone
            key = own if own in self._certificates else each.identity
            users.setdefault(key, []).append((each, self._in_own_words(use)))

    def _in_own_words(self, use: CertificateUse) -> CertificateUse:
        """Return a use whose pointers and labels are those of the file."""
        text, pointer, _ = use.certificate
        hosts: list[Listed] = []
        for host, at, origin in use.hosts:
            own = host if isinstance(host, UnresolvedNames) else without_marks(host, self._labels)
            hosts.append((own, self._located(at), origin))
        certificate = without_marks(text, self._labels), self._located(pointer), None
        return use.__replace__(certificate=certificate, hosts=tuple(hosts))

    def _located(self, pointer: Pointer) -> Pointer:
        """Return the pointer in the file to a value of a resource, or of one attached to it."""
        length = next(n for n, _ in enumerate(pointer, 1) if pointer[:n] in self._by_pointer)
        written = self._by_pointer[pointer[:length]].written
        return (*pointer[:length], *member_pointer(written, pointer[length:]))

    # Declarations

    def _certificate(self, each: BridgedResource) -> Declaration:
        pointers: PointerMap = {}
        certificate = read_certificate(each.whole, each.members, pointers, self._dialect)
        if isinstance(certificate, CertificateRequest):
            if each.region_found:
                pointers["region",] = each.region_found[1:]
            certificate = certificate.__replace__(
                region=each.region, create_before_destroy=each.replaced_first
            )
        users = self._users.get(each.identity, [])
        return self._declaration(each, certificate, users, pointers)

    def _declaration(
        self,
        each: BridgedResource,
        certificate: CertificateRequest | ImportedCertificate | None,
        used: list[Used],
        pointers: PointerMap,
    ) -> Declaration:
        pointers[()] = each.head, None
        consumers = tuple(
            consumer_of(
                use,
                user.address,
                number,
                certificate=each.address if certificate else None,
                region=user.region,
                pointers=pointers,
                head=user.head,
            )
            for number, (user, use) in enumerate(used)
        )
        variant = self._variant(certificate, consumers, pointers)
        return Declaration(self._tree.source, self._dialect.tool, each.address, (variant,))

    def _variant(
        self,
        certificate: CertificateRequest | ImportedCertificate | None,
        consumers: tuple[Consumer, ...],
        pointers: PointerMap,
    ) -> Variant:
        dns = self._dns
        return Variant(
            certificate if isinstance(certificate, CertificateRequest) else None,
            consumers,
            Locations(self._tree, pointers, dns.pointers, self._dialect.names),
            dns.zones,
            dns.caa,
            imported=certificate if isinstance(certificate, ImportedCertificate) else None,
            records=dns.records,
        )
