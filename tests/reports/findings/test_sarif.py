"""The format `sarif`."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft7Validator, FormatChecker
from sarif_pydantic import Sarif
from tests.support.reports import (
    SITE,
    finding,
    not_checked,
    report,
    reports,
    skip,
    without_surrogates,
)
from tests.support.rules import RULES

from acmrules.lint.findings import RelatedLocation, SkipReason, StaleBaselineEntry, Suppressed
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.rule import Severity
from acmrules.lint.rules import CATALOGUE
from acmrules.lint.unknowns import is_named, unknown_names
from acmrules.model.not_checked import PARAMETER, whole_file
from acmrules.model.placed import Location
from acmrules.readers import registry
from acmrules.reports.findings import sarif
from acmrules.syntax.source import InputError, Position, Source

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "schemas" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")
)
VALIDATOR = Draft7Validator(SCHEMA, format_checker=FormatChecker())


def run_of(drawn, folder=""):
    """Return the one run of a report, read back."""
    log = json.loads(sarif.render(drawn, folder))
    VALIDATOR.validate(log)
    [run] = log["runs"]
    return run


@given(reports())
def test_any_report_is_valid_and_can_be_read(drawn):
    """The official schema and an independent reader accept it."""
    run = run_of(drawn, "/srv/check out")
    [read] = Sarif.model_validate_json(sarif.render(drawn, "/srv/check out")).runs
    assert [r.message.text for r in read.results] == [
        without_surrogates(f"{f.message}\nhelp: {f.help}" if f.help else f.message)
        for f in drawn.findings
    ]
    assert [r.level.value for r in read.results] == [str(f.severity) for f in drawn.findings]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[r["ruleIndex"]]["id"] for r in run["results"]] == [
        f.rule.id for f in drawn.findings
    ]
    notifications = run["invocations"][0]["toolExecutionNotifications"]
    texts = [u.fault for u in drawn.unreadable] + [*map(str, unknown_names(drawn.skips))]
    texts += [skip.detail for skip in drawn.skips if not is_named(skip)]
    texts += [str(each) for each in drawn.not_checked if each.kind != PARAMETER]
    texts += map(str, drawn.stale)
    assert [n["message"]["text"] for n in notifications] == [
        without_surrogates(text) for text in texts
    ]


@given(reports())
def test_files_are_listed_once_and_pointed_at(drawn):
    """Every location's index is that of its file among the artifacts."""
    run = run_of(drawn)
    items = [*run["results"], *run["invocations"][0]["toolExecutionNotifications"]]
    locations = [
        location["physicalLocation"]["artifactLocation"]
        for each in items
        for location in [*each["locations"], *each.get("relatedLocations", ())]
        if "physicalLocation" in location
    ]
    listed = [artifact["location"] for artifact in run["artifacts"]]
    for place in locations:
        index = place.pop("index")
        assert listed[index] == place
    files = {f.file for f in drawn.findings} | {s.file for s in drawn.skips}
    files |= {u.name for u in drawn.unreadable} | {entry.baseline for entry in drawn.stale}
    files |= {spot.file for f in drawn.findings for spot in f.related}
    files |= {each.file for each in drawn.not_checked if each.kind != PARAMETER}
    assert len(listed) == len(files - {""})


def test_a_result_has_a_rule_a_location_and_help():
    """It also has a level, a label, a resource, related locations and a fingerprint."""
    related = (RelatedLocation(Location(SITE, 0, 1), "default of parameter `Name`"),)
    run = run_of(report(finding(related=related, label="too long", help="shorten it")))
    [result] = run["results"]
    file = {"uri": "infra/site.yaml", "uriBaseId": "%SRCROOT%", "index": 0}
    assert result.pop("partialFingerprints").keys() == {"acmrules/v1"}
    assert result == {
        "ruleId": "ACM301",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "first name has 66 octets; ACM accepts 64\nhelp: shorten it"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": file,
                    "region": {"startLine": 14, "startColumn": 17, "endLine": 14, "endColumn": 83},
                },
                "logicalLocations": [{"fullyQualifiedName": "Certificate", "kind": "resource"}],
                "message": {"text": "too long"},
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": file,
                    "region": {"startLine": 1, "startColumn": 1, "endLine": 2, "endColumn": 1},
                },
                "message": {"text": "default of parameter `Name`"},
            }
        ],
        "properties": {"path": ["names", 0], "value": finding().value, "condition": ""},
    }
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["newlineSequences"] == ["\r\n", "\n", "\r"]


def test_all_rules_are_listed_with_their_help():
    """If anything was checked, every rule of the catalogue is there, as of that date."""
    run = run_of(report(suffix_list="2026-10-22"))
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert list(rules) == [rule.id for rule in CATALOGUE]
    listed, rule = rules["ACM402"], RULES["ACM402"]
    assert listed["name"] == "email-validation"
    assert listed["shortDescription"] == {"text": rule.title}
    assert listed["fullDescription"] == {"text": rule.explanation}
    assert listed["help"]["text"].startswith(f"{rule.title}\n\n{rule.explanation}")
    assert listed["help"]["markdown"].startswith("# ACM402 email-validation\n")
    assert listed["helpUri"] == rule.url
    assert listed["defaultConfiguration"] == {"enabled": True, "level": "warning"}
    assert [fact["row"] for fact in listed["properties"]["facts"]] == [f.row for f in rule.facts]
    assert {source["url"] for source in listed["properties"]["sources"]} >= {rule.url}


def test_descriptions_are_short_enough_for_code_scanning():
    """GitHub accepts 1,024 characters of a description, and 255 of a name."""
    for rule in run_of(report(suffix_list="x"))["tool"]["driver"]["rules"]:
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert len(rule["name"]) <= 255


def test_a_rule_that_is_not_in_force_yet_is_not_enabled():
    """Its level is the first one it will have."""
    rule = RULES["ACM701"]
    early = report(finding(rule=rule), as_of=rule.force.eras[0].start.replace(year=2016))
    [listed] = run_of(early)["tool"]["driver"]["rules"]
    assert listed["defaultConfiguration"] == {"enabled": False, "level": "warning"}


def test_a_fix_contains_the_edits_of_the_file():
    """Each edit has a region and the new text."""
    source = Source("names.txt", "brightharbor.io\nWWW.brightharbor.io\n")
    run = run_of(check_declarations(registry.read(source), Linter()))
    [result] = [each for each in run["results"] if each["ruleId"] == "ACM102"]
    assert result["fixes"] == [
        {
            "description": {"text": "change it to `www.brightharbor.io`"},
            "artifactChanges": [
                {
                    "artifactLocation": result["locations"][0]["physicalLocation"][
                        "artifactLocation"
                    ],
                    "replacements": [
                        {
                            "deletedRegion": {
                                "startLine": 2,
                                "startColumn": 1,
                                "endLine": 2,
                                "endColumn": 20,
                            },
                            "insertedContent": {"text": "www.brightharbor.io"},
                        }
                    ],
                }
            ],
            "properties": {"safe": True},
        }
    ]


def test_skips_and_unreadable_files_are_notifications():
    """An unknown name is a note with its rules; after an unreadable file, the run failed."""
    errors = (InputError("a", "is binary", Position(3, 4)), InputError("b", "is gone"))
    bound = skip(None, "16 of 32 variants", SkipReason.BOUNDED)
    [invocation] = run_of(report(skips=(skip(), skip("ACM105"), bound), unreadable=errors))[
        "invocations"
    ]
    assert invocation["executionSuccessful"] is False
    first, second, third, fourth = invocation["toolExecutionNotifications"]
    assert (first["level"], first["descriptor"]) == ("error", {"id": "unreadable"})
    [place] = first["locations"]
    assert place["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 4}
    assert "region" not in second["locations"][0]["physicalLocation"]
    assert (third["level"], third["descriptor"]) == ("note", {"id": "undecided"})
    assert third["message"] == {"text": "`$X` is unknown: 2 rules wait for it"}
    assert third["properties"] == {"rules": ["ACM105", "ACM301"], "checks": 2}
    assert len(third["locations"]) == 1
    assert fourth["descriptor"] == {"id": "bounded"}
    assert "associatedRule" not in fourth
    assert run_of(report())["invocations"][0]["executionSuccessful"] is True


@pytest.mark.parametrize(
    ("file", "folder", "location"),
    [
        ("a b.yaml", "", {"uri": "a%20b.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/srv/x/a.yaml", "/srv/x", {"uri": "a.yaml", "uriBaseId": "%SRCROOT%"}),
        ("../a.yaml", "/srv/x", {"uri": "file:///srv/a.yaml"}),
        ("-", "/srv/x", {"uri": "-"}),
    ],
)
def test_paths_are_relative_to_the_root(file, folder, location):
    """Files outside of the folder have an absolute path."""
    run = run_of(report(unreadable=(InputError(file, "x"),)), folder)
    assert [artifact["location"] for artifact in run["artifacts"]] == [location]
    root = run["originalUriBaseIds"]["%SRCROOT%"].get("uri")
    assert root == ("file:///srv/x/" if folder else None)


def test_a_finding_without_a_source_has_a_resource_or_nothing():
    """Without a file there is no physical location."""
    severities = list(Severity)
    named, nameless = run_of(
        report(finding(source=None, severity=severities[0]), finding(source=None, address=""))
    )["results"]
    assert named["locations"] == [
        {"logicalLocations": [{"fullyQualifiedName": "Certificate", "kind": "resource"}]}
    ]
    assert (named["level"], nameless["locations"]) == ("note", [])


def test_the_run_has_its_date_and_its_numbers():
    """The properties are the date, the facts, the suffix list, and how much was checked."""
    properties = run_of(report(suffix_list="2026-10-22", files=3))["properties"]
    assert properties["as_of"] == "2026-11-23"
    assert properties["suffix_list"] == "2026-10-22"
    assert (properties["files"], properties["requests"]) == (3, 1)
    assert properties["facts_checked"]


def test_a_suppressed_finding_is_a_result_with_a_reason():
    """The suppression is a comment in the source or the baseline."""
    commented = Suppressed(finding(), "moved in May", object())
    known = Suppressed(finding(rule=RULES["ACM102"]), "in the baseline")
    results = run_of(report(finding(), suppressed=(commented, known)))["results"]
    assert [each.get("suppressions") for each in results] == [
        None,
        [{"kind": "inSource", "justification": "moved in May"}],
        [{"kind": "external", "justification": "in the baseline"}],
    ]
    assert len({each["partialFingerprints"]["acmrules/v1"] for each in results}) == 3


def test_what_was_not_checked_is_a_notification():
    """The answer for a named file is a warning without a region, anything else is a note."""
    unread = (not_checked(), not_checked("file", whole_file("a.json")))
    [invocation] = run_of(report(not_checked=unread))["invocations"]
    module, file = invocation["toolExecutionNotifications"]
    assert (module["descriptor"]["id"], module["level"]) == ("not-checked-module", "note")
    assert module["locations"][0]["physicalLocation"]["region"]["startLine"] == 1
    assert (file["descriptor"]["id"], file["level"]) == ("not-checked-file", "warning")
    assert "region" not in file["locations"][0]["physicalLocation"]


def test_a_stale_entry_is_a_notification():
    """It is a note at the baseline, and the run is successful."""
    [invocation] = run_of(
        report(stale=(StaleBaselineEntry("a", "ACM301", "C", "b.io", 1, "x.json"),))
    )["invocations"]
    assert invocation["executionSuccessful"] is True
    [notification] = invocation["toolExecutionNotifications"]
    assert notification == {
        "descriptor": {"id": "stale-baseline-entry"},
        "level": "note",
        "message": {"text": "ACM301 C `b.io` in a: no longer found"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "x.json", "uriBaseId": "%SRCROOT%", "index": 0}
                }
            }
        ],
    }


def test_a_finding_of_several_instances_is_one_result():
    """The number of instances is that of the occurrences."""
    merged = finding(others=(finding(value="a.io"), finding(value="b.io")))
    results = run_of(report(merged, finding(SITE, (0, 1))))["results"]
    assert [result.get("occurrenceCount") for result in results] == [3, None]
