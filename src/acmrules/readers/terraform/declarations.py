"""Declarations of a root module: its certificates, and the consumers of other certificates."""

from __future__ import annotations

from functools import partial

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.members import LIFECYCLE
from acmrules.partial import wildcard_parent
from acmrules.readers.conditions import INDEPENDENT, enumerate_variants
from acmrules.readers.evaluated import ORIGIN, Node, TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.members import MemberCheck
from acmrules.readers.options import WORKSPACE, ReadScope
from acmrules.readers.terraform.attributes import create_before_destroy_of, lifecycle_blocks
from acmrules.readers.terraform.dns import DNS
from acmrules.readers.terraform.evaluations import Evaluations
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
    TYPES,
)
from acmrules.readers.terraform.resources.dns import with_zones
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    LOOK_UP,
    VALIDATION,
    steps,
    without_keys,
)
from acmrules.readers.terraform.users import ModuleUsers, region_of
from acmrules.readers.terraform.validation import (
    Mentions,
    validates,
    zones_of_names,
)
from acmrules.readers.terraform.variants import described
from acmrules.request import CertificateRequest, Tool
from acmrules.syntax.errors import ReadError, TypeMismatchError
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from acmrules.model.locations import PointerMap
    from acmrules.readers.conditions import State
    from acmrules.readers.dns import DnsResources
    from acmrules.readers.terraform.dns import ModuleDns
    from acmrules.readers.terraform.files import RootFiles
    from acmrules.readers.terraform.lookups import LookUp
    from acmrules.readers.terraform.scopes import Evaluation, ResourceInstance
    from acmrules.readers.terraform.users import User
    from acmrules.resources import Consumer
    from acmrules.unresolved import Text
    from acmrules.x509 import ImportedCertificate


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
        files: RootFiles | None = None,
    ) -> None:
        """With `Scope.EVERYTHING`, also read records of hosts, even without any consumer.

        `look_ups` returns the uses of certificates that root modules look up by their names.
        `files` are those that expressions read, `None` if they are unknown.
        """
        self._files = files
        self._inventory = scope is ReadScope.EVERYTHING
        self._look_ups = look_ups
        self._root = root
        self._unreadable = unreadable
        self._parameters = (root.module.settable_variables | {WORKSPACE}) - values.keys()
        self._resources = [
            ResourceBlock(call, name, block)
            for call in root.all()
            for name, block in call.module.resources.items()
            if name[0] in TYPES
        ]
        self._certificates = {each.address for each in self._resources if each.kind == CERTIFICATE}
        self._evaluations = Evaluations(
            root, self._resources, values, region, files, host_records=self._inventory
        )
        self._users = ModuleUsers(self._evaluations, has_endpoints=self._inventory)
        self._consumer_declarations: dict[ResourceBlock, Declaration] = {}
        self._mentioned_create_before_destroy: dict[ResourceBlock, bool] = {}
        self._is_looked_up = any(each.kind == VALIDATION for each in self._resources) or any(
            kind == CERTIFICATE for call in root.all() for kind, _ in call.module.data
        )
        self._mentions = Mentions()
        self._validations = ModuleValidations(
            root,
            self._resources,
            lambda evaluation: self._evaluations.new(evaluation.answers.state),
        )
        self._external = tuple(
            call.address
            for call in root.all()
            if call.module.is_external and call.parent and not call.parent.module.is_external
        )

    def declarations(self) -> Iterator[Declaration]:
        """Yield the declarations, module by module in the order of the files."""
        self._report_repeated()
        has_consumers = any(each.kind in CONSUMERS for each in self._resources)
        if not (self._certificates or has_consumers or self._inventory):
            return
        dns = self._evaluations.default_dns
        only_dns = self._inventory and bool(dns.resources)
        for declaration in self._certificates_and_consumers():
            only_dns = False
            yield declaration
        if only_dns:
            yield self._dns_declaration(dns)

    def look_ups(self) -> Iterator[LookUp]:
        """Yield the uses of certificates that the module looks up by known names."""
        from acmrules.readers.terraform.lookups import look_ups

        evaluation = self._evaluations.defaults
        uses: list[tuple[ResourceBlock, Text]] = []
        for resource in self._resources:
            if resource.kind not in CONSUMERS:
                continue
            try:
                certificates = [
                    each.use.certificate for each in self._users.by(evaluation, resource)
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

    def _dns_declaration(self, dns: ModuleDns) -> Declaration:
        """Return the declaration of the DNS resources of a module that has no others."""
        source = Source(self._root.module.folder, "")
        tree = ResourceTree(source, {DNS: dns.nodes})
        locations = ModuleLocations(tree, {}, dns.resources.pointers)
        variant = _variant_with(dns.resources, None, (), locations)
        return Declaration(source, Tool.TERRAFORM, "", (variant,))

    def _certificate(self, resource: ResourceBlock) -> Declaration | None:
        def build(state: State) -> dict[str, Variant]:
            evaluation = self._evaluations.of(state)
            users = self._users.of(evaluation, resource)
            mentioned = self._mentions.of(resource.call.module, resource.name)
            known = all(block in users.names or validates(block) for block in mentioned)
            validators = self._validators(evaluation, resource)
            return {
                instance.scope.address: self._variant(
                    evaluation, resource, instance, users.of(instance), validators, all_known=known
                )
                for instance in self._evaluations.instances(evaluation, resource)
            }

        return self._declaration(resource, build)

    def _validators(self, evaluation: Evaluation, resource: ResourceBlock) -> tuple[str, ...]:
        """Return the blocks that validate a certificate, or that pass its records on."""
        call = resource.call
        found = self._mentions.validators(call.module, resource.name)
        if not (self._inventory and call.module.is_external):
            return found
        from acmrules.readers.terraform.existing import existing

        assumed = self._evaluations.new(evaluation.answers.state, assume_defaults=True)
        return tuple(existing(assumed, call, found))

    def _consumer(self, resource: ResourceBlock) -> None:
        """Record which certificates a resource may use, and keep its uses of other certificates."""

        def build(state: State) -> dict[str, Variant]:
            evaluation = self._evaluations.of(state)
            others: dict[str, list[User]] = {}
            for user in self._users.by(evaluation, resource):
                if user.target is None:
                    others.setdefault(user.instance.scope.address, []).append(user)
                else:
                    self._users.add(user, user.target)
            variants = {}
            for address, users in others.items():
                pointers: PointerMap = {(): ((address, KEY), None)}
                request = self._requested(evaluation, users[0], pointers)
                variant = self._with_dns(
                    request,
                    self._users.consumers(
                        evaluation, users, pointers, address if request else None
                    ),
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
        self, evaluation: Evaluation, user: User, pointers: PointerMap
    ) -> CertificateRequest | None:
        """Return the request of the AWS Load Balancer Controller for an Ingress, if any."""
        if user.use.listener is None or not user.use.listener.creates:
            return None
        from acmrules.readers.terraform.resources import kubernetes

        attributes = block_attributes(user.fields)
        region = self._users.region_of(evaluation, user)
        return kubernetes.requested(user.resource.kind, attributes, region, pointers)

    def _distribution(self, resource: ResourceBlock) -> Declaration | None:
        """Return what is wrong with a distribution whatever its certificate is, if anything."""
        from acmrules.readers.distributions import certain, has_findings
        from acmrules.readers.terraform.resources.distributions import may_be_checked, read

        if not may_be_checked(resource.block.source.text):
            return None

        def build(state: State) -> dict[str, Variant]:
            evaluation = self._evaluations.of(state)
            variants = {}
            for instance in self._evaluations.instances(evaluation, resource):
                address = instance.scope.address
                pointers: PointerMap = {(): ((address, KEY), None)}
                fields = Fields(TerraformReader(), evaluation.nodes[address], (address,))
                other = partial(self._evaluations.only_instance, evaluation, resource.call)
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
            used_defaults.append(self._evaluations.of(state).used_defaults)
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
        variants = tuple(described(found))
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
        users: list[User],
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
            region_of(resource, instance),
            create_before_destroy=self._creates_before_destroy(resource, instance, users),
            check=self._checked_members(evaluation, resource, instance, pointers),
        )
        dns = self._evaluations.dns_in(evaluation)
        consumers = self._users.consumers(evaluation, users, pointers, address)
        if isinstance(certificate, CertificateRequest) and consumers:
            consumers = tuple(self._users.issued(evaluation, resource, users, consumers))
        if consumers and self._users.reveals_accounts:
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
            search = self._users.search
            waits = search.validations(evaluation, resource, instance, request, pointers)
            sources = search.sources(evaluation, resource, request, pointers, self._look_ups)
            if waits or sources:
                variant = variant.__replace__(validations=waits, sources=sources)
        if self._inventory:
            from acmrules.readers.terraform.accounts import account_key

            records, may_create_more = self._validations.created(evaluation).of(
                address, account_key(resource), request.names
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
        if not self._files or not imported.leaf:
            return imported
        texts = [fields.literal(member) for member in IMPORT_FIELDS]
        return imported.__replace__(files=self._files.with_certificates(texts))

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
        dns = self._evaluations.dns_in(evaluation).resources
        tree = ResourceTree(resource.block.source, evaluation.nodes, self._external)
        members = ATTRIBUTES if resource.kind == CERTIFICATE else None
        locations = ModuleLocations(tree, pointers, dns.pointers, members)
        return _variant_with(dns, request, consumers, locations)

    def _creates_before_destroy(
        self, resource: ResourceBlock, instance: ResourceInstance, users: list[User]
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


def _input_error(fault: ReadError, resource: ResourceBlock) -> InputError:
    """Return an error in a resource as the message that a person reads."""
    block = resource.block
    path = ".".join(str(step) for step in fault.pointer[1:] if step not in {KEY, ORIGIN})
    of = f"`{path}` of " if path else ""
    where = block.source.position(block.start)
    return InputError(block.source.name, f"{of}`{resource.address}` {fault.fault}", where)


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


def _last_key(address: str) -> str:
    if not address.endswith("]"):
        return ""
    key = steps(address)[-1][1]
    return f"[{key}]" if key else ""
