"""Strategies of strings and files that tests alone need; `acmrules.strategies` has the others.

Each is a plural noun, and draws small values first.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from string import ascii_uppercase, digits
from unicodedata import is_normalized

from hypothesis import strategies as st

from acmrules.placeholders import in_name
from acmrules.request import CertificateRequest, Tag, Tool, ValidationOption
from acmrules.strategies import names
from acmrules.unresolved import Unknown, Unresolved, read_name

# Names -------------------------------------------------------------------------------------------


@cache
def name_texts():
    """Draw strings that are names, or nearly, with every kind of fault."""
    others = "\u00fc\u3002\u05d0\u00ad\uff0e"
    return _near_names(_SIGNS + others, [*_SLIPS, "\u00fc", "\u05d0"], st.characters())


_SIGNS = "aB1-.*_ :/@[]xn"
_SLIPS = ["", ".", "..", "-", "--", "*", "*.", " ", "_", "xn--"]


def _near_names(signs, slips, characters):
    """Draw names with a slip, and strings of signs or of any characters."""
    crossed = st.builds(
        lambda text, place, sign: text[: place % len(text)] + sign + text[place % len(text) :],
        names().map(str),
        st.integers(0, 300),
        st.sampled_from(slips),
    )
    in_com = st.lists(st.text(characters, min_size=1, max_size=4), min_size=1, max_size=3).map(
        lambda parts: ".".join([*parts, "com"])
    )
    return st.text(signs, max_size=12) | crossed | in_com | st.text(characters, max_size=8)


@cache
def ascii_name_texts():
    """Draw ASCII strings that are names, or nearly."""
    shouted = names().map(lambda name: str(name).upper())
    signs = st.text("aZ19-.*_", max_size=12)
    long = st.lists(
        st.text(ascii_uppercase + digits, min_size=50, max_size=66), min_size=3, max_size=4
    ).map(".".join)
    return shouted | signs | long | _near_names(_SIGNS, _SLIPS, st.characters(max_codepoint=127))


@cache
def unicode_name_texts():
    """Draw strings in any script that are names, or nearly, in any spelling that maps to one."""
    scripts = st.sampled_from(
        [
            "\u00fc\u00df\u00c5\u1e9ea1-",
            "\u0430\u0411\u0456\u0473-",
            "\u05d0\u05d1\u06271\u0661-",
            "\u0915\u094d\u200d\u0937\u200c",
            "\uff57\uff21\u3042\u30fb\u6f22\uff0d",
            "l\u00b7\u00ad\u0301\u0345\u00e9",
        ]
    )
    written = scripts.flatmap(lambda signs: st.text(signs, min_size=1, max_size=5))
    letters = st.text(st.characters(categories=["L", "M", "N"]), min_size=1, max_size=3)
    dots = st.sampled_from([".", ".", ".", "\u3002", "\uff0e", "\uff61"])
    ends = st.sampled_from(["com", "COM", "xn--p1ai", "\u05d0\u05d1", "\u00fc"])
    return st.builds(
        lambda below, dot, end: dot.join([*below, end]),
        st.lists(written | written | letters, min_size=1, max_size=3),
        dots,
        ends,
    )


# Names known in part -----------------------------------------------------------------------------

_UNKNOWN_THINGS = (Unknown("${X}"), Unknown("${Y}"))


@cache
def unresolved_names():
    """Draw names of the same small family with one or two unknown parts."""
    pieces = st.sampled_from(["*.", "a.", "b", ".", "a.b.", ".com", "example.com", ".example.com"])
    parts = st.lists(pieces | st.sampled_from(_UNKNOWN_THINGS), min_size=1, max_size=4)
    return parts.map(tuple).map(Unresolved).filter(lambda name: name.unknowns)


@cache
def meanings():
    """Draw values, by label, for the unknown parts of `unresolved_names`."""
    values = st.sampled_from(
        ["", "a", "b", "a.b", "*", "*.a", "com", "example.com", "a.example.com", "a.", ".com"]
    )
    return st.fixed_dictionaries({unknown.label: values for unknown in _UNKNOWN_THINGS})


# Public suffix lists -----------------------------------------------------------------------------


@cache
def suffix_rules():
    """Draw rules of a small list: plain ones, wildcards, and exceptions under a wildcard."""
    tails = st.lists(st.sampled_from(["a", "b", "\u00fc"]), max_size=2).map(
        lambda below: ".".join([*below, "com"])
    )
    return st.tuples(st.sampled_from(["", "*.", "!a."]), tails).map("".join)


@cache
def suffix_lists():
    """Texts of small lists that keep to the conventions of the public one.

    An exception lifts a wildcard of its own section, and there is no rule below an exception.
    """
    sections = st.tuples(st.lists(suffix_rules(), max_size=6), st.lists(suffix_rules(), max_size=3))
    return sections.map(_suffix_list)


def _suffix_list(sections):
    icann, private = (
        [r for r in rules if r[0] != "!" or "*." + r.partition(".")[2] in rules]
        for rules in sections
    )
    lifted = tuple(rule[1:] for rule in icann + private if rule[0] == "!")
    icann, private = (
        [r for r in rules if r[0] == "!" or not f".{r}".endswith(tuple(f".{n}" for n in lifted))]
        for rules in (icann, private)
    )
    return "\n".join(
        [
            "// ===BEGIN ICANN DOMAINS===",
            *icann,
            "// ===END ICANN DOMAINS===",
            "// ===BEGIN PRIVATE DOMAINS===",
            *private,
        ]
    )


# Facts that change -------------------------------------------------------------------------------


@cache
def days():
    """Draw days around those of the facts."""
    return st.dates(date(2015, 1, 1), date(2030, 12, 31))


# Requests, as they can be written -----------------------------------------------------------------

_AUTHORITY = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"
_LABELS = {Tool.CLOUDFORMATION: "${{{}}}", Tool.TERRAFORM: "${{var.{}}}"}


@cache
def _request_fields(tool, *, with_zones):
    """Return strategies for the names and the other fields of requests, made once for all draws.

    CloudFormation has either zones or validation domains in its options.
    """

    def texts(known):
        if tool not in _LABELS:
            return known
        label = st.sampled_from(["A", "Other"]).map(_LABELS[tool].format)
        return known | st.builds(_open, st.sampled_from(["", "a.$", "{"]), label, known)

    # No file has half of a surrogate pair.
    encodable = name_texts().filter(
        # Readers treat a placeholder as unknown, a request made in a program contains the string.
        # Terraform normalizes strings.
        lambda text: (
            text
            and not _SURROGATES.intersection(text)
            and in_name(text) == text
            and is_normalized("NFC", text)
        )
    )
    listed = texts(names().map(str) | names().map(str) | encodable)
    options = {"domain_name": listed.map(_read)}
    if with_zones:
        options["hosted_zone_id"] = texts(st.just("Z0123456789ABCDEFGHIJ"))
    else:
        options["validation_domain"] = listed.map(_read)
    words = texts(st.sampled_from(["Name", "*.io", "${a}", '%{"\\', "\u00fc", "no", "1"]))
    switches = st.none() | texts(st.sampled_from(["ENABLED", "DISABLED"]))
    keys = st.sampled_from(["Name", "a b", "${a}", "n", '"', "\u00fc\n"])
    fields = {
        "validation_method": st.sampled_from([None, "DNS", "EMAIL", "dns"]),
        "key_algorithm": st.sampled_from([None, "RSA_2048", "EC_prime256v1", "P-256"]),
        "certificate_authority_arn": st.none() | texts(st.just(_AUTHORITY)),
        "export": switches,
        "transparency_logging": switches,
        "validation_options": _tuples(st.builds(ValidationOption, **options)),
        "tags": _tuples(st.builds(Tag, keys, words), unique_by=lambda tag: tag.key),
        "region": st.none() | st.sampled_from(["eu-west-1", "us-east-1"]),
    }
    if tool is Tool.API:
        fields |= dict.fromkeys(["idempotency_token", "managed_by"], st.none() | words)
        fields["root_hierarchy"] = st.sampled_from([None, "N2_AMAZON_MANAGED", "N2"])
        fields["certificate_usage"] = st.sampled_from([None, "CLIENT_AUTH_ONLY", "x"])
    if tool is Tool.TERRAFORM:
        fields["create_before_destroy"] = st.booleans()
    return st.lists(listed, min_size=1, max_size=4), st.fixed_dictionaries(fields)


@cache
def certificate_requests(tool):
    """Draw requests that a tool can express, some with malformed or partly known names."""
    has_zones = st.booleans() if tool is Tool.CLOUDFORMATION else st.just(value=False)
    return has_zones.flatmap(
        lambda with_zones: st.builds(
            lambda listed, fields: CertificateRequest.of(listed, **fields),
            *_request_fields(tool, with_zones=with_zones),
        )
    )


_SURROGATES = frozenset(map(chr, range(0xD800, 0xE000)))


def _open(head, label, tail):
    return Unresolved(tuple(filter(None, (head, Unknown(label), tail))))


def _read(text):
    return read_name(text) if isinstance(text, str) else text


def _tuples(items, **how):
    return st.lists(items, max_size=2, **how).map(tuple)
