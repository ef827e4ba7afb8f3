"""The report on an inventory as a page."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support import inventories
from tests.support.account_reports import report_on

from acmrules.reports.inventory.html import render

VOID = {"meta", "link", "br"}
ALLOWED = {
    *("html", "head", "title", "style", "body", "main", "header", "footer", "nav", "section"),
    *("h1", "h2", "p", "a", "ul", "li", "strong", "span", "div", "figure", "code", "meta"),
    *("table", "thead", "tbody", "tr", "th", "td"),
    *("svg", "g", "rect", "path", "text", "tspan"),
}


class Page(HTMLParser):
    """The elements of a page, which must be nested; the text, and where links lead."""

    def __init__(self, text):
        super().__init__()
        self.open = []
        self.tags = []
        self.links = []
        self.ids = []
        self.words = []
        self.attributes = set()
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """Remember an element."""
        self.tags.append(tag)
        self.attributes |= {key for key, _ in attrs}
        self.links += [value for key, value in attrs if key in ("href", "src")]
        self.ids += [value for key, value in attrs if key == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Remember an element without content."""
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        """Close the last element that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data):
        """Remember text."""
        self.words.append(data)


def page(*files):
    """Return the page of inventory files."""
    return Page(render(report_on(*files)))


@pytest.mark.parametrize("number", [0, 1, 3, 300])
def test_a_page_runs_and_loads_nothing(number):
    """It has no scripts, no handlers of events, and links only into itself."""
    found = page(inventories.many(number))
    assert {*found.tags} <= ALLOWED
    assert not any(name.startswith("on") for name in found.attributes)
    assert all(link.startswith("#") for link in found.links)
    assert {link[1:] for link in found.links} <= {*found.ids}
    assert len(found.ids) == len(set(found.ids))
    text = render(report_on(inventories.many(number)))
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert "@import" not in text
    assert "prefers-color-scheme:dark" in text


@settings(max_examples=20)
@given(st.text(min_size=1, max_size=30))
def test_what_aws_says_is_text(message):
    """Whatever characters it has."""
    denied = inventories.refused("ListCertificates", "us-west-2", message, f"<b>{message}</b>")
    found = page(inventories.inventory([], ["eu-west-1"], [denied]))
    assert {*found.tags} <= ALLOWED
    assert "<b>" in "".join(found.words)


def test_an_incomplete_report_says_so_at_the_top():
    """With a link to what is unknown."""
    denied = inventories.refused("ListCertificates", "us-west-2", "Denied", "no")
    found = page(inventories.inventory([], ["eu-west-1"], [denied]))
    assert "Not everything was read:" in "".join(found.words)
    assert "#gaps" in found.links
    assert "#gaps" not in page(inventories.many(3)).links


def test_long_sections_are_cut_with_their_number():
    """Nothing is left out silently."""
    known = [inventories.pending(n, "eu-west-1", [f"h{n}.tidewater.dev"]) for n in range(203)]
    words = "".join(page(inventories.inventory(known)).words)
    assert "and 3 more certificates; the JSON has all of them." in words


def test_commands_and_arns_are_code():
    """And so is what a message has in backticks."""
    text = render(report_on(inventories.many(60)))
    assert f"<code>{inventories.arn(3, 'eu-central-1')}</code>" in text
    assert "<code>aws acm update-certificate-options " in text
    assert "`" not in "".join(Page(text).words)
