"""The sources of the facts: one citation per source, named after its key in the list of facts.

`copy` is the version of the stored text: `26Q3` dates from 2026-07-29 or later, `26-04` from
2026-04-13, and `BR 2.2.6` from 2026-03-31. `17-12` to `21-12` are months of AWS's archived user
guide. The URLs of `OBS_CN64`, `OBS_CF`, `OBS_ELB`, and `OBS_APIGW` are the nearest representative
pages.
"""

from __future__ import annotations

from datetime import date

from acmrules.facts.fact import CHECKED
from acmrules.facts.timeline import Citation

ARCHIVE_18_11 = date(2018, 11, 1)
ARCHIVE_20_03 = date(2020, 3, 1)
ARCHIVE_20_08 = date(2020, 8, 1)
ARCHIVE_21_12 = date(2021, 12, 1)
"""The first day of the month of a copy in AWS's archive."""

COPY_26_04 = date(2026, 4, 13)
"""The date of the copy `26-04`."""

COPY_26Q3 = date(2026, 7, 29)
"""The date of the last change log entry in the copy `26Q3`."""


def _cite(title: str, url: str, copy: str = "") -> Citation:
    return Citation(title, url, CHECKED, copy)


def _github(title: str, path: str, copy: str = "") -> Citation:
    return _cite(title, f"https://github.com/{path}", copy)


def _provider_issue(number: int, title: str, copy: str = "") -> Citation:
    path = f"hashicorp/terraform-provider-aws/issues/{number}"
    return _github(f"Terraform AWS provider issue {number}: {title}", path, copy)


def _preflight_rule(title: str, name: str) -> Citation:
    path = f"badmintoncryer/cdk-preflight/blob/main/rules/acm/pf-acm-{name}/rule.rego"
    return _github(f"cdk-preflight rule: {title}", path, "observed 2026")


def _aws(title: str, page: str, copy: str = "26Q3") -> Citation:
    return _cite(title, f"https://docs.aws.amazon.com/{page}.html", copy)


def _guide(title: str, page: str, copy: str = "26Q3") -> Citation:
    return _aws(f"ACM User Guide: {title}", f"acm/latest/userguide/{page}", copy)


def _api(name: str, copy: str = "botocore 1.43.11") -> Citation:
    return _aws(f"ACM API: {name}", f"acm/latest/APIReference/API_{name}", copy)


def _schemas(version: str, day: str) -> Citation:
    path = f"aws-cloudformation/cfn-lint/tree/v{version}/src/cfnlint/data/schemas"
    return _github(f"Resource schemas of cfn-lint {version}", path, f"schemas of {day}")


def _model(service: str, name: str) -> Citation:
    path = f"boto/botocore/tree/1.44.8/botocore/data/{name}"
    return _github(f"API model of {service} in botocore", path, "botocore 1.44.8")


def _rfc(number: int, title: str, copy: str = "") -> Citation:
    return _cite(f"RFC {number}: {title}", f"https://www.rfc-editor.org/info/rfc{number}", copy)


ARCHIVE = _github(
    "ACM User Guide, AWS's archived repository",
    "awsdocs/aws-certificate-user-guide/tree/c17d7fb/doc_source",
    "17-12 to 21-12",
)
BR = _github(
    "CA/Browser Forum TLS Baseline Requirements",
    "cabforum/servercert/blob/main/docs/BR.md",
    "BR 2.2.6",
)
BR_OLD = _github(
    "Baseline Requirements, earlier versions", "cabforum/servercert/commits/main/docs/BR.md"
)
BR_2025 = _github(
    "Baseline Requirements, versions of 2025", "cabforum/servercert/commits/main/docs/BR.md"
)
BR_SC12 = _github(
    "Ballot SC-012: sunset of underscores in dNSNames", "cabforum/servercert/commit/6e0fe32"
)
BR_197 = _github(
    "Ballot 197: effective date of ballot 193", "cabforum/servercert/commit/782eb50", "2017-09-29"
)
BR_165 = _github(
    "Baseline Requirements, version 1.6.5",
    "cabforum/servercert/blob/061621634b9821dc369d042a1581f89b830937eb/docs/BR.md",
    "BR 1.6.5",
)
BR_173 = _github(
    "Baseline Requirements, version 1.7.3", "cabforum/servercert/commit/23c3cc6", "BR 1.7.3"
)
BR_SC98 = _cite(
    "Ballot SC-098: processing of CAA parameters (RFC 8657)",
    "https://cabforum.org/2026/05/13/ballot-sc-98-process-rfc-8657-caa-parameters/",
)
BR_SC98_TEXT = _github(
    "Ballot SC-098, the merged text", "cabforum/servercert/pull/567", "2026-05-13"
)
BR_SC100 = _cite(
    "Ballot SC-100: DNSSEC clarification and consolidation",
    "https://cabforum.org/2026/08/06/ballot-sc-100-dnssec-clarification-and-consolidation/",
)
BR_SC104 = _cite(
    "Ballot SC-104: AIA extension of subscriber certificates",
    "https://cabforum.org/2026/09/03/ballot-sc-104-set-presence-of-aia-extension-to-should-for-subscriber-certificates/",
)
CHROME_POLICY = _cite(
    "Encryption Consulting on the Chrome Root Program Policy, version 1.8",
    "https://www.encryptionconsulting.com/?p=90740",
    "2026-02-05",
)
BOTOCORE = _github(
    "API model of ACM in botocore",
    "boto/botocore/tree/1.43.11/botocore/data/acm/2015-12-08",
    "botocore 1.43.11",
)
BOTOCORE_26_11 = _github(
    "API model of ACM in botocore, November 2026",
    "boto/botocore/tree/1.44.8/botocore/data/acm/2015-12-08",
    "botocore 1.44.8",
)
PCA_MODEL = _model("AWS Private CA", "acm-pca")
APIPORTAL_MODEL = _model("API portals", "apiportal")
FIREWALL_MODEL = _model("Network Firewall", "network-firewall")
KAFKA_MODEL = _model("MSK", "kafka")
CFNLINT = _github(
    "Resource schemas of cfn-lint",
    "aws-cloudformation/cfn-lint/tree/v1.51.0/src/cfnlint/data/schemas",
    "cfn-lint 1.51.0",
)
CFNLINT_26_07 = _schemas("1.53.0", "2026-07-09")
CFNLINT_26_08 = _schemas("1.55.0", "2026-08-11")
CFNLINT_26_09 = _schemas("1.56.0", "2026-08-31")
CFNLINT_E3503 = _github(
    "cfn-lint rule E3503 on validation domains",
    "aws-cloudformation/cfn-lint/blob/v1.51.0/src/cfnlint/rules/resources/certificatemanager/DomainValidationOptions.py",
    "cfn-lint 1.51.0",
)
CFNLINT_26_10 = _schemas("1.58.0", "2026-10-20")
CFNLINT_1619 = _github(
    "cfn-lint issue 1619: zone ID with validation domain", "aws-cloudformation/cfn-lint/issues/1619"
)
PSL = _github(
    "Public Suffix List", "publicsuffix/list/blob/main/public_suffix_list.dat", "list of 2026-08-19"
)
API_REQUEST = _api("RequestCertificate")
API_DVO = _api("DomainValidationOption")
API_OPTIONS = _api("CertificateOptions", "26Q3")
API_UPDATE = _api("UpdateCertificateOptions", "26Q3")
API_RESEND = _api("ResendValidationEmail")
API_IMPORT = _api("ImportCertificate")
API_EXPORT = _api("ExportCertificate", "")
API_TAG = _api("Tag")
API_REDIRECT = _api("HttpRedirect", "26Q3")
UG_HISTORY = _guide("document history", "dochistory")
UG_PUBLIC = _guide("public certificates", "acm-public-certificates")
UG_CHAR = _guide("certificate characteristics", "acm-certificate-characteristics")
UG_CONCEPTS = _guide("concepts", "acm-concepts")
UG_KMS = _guide("security of private keys", "kms", "seen 2026-11")
UG_LIMITS = _guide("quotas", "acm-limits")
UG_TAGS = _guide("tag restrictions", "tags-restrictions")
UG_COND = _guide("IAM condition keys", "acm-conditions")
UG_FAILED = _guide("failed certificate requests", "troubleshooting-cert-requests")
UG_EMAIL = _guide("email validation", "email-validation")
UG_EMAILAUTO = _guide("automating email validation", "email-automation", "26-04")
UG_MIGRATE = _guide("migrating from email to DNS validation", "email-to-dns-migration")
UG_MIGOV = _guide("overview of the migration from email to DNS", "email-to-dns-overview")
UG_DNS = _guide("DNS validation", "dns-validation")
UG_DNSTS = _guide("troubleshooting DNS validation", "troubleshooting-DNS-validation", "26-04")
UG_OWN = _guide("validating domain ownership", "domain-ownership-validation")
UG_SETUP = _guide("setup and CAA records", "setup")
UG_EMAILTS = _guide("troubleshooting email validation", "troubleshooting-email-validation")
UG_HTTPTS = _guide("timeouts of HTTP validation", "http-validation-timeout")
UG_CAA = _guide("troubleshooting CAA records", "troubleshooting-caa")
UG_HTTP = _guide("HTTP validation", "http-validation")
UG_HTTPREDIR = _guide("HTTP validation redirects", "http-validation-redirect-issues")
UG_HTTPRENEW = _guide("renewal with HTTP validation", "http-renewal-validation", "26-04")
UG_OVERVIEW = _guide("overview", "acm-overview")
UG_SERVICES = _guide("integrated services", "acm-services", "")
UG_BEST = _guide("best practices", "acm-bestpractices")
UG_RENEW = _guide("managed renewal", "managed-renewal")
UG_DNSRENEW = _guide("renewal with DNS validation", "dns-renewal-validation")
UG_RENEWPRIV = _guide("renewal of private certificates", "renew-private-cert", "26-04")
UG_RENEWTS = _guide("troubleshooting renewal", "troubleshooting-renewal", "")
UG_EXC = _guide("private CA exceptions", "exceptions", "26-04")
UG_IMPORT = _guide("importing certificates", "import-certificate")
UG_PRIVATE = _guide("private certificates", "private-certificates.title")
UG_FORCE = _guide("forcing a renewal", "force-certificate-renewal")
UG_DESCRIBE = _guide("describing certificates", "gs-acm-describe")
UG_CA_ACCESS = _guide("conditions for using AWS Private CA", "ca-access", "26Q4")
PCA_ASSIGN = _aws(
    "AWS Private CA: permissions for renewal",
    "privateca/latest/userguide/assign-permissions",
    "26Q4",
)
PCA_MODES = _aws(
    "AWS Private CA: short-lived certificates",
    "privateca/latest/userguide/short-lived-certificates",
    "",
)
UG_IMPORTPRE = _guide("prerequisites for imports", "import-certificate-prerequisites")
UG_IMPORTFMT = _guide("import formats", "import-certificate-format", "26-04")
UG_IMPORT_TS = _guide("troubleshooting imports", "troubleshoot-import")
UG_REIMPORT = _guide("reimporting certificates", "import-reimport", "26-04")
UG_ACME = _guide("ACME", "acm-acme")
UG_ACMEEP = _guide("ACME endpoints", "acm-acme-endpoints")
UG_ACMEISS = _guide("issuance with ACME", "acm-acme-issuance")
UG_EAB = _guide("external account bindings for ACME", "acm-acme-eab")
UG_CONDACME = _guide("IAM condition keys with ACME", "acm-conditions-acme")
UG_ACMEDV = _guide("domain validation with ACME", "acm-acme-domain-validation")
UG_EMAILTS = _guide("troubleshooting email validation", "troubleshooting-email-validation")
UG_EVENTS = _guide("supported events", "supported-events")
UG_RENEWSTATUS = _guide("renewal status", "check-certificate-renewal-status")
UG_REVOKE = _guide("revoking certificates", "revoke-certificate", "")
UG_SLR = _guide("service-linked role", "slr-problems", "")
UG_APIGWTS = _guide("troubleshooting API Gateway", "troubleshoot-apigateway", "")
UG_GRANT = _guide("lost access to the key", "unexpected-failure", "")
UG_MIGRATEDO = _guide("starting the migration to DNS", "email-to-dns-migrate")
GR_ACM = _aws("AWS General Reference: ACM endpoints and quotas", "general/latest/gr/acm")
CFN_CERT = _aws(
    "CloudFormation: AWS::CertificateManager::Certificate",
    "AWSCloudFormation/latest/TemplateReference/aws-resource-certificatemanager-certificate",
    "26Q3 and 26-04",
)
CFN_DVO = _aws(
    "CloudFormation: DomainValidationOption",
    "AWSCloudFormation/latest/TemplateReference/aws-properties-certificatemanager-certificate-domainvalidationoption",
)
CF_REQ = _aws(
    "CloudFront: certificate requirements",
    "AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements",
)
CF_CNAMES = _aws(
    "CloudFront: alternate domain names", "AmazonCloudFront/latest/DeveloperGuide/CNAMEs"
)
CF_ORIGIN_MTLS = _aws(
    "CloudFront: client certificates for origins",
    "AmazonCloudFront/latest/DeveloperGuide/origin-certificate-management-certificate-manager",
    "26-04",
)
CF_502 = _aws(
    "CloudFront: HTTP status code 502",
    "AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway",
    "seen 2026-11",
)
CF_POLICIES = _aws(
    "CloudFront: managed origin request policies",
    "AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies",
    "seen 2026-11",
)
CF_CACHE_POLICIES = _aws(
    "CloudFront: managed cache policies",
    "AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies",
    "seen 2026-11",
)
CF_LIM = _aws("CloudFront: quotas", "AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits")
CF_MANAGED = _aws(
    "CloudFront: managed certificates of tenants",
    "AmazonCloudFront/latest/DeveloperGuide/managed-cloudfront-certificates",
)
CN_CF = _cite(
    "AWS in China: CloudFront",
    "https://docs.amazonaws.cn/en_us/aws/latest/userguide/cloudfront.html",
)
GOV_CF = _aws(
    "AWS GovCloud (US): setting up CloudFront", "govcloud-us/latest/UserGuide/setting-up-cloudfront"
)
GOV_ACM = _aws("AWS GovCloud (US): ACM", "govcloud-us/latest/UserGuide/govcloud-acm")
ATS_REPO = _cite("Amazon Trust Services repository", "https://www.amazontrust.com/repository")
ALB_CERT = _aws(
    "Application Load Balancer: certificates",
    "elasticloadbalancing/latest/application/https-listener-certificates",
)
ALB_LIM = _aws(
    "Application Load Balancer: quotas",
    "elasticloadbalancing/latest/application/load-balancer-limits",
)
NLB_CERT = _aws(
    "Network Load Balancer: certificates",
    "elasticloadbalancing/latest/network/tls-listener-certificates",
)
NLB_LIM = _aws(
    "Network Load Balancer: quotas", "elasticloadbalancing/latest/network/load-balancer-limits"
)
CLB_CERT = _aws(
    "Classic Load Balancer: certificates", "elasticloadbalancing/latest/classic/ssl-server-cert"
)
APIGW_CERT = _aws(
    "API Gateway: certificates for custom domains",
    "apigateway/latest/developerguide/how-to-specify-certificate-for-custom-domain-name",
)
APIGW_PRIV = _aws(
    "API Gateway: private custom domains",
    "apigateway/latest/developerguide/apigateway-private-custom-domains",
    "26-04",
)
APIGW_CUSTOM = _aws(
    "API Gateway: custom domains", "apigateway/latest/developerguide/how-to-custom-domains", "26-04"
)
COG = _aws(
    "Cognito: custom domains", "cognito/latest/developerguide/cognito-user-pools-add-custom-domain"
)
APPSYNC = _aws("AppSync: custom domains", "appsync/latest/devguide/custom-domain-name", "26-04")
AMPLIFY = _aws(
    "Amplify Hosting: certificates", "amplify/latest/userguide/using-certificates", "26-04"
)
APPRUNNER = _aws("App Runner: custom domains", "apprunner/latest/dg/manage-custom-domains", "26-04")
OS = _aws(
    "OpenSearch Service: custom endpoints",
    "opensearch-service/latest/developerguide/customendpoint",
)
EB = _aws(
    "Elastic Beanstalk: HTTPS on the load balancer",
    "elasticbeanstalk/latest/dg/configuring-https-elb",
)
LATTICE = _aws("VPC Lattice: bring your own certificate", "vpc-lattice/latest/ug/service-byoc")
VA = _aws(
    "Verified Access: load balancer endpoints",
    "verified-access/latest/ug/create-load-balancer-endpoint",
)
NFW = _aws(
    "Network Firewall: certificates for TLS inspection",
    "network-firewall/latest/developerguide/tls-inspection-certificate-requirements",
)
NITRO = _aws("Nitro Enclaves: ACM for Nitro Enclaves", "enclaves/latest/user/nitro-enclave-refapp")
CVPN = _aws("Client VPN: mutual authentication", "vpn/latest/clientvpn-admin/mutual")
S2S = _aws(
    "Site-to-Site VPN: tunnel authentication", "vpn/latest/s2svpn/vpn-tunnel-authentication-options"
)
XFER = _aws("Transfer Family: FTPS servers", "transfer/latest/userguide/create-server-ftps")
IOT_DOM = _aws(
    "IoT Core: custom domains", "iot/latest/developerguide/iot-custom-endpoints-configurable-custom"
)
IOT_DEV = _aws("IoT Core: X.509 client certificates", "iot/latest/developerguide/x509-client-certs")
LS = _aws(
    "Lightsail: TLS certificates",
    "lightsail/latest/userguide/understanding-tls-ssl-certificates-in-lightsail-https",
)
APPMESH = _cite(
    "App Mesh: tooling",
    "https://docs.amazonaws.cn/en_us/app-mesh/latest/userguide/tooling.md",
    "2026",
)
BLOG_WHOIS = _cite(
    "AWS Security Blog: end of WHOIS lookup",
    "https://aws.amazon.com/blogs/security/aws-certificate-manager-will-discontinue-whois-lookup-for-email-validated-certificates/",
)
PRICE_BLOG = _cite(
    "Joe's Tech Blog: prices of exportable certificates", "https://joestechblog.info/"
)
PRICE_BLOG2 = _cite(
    "sjramblings: shorter lifetimes of ACM certificates",
    "https://sjramblings.io/aws-acm-certificate-validity-shorter-lifetimes",
)
RFC9525 = _rfc(9525, "Service Identity in TLS")
LE_SHA1 = _cite(
    "Let's Encrypt: rejecting SHA-1 signing requests",
    "https://community.letsencrypt.org/t/rejecting-sha-1-csrs-and-validation-using-tls-1-0-1-1-urls/175144",
    "2022-04-21",
)
RFC8659 = _cite(
    "RFC 8659: DNS Certification Authority Authorization",
    "https://www.rfc-editor.org/rfc/rfc8659#section-3",
    "final draft",
)
RFC_ERRATA5065 = _cite(
    "RFC erratum 5065: CAA tree climbing", "https://www.rfc-editor.org/errata/eid5065"
)
TF_CERT = _github(
    "Terraform AWS provider: source of aws_acm_certificate",
    "hashicorp/terraform-provider-aws/blob/01661ea3cbe6b07ed725b03c587d24ceb464484a/internal/service/acm/certificate.go",
    "2026",
)
TF_VALIDATION = _github(
    "Terraform AWS provider: source of aws_acm_certificate_validation",
    "hashicorp/terraform-provider-aws/blob/004eea7f9b6658d88d652e89e10c7520a10ad6b8/internal/service/acm/certificate_validation.go",
    "2026",
)
TF_DATA = _github(
    "Terraform AWS provider: documentation of the data source aws_acm_certificate",
    "hashicorp/terraform-provider-aws/blob/07e0d0b940f57c782f8fcc9ccfd8b19f59383b51/website/docs/d/acm_certificate.html.markdown",
)
TF_DATA_SOURCE = _github(
    "Terraform AWS provider: source of the data source aws_acm_certificate",
    "hashicorp/terraform-provider-aws/blob/02478e1d9b1f74823f0a06fab06336f7018346cb/internal/service/acm/certificate_data_source.go",
)
TF_CERT_PAGE = _github(
    "Terraform AWS provider: documentation of aws_acm_certificate",
    "hashicorp/terraform-provider-aws/blob/012f5b96ec2c4ef956095ddb26936effcd1e43aa/website/docs/r/acm_certificate.html.markdown",
)
TF_41789 = _provider_issue(41789, "listener with a pending certificate", "observed 2025-03-12")
TF_4687 = _provider_issue(4687, "distribution with a pending certificate", "observed 2018-05-29")
TF_10447 = _provider_issue(10447, "API domain with a pending certificate", "observed 2019-10-10")
TF_20297 = _provider_issue(20297, "Cognito domain with a new certificate", "observed 2021-07-23")
UPJET_150 = _github(
    "provider-upjet-aws issue 150: AppSync domain with a pending certificate",
    "crossplane-contrib/provider-upjet-aws/issues/150",
    "observed 2022-11-16",
)
ACK_GENERATOR = _github(
    "ACK controller for ACM: generator configuration",
    "aws-controllers-k8s/acm-controller/blob/v1.3.4/generator.yaml",
    "1.3.4",
)
LBC = _github(
    "AWS Load Balancer Controller 3.5.0: certificate management",
    "kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/guide/ingress/certificate_management.md",
    "2026-08-03",
)
LBC_4786 = _github(
    "AWS Load Balancer Controller pull request 4786: wildcard hosts",
    "kubernetes-sigs/aws-load-balancer-controller/pull/4786",
    "merged 2026-07-29",
)
LBC_DISCOVERY = _cite(
    "AWS Load Balancer Controller: certificate discovery",
    "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/cert_discovery/",
)
LBC_CERTIFICATES = _github(
    "AWS Load Balancer Controller: source of the search for certificates",
    "kubernetes-sigs/aws-load-balancer-controller/blob/0590285dd41ca4af17f72bf2c74a2e4413ddbb41/pkg/certs/cert_discovery.go",
    "2026",
)
LBC_3028 = _github(
    "AWS Load Balancer Controller pull request 3028: several certificates for a host",
    "kubernetes-sigs/aws-load-balancer-controller/pull/3028",
    "in 2.5.0 of 2023-04-14",
)
LBC_4850 = _github(
    "AWS Load Balancer Controller issue 4850: public and private certificates",
    "kubernetes-sigs/aws-load-balancer-controller/issues/4850",
    "2026-07-23",
)
LBC_4631 = _github(
    "AWS Load Balancer Controller issue 4631: a Gateway and a pending certificate",
    "kubernetes-sigs/aws-load-balancer-controller/issues/4631",
    "2026-03-19",
)
LBC_CREATES = _github(
    "AWS Load Balancer Controller: source of the certificates of Ingresses",
    "kubernetes-sigs/aws-load-balancer-controller/blob/05e8394f87952a6d4f3d0f2cd09176ed7103e71c/pkg/ingress/model_build_certificates.go",
    "2026",
)
LBC_GATEWAY = _github(
    "AWS Load Balancer Controller: source of the listeners of Gateways",
    "kubernetes-sigs/aws-load-balancer-controller/blob/50b997ac91d80c9f97aec9767a21c16fbebebb4a/pkg/gateway/model/model_build_listener.go",
    "2026",
)
LBC_L7_GATEWAY = _github(
    "AWS Load Balancer Controller: Gateway API for layer 7",
    "kubernetes-sigs/aws-load-balancer-controller/blob/07771eb00a34cd156211b6144bf0211010fa6c83/docs/guide/gateway/l7gateway.md",
    "2026",
)
LBC_3178 = _github(
    "AWS Load Balancer Controller issue 3178: TLS secrets",
    "kubernetes-sigs/aws-load-balancer-controller/issues/3178",
    "2023-04-26",
)
LBC_ROUTE53 = _github(
    "AWS Load Balancer Controller: source of the choice of hosted zones",
    "kubernetes-sigs/aws-load-balancer-controller/blob/24b981bf51c3166bc56d285e03410ddad8fbaef5/pkg/aws/services/route53.go",
    "2026",
)
LBC_4832 = _github(
    "AWS Load Balancer Controller issue 4832: hosted zones two levels up",
    "kubernetes-sigs/aws-load-balancer-controller/issues/4832",
    "2026-07-13",
)
LBC_4785 = _github(
    "AWS Load Balancer Controller pull request 4785: the longest hosted zone",
    "kubernetes-sigs/aws-load-balancer-controller/pull/4785",
    "2026-06-05",
)
LBC_4840 = _github(
    "AWS Load Balancer Controller issue 4840: private hosted zones",
    "kubernetes-sigs/aws-load-balancer-controller/issues/4840",
    "2026-07-14",
)
LBC_4847 = _github(
    "AWS Load Balancer Controller pull request 4847: public hosted zones",
    "kubernetes-sigs/aws-load-balancer-controller/pull/4847",
    "2026-07-19",
)
TF_20073 = _github(
    "Terraform AWS provider pull request 20073: primary name repeated",
    "hashicorp/terraform-provider-aws/pull/20073",
)
TF_46030 = _provider_issue(46030, "edit of the export option", "observed 2026-01-19")
TF_19400 = _provider_issue(
    19400, "several certificates in the body of an import", "observed 2021-05-17"
)
ACK_2773 = _github(
    "ACK issue 2773: options of private certificates",
    "aws-controllers-k8s/community/issues/2773",
    "observed 2026-02-06",
)
CLI_7895 = _github(
    "AWS CLI issue 7895: options of imported certificates",
    "aws/aws-cli/issues/7895",
    "observed 2023-05-16",
)
TF_7168 = _provider_issue(7168, "mail to deep subdomains")
TF_2418 = _provider_issue(2418, "one record in all Regions")
TF_17505 = _provider_issue(17505, "certificate of another account", "observed 2023-06-23")
TF_7918 = _provider_issue(7918, "validation records that exist already")
TF_9338 = _provider_issue(9338, "validation that takes longer than the wait", "observed 2019")
TF_13653 = _provider_issue(13653, "validation records that exist at Cloudflare")
TF_23260 = _provider_issue(23260, "names that are known only after the apply")
TF_UPGRADE_3 = _cite(
    "Terraform AWS provider: upgrade guide of version 3",
    "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/version-3-upgrade",
    "3.0.0",
)
TF_FOR_EACH = _cite(
    "Terraform: the meta-argument for_each",
    "https://developer.hashicorp.com/terraform/language/meta-arguments/for_each",
    "seen 2026-11",
)
CLOUDFLARE_PROXY = _cite(
    "Cloudflare: proxy status of records",
    "https://developers.cloudflare.com/dns/proxy-status/",
    "seen 2026-11",
)
CLOUDFLARE_FLATTENING = _cite(
    "Cloudflare: setup of CNAME flattening",
    "https://developers.cloudflare.com/dns/cname-flattening/set-up-cname-flattening/",
    "seen 2026-11",
)
REPOST_PENDING = _cite(
    "AWS Knowledge Center: certificates that stay pending",
    "https://repost.aws/knowledge-center/acm-certificate-pending-validation",
    "seen 2026-11",
)
OBS_DELEGATION = _github(
    "sst issue 5781: a certificate stays pending",
    "anomalyco/sst/issues/5781",
    "observed 2025-05-08",
)
OBS_DELEGATION_2020 = _github(
    "cloudformation-dns-certificate issue 10: a certificate stays pending",
    "dflook/cloudformation-dns-certificate/issues/10",
    "observed 2020-05-23",
)
OBS_LIMIT = _provider_issue(35825, "too many domains", "observed 2024-02-15")
OBS_CASE = _github(
    "cdk-real-drift issue 1620: letter case of names",
    "go-to-k/cdk-real-drift/issues/1620",
    "observed 2026-07-14",
)
OBS_ALG = _github(
    "floci issue 3027: rejected key algorithms", "floci-io/floci/issues/3027", "observed 2026-09-03"
)
FLOCI_3264 = _github(
    "floci pull request 3264: superdomain check", "floci-io/floci/pull/3264", "observed 2026"
)
OBS_TAG = _github(
    "terraform-aws-acm issue 93: asterisk in a tag",
    "terraform-aws-modules/terraform-aws-acm/issues/93",
    "observed 2021-08-26",
)
CLOUDPOSSE_72 = _github(
    "terraform-aws-cloudfront-s3-cdn pull request 72: alias without a certificate",
    "cloudposse/terraform-aws-cloudfront-s3-cdn/pull/72",
    "observed 2020-01-22",
)
WIDDIX_443 = _github(
    "aws-cf-templates issue 443: dot at the end of an alias",
    "widdix/aws-cf-templates/issues/443",
    "observed 2020-05-19",
)
SLS_571 = _github(
    "serverless-domain-manager issue 571: certificate of another account",
    "amplify-education/serverless-domain-manager/issues/571",
    "observed 2023-03-30",
)
PFB_659 = _github(
    "pfb-network-connectivity issue 659: dot at the end of an alias",
    "PeopleForBikes/pfb-network-connectivity/issues/659",
    "observed 2019-01-18",
)
OBS_CNAME = _github(
    "terraform-aws-acm-certificate issue 2: one record for two names",
    "manicminer/terraform-aws-acm-certificate/issues/2",
    "observed 2019-05-29",
)
CDK_LIB = _cite(
    "AWS CDK: aws-cdk-lib, October 2026",
    "https://www.npmjs.com/package/aws-cdk-lib/v/2.275.0",
    "aws-cdk-lib 2.275.0",
)
CDK_7933 = _github("AWS CDK issue 7933: validation domain with DNS", "aws/aws-cdk/issues/7933")
CDK_8783 = _github("AWS CDK issue 8783: name outside the zone", "aws/aws-cdk/issues/8783")
CFN_DOC_865 = _github(
    "CloudFormation User Guide issue 865: option without validation domain",
    "awsdocs/aws-cloudformation-user-guide/issues/865",
)
PF_CN64 = _preflight_rule("primary name of 64 bytes", "domain-name-cn-64-octets")
PF_ALG = _preflight_rule("key algorithms of public certificates", "public-key-algorithm")
PF_DVO = _preflight_rule(
    "validation option for a known domain", "domain-validation-option-known-domain"
)
PF_SUPER = _preflight_rule("validation domain is a superdomain", "validation-domain-superdomain")
OBS_CN64 = _github(
    "cdk-preflight: recorded service responses", "badmintoncryer/cdk-preflight", "observed 2026"
)
OBS_CF = _github(
    "Terraform AWS provider: source of aws_cloudfront_distribution",
    "hashicorp/terraform-provider-aws/blob/main/internal/service/cloudfront/distribution.go",
)
OBS_ELB = _aws(
    "Elastic Load Balancing API: CreateListener",
    "elasticloadbalancing/latest/APIReference/API_CreateListener",
    "",
)
OBS_APIGW = _github(
    "Terraform AWS provider: source of the API Gateway resources",
    "hashicorp/terraform-provider-aws/tree/main/internal/service/apigateway",
)
RFC1034 = _rfc(1034, "Domain names: concepts and facilities")
RFC4592 = _rfc(4592, "The role of wildcards in the DNS")
RFC7505 = _rfc(7505, "A null MX resource record for domains that accept no mail")
RFC2606 = _rfc(2606, "Reserved top-level domain names")
RFC6761 = _rfc(6761, "Special-use domain names")
RFC6762 = _rfc(6762, "Multicast DNS")
RFC7686 = _rfc(7686, "The .onion special-use domain name")
RFC8375 = _rfc(8375, "Special-use domain home.arpa")
RFC9476 = _rfc(9476, "The .alt special-use top-level domain")
ACK_ROUTE53 = _github(
    "Route 53 controller of AWS Controllers for Kubernetes: source of the names of records",
    "aws-controllers-k8s/route53-controller/blob/1a0025b430b5ba7ee714dd11e97033a45e3c1b1f/pkg/resource/record_set/hooks.go",
    "2026",
)
ACK_2232 = _github(
    "AWS Controllers for Kubernetes issue 2232: absolute names of records",
    "aws-controllers-k8s/community/issues/2232",
    "2024-12-18",
)
ACK_CRD = _github(
    "ACM controller of AWS Controllers for Kubernetes: custom resource definition",
    "aws-controllers-k8s/acm-controller/blob/22a7f2b933ba3af627f9fbfc0165eb49e1c74d62/config/crd/bases/acm.services.k8s.aws_certificates.yaml",
    "2026",
)
TF_VARIABLES = _cite(
    "Terraform documentation: input variables",
    "https://developer.hashicorp.com/terraform/language/values/variables",
)
TF_RECORD = _github(
    "Terraform AWS provider documentation: aws_route53_record",
    "hashicorp/terraform-provider-aws/blob/main/website/docs/r/route53_record.html.markdown",
)
TERRAGRUNT_INPUTS = _cite(
    "Terragrunt documentation: inputs",
    "https://terragrunt.gruntwork.io/docs/features/inputs/",
)
TF_META = _cite(
    "Terraform: meta-arguments of resources",
    "https://developer.hashicorp.com/terraform/language/meta-arguments",
    "seen 2026-11",
)
TOFU_LIFECYCLE = _cite(
    "OpenTofu: the lifecycle block",
    "https://opentofu.org/docs/language/meta-arguments/lifecycle/",
    "seen 2026-11",
)
SERVERLESS_CERTIFICATES = _github(
    "serverless-certificate-creator: readme",
    "schwamster/serverless-certificate-creator/blob/42c59a4031ffca27f261bccf3549dcd14a169d98/Readme.md",
    "2026",
)
SERVERLESS_CERTIFICATES_CODE = _github(
    "serverless-certificate-creator: source",
    "schwamster/serverless-certificate-creator/blob/00fef47d3a4f41642a221e120a96f7343f33f388/index.js",
    "2026",
)
SERVERLESS_DOMAINS = _github(
    "serverless-domain-manager: readme",
    "amplify-education/serverless-domain-manager/blob/0022264b484609b397a1665a8d86c8f351da0400/README.md",
    "2026",
)
SERVERLESS_FRAMEWORK_DOMAINS = _github(
    "Serverless Framework: custom domains",
    "serverless/serverless/blob/05a6001de3ff8cb35d92e912f52b2d936f2d28fd/docs/sf/providers/aws/guide/domains.md",
    "2026",
)
SERVERLESS_REFERENCE = _cite(
    "Serverless Framework: reference of serverless.yml",
    "https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml",
    "seen 2026-11",
)
PULUMI_CERTIFICATE = _cite(
    "Pulumi: aws.acm.Certificate",
    "https://www.pulumi.com/registry/packages/aws/api-docs/acm/certificate",
    "7.19.0 of 2026-02-06",
)
PULUMI_YAML = _cite(
    "Pulumi: YAML language reference",
    "https://www.pulumi.com/docs/iac/languages-sdks/yaml/yaml-language-reference/",
    "seen 2026-11",
)
PULUMI_STACKS = _cite(
    "Pulumi: stack settings file reference",
    "https://www.pulumi.com/docs/iac/concepts/projects/stack-settings-file/",
    "seen 2026-11",
)
CROSSPLANE_CRD = _github(
    "Crossplane provider for AWS (Upjet): custom resource definition of Certificate",
    "crossplane-contrib/provider-upjet-aws/blob/069ec0af97168db26c1801e782b6337879f5c018/package/crds/acm.aws.upbound.io_certificates.yaml",
    "2026",
)
