"""The counts at the end of a bulk run, as text and as data."""

import json
from datetime import date

from acmrules.bulk.counts import Counts
from acmrules.bulk.summary import BulkSummary, as_data, as_text


def summary(**fields):
    """Return the result of a run with some counts."""
    counts = Counts.from_data(
        {
            "rows": 1234,
            "rejected": 4,
            "empty": 3,
            "valid": 1200,
            "covered": 700,
            "faults": {"UNDERSCORE": 10, "BLANK": 10, "EMPTY": 11},
            "rules": {"ACM102": 10, "ACM101": 31},
            "reasons": ["a.csv:1: bad\x1b", "a.csv:2: bad", "a.csv:3: bad"],
        }
    )
    known = {"output": "o\n.csv", "files": 2, "counts": counts, "as_of": date(2026, 11, 30)}
    return BulkSummary(**known, suffix_list="2026-10-22", rejected="o.rejected.jsonl", **fields)


def test_text_has_the_most_frequent_first():
    """Control characters are escaped, and what faults mean is wrapped."""
    assert as_text(summary(has_certificates=True)) == (
        "1,234 rows of 2 files in o\\n.csv\n"
        "  valid names    1,200\n"
        "  invalid names     31\n"
        "  no name            3\n"
        "  covered          700\n"
        "  not covered      500\n"
        "\n"
        "Faults\n"
        "  EMPTY       11  is empty\n"
        "  BLANK       10  contains whitespace\n"
        "  UNDERSCORE  10  contains an underscore, which is not allowed in certificate\n"
        "                  names\n"
        "\n"
        "Rules (`acmrules explain RULE` explains them)\n"
        "  ACM101  31  A name is not a valid domain name.\n"
        "  ACM102  10  A name contains uppercase letters.\n"
        "\n"
        "Rejected rows: 4, in o.rejected.jsonl\n"
        "  a.csv:1: bad\\x1b\n"
        "  a.csv:2: bad\n"
        "  a.csv:3: bad\n"
        "  and 1 more\n"
    )


def test_data_has_null_for_what_was_not_examined():
    """Everything else is a number."""
    data = json.loads(json.dumps(as_data(summary(has_rules=False))))
    assert (data["rules"], data["covered"], data["not_covered"]) == (None, None, None)
    data = as_data(summary(has_certificates=True))
    assert (data["rules"], data["covered"]) == ({"ACM101": 31, "ACM102": 10}, 700)
    assert (data["rows"], data["invalid"], data["empty"]) == (1234, 31, 3)
    assert [*data["faults"]] == ["EMPTY", "BLANK", "UNDERSCORE"]
    assert (data["rejected_rows"], data["rejected"]) == (4, "o.rejected.jsonl")


def test_no_more_reasons_are_announced_than_there_are():
    """Three of them are shown."""
    whole = summary()
    whole.counts.rejected = 3
    assert as_text(whole).endswith("  a.csv:3: bad\n")
