"""The commands `explain` and `rules`."""

import json


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
