"""Facts about the CA/Browser Forum: its requirements for every public CA, with their dates.

AWS may apply a requirement on another date; those dates are in `acmrules.facts.acm`.
"""

from __future__ import annotations

from datetime import date

from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, dated, inferred, undated
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
CAA_SEARCH = inferred(
    "4.20",
    "Where a CA looks for CAA records; the first nonempty set decides.",
    (
        "the name",
        "the target of a CNAME at the name",
        "the parents of the name, from the closest up",
    ),
    sources.RFC8659,
    sources.RFC_ERRATA5065,
    note="Read in a summary and an erratum, not in the text of the RFC.",
)
REUSE_DAYS = dated(
    "4.24",
    "Maximum number of days for which a CA may reuse the validation of a name.",
    Era(LAUNCH, 825, sources.BR_OLD, seen=True),
    Era(date(2021, 10, 1), 398, sources.BR_OLD),
    Era(date(2026, 3, 15), 200, sources.BR),
    Era(date(2027, 3, 15), 100, sources.BR),
    Era(date(2029, 3, 15), 10, sources.BR),
    note="Section 4.2.1; the date in 2021 is that of ballot SC-042.",
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
