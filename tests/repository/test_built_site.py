"""The site as it is built: strictly, with all pages, and with nothing from other hosts."""

import os
import posixpath
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from tests.support.pages import DOCS, ON_SITE, ROOT, SITE

PROGRAM = shutil.which(
    "zensical", path=os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
)
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="zensical is not installed")
ADDRESS = SITE["site_url"]
LOADED = {("script", "src"), ("link", "href"), ("img", "src"), ("iframe", "src"), ("source", "src")}
NOT_LOADED = {"canonical", "prev", "next", "alternate", "sitemap"}
"""Relations of links that load nothing."""


class Built(HTMLParser):
    """The ids, the links and the loaded files of a built page, and its description."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.loaded, self.description = set(), [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Add what a tag has."""
        values = dict(attrs)
        self.ids |= {values[key] for key in ("id", "name") if values.get(key)}
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        if tag == "meta" and values.get("name") == "description":
            self.description = values["content"]
        for key in values.keys() & {"src", "href"}:
            if (tag, key) in LOADED and values.get("rel") not in NOT_LOADED:
                self.loaded.append(values[key])


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Return the files of the site by their paths; pages are parsed."""
    folder = tmp_path_factory.mktemp("site")
    leftovers = shutil.ignore_patterns("site", ".cache", "__pycache__")
    shutil.copytree(DOCS, folder / "docs", ignore=leftovers)
    (folder / "src").symlink_to(ROOT / "src")
    words = [PROGRAM, "build", "--strict", "-f", str(folder / "docs" / "mkdocs.yml")]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    assert (done.returncode, "No issues found" in done.stdout + done.stderr) == (0, True), done
    site = folder / "docs" / "site"
    return {
        path.relative_to(site).as_posix(): Built(path.read_text("utf-8"))
        if path.suffix == ".html"
        else None
        for path in site.rglob("*")
        if path.is_file()
    }


def file_of(page):
    """Return the built file of a page."""
    path = re.sub(r"(^|/)(?:README|index)\.md$", r"\1", page.removeprefix("docs/pages/"))
    return f"{path.removesuffix('.md').rstrip('/')}/index.html".removeprefix("/")


def test_each_page_is_built(built):
    """In a folder of its name, with the list for language models at the root."""
    assert {file_of(page) for page in ON_SITE} - built.keys() == set()
    assert {"404.html", "llms.txt", "sitemap.xml", "assets/site.css"} <= built.keys()
    assert len(built) > 190


def target_of(page, link):
    """Return the file of the site that a link is to, with the fragment; None for other sites."""
    parts = urlsplit(link.replace(ADDRESS, "/", 1) if link.startswith(ADDRESS) else link)
    if parts.scheme or parts.netloc:
        return None
    base = "" if parts.path.startswith("/") else posixpath.dirname(page)
    path = unquote(parts.path).removeprefix("/acmrules").lstrip("/")
    target = posixpath.normpath(posixpath.join(base, path)) if parts.path else page
    if parts.path.endswith("/") or target == "." or "." not in posixpath.basename(target):
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    return target, unquote(parts.fragment)


def test_each_link_has_a_target(built):
    """Each link within the site is to a file of it, and to an anchor if it names one."""
    missing, count = [], 0
    for page, found in built.items():
        for link in found.links if found else ():
            if (target := target_of(page, link)) is None:
                continue
            file, fragment = target
            count += 1
            if file not in built or (
                fragment
                and built[file]
                and not fragment.startswith(("1.", "2."))
                and fragment not in built[file].ids
            ):
                missing.append(f"{page}: {link}")
    assert missing == []
    assert count > 10_000


def test_nothing_is_loaded_from_other_hosts(built):
    """Each script, style sheet, picture and icon is a file of the site."""
    loaded = {
        (page, source)
        for page, found in built.items()
        for source in (found.loaded if found else ())
    }
    assert len(loaded) > 500
    # Another test builds the files of the playground.
    loaded = {each for each in loaded if not each[0].startswith("playground/")}
    assert {each for each in loaded if (target_of(*each) or [""])[0] not in built} == set()


def test_each_page_has_a_description_of_its_own(built):
    """Search engines show it; a page without text has that of the site."""
    described = {page: found.description for page, found in built.items() if found}
    del described["playground/index.html"]  # it has a template of its own
    own = [text for text in described.values() if text != SITE["site_description"]]
    assert len(own) > 140
    assert len(set(own)) == len(own)
    assert [text for text in own if not 20 < len(text) < 170] == []
