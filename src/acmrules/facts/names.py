"""Names that stand apart: special-use, documentation, reverse zones, Amazon's own."""

from __future__ import annotations

from acmrules.facts import sources
from acmrules.facts.fact import Fact, Mark, undated

INTERNAL_SUFFIXES = Fact(
    "1.19c",
    "Suffixes of internal names, under no public top-level domain.",
    undated(("internal", "corp"), sources.UG_FAILED),
    also=(sources.BR,),
    note="`local` is internal too and stands among the special-use names.",
)
REVERSE_ZONE_SUFFIXES = Fact(
    "1.20b",
    "The reverse zones, whose names map addresses to names.",
    undated(("in-addr.arpa", "ip6.arpa"), sources.BR),
)
ONION_SUFFIX = Fact(
    "1.21a",
    "The suffix of Tor onion services.",
    undated("onion", sources.RFC7686),
    also=(sources.BR,),
)
AMAZON_SUFFIXES = Fact(
    "1.22",
    "Suffixes under which Amazon refuses a certificate, because they are its own.",
    undated(("amazonaws.com", "cloudfront.net", "elasticbeanstalk.com"), sources.UG_FAILED),
    note="The guide names these three; whether the list is complete is not known.",
)
SUFFIX_RULES = Fact(
    "B2.1b",
    "Rules of the Public Suffix List: in the ICANN section, in the private section.",
    undated((6949, 3299), sources.PSL),
    note="Of the copy of 2026-08-19.",
)
AMAZON_PUBLIC_SUFFIXES = Fact(
    "B2.2",
    "Suffixes of AWS in the private section of the Public Suffix List.",
    undated(
        ("cloudfront.net", "elasticbeanstalk.com", "amplifyapp.com", "*.awsapprunner.com"),
        sources.PSL,
    ),
    note="`amazonaws.com` itself is no entry.",
)
PUBLIC_SUFFIX_CAN_BE_VALIDATED = Fact(
    "B2.3",
    "An ordinary owner can prove to hold a public suffix such as `co.uk`.",
    undated(False, sources.BR),
    Mark.INFERRED,
    note="The rule on wildcards does not speak of such names.",
)
DOCUMENTATION_NAMES = Fact(
    "RFC2606",
    "Names reserved for examples, with all below them.",
    undated(("example", "example.com", "example.net", "example.org"), sources.RFC2606),
    also=(sources.RFC6761,),
)
SPECIAL_USE_SUFFIXES = Fact(
    "RFC6761",
    "Suffixes reserved for special use, which no public CA can validate.",
    undated(
        ("test", "localhost", "invalid", "local", "home.arpa", "alt"),
        sources.RFC6761,
    ),
    also=(sources.RFC2606, sources.RFC6762, sources.RFC8375, sources.RFC9476),
    note="Without `example`, `onion` and the reverse zones, which have facts of their own.",
)
