"""The services that use ACM certificates: their Regions, key algorithms, and conditions."""

from __future__ import annotations

from datetime import date

from acmrules.errors import UnknownService, require_string
from acmrules.facts import acm
from acmrules.facts import services as facts
from acmrules.facts.fact import CHECKED, Fact
from acmrules.messages import did_you_mean, quoted, quoted_list
from acmrules.regions import check_region, has_acm, partition_of
from acmrules.request import CertificateOrigin, KeyAlgorithm
from acmrules.unresolved import chosen
from acmrules.values import Value


class Service(Value):
    """The certificate requirements of a service; each field contains one or more facts.

    `region` is the name of a Region, `same`, `any`, `automatic`, or `none`. `algorithms` is `None`
    if the service documents none; `disputed` are those on which sources disagree. `instead` is the
    alternative if the service does not accept ACM certificates, and `elsewhere` the alternative in
    some partitions and Regions. `certificates` is the number per resource if it is more than one.
    `closed` is whether AWS closed the service.
    """

    key: str
    name: str
    region: Fact[str]
    algorithms: Fact[tuple[str, ...]] | None = None
    disputed: Fact[tuple[str, ...]] | None = None
    conditions: tuple[Fact[tuple[tuple[str, str], ...]], ...] = ()
    instead: Fact[str] | None = None
    elsewhere: tuple[tuple[tuple[str, ...], Fact[str]], ...] = ()
    certificates: Fact[int] | None = None
    closed: Fact[bool] | None = None

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of(cls, key: str) -> Service:
        """Return the service with a key, such as `cloudfront`; raises `UnknownService`.

        >>> Service.of("alb").name
        'an Application Load Balancer'
        """
        require_string(key, "key")
        if key not in SERVICES:
            known = quoted_list([*SERVICES], len(SERVICES))
            meant = did_you_mean(key, SERVICES) or f"; use one of {known}"
            raise UnknownService(f"unknown service {quoted(key)}{meant}")
        return SERVICES[key]

    @property
    def fixed_region(self) -> str | None:
        """The only Region in which the certificate can be, or `None`."""
        return self.region.value if has_acm(self.region.value) else None

    @property
    def in_same_region(self) -> bool:
        """Whether the certificate must be in the Region of the resource."""
        return self.region.value == "same"

    def obstacle(self, region: str | None = None) -> Fact[str] | None:
        """Return what to do if the service rejects ACM certificates in `region`, else `None`."""
        for locations, instead in self.elsewhere:
            if region in locations or (region and partition_of(region) in locations):
                return instead
        return self.instead

    def certificate_region(self, region: str | None = None) -> str | None:
        """Return the Region in which a certificate for a resource in `region` must be.

        See `required_region`, which also checks that the Region is plausible.
        """
        fixed = self.fixed_region
        obstacle = self.obstacle(region)
        if obstacle:
            return fixed if obstacle is facts.GOVCLOUD_CLOUDFRONT else None
        if self.in_same_region:
            return region
        known = partition_of(region) if region else None
        return fixed if fixed and known in (None, partition_of(fixed)) else None

    def key_algorithms(self, *, as_of: date = CHECKED) -> tuple[KeyAlgorithm, ...] | None:
        """Return the key algorithms that the service accepts, or `None` if it documents none."""
        if self.algorithms is None:
            return None
        return tuple(map(KeyAlgorithm, self.algorithms.era(as_of).value))

    @property
    def disputed_algorithms(self) -> tuple[KeyAlgorithm, ...]:
        """The key algorithms on which sources disagree, or which they do not mention."""
        return tuple(map(KeyAlgorithm, self.disputed.value)) if self.disputed else ()

    def terms(self, *, as_of: date = CHECKED) -> dict[str, str]:
        """Return the other requirements of the service, as sentences by short id."""
        return {key: text for fact in self.conditions for key, text in fact.era(as_of).value}


_OUTSIDE_CLOUDFRONT = (
    (("aws-cn",), facts.CHINA_CLOUDFRONT),
    (("aws-us-gov",), facts.GOVCLOUD_CLOUDFRONT),
)

_ALL = (
    Service(
        "cloudfront",
        "CloudFront",
        facts.CLOUDFRONT_REGION,
        facts.CLOUDFRONT_ALGORITHMS,
        facts.CLOUDFRONT_DISPUTED,
        (facts.CLOUDFRONT_CONDITIONS, facts.CLOUDFRONT_SHARED_CONDITIONS),
        elsewhere=_OUTSIDE_CLOUDFRONT,
    ),
    Service(
        "cloudfront-origin-client",
        "CloudFront as the client of an origin",
        facts.CLOUDFRONT_CLIENT_REGION,
        facts.CLOUDFRONT_CLIENT_ALGORITHMS,
        conditions=(facts.CLOUDFRONT_CLIENT_CONDITIONS,),
        elsewhere=_OUTSIDE_CLOUDFRONT,
    ),
    Service(
        "cloudfront-origin",
        "an origin of CloudFront",
        facts.CLOUDFRONT_ORIGIN_REGION,
        facts.CLOUDFRONT_ORIGIN_ALGORITHMS,
        conditions=(facts.CLOUDFRONT_ORIGIN_CONDITIONS,),
    ),
    Service(
        "cloudfront-tenant",
        "a CloudFront distribution tenant",
        facts.CLOUDFRONT_TENANT_REGION,
        facts.CLOUDFRONT_ALGORITHMS,
        facts.CLOUDFRONT_DISPUTED,
        (facts.CLOUDFRONT_TENANT_CONDITIONS, facts.CLOUDFRONT_CONDITIONS),
        elsewhere=_OUTSIDE_CLOUDFRONT,
    ),
    Service(
        "cloudfront-tenant-managed",
        "a CloudFront distribution tenant with a managed certificate",
        facts.CLOUDFRONT_MANAGED_REGION,
        conditions=(facts.CLOUDFRONT_MANAGED_CONDITIONS,),
        instead=facts.CLOUDFRONT_MANAGED_INSTEAD,
        elsewhere=_OUTSIDE_CLOUDFRONT,
    ),
    Service(
        "alb",
        "an Application Load Balancer",
        facts.ALB_REGION,
        facts.ALB_ALGORITHMS,
        certificates=facts.ALB_CERTIFICATES,
    ),
    Service(
        "nlb",
        "a Network Load Balancer",
        facts.NLB_REGION,
        facts.NLB_ALGORITHMS,
        certificates=facts.NLB_CERTIFICATES,
    ),
    Service("clb", "a Classic Load Balancer", facts.CLB_REGION, facts.CLB_ALGORITHMS),
    Service(
        "apigateway-edge",
        "an edge-optimized API Gateway domain",
        facts.API_GATEWAY_EDGE_REGION,
        facts.API_GATEWAY_EDGE_ALGORITHMS,
        facts.API_GATEWAY_EDGE_DISPUTED,
        (facts.API_GATEWAY_WILDCARD_CONDITIONS,),
    ),
    Service(
        "apigateway-regional",
        "a Regional API Gateway domain",
        facts.API_GATEWAY_REGIONAL_REGION,
        facts.API_GATEWAY_REGIONAL_ALGORITHMS,
        facts.API_GATEWAY_REGIONAL_DISPUTED,
        (facts.API_GATEWAY_REGIONAL_CONDITIONS, facts.API_GATEWAY_WILDCARD_CONDITIONS),
    ),
    Service(
        "apigateway-private",
        "a private API Gateway domain",
        facts.API_GATEWAY_PRIVATE_REGION,
        facts.API_GATEWAY_PRIVATE_ALGORITHMS,
        conditions=(facts.API_GATEWAY_PRIVATE_CONDITIONS,),
    ),
    Service(
        "cognito",
        "a Cognito domain",
        facts.COGNITO_REGION,
        conditions=(facts.COGNITO_CONDITIONS,),
    ),
    Service(
        "appsync",
        "an AppSync domain",
        facts.APPSYNC_REGION,
        facts.CLOUDFRONT_ALGORITHMS,
        facts.CLOUDFRONT_DISPUTED,
        (facts.APPSYNC_CONDITIONS,),
    ),
    Service(
        "amplify",
        "Amplify Hosting",
        facts.AMPLIFY_REGION,
        facts.AMPLIFY_ALGORITHMS,
        conditions=(facts.AMPLIFY_CONDITIONS,),
    ),
    Service(
        "apprunner",
        "App Runner",
        facts.APP_RUNNER_REGION,
        conditions=(facts.APP_RUNNER_CONDITIONS,),
        instead=facts.APP_RUNNER_INSTEAD,
    ),
    Service(
        "opensearch",
        "an OpenSearch custom endpoint",
        facts.OPENSEARCH_REGION,
        conditions=(facts.OPENSEARCH_CONDITIONS,),
    ),
    Service(
        "elastic-beanstalk",
        "Elastic Beanstalk",
        facts.ELASTIC_BEANSTALK_REGION,
        conditions=(facts.ELASTIC_BEANSTALK_CONDITIONS,),
    ),
    Service(
        "vpc-lattice",
        "VPC Lattice",
        facts.VPC_LATTICE_REGION,
        facts.VPC_LATTICE_ALGORITHMS,
        conditions=(facts.VPC_LATTICE_CONDITIONS,),
    ),
    Service(
        "verified-access",
        "Verified Access",
        facts.VERIFIED_ACCESS_REGION,
        conditions=(facts.VERIFIED_ACCESS_CONDITIONS,),
    ),
    Service(
        "network-firewall",
        "inbound TLS inspection of Network Firewall",
        facts.NETWORK_FIREWALL_REGION,
        facts.NETWORK_FIREWALL_ALGORITHMS,
        conditions=(facts.NETWORK_FIREWALL_CONDITIONS,),
    ),
    Service(
        "network-firewall-outbound",
        "outbound TLS inspection of Network Firewall",
        facts.NETWORK_FIREWALL_OUTBOUND_REGION,
        conditions=(facts.NETWORK_FIREWALL_OUTBOUND_CONDITIONS,),
    ),
    Service(
        "network-firewall-proxy",
        "the proxy of Network Firewall",
        facts.NETWORK_FIREWALL_PROXY_REGION,
        conditions=(facts.NETWORK_FIREWALL_PROXY_CONDITIONS,),
    ),
    Service(
        "nitro-enclaves",
        "Nitro Enclaves",
        facts.NITRO_ENCLAVES_REGION,
        facts.NITRO_ENCLAVES_ALGORITHMS,
        conditions=(facts.NITRO_ENCLAVES_CONDITIONS,),
        elsewhere=((facts.NITRO_ENCLAVES_ABSENT_FROM.value, facts.NITRO_ENCLAVES_INSTEAD),),
    ),
    Service(
        "client-vpn",
        "Client VPN",
        facts.CLIENT_VPN_REGION,
        facts.CLIENT_VPN_ALGORITHMS,
        conditions=(facts.CLIENT_VPN_CONDITIONS,),
    ),
    Service(
        "site-to-site-vpn",
        "a customer gateway of Site-to-Site VPN",
        facts.SITE_TO_SITE_VPN_REGION,
        conditions=(facts.SITE_TO_SITE_VPN_CONDITIONS,),
    ),
    Service(
        "transfer",
        "Transfer Family",
        facts.TRANSFER_REGION,
        facts.TRANSFER_ALGORITHMS,
        conditions=(facts.TRANSFER_CONDITIONS,),
    ),
    Service(
        "iot",
        "an IoT Core custom domain",
        facts.IOT_REGION,
        facts.IOT_ALGORITHMS,
        conditions=(facts.IOT_CONDITIONS,),
    ),
    Service(
        "iot-device",
        "an IoT device",
        facts.IOT_DEVICE_REGION,
        facts.IOT_DEVICE_ALGORITHMS,
        instead=facts.IOT_DEVICE_INSTEAD,
    ),
    Service(
        "mediapackage-v2",
        "an endpoint of MediaPackage v2 with SPEKE",
        facts.MEDIA_PACKAGE_REGION,
        conditions=(facts.MEDIA_PACKAGE_CONDITIONS,),
    ),
    Service("ses", "a sender in SES", facts.SES_REGION, conditions=(facts.SES_CONDITIONS,)),
    Service("rtb-fabric", "a responder gateway of RTB Fabric", facts.RTB_FABRIC_REGION),
    Service(
        "api-portal",
        "an API portal",
        facts.API_PORTAL_REGION,
        conditions=(facts.API_PORTAL_CONDITIONS,),
    ),
    Service("app-mesh", "App Mesh", facts.APP_MESH_REGION, closed=facts.APP_MESH_CLOSED),
    Service("lightsail", "Lightsail", facts.LIGHTSAIL_REGION, instead=facts.LIGHTSAIL_INSTEAD),
    Service("eks", "EKS", facts.EKS_REGION, conditions=(facts.EKS_CONDITIONS,)),
    Service(
        "ec2",
        "an EC2 instance without enclaves",
        facts.UNATTACHED_REGION,
        instead=facts.UNATTACHED_INSTEAD,
    ),
    Service(
        "s3-website", "an S3 website", facts.UNATTACHED_REGION, instead=facts.UNATTACHED_INSTEAD
    ),
    Service(
        "lambda-url",
        "a Lambda function URL",
        facts.UNATTACHED_REGION,
        instead=facts.UNATTACHED_INSTEAD,
    ),
    Service(
        "global-accelerator",
        "Global Accelerator",
        facts.GLOBAL_ACCELERATOR_REGION,
        instead=facts.GLOBAL_ACCELERATOR_INSTEAD,
    ),
)

SERVICES: dict[str, Service] = {service.key: service for service in _ALL}
"""The services by the key that a `Consumer` contains (facts, section C)."""


def required_region(service: str, region: str | None = None) -> str | None:
    """Return the Region in which a certificate for a resource in `region` must be.

    The result is `None` if any Region is allowed, or if the service does not accept ACM
    certificates (see `Service.obstacle`). It is also `None` if `region` is missing, or if nothing
    is documented for its partition. For CloudFront in GovCloud it is us-east-1 of another partition
    (fact 5.7). Raises `UnknownService`, and `InvalidArgument` if `region` cannot be the name of a
    Region; a new Region may be missing from the facts. Sources: facts 5.2, 5.3, and section C.

    >>> required_region("cloudfront", "eu-west-1")
    'us-east-1'
    """
    if region is not None:
        check_region(region)
    return Service.of(service).certificate_region(region)


def key_algorithms(service: str, *, as_of: date = CHECKED) -> tuple[KeyAlgorithm, ...] | None:
    """Return the key algorithms of a service, or `None` if it documents none (facts, section C).

    `service` is its key, such as `cloudfront`. Raises `UnknownService`.
    """
    return Service.of(service).key_algorithms(as_of=as_of)


def usable_outside_aws(
    origin: str | CertificateOrigin = CertificateOrigin.REQUESTED,
    *,
    private: bool = False,
    exportable: bool = False,
    as_of: date = CHECKED,
) -> bool:
    """Return whether a certificate works outside AWS, because its key can leave AWS (fact 7.16d).

    `private` is whether a private CA issues a requested certificate, and `exportable` whether its
    export is enabled. Raises `InvalidArgument` if the origin is unknown.

    >>> usable_outside_aws(), usable_outside_aws(exportable=True), usable_outside_aws("imported")
    (False, True, True)
    """
    usable = acm.USABLE_OUTSIDE_AWS.era(as_of).value
    origin = chosen(CertificateOrigin, origin, "origin")
    if origin is CertificateOrigin.REQUESTED:
        return (private and "private" in usable) or (exportable and "exportable" in usable)
    # The clients of a private CA and of ACME create their own keys, as the owners of imported ones.
    return "imported" in usable
