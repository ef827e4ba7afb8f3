"""Facts about the CA/Browser Forum and browsers: their requirements for every public CA.

AWS may apply a requirement on another date; those dates are in `acmrules.facts.acm`.
"""

from __future__ import annotations

from datetime import date

from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Fact, dated, inferred, undated
from acmrules.facts.timeline import Era

# Names: sections A1 and B2

LABEL_KINDS = dated(
    "1.16",
    "The kinds of label allowed in a name, in any position.",
    Era(date(2021, 10, 1), ("P-label", "non-reserved LDH label"), sources.BR),
    also=(sources.BR_OLD,),
)
INTERNAL_NAMES = dated(
    "1.19b",
    "What CAs do with internal names and reserved IP addresses.",
    Era(date(2015, 11, 1), "no longer issue", sources.BR),
    Era(date(2016, 10, 1), "have revoked all", sources.BR),
    also=(sources.BR_OLD,),
)
REVERSE_ZONES_ALLOWED = dated(
    "1.20a",
    "A certificate may contain a name in a reverse zone.",
    Era(LAUNCH, True, sources.BR_OLD, seen=True),
    Era(date(2026, 3, 15), False, sources.BR),
    note="Section 4.2.2, ballot SC-086.",
)
ONION_NEEDS_OWN_VALIDATION = inferred(
    "1.21b",
    "A name under `.onion` needs its own kind of validation.",
    True,
    sources.BR,
    note="Appendix B states it; that ACM has no such validation follows from its silence.",
)
PUBLIC_SUFFIX_WILDCARDS_ALLOWED = dated(
    "1.25",
    "A wildcard may be directly under a public suffix.",
    Era(date(2013, 9, 1), False, sources.BR),
    also=(sources.BR_OLD,),
    note="Unless the applicant proves control of the whole namespace; ACM's pattern accepts it.",
)
SUFFIX_SECTION = undated(
    "B2.1a",
    "The section of the Public Suffix List that a CA should use, in a current copy.",
    "ICANN",
    sources.BR,
    sources.PSL,
)

# Signatures and the common name: section A8

WEAK_SIGNATURES_END = dated(
    "8.12",
    "The hash algorithm with which CAs no longer sign certificates of servers.",
    Era(date(2016, 1, 1), "SHA-1", sources.BR),
    also=(sources.BR_OLD,),
    note="Section 7.1.3.2. The pages of ACM about imports name no hash algorithms.",
)
WEAK_SIGNING_REQUESTS_END = dated(
    "8.13",
    "The hash algorithm with which Let's Encrypt accepts no signing requests.",
    Era(date(2022, 9, 15), "SHA-1", sources.LE_SHA1),
    note="It is unknown whether ACM's ACME endpoints or AWS Private CA accept them.",
)
COMMON_NAME_LISTED = undated(
    "8.14",
    "The common name of a server's certificate must be one of its alternative names.",
    True,
    sources.BR,
    sources.RFC9525,
    note="Section 7.1.4.3. Clients ignore the common name (RFC 9525, section 2).",
)

# Email validation: section A3

VALIDATION_DOMAIN_MAY_BE_PUBLIC_SUFFIX = inferred(
    "3.9",
    "Mail to a public suffix may validate a name under it.",
    False,
    sources.BR,
    note="Section 1.6.1 ends pruning at the Base Domain Name, one label under the suffix.",
)
EMAIL_SUNSET = dated(
    "3.16",
    "The status of mail to constructed addresses (method 3.2.2.4.4).",
    Era(LAUNCH, "allowed", sources.BR, seen=True),
    Era(date(2026, 3, 15), "discouraged", sources.BR),
    Era(date(2028, 3, 15), "forbidden", sources.BR),
    note="Ballot SC-090, adopted 2025-11-20, in force 2026-01-12; the last date also ends earlier "
    "validations.",
)

# DNS, CAA and HTTP validation: section A4

CAA_CHECKED = dated(
    "4.13b",
    "A CA must check CAA records before it issues.",
    Era(date(2017, 9, 8), True, sources.BR_OLD),
)
CAA_SEARCH = undated(
    "4.20",
    "Where a CA looks for CAA records; the first nonempty set decides.",
    (
        "the name",
        "the target of a CNAME at the name",
        "the parents of the name, from the closest up",
    ),
    sources.RFC8659,
    sources.RFC_ERRATA5065,
    note="Section 3 of the RFC, which the Baseline Requirements impose on every CA.",
)
REMOTE_PERSPECTIVES = dated(
    "4.23b",
    "Minimum number of remote network perspectives from which a CA must check.",
    Era(date(2025, 3, 15), 2, sources.BR),
    Era(date(2026, 3, 15), 3, sources.BR),
    Era(date(2026, 6, 15), 4, sources.BR),
    Era(date(2026, 12, 15), 5, sources.BR),
    also=(sources.BR_2025,),
    note="Ballot SC-067.",
)
REUSE_DAYS = dated(
    "4.24",
    "Maximum number of days for which a CA may reuse the validation of a name.",
    Era(LAUNCH, 1188, sources.BR_OLD, seen=True),
    Era(date(2018, 3, 1), 825, sources.BR_197),
    Era(date(2021, 10, 1), 398, sources.BR_OLD),
    Era(date(2026, 3, 15), 200, sources.BR),
    Era(date(2027, 3, 15), 100, sources.BR),
    Era(date(2029, 3, 15), 10, sources.BR),
    note="Section 4.2.1. Until 2018 the limit was 39 months, here the maximum in days; the date in "
    "2021 is that of ballot SC-042.",
)
CAA_PARAMETERS = dated(
    "4.31",
    "How a CA treats the CAA parameters `accounturi` and `validationmethods`.",
    Era(LAUNCH, "may ignore them", sources.BR_OLD, seen=True),
    Era(date(2026, 6, 12), "should honor them", sources.BR_SC98),
    Era(date(2027, 3, 15), "must honor them", sources.BR_SC98),
    also=(sources.BR_SC98_TEXT,),
    note="Ballot SC-098.",
)
CAA_METHOD_LABELS: Fact[tuple[tuple[str, str], ...]] = dated(
    "4.32",
    "The labels of `validationmethods` for ACM's validation methods, in lowercase.",
    Era(
        date(2026, 6, 12),
        (("DNS", "ca-tbr-7"), ("EMAIL", "ca-tbr-4"), ("HTTP", "ca-tbr-18")),
        sources.BR_SC98_TEXT,
    ),
    note="`ca-tbr-` and the number of the method in section 3.2.2.4 (DNS change 7, constructed "
    "email 4, website 18), unless IANA's registry of ACME methods has a label.",
)
CAA_ACCOUNT_FORM = dated(
    "4.33",
    "The form of `accounturi` that identifies an account of Amazon.",
    Era(date(2026, 6, 12), "unknown", sources.BR_SC98_TEXT),
    note="Each CA defines its own form; Amazon has not documented one.",
)

# Lifetime: section A7

VALIDITY_DAYS = dated(
    "7.3 7.4",
    "Maximum validity of a public certificate in days.",
    Era(date(2015, 4, 1), 1188, sources.BR_OLD),
    Era(date(2018, 3, 1), 825, sources.BR_OLD),
    Era(date(2020, 9, 1), 398, sources.BR_OLD),
    Era(date(2026, 3, 15), 200, sources.BR),
    Era(date(2027, 3, 15), 100, sources.BR),
    Era(date(2029, 3, 15), 47, sources.BR),
    note="Section 6.3.2. Until 2018 the limit was 39 months, here the maximum in days. Ballot "
    "SC-081, adopted 2025-04-11, in force 2025-05-16, set the steps from 2026.",
)

# Browsers: section CHR

CHROME_CLIENT_AUTH = dated(
    "CHR.1",
    "The status of `clientAuth` in publicly trusted certificates for Chrome.",
    Era(LAUNCH, "allowed", sources.CHROME_POLICY, seen=True),
    Era(date(2026, 6, 15), "not from new CAs", sources.CHROME_POLICY),
    Era(date(2027, 3, 15), "forbidden", sources.CHROME_POLICY),
    note="Chrome Root Program Policy 1.8, from a third party.",
)
