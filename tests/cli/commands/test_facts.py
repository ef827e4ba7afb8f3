"""The command `facts`."""

import json

from acmrules.facts import all_facts


def test_facts(run):
    """A fact has its value on a date, its mark, its source and the date it was read."""
    assert "    64 (confirmed)\n" in run("facts", "1.3")[1]
    assert (
        "registrant, technical, administrative" in run("facts", "3.2a", "--as-of", "2018-01-01")[1]
    )
    assert "    none (" in run("facts", "3.2a", "--as-of", "2025-01-01")[1]
    assert "    not yet (" in run("facts", "5.10", "--as-of", "2018-01-01")[1]
    assert run("facts")[1].count(", read 2026-") > 300
    [fact] = json.loads(run("facts", "1.3", "--format", "json")[1])
    assert (fact["row"], fact["value"], fact["mark"]) == ("1.3", 64, "confirmed")


def test_the_day_and_all_sources_of_a_fact(run):
    """A dated value has its day, and a fact all of its sources."""
    assert "    no (confirmed, since 2026-06-01)\n" in run("facts", "1.39")[1]
    assert (
        "    yes (confirmed, since 2018-03-27)\n" in run("facts", "1.39", "--as-of=2026-05-31")[1]
    )
    assert "(confirmed, first seen on 2026-08-31)\n" in run("facts", "D.4")[1]
    assert "not yet (confirmed, from 2026-11-19)\n" in run("facts", "N2.8", "--as-of=2026-11-18")[1]
    assert "/force-certificate-renewal.html, read " in run("facts", "7.15")[1]
    everything = run("facts")[1]
    for fact in all_facts():
        assert all(citation.url in everything for citation in (fact.source, *fact.also))
    [fact] = json.loads(run("facts", "7.15", "--format", "json")[1])
    assert [source["title"] for source in fact["also"]] == ["ACM User Guide: forcing a renewal"]
    [fact] = json.loads(run("facts", "D.4", "--format", "json")[1])
    assert [era["seen"] for era in fact["history"]] == [True, False, True]


def test_facts_are_searched_by_words(run):
    """Words that are not rows list the facts that contain all of them."""
    code, out, err = run("facts", "47", "--as-of", "2026-11-29")
    assert (code, err) == (0, "")
    assert out == (
        "7.3 7.4  Maximum validity of a public certificate in days: 200\n"
        "    47, since 2029-03-15\n"
        "\n"
        "`acmrules facts 7.3` shows more about the first one\n"
    )
    [fact] = json.loads(run("facts", "47", "--format", "json")[1])
    assert fact == json.loads(run("facts", "7.3", "--format", "json")[1])[0]
    assert "\n3.18  A certificate can move from email to DNS" in run("facts", "email validation")[1]


def test_no_fact_is_found(run):
    """Unknown words are an error, with a suggestion."""
    assert run("facts", "wildcrads") == (
        2,
        "",
        "acmrules: no fact contains `wildcrads`; did you mean `wildcards` or `wildcard`?\n",
    )
    assert run("facts", " ")[::2] == (2, "acmrules: the words are empty; see `acmrules facts`\n")
    assert (
        run("facts", "zzzz", "y")[2]
        == "acmrules: no fact contains `zzzz y`; see `acmrules facts`\n"
    )
