"""Names and data of records as Route 53 writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.readers.account.record_names import canonical, record_data


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Brightharbor.IO.", "brightharbor.io"),
        (r"\052.brightharbor.io.", "*.brightharbor.io"),
        (r"a\100b.io.", r"a\@b.io"),
        (r"a\040b.io.", r"a\032b.io"),
        (r"a\.b.io.", r"a\.b.io"),
        (r"a\9.io", r"a\9.io"),
        (".", ""),
        ("", ""),
    ],
)
def test_names_are_canonical(text, name):
    r"""Route 53 escapes by octal numbers, and DNS by decimal ones."""
    assert canonical(text) == name


@given(st.from_regex(r"([a-z0-9_*][a-z0-9-]{0,8}\.){1,4}", fullmatch=True))
def test_a_canonical_name_stays(name):
    """A canonical name is its own canonical form."""
    assert canonical(canonical(name)) == canonical(name) == name.removesuffix(".")


@pytest.mark.parametrize(
    ("type_", "value", "data"),
    [
        ("CNAME", "_2C3D.xyz.ACM-validations.aws.", "_2c3d.xyz.acm-validations.aws"),
        ("MX", "10 Mail.brightharbor.io.", "10 mail.brightharbor.io"),
        (
            "SOA",
            "ns-1.example.com. a.example.com. 1 2 3 4 5",
            "ns-1.example.com a.example.com 1 2 3 4 5",
        ),
        ("TXT", '"Some Text."', '"Some Text."'),
        ("CAA", '0 issue "Amazon.com"', '0 issue "Amazon.com"'),
    ],
)
def test_names_in_data_are_canonical(type_, value, data):
    """Names in the data of a record are canonical; other data is unchanged."""
    assert record_data(type_, value) == data
