"""Uses of certificates by resources: what the readers of all tools share."""

from __future__ import annotations

from acmrules.partial import head as known_start
from acmrules.readers.requests import listed
from acmrules.readers.texts import read_reference
from acmrules.resources import CertificateReference, Consumer
from acmrules.syntax.errors import TypeMismatchError
from acmrules.unresolved import Text, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Fields, Found, Listed
    from acmrules.resources import ControllerListener
    from acmrules.syntax.tree import Pointer

    Kind = Callable[[Fields], Iterator["CertificateUse"]]
    """A function that reads the uses of certificates from the properties of a resource type."""

OF_NETWORK_BALANCERS = frozenset(("TLS", "QUIC", "TCP_QUIC"))
"""The listener protocols that only Network Load Balancers have."""


class CertificateUse(Value):
    """A use of a certificate by a resource; with `hosts_known`, it serves no other hosts.

    `listener` describes a listener of the AWS Load Balancer Controller, and `secret` is the name of
    its TLS secret. The controller searches for certificates of the hosts `searched`.
    `account` is the account of the resource if another ARN in it reveals this.
    """

    service: str
    certificate: Found
    hosts: tuple[Listed, ...] = ()
    hosts_known: bool = False
    traits: frozenset[str] = frozenset()
    listener: ControllerListener | None = None
    secret: Found | None = None
    searched: tuple[Listed, ...] = ()
    account: str | None = None

    @property
    def is_of_acm(self) -> bool:
        """Whether the certificate is in ACM, not in IAM."""
        return ":iam:" not in str(self.certificate[0])


def uses_of(
    service: str, certificates: Iterable[Found | None], hosts: list[Listed], *traits: str
) -> Iterator[CertificateUse]:
    """Yield a use for each certificate that is set, all with the same hosts."""
    known = bool(hosts) and not any(isinstance(host, UnresolvedNames) for host, _, _ in hosts)
    for certificate in certificates:
        if certificate is not None:
            yield CertificateUse(service, certificate, tuple(hosts), known, frozenset(traits))


def simple_consumer(service: str, certificate: str, hosts: str = "") -> Kind:
    """Return the reader of a type with one certificate, from dotted paths to it and its hosts."""

    def read(properties: Fields) -> Iterator[CertificateUse]:
        parent, member = _member_at(properties, certificate)
        hosts_parent, hosts_member = _member_at(properties, hosts)
        yield from uses_of(service, [parent.text(member)], hosts_parent.texts(hosts_member))

    return read


def beanstalk(options: str, namespace: str, name: str, value: str) -> Kind:
    """Return the reader of an Elastic Beanstalk type, from the member names of its options."""

    def read(properties: Fields) -> Iterator[CertificateUse]:
        for option in properties.each(options):
            prefix = _OF_BEANSTALK.get(option.literal(name))
            if prefix and option.literal(namespace).startswith(prefix):
                yield from uses_of("elastic-beanstalk", [option.text(value)], [])

    return read


_OF_BEANSTALK = {"SSLCertificateArns": "aws:elbv2:listener:", "SSLCertificateId": "aws:elb:"}
"""The options that refer to certificates, and the prefix of their namespaces."""


def _member_at(properties: Fields, path: str) -> tuple[Fields, str]:
    *parents, member = path.split(".")
    for step in parents:
        properties = properties.inner(step)
    return properties, member


def exact_hosts(rules: Iterable[list[Listed]]) -> tuple[list[Listed], bool]:
    """Return the hosts in the rules of a listener, and whether it serves no others.

    A rule without a host serves all hosts.
    """
    hosts: list[Listed] = []
    known = True
    for named in rules:
        # A pattern does not determine which hosts exist.
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
    """Return the consumer for a use, and add the pointers to its values to `pointers`.

    `index` is the number of the consumer in its variant. `certificate` is the address of the
    certificate if it is in the same file. `head` is the pointer to the resource.
    """
    path = ("consumers", index)
    pointers[path] = head, None
    pointers[(*path, "certificate")] = use.certificate[1:]
    for number, host in enumerate(use.hosts):
        pointers[(*path, "hosts", number)] = host[1:]
    if use.secret is not None:
        pointers[(*path, "listener", "secret")] = use.secret[1:]
    found: CertificateReference | Text | None = None
    if certificate:
        found = CertificateReference(certificate)
    elif use.listener is None or not use.listener.finds_nothing:
        found = read_reference(use.certificate[0])
    return Consumer(
        use.service,
        address,
        found,
        tuple(map(listed, use.hosts)),
        use.hosts_known,
        None if region is None else read_reference(region),
        use.traits,
        listener=use.listener,
        account=use.account,
    )


def account_of(arn: Text | None) -> str | None:
    """Return the account in an ARN, `None` if it has none or that is unknown.

    >>> account_of("arn:aws:iam::210987654321:role/deploy")
    '210987654321'
    """
    begin = known_start(arn) if arn is not None else ""
    parts = begin.split(":", _ACCOUNT_PART + 1)
    is_arn = len(parts) > _ACCOUNT_PART + 1 and parts[0] == "arn"
    return parts[_ACCOUNT_PART] if is_arn and parts[_ACCOUNT_PART].isdecimal() else None


def account_of_member(fields: Fields, member: str) -> str | None:
    """Return the account in a member that is an ARN, `None` if it has none."""
    try:
        found = fields.text(member)
    except TypeMismatchError:
        return None
    return account_of(found[0]) if found else None


_ACCOUNT_PART = 4
