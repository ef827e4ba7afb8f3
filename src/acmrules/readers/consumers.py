"""How resources use certificates, whatever tool declares them."""

from __future__ import annotations

from acmrules.readers.requests import listed
from acmrules.resources import CertificateReference, Consumer
from acmrules.unresolved import UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Fields, Found, Listed
    from acmrules.syntax.tree import Pointer
    from acmrules.unresolved import Text

    Kind = Callable[[Fields], Iterator["CertificateUse"]]
    """The reader of a kind of resource, from its properties."""

OF_NETWORK_BALANCERS = frozenset(("TLS", "QUIC", "TCP_QUIC"))
"""The protocols of listeners that Network Load Balancers have, and Application ones have not."""


class CertificateUse(Value):
    """How a resource uses a certificate; `hosts_known` says that it serves no other names."""

    service: str
    certificate: Found
    hosts: tuple[Listed, ...] = ()
    hosts_known: bool = False
    traits: frozenset[str] = frozenset()

    @property
    def is_of_acm(self) -> bool:
        """Whether the certificate is none of IAM's."""
        return ":iam:" not in str(self.certificate[0])


def uses_of(
    service: str, certificates: Iterable[Found | None], hosts: list[Listed], *traits: str
) -> Iterator[CertificateUse]:
    """Yield the use of each certificate that is there, all for the same hosts."""
    known = bool(hosts) and not any(isinstance(host, UnresolvedNames) for host, _, _ in hosts)
    for certificate in certificates:
        if certificate is not None:
            yield CertificateUse(service, certificate, tuple(hosts), known, frozenset(traits))


def simple_consumer(service: str, certificate: str, hosts: str = "") -> Kind:
    """Return the reader of a kind with one certificate and its hosts, both as dotted ways."""

    def read(properties: Fields) -> Iterator[CertificateUse]:
        holder, member = _at(properties, certificate)
        names, listed = _at(properties, hosts)
        yield from uses_of(service, [holder.text(member)], names.texts(listed))

    return read


def beanstalk(options: str, namespace: str, name: str, value: str) -> Kind:
    """Return the reader of an Elastic Beanstalk kind, from what it calls its options."""

    def read(properties: Fields) -> Iterator[CertificateUse]:
        for option in properties.each(options):
            wanted = _OF_BEANSTALK.get(option.literal(name))
            if wanted and option.literal(namespace).startswith(wanted):
                yield from uses_of("elastic-beanstalk", [option.text(value)], [])

    return read


_OF_BEANSTALK = {"SSLCertificateArns": "aws:elbv2:listener:", "SSLCertificateId": "aws:elb:"}
"""The options that name certificates, with how their namespaces begin."""


def _at(properties: Fields, way: str) -> tuple[Fields, str]:
    *outer, member = way.split(".")
    for step in outer:
        properties = properties.inner(step)
    return properties, member


def exact_hosts(rules: Iterable[list[Listed]]) -> tuple[list[Listed], bool]:
    """Return the hosts by which rules of a listener choose, and whether it serves no others.

    A rule that names no host serves any.
    """
    hosts: list[Listed] = []
    known = True
    for named in rules:
        # A pattern does not say which of the hosts that fit it there are.
        exact = [host for host in named if not {"*", "?"}.intersection(str(host[0]))]
        hosts += exact
        known = known and bool(named) and len(exact) == len(named)
    return hosts, known


def consumer_of(
    use: CertificateUse,
    address: str,
    index: int,
    *,
    certificate: str | None,
    region: Text | None,
    pointers: PointerMap,
    head: Pointer,
) -> Consumer:
    """Return a use as the consumer of that number, with where its values stand put into `pointers`.

    `certificate` is the address of the request it uses, if that is here; `head` leads to the
    resource.
    """
    path = ("consumers", index)
    pointers[path] = head, None
    pointers[(*path, "certificate")] = use.certificate[1:]
    for number, host in enumerate(use.hosts):
        pointers[(*path, "hosts", number)] = host[1:]
    return Consumer(
        use.service,
        address,
        CertificateReference(certificate) if certificate else use.certificate[0],
        tuple(map(listed, use.hosts)),
        use.hosts_known,
        region,
        use.traits,
    )
