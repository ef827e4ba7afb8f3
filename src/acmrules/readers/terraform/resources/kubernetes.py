"""Resources of the providers for Kubernetes and Helm that use certificates.

Objects are read by the readers of manifests: as resources of their own (`kubernetes_ingress_v1`),
as manifests (`kubernetes_manifest`, `kubectl_manifest`), and as the values of charts
(`helm_release`), where annotations of load balancers are recognized at any depth.
"""

from __future__ import annotations

import re

from acmrules.readers.cluster import ingresses, services
from acmrules.readers.cluster.classes import Classes
from acmrules.readers.cluster.discovery import covering
from acmrules.readers.cluster.gateways import Gateways
from acmrules.readers.cluster.objects import Object, entries
from acmrules.readers.consumers import CertificateUse, uses_of
from acmrules.readers.evaluated import unwrap
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.resources.certificates import ATTRIBUTES
from acmrules.syntax.errors import TypeMismatchError
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from acmrules.model.locations import PointerMap
    from acmrules.readers.cluster.discovery import Description
    from acmrules.readers.fields import Element, Found, Listed
    from acmrules.request import CertificateRequest
    from acmrules.syntax.tree import Data, Pointer
    from acmrules.unresolved import Text

RELEASE = "helm_release"
_INGRESS = ("networking.k8s.io", "Ingress")
_SERVICE = ("", "Service")
_OBJECTS = {
    "kubernetes_ingress": _INGRESS,
    "kubernetes_ingress_v1": _INGRESS,
    "kubernetes_service": _SERVICE,
    "kubernetes_service_v1": _SERVICE,
}
"""The groups and kinds of the resources that are an object."""

_MANIFESTS = {"kubernetes_manifest": "manifest", "kubectl_manifest": "yaml_body"}
"""The arguments with manifests, by type."""

_CONTROLLER = "aws-load-balancer-controller"
_MEMBERS = {
    "defaultBackend": "default_backend",
    "ingressClassName": "ingress_class_name",
    "loadBalancerClass": "load_balancer_class",
    "rules": "rule",
    "secretName": "secret_name",
}
"""The arguments and blocks of resources whose names differ from those of members."""

_CERTIFICATE_OF_INGRESS = "alb.ingress.kubernetes.io/certificate-arn"
_CERTIFICATE_OF_SERVICE = f"{services.PREFIX}ssl-cert"
_ANNOTATIONS = frozenset((_CERTIFICATE_OF_INGRESS, _CERTIFICATE_OF_SERVICE, services.TYPE))
_OF_ANNOTATIONS = {"alb.ingress.kubernetes.io/": "alb", _CERTIFICATE_OF_SERVICE: "nlb"}
"""The services by what annotations contain that are written, but unknown as a whole."""

_ESCAPED_DOT = r"(?<!\\)\."


class _Arguments(Fields):
    """The members of an object, by their names in manifests."""

    __slots__ = ()

    def __contains__(self, member: str) -> bool:
        return super().__contains__(_MEMBERS.get(member, member))

    def member(self, member: str) -> Element:
        """Return a member's data and pointer."""
        return super().member(_MEMBERS.get(member, member))

    def inner(self, member: str) -> _Arguments:
        """Return a member that is a mapping."""
        found = super().inner(_MEMBERS.get(member, member))
        return _Arguments(found.reader, found.data, found.pointer)

    def text(self, member: str) -> Found | None:
        """Return a member that is a string."""
        return super().text(_MEMBERS.get(member, member))

    def texts(self, member: str) -> list[Listed]:
        """Return a member that is a list of strings."""
        return super().texts(_MEMBERS.get(member, member))

    def elements(self, member: str) -> list[Element]:
        """Return the items of a member that is a list."""
        return super().elements(_MEMBERS.get(member, member))


def uses(kind: str, attributes: Fields) -> Iterator[CertificateUse]:
    """Yield how a resource uses certificates; raises `TypeMismatchError`."""
    if kind == RELEASE:
        yield from _uses_of_release(attributes)
        return
    for each in _objects(kind, attributes):
        if found := _unknown_annotations(each):
            yield found
        elif each.type in ingresses.INGRESSES:
            yield from ingresses.uses(each, Classes([each]))
        elif users := services.USERS.get(each.type):
            yield from users(each)
        else:
            yield from Gateways([each]).uses(each)


def requested(
    kind: str, attributes: Fields, region: Text | None, pointers: PointerMap
) -> CertificateRequest | None:
    """Return the request that the controller makes for an Ingress; `None` without one.

    Raises `TypeMismatchError`.
    """
    for each in _objects(kind, attributes):
        if each.type in ingresses.INGRESSES and ingresses.creation(each):
            return ingresses.requested(each, region, pointers)
    return None


def controller_version(releases: Iterable[Fields]) -> str:
    """Return the version of the AWS Load Balancer Controller, empty if it is unknown.

    `releases` are those of Helm charts. Since 3.0.0, a chart has the version of the controller.
    """
    for release in releases:
        if release.literal("chart").endswith(_CONTROLLER):
            version = release.literal("version").removeprefix("v")
            return version if version.replace(".", "").isdecimal() else ""
    return ""


def completed(
    use: CertificateUse,
    version: str,
    certificates: Mapping[str, Mapping[str, int]],
    described: Callable[[str], Description],
) -> CertificateUse:
    """Return a use with the version of the controller, and with the certificate that it finds.

    `certificates` are the addresses of certificates by name, and `described` describes one.
    """
    if use.listener is None:
        return use
    use = use.__replace__(listener=use.listener.__replace__(version=version))
    found, address = covering(use, certificates, described)
    if address is None:
        return found
    reference = Unresolved((Unknown(f"${{{address}.arn}}"),))
    return found.__replace__(certificate=(reference, *found.certificate[1:]))


def names_of(certificate: Fields) -> Iterator[str]:
    """Yield the known names of a certificate, for which the controller may find it."""
    try:
        first = certificate.text(ATTRIBUTES.domain_name)
        others = certificate.texts(ATTRIBUTES.alternatives)
    except TypeMismatchError:
        return
    for text, _, _ in [first, *others] if first else others:
        if isinstance(text, str):
            yield text


def _objects(kind: str, attributes: Fields) -> Iterator[Object]:
    if kind in _OBJECTS:
        fields: Fields = _Arguments(attributes.reader, attributes.data, attributes.pointer)
        yield _object(_OBJECTS[kind], fields)
    elif kind in _MANIFESTS:
        for fields in _documents(attributes, _MANIFESTS[kind]):
            group = fields.literal("apiVersion").rpartition("/")[0]
            yield _object((group, fields.literal("kind")), fields)


def _unknown_annotations(found: Object) -> CertificateUse | None:
    """Return a use of an unknown certificate if unknown annotations are for a load balancer."""
    metadata = found.fields.inner("metadata")
    annotations = metadata.data.get("annotations")
    if annotations is None or isinstance(unwrap(annotations), dict):
        return None
    text = metadata.text("annotations")
    label = str(text[0]) if text and isinstance(text[0], Unresolved) else ""
    service = next((each for word, each in _OF_ANNOTATIONS.items() if word in label), "")
    return CertificateUse(service, text) if text and service else None


def _object(type_: tuple[str, str], fields: Fields) -> Object:
    metadata = fields.inner("metadata")
    return Object(type_, (metadata.literal("namespace"), metadata.literal("name")), fields)


def _documents(attributes: Fields, member: str) -> Iterator[Fields]:
    """Yield the documents of an argument; a plan has them as strings."""
    pending = [attributes.member(member)] if member in attributes.data else []
    while pending:
        data, pointer = pending.pop()
        value = unwrap(data)
        if isinstance(value, dict):
            yield Fields(attributes.reader, dict(value), pointer)
        elif type(value) is list:
            pending += reversed([(item, (*pointer, index)) for index, item in enumerate(value)])
        elif type(value) is str:
            from acmrules.readers.terraform.eval.documents import parsed

            yield from (Fields(attributes.reader, tree.data, pointer) for tree in parsed(value, []))


# Helm ---------------------------------------------------------------------------------------------


def _uses_of_release(attributes: Fields) -> Iterator[CertificateUse]:
    """Yield the uses in the annotations of a release, for hosts that only the chart knows."""
    groups = [*_annotations(attributes), *_settings(attributes)]
    types = [group[services.TYPE][0] for group in groups if services.TYPE in group]
    # The type may be in another document than the certificate, and in one that is unknown.
    is_network = any(text in services.NETWORK_BALANCERS for text in types) or _is_open(attributes)
    for group in groups:
        yield from uses_of("alb", entries(group.get(_CERTIFICATE_OF_INGRESS)), [])
        certificates = entries(group.get(_CERTIFICATE_OF_SERVICE))
        yield from uses_of("nlb" if is_network else "clb", certificates, [])


def _annotations(attributes: Fields) -> Iterator[dict[str, Found]]:
    for document in _documents(attributes, "values"):
        for data, pointer in _mappings(document.data, document.pointer):
            annotations = Fields(attributes.reader, data, pointer)
            found = {name: annotations.text(name) for name in _ANNOTATIONS}
            yield {name: text for name, text in found.items() if text}


def _settings(attributes: Fields) -> Iterator[dict[str, Found]]:
    """Yield the values in `set` blocks whose names have the same parent."""
    settings: dict[str, dict[str, Found]] = {}
    for setting in attributes.each("set"):
        value = setting.text("value")
        *path, last = re.split(_ESCAPED_DOT, setting.literal("name"))
        if value is not None:
            settings.setdefault(".".join(path), {})[last.replace("\\", "")] = value
    yield from settings.values()


def _is_open(attributes: Fields) -> bool:
    """Return whether some values of a release are unknown."""
    if "values" not in attributes.data:
        return False
    values = unwrap(attributes.data["values"])
    items = values if type(values) is list else [values]
    return any(isinstance(unwrap(item), Unknown | Unresolved | UnresolvedNames) for item in items)


def _mappings(data: Data, pointer: Pointer) -> Iterator[Element]:
    """Yield the mappings at any depth that have annotations of load balancers."""
    pending: list[Element] = [(data, pointer)]
    while pending:
        value, here = pending.pop()
        inside = unwrap(value)
        if isinstance(inside, dict):
            if not _ANNOTATIONS.isdisjoint(inside):
                yield dict(inside), here
            pending += [(item, (*here, key)) for key, item in inside.items()]
        elif type(inside) is list:
            pending += [(item, (*here, index)) for index, item in enumerate(inside)]
