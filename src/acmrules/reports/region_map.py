"""A picture (SVG) of Regions: the certificates in each, and the consumers that need them there."""

from __future__ import annotations

from acmrules.analysis.region_map import Placement
from acmrules.messages import counted
from acmrules.reports import svg
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.analysis.region_map import RegionalCertificate, RegionalConsumer, RegionMap

WIDTH = 760
"""The width of the picture in pixels."""

_MARGIN = 20
_INSET = 14
_COLUMN = 290.0
_CERTIFICATES = float(_MARGIN + _INSET)
_CONSUMERS = WIDTH - _MARGIN - _INSET - _COLUMN
_LINE = 16
_GAP = 12
_HEAD = 34
_MOST = 40
"""The most consumers, and the most certificates, in a picture."""

_MOST_LINES = 3
_APART = 4
_MOST_APART = 5
_STROKES = {
    Placement.RIGHT: "s-good thick",
    Placement.WRONG: "s-alarm thick",
    Placement.REFUSED: "s-alarm thick dash",
    Placement.UNKNOWN: "s-quiet thick dash",
}
_ORDER = (Placement.WRONG, Placement.REFUSED, Placement.UNKNOWN, Placement.RIGHT)


class Entry(Value):
    """A certificate or a consumer: its lines with their kind and color, and its position."""

    lines: tuple[tuple[str, str, str], ...]
    x: float
    y: float

    @property
    def middle(self) -> float:
        """The position of the lines that connect the entry."""
        return self.y + 8

    @property
    def height(self) -> float:
        """The distance to the next entry."""
        return len(self.lines) * _LINE + _GAP


def render(found: RegionMap) -> str:
    """Return the picture: a box for each Region, and a line from each consumer to its certificate.

    If there are many, those in the wrong Region are drawn first.
    """
    shown = _shown(found)
    title = "Regions of certificates"
    about = summary(found)
    certificates: dict[int, Entry] = {}
    consumers: dict[RegionalConsumer, Entry] = {}
    boxes: list[str] = []
    y = 76.0
    for region in shown.regions:
        left = [i for i, each in enumerate(shown.certificates) if each.region == region]
        right = [each for each in shown.consumers if each.needs == region]
        bottom = [y + _HEAD, y + _HEAD]
        for index in left:
            lines = _certificate(shown.certificates[index])
            certificates[index] = Entry(tuple(lines), _CERTIFICATES, bottom[0])
            bottom[0] += certificates[index].height
        for each in right:
            lines = _consumer(each, shown.certificates[each.certificate])
            consumers[each] = Entry(tuple(lines), _CONSUMERS, bottom[1])
            bottom[1] += consumers[each].height
        end = max(bottom)
        boxes.append(svg.rect(_MARGIN, y, WIDTH - 2 * _MARGIN, end - y, "f-track", 8))
        boxes.append(
            svg.text(_CERTIFICATES, y + 20, region or "unknown Region", "name", "ink", " bold")
        )
        y = end + _GAP
    links = [
        _link(each, certificates[each.certificate], entry, shown)
        for each, entry in sorted(
            consumers.items(), key=lambda item: -_ORDER.index(item[0].placement)
        )
    ]
    body = [
        svg.text(_MARGIN, 34, title, "head"),
        svg.text(_MARGIN, 56, about, "word", "quiet"),
        *boxes,
        *links,
        *(part for entry in certificates.values() for part in _drawn(entry)),
        *(svg.group([_sentence(each, shown)], _drawn(entry)) for each, entry in consumers.items()),
    ]
    hidden = _hidden(found, shown)
    if hidden:
        body.append(svg.text(_MARGIN, y + 12, hidden, "word", "quiet"))
        y += 24
    body += _legend(y + 14)
    said = "\n".join((*_sentences(shown, found), hidden))
    return svg.drawing(WIDTH, y + 14 + _MARGIN, f"{title}: {about}", body, said)


def summary(found: RegionMap) -> str:
    """Return the number of certificates, and of consumers by placement."""
    parts = [
        counted(len(found.certificates), "certificate"),
        counted(len(found.consumers), "consumer"),
    ]
    for placement in _ORDER[:-1]:
        number = len(found.with_placement(placement))
        parts += [f"{number:,} {placement.value}"] if number else []
    return ", ".join(parts)


def _shown(found: RegionMap) -> RegionMap:
    """Return the part of a map that fits a picture: what is wrong comes first."""
    if len(found.consumers) <= _MOST and len(found.certificates) <= _MOST:
        return found
    urgent = sorted(found.consumers, key=lambda each: _ORDER.index(each.placement))[:_MOST]
    used = [each.certificate for each in urgent]
    kept = sorted([*dict.fromkeys((*used, *range(len(found.certificates))))][:_MOST])
    places = {index: place for place, index in enumerate(kept)}
    consumers = (
        each.__replace__(certificate=places[each.certificate])
        for each in found.consumers
        if each in urgent
    )
    return found.__replace__(
        certificates=tuple(found.certificates[index] for index in kept), consumers=tuple(consumers)
    )


def _hidden(found: RegionMap, shown: RegionMap) -> str:
    """Return how much of a map is left out of a picture, empty if nothing is."""
    certificates = len(found.certificates) - len(shown.certificates)
    consumers = len(found.consumers) - len(shown.consumers)
    parts = [counted(certificates, "more certificate")] if certificates else []
    parts += [counted(consumers, "more consumer")] if consumers else []
    return f"and {' and '.join(parts)}" if parts else ""


# Entries


def _certificate(certificate: RegionalCertificate) -> Iterator[tuple[str, str, str]]:
    first, *others = _identity(certificate)
    yield from _wrapped(first, "name", "ink")
    for line in others:
        yield from _wrapped(line, "small", "quiet")


def _identity(certificate: RegionalCertificate) -> list[str]:
    """Return what identifies a certificate, the best first: its name, its address, its place."""
    found = (certificate.name, certificate.address, certificate.file_and_line)
    return [each for each in found if each] or ["a certificate without a name"]


def _consumer(
    consumer: RegionalConsumer, certificate: RegionalCertificate
) -> Iterator[tuple[str, str, str]]:
    yield from _wrapped(consumer.address, "word", "ink")
    for line in (consumer.service, consumer.file_and_line):
        yield from _wrapped(line, "small", "quiet")
    if consumer.placement is Placement.WRONG:
        yield from _wrapped(f"its certificate is in {certificate.region}", "small", "alarm")
    if consumer.placement is Placement.REFUSED:
        yield from _wrapped("it does not accept ACM certificates", "small", "alarm")


def _wrapped(content: str, kind: str, color: str) -> Iterator[tuple[str, str, str]]:
    if not content:
        return
    lines = svg.lines_of(content, _COLUMN - 20, kind, " /:.-_")
    if lines[_MOST_LINES:]:
        lines = [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][:-1]}\N{HORIZONTAL ELLIPSIS}"]
    for line in lines:
        yield line, kind, color


def _drawn(entry: Entry) -> Iterator[str]:
    for number, (line, kind, color) in enumerate(entry.lines):
        yield svg.text(entry.x, entry.y + 12 + number * _LINE, line, kind, color)


def _link(each: RegionalConsumer, certificate: Entry, consumer: Entry, found: RegionMap) -> str:
    """Draw the line from a certificate to one of its consumers, a little apart from the others."""
    own = [other for other in found.consumers if other.certificate == each.certificate]
    number = own.index(each)
    words, kind, _ = certificate.lines[0]
    begin = certificate.x + svg.width_of(words, kind) + 10
    start = certificate.middle + _APART * min(number, _MOST_APART)
    bend = _CONSUMERS - 50 - 2 * _APART * min(number, _MOST_APART)
    end = consumer.x - 10
    points = [
        ("M", begin, start),
        ("L", bend, start),
        ("L", end - 14, consumer.middle),
        ("L", end, consumer.middle),
    ]
    head = svg.steps(
        ("M", end - 6, consumer.middle - 4),
        ("L", end, consumer.middle),
        ("L", end - 6, consumer.middle + 4),
    )
    css = _STROKES[each.placement]
    return svg.path(svg.steps(*points), css) + svg.path(head, css.replace(" dash", ""))


def _legend(y: float) -> Iterator[str]:
    x = float(_MARGIN)
    for placement, css in _STROKES.items():
        yield svg.path(svg.steps(("M", x, y - 4), ("L", x + 24, y - 4)), css)
        yield svg.text(x + 31, y, placement.value, "small", "quiet")
        x += 31 + svg.width_of(placement.value, "small") + 20


# Words


def _sentence(consumer: RegionalConsumer, found: RegionMap) -> str:
    certificate = found.certificates[consumer.certificate]
    name, *_ = _identity(certificate)
    region = certificate.region or "an unknown Region"
    needs = f"in {consumer.needs}" if consumer.needs else "in an unknown Region"
    verdict = consumer.placement.value
    return f"{consumer.address} needs {name} {needs}; the certificate is in {region}: {verdict}"


def _sentences(shown: RegionMap, found: RegionMap) -> Iterator[str]:
    """Yield what the picture shows, for screen readers."""
    for each in shown.consumers:
        yield f"{_sentence(each, shown)}."
    used = {found.certificates[each.certificate] for each in found.consumers}
    for certificate in shown.certificates:
        if certificate not in used:
            name, *_ = _identity(certificate)
            where = certificate.region or "an unknown Region"
            yield f"{name} is in {where}, and nothing in these files uses it."
