"""Findings and skips of a small file, and strategies for reports."""

from datetime import date
from functools import cache

from hypothesis import strategies as st
from tests.support.rules import RULES

from acmrules.lint.findings import (
    Finding,
    RelatedLocation,
    Report,
    Skip,
    SkipReason,
    StaleBaselineEntry,
)
from acmrules.lint.rule import Fix, Severity
from acmrules.model.not_checked import KINDS, NotChecked, whole_file
from acmrules.model.placed import Location
from acmrules.syntax.source import InputError, Source

LONG = "preview-environment-of-the-customer-portal.staging.brightharbor.io"
SITE = Source("infra/site.yaml", "\n" * 13 + f"    DomainName: {LONG}\n    Other: x\n")


def finding(source=SITE, span=None, **fields):
    """Return a finding at a span of a source, by default at the long name of `SITE`."""
    start = SITE.text.index(LONG) if span is None else span[0]
    end = start + len(LONG) if span is None else span[1]
    given = {
        "location": Location(source, start, end) if source else None,
        "rule": RULES["ACM301"],
        "severity": Severity.ERROR,
        "message": "first name has 66 octets; ACM accepts 64",
        "address": "Certificate",
        "path": ("names", 0),
        "value": LONG,
        **fields,
    }
    return Finding(**given)


def report(*findings, **fields):
    given = {"as_of": date(2026, 11, 23), "suffix_list": "", "findings": findings, "skips": ()}
    return Report(**{**given, "requests": 1, "files": 1, **fields})


def skip(rule="ACM301", detail="`$X` is unknown", reason=SkipReason.UNDECIDED, has_location=True):
    location = Location(SITE, 0, 1) if has_location else None
    return Skip(location, RULES.get(rule), reason, detail, "Certificate", ("names", 0))


def not_checked(kind="module", location=None, **fields):
    """Return an entry of what was not checked, by default a call of a remote module."""
    given = {"what": "module `acm`", "why": "calls `x`", "how": "check the plan", **fields}
    return NotChecked(location or Location(SITE, 0, 1), kind, **given)


# Strategies

AWKWARD = (
    "]]>",
    "\r\n",
    "::error::",
    "##[error]",
    "%0A",
    "a,b=c:d",
    "<b>&amp;</b>",
    "| x | y",
    "\\|",
    "@octocat",
    "#1",
    "`",
    "`code`",
    "``",
    "[x](y)",
    "**x**",
    "$x$",
    "https://brightharbor.io",
    "www.brightharbor.io",
    "{0}",
    "\U0001f98a",
    "\ud800",
    "\ufffe",
    "\x00\x1b[31m",
    "\x85\u2028",
    '"',
    " ",
)
"""Strings with a meaning in one of the formats."""


@cache
def texts():
    """Draw strings, most of them with a meaning in some format."""
    parts = st.sampled_from(AWKWARD) | st.text(max_size=6)
    return st.lists(parts, max_size=5).map("".join)


@cache
def file_names():
    """Draw names of files, ordinary ones and any that a system may allow."""
    ordinary = st.sampled_from(
        ["infra/site.yaml", "../x.json", "/srv/a b.tf", "-", "a:b,c=d%.yaml"]
    )
    return ordinary | texts().map(lambda text: text.replace("\0", "")).filter(bool)


@cache
def locations():
    """Draw locations of one line or several, including empty ones, in files of any name."""
    text = ("x" * 40 + "\n") * 5
    sources = st.builds(Source, file_names(), st.just(text))
    offsets = st.integers(0, len(text))
    spans = st.tuples(offsets, offsets).map(sorted)
    return st.builds(lambda source, span: Location(source, *span), sources, spans)


@cache
def findings():
    """Draw findings with any strings, with or without a location."""
    fixes = st.builds(Fix, texts(), safe=st.booleans())
    pointers = st.builds(RelatedLocation, st.none() | locations(), texts())
    return st.builds(
        Finding,
        location=st.none() | locations(),
        rule=st.sampled_from(list(RULES.values())),
        severity=st.sampled_from(Severity),
        message=texts(),
        address=texts(),
        path=st.sampled_from([(), ("names", 0), ("names", 1), ("consumers", 0, "hosts", 2)]),
        value=st.none() | texts(),
        related=st.lists(pointers, max_size=2).map(tuple),
        fix=st.none() | fixes,
        condition=texts(),
        label=texts(),
        help=texts(),
    )


@cache
def reports():
    """Draw reports with findings, and with all that they may contain next to them."""
    skips = st.builds(
        Skip,
        st.none() | locations(),
        st.none() | st.sampled_from(list(RULES.values())),
        st.sampled_from(SkipReason),
        texts(),
        texts(),
        st.just(("names", 0)),
    )
    positions = locations().map(lambda location: location.position)
    unreadable = st.builds(InputError, file_names(), texts(), st.none() | positions)
    known = st.sampled_from([*RULES])
    stale = st.builds(
        StaleBaselineEntry, file_names(), known, texts(), texts(), st.integers(1, 3), file_names()
    )
    unread = st.builds(
        NotChecked,
        locations() | file_names().map(whole_file),
        st.sampled_from(KINDS),
        texts(),
        texts(),
        texts(),
        st.integers(0, 3),
    )
    return st.builds(
        lambda found, skipped, failed, idle, left: report(
            *found,
            skips=tuple(skipped),
            unreadable=tuple(failed),
            stale=tuple(idle),
            not_checked=tuple(left),
        ),
        st.lists(findings(), max_size=4),
        st.lists(skips, max_size=3),
        st.lists(unreadable, max_size=2),
        st.lists(stale, max_size=3),
        st.lists(unread, max_size=3),
    )


def without_surrogates(text):
    """Return a string as JSON can carry it: without halves of surrogate pairs."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
