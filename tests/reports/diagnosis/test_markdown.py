"""Diagnoses as Markdown for a ticket."""

import re

import cmarkgfm
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from tests.support.diagnoses import (
    ARN,
    diagnoses,
    diagnosis,
    existing,
    missing,
    not_looked_up,
    of_name,
    placed,
    run_of,
)

from acmrules.diagnosis.model import Actor, State
from acmrules.model.account import Refusal
from acmrules.reports.diagnosis.markdown import render

NAME = "shop.brightharbor.io"


def test_a_ticket_has_the_cause_and_the_record():
    """Commands are in a code block of their own."""
    one = diagnosis(existing(NAME), names=(of_name(NAME, missing(NAME), not_looked_up(NAME)),))
    text = render(run_of(placed(one)))
    assert text.startswith(
        "### acmrules: certificates\n\n1 certificate: 1 waiting for you\n\n"
        f"#### waiting for you: `{NAME}`\n\n"
    )
    assert (
        f"| certificate | `{ARN.format(1)}` [`certificate.json:1`](<certificate.json#L1>) |" in text
    )
    assert f"**missing record: `{NAME}`**\n\n| | |\n| --- | --- |\n| cause | the valid" in text
    assert (
        "```text\n; publish in the zone brightharbor.io (Z0123456789ABC)\n"
        f"_a79865eb4cd1a6ab990a45779b4e0b96.{NAME}. CNAME _value.{NAME}.acm-validations.aws.\n```"
    ) in text
    assert f"Run:\n\n```sh\ndig +short CNAME _a79865eb4cd1a6ab990a45779b4e0b96.{NAME}\n```" in text


def test_fine_certificates_are_counted():
    """A ticket is about the others; a single one is shown."""
    fine = [
        placed(diagnosis(existing(f"f{n}.io", number=n), State.FINE, Actor.NOBODY)) for n in (1, 2)
    ]
    assert "####" not in render(run_of(*fine))
    assert "#### fine: `f1.io`" in render(run_of(fine[0]))


def test_a_failed_call_is_reported():
    """It has a heading of its own."""
    text = render(run_of(refusals=(Refusal("ListCertificates", "AccessDenied"),)))
    assert text.endswith(
        "#### not read\n\n- ListCertificates failed (AccessDenied)&#58; the certificates in the"
        " Region are unknown\n"
    )


@settings(max_examples=25)
@given(diagnoses())
def test_text_from_outside_is_no_markup(run):
    """It creates no links, images, headings, elements, mentions or code blocks."""
    text = render(run)
    assert all(line.isprintable() for line in text.replace("\u200b", "").split("\n"))
    html = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    assert not re.search(r"<img|<b>|<del>", html)
    links = {*re.findall(r'href="([^"]*)"', html)}
    assert {each for each in links if "docs.aws.amazon.com" not in each} <= {
        each for each in links if "#L1" in each
    }
    outside = re.sub(r"(?s)<code.*?</code>|<a .*?</a>", "", html)
    assert "@user" not in outside
    listed = [each for each in run.certificates if each.diagnosis.state is not State.FINE]
    expected = len(listed) or (len(run.certificates) == 1)
    assert html.count("<h4>") == expected + bool(run.gaps) + bool(run.drifts)
