"""The format `gitlab`: a code quality report."""

import json

from hypothesis import given
from jsonschema import Draft7Validator
from tests.support.reports import finding, not_checked, report, reports, skip

from acmrules.lint.findings import StaleBaselineEntry
from acmrules.lint.rule import Severity
from acmrules.messages import printable
from acmrules.model.not_checked import whole_file
from acmrules.reports.findings import gitlab
from acmrules.syntax.source import InputError, Position

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string"},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "not": {"pattern": r"^\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""The requirements in GitLab's documentation of the format."""


def issues_of(drawn):
    issues = json.loads(gitlab.render(drawn))
    Draft7Validator(SCHEMA).validate(issues)
    return issues


@given(reports())
def test_any_report_is_valid(drawn):
    """Each finding is an issue with its own fingerprint, its message and its help."""
    issues = issues_of(drawn)
    texts = [f.message + (f"; help: {f.help}" if f.help else "") for f in drawn.findings]
    texts += [failed.fault for failed in drawn.unreadable]
    texts += [str(each) for each in drawn.not_checked if each.kind != "parameter"]
    texts += map(str, drawn.stale)
    assert [issue["description"] for issue in issues] == list(map(printable, texts))
    marks = [issue["fingerprint"] for issue in issues[: len(drawn.findings)]]
    assert len(set(marks)) == len(marks)


def test_an_issue_has_a_path_and_a_line():
    """Without a location, it is the first line."""
    first, second = issues_of(report(finding(help="swap the names"), finding(source=None)))
    assert first.pop("fingerprint") != second.pop("fingerprint")
    assert first == {
        "description": "first name has 66 octets; ACM accepts 64; help: swap the names",
        "check_name": "ACM301 common-name-too-long",
        "severity": "major",
        "location": {"path": "infra/site.yaml", "lines": {"begin": 14}},
    }
    assert second["location"]["lines"] == {"begin": 1}


def test_severities_are_those_of_gitlab():
    """An unreadable file is the most severe issue."""
    found = [finding(severity=severity) for severity in Severity]
    errors = (InputError("a", "is binary", Position(3, 4)), InputError("b", "is gone"))
    issues = issues_of(report(*found, unreadable=errors))
    severities = [issue["severity"] for issue in issues]
    assert severities == ["info", "minor", "major", "critical", "critical"]
    assert [issue["location"]["lines"]["begin"] for issue in issues[3:]] == [3, 1]
    assert len({issue["fingerprint"] for issue in issues}) == 5


def test_what_was_not_checked_is_an_issue():
    """Its severity is that of a note, or for a named file, that of a warning."""
    unread = (not_checked(), not_checked("file", whole_file("a.json")), not_checked("parameter"))
    first, second = issues_of(report(not_checked=unread))
    assert (first["check_name"], first["severity"]) == ("not-checked-module", "info")
    assert (second["check_name"], second["severity"]) == ("not-checked-file", "minor")
    assert first["location"] == {"path": "infra/site.yaml", "lines": {"begin": 1}}
    assert first["description"] == "module `acm` calls `x`: check the plan"


def test_a_stale_entry_is_an_issue_of_the_baseline():
    """Two entries are two issues of the lowest severity."""
    stale = [
        StaleBaselineEntry("a.yaml", "ACM301", "C", f"{n}.io", 1, "infra/x.json") for n in range(2)
    ]
    first, second = issues_of(report(stale=tuple(stale)))
    assert first.pop("fingerprint") != second["fingerprint"]
    assert first == {
        "description": "ACM301 C `0.io` in a.yaml: no longer found",
        "check_name": "stale-baseline-entry",
        "severity": "info",
        "location": {"path": "infra/x.json", "lines": {"begin": 1}},
    }


def test_a_name_that_an_option_sets_is_an_issue():
    """Its place is that of the first check."""
    region = skip("ACM501", "the Region is unknown; pass `--region`")
    [issue] = issues_of(report(skips=(region, skip())))
    assert issue["description"] == "state the Region (`--region REGION`): 1 rule waits for it"
    assert (issue["check_name"], issue["severity"]) == ("undecided", "info")
    assert issue["location"] == {"path": "infra/site.yaml", "lines": {"begin": 1}}
    other = skip("ACM503", "the Region is unknown; pass `--region`")
    [more] = issues_of(report(skips=(region, other)))
    assert more["description"] == "state the Region (`--region REGION`): 2 rules wait for it"
    assert more["fingerprint"] == issue["fingerprint"]
