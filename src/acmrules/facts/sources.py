"""Who says so: one citation for each source, named after its key in the list of facts.

`copy` is the age of the stored text that was read: `26Q3` is of 2026-07-29 or later, `26-04` of
2026-04-13, `17-12` to `21-12` are months of AWS's archived user guide, `BR 2.2.6` is of
2026-03-31. The links of `OBS_CN64`, `OBS_CF`, `OBS_ELB` and `OBS_APIGW` lead to the nearest
representative page only.
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

COPY_26Q3 = date(2026, 7, 29)
"""The last entry of the change log in the copy `26Q3`."""

MIRROR_C2 = Citation(
    "AWS documentation mirrored by c2hans", "https://github.com/c2hans/aws-docs", CHECKED, "26Q3"
)
MIRROR_GS = Citation(
    "AWS documentation mirrored by groovy-sky",
    "https://github.com/groovy-sky/aws-docs",
    CHECKED,
    "26-04",
)
ARCHIVE = Citation(
    "ACM User Guide, AWS's archived repository",
    "https://github.com/awsdocs/aws-certificate-user-guide/tree/c17d7fb/doc_source",
    CHECKED,
    "17-12 to 21-12",
)
BR = Citation(
    "CA/Browser Forum TLS Baseline Requirements",
    "https://github.com/cabforum/servercert/blob/main/docs/BR.md",
    CHECKED,
    "BR 2.2.6",
)
BR_OLD = Citation(
    "Baseline Requirements, earlier versions",
    "https://github.com/cabforum/servercert/commits/main/docs/BR.md",
    CHECKED,
)
BR_2025 = Citation(
    "Baseline Requirements, versions of 2025",
    "https://github.com/cabforum/servercert/commits/main/docs/BR.md",
    CHECKED,
)
BR_SC12 = Citation(
    "Ballot SC-012: sunset of underscores in dNSNames",
    "https://github.com/cabforum/servercert/commit/6e0fe32",
    CHECKED,
)
BOTOCORE = Citation(
    "API model of ACM in botocore",
    "https://github.com/boto/botocore/tree/1.43.11/botocore/data/acm/2015-12-08",
    CHECKED,
    "botocore 1.43.11",
)
CFNLINT = Citation(
    "Resource schemas of cfn-lint",
    "https://github.com/aws-cloudformation/cfn-lint/tree/v1.51.0/src/cfnlint/data/schemas",
    CHECKED,
    "cfn-lint 1.51.0",
)
CFNLINT_E3503 = Citation(
    "cfn-lint rule E3503 on validation domains",
    "https://github.com/aws-cloudformation/cfn-lint/blob/v1.51.0/src/cfnlint/rules/resources/certificatemanager/DomainValidationOptions.py",
    CHECKED,
    "cfn-lint 1.51.0",
)
CFNLINT_1619 = Citation(
    "cfn-lint issue 1619: zone id beside validation domain",
    "https://github.com/aws-cloudformation/cfn-lint/issues/1619",
    CHECKED,
)
MOTO = Citation(
    "moto, emulated ACM responses",
    "https://github.com/getmoto/moto/blob/5.2.1/moto/acm/responses.py",
    CHECKED,
    "moto 5.2.1",
)
PSL = Citation(
    "Public Suffix List",
    "https://github.com/publicsuffix/list/blob/main/public_suffix_list.dat",
    CHECKED,
    "list of 2026-08-19",
)
API_REQUEST = Citation(
    "ACM API: RequestCertificate",
    "https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html",
    CHECKED,
    "botocore 1.43.11",
)
API_DVO = Citation(
    "ACM API: DomainValidationOption",
    "https://docs.aws.amazon.com/acm/latest/APIReference/API_DomainValidationOption.html",
    CHECKED,
    "botocore 1.43.11",
)
API_OPTIONS = Citation(
    "ACM API: CertificateOptions",
    "https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateOptions.html",
    CHECKED,
    "26Q3",
)
API_UPDATE = Citation(
    "ACM API: UpdateCertificateOptions",
    "https://docs.aws.amazon.com/acm/latest/APIReference/API_UpdateCertificateOptions.html",
    CHECKED,
    "26Q3",
)
API_RESEND = Citation(
    "ACM API: ResendValidationEmail",
    "https://docs.aws.amazon.com/acm/latest/APIReference/API_ResendValidationEmail.html",
    CHECKED,
    "botocore 1.43.11",
)
API_IMPORT = Citation(
    "ACM API: ImportCertificate",
    "https://docs.aws.amazon.com/acm/latest/APIReference/API_ImportCertificate.html",
    CHECKED,
    "botocore 1.43.11",
)
API_EXPORT = Citation(
    "ACM API: ExportCertificate",
    "https://docs.aws.amazon.com/acm/latest/APIReference/API_ExportCertificate.html",
    CHECKED,
)
API_TAG = Citation(
    "ACM API: Tag",
    "https://docs.aws.amazon.com/acm/latest/APIReference/API_Tag.html",
    CHECKED,
    "botocore 1.43.11",
)
API_REDIRECT = Citation(
    "ACM API: HttpRedirect",
    "https://docs.aws.amazon.com/acm/latest/APIReference/API_HttpRedirect.html",
    CHECKED,
    "26Q3",
)
UG_HISTORY = Citation(
    "ACM User Guide: document history",
    "https://docs.aws.amazon.com/acm/latest/userguide/dochistory.html",
    CHECKED,
    "26Q3",
)
UG_PUBLIC = Citation(
    "ACM User Guide: public certificates",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-public-certificates.html",
    CHECKED,
    "26Q3",
)
UG_CHAR = Citation(
    "ACM User Guide: certificate characteristics",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html",
    CHECKED,
    "26Q3",
)
UG_CONCEPTS = Citation(
    "ACM User Guide: concepts",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html",
    CHECKED,
    "26Q3",
)
UG_LIMITS = Citation(
    "ACM User Guide: quotas",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html",
    CHECKED,
    "26Q3",
)
UG_TAGS = Citation(
    "ACM User Guide: restrictions of tags",
    "https://docs.aws.amazon.com/acm/latest/userguide/tags-restrictions.html",
    CHECKED,
    "26Q3",
)
UG_COND = Citation(
    "ACM User Guide: IAM condition keys",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-conditions.html",
    CHECKED,
    "26Q3",
)
UG_FAILED = Citation(
    "ACM User Guide: failed certificate requests",
    "https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-cert-requests.html",
    CHECKED,
    "26Q3",
)
UG_EMAIL = Citation(
    "ACM User Guide: e-mail validation",
    "https://docs.aws.amazon.com/acm/latest/userguide/email-validation.html",
    CHECKED,
    "26Q3",
)
UG_EMAILAUTO = Citation(
    "ACM User Guide: automating e-mail validation",
    "https://docs.aws.amazon.com/acm/latest/userguide/email-automation.html",
    CHECKED,
    "26-04",
)
UG_MIGRATE = Citation(
    "ACM User Guide: from e-mail to DNS validation",
    "https://docs.aws.amazon.com/acm/latest/userguide/email-to-dns-migration.html",
    CHECKED,
    "26Q3",
)
UG_MIGOV = Citation(
    "ACM User Guide: overview of the e-mail to DNS migration",
    "https://docs.aws.amazon.com/acm/latest/userguide/email-to-dns-overview.html",
    CHECKED,
    "26Q3",
)
UG_DNS = Citation(
    "ACM User Guide: DNS validation",
    "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html",
    CHECKED,
    "26Q3",
)
UG_DNSTS = Citation(
    "ACM User Guide: troubleshooting DNS validation",
    "https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-DNS-validation.html",
    CHECKED,
    "26-04",
)
UG_OWN = Citation(
    "ACM User Guide: validating domain ownership",
    "https://docs.aws.amazon.com/acm/latest/userguide/domain-ownership-validation.html",
    CHECKED,
    "26Q3",
)
UG_SETUP = Citation(
    "ACM User Guide: setting up, CAA records",
    "https://docs.aws.amazon.com/acm/latest/userguide/setup.html",
    CHECKED,
    "26Q3",
)
UG_CAA = Citation(
    "ACM User Guide: troubleshooting CAA records",
    "https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-caa.html",
    CHECKED,
    "26Q3",
)
UG_HTTP = Citation(
    "ACM User Guide: HTTP validation",
    "https://docs.aws.amazon.com/acm/latest/userguide/http-validation.html",
    CHECKED,
    "26Q3",
)
UG_HTTPREDIR = Citation(
    "ACM User Guide: redirects of HTTP validation",
    "https://docs.aws.amazon.com/acm/latest/userguide/http-validation-redirect-issues.html",
    CHECKED,
    "26Q3",
)
UG_HTTPRENEW = Citation(
    "ACM User Guide: renewal by HTTP validation",
    "https://docs.aws.amazon.com/acm/latest/userguide/http-renewal-validation.html",
    CHECKED,
    "26-04",
)
UG_OVERVIEW = Citation(
    "ACM User Guide: overview",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-overview.html",
    CHECKED,
    "26Q3",
)
UG_SERVICES = Citation(
    "ACM User Guide: integrated services",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-services.html",
    CHECKED,
)
UG_BEST = Citation(
    "ACM User Guide: best practices",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-bestpractices.html",
    CHECKED,
    "26Q3",
)
UG_RENEW = Citation(
    "ACM User Guide: managed renewal",
    "https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html",
    CHECKED,
    "26Q3",
)
UG_DNSRENEW = Citation(
    "ACM User Guide: renewal by DNS validation",
    "https://docs.aws.amazon.com/acm/latest/userguide/dns-renewal-validation.html",
    CHECKED,
    "26Q3",
)
UG_RENEWPRIV = Citation(
    "ACM User Guide: renewal of private certificates",
    "https://docs.aws.amazon.com/acm/latest/userguide/renew-private-cert.html",
    CHECKED,
    "26-04",
)
UG_RENEWTS = Citation(
    "ACM User Guide: troubleshooting renewal",
    "https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-renewal.html",
    CHECKED,
)
UG_EXC = Citation(
    "ACM User Guide: exceptions of private CAs",
    "https://docs.aws.amazon.com/acm/latest/userguide/exceptions.html",
    CHECKED,
    "26-04",
)
UG_IMPORT = Citation(
    "ACM User Guide: importing certificates",
    "https://docs.aws.amazon.com/acm/latest/userguide/import-certificate.html",
    CHECKED,
    "26Q3",
)
UG_IMPORTPRE = Citation(
    "ACM User Guide: prerequisites of an import",
    "https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html",
    CHECKED,
    "26Q3",
)
UG_IMPORTFMT = Citation(
    "ACM User Guide: formats of an import",
    "https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-format.html",
    CHECKED,
    "26-04",
)
UG_IMPORT_TS = Citation(
    "ACM User Guide: troubleshooting imports",
    "https://docs.aws.amazon.com/acm/latest/userguide/troubleshoot-import.html",
    CHECKED,
    "26Q3",
)
UG_REIMPORT = Citation(
    "ACM User Guide: importing again",
    "https://docs.aws.amazon.com/acm/latest/userguide/import-reimport.html",
    CHECKED,
    "26-04",
)
UG_ACME = Citation(
    "ACM User Guide: ACME",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-acme.html",
    CHECKED,
    "26Q3",
)
UG_ACMEDV = Citation(
    "ACM User Guide: domain validation with ACME",
    "https://docs.aws.amazon.com/acm/latest/userguide/acm-acme-domain-validation.html",
    CHECKED,
    "26Q3",
)
GR_ACM = Citation(
    "AWS General Reference: ACM endpoints and quotas",
    "https://docs.aws.amazon.com/general/latest/gr/acm.html",
    CHECKED,
    "26Q3",
)
CFN_CERT = Citation(
    "CloudFormation: AWS::CertificateManager::Certificate",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-certificatemanager-certificate.html",
    CHECKED,
    "26Q3 and 26-04",
)
CFN_DVO = Citation(
    "CloudFormation: DomainValidationOption",
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-certificatemanager-certificate-domainvalidationoption.html",
    CHECKED,
    "26Q3",
)
CF_REQ = Citation(
    "CloudFront: requirements for certificates",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
    CHECKED,
    "26Q3",
)
CF_CNAMES = Citation(
    "CloudFront: alternate domain names",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html",
    CHECKED,
    "26Q3",
)
CF_LIM = Citation(
    "CloudFront: quotas",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html",
    CHECKED,
    "26Q3",
)
CF_MANAGED = Citation(
    "CloudFront: managed certificates of tenants",
    "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/managed-cloudfront-certificates.html",
    CHECKED,
    "26Q3",
)
CN_CF = Citation(
    "AWS in China: CloudFront",
    "https://docs.amazonaws.cn/en_us/aws/latest/userguide/cloudfront.html",
    CHECKED,
)
GOV_CF = Citation(
    "AWS GovCloud (US): setting up CloudFront",
    "https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/setting-up-cloudfront.html",
    CHECKED,
    "26Q3",
)
GOV_ACM = Citation(
    "AWS GovCloud (US): ACM",
    "https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-acm.html",
    CHECKED,
    "26Q3",
)
ATS_REPO = Citation(
    "Amazon Trust Services repository", "https://www.amazontrust.com/repository", CHECKED
)
ALB_CERT = Citation(
    "Application Load Balancer: certificates",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
    CHECKED,
    "26Q3",
)
ALB_LIM = Citation(
    "Application Load Balancer: quotas",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html",
    CHECKED,
    "26Q3",
)
NLB_CERT = Citation(
    "Network Load Balancer: certificates",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/tls-listener-certificates.html",
    CHECKED,
    "26Q3",
)
NLB_LIM = Citation(
    "Network Load Balancer: quotas",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html",
    CHECKED,
    "26Q3",
)
CLB_CERT = Citation(
    "Classic Load Balancer: certificates",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/ssl-server-cert.html",
    CHECKED,
    "26Q3",
)
APIGW_CERT = Citation(
    "API Gateway: certificates for custom domains",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-specify-certificate-for-custom-domain-name.html",
    CHECKED,
    "26Q3",
)
APIGW_PRIV = Citation(
    "API Gateway: private custom domains",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html",
    CHECKED,
    "26-04",
)
APIGW_CUSTOM = Citation(
    "API Gateway: custom domains",
    "https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-custom-domains.html",
    CHECKED,
    "26-04",
)
COG = Citation(
    "Cognito: custom domains",
    "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html",
    CHECKED,
    "26Q3",
)
APPSYNC = Citation(
    "AppSync: custom domains",
    "https://docs.aws.amazon.com/appsync/latest/devguide/custom-domain-name.html",
    CHECKED,
    "26-04",
)
AMPLIFY = Citation(
    "Amplify Hosting: certificates",
    "https://docs.aws.amazon.com/amplify/latest/userguide/using-certificates.html",
    CHECKED,
    "26-04",
)
APPRUNNER = Citation(
    "App Runner: custom domains",
    "https://docs.aws.amazon.com/apprunner/latest/dg/manage-custom-domains.html",
    CHECKED,
    "26-04",
)
OS = Citation(
    "OpenSearch Service: custom endpoints",
    "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/customendpoint.html",
    CHECKED,
    "26Q3",
)
EB = Citation(
    "Elastic Beanstalk: HTTPS on the load balancer",
    "https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/configuring-https-elb.html",
    CHECKED,
    "26Q3",
)
LATTICE = Citation(
    "VPC Lattice: own certificates",
    "https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-byoc.html",
    CHECKED,
    "26Q3",
)
VA = Citation(
    "Verified Access: load balancer endpoints",
    "https://docs.aws.amazon.com/verified-access/latest/ug/create-load-balancer-endpoint.html",
    CHECKED,
    "26Q3",
)
NFW = Citation(
    "Network Firewall: certificates for TLS inspection",
    "https://docs.aws.amazon.com/network-firewall/latest/developerguide/tls-inspection-certificate-requirements.html",
    CHECKED,
    "26Q3",
)
NITRO = Citation(
    "Nitro Enclaves: ACM for Nitro Enclaves",
    "https://docs.aws.amazon.com/enclaves/latest/user/nitro-enclave-refapp.html",
    CHECKED,
    "26Q3",
)
CVPN = Citation(
    "Client VPN: mutual authentication",
    "https://docs.aws.amazon.com/vpn/latest/clientvpn-admin/mutual.html",
    CHECKED,
    "26Q3",
)
S2S = Citation(
    "Site-to-Site VPN: tunnel authentication",
    "https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-tunnel-authentication-options.html",
    CHECKED,
    "26Q3",
)
XFER = Citation(
    "Transfer Family: FTPS servers",
    "https://docs.aws.amazon.com/transfer/latest/userguide/create-server-ftps.html",
    CHECKED,
    "26Q3",
)
IOT_DOM = Citation(
    "IoT Core: custom domains",
    "https://docs.aws.amazon.com/iot/latest/developerguide/iot-custom-endpoints-configurable-custom.html",
    CHECKED,
    "26Q3",
)
IOT_DEV = Citation(
    "IoT Core: X.509 client certificates",
    "https://docs.aws.amazon.com/iot/latest/developerguide/x509-client-certs.html",
    CHECKED,
    "26Q3",
)
LS = Citation(
    "Lightsail: TLS certificates",
    "https://docs.aws.amazon.com/lightsail/latest/userguide/understanding-tls-ssl-certificates-in-lightsail-https.html",
    CHECKED,
    "26Q3",
)
BLOG_WHOIS = Citation(
    "AWS Security Blog: the end of WHOIS look-up",
    "https://aws.amazon.com/blogs/security/aws-certificate-manager-will-discontinue-whois-lookup-for-email-validated-certificates/",
    CHECKED,
)
PRICE_BLOG = Citation(
    "Joe's Tech Blog: prices of exportable certificates", "https://joestechblog.info/", CHECKED
)
PRICE_BLOG2 = Citation(
    "sjramblings: shorter lifetimes of ACM certificates",
    "https://sjramblings.io/aws-acm-certificate-validity-shorter-lifetimes",
    CHECKED,
)
RFC8659 = Citation(
    "RFC 8659: DNS Certification Authority Authorization",
    "https://www.rfc-editor.org/info/rfc8659",
    CHECKED,
    "summary",
)
RFC_ERRATA5065 = Citation(
    "RFC erratum 5065: CAA tree climbing", "https://www.rfc-editor.org/errata/eid5065", CHECKED
)
TF_CERT = Citation(
    "Terraform AWS provider: source of aws_acm_certificate",
    "https://github.com/hashicorp/terraform-provider-aws/blob/01661ea3cbe6b07ed725b03c587d24ceb464484a/internal/service/acm/certificate.go",
    CHECKED,
    "2026",
)
TF_20073 = Citation(
    "Terraform AWS provider pull request 20073: first name among the others",
    "https://github.com/hashicorp/terraform-provider-aws/pull/20073",
    CHECKED,
)
TF_7168 = Citation(
    "Terraform AWS provider issue 7168: mail to deep names",
    "https://github.com/hashicorp/terraform-provider-aws/issues/7168",
    CHECKED,
)
TF_2418 = Citation(
    "Terraform AWS provider issue 2418: one record in all Regions",
    "https://github.com/hashicorp/terraform-provider-aws/issues/2418",
    CHECKED,
)
OBS_LIMIT = Citation(
    "Terraform AWS provider issue 35825: too many domains",
    "https://github.com/hashicorp/terraform-provider-aws/issues/35825",
    CHECKED,
    "observed 2024-02-15",
)
OBS_CASE = Citation(
    "cdk-real-drift issue 1620: case of names",
    "https://github.com/go-to-k/cdk-real-drift/issues/1620",
    CHECKED,
    "observed 2026-07-14",
)
OBS_ALG = Citation(
    "floci issue 3027: refused key algorithms",
    "https://github.com/floci-io/floci/issues/3027",
    CHECKED,
    "observed 2026-09-03",
)
FLOCI_3264 = Citation(
    "floci pull request 3264: superdomain check",
    "https://github.com/floci-io/floci/pull/3264",
    CHECKED,
    "observed 2026",
)
OBS_TAG = Citation(
    "terraform-aws-acm issue 93: asterisk in a tag",
    "https://github.com/terraform-aws-modules/terraform-aws-acm/issues/93",
    CHECKED,
    "observed 2021-08-26",
)
OBS_CNAME = Citation(
    "terraform-aws-acm-certificate issue 2: one record for two names",
    "https://github.com/manicminer/terraform-aws-acm-certificate/issues/2",
    CHECKED,
    "observed 2019-05-29",
)
CDK_7933 = Citation(
    "AWS CDK issue 7933: validation domain with DNS",
    "https://github.com/aws/aws-cdk/issues/7933",
    CHECKED,
)
CDK_8783 = Citation(
    "AWS CDK issue 8783: name outside the zone",
    "https://github.com/aws/aws-cdk/issues/8783",
    CHECKED,
)
CFN_DOC_865 = Citation(
    "CloudFormation User Guide issue 865: option without validation domain",
    "https://github.com/awsdocs/aws-cloudformation-user-guide/issues/865",
    CHECKED,
)
PF_CN64 = Citation(
    "cdk-preflight rule: first name of 64 octets",
    "https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/acm/pf-acm-domain-name-cn-64-octets/rule.rego",
    CHECKED,
    "observed 2026",
)
PF_ALG = Citation(
    "cdk-preflight rule: key algorithms of public certificates",
    "https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/acm/pf-acm-public-key-algorithm/rule.rego",
    CHECKED,
    "observed 2026",
)
PF_DVO = Citation(
    "cdk-preflight rule: validation option for a known domain",
    "https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/acm/pf-acm-domain-validation-option-known-domain/rule.rego",
    CHECKED,
    "observed 2026",
)
PF_SUPER = Citation(
    "cdk-preflight rule: validation domain is a superdomain",
    "https://github.com/badmintoncryer/cdk-preflight/blob/main/rules/acm/pf-acm-validation-domain-superdomain/rule.rego",
    CHECKED,
    "observed 2026",
)
OBS_CN64 = Citation(
    "cdk-preflight: recorded answers of the service",
    "https://github.com/badmintoncryer/cdk-preflight",
    CHECKED,
    "observed 2026",
)
OBS_CF = Citation(
    "Terraform AWS provider: source of aws_cloudfront_distribution",
    "https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/cloudfront/distribution.go",
    CHECKED,
)
OBS_ELB = Citation(
    "Elastic Load Balancing API: CreateListener",
    "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html",
    CHECKED,
)
OBS_APIGW = Citation(
    "Terraform AWS provider: source of its API Gateway resources",
    "https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service/apigateway",
    CHECKED,
)
RFC2606 = Citation(
    "RFC 2606: Reserved top-level domain names", "https://www.rfc-editor.org/info/rfc2606", CHECKED
)
RFC6761 = Citation(
    "RFC 6761: Special-use domain names", "https://www.rfc-editor.org/info/rfc6761", CHECKED
)
RFC6762 = Citation("RFC 6762: Multicast DNS", "https://www.rfc-editor.org/info/rfc6762", CHECKED)
RFC7686 = Citation(
    "RFC 7686: The .onion special-use domain name",
    "https://www.rfc-editor.org/info/rfc7686",
    CHECKED,
)
RFC8375 = Citation(
    "RFC 8375: Special-use domain home.arpa", "https://www.rfc-editor.org/info/rfc8375", CHECKED
)
RFC9476 = Citation(
    "RFC 9476: The .alt special-use top-level domain",
    "https://www.rfc-editor.org/info/rfc9476",
    CHECKED,
)
