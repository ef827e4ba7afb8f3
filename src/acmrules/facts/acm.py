"""What ACM does: requests, quotas, validation, edits, renewal, import, failures."""

from __future__ import annotations

from datetime import date

from acmrules.dated import Era
from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Fact, Mark, dated, undated

# Parameters of RequestCertificate and the syntax of names: section A1

REQUIRED_PARAMETERS = undated(
    "1.1", "The parameters without which there is no request.", ("DomainName",), sources.API_REQUEST
)
FIRST_NAME_OCTETS = undated(
    "1.3",
    "Octets of the first name, which becomes the common name; dots count.",
    64,
    sources.API_REQUEST,
    sources.UG_PUBLIC,
)
FIRST_NAME_ERROR = undated(
    "1.4",
    "How the service refuses a longer first name: code and a fragment of the text.",
    ("InvalidDomainValidationOptionsException", "first domain name … no longer than 64 characters"),
    sources.OBS_CN64,
    sources.PF_CN64,
    mark=Mark.OBSERVED,
    note="Observed in 2026.",
)
WILDCARD_COUNTS_TO_FIRST_NAME = undated(
    "1.5",
    "The `*.` of a wildcard counts to the octets of the first name.",
    True,
    sources.UG_PUBLIC,
    mark=Mark.INFERRED,
    note="The guide shows the wildcard itself as the subject.",
)
MAX_LABEL_OCTETS = undated("1.6a", "Octets of one label.", 63, sources.API_REQUEST)
MAX_NAME_OCTETS = undated("1.6b", "Octets of a name, dots included.", 253, sources.API_REQUEST)
NAME_PATTERN = undated(
    "1.7a",
    "The pattern of the API model for names and validation domains.",
    r"(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])",
    sources.API_REQUEST,
)
OTHER_NAMES_COUNT = undated(
    "1.8",
    "Names that `SubjectAlternativeNames` may list, at the least and at the most.",
    (1, 100),
    sources.API_REQUEST,
)
FIRST_NAME_MAY_REPEAT = undated(
    "1.10",
    "The first name may be repeated in `SubjectAlternativeNames`.",
    True,
    sources.TF_CERT,
    sources.TF_20073,
    note="The Terraform provider always sends it so.",
)
UPPER_CASE_IS_FOLDED = undated(
    "1.11",
    "Upper case is accepted, and comes back in lower case.",
    True,
    sources.OBS_CASE,
    mark=Mark.OBSERVED,
    note="Probed on 2026-07-14.",
)
TRAILING_DOT_ACCEPTED = undated(
    "1.12a",
    "A name may end in a dot.",
    False,
    sources.API_REQUEST,
    sources.TF_CERT,
    note="The Terraform provider refuses it before the service is asked.",
)
UNDERSCORE_ACCEPTED = undated(
    "1.13a", "A name may contain an underscore.", False, sources.API_REQUEST
)
U_LABELS_ACCEPTED = undated(
    "1.14",
    "A name may contain letters beyond ASCII; otherwise A-labels have to be sent.",
    False,
    sources.ARCHIVE,
    sources.API_REQUEST,
)
RESERVED_LABEL_PREFIXES: Fact[tuple[str, ...]] = dated(
    "1.15",
    "What may stand before a `--` in positions 3 and 4 of a name, if a valid A-label follows.",
    Era(LAUNCH, (), sources.ARCHIVE, seen=True),
    Era(sources.COPY_26Q3, ("xn",), sources.UG_CHAR, seen=True),
    also=(sources.UG_RENEW,),
    note="When the change came between December 2021 and July 2026 is not known.",
)
LEAST_LABELS = undated(
    "1.17",
    "Labels of a name, at the least.",
    2,
    sources.API_REQUEST,
    mark=Mark.INFERRED,
    note="From running the pattern.",
)
IP_ADDRESSES_ACCEPTED = undated(
    "1.18",
    "An IP address may stand for a name.",
    False,
    sources.API_REQUEST,
    mark=Mark.INFERRED,
    note="The pattern lets IPv4 through where the last octet has two digits or more.",
)
INTERNAL_NAME_FAILURE = undated(
    "1.19a",
    "With what failure reason a request for an internal name ends; the pattern takes it.",
    "INVALID_PUBLIC_DOMAIN",
    sources.UG_FAILED,
)
WILDCARD_FORM = undated(
    "1.23",
    "What a wildcard is, and what it covers.",
    ("one `*` as the whole leftmost label", "covers one level", "does not cover the bare domain"),
    sources.UG_PUBLIC,
    sources.UG_CHAR,
)
MISPLACED_WILDCARDS_ACCEPTED = undated(
    "1.24",
    "A `*` may be a part of a label, an inner label, or occur twice.",
    False,
    sources.API_REQUEST,
    mark=Mark.INFERRED,
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
DEFAULT_VALIDATION_METHOD = undated(
    "1.29a",
    "The method that an API request without one gets.",
    "EMAIL",
    sources.CFN_CERT,
    mark=Mark.INFERRED,
    note="Stated for CloudFormation, taken to hold for the API.",
)
IDEMPOTENCY_TOKEN_LENGTH = undated(
    "1.30a",
    "Characters of an idempotency token, at the least and at the most.",
    (1, 32),
    sources.API_REQUEST,
)
IDEMPOTENCY_TOKEN_CHARACTERS = undated(
    "1.30b",
    "The characters of an idempotency token beside ASCII letters and digits.",
    "_",
    sources.API_REQUEST,
    note="The pattern is `\\w`.",
)
VALIDATION_OPTIONS_COUNT = undated(
    "1.31a",
    "Entries of `DomainValidationOptions`, at the least and at the most.",
    (1, 100),
    sources.API_DVO,
)
UNREQUESTED_OPTION_ERROR = undated(
    "1.32",
    "A fragment of the refusal of a validation option for a name that is not in the request.",
    "not the PrimaryDomain or part of SubjectAlternativeNames",
    sources.PF_DVO,
    mark=Mark.OBSERVED,
    note="Observed in 2026.",
)
KEY_ALGORITHMS = undated(
    "1.33",
    "The values of `KeyAlgorithm`.",
    (
        "RSA_1024",
        "RSA_2048",
        "RSA_3072",
        "RSA_4096",
        "EC_prime256v1",
        "EC_secp384r1",
        "EC_secp521r1",
    ),
    sources.API_REQUEST,
)
REQUESTABLE_ALGORITHMS: Fact[tuple[str, ...]] = dated(
    "1.34",
    "The key algorithms that can be requested, the default first; the others are for import.",
    Era(LAUNCH, ("RSA_2048",), sources.UG_HISTORY),
    Era(date(2022, 11, 8), ("RSA_2048", "EC_prime256v1", "EC_secp384r1"), sources.UG_HISTORY),
    also=(sources.API_REQUEST, sources.UG_CHAR),
    note="Whether private CAs take more is not known.",
)
UNREQUESTABLE_ALGORITHM_ERROR = undated(
    "1.35",
    "How the service refuses the other key algorithms: code and a fragment of the text.",
    ("ValidationException", "Encryption Algorithm … is not supported in … region"),
    sources.OBS_ALG,
    sources.PF_ALG,
    mark=Mark.OBSERVED,
    note="Observed on 2026-09-03 in us-east-1; for `RSA_4096` the account stands in the Region's "
    "place.",
)
ALGORITHM_CASE_MATTERS = undated(
    "1.36",
    "The values of `KeyAlgorithm` are compared with their case.",
    True,
    sources.UG_PUBLIC,
    note="A command line sample of the guide prints `EC_Prime256v1`, which is no value.",
)
ARN_LENGTH = undated(
    "1.37a", "Characters of an ARN, at the least and at the most.", (20, 2048), sources.API_REQUEST
)
AUTHORITY_ARN_SERVICE = undated(
    "1.37b",
    "The service part of a CA's ARN; without such an ARN the request is for a public certificate.",
    "acm-pca",
    sources.API_REQUEST,
)
PRIVATE_KEY_FAMILY_MATCHES = undated(
    "1.38",
    "The key family (RSA or ECDSA) of a private certificate must be that of its CA.",
    True,
    sources.API_REQUEST,
)
TRANSPARENCY_OPT_OUT = dated(
    "1.39",
    "A certificate can be kept out of the certificate transparency logs.",
    Era(date(2018, 3, 27), True, sources.UG_HISTORY),
    Era(date(2026, 6, 1), False, sources.UG_HISTORY),
    also=(sources.API_OPTIONS,),
    note="The option is still in the schema, without effect.",
)
EXPORT_VALUES = dated(
    "1.40",
    "The values of `Options.Export`; a public certificate needs it at request time.",
    Era(date(2025, 6, 17), ("ENABLED", "DISABLED"), sources.UG_HISTORY),
    also=(sources.API_OPTIONS,),
)
TAGS_COUNT = undated(
    "1.43a",
    "Tags of a certificate, at the least (where any are given) and at the most.",
    (1, 50),
    sources.API_TAG,
)
TAG_KEY_LENGTH = undated(
    "1.43b",
    "Characters of a tag's key, at the least and at the most.",
    (1, 128),
    sources.API_TAG,
    note="The guide has a lower bound, see 1.43d.",
)
TAG_VALUE_LENGTH = undated(
    "1.43c",
    "Characters of a tag's value, at the least and at the most.",
    (0, 256),
    sources.API_TAG,
    note="The guide has a lower bound, see 1.43e.",
)
GUIDE_TAG_KEY_LENGTH = undated(
    "1.43d",
    "Characters of a tag's key at the most, by the guide.",
    127,
    sources.UG_TAGS,
    note="Sources differ: the API model allows one more.",
)
GUIDE_TAG_VALUE_LENGTH = undated(
    "1.43e",
    "Characters of a tag's value at the most, by the guide.",
    255,
    sources.UG_TAGS,
    note="Sources differ: the API model allows one more.",
)
TAG_CHARACTERS = undated(
    "1.43f",
    "The characters of a tag: Unicode categories (letters, separators, numbers), and others.",
    ("LZN", "_.:/=+-@"),
    sources.API_TAG,
)
TAG_ASTERISK_ERROR = undated(
    "1.44",
    "The code by which a tag with a `*` is refused, such as the wildcard's own name.",
    "ValidationException",
    sources.OBS_TAG,
    mark=Mark.OBSERVED,
    note="Observed on 2021-08-26.",
)
RESERVED_TAG_PREFIX = undated(
    "1.45",
    "How the keys begin that cannot be set and do not count.",
    "aws:",
    sources.UG_TAGS,
    note="Sources differ: the text of an exception speaks of values.",
)
CLIENT_AUTH = dated(
    "1.47",
    "Issued certificates carry the extended key usage clientAuth.",
    Era(LAUNCH, True, sources.UG_CONCEPTS, seen=True),
    Era(date(2025, 6, 11), False, sources.UG_CONCEPTS),
)
CONDITION_KEYS = dated(
    "1.49",
    "IAM condition keys of the request; the last is deprecated.",
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
    "Names of a certificate by default, the first one included.",
    10,
    sources.UG_LIMITS,
    sources.GR_ACM,
)
NAMES_LIMIT = undated(
    "2.3",
    "Names of a certificate that an increase of the quota reaches, at the most.",
    100,
    sources.UG_LIMITS,
    sources.API_REQUEST,
)
NAMES_QUOTA_ERROR = undated(
    "2.4",
    "How the service refuses names over the quota: code and a fragment of the text.",
    ("LimitExceededException", "too many domains"),
    sources.OBS_LIMIT,
    mark=Mark.OBSERVED,
    note="Observed on 2024-02-15.",
)
NAMES_QUOTA_HOLDS_FOR_PRIVATE = undated(
    "2.5",
    "The quota of names holds for private certificates too.",
    True,
    sources.OBS_LIMIT,
    mark=Mark.OBSERVED,
    note="Observed on 2024-02-15 with 50 names.",
)
CERTIFICATES_QUOTA = dated(
    "2.7",
    "ACM certificates of an account in a Region.",
    Era(LAUNCH, 100, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_18_11, 1_000, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, 2_500, sources.UG_LIMITS, seen=True),
)
YEARLY_REQUESTS_QUOTA = dated(
    "2.8",
    "Certificates that may be requested in 365 days.",
    Era(LAUNCH, 200, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_18_11, 2_000, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, 5_000, sources.UG_LIMITS, seen=True),
    note="Twice the quota of certificates; the guide writes the number only since 2026.",
)
IMPORTED_CERTIFICATES_QUOTA = dated(
    "2.9a",
    "Imported certificates of an account in a Region.",
    Era(LAUNCH, 100, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_18_11, 1_000, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, 2_500, sources.UG_LIMITS, seen=True),
)
YEARLY_IMPORTS_QUOTA = dated(
    "2.9b",
    "Imports in 365 days.",
    Era(LAUNCH, 200, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_18_11, 2_000, sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, 5_000, sources.UG_LIMITS, seen=True),
)

# E-mail validation: section A3

CONSTRUCTED_LOCAL_PARTS = undated(
    "3.1",
    "The local parts of the constructed addresses.",
    ("admin", "administrator", "hostmaster", "postmaster", "webmaster"),
    sources.UG_EMAIL,
)
WHOIS_CONTACTS: Fact[tuple[str, ...]] = dated(
    "3.2a",
    "The WHOIS contacts that are mailed for a new request.",
    Era(LAUNCH, ("registrant", "technical", "administrative"), sources.ARCHIVE, seen=True),
    Era(date(2024, 6, 1), (), sources.BLOG_WHOIS),
    also=(sources.UG_EMAIL,),
    note="The end is dated by the month.",
)
RENEWAL_WHOIS_CONTACTS: Fact[tuple[str, ...]] = dated(
    "3.2b",
    "The WHOIS contacts that are mailed for a renewal.",
    Era(LAUNCH, ("registrant", "technical", "administrative"), sources.ARCHIVE, seen=True),
    Era(date(2024, 10, 1), (), sources.BLOG_WHOIS),
    also=(sources.UG_EMAIL,),
    note="The end is dated by the month.",
)
MAIL_GOES_TO_FULL_NAME = undated(
    "3.5",
    "The addresses are at the whole name, however deep, unless a validation domain is given.",
    True,
    sources.UG_EMAIL,
    sources.TF_7168,
)
MX_REQUIRED = undated(
    "3.7",
    "The domain that is mailed needs an MX record, else the request fails for want of contacts.",
    True,
    sources.UG_FAILED,
)
VALIDATION_DOMAIN_FORM = undated(
    "3.8",
    "What a validation domain may be.",
    "the name or a superdomain of it, down to the base domain name",
    sources.API_DVO,
    sources.UG_EMAIL,
)
VALIDATION_DOMAIN_ERROR = undated(
    "3.10",
    "How the service refuses any other: code and a fragment of the text.",
    ("InvalidDomainValidationOptionsException", "must be a superdomain of the requested domain"),
    sources.PF_SUPER,
    sources.FLOCI_3264,
    mark=Mark.OBSERVED,
    note="Observed in 2026.",
)
WILDCARD_VALIDATION_DOMAIN = undated(
    "3.11",
    "With what the validation domain of a wildcard is compared.",
    "what stands after the `*.`",
    sources.CFNLINT_E3503,
    mark=Mark.INFERRED,
)
APPROVAL_SCOPE = dated(
    "3.12",
    "What one approval is for, even where all mails go to one mailbox.",
    Era(LAUNCH, "domain and its subdomains", sources.ARCHIVE, seen=True),
    Era(date(2020, 11, 1), "name", sources.UG_EMAILAUTO),
    note="The change is dated by the month.",
)
VALIDATION_HOURS = undated(
    "3.13 4.11 4.29",
    "Hours that the owner has to validate every name, by any method.",
    72,
    sources.UG_EMAIL,
    sources.UG_DNS,
    sources.UG_HTTP,
    note="Then the status is `VALIDATION_TIMED_OUT`, and only a new request helps.",
)
EMAIL_TO_DNS = dated(
    "3.18",
    "A certificate can be moved from e-mail to DNS validation and keeps its ARN.",
    Era(LAUNCH, False, sources.ARCHIVE, seen=True),
    Era(date(2026, 7, 9), True, sources.UG_HISTORY),
    also=(sources.UG_MIGRATE,),
    note="Sources differ: the page on DNS validation still says never.",
)

# DNS, CAA and HTTP validation: section A4

DNS_RECORD_TYPE = dated(
    "4.1",
    "The record that DNS validation asks for, one for each distinct name.",
    Era(date(2017, 11, 21), "CNAME", sources.UG_HISTORY),
)
RECORD_NAME_FORM = undated(
    "4.2a",
    "The owner name of the record; the `*.` of a wildcard is not part of it.",
    "_<token>.<name>",
    sources.UG_DNS,
)
RECORD_VALUE_SUFFIX = undated(
    "4.3a",
    "Under what name the value of the record lies, behind a token of its own.",
    "acm-validations.aws.",
    sources.UG_DNS,
)
WILDCARD_SHARES_RECORD = undated(
    "4.5",
    "A name and the wildcard above it have one and the same record.",
    True,
    sources.UG_DNS,
    sources.OBS_CNAME,
    note="Creating both separately fails in Route 53.",
)
ZONE_MUST_BE_PUBLIC = undated(
    "4.10",
    "The zone must resolve on the public internet.",
    True,
    sources.UG_DNSTS,
    sources.UG_OWN,
    note="Private hosted zones, and servers behind a VPN, do not do.",
)
RECORD_NAME_OCTETS = undated(
    "4.12",
    "Octets that the record's owner name has more than the name; the `*.` of a wildcard is free.",
    34,
    sources.UG_DNS,
    mark=Mark.INFERRED,
    note="Underscore, token and dot; a name beyond 253 less this has no legal record.",
)
CAA_CHECKED = dated(
    "4.13a",
    "CAA records are checked after the validation; a failure needs a new request.",
    Era(date(2017, 9, 21), True, sources.UG_SETUP),
    also=(sources.UG_CAA,),
    note="The day it was documented; the failure reason is `CAA_ERROR`.",
)
CAA_IDENTIFIERS = undated(
    "4.14",
    "The CA identifiers that let Amazon issue, each by itself.",
    ("amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"),
    sources.UG_SETUP,
)
CAA_WILDCARD_TAGS = undated(
    "4.15",
    "The tags that count for a wildcard: the second where the first does not occur.",
    ("issuewild", "issue"),
    sources.UG_SETUP,
)
CAA_NOBODY = undated(
    "4.16", "The value of an `issue` property that shuts every CA out.", ";", sources.UG_SETUP
)
CAA_IGNORED_TAGS = undated("4.18", "The tags that ACM ignores.", ("iodef",), sources.UG_SETUP)
HTTP_STARTED_BY = dated(
    "4.25",
    "The one service that can start HTTP validation; nobody can from ACM.",
    Era(date(2025, 4, 24), "CloudFront", sources.UG_HTTP),
    also=(sources.UG_CONCEPTS, sources.UG_CHAR),
    note="Through its distribution tenants.",
)
HTTP_WILDCARDS_ACCEPTED = dated(
    "4.26a", "HTTP validation may serve a wildcard.", Era(date(2025, 4, 24), False, sources.UG_HTTP)
)
HTTP_PATH_FORM = undated(
    "4.27a",
    "Where HTTP validation looks.",
    "http://<name>/.well-known/pki-validation/<token>.txt",
    sources.UG_HTTP,
)

# What cannot be changed later: section A6

NAMES_ARE_FIXED = undated(
    "6.1",
    "The names of a certificate are fixed; others need a new one, with all names validated again.",
    True,
    sources.UG_BEST,
)
METHOD_CHANGES: Fact[tuple[tuple[str, str], ...]] = dated(
    "6.2a",
    "The changes of validation method that a certificate allows, each from and to.",
    Era(LAUNCH, (), sources.ARCHIVE, seen=True),
    Era(date(2026, 7, 9), (("EMAIL", "DNS"),), sources.UG_MIGOV),
    note="Of a public certificate that is issued and has no such change pending.",
)
METHOD_CHANGE_HOURS = dated(
    "6.2b",
    "Hours to add the records after the method was changed to DNS.",
    Era(date(2026, 7, 9), 72, sources.UG_MIGOV),
)
REGION_IS_FIXED = undated("6.7", "The Region of a certificate is fixed.", True, sources.UG_OVERVIEW)

# Lifetime and renewal: section A7

VALIDITY_DAYS = dated(
    "7.1",
    "Days for which a public certificate of ACM is valid.",
    Era(LAUNCH, 395, sources.UG_HISTORY, seen=True),
    Era(date(2026, 2, 18), 198, sources.UG_HISTORY),
    also=(sources.UG_CHAR,),
    note="Formerly written as 13 months; pages of other services still do.",
)
PRIVATE_VALIDITY_DAYS = undated(
    "7.2",
    "Days for which a private certificate requested in ACM is valid.",
    395,
    sources.UG_HISTORY,
)
RENEWAL_WINDOW_DAYS = dated(
    "7.5",
    "Days before its expiry on which the renewal of a public certificate starts.",
    Era(LAUNCH, 60, sources.UG_HISTORY, seen=True),
    Era(date(2026, 2, 18), 45, sources.UG_HISTORY),
    also=(sources.UG_DNSRENEW,),
    note="Still 60 for the last renewal of a certificate of 395 days.",
)
PRIVATE_RENEWAL_WINDOW_DAYS = undated(
    "7.6",
    "Days before its expiry on which the renewal of a private certificate starts.",
    60,
    sources.UG_RENEWPRIV,
)
RENEWAL_ELIGIBLE = undated(
    "7.7",
    "What makes a certificate eligible for managed renewal, each by itself.",
    ("in use by an integrated service", "exported since it was issued or last renewed"),
    sources.UG_RENEW,
)
RENEWAL_INELIGIBLE = undated(
    "7.8",
    "What keeps a certificate from managed renewal, each by itself.",
    (
        "imported",
        "expired",
        "issued by a private CA's own call",
        "issued by ACME",
        "with an invalid A-label",
    ),
    sources.UG_RENEW,
)
DNS_RENEWAL_NEEDS = undated(
    "7.9",
    "What renewal by DNS needs.",
    ("the certificate in use", "every record still public"),
    sources.UG_DNSRENEW,
)
EMAIL_RENEWAL_NEEDS = undated(
    "7.10a",
    "What renewal by e-mail needs, each time.",
    ("an approval of every name",),
    sources.UG_EMAIL,
)
HTTP_RENEWAL_NEEDS = undated(
    "7.11",
    "What renewal by HTTP needs.",
    ("the certificate in use by CloudFront", "the content still in its place"),
    sources.UG_HTTPRENEW,
)
FAILURE_NOTICE_DAYS: Fact[tuple[int, ...]] = dated(
    "7.12a",
    "Days before the expiry of a public certificate on which AWS tells that renewal failed.",
    Era(LAUNCH, (45, 30, 15, 7, 3, 1), sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, (45, 30, 7, 1), sources.ARCHIVE, seen=True),
    Era(sources.COPY_26Q3, (30, 15, 7, 3, 1), sources.UG_DNSRENEW, seen=True),
)
PRIVATE_FAILURE_NOTICE_DAYS = dated(
    "7.12b",
    "Days before the expiry of a private certificate on which AWS tells that renewal failed.",
    Era(sources.COPY_26Q3, (45, 30, 15, 7, 3, 1), sources.UG_DNSRENEW, seen=True),
)
PROBED_METHODS: Fact[tuple[str, ...]] = dated(
    "7.13",
    "Methods whose renewal first looks for the certificate at the name and its `www` twin.",
    Era(LAUNCH, ("EMAIL", "DNS"), sources.ARCHIVE, seen=True),
    Era(sources.ARCHIVE_21_12, ("EMAIL",), sources.ARCHIVE, seen=True),
    Era(sources.COPY_26Q3, (), sources.UG_RENEWTS, seen=True),
    mark=Mark.INFERRED,
    note="By HTTPS. Today's guide denies it for DNS, and no longer speaks of it for e-mail; the "
    "earlier values are confirmed.",
)
EXPORTABLE = dated(
    "7.16a",
    "The public certificates that can be exported.",
    Era(date(2025, 6, 17), "created since that day, with export enabled", sources.API_EXPORT),
)
USABLE_OUTSIDE_AWS: Fact[tuple[str, ...]] = dated(
    "7.16d",
    "The origins of certificates whose key may leave AWS, so that they serve anywhere.",
    Era(LAUNCH, ("imported", "private"), sources.API_EXPORT, seen=True),
    Era(date(2025, 6, 17), ("imported", "private", "exportable"), sources.API_EXPORT),
    mark=Mark.INFERRED,
    note="The key of an imported certificate is its owner's; the others can be exported.",
)
EXPORT_PRICE_PER_NAME = dated(
    "7.17a",
    "US dollars for each name of an exportable certificate.",
    Era(date(2025, 6, 17), 15, sources.PRICE_BLOG),
    Era(date(2026, 2, 18), 7, sources.PRICE_BLOG),
    also=(sources.PRICE_BLOG2,),
    note="From blogs, not from AWS; the first price is dated by the month.",
)
EXPORT_PRICE_PER_WILDCARD = dated(
    "7.17b",
    "US dollars for each wildcard name of an exportable certificate.",
    Era(date(2025, 6, 17), 149, sources.PRICE_BLOG),
    Era(date(2026, 2, 18), 79, sources.PRICE_BLOG),
    also=(sources.PRICE_BLOG2,),
    note="From blogs, not from AWS; the first price is dated by the month.",
)

# Import: section A8

IMPORTABLE_ALGORITHMS = dated(
    "8.1",
    "The key algorithms that can be imported.",
    Era(
        date(2021, 7, 14),
        (
            "RSA_1024",
            "RSA_2048",
            "RSA_3072",
            "RSA_4096",
            "EC_prime256v1",
            "EC_secp384r1",
            "EC_secp521r1",
        ),
        sources.UG_HISTORY,
    ),
    also=(sources.UG_IMPORTPRE,),
    note="The list was shorter before.",
)
IMPORT_CERTIFICATE_BYTES = undated(
    "8.2a",
    "Bytes of an imported certificate, at the least and at the most.",
    (1, 32_768),
    sources.BOTOCORE,
)
IMPORT_KEY_BYTES = undated(
    "8.2b",
    "Bytes of an imported key, at the least and at the most.",
    (1, 5_120),
    sources.BOTOCORE,
    sources.UG_IMPORTPRE,
    note="Sources differ: the model in botocore 1.44.5 allows 8,192, the guide does not.",
)
IMPORT_CHAIN_BYTES = undated(
    "8.2c",
    "Bytes of an imported chain, at the least and at the most.",
    (1, 2_097_152),
    sources.BOTOCORE,
)
IMPORT_KEY_FORM = undated(
    "8.3",
    "What an imported key must be.",
    ("given", "PEM", "unencrypted", "that of the certificate"),
    sources.API_IMPORT,
)
IMPORT_FORM = undated(
    "8.4a",
    "What an imported certificate must be.",
    ("X.509 version 3", "PEM", "valid at the time", "with an issuer that is not empty"),
    sources.API_IMPORT,
    sources.UG_IMPORTPRE,
)
IMPORT_OCSP_URL_CHARACTERS = undated(
    "8.4b",
    "Characters of the OCSP address in an imported certificate, at the most.",
    1_000,
    sources.UG_IMPORTPRE,
    sources.API_IMPORT,
)
IMPORT_CHAIN_FORM = undated(
    "8.5",
    "What an imported chain must be.",
    (
        "PEM",
        "each certificate certifies the one before",
        "without the leaf",
        "optional for a self-signed certificate",
    ),
    sources.UG_IMPORTFMT,
    note="Sources differ on whether a chain is needed: the guide now calls it optional, its page "
    "on troubleshooting mandatory.",
)
IMPORT_LEAF_MATCHES_AUTHORITY = undated(
    "8.6",
    "The key family of an imported certificate must be that of its CA.",
    True,
    sources.API_IMPORT,
    sources.ARCHIVE,
    note="Sources differ: today's guide no longer says so.",
)

# Reasons of failure and statuses: section B3

NO_AVAILABLE_CONTACTS = undated(
    "B3.1",
    "The failure reason where no mail can be delivered: the domain that is mailed has no MX.",
    "NO_AVAILABLE_CONTACTS",
    sources.UG_FAILED,
)
ADDITIONAL_VERIFICATION_REQUIRED = undated(
    "B3.2",
    "The failure reason of the fraud check on high-profile domains; AWS Support has to help.",
    "ADDITIONAL_VERIFICATION_REQUIRED",
    sources.UG_FAILED,
    note="The guide still names the Alexa top 1000, a list that ended in 2022.",
)
DOMAIN_NOT_ALLOWED = undated(
    "B3.3",
    "The failure reason of a name on a list of dangerous or restricted ones.",
    "DOMAIN_NOT_ALLOWED",
    sources.ARCHIVE,
    sources.UG_ACMEDV,
    note="Google Safe Browsing and PhishTank in 2017; today's criteria are not known.",
)
INVALID_PUBLIC_DOMAIN = undated(
    "B3.4",
    "The failure reason where the top-level domain does not exist.",
    "INVALID_PUBLIC_DOMAIN",
    sources.UG_FAILED,
)
DOMAIN_VALIDATION_DENIED = undated(
    "B3.5",
    "The failure reason where the recipient refused to approve.",
    "DOMAIN_VALIDATION_DENIED",
    sources.BOTOCORE,
    mark=Mark.INFERRED,
    note="The value is in the model, its meaning is not documented.",
)
CAA_ERROR = undated(
    "B3.6", "The failure reason where CAA records shut Amazon out.", "CAA_ERROR", sources.UG_CAA
)
SLR_NOT_FOUND = undated(
    "B3.8",
    "The failure reason of another account's CA without the service-linked role.",
    "SLR_NOT_FOUND",
    sources.UG_EXC,
)
