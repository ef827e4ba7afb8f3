"""The pictures of an inventory."""

import pytest
from tests.support import inventories
from tests.support.account_reports import report_on
from tests.support.pictures import Picture

from acmrules.reports.inventory.pictures import figures, quotas, regions, render


@pytest.mark.parametrize("number", [1, 3, 60, 300, 1000])
def test_texts_are_in_their_picture_and_do_not_overlap(number):
    """With any number of certificates."""
    for figure in figures(report_on(inventories.many(number))):
        Picture(figure.draw()).check_layout()


def test_all_pictures_can_be_one():
    """With a title, and without any when there are no certificates."""
    report = report_on(inventories.many(300))
    drawn = render(report)
    assert "300 certificates of account 123456789012" in drawn
    assert drawn.count("<svg") == 1
    empty = report_on(inventories.many(0))
    assert figures(empty) == ()
    assert "no certificates" in render(empty)


def test_a_region_that_is_not_read_is_not_empty():
    """It is the first one, and says so."""
    denied = inventories.refused("ListCertificates", "us-west-2", "Denied", "no")
    data = inventories.inventory(map(inventories.one_of, range(9)), ["eu-north-1"], [denied])
    texts = Picture(regions(report_on(data)).draw()).texts
    assert texts.index("us-west-2") < texts.index("eu-west-1")
    assert "not read" in texts
    assert "1 Region without certificates" in texts


def test_one_certificate_is_visible_among_many():
    """Each state has a part in the bar of its Region."""
    known = [inventories.described(n, "eu-west-1", [f"h{n}.tidewater.dev"]) for n in range(2000)]
    failed = inventories.pending(9999, "eu-west-1", ["f.tidewater.dev"], Status="FAILED")
    picture = Picture(regions(report_on(inventories.inventory([*known, failed]))).draw())
    bars = [
        width for css in ("f-alarm", "f-error") for _, width in picture.bars_of(css) if width != 12
    ]
    assert len(bars) == 1
    assert bars[0] >= 2


def test_a_quota_that_is_exceeded_is_in_the_title():
    """Otherwise, it has the share of the most used one."""
    data = inventories.many(60)
    assert quotas(report_on(data)).title.startswith("Quotas: ")
    assert "exceeded" not in quotas(report_on(data)).title
    for each in data["responses"]:
        if each["operation"] == "ListServiceQuotas":
            each["response"] = {"Quotas": [inventories.quota("ACM certificates", "L-1", 2)]}
    assert "quotas are exceeded" in quotas(report_on(data)).title
