"""The frame of the pictures of an inventory."""

from tests.support.pictures import Picture

from acmrules.reports.inventory.frame import RIGHT, TOP, Figure, legend, title_of


def test_a_figure_has_its_title_for_screen_readers():
    """The title is drawn too, with a remark next to it."""
    picture = Picture(Figure("Title", 100, tuple(title_of("Title", "about it"))).draw())
    assert picture.title == "Title"
    assert picture.texts == ["Title", "about it"]
    picture.check_layout()
    assert Picture(Figure("Title", 100, tuple(title_of("Title", ""))).draw()).texts == ["Title"]


def test_a_legend_ends_at_the_right():
    """Above the content."""
    entries = [("f-error", "broken"), ("f-note", "fine")]
    picture = Picture(Figure("T", 100, tuple(legend(entries))).draw())
    assert picture.texts == ["broken", "fine"]
    assert max(box[3] for box in picture.boxes) <= RIGHT + 1
    assert max(box[4] for box in picture.boxes) < TOP
