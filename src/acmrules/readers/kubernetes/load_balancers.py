"""The load balancers that the AWS Load Balancer Controller creates for Ingresses and Services.

The names of annotations and members are those of its documentation.
"""

from __future__ import annotations

from acmrules.readers.consumers import CertificateUse, exact_hosts, uses_of
from acmrules.readers.kubernetes.objects import Object, each, entries, texts, unknown
from acmrules.readers.requests import listed
from acmrules.readers.texts import read_reference
from acmrules.request import CertificateRequest, ValidationMethod
from acmrules.unresolved import Text, Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Found, Listed

INGRESSES = frozenset((group, "Ingress") for group in ("extensions", "networking.k8s.io"))

_INGRESS = "alb.ingress.kubernetes.io/"
_SERVICE = "service.beta.kubernetes.io/aws-load-balancer-"
_HOSTS_BY_DNS = "external-dns.alpha.kubernetes.io/hostname"
_NETWORK_BALANCERS = {"external", "nlb", "nlb-ip"}
_CLASSES_OF_NETWORK_BALANCERS = {"service.k8s.aws/nlb", "eks.amazonaws.com/nlb"}
_FOUND = Unresolved((Unknown("certificate found for its hosts"),))
_TRUE = {"1", "t", "T", "TRUE", "true", "True"}


# Ingresses ----------------------------------------------------------------------------------------


def creation(ingress: Object) -> Found | None:
    """Return the annotation that makes the controller request a certificate; `None` without."""
    annotation = ingress.annotation(f"{_INGRESS}create-acm-cert")
    if annotation is None or annotation[0] not in _TRUE or _certificates(ingress):
        return None
    return annotation if any(_hosts(ingress)) else None


def requested(ingress: Object, region: Text | None, pointers: PointerMap) -> CertificateRequest:
    """Return the request that the controller makes for all hosts of an Ingress.

    The controller sorts the hosts, and requests DNS validation. Raises `TypeMismatchError`.
    """
    hosts: dict[str, Listed] = {}
    for host in (host for hosts_of_rule in _hosts(ingress) for host in hosts_of_rule):
        hosts.setdefault(str(host[0]), host)
    # The position of an unknown host is unknown; it may be the first.
    in_order = sorted(hosts.values(), key=lambda host: (isinstance(host[0], str), str(host[0])))
    for index, (_, pointer, origin) in enumerate(in_order):
        pointers["names", index] = pointer, origin
    authority = ingress.annotation(f"{_INGRESS}acm-pca-arn")
    if authority:
        pointers["certificate_authority_arn",] = authority[1:]
    return CertificateRequest(
        tuple(map(listed, in_order)),
        tuple(str(text) for text, _, _ in in_order),
        validation_method=None if authority else ValidationMethod.DNS,
        certificate_authority_arn=read_reference(authority[0]) if authority else None,
        region=None if region is None else read_reference(region),
    )


def _ingress(ingress: Object) -> Iterator[CertificateUse]:
    certificates = _certificates(ingress)
    ports = ingress.annotation(f"{_INGRESS}listen-ports")
    if ports and isinstance(ports[0], str) and "HTTPS" not in ports[0]:
        return
    if ports and not certificates:
        certificates = [(_FOUND, *ports[1:])]
    # With several certificates, the client's request determines which one is served.
    alone = len(certificates) == 1 and not ingress.annotation(f"{_INGRESS}group.name")
    hosts, known = exact_hosts(_hosts(ingress)) if alone else ([], False)
    known = known and "defaultBackend" not in ingress.spec
    for use in uses_of("alb", certificates, hosts):
        yield use.__replace__(hosts_known=use.hosts_known and known)


def _certificates(ingress: Object) -> list[Found]:
    return entries(ingress.annotation(f"{_INGRESS}certificate-arn"))


def _hosts(ingress: Object) -> list[list[Listed]]:
    """Return the hosts of each rule and of each TLS entry of an Ingress."""
    hosts: list[list[Listed]] = []
    for rule in each(ingress.spec, "rules"):
        host = rule.text("host")
        hosts.append([host] if host and host[0] else [])
    hosts += [entry.texts("hosts") for entry in each(ingress.spec, "tls")]
    others = (*unknown(ingress.spec, "rules"), *unknown(ingress.spec, "tls"))
    return [*hosts, *([other] for other in others)]


def _ingress_class_parameters(parameters: Object) -> Iterator[CertificateUse]:
    yield from uses_of("alb", texts(parameters.spec, "certificateArn"), [])


# Services -----------------------------------------------------------------------------------------


def _service(service: Object) -> Iterator[CertificateUse]:
    if service.spec.literal("type") != "LoadBalancer":
        return
    type_ = service.annotation(f"{_SERVICE}type")
    class_ = service.spec.literal("loadBalancerClass")
    is_network = class_ in _CLASSES_OF_NETWORK_BALANCERS or (
        type_ is not None and type_[0] in _NETWORK_BALANCERS
    )
    certificates = entries(service.annotation(f"{_SERVICE}ssl-cert"))
    hosts, _ = exact_hosts([[*entries(service.annotation(_HOSTS_BY_DNS))]])
    alone = len(certificates) == 1
    for use in uses_of("nlb" if is_network else "clb", certificates, hosts if alone else []):
        yield use.__replace__(hosts_known=False)


USERS: dict[tuple[str, str], Callable[[Object], Iterator[CertificateUse]]] = {
    ("", "Service"): _service,
    ("elbv2.k8s.aws", "IngressClassParams"): _ingress_class_parameters,
    **dict.fromkeys(INGRESSES, _ingress),
}
"""The readers of load balancers by group and kind; they raise `TypeMismatchError`."""
