"""Reports as plain data."""

from datetime import date

from tests.support.reports import SITE, finding, report, skip

from acmrules import __version__
from acmrules.lint.findings import RelatedLocation, SkipReason, StaleBaselineEntry, Suppressed
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.report_data import report_data
from acmrules.lint.rule import Edit, Fix
from acmrules.lint.suppressions.model import Suppression
from acmrules.model.placed import Location
from acmrules.readers import registry
from acmrules.syntax.source import InputError, Position, Source


def test_the_report_is_one_object_with_the_documented_members():
    """Programs rely on the names of the members."""
    data = report_data(report())
    assert list(data) == [
        "version",
        "acmrules",
        "as_of",
        "facts_checked",
        "suffix_list",
        "findings",
        "suppressed",
        "stale",
        "skips",
        "undecided",
        "environments",
        "not_checked",
        "errors",
        "fail_on",
        "is_empty",
        "summary",
    ]
    assert (data["version"], data["acmrules"], data["as_of"]) == (1, __version__, "2026-11-23")


def test_a_finding_has_its_place_its_value_and_its_fix():
    """All fields of a finding are members, and the edits are data."""
    fix = Fix("x", (Edit(("names", 0), "a"), Edit(("names", 1), None, insert=True)), safe=True)
    related = (RelatedLocation(Location(SITE, 0, 1), "there"),)
    [found] = report_data(
        report(finding(fix=fix, related=related, label="too long", help="shorten it"))
    )["findings"]
    assert found == {
        "rule": "ACM301",
        "name": "common-name-too-long",
        "severity": "error",
        "message": "first name has 66 octets; ACM accepts 64",
        "label": "too long",
        "help": "shorten it",
        "file": "infra/site.yaml",
        "line": 14,
        "column": 17,
        "end_line": 14,
        "end_column": 83,
        "address": "Certificate",
        "path": ["names", 0],
        "value": finding().value,
        "related": [
            {
                "file": "infra/site.yaml",
                "line": 1,
                "column": 1,
                "end_line": 2,
                "end_column": 1,
                "note": "there",
                "is_definition": False,
            }
        ],
        "fixable": False,
        "fix": {
            "safe": True,
            "description": "x",
            "edits": [
                {"path": ["names", 0], "value": "a", "insert": False},
                {"path": ["names", 1], "value": None, "insert": True},
            ],
            "changes": [],
            "refused": "the request is not in a file",
        },
        "url": finding().rule.url,
        "condition": "",
        "environment": "",
        "count": 1,
        "others": [],
    }


def test_a_fix_contains_the_edits_of_the_file():
    """A fixable finding has the lines, the columns and the new text of each edit."""
    source = Source("names.txt", "brightharbor.io\nWWW.brightharbor.io\n")
    data = report_data(check_declarations(registry.read(source), Linter()))
    [found] = [found for found in data["findings"] if found["rule"] == "ACM102"]
    assert found["fixable"] is True
    assert found["fix"] == {
        "safe": True,
        "description": "change it to `www.brightharbor.io`",
        "edits": [{"path": ["names", 1], "value": "www.brightharbor.io", "insert": False}],
        "changes": [
            {
                "file": "names.txt",
                "line": 2,
                "column": 1,
                "end_line": 2,
                "end_column": 20,
                "text": "www.brightharbor.io",
            }
        ],
        "refused": None,
    }


def test_a_finding_without_a_source_has_no_range():
    """Lines are null without a source, and the fix is null if there is none."""
    [found] = report_data(report(finding(source=None)))["findings"]
    assert (found["file"], found["line"], found["end_column"], found["fix"]) == (
        "",
        None,
        None,
        None,
    )


def test_skips_and_errors_are_listed():
    """The rule of a skip and the line of an error may be null."""
    errors = (InputError("a", "b", Position(3, 4)), InputError("c", "d"))
    bound = skip(None, "16 of 32 variants", SkipReason.BOUNDED)
    data = report_data(report(skips=(skip(), bound), unreadable=errors, excluded=3))
    assert [s["rule"] for s in data["skips"]] == ["ACM301", None]
    assert data["skips"][0]["reason"] == "undecided"
    assert data["skips"][0]["line"] == 1
    assert data["errors"] == [
        {"file": "a", "message": "b", "line": 3, "column": 4, "warning": False},
        {"file": "c", "message": "d", "line": None, "column": None, "warning": False},
    ]
    assert data["summary"] == {
        "files": 1,
        "requests": 1,
        "errors": 0,
        "warnings": 0,
        "notes": 0,
        "suppressed": 0,
        "undecided": 1,
        "unreadable": 2,
        "excluded": 3,
        "not_checked": 0,
        "unimported": 0,
        "hidden": 0,
    }


def test_suppressed_findings_have_a_reason():
    """The suppression is a comment with its range, or the baseline."""
    by = Suppression("x", ("ACM301",), date(2027, 1, 31), "gone", "", (), Location(SITE, 0, 1))
    given = (Suppressed(finding(), "gone", by), Suppressed(finding(), "in the baseline"))
    stale = (StaleBaselineEntry("a.yaml", "ACM301", "Certificate", "a.io", 2, "x.json"),)
    data = report_data(report(suppressed=given, stale=stale))
    one, other = (each["suppression"] for each in data["suppressed"])
    assert one == {
        "kind": "inSource",
        "reason": "gone",
        "until": "2027-01-31",
        "file": "infra/site.yaml",
        "line": 1,
        "column": 1,
        "end_line": 2,
        "end_column": 1,
    }
    assert (other["kind"], other["until"], other["line"]) == ("external", None, None)
    assert data["suppressed"][0]["rule"] == "ACM301"
    assert data["stale"] == [
        {
            "file": "a.yaml",
            "rule": "ACM301",
            "address": "Certificate",
            "value": "a.io",
            "count": 2,
            "baseline": "x.json",
        }
    ]
    assert data["summary"]["suppressed"] == 2


def test_others_have_what_distinguishes_them_from_the_first():
    """A finding of several instances has the values and the addresses of all of them."""
    first, *others = (finding(value=f"{n}.io", address=f"c[{n}]") for n in range(3))
    merged = first.__replace__(others=tuple(others))
    [found] = report_data(report(merged))["findings"]
    assert found["count"] == 3
    assert [(each["value"], each["address"]) for each in found["others"]] == [
        ("1.io", "c[1]"),
        ("2.io", "c[2]"),
    ]


def test_unknown_names_are_listed_with_their_places():
    """The skips are there too, one by one."""
    data = report_data(report(skips=(skip(), skip("ACM105"))))
    assert len(data["skips"]) == 2
    [name] = data["undecided"]
    assert name == {
        "name": "$X",
        "option": "",
        "advice": "",
        "checks": 2,
        "rules": ["ACM105", "ACM301"],
        "places": [
            {
                "file": "infra/site.yaml",
                "line": 1,
                "column": 1,
                "end_line": 2,
                "end_column": 1,
                "address": "Certificate",
            }
        ],
    }


def test_existing_certificates_are_counted_if_there_are_any():
    """Reports about templates have the members that they always had."""
    assert "existing" not in report_data(report())["summary"]
    assert report_data(report(existing=3))["summary"]["existing"] == 3
