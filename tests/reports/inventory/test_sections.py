"""The sections of the report on an inventory."""

import json

from tests.support import inventories
from tests.support.account_reports import report_on

from acmrules.reports.inventory.sections import ReportSection, Row, sections


def by_key(report):
    """Return the sections by their keys."""
    return {each.key: each for each in sections(report)}


def test_each_section_has_a_cell_for_each_head():
    """Whatever the certificates."""
    denied = inventories.refused("ListCertificates", "us-west-2", "AccessDeniedException", "no")
    data = inventories.many(60)
    data["responses"].append(denied)
    found = by_key(report_on(data))
    assert [*found] == [
        *("gaps", "pending", "failed", "not-renewed", "expiring", "email", "quotas"),
        *("unused", "mergeable"),
    ]
    for section in found.values():
        assert {len(row.cells) for row in section.rows} == {len(section.heads)}


def test_only_what_needs_you_is_urgent():
    """A certificate that ACM renews is not."""
    found = by_key(report_on(inventories.many(300)))
    assert {row.is_urgent for row in found["failed"].rows} == {True}
    expiring = found["expiring"].rows
    assert {row.is_urgent for row in expiring} == {True, False}
    assert all(row.is_urgent == ("does not" in row.cells[3]) for row in expiring)


def test_expiries_are_counted_by_days():
    """Those of 30 days are among those of 60."""
    region = "eu-west-1"
    known = [
        inventories.described(n, region, [f"h{n}.tidewater.dev"], NotAfter=inventories.moment(days))
        for n, days in enumerate((10, 29, 45, 89, 91))
    ]
    section = by_key(report_on(inventories.inventory(known)))["expiring"]
    assert section.about == "2 within 30 days, 3 within 60 days, 4 within 90 days"
    assert [row.cells[2].split()[1] for row in section.rows] == ["(10", "(29", "(45", "(89"]


def test_a_section_can_be_cut():
    """The number of the others is a sentence."""
    section = ReportSection("a", "A", "", ("x",), tuple(Row((str(n),)) for n in range(5)))
    rows, more = section.cut(3)
    assert ([row.cells[0] for row in rows], more) == (["0", "1", "2"], "and 2 more certificates")
    assert section.cut(5) == (section.rows, "")


def test_several_accounts_are_named_in_each_row():
    """One account is only in the heading."""
    region = "eu-west-1"
    one = inventories.inventory([inventories.pending(1, region, ["a.tidewater.dev"])])
    other = json.loads(json.dumps(one).replace(inventories.ACCOUNT, "210987654321"))
    assert by_key(report_on(one))["pending"].rows[0].cells[1] == region
    both = by_key(report_on(one, other))["pending"].rows
    assert [row.cells[1] for row in both] == [f"123456789012 {region}", f"210987654321 {region}"]
