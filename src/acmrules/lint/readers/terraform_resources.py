"""What the resources of Terraform's AWS provider mean: certificates, consumers, zones, records.

Everything is read from the evaluated attributes of one resource, nested blocks as lists of
mappings, be they those of a configuration, a plan or a state. The names of attributes are those of
the provider's documentation.
"""

from __future__ import annotations

import re

from acmrules.facts import tools
from acmrules.lint.readers.evaluated import Terraform, bare
from acmrules.lint.readers.fields import Fields
from acmrules.lint.readers.places import KEY, Misfit
from acmrules.lint.readers.requests import Words, read_request, read_text
from acmrules.lint.readers.surroundings import (
    LEADING,
    Surroundings,
    absolute,
    caa_set,
    endpoint_named,
    leading,
)
from acmrules.lint.readers.uses import (
    OF_NETWORK_BALANCERS,
    beanstalk,
    plain,
    told_apart,
    uses_of,
)
from acmrules.names import DomainName
from acmrules.partial import wildcard_parent
from acmrules.request import (
    ImportedCertificate,
    Malformed,
    Tag,
    Unknown,
    Unresolved,
    UnresolvedNames,
    ValidationMethod,
    ValidationOption,
    Zone,
    read_name,
)
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from acmrules.lint.readers.fields import Element, Found, Listed
    from acmrules.lint.readers.places import Data, Origin, Pointer, Spots
    from acmrules.lint.readers.uses import Kind, Use
    from acmrules.request import (
        CaaRecordSet,
        CertificateRequest,
        ListedName,
        Path,
        Record,
        Text,
    )

    Attached = Mapping[tuple[str, str], list[Fields]]
    """Listeners and what is attached to them, by type and the listener's identity."""

CERTIFICATE = "aws_acm_certificate"
VALIDATION = "aws_acm_certificate_validation"
ZONE = "aws_route53_zone"
RECORD = "aws_route53_record"

_LISTENER = "aws_lb_listener"
_LISTENER_RULE = "aws_lb_listener_rule"
_LISTENER_CERTIFICATE = "aws_lb_listener_certificate"
_OTHER_LISTENER = "aws_alb_listener"
_ATTACHED = (_LISTENER, _LISTENER_RULE, _LISTENER_CERTIFICATE)

IDENTITIES = {
    CERTIFICATE: ("arn", "id"),
    VALIDATION: ("certificate_arn",),
    ZONE: ("zone_id", "id"),
    _LISTENER: ("arn", "id"),
    _OTHER_LISTENER: ("arn", "id"),
}
"""The attributes that stand for a resource where another one refers to it, by type."""

_find_steps = re.compile(r'([^.\[]+)(?:\[("(?:[^"\\]|\\.)*"|[^\]]*)\])?').findall

WORDS = Words(
    "domain_name",
    "subject_alternative_names",
    "validation_method",
    "validation_option",
    "domain_name",
    "validation_domain",
    "",
    "key_algorithm",
    "certificate_authority_arn",
    "",
    "",
    "",
    "",
    "",
)
"""The words of the resource `aws_acm_certificate`; its tags are a mapping, read by themselves."""

IMPORTING = ("certificate_body", "private_key", "certificate_chain")


# References ---------------------------------------------------------------------------------------


class Reference(Value):
    """The resource that an expression refers to: its address, and the key of the instance meant.

    The key is written as in the address, `0` or `"a"`; it is empty where the expression has none,
    or none that is known.
    """

    address: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.address}[{self.key}]" if self.key else self.address

    def fits(self, address: str) -> bool:
        """Say whether the instance at an address may be meant."""
        return address == str(self) or (not self.key and address.startswith(f"{self.address}["))


def reference(text: Text, validated: Mapping[str, Reference] = {}) -> Reference | None:
    """Return the certificate whose ARN a text is, if the text is a reference and nothing else.

    `validated` are the certificates that stand behind validations, as of `validations`.

    >>> label = '${module.x.aws_acm_certificate.y["a.io"].arn}'
    >>> str(reference(Unresolved((Unknown(label),))))
    'module.x.aws_acm_certificate.y["a.io"]'
    """
    found = _referred(text, (CERTIFICATE, VALIDATION))
    if found is None or found[0] == CERTIFICATE:
        return found and found[1]
    return validated.get(str(found[1])) or validated.get(found[1].address)


def validations(resources: Iterable[tuple[str, str, Fields]]) -> dict[str, Reference]:
    """Return the certificate of each `aws_acm_certificate_validation`, by its address.

    The address without the key of an instance stands for all of its instances.
    """
    validated: dict[str, Reference] = {}
    for kind, address, fields in resources:
        arn = _found(fields, "certificate_arn") if kind == VALIDATION else None
        certificate = arn and reference(arn[0])
        if certificate:
            key = key_of(address)
            whole = address.removesuffix(f"[{key}]")
            other = validated.get(whole, certificate)
            validated[whole] = other if other == certificate else Reference(other.address)
            validated[address] = certificate
    return validated


def _found(fields: Fields, member: str) -> Found | None:
    """Return a text, `None` for what is none: that is for others to say."""
    try:
        return fields.text(member)
    except Misfit:
        return None


def _referred(text: Text, types: Iterable[str]) -> tuple[str, Reference] | None:
    """Return the type and the address of the resource that a text stands for as a whole."""
    if isinstance(text, str) or len(text.parts) != 1:
        return None
    label = str(text).removeprefix("${").removesuffix("}")
    if not any(kind in label for kind in types):
        return None
    *path, (kind, _), (name, key), (attribute, _) = [("", "")] * 3 + steps(label)
    if kind not in types or attribute not in IDENTITIES[kind]:
        return None
    if path[-1:] == [("data", "")] and kind != ZONE:
        return None
    address = ".".join(step + f"[{k}]" * bool(k) for step, k in [*path[3:], (kind, ""), (name, "")])
    if not key or key.isdecimal() or key.startswith('"'):
        return kind, Reference(address, key)
    return (kind, Reference(address)) if kind in {CERTIFICATE, VALIDATION} else None


def steps(address: str) -> list[tuple[str, str]]:
    """Return the parts of an address between its dots, each with the key in brackets behind it.

    >>> steps('module.x["a.io"].aws_acm_certificate.y[0]')
    [('module', ''), ('x', '"a.io"'), ('aws_acm_certificate', ''), ('y', '0')]
    """
    return _find_steps(address) if "[" in address else [(step, "") for step in address.split(".")]


def key_of(address: str) -> str:
    """Return the key of the instance that an address is of, empty where there is none."""
    return [("", ""), *steps(address)][-1][1]


# Certificates -------------------------------------------------------------------------------------


def read_certificate(
    fields: Fields,
    spots: Spots,
    region: Text | None = None,
    *,
    create_before_destroy: bool | None = None,
) -> CertificateRequest | ImportedCertificate:
    """Return what a resource asks of ACM, or that it brings a certificate along.

    Where each value stands is put into `spots`; `region` is that of the provider. Raises `Misfit`.
    """
    importing = [member for member in IMPORTING if _is_given(fields, member)]
    private = _is_given(fields, WORDS.authority)
    unvalidated = fields.literal(WORDS.method) == _UNVALIDATED
    if (importing and WORDS.domain_name not in fields) or (unvalidated and not private):
        return ImportedCertificate(create_before_destroy)
    logging = "certificate_transparency_logging_preference"
    request = read_request(
        fields,
        spots,
        WORDS,
        export=_option(fields, "export", ("export",), spots),
        transparency_logging=_option(fields, logging, ("transparency_logging",), spots),
        region=read_text(fields, "region", ("region",), spots) or region,
    )
    for index, member in enumerate(importing):
        # Where the attribute is named: what it holds may be a private key.
        spots["import_fields", index] = (*fields.pointer, member, KEY), None
    blank = {field: None for field in _MAY_BE_BLANK if str(getattr(request, field)) in _BLANK}
    return request.__replace__(
        tags=tuple(_tags(fields, spots)),
        import_fields=tuple(importing),
        create_before_destroy=create_before_destroy,
        **blank,
    )


_UNVALIDATED = "NONE"
"""The provider's word for the method of a certificate that was imported, or issued privately."""

_BLANK = ("", _UNVALIDATED)
"""Texts that the provider takes for none."""

_MAY_BE_BLANK = ("validation_method", "key_algorithm", "certificate_authority_arn")


def _option(fields: Fields, member: str, path: Path, spots: Spots) -> Text | None:
    """Return a member of the block `options`, unknown if the block is."""
    attributes = _attributes(fields)
    if "options" in attributes:
        block, pointer = _BLOCKS.settle(*attributes.member("options"))
        if unknown := _BLOCKS.unknown(block, pointer):
            spots[path] = pointer, None
            return unknown
    return read_text(attributes.inner("options"), member, path, spots)


def _is_given(fields: Fields, member: str) -> bool:
    found = fields.text(member)
    return found is not None and found[0] != ""


def _tags(fields: Fields, spots: Spots) -> Iterator[Tag | Unresolved]:
    """Yield the tags; those of the provider are among them where a plan or a state tells them."""
    member = "tags_all" if type(bare(fields.data.get("tags_all"))) is dict else "tags"
    if member not in fields:
        return
    tags, pointer = fields.language.settle(*fields.member(member))
    spots["tags",] = pointer, None
    unknown = fields.language.unknown(tags, pointer)
    if unknown:
        spots["tags", 0] = pointer, None
        yield unknown
        return
    for index, key in enumerate(Fields(fields.language, tags, pointer).data):
        path = ("tags", index)
        spots[path] = (*pointer, key), None
        spots[(*path, "key")] = (*pointer, key, KEY), None
        value = read_text(Fields(fields.language, tags, pointer), key, (*path, "value"), spots)
        yield Tag(key, "" if value is None else value)


# Consumers ----------------------------------------------------------------------------------------


class _Blocks(Terraform):
    """The language of attributes, in which a block is a list of one mapping, and a text one of one.

    No block is an empty list.
    """

    def settle(self, data: Data, pointer: Pointer) -> Element:
        """Return the data, of a list of one mapping the mapping."""
        data, pointer = super().settle(data, pointer)
        if type(data) is list:
            if not data:
                return None, pointer
            if len(data) == 1 and type(bare(data[0])) is dict:
                return bare(data[0]), (*pointer, 0)
        return data, pointer

    def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
        """Return a list of texts, or one text as a list."""
        if isinstance(bare(data), str | Unresolved):
            found = self.text(data, pointer)
            return [found] if found and found[0] else []
        return super().texts(data, pointer)


_BLOCKS = _Blocks()


def _attributes(fields: Fields) -> Fields:
    return Fields(_BLOCKS, fields.data, fields.pointer)


def uses(kind: str, address: str, fields: Fields, attached: Attached) -> Iterator[Use]:
    """Yield how a resource of a kind uses certificates of ACM; raises `Misfit`."""
    attributes = _attributes(fields)
    if kind in KINDS:
        found = KINDS[kind](attributes)
    elif kind in _BY_LISTENER:
        found = _BY_LISTENER[kind](address, attributes, attached)
    else:
        return
    yield from (use for use in found if use.certificate[0] and use.is_of_acm)


def attachments(resources: Iterable[tuple[str, str, Fields]]) -> Attached:
    """Return listeners and what is attached to them, from the type and address of each resource."""
    attached: dict[tuple[str, str], list[Fields]] = {}
    for named, address, fields in resources:
        kind = _same(named)
        if kind in _ATTACHED:
            attributes = _attributes(fields)
            for identity in _identities(kind, address, attributes):
                attached.setdefault((kind, identity), []).append(attributes)
    return attached


def _same(name: str) -> str:
    """Return a type or an address with the one of two names that a balancer's resources have."""
    return name.replace("aws_alb_", "aws_lb_")


def _identities(kind: str, address: str, attributes: Fields) -> Iterator[str]:
    """Yield what a listener goes by, or the one that something is attached to."""
    if kind == _LISTENER:
        yield _same(address)
        arn = _found(attributes, "arn")
        yield from [arn[0]] if arn and isinstance(arn[0], str) and arn[0] else ()
    elif found := _found(attributes, "listener_arn"):
        yield _listener_of(found[0])


def _listener_of(arn: Text) -> str:
    found = _referred(arn, (_LISTENER, _OTHER_LISTENER))
    return _same(str(found[1] if found else arn))


def _listener(address: str, attributes: Fields, attached: Attached) -> Iterator[Use]:
    identities = [*_identities(_LISTENER, address, attributes)]
    certificate = attributes.text("certificate_arn")
    hosts: list[Listed] = []
    known = False
    # With several certificates it is the client who decides which one it is shown.
    if not any((_LISTENER_CERTIFICATE, identity) in attached for identity in identities):
        rules = (each for i in identities for each in attached.get((_LISTENER_RULE, i), ()))
        hosts, known = told_apart(map(_hosts_of_rule, rules))
    for use in uses_of(_balancer(attributes), [certificate], hosts):
        yield use if known or not use.hosts_known else use.__replace__(hosts_known=False)


def _listener_certificate(address: str, attributes: Fields, attached: Attached) -> Iterator[Use]:
    del address
    arn = attributes.text("listener_arn")
    listeners = attached.get((_LISTENER, _listener_of(arn[0])), ()) if arn else ()
    service = _balancer(listeners[0]) if listeners else "alb"
    yield from uses_of(service, [attributes.text("certificate_arn")], [])


def _balancer(listener: Fields) -> str:
    return "nlb" if listener.literal("protocol") in OF_NETWORK_BALANCERS else "alb"


def _hosts_of_rule(rule: Fields) -> list[Listed]:
    hosts: list[Listed] = []
    for condition in rule.each("condition"):
        header = condition.inner("host_header")
        # As the first version of the provider had it.
        if condition.literal("field") == "host-header":
            header = condition
        hosts += header.texts("values")
    return hosts


def _classic_balancer(attributes: Fields) -> Iterator[Use]:
    certificates = [each.text("ssl_certificate_id") for each in attributes.each("listener")]
    yield from uses_of("clb", certificates, [])


def _tenant(attributes: Fields) -> Iterator[Use]:
    certificate = attributes.inner("customizations").inner("certificate").text("arn")
    domains = (each.text("domain") for each in attributes.each("domain"))
    yield from uses_of("cloudfront-tenant", [certificate], [*filter(None, domains)])


def _gateway_traits(*holders: Fields) -> Iterator[str]:
    if any("mutual_tls_authentication" in holder for holder in holders):
        yield "mutual-tls"
    if any(_is_given(holder, "ownership_verification_certificate_arn") for holder in holders):
        yield "ownership-certificate"


def _gateway_domain(attributes: Fields) -> Iterator[Use]:
    hosts, traits = attributes.texts("domain_name"), tuple(_gateway_traits(attributes))
    types = attributes.inner("endpoint_configuration").texts("types")
    is_private = "PRIVATE" in (kind for kind, _, _ in types)
    service = "apigateway-private" if is_private else "apigateway-edge"
    yield from uses_of(service, [attributes.text("certificate_arn")], hosts, *traits)
    regional = attributes.text("regional_certificate_arn")
    yield from uses_of("apigateway-regional", [regional], hosts, *traits)


def _gateway_domain_of_http(attributes: Fields) -> Iterator[Use]:
    hosts = attributes.texts("domain_name")
    configuration = attributes.inner("domain_name_configuration")
    traits = _gateway_traits(attributes, configuration)
    certificate = configuration.text("certificate_arn")
    yield from uses_of("apigateway-regional", [certificate], hosts, *traits)


def _amplify_domain(attributes: Fields) -> Iterator[Use]:
    certificate = attributes.inner("certificate_settings").text("custom_certificate_arn")
    domain = attributes.text("domain_name")
    if domain is None:
        return
    hosts: list[Listed] = []
    for setting in attributes.each("sub_domain"):
        prefix = setting.text("prefix")
        below = prefix and prefix[0]
        hosts.append((_below(below, domain[0]), *domain[1:]) if below else domain)
    others = attributes.text("enable_auto_sub_domain")
    for use in uses_of("amplify", [certificate], hosts):
        complete = others is None or others[0] == "false"
        yield use.__replace__(hosts_known=use.hosts_known and complete)


def _below(prefix: Text, domain: Text) -> Text:
    if isinstance(prefix, str) and isinstance(domain, str):
        return f"{prefix}.{domain}"
    before, after = (
        side.parts if isinstance(side, Unresolved) else (side,) for side in (prefix, domain)
    )
    parts: list[str | Unknown] = []
    for part in (*before, ".", *after):
        if isinstance(part, str) and parts and isinstance(parts[-1], str):
            parts[-1] += part
        else:
            parts.append(part)
    return Unresolved(tuple(parts))


def _iot_domain(attributes: Fields) -> Iterator[Use]:
    hosts = attributes.texts("domain_name")
    for certificate, pointer, origin in attributes.texts("server_certificate_arns"):
        if not isinstance(certificate, UnresolvedNames):
            yield from uses_of("iot", [(certificate, pointer, origin)], hosts)


def _network_firewall(attributes: Fields) -> Iterator[Use]:
    inspection = attributes.inner("tls_inspection_configuration")
    for configuration in inspection.each("server_certificate_configuration"):
        inbound = [each.text("resource_arn") for each in configuration.each("server_certificate")]
        yield from uses_of("network-firewall", inbound, [])
        outbound = configuration.text("certificate_authority_arn")
        yield from uses_of("network-firewall-outbound", [outbound], [])


_BY_LISTENER = {
    _OTHER_LISTENER: _listener,
    "aws_alb_listener_certificate": _listener_certificate,
    _LISTENER: _listener,
    _LISTENER_CERTIFICATE: _listener_certificate,
}

_BEANSTALK = beanstalk("setting", "namespace", "name", "value")

_SEARCH = plain(
    "opensearch",
    "domain_endpoint_options.custom_endpoint_certificate_arn",
    "domain_endpoint_options.custom_endpoint",
)

KINDS: dict[str, Kind] = {
    "aws_amplify_domain_association": _amplify_domain,
    "aws_api_gateway_domain_name": _gateway_domain,
    "aws_apigatewayv2_domain_name": _gateway_domain_of_http,
    "aws_appsync_domain_name": plain("appsync", "certificate_arn", "domain_name"),
    "aws_cloudfront_distribution": plain(
        "cloudfront", "viewer_certificate.acm_certificate_arn", "aliases"
    ),
    "aws_cloudfront_distribution_tenant": _tenant,
    "aws_cloudfront_multitenant_distribution": plain(
        "cloudfront", "viewer_certificate.acm_certificate_arn"
    ),
    "aws_cognito_user_pool_domain": plain("cognito", "certificate_arn", "domain"),
    "aws_customer_gateway": plain("site-to-site-vpn", "certificate_arn"),
    "aws_ec2_client_vpn_endpoint": plain("client-vpn", "server_certificate_arn"),
    "aws_elastic_beanstalk_configuration_template": _BEANSTALK,
    "aws_elastic_beanstalk_environment": _BEANSTALK,
    "aws_elasticsearch_domain": _SEARCH,
    "aws_elb": _classic_balancer,
    "aws_iot_domain_configuration": _iot_domain,
    "aws_networkfirewall_tls_inspection_configuration": _network_firewall,
    "aws_opensearch_domain": _SEARCH,
    "aws_transfer_server": plain("transfer", "certificate"),
    "aws_verifiedaccess_endpoint": plain(
        "verified-access", "domain_certificate_arn", "application_domain"
    ),
    "aws_vpclattice_service": plain("vpc-lattice", "certificate_arn", "custom_domain_name"),
}

CONSUMERS = frozenset((*KINDS, *_BY_LISTENER))
"""The types of resources that use certificates."""

LISTENERS = frozenset((_LISTENER, _OTHER_LISTENER))

ATTACHED = frozenset(
    (_LISTENER_RULE, _LISTENER_CERTIFICATE, "aws_alb_listener_rule", "aws_alb_listener_certificate")
)
"""The types of resources that say more of a listener."""

TYPES = CONSUMERS | {
    CERTIFICATE,
    VALIDATION,
    ZONE,
    RECORD,
    _LISTENER_RULE,
    "aws_alb_listener_rule",
}
"""The types of resources that mean anything here."""


# Endpoints ----------------------------------------------------------------------------------------

BALANCERS = frozenset(("aws_lb", "aws_alb"))
"""The types of what listeners listen for."""

_NAMES_OF_DNS = {
    "aws_api_gateway_domain_name": ("cloudfront_domain_name", "regional_domain_name"),
    "aws_appsync_domain_name": ("appsync_domain_name",),
    "aws_cloudfront_distribution": ("domain_name",),
    "aws_cognito_user_pool_domain": ("cloudfront_distribution",),
    "aws_elastic_beanstalk_environment": ("cname", "endpoint_url"),
    "aws_elb": ("dns_name",),
    "aws_transfer_server": ("endpoint",),
    **dict.fromkeys(BALANCERS, ("dns_name",)),
}
"""The attributes that hold the names of what serves, by type."""


def endpoint(target: Text) -> str:
    """Return what a text leads to: the address of a resource, or a name of DNS, or ``.

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
    """Return what records lead to a consumer by.

    That of a listener is its balancer, whose address is found by its ARN where that is known.
    """
    attributes = _attributes(fields)
    if _same(kind) == _LISTENER_CERTIFICATE:
        arn = _found(attributes, "listener_arn")
        listeners = attached.get((_LISTENER, _listener_of(arn[0])), ()) if arn else ()
        if not listeners:
            return ()
        attributes = listeners[0]
    if _same(kind) in _ATTACHED:
        arn = _found(attributes, "load_balancer_arn")
        known = balancers.get(str(arn and arn[0]))
        if known is None:
            found = endpoint(arn[0]) if arn and isinstance(arn[0], Unresolved) else ""
            return (found,) if found else ()
        address, attributes = known
        kind = "aws_lb"
    names = (_found(attributes, member) for member in _NAMES_OF_DNS.get(kind, ()))
    texts = (name[0] for name in names if name)
    return (address, *(endpoint_named(text) for text in texts if isinstance(text, str) and text))


# Zones and records --------------------------------------------------------------------------------


def surroundings(
    resources: Iterable[tuple[str, str, Fields]],
    leading_on: Iterable[tuple[str, Fields]] = (),
) -> Surroundings:
    """Return the zones and CAA records of resources, from the type and address of each.

    A zone that is looked up has `data` in its address. Of other records, with their addresses, it
    has those that lead to hosts. What is not as it should be is left out.
    """
    led: list[Record] = []
    zones: list[Zone] = []
    caa: list[CaaRecordSet] = []
    spots: Spots = {}
    names: dict[Text, ListedName] = {}
    for kind, address, fields in sorted(resources, key=lambda resource: resource[0] == RECORD):
        here = (*fields.pointer, KEY)
        try:
            if kind == ZONE and (zone := _zone(address, fields)):
                spots["zones", len(zones)] = here, None
                zones.append(zone)
                names[zone.zone_id] = zone.name
            elif kind == RECORD and (record_set := _caa(address, fields, names)):
                spots["caa", len(caa)] = here, None
                caa.append(record_set)
        except Misfit:
            continue
    for address, fields in leading_on:
        try:
            for record, spot in _leading(address, fields, names):
                spots["records", len(led)] = spot
                led.append(record)
        except Misfit:
            continue
    return Surroundings(tuple(zones), tuple(caa), spots, tuple(led))


def _zone(address: str, fields: Fields) -> Zone | None:
    name = fields.text("name")
    if name is None or not name[0]:
        return None
    found = fields.text("zone_id")
    zone_id = Unresolved((Unknown(f"${{{address}.zone_id}}"),)) if found is None else found[0]
    attributes = _attributes(fields)
    private = "vpc" in attributes or attributes.literal("private_zone") == "true"
    return Zone(absolute(name[0]), _zone_id(zone_id), address, private)


def zone_of(record: Fields) -> Found | None:
    """Return the id of the zone that a record is written to, the same text for the same zone."""
    found = record.text("zone_id")
    return found and (_zone_id(found[0]), *found[1:])


def _zone_id(text: Text) -> Text:
    if isinstance(text, str):
        return text.removeprefix(tools.ZONE_ID_WRONG_PREFIX.value)
    found = _referred(text, (ZONE,))
    return Unresolved((Unknown(f"${{{found[1]}.zone_id}}"),)) if found else text


def _caa(address: str, fields: Fields, zones: Mapping[Text, ListedName]) -> CaaRecordSet | None:
    zone, name = zone_of(fields), fields.text("fqdn") or fields.text("name")
    if fields.literal("type") != "CAA" or name is None or zone is None:
        return None
    full = _full_name(name[0], zones.get(zone[0]))
    return caa_set(full, fields.texts("records"), address)


def _leading(
    address: str, fields: Fields, zones: Mapping[Text, ListedName]
) -> Iterator[tuple[Record, tuple[Pointer, Origin | None]]]:
    kind, name, zone = fields.literal("type"), fields.text("name"), zone_of(fields)
    if kind not in LEADING or name is None or zone is None:
        return
    alias = _attributes(fields).inner("alias").text("name")
    others = fields.texts("records")[:1] if kind == "CNAME" else []
    for target, _, _ in [alias] if alias else others:
        if not isinstance(target, UnresolvedNames):
            full = _full_name(name[0], zones.get(zone[0]))
            found = leading(full, target, address, endpoint(target))
            yield from [(found, name[1:])] if found else ()


def _full_name(name: Text, zone: ListedName | None) -> ListedName:
    """Return the name of a record, to which the provider adds the zone's name where it lacks it."""
    if isinstance(name, str):
        bare_name = name.removesuffix(".").lower()
        if isinstance(zone, DomainName) and not f".{bare_name}".endswith(f".{zone}"):
            return read_name(f"{bare_name}.{zone}".removeprefix("."))
        if not isinstance(zone, DomainName) and "." not in bare_name:
            return Unresolved((*filter(None, [bare_name]), Unknown("the zone's name")))
    return absolute(name)


def with_zones(
    request: CertificateRequest, zones: Mapping[str, Found | None], spots: Spots
) -> CertificateRequest:
    """Return a request with the zones in which its names are validated, told by the records.

    `zones` has the zone's id by the name that is validated there, without `*.`, or by the empty
    text for all other names. A name and its wildcard share one option, as they do the record.
    """
    if request.validation_method is not ValidationMethod.DNS or request.is_private:
        return request
    options = list(request.validation_options)
    stems = dict.fromkeys(wildcard_parent(name) or name for name in request.names)
    for stem in stems:
        found = zones.get(str(stem)) or zones.get("")
        if found and not isinstance(stem, UnresolvedNames | Malformed):
            path = ("validation_options", len(options))
            spots[path] = spots[(*path, "hosted_zone_id")] = found[1:]
            options.append(ValidationOption(stem, None, found[0]))
    return request.__replace__(validation_options=tuple(options))
