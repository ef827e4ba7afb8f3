"""Declarations of a root module: its certificates, and the consumers of other certificates."""

from __future__ import annotations

from functools import partial

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.members import LIFECYCLE
from acmrules.partial import wildcard_parent
from acmrules.readers.conditions import INDEPENDENT, ROOT, enumerate_variants
from acmrules.readers.consumers import CertificateUse, consumer_of
from acmrules.readers.evaluated import ORIGIN, Node, TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.members import MemberCheck
from acmrules.readers.options import WORKSPACE, ReadScope
from acmrules.readers.terraform.attributes import create_before_destroy_of, lifecycle_blocks
from acmrules.readers.terraform.dns import DNS, ModuleDns, read_dns
from acmrules.readers.terraform.locations import ModuleLocations, ResourceTree
from acmrules.readers.terraform.module_validations import ModuleValidations
from acmrules.readers.terraform.modules import ModuleCall, ResourceBlock
from acmrules.readers.terraform.resources.blocks import block_attributes
from acmrules.readers.terraform.resources.certificates import (
    ATTRIBUTES,
    IMPORT_FIELDS,
    read_certificate,
)
from acmrules.readers.terraform.resources.consumers import (
    CONSUMERS,
    DISTRIBUTION,
    KUBERNETES,
    TYPES,
    uses,
)
from acmrules.readers.terraform.resources.dns import endpoints, with_zones
from acmrules.readers.terraform.resources.providers import reveals_accounts
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    LOOK_UP,
    VALIDATION,
    referenced_certificate,
    steps,
    without_keys,
)
from acmrules.readers.terraform.scopes import SUPPLIED, Evaluation, ResourceInstance
from acmrules.readers.terraform.validation import (
    Mentions,
    validates,
    zones_of_names,
)
from acmrules.request import CertificateRequest, Tool
from acmrules.syntax.errors import ReadError, TypeMismatchError
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import KEY
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from acmrules.model.locations import PointerMap
    from acmrules.readers.conditions import Question, State
    from acmrules.readers.dns import DnsResources
    from acmrules.readers.terraform.clusters import Cluster
    from acmrules.readers.terraform.files import ReadFiles
    from acmrules.readers.terraform.issuance import Issuances
    from acmrules.readers.terraform.lookups import LookUp
    from acmrules.readers.terraform.pem_files import PemFiles
    from acmrules.readers.terraform.resources.references import CertificateAddress
    from acmrules.readers.terraform.sought import CertificateSearch
    from acmrules.resources import Consumer
    from acmrules.unresolved import Text
    from acmrules.x509 import ImportedCertificate

_MAX_CONDITIONS = 32
"""Maximum number of open conditions per declaration; further ones use their defaults."""


class _User(Value):
    """A resource instance that uses a certificate; `target` is set if the module declares it."""

    resource: ResourceBlock
    instance: ResourceInstance
    fields: Fields
    use: CertificateUse
    target: CertificateAddress | None


class _Users:
    """The consumers of a certificate's instances; `names` are their names within the module."""

    def __init__(self, users: Iterable[_User]) -> None:
        self.names: set[str] = set()
        self._all: dict[str, list[tuple[int, _User]]] = {}
        self._by_key: dict[tuple[str, str], list[tuple[int, _User]]] = {}
        for entry in enumerate(users):
            _, user = entry
            self.names.add(user.resource.name)
            if user.target:
                address, key = user.target.address, user.target.key
                self._all.setdefault(address, []).append(entry)
                self._by_key.setdefault((address, key), []).append(entry)

    def of(self, instance: ResourceInstance) -> list[_User]:
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


class RootModule:
    """A root module; `values` are its variables with fixed values."""

    def __init__(
        self,
        root: ModuleCall,
        values: Mapping[str, Node],
        region: str | None,
        unreadable: dict[str, InputError],
        scope: ReadScope = ReadScope.CERTIFICATES,
        look_ups: Callable[[], Iterable[LookUp]] = tuple,
        pem_files: PemFiles | None = None,
        files: ReadFiles | None = None,
    ) -> None:
        """With `Scope.EVERYTHING`, also read records of hosts, even without any consumer.

        `look_ups` returns the uses of certificates that root modules look up by their names.
        `pem_files` and `files` are those that expressions read, unknown if it is `None`.
        """
        self._pem_files = pem_files
        self._files = files
        self._inventory = scope is ReadScope.EVERYTHING
        self._look_ups = look_ups
        self._root = root
        self._values = values
        self._region = region
        self._unreadable = unreadable
        self._parameters = (root.module.settable_variables | {WORKSPACE}) - values.keys()
        self._resources = [
            ResourceBlock(call, name, block)
            for call in root.all()
            for name, block in call.module.resources.items()
            if name[0] in TYPES
        ]
        self._certificates = {each.address for each in self._resources if each.kind == CERTIFICATE}
        self._certificate_counts = _certificates_below(root)
        self._evaluations: dict[State, Evaluation] = {}
        self._dns_by_evaluation: dict[Evaluation, ModuleDns] = {}
        self._used: dict[tuple[Evaluation, ResourceBlock], list[_User]] = {}
        self._users: dict[str, dict[ResourceBlock, None]] = {}
        self._consumer_declarations: dict[ResourceBlock, Declaration] = {}
        self._mentioned_create_before_destroy: dict[ResourceBlock, bool] = {}
        self._clusters: dict[Evaluation, Cluster] = {}
        self._issuances: Issuances | None = None
        self._search_or_none: CertificateSearch | None = None
        self._is_looked_up = any(each.kind == VALIDATION for each in self._resources) or any(
            kind == CERTIFICATE for call in root.all() for kind, _ in call.module.data
        )
        self._mentions = Mentions()
        self._validations = ModuleValidations(
            root, self._resources, lambda evaluation: self._new_evaluation(evaluation.state)
        )
        self._external = tuple(
            call.address
            for call in root.all()
            if call.module.is_external and call.parent and not call.parent.module.is_external
        )
        self._reveals_accounts = reveals_accounts(root)

    def declarations(self) -> Iterator[Declaration]:
        """Yield the declarations, module by module in the order of the files."""
        self._report_repeated()
        has_consumers = any(each.kind in CONSUMERS for each in self._resources)
        if not (self._certificates or has_consumers or self._inventory):
            return
        self._defaults = self._new_evaluation(ROOT, assume_defaults=True)
        self._dns = self._read_dns(ROOT, self._defaults)
        only_dns = self._inventory and bool(self._dns.resources)
        for declaration in self._certificates_and_consumers():
            only_dns = False
            yield declaration
        if only_dns:
            yield self._dns_declaration()

    def look_ups(self) -> Iterator[LookUp]:
        """Yield the uses of certificates that the module looks up by known names."""
        from acmrules.readers.terraform.lookups import look_ups

        evaluation = self._defaults = self._new_evaluation(ROOT, assume_defaults=True)
        self._dns = self._read_dns(ROOT, evaluation)
        uses: list[tuple[ResourceBlock, Text]] = []
        for resource in self._resources:
            if resource.kind not in CONSUMERS:
                continue
            try:
                certificates = [
                    each.use.certificate for each in self._uses_by(evaluation, resource)
                ]
            except (InputError, ReadError, RecursionError):
                continue  # Reported when the module is read for its own sake.
            uses += [(resource, text) for text, *_ in certificates if LOOK_UP in str(text)]
        yield from look_ups(self._root, uses, evaluation)

    def _report_repeated(self) -> None:
        """Report resources and modules that are declared twice, which Terraform rejects."""
        for call in self._root.all():
            for (kind, name), block in call.module.repeated.items():
                if kind in TYPES or name in call.calls:
                    source = block.source
                    address = f"{call.address}{kind}.{name.rpartition(' ')[0]}"
                    where = source.position(block.start)
                    error = InputError(source.name, f"`{address}` is declared twice", where)
                    self._unreadable.setdefault(source.name, error)

    def _certificates_and_consumers(self) -> Iterator[Declaration]:
        for resource in self._resources:
            if resource.kind in CONSUMERS:
                self._read_guarded(self._consumer, resource)
        for resource in self._resources:
            if resource.kind == CERTIFICATE:
                yield from filter(None, [self._read_guarded(self._certificate, resource)])
            elif resource in self._consumer_declarations:
                yield self._consumer_declarations[resource]
            if resource.kind == DISTRIBUTION and not self._inventory:
                yield from filter(None, [self._read_guarded(self._distribution, resource)])

    def _read_guarded(
        self, read_one: Callable[[ResourceBlock], Declaration | None], resource: ResourceBlock
    ) -> Declaration | None:
        """Read one resource; an error does not affect the others."""
        try:
            return read_one(resource)
        except InputError as error:
            unreadable = error.with_traceback(None)
            if not error.name:  # It is in a module from elsewhere.
                unreadable = _input_error(ReadError((), error.fault), resource)
        except ReadError as fault:
            unreadable = _input_error(fault, resource)
        except RecursionError:
            unreadable = InputError(resource.block.source.name, "is nested too deeply")
        self._unreadable.setdefault(unreadable.name, unreadable)
        return None

    # Declarations

    def _dns_declaration(self) -> Declaration:
        """Return the declaration of the DNS resources of a module that has no others."""
        dns = self._dns.resources
        source = Source(self._root.module.folder, "")
        locations = ModuleLocations(ResourceTree(source, {DNS: self._dns.nodes}), {}, dns.pointers)
        return Declaration(source, Tool.TERRAFORM, "", (_variant_with(dns, None, (), locations),))

    def _certificate(self, resource: ResourceBlock) -> Declaration | None:
        def build(state: State) -> dict[str, Variant]:
            evaluation = self._evaluation(state)
            users = self._users_in(evaluation, resource)
            mentioned = self._mentions.of(resource.call.module, resource.name)
            known = all(block in users.names or validates(block) for block in mentioned)
            validators = self._validators(evaluation, resource)
            return {
                instance.scope.address: self._variant(
                    evaluation, resource, instance, users.of(instance), validators, all_known=known
                )
                for instance in self._instances(evaluation, resource)
            }

        return self._declaration(resource, build)

    def _validators(self, evaluation: Evaluation, resource: ResourceBlock) -> tuple[str, ...]:
        """Return the blocks that validate a certificate, or that pass its records on."""
        call = resource.call
        found = self._mentions.validators(call.module, resource.name)
        if not (self._inventory and call.module.is_external):
            return found
        from acmrules.readers.terraform.existing import existing

        assumed = self._new_evaluation(evaluation.state, assume_defaults=True)
        return tuple(existing(assumed, call, found))

    def _consumer(self, resource: ResourceBlock) -> None:
        """Record which certificates a resource may use, and keep its uses of other certificates."""

        def build(state: State) -> dict[str, Variant]:
            evaluation = self._evaluation(state)
            others: dict[str, list[_User]] = {}
            for user in self._uses_by(evaluation, resource):
                if user.target is None:
                    others.setdefault(user.instance.scope.address, []).append(user)
                else:
                    certificate = without_keys(user.target.address)
                    self._users.setdefault(certificate, {})[resource] = None
            variants = {}
            for address, users in others.items():
                pointers: PointerMap = {(): ((address, KEY), None)}
                request = self._requested(evaluation, users[0], pointers)
                variant = self._with_dns(
                    request,
                    self._consumers(evaluation, users, pointers, address if request else None),
                    evaluation,
                    resource,
                    pointers,
                )
                if request and self._inventory:
                    from acmrules.readers.cluster.ingresses import created_records

                    variant = variant.__replace__(created=created_records(request, address))
                variants[address] = variant
            return variants

        declaration = self._declaration(resource, build)
        if declaration and declaration.request:
            # The AWS Load Balancer Controller requests the certificate, not Terraform.
            declaration = declaration.__replace__(tool=Tool.KUBERNETES, editor=Tool.API)
        if declaration:
            self._consumer_declarations[resource] = declaration

    def _requested(
        self, evaluation: Evaluation, user: _User, pointers: PointerMap
    ) -> CertificateRequest | None:
        """Return the request of the AWS Load Balancer Controller for an Ingress, if any."""
        if user.use.listener is None or not user.use.listener.creates:
            return None
        from acmrules.readers.terraform.resources import kubernetes

        attributes = block_attributes(user.fields)
        region = self._region_of(evaluation, user)
        return kubernetes.requested(user.resource.kind, attributes, region, pointers)

    def _distribution(self, resource: ResourceBlock) -> Declaration | None:
        """Return what is wrong with a distribution whatever its certificate is, if anything."""
        from acmrules.readers.distributions import certain, has_findings
        from acmrules.readers.terraform.resources.distributions import may_be_checked, read

        if not may_be_checked(resource.block.source.text):
            return None

        def build(state: State) -> dict[str, Variant]:
            evaluation = self._evaluation(state)
            variants = {}
            for instance in self._instances(evaluation, resource):
                address = instance.scope.address
                pointers: PointerMap = {(): ((address, KEY), None)}
                fields = Fields(TerraformReader(), evaluation.nodes[address], (address,))
                other = partial(self._only_instance, evaluation, resource.call)
                try:
                    found = read(fields, pointers, other, evaluation.has_empty_default)
                except TypeMismatchError:
                    continue  # Terraform itself reports the wrong type.
                tree = ResourceTree(resource.block.source, evaluation.nodes)
                locations = ModuleLocations(tree, pointers, {}, ATTRIBUTES)
                variants[address] = Variant(None, (), locations, distribution=found)
            return variants

        declaration = self._declaration(resource, build, certain)
        return declaration if declaration and has_findings(declaration.variants) else None

    def _declaration(
        self,
        resource: ResourceBlock,
        build: Callable[[State], dict[str, Variant]],
        revise: Callable[[Sequence[Variant]], list[Variant]] | None = None,
    ) -> Declaration | None:
        """Return the declaration of a resource; `revise` compares the variants of an instance."""
        used_defaults: list[bool] = []

        def watched(state: State) -> dict[str, Variant]:
            variants = build(state)
            used_defaults.append(self._evaluation(state).used_defaults)
            return variants

        found, complete = enumerate_variants(watched)
        if not found and complete and self._may_contradict_itself(resource, used_defaults):
            found, complete = enumerate_variants(watched, INDEPENDENT)
        if revise:
            found = {
                address: [
                    (state, variant)
                    for (state, _), variant in zip(
                        pairs, revise([each for _, each in pairs]), strict=True
                    )
                ]
                for address, pairs in found.items()
            }
        variants = tuple(_described(found))
        if variants:
            truncated = f"only {len(variants)} combinations of the conditions were checked"
            is_all = complete and not any(used_defaults)
            source = resource.block.source
            address = resource.address
            return Declaration(
                source,
                Tool.TERRAFORM,
                address,
                variants,
                "" if is_all else truncated,
                parameters=self._parameters,
            )
        if not complete and resource.kind == CERTIFICATE:
            raise TypeMismatchError((), "depends on too many combinations of conditions")
        return None

    def _may_contradict_itself(self, resource: ResourceBlock, states: list[bool]) -> bool:
        """Return whether a certificate is checked although its conditions exclude each other.

        They may be a mistake, or about to change. Hosts are not covered by such a certificate.
        """
        is_whole = resource.kind == CERTIFICATE and resource.call.parent is None
        return is_whole and not self._inventory and len(states) > 1

    def _variant(
        self,
        evaluation: Evaluation,
        resource: ResourceBlock,
        instance: ResourceInstance,
        users: list[_User],
        validators: tuple[str, ...],
        *,
        all_known: bool,
    ) -> Variant:
        """Return a variant of a certificate; `all_known` means that nothing else can use it."""
        address = instance.scope.address
        pointers: PointerMap = {(): ((address, KEY), None)}
        certificate = read_certificate(
            Fields(TerraformReader(), evaluation.nodes[address], (address,)),
            pointers,
            _region(resource, instance),
            create_before_destroy=self._creates_before_destroy(resource, instance, users),
            check=self._checked_members(evaluation, resource, instance, pointers),
        )
        dns = self._dns_in(evaluation)
        consumers = self._consumers(evaluation, users, pointers, address)
        if isinstance(certificate, CertificateRequest) and consumers:
            consumers = tuple(self._issued(evaluation, resource, users, consumers))
        if consumers and self._reveals_accounts:
            from acmrules.readers.terraform.accounts import provider_account

            account = provider_account(resource, instance)
            consumers = tuple(each.__replace__(certificate_account=account) for each in consumers)
        if not isinstance(certificate, CertificateRequest):
            certificate = self._with_content(certificate, evaluation.nodes[address], pointers)
            imported = self._with_dns(None, consumers, evaluation, resource, pointers)
            # Terraform imports a certificate again in place, so the order does not matter.
            certificate = certificate.__replace__(create_before_destroy=None)
            return imported.__replace__(
                imported=certificate, signed=certificate.certificates, validators=validators
            )
        addresses = f"{without_keys(address)}{_last_key(address)}", resource.address
        names = len({wildcard_parent(name) or name for name in certificate.names})
        request = with_zones(
            certificate, zones_of_names(dns.validation_zones, addresses, names), pointers
        )
        validation = self._validations.of(
            evaluation, resource, address, request, validators, pointers
        )
        variant = self._with_dns(request, consumers, evaluation, resource, pointers)
        if self._is_looked_up or request.key_algorithm is not None:
            search = self._search()
            waits = search.validations(evaluation, resource, instance, request, pointers)
            sources = search.sources(evaluation, resource, request, pointers, self._look_ups)
            if waits or sources:
                variant = variant.__replace__(validations=waits, sources=sources)
        if self._inventory:
            from acmrules.readers.terraform.records import account_of

            records, may_create_more = self._validations.created(evaluation).of(
                address, account_of(resource), request.names
            )
            variant = variant.__replace__(created=records, may_create_more=may_create_more)
        variant = variant.__replace__(dns_validation=validation) if validation else variant
        key = _last_key(address)
        known = all_known and consumers and all(consumer.hosts_known for consumer in consumers)
        return variant.__replace__(
            all_consumers_known=bool(known),
            validators=validators,
            instance=address if key else "",
            looked_up_by=() if users else self._looked_up_by(request),
        )

    def _with_content(
        self, imported: ImportedCertificate, node: Node, pointers: PointerMap
    ) -> ImportedCertificate:
        """Return an imported certificate with the content of its arguments."""
        from acmrules.readers.imports import with_content

        # The node is that of the instance's address, which is the head of all its pointers.
        fields = Fields(TerraformReader(), node, pointers[()][0][:1])
        imported = with_content(imported, fields, pointers)
        if not self._pem_files or not imported.leaf:
            return imported
        texts = [fields.literal(member) for member in IMPORT_FIELDS]
        return imported.__replace__(files=self._pem_files.used_in(texts))

    def _checked_members(
        self,
        evaluation: Evaluation,
        resource: ResourceBlock,
        instance: ResourceInstance,
        pointers: PointerMap,
    ) -> MemberCheck | None:
        """Return a check of the arguments that has looked into the `lifecycle` block.

        The arguments of a module from elsewhere are not checked: its code may be newer.
        """
        if resource.call.module.is_external:
            return None
        check = MemberCheck(Tool.TERRAFORM, ATTRIBUTES, pointers)
        for index, node in enumerate(lifecycle_blocks(resource.block, instance.scope)):
            address = f"{instance.scope.address}.{LIFECYCLE}.{index}"
            located = len(pointers)
            if isinstance(node.value, dict):
                check.look(Fields(TerraformReader(), node, (address,)), LIFECYCLE)
            if len(pointers) > located:
                evaluation.nodes[address] = node
        return check

    def _looked_up_by(self, request: CertificateRequest) -> tuple[str, ...]:
        """Return the consumers of other root modules that look a certificate up, if any."""
        if request.create_before_destroy or not request.names:
            return ()
        name, region = request.names[0], request.region
        found = {each.consumer for each in self._look_ups() if each.may_find(name, region)}
        return tuple(sorted(found))

    def _with_dns(
        self,
        request: CertificateRequest | None,
        consumers: tuple[Consumer, ...],
        evaluation: Evaluation,
        resource: ResourceBlock,
        pointers: PointerMap,
    ) -> Variant:
        """Return a variant with its locations and DNS resources."""
        dns = self._dns_in(evaluation).resources
        tree = ResourceTree(resource.block.source, evaluation.nodes, self._external)
        members = ATTRIBUTES if resource.kind == CERTIFICATE else None
        locations = ModuleLocations(tree, pointers, dns.pointers, members)
        return _variant_with(dns, request, consumers, locations)

    def _creates_before_destroy(
        self, resource: ResourceBlock, instance: ResourceInstance, users: list[_User]
    ) -> bool | None:
        """Return whether a replacement is created before the old certificate is destroyed.

        Terraform also does this if `create_before_destroy` is set for any resource that depends on
        the certificate.
        """
        found = create_before_destroy_of(resource.block, instance.scope)
        if found is not True and users:
            settings = (
                create_before_destroy_of(user.resource.block, user.instance.scope) for user in users
            )
            if self._mentions_create_before_destroy(resource, instance) or any(
                each is True for each in settings
            ):
                return True
        return None if found is None else found is True

    def _mentions_create_before_destroy(
        self, resource: ResourceBlock, instance: ResourceInstance
    ) -> bool:
        """Return whether a resource that mentions the certificate sets `create_before_destroy`."""
        if resource not in self._mentioned_create_before_destroy:
            resources = resource.call.module.resources
            names = (
                block.partition(".")
                for block in self._mentions.of(resource.call.module, resource.name)
            )
            blocks = (resources.get((kind, name)) for kind, _, name in names)
            self._mentioned_create_before_destroy[resource] = any(
                create_before_destroy_of(block, instance.scope) is True for block in blocks if block
            )
        return self._mentioned_create_before_destroy[resource]

    # Consumers

    def _consumers(
        self,
        evaluation: Evaluation,
        users: Iterable[_User],
        pointers: PointerMap,
        certificate: str | None = None,
    ) -> tuple[Consumer, ...]:
        consumers = []
        for index, user in enumerate(users):
            address = user.instance.scope.address
            consumer = consumer_of(
                user.use,
                user.resource.address,
                index,
                certificate=certificate,
                region=self._region_of(evaluation, user),
                pointers=pointers,
                head=(address, KEY),
            )
            if self._reveals_accounts:
                from acmrules.readers.terraform.accounts import provider_account, sought_account

                place = user.resource, user.instance
                consumer = consumer.__replace__(
                    account=consumer.account or provider_account(*place),
                    certificate_account=sought_account(consumer.certificate, *place),
                )
            if certificate is None and LOOK_UP in str(consumer.certificate):
                region = self._search().region_of(evaluation, user.use.certificate[0])
                consumer = consumer.__replace__(found_in=region)
            if self._inventory:
                kind, fields = user.resource.kind, user.fields
                attached = self._dns_in(evaluation).attached
                targets = endpoints(kind, address, fields, attached, {})
                consumer = consumer.__replace__(endpoints=targets)
            consumers.append(consumer)
        return tuple(consumers)

    def _region_of(self, evaluation: Evaluation, user: _User) -> Text:
        """Return the Region of a consumer, for an object of Kubernetes that of its cluster."""
        if user.resource.kind in KUBERNETES:
            return self._cluster_in(evaluation).region()
        return _region(user.resource, user.instance)

    def _cluster_in(self, evaluation: Evaluation) -> Cluster:
        if evaluation not in self._clusters:
            from acmrules.readers.terraform.clusters import Cluster

            self._clusters[evaluation] = Cluster(evaluation, self._resources, self._instances)
        return self._clusters[evaluation]

    def _issued(
        self,
        evaluation: Evaluation,
        certificate: ResourceBlock,
        users: Iterable[_User],
        consumers: Iterable[Consumer],
    ) -> Iterator[Consumer]:
        """Yield consumers of a certificate with what they wait for."""
        issuances = self._all_issuances()
        for user, consumer in zip(users, consumers, strict=True):
            tree = ResourceTree(user.resource.block.source, evaluation.nodes)
            node = tree.node(user.use.certificate[1])
            taken = node.source.text[node.start : node.end]
            if taken.startswith("${"):  # In JSON, an expression is in a string.
                taken = taken[2:].removesuffix("}").strip()
            issuance = issuances.of(evaluation, user.resource, certificate, taken)
            yield consumer.__replace__(issuance=issuance) if issuance else consumer

    def _all_issuances(self) -> Issuances:
        if self._issuances is None:
            from acmrules.readers.terraform.issuance import Issuances

            self._issuances = Issuances(self._root, self._resources)
        return self._issuances

    def _search(self) -> CertificateSearch:
        if self._search_or_none is None:
            from acmrules.readers.terraform.sought import CertificateSearch

            blocks = (each for each in self._resources if each.kind == CERTIFICATE)
            certificates = {each.address: each for each in blocks}
            self._search_or_none = CertificateSearch(
                self._root, certificates, self._all_issuances()
            )
        return self._search_or_none

    def _users_in(self, evaluation: Evaluation, certificate: ResourceBlock) -> _Users:
        """Return the consumers of a certificate in an evaluation; raises `OpenCondition`."""
        return _Users(
            user
            for resource in self._users.get(certificate.address, ())
            for user in self._uses_by(evaluation, resource)
            if user.target and without_keys(user.target.address) == certificate.address
        )

    def _uses_by(self, evaluation: Evaluation, resource: ResourceBlock) -> list[_User]:
        """Return how the instances of a resource use certificates; raises `OpenCondition`."""
        key = evaluation, resource
        if key not in self._used:
            found: list[_User] = []
            attached = self._dns.attached and self._dns_in(evaluation).attached
            for instance in self._instances(evaluation, resource):
                address = instance.scope.address
                fields = Fields(TerraformReader(), evaluation.nodes[address], (address,))
                try:
                    used = uses(resource.kind, address, fields, attached)
                    if resource.kind in KUBERNETES:
                        used = self._cluster_in(evaluation).completed(used)
                    found += [
                        _User(resource, instance, fields, use, self._target(use)) for use in used
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

    # Evaluations

    def _evaluation(self, state: State) -> Evaluation:
        if state not in self._evaluations:
            evaluation = self._new_evaluation(state, assume_defaults=len(state) >= _MAX_CONDITIONS)
            self._evaluations[state] = evaluation
        return self._evaluations[state]

    def _dns_in(self, evaluation: Evaluation) -> ModuleDns:
        """Return the DNS resources in an evaluation.

        They are read once for all evaluations that agree with the defaults.
        """
        if evaluation not in self._dns_by_evaluation:
            agrees = evaluation.agrees_with(self._defaults)
            dns = self._dns if agrees else self._read_dns(evaluation.state)
            evaluation.nodes[DNS] = dns.nodes
            self._dns_by_evaluation[evaluation] = dns
        return self._dns_by_evaluation[evaluation]

    def _read_dns(self, state: State, defaults: Evaluation | None = None) -> ModuleDns:
        """Return the DNS resources in a state, in which further conditions have their defaults."""
        return read_dns(
            self._root,
            self._resources,
            defaults or self._new_evaluation(state, assume_defaults=True),
            self._new_evaluation(state, assume_defaults=True, certain=True),
            host_records=self._inventory,
        )

    def _new_evaluation(
        self, state: State, *, assume_defaults: bool = False, certain: bool = False
    ) -> Evaluation:
        return Evaluation(
            self._root,
            self._values,
            self._region,
            state,
            assume_defaults=assume_defaults,
            certain=certain,
            resources=len(self._resources),
            certificates=self._certificate_counts,
            pem_files=self._pem_files,
            files=self._files,
        )

    def _only_instance(
        self, evaluation: Evaluation, call: ModuleCall, kind: str, name: str
    ) -> Fields | None:
        """Return the only instance of a resource or a data source, `None` if there are others."""
        module = call.module
        block = module.resources.get((kind, name)) or module.data.get((kind, name))
        if block is None:
            return None
        found = evaluation.resource_instances(call, f"{kind}.{name}", block)
        if len(found) != 1:
            return None
        address = found[0].scope.address
        return Fields(TerraformReader(), evaluation.nodes[address], (address,))

    def _instances(self, evaluation: Evaluation, resource: ResourceBlock) -> list[ResourceInstance]:
        return evaluation.resource_instances(resource.call, resource.name, resource.block)


def _certificates_below(root: ModuleCall) -> dict[ModuleCall, int]:
    """Return the number of certificates below each module call, at least one."""
    found: dict[ModuleCall, int] = {}
    for call in reversed([*root.all()]):  # Callees come before their callers.
        own = sum(kind == CERTIFICATE for kind, _ in call.module.resources)
        found[call] = max(1, own + sum(found[inner] for inner in call.calls.values()))
    return found


def _input_error(fault: ReadError, resource: ResourceBlock) -> InputError:
    """Return an error in a resource as the message that a person reads."""
    block = resource.block
    path = ".".join(str(step) for step in fault.pointer[1:] if step not in {KEY, ORIGIN})
    of = f"`{path}` of " if path else ""
    where = block.source.position(block.start)
    return InputError(block.source.name, f"{of}`{resource.address}` {fault.fault}", where)


def _region(resource: ResourceBlock, instance: ResourceInstance) -> Text:
    return instance.scope.instance.region(resource.block.body, instance.scope)


def _described(found: dict[str, list[tuple[State, Variant]]]) -> Iterator[Variant]:
    """Yield variants with a description of what distinguishes them: conditions and instance."""
    for address, variants in found.items():
        states = [dict(state) for state, _ in variants]
        # Sort the questions: a state is a set, whose order differs between processes.
        questions = {question for state in states for question in state}
        labels = sorted((each for each in questions if each[0] != SUPPLIED), key=_label_of)
        for state, (_, variant) in zip(states, variants, strict=True):
            equal = {_subject(question) for question, answer in state.items() if answer}
            holding = [
                f"`{question[1]}` is {str(state[question]).lower()}"
                for question in labels
                if question in state
                and len({other.get(question) for other in states}) > 1
                # What a value equals also says what it differs from.
                and (state[question] or _subject(question) not in equal)
            ]
            condition = f"when {' and '.join(holding)}" if holding else ""
            instance = f"for `{address}`" if len(found) > 1 else ""
            words = " ".join(filter(None, (condition, instance)))
            yield variant.__replace__(condition=words) if words else variant


def _variant_with(
    dns: DnsResources,
    request: CertificateRequest | None,
    consumers: tuple[Consumer, ...],
    locations: ModuleLocations,
) -> Variant:
    return Variant(
        request,
        consumers,
        locations,
        dns.zones,
        dns.caa,
        records=dns.records,
        authorities=dns.authorities,
        zone_records=dns.zone_records,
    )


def _subject(question: Question) -> str | Question:
    """Return what a question compares with a literal, or the question itself."""
    subject, equals, _ = question[-1].partition(' == "')
    return subject if equals else question


def _label_of(question: Question) -> str:
    return question[-1]


def _last_key(address: str) -> str:
    if not address.endswith("]"):
        return ""
    key = steps(address)[-1][1]
    return f"[{key}]" if key else ""
