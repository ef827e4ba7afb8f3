"""Diagnoses as JSON."""

import json

from hypothesis import given, settings
from tests.support.diagnoses import diagnoses, diagnosis, existing, missing, of_name, placed, run_of

from acmrules.diagnosis.model import Cause
from acmrules.reports.diagnosis.json import render

NAME = "shop.brightharbor.io"


def test_a_program_reads_the_state_the_cause_and_the_record():
    """Times have an offset, and causes have stable identifiers."""
    one = diagnosis(existing(NAME), names=(of_name(NAME, missing(NAME)),))
    data = json.loads(render(run_of(placed(one))))
    assert (data["version"], data["as_of"]) == (1, "2026-11-30T07:00:00+00:00")
    assert data["state"] == "waiting for you"
    assert data["summary"] == {"certificates": 1, "states": {"waiting for you": 1}}
    [found] = data["certificates"]
    assert (found["actor"], found["line"], found["region"]) == ("you", 1, "eu-west-1")
    assert found["deadlines"] == [
        {"at": "2026-12-01T14:00:00+00:00", "text": "the request times out"}
    ]
    [name] = found["not_validated"]
    [cause] = name["causes"]
    assert (name["name"], cause["cause"], cause["certainty"]) == (NAME, "record-missing", "certain")
    assert found["changes"] == cause["changes"]
    assert cause["changes"][0]["zone_id"] == "Z0123456789ABC"


@settings(max_examples=25)
@given(diagnoses())
def test_any_run_is_ascii_with_all_certificates(run):
    """Every parser can read it, and every cause is in it."""
    text = render(run)
    assert text.isascii()
    data = json.loads(text)
    assert [each["arn"] for each in data["certificates"]] == [each.arn for each in run.certificates]
    causes = [
        cause["cause"]
        for each in data["certificates"]
        for cause in (*each["causes"], *(c for n in each["not_validated"] for c in n["causes"]))
    ]
    assert causes == [
        one.cause.value for each in run.certificates for one in each.diagnosis.all_obstacles
    ]
    assert len(data["not_read"]) == len(run.gaps)


def test_causes_are_documented():
    """The page lists the identifiers of all causes."""
    from pathlib import Path

    page = (Path(__file__).parents[3] / "docs" / "pages" / "diagnose.md").read_text("utf-8")
    assert not [cause.value for cause in Cause if f"`{cause.value}`" not in page]
