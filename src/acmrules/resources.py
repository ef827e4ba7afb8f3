"""Resources that consume a certificate or validate its names: consumers, zones, DNS records."""

from __future__ import annotations

from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.unresolved import ListedName, Text


class Consumer(Value):
    """A resource that serves TLS with a certificate.

    `service` is a key of `acmrules.services.SERVICES`. `certificate` is the address of a request
    in the same file, an ARN, or unknown. `hosts` are the names it is known to serve and
    `hosts_known` says whether these are all. `traits` name conditions of the service that this
    resource meets, such as `mutual-tls`. `endpoints` are what records lead to it by: addresses in
    the same file, names of DNS, imports; `recorded` are the names of those that do.
    """

    service: str
    address: str
    certificate: CertificateReference | Text | None = None
    hosts: tuple[ListedName, ...] = ()
    hosts_known: bool = False
    region: Text | None = None
    traits: frozenset[str] = frozenset()
    endpoints: tuple[str, ...] = ()
    recorded: tuple[ListedName, ...] = ()


class CertificateReference(Value):
    """A reference to a certificate that the same file requests, by its address there."""

    address: str

    def __str__(self) -> str:
        return self.address


class Zone(Value):
    """A hosted zone that the files declare; `zone_id` is its id or the reference to it."""

    name: ListedName
    zone_id: Text
    address: str
    private: bool = False


class CaaRecordSet(Value):
    """The CAA records that the files give one name, as `flags tag "value"` texts."""

    name: ListedName
    records: tuple[Text, ...]
    address: str


class Record(Value):
    """A record that leads from a name to what serves it: an alias record, or a CNAME.

    `endpoint` is what `target` stands for, as consumers have it among theirs; empty if that is not
    known.
    """

    name: ListedName
    target: Text
    address: str
    endpoint: str = ""
