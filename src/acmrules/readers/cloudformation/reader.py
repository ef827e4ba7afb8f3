"""CloudFormation templates in YAML and JSON, including those of SAM and the CDK."""

from __future__ import annotations

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.model.member_names import AWS
from acmrules.model.members import RESOURCE
from acmrules.readers.cloudformation.consumers import (
    CONSUMERS,
    DISTRIBUTION,
    attachments,
    endpoint_of,
    is_created,
    may_be_checked,
    properties_of,
    reference,
    uses,
)
from acmrules.readers.cloudformation.dns import TYPES as ZONE_TYPES
from acmrules.readers.cloudformation.dns import dns_resources, endpoint
from acmrules.readers.cloudformation.exports import exports
from acmrules.readers.cloudformation.intrinsics import Resolver
from acmrules.readers.cloudformation.parameters import EQUALS
from acmrules.readers.cloudformation.template import CERTIFICATE, Resource, Template, mentions
from acmrules.readers.conditions import ROOT, OpenCondition, enumerate_variants
from acmrules.readers.consumers import CertificateUse, consumer_of
from acmrules.readers.fields import Fields
from acmrules.readers.members import MemberCheck
from acmrules.readers.options import Parameters, ReadScope
from acmrules.readers.requests import read_request, read_text, unknown_request
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import ACME_ENDPOINT, Consumer
from acmrules.syntax.errors import CyclicReferenceError, ReadError, TypeMismatchError
from acmrules.syntax.source import InputError, Source
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import KEY, mapping

_ACME = "AWS::CertificateManager::Acme"
"""The beginning of the types of ACME resources."""

_ACM_WORDS = ("AWS::CertificateManager::", ":acm:")

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from acmrules.model.locations import PointerMap
    from acmrules.readers.conditions import State
    from acmrules.readers.dns import DnsResources
    from acmrules.syntax.tree import Tree
    from acmrules.unresolved import Text

    Build = Callable[[Resolver], Variant | None]


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the certificates and consumers in a template; `None` if there is no template."""
    stacks = [
        _Stack(tree, parameters)
        for tree in trees(source, texts=True)
        if isinstance(tree.data, dict) and isinstance(tree.data.get("Resources"), dict)
    ]
    if not stacks:
        return None
    return tuple(declaration for stack in stacks for declaration in _compared(stack))


def _compared(stack: _Stack) -> Sequence[Declaration]:
    """Return the declarations of a template, with what they reveal about each other."""
    found = [*stack.declarations()]
    if len(found) <= 1:
        return found
    from acmrules.readers.sharing import compared

    return compared(found)


def declarations(tree: Tree, parameters: Parameters) -> Iterator[Declaration]:
    """Yield the certificates and consumers in the template of a tree; raises `InputError`."""
    yield from _Stack(tree, parameters).declarations()


def parameters(source: Source) -> Iterator[str]:
    """Yield the names of the parameters of templates; raises `InputError`."""
    if "Parameters" not in source.text:
        return
    for tree in trees(source, texts=True):
        yield from mapping(mapping(tree.data).get("Parameters"))


class _Stack:
    """A template and its declarations: certificates and consumers with all their variants."""

    def __init__(self, tree: Tree, parameters: Parameters) -> None:
        self._tree = tree
        self._looks_around = parameters.scope is ReadScope.EVERYTHING
        # Without these words, the template is read for its distributions only.
        self._mentions_acm = (
            self._looks_around
            or parameters.importing
            or any(word in tree.source.text for word in _ACM_WORDS)
        )
        self._has_distributions = not (self._looks_around or parameters.importing)
        self._template = Template(tree.data, parameters.values, parameters.region)
        _hide_secrets(tree, self._template)
        self._resolvers: dict[State, Resolver] = {}
        self._uses: dict[tuple[State, str], dict[str | None, list[CertificateUse]]] = {}
        self._dns_resources: dict[State, DnsResources] = {}
        self._attached = attachments(self._template)
        resources = self._template.resources.values()
        self._certificates = {e.logical_id for e in resources if e.type == CERTIFICATE}
        self._users = self._users_of_certificates()
        self._mentioned_elsewhere: set[str] | None = None
        self._exports: list[tuple[str, Text]] | None = None
        self._zones = [each for each in resources if each.type in ZONE_TYPES]
        self._zones_vary = any(
            "Condition" in each.data or any(mentions(each.data)) for each in self._zones
        )

    def declarations(self) -> Iterator[Declaration]:
        """Yield the declarations in the order of the file; raises `InputError`."""
        only_dns = self._looks_around
        try:
            self._reject_cycles()
            for resource in self._template.resources.values():
                found: Iterator[Declaration] = iter(())
                if resource.type == CERTIFICATE:
                    found = self._certificate(resource)
                elif resource.type in CONSUMERS and self._mentions_acm:
                    found = self._consumer_alone(resource)
                elif resource.type.startswith(_ACME):
                    found = self._acme(resource)
                for declaration in found:
                    only_dns = False
                    yield declaration
                if resource.type == DISTRIBUTION and self._has_distributions:
                    yield from self._distribution(resource)
            if only_dns:
                yield from self._dns_alone()
        except ReadError as fault:
            raise fault.unreadable(self._tree) from None
        except RecursionError:
            raise InputError(self._tree.source.name, "is nested too deeply") from None

    # Declarations

    def _certificate(self, resource: Resource) -> Iterator[Declaration]:
        logical_id = resource.logical_id
        users = self._users[logical_id]

        def build(resolver: Resolver) -> Variant | None:
            if not is_created(resolver, resource):
                return None
            request, pointers = _read_certificate(resolver, resource)
            consumers = self._consumers(resolver, users, logical_id, pointers)
            known = bool(consumers) and all(consumer.hosts_known for consumer in consumers)
            known = known and self._all_understood(resolver, logical_id, consumers)
            return self._variant(resolver, request, consumers, pointers, known=known)

        yield from self._declaration(resource, [resource, *users], build)

    def _consumer_alone(self, resource: Resource) -> Iterator[Declaration]:
        """Yield a consumer with those of its certificates that are not in this file."""

        def build(resolver: Resolver) -> Variant | None:
            pointers: PointerMap = {(): ((*resource.pointer, KEY), None)}
            consumers = self._consumers(resolver, [resource], None, pointers)
            return self._variant(resolver, None, consumers, pointers) if consumers else None

        yield from self._declaration(resource, [resource], build)

    def _acme(self, resource: Resource) -> Iterator[Declaration]:
        """Yield an ACME resource; the module for them is loaded only for a template with one."""
        from acmrules.readers.cloudformation.acme import TYPES, read_acme

        def build(resolver: Resolver) -> Variant | None:
            if not is_created(resolver, resource):
                return None
            found, pointers = read_acme(resolver, resource)
            return Variant(None, (), Locations(self._tree, pointers, {}, AWS), acme=found)

        if resource.type in TYPES:
            yield from self._declaration(resource, [resource], build)

    def _distribution(self, resource: Resource) -> Iterator[Declaration]:
        """Yield what is wrong with a distribution whatever its certificate is."""
        if not may_be_checked(self._template, resource):
            return
        from acmrules.readers.cloudformation.distributions import read
        from acmrules.readers.distributions import certain, has_findings

        def build(resolver: Resolver) -> Variant | None:
            pointers: PointerMap = {(): ((*resource.pointer, KEY), None)}
            found = read(resolver, resource, pointers)
            if found is None:
                return None
            locations = Locations(self._tree, pointers, {}, AWS)
            return Variant(None, (), locations, distribution=found)

        for declaration in self._declaration(resource, [resource], build):
            if has_findings(declaration.variants):
                yield declaration.__replace__(variants=tuple(certain(declaration.variants)))

    def _dns_alone(self) -> Iterator[Declaration]:
        """Yield the DNS resources of a file without certificates and consumers."""
        resolver = self._resolver(ROOT)
        if self._dns(resolver):
            pointers: PointerMap = {(): (("Resources",), None)}
            variant = self._variant(resolver, None, (), pointers)
            yield Declaration(self._tree.source, Tool.CLOUDFORMATION, "", (variant,))

    def _declaration(
        self, resource: Resource, related: list[Resource], build: Build
    ) -> Iterator[Declaration]:
        def build_in(state: State) -> dict[str, Variant]:
            variant = build(self._resolver(state))
            return {"": variant} if variant else {}

        variants, complete = enumerate_variants(build_in)
        found = variants.get("", [])
        if not found and not complete and resource.type == CERTIFICATE:
            fault = "depends on too many combinations of conditions"
            raise TypeMismatchError((*resource.pointer, KEY), fault)
        if found:
            truncated = f"only {len(found)} combinations of the conditions were checked"
            yield Declaration(
                self._tree.source,
                Tool.CLOUDFORMATION,
                resource.logical_id,
                self._with_conditions(found, related),
                "" if complete else truncated,
                self._imports_of(resource.logical_id) if resource.type == CERTIFICATE else (),
                parameters=self._template.open_parameters,
            )

    # Variants

    def _with_conditions(
        self, found: list[tuple[State, Variant]], related: list[Resource]
    ) -> tuple[Variant, ...]:
        """Return variants with a description of the conditions in which they differ."""
        if len(found) == 1:
            return (found[0][1],)
        names = dict.fromkeys(
            name
            for resource in related
            for name in (resource.data.get("Condition"), *_conditions(resource))
            if isinstance(name, str)
        )
        results = [[self._result(state, name) for state, _ in found] for name in names]
        variants = []
        for index, (_, variant) in enumerate(found):
            clauses = [
                f"`{name}` is {str(truths[index]).lower()}"
                for name, truths in zip(names, results, strict=True)
                if truths[index] is not None and len(set(truths)) > 1
            ]
            clauses = clauses or _equalities(found, index)
            condition = f"when {' and '.join(clauses)}" if clauses else ""
            variants.append(variant.__replace__(condition=condition))
        return tuple(variants)

    def _result(self, state: State, condition: str) -> bool | None:
        """Return whether a condition is true in a state; `None` if the state has no answer."""
        try:
            return self._resolver(state).holds(condition)
        except (OpenCondition, ReadError):
            return None

    def _variant(
        self,
        resolver: Resolver,
        request: CertificateRequest | None,
        consumers: tuple[Consumer, ...],
        pointers: PointerMap,
        *,
        known: bool = False,
    ) -> Variant:
        dns = self._dns(resolver)
        return Variant(
            request,
            consumers,
            Locations(self._tree, pointers, dns.pointers, AWS),
            dns.zones,
            dns.caa,
            "",
            known,
            records=dns.records,
            authorities=dns.authorities,
            zone_records=dns.zone_records,
            dns_validation=dns.validation,
        )

    def _resolver(self, state: State) -> Resolver:
        if state not in self._resolvers:
            self._resolvers[state] = Resolver(self._template, state)
        return self._resolvers[state]

    # Parts of a variant

    def _consumers(
        self,
        resolver: Resolver,
        users: list[Resource],
        certificate: str | None,
        pointers: PointerMap,
    ) -> tuple[Consumer, ...]:
        """Return how resources use a certificate of this file, or for `None`, any other."""
        consumers: list[Consumer] = []
        for resource in users:
            for use in self._uses_by(resolver, resource).get(certificate, ()):
                consumer = consumer_of(
                    use,
                    resource.logical_id,
                    len(consumers),
                    certificate=certificate,
                    region=resolver.region,
                    pointers=pointers,
                    head=(*resource.pointer, KEY),
                )
                if self._looks_around:
                    consumer = consumer.__replace__(endpoints=self._endpoints(resource))
                consumers.append(consumer)
        return tuple(consumers)

    def _uses_by(
        self, resolver: Resolver, resource: Resource
    ) -> dict[str | None, list[CertificateUse]]:
        """Return a resource's uses by certificate: its id in this file, or else `None`."""
        key = resolver.state, resource.logical_id
        if key not in self._uses:
            uses_of: dict[str | None, list[CertificateUse]] = {}
            try:
                for use in uses(resolver, resource, self._attached):
                    target = reference(use.certificate[0])
                    certificate = target if target in self._certificates else None
                    if self._is_acme(target):
                        found = use.__replace__(traits=use.traits | {ACME_ENDPOINT})
                    else:
                        found = use
                    uses_of.setdefault(certificate, []).append(found)
            except TypeMismatchError:
                uses_of = {}  # Other tools report invalid consumers.
            self._uses[key] = uses_of
        return self._uses[key]

    def _is_acme(self, logical_id: str | None) -> bool:
        found = self._template.resources.get(logical_id or "")
        return found is not None and found.type == f"{_ACME}Endpoint"

    def _dns(self, resolver: Resolver) -> DnsResources:
        """Return the zones and CAA records, with a resolver's answers and default ones."""
        state = resolver.state if self._zones_vary else ROOT
        if state not in self._dns_resources:
            with_defaults = Resolver(self._template, state, assume_defaults=True)
            self._dns_resources[state] = dns_resources(
                with_defaults, self._zones, records=self._looks_around
            )
        return self._dns_resources[state]

    def _endpoints(self, resource: Resource) -> tuple[str, ...]:
        """Return the ids by which records point to a consumer, here and in other stacks."""
        resolver = Resolver(self._template, ROOT, assume_defaults=True)
        logical_id = endpoint_of(resolver, resource)
        return (logical_id, *self._imports_of(logical_id)) if logical_id else ()

    def _imports_of(self, logical_id: str) -> tuple[str, ...]:
        """Return the labels under which other stacks import a resource."""
        if self._exports is None:
            self._exports = exports(self._template)
        return tuple(name for name, value in self._exports if endpoint(value) == logical_id)

    # References between resources

    def _users_of_certificates(self) -> dict[str, list[Resource]]:
        """Return the consumers that mention each certificate."""
        users: dict[str, list[Resource]] = {name: [] for name in self._certificates}
        for resource in self._template.resources.values():
            if resource.type in CONSUMERS:
                for certificate in self._mentioned(resource) & self._certificates:
                    users[certificate].append(resource)
        return users

    def _all_understood(
        self, resolver: Resolver, certificate: str, consumers: tuple[Consumer, ...]
    ) -> bool:
        """Return whether only these consumers use a certificate; others might serve any host."""
        if self._mentioned_elsewhere is None:
            other_sections = self._template.data | {"Resources": 0}
            self._mentioned_elsewhere = {name for _, name in mentions(other_sections)}
            for resource in self._template.resources.values():
                if resource.type not in CONSUMERS:
                    self._mentioned_elsewhere |= self._mentioned(resource)
        understood = {consumer.address for consumer in consumers}
        return certificate not in self._mentioned_elsewhere and all(
            user.logical_id in understood or not is_created(resolver, user)
            for user in self._users[certificate]
        )

    def _mentioned(self, resource: Resource) -> set[str]:
        return {name for kind, name in mentions(resource.data) if kind == "name"}

    def _reject_cycles(self) -> None:
        """Raise `CyclicReferenceError` if a certificate depends on a reference cycle."""
        done: set[str] = set()
        for resource in self._template.resources.values():
            if resource.type != CERTIFICATE or resource.logical_id in done:
                continue
            path = dict.fromkeys((resource.logical_id,))
            pending = [self._dependencies(resource)]
            while pending:
                needed = next(pending[-1], None)
                if needed is None:
                    done.add(path.popitem()[0])
                    pending.pop()
                elif needed in path:
                    names = list(path)
                    key = (*self._template.resources[needed].pointer, KEY)
                    raise CyclicReferenceError(key, names[names.index(needed) :])
                elif needed not in done:
                    path[needed] = None
                    pending.append(self._dependencies(self._template.resources[needed]))

    def _dependencies(self, resource: Resource) -> Iterator[str]:
        """Yield the resources that a resource depends on, under all conditions."""
        resources = self._template.resources
        for kind, name in mentions(resource.data, in_branches=False):
            if kind == "name" and name in resources:
                yield name
        waits_for = resource.data.get("DependsOn")
        for needed in waits_for if isinstance(waits_for, list) else (waits_for,):
            if isinstance(needed, str) and needed in resources:
                yield needed


def _read_certificate(
    resolver: Resolver, resource: Resource
) -> tuple[CertificateRequest, PointerMap]:
    """Return the request of a resource, and the pointers to its values.

    Raises `TypeMismatchError`.
    """
    key = (*resource.pointer, KEY)
    pointers: PointerMap = {(): (key, None)}
    check = MemberCheck(Tool.CLOUDFORMATION, AWS, pointers, resolver.template.macro)
    meant = check.look(Fields(resolver, resource.data, resource.pointer), RESOURCE)
    if "Properties" not in resource.data:
        if "Properties" not in meant:
            raise TypeMismatchError(key, "has no `DomainName`")
        unknown, pointer = meant["Properties"]
        pointers["names", 0] = pointers["names", 1] = pointer, None
        request = unknown_request(unknown, resolver.region)
        return check.completed(request), pointers
    properties = properties_of(resolver, resource)
    logging = "CertificateTransparencyLoggingPreference"
    request = read_request(
        properties,
        pointers,
        export=read_text(properties, "CertificateExport", ("export",), pointers),
        transparency_logging=read_text(properties, logging, ("transparency_logging",), pointers),
        region=resolver.region,
        check=check,
    )
    return request, pointers


def _equalities(found: list[tuple[State, Variant]], index: int) -> list[str]:
    """Return what parameters equal in one state and not in all, such as keys of mappings."""
    states = [state for state, _ in found]
    return [
        f"`{name}` is `{constant}`"
        for (kind, name, *constants), answer in sorted(states[index])
        for constant in constants
        if kind == EQUALS and answer
        if any(((kind, name, constant), True) not in state for state in states)
    ]


def _conditions(resource: Resource) -> Iterator[str]:
    return (name for kind, name in mentions(resource.data) if kind == "condition")


def _hide_secrets(tree: Tree, template: Template) -> None:
    """Mark the defaults of `NoEcho` parameters as secrets of the source."""
    for parameter in template.parameters.values():
        if parameter.no_echo and parameter.default:
            tree.source.add_secret(*tree.place(("Parameters", parameter.name, "Default")))
