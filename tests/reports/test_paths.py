"""File names for other programs."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from tests.support.reports import file_names

from acmrules.reports.paths import relative, uri


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
