"""The picture of a calendar."""

from datetime import date

import pytest
from tests.support.calendar import DNS, SITE
from tests.support.pictures import Picture

from acmrules.analysis.calendar import LAST_TURN, calendar
from acmrules.model.inventory import take_inventory
from acmrules.readers import registry
from acmrules.reports import calendar_picture
from acmrules.syntax.source import Source

AS_OF, UNTIL = date(2026, 11, 23), date(2027, 12, 31)


def picture(*texts, until=LAST_TURN):
    """Return the picture of the certificates in some files."""
    declarations = [
        each
        for number, text in enumerate(texts)
        for each in registry.read(Source(f"site-{number}.yaml", text))
    ]
    found = calendar(take_inventory(declarations), AS_OF, until)
    return Picture(calendar_picture.render(found))


def test_a_bar_has_a_segment_for_each_period():
    """Each kind of work has a bar, with its numbers under the rules of each date."""
    drawn = picture(SITE)
    drawn.check_layout()
    assert drawn.title == "Calendar from 2026-11-23 to 2029-03-15: 1 certificate (EMAIL)"
    for text in (
        *("2026-11-23", "2027-03-15", "2028-03-15", "2029-03-15"),
        *("198 days", "at most 100 days", "at most 47 days"),
        *("approvals by hand", "at least 10", "no renewal"),
        "site-0.yaml:5 Certificate (EMAIL)",
        "            1 certificate can no longer be renewed",
    ):
        assert text in drawn.texts
    assert drawn.titles[1].split("\n") == [
        "new certificates are valid for",
        "198 days from 2026-11-23",
        "at most 100 days from 2027-03-15",
        "at most 47 days from 2029-03-15",
    ]


def test_a_pace_keeps_its_meaning_in_a_narrow_segment():
    """`at least every 100 days` becomes a time that is at most 100 days."""
    drawn = picture(SITE)
    assert "153\N{EN DASH}198 d" in drawn.texts
    brief = {calendar_picture._fitting("at least every 100 days", width) for width in range(200)}
    assert brief == {
        *("", "at least every 100 days"),
        *("\N{LESS-THAN OR EQUAL TO} 100 days", "\N{LESS-THAN OR EQUAL TO} 100 d"),
    }


def test_work_by_hand_has_a_color_of_its_own():
    """Renewals with DNS validation are automatic, and nothing is listed as manual work."""
    by_hand, automatic = picture(SITE, until=UNTIL), picture(DNS, until=UNTIL)
    assert len(by_hand.bars_of("f-warning")) > 1
    assert len(automatic.bars_of("f-warning")) == 1  # that of the legend
    assert len(automatic.bars_of("f-note")) > 1
    assert "manual work for each certificate" not in automatic.texts


def test_the_last_period_has_a_place_after_the_last_date():
    """The segment that begins on the last date is as wide as its flag."""
    *_, (x, width) = picture(SITE).bars_of("f-error")[:-1]
    assert x + width == pytest.approx(calendar_picture.WIDTH - 21)


def test_many_certificates_are_counted():
    """Certificates that have no bar are counted."""
    drawn = picture(*[SITE] * 35)
    drawn.check_layout()
    assert "and 5 more; `--format text` lists them" in drawn.texts


def test_dates_of_certificates_that_exist(run):
    """A date on which you have to act comes first, and has a color of its own."""
    from pathlib import Path

    folder = Path(__file__).parents[2] / "docs" / "examples" / "account"
    files = (str(folder / name) for name in ("pending.json", "renewal.json", "fine.json"))
    drawn = Picture(run("calendar", *files, "--as-of", "2026-11-30", "--format", "svg")[1])
    drawn.check_layout()
    dates = [text for text in drawn.texts if "brightharbor.io: " in text]
    assert dates[:2] == [
        "2026-11-30 quay.brightharbor.io: the status of its renewal is `PENDING_VALIDATION`",
        "2026-12-01 shop.brightharbor.io: its validation times out",
    ]
    marks = [each.get("class") for each in drawn.root.iter() if each.tag.endswith("circle")]
    assert marks == ["f-alarm"] * 2 + ["f-quiet"] * (len(dates) - 2)


def test_no_certificate():
    """Without certificates, the picture says so."""
    assert picture().texts == ["no certificate in these files"]


def test_a_period_without_work_is_gray():
    """After email validation ends, renewals have the color of the track, which means none."""
    found = calendar(take_inventory(registry.read(Source("site.yaml", SITE))), AS_OF, LAST_TURN)
    _, renewals, *_ = calendar_picture._work(found, [*found.pages])
    first, *_, last = renewals.segments
    assert (first.css, last.css, last.text) == ("f-note", "f-track", "0")
