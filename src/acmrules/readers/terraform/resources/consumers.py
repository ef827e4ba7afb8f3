"""Resources of the AWS provider that use certificates.

They are read from evaluated attributes, with nested blocks as lists of mappings, in the same way
for configurations, plans and states.
"""

from __future__ import annotations

from acmrules.readers.consumers import (
    OF_NETWORK_BALANCERS,
    account_of_member,
    beanstalk,
    exact_hosts,
    simple_consumer,
    uses_of,
)
from acmrules.readers.evaluated import Node
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.resources.blocks import block_attributes
from acmrules.readers.terraform.resources.certificates import is_given
from acmrules.readers.terraform.resources.references import (
    ALB_LISTENER,
    AUTHORITIES,
    CERTIFICATE,
    LISTENER,
    RECORD,
    VALIDATION,
    ZONE,
    referenced_resource,
    text_or_none,
)
from acmrules.resources import ACME_ENDPOINT, HTTP_VERSION
from acmrules.unresolved import Text, Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from acmrules.readers.consumers import CertificateUse, Kind
    from acmrules.readers.fields import Listed

    Attached = Mapping[tuple[str, str], list[Fields]]
    """Listeners and the resources attached to them, by type and listener."""


DISTRIBUTION = "aws_cloudfront_distribution"
_ACME_ENDPOINT = "${aws_acm_acme_endpoint."
_LISTENER_RULE = "aws_lb_listener_rule"
LISTENER_CERTIFICATE = "aws_lb_listener_certificate"
_ALB_LISTENER_RULE = "aws_alb_listener_rule"
_ALB_LISTENER_CERTIFICATE = "aws_alb_listener_certificate"

LISTENER_RESOURCES = (LISTENER, _LISTENER_RULE, LISTENER_CERTIFICATE)
LISTENERS = frozenset((LISTENER, ALB_LISTENER))

ATTACHED = frozenset(
    (_LISTENER_RULE, LISTENER_CERTIFICATE, _ALB_LISTENER_RULE, _ALB_LISTENER_CERTIFICATE)
)
"""The types of resources that extend a listener."""

BALANCERS = frozenset(("aws_lb", "aws_alb"))
"""The types of load balancers that have listeners."""


def uses(kind: str, address: str, fields: Fields, attached: Attached) -> Iterator[CertificateUse]:
    """Yield how a resource uses ACM certificates; raises `TypeMismatchError`."""
    attributes = block_attributes(fields)
    if kind in KINDS:
        found = KINDS[kind](attributes)
    elif kind in _BY_LISTENER:
        found = _BY_LISTENER[kind](address, attributes, attached)
    elif kind in KUBERNETES:
        from acmrules.readers.terraform.resources import kubernetes

        found = kubernetes.uses(kind, attributes)
    else:
        return
    for use in found:
        if use.certificate[0] and use.is_of_acm:
            is_acme = _ACME_ENDPOINT in str(use.certificate[0])
            yield use.__replace__(traits=use.traits | {ACME_ENDPOINT}) if is_acme else use


def attachments(resources: Iterable[tuple[str, str, Fields]]) -> Attached:
    """Return the listeners and the resources attached to them, from types, addresses and fields."""
    attached: dict[tuple[str, str], list[Fields]] = {}
    for named, address, fields in resources:
        kind = canonical_name(named)
        if kind in LISTENER_RESOURCES:
            attributes = block_attributes(fields)
            for identity in _identifiers(kind, address, attributes):
                attached.setdefault((kind, identity), []).append(attributes)
    return attached


def canonical_name(name: str) -> str:
    """Return a type or an address with `aws_lb_` instead of its synonym `aws_alb_`."""
    return name.replace("aws_alb_", "aws_lb_")


def _identifiers(kind: str, address: str, attributes: Fields) -> Iterator[str]:
    """Yield the identifiers of a listener, or of the listener that a resource is attached to."""
    if kind == LISTENER:
        yield canonical_name(address)
        arn = text_or_none(attributes, "arn")
        yield from [arn[0]] if arn and isinstance(arn[0], str) and arn[0] else ()
    elif found := text_or_none(attributes, "listener_arn"):
        yield listener_of(found[0])


def listener_of(arn: Text) -> str:
    """Return the address of the listener that an ARN refers to."""
    found = referenced_resource(arn, (LISTENER, ALB_LISTENER))
    return canonical_name(str(found[1] if found else arn))


def _listener(address: str, attributes: Fields, attached: Attached) -> Iterator[CertificateUse]:
    identifiers = [*_identifiers(LISTENER, address, attributes)]
    certificate = attributes.text("certificate_arn")
    hosts: list[Listed] = []
    known = False
    # With several certificates, the client's SNI determines which one the listener presents.
    if not any((LISTENER_CERTIFICATE, identity) in attached for identity in identifiers):
        rules = (each for i in identifiers for each in attached.get((_LISTENER_RULE, i), ()))
        hosts, known = exact_hosts(map(_hosts_of_rule, rules))
    account = account_of_member(attributes, "load_balancer_arn")
    for use in uses_of(_balancer(attributes), [certificate], hosts):
        if account or use.hosts_known > known:
            yield use.__replace__(hosts_known=use.hosts_known and known, account=account)
        else:
            yield use


def _listener_certificate(
    address: str, attributes: Fields, attached: Attached
) -> Iterator[CertificateUse]:
    del address
    arn = attributes.text("listener_arn")
    listeners = attached.get((LISTENER, listener_of(arn[0])), ()) if arn else ()
    service = _balancer(listeners[0]) if listeners else "alb"
    for use in uses_of(service, [attributes.text("certificate_arn")], []):
        account = account_of_member(attributes, "listener_arn")
        yield use.__replace__(account=account) if account else use


def _balancer(listener: Fields) -> str:
    return "nlb" if listener.literal("protocol") in OF_NETWORK_BALANCERS else "alb"


def _hosts_of_rule(rule: Fields) -> list[Listed]:
    hosts: list[Listed] = []
    for condition in rule.each("condition"):
        header = condition.inner("host_header")
        # Syntax of the first versions of the provider.
        if condition.literal("field") == "host-header":
            header = condition
        hosts += header.texts("values")
    return hosts


def _classic_balancer(attributes: Fields) -> Iterator[CertificateUse]:
    certificates = [each.text("ssl_certificate_id") for each in attributes.each("listener")]
    yield from uses_of("clb", certificates, [])


def _tenant(attributes: Fields) -> Iterator[CertificateUse]:
    certificate = attributes.inner("customizations").inner("certificate").text("arn")
    domains = (each.text("domain") for each in attributes.each("domain"))
    yield from uses_of("cloudfront-tenant", [certificate], [*filter(None, domains)])


def _gateway_traits(*holders: Fields) -> Iterator[str]:
    if any("mutual_tls_authentication" in holder for holder in holders):
        yield "mutual-tls"
    if any(is_given(holder, "ownership_verification_certificate_arn") for holder in holders):
        yield "ownership-certificate"


def _gateway_domain(attributes: Fields) -> Iterator[CertificateUse]:
    hosts, traits = attributes.texts("domain_name"), tuple(_gateway_traits(attributes))
    types = attributes.inner("endpoint_configuration").texts("types")
    is_private = "PRIVATE" in (kind for kind, _, _ in types)
    service = "apigateway-private" if is_private else "apigateway-edge"
    yield from uses_of(service, [attributes.text("certificate_arn")], hosts, *traits)
    regional = attributes.text("regional_certificate_arn")
    yield from uses_of("apigateway-regional", [regional], hosts, *traits)


def _http_gateway_domain(attributes: Fields) -> Iterator[CertificateUse]:
    hosts = attributes.texts("domain_name")
    configuration = attributes.inner("domain_name_configuration")
    traits = _gateway_traits(attributes, configuration)
    certificate = configuration.text("certificate_arn")
    yield from uses_of("apigateway-regional", [certificate], hosts, *traits)


def _amplify_domain(attributes: Fields) -> Iterator[CertificateUse]:
    certificate = attributes.inner("certificate_settings").text("custom_certificate_arn")
    domain = attributes.text("domain_name")
    if domain is None:
        return
    hosts: list[Listed] = []
    for setting in attributes.each("sub_domain"):
        prefix = setting.text("prefix")
        prefix_name = prefix and prefix[0]
        hosts.append((_subdomain(prefix_name, domain[0]), *domain[1:]) if prefix_name else domain)
    others = attributes.text("enable_auto_sub_domain")
    for use in uses_of("amplify", [certificate], hosts):
        complete = others is None or others[0] == "false"
        yield use.__replace__(hosts_known=use.hosts_known and complete)


def _subdomain(prefix: Text, domain: Text) -> Text:
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


def _iot_domain(attributes: Fields) -> Iterator[CertificateUse]:
    hosts = attributes.texts("domain_name")
    is_validated = is_given(attributes, "validation_certificate_arn")
    traits = ["validation-certificate"] if is_validated else []
    for certificate, pointer, origin in attributes.texts("server_certificate_arns"):
        if not isinstance(certificate, UnresolvedNames):
            yield from uses_of("iot", [(certificate, pointer, origin)], hosts, *traits)


def _distribution(attributes: Fields) -> Iterator[CertificateUse]:
    viewer = attributes.inner("viewer_certificate").text("acm_certificate_arn")
    version = text_or_none(attributes, "http_version")
    known = version[0] if version else "http2"
    traits = [f"{HTTP_VERSION}{known.lower()}"] if isinstance(known, str) else []
    yield from uses_of("cloudfront", [viewer], attributes.texts("aliases"), *traits)
    yield from _origin_clients(attributes)


def _origin_clients(attributes: Fields) -> Iterator[CertificateUse]:
    """Yield the certificates that CloudFront presents to origins.

    Origins are evaluated only if the file has such a certificate, because their conditions would
    create variants.
    """
    origins = attributes.data.get("origin")
    if isinstance(origins, Node) and "origin_mtls_config" not in origins.source.text:
        return
    for origin in attributes.each("origin"):
        mutual = origin.inner("custom_origin_config").inner("origin_mtls_config")
        client = mutual.text("client_certificate_arn")
        yield from uses_of("cloudfront-origin-client", [client], [])


def _mesh(attributes: Fields) -> Iterator[CertificateUse]:
    for listener in attributes.inner("spec").each("listener"):
        found = listener.inner("tls").inner("certificate").inner("acm").text("certificate_arn")
        yield from uses_of("app-mesh", [found], [])


def _network_firewall(attributes: Fields) -> Iterator[CertificateUse]:
    inspection = attributes.inner("tls_inspection_configuration")
    for configuration in inspection.each("server_certificate_configuration"):
        inbound = [each.text("resource_arn") for each in configuration.each("server_certificate")]
        yield from uses_of("network-firewall", inbound, [])
        outbound = configuration.text("certificate_authority_arn")
        yield from uses_of("network-firewall-outbound", [outbound], [])


_BY_LISTENER = {
    ALB_LISTENER: _listener,
    _ALB_LISTENER_CERTIFICATE: _listener_certificate,
    LISTENER: _listener,
    LISTENER_CERTIFICATE: _listener_certificate,
}

_BEANSTALK = beanstalk("setting", "namespace", "name", "value")

_SEARCH = simple_consumer(
    "opensearch",
    "domain_endpoint_options.custom_endpoint_certificate_arn",
    "domain_endpoint_options.custom_endpoint",
)

KINDS: dict[str, Kind] = {
    "aws_amplify_domain_association": _amplify_domain,
    "aws_api_gateway_domain_name": _gateway_domain,
    "aws_apigatewayv2_domain_name": _http_gateway_domain,
    "aws_appmesh_virtual_gateway": _mesh,
    "aws_appmesh_virtual_node": _mesh,
    "aws_appsync_domain_name": simple_consumer("appsync", "certificate_arn", "domain_name"),
    DISTRIBUTION: _distribution,
    "aws_cloudfront_distribution_tenant": _tenant,
    "aws_cloudfront_multitenant_distribution": _distribution,
    "aws_cognito_user_pool_domain": simple_consumer("cognito", "certificate_arn", "domain"),
    "aws_customer_gateway": simple_consumer("site-to-site-vpn", "certificate_arn"),
    "aws_ec2_client_vpn_endpoint": simple_consumer("client-vpn", "server_certificate_arn"),
    "aws_elastic_beanstalk_configuration_template": _BEANSTALK,
    "aws_elastic_beanstalk_environment": _BEANSTALK,
    "aws_elasticsearch_domain": _SEARCH,
    "aws_elb": _classic_balancer,
    "aws_iot_domain_configuration": _iot_domain,
    "aws_networkfirewall_tls_inspection_configuration": _network_firewall,
    "aws_opensearch_domain": _SEARCH,
    "aws_transfer_server": simple_consumer("transfer", "certificate"),
    "aws_verifiedaccess_endpoint": simple_consumer(
        "verified-access", "domain_certificate_arn", "application_domain"
    ),
    "aws_vpclattice_service": simple_consumer(
        "vpc-lattice", "certificate_arn", "custom_domain_name"
    ),
}

KUBERNETES = frozenset(
    (
        *("helm_release", "kubectl_manifest", "kubernetes_manifest"),
        *("kubernetes_ingress", "kubernetes_ingress_v1"),
        *("kubernetes_service", "kubernetes_service_v1"),
    )
)
"""The types of resources in a cluster; the module that reads them loads only for these."""

CONSUMERS = frozenset((*KINDS, *_BY_LISTENER, *KUBERNETES))
"""The types of resources that use certificates."""

TYPES = (
    CONSUMERS
    | AUTHORITIES
    | {CERTIFICATE, VALIDATION, ZONE, RECORD, _LISTENER_RULE, _ALB_LISTENER_RULE}
)
"""The types of resources that the readers use."""
