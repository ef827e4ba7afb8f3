"""CloudFormation templates, in YAML and JSON, those of SAM and the CDK among them."""

from __future__ import annotations

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.model.member_names import AWS
from acmrules.readers.cloudformation.consumers import (
    CONSUMERS,
    attachments,
    endpoint_of,
    is_created,
    properties_of,
    reference,
    uses,
)
from acmrules.readers.cloudformation.dns import TYPES as ZONE_TYPES
from acmrules.readers.cloudformation.dns import endpoint, surroundings
from acmrules.readers.cloudformation.exports import exports
from acmrules.readers.cloudformation.intrinsics import Resolver
from acmrules.readers.cloudformation.template import CERTIFICATE, Template, mentions
from acmrules.readers.conditions import ROOT, OpenCondition, enumerate_variants
from acmrules.readers.consumers import consumer_of
from acmrules.readers.options import Scope
from acmrules.readers.requests import read_request, read_text
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import Consumer
from acmrules.syntax.errors import CyclicReferenceError, ReadError, TypeMismatchError
from acmrules.syntax.source import InputError
from acmrules.syntax.structured import trees
from acmrules.syntax.tree import KEY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.cloudformation.template import Resource
    from acmrules.readers.conditions import State
    from acmrules.readers.consumers import CertificateUse
    from acmrules.readers.dns import DnsResources
    from acmrules.readers.options import Parameters
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Tree
    from acmrules.unresolved import Text

    Build = Callable[[Resolver], Variant | None]


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the certificates and consumers of a template; `None` if the text holds no template."""
    stacks = [
        _Stack(tree, parameters)
        for tree in trees(source, texts=True)
        if isinstance(tree.data, dict) and isinstance(tree.data.get("Resources"), dict)
    ]
    if not stacks:
        return None
    return tuple(declaration for stack in stacks for declaration in stack.declarations())


class _Stack:
    """A template, and the documents it comes to: a certificate or a consumer, in every variant."""

    def __init__(self, tree: Tree, parameters: Parameters) -> None:
        self._tree = tree
        self._looks_around = parameters.scope is Scope.EVERYTHING
        self._template = Template(tree.data, parameters.values, parameters.region)
        self._resolvers: dict[State, Resolver] = {}
        self._uses: dict[tuple[State, str], dict[str | None, list[CertificateUse]]] = {}
        self._surroundings: dict[State, DnsResources] = {}
        self._attached = attachments(self._template)
        resources = self._template.resources.values()
        self._certificates = {e.logical_id for e in resources if e.type == CERTIFICATE}
        self._users = self._users_of_certificates()
        self._elsewhere: set[str] | None = None
        self._exports: list[tuple[str, Text]] | None = None
        self._zones = [each for each in resources if each.type in ZONE_TYPES]
        self._zones_vary = any(
            "Condition" in each.data or any(mentions(each.data)) for each in self._zones
        )

    def declarations(self) -> Iterator[Declaration]:
        """Yield the documents in the order of the file; raises `InputError`."""
        is_alone = self._looks_around
        try:
            self._refuse_circles()
            for resource in self._template.resources.values():
                found: Iterator[Declaration] = iter(())
                if resource.type == CERTIFICATE:
                    found = self._certificate(resource)
                elif resource.type in CONSUMERS:
                    found = self._consumer_alone(resource)
                for declaration in found:
                    is_alone = False
                    yield declaration
            if is_alone:
                yield from self._surroundings_alone()
        except ReadError as fault:
            raise fault.unreadable(self._tree) from None
        except RecursionError:
            raise InputError(self._tree.source.name, "is nested too deeply") from None

    # Documents

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

        yield from self._document(resource, [resource, *users], build)

    def _consumer_alone(self, resource: Resource) -> Iterator[Declaration]:
        """Yield a consumer as far as its certificate is not requested in this file."""

        def build(resolver: Resolver) -> Variant | None:
            pointers: PointerMap = {(): ((*resource.pointer, KEY), None)}
            consumers = self._consumers(resolver, [resource], None, pointers)
            return self._variant(resolver, None, consumers, pointers) if consumers else None

        yield from self._document(resource, [resource], build)

    def _surroundings_alone(self) -> Iterator[Declaration]:
        """Yield what stands around certificates, where there are none in this file."""
        resolver = self._resolver(ROOT)
        if self._around(resolver).is_something:
            pointers: PointerMap = {(): (("Resources",), None)}
            variant = self._variant(resolver, None, (), pointers)
            yield Declaration(self._tree.source, Tool.CLOUDFORMATION, "", (variant,))

    def _document(
        self, resource: Resource, concerned: list[Resource], build: Build
    ) -> Iterator[Declaration]:
        def built(state: State) -> dict[str, Variant]:
            variant = build(self._resolver(state))
            return {"": variant} if variant else {}

        variants, complete = enumerate_variants(built)
        found = variants.get("", [])
        if not found and not complete and resource.type == CERTIFICATE:
            fault = "depends on more combinations of conditions than can be told apart"
            raise TypeMismatchError((*resource.pointer, KEY), fault)
        if found:
            truncated = f"only {len(found)} combinations of the conditions were judged"
            yield Declaration(
                self._tree.source,
                Tool.CLOUDFORMATION,
                resource.logical_id,
                self._worded(found, concerned),
                "" if complete else truncated,
                self._imports_of(resource.logical_id) if resource.type == CERTIFICATE else (),
            )

    # Variants

    def _worded(
        self, found: list[tuple[State, Variant]], concerned: list[Resource]
    ) -> tuple[Variant, ...]:
        """Return variants with the conditions that tell them apart, in words."""
        if len(found) == 1:
            return (found[0][1],)
        names = dict.fromkeys(
            name
            for resource in concerned
            for name in (resource.data.get("Condition"), *_conditions(resource))
            if isinstance(name, str)
        )
        decided = [[self._decided(state, name) for state, _ in found] for name in names]
        worded = []
        for index, (_, variant) in enumerate(found):
            holding = [
                f"`{name}` is {str(truths[index]).lower()}"
                for name, truths in zip(names, decided, strict=True)
                if truths[index] is not None and len(set(truths)) > 1
            ]
            condition = f"when {' and '.join(holding)}" if holding else ""
            worded.append(variant.__replace__(condition=condition))
        return tuple(worded)

    def _decided(self, state: State, condition: str) -> bool | None:
        """Return whether a condition holds in a state, `None` where the state does not say."""
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
        around = self._around(resolver)
        return Variant(
            request,
            consumers,
            Locations(self._tree, pointers, around.pointers, AWS),
            around.zones,
            around.caa,
            "",
            known,
            records=around.records,
        )

    def _resolver(self, state: State) -> Resolver:
        if state not in self._resolvers:
            self._resolvers[state] = Resolver(self._template, state)
        return self._resolvers[state]

    # What a variant is made of

    def _consumers(
        self,
        resolver: Resolver,
        users: list[Resource],
        certificate: str | None,
        pointers: PointerMap,
    ) -> tuple[Consumer, ...]:
        """Return how resources use a certificate of this file, or, for `None`, others."""
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
        """Return how a resource uses certificates, by the id of the one in this file, or `None`."""
        key = resolver.state, resource.logical_id
        if key not in self._uses:
            by: dict[str | None, list[CertificateUse]] = {}
            try:
                for use in uses(resolver, resource, self._attached):
                    target = reference(use.certificate[0])
                    here = target if target in self._certificates else None
                    by.setdefault(here, []).append(use)
            except TypeMismatchError:
                by = {}  # what it is meant to be is for others to say
            self._uses[key] = by
        return self._uses[key]

    def _around(self, resolver: Resolver) -> DnsResources:
        """Return the zones and CAA records, on the answers of a resolver and natural ones."""
        state = resolver.state if self._zones_vary else ROOT
        if state not in self._surroundings:
            assume_defaults = Resolver(self._template, state, assume_defaults=True)
            self._surroundings[state] = surroundings(
                assume_defaults, self._zones, records=self._looks_around
            )
        return self._surroundings[state]

    def _endpoints(self, resource: Resource) -> tuple[str, ...]:
        """Return what records lead to a consumer by, here and from other stacks."""
        resolver = Resolver(self._template, ROOT, assume_defaults=True)
        here = endpoint_of(resolver, resource)
        return (here, *self._imports_of(here)) if here else ()

    def _imports_of(self, logical_id: str) -> tuple[str, ...]:
        """Return the imports by which other stacks refer to a resource."""
        if self._exports is None:
            self._exports = exports(self._template)
        return tuple(name for name, value in self._exports if endpoint(value) == logical_id)

    # Who refers to whom

    def _users_of_certificates(self) -> dict[str, list[Resource]]:
        """Return the consumers that mention each certificate."""
        users: dict[str, list[Resource]] = {name: [] for name in self._certificates}
        for resource in self._template.resources.values():
            if resource.type in CONSUMERS:
                for certificate in self._named(resource) & self._certificates:
                    users[certificate].append(resource)
        return users

    def _all_understood(
        self, resolver: Resolver, certificate: str, consumers: tuple[Consumer, ...]
    ) -> bool:
        """Say whether nothing uses a certificate but these consumers; others may serve anything."""
        if self._elsewhere is None:
            self._elsewhere = {name for _, name in mentions(self._template.data | {"Resources": 0})}
            for resource in self._template.resources.values():
                if resource.type not in CONSUMERS:
                    self._elsewhere |= self._named(resource)
        understood = {consumer.address for consumer in consumers}
        return certificate not in self._elsewhere and all(
            user.logical_id in understood or not is_created(resolver, user)
            for user in self._users[certificate]
        )

    def _named(self, resource: Resource) -> set[str]:
        return {name for kind, name in mentions(resource.data) if kind == "name"}

    def _refuse_circles(self) -> None:
        """Raise `CyclicReferenceError` where a certificate needs a resource that needs itself."""
        done: set[str] = set()
        for resource in self._template.resources.values():
            if resource.type != CERTIFICATE or resource.logical_id in done:
                continue
            way = dict.fromkeys((resource.logical_id,))
            open_ends = [self._needs(resource)]
            while open_ends:
                needed = next(open_ends[-1], None)
                if needed is None:
                    done.add(way.popitem()[0])
                    open_ends.pop()
                elif needed in way:
                    names = list(way)
                    key = (*self._template.resources[needed].pointer, KEY)
                    raise CyclicReferenceError(key, names[names.index(needed) :])
                elif needed not in done:
                    way[needed] = None
                    open_ends.append(self._needs(self._template.resources[needed]))

    def _needs(self, resource: Resource) -> Iterator[str]:
        """Yield the resources that must be there before this one, whatever the conditions."""
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
    if "Properties" not in resource.data:
        raise TypeMismatchError(key, "has no `DomainName`")
    pointers: PointerMap = {(): (key, None)}
    properties = properties_of(resolver, resource)
    logging = "CertificateTransparencyLoggingPreference"
    request = read_request(
        properties,
        pointers,
        export=read_text(properties, "CertificateExport", ("export",), pointers),
        transparency_logging=read_text(properties, logging, ("transparency_logging",), pointers),
        region=resolver.region,
    )
    return request, pointers


def _conditions(resource: Resource) -> Iterator[str]:
    return (name for kind, name in mentions(resource.data) if kind == "condition")
