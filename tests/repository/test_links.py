"""Every link and anchor on the pages of the site and of the repository resolves."""

import base64
import json
import os
import subprocess
import zlib
from functools import cache
from pathlib import PurePosixPath
from pkgutil import resolve_name
from urllib.parse import unquote, urlsplit

import pytest
from tests.support.pages import ALL, ON_SITE, ROOT, anchors_of, found_in

HOME = "https://github.com/acmrules/acmrules"
FILES = (
    f"{HOME}/blob/main/",
    f"{HOME}/tree/main/",
    "https://raw.githubusercontent.com/acmrules/acmrules/main/",
)
SITE = "https://acmrules.github.io/acmrules/"
OTHER_PARTS = ("", "/issues", "/issues/new/choose", "/releases", "/security/advisories/new")
"""What a link can be to on GitHub, except for a file."""


@cache
def tracked():
    """Return the files of the repository, and the folders above them."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=True)
    files = {PurePosixPath(name) for name in os.fsdecode(done.stdout).split("\0") if name}
    return {str(each) for path in files for each in (path, *path.parents)}


def wrong_with(page, link):
    """Return what is wrong with a link of a page, or nothing."""
    if link.startswith(SITE):
        return wrong_with_address(link.removeprefix(SITE))
    for files in FILES:
        if link.startswith(files):
            path, _, fragment = unquote(link.removeprefix(files)).partition("#")
            return wrong_with_target(path.rstrip("/"), fragment)
    if link.startswith(HOME):
        return "" if link.removeprefix(HOME) in OTHER_PARTS else "no part of the repository"
    parts = urlsplit(link)
    if parts.scheme in ("https", "mailto"):
        return ""
    if parts.scheme or parts.netloc or parts.query or parts.path.startswith("/"):
        return "neither relative nor an address with https"
    path = os.path.normpath(f"{page}/../{unquote(parts.path)}") if parts.path else page
    if page in ON_SITE:
        if not path.startswith("docs/pages/"):
            return "leaves the pages of the site: write the full address"
        if parts.path and not (ROOT / path).is_file():
            return "no file of the site"
    return wrong_with_target(path, unquote(parts.fragment))


def wrong_with_target(path, fragment):
    """Return what is wrong with a file of the repository, or with an anchor in it."""
    if path not in tracked():
        return f"no {path}"
    if not fragment or fragment in (anchors_of(path) if path in ALL else ()):
        return ""
    if path == "docs/pages/playground.md":
        return wrong_with_shared(fragment)
    if path.startswith("docs/pages/reference/") and fragment.startswith("acmrules"):
        return wrong_with_name(fragment)
    return f"no anchor {fragment} in {path}"


def wrong_with_address(address):
    """Return what is wrong with an address of the site, which has a page as a folder."""
    path, _, fragment = address.partition("#")
    if not path.endswith("/") and path:
        return "" if f"docs/pages/{path}" in tracked() else f"no {path}"
    names = (f"docs/pages/{path}index.md", f"docs/pages/{path}README.md")
    pages = [*names, f"docs/pages/{path.rstrip('/')}.md"]
    [*found] = [page for page in pages if page in tracked()]
    return wrong_with_target(found[0], fragment) if found else f"no page {path}"


def wrong_with_name(name):
    """Return what is wrong with the anchor of a documented name."""
    try:
        resolve_name(name)
    except (ImportError, AttributeError) as error:
        return str(error)
    return ""


def wrong_with_shared(fragment):
    """Return what is wrong with files that a link passes to the playground."""
    form, _, text = fragment.partition(".")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        shared = json.loads(zlib.decompress(data, -15) if form == "2" else data)
    except (ValueError, zlib.error) as error:
        return f"not readable by the playground: {error}"
    return "" if form in "12" and {"mode", "files"} <= shared.keys() else "without a mode or files"


@pytest.mark.parametrize("page", ALL)
def test_links(page):
    """Each link of a page is to a page, an anchor or a file that exists, or to another site."""
    found = found_in(page)
    targets = {*found.links, *(source for source, _ in found.pictures)}
    wrong = {link: wrong_with(page, link) for link in sorted(targets)}
    assert {link: reason for link, reason in wrong.items() if reason} == {}


def test_there_are_links():
    """The pages have hundreds of links, and dozens with anchors."""
    links = [link for page in ALL for link in found_in(page).links]
    assert len(links) > 1500
    assert sum("#" in link for link in links) > 60


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("start.md", ""),
        ("guide.md#environments", ""),
        ("#what-is-undecided", ""),
        ("guards/README.md", ""),
        (f"{HOME}/blob/main/README.md#what-it-checks", ""),
        (f"{HOME}/blob/main/docs/examples", ""),
        (f"{SITE}reading/#exit-codes", ""),
        (f"{SITE}rules/", ""),
        (SITE, ""),
        ("mailto:someone@brightharbor.io", ""),
        ("terms.md#wildcard-domain-name", ""),
        ("playground.md#1.eyJtb2RlIjoibmFtZXMiLCJmaWxlcyI6W119", ""),
        ("stop.md", "no file of the site"),
        ("guide.md#no-such", "no anchor no-such in docs/pages/guide.md"),
        ("guards", "no file of the site"),
        ("guards/", "no file of the site"),
        ("../../README.md", "leaves the pages of the site: write the full address"),
        ("http://brightharbor.io", "neither relative nor an address with https"),
        ("/start/", "neither relative nor an address with https"),
        (f"{HOME}/blob/main/NO.md", "no NO.md"),
        (f"{HOME}/wiki", "no part of the repository"),
        (f"{HOME}/blob/main/README.md#no-such", "no anchor no-such in README.md"),
        (f"{SITE}stop/", "no page stop/"),
        ("playground.md#1.e30", "without a mode or files"),
    ],
)
def test_a_wrong_link_has_a_reason(link, reason):
    """A link without a target is reported, and one with a target is not."""
    assert wrong_with("docs/pages/reading.md", link) == reason
