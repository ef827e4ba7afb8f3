"""The report on an inventory as Markdown."""

import cmarkgfm
from tests.support import inventories
from tests.support.account_reports import report_on

from acmrules.reports.inventory.markdown import render


def test_each_section_is_a_table():
    """With the columns of the section, and one for details."""
    html = cmarkgfm.github_flavored_markdown_to_html(render(report_on(inventories.many(300))))
    titles = html.count("<h2>")
    assert titles == html.count("<table>") > 5
    assert "<th>certificate</th>" in html
    assert inventories.arn(3, "eu-central-1") in html


def test_what_aws_says_is_no_markup():
    """A message mentions no user, and links nowhere."""
    message = "@everyone [x](https://example.com) | <b>bold</b>"
    denied = inventories.refused("ListCertificates", "us-west-2", "Denied", message)
    text = render(report_on(inventories.inventory([], ["eu-west-1"], [denied])))
    html = cmarkgfm.github_flavored_markdown_to_html(text)
    assert "<a " not in html
    assert "<b>" not in html
    assert "@everyone" not in text


def test_long_sections_are_cut_with_their_number():
    """Nothing is left out silently."""
    known = [inventories.pending(n, "eu-west-1", [f"h{n}.tidewater.dev"]) for n in range(103)]
    assert "and 3 more certificates; the JSON has all of them." in render(
        report_on(inventories.inventory(known))
    )
