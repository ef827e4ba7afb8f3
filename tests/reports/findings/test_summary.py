"""The end of a report: undecided checks, statistics, and the summary."""

import pytest
from tests.support.reports import finding, not_checked, report, skip

from acmrules.lint.findings import MissingParameter, SkipReason, StaleBaselineEntry, Suppressed
from acmrules.lint.rule import Severity
from acmrules.model.not_checked import whole_file
from acmrules.reports.findings.layout import SAFE, UNSAFE, Layout
from acmrules.reports.findings.summary import closing, counts, one_line
from acmrules.syntax.source import InputError

CHECKED = "1 certificate request in 1 file: "


def summary(drawn, marks=(), width=200):
    """Return the lines of the summary."""
    [block] = closing(drawn, marks, Layout(width))
    return block.splitlines()


def test_the_summary_counts_severities():
    """The most severe one is first."""
    findings = [finding(severity=severity) for severity in (1, 3, 2, 3)]
    findings = [f.__replace__(severity=Severity(f.severity)) for f in findings]
    assert summary(report(*findings, requests=1200, files=0)) == [
        "1,200 certificate requests: 2 errors, 1 warning, 1 note"
    ]
    assert summary(report()) == [f"{CHECKED}nothing found"]
    assert (counts(report(*findings)), counts(report())) == ("2 errors, 1 warning, 1 note", "")


@pytest.mark.parametrize(
    ("marks", "line"),
    [
        ([SAFE, SAFE, SAFE, UNSAFE, UNSAFE], "3 fixable with --fix, 2 more with --unsafe-fixes"),
        ([SAFE, ""], "1 fixable with --fix"),
        (["", UNSAFE], "1 fixable with --unsafe-fixes"),
    ],
)
def test_the_summary_counts_fixable_findings(marks, line):
    """Those that only `--unsafe-fixes` can fix are counted separately."""
    found = [finding() for _ in marks]
    assert summary(report(*found), marks)[1:] == [line]


def test_the_summary_counts_accepted_findings():
    """Suppressed findings, recorded ones, and stale entries of the baseline are separate."""
    accepted = Suppressed(finding(), "moved", object()), Suppressed(finding(), "in the baseline")
    stale = (StaleBaselineEntry("a", "ACM301", "C", "b.io", 3, "x.json"),)
    assert summary(report(suppressed=accepted, stale=stale))[1:] == [
        "1 finding suppressed",
        "1 finding in the baseline",
        "3 stale findings in the baseline (acmrules baseline --prune removes them)",
    ]


def test_the_summary_counts_what_was_not_checked():
    """Rules that are not in force yet do not count, and each unreadable input counts once."""
    skips = skip(), skip("ACM105"), skip(reason=SkipReason.NOT_IN_FORCE)
    unreadable = (InputError("a", "b"), InputError("a", "two faults of one input"))
    assert summary(report(skips=skips, unreadable=unreadable, excluded=2000))[1:] == [
        "2 checks skipped for lack of information (--show-undecided lists them)",
        "2,000 files excluded",
        "1 input could not be read",
    ]


def test_what_was_not_checked_is_listed_by_what_gets_it_checked():
    """Several entries share a command; the summary counts them by kind."""
    unread = (
        not_checked(),
        not_checked(what="module `cert`"),
        not_checked("file", whole_file("a\x1b.json"), what="the file", why="is x", how="do y"),
    )
    block, end = closing(report(not_checked=unread), (), Layout())
    assert block.splitlines() == [
        "not checked:",
        "  check the plan:",
        "    infra/site.yaml:1:1: module `acm` calls `x`",
        "    infra/site.yaml:1:1: module `cert` calls `x`",
        "  a\\x1b.json: the file is x: do y",
    ]
    assert end.splitlines()[1:] == ["not checked: 2 remote modules, 1 file"]


def test_a_run_without_declarations_found_nothing_to_check():
    """It is not the same as a run without findings."""
    assert summary(report(is_empty=True, files=0, requests=0)) == [
        "0 certificate requests: nothing checked"
    ]
    shown = summary(report(unimported=2))
    assert shown[1:] == ["2 certificate files skipped because nothing imports them"]


def test_the_summary_names_existing_certificates():
    """Certificates that exist are no requests, and are counted apart."""
    assert one_line(report(requests=0, existing=2)).startswith("2 existing certificates in ")
    assert one_line(report(requests=1, existing=1)).startswith(
        "1 certificate request and 1 existing certificate in "
    )


def test_the_summary_wraps():
    """Further lines are indented."""
    assert summary(report(skips=(skip(),)), width=60)[1:] == [
        "1 check skipped for lack of information (--show-undecided",
        "  lists it)",
    ]


def test_the_summary_in_one_line():
    """The sentences are separated by semicolons."""
    assert one_line(report(excluded=1)) == f"{CHECKED}nothing found; 1 file excluded"


def test_undecided_checks_are_listed_by_place_and_reason():
    """Rules with the same reason share a line if no unknown name explains it."""
    skips = (
        skip("ACM401", "it has `no` name", SkipReason.BOUNDED),
        skip("ACM408", "it has `no` name", SkipReason.BOUNDED),
        skip(None, "16 of 32 variants", SkipReason.BOUNDED, has_location=False),
    )
    block, _ = closing(report(skips=skips), (), Layout(show_undecided=True))
    assert block.splitlines() == [
        "infra/site.yaml:1:1 skipped ACM401 ACM408: it has `no` name",
        "Certificate skipped 16 of 32 variants",
    ]


def test_what_decides_most_comes_first():
    """A name that an option sets comes before the others; the Region is one name."""
    domain = (MissingParameter("domain", "var.domain"),)
    skips = (
        skip("ACM101", "`$Y` is unknown"),
        *(skip(rule, "`$X` is unknown") for rule in ("ACM101", "ACM105", "ACM301")),
        skip("ACM501", "`provider.aws.region` is unknown"),
        skip("ACM503", "the Region is unknown; pass `--region`"),
        skip("ACM101", "`${var.domain}` is unknown").__replace__(parameters=domain),
    )
    block, _ = closing(report(skips=skips), (), Layout())
    assert block.splitlines() == [
        "undecided:",
        "  state the Region (`--region REGION`): 2 rules wait for it",
        "  state `var.domain` (`--param domain=VALUE`): 1 rule waits for it",
        "  2 more names (--show-undecided lists them)",
    ]
    block, _ = closing(report(skips=skips), (), Layout(show_undecided=True))
    assert block.splitlines()[-6:] == [
        "  `$X` is unknown: 3 rules wait for it",
        "      ACM101 ACM105 ACM301",
        "      infra/site.yaml:1:1",
        "  `$Y` is unknown: 1 rule waits for it",
        "      ACM101",
        "      infra/site.yaml:1:1",
    ]


def test_many_unknown_names_are_bounded():
    """Without `--show-undecided`, ten names are listed, and then how a file sets several."""
    names = [MissingParameter(f"n{number:02}", f"var.n{number:02}") for number in range(12)]
    skips = [skip("ACM101", f"`${{{n.label}}}` is unknown") for n in names]
    skips = [each.__replace__(parameters=(n,)) for each, n in zip(skips, names, strict=True)]
    block, _ = closing(report(skips=tuple(skips)), (), Layout())
    lines = block.splitlines()
    assert len(lines) == 1 + 10 + 2
    assert lines[-2:] == [
        "  `--var-file FILE` sets several variables",
        "  2 more names (--show-undecided lists them)",
    ]


@pytest.mark.parametrize(
    ("number", "layout", "is_shown"),
    [
        (24, Layout(), False),
        (25, Layout(), True),
        (25, Layout(height=50), False),
        (1, Layout(statistics=True), True),
        (0, Layout(statistics=True), False),
    ],
)
def test_statistics_follow_many_findings(number, layout, is_shown):
    """A report with more findings than the terminal has lines has a table, or any on request."""
    drawn = report(*[finding()] * number)
    blocks = list(closing(drawn, [""] * number, layout))
    assert [block.startswith("rule ") for block in blocks] == [True] * is_shown + [False]
