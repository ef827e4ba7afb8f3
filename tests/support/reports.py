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
from acmrules.syntax.source import InputError, Position, Range, Source

LONG = "preview-environment-of-the-customer-portal.staging.brightharbor.io"
SITE = Source("infra/site.yaml", "\n" * 13 + f"    DomainName: {LONG}\n    Other: x\n")


def finding(source=SITE, span=None, **fields):
    """Return a finding at a span of a source, by default at the long name of `SITE`."""
    start = SITE.text.index(LONG) if span is None else span[0]
    end = start + len(LONG) if span is None else span[1]
    given = {
        "rule": RULES["ACM301"],
        "severity": Severity.ERROR,
        "message": "first name has 66 octets; ACM accepts 64",
        "source": source,
        "address": "Certificate",
        "path": ("names", 0),
        "range": source.range(start, end) if source else None,
        "value": LONG,
        **fields,
    }
    return Finding(**given)


def report(*findings, **fields):
    given = {"as_of": date(2026, 11, 23), "suffix_list": "", "findings": findings, "skips": ()}
    return Report(**{**given, "requests": 1, "files": 1, **fields})


def skip(rule="ACM301", detail="`$X` is unknown", reason=SkipReason.UNDECIDED, line=True):
    where = SITE.range(0, 1) if line else None
    return Skip(RULES.get(rule), reason, detail, SITE, "Certificate", ("names", 0), where)


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
def ranges():
    """Draw ranges of one line or several, including empty ones."""
    numbers = st.integers(1, 40)
    return st.tuples(numbers, numbers, numbers, numbers).map(
        lambda four: Range(*sorted([Position(*four[:2]), Position(*four[2:])], key=_place))
    )


def _place(position):
    return position.line, position.column


@cache
def sources():
    """Draw files of any name that contain the lines of the drawn ranges."""
    return st.builds(Source, file_names(), st.just("x" * 40 + "\n" * 40))


@cache
def findings():
    """Draw findings with any strings, with or without a location."""
    fixes = st.builds(Fix, texts(), safe=st.booleans())
    pointers = st.builds(RelatedLocation, st.none() | ranges(), texts(), st.none() | sources())
    return st.builds(
        Finding,
        rule=st.sampled_from(list(RULES.values())),
        severity=st.sampled_from(Severity),
        message=texts(),
        source=st.none() | sources(),
        address=texts(),
        path=st.sampled_from([(), ("names", 0), ("names", 1), ("consumers", 0, "hosts", 2)]),
        range=st.none() | ranges(),
        value=st.none() | texts(),
        related=st.lists(pointers, max_size=2).map(tuple),
        fix=st.none() | fixes,
        condition=texts(),
        label=texts(),
        help=texts(),
    )


@cache
def reports():
    """Draw reports with findings, skips, unreadable files and stale baseline entries."""
    skips = st.builds(
        Skip,
        st.none() | st.sampled_from(list(RULES.values())),
        st.sampled_from(SkipReason),
        texts(),
        st.none() | sources(),
        texts(),
        st.just(("names", 0)),
        st.none() | ranges(),
    )
    positions = ranges().map(lambda where: where.start)
    unreadable = st.builds(InputError, file_names(), texts(), st.none() | positions)
    known = st.sampled_from([*RULES])
    stale = st.builds(
        StaleBaselineEntry, file_names(), known, texts(), texts(), st.integers(1, 3), file_names()
    )
    return st.builds(
        lambda found, skipped, failed, idle: report(
            *found, skips=tuple(skipped), unreadable=tuple(failed), stale=tuple(idle)
        ),
        st.lists(findings(), max_size=4),
        st.lists(skips, max_size=3),
        st.lists(unreadable, max_size=2),
        st.lists(stale, max_size=3),
    )


def without_surrogates(text):
    """Return a string as JSON can carry it: without halves of surrogate pairs."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
