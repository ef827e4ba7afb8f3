"""What ACM does: requests, quotas, validation, edits, renewal, import, failures."""

from __future__ import annotations

from datetime import date

from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Fact, Mark, undated
from acmrules.facts.timeline import Era, Timeline

# Parameters of RequestCertificate and the syntax of names: section A1

REQUIRED_PARAMETERS = Fact(
    "1.1",
    "The parameters without which there is no request.",
    undated(("DomainName",), sources.API_REQUEST),
)
NAME_LENGTH = Fact(
    "1.2",
    "Characters of a name by the API model, at the least and at the most.",
    undated((1, 253), sources.API_REQUEST),
)
FIRST_NAME_OCTETS = Fact(
    "1.3",
    "Octets of the first name, which becomes the common name; dots count.",
    undated(64, sources.API_REQUEST),
    also=(sources.UG_PUBLIC,),
)
FIRST_NAME_ERROR = Fact(
    "1.4",
    "How the service refuses a longer first name: code and a fragment of the text.",
    undated(
        (
            "InvalidDomainValidationOptionsException",
            "first domain name … no longer than 64 characters",
        ),
        sources.OBS_CN64,
    ),
    Mark.OBSERVED,
    (sources.PF_CN64,),
    "Observed in 2026.",
)
WILDCARD_COUNTS_TO_FIRST_NAME = Fact(
    "1.5",
    "The `*.` of a wildcard counts to the octets of the first name.",
    undated(True, sources.UG_PUBLIC),
    Mark.INFERRED,
    note="The guide shows the wildcard itself as the subject.",
)
MAX_LABEL_OCTETS = Fact(
    "1.6a",
    "Octets of one label.",
    undated(63, sources.API_REQUEST),
)
MAX_NAME_OCTETS = Fact(
    "1.6b",
    "Octets of a name, dots included.",
    undated(253, sources.API_REQUEST),
)
NAME_PATTERN = Fact(
    "1.7a",
    "The pattern of the API model for names and validation domains.",
    undated(
        r"(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])",
        sources.API_REQUEST,
    ),
)
NAME_PATTERN_IS_ANCHORED = Fact(
    "1.7b",
    "The pattern must match the whole name.",
    undated(True, sources.API_REQUEST),
    Mark.INFERRED,
    note="The model prints it without anchors.",
)
OTHER_NAMES_COUNT = Fact(
    "1.8",
    "Names that `SubjectAlternativeNames` may list, at the least and at the most.",
    undated((1, 100), sources.API_REQUEST),
)
FIRST_NAME_IS_LISTED = Fact(
    "1.9",
    "The first name is put among the subject alternative names too.",
    undated(True, sources.UG_LIMITS),
)
FIRST_NAME_MAY_REPEAT = Fact(
    "1.10",
    "The first name may be repeated in `SubjectAlternativeNames`.",
    undated(True, sources.TF_CERT),
    also=(sources.TF_20073,),
    note="The Terraform provider always sends it so.",
)
UPPER_CASE_IS_FOLDED = Fact(
    "1.11",
    "Upper case is accepted, and comes back in lower case.",
    undated(True, sources.OBS_CASE),
    Mark.OBSERVED,
    note="Probed on 2026-07-14.",
)
TRAILING_DOT_ACCEPTED = Fact(
    "1.12a",
    "A name may end in a dot.",
    undated(False, sources.API_REQUEST),
    also=(sources.TF_CERT,),
    note="The Terraform provider refuses it before the service is asked.",
)
UNDERSCORE_ACCEPTED = Fact(
    "1.13a",
    "A name may contain an underscore.",
    undated(False, sources.API_REQUEST),
)
U_LABELS_ACCEPTED = Fact(
    "1.14",
    "A name may contain letters beyond ASCII; otherwise A-labels have to be sent.",
    undated(False, sources.ARCHIVE),
    also=(sources.API_REQUEST,),
)
RESERVED_LABEL_PREFIXES: Fact[tuple[str, ...]] = Fact(
    "1.15",
    "What may stand before a `--` in positions 3 and 4 of a name, if a valid A-label follows.",
    Timeline(
        Era(LAUNCH, (), sources.ARCHIVE, seen=True),
        Era(sources.COPY_26Q3, ("xn",), sources.UG_CHAR, seen=True),
    ),
    also=(sources.UG_RENEW,),
    note="When the change came between December 2021 and July 2026 is not known.",
)
LEAST_LABELS = Fact(
    "1.17",
    "Labels of a name, at the least.",
    undated(2, sources.API_REQUEST),
    Mark.INFERRED,
    note="From running the pattern.",
)
IP_ADDRESSES_ACCEPTED = Fact(
    "1.18",
    "An IP address may stand for a name.",
    undated(False, sources.API_REQUEST),
    Mark.INFERRED,
    note="The pattern lets IPv4 through where the last octet has two digits or more.",
)
INTERNAL_NAME_FAILURE = Fact(
    "1.19a",
    "With what failure reason a request for an internal name ends; the pattern takes it.",
    undated("INVALID_PUBLIC_DOMAIN", sources.UG_FAILED),
)
WILDCARD_FORM = Fact(
    "1.23",
    "What a wildcard is, and what it covers.",
    undated(
        (
            "one `*` as the whole leftmost label",
            "covers one level",
            "does not cover the bare domain",
        ),
        sources.UG_PUBLIC,
    ),
    also=(sources.UG_CHAR,),
)
MISPLACED_WILDCARDS_ACCEPTED = Fact(
    "1.24",
    "A `*` may be a part of a label, an inner label, or occur twice.",
    undated(False, sources.API_REQUEST),
    Mark.INFERRED,
    note="From running the pattern.",
)
LEAST_LABELS_OF_WILDCARD_PARENT = Fact(
    "1.26",
    "Labels after the `*.` of a wildcard, at the least.",
    undated(2, sources.API_REQUEST),
    Mark.INFERRED,
    note="From running the pattern.",
)
NAME_KINDS = Fact(
    "1.27",
    "The kinds of subject alternative name that can be requested.",
    undated(("dNSName",), sources.API_REQUEST),
    Mark.INFERRED,
)
VALIDATION_METHODS: Fact[tuple[str, ...]] = Fact(
    "1.28",
    "The values of `ValidationMethod`.",
    Timeline(
        Era(LAUNCH, ("EMAIL",), sources.UG_HISTORY),
        Era(date(2017, 11, 21), ("EMAIL", "DNS"), sources.UG_HISTORY),
        Era(date(2025, 4, 24), ("EMAIL", "DNS", "HTTP"), sources.UG_HISTORY),
    ),
    also=(sources.API_REQUEST,),
)
DEFAULT_VALIDATION_METHOD = Fact(
    "1.29a",
    "The method that an API request without one gets.",
    undated("EMAIL", sources.CFN_CERT),
    Mark.INFERRED,
    note="Stated for CloudFormation, taken to hold for the API.",
)
IDEMPOTENCY_TOKEN_LENGTH = Fact(
    "1.30a",
    "Characters of an idempotency token, at the least and at the most.",
    undated((1, 32), sources.API_REQUEST),
)
IDEMPOTENCY_TOKEN_CHARACTERS = Fact(
    "1.30b",
    "The characters of an idempotency token beside ASCII letters and digits.",
    undated("_", sources.API_REQUEST),
    note="The pattern is `\\w`.",
)
IDEMPOTENCY_HOURS = Fact(
    "1.30c",
    "Hours for which a repeated token returns the first certificate.",
    undated(1, sources.API_REQUEST),
)
VALIDATION_OPTIONS_COUNT = Fact(
    "1.31a",
    "Entries of `DomainValidationOptions`, at the least and at the most.",
    undated((1, 100), sources.API_DVO),
)
VALIDATION_OPTION_MEMBERS = Fact(
    "1.31b",
    "Members that each entry of `DomainValidationOptions` must have in the API.",
    undated(("DomainName", "ValidationDomain"), sources.API_DVO),
)
UNREQUESTED_OPTION_ERROR = Fact(
    "1.32",
    "A fragment of the refusal of a validation option for a name that is not in the request.",
    undated("not the PrimaryDomain or part of SubjectAlternativeNames", sources.PF_DVO),
    Mark.OBSERVED,
    note="Observed in 2026.",
)
KEY_ALGORITHMS = Fact(
    "1.33",
    "The values of `KeyAlgorithm`.",
    undated(
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
    ),
)
REQUESTABLE_ALGORITHMS: Fact[tuple[str, ...]] = Fact(
    "1.34",
    "The key algorithms that can be requested, the default first; the others are for import.",
    Timeline(
        Era(LAUNCH, ("RSA_2048",), sources.UG_HISTORY),
        Era(
            date(2022, 11, 8),
            ("RSA_2048", "EC_prime256v1", "EC_secp384r1"),
            sources.UG_HISTORY,
        ),
    ),
    also=(sources.API_REQUEST, sources.UG_CHAR),
    note="Whether private CAs take more is not known.",
)
UNREQUESTABLE_ALGORITHM_ERROR = Fact(
    "1.35",
    "How the service refuses the other key algorithms: code and a fragment of the text.",
    undated(
        ("ValidationException", "Encryption Algorithm … is not supported in … region"),
        sources.OBS_ALG,
    ),
    Mark.OBSERVED,
    (sources.PF_ALG,),
    "Observed on 2026-09-03 in us-east-1; for `RSA_4096` the account stands in the Region's place.",
)
ALGORITHM_CASE_MATTERS = Fact(
    "1.36",
    "The values of `KeyAlgorithm` are compared with their case.",
    undated(True, sources.UG_PUBLIC),
    note="A command line sample of the guide prints `EC_Prime256v1`, which is no value.",
)
ARN_LENGTH = Fact(
    "1.37a",
    "Characters of an ARN, at the least and at the most.",
    undated((20, 2048), sources.API_REQUEST),
)
AUTHORITY_ARN_SERVICE = Fact(
    "1.37b",
    "The service part of a CA's ARN; without such an ARN the request is for a public certificate.",
    undated("acm-pca", sources.API_REQUEST),
)
PRIVATE_KEY_FAMILY_MATCHES = Fact(
    "1.38",
    "The key family (RSA or ECDSA) of a private certificate must be that of its CA.",
    undated(True, sources.API_REQUEST),
)
TRANSPARENCY_OPT_OUT = Fact(
    "1.39",
    "A certificate can be kept out of the certificate transparency logs.",
    Timeline(
        Era(date(2018, 3, 27), True, sources.UG_HISTORY),
        Era(date(2026, 6, 1), False, sources.UG_HISTORY),
    ),
    also=(sources.API_OPTIONS,),
    note="The option is still in the schema, without effect.",
)
EXPORT_VALUES = Fact(
    "1.40",
    "The values of `Options.Export`; a public certificate needs it at request time.",
    Timeline(Era(date(2025, 6, 17), ("ENABLED", "DISABLED"), sources.UG_HISTORY)),
    also=(sources.API_OPTIONS,),
)
METHOD_OPTION = Fact(
    "1.41",
    "The member of `UpdateCertificateOptions` that moves a certificate from e-mail to DNS.",
    Timeline(Era(date(2026, 7, 9), "Options.ValidationMethod", sources.UG_HISTORY)),
    also=(sources.API_OPTIONS,),
    note="Older models of the API do not know it.",
)
MANAGED_BY_VALUES = Fact(
    "1.42",
    "The values of `ManagedBy`.",
    Timeline(Era(date(2025, 4, 1), ("CLOUDFRONT",), sources.API_REQUEST)),
    note="Dated by the month.",
)
TAGS_COUNT = Fact(
    "1.43a",
    "Tags of a certificate, at the least (where any are given) and at the most.",
    undated((1, 50), sources.API_TAG),
)
TAG_KEY_LENGTH = Fact(
    "1.43b",
    "Characters of a tag's key, at the least and at the most.",
    undated((1, 128), sources.API_TAG),
    note="The guide has a lower bound, see 1.43d.",
)
TAG_VALUE_LENGTH = Fact(
    "1.43c",
    "Characters of a tag's value, at the least and at the most.",
    undated((0, 256), sources.API_TAG),
    note="The guide has a lower bound, see 1.43e.",
)
GUIDE_TAG_KEY_LENGTH = Fact(
    "1.43d",
    "Characters of a tag's key at the most, by the guide.",
    undated(127, sources.UG_TAGS),
    note="Sources differ: the API model allows one more.",
)
GUIDE_TAG_VALUE_LENGTH = Fact(
    "1.43e",
    "Characters of a tag's value at the most, by the guide.",
    undated(255, sources.UG_TAGS),
    note="Sources differ: the API model allows one more.",
)
TAG_CHARACTERS = Fact(
    "1.43f",
    "The characters of a tag: Unicode categories (letters, separators, numbers), and others.",
    undated(("LZN", "_.:/=+-@"), sources.API_TAG),
)
TAG_ASTERISK_ERROR = Fact(
    "1.44",
    "The code by which a tag with a `*` is refused, such as the wildcard's own name.",
    undated("ValidationException", sources.OBS_TAG),
    Mark.OBSERVED,
    note="Observed on 2021-08-26.",
)
RESERVED_TAG_PREFIX = Fact(
    "1.45",
    "How the keys begin that cannot be set and do not count.",
    undated("aws:", sources.UG_TAGS),
    note="Sources differ: the text of an exception speaks of values.",
)
DECLARED_ERRORS = Fact(
    "1.46",
    "The errors that RequestCertificate declares.",
    undated(
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
)
CLIENT_AUTH = Fact(
    "1.47",
    "Issued certificates carry the extended key usage clientAuth.",
    Timeline(
        Era(LAUNCH, True, sources.UG_CONCEPTS, seen=True),
        Era(date(2025, 6, 11), False, sources.UG_CONCEPTS),
    ),
)
VALIDATION_LEVELS = Fact(
    "1.48",
    "How far a subject is validated: the domain, neither organization nor extended.",
    undated(("domain",), sources.UG_CHAR),
    also=(sources.ARCHIVE,),
)
CONDITION_KEYS = Fact(
    "1.49",
    "IAM condition keys of the request; the last is deprecated.",
    Timeline(
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
        )
    ),
    also=(sources.UG_COND,),
)
LATER_CONDITION_KEYS = Fact(
    "1.50",
    "IAM condition keys that came later.",
    Timeline(
        Era(
            sources.COPY_26Q3,
            ("acm:Export", "acm:CertificateKeyPairOrigin"),
            sources.UG_COND,
            seen=True,
        )
    ),
    note="Absent on 2026-04-13.",
)

# Quotas: section A2

QUOTA_SCOPE = Fact(
    "2.1",
    "For what each quota holds separately.",
    undated(("account", "Region"), sources.UG_LIMITS),
)
NAMES_QUOTA = Fact(
    "2.2",
    "Names of a certificate by default, the first one included.",
    undated(10, sources.UG_LIMITS),
    also=(sources.GR_ACM,),
)
NAMES_LIMIT = Fact(
    "2.3",
    "Names of a certificate that an increase of the quota reaches, at the most.",
    undated(100, sources.UG_LIMITS),
    also=(sources.API_REQUEST,),
)
NAMES_QUOTA_ERROR = Fact(
    "2.4",
    "How the service refuses names over the quota: code and a fragment of the text.",
    undated(("LimitExceededException", "too many domains"), sources.OBS_LIMIT),
    Mark.OBSERVED,
    note="Observed on 2024-02-15.",
)
NAMES_QUOTA_HOLDS_FOR_PRIVATE = Fact(
    "2.5",
    "The quota of names holds for private certificates too.",
    undated(True, sources.OBS_LIMIT),
    Mark.OBSERVED,
    note="Observed on 2024-02-15 with 50 names.",
)
NAMES_QUOTA_HOLDS_FOR_IMPORTS = Fact(
    "2.6",
    "The quota of names holds for imported certificates.",
    undated(False, sources.UG_LIMITS),
)
CERTIFICATES_QUOTA = Fact(
    "2.7",
    "ACM certificates of an account in a Region.",
    Timeline(
        Era(LAUNCH, 100, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_18_11, 1_000, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_21_12, 2_500, sources.UG_LIMITS, seen=True),
    ),
)
YEARLY_REQUESTS_QUOTA = Fact(
    "2.8",
    "Certificates that may be requested in 365 days.",
    Timeline(
        Era(LAUNCH, 200, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_18_11, 2_000, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_21_12, 5_000, sources.UG_LIMITS, seen=True),
    ),
    note="Twice the quota of certificates; the guide writes the number only since 2026.",
)
IMPORTED_CERTIFICATES_QUOTA = Fact(
    "2.9a",
    "Imported certificates of an account in a Region.",
    Timeline(
        Era(LAUNCH, 100, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_18_11, 1_000, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_21_12, 2_500, sources.UG_LIMITS, seen=True),
    ),
)
YEARLY_IMPORTS_QUOTA = Fact(
    "2.9b",
    "Imports in 365 days.",
    Timeline(
        Era(LAUNCH, 200, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_18_11, 2_000, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_21_12, 5_000, sources.UG_LIMITS, seen=True),
    ),
)
EXPIRED_COUNT_TO_QUOTA = Fact(
    "2.10",
    "Expired and revoked certificates count to the quota.",
    undated(True, sources.UG_LIMITS),
    also=(sources.GR_ACM,),
    note="Sources differ: the General Reference counts pending and issued ones only.",
)
UNCOUNTED_CERTIFICATES: Fact[tuple[str, ...]] = Fact(
    "2.11",
    "Certificates that do not count to the quotas.",
    Timeline(
        Era(LAUNCH, ("private CA",), sources.UG_LIMITS, seen=True),
        Era(date(2026, 6, 18), ("private CA", "ACME"), sources.UG_LIMITS),
    ),
)
NEW_ACCOUNTS_START_LOWER = Fact(
    "2.12",
    "Whether a new account may start with lower quotas.",
    Timeline(
        Era(LAUNCH, "yes", sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_21_12, "not stated", sources.UG_LIMITS, seen=True),
    ),
    note="The wording was last seen in April 2021.",
)
PRIVATE_AUTHORITIES_QUOTA = Fact(
    "2.13a",
    "Private CAs of an account in a Region.",
    Timeline(
        Era(date(2018, 1, 1), 10, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_20_08, 200, sources.UG_LIMITS, seen=True),
    ),
    note="The first value is dated by the year.",
)
PRIVATE_CERTIFICATES_QUOTA = Fact(
    "2.13b",
    "Certificates of a private CA.",
    Timeline(
        Era(date(2018, 1, 1), 50_000, sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_20_03, 1_000_000, sources.UG_LIMITS, seen=True),
    ),
    note="The first value is dated by the year.",
)
API_RATES: Fact[tuple[tuple[str, int], ...]] = Fact(
    "2.14",
    "Calls per second, by operation.",
    Timeline(
        Era(
            sources.ARCHIVE_21_12,
            (("ExportCertificate", 5), ("ListCertificates", 1)),
            sources.ARCHIVE,
            seen=True,
        ),
        Era(
            sources.COPY_26Q3,
            (
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
                ("tag calls", 5),
            ),
            sources.UG_LIMITS,
            seen=True,
        ),
    ),
    note="Of 2021 only what differed is recorded.",
)
LISTED_ALGORITHMS = Fact(
    "2.15",
    "The key algorithms that ListCertificates returns unless `keyTypes` is given.",
    undated(("RSA_1024", "RSA_2048"), sources.BOTOCORE),
    also=(sources.UG_IMPORT_TS,),
)
ACME_QUOTAS = Fact(
    "2.16",
    "Quotas of ACME; the names of a certificate are fixed.",
    Timeline(
        Era(
            date(2026, 6, 18),
            (
                ("endpoints", 50),
                ("external account bindings of an endpoint", 1_000),
                ("validations of an endpoint", 1_500),
                ("names of a certificate", 100),
            ),
            sources.UG_LIMITS,
        )
    ),
)

# E-mail validation: section A3

CONSTRUCTED_LOCAL_PARTS = Fact(
    "3.1",
    "The local parts of the constructed addresses.",
    undated(("admin", "administrator", "hostmaster", "postmaster", "webmaster"), sources.UG_EMAIL),
)
WHOIS_CONTACTS: Fact[tuple[str, ...]] = Fact(
    "3.2a",
    "The WHOIS contacts that are mailed for a new request.",
    Timeline(
        Era(LAUNCH, ("registrant", "technical", "administrative"), sources.ARCHIVE, seen=True),
        Era(date(2024, 6, 1), (), sources.BLOG_WHOIS),
    ),
    also=(sources.UG_EMAIL,),
    note="The end is dated by the month.",
)
RENEWAL_WHOIS_CONTACTS: Fact[tuple[str, ...]] = Fact(
    "3.2b",
    "The WHOIS contacts that are mailed for a renewal.",
    Timeline(
        Era(LAUNCH, ("registrant", "technical", "administrative"), sources.ARCHIVE, seen=True),
        Era(date(2024, 10, 1), (), sources.BLOG_WHOIS),
    ),
    also=(sources.UG_EMAIL,),
    note="The end is dated by the month.",
)
STRIPPED_PREFIXES = Fact(
    "3.4",
    "What is taken off the front of a name before the addresses are formed.",
    undated(("www.", "*."), sources.UG_EMAIL),
)
MAIL_GOES_TO_FULL_NAME = Fact(
    "3.5",
    "The addresses are at the whole name, however deep, unless a validation domain is given.",
    undated(True, sources.UG_EMAIL),
    also=(sources.TF_7168,),
)
API_SEARCHES_MX = Fact(
    "3.6a",
    "A request by the API looks for MX records further up the tree.",
    undated(False, sources.UG_HISTORY),
)
CONSOLE_SEARCHES_MX = Fact(
    "3.6b",
    "A request by the console goes up to the first ancestor with MX records.",
    Timeline(
        Era(LAUNCH, True, sources.ARCHIVE, seen=True),
        Era(date(2024, 7, 11), False, sources.UG_HISTORY),
    ),
)
MX_REQUIRED = Fact(
    "3.7",
    "The domain that is mailed needs an MX record, else the request fails for want of contacts.",
    undated(True, sources.UG_FAILED),
)
VALIDATION_DOMAIN_FORM = Fact(
    "3.8",
    "What a validation domain may be.",
    undated("the name or a superdomain of it, down to the base domain name", sources.API_DVO),
    also=(sources.UG_EMAIL,),
)
VALIDATION_DOMAIN_ERROR = Fact(
    "3.10",
    "How the service refuses any other: code and a fragment of the text.",
    undated(
        (
            "InvalidDomainValidationOptionsException",
            "must be a superdomain of the requested domain",
        ),
        sources.PF_SUPER,
    ),
    Mark.OBSERVED,
    (sources.FLOCI_3264,),
    "Observed in 2026.",
)
WILDCARD_VALIDATION_DOMAIN = Fact(
    "3.11",
    "With what the validation domain of a wildcard is compared.",
    undated("what stands after the `*.`", sources.CFNLINT_E3503),
    Mark.INFERRED,
)
APPROVAL_SCOPE = Fact(
    "3.12",
    "What one approval is for, even where all mails go to one mailbox.",
    Timeline(
        Era(LAUNCH, "domain and its subdomains", sources.ARCHIVE, seen=True),
        Era(date(2020, 11, 1), "name", sources.UG_EMAILAUTO),
    ),
    note="The change is dated by the month.",
)
VALIDATION_HOURS = Fact(
    "3.13 4.11 4.29",
    "Hours that the owner has to validate every name, by any method.",
    undated(72, sources.UG_EMAIL),
    also=(sources.UG_DNS, sources.UG_HTTP),
    note="Then the status is `VALIDATION_TIMED_OUT`, and only a new request helps.",
)
RESEND_HOURS = Fact(
    "3.14",
    "Hours after the request or the last such call in which mails can be sent again.",
    undated(72, sources.API_RESEND),
    also=(sources.UG_LIMITS,),
    note="Once per second; later a new request is needed.",
)
RESEND_DOMAIN_IS_KEPT = Fact(
    "3.15",
    "The validation domain of such a call is remembered.",
    undated(False, sources.UG_EMAILAUTO),
)
EMAIL_TO_DNS = Fact(
    "3.18",
    "A certificate can be moved from e-mail to DNS validation and keeps its ARN.",
    Timeline(
        Era(LAUNCH, False, sources.ARCHIVE, seen=True),
        Era(date(2026, 7, 9), True, sources.UG_HISTORY),
    ),
    also=(sources.UG_MIGRATE,),
    note="Sources differ: the page on DNS validation still says never.",
)

# DNS, CAA and HTTP validation: section A4

DNS_RECORD_TYPE = Fact(
    "4.1",
    "The record that DNS validation asks for, one for each distinct name.",
    Timeline(Era(date(2017, 11, 21), "CNAME", sources.UG_HISTORY)),
)
RECORD_NAME_FORM = Fact(
    "4.2a",
    "The owner name of the record; the `*.` of a wildcard is not part of it.",
    undated("_<token>.<name>", sources.UG_DNS),
)
RECORD_TOKEN_OCTETS = Fact(
    "4.2b 4.3b",
    "Hexadecimal digits of a token, in the name and in the value of the record.",
    undated(32, sources.UG_DNS),
    Mark.INFERRED,
    note="Read off AWS's examples.",
)
RECORD_VALUE_SUFFIX = Fact(
    "4.3a",
    "Under what name the value of the record lies, behind a token of its own.",
    undated("acm-validations.aws.", sources.UG_DNS),
)
RECORD_VALUE_MIDDLE_OCTETS = Fact(
    "4.4",
    "Letters of the label between the token and the suffix of a real record's value.",
    undated(10, sources.OBS_CNAME),
    Mark.OBSERVED,
    (sources.UG_DNSTS,),
    "Observed on 2019-05-29. Sources differ: the tables of the guide leave the label out.",
)
WILDCARD_SHARES_RECORD = Fact(
    "4.5",
    "A name and the wildcard above it have one and the same record.",
    undated(True, sources.UG_DNS),
    also=(sources.OBS_CNAME,),
    note="Creating both separately fails in Route 53.",
)
WWW_HAS_OWN_RECORD = Fact(
    "4.6",
    "A name with `www.` has a record of its own.",
    undated(True, sources.UG_DNS),
)
RECORD_BINDING = Fact(
    "4.7",
    "To what a record is bound; it is the same in all Regions, and good while it exists.",
    undated(("account", "name"), sources.UG_DNS),
    also=(sources.TF_2418,),
)
CNAME_CHAIN_LIMIT = Fact(
    "4.8",
    "CNAME records in a chain, at the most.",
    undated(5, sources.UG_DNS),
)
UNDERSCORE_OPTIONAL_IN = Fact(
    "4.9",
    "The part of the record whose leading underscore may be dropped.",
    undated("value", sources.UG_DNSTS),
)
ZONE_MUST_BE_PUBLIC = Fact(
    "4.10",
    "The zone must resolve on the public internet.",
    undated(True, sources.UG_DNSTS),
    also=(sources.UG_OWN,),
    note="Private hosted zones, and servers behind a VPN, do not do.",
)
RECORD_NAME_OCTETS = Fact(
    "4.12",
    "Octets that the record's owner name has more than the name; the `*.` of a wildcard is free.",
    undated(34, sources.UG_DNS),
    Mark.INFERRED,
    note="Underscore, token and dot; a name beyond 253 less this has no legal record.",
)
CAA_CHECKED = Fact(
    "4.13a",
    "CAA records are checked after the validation; a failure needs a new request.",
    Timeline(Era(date(2017, 9, 21), True, sources.UG_SETUP)),
    also=(sources.UG_CAA,),
    note="The day it was documented; the failure reason is `CAA_ERROR`.",
)
CAA_IDENTIFIERS = Fact(
    "4.14",
    "The CA identifiers that let Amazon issue, each by itself.",
    undated(("amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"), sources.UG_SETUP),
)
CAA_WILDCARD_TAGS = Fact(
    "4.15",
    "The tags that count for a wildcard: the second where the first does not occur.",
    undated(("issuewild", "issue"), sources.UG_SETUP),
)
CAA_NOBODY = Fact(
    "4.16",
    "The value of an `issue` property that shuts every CA out.",
    undated(";", sources.UG_SETUP),
)
CAA_FLAGS = Fact(
    "4.17a",
    "The flags that the guide says to set.",
    undated(0, sources.UG_SETUP),
)
CAA_IGNORED_TAGS = Fact(
    "4.18",
    "The tags that ACM ignores.",
    undated(("iodef",), sources.UG_SETUP),
)
HTTP_STARTED_BY = Fact(
    "4.25",
    "The one service that can start HTTP validation; nobody can from ACM.",
    Timeline(Era(date(2025, 4, 24), "CloudFront", sources.UG_HTTP)),
    also=(sources.UG_CONCEPTS, sources.UG_CHAR),
    note="Through its distribution tenants.",
)
HTTP_WILDCARDS_ACCEPTED = Fact(
    "4.26a",
    "HTTP validation may serve a wildcard.",
    Timeline(Era(date(2025, 4, 24), False, sources.UG_HTTP)),
)
HTTP_PATH_FORM = Fact(
    "4.27a",
    "Where HTTP validation looks.",
    undated("http://<name>/.well-known/pki-validation/<token>.txt", sources.UG_HTTP),
)
HTTP_REDIRECT_FORM = Fact(
    "4.27b",
    "Where that place redirects to, unless it serves the same content.",
    undated("https://validation.<region>.acm-validations.aws/…", sources.API_REDIRECT),
    also=(sources.UG_HTTP,),
)
REDIRECT_CODES = Fact(
    "4.28a",
    "The status codes of that redirect.",
    undated((302,), sources.UG_HTTPREDIR),
    also=(sources.CF_MANAGED,),
    note="Sources differ: the guide of CloudFront says 301.",
)

# What cannot be changed later: section A6

NAMES_ARE_FIXED = Fact(
    "6.1",
    "The names of a certificate are fixed; others need a new one, with all names validated again.",
    undated(True, sources.UG_BEST),
)
METHOD_CHANGES: Fact[tuple[tuple[str, str], ...]] = Fact(
    "6.2a",
    "The changes of validation method that a certificate allows, each from and to.",
    Timeline(
        Era(LAUNCH, (), sources.ARCHIVE, seen=True),
        Era(date(2026, 7, 9), (("EMAIL", "DNS"),), sources.UG_MIGOV),
    ),
    note="Of a public certificate that is issued and has no such change pending.",
)
METHOD_CHANGE_HOURS = Fact(
    "6.2b",
    "Hours to add the records after the method was changed to DNS.",
    Timeline(Era(date(2026, 7, 9), 72, sources.UG_MIGOV)),
)
DNS_TO_EMAIL = Fact(
    "6.3",
    "A certificate can be moved from DNS to e-mail validation.",
    undated(False, sources.UG_MIGOV),
)
FIXED_ATTRIBUTES = Fact(
    "6.4",
    "Further parameters that are fixed.",
    undated(
        ("KeyAlgorithm", "CertificateAuthorityArn", "DomainValidationOptions"), sources.CFN_CERT
    ),
    also=(sources.TF_CERT,),
)
EXPORT_IS_FIXED = Fact(
    "6.5",
    "Whether a certificate can be exported is fixed when it is requested.",
    Timeline(Era(date(2025, 6, 17), True, sources.API_OPTIONS)),
    also=(sources.API_UPDATE, sources.CFN_CERT),
    note="Sources differ: the page on UpdateCertificateOptions says that it can be set there.",
)
TRANSPARENCY_CAN_CHANGE = Fact(
    "6.6",
    "The certificate transparency preference can be changed to any effect.",
    Timeline(
        Era(date(2018, 3, 27), True, sources.UG_HISTORY),
        Era(date(2026, 6, 1), False, sources.UG_HISTORY),
    ),
    note="Up to the renewal window, while it could.",
)
REGION_IS_FIXED = Fact(
    "6.7",
    "The Region of a certificate is fixed.",
    undated(True, sources.UG_OVERVIEW),
)
FAILED_REQUEST_CAN_BE_SENT_AGAIN = Fact(
    "6.8",
    "A request that failed or timed out can be taken up again.",
    undated(False, sources.UG_FAILED),
)

# Lifetime and renewal: section A7

VALIDITY_DAYS = Fact(
    "7.1",
    "Days for which a public certificate of ACM is valid.",
    Timeline(
        Era(LAUNCH, 395, sources.UG_HISTORY, seen=True),
        Era(date(2026, 2, 18), 198, sources.UG_HISTORY),
    ),
    also=(sources.UG_CHAR,),
    note="Formerly written as 13 months; pages of other services still do.",
)
PRIVATE_VALIDITY_DAYS = Fact(
    "7.2",
    "Days for which a private certificate requested in ACM is valid.",
    undated(395, sources.UG_HISTORY),
)
RENEWAL_WINDOW_DAYS = Fact(
    "7.5",
    "Days before its expiry on which the renewal of a public certificate starts.",
    Timeline(
        Era(LAUNCH, 60, sources.UG_HISTORY, seen=True),
        Era(date(2026, 2, 18), 45, sources.UG_HISTORY),
    ),
    also=(sources.UG_DNSRENEW,),
    note="Still 60 for the last renewal of a certificate of 395 days.",
)
PRIVATE_RENEWAL_WINDOW_DAYS = Fact(
    "7.6",
    "Days before its expiry on which the renewal of a private certificate starts.",
    undated(60, sources.UG_RENEWPRIV),
)
RENEWAL_ELIGIBLE = Fact(
    "7.7",
    "What makes a certificate eligible for managed renewal, each by itself.",
    undated(
        ("in use by an integrated service", "exported since it was issued or last renewed"),
        sources.UG_RENEW,
    ),
)
RENEWAL_INELIGIBLE = Fact(
    "7.8",
    "What keeps a certificate from managed renewal, each by itself.",
    undated(
        (
            "imported",
            "expired",
            "issued by a private CA's own call",
            "issued by ACME",
            "with an invalid A-label",
        ),
        sources.UG_RENEW,
    ),
)
DNS_RENEWAL_NEEDS = Fact(
    "7.9",
    "What renewal by DNS needs.",
    undated(("the certificate in use", "every record still public"), sources.UG_DNSRENEW),
)
EMAIL_RENEWAL_NEEDS = Fact(
    "7.10a",
    "What renewal by e-mail needs, each time.",
    undated(("an approval of every name",), sources.UG_EMAIL),
)
EMAIL_RENEWAL_DAYS = Fact(
    "7.10b",
    "Days before the expiry on which the first mail of a renewal is sent.",
    undated(45, sources.UG_EMAIL),
)
HTTP_RENEWAL_NEEDS = Fact(
    "7.11",
    "What renewal by HTTP needs.",
    undated(
        ("the certificate in use by CloudFront", "the content still in its place"),
        sources.UG_HTTPRENEW,
    ),
)
FAILURE_NOTICE_DAYS: Fact[tuple[int, ...]] = Fact(
    "7.12a",
    "Days before the expiry of a public certificate on which AWS tells that renewal failed.",
    Timeline(
        Era(LAUNCH, (45, 30, 15, 7, 3, 1), sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_21_12, (45, 30, 7, 1), sources.ARCHIVE, seen=True),
        Era(sources.COPY_26Q3, (30, 15, 7, 3, 1), sources.UG_DNSRENEW, seen=True),
    ),
)
PRIVATE_FAILURE_NOTICE_DAYS = Fact(
    "7.12b",
    "Days before the expiry of a private certificate on which AWS tells that renewal failed.",
    Timeline(Era(sources.COPY_26Q3, (45, 30, 15, 7, 3, 1), sources.UG_DNSRENEW, seen=True)),
)
PROBED_METHODS: Fact[tuple[str, ...]] = Fact(
    "7.13",
    "Methods whose renewal first looks for the certificate at the name and its `www` twin.",
    Timeline(
        Era(LAUNCH, ("EMAIL", "DNS"), sources.ARCHIVE, seen=True),
        Era(sources.ARCHIVE_21_12, ("EMAIL",), sources.ARCHIVE, seen=True),
        Era(sources.COPY_26Q3, (), sources.UG_RENEWTS, seen=True),
    ),
    Mark.INFERRED,
    note="By HTTPS. Today's guide denies it for DNS, and no longer speaks of it for e-mail; the "
    "earlier values are confirmed.",
)
RENEWAL_KEEPS_ARN = Fact(
    "7.14",
    "A renewed certificate keeps its ARN, and has a new key pair.",
    undated(True, sources.UG_BEST),
    also=(sources.UG_RENEW,),
    note="Hence pinning breaks.",
)
RENEW_CALL_TAKES = Fact(
    "7.15",
    "The certificates that RenewCertificate takes.",
    undated("exported private certificates", sources.BOTOCORE),
)
EXPORTABLE = Fact(
    "7.16a",
    "The public certificates that can be exported.",
    Timeline(
        Era(
            date(2025, 6, 17),
            "created since that day, with export enabled",
            sources.API_EXPORT,
        )
    ),
)
PASSPHRASE_LENGTH = Fact(
    "7.16b",
    "Characters of the passphrase of an export, at the least and at the most.",
    undated((4, 128), sources.API_EXPORT),
)
PASSPHRASE_FORBIDDEN = Fact(
    "7.16c",
    "Characters that the passphrase of an export may not have.",
    undated("#$%", sources.API_EXPORT),
)
USABLE_OUTSIDE_AWS: Fact[tuple[str, ...]] = Fact(
    "7.16d",
    "The origins of certificates whose key may leave AWS, so that they serve anywhere.",
    Timeline(
        Era(LAUNCH, ("imported", "private"), sources.API_EXPORT, seen=True),
        Era(date(2025, 6, 17), ("imported", "private", "exportable"), sources.API_EXPORT),
    ),
    Mark.INFERRED,
    note="The key of an imported certificate is its owner's; the others can be exported.",
)
EXPORT_PRICE_PER_NAME = Fact(
    "7.17a",
    "US dollars for each name of an exportable certificate.",
    Timeline(
        Era(date(2025, 6, 17), 15, sources.PRICE_BLOG),
        Era(date(2026, 2, 18), 7, sources.PRICE_BLOG),
    ),
    also=(sources.PRICE_BLOG2,),
    note="From blogs, not from AWS; the first price is dated by the month.",
)
EXPORT_PRICE_PER_WILDCARD = Fact(
    "7.17b",
    "US dollars for each wildcard name of an exportable certificate.",
    Timeline(
        Era(date(2025, 6, 17), 149, sources.PRICE_BLOG),
        Era(date(2026, 2, 18), 79, sources.PRICE_BLOG),
    ),
    also=(sources.PRICE_BLOG2,),
    note="From blogs, not from AWS; the first price is dated by the month.",
)
REVOCABLE = Fact(
    "7.18",
    "The certificates that their owner can revoke, for good.",
    Timeline(Era(date(2025, 6, 17), "exported certificates", sources.UG_HISTORY)),
    also=(sources.BOTOCORE,),
)

# Import: section A8

IMPORTABLE_ALGORITHMS = Fact(
    "8.1",
    "The key algorithms that can be imported.",
    Timeline(
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
        )
    ),
    also=(sources.UG_IMPORTPRE,),
    note="The list was shorter before.",
)
IMPORT_CERTIFICATE_BYTES = Fact(
    "8.2a",
    "Bytes of an imported certificate, at the least and at the most.",
    undated((1, 32_768), sources.BOTOCORE),
)
IMPORT_KEY_BYTES = Fact(
    "8.2b",
    "Bytes of an imported key, at the least and at the most.",
    undated((1, 5_120), sources.BOTOCORE),
    also=(sources.UG_IMPORTPRE,),
    note="Sources differ: the model in botocore 1.44.5 allows 8,192, the guide does not.",
)
IMPORT_CHAIN_BYTES = Fact(
    "8.2c",
    "Bytes of an imported chain, at the least and at the most.",
    undated((1, 2_097_152), sources.BOTOCORE),
)
IMPORT_KEY_FORM = Fact(
    "8.3",
    "What an imported key must be.",
    undated(("given", "PEM", "unencrypted", "that of the certificate"), sources.API_IMPORT),
)
IMPORT_FORM = Fact(
    "8.4a",
    "What an imported certificate must be.",
    undated(
        ("X.509 version 3", "PEM", "valid at the time", "with an issuer that is not empty"),
        sources.API_IMPORT,
    ),
    also=(sources.UG_IMPORTPRE,),
)
IMPORT_OCSP_URL_CHARACTERS = Fact(
    "8.4b",
    "Characters of the OCSP address in an imported certificate, at the most.",
    undated(1_000, sources.UG_IMPORTPRE),
    also=(sources.API_IMPORT,),
)
IMPORT_CHAIN_FORM = Fact(
    "8.5",
    "What an imported chain must be.",
    undated(
        (
            "PEM",
            "each certificate certifies the one before",
            "without the leaf",
            "optional for a self-signed certificate",
        ),
        sources.UG_IMPORTFMT,
    ),
    note="Sources differ on whether a chain is needed: the guide now calls it optional, its page "
    "on troubleshooting mandatory.",
)
IMPORT_LEAF_MATCHES_AUTHORITY = Fact(
    "8.6",
    "The key family of an imported certificate must be that of its CA.",
    undated(True, sources.API_IMPORT),
    also=(sources.ARCHIVE,),
    note="Sources differ: today's guide no longer says so.",
)
REIMPORT_RULES = Fact(
    "8.7",
    "What holds for an import into an existing ARN.",
    undated(
        (
            "names may be added or removed, not all of them",
            "key type and size are fixed",
            "no key usage and no extended key usage may be removed",
            "no tags",
        ),
        sources.UG_REIMPORT,
    ),
)
REIMPORT_MAY_DROP: Fact[tuple[str, ...]] = Fact(
    "8.8",
    "The usages that an import into an existing ARN may drop; the second for ECDSA keys only.",
    Timeline(
        Era(date(2025, 10, 22), ("clientAuth",), sources.UG_HISTORY),
        Era(date(2026, 4, 3), ("clientAuth", "keyEncipherment"), sources.UG_HISTORY),
    ),
)
IMPORT_SUBJECTS = Fact(
    "8.9",
    "What the subject of an imported certificate may be.",
    undated(("domain name", "IP address"), sources.UG_IMPORTPRE),
)
CLOUDFORMATION_IMPORTS = Fact(
    "8.10",
    "CloudFormation can import a certificate.",
    undated(False, sources.UG_IMPORTPRE),
)
IMPORTS_ARE_RENEWED = Fact(
    "8.11",
    "An imported certificate is renewed by ACM.",
    undated(False, sources.UG_IMPORT),
)

# Reasons of failure and statuses: section B3

NO_AVAILABLE_CONTACTS = Fact(
    "B3.1",
    "The failure reason where no mail can be delivered: the domain that is mailed has no MX.",
    undated("NO_AVAILABLE_CONTACTS", sources.UG_FAILED),
)
ADDITIONAL_VERIFICATION_REQUIRED = Fact(
    "B3.2",
    "The failure reason of the fraud check on high-profile domains; AWS Support has to help.",
    undated("ADDITIONAL_VERIFICATION_REQUIRED", sources.UG_FAILED),
    note="The guide still names the Alexa top 1000, a list that ended in 2022.",
)
DOMAIN_NOT_ALLOWED = Fact(
    "B3.3",
    "The failure reason of a name on a list of dangerous or restricted ones.",
    undated("DOMAIN_NOT_ALLOWED", sources.ARCHIVE),
    also=(sources.UG_ACMEDV,),
    note="Google Safe Browsing and PhishTank in 2017; today's criteria are not known.",
)
INVALID_PUBLIC_DOMAIN = Fact(
    "B3.4",
    "The failure reason where the top-level domain does not exist.",
    undated("INVALID_PUBLIC_DOMAIN", sources.UG_FAILED),
)
DOMAIN_VALIDATION_DENIED = Fact(
    "B3.5",
    "The failure reason where the recipient refused to approve.",
    undated("DOMAIN_VALIDATION_DENIED", sources.BOTOCORE),
    Mark.INFERRED,
    note="The value is in the model, its meaning is not documented.",
)
CAA_ERROR = Fact(
    "B3.6",
    "The failure reason where CAA records shut Amazon out.",
    undated("CAA_ERROR", sources.UG_CAA),
)
PRIVATE_FAILURES = Fact(
    "B3.7",
    "The failure reasons of private CAs, and what each means.",
    undated(
        (
            ("PCA_LIMIT_EXCEEDED", "the quota of the CA"),
            ("PCA_INVALID_ARN", "a wrong ARN"),
            ("PCA_INVALID_STATE", "a CA that is not active"),
            ("PCA_REQUEST_FAILED", "the network"),
            ("PCA_NAME_CONSTRAINTS_VALIDATION", "name constraints of the CA"),
            ("PCA_RESOURCE_NOT_FOUND", "a CA that was deleted"),
            ("PCA_INVALID_ARGS", "bad arguments"),
            ("PCA_INVALID_DURATION", "a validity beyond that of the CA"),
            ("PCA_ACCESS_DENIED", "a missing permission"),
        ),
        sources.UG_EXC,
    ),
    Mark.INFERRED,
    (sources.BOTOCORE,),
    "The values are confirmed, and the meanings of five of them.",
)
SLR_NOT_FOUND = Fact(
    "B3.8",
    "The failure reason of another account's CA without the service-linked role.",
    undated("SLR_NOT_FOUND", sources.UG_EXC),
)
OTHER_FAILURE = Fact(
    "B3.9",
    "The failure reason of all else, most often a slip in a name.",
    undated("OTHER", sources.UG_FAILED),
)
STATUSES = Fact(
    "B3.10",
    "The statuses of a certificate.",
    undated(
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
)
ALGORITHM_HYPHENS = Fact(
    "B3.11",
    "DescribeCertificate may write a hyphen where the request has an underscore (`RSA-2048`).",
    undated(True, sources.TF_CERT),
    Mark.OBSERVED,
)
