"""ACM1xx: whether each name is one that ACM accepts and that its owner can prove to hold."""

from __future__ import annotations

from datetime import date

from acmrules.errors import NameFault
from acmrules.facts import acm, cabf, sources
from acmrules.facts import names as apart
from acmrules.facts.timeline import Era, Timeline
from acmrules.lint.rule import (
    ALL_OPTIONS,
    Decided,
    Edit,
    Fix,
    Problem,
    Severity,
    fails,
    passes,
    rule,
)
from acmrules.messages import quoted, quoted_list
from acmrules.names import DomainName, WildcardDomainName, parse_name
from acmrules.partial import dotted, ending, known_tail, text_refusal
from acmrules.unresolved import Malformed, Unresolved, UnresolvedNames, read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest
    from acmrules.unresolved import ListedName

RESERVED = frozenset({NameFault.RESERVED_LABEL, NameFault.BROKEN_A_LABEL})
NUMERIC = frozenset({NameFault.IP_ADDRESS, NameFault.NUMERIC_TOP_LABEL})
MISPLACED = frozenset(
    {
        NameFault.PARTIAL_WILDCARD,
        NameFault.INNER_WILDCARD,
        NameFault.LONE_WILDCARD,
        NameFault.UNEXPECTED_WILDCARD,
    }
)
LEFT_OF_SUFFIX = frozenset({NameFault.TOP_LEVEL_WILDCARD})
MALFORMED = frozenset(NameFault) - RESERVED - NUMERIC - MISPLACED - LEFT_OF_SUFFIX
"""Each fault belongs to exactly one rule: 101 has what 103, 104, 201 and 202 leave."""

_AMAZON = dotted(apart.AMAZON_SUFFIXES.value)
_REVERSE_ZONES = dotted(apart.REVERSE_ZONE_SUFFIXES.value)
_ONION = dotted([apart.ONION_SUFFIX.value])
_DOCUMENTATION = dotted(apart.DOCUMENTATION_NAMES.value)
_NOT_PUBLIC = dotted(apart.SPECIAL_USE_SUFFIXES.value + apart.INTERNAL_SUFFIXES.value)
_TOLD_ELSEWHERE = _DOCUMENTATION + _ONION


def refusals(
    request: CertificateRequest, context: Context, faults: frozenset[NameFault]
) -> Yielded:
    """Yield a problem for each name whose fault is among these; fragments are judged too.

    The options are read for the fix alone.
    """
    yield ALL_OPTIONS
    for index, error in context.refused.items():
        if error.fault in faults:
            yield Problem(
                ("names", index),
                error.sentence,
                span=error.span,
                fix=_repair(request, index, error.text),
            )


def _repair(request: CertificateRequest, index: int, text: str) -> Fix | None:
    """Return what makes a text a name when nothing but its wrapping is wrong."""
    bare = text.strip().rpartition("://")[2].partition("/")[0]
    host, colon, port = bare.partition(":")
    if colon and port.isdigit():
        bare = host
    bare = bare.removesuffix(".")
    if bare == text or text_refusal(bare) is not None:
        return None
    return rewritten(request, index, str(parse_name(bare)))


def rewritten(request: CertificateRequest, index: int, text: str) -> Fix:
    """Return a safe fix that writes a name anew, in the options that repeat it too."""
    edits = [Edit(("names", index), text)]
    for place, option in enumerate(request.validation_options):
        if not isinstance(option, Unresolved) and option.domain_name == request.names[index]:
            edits.append(Edit(("validation_options", place, "domain_name"), text))
    return Fix(f"write `{text}`", tuple(edits), safe=True)


@rule(
    "ACM101",
    Severity.ERROR,
    facts=(
        acm.NAME_PATTERN,
        acm.MAX_LABEL_OCTETS,
        acm.MAX_NAME_OCTETS,
        acm.TRAILING_DOT_ACCEPTED,
        acm.UNDERSCORE_ACCEPTED,
        acm.U_LABELS_ACCEPTED,
        acm.LEAST_LABELS,
    ),
    reads={"names", "spellings", "validation_options"},
    examples=(
        passes("brightharbor.io", "*.brightharbor.io"),
        fails("brightharbor.io.", at=("names", 0)),
        fails("brightharbor.io", "status_page.brightharbor.io", at=("names", 1)),
        fails("bücher.brightharbor.io", at=("names", 0)),
        fails("https://brightharbor.io", at=("names", 0)),
    ),
)
def malformed_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is written in a way that ACM does not accept.

    A name is two labels or more of letters, digits and inner hyphens, at most 63 octets a label
    and 253 in all, without a final dot. Names in other scripts are sent as A-labels (`xn--`).
    """
    yield from refusals(request, context, MALFORMED)
    for index, (name, spelling) in enumerate(zip(request.names, request.spellings, strict=False)):
        if not spelling.isascii() and not isinstance(name, Malformed | UnresolvedNames):
            literal = not isinstance(name, Unresolved)
            yield Problem(
                ("names", index),
                f"{quoted(spelling)} is not ASCII; ACM takes A-labels"
                + (f", here `{name}`" if literal else ""),
                fix=rewritten(request, index, str(name)) if literal else None,
            )


@rule(
    "ACM102",
    Severity.WARNING,
    facts=(acm.UPPER_CASE_IS_FOLDED,),
    reads={"names", "spellings", "validation_options"},
    examples=(
        passes("brightharbor.io"),
        fails("BrightHarbor.io", at=("names", 0)),
    ),
)
def upper_case_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name has upper-case letters.

    ACM stores and returns names in lower case. A template that keeps the capitals differs from
    what is deployed for ever, and a tool that compares texts plans a replacement.
    """
    del context
    yield ALL_OPTIONS
    for index, (name, spelling) in enumerate(zip(request.names, request.spellings, strict=False)):
        path = ("names", index)
        if isinstance(name, Unresolved):
            if name.lower() != name:
                yield Problem(
                    path, f"{quoted(spelling)} has upper-case letters; ACM returns lower case"
                )
        elif not isinstance(name, Malformed | UnresolvedNames) and spelling.isascii():
            lower = spelling.lower()
            if lower != spelling:
                yield Problem(
                    path,
                    f"{quoted(spelling)} has upper-case letters; ACM returns `{lower}`",
                    fix=rewritten(request, index, lower),
                )


@rule(
    "ACM103",
    Severity.ERROR,
    facts=(acm.RESERVED_LABEL_PREFIXES, cabf.LABEL_KINDS),
    reads={"names", "spellings", "validation_options"},
    examples=(
        passes("xn--bcher-kva.brightharbor.io", "a--b.brightharbor.io"),
        fails("ab--cd.brightharbor.io", at=("names", 0)),
        fails("xn--a.brightharbor.io", at=("names", 0)),
    ),
)
def reserved_ldh_label(request: CertificateRequest, context: Context) -> Yielded:
    """A label has `--` in positions 3 and 4 and is no valid A-label.

    Only `xn--` may stand there, followed by what decodes to a valid internationalised label and
    encodes back to the same text.
    """
    yield from refusals(request, context, RESERVED)


@rule(
    "ACM104",
    Severity.ERROR,
    facts=(acm.IP_ADDRESSES_ACCEPTED,),
    reads={"names", "spellings", "validation_options"},
    examples=(
        passes("10.brightharbor.io"),
        fails("192.168.100.200", at=("names", 0)),
        fails("2001:db8::1", at=("names", 0)),
        fails("brightharbor.12", at=("names", 0)),
    ),
)
def ip_address_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is an IP address, or ends in a label of digits only.

    ACM issues for domain names only. Its pattern lets some addresses through, which fail later.
    """
    yield from refusals(request, context, NUMERIC)
    for index, name in enumerate(request.names):
        top = known_tail(name)[0].rpartition(".")[2]
        if isinstance(name, Unresolved) and top and not top.isdigit():
            yield Decided(("names", index))


@rule(
    "ACM105",
    Severity.ERROR,
    facts=(
        acm.INTERNAL_NAME_FAILURE,
        cabf.INTERNAL_NAMES,
        apart.INTERNAL_SUFFIXES,
        apart.SPECIAL_USE_SUFFIXES,
    ),
    reads={"names"},
    public_only=True,
    examples=(
        passes("brightharbor.io"),
        fails("build.brightharbor.local", at=("names", 0)),
        fails("brightharbor.internal", at=("names", 0)),
        fails("nas.home.arpa", at=("names", 0)),
        fails("brightharbor.notatld", at=("names", 0)),
    ),
)
def internal_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name ends in no public top-level domain.

    The request is accepted and then fails with `INVALID_PUBLIC_DOMAIN`. For names of a private
    network ask a private CA, or use a subdomain of a name you own.
    """
    for index, name in enumerate(request.names):
        path = ("names", index)
        end = _end(name)
        if end is None:
            continue
        suffix, sure = ending(name, _NOT_PUBLIC)
        if suffix is not None:
            yield Problem(path, f"{quoted(name)} ends in `{suffix}`, which is not public")
        elif not context.suffixes.is_listed(end) and not ending(name, _TOLD_ELSEWHERE)[0]:
            yield Problem(
                path,
                f"{quoted(name)} ends in `{end.labels[-1]}`, no top-level domain of the public"
                f" suffix list of {context.suffixes.version}",
            )
        elif sure and isinstance(name, Unresolved):
            yield Decided(path)


def _end(name: ListedName) -> DomainName | None:
    """Return a name, or one that ends like it where it is known in part."""
    if isinstance(name, DomainName):
        return name
    if isinstance(name, WildcardDomainName):
        return name.parent
    tail, _ = known_tail(name)
    end = read_name(f"any.{tail}")
    return end if isinstance(end, DomainName) else None


@rule(
    "ACM106",
    Severity.WARNING,
    facts=(apart.PUBLIC_SUFFIX_CAN_BE_VALIDATED, cabf.SUFFIX_SECTION),
    reads={"names"},
    public_only=True,
    examples=(
        passes("brightharbor.co.uk"),
        fails("co.uk", at=("names", 0)),
        fails("github.io", at=("names", 0)),
    ),
)
def public_suffix_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is itself a public suffix, under which anybody may register.

    Nobody but its registry can prove to hold it; probably a label in front is missing. Of the
    private section of the list (`github.io`) the owner may well ask, so that is a note.
    """
    for index, name in enumerate(request.names):
        path = ("names", index)
        if isinstance(name, Unresolved):
            tail = known_tail(name)[0]
            if tail and not context.suffixes.has_suffixes_below(tail):
                yield Decided(path)
        elif isinstance(name, DomainName) and context.suffixes.is_public_suffix(name):
            section, severity = suffix_section(name, context)
            yield Problem(
                path,
                f"`{name}` is a public suffix of the {section} section",
                severity=severity,
            )


def suffix_section(suffix: DomainName, context: Context) -> tuple[str, Severity | None]:
    """Return in which section of the list a public suffix is, and what that weighs."""
    icann = context.suffixes.icann.is_public_suffix(suffix)
    return ("ICANN", None) if icann else ("private", Severity.NOTE)


def _ends_apart(request: CertificateRequest, suffixes: tuple[str, ...], why: str) -> Yielded:
    """Yield a problem for each name under one of the suffixes, and which names are surely not."""
    for index, name in enumerate(request.names):
        path = ("names", index)
        suffix, sure = ending(name, suffixes)
        if suffix is not None:
            yield Problem(path, f"{quoted(name)} {why.format(suffix)}")
        elif sure and isinstance(name, Unresolved):
            yield Decided(path)


@rule(
    "ACM107",
    Severity.ERROR,
    facts=(apart.AMAZON_SUFFIXES,),
    reads={"names"},
    public_only=True,
    examples=(
        passes("brightharbor.io"),
        fails("harbor.eu-west-1.elb.amazonaws.com", at=("names", 0)),
        fails("d111111abcdef8.cloudfront.net", at=("names", 0)),
    ),
)
def amazon_owned_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name belongs to Amazon.

    Amazon refuses a certificate for the names it gives to load balancers, distributions and the
    like. Give the resource a name of your own and ask for that one.
    """
    del context
    yield from _ends_apart(request, _AMAZON, "is under `{}`, which is Amazon's")


@rule(
    "ACM108",
    Timeline(Era(date(2026, 3, 15), Severity.ERROR, sources.BR)),
    facts=(cabf.REVERSE_ZONES_ALLOWED, apart.REVERSE_ZONE_SUFFIXES),
    reads={"names"},
    public_only=True,
    examples=(
        passes("brightharbor.io"),
        passes("2.0.192.in-addr.arpa", as_of=date(2025, 1, 1)),
        fails("2.0.192.in-addr.arpa", at=("names", 0)),
    ),
)
def reverse_zone_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is in a reverse zone, which maps addresses to names.

    Certification authorities must not issue for such names any more. Ask for the name that the
    address belongs to.
    """
    del context
    why = "is in the reverse zone `{}`"
    yield from _ends_apart(request, _REVERSE_ZONES, why)


@rule(
    "ACM109",
    Severity.WARNING,
    facts=(apart.ONION_SUFFIX, cabf.ONION_NEEDS_OWN_VALIDATION),
    reads={"names"},
    public_only=True,
    examples=(
        passes("brightharbor.io"),
        fails("harbor.onion", at=("names", 0)),
    ),
)
def onion_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is that of a Tor onion service.

    Such names are not in the DNS. They need a validation of their own kind, which ACM does not
    describe.
    """
    del context
    yield from _ends_apart(request, _ONION, "is under `{}`, not in the DNS")


@rule(
    "ACM110",
    Severity.NOTE,
    facts=(apart.DOCUMENTATION_NAMES,),
    reads={"names"},
    public_only=True,
    examples=(
        passes("brightharbor.io", "example.brightharbor.io"),
        fails("www.example.com", at=("names", 0)),
        fails("brightharbor.example", at=("names", 0)),
    ),
)
def documentation_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is reserved for documentation.

    Nobody can prove to hold it: an example was left in. Said once for all names of a request.
    """
    del context
    reserved = []
    for index, name in enumerate(request.names):
        suffix, sure = ending(name, _DOCUMENTATION)
        if suffix is not None:
            reserved.append((index, name, suffix))
        if sure and isinstance(name, Unresolved):
            yield Decided(("names", index))
    if reserved:
        listed = tuple(dict.fromkeys(name for _, name, _ in reserved))
        under = tuple(dict.fromkeys(suffix for _, _, suffix in reserved))
        verb = "is" if len(listed) == 1 else "are"
        yield Problem(
            ("names", reserved[0][0]),
            f"{quoted_list(listed)} {verb} under {quoted_list(under)}, reserved for documentation",
        )


RULES = (
    malformed_name,
    upper_case_name,
    reserved_ldh_label,
    ip_address_name,
    internal_name,
    public_suffix_name,
    amazon_owned_name,
    reverse_zone_name,
    onion_name,
    documentation_name,
)
