"""Names that stand apart: special-use, documentation, reverse zones, Amazon's own."""

from __future__ import annotations

from acmrules.facts import sources
from acmrules.facts.fact import Mark, undated

INTERNAL_SUFFIXES = undated(
    "1.19c",
    "Suffixes of internal names, under no public top-level domain.",
    ("internal", "corp"),
    sources.UG_FAILED,
    sources.BR,
    note="`local` is internal too and stands among the special-use names.",
)
REVERSE_ZONE_SUFFIXES = undated(
    "1.20b",
    "The reverse zones, whose names map addresses to names.",
    ("in-addr.arpa", "ip6.arpa"),
    sources.BR,
)
ONION_SUFFIX = undated(
    "1.21a", "The suffix of Tor onion services.", "onion", sources.RFC7686, sources.BR
)
AMAZON_SUFFIXES = undated(
    "1.22",
    "Suffixes under which Amazon refuses a certificate, because they are its own.",
    ("amazonaws.com", "cloudfront.net", "elasticbeanstalk.com"),
    sources.UG_FAILED,
    note="The guide names these three; whether the list is complete is not known.",
)
PUBLIC_SUFFIX_CAN_BE_VALIDATED = undated(
    "B2.3",
    "An ordinary owner can prove to hold a public suffix such as `co.uk`.",
    False,
    sources.BR,
    mark=Mark.INFERRED,
    note="The rule on wildcards does not speak of such names.",
)
DOCUMENTATION_NAMES = undated(
    "RFC2606",
    "Names reserved for examples, with all below them.",
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
    note="Without `example`, `onion` and the reverse zones, which have facts of their own.",
)
