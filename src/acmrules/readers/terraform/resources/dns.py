"""DNS resources of Terraform (hosted zones, records, CAA records), and endpoints of consumers."""

from __future__ import annotations

from acmrules.facts import tools
from acmrules.names import DomainName
from acmrules.partial import wildcard_parent
from acmrules.readers.dns import (
    HOST_TYPES,
    DnsResources,
    absolute,
    caa_set,
    endpoint_named,
    host_record,
    zone_record,
)
from acmrules.readers.terraform.resources.blocks import block_attributes
from acmrules.readers.terraform.resources.consumers import (
    BALANCERS,
    LISTENER_CERTIFICATE,
    LISTENER_RESOURCES,
    canonical_name,
    listener_of,
)
from acmrules.readers.terraform.resources.references import (
    AUTHORITIES,
    LISTENER,
    RECORD,
    ZONE,
    referenced_resource,
    steps,
    text_or_none,
)
from acmrules.request import CertificateRequest, ValidationMethod, ValidationOption
from acmrules.resources import Authority, CaaRecordSet, Record, Zone, ZoneRecord
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import KEY
from acmrules.unresolved import Malformed, Unknown, Unresolved, UnresolvedNames, read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from acmrules.model.locations import Origin, PointerMap
    from acmrules.readers.fields import Fields, Found
    from acmrules.readers.terraform.resources.consumers import Attached
    from acmrules.syntax.tree import Pointer
    from acmrules.unresolved import ListedName, Text


_DNS_NAME_ATTRIBUTES = {
    "aws_api_gateway_domain_name": ("cloudfront_domain_name", "regional_domain_name"),
    "aws_appsync_domain_name": ("appsync_domain_name",),
    "aws_cloudfront_distribution": ("domain_name",),
    "aws_cognito_user_pool_domain": ("cloudfront_distribution",),
    "aws_elastic_beanstalk_environment": ("cname", "endpoint_url"),
    "aws_elb": ("dns_name",),
    "aws_transfer_server": ("endpoint",),
    **dict.fromkeys(BALANCERS, ("dns_name",)),
}
"""The attributes that contain the DNS names of a consumer, by type."""


def endpoint(target: Text) -> str:
    """Return the target of a record: the address of a resource, a DNS name, or `` if unknown.

    >>> endpoint(Unresolved(("dualstack.", Unknown("${module.x.aws_lb.y[0].dns_name}"))))
    'module.x.aws_lb.y[0]'
    """
    if isinstance(target, str):
        return endpoint_named(target) if target else ""
    label = str(target).removeprefix("dualstack.")
    path = (
        steps(label[2:-1]) if label.startswith("${") and label.find("}") == len(label) - 1 else []
    )
    place = 0
    while path[place : place + 1] == [("module", "")]:
        place += 2
    if len(path) < place + 3 or path[place][0] == "data":
        return ""
    return ".".join(step + f"[{key}]" * bool(key) for step, key in path[: place + 2])


def endpoints(
    kind: str,
    address: str,
    fields: Fields,
    attached: Attached,
    balancers: Mapping[str, tuple[str, Fields]],
) -> tuple[str, ...]:
    """Return the addresses and DNS names by which records point to a consumer.

    For a listener, these are the ones of its load balancer, which a known ARN identifies.
    """
    attributes = block_attributes(fields)
    if canonical_name(kind) == LISTENER_CERTIFICATE:
        arn = text_or_none(attributes, "listener_arn")
        listeners = attached.get((LISTENER, listener_of(arn[0])), ()) if arn else ()
        if not listeners:
            return ()
        attributes = listeners[0]
    if canonical_name(kind) in LISTENER_RESOURCES:
        arn = text_or_none(attributes, "load_balancer_arn")
        known = balancers.get(str(arn and arn[0]))
        if known is None:
            found = endpoint(arn[0]) if arn and isinstance(arn[0], Unresolved) else ""
            return (found,) if found else ()
        address, attributes = known
        kind = "aws_lb"
    names = (text_or_none(attributes, member) for member in _DNS_NAME_ATTRIBUTES.get(kind, ()))
    texts = (name[0] for name in names if name)
    return (address, *(endpoint_named(text) for text in texts if isinstance(text, str) and text))


def dns_resources(
    resources: Iterable[tuple[str, str, Fields]],
    host_records: Iterable[tuple[str, Fields]] = (),
) -> DnsResources:
    """Return the zones, the CAA records, the host records and the private CAs among resources.

    `resources` have a type, an address and fields; `host_records` have an address and fields.
    Invalid resources are omitted.
    """
    records: list[Record] = []
    zones: list[Zone] = []
    caa: list[CaaRecordSet] = []
    pointers: PointerMap = {}
    names: dict[Text, ListedName] = {}
    placed: list[ZoneRecord] = []
    resources = tuple(resources)
    for kind, address, fields in sorted(resources, key=lambda resource: resource[0] == RECORD):
        here = (*fields.pointer, KEY)
        try:
            if kind == ZONE and (zone := _zone(address, fields)):
                pointers["zones", len(zones)] = here, None
                zones.append(zone)
                names[zone.zone_id] = zone.name
            elif kind == RECORD and (record_set := _caa(address, fields, names)):
                pointers["caa", len(caa)] = here, None
                caa.append(record_set)
            elif kind == RECORD and (record := _placed(address, fields, names)):
                pointers["zone_records", len(placed)] = here, None
                placed.append(record)
        except TypeMismatchError:
            continue
    for address, fields in host_records:
        try:
            for host, pointer in _host_records(address, fields, names):
                pointers["records", len(records)] = pointer
                records.append(host)
        except TypeMismatchError:
            continue
    private = [
        (kind, address, block_attributes(fields))
        for kind, address, fields in resources
        if kind in AUTHORITIES
    ]
    found: tuple[Authority, ...] = ()
    if private:
        from acmrules.readers.authorities import TERRAFORM, authorities

        found = authorities(private, TERRAFORM)
        heads = {address: (*fields.pointer, KEY) for _, address, fields in private}
        for index, authority in enumerate(found):
            pointers["authorities", index] = heads[authority.address], None
    return DnsResources(tuple(zones), tuple(caa), pointers, tuple(records), found, tuple(placed))


def _zone(address: str, fields: Fields) -> Zone | None:
    name = fields.text("name")
    if name is None or not name[0]:
        return None
    found = fields.text("zone_id")
    zone_id = Unresolved((Unknown(f"${{{address}.zone_id}}"),)) if found is None else found[0]
    attributes = block_attributes(fields)
    private = "vpc" in attributes or attributes.literal("private_zone") == "true"
    return Zone(absolute(name[0]), _zone_id(zone_id), address, private)


def zone_of(record: Fields) -> Found | None:
    """Return the id of a record's zone, in one spelling for each zone."""
    found = record.text("zone_id")
    return found and (_zone_id(found[0]), *found[1:])


def _zone_id(text: Text) -> Text:
    if isinstance(text, str):
        return text.removeprefix(tools.ZONE_ID_WRONG_PREFIX.value)
    found = referenced_resource(text, (ZONE,))
    return Unresolved((Unknown(f"${{{found[1]}.zone_id}}"),)) if found else text


def _caa(address: str, fields: Fields, zones: Mapping[Text, ListedName]) -> CaaRecordSet | None:
    zone, name = zone_of(fields), fields.text("fqdn") or fields.text("name")
    if fields.literal("type") != "CAA" or name is None or zone is None:
        return None
    full = _full_name(name[0], zones.get(zone[0]))
    return caa_set(full, fields.texts("records"), address)


def _placed(address: str, fields: Fields, zones: Mapping[Text, ListedName]) -> ZoneRecord | None:
    zone, full, name = zone_of(fields), fields.text("fqdn"), fields.text("name")
    written = full or name
    if zone is None or written is None:
        return None
    values = fields.texts("records") if fields.literal("type") == "NS" else None
    known = zones.get(zone[0])
    found = zone_record(_full_name(written[0], known), zone[0], address, values)
    complete = full is not None or known is not None or str(written[0]).endswith(".")
    return found and found.__replace__(complete=complete)


def _host_records(
    address: str, fields: Fields, zones: Mapping[Text, ListedName]
) -> Iterator[tuple[Record, tuple[Pointer, Origin | None]]]:
    kind, name, zone = fields.literal("type"), fields.text("name"), zone_of(fields)
    if kind not in HOST_TYPES or name is None or zone is None:
        return
    alias = block_attributes(fields).inner("alias").text("name")
    others = fields.texts("records")[:1] if kind == "CNAME" else []
    for target, _, _ in [alias] if alias else others:
        if not isinstance(target, UnresolvedNames):
            full = _full_name(name[0], zones.get(zone[0]))
            found = host_record(full, target, address, endpoint(target))
            yield from [(found, name[1:])] if found else ()


def _full_name(name: Text, zone: ListedName | None) -> ListedName:
    """Return the full name of a record: the provider appends the zone's name if it is missing."""
    if isinstance(name, str):
        bare_name = name.removesuffix(".").lower()
        if isinstance(zone, DomainName) and not f".{bare_name}".endswith(f".{zone}"):
            return read_name(f"{bare_name}.{zone}".removeprefix("."))
        if not isinstance(zone, DomainName) and "." not in bare_name:
            return Unresolved((*filter(None, [bare_name]), Unknown("the zone's name")))
    return absolute(name)


def with_zones(
    request: CertificateRequest, zones: Mapping[str, Found | None], pointers: PointerMap
) -> CertificateRequest:
    """Return a request with a validation option for each zone that its records reveal.

    `zones` maps a name without `*.` to the id of its zone, and the empty string to the zone of all
    other names. A name and its wildcard share one option, as they share one record.
    """
    if request.validation_method is not ValidationMethod.DNS or request.is_private:
        return request
    options = list(request.validation_options)
    stems = dict.fromkeys(wildcard_parent(name) or name for name in request.names)
    for stem in stems:
        found = zones.get(str(stem)) or zones.get("")
        if found and not isinstance(stem, UnresolvedNames | Malformed):
            path = ("validation_options", len(options))
            pointers[path] = pointers[(*path, "hosted_zone_id")] = found[1:]
            options.append(ValidationOption(stem, None, found[0]))
    return request.__replace__(validation_options=tuple(options))
