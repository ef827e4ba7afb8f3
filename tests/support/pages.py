"""The pages of the site and of the repository, and what they contain."""

import re
import unicodedata
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import cmarkgfm
import yaml
from cmarkgfm.cmark import Options

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = DOCS / "pages"
SITE = yaml.safe_load((DOCS / "mkdocs.yml").read_text("utf-8"))
"""The configuration of the site."""
ON_SITE = sorted(path.relative_to(ROOT).as_posix() for path in PAGES.rglob("*.md"))
"""The pages of the site, by their paths in the repository."""
OTHERS = [
    *(path.name for path in sorted(ROOT.glob("*.md"))),
    "benchmarks/README.md",
    "docs/examples/README.md",
]
ALL = [*ON_SITE, *OTHERS]
BLOCK = re.compile(r"^( *)(`{3,})(.*)\n((?:.*\n)*?)\1\2$", re.MULTILINE)


class Block(NamedTuple):
    """A fenced block: the line of its fence, its language and its text."""

    line: int
    language: str
    text: str


class Found(HTMLParser):
    """What a page has: links, anchors, pictures, code in text, and headings as levels with text."""

    def __init__(self, html):
        super().__init__()
        self.links, self.anchors, self.pictures, self.headings = [], set(), [], []
        self.code = []
        self._heading = self._code = None
        self._blocks = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Add what a tag has, or begin a heading or code."""
        values = dict(attrs)
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag == "img":
            self.pictures.append((values.get("src", ""), values.get("alt") or ""))
        self.anchors |= {values[key] for key in ("id", "name") if key in values}
        if re.fullmatch("h[1-6]", tag):
            self._heading = (int(tag[1]), [])
        self._blocks += tag == "pre"
        if tag == "code" and not self._blocks:
            self._code = []

    def handle_data(self, data):
        """Add text to the heading and the code around it."""
        if self._code is not None:
            self._code.append(data)
        if self._heading:
            self._heading[1].append(data)

    def handle_endtag(self, tag):
        """End a heading, a block or code."""
        if self._heading and tag == f"h{self._heading[0]}":
            self.headings.append((self._heading[0], "".join(self._heading[1])))
            self._heading = None
        self._blocks -= tag == "pre"
        if tag == "code" and self._code is not None:
            self.code.append("".join(self._code))
            self._code = None


@cache
def text_of(page):
    """Return the text of a page."""
    return (ROOT / page).read_text("utf-8")


def content_of(page):
    """Return the text of a page without its front matter."""
    return re.sub(r"(?s)\A---\n.*?\n---\n", "", text_of(page))


@cache
def found_in(page):
    """Return what a page has, as GitHub reads it."""
    html = cmarkgfm.github_flavored_markdown_to_html(
        content_of(page), options=Options.CMARK_OPT_UNSAFE
    )
    return Found(html)


def blocks_of(page):
    """Return the fenced blocks of a page, outermost ones only."""
    text = text_of(page)
    return [
        Block(text.count("\n", 0, match.start()) + 1, match[3].strip(), match[4])
        for match in BLOCK.finditer(text)
    ]


def _github_slug(heading):
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _site_slug(heading):
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


@cache
def anchors_of(page):
    """Return the anchors that a page has both on GitHub and on the site."""
    found = found_in(page)
    both = []
    for slug, join in ((_github_slug, "-"), (_site_slug, "_")):
        seen = set()
        for _, heading in found.headings:
            name, number = slug(heading), 0
            while name in seen:
                number += 1
                name = f"{slug(heading)}{join}{number}"
            seen.add(name)
        both.append(seen)
    on_site = page in ON_SITE
    return found.anchors | (both[0] & both[1] if on_site else both[0])


@cache
def navigation():
    """Return the pages in the navigation, by their paths in the repository."""

    def paths(entry):
        if isinstance(entry, str):
            return [entry]
        inner = entry.values() if isinstance(entry, dict) else entry
        return [path for each in inner for path in paths(each)]

    return [f"docs/pages/{path}" for path in paths(SITE["nav"])]
