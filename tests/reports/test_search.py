"""The search for rules and facts by words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.facts import all_facts
from acmrules.lint.examples import findings_of_examples
from acmrules.lint.rules import CATALOGUE
from acmrules.reports import search

RULES = search.WordIndex(search.rule_documents(CATALOGUE))
FACTS = search.WordIndex(search.fact_documents(all_facts()))
MESSAGES = sorted(
    {
        (finding.rule.id, finding.message)
        for rule in CATALOGUE
        for finding in findings_of_examples(rule)
    }
)
TITLES = [(RULES, rule.id, rule.title) for rule in CATALOGUE]
TITLES += [(FACTS, fact.row, fact.statement) for fact in all_facts()]


@pytest.mark.parametrize(("rule", "message"), MESSAGES)
def test_a_message_finds_its_rule(rule, message):
    """The words of a printed message find its rule among the first three."""
    assert rule in RULES.search(message).keys[:3]


def with_other_values(message):
    """Return a message with other names and numbers, as a user sees it."""
    others = re.sub(r"`(\*\.)?[^` ]*\.[^` ]*`", r"`\1shop.acme.dev`", message)
    return re.sub(r"\b\d{2,}\b", "77", others)


@pytest.mark.parametrize(
    ("rule", "message"),
    [(rule, text) for rule, text in MESSAGES if with_other_values(text) != text],
)
def test_a_message_with_other_values_finds_its_rule(rule, message):
    """A user's message has other names and numbers than those of the examples."""
    assert rule in RULES.search(with_other_values(message)).keys[:3]


@pytest.mark.parametrize(("documents", "key", "title"), TITLES)
def test_a_title_finds_its_document(documents, key, title):
    """All words of the title are in the document, so it is in the results."""
    found = documents.search(title.upper())
    assert key in found.keys
    assert found.is_whole


WORDS = ("wildcard", "apex", "quota", "dns", "email", "the", "of", "validation", "47")


@given(st.lists(st.sampled_from(WORDS)))
def test_all_words_are_in_each_result(words):
    """More words never find more, their order does not matter, and no result is listed twice."""
    found = FACTS.search(" ".join(words))
    if not found.is_whole:
        assert not found.keys or len(words) > 2
        return
    assert len(set(found.keys)) == len(found.keys) == len(found.passages)
    assert set(found.keys) == set(FACTS.search(" ".join(reversed(words))).keys)
    rare = [word for word in words if word not in {"the", "of"}]
    for word in rare:
        assert set(found.keys) <= set(FACTS.search(word).keys)


@given(st.text())
def test_any_text_can_be_searched(text):
    """What is not a word finds nothing."""
    found = FACTS.search(text)
    assert len(found.keys) == len(found.passages)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("wildcard apex", "ACM203"),
        ("email validation", "ACM402"),
        ("E-Mail Validations", "ACM402"),
        ("email-validation", "ACM402"),
        ("uppercase", "ACM102"),
        ("names quota", "ACM302"),
        ("error[ACM205]: the certificate does not cover `a.b.dev`", "ACM205"),
    ],
)
def test_the_closest_rule_is_first(query, first):
    """The id and the name count more than the title, and the title more than the text."""
    assert RULES.search(query).keys[0] == first


@pytest.mark.parametrize(
    ("query", "row"), [("47", "7.3 7.4"), ("2029-03-15", "7.3 7.4"), ("primary name 64", "1.3")]
)
def test_values_and_sources_of_facts_are_found(query, row):
    """A number matches only as a whole word."""
    assert row in FACTS.search(query).keys


def test_a_passage_shows_the_words_that_the_title_does_not():
    """Without such words, there is no passage."""
    found = FACTS.search("47")
    assert found.passages == ("47, since 2029-03-15",)
    assert RULES.search("uppercase letters").passages[0] == ""


@pytest.mark.parametrize("query", ["", "zzzz", "wildcard zzzz", "!!!", "4711"])
def test_nothing_is_found(query):
    """All words must occur, unless the query is as long as a message."""
    assert RULES.search(query) == search.Matches((), (), is_whole=False)


def test_a_list_is_short():
    """It has at most twelve results, and how to see one."""
    found = FACTS.search("certificate")
    lines = [*search.listing(found, found.keys, "fact", "acmrules facts", 80)]
    assert max(map(len, lines)) <= 80
    heads = [line for line in lines if not line.startswith(" ")]
    assert heads[:12] == [*found.keys[:12]]
    assert heads[12:] == [
        "",
        f"{len(found.keys) - 12} more (`--format json` has all of them)",
        f"`acmrules facts {found.keys[0].split()[0]}` shows more about the first one",
    ]
