"""Facts about DNS answers: what they prove about the validation of a name."""

from __future__ import annotations

from datetime import date

from acmrules.facts import sources
from acmrules.facts.fact import LAUNCH, dated, observed, undated
from acmrules.facts.timeline import Era

# The validation record

RECORD_MINUTES = undated(
    "P.1",
    "Minutes that ACM may need to validate a name after its record is correct.",
    30,
    sources.UG_DNSTS,
    sources.UG_DNS,
)
LONGEST_CHAIN = undated(
    "P.2",
    "Maximum number of CNAME records that ACM follows from the name of the validation record.",
    5,
    sources.UG_DNS,
)
VALUE_UNDERSCORE_REQUIRED = undated(
    "P.3",
    "The value of the validation record needs its leading underscore.",
    False,
    sources.UG_DNSTS,
    note="Some DNS hosts do not allow an underscore in a value. The name needs its own.",
)
NAME_UNDERSCORE_REQUIRED = undated(
    "P.4", "The name of the validation record needs its leading underscore.", True, sources.UG_DNSTS
)
NAME_WITH_ZONE = undated(
    "P.5",
    "Some DNS hosts add the name of the zone to the name that you enter.",
    True,
    sources.UG_DNS,
    sources.REPOST_PENDING,
    note="A record at `_token.example.com.example.com` results. Enter the name without the zone.",
)
VALUE_WITH_ZONE = undated(
    "P.6",
    "A DNS host adds the name of the zone to a value that does not end in a dot.",
    True,
    sources.REPOST_PENDING,
    sources.UG_DNSTS,
)
VALUE_IS_OF_ONE_NAME = undated(
    "P.7",
    "The name and the value of a validation record belong to one name and one account.",
    True,
    sources.UG_DNS,
    sources.REPOST_PENDING,
)
NAME_BEATS_WILDCARD = undated(
    "P.8",
    "A record at a name takes precedence over a wildcard record above it.",
    True,
    sources.RFC4592,
)
ALIAS_FLATTENED = observed(
    "P.9",
    "What a server that flattens or proxies a CNAME record answers with.",
    ("A", "AAAA"),
    sources.CLOUDFLARE_FLATTENING,
    note="Cloudflare does so for a proxied record, and for one that is set to be flattened.",
)
CNAME_IS_ALONE = undated(
    "P.10",
    "A name with a CNAME record can have other data.",
    False,
    sources.RFC1034,
    sources.REPOST_PENDING,
    note="Section 3.6.2. Only records of DNSSEC are allowed next to it.",
)

# Servers and zones

DNSSEC_BLOCKS = dated(
    "P.11",
    "Broken DNSSEC prevents issuance.",
    Era(LAUNCH, False, sources.BR_OLD, seen=True),
    Era(date(2026, 3, 15), True, sources.BR),
    also=(sources.BR_SC100,),
    note="CAs validate the responses to validation and CAA queries.",
)

# CAA, email and HTTP

CAA_FAILURE_PERMITS = undated(
    "P.14",
    "When a CA may treat a failed CAA lookup as permission; all three apply.",
    (
        "the failure is outside the CA's infrastructure",
        "the lookup was retried",
        "the zone is not signed",
    ),
    sources.BR,
)
MAIL_NEEDS_MX = undated(
    "P.15",
    "The failure reason if a domain has no MX record.",
    "NO_AVAILABLE_CONTACTS",
    sources.UG_EMAILTS,
)
MX_REFUSES_MAIL = undated(
    "P.16", "The MX record of a domain that does not accept mail.", "0 .", sources.RFC7505
)
HTTP_REDIRECT_CODES = undated(
    "P.17",
    "The status codes with which the URL of HTTP validation may redirect.",
    (301, 302, 307, 308),
    sources.BR,
    sources.UG_HTTPREDIR,
    note="A redirect is optional: the URL may serve the content itself.",
)
HTTP_NEEDS_CLOUDFRONT = undated(
    "P.18",
    "The name must resolve to the domain of its CloudFront distribution or connection group.",
    "cloudfront.net",
    sources.CF_MANAGED,
    sources.UG_HTTPTS,
)
