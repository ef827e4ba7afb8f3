"""Custom resources of AWS Controllers for Kubernetes (ACK): certificates and their consumers.

The names of members are those of the custom resource definitions.
"""

from __future__ import annotations

from acmrules.model.member_names import MemberNames
from acmrules.model.members import RESOURCE
from acmrules.readers.cluster import discovery
from acmrules.readers.cluster.objects import Object, each
from acmrules.readers.consumers import CertificateUse, uses_of
from acmrules.readers.dns import absolute
from acmrules.readers.members import MemberCheck
from acmrules.readers.requests import read_request, read_text, unknown_request
from acmrules.request import CertificateRequest, Tool, ValidationMethod
from acmrules.resources import Zone
from acmrules.unresolved import Text, Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Fields, Found

CERTIFICATE = ("acm.services.k8s.aws", "Certificate")
NAMESPACE = ("", "Namespace")
ZONE = ("route53.services.k8s.aws", "HostedZone")

MEMBER_NAMES = MemberNames(
    domain_name="domainName",
    alternatives="subjectAlternativeNames",
    method="",
    options="domainValidationOptions",
    option_name="domainName",
    option_domain="validationDomain",
    option_zone="",
    algorithm="keyAlgorithm",
    authority="certificateAuthorityARN",
    token="",
    managed_by="",
    tags="tags",
    tag_key="key",
    tag_value="value",
)
"""The member names in the definition of the certificate."""

_IMPORTING = ("certificate", "privateKey", "certificateChain", "certificateARN")
_SPEC = "spec"
_REFERENCE = "certificateAuthorityRef"
_STRUCTURES = ("options", "exportTo", _REFERENCE)
_OF_NETWORK_BALANCERS = {"TLS", "QUIC", "TCP_QUIC"}


def is_managed(certificate: Object) -> bool:
    """Return whether the controller creates the certificate, and does not adopt or patch one."""
    policy = certificate.annotation("services.k8s.aws/adoption-policy")
    is_specified = bool(certificate.spec.data) or _has_misspelled_spec(certificate)
    return is_specified and (policy is None or policy[0] != "adopt")


def _has_misspelled_spec(certificate: Object) -> bool:
    """Return whether an object without a `spec` has a member that resembles it."""
    check = MemberCheck(Tool.KUBERNETES, MEMBER_NAMES, {})
    return _SPEC not in certificate.fields and _SPEC in check.look(certificate.fields, RESOURCE)


def names(certificate: Object) -> Iterator[Text]:
    """Yield the references to a certificate: as an object, and by its ARN if it is known."""
    yield _reference(*certificate.key)
    status = certificate.fields.inner("status")
    if arn := status.inner("ackResourceMetadata").text("arn"):
        yield arn[0]


def requested_names(certificate: Object) -> list[str]:
    """Return the names of a certificate as written, without unknown lists."""
    first = certificate.spec.text(MEMBER_NAMES.domain_name)
    others = certificate.spec.texts(MEMBER_NAMES.alternatives)
    return [text for text, _, _ in ([first] if first else []) + others if isinstance(text, str)]


def is_private(certificate: Object) -> bool | None:
    """Return whether a certificate is from a private CA; `None` if that is unknown."""
    if _REFERENCE in certificate.spec:
        return True
    authority = certificate.spec.text(MEMBER_NAMES.authority)
    return discovery.is_private(authority[0] if authority else None)


def zone(resource: Object) -> Zone | None:
    """Return a hosted zone; `None` if it has no name."""
    name = resource.spec.text("name")
    if name is None:
        return None
    configuration = resource.spec.inner("hostedZoneConfig").literal("privateZone")
    private = configuration.lower() == "true" or "vpc" in resource.spec
    return Zone(absolute(name[0]), _reference(*resource.key), resource.address, private)


def region(resource: Object) -> Found | None:
    """Return the Region in the annotations of a resource."""
    return resource.annotation("services.k8s.aws/region")


def default_region(namespace: Object) -> Found | None:
    """Return the Region of all resources in a namespace without a Region of their own."""
    return namespace.annotation("services.k8s.aws/default-region")


def requested(
    certificate: Object, region: Text | None, pointers: PointerMap
) -> CertificateRequest | None:
    """Return the request for a certificate; `None` if it is imported.

    The controller always requests DNS validation. Raises `TypeMismatchError`.
    """
    spec = certificate.spec
    check = MemberCheck(Tool.KUBERNETES, MEMBER_NAMES, pointers)
    meant = check.look(certificate.fields, RESOURCE)
    if _SPEC in meant:
        unknown, pointer = meant[_SPEC]
        pointers["names", 0] = pointers["names", 1] = pointer, None
        return check.completed(unknown_request(unknown, region))
    imports = tuple(member for member in _IMPORTING if member in spec)
    if imports and MEMBER_NAMES.domain_name not in spec:
        return None
    for index, member in enumerate(imports):
        pointers["import_fields", index] = spec.member(member)[1], None
    logging = "certificateTransparencyLoggingPreference"
    for member in _STRUCTURES:
        check.look(spec.inner(member), member)
    check.look(spec.inner(_REFERENCE).inner("from"), f"{_REFERENCE}.from", is_item=True)
    request = read_request(
        spec,
        pointers,
        MEMBER_NAMES,
        export=None,
        transparency_logging=read_text(
            spec.inner("options"), logging, ("transparency_logging",), pointers
        ),
        region=region,
        check=check,
    )
    authority = request.certificate_authority_arn
    if referred := _referred(certificate, spec, _REFERENCE):
        authority = referred[0]
        pointers["certificate_authority_arn",] = referred[1:]
    export = request.export
    if "exportTo" in spec and authority is None:
        pointers["export",] = spec.member("exportTo")[1], None
        export = "ENABLED"
    return request.__replace__(
        certificate_authority_arn=authority,
        validation_method=None if authority is not None else ValidationMethod.DNS,
        export=export,
        import_fields=imports,
    )


# Consumers ----------------------------------------------------------------------------------------


def _listener(listener: Object) -> Iterator[CertificateUse]:
    spec = listener.spec
    service = "nlb" if spec.literal("protocol") in _OF_NETWORK_BALANCERS else "alb"
    certificates = [
        certificate.text("certificateARN") or _referred(listener, certificate, "certificateRef")
        for certificate in each(spec, "certificates")
    ]
    yield from uses_of(service, certificates, [])


def _distribution(distribution: Object) -> Iterator[CertificateUse]:
    configuration = distribution.spec.inner("distributionConfig")
    viewer = configuration.inner("viewerCertificate")
    arn = viewer.text("acmCertificateARN")
    certificate = arn or _referred(distribution, viewer, "acmCertificateRef")
    yield from uses_of("cloudfront", [certificate], configuration.inner("aliases").texts("items"))


def _gateway_domain(domain: Object) -> Iterator[CertificateUse]:
    host = domain.spec.text("domainName")
    for configuration in each(domain.spec, "domainNameConfigurations"):
        edge = configuration.literal("endpointType") == "EDGE"
        service = "apigateway-edge" if edge else "apigateway-regional"
        certificate = configuration.text("certificateARN")
        yield from uses_of(service, [certificate], [host] if host else [])


def _referred(resource: Object, fields: Fields, member: str) -> Found | None:
    """Return the ARN of the object that a member refers to."""
    source = fields.inner(member).inner("from")
    name, namespace = source.text("name"), source.text("namespace")
    if name is None:
        return None
    text, pointer, origin = name
    own_namespace = str(namespace[0]) if namespace else resource.namespace
    return _reference(own_namespace, str(text)), pointer, origin


def _reference(namespace: str, name: str) -> Unresolved:
    return Unresolved((Unknown(f"ARN of {'/'.join(filter(None, (namespace, name)))}"),))


USERS: dict[tuple[str, str], Callable[[Object], Iterator[CertificateUse]]] = {
    ("apigatewayv2.services.k8s.aws", "DomainName"): _gateway_domain,
    ("cloudfront.services.k8s.aws", "Distribution"): _distribution,
    ("elbv2.services.k8s.aws", "Listener"): _listener,
}
"""The readers of consumers by group and kind; they raise `TypeMismatchError`."""
