"""The command `facts`."""

import json


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
    assert (fact["row"], fact["value"], fact["mark"]) == ("1.3", "64", "confirmed")
