"""The expiries of an inventory as a picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support import inventories
from tests.support.account_reports import report_on
from tests.support.pictures import Picture

from acmrules.reports.inventory.expiries import expiries


def picture_of(days):
    """Return the picture of certificates that expire after some days."""
    known = [
        inventories.described(
            n, "eu-west-1", [f"h{n}.tidewater.dev"], NotAfter=inventories.moment(d)
        )
        for n, d in enumerate(days)
    ]
    return Picture(expiries(report_on(inventories.inventory(known))).draw())


def test_each_certificate_is_in_the_picture_of_expiries():
    """Later ones are counted."""
    known = [
        inventories.described(
            n, "eu-west-1", [f"h{n}.tidewater.dev"], NotAfter=inventories.moment(d)
        )
        for n, d in enumerate((3, 4, 40, 500))
    ]
    picture = Picture(expiries(report_on(inventories.inventory(known))).draw())
    titles = [title.splitlines() for title in picture.titles[1:]]
    assert [lines[0][:10] for lines in titles] == ["2026-11-30", "2027-01-04"]
    assert titles[0][1].endswith(": 2")
    assert any("1 expire later" in text for text in picture.texts)


@given(st.lists(st.integers(0, 900), min_size=1, max_size=9))
def test_the_picture_has_a_place_for_every_date(days):
    """The axis ends after the last expiry, or says how many are later."""
    picture = picture_of(days)
    picture.check_layout()
    shown = sum(
        int(line.rpartition(": ")[2].replace(",", ""))
        for title in picture.titles[1:]
        for line in title.splitlines()[1:]
    )
    later = [text for text in picture.texts if "expire later" in text]
    hidden = int(later[0].partition("; ")[2].split()[0]) if later else 0
    assert shown + hidden == len(days)


def test_without_issued_certificates_there_is_no_picture():
    """Pending ones have no expiry."""
    known = [inventories.pending(1, "eu-west-1", ["a.tidewater.dev"])]
    assert expiries(report_on(inventories.inventory(known))) is None


@pytest.mark.parametrize("number", [1, 2, 3, 10, 11, 700])
def test_the_axis_ends_at_a_round_number(number):
    """The greatest number of a week fits below it."""
    texts = picture_of([40] * number).texts
    top = max(int(text.replace(",", "")) for text in texts if text.replace(",", "").isdecimal())
    assert number <= top <= max(2, 5 * number)
