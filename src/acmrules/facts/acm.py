"""Facts about ACM: requests, quotas, validation, edits, renewal, import, failures."""

from __future__ import annotations

from datetime import date

from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Fact, Mark, dated, inferred, observed, undated
from acmrules.facts.timeline import Citation, Era

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    V = TypeVar("V")

_RSA = ("RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096")
_EC = ("EC_prime256v1", "EC_secp384r1", "EC_secp521r1")

# Parameters of RequestCertificate and the syntax of names: section A1

REQUIRED_PARAMETERS = undated(
    "1.1", "The required parameters of `RequestCertificate`.", ("DomainName",), sources.API_REQUEST
)
FIRST_NAME_OCTETS = undated(
    "1.3",
    "Maximum length of the primary name, which becomes the common name, in bytes; dots count.",
    64,
    sources.API_REQUEST,
    sources.UG_PUBLIC,
)
FIRST_NAME_ERROR = observed(
    "1.4",
    "The error for a longer primary name: its code and part of its message.",
    ("InvalidDomainValidationOptionsException", "first domain name … no longer than 64 characters"),
    sources.OBS_CN64,
    sources.PF_CN64,
    note="Observed in 2026.",
)
WILDCARD_COUNTS_TO_FIRST_NAME = inferred(
    "1.5",
    "The `*.` of a wildcard counts toward the length of the primary name.",
    True,
    sources.UG_PUBLIC,
    note="The guide shows the wildcard itself as the subject.",
)
MAX_LABEL_OCTETS = undated("1.6a", "Maximum length of a label in bytes.", 63, sources.API_REQUEST)
MAX_NAME_OCTETS = undated(
    "1.6b", "Maximum length of a name in bytes, including dots.", 253, sources.API_REQUEST
)
NAME_PATTERN = undated(
    "1.7a",
    "The pattern in the API model for names and validation domains.",
    r"(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])",
    sources.API_REQUEST,
)
OTHER_NAMES_COUNT = undated(
    "1.8",
    "Number of names in `SubjectAlternativeNames`, minimum and maximum.",
    (1, 100),
    sources.API_REQUEST,
)
FIRST_NAME_MAY_REPEAT = undated(
    "1.10",
    "`SubjectAlternativeNames` may repeat the primary name.",
    True,
    sources.TF_CERT,
    sources.TF_20073,
    note="The Terraform provider always repeats it.",
)
UPPER_CASE_IS_FOLDED = observed(
    "1.11",
    "ACM accepts uppercase letters and returns them in lowercase.",
    True,
    sources.OBS_CASE,
    note="Tested on 2026-07-14.",
)
TRAILING_DOT_ACCEPTED = undated(
    "1.12a",
    "A name may end in a dot.",
    False,
    sources.API_REQUEST,
    sources.TF_CERT,
    note="The Terraform provider rejects it before it calls ACM.",
)
UNDERSCORE_ACCEPTED = undated(
    "1.13a", "A name may contain an underscore.", False, sources.API_REQUEST
)
U_LABELS_ACCEPTED = undated(
    "1.14",
    "A name may contain non-ASCII letters; if not, it must be written with A-labels.",
    False,
    sources.ARCHIVE,
    sources.API_REQUEST,
)
RESERVED_LABEL_PREFIXES: Fact[tuple[str, ...]] = dated(
    "1.15",
    "Characters allowed before `--` in positions 3 and 4 of a label, if a valid A-label follows.",
    Era(LAUNCH, (), sources.ARCHIVE, seen=True),
    Era(sources.COPY_26_04, ("xn",), sources.UG_CHAR, seen=True),
    also=(sources.UG_RENEW,),
    note="The date of the change, between December 2021 and April 2026, is unknown.",
)
LEAST_LABELS = inferred(
    "1.17",
    "Minimum number of labels in a name.",
    2,
    sources.API_REQUEST,
    note="From running the pattern.",
)
IP_ADDRESSES_ACCEPTED = inferred(
    "1.18",
    "An IP address is accepted as a name.",
    False,
    sources.API_REQUEST,
    note="The pattern accepts an IPv4 address if its last octet has at least two digits.",
)
INTERNAL_NAME_FAILURE = undated(
    "1.19a",
    "The failure reason of a request for an internal name, which the pattern accepts.",
    "INVALID_PUBLIC_DOMAIN",
    sources.UG_FAILED,
)
WILDCARD_FORM = undated(
    "1.23",
    "The form of a wildcard, and what it covers.",
    (
        "one `*` as the entire leftmost label",
        "covers one level",
        "does not cover its parent domain",
    ),
    sources.UG_PUBLIC,
    sources.UG_CHAR,
)
MISPLACED_WILDCARDS_ACCEPTED = inferred(
    "1.24",
    "A `*` may be part of a label, an inner label, or occur twice.",
    False,
    sources.API_REQUEST,
    note="From running the pattern.",
)
VALIDATION_METHODS: Fact[tuple[str, ...]] = dated(
    "1.28",
    "The values of `ValidationMethod`.",
    Era(LAUNCH, ("EMAIL",), sources.UG_HISTORY),
    Era(date(2017, 11, 21), ("EMAIL", "DNS"), sources.UG_HISTORY),
    Era(date(2025, 4, 24), ("EMAIL", "DNS", "HTTP"), sources.UG_HISTORY),
    also=(sources.API_REQUEST,),
)
DEFAULT_VALIDATION_METHOD = inferred(
    "1.29a",
    "The validation method of an API request that sets none.",
    "EMAIL",
    sources.CFN_CERT,
    note="AWS states it for CloudFormation; it probably applies to the API too.",
)
IDEMPOTENCY_TOKEN_LENGTH = undated(
    "1.30a",
    "Length of an idempotency token in characters, minimum and maximum.",
    (1, 32),
    sources.API_REQUEST,
)
IDEMPOTENCY_TOKEN_CHARACTERS = undated(
    "1.30b",
    "Characters allowed in an idempotency token, in addition to ASCII letters and digits.",
    "_",
    sources.API_REQUEST,
    note="The pattern is `\\w`.",
)
VALIDATION_OPTIONS_COUNT = undated(
    "1.31a",
    "Number of entries in `DomainValidationOptions`, minimum and maximum.",
    (1, 100),
    sources.API_DVO,
)
VALIDATION_OPTION_MEMBERS = undated(
    "1.31b",
    "Required members of each entry of `DomainValidationOptions` in the API.",
    ("DomainName", "ValidationDomain"),
    sources.API_DVO,
)
UNREQUESTED_OPTION_ERROR = observed(
    "1.32",
    "Part of the error message for a validation option whose name is not in the request.",
    "not the PrimaryDomain or part of SubjectAlternativeNames",
    sources.PF_DVO,
    note="Observed in 2026.",
)
KEY_ALGORITHMS = undated(
    "1.33", "The values of `KeyAlgorithm`.", (*_RSA, *_EC), sources.API_REQUEST
)
_REQUEST_MEMBERS = (
    "CertificateAuthorityArn",
    "DomainName",
    "DomainValidationOptions",
    "DomainValidationOptions.DomainName",
    "DomainValidationOptions.ValidationDomain",
    "IdempotencyToken",
    "KeyAlgorithm",
    "ManagedBy",
    "Options",
    "Options.CertificateTransparencyLoggingPreference",
    "SubjectAlternativeNames",
    "Tags",
    "Tags.Key",
    "Tags.Value",
    "ValidationMethod",
)
_WITH_EXPORT = (*_REQUEST_MEMBERS, "Options.Export")
_WITH_METHOD = (*_WITH_EXPORT, "Options.ValidationMethod")
REQUEST_MEMBERS: Fact[tuple[str, ...]] = dated(
    "1.33b",
    "The members of `RequestCertificate`, and of its structures.",
    Era(LAUNCH, _REQUEST_MEMBERS, sources.API_REQUEST, seen=True),
    Era(date(2025, 6, 17), _WITH_EXPORT, sources.API_OPTIONS),
    Era(date(2026, 7, 9), _WITH_METHOD, sources.API_OPTIONS),
    Era(
        date(2026, 11, 19),
        (*_WITH_METHOD, "CertificateUsage", "RootHierarchyType"),
        sources.BOTOCORE_26_11,
    ),
    also=(sources.UG_HISTORY,),
    note="Clients such as botocore reject any other member. Dates before 2025 are left out.",
)
REQUESTABLE_ALGORITHMS: Fact[tuple[str, ...]] = dated(
    "1.34",
    "The key algorithms that a request can contain, default first; the others are for import.",
    Era(LAUNCH, ("RSA_2048",), sources.UG_HISTORY),
    Era(date(2022, 11, 8), ("RSA_2048", "EC_prime256v1", "EC_secp384r1"), sources.UG_HISTORY),
    also=(sources.API_REQUEST, sources.UG_CHAR),
)
LISTED_ALGORITHMS: Fact[tuple[str, ...]] = undated(
    "2.15",
    "The key algorithms that `ListCertificates` returns unless `keyTypes` is set.",
    ("RSA_1024", "RSA_2048"),
    sources.BOTOCORE_26_11,
    sources.UG_IMPORT_TS,
    note="Sources disagree: by the text of the operation, only RSA_2048.",
)
PRIVATE_ALGORITHMS = undated(
    "1.34c",
    "The key algorithms of a private certificate that is requested through ACM.",
    ("RSA_2048", "EC_prime256v1", "EC_secp384r1"),
    sources.UG_PRIVATE,
    sources.BOTOCORE_26_11,
    note="The guide names RSA 2048, P-256, and P-384.",
)
UNREQUESTABLE_ALGORITHM_ERROR = observed(
    "1.35",
    "The error for any other key algorithm: its code and part of its message.",
    ("ValidationException", "Encryption Algorithm … is not supported in … region"),
    sources.OBS_ALG,
    sources.PF_ALG,
    note="Observed on 2026-09-03 in us-east-1; for `RSA_4096` the message names the account, not "
    "the Region.",
)
ALGORITHM_CASE_MATTERS = undated(
    "1.36",
    "The values of `KeyAlgorithm` are case-sensitive.",
    True,
    sources.UG_PUBLIC,
    note="A command-line example in the guide prints `EC_Prime256v1`, which is not a valid value.",
)
ARN_LENGTH = undated(
    "1.37a", "Length of an ARN in characters, minimum and maximum.", (20, 2048), sources.API_REQUEST
)
AUTHORITY_ARN_SERVICE = undated(
    "1.37b",
    "The service part of a CA's ARN; a request without such an ARN is for a public certificate.",
    "acm-pca",
    sources.API_REQUEST,
)
PRIVATE_KEY_FAMILY_MATCHES = undated(
    "1.38",
    "The key family (RSA or ECDSA) of a private certificate must match that of its CA.",
    True,
    sources.API_REQUEST,
)
TRANSPARENCY_OPT_OUT = dated(
    "1.39",
    "A certificate can be kept out of certificate transparency logs.",
    Era(date(2018, 3, 27), True, sources.UG_HISTORY),
    Era(date(2026, 6, 1), False, sources.UG_HISTORY),
    also=(sources.API_OPTIONS,),
    note="The option is still in the schema but has no effect.",
)
EXPORT_VALUES = dated(
    "1.40",
    "The values of `Options.Export`; a public certificate must set it in the request.",
    Era(date(2025, 6, 17), ("ENABLED", "DISABLED"), sources.UG_HISTORY),
    also=(sources.API_OPTIONS,),
)
TAGS_COUNT = undated(
    "1.43a",
    "Number of tags on a certificate, minimum (if any are set) and maximum.",
    (1, 50),
    sources.API_TAG,
)
TAG_KEY_LENGTH = undated(
    "1.43b",
    "Length of a tag key in characters, minimum and maximum.",
    (1, 128),
    sources.API_TAG,
    note="The guide states a lower maximum (1.43d).",
)
TAG_VALUE_LENGTH = undated(
    "1.43c",
    "Length of a tag value in characters, minimum and maximum.",
    (0, 256),
    sources.API_TAG,
    note="The guide states a lower maximum (1.43e).",
)
GUIDE_TAG_KEY_LENGTH = undated(
    "1.43d",
    "Maximum length of a tag key in characters according to the guide.",
    127,
    sources.UG_TAGS,
    note="Sources disagree: the API model allows one more.",
)
GUIDE_TAG_VALUE_LENGTH = undated(
    "1.43e",
    "Maximum length of a tag value in characters according to the guide.",
    255,
    sources.UG_TAGS,
    note="Sources disagree: the API model allows one more.",
)
TAG_CHARACTERS = undated(
    "1.43f",
    "Characters allowed in a tag: Unicode categories (letters, separators, numbers) and others.",
    ("LZN", "_.:/=+-@"),
    sources.API_TAG,
)
TAG_ASTERISK_ERROR = observed(
    "1.44",
    "The error code for a tag that contains `*`, such as the wildcard name itself.",
    "ValidationException",
    sources.OBS_TAG,
    note="Observed on 2021-08-26.",
)
RESERVED_TAG_PREFIX = undated(
    "1.45",
    "The prefix of tag keys that cannot be set and do not count.",
    "aws:",
    sources.UG_TAGS,
    note="Sources disagree: an error message applies it to values.",
)
CLIENT_AUTH = dated(
    "1.47",
    "Issued certificates contain the extended key usage `clientAuth`.",
    Era(LAUNCH, True, sources.UG_CONCEPTS, seen=True),
    Era(date(2025, 6, 11), False, sources.UG_CONCEPTS),
)
CONDITION_KEYS = dated(
    "1.49",
    "IAM condition keys of a certificate request; the last one is deprecated.",
    Era(
        date(2023, 8, 24),
        (
            "acm:ValidationMethod",
            "acm:DomainNames",
            "acm:KeyAlgorithm",
            "acm:CertificateAuthority",
            "acm:CertificateTransparencyLogging",
        ),
        sources.UG_HISTORY,
    ),
    also=(sources.UG_COND,),
)

# Quotas: section A2

NAMES_QUOTA = undated(
    "2.2",
    "Default quota of names per certificate, including the primary name.",
    10,
    sources.UG_LIMITS,
    sources.GR_ACM,
)
NAMES_LIMIT = undated(
    "2.3",
    "Maximum quota of names per certificate after an increase.",
    100,
    sources.UG_LIMITS,
    sources.API_REQUEST,
)
NAMES_QUOTA_ERROR = observed(
    "2.4",
    "The error for names over the quota: its code and part of its message.",
    ("LimitExceededException", "too many domains"),
    sources.OBS_LIMIT,
    note="Observed on 2024-02-15.",
)
NAMES_QUOTA_HOLDS_FOR_PRIVATE = observed(
    "2.5",
    "The name quota also applies to private certificates.",
    True,
    sources.OBS_LIMIT,
    note="Observed on 2024-02-15 with 50 names.",
)
CERTIFICATES_QUOTA = dated(
    "2.7",
    "ACM certificates per account and Region.",
    Era(LAUNCH, 100, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_18_11, 1_000, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, 2_500, sources.UG_LIMITS, seen=True),
)
YEARLY_REQUESTS_QUOTA = dated(
    "2.8",
    "Certificate requests per 365 days.",
    Era(LAUNCH, 200, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_18_11, 2_000, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, 5_000, sources.UG_LIMITS, seen=True),
    note="Twice the certificate quota; the guide states the number only since 2026.",
)
IMPORTED_CERTIFICATES_QUOTA = dated(
    "2.9a",
    "Imported certificates per account and Region.",
    Era(LAUNCH, 100, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_18_11, 1_000, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, 2_500, sources.UG_LIMITS, seen=True),
)
YEARLY_IMPORTS_QUOTA = dated(
    "2.9b",
    "Imports per 365 days.",
    Era(LAUNCH, 200, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_18_11, 2_000, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, 5_000, sources.UG_LIMITS, seen=True),
)

QUOTA_NAMES = undated(
    "2.17",
    "The names of the quotas in Service Quotas, by the quota.",
    (
        ("certificates", "ACM certificates"),
        ("yearly_requests", "ACM certificates created in last 365 days"),
        ("names", "Domain names per ACM certificate"),
        ("imported_certificates", "Imported certificates"),
        ("yearly_imports", "Imported certificates in last 365 days"),
    ),
    sources.GR_ACM,
)
_RATES = (
    ("RequestCertificate", 5),
    ("ImportCertificate", 1),
    ("ResendValidationEmail", 1),
    ("UpdateCertificateOptions", 5),
    ("RenewCertificate", 5),
    ("DescribeCertificate", 10),
    ("GetCertificate", 10),
    ("ExportCertificate", 10),
    ("DeleteCertificate", 10),
    ("ListCertificates", 8),
    ("SearchCertificates", 5),
    ("ListTagsForCertificate", 10),
    ("AddTagsToCertificate", 5),
    ("RemoveTagsFromCertificate", 5),
    ("GetAccountConfiguration", 1),
    ("PutAccountConfiguration", 1),
)
"""The calls per second of the operations that both copies of the page of quotas list."""

API_RATES: Fact[tuple[tuple[str, int], ...]] = dated(
    "2.14",
    "API calls per second, by operation.",
    Era(
        sources.ARCHIVE_21_12,
        (("ExportCertificate", 5), ("ListCertificates", 1)),
        sources.ARCHIVE,
        seen=True,
    ),
    Era(
        sources.COPY_26_04,
        _RATES,
        sources.UG_LIMITS,
        seen=True,
    ),
    Era(
        sources.COPY_26Q3,
        (
            *_RATES,
            ("ListTagsForResource", 5),
            ("TagResource", 5),
            ("UntagResource", 5),
        ),
        sources.UG_LIMITS,
        seen=True,
    ),
    note="For 2021, only the values that differed are recorded.",
)

# Email validation: section A3

CONSTRUCTED_LOCAL_PARTS = undated(
    "3.1",
    "The local parts of the constructed addresses.",
    ("admin", "administrator", "hostmaster", "postmaster", "webmaster"),
    sources.UG_EMAIL,
)
WHOIS_CONTACTS: Fact[tuple[str, ...]] = dated(
    "3.2a",
    "The WHOIS contacts to which ACM sends mail for a new request.",
    Era(LAUNCH, ("registrant", "technical", "administrative"), sources.ARCHIVE, seen=True),
    Era(date(2024, 6, 1), (), sources.BLOG_WHOIS),
    also=(sources.UG_EMAIL,),
    note="Only the month of the end is known.",
)
RENEWAL_WHOIS_CONTACTS: Fact[tuple[str, ...]] = dated(
    "3.2b",
    "The WHOIS contacts to which ACM sends mail for a renewal.",
    Era(LAUNCH, ("registrant", "technical", "administrative"), sources.ARCHIVE, seen=True),
    Era(date(2024, 10, 1), (), sources.BLOG_WHOIS),
    also=(sources.UG_EMAIL,),
    note="Only the month of the end is known.",
)
MAIL_GOES_TO_FULL_NAME = undated(
    "3.5",
    "The addresses are at the full name, however deep, unless a validation domain is set.",
    True,
    sources.UG_EMAIL,
    sources.TF_7168,
)
MX_REQUIRED = undated(
    "3.7",
    "The mail domain needs an MX record; without one, the request fails for lack of contacts.",
    True,
    sources.UG_FAILED,
)
VALIDATION_DOMAIN_FORM = undated(
    "3.8",
    "The allowed values of a validation domain.",
    "the name or a superdomain of it, up to the base domain name",
    sources.API_DVO,
    sources.UG_EMAIL,
)
VALIDATION_DOMAIN_ERROR = observed(
    "3.10",
    "The error for any other validation domain: its code and part of its message.",
    ("InvalidDomainValidationOptionsException", "must be a superdomain of the requested domain"),
    sources.PF_SUPER,
    sources.FLOCI_3264,
    note="Observed in 2026.",
)
WILDCARD_VALIDATION_DOMAIN = inferred(
    "3.11",
    "The name to which the validation domain of a wildcard is compared.",
    "the part after the `*.`",
    sources.CFNLINT_E3503,
)
APPROVAL_SCOPE = dated(
    "3.12",
    "The scope of one approval, even if all mail goes to the same mailbox.",
    Era(LAUNCH, "domain and its subdomains", sources.ARCHIVE, seen=True),
    Era(date(2020, 11, 1), "name", sources.UG_EMAILAUTO),
    note="Only the month of the change is known.",
)
VALIDATION_HOURS = undated(
    "3.13 4.11 4.29",
    "Hours to validate every name of a request, with any method.",
    72,
    sources.UG_EMAIL,
    sources.UG_DNS,
    sources.UG_HTTP,
    note="After that the status is `VALIDATION_TIMED_OUT`, and a new request is needed.",
)
EMAIL_TO_DNS = dated(
    "3.18",
    "A certificate can move from email to DNS validation and keep its ARN.",
    Era(LAUNCH, False, sources.ARCHIVE, seen=True),
    Era(date(2026, 7, 9), True, sources.UG_HISTORY),
    also=(sources.UG_MIGRATE,),
    note="Sources disagree: the page on DNS validation still says never.",
)

# DNS, CAA and HTTP validation: section A4

DNS_RECORD_TYPE = dated(
    "4.1",
    "The record type for DNS validation, one record per distinct name.",
    Era(date(2017, 11, 21), "CNAME", sources.UG_HISTORY),
)
RECORD_NAME_FORM = undated(
    "4.2a",
    "The owner name of the validation record, without the `*.` of a wildcard.",
    "_<token>.<name>",
    sources.UG_DNS,
)
RECORD_VALUE_SUFFIX = undated(
    "4.3a",
    "The suffix of the record's value, which follows a token of its own.",
    "acm-validations.aws.",
    sources.UG_DNS,
)
WILDCARD_SHARES_RECORD = undated(
    "4.5",
    "A domain and its wildcard share one validation record.",
    True,
    sources.UG_DNS,
    sources.OBS_CNAME,
    note="Creating the record twice fails in Route 53.",
)
ZONE_MUST_BE_PUBLIC = undated(
    "4.10a",
    "The zone must resolve on the public internet.",
    True,
    sources.UG_DNSTS,
    sources.UG_OWN,
    note="Private hosted zones and servers behind a VPN do not qualify.",
)
RECORDS_BELOW_DELEGATION = undated(
    "4.10b",
    "A zone answers queries for names at or below a name that it delegates with its own records.",
    False,
    sources.RFC1034,
    sources.UG_DNSTS,
    note="It refers to the name servers of the `NS` record instead. The top of the zone is no "
    "delegation.",
)
RECORD_NAME_OCTETS = inferred(
    "4.12",
    "Bytes that the record's owner name adds to the name, without the `*.` of a wildcard.",
    34,
    sources.UG_DNS,
    note="Underscore, token, and dot; a name longer than 253 bytes minus these cannot have a "
    "valid record.",
)
CAA_CHECKED = dated(
    "4.13a",
    "ACM checks CAA records after validation; a failure requires a new request.",
    Era(date(2017, 9, 21), True, sources.UG_SETUP),
    also=(sources.UG_CAA,),
    note="The date of the documentation; the failure reason is `CAA_ERROR`.",
)
CAA_IDENTIFIERS = undated(
    "4.14",
    "The CA identifiers that allow Amazon to issue.",
    ("amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"),
    sources.UG_SETUP,
)
CAA_WILDCARD_TAGS = undated(
    "4.15",
    "The CAA tags that apply to a wildcard; `issue` applies if there is no `issuewild`.",
    ("issuewild", "issue"),
    sources.UG_SETUP,
)
CAA_NOBODY = undated(
    "4.16", "The value of an `issue` property that excludes every CA.", ";", sources.UG_SETUP
)
CAA_IGNORED_TAGS = undated("4.18", "The CAA tags that ACM ignores.", ("iodef",), sources.UG_SETUP)
HTTP_STARTED_BY = dated(
    "4.25",
    "The only service that can start HTTP validation; ACM itself cannot.",
    Era(date(2025, 4, 24), "CloudFront", sources.UG_HTTP),
    also=(sources.UG_CONCEPTS, sources.UG_CHAR),
    note="Through its distribution tenants.",
)
HTTP_WILDCARDS_ACCEPTED = dated(
    "4.26a",
    "HTTP validation can validate a wildcard.",
    Era(date(2025, 4, 24), False, sources.UG_HTTP),
)
HTTP_PATH_FORM = undated(
    "4.27a",
    "The URL that HTTP validation requests.",
    "http://<name>/.well-known/pki-validation/<token>.txt",
    sources.UG_HTTP,
)

# What cannot change later: section A6

NAMES_ARE_FIXED = undated(
    "6.1",
    "The names of a certificate are fixed; new names need a new certificate and new validation.",
    True,
    sources.UG_BEST,
)
METHOD_CHANGES: Fact[tuple[tuple[str, str], ...]] = dated(
    "6.2a",
    "The changes of validation method that a certificate allows, each as from and to.",
    Era(LAUNCH, (), sources.ARCHIVE, seen=True),
    Era(date(2026, 7, 9), (("EMAIL", "DNS"),), sources.UG_MIGOV),
    note="For an issued public certificate without a pending change.",
)
METHOD_CHANGE_HOURS = dated(
    "6.2b",
    "Hours to add the records after a change to DNS validation.",
    Era(date(2026, 7, 9), 72, sources.UG_MIGOV),
)
REGION_IS_FIXED = undated("6.7", "The Region of a certificate is fixed.", True, sources.UG_OVERVIEW)

# Lifetime and renewal: section A7

VALIDITY_DAYS = dated(
    "7.1",
    "Validity of a public ACM certificate in days.",
    Era(LAUNCH, 395, sources.UG_HISTORY, seen=True),
    Era(date(2026, 2, 18), 198, sources.UG_HISTORY),
    also=(sources.UG_CHAR,),
    note="AWS used to write 13 months; pages of other services still do.",
)
PRIVATE_VALIDITY_DAYS = undated(
    "7.2",
    "Validity of a private certificate requested through ACM, in days.",
    395,
    sources.UG_HISTORY,
)
RENEWAL_WINDOW_DAYS = dated(
    "7.5",
    "Days before expiry on which the renewal of a public certificate starts.",
    Era(LAUNCH, 60, sources.UG_HISTORY, seen=True),
    Era(date(2026, 2, 18), 45, sources.UG_HISTORY),
    also=(sources.UG_DNSRENEW,),
    note="Still 60 for the last renewal of a 395-day certificate.",
)
PRIVATE_RENEWAL_WINDOW_DAYS = undated(
    "7.6",
    "Days before expiry on which the renewal of a private certificate starts.",
    60,
    sources.UG_RENEWPRIV,
)
RENEWAL_ELIGIBLE = undated(
    "7.7",
    "What makes a certificate eligible for managed renewal; one is enough.",
    ("in use by an integrated service", "exported since it was issued or last renewed"),
    sources.UG_RENEW,
)
RENEWAL_INELIGIBLE = undated(
    "7.8",
    "What makes a certificate ineligible for managed renewal; one is enough.",
    (
        "imported",
        "expired",
        "issued through the API of a private CA",
        "issued through ACME",
        "with an invalid A-label",
    ),
    sources.UG_RENEW,
)
DNS_RENEWAL_NEEDS = undated(
    "7.9",
    "What renewal with DNS validation needs.",
    ("the certificate is in use", "the records stay published"),
    sources.UG_DNSRENEW,
)
EMAIL_RENEWAL_NEEDS = undated(
    "7.10a",
    "What each renewal with email validation needs.",
    ("approval of every name",),
    sources.UG_EMAIL,
)
HTTP_RENEWAL_NEEDS = undated(
    "7.11",
    "What renewal with HTTP validation needs.",
    ("CloudFront uses the certificate", "the content stays in place"),
    sources.UG_HTTPRENEW,
)
FAILURE_NOTICE_DAYS: Fact[tuple[int, ...]] = dated(
    "7.12a",
    "Days before the expiry of a public certificate on which AWS reports a failed renewal.",
    Era(LAUNCH, (45, 30, 15, 7, 3, 1), sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, (45, 30, 7, 1), sources.ARCHIVE, seen=True),
    Era(sources.COPY_26Q3, (30, 15, 7, 3, 1), sources.UG_DNSRENEW, seen=True),
)
PRIVATE_FAILURE_NOTICE_DAYS = dated(
    "7.12b",
    "Days before the expiry of a private certificate on which AWS reports a failed renewal.",
    Era(sources.COPY_26Q3, (45, 30, 15, 7, 3, 1), sources.UG_DNSRENEW, seen=True),
)
PROBED_METHODS: Fact[tuple[str, ...]] = dated(
    "7.13",
    "Methods whose renewal first looks for the certificate at the name and its `www` twin.",
    Era(LAUNCH, ("EMAIL", "DNS"), sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, ("EMAIL",), sources.ARCHIVE, seen=True),
    Era(sources.COPY_26Q3, (), sources.UG_RENEWTS, seen=True),
    mark=Mark.INFERRED,
    note="Over HTTPS. The current guide denies it for DNS and omits it for email; the earlier "
    "values are confirmed.",
)
EXPORTABLE = dated(
    "7.16a",
    "The public certificates that can be exported.",
    Era(date(2025, 6, 17), "created since that date with export enabled", sources.API_EXPORT),
)
USABLE_OUTSIDE_AWS: Fact[tuple[str, ...]] = dated(
    "7.16d",
    "The types of certificate that work outside AWS, because their key can leave AWS.",
    Era(LAUNCH, ("imported", "private"), sources.API_EXPORT, seen=True),
    Era(date(2025, 6, 17), ("imported", "private", "exportable"), sources.API_EXPORT),
    mark=Mark.INFERRED,
    note="The owner has the key of an imported certificate; the others can be exported.",
)
EXPORT_PRICE_PER_NAME = dated(
    "7.17a",
    "Price of each name of an exportable certificate in US dollars.",
    Era(date(2025, 6, 17), 15, sources.PRICE_BLOG),
    Era(date(2026, 2, 18), 7, sources.PRICE_BLOG),
    also=(sources.PRICE_BLOG2,),
    note="From blogs, not from AWS; only the month of the first price is known.",
)
EXPORT_PRICE_PER_WILDCARD = dated(
    "7.17b",
    "Price of each wildcard name of an exportable certificate in US dollars.",
    Era(date(2025, 6, 17), 149, sources.PRICE_BLOG),
    Era(date(2026, 2, 18), 79, sources.PRICE_BLOG),
    also=(sources.PRICE_BLOG2,),
    note="From blogs, not from AWS; only the month of the first price is known.",
)

# Import: section A8

IMPORTABLE_ALGORITHMS = dated(
    "8.1",
    "The key algorithms that can be imported.",
    Era(date(2021, 7, 14), (*_RSA, *_EC), sources.UG_HISTORY),
    also=(sources.UG_IMPORTPRE,),
    note="The list was shorter before.",
)
IMPORT_CERTIFICATE_BYTES = undated(
    "8.2a",
    "Size of an imported certificate in bytes, minimum and maximum.",
    (1, 32_768),
    sources.BOTOCORE,
)
IMPORT_KEY_BYTES = dated(
    "8.2b",
    "Size of an imported key in bytes, minimum and maximum.",
    Era(LAUNCH, (1, 5_120), sources.BOTOCORE, seen=True),
    Era(date(2026, 10, 30), (1, 8_192), sources.BOTOCORE_26_11, seen=True),
    also=(sources.UG_IMPORTPRE,),
    note="Sources disagree: the guide still states the lower maximum (8.2d).",
)
IMPORT_CHAIN_BYTES = undated(
    "8.2c",
    "Size of an imported chain in bytes, minimum and maximum.",
    (1, 2_097_152),
    sources.BOTOCORE,
)
IMPORT_KEY_FORM = undated(
    "8.3",
    "Requirements for an imported key.",
    ("given", "PEM", "unencrypted", "matches the certificate"),
    sources.API_IMPORT,
)
IMPORT_FORM = undated(
    "8.4a",
    "Requirements for an imported certificate.",
    ("X.509 version 3", "PEM", "currently valid", "with a nonempty issuer"),
    sources.API_IMPORT,
    sources.UG_IMPORTPRE,
)
IMPORT_OCSP_URL_CHARACTERS = undated(
    "8.4b",
    "Maximum length of the OCSP URL in an imported certificate, in characters.",
    1_000,
    sources.UG_IMPORTPRE,
    sources.API_IMPORT,
)
IMPORT_BODY_CERTIFICATES = observed(
    "8.4c",
    "Number of certificates in the body of an import.",
    1,
    sources.TF_19400,
    note="ACM's error message: the certificate field contains more than one certificate.",
)
IMPORT_CHAIN_FORM = undated(
    "8.5",
    "Requirements for an imported chain.",
    (
        "PEM",
        "each certificate certifies the previous one",
        "without the leaf",
        "optional for a self-signed certificate",
    ),
    sources.UG_IMPORTFMT,
    note="Sources disagree on whether the chain is required: the guide now calls it optional, its "
    "troubleshooting page mandatory.",
)
IMPORT_LEAF_MATCHES_AUTHORITY = undated(
    "8.6",
    "The key family of an imported certificate must match that of its CA.",
    True,
    sources.API_IMPORT,
    sources.ARCHIVE,
    note="Sources disagree: the current guide no longer says so.",
)

REIMPORT_RULES = undated(
    "8.7",
    "Requirements for an import into an existing ARN.",
    (
        "names may be added or removed, but not all of them",
        "key type and size are fixed",
        "key usages and extended key usages may not be removed",
        "no tags",
    ),
    sources.UG_REIMPORT,
)

# Private CAs: section CA

CA_SHORT_LIVED_ISSUES = undated(
    "CA.1",
    "ACM can request a certificate from a private CA in short-lived mode.",
    False,
    sources.PCA_MODES,
    sources.PCA_MODEL,
)
CA_RENEWAL_PERMISSION = dated(
    "CA.2",
    "The permission that renewal by a private CA of the same account needs: principal and actions.",
    Era(
        date(2018, 4, 4),
        ("acm.amazonaws.com", "IssueCertificate", "GetCertificate", "ListPermissions"),
        sources.PCA_MODEL,
    ),
    also=(sources.UG_CA_ACCESS, sources.UG_EXC, sources.PCA_ASSIGN),
    note="Sources disagree: the ACM guide requires the permission for issuance too. The guide of"
    " AWS Private CA only requires it for renewal, as does the failure code `PCA_ACCESS_DENIED`.",
)
CA_OUTLIVES_CERTIFICATE = undated(
    "CA.3",
    "The certificate of a private CA must end after the certificate that ACM requests from it.",
    True,
    sources.UG_PRIVATE,
    sources.UG_EXC,
    note="Otherwise the failure reason is `PCA_INVALID_DURATION`.",
)

# Reasons of failure and statuses: section B3

NO_AVAILABLE_CONTACTS = undated(
    "B3.1",
    "The failure reason if mail cannot be delivered, because the mail domain has no MX record.",
    "NO_AVAILABLE_CONTACTS",
    sources.UG_FAILED,
)
ADDITIONAL_VERIFICATION_REQUIRED = undated(
    "B3.2",
    "The failure reason of the fraud check for high-profile domains; only AWS Support can help.",
    "ADDITIONAL_VERIFICATION_REQUIRED",
    sources.UG_FAILED,
    note="The guide still names the Alexa top 1000, a list that ended in 2022.",
)
DOMAIN_NOT_ALLOWED = undated(
    "B3.3",
    "The failure reason for a name on a list of dangerous or restricted domains.",
    "DOMAIN_NOT_ALLOWED",
    sources.ARCHIVE,
    sources.UG_ACMEDV,
    note="Google Safe Browsing and PhishTank in 2017; the current criteria are unknown.",
)
INVALID_PUBLIC_DOMAIN = undated(
    "B3.4",
    "The failure reason if the top-level domain does not exist.",
    "INVALID_PUBLIC_DOMAIN",
    sources.UG_FAILED,
)
DOMAIN_VALIDATION_DENIED = inferred(
    "B3.5",
    "The failure reason if the recipient rejected the approval.",
    "DOMAIN_VALIDATION_DENIED",
    sources.BOTOCORE,
    note="The value is in the model; its meaning is not documented.",
)
CAA_ERROR = undated(
    "B3.6", "The failure reason if CAA records exclude Amazon.", "CAA_ERROR", sources.UG_CAA
)
SLR_NOT_FOUND = undated(
    "B3.8",
    "The failure reason for another account's CA without the service-linked role.",
    "SLR_NOT_FOUND",
    sources.UG_EXC,
)

# Amazon N2 certificates: section N2

_N2_LAUNCH = date(2026, 11, 19)


def _of_n2(row: str, statement: str, value: V, *also: Citation, note: str = "") -> Fact[V]:
    era = Era(_N2_LAUNCH, value, sources.BOTOCORE_26_11)
    return dated(row, statement, era, also=also, note=note)


ROOT_HIERARCHIES = _of_n2(
    "N2.1",
    "The values of `RootHierarchyType`, which requests an Amazon N2 certificate.",
    ("N2_AMAZON_MANAGED", "N2_SFG2_AMAZON_MANAGED"),
)
CERTIFICATE_USAGES = _of_n2(
    "N2.2",
    "The values of `CertificateUsage`, default first.",
    ("CLIENT_AND_SERVER_AUTH", "CLIENT_AUTH_ONLY"),
)
USAGE_NEEDS_HIERARCHY = _of_n2(
    "N2.3",
    "ACM rejects `CertificateUsage` without `RootHierarchyType`.",
    True,
    note="With a `ValidationException`.",
)
CLIENT_ONLY_HIERARCHIES = _of_n2(
    "N2.4",
    "The values of `RootHierarchyType` that allow the usage `CLIENT_AUTH_ONLY`.",
    ("N2_AMAZON_MANAGED",),
)
HIERARCHY_EXCLUDES_AUTHORITY = _of_n2(
    "N2.5", "ACM rejects `RootHierarchyType` together with `CertificateAuthorityArn`.", True
)
N2_VALIDATION_METHODS = _of_n2(
    "N2.6",
    "The validation methods of an N2 certificate.",
    ("DNS",),
    note="The request must specify the method.",
)
N2_ALGORITHMS = _of_n2(
    "N2.7",
    "The key algorithms of an N2 certificate.",
    ("RSA_2048", "EC_prime256v1", "EC_secp384r1"),
)
N2_VALIDITY_DAYS: Fact[tuple[tuple[str, int], ...]] = _of_n2(
    "N2.8",
    "Validity of an N2 certificate in days, by `RootHierarchyType`.",
    (("N2_AMAZON_MANAGED", 395), ("N2_SFG2_AMAZON_MANAGED", 98)),
    note="The maximum, which is also the default.",
)
N2_LOGGED = _of_n2(
    "N2.9", "An N2 certificate is in certificate transparency logs, so its names are public.", False
)
N2_CLIENT_AUTH = _of_n2(
    "N2.10", "An N2 certificate contains the extended key usage `clientAuth`.", True
)

# ACME: section ACME

_ACME_MODEL = date(2026, 6, 30)


def _of_acme(row: str, statement: str, value: V, *also: Citation, note: str = "") -> Fact[V]:
    era = Era(_ACME_MODEL, value, sources.BOTOCORE_26_11, seen=True)
    return dated(row, statement, era, also=also, note=note)


ACME_TYPES = dated(
    "ACME.1a",
    "The types of ACME resources in CloudFormation, in `AWS::CertificateManager`.",
    Era(
        date(2026, 7, 9),
        ("AcmeEndpoint", "AcmeDomainValidation", "AcmeExternalAccountBinding"),
        sources.CFNLINT_26_07,
        seen=True,
    ),
    also=(sources.CFNLINT_26_10,),
)
ACME_ABSENT_FROM = dated(
    "ACME.1b",
    "Partitions and Regions in which CloudFormation lacks these types.",
    Era(
        date(2026, 7, 9),
        ("aws-cn", "aws-us-gov", "me-central-1"),
        sources.CFNLINT_26_07,
        seen=True,
    ),
    also=(sources.CFNLINT_26_10,),
    note="Last seen on 2026-10-20.",
)
ACME_REQUIRED = _of_acme(
    "ACME.2a",
    "The required members of ACME resources.",
    (
        (
            "AcmeEndpoint",
            (
                "AuthorizationBehavior",
                "CertificateAuthority",
                "CertificateAuthority.PublicCertificateAuthority",
            ),
        ),
        (
            "AcmeDomainValidation",
            (
                "AcmeEndpointArn",
                "DomainName",
                "PrevalidationOptions",
                "PrevalidationOptions.DnsPrevalidation",
            ),
        ),
        ("AcmeExternalAccountBinding", ("AcmeEndpointArn", "RoleArn")),
    ),
    sources.CFNLINT_26_10,
)
ACME_AUTHORIZATIONS: Fact[tuple[str, ...]] = _of_acme(
    "ACME.2b", "The values of `AuthorizationBehavior`.", ("PRE_APPROVED",), sources.CFNLINT_26_10
)
ACME_REPLACEMENTS = dated(
    "ACME.3",
    "The members of ACME resources whose edit makes CloudFormation replace the resource.",
    Era(
        date(2026, 10, 20),
        (
            ("AcmeEndpoint", ("AuthorizationBehavior", "CertificateTags")),
            ("AcmeDomainValidation", ("AcmeEndpointArn", "DomainName", "HostedZoneId")),
            ("AcmeExternalAccountBinding", ("AcmeEndpointArn", "RoleArn", "Expiration")),
        ),
        sources.CFNLINT_26_10,
        seen=True,
    ),
)
ACME_DOMAIN_PATTERN = _of_acme(
    "ACME.4a",
    "The pattern of `DomainName` in a domain validation: lowercase, without `*`.",
    r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?",
)
ACME_ZONE_PATTERN = _of_acme(
    "ACME.4b", "The pattern of `HostedZoneId` in a domain validation.", "Z[A-Z0-9]+"
)
ACME_SCOPE_VALUES: Fact[tuple[str, ...]] = _of_acme(
    "ACME.4c",
    "The values of `ExactDomain`, `Subdomains` and `Wildcards`.",
    ("ENABLED", "DISABLED"),
    sources.UG_ACMEDV,
    note="The default of each is not documented.",
)
ACME_SCOPES = _of_acme(
    "ACME.4d",
    "What each scope of a domain validation allows.",
    (
        ("ExactDomain", "the domain itself"),
        ("Subdomains", "names under the domain"),
        ("Wildcards", "the wildcard of the domain"),
    ),
    sources.UG_ACMEDV,
    note="It is unknown which scopes allow the wildcard of a subdomain.",
)
ACME_ALGORITHMS: Fact[tuple[str, ...]] = _of_acme(
    "ACME.5",
    "The key algorithms that ACME endpoints allow.",
    ("RSA_2048", "EC_prime256v1", "EC_secp384r1"),
    sources.UG_ACMEEP,
)
ACME_TRUST: Fact[tuple[tuple[str, ...], ...]] = dated(
    "ACME.7a",
    "The principal that the role of an ACME binding trusts, and the actions.",
    Era(
        date(2026, 6, 18),
        (
            ("acm-acme.amazonaws.com",),
            ("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"),
        ),
        sources.UG_EAB,
    ),
)
