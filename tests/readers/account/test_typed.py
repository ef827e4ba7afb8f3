"""Values of YAML with the types of their members."""

import pytest

from acmrules.readers.account.typed import typed


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"InUse": "true", "Exported": "false"}, {"InUse": True, "Exported": False}),
        ({"InUse": "perhaps", "DomainName": "true"}, {"InUse": "perhaps", "DomainName": "true"}),
        ([{"Value": "2500.0", "TTL": "300"}], [{"Value": 2500.0, "TTL": 300}]),
        ({"Value": "10 mail.brightharbor.io."}, {"Value": "10 mail.brightharbor.io."}),
        ({"NotAfter": "1805327999"}, {"NotAfter": 1805327999}),
        ({"NotAfter": "2027-03-17T23:59:59Z"}, {"NotAfter": "2027-03-17T23:59:59Z"}),
        ({"account": "123456789012", "x": None}, {"account": "123456789012", "x": None}),
    ],
)
def test_members_have_their_types(data, found):
    """Flags, numbers and times are what JSON has; other scalars stay strings."""
    assert typed(data) == found
