"""The format `text`: findings with their source lines."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import LONG, SITE, finding, report, reports

from acmrules.lint.findings import RelatedLocation
from acmrules.messages import printable
from acmrules.model.placed import Location
from acmrules.reports.findings import grouped, text
from acmrules.reports.findings.layout import Layout, columns, place
from acmrules.reports.tables import position
from acmrules.syntax.source import Source

EXCERPT = re.compile(r" *\d+ \| | *\| +\^+$")


def test_a_finding_shows_its_line_and_what_to_do():
    """The message is first, then the location, the line, the help and the rule's page."""
    found = finding(label="2 too many", help="request a shorter name first")
    assert text.render(report(found)) == (
        "error[ACM301]: first name has 66 octets; ACM accepts 64\n"
        "  --> infra/site.yaml:14:17\n"
        "   |\n"
        f"14 |     DomainName: {LONG}\n"
        f"   |                 {'^' * 66}\n"
        "   |                 2 too many\n"
        "   |\n"
        "   = help: request a shorter name first\n"
        "   = docs: acmrules explain ACM301\n"
        "\n"
        "1 certificate request in 1 file: 1 error\n"
    )


def test_messages_and_help_wrap_at_words():
    """Further lines are indented below the first one."""
    message = "the certificate does not cover the name of any host that uses it"
    found = finding(SITE, (0, 1), message=message, help="add each of the names to the certificate")
    assert text.render(report(found), Layout(width=40)).splitlines() == [
        "error[ACM301]: the certificate does not",
        "               cover the name of any",
        "               host that uses it",
        " --> infra/site.yaml:1:1",
        "  |",
        "1 | ",
        "  | ^",
        "  |",
        "  = help: add each of the names to the",
        "          certificate",
        "  = docs: acmrules explain ACM301",
        "",
        "1 certificate request in 1 file: 1 error",
    ]


def test_other_values_at_a_location_are_listed():
    """The values of the other findings are listed, unless the message shows them already."""
    others = finding(message="`a.io` …"), finding(value="b.io"), finding(value="c.io")
    shown = text.render(report(finding(others=others)))
    assert "   = also: for `b.io`, `c.io`\n" in shown
    assert "= also" not in text.render(report(finding(others=others[:1])))


def test_a_related_location_is_a_note():
    """A related location without a source is left out."""
    spot = RelatedLocation(Location(SITE, 0, 1), "default of parameter `Name`")
    shown = text.render(report(finding(related=(spot, RelatedLocation(None, "nowhere")))))
    assert "   = note: default of parameter `Name`: infra/site.yaml:1:1\n" in shown
    assert "nowhere" not in shown


def test_the_path_of_a_note_is_not_broken():
    """If it does not fit behind the note, it is on the next line."""
    spot = RelatedLocation(Location(SITE, 0, 1), "default of parameter `Name`")
    shown = text.render(report(finding(related=(spot,))), Layout(width=44))
    assert ("   = note: default of parameter `Name`:\n           infra/site.yaml:1:1\n") in shown


def test_control_characters_in_the_name_of_a_file_are_escaped():
    """They do not reach the terminal."""
    source = Source("a\n::x::\x1b[1m.tf", SITE.text)
    spot = RelatedLocation(Location(source, 0, 1), "x")
    shown = text.render(report(finding(source, related=(spot,))))
    assert "\n  --> a\\n::x::\\x1b[1m.tf:14:17\n" in shown
    assert "   = note: x: a\\n::x::\\x1b[1m.tf:1:1\n" in shown


@pytest.mark.parametrize(("address", "shown"), [("Certificate", "Certificate"), ("", "request")])
def test_a_finding_without_a_source_has_an_address(address, shown):
    """A finding without an address is in the request."""
    found = finding(source=None, address=address)
    assert text.render(report(found)).startswith(
        f"error[ACM301]: first name has 66 octets; ACM accepts 64\n --> {shown}\n  = docs:"
    )


def test_colors_are_optional():
    """Without its escape sequences, the colored report is the plain one."""
    drawn = report(finding(label="2 too many", help="request a shorter name first"))
    colored = text.render(drawn, Layout(color=True))
    assert "\x1b[31merror[ACM301]\x1b[0m\x1b[1m: first name" in colored
    assert f"\x1b[31m{'^' * 66}\x1b[0m\n" in colored
    assert re.sub(r"\x1b\[\d+m", "", colored) == text.render(drawn)


@pytest.mark.parametrize("form", [text, grouped])
@given(drawn=reports(), width=st.integers(40, 160))
def test_only_source_lines_and_paths_exceed_the_width(form, drawn, width):
    """Messages, labels, notes, help, tables and summaries wrap, even within long words."""
    layout = Layout(width, show_undecided=True, statistics=True)
    spots = [spot for found in drawn.findings for spot in found.related]
    unbroken = {place(item).strip() for item in (*drawn.findings, *drawn.skips)}
    unbroken |= {position(spot.location) for spot in spots}
    unbroken |= {printable(found.file or found.address).strip() for found in drawn.findings}
    for each in drawn.not_checked:
        unbroken |= {f"{place(each)}:".strip(), f"{printable(each.file)}:".strip()}
    for line in form.render(drawn, layout).splitlines():
        if columns(line) > width:
            is_path = line.strip().removeprefix("--> ").strip() in unbroken
            assert is_path or EXCERPT.match(line), line
