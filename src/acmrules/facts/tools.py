"""Facts about tools: the effect of edits, and what CloudFormation and Terraform add."""

from __future__ import annotations

from datetime import date

from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Fact, Mark, dated, inferred, observed, undated
from acmrules.facts.timeline import Era
from acmrules.values import Value


class Updates(Value):
    """The effect of an edit of one attribute on the certificate, by tool.

    Each is `fixed` (the tool cannot change it), `replacement`, `in place`, `no effect`, or
    `edit refused`. `kubernetes` is ACK, not the AWS Load Balancer Controller.
    """

    api: str
    cloudformation: str
    terraform: str
    kubernetes: str


_REPLACED = Updates("fixed", "replacement", "replacement", "edit refused")
_IGNORED_BY_ACK = _REPLACED.__replace__(kubernetes="no effect")
_CERTIFICATE_SOURCES = (sources.CFN_CERT, sources.CFNLINT, sources.TF_CERT, sources.ACK_GENERATOR)

# The effect of edits: section D

DOMAIN_NAME_UPDATES = undated(
    "D.1", "The effect of an edit of the domain name.", _IGNORED_BY_ACK, *_CERTIFICATE_SOURCES
)
OTHER_NAMES_UPDATES = undated(
    "D.2",
    "The effect of an edit of the subject alternative names.",
    _IGNORED_BY_ACK,
    *_CERTIFICATE_SOURCES,
    note="Terraform ignores their order; until 2026-08-11, CloudFormation allowed each only once.",
)
VALIDATION_OPTIONS_UPDATES = undated(
    "D.3",
    "The effect of an edit of the validation options.",
    _REPLACED,
    *_CERTIFICATE_SOURCES,
    note="`validation_option` in Terraform; until 2026-08-11, CloudFormation allowed each only "
    "once.",
)
VALIDATION_METHOD_UPDATES = dated(
    "D.4",
    "The effect of an edit of the validation method; in place only from email to DNS.",
    Era(
        LAUNCH,
        Updates("fixed", "replacement", "replacement", "no effect"),
        sources.CFN_CERT,
        seen=True,
    ),
    Era(
        date(2026, 7, 9),
        Updates("in place", "replacement", "replacement", "no effect"),
        sources.API_UPDATE,
    ),
    Era(
        date(2026, 8, 31),
        Updates("in place", "in place", "replacement", "no effect"),
        sources.CFN_CERT,
        seen=True,
    ),
    also=(
        sources.API_OPTIONS,
        sources.CFNLINT_26_08,
        sources.CFNLINT_26_09,
        sources.TF_CERT,
        sources.ACK_GENERATOR,
    ),
    note="CloudFormation's schema of 2026-08-11 still says replacement. ACK always requests "
    "DNS validation.",
)
KEY_ALGORITHM_UPDATES = undated(
    "D.5", "The effect of an edit of the key algorithm.", _REPLACED, *_CERTIFICATE_SOURCES
)
AUTHORITY_UPDATES = undated(
    "D.6",
    "The effect of an edit of the CA's ARN.",
    _REPLACED,
    *_CERTIFICATE_SOURCES,
    note="In ACK, the edit of a reference to a CA has no effect.",
)
EXPORT_UPDATES = dated(
    "D.7",
    "The effect of an edit of the export option.",
    Era(
        date(2025, 6, 17),
        Updates("fixed", "in place", "in place", "edit refused"),
        sources.CFN_CERT,
        seen=True,
    ),
    Era(
        date(2026, 8, 11),
        Updates("fixed", "replacement", "in place", "edit refused"),
        sources.CFN_CERT,
        seen=True,
    ),
    also=(
        sources.API_OPTIONS,
        sources.API_UPDATE,
        sources.CFNLINT_26_07,
        sources.CFNLINT_26_08,
        sources.TF_CERT,
        sources.ACK_GENERATOR,
    ),
    note="Sources disagree about the API: one page says fixed, another that it can be set. "
    "CloudFormation's schema of 2026-07-09 still says in place.",
)
EXPORT_EDIT_ERROR = observed(
    "D.7b",
    "Part of ACM's error message for an edit of the export option in place.",
    "Export option for certificates cannot be updated",
    sources.TF_46030,
    note="Terraform tries the edit in place, so the apply fails.",
)
TRANSPARENCY_UPDATES = dated(
    "D.8",
    "The effect of an edit of the certificate transparency preference.",
    Era(
        date(2018, 3, 27), Updates("in place", "in place", "in place", "in place"), sources.CFN_CERT
    ),
    Era(
        date(2026, 6, 1), Updates("no effect", "in place", "in place", "in place"), sources.CFN_CERT
    ),
    also=(sources.API_OPTIONS, sources.CFNLINT, sources.TF_CERT, sources.ACK_GENERATOR),
)
PRIVATE_OPTIONS_ERROR = observed(
    "D.8b",
    "Part of ACM's error message for an edit of the options of a certificate from a private CA.",
    "UpdateCertificateOptions command is not permitted for private certificate",
    sources.ACK_2773,
    sources.CLI_7895,
    note="ACM rejects it for imported certificates too.",
)
TAGS_UPDATES = undated(
    "D.9",
    "The effect of an edit of the tags.",
    Updates("in place", "in place", "in place", "in place"),
    *_CERTIFICATE_SOURCES,
)
TERRAFORM_METHOD_OR_AUTHORITY = undated(
    "D.10",
    "Terraform requires exactly one of these arguments.",
    ("validation_method", "certificate_authority_arn"),
    sources.TF_CERT,
)
TERRAFORM_DELETION_MINUTES = undated(
    "D.13",
    "Minutes for which Terraform retries the deletion of a certificate in use.",
    20,
    sources.TF_CERT,
)

TERRAFORM_ARGUMENTS: Fact[tuple[str, ...]] = undated(
    "D.10b",
    "The arguments and blocks of `aws_acm_certificate`, with those of their blocks.",
    (
        "certificate_authority_arn",
        "certificate_body",
        "certificate_chain",
        "domain_name",
        "early_renewal_duration",
        "key_algorithm",
        "options",
        "options.certificate_transparency_logging_preference",
        "options.export",
        "private_key",
        "region",
        "subject_alternative_names",
        "tags",
        "tags_all",
        "validation_method",
        "validation_option",
        "validation_option.domain_name",
        "validation_option.validation_domain",
    ),
    sources.TF_CERT,
    note="`region` is an argument of every resource since version 6.0 of the provider.",
)
TERRAFORM_META_ARGUMENTS: Fact[tuple[str, ...]] = undated(
    "D.10c",
    "The arguments and blocks that Terraform or OpenTofu defines for every resource.",
    (
        "_",
        "connection",
        "count",
        "depends_on",
        "for_each",
        "lifecycle",
        "lifecycle.action_trigger",
        "lifecycle.create_before_destroy",
        "lifecycle.destroy",
        "lifecycle.enabled",
        "lifecycle.ignore_changes",
        "lifecycle.postcondition",
        "lifecycle.precondition",
        "lifecycle.prevent_destroy",
        "lifecycle.replace_triggered_by",
        "provider",
        "provisioner",
    ),
    sources.TF_META,
    sources.TOFU_LIFECYCLE,
    note="`enabled` and `destroy` are OpenTofu's.",
)
TERRAFORM_ATTRIBUTES: Fact[tuple[str, ...]] = undated(
    "D.10d",
    "The attributes of `aws_acm_certificate` that only the provider sets.",
    (
        "arn",
        "domain_validation_options",
        "id",
        "not_after",
        "not_before",
        "pending_renewal",
        "renewal_eligibility",
        "renewal_summary",
        "status",
        "type",
        "validation_emails",
    ),
    sources.TF_CERT,
)
TERRAFORM_KEPT: Fact[tuple[str, ...]] = undated(
    "D.10e",
    "The arguments whose removal Terraform ignores: it keeps the value of the certificate.",
    ("export", "key_algorithm", "validation_method"),
    sources.TF_CERT,
    note="The provider marks them as optional and computed.",
)
TERRAFORM_DOES_NOT_WAIT = undated(
    "TF.2b",
    "Whether `aws_acm_certificate` waits until ACM issues the certificate.",
    False,
    sources.TF_CERT_PAGE,
    note="`aws_acm_certificate_validation` waits. CloudFormation waits automatically.",
)
TERRAFORM_VALIDATION_LOOKS_UP = undated(
    "TF.2c",
    "What `aws_acm_certificate_validation` needs: the certificate in the Region of its provider, "
    "and every validation record of it among `validation_record_fqdns`, if that is set.",
    True,
    sources.TF_VALIDATION,
    note="Otherwise it fails at once. Certificates of one account with the same name share a "
    "record.",
)
TERRAFORM_DATA_LISTS = undated(
    "TF.1",
    "The certificates that the data source `aws_acm_certificate` finds without `key_types`.",
    "those that `ListCertificates` returns by default",
    sources.TF_DATA,
    sources.TF_DATA_SOURCE,
)
TERRAFORM_DATA_REGION = undated(
    "TF.1b",
    "The Region in which the data source `aws_acm_certificate` looks.",
    "that of its `region` or its provider",
    sources.TF_DATA_SOURCE,
)
TERRAFORM_DATA_STATUSES = undated(
    "TF.1c",
    "The statuses for which the data source `aws_acm_certificate` looks without `statuses`.",
    ("ISSUED",),
    sources.TF_DATA_SOURCE,
)
PENDING_CERTIFICATE_ERRORS: Fact[tuple[tuple[str, str], ...]] = observed(
    "TF.2d",
    "The errors of services for a certificate that ACM has not issued yet, by service.",
    (
        ("alb", "UnsupportedCertificate"),
        ("nlb", "UnsupportedCertificate"),
        ("cloudfront", "InvalidViewerCertificate"),
        ("cloudfront-tenant", "InvalidViewerCertificate"),
        ("apigateway-edge", "BadRequestException"),
        ("apigateway-regional", "BadRequestException"),
        ("apigateway-private", "BadRequestException"),
        ("cognito", "InvalidParameterException"),
        ("appsync", "BadRequestException"),
    ),
    sources.TF_41789,
    sources.TF_4687,
    sources.TF_10447,
    sources.TF_20297,
    sources.UPJET_150,
    note="No source names a service that accepts such a certificate.",
)
ACK_MEMBERS: Fact[tuple[str, ...]] = undated(
    "D.14b",
    "The members of the `spec` of a `Certificate` of ACK, and of its structures.",
    (
        "certificate",
        "certificateARN",
        "certificateAuthorityARN",
        "certificateAuthorityRef",
        "certificateAuthorityRef.from",
        "certificateAuthorityRef.from.name",
        "certificateAuthorityRef.from.namespace",
        "certificateChain",
        "domainName",
        "domainValidationOptions",
        "domainValidationOptions.domainName",
        "domainValidationOptions.validationDomain",
        "exportTo",
        "exportTo.key",
        "exportTo.name",
        "exportTo.namespace",
        "keyAlgorithm",
        "options",
        "options.certificateTransparencyLoggingPreference",
        "privateKey",
        "subjectAlternativeNames",
        "tags",
        "tags.key",
        "tags.value",
    ),
    sources.ACK_CRD,
)
ACK_OBJECT: Fact[tuple[str, ...]] = undated(
    "D.14c",
    "The members of a `Certificate` of ACK.",
    ("apiVersion", "kind", "metadata", "spec", "status"),
    sources.ACK_CRD,
)

ACK_RECORD_NAME = undated(
    "D.14d",
    "What the Route 53 controller of ACK adds to the name of a record without a final dot.",
    "the name of the hosted zone",
    sources.ACK_ROUTE53,
    sources.ACK_2232,
    note="Older versions add it after a final dot too, which Route 53 refuses. No source names the"
    " release of the change.",
)

# The AWS Load Balancer Controller

CONTROLLER_REFUSES_WILDCARD = dated(
    "D.15b",
    "The first version of the controller that cannot request wildcards, and the next that can.",
    Era(date(2026, 5, 5), ("3.3.0", "3.5.0"), sources.LBC_4786),
    also=(sources.LBC,),
)
CONTROLLER_DISCOVERY = undated(
    "LBC.1",
    "The hosts for whose certificates the AWS Load Balancer Controller searches ACM.",
    ("spec.rules[].host", "spec.tls[].hosts"),
    sources.LBC_DISCOVERY,
    sources.LBC_CREATES,
    note="Only without an ARN in the annotation or in the parameters of the IngressClass.",
)
CONTROLLER_GATEWAY_ERROR = undated(
    "LBC.2",
    "Part of the error message for a Gateway listener with neither a certificate nor a host.",
    "No hostnames found for TLS cert discovery",
    sources.LBC_GATEWAY,
    note="The hosts of routes count too, in newer versions.",
)
LISTENER_CERTIFICATES = undated(
    "LBC.3",
    "The number of default certificates that an HTTPS or TLS listener requires.",
    1,
    sources.OBS_ELB,
)
CONTROLLER_SECRETS = undated(
    "LBC.4",
    "Whether the AWS Load Balancer Controller reads the TLS secrets of Ingresses and Gateways.",
    False,
    sources.LBC_3178,
    sources.LBC_L7_GATEWAY,
)
CONTROLLER_ZONE = dated(
    "LBC.5",
    "The hosted zone in which the AWS Load Balancer Controller creates validation records.",
    Era(
        date(2026, 5, 5),
        "the one of the name itself or else of its parent, even if it is private",
        sources.LBC_ROUTE53,
    ),
    Era(
        date(2026, 8, 3),
        "the one with the longest matching name, even if it is private",
        sources.LBC_4785,
    ),
    also=(sources.LBC_4840, sources.LBC_4832, sources.LBC_4847, sources.LBC),
    note="The dates are those of the versions 3.3.0 and 3.5.0. No source names the release of the"
    " change. A newer version only considers public zones; no source names its release either.",
)
CONTROLLER_ZONE_OF_PARENT = dated(
    "LBC.7",
    "Controller versions: the first and last that only use zones of a name or its parent; a newer.",
    Era(date(2026, 5, 5), ("3.3.0", "3.4.0", "3.5.0"), sources.LBC_ROUTE53),
    also=(sources.LBC_4832, sources.LBC_4785),
    note="The newer version uses all zones. Which ones the versions from 3.4.1 to 3.4.3 use is"
    " unknown.",
)
CONTROLLER_FINDS_ALL = dated(
    "LBC.8",
    "Whether the AWS Load Balancer Controller adds all certificates that it finds for a host.",
    Era(date(2020, 9, 29), False, sources.LBC_3028),
    Era(date(2023, 4, 14), True, sources.LBC_3028),
    also=(sources.LBC_4850, sources.LBC_CERTIFICATES),
    note="Until version 2.5.0, several certificates were an error. The flag"
    " `allowed-certificate-authority-arns` limits the search to certificates of some private CAs.",
)
CONTROLLER_STATUSES = undated(
    "LBC.9",
    "The statuses of the certificates that the AWS Load Balancer Controller finds.",
    ("ISSUED",),
    sources.LBC_CERTIFICATES,
    sources.LBC_4631,
    note="If it finds none for one of the hosts of a Gateway, it changes none of its listeners.",
)
CONTROLLER_PROTOCOLS = undated(
    "LBC.6",
    "The protocols of a Gateway's listener for which the controller uses certificates.",
    ("HTTPS", "TLS"),
    sources.LBC_GATEWAY,
    note="The protocol in a LoadBalancerConfiguration does not change that of the listener.",
)

# Serverless Framework, Pulumi and Crossplane

SERVERLESS_MEMBERS: Fact[tuple[str, ...]] = undated(
    "D.18",
    "The members of `custom.customCertificate` of the plugin `serverless-certificate-creator`.",
    (
        "certInfoFileName",
        "certificateName",
        "enabled",
        "hostedZoneId",
        "hostedZoneIds",
        "hostedZoneName",
        "hostedZoneNames",
        "idempotencyToken",
        "region",
        "rewriteRecords",
        "subjectAlternativeNames",
        "tags",
        "writeCertInfoToFile",
    ),
    sources.SERVERLESS_CERTIFICATES,
    sources.SERVERLESS_CERTIFICATES_CODE,
    note="The plugin always requests DNS validation.",
)
SERVERLESS_CERTIFICATE_REGION = undated(
    "D.18b",
    "The Region in which `serverless-certificate-creator` requests certificates by default.",
    "us-east-1",
    sources.SERVERLESS_CERTIFICATES,
    sources.SERVERLESS_CERTIFICATES_CODE,
)
SERVERLESS_REGION = undated(
    "D.18c",
    "The Region to which the Serverless Framework deploys by default.",
    "us-east-1",
    sources.SERVERLESS_REFERENCE,
    note="The option `--region` takes precedence.",
)
SERVERLESS_ENDPOINT_TYPE = undated(
    "D.18d",
    "The type of a custom domain of `serverless-domain-manager` by default.",
    "edge",
    sources.SERVERLESS_DOMAINS,
    note="The plugin selects a certificate by its primary name, in `us-east-1` or for a Regional"
    " domain in its own Region.",
)
SERVERLESS_FRAMEWORK_ENDPOINT_TYPE = undated(
    "D.18e",
    "The type of a custom domain of the Serverless Framework by default, from its version 4 on.",
    "regional",
    sources.SERVERLESS_FRAMEWORK_DOMAINS,
    note="It creates a certificate with DNS validation if none is selected.",
)
PULUMI_PROPERTIES: Fact[tuple[str, ...]] = undated(
    "D.16",
    "The inputs of `aws:acm:Certificate` of Pulumi, with those of their structures.",
    (
        "certificateAuthorityArn",
        "certificateBody",
        "certificateChain",
        "domainName",
        "earlyRenewalDuration",
        "keyAlgorithm",
        "options",
        "options.certificateTransparencyLoggingPreference",
        "options.export",
        "privateKey",
        "region",
        "subjectAlternativeNames",
        "tags",
        "validationMethod",
        "validationOptions",
        "validationOptions.domainName",
        "validationOptions.validationDomain",
    ),
    sources.PULUMI_CERTIFICATE,
)
PULUMI_RESOURCE: Fact[tuple[str, ...]] = undated(
    "D.16b",
    "The members of a resource in Pulumi YAML.",
    ("defaultProvider", "get", "name", "options", "properties", "type"),
    sources.PULUMI_YAML,
)
CROSSPLANE_MEMBERS: Fact[tuple[str, ...]] = undated(
    "D.17",
    "The members of `forProvider` of a `Certificate` of Crossplane, and of its structures.",
    (
        "certificateAuthorityArn",
        "certificateBody",
        "certificateChain",
        "domainName",
        "earlyRenewalDuration",
        "keyAlgorithm",
        "options",
        "options.certificateTransparencyLoggingPreference",
        "options.export",
        "privateKeySecretRef",
        "region",
        "subjectAlternativeNames",
        "tags",
        "validationMethod",
        "validationOption",
        "validationOption.domainName",
        "validationOption.validationDomain",
    ),
    sources.CROSSPLANE_CRD,
)

# CloudFormation: section E

CLOUDFORMATION_DEFAULT_METHOD = undated(
    "1.29b",
    "The validation method of a CloudFormation certificate that sets none.",
    "EMAIL",
    sources.CFN_CERT,
)
AUTOMATIC_VALIDATION_NEEDS = undated(
    "E.1",
    "What CloudFormation needs to validate a certificate automatically; all are required.",
    ("DNS validation", "a Route 53 hosted zone", "the zone is in the same account"),
    sources.CFN_CERT,
)
CLOUDFORMATION_MEMBERS: Fact[tuple[str, ...]] = undated(
    "E.1b",
    "The properties of `AWS::CertificateManager::Certificate`, and the members of its structures.",
    (
        "CertificateAuthorityArn",
        "CertificateExport",
        "CertificateTransparencyLoggingPreference",
        "DomainName",
        "DomainValidationOptions",
        "DomainValidationOptions.DomainName",
        "DomainValidationOptions.HostedZoneId",
        "DomainValidationOptions.ValidationDomain",
        "Id",
        "KeyAlgorithm",
        "SubjectAlternativeNames",
        "Tags",
        "Tags.Key",
        "Tags.Value",
        "ValidationMethod",
    ),
    sources.CFNLINT_26_10,
    sources.CFN_CERT,
)
CLOUDFORMATION_ATTRIBUTES: Fact[tuple[str, ...]] = undated(
    "E.1c",
    "The attributes of a resource in a CloudFormation template.",
    (
        "Condition",
        "Connectors",
        "CreationPolicy",
        "DeletionPolicy",
        "DependsOn",
        "IgnoreGlobals",
        "Metadata",
        "Properties",
        "Type",
        "UpdatePolicy",
        "UpdateReplacePolicy",
    ),
    sources.CFNLINT_26_10,
    note="`Connectors` and `IgnoreGlobals` are those of AWS SAM.",
)
CLOUDFORMATION_TAG_MEMBERS: Fact[tuple[str, ...]] = undated(
    "E.1d",
    "The members that CloudFormation requires in each tag of a certificate.",
    ("Key", "Value"),
    sources.CFNLINT_26_10,
    note="The API only requires the key.",
)
STACK_WAITS_IN = inferred(
    "E.2",
    "The status of a stack that waits for validation or for the timeout of the request.",
    "CREATE_IN_PROGRESS",
    sources.CFN_CERT,
    note="That the timeout ends it is inferred; the rest is confirmed.",
)
ZONE_ID_FOR_EACH_NAME = undated(
    "E.3",
    "Each name whose record CloudFormation creates needs its own option with a zone ID.",
    True,
    sources.CFN_DVO,
    sources.CFN_CERT,
    note="The option must spell the name exactly as the certificate does.",
)
ZONE_ID_OR_VALIDATION_DOMAIN = undated(
    "E.4",
    "The members of a validation option that exclude each other.",
    ("HostedZoneId", "ValidationDomain"),
    sources.CFN_DVO,
    sources.CFNLINT_1619,
)
VALIDATION_DOMAIN_WITH_DNS_ERROR = dated(
    "E.5",
    "Part of the error message for a validation domain with DNS validation.",
    Era(date(2020, 5, 11), "cannot be used with DNS validation", sources.CDK_7933),
    mark=Mark.OBSERVED,
    note="Since about that date.",
)
ZONE_ID_PREFIX = undated("E.6a", "The prefix of a zone ID.", "Z", sources.CFN_DVO)
ZONE_ID_WRONG_PREFIX = undated(
    "E.6b",
    "The prefix that Route 53 adds to a zone ID elsewhere, and that CloudFormation rejects.",
    "/hostedzone/",
    sources.CFN_DVO,
)
NAME_OUTSIDE_ZONE_ERROR = observed(
    "E.7",
    "Part of the error message for the record of a name outside the zone.",
    "not permitted in zone",
    sources.CDK_8783,
)
EMAIL_OPTION_NEEDS_DOMAIN = observed(
    "E.8",
    "The member without which a validation option for email fails.",
    "ValidationDomain",
    sources.CFN_DOC_865,
)

# Validation in Terraform

TERRAFORM_WAIT_MINUTES = undated(
    "TF.2",
    "Minutes that `aws_acm_certificate_validation` waits for a certificate.",
    75,
    sources.TF_VALIDATION,
)
TERRAFORM_SHORT_WAIT_MINUTES = observed(
    "TF.2a",
    "Minutes that earlier versions waited, which did not always suffice.",
    45,
    sources.TF_9338,
    sources.REPOST_PENDING,
    note="Validation may take up to several hours.",
)
TERRAFORM_OPTIONS_ARE_SET = dated(
    "TF.3a",
    "`domain_validation_options` is a set, and known in the plan if the names are known.",
    Era(date(2018, 2, 9), False, sources.TF_UPGRADE_3, seen=True),
    Era(date(2020, 7, 30), True, sources.TF_UPGRADE_3),
    also=(sources.TF_CERT, sources.TF_23260),
)
TERRAFORM_KEYS = undated(
    "TF.3b",
    "`for_each` requires a map or a set of strings whose keys are known in the plan.",
    True,
    sources.TF_FOR_EACH,
)
TERRAFORM_RECORD_EXISTS_ERROR = observed(
    "TF.3c",
    "Part of the error message for a record that exists, without `allow_overwrite = true`.",
    "but it already exists",
    sources.TF_7918,
    sources.TF_13653,
)
PROXIED_RECORDS_ARE_HIDDEN = undated(
    "TF.3d",
    "Cloudflare answers with its own addresses in place of a proxied CNAME.",
    True,
    sources.CLOUDFLARE_FLATTENING,
    sources.CLOUDFLARE_PROXY,
)
