"""The format `markdown`: a comment for a pull request."""

from html.parser import HTMLParser

import pytest
from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options
from hypothesis import given
from tests.support.reports import finding, not_checked, report, reports, skip

from acmrules.lint.findings import SkipReason, StaleBaselineEntry
from acmrules.lint.rule import Severity
from acmrules.lint.unknowns import is_named, unknown_names
from acmrules.messages import printable
from acmrules.model.not_checked import PARAMETER, whole_file
from acmrules.reports.findings import markdown
from acmrules.syntax.source import InputError

TAGS = {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "a", "code", "br"}
FOLDED = {"details", "summary", "ul", "li"}


class Page(HTMLParser):
    """A rendered page: cells by row, items of lists, and all tags."""

    def __init__(self, shown):
        super().__init__()
        self.rows, self.items, self.tags, self.links = [], [], set(), []
        self._cell = None
        self.feed(github_flavored_markdown_to_html(shown, Options.CMARK_OPT_UNSAFE))

    def handle_starttag(self, tag, attributes):
        """Open a row, a cell or an item."""
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self._cell = self.rows[-1]
            self._cell.append("")
        elif tag == "li":
            self._cell = self.items
            self._cell.append("")
        elif tag == "a":
            self.links.append(dict(attributes)["href"])

    def handle_endtag(self, tag):
        """Close a cell or an item."""
        if tag in {"td", "th", "li"}:
            self._cell = None

    def handle_data(self, data):
        """Add text to the open cell or item."""
        if self._cell is not None:
            self._cell[-1] += data


def squeezed(text):
    """Return a string without spaces, backticks, and the zero-width spaces that are added."""
    return "".join(c for c in text if c not in "\u200b`" and not c.isspace())


def unseen(text):
    """Squeeze a string of the input, in which unprintable characters are escaped."""
    return squeezed(printable(text))


@given(reports())
def test_any_report_is_a_page_with_a_table(drawn):
    """Any message is displayed as it is, without creating elements."""
    page = Page(markdown.render(drawn))
    assert page.tags <= TAGS | FOLDED
    found = sorted(drawn.findings, key=lambda f: -f.severity)
    texts = [u.fault for u in drawn.unreadable]
    texts += [f.message + (f"help: {f.help}" if f.help else "") for f in found]
    rows = page.rows[1:]
    assert [squeezed(row[3]) for row in rows] == list(map(unseen, texts))
    assert {len(row) for row in rows} <= {4}
    assert not [link for link in page.links if link.startswith(("http:", "https:", "mailto:"))]
    open_checks = [s for s in drawn.skips if s.reason is not SkipReason.NOT_IN_FORCE]
    texts = {s.detail for s in open_checks if not is_named(s)} | {*map(str, drawn.stale)}
    texts |= {str(each) for each in drawn.not_checked if each.kind != PARAMETER}
    for text in texts:
        assert any(squeezed(item).endswith(unseen(text)) for item in page.items)
    for name in map(str, unknown_names(open_checks)):
        assert any(squeezed(item).startswith(unseen(name)) for item in page.items)


def test_the_most_severe_finding_is_first():
    """A row contains the severity, the rule, the location, the message and the help."""
    found = [finding(severity=severity, help="remove `x`") for severity in Severity]
    shown = markdown.render(report(*found), "").splitlines()
    assert shown[:5] == [
        "### acmrules",
        "",
        "1 certificate request in 1 file: 1 error, 1 warning, 1 note",
        "",
        "| | rule | where | what |",
    ]
    assert shown[6] == (
        "| error | ACM301 common-name-too-long"
        " | [`infra/site.yaml:14`](<infra/site.yaml#L14>)"
        " | first name has 66 octets; ACM accepts 64<br>help: remove `x` |"
    )
    assert [line.split()[1] for line in shown[6:]] == ["error", "warning", "note"]


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("`a.io` is `b`", "`a.io` is `b`"),
        ("`a|b`", "<code>a&#124;b</code>"),
        ("`a\\`", "<code>a&#92;</code>"),
        ("odd ` one", "odd &#96; one"),
        ("`` x", "&#96;&#96; x"),
        ("@octocat #7", "&#64;\u200boctocat &#35;\u200b7"),
        ("<b>|", "&#60;b&#62;&#124;"),
        ("a\r\nb\x00", "a&#92;r&#92;nb&#92;x00"),
    ],
)
def test_messages_are_escaped(message, shown):
    """Names stay code; markup, mentions and links have no effect."""
    line = markdown.render(report(finding(message=message))).splitlines()[-1]
    assert line.endswith(f" | {shown} |")


def test_undecided_checks_are_collapsed():
    """They are grouped by name, or by place and reason, without rules that are not in force."""
    skips = skip(), skip("ACM105"), skip(None, "16 of 32", SkipReason.BOUNDED, has_location=False)
    early = skip(reason=SkipReason.NOT_IN_FORCE)
    shown = markdown.render(report(skips=(*skips, early)))
    assert shown.endswith(
        "\n\n<details>\n<summary>3 checks undecided</summary>\n\n"
        "- `$X` is unknown&#58; 2 rules wait for it ([`infra/site.yaml:1`](<infra/site.yaml#L1>))\n"
        "- `Certificate`: 16 of 32\n"
        "\n</details>\n"
    )
    assert markdown.render(report(skips=(early,))) == markdown.render(report())


def test_a_long_report_is_bounded():
    """The table and the list are cut at `MOST`, and count what they leave out."""
    long = "x" * 5000
    found = [finding(message=f"`{long}`", help=long)] * 500
    skips = tuple(skip(detail=f"{number} {long}") for number in range(500))
    errors = (InputError("a", "is binary"),) * 20
    shown = markdown.render(report(*found, skips=skips, unreadable=errors))
    page = Page(shown)
    assert len(page.rows) == 1 + markdown.MOST
    assert [row[0] for row in page.rows[20:22]] == ["unreadable", "error"]
    assert f"\nand {520 - markdown.MOST} more\n" in shown
    assert f"\n- and {500 - markdown.MOST} more\n" in shown
    only = markdown.render(report(*found, unreadable=errors * 3))
    assert only.count("\n| unreadable") == markdown.MOST
    assert "\nand 510 more\n" in only


def test_a_clean_report_is_one_sentence():
    """Without findings there is no table."""
    assert markdown.render(report()) == (
        "### acmrules\n\n1 certificate request in 1 file: nothing found\n"
    )


def test_links_are_relative_to_the_folder():
    """A finding without a source has the name of its resource instead."""
    from acmrules.syntax.source import Source

    source = Source("/srv/x/a b.yaml", "x")
    shown = markdown.render(report(finding(source, (0, 1)), finding(source=None)), "/srv/x")
    page = Page(shown)
    assert "a%20b.yaml#L1" in page.links
    assert page.rows[1][2] == "a b.yaml:1"
    assert page.rows[2][2] == "Certificate"
    nameless = markdown.render(report(finding(source=None, address="")))
    assert Page(nameless).rows[1][2] == ""


def test_what_was_not_checked_is_collapsed():
    """Each has a link to its line, or to its file."""
    unread = (not_checked(), not_checked("file", whole_file("a.json")))
    said = "module `acm` calls `x`&#58; check the plan"
    shown = markdown.render(report(not_checked=unread))
    assert shown.endswith(
        "<summary>2 not checked</summary>\n\n"
        f"- [`infra/site.yaml:1`](<infra/site.yaml#L1>): {said}\n- [`a.json`](<a.json>): {said}\n"
        "\n</details>\n"
    )


def test_stale_entries_are_collapsed():
    """Each is listed with its baseline, up to `MOST`."""
    entry = StaleBaselineEntry("a.yaml", "ACM301", "C", "a.io", 2, "x.json")
    assert markdown.render(report(stale=(entry,))).endswith(
        "\n\n<details>\n<summary>2 stale in the baseline</summary>\n\n"
        "- [`x.json`](<x.json>): ACM301 C `a.io` in a&#46;yaml, 2 times&#58; no longer found\n"
        "\n</details>\n"
    )
    shown = markdown.render(report(stale=(entry,) * (markdown.MOST + 7)))
    assert "\n- and 7 more\n" in shown
