"""Resources that consume a certificate or validate its names: consumers, zones, DNS records."""

from __future__ import annotations

from datetime import date

from acmrules.unresolved import ListedName, Text, UnresolvedNames
from acmrules.values import Value

HTTP_VERSION = "http-version="
"""The prefix of the trait with the HTTP version of a distribution, such as `http2`."""


OTHER_HTTP_VERSION = "other-http-version"
"""The trait of a distribution if another one with the same certificate has another version."""


ACME_ENDPOINT = "acme-endpoint"
"""The trait of a consumer whose certificate is the ARN of an ACME endpoint."""


class Consumer(Value):
    """A resource that serves TLS with a certificate.

    `service` is a key of `acmrules.services.SERVICES`. `certificate` is the address of a request
    in the same file, an ARN, or unknown. `hosts` are the known names that the resource serves, and
    `hosts_known` is true if they are all of them. `traits` are ids of service conditions that
    apply to the resource, such as `mutual-tls`, or values for one (`HTTP_VERSION`). `endpoints`
    identify the resource as the target of records: addresses in the same file, DNS names, imports.
    `recorded` are the names of the records that point to it. `issuance` is what a Terraform
    resource waits for, `None` if that does not matter or if it waits. `found_in` is the Region in
    which a data source looks for the certificate. `listener` describes how the AWS Load Balancer
    Controller obtains the certificate, if it creates the resource. `account` is that of the
    resource, and `certificate_account` that of its certificate, if a file reveals them.
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
    issuance: Issuance | None = None
    found_in: Text | None = None
    listener: ControllerListener | None = None
    account: str | None = None
    certificate_account: str | None = None


class ControllerListener(Value):
    """How the AWS Load Balancer Controller obtains the certificate of a listener.

    `kind` is that of the object: an `Ingress` or a `Gateway`. Without an ARN (`has_arn`), the
    controller `searches` ACM for certificates of the hosts, if the listener serves HTTPS.
    `has_host` is whether there is a host, `None` if that is unknown; with `is_covered`, the
    certificates of the same file cover all of them. `elsewhere` describes what may contain an ARN
    or a host outside the file. `mixed` is a host, and the addresses of a public and of a private
    certificate that the controller finds for it. `awaited` is a host whose certificate the same
    file only requests, without its validation record.

    `secret` is the name of a TLS secret, which the controller ignores, and `has_issuer` is whether
    cert-manager issues it. With `creates`, the controller requests a certificate for the hosts.
    `version` is that of the controller, empty if it is unknown. `plain` is the protocol and port of
    the listener, such as `TCP:443`, if it has an ARN that it does not use, since it serves no TLS.
    """

    kind: str
    has_arn: bool = False
    searches: bool = False
    has_host: bool | None = True
    is_covered: bool = False
    elsewhere: str = ""
    secret: str = ""
    has_issuer: bool = False
    creates: bool = False
    version: str = ""
    plain: str = ""
    mixed: tuple[str, ...] = ()
    awaited: str = ""

    @property
    def finds_nothing(self) -> bool:
        """Whether the controller searches ACM without a host."""
        return self.searches and self.has_host is False


class BalancerOrigin(Value):
    """The own DNS name of a load balancer, as an origin that CloudFront connects to with HTTPS.

    `always` is false if the protocol is that of the viewer, which may be HTTP. `forwards_host` is
    whether CloudFront sends the viewer's `Host` header to it, `None` if that is unknown. `in_vpc`
    is whether it is a VPC origin.
    """

    domain_name: Text
    always: bool
    forwards_host: bool | None
    in_vpc: bool = False


class Distribution(Value):
    """The settings of a CloudFront distribution that do not depend on one certificate of ACM.

    `has_default_certificate` is whether it has the certificate of CloudFront itself, `None` if that
    is unknown. `origins` are only those that are load balancers.
    """

    aliases: tuple[ListedName, ...] = ()
    has_default_certificate: bool | None = False
    origins: tuple[BalancerOrigin, ...] = ()


class CertificateReference(Value):
    """A reference to a certificate request in the same file, by its address."""

    address: str

    def __str__(self) -> str:
        return self.address


class Issuance(Value):
    """What a Terraform resource uses as its certificate, and what waits until ACM issues it.

    `taken` is the expression in the file. `awaited_by` are the addresses of the resources that wait
    for the certificate, empty if there are none, and `None` if that is unknown. With `optional`, a
    condition determines whether they exist, or without them, whether the consumer does.
    `attribute` is the expression to use instead, empty if the files do not determine it. It equals
    `taken` if the consumer waits.
    """

    taken: str
    awaited_by: tuple[str, ...] | None
    optional: bool = False
    attribute: str = ""


class ValidationWait(Value):
    """A Terraform resource that waits for a certificate, `aws_acm_certificate_validation`.

    `region` is the Region in which it looks for the certificate. `records_of` are the addresses of
    other certificates if it waits for their records only. `validated` are the names of these
    certificates, `None` if one of them is unknown; `undeclared` are those that no file declares.
    """

    address: str
    region: Text | None = None
    records_of: tuple[str, ...] = ()
    validated: tuple[ListedName, ...] | None = ()
    undeclared: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.address


class DataSource(Value):
    """A Terraform data source that may look for a certificate by its primary name.

    `region` is the Region in which it looks. `key_types` are the key algorithms that it looks for;
    without any, it looks for those that ACM lists by default. It `depends` on the certificate if
    it refers to it, so that it certainly looks for this one. `awaited_by` are the addresses of the
    resources that wait for the certificate if it looks before they end, otherwise `None`. With
    `is_used`, a consumer in the same files uses what it finds. With `is_needed`, the first of the
    resources that wait does.
    """

    address: str
    region: Text | None = None
    key_types: tuple[Text | UnresolvedNames, ...] = ()
    depends: bool = False
    awaited_by: tuple[str, ...] | None = None
    is_used: bool = False
    is_needed: bool = False

    def __str__(self) -> str:
        return self.address


class Zone(Value):
    """A hosted zone that the files declare; `zone_id` is its id or a reference to it."""

    name: ListedName
    zone_id: Text
    address: str
    private: bool = False


class ZoneRecord(Value):
    """A record with a known zone: what it reveals about the zone, or delegates from it.

    `name_servers` are the values of an `NS` record, `None` for a record of another type. `zone_id`
    is the id of the zone or a reference to it, as in `Zone`. If the name is not `complete`, the
    tool may append the name of the zone.
    """

    name: ListedName
    zone_id: Text
    address: str
    name_servers: tuple[Text, ...] | None = None
    complete: bool = True


class ValidationRecord(Value):
    """A DNS validation record that a configuration creates; `name` has no `*.`.

    `overwrites` is whether the record may replace an existing one, `None` if this is unknown or
    if the record is that of another certificate with the same name. `service` is the DNS service,
    empty for Route 53. `is_hidden` is whether ACM cannot find the record, because the service
    proxies it or its name is not ACM's; `None` if this is unknown.
    """

    name: ListedName
    zone_id: Text | None
    address: str
    overwrites: bool | None = False
    service: str = ""
    is_hidden: bool | None = False


class CaaRecordSet(Value):
    """The CAA records of a name in the files, as strings of the form `flags tag "value"`."""

    name: ListedName
    records: tuple[Text, ...]
    address: str


class Authority(Value):
    """A private CA that the files declare.

    `arns` are the references to it, and its ARN if it is known. `is_short_lived` is its usage mode.
    `may_renew` is whether a permission in the files allows ACM to renew. Both are `None` if they
    are unknown. The certificate of the CA ends on `last_day`, or at most `days` after it is issued,
    if the files say so. `key_algorithm` is that of its own key, `None` if it is unknown.
    """

    arns: tuple[Text, ...]
    address: str
    is_short_lived: bool | None = False
    may_renew: bool | None = False
    last_day: date | None = None
    days: int | None = None
    key_algorithm: str | None = None


class Record(Value):
    """A record that points from a name to the resource that serves it: an alias or a CNAME.

    `endpoint` is the endpoint that `target` refers to, in the spelling of `Consumer.endpoints`, or
    empty if it is unknown.
    """

    name: ListedName
    target: Text
    address: str
    endpoint: str = ""
