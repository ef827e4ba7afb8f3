"""The load balancers of Services and of classes of Ingresses.

The names of annotations and members are those of its documentation.
"""

from __future__ import annotations

from acmrules.readers.cluster.classes import PARAMETERS
from acmrules.readers.cluster.objects import Object, entries, texts
from acmrules.readers.consumers import CertificateUse, exact_hosts, uses_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
"""The prefix of the annotations of Services."""

TYPE = f"{PREFIX}type"
"""The annotation with the type of a Service's load balancer."""

NETWORK_BALANCERS = frozenset(("external", "nlb", "nlb-ip"))
"""The types of Network Load Balancers."""

_HOSTS_BY_DNS = "external-dns.alpha.kubernetes.io/hostname"
_CLASSES_OF_NETWORK_BALANCERS = {"service.k8s.aws/nlb", "eks.amazonaws.com/nlb"}


def _ingress_class_parameters(parameters: Object) -> Iterator[CertificateUse]:
    yield from uses_of("alb", texts(parameters.spec, PARAMETERS[parameters.type]), [])


def _service(service: Object) -> Iterator[CertificateUse]:
    if service.spec.literal("type") != "LoadBalancer":
        return
    type_ = service.annotation(TYPE)
    class_ = service.spec.literal("loadBalancerClass")
    is_network = class_ in _CLASSES_OF_NETWORK_BALANCERS or (
        type_ is not None and type_[0] in NETWORK_BALANCERS
    )
    certificates = entries(service.annotation(f"{PREFIX}ssl-cert"))
    hosts, _ = exact_hosts([[*entries(service.annotation(_HOSTS_BY_DNS))]])
    alone = len(certificates) == 1
    for use in uses_of("nlb" if is_network else "clb", certificates, hosts if alone else []):
        yield use.__replace__(hosts_known=False)


USERS: dict[tuple[str, str], Callable[[Object], Iterator[CertificateUse]]] = {
    ("", "Service"): _service,
    **dict.fromkeys(PARAMETERS, _ingress_class_parameters),
}
"""The readers of load balancers by group and kind; they raise `TypeMismatchError`."""
