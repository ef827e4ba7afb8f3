"""The report on an inventory as JSON."""

import json
import re
from pathlib import Path

from tests.support import inventories
from tests.support.account_reports import report_on

from acmrules.reports.inventory.json import as_data, render

PAGE = Path(__file__).parents[3] / "docs" / "pages" / "json.md"


def test_every_member_is_on_the_page():
    """The table of the page has each member of the report, and no other."""
    section = PAGE.read_text("utf-8").partition("\n## inventory\n")[2].partition("\n## ")[0]
    table = section.partition("Members of `report`")[2]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert listed == {*as_data(report_on(inventories.many(60)))}


def test_json_has_all_certificates():
    """Other formats leave some out."""
    known = [inventories.pending(n, "eu-west-1", [f"h{n}.tidewater.dev"]) for n in range(230)]
    data = json.loads(render(report_on(inventories.inventory(known))))
    assert len(data["report"]["pending"]) == 230
    assert data["version"] == 1


def test_what_aws_answered_comes_first():
    """The report is a member next to it."""
    collected = inventories.many(3)
    data = json.loads(render(report_on(collected), collected))
    assert [*data] == ["acmrules", "inventory", "at", "responses", "report"]
    assert {key: data[key] for key in collected} == collected


def test_each_section_is_plain_data():
    """Certificates are their ARNs."""
    data = as_data(report_on(inventories.many(300)))
    assert json.loads(json.dumps(data)) == data
    assert data["validated_by_email"][0].startswith("arn:aws:acm:")
    assert {each["renewal"] for each in data["expiring"]} >= {"ACM renews it"}
