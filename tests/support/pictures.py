"""SVG pictures, parsed with the box of each text and bar."""

from xml.etree import ElementTree as ET

from acmrules.reports import svg

SPACE = "{http://www.w3.org/2000/svg}"
TAGS = {"svg", "title", "desc", "style", "g", "rect", "text", "tspan", "path", "circle"}
ATTRIBUTES = {
    *("role", "aria-label", "viewBox", "class", "x", "y", "width", "height", "rx", "d"),
    *("textLength", "lengthAdjust", "cx", "cy", "r"),
}
"""The only elements and attributes allowed: none that load, run or link to anything."""


class Picture:
    """An SVG picture: its size, its texts with their boxes, its titles."""

    def __init__(self, drawn):
        self.root = ET.fromstring(drawn)
        elements = list(self.root.iter())
        assert {element.tag.removeprefix(SPACE) for element in elements} <= TAGS
        assert {key for element in elements for key in element.attrib} <= ATTRIBUTES
        assert "@import" not in drawn.partition("</style>")[0]
        assert "url(" not in drawn.partition("</style>")[0]
        assert self.root.get("role") == "img"
        self.width, self.height = (float(self.root.get(side)) for side in ("width", "height"))
        self.boxes = [box_of(e) for e in elements if e.tag == f"{SPACE}text"]
        self.bars = [e for e in elements if e.tag == f"{SPACE}rect"]
        self.titles = [e.text for e in elements if e.tag == f"{SPACE}title"]
        self.title = self.titles[0]

    @property
    def texts(self):
        """Every line of text, in order."""
        return [box[0] for box in self.boxes]

    def bars_of(self, css):
        """Return left ends and widths of the bars of a class."""
        bars = [bar for bar in self.bars if bar.get("class") == css]
        return [(float(bar.get("x")), float(bar.get("width"))) for bar in bars]

    def check_layout(self):
        """Fail if any text exceeds the picture, or if two texts overlap."""
        boxes = sorted(self.boxes, key=lambda box: box[2])
        for index, (content, left, top, right, bottom) in enumerate(boxes):
            assert left >= 0, content
            assert top >= 0, content
            assert right <= self.width, content
            assert bottom <= self.height, content
            for other, left_2, top_2, right_2, _ in boxes[index + 1 :]:
                if top_2 >= bottom:
                    break
                assert right <= left_2 or right_2 <= left, (content, other)


def box_of(element):
    """Return the text of an element, and its left, upper, right and lower end."""
    kind = element.get("class").split()[0]
    x, y, width = (float(element.get(key)) for key in ("x", "y", "textLength"))
    content = "".join(element.itertext())
    assert abs(width - svg.width_of(content, kind)) < 0.01
    # Letters reach from three quarters of their size above the line to a quarter below it.
    size = svg.SIZES[kind]
    return content, x, y - 0.75 * size, x + width, y + 0.25 * size
