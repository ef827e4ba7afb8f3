"""Files in UTF-16, with and without a byte order mark."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workspace.test_load import check_files

from acmrules.syntax.source import InputError
from acmrules.workspace import files

TEXTS = {
    "a.yaml": "Resources:\n  A:\n    Type: AWS::CertificateManager::Certificate\n",
    "a.json": '{"DomainName": "bad_a.io"}',
    "a.tf": 'resource "aws_acm_certificate" "a" {\n  domain_name = "bad_a.io"\n}\n',
    "a.tf.json": '{"resource": {"aws_acm_certificate": {}}}',
}
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("ending", ["", "# b\xfccher\n"])
def test_a_file_with_certificates_is_reported(tmp_path, monkeypatch, name, encoding, ending):
    """Such a file has one error, whether it is named or found in a directory."""
    (tmp_path / name).write_bytes((TEXTS[name] + ending).encode(encoding))
    monkeypatch.chdir(tmp_path)
    for path in (".", name):
        assert check_files(path) == ([], [f"{name}: is UTF-16; save it as UTF-8"])


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.txt"])
def test_another_file_is_reported_only_if_it_is_named(tmp_path, monkeypatch, name, encoding):
    """A file without certificate words is not reported in a directory."""
    (tmp_path / name).write_bytes("a: nothing\n".encode(encoding))
    monkeypatch.chdir(tmp_path)
    assert check_files(".") == ([], [])
    assert check_files(name) == ([], [f"{name}: is UTF-16; save it as UTF-8"])


@given(
    st.text(
        st.characters(min_codepoint=32, max_codepoint=0xFF) | st.sampled_from("\t\r\n"),
        min_size=1,
        max_size=300,
    )
)
def test_utf_16_is_recognized(text):
    """Text of Latin characters is recognized in UTF-16, and never in UTF-8."""
    for encoding in ENCODINGS:
        assert files.is_utf_16(text.encode(encoding))
    assert not files.is_utf_16(text.encode())


@given(st.binary(max_size=600))
def test_other_bytes_have_another_error_or_none(data):
    """Decoding bytes never raises anything but `InputError`."""
    with suppress(InputError):
        assert files.decode("a", data).text.encode() == data.removeprefix(b"\xef\xbb\xbf")
