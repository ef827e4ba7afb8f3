"""What the tests of the reports share: findings and skips of one small file."""

from datetime import date

from acmrules.lint.report import Finding, Report, Skip, SkipReason
from acmrules.lint.rule import Severity
from acmrules.lint.source import Source
from judging import RULES

LONG = "preview-environment-of-the-customer-portal.staging.brightharbor.io"
SITE = Source("infra/site.yaml", "\n" * 13 + f"    DomainName: {LONG}\n    Other: x\n")


def finding(source=SITE, span=None, **fields):
    """Make a finding at a span of a source, by default at its long name."""
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


def skip(rule="ACM301", detail="`$X` is not known", reason=SkipReason.UNDECIDED, line=True):
    where = SITE.range(0, 1) if line else None
    return Skip(RULES.get(rule), reason, detail, SITE, "Certificate", ("names", 0), where)
