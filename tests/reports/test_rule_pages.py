"""A rule as text, Markdown and data."""

import json

import pytest
from tests.support.rules import RULES

from acmrules.facts import live, tools, wording
from acmrules.lint.rules import CATALOGUE
from acmrules.reports import rule_pages


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_every_rule_can_be_explained_in_every_way(rule):
    """Title, explanation, history, examples and sources come from the declaration."""
    text, page, data = (
        rule_pages.as_text(rule),
        rule_pages.as_markdown(rule),
        rule_pages.as_data(rule),
    )
    for shown in (text, page):
        assert shown.index(rule.title) < shown.index("History") < shown.index("Passes")
        assert shown.index("Passes") < shown.index("Fails") < shown.index("Sources")
        assert rule.explanation in shown
        assert rule.url in shown
        assert "object at 0x" not in shown
        assert "Value(" not in shown
    assert json.loads(json.dumps(data))["id"] == rule.id
    assert data["history"][0]["from"] == rule.force.eras[0].start.isoformat()
    assert len(data["sources"]) == len(rule_pages.sources(rule))
    assert [fact["row"] for fact in data["facts"]] == [fact.row for fact in rule.facts]
    assert ("Facts" in text) is ("## Facts" in page) is bool(rule.facts)


def test_the_history_of_a_dated_rule_has_each_severity_with_its_days():
    """ACM402 was a note, is a warning, and will be an error, each with its source."""
    assert rule_pages.history(RULES["ACM402"]) == [
        "note until 2026-03-14; source: ACM User Guide: email validation",
        "warning since 2026-03-15; source: CA/Browser Forum TLS Baseline Requirements",
        "error from 2028-03-15; source: CA/Browser Forum TLS Baseline Requirements",
    ]
    days = [(era["from"], era["until"]) for era in rule_pages.as_data(RULES["ACM402"])["history"]]
    assert days == [
        ("2016-01-21", "2026-03-14"),
        ("2026-03-15", "2028-03-14"),
        ("2028-03-15", None),
    ]


def test_the_history_of_other_rules_is_one_sentence():
    """A rule without a date is in force since the launch of ACM."""
    [always] = rule_pages.history(RULES["ACM101"])
    assert always.startswith("error since ACM launched (2016-01-21); source: ")
    [later] = rule_pages.history(RULES["ACM702"])
    assert later.startswith("note since 2025-06-17; source: ")


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_history_and_examples_are_the_same_in_every_way(rule):
    """Text, Markdown and data have every sentence and example."""
    text, page, data = (
        rule_pages.as_text(rule),
        rule_pages.as_markdown(rule),
        rule_pages.as_data(rule),
    )
    for sentence in rule_pages.history(rule):
        assert f"  {sentence}\n" in text
        assert f"- {sentence}\n" in page
    for example, printed in zip(rule.examples, data["examples"], strict=True):
        lines = rule_pages.example_lines(example)
        assert printed["lines"] == lines
        assert printed["passes"] is (example.at is None)
        assert "".join(f"  {line}\n" for line in lines) in text
        assert "".join(f"{line}\n" for line in lines) in page
    assert {printed["passes"] for printed in data["examples"]} == {True, False}


def example(rule, number):
    return rule_pages.example_lines(RULES[rule].examples[number])


@pytest.mark.parametrize("rule", RULES.values(), ids=str)
def test_no_two_examples_of_a_rule_read_alike(rule):
    """A reader sees what an example that fails has, and one that passes has not."""
    shown = [tuple(rule_pages.example_lines(each)) for each in rule.examples]
    assert len(set(shown)) == len(shown)


def test_the_validation_in_terraform_is_in_comments():
    """The records of an example and the resources that wait for them are comments."""
    record = "# `aws_route53_record.validation` creates a validation record"
    assert example("ACM417", 0)[0] == record
    assert example("ACM417", 1)[:2] == [record, "# 1 of 2 validation records is not created"]
    assert example("ACM418", 2)[0] == "# `aws_acm_certificate_validation.this` waits for `5m`"
    assert example("ACM419", 1)[0] == (
        "# `for_each` of `aws_route53_record.validation` is a set of objects"
    )
    assert example("ACM420", 0)[0] == (
        f"{record} with the name `resource_record_name` and the value `resource_record_value`"
    )
    assert example("ACM420", 1)[0] == f"{record} at Cloudflare, which proxies it"
    assert example("ACM420", 2)[0] == (
        f"{record} with the name `www.brightharbor.io` and the value `_x1.acm-validations.aws.`"
    )


def test_an_example_is_shown_as_a_request():
    """Names, options and tags are those of the API."""
    assert example("ACM403", 1) == [
        "DomainName: api.brightharbor.io",
        "DomainValidationOptions:",
        "  - DomainName: api.brightharbor.io",
        "    ValidationDomain: lighthouse.io",
    ]
    assert example("ACM306", 1) == [
        'DomainName: "*.brightharbor.io"',
        "Tags:",
        "  - Key: Name",
        '    Value: "*.brightharbor.io"',
    ]
    assert example("ACM301", 0)[1] == "SubjectAlternativeNames:"


def test_the_context_of_an_example_is_in_comments():
    """The context of an example is in comments."""
    assert example("ACM108", 1)[0] == "# on 2025-01-01"
    assert "# quota of names: 50" in example("ACM302", 3)
    assert "  # and 5 more" in example("ACM302", 2)
    assert example("ACM205", 1)[0] == "# used by CloudFront for bar.brightharbor.io"
    assert example("ACM508", 1) == [
        "# used by CloudFront in eu-west-1 with arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
    ]
    assert example("ACM415", 1)[0] == "# Z0123456789ABCDEFGHIJ is the private zone brightharbor.io"
    assert example("ACM413", 1)[0] == '# CAA of brightharbor.io: 0 issue "letsencrypt.org"'
    assert example("ACM603", 0)[-2:] == [
        "# create_before_destroy = true",
        "DomainName: brightharbor.io",
    ]
    assert example("ACM703", 1)[:2] == ["# in Terraform", "# with private_key"]
    assert example("ACM705", 1)[1].startswith(
        "# an imported certificate for CN=brightharbor.io with"
    )
    assert example("ACM705", 4)[0].endswith("; its body contains 2 certificates")
    unlisted = "the common name brightharbor.io is not an alternative name"
    assert example("ACM708", 1)[0].endswith(f"; {unlisted}")
    assert example("ACM708", 2)[0] == f"# a signing request; {unlisted}"
    assert example("ACM709", 1)[0].endswith("; signed with SHA-1")
    (used,) = example("ACM111", 3)
    assert used.endswith(" with arn:aws:acm:eu-west-1:YOUR_ACCOUNT_ID:certificate/2f1c")
    assert example("ACM603", 2)[0] == "# an imported certificate"
    assert example("ACM706", 0)[0] == "# for the extended key usages serverAuth"
    assert "# issued for brightharbor.io, www.brightharbor.io" in example("ACM601", 0)


def test_values_of_facts_have_words():
    """Booleans, lists, records and empty values have words."""
    assert wording.format_value(True) == "yes"
    assert wording.format_value(False) == "no"
    assert wording.format_value(("a", 1)) == "a, 1"
    assert wording.format_value(()) == "none"
    assert wording.format_value((("a", ("x", "y")), ("b", 2))) == "a: x, y; b: 2"
    assert wording.format_value(tools.TAGS_UPDATES.value) == (
        "API: in place; CloudFormation: in place; Terraform: in place; Kubernetes: in place"
    )
    assert wording.format_value(live.REVOKED.value) == (
        "the certificate was revoked for good. What to do: request a new certificate"
    )
    assert rule_pages.facts(RULES["ACM106"])[0].endswith("(inferred)")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("_<token>.<name>", r"_\<token>.\<name>"),
        ("([a-z](b)*)", r"([a-z\](b)\*)"),
        (r"(\*\.)?", r"(\\\*\\.)?"),
        ("`<token>` and `[a](b)`", "`<token>` and `[a](b)`"),
        ("plain [1] text", "plain [1] text"),
    ],
)
def test_text_is_escaped(text, shown):
    """No pattern becomes a link, and no placeholder disappears as HTML."""
    assert rule_pages.escaped(text) == shown
