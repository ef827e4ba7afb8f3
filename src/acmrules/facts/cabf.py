"""What the CA/Browser Forum demands of every public CA, by the days of its own requirements.

When AWS follows is a matter of its own and stands in `acmrules.facts.acm`.
"""

from __future__ import annotations

from datetime import date

from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, Fact, Mark, undated
from acmrules.facts.timeline import Era, Timeline

# Names: sections A1 and B2

TRAILING_DOT_ALLOWED = Fact(
    "1.12b",
    "A name in a certificate may end in the dot of the root label.",
    undated(False, sources.BR),
)
UNDERSCORES = Fact(
    "1.13b",
    "What a CA may issue for a name with an underscore.",
    Timeline(
        Era(date(2018, 12, 10), "short-lived certificates", sources.BR_SC12),
        Era(date(2019, 5, 1), "nothing", sources.BR_SC12),
    ),
    note="Ballot SC-012, adopted 2018-11-09; the short-lived exception ended on 2019-03-31.",
)
LABEL_KINDS = Fact(
    "1.16",
    "The kinds of label that a name may consist of, in any position.",
    Timeline(Era(date(2021, 10, 1), ("P-label", "non-reserved LDH label"), sources.BR)),
    also=(sources.BR_OLD,),
)
INTERNAL_NAMES = Fact(
    "1.19b",
    "What a CA does with internal names and reserved IP addresses.",
    Timeline(
        Era(date(2015, 11, 1), "issues no more", sources.BR),
        Era(date(2016, 10, 1), "has revoked all", sources.BR),
    ),
    also=(sources.BR_OLD,),
)
REVERSE_ZONES_ALLOWED = Fact(
    "1.20a",
    "A certificate may list a name in a reverse zone.",
    Timeline(
        Era(LAUNCH, True, sources.BR_OLD, seen=True),
        Era(date(2026, 3, 15), False, sources.BR),
    ),
    note="Section 4.2.2, ballot SC-086.",
)
ONION_NEEDS_OWN_VALIDATION = Fact(
    "1.21b",
    "A name under `.onion` needs a validation of its own kind.",
    undated(True, sources.BR),
    Mark.INFERRED,
    note="Appendix B is read; that ACM offers no such validation is concluded from its silence.",
)
PUBLIC_SUFFIX_WILDCARDS_ALLOWED = Fact(
    "1.25",
    "A wildcard may stand directly left of a public suffix.",
    Timeline(Era(date(2013, 9, 1), False, sources.BR)),
    also=(sources.BR_OLD,),
    note="Unless the applicant proves to hold the whole namespace; ACM's pattern lets it through.",
)
SUFFIX_SECTION = Fact(
    "B2.1a",
    "The section of the Public Suffix List that a CA should go by, in a fresh copy.",
    undated("ICANN", sources.BR),
    also=(sources.PSL,),
)

# E-mail validation: section A3

WHOIS_METHODS = Fact(
    "3.3",
    "How far contacts may be taken from WHOIS.",
    Timeline(
        Era(LAUNCH, "allowed", sources.BR, seen=True),
        Era(date(2025, 1, 15), "not from a website", sources.BR),
        Era(date(2025, 7, 15), "forbidden", sources.BR),
    ),
    note="Ballot SC-080; the methods are 3.2.2.4.2 and 3.2.2.4.15.",
)
VALIDATION_DOMAIN_MAY_BE_PUBLIC_SUFFIX = Fact(
    "3.9",
    "Mail may be sent to a public suffix to validate a name below it.",
    undated(False, sources.BR),
    Mark.INFERRED,
    note="Section 1.6.1 ends pruning at the Base Domain Name, one label left of the suffix.",
)
EMAIL_SUNSET = Fact(
    "3.16",
    "What holds for mail to constructed addresses (method 3.2.2.4.4).",
    Timeline(
        Era(LAUNCH, "allowed", sources.BR, seen=True),
        Era(date(2026, 3, 15), "discouraged", sources.BR),
        Era(date(2028, 3, 15), "forbidden", sources.BR),
    ),
    note="Ballot SC-090, adopted 2025-11-20, in force 2026-01-12; the last day ends old "
    "validations too.",
)
CONTACT_EMAIL_SUNSET = Fact(
    "3.17",
    "What holds for mail to contacts in CAA or TXT records (methods 3.2.2.4.13 and .14).",
    Timeline(
        Era(LAUNCH, "allowed", sources.BR, seen=True),
        Era(date(2028, 3, 15), "forbidden", sources.BR),
    ),
    note="Ballot SC-090.",
)

# DNS, CAA and HTTP validation: section A4

CAA_CHECKED = Fact(
    "4.13b",
    "A CA must look at the CAA records before it issues.",
    Timeline(Era(date(2017, 9, 8), True, sources.BR_OLD)),
)
CAA_UNKNOWN_CRITICAL_BLOCKS = Fact(
    "4.17b",
    "A CAA property with an unknown tag and the critical bit keeps every CA from issuing.",
    undated(True, sources.BR),
    note="Section 3.2.2.8.",
)
CAA_STANDARD = Fact(
    "4.19",
    "The standard by which CAA records are looked up.",
    undated("RFC 8659", sources.BR),
    also=(sources.RFC8659,),
    note="Of November 2019; it replaced RFC 6844.",
)
CAA_SEARCH = Fact(
    "4.20",
    "Where CAA records are looked for; the first set that is not empty decides.",
    undated(
        ("the name", "what a CNAME at the name leads to", "the parents of the name, upwards"),
        sources.RFC8659,
    ),
    Mark.INFERRED,
    (sources.RFC_ERRATA5065,),
    "Read in a summary and an erratum, not in the text of the RFC.",
)
CAA_HOURS = Fact(
    "4.21",
    "Hours within which a CA must issue after looking at CAA, or the TTL where that is longer.",
    undated(8, sources.BR),
)
DNSSEC_REQUIRED = Fact(
    "4.22",
    "A CA validates DNSSEC up to the root; a failure blocks issuance.",
    Timeline(Era(date(2026, 3, 15), True, sources.BR)),
    note="For validation and CAA queries, narrower for e-mail methods; ballots SC-085 and SC-094.",
)
MULTI_PERSPECTIVE_CHECKS = Fact(
    "4.23a",
    "What checking from several places of the network means for issuance.",
    Timeline(
        Era(date(2025, 3, 15), "required", sources.BR_2025),
        Era(date(2025, 9, 15), "blocking", sources.BR_2025),
    ),
    note="Ballot SC-067.",
)
REMOTE_PERSPECTIVES = Fact(
    "4.23b",
    "Remote places, at the least, from which a CA must check.",
    Timeline(
        Era(date(2026, 3, 15), 3, sources.BR_2025),
        Era(date(2026, 6, 15), 4, sources.BR_2025),
        Era(date(2026, 12, 15), 5, sources.BR_2025),
    ),
    note="Ballot SC-067.",
)
REUSE_DAYS = Fact(
    "4.24",
    "Days for which the validation of a name may be used again, at the most.",
    Timeline(
        Era(LAUNCH, 825, sources.BR_OLD, seen=True),
        Era(date(2021, 10, 1), 398, sources.BR_OLD),
        Era(date(2026, 3, 15), 200, sources.BR),
        Era(date(2027, 3, 15), 100, sources.BR),
        Era(date(2029, 3, 15), 10, sources.BR),
    ),
    note="Section 4.2.1; the day in 2021 is that of ballot SC-042.",
)
HTTP_WILDCARDS_ALLOWED = Fact(
    "4.26b",
    "Validation by HTTP may serve a wildcard or a parent domain.",
    Timeline(
        Era(LAUNCH, True, sources.BR_OLD, seen=True),
        Era(date(2021, 12, 1), False, sources.BR_OLD),
    ),
)
REDIRECT_CODES = Fact(
    "4.28b",
    "The status codes by which validation over HTTP may be redirected.",
    Timeline(Era(date(2021, 7, 1), (301, 302, 307, 308), sources.BR)),
)

# Lifetime: section A7

VALIDITY_DAYS = Fact(
    "7.3 7.4",
    "Days for which a public certificate may be valid, at the most.",
    Timeline(
        Era(date(2015, 4, 1), 1188, sources.BR_OLD),
        Era(date(2018, 3, 1), 825, sources.BR_OLD),
        Era(date(2020, 9, 1), 398, sources.BR_OLD),
        Era(date(2026, 3, 15), 200, sources.BR),
        Era(date(2027, 3, 15), 100, sources.BR),
        Era(date(2029, 3, 15), 47, sources.BR),
    ),
    note="Section 6.3.2. Until 2018 the bound was 39 months, here in days at the most. The steps "
    "from 2026 on are of ballot SC-081, adopted 2025-04-11, in force 2025-05-16.",
)
