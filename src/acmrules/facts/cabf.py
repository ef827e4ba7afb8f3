"""What the CA/Browser Forum demands of every public CA, by the days of its own requirements.

When AWS follows is a matter of its own and stands in `acmrules.facts.acm`.
"""

from __future__ import annotations

from datetime import date

from acmrules.dated import Era
from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Mark, dated, undated

# Names: sections A1 and B2

LABEL_KINDS = dated(
    "1.16",
    "The kinds of label that a name may consist of, in any position.",
    Era(date(2021, 10, 1), ("P-label", "non-reserved LDH label"), sources.BR),
    also=(sources.BR_OLD,),
)
INTERNAL_NAMES = dated(
    "1.19b",
    "What a CA does with internal names and reserved IP addresses.",
    Era(date(2015, 11, 1), "issues no more", sources.BR),
    Era(date(2016, 10, 1), "has revoked all", sources.BR),
    also=(sources.BR_OLD,),
)
REVERSE_ZONES_ALLOWED = dated(
    "1.20a",
    "A certificate may list a name in a reverse zone.",
    Era(LAUNCH, True, sources.BR_OLD, seen=True),
    Era(date(2026, 3, 15), False, sources.BR),
    note="Section 4.2.2, ballot SC-086.",
)
ONION_NEEDS_OWN_VALIDATION = undated(
    "1.21b",
    "A name under `.onion` needs a validation of its own kind.",
    True,
    sources.BR,
    mark=Mark.INFERRED,
    note="Appendix B is read; that ACM offers no such validation is concluded from its silence.",
)
PUBLIC_SUFFIX_WILDCARDS_ALLOWED = dated(
    "1.25",
    "A wildcard may stand directly left of a public suffix.",
    Era(date(2013, 9, 1), False, sources.BR),
    also=(sources.BR_OLD,),
    note="Unless the applicant proves to hold the whole namespace; ACM's pattern lets it through.",
)
SUFFIX_SECTION = undated(
    "B2.1a",
    "The section of the Public Suffix List that a CA should go by, in a fresh copy.",
    "ICANN",
    sources.BR,
    sources.PSL,
)

# E-mail validation: section A3

VALIDATION_DOMAIN_MAY_BE_PUBLIC_SUFFIX = undated(
    "3.9",
    "Mail may be sent to a public suffix to validate a name below it.",
    False,
    sources.BR,
    mark=Mark.INFERRED,
    note="Section 1.6.1 ends pruning at the Base Domain Name, one label left of the suffix.",
)
EMAIL_SUNSET = dated(
    "3.16",
    "What holds for mail to constructed addresses (method 3.2.2.4.4).",
    Era(LAUNCH, "allowed", sources.BR, seen=True),
    Era(date(2026, 3, 15), "discouraged", sources.BR),
    Era(date(2028, 3, 15), "forbidden", sources.BR),
    note="Ballot SC-090, adopted 2025-11-20, in force 2026-01-12; the last day ends old "
    "validations too.",
)

# DNS, CAA and HTTP validation: section A4

CAA_CHECKED = dated(
    "4.13b",
    "A CA must look at the CAA records before it issues.",
    Era(date(2017, 9, 8), True, sources.BR_OLD),
)
CAA_SEARCH = undated(
    "4.20",
    "Where CAA records are looked for; the first set that is not empty decides.",
    ("the name", "what a CNAME at the name leads to", "the parents of the name, upwards"),
    sources.RFC8659,
    sources.RFC_ERRATA5065,
    mark=Mark.INFERRED,
    note="Read in a summary and an erratum, not in the text of the RFC.",
)
REUSE_DAYS = dated(
    "4.24",
    "Days for which the validation of a name may be used again, at the most.",
    Era(LAUNCH, 825, sources.BR_OLD, seen=True),
    Era(date(2021, 10, 1), 398, sources.BR_OLD),
    Era(date(2026, 3, 15), 200, sources.BR),
    Era(date(2027, 3, 15), 100, sources.BR),
    Era(date(2029, 3, 15), 10, sources.BR),
    note="Section 4.2.1; the day in 2021 is that of ballot SC-042.",
)

# Lifetime: section A7

VALIDITY_DAYS = dated(
    "7.3 7.4",
    "Days for which a public certificate may be valid, at the most.",
    Era(date(2015, 4, 1), 1188, sources.BR_OLD),
    Era(date(2018, 3, 1), 825, sources.BR_OLD),
    Era(date(2020, 9, 1), 398, sources.BR_OLD),
    Era(date(2026, 3, 15), 200, sources.BR),
    Era(date(2027, 3, 15), 100, sources.BR),
    Era(date(2029, 3, 15), 47, sources.BR),
    note="Section 6.3.2. Until 2018 the bound was 39 months, here in days at the most. The steps "
    "from 2026 on are of ballot SC-081, adopted 2025-04-11, in force 2025-05-16.",
)
