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


def test_each_time_of_a_certificate_may_be_a_number():
    """All members that the model of ACM declares as times are read as such."""
    from botocore.loaders import Loader

    shapes = Loader().load_service_model("acm", "service-2")["shapes"]
    times = {name for name, shape in shapes.items() if shape["type"] == "timestamp"}
    details = [shapes[name] for name in ("CertificateDetail", "RenewalSummary")]
    members = [
        name
        for shape in details
        for name, member in shape["members"].items()
        if member["shape"] in times
    ]
    assert len(members) > 5
    for name in members:
        assert typed({name: "1805327999"}) == {name: 1805327999}
