"""The report on an inventory as text."""

import re

from tests.support import inventories
from tests.support.account_reports import report_on

from acmrules.reports.inventory.text import render


def test_each_region_has_a_line_with_its_states():
    """States that no certificate has are left out."""
    region = "eu-west-1"
    denied = inventories.refused("ListCertificates", "us-west-2", "AccessDeniedException", "no")
    data = inventories.inventory(
        [
            inventories.described(1, region, ["a.tidewater.dev"]),
            inventories.pending(2, region, ["b.tidewater.dev"], Status="FAILED"),
        ],
        others=[denied],
    )
    lines = render(report_on(data)).splitlines()
    assert lines[0] == "2 certificates of account 123456789012 in 1 Region, as of 2026-11-30"
    assert lines[2] == "read from AWS on 2026-11-30 09:00 UTC"
    table = [line.split() for line in lines[4:7]]
    assert table[1][:2] == [region, "2"]
    assert table[2] == ["us-west-2", "not", "read"]


def test_regions_without_certificates_are_counted():
    """Most accounts have many."""
    known = [inventories.described(1, "eu-west-1", ["a.tidewater.dev"])]
    empty = ["us-east-1", "us-west-2"]
    text = render(report_on(inventories.inventory(known, empty)))
    assert "\n2 Regions without certificates\n" in text
    assert "us-west-2" not in text
    assert render(report_on(inventories.inventory([], empty))).splitlines()[-1] == (
        "2 Regions without certificates"
    )


def test_long_sections_are_cut_with_their_number():
    """Nothing is left out silently."""
    region = "eu-west-1"
    known = [inventories.pending(n, region, [f"h{n}.tidewater.dev"]) for n in range(25)]
    text = render(report_on(inventories.inventory(known)))
    assert "Pending: 25 (" in text
    assert "  and 5 more certificates\n" in text


def test_control_characters_are_escaped():
    """A name or a message may contain any."""
    denied = inventories.refused("ListCertificates", "us-west-2", "Denied", "a\x1b[31mb")
    text = render(report_on(inventories.inventory([], ["eu-west-1"], [denied])))
    assert "a\\x1b[31mb" in text
    assert "\x1b" not in text


def test_a_long_name_has_a_line_of_its_own():
    """The details of each certificate stay below it."""
    name = f"{'a' * 63}.brightharbor.io"
    known = [
        inventories.pending(1, "eu-west-1", [name]),
        inventories.pending(2, "eu-west-1", ["b.tidewater.dev"], CreatedAt=inventories.moment(-1)),
    ]
    lines = render(report_on(inventories.inventory(known))).splitlines()
    start = lines.index(f"  {name}")
    assert lines[start + 1].split()[0] == "eu-west-1"
    assert inventories.arn(1, "eu-west-1") in lines[start + 3]


def test_what_needs_you_is_red():
    """Colors change nothing else."""
    report = report_on(inventories.many(60))
    plain, colored = render(report), render(report, is_colored=True)
    assert re.sub(r"\x1b\[\d*m", "", colored) == plain
    red = re.findall(r"\x1b\[31m(.*?)\x1b", colored)
    assert any("FAILED" in line for line in red)
    assert not any("ACM renews it" in line for line in red)


def test_a_cause_that_two_names_share_is_printed_once():
    """A name and its wildcard have one record."""
    names = ["shop.brightharbor.io", "*.shop.brightharbor.io"]
    zone = {"Id": "/hostedzone/Z1", "Name": "brightharbor.io.", "Config": {"PrivateZone": False}}
    records = [
        {
            "Name": "brightharbor.io.",
            "Type": "SOA",
            "TTL": 900,
            "ResourceRecords": [{"Value": "ns.example.com. a.example.com. 1 2 3 4 5"}],
        }
    ]
    place = {"account": inventories.ACCOUNT, "region": "us-east-1"}
    calls = [
        {"operation": "ListHostedZones", **place, "response": {"HostedZones": [zone]}},
        {
            "operation": "ListResourceRecordSets",
            **place,
            "request": {"HostedZoneId": "/hostedzone/Z1"},
            "response": {"ResourceRecordSets": records, "IsTruncated": False},
        },
    ]
    known = [inventories.pending(1, "eu-west-1", names)]
    text = render(report_on(inventories.inventory(known, others=calls)))
    assert text.count("is not published: ") == 1
