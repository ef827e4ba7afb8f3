"""The resources of a template that serve TLS with a certificate, and their hosts.

Each resource type has a function that yields its uses of certificates. The names of properties are
those of the CloudFormation and SAM references.
"""

from __future__ import annotations

from acmrules.readers.cloudformation.intrinsics import Resolver, joined
from acmrules.readers.cloudformation.template import Resource, Template, mentions
from acmrules.readers.consumers import (
    OF_NETWORK_BALANCERS,
    account_of_member,
    beanstalk,
    exact_hosts,
    simple_consumer,
    uses_of,
)
from acmrules.readers.fields import Fields
from acmrules.resources import HTTP_VERSION
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import mapping
from acmrules.unresolved import Text, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.readers.consumers import CertificateUse, Kind
    from acmrules.readers.fields import Listed
    from acmrules.syntax.tree import Data

    Attached = dict[tuple[str, str], list[Resource]]

DISTRIBUTION = "AWS::CloudFront::Distribution"
_LISTENER = "AWS::ElasticLoadBalancingV2::Listener"
_LISTENER_RULE = "AWS::ElasticLoadBalancingV2::ListenerRule"
_LISTENER_CERTIFICATE = "AWS::ElasticLoadBalancingV2::ListenerCertificate"
_GATEWAYS = {"EDGE": "apigateway-edge", "PRIVATE": "apigateway-private"}
_DEEPEST = 20
_REGIONAL_GATEWAY = "apigateway-regional"


def uses(resolver: Resolver, resource: Resource, attached: Attached) -> Iterator[CertificateUse]:
    """Yield how a resource uses certificates of ACM.

    Raises `TypeMismatchError` and `OpenCondition`.
    """
    if resource.type not in CONSUMERS or not is_created(resolver, resource):
        return
    properties = properties_of(resolver, resource)
    if resource.type in KINDS:
        found = KINDS[resource.type](properties)
    else:
        found = _BY_LISTENER[resource.type](properties, resolver, attached)
    yield from (use for use in found if use.is_of_acm)


def is_created(resolver: Resolver, resource: Resource) -> bool:
    """Return whether a resource has no condition, or one that is true."""
    condition = resource.data.get("Condition")
    return not isinstance(condition, str) or resolver.holds(condition)


def properties_of(resolver: Resolver, resource: Resource) -> Fields:
    """Return the properties of a resource; raises `TypeMismatchError`."""
    return Fields(resolver, resource.data, resource.pointer).inner("Properties")


def reference(text: Text) -> str | None:
    """Return the logical id in a string that is only a reference."""
    if isinstance(text, Unresolved) and len(text.parts) == 1:
        label = str(text)
        return label[2:-1] if label.startswith("${") else None
    return None


def attachments(template: Template) -> Attached:
    """Return the resources of listeners, by their type and the logical id of the listener."""
    attached: Attached = {}
    for resource in template.resources.values():
        if resource.type in {_LISTENER_RULE, _LISTENER_CERTIFICATE}:
            properties = resource.data.get("Properties")
            if isinstance(properties, dict):
                for _, name in mentions(properties.get("ListenerArn")):
                    attached.setdefault((resource.type, name), []).append(resource)
    return attached


def endpoint_of(resolver: Resolver, resource: Resource) -> str:
    """Return the logical id that DNS records point to: a consumer, or a listener's load balancer.

    It is empty if the load balancer is not in the template.
    """
    if resource.type not in _BY_LISTENER:
        return resource.logical_id
    try:
        properties = properties_of(resolver, resource)
        if resource.type == _LISTENER_CERTIFICATE:
            arn = properties.text("ListenerArn")
            listener = resolver.template.resources.get((arn and reference(arn[0])) or "")
            if listener is None or listener.type != _LISTENER:
                return ""
            properties = properties_of(resolver, listener)
        arn = properties.text("LoadBalancerArn")
    except TypeMismatchError:
        return ""
    return (arn and reference(arn[0])) or ""


def _listener(
    properties: Fields, resolver: Resolver, attached: Attached
) -> Iterator[CertificateUse]:
    logical_id = str(properties.pointer[-2])
    certificates = [each.text("CertificateArn") for each in properties.each("Certificates")]
    hosts: list[Listed] = []
    known = False
    # With several certificates, the client's request determines which one is served.
    if len(certificates) == 1 and (_LISTENER_CERTIFICATE, logical_id) not in attached:
        rules = attached.get((_LISTENER_RULE, logical_id), [])
        hosts, known = exact_hosts(
            _hosts_of_rule(properties_of(resolver, rule))
            for rule in rules
            if is_created(resolver, rule)
        )
    account = account_of_member(properties, "LoadBalancerArn")
    for use in uses_of(_balancer(properties), certificates, hosts):
        yield use.__replace__(hosts_known=use.hosts_known and known, account=account)


def _listener_certificate(
    properties: Fields, resolver: Resolver, attached: Attached
) -> Iterator[CertificateUse]:
    del attached
    arn = properties.text("ListenerArn")
    listener = resolver.template.resources.get((arn and reference(arn[0])) or "")
    service = _balancer(properties_of(resolver, listener)) if listener else "alb"
    certificates = [each.text("CertificateArn") for each in properties.each("Certificates")]
    for use in uses_of(service, certificates, []):
        yield use.__replace__(account=account_of_member(properties, "ListenerArn"))


def _balancer(listener: Fields) -> str:
    return "nlb" if listener.literal("Protocol") in OF_NETWORK_BALANCERS else "alb"


def _hosts_of_rule(rule: Fields) -> list[Listed]:
    for condition in rule.each("Conditions"):
        if condition.literal("Field") == "host-header":
            return condition.inner("HostHeaderConfig").texts("Values") or condition.texts("Values")
    return []


def _classic_balancer(properties: Fields) -> Iterator[CertificateUse]:
    certificates = [each.text("SSLCertificateId") for each in properties.each("Listeners")]
    yield from uses_of("clb", certificates, [])


def _gateway_traits(*members: Fields) -> Iterator[str]:
    if any("MutualTlsAuthentication" in each for each in members):
        yield "mutual-tls"
    if any("OwnershipVerificationCertificateArn" in each for each in members):
        yield "ownership-certificate"


def _gateway_domain(properties: Fields) -> Iterator[CertificateUse]:
    hosts, traits = properties.texts("DomainName"), tuple(_gateway_traits(properties))
    yield from uses_of("apigateway-edge", [properties.text("CertificateArn")], hosts, *traits)
    regional = properties.text("RegionalCertificateArn")
    yield from uses_of(_REGIONAL_GATEWAY, [regional], hosts, *traits)


def _gateway_domain_of_http(properties: Fields) -> Iterator[CertificateUse]:
    hosts = properties.texts("DomainName")
    for configuration in properties.each("DomainNameConfigurations"):
        service = _GATEWAYS.get(configuration.literal("EndpointType"), _REGIONAL_GATEWAY)
        traits = _gateway_traits(properties, configuration)
        yield from uses_of(service, [configuration.text("CertificateArn")], hosts, *traits)


def _serverless_api(properties: Fields) -> Iterator[CertificateUse]:
    domain = properties.inner("Domain")
    service = _GATEWAYS.get(domain.literal("EndpointConfiguration"), _REGIONAL_GATEWAY)
    hosts, traits = domain.texts("DomainName"), _gateway_traits(domain)
    yield from uses_of(service, [domain.text("CertificateArn")], hosts, *traits)


def _amplify_domain(properties: Fields) -> Iterator[CertificateUse]:
    certificate = properties.inner("CertificateSettings").text("CustomCertificateArn")
    has_others = "EnableAutoSubDomain" in properties
    hosts: list[Listed] = []
    domain = properties.text("DomainName")
    if domain is None:
        return
    for setting in properties.each("SubDomainSettings"):
        prefix = setting.text("Prefix")
        if prefix and prefix[0]:
            host = joined([(prefix[0], prefix[2]), (".", None), (domain[0], domain[2])])
            hosts += [(host[0], prefix[1], host[1])] if host else []
        else:
            hosts.append(domain)
    for use in uses_of("amplify", [certificate], hosts):
        yield use.__replace__(hosts_known=use.hosts_known and not has_others)


def _iot_domain(properties: Fields) -> Iterator[CertificateUse]:
    hosts = properties.texts("DomainName")
    traits = ["validation-certificate"] if "ValidationCertificateArn" in properties else []
    for certificate, pointer, origin in properties.texts("ServerCertificateArns"):
        if not isinstance(certificate, UnresolvedNames):
            yield from uses_of("iot", [(certificate, pointer, origin)], hosts, *traits)


def _distribution(properties: Fields) -> Iterator[CertificateUse]:
    configuration = properties.inner("DistributionConfig")
    viewer = configuration.inner("ViewerCertificate").text("AcmCertificateArn")
    traits = _http_version(configuration)
    yield from uses_of("cloudfront", [viewer], configuration.texts("Aliases"), *traits)
    # Origins often have conditions, which would create variants of the certificate.
    if _has_member(configuration.data.get("Origins"), "OriginMtlsConfig"):
        for origin in configuration.each("Origins"):
            mutual = origin.inner("CustomOriginConfig").inner("OriginMtlsConfig")
            client = mutual.text("ClientCertificateArn")
            yield from uses_of("cloudfront-origin-client", [client], [])


def may_be_checked(template: Template, resource: Resource) -> bool:
    """Return whether a distribution may have aliases without a certificate, or a balancer's name.

    This looks at its members only, because most distributions have neither.
    """
    configuration = mapping(mapping(resource.data.get("Properties")).get("DistributionConfig"))
    viewer = mapping(configuration.get("ViewerCertificate"))
    certificates = (viewer.get(name) for name in ("AcmCertificateArn", "IamCertificateId"))
    has_certificate = any(
        each not in (None, {"Ref": "AWS::NoValue"}) and not _has_member(each, "Fn::If")
        for each in certificates
    )
    if not has_certificate and ("Aliases" in configuration or "CNAMEs" in configuration):
        return True
    origins = configuration.get("Origins")
    if not any(_has_member(origins, name) for name in ("OriginProtocolPolicy", "VpcOriginConfig")):
        return False
    resources = template.resources
    return ".elb." in str(origins) or any(
        name in resources and "LoadBalancing" in resources[name].type
        for _, name in mentions(origins)
    )


def _http_version(configuration: Fields) -> Iterator[str]:
    """Yield the trait of the HTTP version; one with a condition or of another type is unknown."""
    written = configuration.data.get("HttpVersion", "http1.1")
    version = written if isinstance(written, str) else None
    if isinstance(written, dict) and not _has_member(written, "Fn::If"):
        found = configuration.text("HttpVersion")
        version = found[0] if found and isinstance(found[0], str) else None
    if version:
        yield f"{HTTP_VERSION}{version.lower()}"


def _has_member(data: Data, member: str, depth: int = 0) -> bool:
    """Return whether data contains a mapping with a member, at a depth that a property can have."""
    if not isinstance(data, dict | list) or depth > _DEEPEST:
        return False
    inner = data.values() if isinstance(data, dict) else data
    return member in data or any(_has_member(each, member, depth + 1) for each in inner)


def _mesh(properties: Fields) -> Iterator[CertificateUse]:
    # A listener may have a condition, which would create variants of the certificate.
    specification = properties.inner("Spec")
    if _has_member(specification.data.get("Listeners"), "ACM"):
        for listener in specification.each("Listeners"):
            found = listener.inner("TLS").inner("Certificate").inner("ACM").text("CertificateArn")
            yield from uses_of("app-mesh", [found], [])


def _network_firewall(properties: Fields) -> Iterator[CertificateUse]:
    inspection = properties.inner("TLSInspectionConfiguration")
    for configuration in inspection.each("ServerCertificateConfigurations"):
        inbound = [each.text("ResourceArn") for each in configuration.each("ServerCertificates")]
        yield from uses_of("network-firewall", inbound, [])
        outbound = configuration.text("CertificateAuthorityArn")
        yield from uses_of("network-firewall-outbound", [outbound], [])


_BY_LISTENER = {_LISTENER: _listener, _LISTENER_CERTIFICATE: _listener_certificate}

_BEANSTALK = beanstalk("OptionSettings", "Namespace", "OptionName", "Value")

_SEARCH = simple_consumer(
    "opensearch",
    "DomainEndpointOptions.CustomEndpointCertificateArn",
    "DomainEndpointOptions.CustomEndpoint",
)

KINDS: dict[str, Kind] = {
    "AWS::Amplify::Domain": _amplify_domain,
    "AWS::ApiGateway::DomainName": _gateway_domain,
    "AWS::ApiGateway::DomainNameV2": simple_consumer(
        "apigateway-private", "CertificateArn", "DomainName"
    ),
    "AWS::ApiGatewayV2::DomainName": _gateway_domain_of_http,
    "AWS::AppMesh::VirtualGateway": _mesh,
    "AWS::AppMesh::VirtualNode": _mesh,
    "AWS::AppSync::DomainName": simple_consumer("appsync", "CertificateArn", "DomainName"),
    DISTRIBUTION: _distribution,
    "AWS::CloudFront::DistributionTenant": simple_consumer(
        "cloudfront-tenant", "Customizations.Certificate.Arn", "Domains"
    ),
    "AWS::Cognito::UserPoolDomain": simple_consumer(
        "cognito", "CustomDomainConfig.CertificateArn", "Domain"
    ),
    "AWS::EC2::ClientVpnEndpoint": simple_consumer("client-vpn", "ServerCertificateArn"),
    "AWS::EC2::CustomerGateway": simple_consumer("site-to-site-vpn", "CertificateArn"),
    "AWS::EC2::EnclaveCertificateIamRoleAssociation": simple_consumer(
        "nitro-enclaves", "CertificateArn"
    ),
    "AWS::EC2::VerifiedAccessEndpoint": simple_consumer(
        "verified-access", "DomainCertificateArn", "ApplicationDomain"
    ),
    "AWS::ElasticBeanstalk::ConfigurationTemplate": _BEANSTALK,
    "AWS::ElasticBeanstalk::Environment": _BEANSTALK,
    "AWS::ElasticLoadBalancing::LoadBalancer": _classic_balancer,
    "AWS::Elasticsearch::Domain": _SEARCH,
    "AWS::IoT::DomainConfiguration": _iot_domain,
    "AWS::MediaPackageV2::OriginEndpoint": simple_consumer(
        "mediapackage-v2", "Segment.Encryption.SpekeKeyProvider.CertificateArn"
    ),
    "AWS::NetworkFirewall::Firewall": simple_consumer(
        "network-firewall-proxy", "ProxySettings.CertificateArn", "ProxySettings.DomainName"
    ),
    "AWS::NetworkFirewall::TLSInspectionConfiguration": _network_firewall,
    "AWS::OpenSearchService::Domain": _SEARCH,
    "AWS::RTBFabric::ResponderGateway": simple_consumer("rtb-fabric", "AcmCertificateArn"),
    "AWS::SES::EmailIdentityCertificate": simple_consumer("ses", "CertificateArn"),
    "AWS::Serverless::Api": _serverless_api,
    "AWS::Serverless::HttpApi": _serverless_api,
    "AWS::Transfer::Server": simple_consumer("transfer", "Certificate"),
    "AWS::VpcLattice::Service": simple_consumer(
        "vpc-lattice", "CertificateArn", "CustomDomainName"
    ),
}

CONSUMERS = frozenset((*KINDS, *_BY_LISTENER))
"""The resource types that use certificates."""
