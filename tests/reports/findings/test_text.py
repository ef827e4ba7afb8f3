"""The report for people."""

import pytest
from tests.support.reports import LONG, SITE, finding, report, skip

from acmrules.lint.findings import RelatedLocation, SkipReason
from acmrules.lint.rule import Fix, Severity
from acmrules.reports.findings import text
from acmrules.syntax.source import InputError, Source


def test_a_finding_shows_the_line_with_the_span_underlined():
    """Place, rule, line, bound, way out: as in the design."""
    fix = Fix("request `portal.brightharbor.io` first and list this name as an alternative")
    assert text.render(report(finding(fix=fix))) == (
        "infra/site.yaml:14:17 error ACM301 common-name-too-long\n"
        "   |\n"
        f"14 |     DomainName: {LONG}\n"
        f"   |                 {'^' * 66} first name has 66 octets; ACM accepts 64\n"
        "   = fix: request `portal.brightharbor.io` first and list this name as an alternative\n"
        "   = see: acmrules explain ACM301\n"
        "\n"
        "1 certificate request in 1 file: 1 error\n"
    )


def test_a_related_place_is_named_with_its_line():
    """Another place of the same file has a line of its own."""
    spot = RelatedLocation(SITE.range(0, 1), "default of parameter `Name`", SITE)
    shown = text.render(report(finding(related=(spot, RelatedLocation(None, "nowhere")))))
    assert "   = default of parameter `Name`: infra/site.yaml:1:1\n" in shown
    assert "nowhere" not in shown


def test_the_name_of_a_file_stays_in_its_line():
    """Nor does it colour the terminal."""
    source = Source("a\n::x::\x1b[1m.tf", SITE.text)
    shown = text.render(
        report(finding(source, related=(RelatedLocation(SITE.range(0, 1), "x", source),)))
    )
    assert shown.startswith("a\\n::x::\\x1b[1m.tf:")
    assert "   = x: a\\n::x::\\x1b[1m.tf:1:1\n" in shown


def test_a_finding_without_a_source_stands_by_itself():
    """A request of a program has an address, or is called a request."""
    assert text.render(report(finding(source=None))).startswith(
        "Certificate error ACM301 common-name-too-long\n  first name has 66"
    )
    assert text.render(report(finding(source=None, address=""))).startswith("request error")


def excerpt(line, start, end):
    """Return the two lines that show a span of a source of one line."""
    source = Source("x", line)
    shown = text.render(report(finding(source, (start, end), message="M"))).splitlines()
    return shown[2].removeprefix("1 | "), shown[3].removeprefix("  | ")


@pytest.mark.parametrize(
    ("line", "start", "end", "underline"),
    [
        ("abc", 1, 2, " ^ M"),
        ("abc", 3, 3, "   ^ M"),
        ("\tabc", 1, 4, " ^^^ M"),
        ("a: ü\u0308x", 3, 5, "   ^ M"),
        ("a: 港x", 3, 4, "   ^^ M"),
        ("a\nb", 0, 3, "^ M"),
    ],
)
def test_the_carets_stand_under_the_span(line, start, end, underline):
    """Tabs, wide and combining characters, empty spans and spans of several lines included."""
    _, carets = excerpt(line, start, end)
    assert carets == underline


def test_control_characters_do_not_reach_the_terminal():
    """They are shown as a mark of one cell."""
    shown, _ = excerpt("a\x1b[31mb\tc", 0, 1)
    assert shown == "a\ufffd[31mb c"


def test_a_long_line_is_cut_around_the_span():
    """A template on one line does not fill the screen."""
    line = "x" * 500 + "NAME" + "y" * 500
    shown, carets = excerpt(line, 500, 504)
    assert shown == "…" + "x" * 24 + "NAME" + "y" * 72 + "…"
    assert carets == " " * 25 + "^^^^ M"
    shown, carets = excerpt("NAME" + "y" * 500, 0, 4)
    assert (shown, carets) == ("NAME" + "y" * 96 + "…", "^^^^ M")


def test_colour_is_an_extra():
    """Without its escapes the coloured report is the plain one."""
    import re

    plain = text.render(report(finding()))
    coloured = text.render(report(finding()), colour=True)
    assert "\x1b[31merror\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_skips_are_listed_on_request_by_place_and_reason():
    """Rules that wait for the same thing share a line."""
    skips = skip(), skip("ACM105"), skip(None, "16 of 32 variants", SkipReason.BOUNDED, line=False)
    shown = text.render(report(skips=skips), show_skips=True)
    assert shown == (
        "infra/site.yaml:1:1 skipped ACM301 ACM105: `$X` is not known\n"
        "infra/site.yaml skipped 16 of 32 variants\n"
        "\n"
        "1 certificate request in 1 file: nothing found; 3 checks undecided (--show-undecided)\n"
    )
    assert text.render(report(skips=skips)).count("\n") == 1


def test_the_summary_counts_what_there_is():
    """Severities from the worst down, inputs that could not be read at the end."""
    findings = [finding(severity=severity) for severity in (1, 3, 2, 3)]
    findings = [f.__replace__(severity=Severity(f.severity)) for f in findings]
    early = skip(reason=SkipReason.NOT_IN_FORCE)
    unreadable = (InputError("a", "b"), InputError("a", "two faults of one input"))
    shown = text.render(
        report(*findings, skips=(early,), unreadable=unreadable, requests=1200, files=0)
    )
    assert shown.splitlines()[-1] == (
        "1,200 certificate requests: 2 errors, 1 warning, 1 note; 1 input could not be read"
    )


@pytest.mark.parametrize(("number", "said"), [(1, "1 file"), (2000, "2,000 files")])
def test_the_summary_counts_what_was_left_out(number, said):
    """Only where something was."""
    assert text.render(report(excluded=number)).endswith(f": nothing found; {said} excluded\n")
    assert "excluded" not in text.render(report())
