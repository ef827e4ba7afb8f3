"""Facts that no rule or command reads; only the `facts` command and the pages load them."""

from __future__ import annotations

from datetime import date

from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Fact, Meaning, dated, inferred, observed, undated
from acmrules.facts.timeline import Era

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


FACTS: dict[str, Fact[Any]] = {
    "acm.ACME_DIRECTORY": dated(
        "ACME.6a",
        "The directory of an ACME endpoint; accounts need an external account binding.",
        Era(
            date(2026, 6, 18),
            "https://acm-acme-enroll.<region>.api.aws/<id>/directory",
            sources.UG_ACMEEP,
        ),
    ),
    "acm.ACME_ISSUANCE_SECONDS": dated(
        "ACME.6b",
        "Seconds that the issuance of an ACME certificate takes, at most.",
        Era(date(2026, 6, 18), 120, sources.UG_ACMEISS),
    ),
    "acm.ACME_PERMISSIONS": dated(
        "ACME.7b",
        "Actions that the role of an ACME binding needs; the last one only with `CertificateTags`.",
        Era(
            date(2026, 6, 18),
            ("acm:RequestCertificate", "acm:AddTagsToCertificate"),
            sources.UG_EAB,
        ),
        also=(sources.UG_CONDACME,),
    ),
    "acm.ACME_CONDITION_KEYS": dated(
        "ACME.8",
        "The values of condition keys when an ACME client requests a certificate.",
        Era(
            sources.COPY_26Q3,
            (
                ("acm:Export", "ENABLED"),
                ("acm:ValidationMethod", "DNS"),
                ("acm:CertificateTransparencyLogging", "ENABLED"),
                ("acm:CertificateAuthority", "absent"),
            ),
            sources.UG_CONDACME,
            seen=True,
        ),
        note="For a revocation there is only `acm:CertificateKeyPairOrigin`.",
    ),
    "acm.N2_TOOLS": dated(
        "N2.11",
        "The tools, in addition to the API, that can request an N2 certificate.",
        Era(date(2026, 10, 20), (), sources.CFNLINT_26_10, seen=True),
        also=(sources.CDK_LIB, sources.TF_CERT, sources.ACK_GENERATOR),
        note="Neither CloudFormation, the CDK, Terraform nor ACK had the members in October 2026; "
        "newer versions may have them.",
    ),
    # ACM
    "acm.NAME_LENGTH": undated(
        "1.2",
        "Length of a name in characters according to the API model, minimum and maximum.",
        (1, 253),
        sources.API_REQUEST,
    ),
    "acm.NAME_PATTERN_IS_ANCHORED": inferred(
        "1.7b",
        "The pattern must match the whole name.",
        True,
        sources.API_REQUEST,
        note="The model prints the pattern without anchors.",
    ),
    "acm.FIRST_NAME_IS_LISTED": undated(
        "1.9",
        "ACM also adds the primary name to the subject alternative names.",
        True,
        sources.UG_LIMITS,
    ),
    "acm.LEAST_LABELS_OF_WILDCARD_PARENT": inferred(
        "1.26",
        "Minimum number of labels after the `*.` of a wildcard.",
        2,
        sources.API_REQUEST,
        note="From running the pattern.",
    ),
    "acm.NAME_KINDS": inferred(
        "1.27",
        "The kinds of subject alternative name that a request can contain.",
        ("dNSName",),
        sources.API_REQUEST,
    ),
    "acm.IDEMPOTENCY_HOURS": undated(
        "1.30c",
        "Hours during which a repeated token returns the first certificate.",
        1,
        sources.API_REQUEST,
    ),
    "acm.METHOD_OPTION": dated(
        "1.41",
        "The member of `UpdateCertificateOptions` that moves a certificate from email to DNS "
        "validation.",
        Era(date(2026, 7, 9), "Options.ValidationMethod", sources.UG_HISTORY),
        also=(sources.API_OPTIONS,),
        note="Older API models do not have it.",
    ),
    "acm.MANAGED_BY_VALUES": dated(
        "1.42",
        "The values of `ManagedBy`.",
        Era(date(2025, 4, 1), ("CLOUDFRONT",), sources.API_REQUEST),
        note="Only the month is known.",
    ),
    "acm.DECLARED_ERRORS": undated(
        "1.46",
        "The errors that `RequestCertificate` declares.",
        (
            "InvalidArnException",
            "InvalidDomainValidationOptionsException",
            "InvalidParameterException",
            "InvalidTagException",
            "LimitExceededException",
            "TagPolicyException",
            "TooManyTagsException",
        ),
        sources.API_REQUEST,
    ),
    "acm.VALIDATION_LEVELS": undated(
        "1.48",
        "The level of validation of the subject: domain, not organization or extended.",
        ("domain",),
        sources.UG_CHAR,
        sources.ARCHIVE,
    ),
    "acm.LATER_CONDITION_KEYS": dated(
        "1.50",
        "IAM condition keys that were added later.",
        Era(
            sources.COPY_26Q3,
            ("acm:Export", "acm:CertificateKeyPairOrigin"),
            sources.UG_COND,
            seen=True,
        ),
        note="Not yet present on 2026-04-13.",
    ),
    "acm.QUOTA_SCOPE": undated(
        "2.1", "The scope of each quota.", ("account", "Region"), sources.UG_LIMITS
    ),
    "acm.NAMES_QUOTA_HOLDS_FOR_IMPORTS": undated(
        "2.6", "The name quota applies to imported certificates.", False, sources.UG_LIMITS
    ),
    "acm.EXPIRED_COUNT_TO_QUOTA": undated(
        "2.10",
        "Expired and revoked certificates count toward the quota.",
        True,
        sources.UG_LIMITS,
        sources.GR_ACM,
        note="Sources disagree: the General Reference counts only pending and issued certificates.",
    ),
    "acm.UNCOUNTED_CERTIFICATES": dated(
        "2.11",
        "Certificates that do not count toward the quotas.",
        Era(LAUNCH, ("private CA",), sources.UG_LIMITS, seen=True),
        Era(date(2026, 6, 18), ("private CA", "ACME"), sources.UG_LIMITS),
    ),
    "acm.NEW_ACCOUNTS_START_LOWER": dated(
        "2.12",
        "Whether a new account may start with lower quotas.",
        Era(LAUNCH, "yes", sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_21_12, "not stated", sources.UG_LIMITS, seen=True),
        note="The guide last said so in April 2021.",
    ),
    "acm.PRIVATE_AUTHORITIES_QUOTA": dated(
        "2.13a",
        "Private CAs per account and Region.",
        Era(date(2018, 1, 1), 10, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_20_08, 200, sources.UG_LIMITS, seen=True),
        note="Only the year of the first value is known.",
    ),
    "acm.PRIVATE_CERTIFICATES_QUOTA": dated(
        "2.13b",
        "Certificates per private CA.",
        Era(date(2018, 1, 1), 50_000, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_20_03, 1_000_000, sources.UG_LIMITS, seen=True),
        note="Only the year of the first value is known.",
    ),
    "acm.UNLISTED_CERTIFICATES": dated(
        "2.15b",
        "Other certificates that `ListCertificates` omits by default.",
        Era(date(2026, 6, 18), ("ACME",), sources.UG_ACMEISS),
        Era(date(2026, 11, 19), ("ACME", "N2"), sources.BOTOCORE_26_11),
        note="`SearchCertificates` includes ACME certificates.",
    ),
    "acm.ACME_QUOTAS": dated(
        "2.16",
        "ACME quotas; the number of names per certificate is fixed.",
        Era(
            date(2026, 6, 18),
            (
                ("endpoints", 50),
                ("external account bindings of an endpoint", 1_000),
                ("validations of an endpoint", 1_500),
                ("names of a certificate", 100),
            ),
            sources.UG_LIMITS,
        ),
    ),
    "acm.STRIPPED_PREFIXES": undated(
        "3.4",
        "Prefixes that ACM removes from a name before it constructs the addresses.",
        ("www.", "*."),
        sources.UG_EMAIL,
    ),
    "acm.API_SEARCHES_MX": undated(
        "3.6a",
        "For an API request, ACM looks for MX records at parent domains.",
        False,
        sources.UG_HISTORY,
    ),
    "acm.CONSOLE_SEARCHES_MX": dated(
        "3.6b",
        "For a console request, ACM searches upward for the first parent domain with MX records.",
        Era(LAUNCH, True, sources.ARCHIVE, seen=True),
        Era(date(2024, 7, 11), False, sources.UG_HISTORY),
    ),
    "acm.RESEND_HOURS": undated(
        "3.14",
        "Hours after the request or the last resend during which ACM can resend the mail.",
        72,
        sources.API_RESEND,
        sources.UG_LIMITS,
        note="Once per second; after that a new request is needed.",
    ),
    "acm.RESEND_DOMAIN_IS_KEPT": undated(
        "3.15", "ACM remembers the validation domain of a resend.", False, sources.UG_EMAILAUTO
    ),
    "acm.RECORD_TOKEN_OCTETS": inferred(
        "4.2b 4.3b",
        "Hexadecimal digits of a token, both in the name and in the value of the record.",
        32,
        sources.UG_DNS,
        note="Read from AWS's examples.",
    ),
    "acm.RECORD_VALUE_MIDDLE_OCTETS": observed(
        "4.4",
        "Letters in the label between the token and the suffix of an actual record value.",
        10,
        sources.OBS_CNAME,
        sources.UG_DNSTS,
        note="Observed on 2019-05-29. Sources disagree: the tables in the guide omit the label.",
    ),
    "acm.WWW_HAS_OWN_RECORD": undated(
        "4.6", "A name that starts with `www.` has its own validation record.", True, sources.UG_DNS
    ),
    "acm.RECORD_BINDING": undated(
        "4.7",
        "What a record is specific to; it is the same in all Regions, and valid while it exists.",
        ("account", "name"),
        sources.UG_DNS,
        sources.TF_2418,
    ),
    "acm.CNAME_CHAIN_LIMIT": undated(
        "4.8", "Maximum number of CNAME records in a chain.", 5, sources.UG_DNS
    ),
    "acm.UNDERSCORE_OPTIONAL_IN": undated(
        "4.9",
        "The part of the record whose leading underscore may be omitted.",
        "value",
        sources.UG_DNSTS,
    ),
    "acm.CAA_FLAGS": undated(
        "4.17a", "The CAA flags that the guide recommends.", 0, sources.UG_SETUP
    ),
    "acm.HTTP_REDIRECT_FORM": undated(
        "4.27b",
        "The redirect target of that URL, unless the URL serves the same content.",
        "https://validation.<region>.acm-validations.aws/…",
        sources.API_REDIRECT,
        sources.UG_HTTP,
    ),
    "acm.REDIRECT_CODES": undated(
        "4.28a",
        "The status codes of that redirect.",
        (302,),
        sources.UG_HTTPREDIR,
        sources.CF_MANAGED,
        note="Sources disagree: the CloudFront guide says 301.",
    ),
    "acm.DNS_TO_EMAIL": undated(
        "6.3", "A certificate can move from DNS to email validation.", False, sources.UG_MIGOV
    ),
    "acm.FIXED_ATTRIBUTES": undated(
        "6.4",
        "Other parameters that cannot change.",
        ("KeyAlgorithm", "CertificateAuthorityArn", "DomainValidationOptions"),
        sources.CFN_CERT,
        sources.TF_CERT,
    ),
    "acm.EXPORT_IS_FIXED": dated(
        "6.5",
        "Whether a certificate can be exported is fixed when it is requested.",
        Era(date(2025, 6, 17), True, sources.API_OPTIONS),
        also=(sources.API_UPDATE, sources.CFN_CERT),
        note="Sources disagree: the page on `UpdateCertificateOptions` says that it can be set "
        "there.",
    ),
    "acm.TRANSPARENCY_CAN_CHANGE": dated(
        "6.6",
        "A change of the certificate transparency preference has an effect.",
        Era(date(2018, 3, 27), True, sources.UG_HISTORY),
        Era(date(2026, 6, 1), False, sources.UG_HISTORY),
        note="While it could change, until the renewal window.",
    ),
    "acm.FAILED_REQUEST_CAN_BE_SENT_AGAIN": undated(
        "6.8", "A failed or timed-out request can be resumed.", False, sources.UG_FAILED
    ),
    "acm.EMAIL_RENEWAL_DAYS": undated(
        "7.10b",
        "Days before expiry on which ACM sends the first mail of a renewal.",
        45,
        sources.UG_EMAIL,
    ),
    "acm.RENEWAL_KEEPS_ARN": undated(
        "7.14",
        "A renewed certificate keeps its ARN and gets a new key pair.",
        True,
        sources.UG_BEST,
        sources.UG_RENEW,
        note="Pinning therefore breaks.",
    ),
    "acm.RENEW_CALL_TAKES": undated(
        "7.15",
        "The certificates that `RenewCertificate` accepts.",
        "exported private certificates",
        sources.BOTOCORE_26_11,
        sources.UG_FORCE,
        note="Sources disagree: by the guide exported public ones too since 2025-06-17, for a fee.",
    ),
    "acm.PASSPHRASE_LENGTH": undated(
        "7.16b",
        "Length of an export passphrase in characters, minimum and maximum.",
        (4, 128),
        sources.API_EXPORT,
    ),
    "acm.PASSPHRASE_FORBIDDEN": undated(
        "7.16c", "Characters not allowed in an export passphrase.", "#$%", sources.API_EXPORT
    ),
    "acm.REVOCABLE": dated(
        "7.18",
        "The certificates that their owner can revoke permanently.",
        Era(date(2025, 6, 17), "exported certificates", sources.UG_HISTORY),
        also=(sources.BOTOCORE,),
    ),
    "acm.REIMPORT_MAY_DROP": dated(
        "8.8",
        "The usages that an import into an existing ARN may drop; the second for ECDSA keys only.",
        Era(date(2025, 10, 22), ("clientAuth",), sources.UG_HISTORY),
        Era(date(2026, 4, 3), ("clientAuth", "keyEncipherment"), sources.UG_HISTORY),
    ),
    "acm.GUIDE_IMPORT_KEY_BYTES": undated(
        "8.2d",
        "Maximum size of an imported key in bytes according to the guide.",
        5_120,
        sources.UG_IMPORTPRE,
        note="Sources disagree: the API model allows more (8.2b).",
    ),
    "acm.IMPORT_SUBJECTS": undated(
        "8.9",
        "What the subject of an imported certificate may be.",
        ("domain name", "IP address"),
        sources.UG_IMPORTPRE,
    ),
    "acm.CLOUDFORMATION_IMPORTS": undated(
        "8.10", "CloudFormation can import a certificate.", False, sources.UG_IMPORTPRE
    ),
    "acm.IMPORTS_ARE_RENEWED": undated(
        "8.11", "ACM renews imported certificates.", False, sources.UG_IMPORT
    ),
    "acm.PRIVATE_FAILURES": inferred(
        "B3.7",
        "The failure reasons of private CAs, with their meanings.",
        (
            ("PCA_LIMIT_EXCEEDED", "CA quota exceeded"),
            ("PCA_INVALID_ARN", "wrong ARN"),
            ("PCA_INVALID_STATE", "inactive CA"),
            ("PCA_REQUEST_FAILED", "network error"),
            ("PCA_NAME_CONSTRAINTS_VALIDATION", "name constraints of the CA"),
            ("PCA_RESOURCE_NOT_FOUND", "deleted CA"),
            ("PCA_INVALID_ARGS", "invalid arguments"),
            ("PCA_INVALID_DURATION", "validity exceeds that of the CA"),
            ("PCA_ACCESS_DENIED", "missing permission"),
        ),
        sources.UG_EXC,
        sources.BOTOCORE,
        note="The values are confirmed, and so are six of the meanings.",
    ),
    "acm.OTHER_FAILURE": undated(
        "B3.9",
        "The failure reason for all other cases, usually a typing mistake in a name.",
        "OTHER",
        sources.UG_FAILED,
    ),
    "acm.STATUSES": undated(
        "B3.10",
        "The statuses of a certificate.",
        (
            "PENDING_VALIDATION",
            "ISSUED",
            "INACTIVE",
            "EXPIRED",
            "VALIDATION_TIMED_OUT",
            "REVOKED",
            "FAILED",
        ),
        sources.BOTOCORE,
    ),
    "acm.ALGORITHM_HYPHENS": undated(
        "B3.11",
        "`DescribeCertificate` may return a hyphen for an underscore in the request (`RSA-2048`).",
        True,
        sources.UG_DESCRIBE,
        sources.TF_CERT,
    ),
    # What DNS answers prove
    "dns.SERVERS_MUST_ANSWER": observed(
        "P.12",
        "A certificate stays pending if the name servers of the delegation do not respond.",
        True,
        sources.OBS_DELEGATION_2020,
        sources.OBS_DELEGATION,
    ),
    "dns.PARENT_DECIDES": observed(
        "P.13",
        "The servers that resolvers ask: those of the hosted zone, or those in the parent zone.",
        "those in the parent zone",
        sources.OBS_DELEGATION,
        sources.OBS_DELEGATION_2020,
        note="A record in a hosted zone with other name servers does not exist for ACM. This is "
        "the most frequent cause with Route 53.",
    ),
    # Certificates that exist
    "live.FAILURE_REASONS": undated(
        "L.2",
        "The values of `FailureReason` and `RenewalStatusReason`.",
        (
            "NO_AVAILABLE_CONTACTS",
            "ADDITIONAL_VERIFICATION_REQUIRED",
            "DOMAIN_NOT_ALLOWED",
            "INVALID_PUBLIC_DOMAIN",
            "DOMAIN_VALIDATION_DENIED",
            "CAA_ERROR",
            "PCA_LIMIT_EXCEEDED",
            "PCA_INVALID_ARN",
            "PCA_INVALID_STATE",
            "PCA_REQUEST_FAILED",
            "PCA_NAME_CONSTRAINTS_VALIDATION",
            "PCA_RESOURCE_NOT_FOUND",
            "PCA_INVALID_ARGS",
            "PCA_INVALID_DURATION",
            "PCA_ACCESS_DENIED",
            "SLR_NOT_FOUND",
            "OTHER",
        ),
        sources.BOTOCORE_26_11,
    ),
    "live.DELETION_IN_USE": undated(
        "L.26",
        "The error for the deletion of a certificate that is in use.",
        "ResourceInUseException",
        sources.BOTOCORE_26_11,
        note="Replace the certificate in each service first.",
    ),
    "live.LOST_GRANT": undated(
        "L.24",
        "What it means if a service may not use a certificate anymore, and what to do.",
        Meaning(
            "the grant of the key is gone",
            "remove the certificate from the service and attach it again",
        ),
        sources.UG_GRANT,
    ),
    "live.RESENT_MAIL_DATE": undated(
        "L.25", "Mail that ACM resends has the date of the first mail.", True, sources.UG_EMAILTS
    ),
    "live.APP_RUNNER_PENDING": undated(
        "L.27",
        "What a pending custom domain of App Runner means, and what to do.",
        Meaning(
            "a record is missing, or CAA records forbid Amazon to issue",
            "publish the CNAME records of App Runner, and allow `amazon.com`",
        ),
        sources.APPRUNNER,
        note="After a deletion, App Runner keeps the certificates for seven days.",
    ),
    "live.ACME_VALIDATION_FAILURES": undated(
        "L.28",
        "The failure reasons of an ACME domain validation, with their meanings.",
        (
            ("TIMED_OUT", "record not found within 72 hours"),
            ("HOSTED_ZONE_NOT_FOUND", "the hosted zone does not exist"),
            ("ACCESS_DENIED", "no permission for the hosted zone"),
            ("INVALID_CHANGE_BATCH", "Route 53 rejects the record"),
            ("DOMAIN_MISMATCH", "name outside the hosted zone"),
            ("DOMAIN_NOT_ALLOWED", "dangerous or restricted domain"),
            ("INVALID_PUBLIC_DOMAIN", "top-level domain not public"),
            ("ENDPOINT_NOT_ACTIVE", "the ACME endpoint is not active"),
            ("INTERNAL_FAILURE", "fault of the service"),
            ("CAA_ERROR", "CAA records forbid Amazon to issue"),
        ),
        sources.UG_ACMEDV,
        sources.BOTOCORE_26_11,
        note="Sources disagree: only the guide has `CAA_ERROR`.",
    ),
    "live.ACME_CLIENT_ERRORS": undated(
        "L.29",
        "The errors that ACME clients report, with their meanings.",
        (
            ("badCSR", "the endpoint does not allow the key algorithm"),
            ("unauthorized", "a policy denies the action that the detail names"),
        ),
        sources.UG_CONDACME,
        note="With tags, the role needs `acm:AddTagsToCertificate`.",
    ),
    # The CA/Browser Forum
    "cabf.TRAILING_DOT_ALLOWED": undated(
        "1.12b", "A name in a certificate may end in the dot of the root label.", False, sources.BR
    ),
    "cabf.UNDERSCORES": dated(
        "1.13b",
        "What a CA may issue for a name with an underscore.",
        Era(date(2018, 12, 10), "short-lived certificates", sources.BR_SC12),
        Era(date(2019, 5, 1), "nothing", sources.BR_SC12),
        note="Ballot SC-012, adopted 2018-11-09; the exception for short-lived certificates ended "
        "on 2019-03-31.",
    ),
    "cabf.WHOIS_METHODS": dated(
        "3.3",
        "The permitted use of WHOIS contacts.",
        Era(LAUNCH, "allowed", sources.BR, seen=True),
        Era(date(2025, 1, 15), "not from a website", sources.BR),
        Era(date(2025, 7, 15), "forbidden", sources.BR),
        note="Ballot SC-080; the methods are 3.2.2.4.2 and 3.2.2.4.15.",
    ),
    "cabf.CONTACT_EMAIL_SUNSET": dated(
        "3.17",
        "The status of mail to contacts in CAA or TXT records (methods 3.2.2.4.13 and .14).",
        Era(LAUNCH, "allowed", sources.BR, seen=True),
        Era(date(2028, 3, 15), "forbidden", sources.BR),
        note="Ballot SC-090.",
    ),
    "cabf.CAA_UNKNOWN_CRITICAL_BLOCKS": undated(
        "4.17b",
        "A CAA property with an unknown tag and the critical bit prevents every CA from issuing.",
        True,
        sources.BR,
        note="Section 4.2.2.1, until 2026-09-07 3.2.2.8.",
    ),
    "cabf.CAA_STANDARD": dated(
        "4.19",
        "The standard for the lookup of CAA records.",
        Era(date(2017, 9, 8), "RFC 6844", sources.BR_165),
        Era(date(2017, 10, 27), "RFC 6844 with erratum 5065", sources.BR_165),
        Era(date(2020, 10, 19), "RFC 8659", sources.BR_173),
        also=(sources.RFC8659,),
    ),
    "cabf.CAA_HOURS": undated(
        "4.21",
        "Hours within which a CA must issue after a CAA check, or the TTL if that is longer.",
        8,
        sources.BR,
        note="Section 4.2.2.1, until 2026-09-07 3.2.2.8.",
    ),
    "cabf.DNSSEC_REQUIRED": dated(
        "4.22",
        "A CA validates DNSSEC up to the root; a failure blocks issuance.",
        Era(date(2026, 3, 15), True, sources.BR),
        note="Section 4.2.2.2 since 2026-09-07. For validation and CAA queries, narrower for email "
        "methods; ballots SC-085 and SC-094.",
    ),
    "cabf.MULTI_PERSPECTIVE_CHECKS": dated(
        "4.23a",
        "The effect of checks from several network perspectives on issuance.",
        Era(date(2025, 3, 15), "required", sources.BR_2025),
        Era(date(2025, 9, 15), "blocking", sources.BR_2025),
        note="Ballot SC-067.",
    ),
    "cabf.HTTP_WILDCARDS_ALLOWED": dated(
        "4.26b",
        "HTTP validation may validate a wildcard or a parent domain.",
        Era(LAUNCH, True, sources.BR_OLD, seen=True),
        Era(date(2021, 12, 1), False, sources.BR_OLD),
    ),
    "cabf.REDIRECT_CODES": dated(
        "4.28b",
        "The status codes that may redirect HTTP validation.",
        Era(date(2021, 7, 1), (301, 302, 307, 308), sources.BR),
    ),
    "cabf.SECTIONS": dated(
        "4.34",
        "The sections of the Baseline Requirements about CAA and DNSSEC.",
        Era(date(2026, 9, 7), (("CAA", "4.2.2.1"), ("DNSSEC", "4.2.2.2")), sources.BR_SC100),
        also=(sources.BR_SC104,),
        note="Version 2.3.0; the current version 2.3.1 keeps them. Before, CAA was 3.2.2.8.",
    ),
    # Names
    "names.SUFFIX_RULES": undated(
        "B2.1b",
        "Number of rules in the Public Suffix List: ICANN section, private section.",
        (6949, 3299),
        sources.PSL,
        note="From the copy of 2026-08-19.",
    ),
    "names.AMAZON_PUBLIC_SUFFIXES": undated(
        "B2.2",
        "AWS suffixes in the private section of the Public Suffix List.",
        ("cloudfront.net", "elasticbeanstalk.com", "amplifyapp.com", "*.awsapprunner.com"),
        sources.PSL,
        note="`amazonaws.com` itself is not in the list.",
    ),
    # Services and Regions
    "services.CHINA_PRIVATE_AUTHORITY": undated(
        "5.6", "Private CAs are available in China.", False, sources.UG_EXC
    ),
    "services.GOVCLOUD_DIFFERENCES": undated(
        "5.8",
        "How ACM differs in the GovCloud partition.",
        "no export-controlled data in names",
        sources.GOV_ACM,
        note="Both Regions have ACM, with the same functions.",
    ),
    "services.SOVEREIGN_ROOTS": undated(
        "5.9",
        "The roots under which the European Sovereign Cloud issues.",
        "its own roots, cross-signed for now",
        sources.ATS_REPO,
        sources.BOTOCORE,
    ),
    "services.HTTP_VALIDATED_SERVES": dated(
        "5.11",
        "The only service that accepts HTTP-validated certificates; their key cannot be exported.",
        Era(date(2025, 4, 1), "CloudFront", sources.UG_CHAR),
        also=(sources.CF_MANAGED,),
        note="Only the month is known.",
    ),
    "services.CLOUDFRONT_ALTERNATE_NAMES": undated(
        "C.1d", "Maximum number of alternate domain names per distribution.", 100, sources.CF_LIM
    ),
    "services.CLOUDFRONT_EXPIRY_HOURS": undated(
        "C.1e", "Hours before expiry by which a certificate must be renewed.", 24, sources.CF_REQ
    ),
    "services.APP_RUNNER_DOMAINS": undated(
        "C.15b", "Maximum number of custom domains per App Runner service.", 5, sources.APPRUNNER
    ),
    "services.LIGHTSAIL_CERTIFICATES": undated(
        "C.28c", "Certificates per load balancer in Lightsail, one of them in use.", 2, sources.LS
    ),
    "services.OTHER_SERVICES": dated(
        "C.30",
        "Other services that accept ACM ARNs; not researched.",
        Era(LAUNCH, ("MediaConvert key exchange", "MediaPackage v1"), sources.BOTOCORE, seen=True),
        also=(sources.CFNLINT_26_10,),
        note="They need imported certificates. Rows C.36 to C.43 describe the newer services.",
    ),
    "services.NO_CERTIFICATE": dated(
        "C.43",
        "Services with a member named like a certificate that does not accept an ACM certificate.",
        Era(
            date(2026, 10, 20),
            ("ECS Express Mode", "EMR on EKS", "MSK Replicator"),
            sources.CFNLINT_26_10,
            seen=True,
        ),
        also=(sources.KAFKA_MODEL,),
    ),
    "services.CLOUDFRONT_ERROR": observed(
        "C.33",
        "CloudFront's only error for a certificate that it rejects, whatever the cause.",
        "InvalidViewerCertificate",
        sources.OBS_CF,
        note="Missing, not in us-east-1, not valid, an incomplete chain, an unsupported key.",
    ),
    "services.LOAD_BALANCER_ERROR": observed(
        "C.34",
        "The load balancer error that usually means that the certificate is not issued yet.",
        "UnsupportedCertificate",
        sources.OBS_ELB,
        note="Its message mentions the name, the signature, and the key size.",
    ),
    "services.MISSING_TYPES": undated(
        "C.35",
        "Regions in which CloudFormation lacks a resource type that uses certificates.",
        (
            ("AWS::CloudFront::Distribution", ("us-gov-*",)),
            ("AWS::CloudFront::DistributionTenant", ("cn-*", "us-gov-*")),
            (
                "AWS::AppSync::DomainName",
                ("cn-*", "us-gov-*", "ap-east-2", "ap-southeast-6", "mx-central-1"),
            ),
            ("AWS::Cognito::UserPoolDomain", ("cn-*",)),
            (
                "AWS::VpcLattice::Service",
                (
                    "cn-*",
                    "us-gov-*",
                    "ap-east-2",
                    "ap-southeast-6",
                    "ap-southeast-7",
                ),
            ),
        ),
        sources.CFNLINT,
        sources.CFNLINT_26_10,
        note="The entries of cfn-lint for the iso and eusc partitions prove nothing. "
        "`AWS::CertificateManager::Account` is missing in 13 newer Regions.",
    ),
    # CloudFormation and Terraform
    "tools.TERRAFORM_TOKEN_PREFIX": undated(
        "D.11",
        "The prefix of Terraform's idempotency token, which a unique ID follows.",
        "tf",
        sources.TF_CERT,
    ),
    "tools.TERRAFORM_VALIDATION_MINUTES": undated(
        "D.12", "Minutes that Terraform waits for validation data.", 5, sources.TF_CERT
    ),
    "tools.TERRAFORM_GONE_STATUS": undated(
        "D.14",
        "The status of a certificate that Terraform treats as deleted.",
        "VALIDATION_TIMED_OUT",
        sources.TF_CERT,
    ),
    "tools.LOAD_BALANCER_CONTROLLER_WILDCARD": dated(
        "D.15",
        "Whether the AWS Load Balancer Controller accepts a wildcard as first host of an Ingress.",
        Era(date(2026, 5, 5), "not in versions 3.3.0 to 3.4.3", sources.LBC_4786),
        Era(date(2026, 8, 3), "yes, from version 3.5.0", sources.LBC),
        note="The earlier versions set a tag to the host, and ACM rejects `*` in a tag.",
    ),
    "tools.PULUMI_STACK_FILES": undated(
        "D.16c",
        "The names of the files with the configuration of each stack of a Pulumi project.",
        "Pulumi.STACK.yaml",
        sources.PULUMI_STACKS,
        note="`aws:region` in it overrides the default of the project. They are next to"
        " `Pulumi.yaml`, unless `stackConfigDir` names another folder.",
    ),
    "tools.TERRAFORM_VARIABLE_FILES": undated(
        "TV.1",
        "The variable files that Terraform loads without `-var-file`.",
        ("terraform.tfvars", "terraform.tfvars.json", "*.auto.tfvars", "*.auto.tfvars.json"),
        sources.TF_VARIABLES,
        note="Files of environments are passed with `-var-file`, later ones with precedence.",
    ),
    "tools.TERRAGRUNT_INPUTS": undated(
        "TV.2",
        "How Terragrunt passes `inputs`, which have the lowest precedence.",
        "as environment variables `TF_VAR_NAME`",
        sources.TERRAGRUNT_INPUTS,
        note="Inputs of an included file are merged, and those of the including file win.",
    ),
    "tools.RECORD_FULL_NAME": undated(
        "TV.3",
        "The `fqdn` of `aws_route53_record`.",
        "its name, with that of the zone appended unless the name ends in it",
        sources.TF_RECORD,
    ),
    "tools.CHURN_EATS_QUOTA": undated(
        "E.9",
        "Frequent creation and deletion of certificates can exhaust the yearly quota of requests.",
        True,
        sources.UG_BEST,
        note="One wildcard certificate helps.",
    ),
}
"""The facts by name: module and constant, as for a fact that code reads."""
