"""Facts about services that use ACM certificates, and about the Regions of ACM.

The Region of a certificate is the name of a Region, `same` (as the resource), `any`, `automatic`,
or `none`. `automatic` means that there is nothing to supply, and `none` that the service does not
accept ACM certificates. Key algorithms are spelled as in the ACM API; a service without such a
fact documents none. Each condition is a pair of a short id and a sentence.
"""

from __future__ import annotations

from datetime import date

from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Fact, Mark, dated, inferred, observed, undated
from acmrules.facts.timeline import Citation, Era

TYPE_CHECKING = False
if TYPE_CHECKING:
    Algorithms = Fact[tuple[str, ...]]
    Conditions = Fact[tuple[tuple[str, str], ...]]

_RSA = ("RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096")
_EC = ("EC_prime256v1", "EC_secp384r1", "EC_secp521r1")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_AWS_REGIONS = _words(
    "af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 "
    "ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 "
    "ap-southeast-6 ap-southeast-7 ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 "
    "eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 "
    "mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2"
)


def _region(
    row: str, holder: str, region: str, source: Citation, *also: Citation, note: str = ""
) -> Fact[str]:
    return undated(row, f"Region of a certificate {holder}.", region, source, *also, note=note)


def _inferred_region(
    row: str, holder: str, region: str, source: Citation, note: str = ""
) -> Fact[str]:
    return inferred(row, f"Region of a certificate {holder}.", region, source, note=note)


def _conditions(
    row: str,
    holder: str,
    conditions: tuple[tuple[str, str], ...],
    source: Citation,
    *also: Citation,
) -> Conditions:
    return undated(row, f"Other requirements of {holder}.", conditions, source, *also)


# Regions and partitions: section A5

CERTIFICATES_ARE_REGIONAL = undated(
    "5.1a",
    "A certificate belongs to one Region and cannot be copied to another.",
    True,
    sources.UG_OVERVIEW,
)
OTHER_ACCOUNT = observed(
    "5.1b",
    "A resource can use a certificate of another account.",
    False,
    sources.CF_REQ,
    sources.TF_17505,
    sources.SLS_571,
    sources.UG_KMS,
    note="Observed for CloudFront, load balancers and API Gateway. The key that encrypts the "
    "private key is one of the account.",
)
ACME_ATTACHABLE = dated(
    "5.10",
    "A 45-day certificate issued through ACME can be attached to an integrated service.",
    Era(date(2026, 6, 18), False, sources.UG_ACME),
)
FIXED_REGION = undated(
    "5.2",
    "The Region in which CloudFront, and services built on it, look for certificates.",
    "us-east-1",
    sources.CF_REQ,
    sources.APIGW_CERT,
    sources.COG,
    sources.APPSYNC,
    sources.AMPLIFY,
    sources.APIPORTAL_MODEL,
    sources.CF_ORIGIN_MTLS,
    note="Also for API portals, and for the client certificate of CloudFront to an origin.",
)
SAME_REGION = undated(
    "5.3",
    "Services that require the certificate in the Region of the resource, according to AWS.",
    ("load balancers", "API Gateway Regional domains", "VPC Lattice services"),
    sources.UG_OVERVIEW,
    sources.ALB_CERT,
    sources.APIGW_CERT,
    sources.LATTICE,
)
REGIONS = undated(
    "5.4",
    "The Regions with an ACM endpoint, by partition.",
    (
        ("aws", _AWS_REGIONS),
        ("aws-cn", ("cn-north-1", "cn-northwest-1")),
        ("aws-us-gov", ("us-gov-east-1", "us-gov-west-1")),
        ("aws-iso", ("us-iso-east-1", "us-iso-west-1")),
        ("aws-iso-b", ("us-isob-east-1", "us-isob-west-1")),
        ("aws-iso-e", ("eu-isoe-west-1",)),
        ("aws-iso-f", ("us-isof-east-1", "us-isof-south-1")),
        ("aws-eusc", ("eusc-de-east-1",)),
    ),
    sources.BOTOCORE,
    sources.GR_ACM,
)
REGIONS_WITHOUT_ACM = dated(
    "5.4b",
    "Regions that the SDKs know but for which no source lists an ACM endpoint.",
    Era(date(2026, 11, 20), ("me-west-1", "sa-west-1"), sources.BOTOCORE_26_11, seen=True),
)
CHINA_CLOUDFRONT = undated(
    "5.5",
    "What to do in China, where CloudFront does not accept ACM certificates.",
    "upload the certificate to the IAM certificate store",
    sources.CN_CF,
    note="The age of the page is unknown, and so is whether it still applies in late 2026.",
)
GOVCLOUD_CLOUDFRONT = inferred(
    "5.7",
    "What to do in the GovCloud partition, which does not contain CloudFront.",
    "use an account in the `aws` partition, with a certificate in us-east-1",
    sources.GOV_CF,
    note="That CloudFront is elsewhere is confirmed; where the certificate belongs is inferred.",
)

# Integrated services: section C

CLOUDFRONT_REGION = _region("C.1a", "for CloudFront viewers", "us-east-1", sources.CF_REQ)
CLOUDFRONT_ALGORITHMS: Algorithms = dated(
    "C.1b",
    "Key algorithms that CloudFront accepts from ACM, for viewers.",
    Era(LAUNCH, (*_RSA, "EC_prime256v1"), sources.CF_REQ, seen=True),
    Era(sources.COPY_26Q3, (*_RSA, "EC_prime256v1", "EC_secp384r1"), sources.CF_REQ, seen=True),
    also=(sources.UG_IMPORTPRE,),
    note="Sources disagree on P-384: CloudFront's page lists it in 26Q3 but not in 26-04; ACM's "
    "page on imports lists only P-256.",
)
CLOUDFRONT_DISPUTED: Algorithms = undated(
    "C.1c",
    "Key algorithms on which sources disagree for CloudFront.",
    ("EC_secp384r1",),
    sources.CF_REQ,
    sources.UG_IMPORTPRE,
)
CLOUDFRONT_CONDITIONS = _conditions(
    "C.1f",
    "CloudFront",
    (
        ("single-certificate", "a distribution has one certificate"),
        ("covered-names", "the certificate covers every alternate domain name, at the same level"),
        ("lower-case", "names are lowercase"),
        ("same-account", "the certificate belongs to the account of the distribution"),
    ),
    sources.CF_CNAMES,
    sources.CF_REQ,
)
CLOUDFRONT_SHARED_CONDITIONS = _conditions(
    "C.1g",
    "CloudFront if several distributions have one certificate",
    (
        (
            "http-version",
            "all distributions with the same certificate have the same `HttpVersion`",
        ),
    ),
    sources.CF_CNAMES,
)
CLOUDFRONT_DEFAULT_CERTIFICATE = dated(
    "C.1h",
    "CloudFront accepts aliases with its own default certificate.",
    Era(date(2020, 1, 22), False, sources.CF_CNAMES, seen=True),
    also=(sources.CLOUDPOSSE_72, sources.WIDDIX_443),
    note="The date of the first observation; the check exists since 2019. The error is "
    "`InvalidViewerCertificate`.",
)
CLOUDFRONT_FINAL_DOT = dated(
    "C.1i",
    "CloudFront accepts an alias that ends in a dot.",
    Era(date(2019, 1, 18), False, sources.PFB_659, seen=True),
    mark=Mark.OBSERVED,
    also=(sources.WIDDIX_443,),
    note="It compares the alias with the certificate, whose names have no dot at the end.",
)
CLOUDFRONT_ORIGIN_REGION = _region(
    "C.2a",
    "at the origin behind CloudFront",
    "any",
    sources.CF_REQ,
    note="The origin, such as a load balancer, has its own requirements.",
)
CLOUDFRONT_ORIGIN_ALGORITHMS: Algorithms = undated(
    "C.2b",
    "Key algorithms that CloudFront accepts at the origin.",
    (*_RSA, *_EC),
    sources.CF_REQ,
    note="The page names only the families.",
)
CLOUDFRONT_ORIGIN_CONDITIONS = _conditions(
    "C.2c",
    "CloudFront for an origin",
    (
        (
            "origin-name",
            "a name of the certificate matches the origin's domain; otherwise viewers get a 502",
        ),
    ),
    sources.CF_REQ,
)
CLOUDFRONT_ORIGIN_MATCHES = undated(
    "C.2d",
    "What a name of the origin's certificate must match over HTTPS; otherwise viewers get a 502.",
    ("the origin's domain", "the `Host` header, if it is forwarded"),
    sources.CF_502,
)
HOST_FORWARDING_POLICIES = undated(
    "C.2e",
    "Managed policies of CloudFront that forward the `Host` header to the origin, by name.",
    (
        ("Managed-AllViewer", "216adef6-5c7f-47e4-b989-5492eafa07d3"),
        ("Managed-AllViewerAndCloudFrontHeaders-2022-06", "33f36d7e-f396-46d9-90e0-52428a34d9dc"),
        ("Managed-HostHeaderOnly", "bf0718e1-ba1e-49d1-88b1-f726733018ae"),
    ),
    sources.CF_POLICIES,
)
HOST_HIDING_POLICIES = undated(
    "C.2f",
    "Managed policies of CloudFront that do not forward the `Host` header to the origin, by name.",
    (
        ("Managed-AllViewerExceptHostHeader", "b689b0a8-53d0-40ab-baf2-68738e2966ac"),
        ("Managed-CORS-CustomOrigin", "59781a5b-3903-41f3-afcb-af62929ccde1"),
        ("Managed-CORS-S3Origin", "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf"),
        ("Managed-UserAgentRefererHeaders", "acba4595-bd28-49b8-b9fe-13317c0390fa"),
        ("Managed-CachingDisabled", "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"),
        ("Managed-CachingOptimized", "658327ea-f89d-4fab-a63d-7e88639e58f6"),
        (
            "Managed-CachingOptimizedForUncompressedObjects",
            "b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
        ),
    ),
    sources.CF_POLICIES,
    sources.CF_CACHE_POLICIES,
)
CLOUDFRONT_MANAGED_REGION = undated(
    "C.3a",
    "Region of a distribution tenant's managed certificate, which CloudFront requests.",
    "automatic",
    sources.CF_MANAGED,
)
CLOUDFRONT_MANAGED_CONDITIONS = _conditions(
    "C.3b",
    "a distribution tenant's managed certificate",
    (
        ("http-validation", "the certificate is validated over HTTP"),
        ("wildcard-domain", "no name is a wildcard"),
        ("export", "the certificate cannot be exported"),
        ("single-request", "a tenant has one pending request"),
    ),
    sources.CF_MANAGED,
)
CLOUDFRONT_MANAGED_INSTEAD = undated(
    "C.3c",
    "What to supply for a managed certificate.",
    "supply nothing: CloudFront requests the certificate",
    sources.CF_MANAGED,
)
CLOUDFRONT_TENANT_REGION = undated(
    "C.4a", "Region of a distribution tenant's own certificate.", "us-east-1", sources.CF_MANAGED
)
CLOUDFRONT_TENANT_CONDITIONS = _conditions(
    "C.4b",
    "a distribution tenant's own certificate",
    (("overrides", "the certificate replaces the shared one"),),
    sources.CF_MANAGED,
)
ALB_REGION = _region("C.5a", "for an Application Load Balancer", "same", sources.ALB_CERT)
ALB_ALGORITHMS: Algorithms = undated(
    "C.5b",
    "Key algorithms that Application Load Balancers accept from ACM.",
    (*_RSA, *_EC),
    sources.UG_IMPORTPRE,
    sources.ALB_CERT,
)
ALB_CERTIFICATES = undated(
    "C.5c",
    "Certificates per Application Load Balancer, in addition to the default one; adjustable.",
    25,
    sources.ALB_LIM,
)
NLB_REGION = _inferred_region("C.6a", "for a Network Load Balancer", "same", sources.NLB_CERT)
NLB_ALGORITHMS: Algorithms = undated(
    "C.6b",
    "Key algorithms that Network Load Balancers accept from ACM.",
    ("RSA_1024", "RSA_2048", "RSA_3072", *_EC),
    sources.NLB_CERT,
    note="RSA 4096 is explicitly excluded.",
)
NLB_CERTIFICATES = undated(
    "C.6c", "Certificates per Network Load Balancer; adjustable.", 25, sources.NLB_LIM
)
CLB_REGION = _region("C.7a", "for a Classic Load Balancer", "same", sources.CLB_CERT)
CLB_ALGORITHMS: Algorithms = undated(
    "C.7b",
    "Key algorithms that Classic Load Balancers accept from ACM.",
    ("RSA_1024", "RSA_2048", "RSA_3072"),
    sources.CLB_CERT,
    note="EC keys and RSA 4096 work only through the IAM certificate store.",
)
API_GATEWAY_EDGE_REGION = _region(
    "C.8a",
    "for an edge-optimized domain of API Gateway",
    "us-east-1",
    sources.APIGW_CERT,
    sources.OBS_APIGW,
    note='Elsewhere: `BadRequestException`, with the message "Certificate must be in '
    "'us-east-1'\".",
)
API_GATEWAY_EDGE_ALGORITHMS: Algorithms = undated(
    "C.8b",
    "Key algorithms that edge-optimized domains of API Gateway accept.",
    ("RSA_1024", "RSA_2048"),
    sources.APIGW_CERT,
    note="The wording, public keys up to 2048 bits, is outdated.",
)
API_GATEWAY_EDGE_DISPUTED: Algorithms = undated(
    "C.8c",
    "Key algorithms that CloudFront accepts but the page on edge-optimized domains does not list.",
    ("RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1"),
    sources.CF_REQ,
    sources.APIGW_CERT,
)
API_GATEWAY_REGIONAL_REGION = _region(
    "C.9a",
    "for a Regional domain of API Gateway (REST, HTTP, WebSocket)",
    "same",
    sources.APIGW_CERT,
)
API_GATEWAY_REGIONAL_ALGORITHMS: Algorithms = undated(
    "C.9b",
    "Key algorithms that Regional domains of API Gateway accept.",
    ("RSA_1024", "RSA_2048"),
    sources.APIGW_CERT,
    note="The wording, public keys up to 2048 bits, is outdated.",
)
API_GATEWAY_REGIONAL_DISPUTED: Algorithms = inferred(
    "C.9c",
    "Key algorithms that Regional domains of API Gateway may or may not accept.",
    ("RSA_3072", "RSA_4096", *_EC),
    sources.APIGW_CERT,
    note="EC keys are not mentioned; larger RSA keys only exceed an outdated wording.",
)
API_GATEWAY_REGIONAL_CONDITIONS = _conditions(
    "C.9d",
    "Regional domains of API Gateway",
    (
        (
            "mutual-tls",
            (
                "with mutual TLS, an imported or private certificate also needs a public ACM "
                "certificate as proof of ownership"
            ),
        ),
    ),
    sources.APIGW_CERT,
    sources.BOTOCORE,
)
API_GATEWAY_PRIVATE_REGION = _inferred_region(
    "C.10a", "for a private domain of API Gateway", "same", sources.APIGW_PRIV
)
API_GATEWAY_PRIVATE_ALGORITHMS: Algorithms = undated(
    "C.10b",
    "Key algorithms that private domains of API Gateway accept.",
    ("RSA_2048", "EC_prime256v1", "EC_secp384r1"),
    sources.APIGW_PRIV,
)
API_GATEWAY_PRIVATE_CONDITIONS = _conditions(
    "C.10c",
    "private domains of API Gateway",
    (("wildcard-domain", "the domain name is not a wildcard (its certificate may contain one)"),),
    sources.APIGW_PRIV,
)
API_GATEWAY_WILDCARD_CONDITIONS = _conditions(
    "C.11",
    "wildcard domain names of API Gateway",
    (
        (
            "wildcard-domain",
            (
                "a wildcard domain name needs a certificate issued by ACM, with DNS or email "
                "validation"
            ),
        ),
    ),
    sources.APIGW_CUSTOM,
)
COGNITO_REGION = _region("C.12a", "for a custom domain of Cognito", "us-east-1", sources.COG)
COGNITO_CONDITIONS = _conditions(
    "C.12b",
    "Cognito",
    (
        ("lower-case", "the domain contains only lowercase letters, digits, and hyphens"),
        ("parent-record", "the parent of the domain has an A record"),
        ("top-level-domain", "the domain is not a top-level domain"),
        ("public", "the certificate is public"),
    ),
    sources.COG,
)
APPSYNC_REGION = _region("C.13a", "for a custom domain of AppSync", "us-east-1", sources.APPSYNC)
APPSYNC_CONDITIONS = _conditions(
    "C.13b",
    "AppSync, which states the same key algorithms as CloudFront",
    (("public", "the certificate is public or imported"),),
    sources.APPSYNC,
)
AMPLIFY_REGION = undated(
    "C.14a", "Region of your own certificate for Amplify Hosting.", "us-east-1", sources.AMPLIFY
)
AMPLIFY_ALGORITHMS: Algorithms = undated(
    "C.14b",
    "Key algorithms that Amplify Hosting accepts.",
    (*_RSA, "EC_prime256v1"),
    sources.AMPLIFY,
)
AMPLIFY_CONDITIONS = _conditions(
    "C.14c",
    "Amplify Hosting",
    (("covered-names", "the certificate covers all subdomains of the app"),),
    sources.AMPLIFY,
)
APP_RUNNER_REGION = _region(
    "C.15a", "for App Runner, which requests its own", "automatic", sources.APPRUNNER
)
APP_RUNNER_CONDITIONS: Conditions = dated(
    "C.15c",
    "Other requirements of App Runner.",
    Era(
        LAUNCH, (("caa", "CAA records, if any, allow `amazon.com`"),), sources.APPRUNNER, seen=True
    ),
    Era(
        date(2026, 4, 30),
        (
            ("caa", "CAA records, if any, allow `amazon.com`"),
            ("closed", "App Runner no longer accepts new customers"),
        ),
        sources.APPRUNNER,
    ),
)
APP_RUNNER_INSTEAD = undated(
    "C.15d",
    "What to supply to App Runner.",
    "supply nothing: App Runner requests the certificate",
    sources.APPRUNNER,
)
OPENSEARCH_REGION = _inferred_region(
    "C.16a", "for a custom endpoint of OpenSearch", "same", sources.OS
)
OPENSEARCH_CONDITIONS = _conditions(
    "C.16b",
    "OpenSearch",
    (
        ("same-account", "the certificate belongs to the account of the OpenSearch domain"),
        ("issued", "the certificate is issued"),
        ("covered-names", "the certificate lists the custom endpoint"),
    ),
    sources.OS,
)
ELASTIC_BEANSTALK_REGION = _inferred_region(
    "C.17a", "for the load balancer of an Elastic Beanstalk environment", "same", sources.EB
)
ELASTIC_BEANSTALK_CONDITIONS = _conditions(
    "C.17b",
    "Elastic Beanstalk; key algorithms depend on the load balancer type",
    (("load-balanced", "the environment has a load balancer, not a single instance"),),
    sources.EB,
)
VPC_LATTICE_REGION = _region("C.18a", "for a VPC Lattice service", "same", sources.LATTICE)
VPC_LATTICE_ALGORITHMS: Algorithms = undated(
    "C.18b", "Key algorithms that VPC Lattice accepts.", ("RSA_2048",), sources.LATTICE
)
VPC_LATTICE_CONDITIONS = _conditions(
    "C.18c",
    "VPC Lattice",
    (
        ("single-certificate", "a service has one certificate"),
        ("first-name", "the common name is ignored if there is a subject alternative name"),
        ("wildcard-domain", "a wildcard covers one level"),
    ),
    sources.LATTICE,
)
VERIFIED_ACCESS_REGION = _inferred_region(
    "C.19a", "for a Verified Access endpoint", "same", sources.VA, note="Not stated."
)
VERIFIED_ACCESS_CONDITIONS = _conditions(
    "C.19b",
    "Verified Access",
    (
        (
            "first-name",
            "the application domain is the common name, and so the primary name of the request",
        ),
        (
            "balancer-key",
            (
                "the certificate on the HTTPS load balancer behind it has an RSA key of 1024 "
                "or 2048 bits"
            ),
        ),
    ),
    sources.VA,
    sources.BOTOCORE,
)
NETWORK_FIREWALL_REGION = _inferred_region(
    "C.20a",
    "for inbound TLS inspection by Network Firewall",
    "same",
    sources.NFW,
    note="Not stated.",
)
NETWORK_FIREWALL_ALGORITHMS: Algorithms = undated(
    "C.20b",
    "Key algorithms that inbound TLS inspection accepts; it also accepts wildcards.",
    (*_RSA, *_EC),
    sources.NFW,
)
NETWORK_FIREWALL_CONDITIONS = _conditions(
    "C.20c",
    "inbound TLS inspection",
    (("self-signed", "the certificate is not self-signed"),),
    sources.NFW,
)
NETWORK_FIREWALL_OUTBOUND_REGION = inferred(
    "C.21a",
    "Region of the CA certificate for outbound TLS inspection by Network Firewall.",
    "same",
    sources.NFW,
    note="Not stated.",
)
NETWORK_FIREWALL_OUTBOUND_CONDITIONS = _conditions(
    "C.21b",
    "outbound TLS inspection",
    (
        (
            "imported-authority",
            (
                "the certificate is an imported CA certificate; neither ACM nor a private CA "
                "issues it"
            ),
        ),
    ),
    sources.NFW,
)
NITRO_ENCLAVES_REGION = _inferred_region("C.22a", "for a Nitro enclave", "same", sources.NITRO)
NITRO_ENCLAVES_ALGORITHMS: Algorithms = undated(
    "C.22b", "Key algorithms that Nitro Enclaves accept.", _RSA, sources.NITRO
)
NITRO_ENCLAVES_CONDITIONS = _conditions(
    "C.22c", "Nitro Enclaves", (("linux", "the instance runs Linux"),), sources.NITRO
)
NITRO_ENCLAVES_ABSENT_FROM = undated(
    "C.22d",
    "Regions without ACM for Nitro Enclaves.",
    _words(
        "ap-south-2 ap-southeast-3 ap-southeast-5 ap-southeast-4 ap-southeast-6 ap-northeast-3 "
        "ap-east-2 ap-southeast-7 ca-west-1 eu-south-2 eu-central-2 il-central-1 mx-central-1"
    ),
    sources.NITRO,
    note="The page names the locations: Hyderabad, Jakarta, Malaysia, Melbourne, New Zealand, "
    "Osaka, Taipei, Thailand, Calgary, Spain, Zurich, Tel Aviv, Mexico.",
)
NITRO_ENCLAVES_INSTEAD = inferred(
    "C.22e",
    "What to do in Regions without ACM for Nitro Enclaves.",
    "use another Region, or export the certificate",
    sources.NITRO,
)
CLIENT_VPN_REGION = _inferred_region("C.23a", "for a Client VPN endpoint", "same", sources.CVPN)
CLIENT_VPN_ALGORITHMS: Algorithms = undated(
    "C.23b", "Key algorithms that Client VPN accepts.", ("RSA_1024", "RSA_2048"), sources.CVPN
)
CLIENT_VPN_CONDITIONS = _conditions(
    "C.23c",
    "Client VPN",
    (("common-name", "a client certificate has a common name"),),
    sources.CVPN,
)
SITE_TO_SITE_VPN_REGION = _inferred_region(
    "C.24a", "for a customer gateway of Site-to-Site VPN", "same", sources.S2S
)
SITE_TO_SITE_VPN_CONDITIONS = _conditions(
    "C.24b", "Site-to-Site VPN", (("private", "the certificate is private"),), sources.S2S
)
TRANSFER_REGION = _inferred_region(
    "C.25a", "for an FTPS server of Transfer Family", "same", sources.XFER
)
TRANSFER_ALGORITHMS: Algorithms = undated(
    "C.25b",
    "Key algorithms that Transfer Family accepts.",
    ("RSA_2048", "RSA_4096", *_EC),
    sources.XFER,
    note="RSA 3072 is not listed.",
)
TRANSFER_CONDITIONS = _conditions(
    "C.25c",
    "Transfer Family",
    (("vpc-endpoint", "the server's endpoint is in a VPC"),),
    sources.XFER,
)
IOT_REGION = _inferred_region("C.26a", "for a custom domain of IoT Core", "same", sources.IOT_DOM)
IOT_ALGORITHMS: Algorithms = undated(
    "C.26b",
    "Key algorithms that custom domains of IoT Core accept.",
    ("RSA_2048", "EC_prime256v1"),
    sources.IOT_DOM,
)
IOT_CONDITIONS = _conditions(
    "C.26c",
    "custom domains of IoT Core",
    (
        ("server-auth", "the certificate has the extended key usage serverAuth"),
        ("chain", "the chain has at most 5 certificates and 16 KB"),
        ("single-certificate", "a domain has one server certificate"),
        ("first-name", "the common name is ignored if there is a subject alternative name"),
        (
            "wildcard-domain",
            "a registered wildcard blocks its names for other accounts in the Region",
        ),
        (
            "validation-certificate",
            (
                "a certificate that is not publicly trusted also needs a validation certificate, "
                "a public one of ACM"
            ),
        ),
    ),
    sources.IOT_DOM,
)
IOT_DEVICE_REGION = undated(
    "C.27a",
    "Region of an IoT device's certificate, which does not come from ACM.",
    "none",
    sources.IOT_DEV,
)
IOT_DEVICE_ALGORITHMS: Algorithms = undated(
    "C.27b",
    "Key algorithms of IoT device certificates.",
    ("RSA_2048", "RSA_3072", "RSA_4096", *_EC),
    sources.IOT_DEV,
    note="RSA of 2048 bits or more.",
)
IOT_DEVICE_INSTEAD = undated(
    "C.27c",
    "What to do for IoT devices.",
    "let IoT Core create the certificate, or register your own",
    sources.IOT_DEV,
    note="Certificates that IoT Core creates expire on 2049-12-31.",
)
LIGHTSAIL_REGION = _region(
    "C.28a", "for Lightsail, which has its own API for certificates", "none", sources.LS
)
LIGHTSAIL_INSTEAD = undated(
    "C.28b", "What to do in Lightsail.", "request the certificate in Lightsail", sources.LS
)
EKS_REGION = _inferred_region(
    "C.29a",
    "that the ACK controller exports to EKS",
    "any",
    sources.UG_SERVICES,
    note="Not stated; the certificate is exported.",
)
EKS_CONDITIONS = _conditions(
    "C.29b", "EKS", (("export", "the certificate is exportable"),), sources.UG_SERVICES
)
GLOBAL_ACCELERATOR_REGION = _inferred_region(
    "C.31a", "for Global Accelerator, which has no property for one", "none", sources.CFNLINT
)
GLOBAL_ACCELERATOR_INSTEAD = inferred(
    "C.31b",
    "What to do with Global Accelerator.",
    "put the certificate on the load balancer behind it",
    sources.CFNLINT,
)
UNATTACHED_REGION = _inferred_region(
    "C.32a", "for S3 websites, EC2 without enclaves, and Lambda URLs", "none", sources.UG_SERVICES
)
UNATTACHED_INSTEAD = inferred(
    "C.32b",
    "What to do with S3 websites, EC2 without enclaves, and Lambda URLs.",
    "put CloudFront or a load balancer in front, or export the certificate",
    sources.UG_SERVICES,
)
CLOUDFRONT_CLIENT_REGION = _region(
    "C.36a",
    "that CloudFront presents to an origin (`ClientCertificateArn`)",
    "us-east-1",
    sources.CF_ORIGIN_MTLS,
)
CLOUDFRONT_CLIENT_ALGORITHMS: Algorithms = undated(
    "C.36b",
    "Key algorithms of a certificate that CloudFront presents to an origin.",
    ("RSA_2048", "EC_prime256v1"),
    sources.CF_ORIGIN_MTLS,
)
CLOUDFRONT_CLIENT_CONDITIONS = _conditions(
    "C.36c",
    "a certificate that CloudFront presents to an origin",
    (
        ("client", "the certificate is imported or from a private CA, and has `clientAuth`"),
        ("chain", "the chain has at most 3 certificates and 64 KB"),
    ),
    sources.CF_ORIGIN_MTLS,
)
MEDIA_PACKAGE_REGION = _inferred_region(
    "C.37a", "for SPEKE encryption in MediaPackage v2", "same", sources.CFNLINT_26_10
)
MEDIA_PACKAGE_CONDITIONS = _conditions(
    "C.37b",
    "SPEKE encryption in MediaPackage v2",
    (("imported", "the certificate is imported"),),
    sources.CFNLINT_26_10,
)
SES_REGION = _inferred_region(
    "C.38a", "of a sender in SES (`EmailIdentityCertificate`)", "same", sources.CFNLINT_26_10
)
SES_CONDITIONS: Conditions = inferred(
    "C.38b",
    "Other requirements of a sender in SES.",
    (("mailbox", "the certificate names the mailbox, which a public ACM certificate cannot"),),
    sources.CFNLINT_26_10,
)
RTB_FABRIC_REGION = _inferred_region(
    "C.39", "for a responder gateway of RTB Fabric", "same", sources.CFNLINT_26_10
)
NETWORK_FIREWALL_PROXY_REGION = _region(
    "C.40a", "for the proxy of Network Firewall", "same", sources.FIREWALL_MODEL
)
NETWORK_FIREWALL_PROXY_CONDITIONS = _conditions(
    "C.40b",
    "the proxy of Network Firewall",
    (
        ("same-account", "the certificate belongs to the account of the firewall"),
        ("covered-names", "the certificate covers the domain name, at the same level"),
        ("wildcard-domain", "the domain name is not a wildcard (its certificate may contain one)"),
        ("domain-name", "a certificate and a domain name are set together"),
    ),
    sources.FIREWALL_MODEL,
)
API_PORTAL_REGION = _region("C.41a", "for an API portal", "us-east-1", sources.APIPORTAL_MODEL)
API_PORTAL_CONDITIONS = _conditions(
    "C.41b",
    "API portals",
    (
        ("public", "the certificate is not private"),
        ("issued", "the certificate is issued"),
        ("covered-names", "the certificate covers the domain name"),
    ),
    sources.APIPORTAL_MODEL,
)
APP_MESH_REGION = _inferred_region("C.42a", "for App Mesh", "same", sources.APPMESH)
APP_MESH_CLOSED = dated(
    "C.42b",
    "App Mesh is closed.",
    Era(LAUNCH, False, sources.APPMESH, seen=True),
    Era(date(2026, 9, 30), True, sources.APPMESH),
    note="The announced date.",
)
APP_MESH_INSTEAD = inferred(
    "C.42c",
    "What to do instead of App Mesh.",
    "use another service, such as ECS Service Connect or VPC Lattice",
    sources.APPMESH,
    note="The page only announces the end.",
)
ACCOUNT_EXPIRY_DAYS: Fact[tuple[int, int]] = dated(
    "C.44",
    "Days before expiry on which an account gets expiry events, minimum and maximum.",
    Era(date(2026, 7, 9), (1, 45), sources.CFNLINT_26_07, seen=True),
    also=(sources.CFNLINT_26_10,),
    note="`ExpiryEventsConfiguration` of `AWS::CertificateManager::Account`.",
)
