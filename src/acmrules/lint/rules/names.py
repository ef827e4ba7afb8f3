"""ACM1xx: names that ACM does not accept, or that their owner cannot validate."""

from __future__ import annotations

from datetime import date

from acmrules.facts import acm, cabf, sources
from acmrules.facts import names as name_facts
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
from acmrules.partial import dotted, ending, known_tail, literal, text_refusal
from acmrules.resources import Consumer
from acmrules.unresolved import (
    ListedName,
    Malformed,
    Unknown,
    Unresolved,
    UnresolvedNames,
    read_name,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.name_errors import NameFault
    from acmrules.request import CertificateRequest, Path

RULE_OF_FAULT = {
    "RESERVED_LABEL": "ACM103",
    "BROKEN_A_LABEL": "ACM103",
    "IP_ADDRESS": "ACM104",
    "NUMERIC_TOP_LABEL": "ACM104",
    "PARTIAL_WILDCARD": "ACM201",
    "INNER_WILDCARD": "ACM201",
    "LONE_WILDCARD": "ACM201",
    "UNEXPECTED_WILDCARD": "ACM201",
    "TOP_LEVEL_WILDCARD": "ACM202",
}
"""The rule that reports a fault; ACM101 reports the other ones.

A name has one fault, so one rule reports it. The keys are names of members of `NameFault`, which is
loaded only for an invalid name.
"""

_HELP_OF_FAULT = {
    "EMPTY": "set a domain name, or remove the entry",
    "MAIL_ADDRESS": "request the domain name after the `@`",
    "UNDERSCORE": "replace the underscores, for example with hyphens",
    "SINGLE_LABEL": "request the full domain name, such as `host.brightharbor.io`",
}


def rule_of_fault(fault: NameFault) -> str:
    """Return the rule that reports a fault."""
    return RULE_OF_FAULT.get(fault.name, "ACM101")


_REVERSE_ZONES_END = date(2026, 3, 15)

_AMAZON = dotted(name_facts.AMAZON_SUFFIXES.value)
_REVERSE_ZONES = dotted(name_facts.REVERSE_ZONE_SUFFIXES.value)
_ONION = dotted([name_facts.ONION_SUFFIX.value])
_DOCUMENTATION = dotted(name_facts.DOCUMENTATION_NAMES.value)
_NOT_PUBLIC = dotted(name_facts.SPECIAL_USE_SUFFIXES.value + name_facts.INTERNAL_SUFFIXES.value)
_OF_OTHER_RULES = _DOCUMENTATION + _ONION

SUFFIX_GROUPS = (_NOT_PUBLIC, _AMAZON, _REVERSE_ZONES, _ONION, _DOCUMENTATION)
"""The suffixes that rules search for, each with a leading dot; those of a group are equal."""

_PLACEHOLDERS = "placeholders"
_MOST_PLACEHOLDERS = 10
_ACCOUNT = Unknown("YOUR_ACCOUNT_ID", is_placeholder=True)
_ARN_TO_FILL_IN = Unresolved(("arn:aws:acm:eu-west-1:", _ACCOUNT, ":certificate/2f1c"))
_CLUES = (
    *("your", "example.", "domain.", ".domain", "company.", "foo.bar", ".tld", "xxxx"),
    *(".change", ".replace", ".todo", ".tbd", ".fixme", ".placeholder"),
)
"""Parts of valid names that may be placeholders; other names are not searched."""


def name_faults(request: CertificateRequest, context: Context, rule_id: str) -> Yielded:
    """Yield a problem for each invalid or partly known name whose fault belongs to a rule.

    Only the fixes depend on the validation options.
    """
    yield ALL_OPTIONS
    for index, error in context.refused.items():
        if rule_of_fault(error.fault) == rule_id:
            fix = _repair(request, index, error.text)
            yield Problem(
                ("names", index),
                error.sentence,
                span=error.span,
                fix=fix,
                help="" if fix else _HELP_OF_FAULT.get(error.fault.name, ""),
            )


def _repair(request: CertificateRequest, index: int, text: str) -> Fix | None:
    """Return a fix that removes spaces, a scheme, a path, a port, or a final dot."""
    bare = text.strip().rpartition("://")[2].partition("/")[0]
    host, colon, port = bare.partition(":")
    if colon and port.isdigit():
        bare = host
    bare = bare.removesuffix(".")
    if bare == text or text_refusal(bare) is not None:
        return None
    return rewritten(request, index, str(parse_name(bare)))


def rewritten(request: CertificateRequest, index: int, text: str) -> Fix:
    """Return a safe fix that replaces a name, also in the validation options that repeat it."""
    edits = [Edit(("names", index), text)]
    for position, option in enumerate(request.validation_options):
        if not isinstance(option, Unresolved) and option.domain_name == request.names[index]:
            edits.append(Edit(("validation_options", position, "domain_name"), text))
    return Fix(f"change it to `{text}`", tuple(edits), safe=True)


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
    help=(
        "use a domain name of two or more labels of letters, digits and hyphens, such as"
        " `www.brightharbor.io`"
    ),
    examples=lambda: (
        passes("brightharbor.io", "*.brightharbor.io"),
        fails("brightharbor.io.", at=("names", 0)),
        fails("brightharbor.io", "status_page.brightharbor.io", at=("names", 1)),
        fails("bücher.brightharbor.io", at=("names", 0)),
        fails("https://brightharbor.io", at=("names", 0)),
    ),
)
def malformed_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is not a valid domain name.

    A name has at least two labels of letters, digits and inner hyphens. A label has at most 63
    bytes, and the whole name at most 253. A final dot is not allowed. Encode names in other
    scripts as A-labels (`xn--…`).
    """
    yield from name_faults(request, context, "ACM101")
    for index, (name, spelling) in enumerate(zip(request.names, request.spellings, strict=False)):
        if not spelling.isascii() and not isinstance(name, Malformed | UnresolvedNames):
            is_literal = not isinstance(name, Unresolved)
            if isinstance(name, Unresolved) and literal(name).isascii():
                continue
            yield Problem(
                ("names", index),
                f"ACM accepts only ASCII names; write {quoted(spelling)} as `{name}`"
                if is_literal
                else f"ACM accepts only ASCII names; {quoted(spelling)} has other characters",
                fix=rewritten(request, index, str(name)) if is_literal else None,
                help="" if is_literal else "write the label as an A-label (`xn--…`)",
            )


@rule(
    "ACM102",
    Severity.WARNING,
    facts=(acm.UPPER_CASE_IS_FOLDED,),
    reads={"names", "spellings", "validation_options"},
    help="change {name} to lowercase",
    yields_to={"ACM304"},
    examples=lambda: (
        passes("brightharbor.io"),
        fails("BrightHarbor.io", at=("names", 0)),
    ),
)
def upper_case_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name contains uppercase letters.

    ACM stores and returns names in lowercase. A template with uppercase letters never matches the
    deployed certificate, and a tool that compares the strings plans a replacement.
    """
    del context
    yield ALL_OPTIONS
    for index, (name, spelling) in enumerate(zip(request.names, request.spellings, strict=False)):
        path = ("names", index)
        if isinstance(name, Unresolved):
            if name.lower() != name:
                yield Problem(
                    path,
                    f"{quoted(spelling)} contains uppercase letters; ACM stores names in lowercase",
                )
        elif not isinstance(name, Malformed | UnresolvedNames) and spelling.isascii():
            lower = spelling.lower()
            if lower != spelling:
                yield Problem(
                    path,
                    f"{quoted(spelling)} contains uppercase letters; ACM stores it as `{lower}`",
                    fix=rewritten(request, index, lower),
                )


@rule(
    "ACM103",
    Severity.ERROR,
    facts=(acm.RESERVED_LABEL_PREFIXES, cabf.LABEL_KINDS),
    reads={"names", "spellings", "validation_options"},
    help="rename the label, or encode the original label as an A-label (`xn--…`)",
    examples=lambda: (
        passes("xn--bcher-kva.brightharbor.io", "a--b.brightharbor.io"),
        fails("ab--cd.brightharbor.io", at=("names", 0)),
        fails("xn--a.brightharbor.io", at=("names", 0)),
    ),
)
def reserved_ldh_label(request: CertificateRequest, context: Context) -> Yielded:
    """A label has `--` in positions 3 and 4 but is not a valid A-label.

    Labels with these hyphens are reserved for A-labels. An A-label starts with `xn--`, and the
    rest must decode to a valid internationalized label that encodes to the same A-label.
    """
    yield from name_faults(request, context, "ACM103")


@rule(
    "ACM104",
    Severity.ERROR,
    facts=(acm.IP_ADDRESSES_ACCEPTED,),
    reads={"names", "spellings", "validation_options"},
    help="request a domain name that resolves to the address",
    examples=lambda: (
        passes("10.brightharbor.io"),
        fails("192.168.100.200", at=("names", 0)),
        fails("2001:db8::1", at=("names", 0)),
        fails("brightharbor.12", at=("names", 0)),
    ),
)
def ip_address_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is an IP address, or its last label consists of digits.

    ACM issues certificates only for domain names. Some IP addresses match ACM's pattern for names,
    but the request fails later.
    """
    yield from name_faults(request, context, "ACM104")
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
        name_facts.INTERNAL_SUFFIXES,
        name_facts.SPECIAL_USE_SUFFIXES,
    ),
    reads={"names"},
    public_only=True,
    help="request a name below a domain that you registered, or use a private CA",
    examples=lambda: (
        passes("brightharbor.io"),
        fails("build.brightharbor.local", at=("names", 0)),
        fails("brightharbor.internal", at=("names", 0)),
        fails("nas.home.arpa", at=("names", 0)),
        fails("brightharbor.notatld", at=("names", 0)),
    ),
)
def internal_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name does not end in a public top-level domain.

    ACM accepts the request, which then fails with `INVALID_PUBLIC_DOMAIN`. For names of a private
    network, use a private CA or a subdomain of a domain that you registered.
    """
    for index, name in enumerate(request.names):
        path = ("names", index)
        end = _end(name)
        if end is None:
            continue
        suffix, is_certain = ending(name, _NOT_PUBLIC)
        if suffix is not None:
            what = "domain" if "." in suffix else "top-level domain"
            yield Problem(
                path,
                f"`.{suffix}` is not a public {what}; no public CA can validate {quoted(name)}",
            )
        elif not context.suffixes.is_listed(end) and not ending(name, _OF_OTHER_RULES)[0]:
            if not _stands_in(end):
                yield Problem(
                    path,
                    f"`.{end.labels[-1]}` is not a known top-level domain"
                    f" (public suffix list of {context.suffixes.version})",
                )
        elif is_certain and isinstance(name, Unresolved):
            yield Decided(path)


def _end(name: ListedName) -> DomainName | None:
    """Return the name, a wildcard's parent, or a name with the known end of a partly known one."""
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
    facts=(name_facts.PUBLIC_SUFFIX_CAN_BE_VALIDATED, cabf.SUFFIX_SECTION),
    reads={"names"},
    public_only=True,
    help="request a name that you registered under {name}",
    yields_to={"ACM105", "ACM107", "ACM108"},
    examples=lambda: (
        passes("brightharbor.co.uk"),
        fails("co.uk", at=("names", 0)),
        fails("github.io", at=("names", 0)),
    ),
)
def public_suffix_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is a public suffix, under which anyone can register names.

    Only its registry can prove control of it. Usually, the first label is missing. For a suffix
    in the private section of the Public Suffix List (`github.io`), the finding is a note: its owner
    may request the certificate.
    """
    for index, name in enumerate(request.names):
        path = ("names", index)
        if isinstance(name, Unresolved):
            tail = known_tail(name)[0]
            if tail and not context.suffixes.has_suffixes_below(tail):
                yield Decided(path)
        elif isinstance(name, DomainName) and context.suffixes.is_public_suffix(name):
            severity = suffix_severity(name, context)
            yield Problem(
                path,
                f"`{name}` is a public suffix: anyone can register names under it, so you cannot"
                " prove control of it"
                if severity is None
                else f"`{name}` is a public suffix (private section): only its owner can validate"
                " it",
                severity=severity,
            )


def suffix_severity(suffix: DomainName, context: Context) -> Severity | None:
    """Return a note for a suffix of the private section, whose owner may request certificates."""
    return None if context.suffixes.icann.is_public_suffix(suffix) else Severity.NOTE


def _names_under(request: CertificateRequest, suffixes: tuple[str, ...], message: str) -> Yielded:
    """Yield a problem for each name under one of the suffixes.

    The message is a template for the quoted name and the suffix.
    """
    for index, name in enumerate(request.names):
        path = ("names", index)
        suffix, is_certain = ending(name, suffixes)
        if suffix is not None:
            yield Problem(path, message.format(name=quoted(name), suffix=suffix))
        elif is_certain and isinstance(name, Unresolved):
            yield Decided(path)


@rule(
    "ACM107",
    Severity.ERROR,
    facts=(name_facts.AMAZON_SUFFIXES,),
    reads={"names"},
    public_only=True,
    help="request a name of your own, and create an alias record from it to the resource",
    examples=lambda: (
        passes("brightharbor.io"),
        fails("harbor.eu-west-1.elb.amazonaws.com", at=("names", 0)),
        fails("d111111abcdef8.cloudfront.net", at=("names", 0)),
    ),
)
def amazon_owned_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name belongs to Amazon.

    Amazon does not issue certificates for the names that it assigns to resources such as load
    balancers and distributions. Give the resource a name of your own, and request that name.
    """
    del context
    yield from _names_under(request, _AMAZON, "{name} belongs to Amazon (`{suffix}`)")


@rule(
    "ACM108",
    Timeline(Era(_REVERSE_ZONES_END, Severity.ERROR, sources.BR)),
    facts=(cabf.REVERSE_ZONES_ALLOWED, name_facts.REVERSE_ZONE_SUFFIXES),
    reads={"names"},
    public_only=True,
    help="request the domain name that the address belongs to",
    examples=lambda: (
        passes("brightharbor.io"),
        passes("2.0.192.in-addr.arpa", as_of=date(2025, 1, 1)),
        fails("2.0.192.in-addr.arpa", at=("names", 0)),
    ),
)
def reverse_zone_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is in a reverse zone, which maps addresses to names.

    CAs no longer issue certificates for these names.
    """
    del context
    yield from _names_under(
        request,
        _REVERSE_ZONES,
        "{name} is a reverse-DNS name (`{suffix}`);"
        f" CAs stopped issuing for these on {_REVERSE_ZONES_END}",
    )


@rule(
    "ACM109",
    Severity.WARNING,
    facts=(name_facts.ONION_SUFFIX, cabf.ONION_NEEDS_OWN_VALIDATION),
    reads={"names"},
    public_only=True,
    help="remove {name}, or replace it with a name in DNS",
    examples=lambda: (
        passes("brightharbor.io"),
        fails("harbor.onion", at=("names", 0)),
    ),
)
def onion_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is the address of a Tor onion service.

    These names are not in DNS and need their own kind of validation. ACM does not document any.
    """
    del context
    message = "`.{suffix}` names are not in DNS, so ACM cannot validate {name}"
    yield from _names_under(request, _ONION, message)


@rule(
    "ACM110",
    Severity.NOTE,
    facts=(name_facts.DOCUMENTATION_NAMES,),
    reads={"names"},
    public_only=True,
    help="replace {name} with a name of your own",
    yields_to={"ACM111"},
    examples=lambda: (
        passes("brightharbor.io", "example.brightharbor.io"),
        fails("www.example.com", at=("names", 0)),
        fails("brightharbor.example", at=("names", 0)),
    ),
)
def documentation_name(request: CertificateRequest, context: Context) -> Yielded:
    """A name is reserved for documentation.

    You cannot prove control of it. It is probably left over from an example. A request gets one
    finding for all of these names.
    """
    del context
    reserved = []
    for index, name in enumerate(request.names):
        suffix, is_certain = ending(name, _DOCUMENTATION)
        if suffix is not None:
            reserved.append((index, name, suffix))
        if is_certain and isinstance(name, Unresolved):
            yield Decided(("names", index))
    if reserved:
        names = tuple(dict.fromkeys(name for _, name, _ in reserved))
        suffixes = tuple(dict.fromkeys(suffix for _, _, suffix in reserved))
        verb = "is" if len(names) == 1 else "are"
        yield Problem(
            ("names", reserved[0][0]),
            f"{quoted_list(names)} {verb} reserved for documentation ({quoted_list(suffixes)})",
            help="" if len(names) == 1 else "replace these names with names of your own",
            cause=_PLACEHOLDERS,
        )


@rule(
    "ACM111",
    Severity.NOTE,
    facts=(name_facts.DOCUMENTATION_NAMES,),
    reads=set(),
    on="everything",
    help="replace placeholders with real values; until then, checks that need them are undecided",
    examples=lambda: (
        passes("brightharbor.io", "your.brightharbor.io"),
        passes("www.example.com"),
        fails("brightharbor.io", "www.your-domain.com", at=("names", 1)),
        fails(
            consumers=(Consumer("alb", "Listener", _ARN_TO_FILL_IN),),
            at=("consumers", 0, "certificate"),
        ),
    ),
)
def placeholder(request: CertificateRequest | None, context: Context) -> Yielded:
    """A value is a placeholder that you have yet to replace.

    Placeholders are recognized by their form: uppercase words with underscores
    (`YOUR_ACCOUNT_ID`), words between signs (`<domain>`, `{{ domain }}`, `@@DOMAIN@@`,
    `%DOMAIN%`, `__DOMAIN__`), runs of `X`, `REPLACE_ME`, `changeme`, `TODO`, and accounts such as
    `12345678901`. Their values are unknown, so they are never an error. Valid names such as
    `your-domain.com` are still checked, because they may be in use. A request gets one finding for
    all of its placeholders.
    """
    found = [(path, label) for path, labels in context.placeholders.items() for label in labels]
    names = request.names if request else ()
    known: list[tuple[Path, str]] = []
    spellings = request.spellings if request else ()
    written = " ".join(spellings or map(str, names)).lower()
    if not written.isascii() or _has_clue(written):
        known += [(("names", i), str(name)) for i, name in enumerate(names) if _stands_in(name)]
    if not found and not known:
        return
    if context.is_private is False:
        known += [
            (("names", index), str(name))
            for index, name in enumerate(names)
            if isinstance(name, DomainName | WildcardDomainName) and ending(name, _DOCUMENTATION)[0]
        ]
    labels = tuple(dict.fromkeys(label for _, label in [*found, *known]))
    yield Problem(
        min([*found, *known], key=_rank)[0],
        _placeholders(labels),
        cause=_PLACEHOLDERS,
        values=labels,
        wording=_placeholders,
    )


def _placeholders(labels: tuple[str, ...]) -> str:
    are = "is a placeholder" if len(labels) == 1 else "are placeholders"
    return f"{quoted_list(labels, _MOST_PLACEHOLDERS)} {are}"


def _rank(placed: tuple[Path, str]) -> tuple[bool, bool]:
    """Return the order in which placeholders are located: names, other fields, consumers."""
    field = placed[0][0]
    return field == "consumers", field != "names"


def _has_clue(text: str) -> bool:
    return any(map(text.__contains__, _CLUES))


def _stands_in(name: ListedName) -> bool:
    """Return whether a valid name is used in place of a real one, and is not reserved for that."""
    if not isinstance(name, DomainName | WildcardDomainName):
        return False
    text = str(name)
    if not _has_clue(text) or ending(name, _DOCUMENTATION)[0]:
        return False
    from acmrules.placeholders import is_stand_in

    return is_stand_in(text)


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
    placeholder,
)
