"""The consumers of certificates in a root module, and which certificate each of them uses."""

from __future__ import annotations

from acmrules.readers.consumers import CertificateUse, consumer_of
from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.locations import ResourceTree
from acmrules.readers.terraform.modules import ResourceBlock
from acmrules.readers.terraform.resources.consumers import KUBERNETES, uses
from acmrules.readers.terraform.resources.dns import endpoints
from acmrules.readers.terraform.resources.providers import reveals_accounts
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    LOOK_UP,
    CertificateAddress,
    referenced_certificate,
    steps,
    without_keys,
)
from acmrules.readers.terraform.scopes import ResourceInstance
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import KEY
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.terraform.evaluations import Evaluations
    from acmrules.readers.terraform.issuance import Issuances
    from acmrules.readers.terraform.scopes import Evaluation
    from acmrules.readers.terraform.sought import CertificateSearch
    from acmrules.resources import Consumer
    from acmrules.unresolved import Text


class User(Value):
    """A resource instance that uses a certificate; `target` is set if the module declares it."""

    resource: ResourceBlock
    instance: ResourceInstance
    fields: Fields
    use: CertificateUse
    target: CertificateAddress | None


class Users:
    """The consumers of a certificate's instances; `names` are their names within the module."""

    def __init__(self, users: Iterable[User]) -> None:
        self.names: set[str] = set()
        self._all: dict[str, list[tuple[int, User]]] = {}
        self._by_key: dict[tuple[str, str], list[tuple[int, User]]] = {}
        for entry in enumerate(users):
            _, user = entry
            self.names.add(user.resource.name)
            if user.target:
                address, key = user.target.address, user.target.key
                self._all.setdefault(address, []).append(entry)
                self._by_key.setdefault((address, key), []).append(entry)

    def of(self, instance: ResourceInstance) -> list[User]:
        """Return the consumers that use an instance, or that may use it as one of several."""
        whole = instance.scope.block_address
        if instance.key is None:
            return [user for _, user in self._all.get(whole, ())]
        some = [
            # It is unknown for which instance the consumer serves these hosts.
            (index, user.__replace__(use=user.use.__replace__(hosts=(), hosts_known=False)))
            for index, user in self._by_key.get((whole, ""), ())
        ]
        key = steps(instance.scope.address)[-1][1]
        exactly = self._by_key.get((whole, key), [])
        return [user for _, user in sorted([*exactly, *some], key=lambda entry: entry[0])]


class ModuleUsers:
    """The resources of a root module that use certificates.

    With `has_endpoints`, consumers have the endpoints to which records point.
    """

    def __init__(self, evaluations: Evaluations, *, has_endpoints: bool) -> None:
        self._evaluations = evaluations
        self._has_endpoints = has_endpoints
        self._certificates = {
            each.address: each for each in evaluations.resources if each.kind == CERTIFICATE
        }
        self._used: dict[tuple[Evaluation, ResourceBlock], list[User]] = {}
        self._users: dict[str, dict[ResourceBlock, None]] = {}
        self._issuances: Issuances | None = None
        self._search: CertificateSearch | None = None
        self.reveals_accounts = reveals_accounts(evaluations.root)

    def add(self, user: User, target: CertificateAddress) -> None:
        """Record that a resource may use a certificate of the module."""
        self._users.setdefault(without_keys(target.address), {})[user.resource] = None

    def of(self, evaluation: Evaluation, certificate: ResourceBlock) -> Users:
        """Return the consumers of a certificate in an evaluation; raises `OpenCondition`."""
        return Users(
            user
            for resource in self._users.get(certificate.address, ())
            for user in self.by(evaluation, resource)
            if user.target and without_keys(user.target.address) == certificate.address
        )

    def by(self, evaluation: Evaluation, resource: ResourceBlock) -> list[User]:
        """Return how the instances of a resource use certificates; raises `OpenCondition`."""
        key = evaluation, resource
        if key not in self._used:
            found: list[User] = []
            every = self._evaluations
            attached = every.default_dns.attached and every.dns_in(evaluation).attached
            for instance in every.instances(evaluation, resource):
                address = instance.scope.address
                fields = Fields(TerraformReader(), evaluation.nodes[address], (address,))
                try:
                    used = uses(resource.kind, address, fields, attached)
                    if resource.kind in KUBERNETES:
                        used = every.cluster_in(evaluation).completed(used)
                    found += [
                        User(resource, instance, fields, use, self._target(use)) for use in used
                    ]
                except TypeMismatchError:
                    continue  # Terraform itself reports the wrong type.
            self._used[key] = found
        return self._used[key]

    def _target(self, use: CertificateUse) -> CertificateAddress | None:
        """Return the certificate of a use if the module declares it."""
        target = referenced_certificate(use.certificate[0])
        here = target is not None and without_keys(target.address) in self._certificates
        return target if here else None

    def consumers(
        self,
        evaluation: Evaluation,
        users: Iterable[User],
        pointers: PointerMap,
        certificate: str | None = None,
    ) -> tuple[Consumer, ...]:
        """Return consumers as values, and locate their certificates at the uses."""
        consumers = []
        for index, user in enumerate(users):
            address = user.instance.scope.address
            consumer = consumer_of(
                user.use,
                user.resource.address,
                index,
                certificate=certificate,
                region=self.region_of(evaluation, user),
                pointers=pointers,
                head=(address, KEY),
            )
            if self.reveals_accounts:
                from acmrules.readers.terraform.accounts import provider_account, sought_account

                place = user.resource, user.instance
                consumer = consumer.__replace__(
                    account=consumer.account or provider_account(*place),
                    certificate_account=sought_account(consumer.certificate, *place),
                )
            if certificate is None and LOOK_UP in str(consumer.certificate):
                region = self.search.region_of(evaluation, user.use.certificate[0])
                consumer = consumer.__replace__(found_in=region)
            if self._has_endpoints:
                kind, fields = user.resource.kind, user.fields
                attached = self._evaluations.dns_in(evaluation).attached
                targets = endpoints(kind, address, fields, attached, {})
                consumer = consumer.__replace__(endpoints=targets)
            consumers.append(consumer)
        return tuple(consumers)

    def region_of(self, evaluation: Evaluation, user: User) -> Text:
        """Return the Region of a consumer, for an object of Kubernetes that of its cluster."""
        if user.resource.kind in KUBERNETES:
            return self._evaluations.cluster_in(evaluation).region()
        return region_of(user.resource, user.instance)

    def issued(
        self,
        evaluation: Evaluation,
        certificate: ResourceBlock,
        users: Iterable[User],
        consumers: Iterable[Consumer],
    ) -> Iterator[Consumer]:
        """Yield consumers of a certificate with what they wait for."""
        issuances = self._all_issuances
        for user, consumer in zip(users, consumers, strict=True):
            tree = ResourceTree(user.resource.block.source, evaluation.nodes)
            node = tree.node(user.use.certificate[1])
            taken = node.source.text[node.start : node.end]
            if taken.startswith("${"):  # In JSON, an expression is in a string.
                taken = taken[2:].removesuffix("}").strip()
            issuance = issuances.of(evaluation, user.resource, certificate, taken)
            yield consumer.__replace__(issuance=issuance) if issuance else consumer

    @property
    def _all_issuances(self) -> Issuances:
        if self._issuances is None:
            from acmrules.readers.terraform.issuance import Issuances

            self._issuances = Issuances(self._evaluations.root, self._evaluations.resources)
        return self._issuances

    @property
    def search(self) -> CertificateSearch:
        """The look-ups of certificates in the module."""
        if self._search is None:
            from acmrules.readers.terraform.sought import CertificateSearch

            self._search = CertificateSearch(
                self._evaluations.root, self._certificates, self._all_issuances
            )
        return self._search


def region_of(resource: ResourceBlock, instance: ResourceInstance) -> Text:
    """Return the Region of an instance of a resource."""
    return instance.scope.instance.region(resource.block.body, instance.scope)
