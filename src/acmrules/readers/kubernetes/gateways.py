"""The listeners that the AWS Load Balancer Controller creates for Gateways and their routes.

Their certificates are in a configuration that the Gateway refers to.
"""

from __future__ import annotations

from acmrules.readers.consumers import CertificateUse, exact_hosts, uses_of
from acmrules.readers.kubernetes.objects import Object, each, texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.readers.fields import Fields, Listed

CONFIGURATION = ("gateway.k8s.aws", "LoadBalancerConfiguration")
_GATEWAY = ("gateway.networking.k8s.io", "Gateway")
_ROUTES = tuple((_GATEWAY[0], kind) for kind in ("GRPCRoute", "HTTPRoute", "TLSRoute"))

TYPES = frozenset((CONFIGURATION, _GATEWAY, *_ROUTES))
"""The groups and kinds of Gateways, routes and configurations."""


class Gateways:
    """The Gateways in a file by configuration, and the hosts of routes by Gateway."""

    __slots__ = ("_by_configuration", "_routed")

    def __init__(self, objects: Iterable[Object]) -> None:
        """Raise `TypeMismatchError` for invalid objects."""
        self._by_configuration: dict[tuple[str, str], list[Object]] = {}
        self._routed: dict[tuple[str, str], list[tuple[str, list[Listed]]]] = {}
        for manifest in objects:
            if manifest.type == _GATEWAY:
                configuration = manifest.spec.inner("infrastructure").inner("parametersRef")
                key = manifest.namespace, configuration.literal("name")
                self._by_configuration.setdefault(key, []).append(manifest)
            elif manifest.type in _ROUTES:
                for parent in each(manifest.spec, "parentRefs"):
                    namespace = parent.literal("namespace") or manifest.namespace
                    routed = parent.literal("sectionName"), manifest.spec.texts("hostnames")
                    key = namespace, parent.literal("name")
                    self._routed.setdefault(key, []).append(routed)

    def uses(self, configuration: Object) -> Iterator[CertificateUse]:
        """Yield the uses in the listeners of a configuration; raises `TypeMismatchError`."""
        for listener in each(configuration.spec, "listenerConfigurations"):
            protocol_port = listener.literal("protocolPort")
            default = listener.text("defaultCertificate")
            certificates = [*([default] if default else []), *texts(listener, "certificates")]
            # With several certificates, the client's request determines which one is served.
            alone = len(certificates) == 1
            hosts = list(self._hosts(configuration, protocol_port)) if alone else []
            service = "alb" if protocol_port.startswith("HTTPS:") else "nlb"
            for use in uses_of(service, certificates, hosts):
                yield use.__replace__(hosts_known=False)

    def _hosts(self, configuration: Object, protocol_port: str) -> Iterator[Listed]:
        """Yield the known hosts of a listener; routes in other files may add more."""
        for gateway in self._by_configuration.get(configuration.key, ()):
            for listener in each(gateway.spec, "listeners"):
                if protocol_port == f"{listener.literal('protocol')}:{listener.literal('port')}":
                    yield from self._hosts_of(gateway, listener)

    def _hosts_of(self, gateway: Object, listener: Fields) -> Iterator[Listed]:
        hostname, section = listener.text("hostname"), listener.literal("name")
        exact, _ = exact_hosts([[hostname]] if hostname else [])
        yield from exact
        suffix = str(hostname[0]).removeprefix("*") if hostname else ""
        for route_section, hosts in self._routed.get(gateway.key, ()):
            if not exact and route_section in {"", section}:
                routed, _ = exact_hosts([hosts])
                yield from (host for host in routed if str(host[0]).endswith(suffix))
