"""Facts about special names: special-use, documentation, reverse zones, Amazon's own."""

from __future__ import annotations

from acmrules.facts import sources
from acmrules.facts.fact import inferred, undated

INTERNAL_SUFFIXES = undated(
    "1.19c",
    "Suffixes of internal names, which are not under a public top-level domain.",
    ("internal", "corp"),
    sources.UG_FAILED,
    sources.BR,
    note="`local` is internal too; it is one of the special-use names.",
)
REVERSE_ZONE_SUFFIXES = undated(
    "1.20b",
    "The reverse zones, which map addresses to names.",
    ("in-addr.arpa", "ip6.arpa"),
    sources.BR,
)
ONION_SUFFIX = undated(
    "1.21a", "The suffix of Tor onion services.", "onion", sources.RFC7686, sources.BR
)
AMAZON_SUFFIXES = undated(
    "1.22",
    "Suffixes that belong to Amazon, under which it rejects certificate requests.",
    ("amazonaws.com", "cloudfront.net", "elasticbeanstalk.com"),
    sources.UG_FAILED,
    note="The guide names these three; it is unknown whether the list is complete.",
)
PUBLIC_SUFFIX_CAN_BE_VALIDATED = inferred(
    "B2.3",
    "An ordinary owner can prove control of a public suffix such as `co.uk`.",
    False,
    sources.BR,
    note="The rule on wildcards does not mention such names.",
)
DOCUMENTATION_NAMES = undated(
    "RFC2606",
    "Names reserved for examples, including their subdomains.",
    ("example", "example.com", "example.net", "example.org"),
    sources.RFC2606,
    sources.RFC6761,
)
SPECIAL_USE_SUFFIXES = undated(
    "RFC6761",
    "Suffixes reserved for special use, which no public CA can validate.",
    ("test", "localhost", "invalid", "local", "home.arpa", "alt"),
    sources.RFC6761,
    sources.RFC2606,
    sources.RFC6762,
    sources.RFC8375,
    sources.RFC9476,
    note="Without `example`, `onion`, and the reverse zones, which have their own facts.",
)
