"""The listeners that the AWS Load Balancer Controller creates for Gateways and their routes.

Their certificates are in a configuration that the Gateway refers to.
"""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.readers.cluster.ingresses import FOUND, has_host
from acmrules.readers.cluster.objects import Object, each, texts, unknown
from acmrules.readers.consumers import CertificateUse, exact_hosts, uses_of
from acmrules.resources import ControllerListener

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from acmrules.readers.fields import Fields, Found, Listed

CONFIGURATION = ("gateway.k8s.aws", "LoadBalancerConfiguration")
_API = "gateway.networking.k8s.io"
_CLASS = (_API, "GatewayClass")
_GATEWAY = (_API, "Gateway")
_ROUTES = tuple((_API, kind) for kind in ("GRPCRoute", "HTTPRoute", "TLSRoute"))

TYPES = frozenset((CONFIGURATION, _CLASS, _GATEWAY, *_ROUTES))
"""The groups and kinds of Gateways, their classes, routes and configurations."""

_SERVICES = {"HTTPS": "alb", "TLS": "nlb"}
"""The services of listeners with a certificate, by protocol."""

_WITHOUT_TLS = frozenset(("HTTP", "TCP", "UDP"))
"""The protocols of listeners without a certificate."""


class Gateways:
    """The Gateways in a file by configuration, and the hosts of routes by Gateway."""

    __slots__ = ("_by_configuration", "_classes", "_configurations", "_routed")

    def __init__(self, objects: Iterable[Object]) -> None:
        """Raise `TypeMismatchError` for invalid objects."""
        self._by_configuration: dict[tuple[str, str], list[Object]] = {}
        self._classes: dict[str, Object] = {}
        self._configurations: dict[tuple[str, str], Object] = {}
        self._routed: dict[tuple[str, str], list[tuple[str, list[Listed]]]] = {}
        for manifest in objects:
            if manifest.type == _GATEWAY:
                key = manifest.namespace, _parameters(manifest).literal("name")
                self._by_configuration.setdefault(key, []).append(manifest)
            elif manifest.type == _CLASS:
                self._classes[manifest.key[1]] = manifest
            elif manifest.type == CONFIGURATION:
                self._configurations[manifest.key] = manifest
            elif manifest.type in _ROUTES:
                for parent in each(manifest.spec, "parentRefs"):
                    namespace = parent.literal("namespace") or manifest.namespace
                    routed = parent.literal("sectionName"), manifest.spec.texts("hostnames")
                    key = namespace, parent.literal("name")
                    self._routed.setdefault(key, []).append(routed)

    def uses(self, manifest: Object) -> Iterator[CertificateUse]:
        """Yield the uses in the listeners of a Gateway or of a configuration.

        Raises `TypeMismatchError`.
        """
        if manifest.type == CONFIGURATION:
            yield from self._uses_of_configuration(manifest)
        elif manifest.type == _GATEWAY:
            yield from self._uses_without_certificate(manifest)

    # Listeners with a certificate

    def _uses_of_configuration(self, configuration: Object) -> Iterator[CertificateUse]:
        for listener in each(configuration.spec, "listenerConfigurations"):
            protocol_port = listener.literal("protocolPort")
            certificates = _certificates(listener)
            # With several certificates, the client's request determines which one is served.
            alone = len(certificates) == 1
            hosts = list(self._hosts(configuration, protocol_port)) if alone else []
            service = "alb" if protocol_port.startswith("HTTPS:") else "nlb"
            plain = self._plain(configuration, protocol_port)
            for use in uses_of(service, certificates, hosts):
                yield use.__replace__(hosts_known=False, listener=plain)

    def _hosts(self, configuration: Object, protocol_port: str) -> Iterator[Listed]:
        """Yield the known hosts of a listener; routes in other files may add more."""
        for gateway in self._by_configuration.get(configuration.key, ()):
            for listener in each(gateway.spec, "listeners"):
                if protocol_port == _protocol_port(listener):
                    yield from self._hosts_of(gateway, listener)

    def _plain(self, configuration: Object, protocol_port: str) -> ControllerListener | None:
        """Return the listener that ignores the certificates of a port, `None` if one uses them.

        The protocol of a listener is that of the Gateway, and only HTTPS and TLS use certificates.
        """
        ports = [
            own
            for gateway in self._by_configuration.get(configuration.key, ())
            if _is_of_balancers(gateway, self._class_of(gateway))
            for listener in each(gateway.spec, "listeners")
            if (own := _protocol_port(listener)).partition(":")[2]
            == protocol_port.partition(":")[2]
        ]
        if ports and all(own.partition(":")[0] in _WITHOUT_TLS for own in ports):
            return ControllerListener("Gateway", has_arn=True, plain=ports[0])
        return None

    def _hosts_of(self, gateway: Object, listener: Fields) -> Iterator[Listed]:
        hostname, section = listener.text("hostname"), listener.literal("name")
        exact, _ = exact_hosts([[hostname]] if hostname else [])
        yield from exact
        suffix = str(hostname[0]).removeprefix("*") if hostname else ""
        for route_section, hosts in self._routed.get(gateway.key, ()):
            if not exact and route_section in {"", section}:
                routed, _ = exact_hosts([hosts])
                yield from (host for host in routed if str(host[0]).endswith(suffix))

    # Listeners without a certificate

    def _uses_without_certificate(self, gateway: Object) -> Iterator[CertificateUse]:
        """Yield the listeners for which the controller searches ACM, one for each port."""
        class_ = self._class_of(gateway)
        if not _is_of_balancers(gateway, class_):
            return
        configured, missing = self._configurations_of(gateway, class_)
        ports: dict[str, list[Fields]] = {}
        for listener in each(gateway.spec, "listeners"):
            if listener.literal("protocol") in _SERVICES and not _passes_through(listener):
                ports.setdefault(_protocol_port(listener), []).append(listener)
        for protocol_port, listeners in ports.items():
            if not configured.intersection(("", protocol_port.lower())):
                yield self._search(gateway, listeners, missing)

    def _class_of(self, gateway: Object) -> Object | None:
        return self._classes.get(gateway.spec.literal("gatewayClassName"))

    def _configurations_of(
        self, gateway: Object, class_: Object | None
    ) -> tuple[set[str], list[str]]:
        """Return the listeners with a certificate in configurations, and what is elsewhere.

        An unknown listener is an empty string.
        """
        references = [(_parameters(gateway), gateway.namespace)]
        missing = []
        if class_ is None:
            missing.append(f"the GatewayClass {quoted(gateway.spec.literal('gatewayClassName'))}")
        else:
            reference = class_.spec.inner("parametersRef")
            references.append((reference, reference.literal("namespace")))
        configured: set[str] = set()
        for reference, namespace in references:
            name = reference.literal("name")
            found = self._configurations.get((namespace, name))
            if name and found is None:
                missing.append(f"the LoadBalancerConfiguration {quoted(name)}")
            elif found is not None:
                configured.update(_configured(found))
        return configured, missing

    def _search(
        self, gateway: Object, listeners: list[Fields], missing: list[str]
    ) -> CertificateUse:
        own = [host for listener in listeners if (host := listener.text("hostname"))]
        sections = {"", *(listener.literal("name") for listener in listeners)}
        routes = [hosts for name, hosts in self._routed.get(gateway.key, ()) if name in sections]
        searched: list[Listed] = [host for host in own if host[0]]
        searched += [host for hosts in routes for host in hosts]
        # Without a route in this file, those in other files may have hosts.
        others = [] if searched or routes else ["a route in another file"]
        secret = next(filter(None, map(_secret, listeners)), None)
        first = listeners[0]
        protocol = first.text("protocol")
        assert protocol is not None  # noqa: S101  (one of `_SERVICES`)
        hosts, _ = exact_hosts([searched])
        return CertificateUse(
            _SERVICES[first.literal("protocol")],
            (FOUND, *protocol[1:]),
            tuple(hosts),
            listener=ControllerListener(
                "Gateway",
                searches=True,
                has_host=has_host(searched),
                elsewhere=" or ".join([*missing, *others]),
                secret=str(secret[0]) if secret else "",
            ),
            secret=secret,
            searched=tuple(searched),
        )


def _parameters(gateway: Object) -> Fields:
    return gateway.spec.inner("infrastructure").inner("parametersRef")


def _is_of_balancers(gateway: Object, class_: Object | None) -> bool:
    """Return whether the AWS Load Balancer Controller serves a Gateway."""
    controller = class_.spec.literal("controllerName") if class_ else ""
    if controller:
        return controller.startswith(f"{CONFIGURATION[0]}/")
    return _parameters(gateway).literal("group") == CONFIGURATION[0]


def _protocol_port(listener: Fields) -> str:
    return f"{listener.literal('protocol')}:{listener.literal('port')}"


def _passes_through(listener: Fields) -> bool:
    """Return whether the pods, not the load balancer, have the certificate."""
    return listener.inner("tls").literal("mode") == "Passthrough"


def _certificates(listener: Fields) -> list[Found]:
    default = listener.text("defaultCertificate")
    return [*([default] if default else []), *texts(listener, "certificates")]


def _configured(configuration: Object) -> Iterator[str]:
    for listener in each(configuration.spec, "listenerConfigurations"):
        if _certificates(listener):
            yield listener.literal("protocolPort").lower()
    yield from ("" for _ in unknown(configuration.spec, "listenerConfigurations"))


def _secret(listener: Fields) -> Found | None:
    """Return the name of the first TLS secret of a listener."""
    names = (reference.text("name") for reference in each(listener.inner("tls"), "certificateRefs"))
    return next(filter(None, names), None)
