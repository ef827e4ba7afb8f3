"""What the services demand that use ACM's certificates, and where ACM is.

The Region of a certificate is a Region's name, or `same` (that of the resource), `any`,
`automatic` (there is nothing to supply) or `none` (the service takes no ACM certificate). Key
algorithms are spelled as in the ACM API; a service without such a fact documents none. Conditions
are pairs of a short id and a sentence.
"""

from __future__ import annotations

from datetime import date

from acmrules.dated import Era
from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Fact, Mark, dated, undated

TYPE_CHECKING = False
if TYPE_CHECKING:
    Algorithms = Fact[tuple[str, ...]]
    Conditions = Fact[tuple[tuple[str, str], ...]]

_RSA = ("RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096")
_EC = ("EC_prime256v1", "EC_secp384r1", "EC_secp521r1")

# Regions and partitions: section A5

CERTIFICATES_ARE_REGIONAL = undated(
    "5.1",
    "A certificate belongs to a Region and cannot be copied into another.",
    True,
    sources.UG_OVERVIEW,
)
FIXED_REGION = undated(
    "5.2",
    "The Region in which CloudFront, and what is built on it, looks for certificates.",
    "us-east-1",
    sources.CF_REQ,
    sources.APIGW_CERT,
    sources.COG,
    sources.APPSYNC,
    sources.AMPLIFY,
)
SAME_REGION = undated(
    "5.3",
    "Services that need the certificate in the Region of the resource, by the word of AWS.",
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
        (
            "aws",
            (
                "af-south-1",
                "ap-east-1",
                "ap-east-2",
                "ap-northeast-1",
                "ap-northeast-2",
                "ap-northeast-3",
                "ap-south-1",
                "ap-south-2",
                "ap-southeast-1",
                "ap-southeast-2",
                "ap-southeast-3",
                "ap-southeast-4",
                "ap-southeast-5",
                "ap-southeast-6",
                "ap-southeast-7",
                "ca-central-1",
                "ca-west-1",
                "eu-central-1",
                "eu-central-2",
                "eu-north-1",
                "eu-south-1",
                "eu-south-2",
                "eu-west-1",
                "eu-west-2",
                "eu-west-3",
                "il-central-1",
                "me-central-1",
                "me-south-1",
                "mx-central-1",
                "sa-east-1",
                "us-east-1",
                "us-east-2",
                "us-west-1",
                "us-west-2",
            ),
        ),
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
CHINA_CLOUDFRONT = undated(
    "5.5",
    "CloudFront in China takes no ACM certificate; this does instead.",
    "upload the certificate to the IAM certificate store",
    sources.CN_CF,
    note="The age of the page is not known; whether it still holds in late 2026 neither.",
)
GOVCLOUD_CLOUDFRONT = undated(
    "5.7",
    "CloudFront is not in the GovCloud partition; this does instead.",
    "use an account of the `aws` partition, with a certificate in its us-east-1",
    sources.GOV_CF,
    mark=Mark.INFERRED,
    note="That CloudFront is elsewhere is confirmed, where the certificate belongs follows.",
)

# Integrated services: section C

CLOUDFRONT_REGION = undated(
    "C.1a", "Region of a certificate for viewers of CloudFront.", "us-east-1", sources.CF_REQ
)
CLOUDFRONT_ALGORITHMS: Algorithms = dated(
    "C.1b",
    "Key algorithms that CloudFront takes from ACM, towards viewers.",
    Era(LAUNCH, (*_RSA, "EC_prime256v1"), sources.CF_REQ, seen=True),
    Era(sources.COPY_26Q3, (*_RSA, "EC_prime256v1", "EC_secp384r1"), sources.CF_REQ, seen=True),
    also=(sources.UG_IMPORTPRE,),
    note="Sources differ on P-384: CloudFront's page has it in 26Q3, not in 26-04; the page of "
    "ACM on imports names P-256 alone.",
)
CLOUDFRONT_DISPUTED: Algorithms = undated(
    "C.1c",
    "Key algorithms on which sources differ for CloudFront.",
    ("EC_secp384r1",),
    sources.CF_REQ,
    sources.UG_IMPORTPRE,
)
CLOUDFRONT_CONDITIONS: Conditions = undated(
    "C.1f",
    "What else CloudFront demands.",
    (
        ("single-certificate", "a distribution has one certificate"),
        (
            "covered-names",
            "every alternate domain name is covered by the certificate, at the same level",
        ),
        ("lower-case", "names are in lower case"),
        ("same-account", "the certificate belongs to the account of the distribution"),
    ),
    sources.CF_CNAMES,
    sources.CF_REQ,
)
CLOUDFRONT_ORIGIN_REGION = undated(
    "C.2a",
    "Region of a certificate at the origin behind CloudFront.",
    "any",
    sources.CF_REQ,
    note="The origin, such as a load balancer, has rules of its own.",
)
CLOUDFRONT_ORIGIN_ALGORITHMS: Algorithms = undated(
    "C.2b",
    "Key algorithms that CloudFront takes at the origin.",
    (*_RSA, *_EC),
    sources.CF_REQ,
    note="The page names the families only.",
)
CLOUDFRONT_ORIGIN_CONDITIONS: Conditions = undated(
    "C.2c",
    "What else CloudFront demands of an origin.",
    (("origin-name", "a name of the certificate matches the origin's domain, else 502"),),
    sources.CF_REQ,
)
CLOUDFRONT_MANAGED_REGION = undated(
    "C.3a",
    "Region of a distribution tenant's managed certificate, which CloudFront requests.",
    "automatic",
    sources.CF_MANAGED,
)
CLOUDFRONT_MANAGED_CONDITIONS: Conditions = undated(
    "C.3b",
    "What else holds for a distribution tenant's managed certificate.",
    (
        ("http-validation", "the certificate is validated by HTTP"),
        ("wildcard-domain", "no name is a wildcard"),
        ("export", "the certificate cannot be exported"),
        ("single-request", "a tenant has one request pending"),
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
CLOUDFRONT_TENANT_CONDITIONS: Conditions = undated(
    "C.4b",
    "What else holds for a distribution tenant's own certificate.",
    (("overrides", "the certificate takes the place of the shared one"),),
    sources.CF_MANAGED,
)
ALB_REGION = undated(
    "C.5a", "Region of a certificate on an Application Load Balancer.", "same", sources.ALB_CERT
)
ALB_ALGORITHMS: Algorithms = undated(
    "C.5b",
    "Key algorithms that an Application Load Balancer takes from ACM.",
    (*_RSA, *_EC),
    sources.UG_IMPORTPRE,
    sources.ALB_CERT,
)
ALB_CERTIFICATES = undated(
    "C.5c",
    "Certificates of an Application Load Balancer besides the default one; adjustable.",
    25,
    sources.ALB_LIM,
)
NLB_REGION = undated(
    "C.6a",
    "Region of a certificate on a Network Load Balancer.",
    "same",
    sources.NLB_CERT,
    mark=Mark.INFERRED,
)
NLB_ALGORITHMS: Algorithms = undated(
    "C.6b",
    "Key algorithms that a Network Load Balancer takes from ACM.",
    ("RSA_1024", "RSA_2048", "RSA_3072", *_EC),
    sources.NLB_CERT,
    note="Expressly not RSA 4096.",
)
NLB_CERTIFICATES = undated(
    "C.6c", "Certificates of a Network Load Balancer; adjustable.", 25, sources.NLB_LIM
)
CLB_REGION = undated(
    "C.7a", "Region of a certificate on a Classic Load Balancer.", "same", sources.CLB_CERT
)
CLB_ALGORITHMS: Algorithms = undated(
    "C.7b",
    "Key algorithms that a Classic Load Balancer takes from ACM.",
    ("RSA_1024", "RSA_2048", "RSA_3072"),
    sources.CLB_CERT,
    note="EC keys and RSA 4096 only through the IAM certificate store.",
)
API_GATEWAY_EDGE_REGION = undated(
    "C.8a",
    "Region of a certificate for an edge-optimized domain of API Gateway.",
    "us-east-1",
    sources.APIGW_CERT,
    sources.OBS_APIGW,
    note="Elsewhere: `BadRequestException`, with the text \"Certificate must be in 'us-east-1'\".",
)
API_GATEWAY_EDGE_ALGORITHMS: Algorithms = undated(
    "C.8b",
    "Key algorithms that an edge-optimized domain of API Gateway takes.",
    ("RSA_1024", "RSA_2048"),
    sources.APIGW_CERT,
    note="The wording, public keys up to 2048 bits, is dated.",
)
API_GATEWAY_EDGE_DISPUTED: Algorithms = undated(
    "C.8c",
    "Key algorithms that CloudFront takes, and the page on edge-optimized domains does not name.",
    ("RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1"),
    sources.CF_REQ,
    sources.APIGW_CERT,
)
API_GATEWAY_REGIONAL_REGION = undated(
    "C.9a",
    "Region of a certificate for a Regional domain of API Gateway (REST, HTTP, WebSocket).",
    "same",
    sources.APIGW_CERT,
)
API_GATEWAY_REGIONAL_ALGORITHMS: Algorithms = undated(
    "C.9b",
    "Key algorithms that a Regional domain of API Gateway takes.",
    ("RSA_1024", "RSA_2048"),
    sources.APIGW_CERT,
    note="The wording, public keys up to 2048 bits, is dated.",
)
API_GATEWAY_REGIONAL_DISPUTED: Algorithms = undated(
    "C.9c",
    "Key algorithms of which it is not known whether a Regional domain takes them.",
    ("RSA_3072", "RSA_4096", *_EC),
    sources.APIGW_CERT,
    mark=Mark.INFERRED,
    note="EC keys are not mentioned; larger RSA keys only go beyond a wording that is dated.",
)
API_GATEWAY_REGIONAL_CONDITIONS: Conditions = undated(
    "C.9d",
    "What else API Gateway demands for a Regional domain.",
    (
        (
            "mutual-tls",
            (
                "with mutual TLS, an imported or private certificate needs a public one of ACM "
                "beside it, which proves ownership"
            ),
        ),
    ),
    sources.APIGW_CERT,
    sources.BOTOCORE,
)
API_GATEWAY_PRIVATE_REGION = undated(
    "C.10a",
    "Region of a certificate for a private domain of API Gateway.",
    "same",
    sources.APIGW_PRIV,
    mark=Mark.INFERRED,
)
API_GATEWAY_PRIVATE_ALGORITHMS: Algorithms = undated(
    "C.10b",
    "Key algorithms that a private domain of API Gateway takes.",
    ("RSA_2048", "EC_prime256v1", "EC_secp384r1"),
    sources.APIGW_PRIV,
)
API_GATEWAY_PRIVATE_CONDITIONS: Conditions = undated(
    "C.10c",
    "What else API Gateway demands for a private domain.",
    (("wildcard-domain", "the domain name is no wildcard, though the certificate may have one"),),
    sources.APIGW_PRIV,
)
API_GATEWAY_WILDCARD_CONDITIONS: Conditions = undated(
    "C.11",
    "What API Gateway demands for a wildcard domain name.",
    (
        (
            "wildcard-domain",
            (
                "a wildcard domain name needs a certificate issued by ACM, validated by DNS or "
                "e-mail"
            ),
        ),
    ),
    sources.APIGW_CUSTOM,
)
COGNITO_REGION = undated(
    "C.12a", "Region of a certificate for a custom domain of Cognito.", "us-east-1", sources.COG
)
COGNITO_CONDITIONS: Conditions = undated(
    "C.12b",
    "What else Cognito demands.",
    (
        ("lower-case", "the domain has lower-case letters, digits and hyphens only"),
        ("parent-record", "the parent of the domain has an A record"),
        ("top-level-domain", "the domain is no top-level domain"),
    ),
    sources.COG,
)
APPSYNC_REGION = undated(
    "C.13a", "Region of a certificate for a custom domain of AppSync.", "us-east-1", sources.APPSYNC
)
APPSYNC_CONDITIONS: Conditions = undated(
    "C.13b",
    "What else AppSync demands; of key algorithms it says what CloudFront says.",
    (("public", "the certificate is public or imported"),),
    sources.APPSYNC,
)
AMPLIFY_REGION = undated(
    "C.14a", "Region of an own certificate for Amplify Hosting.", "us-east-1", sources.AMPLIFY
)
AMPLIFY_ALGORITHMS: Algorithms = undated(
    "C.14b", "Key algorithms that Amplify Hosting takes.", (*_RSA, "EC_prime256v1"), sources.AMPLIFY
)
AMPLIFY_CONDITIONS: Conditions = undated(
    "C.14c",
    "What else Amplify Hosting demands.",
    (("covered-names", "the certificate covers all subdomains of the app"),),
    sources.AMPLIFY,
)
APP_RUNNER_REGION = undated(
    "C.15a",
    "Region of a certificate for App Runner, which requests its own.",
    "automatic",
    sources.APPRUNNER,
)
APP_RUNNER_CONDITIONS: Conditions = dated(
    "C.15c",
    "What else App Runner demands.",
    Era(
        LAUNCH,
        (("caa", "CAA records, where there are any, allow `amazon.com`"),),
        sources.APPRUNNER,
        seen=True,
    ),
    Era(
        date(2026, 4, 30),
        (
            ("caa", "CAA records, where there are any, allow `amazon.com`"),
            ("closed", "App Runner takes no new customers"),
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
OPENSEARCH_REGION = undated(
    "C.16a",
    "Region of a certificate for a custom endpoint of OpenSearch.",
    "same",
    sources.OS,
    mark=Mark.INFERRED,
)
OPENSEARCH_CONDITIONS: Conditions = undated(
    "C.16b",
    "What else OpenSearch demands.",
    (
        ("same-account", "the certificate belongs to the account of the OpenSearch domain"),
        ("issued", "the certificate is issued"),
        ("covered-names", "the certificate lists the custom endpoint"),
    ),
    sources.OS,
)
ELASTIC_BEANSTALK_REGION = undated(
    "C.17a",
    "Region of a certificate on the load balancer of an Elastic Beanstalk environment.",
    "same",
    sources.EB,
    mark=Mark.INFERRED,
)
ELASTIC_BEANSTALK_CONDITIONS: Conditions = undated(
    "C.17b",
    "What else Elastic Beanstalk demands; key algorithms follow the type of load balancer.",
    (("load-balanced", "the environment has a load balancer, not a single instance"),),
    sources.EB,
)
VPC_LATTICE_REGION = undated(
    "C.18a", "Region of a certificate for a VPC Lattice service.", "same", sources.LATTICE
)
VPC_LATTICE_ALGORITHMS: Algorithms = undated(
    "C.18b", "Key algorithms that VPC Lattice takes.", ("RSA_2048",), sources.LATTICE
)
VPC_LATTICE_CONDITIONS: Conditions = undated(
    "C.18c",
    "What else VPC Lattice demands.",
    (
        ("single-certificate", "a service has one certificate"),
        ("first-name", "the common name is ignored where there is a subject alternative name"),
        ("wildcard-domain", "a wildcard covers one level"),
    ),
    sources.LATTICE,
)
VERIFIED_ACCESS_REGION = undated(
    "C.19a",
    "Region of a certificate for a Verified Access endpoint.",
    "same",
    sources.VA,
    mark=Mark.INFERRED,
    note="Not stated.",
)
VERIFIED_ACCESS_CONDITIONS: Conditions = undated(
    "C.19b",
    "What else Verified Access demands.",
    (
        (
            "first-name",
            "the application domain is the common name, hence the first name of the request",
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
NETWORK_FIREWALL_REGION = undated(
    "C.20a",
    "Region of a certificate for inbound TLS inspection by Network Firewall.",
    "same",
    sources.NFW,
    mark=Mark.INFERRED,
    note="Not stated.",
)
NETWORK_FIREWALL_ALGORITHMS: Algorithms = undated(
    "C.20b",
    "Key algorithms that inbound TLS inspection takes; wildcards too.",
    (*_RSA, *_EC),
    sources.NFW,
)
NETWORK_FIREWALL_CONDITIONS: Conditions = undated(
    "C.20c",
    "What else inbound TLS inspection demands.",
    (("self-signed", "the certificate is not self-signed"),),
    sources.NFW,
)
NETWORK_FIREWALL_OUTBOUND_REGION = undated(
    "C.21a",
    "Region of the CA certificate for outbound TLS inspection by Network Firewall.",
    "same",
    sources.NFW,
    mark=Mark.INFERRED,
    note="Not stated.",
)
NETWORK_FIREWALL_OUTBOUND_CONDITIONS: Conditions = undated(
    "C.21b",
    "What else outbound TLS inspection demands.",
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
NITRO_ENCLAVES_REGION = undated(
    "C.22a",
    "Region of a certificate in a Nitro enclave.",
    "same",
    sources.NITRO,
    mark=Mark.INFERRED,
)
NITRO_ENCLAVES_ALGORITHMS: Algorithms = undated(
    "C.22b", "Key algorithms that Nitro Enclaves take.", _RSA, sources.NITRO
)
NITRO_ENCLAVES_CONDITIONS: Conditions = undated(
    "C.22c",
    "What else Nitro Enclaves demand.",
    (("linux", "the instance runs Linux"),),
    sources.NITRO,
)
NITRO_ENCLAVES_ABSENT_FROM = undated(
    "C.22d",
    "Regions without ACM for Nitro Enclaves.",
    (
        "ap-south-2",
        "ap-southeast-3",
        "ap-southeast-5",
        "ap-southeast-4",
        "ap-southeast-6",
        "ap-northeast-3",
        "ap-east-2",
        "ap-southeast-7",
        "ca-west-1",
        "eu-south-2",
        "eu-central-2",
        "il-central-1",
        "mx-central-1",
    ),
    sources.NITRO,
    note="The page names the places: Hyderabad, Jakarta, Malaysia, Melbourne, New Zealand, Osaka, "
    "Taipei, Thailand, Calgary, Spain, Zurich, Tel Aviv, Mexico.",
)
NITRO_ENCLAVES_INSTEAD = undated(
    "C.22e",
    "What to do in these Regions instead.",
    "use another Region, or export the certificate",
    sources.NITRO,
    mark=Mark.INFERRED,
)
CLIENT_VPN_REGION = undated(
    "C.23a",
    "Region of a certificate for a Client VPN endpoint.",
    "same",
    sources.CVPN,
    mark=Mark.INFERRED,
)
CLIENT_VPN_ALGORITHMS: Algorithms = undated(
    "C.23b", "Key algorithms that Client VPN takes.", ("RSA_1024", "RSA_2048"), sources.CVPN
)
CLIENT_VPN_CONDITIONS: Conditions = undated(
    "C.23c",
    "What else Client VPN demands.",
    (("common-name", "a client certificate has a common name"),),
    sources.CVPN,
)
SITE_TO_SITE_VPN_REGION = undated(
    "C.24a",
    "Region of a certificate for a customer gateway of Site-to-Site VPN.",
    "same",
    sources.S2S,
    mark=Mark.INFERRED,
)
SITE_TO_SITE_VPN_CONDITIONS: Conditions = undated(
    "C.24b",
    "What else Site-to-Site VPN demands.",
    (("private", "the certificate is a private one"),),
    sources.S2S,
)
TRANSFER_REGION = undated(
    "C.25a",
    "Region of a certificate for an FTPS server of Transfer Family.",
    "same",
    sources.XFER,
    mark=Mark.INFERRED,
)
TRANSFER_ALGORITHMS: Algorithms = undated(
    "C.25b",
    "Key algorithms that Transfer Family takes.",
    ("RSA_2048", "RSA_4096", *_EC),
    sources.XFER,
    note="RSA 3072 is not listed.",
)
TRANSFER_CONDITIONS: Conditions = undated(
    "C.25c",
    "What else Transfer Family demands.",
    (("vpc-endpoint", "the server's endpoint is in a VPC"),),
    sources.XFER,
)
IOT_REGION = undated(
    "C.26a",
    "Region of a certificate for a custom domain of IoT Core.",
    "same",
    sources.IOT_DOM,
    mark=Mark.INFERRED,
)
IOT_ALGORITHMS: Algorithms = undated(
    "C.26b",
    "Key algorithms that a custom domain of IoT Core takes.",
    ("RSA_2048", "EC_prime256v1"),
    sources.IOT_DOM,
)
IOT_CONDITIONS: Conditions = undated(
    "C.26c",
    "What else a custom domain of IoT Core demands.",
    (
        ("server-auth", "the certificate carries the extended key usage serverAuth"),
        ("chain", "the chain has 5 certificates and 16 KB at the most"),
        ("single-certificate", "a domain has one server certificate"),
        ("first-name", "the common name is ignored where there is a subject alternative name"),
        (
            "wildcard-domain",
            "a registered wildcard keeps its names from other accounts in the Region",
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
    "What to do for IoT devices instead.",
    "let IoT Core make the certificate, or register one with it",
    sources.IOT_DEV,
    note="Certificates that IoT Core makes end on 2049-12-31.",
)
LIGHTSAIL_REGION = undated(
    "C.28a",
    "Region of a certificate in Lightsail, which has an API of its own over ACM.",
    "none",
    sources.LS,
)
LIGHTSAIL_INSTEAD = undated(
    "C.28b", "What to do in Lightsail instead.", "request the certificate in Lightsail", sources.LS
)
EKS_REGION = undated(
    "C.29a",
    "Region of a certificate that the ACK controller brings into EKS.",
    "any",
    sources.UG_SERVICES,
    mark=Mark.INFERRED,
    note="Not stated; the certificate is exported.",
)
EKS_CONDITIONS: Conditions = undated(
    "C.29b",
    "What else EKS demands.",
    (("export", "the certificate is exportable"),),
    sources.UG_SERVICES,
)
GLOBAL_ACCELERATOR_REGION = undated(
    "C.31a",
    "Region of a certificate on Global Accelerator, which has no property for one.",
    "none",
    sources.CFNLINT,
    mark=Mark.INFERRED,
)
GLOBAL_ACCELERATOR_INSTEAD = undated(
    "C.31b",
    "What to do with Global Accelerator instead.",
    "put the certificate on the load balancer behind it",
    sources.CFNLINT,
    mark=Mark.INFERRED,
)
UNATTACHED_REGION = undated(
    "C.32a",
    "Region of a certificate on S3 websites, EC2 without enclaves, and Lambda URLs: there is none.",
    "none",
    sources.UG_SERVICES,
    mark=Mark.INFERRED,
)
UNATTACHED_INSTEAD = undated(
    "C.32b",
    "What to do with these instead.",
    "put CloudFront or a load balancer in front, or export the certificate",
    sources.UG_SERVICES,
    mark=Mark.INFERRED,
)
