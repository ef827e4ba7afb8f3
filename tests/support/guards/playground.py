"""The playground: each case is one question, with the settings of its command as a file."""

from tests.support.guards import cases
from tests.support.playground import ask

from acmrules.guards.playground.unread import is_unread

LEAST = 67


def takes(case):
    """Return whether the page reads the inputs of a case."""
    return not any(is_unread(name, text) for name, text in case.texts.items())


def findings(case):
    """Return the rows of the report of a case, and check those of the page against them."""
    found = ask({**case.texts, cases.SETTINGS: case.settings}, asOf=day(case))
    shown = [(each["rule"], each["message"], each["line"]) for each in found["findings"]]
    rows = found["report"]["findings"]
    assert shown == [(row["rule"], row["message"], row["line"]) for row in rows]
    return cases.rows(rows)


def day(case):
    """Return the date of a case: the page always states one."""
    words = ["--as-of", cases.DAY, *case.words]
    return words[len(words) - words[::-1].index("--as-of")]
