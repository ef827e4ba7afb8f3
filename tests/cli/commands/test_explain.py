"""The commands `explain` and `rules`."""

import json

import pytest


def test_explain_and_rules(run):
    """A rule is explained in three formats, and all rules are listed as of a date."""
    assert run("explain", "ACM402")[1].startswith("ACM402 email-validation\n")
    assert run("explain", "email-validation", "--format", "markdown")[1].startswith("# ACM402")
    explained = json.loads(run("explain", "ACM40", "--format", "json")[1])
    assert [rule["id"] for rule in explained][:2] == ["ACM401", "ACM402"]
    listed = run("rules")[1].splitlines()
    assert listed[0].startswith("ACM101  malformed-name")
    early = {line[:6]: line for line in run("rules", "--as-of", "2018-01-01")[1].splitlines()}
    assert "from 2026-03-15" in early["ACM108"]
    assert len(json.loads(run("rules", "--format", "json")[1])) == len(listed)


def test_explain_searches_by_words(run):
    """Words that are not rules list the rules that contain all of them."""
    code, out, err = run("explain", "wildcard", "apex")
    assert (code, err) == (0, "")
    assert out.startswith("ACM203 note: A wildcard is listed without its parent domain.\n")
    assert out.endswith("\n`acmrules explain ACM203` shows more about the first one\n")
    assert run("explain", "wildcard apex")[1] == out
    found = json.loads(run("explain", "wildcard", "apex", "--format", "json")[1])
    assert found[0]["id"] == "ACM203"
    assert f"\n{len(found) - 12} more (" in out
    assert run("explain", "wildcard apex", "--format", "markdown")[1].startswith("- ACM203 note: ")


def test_explain_finds_a_pasted_message(run):
    """Other values than those of the examples do not matter."""
    out = run("explain", "the certificate does not cover `foo.acme.dev`")[1]
    assert out.startswith("no rule has all of these words; the closest:\n\nACM205 error: ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["47"], "no rule contains `47`, but facts do; see `acmrules facts 47`"),
        (["zzzz"], "no rule contains `zzzz`; see `acmrules rules`"),
        (["wildcrad"], "no rule contains `wildcrad`; did you mean `wildcard` or `wildcards`?"),
        (
            ["email-validaton"],
            "no rule contains `email-validaton`; did you mean `email-validation`?",
        ),
        (["no", "such", "zzzz"], "no rule contains `no such zzzz`; see `acmrules rules`"),
        (["ACM205", "wildcard"], "unknown rule `wildcard`"),
        (["["], "no rule contains `[`; see `acmrules rules`"),
        ([" "], "the words are empty; see `acmrules rules`"),
        ([" ", "  "], "the words are empty; see `acmrules rules`"),
        (["ACM999"], "unknown rule `ACM999`; did you mean "),
    ],
)
def test_explain_finds_nothing(run, words, message):
    """An unknown id and unknown words are errors, with a suggestion."""
    code, out, err = run("explain", *words)
    assert (code, out) == (2, "")
    assert err.startswith(f"acmrules: {message}")
