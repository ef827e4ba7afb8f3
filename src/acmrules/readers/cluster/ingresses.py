"""The load balancers that the AWS Load Balancer Controller creates for Ingresses.

The names of annotations and members are those of its documentation.
"""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.partial import wildcard_parent
from acmrules.readers.cluster.objects import Object, each, entries, unknown
from acmrules.readers.consumers import CertificateUse, exact_hosts, uses_of
from acmrules.readers.requests import listed
from acmrules.readers.texts import read_reference
from acmrules.request import CertificateRequest, ValidationMethod
from acmrules.resources import ControllerListener, ValidationRecord
from acmrules.unresolved import Malformed, Text, Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.cluster.classes import Classes, ClassOfIngress
    from acmrules.readers.fields import Found, Listed

INGRESSES = frozenset((group, "Ingress") for group in ("extensions", "networking.k8s.io"))
FOUND = Unresolved((Unknown("certificate that the controller finds"),))
"""The certificate of a listener for which the controller searches ACM."""

_SECRET = Unresolved((Unknown("TLS secret"),))
_PREFIX = "alb.ingress.kubernetes.io/"
_TRUE = {"1", "t", "T", "TRUE", "true", "True"}
_DEFAULT_BACKENDS = ("defaultBackend", "backend")
"""The member for requests of all other hosts, and its name in the first versions."""

_ISSUERS = (
    *("cert-manager.io/cluster-issuer", "cert-manager.io/issuer"),
    "kubernetes.io/tls-acme",
)
"""The annotations with which cert-manager issues a certificate for an Ingress."""


def creation(ingress: Object) -> Found | None:
    """Return the annotation that makes the controller request a certificate; `None` without."""
    annotation = _creating(ingress)
    return annotation if annotation and any(_hosts(ingress)) else None


def _creating(ingress: Object) -> Found | None:
    annotation = ingress.annotation(f"{_PREFIX}create-acm-cert")
    if annotation is None or annotation[0] not in _TRUE or _certificates(ingress):
        return None
    return annotation


def requested(ingress: Object, region: Text | None, pointers: PointerMap) -> CertificateRequest:
    """Return the request that the controller makes for all hosts of an Ingress.

    The controller sorts the hosts, and requests DNS validation. Raises `TypeMismatchError`.
    """
    hosts = _unique([host for hosts_of_rule in _hosts(ingress) for host in hosts_of_rule])
    # The position of an unknown host is unknown; it may be the first.
    in_order = sorted(hosts, key=lambda host: (isinstance(host[0], str), str(host[0])))
    for index, (_, pointer, origin) in enumerate(in_order):
        pointers["names", index] = pointer, origin
    authority = ingress.annotation(f"{_PREFIX}acm-pca-arn")
    if authority:
        pointers["certificate_authority_arn",] = authority[1:]
    return CertificateRequest(
        tuple(map(listed, in_order)),
        tuple(str(text) for text, _, _ in in_order),
        validation_method=None if authority else ValidationMethod.DNS,
        certificate_authority_arn=read_reference(authority[0]) if authority else None,
        region=None if region is None else read_reference(region),
    )


def created_records(request: CertificateRequest, address: str) -> tuple[ValidationRecord, ...]:
    """Return the validation records that the controller creates for its request.

    It ignores records that exist already.
    """
    if request.validation_method is not ValidationMethod.DNS:
        return ()
    names = [name for name in request.names if not isinstance(name, UnresolvedNames | Malformed)]
    stems = dict.fromkeys(wildcard_parent(name) or name for name in names)
    return tuple(ValidationRecord(stem, None, address, overwrites=True) for stem in stems)


def uses(ingress: Object, classes: Classes, version: str = "") -> Iterator[CertificateUse]:
    """Yield how an Ingress uses certificates; raises `TypeMismatchError`.

    `version` is that of the controller, empty if it is unknown.
    """
    class_ = classes.of(ingress)
    if not _is_of_balancers(ingress, class_):
        return
    certificates = [*class_.certificates] or _certificates(ingress)
    ports = ingress.annotation(f"{_PREFIX}listen-ports")
    search = None if certificates else ports or _creating(ingress)
    secret = _secret(ingress)
    found: Iterable[CertificateUse] = ()
    if (certificates or search) and _has_https(ports):
        found = _listening(ingress, class_, certificates, search, version)
    elif secret and not certificates:
        found = [CertificateUse("alb", (_SECRET, *secret[1:]))]
    for use in found:
        yield _with_secret(use, ingress, secret) if secret else use
        secret = None


def _has_https(ports: Found | None) -> bool:
    """Return whether the ports may include one for HTTPS, the default of an Ingress with an ARN."""
    return ports is None or not isinstance(ports[0], str) or "HTTPS" in ports[0]


def _listening(
    ingress: Object,
    class_: ClassOfIngress,
    certificates: list[Found],
    search: Found | None,
    version: str,
) -> Iterator[CertificateUse]:
    """Yield the uses of an HTTPS listener; `search` is what makes the controller find one."""
    group = _group(ingress, class_)
    listener = None
    searched: tuple[Listed, ...] = ()
    if search:
        certificates = [(FOUND, *search[1:])]
        searched = tuple(host for hosts in _hosts(ingress) for host in hosts)
        creates = _creating(ingress) is not None
        found = has_host(searched)
        listener = ControllerListener(
            "Ingress",
            searches=not creates or found is False,
            has_host=found if isinstance(search[0], str) else None,
            elsewhere=_elsewhere(group, class_, creates=creates),
            creates=creates,
            version=version,
        )
    # With several certificates, the client's request determines which one is served.
    alone = len(certificates) == 1 and not group
    exact, known = exact_hosts(_hosts(ingress)) if alone else ([], False)
    known = known and not any(member in ingress.spec for member in _DEFAULT_BACKENDS)
    # The hosts of TLS repeat those of the rules.
    for use in uses_of("alb", certificates, _unique(exact)):
        yield use.__replace__(
            hosts_known=use.hosts_known and known, listener=listener, searched=searched
        )


def _is_of_balancers(ingress: Object, class_: ClassOfIngress) -> bool:
    """Return whether the AWS Load Balancer Controller serves an Ingress."""
    if class_.is_of_balancers is not None:
        return class_.is_of_balancers
    annotations = ingress.fields.inner("metadata").inner("annotations").data
    return any(key.startswith(_PREFIX) for key in annotations)


def _with_secret(use: CertificateUse, ingress: Object, secret: Found) -> CertificateUse:
    """Return a use with the secret that the controller ignores."""
    listener = (use.listener or ControllerListener("Ingress")).__replace__(
        has_arn=use.certificate[0] not in (FOUND, _SECRET),
        secret=str(secret[0]),
        has_issuer=any(ingress.annotation(name) for name in _ISSUERS),
    )
    return use.__replace__(listener=listener, secret=secret)


def _secret(ingress: Object) -> Found | None:
    """Return the name of the first TLS secret of an Ingress."""
    names = (entry.text("secretName") for entry in each(ingress.spec, "tls"))
    return next((name for name in names if name and name[0]), None)


def _group(ingress: Object, class_: ClassOfIngress) -> str:
    annotation = ingress.annotation(f"{_PREFIX}group.name")
    return class_.group or (str(annotation[0]) if annotation else "")


def _elsewhere(group: str, class_: ClassOfIngress, *, creates: bool) -> str:
    """Describe what may contain the ARN of the listener outside the Ingress."""
    # An Ingress of a group can only use the certificates of others if it requests none itself.
    members = f"another Ingress of the group {quoted(group)}" if group and not creates else ""
    return " or ".join(filter(None, (class_.elsewhere, members)))


def has_host(hosts: Iterable[Listed]) -> bool | None:
    """Return whether there is a host; `None` if all of them are unknown."""
    texts = [text for text, _, _ in hosts if text]
    if any(isinstance(text, str) for text in texts):
        return True
    return None if texts else False


def _unique(hosts: list[Listed]) -> list[Listed]:
    found: dict[str, Listed] = {}
    for host in hosts:
        found.setdefault(str(host[0]), host)
    return [*found.values()]


def _certificates(ingress: Object) -> list[Found]:
    return entries(ingress.annotation(f"{_PREFIX}certificate-arn"))


def _hosts(ingress: Object) -> list[list[Listed]]:
    """Return the hosts of each rule and of each TLS entry of an Ingress."""
    hosts: list[list[Listed]] = []
    for rule in each(ingress.spec, "rules"):
        host = rule.text("host")
        hosts.append([host] if host and host[0] else [])
    hosts += [entry.texts("hosts") for entry in each(ingress.spec, "tls")]
    others = (*unknown(ingress.spec, "rules"), *unknown(ingress.spec, "tls"))
    return [*hosts, *([other] for other in others)]
