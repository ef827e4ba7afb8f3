"""File names for other programs."""

import posixpath
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import file_names

from acmrules.reports.paths import LinkBase, relative, uri


@pytest.mark.parametrize(
    ("file", "folder", "path"),
    [
        ("infra/site.yaml", "", "infra/site.yaml"),
        ("./infra//site.yaml", "/srv/checkout", "infra/site.yaml"),
        ("/srv/checkout/site.yaml", "/srv/checkout/", "site.yaml"),
        ("/srv/checkout2/site.yaml", "/srv/checkout", "/srv/checkout2/site.yaml"),
        ("../site.yaml", "/srv/checkout", "/srv/site.yaml"),
        ("site.yaml", "/", "site.yaml"),
        ("-", "/srv", "-"),
        ("", "/srv", ""),
    ],
)
def test_a_file_is_named_from_the_folder(file, folder, path):
    """A path in the folder is relative, and others are absolute."""
    assert relative(file, folder) == path


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("infra/site.yaml", "infra/site.yaml"),
        ("a:b", "a%3Ab"),
        ("50%#?.yaml", "50%25%23%3F.yaml"),
        ("b\u00fccher.yaml", "b%C3%BCcher.yaml"),
        ("not-utf8-\udcff", "not-utf8-%FF"),
        ("/srv/a b", "file:///srv/a%20b"),
    ],
)
def test_an_address_is_encoded(path, address):
    """Special characters and bytes are percent-encoded."""
    assert uri(path) == address


@given(file_names())
def test_no_name_is_lost(path):
    """A decoded URI is the name, and has no query or fragment."""
    parts = urlsplit(uri(path))
    assert (parts.query, parts.fragment, parts.netloc) == ("", "", "")
    whole = "/" + path.lstrip("/") if path.startswith("/") else path
    assert unquote(parts.path, errors="surrogatepass") == whole


@given(file_names(), st.sampled_from(["", "harbor", "x\x1b\\y"]))
def test_a_link_is_to_the_file(name, host):
    """It is printable ASCII, whatever the names are, so it ends no hyperlink and no line."""
    url = LinkBase(host, "/srv/a b").url(name)
    assert url.isascii()
    assert url.isprintable()
    assert " " not in url
    parts = urlsplit(url)
    assert (parts.scheme, unquote(parts.netloc)) == ("file", host)
    assert (parts.query, parts.fragment) == ("", "")
    path = posixpath.normpath(posixpath.join("/srv/a b", name))
    assert unquote(parts.path, errors="surrogatepass").lstrip("/") == path.lstrip("/")


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("a.yaml", "file://h/srv/infra/a.yaml"),
        ("./a.yaml", "file://h/srv/infra/a.yaml"),
        ("../../../a.yaml", "file://h/a.yaml"),
        ("/etc/a#b?.yaml", "file://h/etc/a%23b%3F.yaml"),
        ("caf\u00e9\udcff.tf", "file://h/srv/infra/caf%C3%A9%FF.tf"),
    ],
)
def test_a_link_to_a_relative_name_starts_in_the_folder(name, url):
    """An absolute one does not; octets that are not UTF-8 are those of the system."""
    assert LinkBase("h", "/srv/infra").url(name) == url
