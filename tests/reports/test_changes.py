"""The report of `compare`, as text, data and Markdown."""

import json
from datetime import date

import pytest
from tests.support.edits import consumer, scoped_certificate

from acmrules.analysis.changes import ChangeContext, compared
from acmrules.analysis.pairing import pairs
from acmrules.changes import Verdict
from acmrules.lint.findings import Report
from acmrules.model.declaration import ScopedDeclaration
from acmrules.model.placed import Location
from acmrules.names import parse_name
from acmrules.reports import changes
from acmrules.reports.findings.markdown import MOST
from acmrules.request import Tool
from acmrules.syntax.source import InputError, Position, Source
from acmrules.unresolved import Unknown, Unresolved

AS_OF = date(2026, 11, 1)
REPORT = Report(AS_OF, "", (), ())
SOURCE = Source("site.yaml", "Resources:\n  A: x\n")


def placed(one, name="site.yaml", condition=""):
    """Return a certificate with locations in the second line of a file."""
    source = Source(name, SOURCE.text)
    locations = {(): Location(source, 13, 14), ("consumers", 0): Location(source, 16, 17)}
    [variant] = one.declaration.variants
    variant = variant.__replace__(locations=locations, condition=condition)
    return ScopedDeclaration(
        one.declaration.__replace__(source=source, variants=(variant,)), one.scope
    )


def verdicts(old, new):
    return compared(pairs(old, new, {}, {}), ChangeContext(AS_OF, tuple(new)))


def replaced():
    """Return a certificate that is replaced while it is in use."""
    users = (consumer("Site", "A", parse_name("b.io")),)
    old = placed(
        scoped_certificate("A", "a.io", "b.io", validation_method="EMAIL", consumers=users)
    )
    new = placed(
        scoped_certificate("A", "a.io", "c.io", validation_method="EMAIL", consumers=users)
    )
    return verdicts([old], [new])


def test_text():
    """Each section has a label and its lines, and the steps are numbered."""
    lines = changes.text(replaced()).splitlines()
    assert lines[:9] == [
        "site.yaml:2:3 A: replacement (cloudformation)",
        (
            "  why              replacement: adds `c.io` and removes `b.io`"
            " [ACM User Guide: best practices]"
        ),
        "  adds             c.io",
        "  removes          b.io",
        "  approve          by hand: a.io, c.io",
        (
            "                     a.io: admin@a.io, administrator@a.io, hostmaster@a.io,"
            " postmaster@a.io, webmaster@a.io"
        ),
        (
            "                     c.io: admin@c.io, administrator@c.io, hostmaster@c.io,"
            " postmaster@c.io, webmaster@c.io"
        ),
        "  in use by        `Site` (cloudfront) site.yaml:2:6, serving b.io",
        "  breaks           the new certificate does not cover `b.io`, which `Site` serves",
    ]
    assert lines[9].startswith("  do this          1. ")
    assert lines[10].startswith("                   2. ")
    assert lines[-2:] == ["", "1 certificate: 1 replacement"]


def test_nothing():
    """Without changes, there is only a summary."""
    assert changes.text([]) == "no certificate changes\n"
    assert changes.as_data([], REPORT)["verdict"] == "no-change"
    assert changes.markdown([], REPORT, "") == (
        "### acmrules: certificate changes\n\nno certificate changes\n"
    )


def test_both_verdicts():
    """A cosmetic change says that ACM sees no change."""
    for tool, verdict in ((Tool.CLOUDFORMATION, "replacement"), (Tool.TERRAFORM, "no-change")):
        old = scoped_certificate("A", "a.io", "b.io", "c.io", tool=tool)
        new = scoped_certificate("A", "a.io", "c.io", "b.io", tool=tool)
        found = verdicts([old], [new])
        assert "\n                   ACM sees no change\n" in changes.text(found)
        [each] = changes.as_data(found, REPORT)["changes"]
        assert (each["verdict"], each["seen_by_acm"]) == (verdict, False)
        assert "ACM sees no change" in changes.markdown(found, REPORT, "")


def test_the_old_address():
    """The old address has its file, and the condition follows the verdict."""
    old = placed(scoped_certificate("A", "a.io"), "old.yaml")
    new = placed(scoped_certificate("B", "a.io"), condition="when `Prod` is true")
    found = verdicts([old], [new])
    text = changes.text(found)
    assert text.startswith("site.yaml:2:3 B: replacement (cloudformation), when `Prod` is true\n")
    assert "  was              `A` in old.yaml\n" in text
    [each] = changes.as_data(found, REPORT)["changes"]
    assert each["was"] == {"address": "A", "file": "old.yaml"}
    assert each["condition"] == "when `Prod` is true"
    comment = changes.markdown(found, REPORT, "")
    assert "was `A` in `old.yaml`<br>when `Prod` is true<br>" in comment


def test_one_side():
    """Added and removed certificates have no verdict, unless they are impossible."""
    found = verdicts(
        [scoped_certificate("A", "a.io")],
        [scoped_certificate("B", "b.io"), scoped_certificate("C", "c_.io")],
    )
    assert [changes.heading(each) for each in found] == ["added", "added: impossible", "removed"]
    assert changes.summary(found) == "3 certificates: 1 added: impossible, 1 added, 1 removed"
    assert "requests `b.io`" in changes.markdown(found, REPORT, "")


def test_data():
    """The data has everything in the text, with the words of the command line."""
    [each] = changes.as_data(replaced(), REPORT)["changes"]
    assert {key: each[key] for key in ("address", "file", "line", "column", "kind", "verdict")} == {
        "address": "A",
        "file": "site.yaml",
        "line": 2,
        "column": 3,
        "kind": "changed",
        "verdict": "replacement",
    }
    assert each["approve_again"] == {
        "by_hand": ["a.io", "c.io"],
        "automatically": [],
        "by_new_record": [],
        "undecided": [],
    }
    assert each["mailboxes"]["c.io"][0] == "admin@c.io"
    assert each["uses"] == [
        {
            "address": "Site",
            "service": "cloudfront",
            "file": "site.yaml",
            "line": 2,
            "column": 6,
            "hosts": ["b.io"],
        }
    ]
    assert each["reasons"][0]["source"]["url"].startswith("https://docs.aws.amazon.com/")
    assert json.loads(changes.render(replaced(), REPORT, "json", ""))["verdict"] == "replacement"


def test_data_without_a_location():
    """Certificates without a source have no location, and reasons may have no citation."""
    found = verdicts(
        [scoped_certificate("A", "a.io", consumers=(consumer(),))],
        [scoped_certificate("B", "a.io")],
    )
    [each] = changes.as_data(found, REPORT)["changes"]
    assert (each["file"], each["line"], each["reasons"][0]["source"]) == ("", None, None)
    assert changes.text(found).startswith("B: replacement (cloudformation)\n")
    found = verdicts([], [scoped_certificate("$", "a.io", tool=Tool.NAMES)])
    assert changes.text(found).startswith("request: added (names)\n")


def test_words():
    """Verdicts have the spelling of the command line."""
    assert [*map(changes.word, Verdict)] == [
        *("no-change", "in-place", "undecided", "replacement", "impossible")
    ]


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_hostile_names(form):
    """Values from files are escaped."""
    evil = Unresolved((Unknown("@everyone\x1b[2J\n| <script> `x` #1"),))
    old = placed(scoped_certificate("A", "a.io", validation_method="EMAIL"))
    new = placed(
        scoped_certificate("A\x1b[31m|@org/team", "b.io", validation_method="EMAIL"), "a\n|b.yaml"
    )
    [variant] = new.declaration.variants
    request = variant.request.__replace__(names=(*variant.request.names, evil))
    new = ScopedDeclaration(
        new.declaration.__replace__(variants=(variant.__replace__(request=request),)), "x"
    )
    text = changes.render(verdicts([old], [new]), REPORT, form, "")
    assert "\x1b" not in text
    assert "<script>" not in text or form == "text"
    if form == "markdown":
        assert "@everyone" not in text.replace("`", "")
        assert all(line.count("|") == 5 for line in text.splitlines() if line.startswith("| **"))
    else:
        assert "@everyone\\x1b[2J\\n" in text


def test_names_are_bounded():
    """Some of many names and certificates are listed, and the others counted."""
    many = [f"n{n}.io" for n in range(40)]
    found = verdicts([], [scoped_certificate("A", *many)])
    assert "\n                   and 20 more\n" in changes.text(found)
    found = verdicts([], [scoped_certificate(f"A{n}", f"n{n}.io") for n in range(MOST + 5)])
    comment = changes.markdown(found, REPORT, "")
    assert comment.count("| **added** |") == MOST
    assert "\nand 5 more\n" in comment


def test_unreadable_files():
    """A comment starts with the unreadable files."""
    report = REPORT.__replace__(unreadable=(InputError("a.yaml", "is not `x`", Position(1, 2)),))
    comment = changes.markdown([], report, "")
    assert "| [`a.yaml:1`](<a.yaml#L1>) | is not `x` |" in comment


def test_the_other_formats_have_findings():
    """The other formats are reports of findings."""
    assert json.loads(changes.render(replaced(), REPORT, "gitlab", "")) == []


def test_a_comment():
    """A comment has the worst verdict first, and collapsed steps."""
    found = [*verdicts([], [placed(scoped_certificate("New", "x.io"))]), *replaced()]
    comment = changes.markdown(found, REPORT, "")
    rows = [line for line in comment.splitlines() if line.startswith("| **")]
    assert [row.split("|")[1].strip() for row in rows] == ["**replacement**", "**added**"]
    assert comment.count("<details>") == comment.count("</details>") == 1
    assert "<summary>A: steps without an outage</summary>" in comment
    assert "\n- in use by `Site` [`site.yaml:2`](<site.yaml#L2>)\n" in comment
    assert "\n1. " in comment
