"""The picture of the Regions of certificates."""

from hypothesis import given
from hypothesis import strategies as st
from tests.support.pictures import Picture

from acmrules.analysis.region_map import (
    ANYWHERE,
    Placement,
    RegionalCertificate,
    RegionalConsumer,
    RegionMap,
)
from acmrules.model.placed import Location
from acmrules.reports import region_map as report
from acmrules.syntax.source import Source

REGIONS = st.sampled_from(["eu-west-1", "us-east-1", ""])
WORDS = st.text(st.characters() | st.sampled_from("a.-/_"), min_size=1, max_size=90)
API = RegionalCertificate(None, "aws_acm_certificate.api", "api.brightharbor.io", "eu-west-1")


def used(address="Site", certificate=0, needs="us-east-1", placement=Placement.WRONG):
    """Return a consumer of a certificate."""
    return RegionalConsumer(None, address, "CloudFront", certificate, needs, placement)


def picture(certificates, consumers):
    return Picture(report.render(RegionMap(tuple(certificates), tuple(consumers))))


@given(st.data())
def test_nothing_overlaps_whatever_is_used(data):
    """The picture is XML of fixed width, and its texts do not overlap."""
    made = st.builds(RegionalCertificate, st.none(), WORDS, st.just("") | WORDS, REGIONS)
    certificates = data.draw(st.lists(made, min_size=1, max_size=8))
    places = st.integers(0, len(certificates) - 1)
    uses = st.builds(used, WORDS, places, REGIONS, st.sampled_from(Placement))
    drawn = picture(certificates, data.draw(st.lists(uses, max_size=12)))
    assert drawn.width == report.WIDTH
    drawn.check_layout()


def test_a_consumer_is_in_the_box_of_the_region_that_it_needs():
    """A line of the color of its placement connects it with its certificate."""
    drawn = picture([API], [used(), used("Listener", 0, "eu-west-1", Placement.RIGHT)])
    assert drawn.texts[1] == "1 certificate, 2 consumers, 1 in the wrong Region"
    for text in ("its certificate is in eu-west-1", "api.brightharbor.io", "CloudFront"):
        assert text in drawn.texts
    tops = {content: top for content, _, top, _, _ in drawn.boxes}
    assert tops["eu-west-1"] < tops["Listener"] < tops["us-east-1"] < tops["Site"]
    strokes = [each.get("class") for each in drawn.root.iter() if each.tag.endswith("path")]
    assert strokes.count("s-alarm thick") == 2 + 1
    assert strokes.count("s-good thick") == 2 + 1


def test_the_description_is_the_same_as_text():
    """A screen reader gets a sentence for each consumer, and each certificate without one."""
    unused = API.__replace__(name="old.brightharbor.io", region="")
    drawn = report.render(RegionMap((API, unused), (used(),)))
    assert (
        "<desc>Site needs api.brightharbor.io in us-east-1; the certificate is in eu-west-1:"
        " in the wrong Region; "
        "old.brightharbor.io is in an unknown Region, and nothing in these files uses it.</desc>"
    ) in drawn


def test_a_certificate_without_a_name_is_identified_by_its_place():
    """A request that has no names and no address, such as one in JSON, has a place."""
    location = Location(Source("request.json", "{}"), 0, 1)
    unnamed = RegionalCertificate(location, "", "", "eu-west-1")
    drawn = report.render(RegionMap((unnamed,), ()))
    assert "<desc>request.json:1 is in eu-west-1, and nothing in these files uses it." in drawn
    assert Picture(drawn).texts.count("request.json:1") == 1
    drawn = report.render(RegionMap((unnamed.__replace__(location=None),), ()))
    assert "<desc>a certificate without a name is in eu-west-1, and" in drawn


def test_a_line_to_a_wrong_region_is_above_others():
    """It is drawn last, so that no other line covers it."""
    placements = (Placement.WRONG, Placement.RIGHT, Placement.REFUSED)
    uses = [used(f"U{number}", placement=each) for number, each in enumerate(placements)]
    strokes = [each.get("class") for each in picture([API], uses).root.iter()]
    drawn = [each for each in strokes if each and "thick" in each][: 2 * len(uses)]
    assert drawn[::2] == ["s-good thick", "s-alarm thick dash", "s-alarm thick"]


def test_a_service_that_accepts_no_certificates():
    """The picture says so."""
    drawn = picture([API], [used(needs="", placement=Placement.REFUSED)])
    assert "it does not accept ACM certificates" in drawn.texts
    assert "unknown Region" in drawn.texts


def test_what_is_wrong_is_drawn_first():
    """Of many consumers, those in the wrong Region are drawn, and the others are counted."""
    calm = [used(f"Calm{n}", n, "eu-west-1", Placement.RIGHT) for n in range(50)]
    certificates = [API.__replace__(address=f"certificate-{n}") for n in range(60)]
    drawn = picture(certificates, [*calm, used("Wrong", 55)])
    drawn.check_layout()
    assert "Wrong" in drawn.texts
    assert "and 20 more certificates and 11 more consumers" in drawn.texts


@given(st.integers(0, 90), st.integers(0, 90))
def test_whatever_is_left_out_is_counted(certificates, consumers):
    """Certificates are drawn even if nothing uses them, and the picture counts the others."""
    made = [API.__replace__(name=f"c{n}.brightharbor.io") for n in range(certificates)]
    uses = [used(f"U{n}", n % certificates) for n in range(consumers if certificates else 0)]
    texts = picture(made, uses).texts
    names = [text for text in texts if text.endswith(".brightharbor.io")]
    addresses = [text for text in texts if text.startswith("U")]
    assert len(names) == min(certificates, 40)
    assert len(addresses) == min(len(uses), 40)
    counts = [text for text in texts if text.startswith("and ")]
    more = [(certificates - len(names), "certificate"), (len(uses) - len(addresses), "consumer")]
    said = [f"{number} more {what}{'s' * (number != 1)}" for number, what in more if number]
    assert counts == ([f"and {' and '.join(said)}"] if said else [])


def test_a_certificate_whose_consumers_are_left_out_is_in_use():
    """The description says that nothing uses a certificate only if that is true of all files."""
    uses = [used(f"First{n}") for n in range(40)]
    certificates = [API, API.__replace__(name="www.brightharbor.io")]
    report_of = RegionMap(tuple(certificates), (*uses, used("Last", 1)))
    assert "nothing in these files uses it" not in report.render(report_of)


def test_a_consumer_of_any_region():
    """The description says that the service accepts certificates of every Region."""
    drawn = report.render(RegionMap((API,), (used(needs=ANYWHERE, placement=Placement.RIGHT),)))
    assert f"Site needs api.brightharbor.io in {ANYWHERE}; the certificate is in" in drawn


def test_a_long_name_has_at_most_three_lines():
    """The last line ends with an ellipsis, and so the next entry is not far below."""
    long = "module.portal.module.certificate.aws_acm_certificate.site." * 5
    drawn = picture([API], [used(f"{long}END")])
    lines = [text for text in drawn.texts if "module" in text]
    assert len(lines) == 3
    assert lines[-1].endswith("\N{HORIZONTAL ELLIPSIS}")
    assert not [text for text in drawn.texts if text.endswith("END")]


def test_the_head_of_a_dashed_arrow_is_not_dashed():
    """A dash would leave little of the head."""
    drawn = picture([API], [used(needs="", placement=Placement.UNKNOWN)])
    strokes = [each.get("class") for each in drawn.root.iter() if each.tag.endswith("path")]
    assert strokes.count("s-quiet thick dash") == 1 + 1  # with that of the legend
    assert strokes.count("s-quiet thick") == 1
