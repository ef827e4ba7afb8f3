"""The URLs of files: ASCII, and the same file when they are read back."""

import os
from urllib.parse import unquote_to_bytes, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.reports import file_names

from acmrules.reports.file_urls import file_url, relative_url


@given(file_names(), st.sampled_from(["", "harbor"]))
def test_a_url_is_that_of_the_file(name, host):
    """It is printable ASCII, whatever the name is, so it ends no hyperlink and no line."""
    folder = "/srv/a b"
    url = relative_url(file_url(folder, host), name)
    assert url.isascii()
    assert url.isprintable()
    assert " " not in url
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("file", host, "", "")
    expected = os.path.normpath(os.path.join(folder, name))
    if not any("\ud800" <= c <= "\udfff" for c in name) and not expected.startswith("//"):
        assert os.path.normpath(unquote_to_bytes(parts.path)) == expected.encode()


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
def test_a_name_is_relative_to_the_folder(name, url):
    """An absolute one is not; octets that are not UTF-8 are those of the system."""
    assert relative_url("file://h/srv/infra", name) == url


def test_a_file_in_the_root_of_the_system():
    """The folder has no name."""
    assert relative_url(file_url("/"), "a") == "file:///a"
