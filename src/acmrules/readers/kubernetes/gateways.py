"""What the AWS Load Balancer Controller makes of Gateways and the routes attached to them.

Their certificates stand in a configuration that the Gateway refers to.
"""

from __future__ import annotations

from acmrules.readers.consumers import exact_hosts, uses_of
from acmrules.readers.kubernetes.objects import each, texts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.readers.consumers import CertificateUse
    from acmrules.readers.fields import Fields, Listed
    from acmrules.readers.kubernetes.objects import Object

CONFIGURATION = ("gateway.k8s.aws", "LoadBalancerConfiguration")
_GATEWAY = ("gateway.networking.k8s.io", "Gateway")
_ROUTES = tuple((_GATEWAY[0], kind) for kind in ("GRPCRoute", "HTTPRoute", "TLSRoute"))

TYPES = frozenset((CONFIGURATION, _GATEWAY, *_ROUTES))
"""The groups and kinds that have to do with Gateways."""


class Gateways:
    """The Gateways of a file by their configuration, and the hosts of routes by their Gateway."""

    __slots__ = ("_by_configuration", "_routed")

    def __init__(self, objects: Iterable[Object]) -> None:
        """Raise `Misfit` for what is not as it should be."""
        self._by_configuration: dict[tuple[str, str], list[Object]] = {}
        self._routed: dict[tuple[str, str], list[tuple[str, list[Listed]]]] = {}
        for found in objects:
            if found.type == _GATEWAY:
                configuration = found.spec.inner("infrastructure").inner("parametersRef")
                key = found.namespace, configuration.literal("name")
                self._by_configuration.setdefault(key, []).append(found)
            elif found.type in _ROUTES:
                for parent in each(found.spec, "parentRefs"):
                    namespace = parent.literal("namespace") or found.namespace
                    routed = parent.literal("sectionName"), found.spec.texts("hostnames")
                    key = namespace, parent.literal("name")
                    self._routed.setdefault(key, []).append(routed)

    def uses(self, configuration: Object) -> Iterator[CertificateUse]:
        """Yield how the listeners of a configuration use certificates; raises `Misfit`."""
        for listener in each(configuration.spec, "listenerConfigurations"):
            protocol_port = listener.literal("protocolPort")
            default = listener.text("defaultCertificate")
            certificates = [*([default] if default else []), *texts(listener, "certificates")]
            # With several certificates it is the client who decides which one it is shown.
            alone = len(certificates) == 1
            hosts = list(self._hosts(configuration, protocol_port)) if alone else []
            service = "alb" if protocol_port.startswith("HTTPS:") else "nlb"
            for use in uses_of(service, certificates, hosts):
                yield use.__replace__(hosts_known=False)

    def _hosts(self, configuration: Object, protocol_port: str) -> Iterator[Listed]:
        """Yield the hosts that are known to be served; routes elsewhere may add others."""
        for gateway in self._by_configuration.get(configuration.key, ()):
            for listener in each(gateway.spec, "listeners"):
                if protocol_port == f"{listener.literal('protocol')}:{listener.literal('port')}":
                    yield from self._hosts_of(gateway, listener)

    def _hosts_of(self, gateway: Object, listener: Fields) -> Iterator[Listed]:
        hostname, section = listener.text("hostname"), listener.literal("name")
        exact, _ = exact_hosts([[hostname]] if hostname else [])
        yield from exact
        within = str(hostname[0]).removeprefix("*") if hostname else ""
        for wanted, hosts in self._routed.get(gateway.key, ()):
            if not exact and wanted in {"", section}:
                routed, _ = exact_hosts([hosts])
                yield from (host for host in routed if str(host[0]).endswith(within))
