"""What several files show of accounts, joined."""

import json

from hypothesis import given
from hypothesis import strategies as st
from tests.support.account import ARN, arn_of, described, listed

from acmrules.diagnosis import DnsRecord, HostedZone
from acmrules.model.inventory import take_inventory
from acmrules.model.joining import joined_zones
from acmrules.readers import registry
from acmrules.readers.options import Parameters, ReadScope
from acmrules.syntax.source import Source


def inventory(**files):
    parameters = Parameters({}, scope=ReadScope.EVERYTHING)
    return take_inventory(
        declaration
        for name, data in files.items()
        for declaration in registry.read(Source(f"{name}.json", json.dumps(data)), parameters)
    )


def test_a_certificate_of_two_files_is_one():
    """The list and the description of a certificate are joined, in either order."""
    data = {"CertificateSummaryList": [listed(InUse=True, Exported=True), listed(arn=arn_of(2))]}
    one = inventory(listed=data, described={"Certificate": described()})
    other = inventory(described={"Certificate": described()}, listed=data)
    for found in (one, other):
        assert sorted(each.address for each in found.declarations) == [ARN, arn_of(2)]
        first = next(each for each in found.account.certificates if each.arn == ARN)
        assert first.described
        assert first.was_exported
        declared = next(each for each in found.declarations if each.address == ARN)
        assert declared.variants[0].existing == first
        assert declared.file == "described.json"


def test_zones_of_the_same_name_and_id_are_one():
    """A zone and its records are one, and its known parts are kept."""
    named = HostedZone("brightharbor.io", "Z1", is_private=False)
    servers = HostedZone("brightharbor.io", "Z1", name_servers=("ns1.example.net",))
    other = HostedZone("brightharbor.io", "Z2", is_private=True)
    assert [*joined_zones([named, other, servers])] == [
        HostedZone("brightharbor.io", "Z1", is_private=False, name_servers=("ns1.example.net",)),
        other,
    ]


records = st.lists(
    st.builds(DnsRecord, st.sampled_from(("a.io", "b.a.io")), st.just("A"), st.just("203.0.113.7")),
    max_size=2,
).map(tuple)
parts = st.lists(
    st.builds(
        HostedZone,
        st.just("a.io"),
        st.just("Z1"),
        st.sampled_from((None, False)),
        st.sampled_from((None, ("ns1.example.net",))),
        records,
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@given(parts)
def test_no_part_of_a_zone_is_lost(zones):
    """The zone has all records, is complete if one part is, and has what one part knows."""
    [zone] = joined_zones(zones)
    assert {*zone.records} == {each for part in zones for each in part.records}
    assert zone.is_complete is any(part.is_complete for part in zones)
    for field in ("is_private", "name_servers"):
        known = [getattr(part, field) for part in zones if getattr(part, field) is not None]
        assert getattr(zone, field) == next(iter(known), None)


def test_without_an_account_nothing_is_joined():
    """Files without responses have an empty account."""
    found = inventory(site={"DomainName": "brightharbor.io", "ValidationMethod": "DNS"})
    assert not found.account.certificates


RESPONSES = [
    described(),
    {"Certificate": described(arn=arn_of(2), Status="EXPIRED")},
    {"CertificateSummaryList": [listed(), listed("other.io", arn=arn_of(3))]},
    {"HostedZones": [{"Id": "/hostedzone/Z1", "Name": "brightharbor.io."}]},
    {"UserId": "x", "Account": "123456789012", "Arn": "arn:aws:iam::123456789012:user/x"},
]


@given(st.permutations(RESPONSES), st.integers(0, len(RESPONSES)))
def test_how_responses_are_spread_over_files_does_not_matter(responses, cut):
    """One file with all responses shows the same as two files, in any order."""
    together = inventory(one=responses).account
    apart = inventory(one=responses[:cut], two=responses[cut:]).account

    def parts(found):
        certificates = sorted(found.certificates, key=lambda each: each.arn)
        return certificates, found.dns.zones, found.ids, found.listed

    assert parts(together) == parts(apart)
    assert [each.arn for each in parts(together)[0]] == [arn_of(number) for number in (1, 2, 3)]


def test_a_certificate_that_was_deleted_does_not_exist():
    """AWS listed it, and did not find it later; other errors leave the entry of the list."""
    entries = [listed(), listed(arn=arn_of(2)), listed(arn=arn_of(3))]
    codes = {arn_of(2): "ResourceNotFoundException", arn_of(3): "ThrottlingException"}
    calls = [
        {
            "operation": "ListCertificates",
            "response": {"CertificateSummaryList": entries},
        },
        *(
            {
                "operation": "DescribeCertificate",
                "request": {"CertificateArn": arn},
                "error": {"code": code, "message": "no"},
            }
            for arn, code in codes.items()
        ),
    ]
    found = inventory(saved={"acmrules": "0.2.0", "inventory": 1, "responses": calls})
    assert [each.arn for each in found.account.certificates] == [ARN, arn_of(3)]
    assert sorted(each.address for each in found.declarations) == [ARN, arn_of(3)]
