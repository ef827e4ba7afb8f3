"""Managed resources of Crossplane for AWS, in manifests together with any others.

Those of the providers that are generated from Terraform's are read as its resources. The provider
`provider-aws` of the community is older; only its certificates are read.
"""

from __future__ import annotations

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.locations import Locations
from acmrules.model.member_names import MemberNames
from acmrules.model.not_checked import TEMPLATE, NotChecked
from acmrules.readers.bridged.certificates import CROSSPLANE
from acmrules.readers.bridged.declarations import Bridge, BridgedResource
from acmrules.readers.bridged.names import REFERENCES
from acmrules.readers.bridged.types import CROSSPLANE as TYPES
from acmrules.readers.evaluated import unwrap
from acmrules.readers.fields import Fields
from acmrules.readers.kubernetes import reader as kubernetes
from acmrules.readers.kubernetes.objects import Manifests
from acmrules.readers.options import ReadScope
from acmrules.readers.requests import read_request, read_text
from acmrules.readers.terraform.resources.references import (
    CERTIFICATE,
    IDENTITIES,
    LISTENER,
    ZONE,
)
from acmrules.request import Tool
from acmrules.syntax.errors import ReadError
from acmrules.syntax.source import InputError
from acmrules.syntax.tree import items, mapping
from acmrules.unresolved import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.cluster.objects import Object
    from acmrules.readers.options import Parameters
    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data

_GROUPS = (".aws.upbound.io", ".aws.m.upbound.io")
_OF_COMMUNITY = ("acm.aws.crossplane.io", "Certificate")
_COMMUNITY = ".aws.crossplane.io"
_CERTIFICATE_MEMBER = "certificatearn"
_COMPOSITION = ("apiextensions.crossplane.io", "Composition")
_NAMES_OF_COMMUNITY = MemberNames(
    domain_name="domainName",
    alternatives="subjectAlternativeNames",
    method="validationMethod",
    options="domainValidationOptions",
    option_name="domainName",
    option_domain="validationDomain",
    authority="certificateAuthorityARN",
    tags="tags",
    tag_key="key",
    tag_value="value",
)
_REFERENCE = "ref::"
_REFERRED = {
    "certificatearn": CERTIFICATE,
    "listenerarn": LISTENER,
    "zoneid": ZONE,
}
"""The types of the resources that a reference may mean, by the end of its member's name."""


class _Types:
    """The groups and kinds of the managed resources that are read."""

    def __contains__(self, type_: object) -> bool:
        return type_ == _OF_COMMUNITY or (isinstance(type_, tuple) and bool(_kind(type_)))


class _Unread:
    """The groups and kinds of objects that are not read, although they may use certificates."""

    def __contains__(self, type_: object) -> bool:
        return isinstance(type_, tuple) and (
            type_ == _COMPOSITION or (type_ != _OF_COMMUNITY and str(type_[0]).endswith(_COMMUNITY))
        )


def _kind(type_: tuple[str, str]) -> str:
    """Return the type of a managed resource in Terraform, empty if it does not matter here."""
    group, kind = type_
    if not group.endswith(_GROUPS):
        return ""
    return TYPES.get((group.partition(".")[0], kind), "")


def read(source: Source, parameters: Parameters) -> tuple[Declaration, ...] | None:
    """Return the certificates and consumers in manifests, of Crossplane and of any other kind.

    Raises `InputError`.
    """
    manifests = Manifests(source, parameters)
    try:
        found = tuple(_File(manifests, parameters).declarations())
    except ReadError as fault:
        raise manifests.unreadable(fault) from None
    except RecursionError:
        raise InputError(source.name, "is nested too deeply") from None
    return (*found, *(kubernetes.read(source, parameters) or ())) or None


def not_checked(source: Source, parameters: Parameters) -> Iterator[NotChecked]:
    """Yield what may use certificates, but is not read.

    These are compositions, which only Crossplane renders, and the consumers of the community's
    provider. Raises `InputError`.
    """
    from acmrules.model.placed import Location

    manifests = Manifests(source, parameters)
    text = source.text
    composes = any(f"acm{group}" in text for group in _GROUPS) or _OF_COMMUNITY[0] in text
    for each in manifests.objects(_Unread()):
        if each.type == _COMPOSITION:
            is_listed = composes
            what = f"the composition `{each.address}`", "composes a certificate"
            how = "run `crossplane render`, and check the output"
        else:
            is_listed = _has_certificate(each.fields.data)
            what = f"`{each.address}` of the kind `{each.type[1]}`", "uses a certificate"
            how = f"acmrules does not read `{each.type[0]}`; check it by hand"
        if is_listed:
            location = Location(source, *manifests.place(each.head))
            yield NotChecked(location, TEMPLATE, *what, how)


def _has_certificate(data: Data) -> bool:
    """Return whether a member at any depth is the ARN of a certificate, or refers to one."""
    pending = [data]
    while pending:
        value = unwrap(pending.pop())
        if type(value) is dict:
            if any(_CERTIFICATE_MEMBER in str(key).lower() for key in value):
                return True
            pending += value.values()
        elif type(value) is list:
            pending += value
    return False


class _File:
    """The managed resources in a file."""

    def __init__(self, manifests: Manifests, parameters: Parameters) -> None:
        self._manifests = manifests
        self._parameters = parameters
        self._objects = [each for each in manifests.objects(_Types()) if _is_managed(each)]
        self._keys = {id(each): f"r{number}" for number, each in enumerate(self._objects)}
        self._named: dict[tuple[str, tuple[str, str]], list[Object]] = {}
        self._labeled: dict[tuple[str, str, str], list[Object]] = {}
        for each in self._objects:
            kind = _kind(each.type)
            self._named.setdefault((kind, each.key), []).append(each)
            for name, value in _labels(each).items():
                self._labeled.setdefault((kind, name, str(unwrap(value))), []).append(each)

    def declarations(self) -> Iterator[Declaration]:
        """Yield the declarations; raises `TypeMismatchError`."""
        bridged = [each for each in self._objects if each.type != _OF_COMMUNITY]
        bridge = Bridge(
            self._manifests,
            [self._resource(each) for each in bridged],
            CROSSPLANE,
            _terraform_label,
            everything=self._parameters.scope is ReadScope.EVERYTHING,
        )
        yield from bridge.declarations()
        for each in self._objects:
            if each.type == _OF_COMMUNITY:
                yield self._of_community(each)

    def _resource(self, each: Object) -> BridgedResource:
        members = _members(each)
        initial = each.spec.inner("initProvider")
        if "domainName" in initial and "domainName" not in members:
            members = initial
        written = members.data
        data = self._resolved(written, each)
        members = Fields(members.reader, data, members.pointer)
        region = members.text("region")
        return BridgedResource(
            _kind(each.type),
            self._keys[id(each)],
            each.address,
            each.fields,
            members,
            written,
            each.head,
            region[0] if region else self._parameters.region,
            region,
        )

    # References

    def _resolved(self, data: Data, each: Object) -> Data:
        """Return members in which references by name or by labels are unknown values."""
        data = unwrap(data)
        if type(data) is list:
            return [self._resolved(item, each) for item in data]
        if type(data) is not dict:
            return data
        found = {key: self._resolved(item, each) for key, item in data.items()}
        for key, item in data.items():
            base = next((key.removesuffix(s) for s in REFERENCES if key.endswith(s)), "")
            if base and base not in data and (label := self._label(base, unwrap(item), each)):
                found[base] = Unknown(label)
                del found[key]
        return found

    def _label(self, member: str, reference: Data, holder: Object) -> str:
        """Return the label of what a reference means, empty if its type does not matter."""
        kind = next((k for end, k in _REFERRED.items() if member.lower().endswith(end)), "")
        if not kind:
            return ""
        name = str(unwrap(mapping(reference).get("name")) or "")
        labels = mapping(unwrap(mapping(reference).get("matchLabels")))
        if name:
            candidates = self._named.get((kind, (holder.namespace, name)), [])
        else:
            candidates = self._with_labels(kind, labels)
        if len(candidates) == 1:
            attribute = IDENTITIES[kind][0]
            return f"{_REFERENCE}{kind}.{self._keys[id(candidates[0])]}.{attribute}"
        return f"{member} of {name}" if name else f"{member} by its labels"

    def _with_labels(self, kind: str, labels: dict[str, Data]) -> list[Object]:
        """Return the resources of a type that have all labels; none if there are no labels."""
        wanted = {name: str(unwrap(value)) for name, value in labels.items()}
        lists = [self._labeled.get((kind, *each), []) for each in wanted.items()]
        fewest = min(lists, key=len, default=[])
        return [
            each
            for each in fewest
            if all(str(unwrap(_labels(each).get(name))) == value for name, value in wanted.items())
        ]

    # The provider of the community

    def _of_community(self, each: Object) -> Declaration:
        members = _members(each)
        pointers: PointerMap = {(): (each.head, None)}
        logging = "certificateTransparencyLoggingPreference"
        region = read_text(members, "region", ("region",), pointers)
        request = read_request(
            members,
            pointers,
            _NAMES_OF_COMMUNITY,
            export=None,
            transparency_logging=read_text(members, logging, ("transparency_logging",), pointers),
            region=self._parameters.region if region is None else region,
        )
        locations = Locations(self._manifests, pointers, member_names=_NAMES_OF_COMMUNITY)
        variant = Variant(request, (), locations)
        source = self._manifests.source
        return Declaration(source, Tool.KUBERNETES, each.address, (variant,), editor=Tool.API)


def _members(each: Object) -> Fields:
    """Return the members of the type of a resource."""
    spec = each.spec
    if "forProvider" in spec:
        return spec.inner("forProvider")
    return Fields(each.fields.reader, {}, each.fields.pointer)


def _is_managed(each: Object) -> bool:
    """Return whether Crossplane creates a resource, and does not only observe it."""
    policies = each.spec.data.get("managementPolicies")
    known = [unwrap(policy) for policy in items(unwrap(policies))]
    return policies is None or not known or bool({"*", "Create"}.intersection(map(str, known)))


def _labels(each: Object) -> dict[str, Data]:
    return each.fields.inner("metadata").inner("labels").data


def _terraform_label(label: str) -> str | None:
    return label.removeprefix(_REFERENCE) if label.startswith(_REFERENCE) else None
