"""Hosted zones and record sets in the responses of Route 53."""

import pytest
from tests.support.account import described
from tests.support.account_files import account, inventory, notes, read, saved
from tests.support.steps import steps_of

from acmrules.diagnosis import DnsRecord

SERVERS = ("ns-1.awsdns-01.com", "ns-2.awsdns-02.net")


def record_set(name, type_, *values, **members):
    records = [{"Value": value} for value in values]
    return {"Name": name, "Type": type_, "TTL": 300, "ResourceRecords": records, **members}


def test_listed_zones_are_known_by_name_and_id():
    """A list shows names, ids, and which zones are private."""
    for name in ("list-hosted-zones", "list-hosted-zones-by-name"):
        found = account(saved(name)).dns.zones
        assert [(each.name, each.id, each.is_private) for each in found] == [
            ("brightharbor.io", "Z0EXAMPLE1", False),
            ("corp.brightharbor.io", "Z0EXAMPLE2", True),
        ]
        assert not any(each.is_complete for each in found)
        assert len(inventory(saved(name)).zones) == 2


def test_a_zone_has_its_delegation_set():
    """The name servers are those that the registrar has to list."""
    [found] = account(saved("get-hosted-zone")).dns.zones
    assert found.name_servers == SERVERS


def test_records_show_their_zone_by_its_soa_record():
    """A list of records does not name its zone, but has its SOA record."""
    [zone] = account(saved("list-resource-record-sets")).dns.zones
    assert (zone.name, zone.id, zone.is_complete) == ("brightharbor.io", "", True)
    assert zone.name_servers == SERVERS
    validation = DnsRecord(
        "_0a1b.site1.brightharbor.io", "CNAME", "_2c3d.xyz.acm-validations.aws", 300
    )
    assert validation in zone.records
    alias = "ALIAS dualstack.web-1.eu-west-1.elb.amazonaws.com"
    assert DnsRecord("*.brightharbor.io", "A", alias) in zone.records


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_zone_of_several_files_is_one(order):
    """The list, the zone and its records are joined, in any order."""
    names = ("list-hosted-zones", "get-hosted-zone", "list-resource-record-sets")
    found = inventory(*[saved(names[index]) for index in order])
    zone = next(each for each in found.account.dns.zones if each.name == "brightharbor.io")
    assert (zone.id, zone.is_private, zone.name_servers) == ("Z0EXAMPLE1", False, SERVERS)
    assert zone.is_complete
    assert len(found.account.dns.zones) == 2
    assert sorted(each.thing.zone_id for each in found.zones) == ["Z0EXAMPLE1", "Z0EXAMPLE2"]


def test_records_of_two_zones_of_the_same_name_are_told_apart_by_name_servers():
    """Two zones of one name are the most frequent fault, so records are never mixed up."""
    twin = saved("get-hosted-zone")
    twin["HostedZone"]["Id"] = "/hostedzone/Z0TWIN"
    twin["DelegationSet"]["NameServers"] = ["ns-9.awsdns-09.org"]
    records = saved("list-resource-record-sets")
    found = {each.id: each for each in account(saved("get-hosted-zone"), twin, records).dns.zones}
    assert found.keys() == {"Z0EXAMPLE1", "Z0TWIN"}
    assert found["Z0EXAMPLE1"].records
    assert not found["Z0TWIN"].records
    del records["ResourceRecordSets"][0]
    found = {each.id: each for each in account(saved("get-hosted-zone"), twin, records).dns.zones}
    assert found.keys() == {"Z0EXAMPLE1", "Z0TWIN", ""}


def test_records_without_their_zone_are_reported():
    """Without an SOA record, acmrules says which command shows the zone."""
    data = {"ResourceRecordSets": [record_set("www.brightharbor.io.", "A", "192.0.2.1")]}
    [note] = notes(data)
    assert "does not show its zone: run `aws route53 list-resource-record-sets" in note
    assert not account(data).dns.zones


@pytest.mark.parametrize(
    "more", [{"NextToken": "x"}, {"IsTruncated": True}, {"NextRecordName": "x."}]
)
def test_a_part_of_a_zone_is_not_complete(more):
    """A truncated list is used, but is not all of the zone."""
    data = saved("list-resource-record-sets") | more
    [note] = notes(data)
    assert "is only a part" in note
    assert not account(data).dns.zones[0].is_complete


def test_an_unfinished_list_of_zones_is_reported():
    """A list of zones with a token is the first part."""
    [note] = notes(saved("list-hosted-zones") | {"NextToken": "x"})
    assert "the list of hosted zones is only the first part" in note


def test_wrong_zones_and_records_are_reported_and_the_others_are_read():
    """One wrong entry is one line, and its zone is not complete."""
    data = saved("list-resource-record-sets")
    data["ResourceRecordSets"].append({"Name": 1, "Type": "A"})
    [note] = notes(data)
    assert "a record set is not valid: Name: must be a string" in note
    assert not account(data).dns.zones[0].is_complete
    zones = saved("list-hosted-zones")
    zones["HostedZones"].append({"Id": "x"})
    [note] = notes(zones)
    assert "a hosted zone is not valid: the member `Name` is missing" in note
    [note] = notes([{"ResourceRecordSets": {}}, described()])
    assert "is not a list" in note


def test_records_are_also_resources_of_the_files():
    """CAA records and records of hosts are those that `coverage` and `validation` use."""
    found = inventory(saved("list-resource-record-sets"))
    [caa] = found.caa
    assert (str(caa.thing.name), caa.thing.records) == (
        "brightharbor.io",
        ('0 issue "letsencrypt.org"',),
    )
    assert caa.location.text == "brightharbor.io."
    assert [str(each.thing.name) for each in found.records] == [
        "*.brightharbor.io",
        "www.brightharbor.io",
    ]
    assert found.records[1].thing.endpoint == "d111111abcdef8.cloudfront.net."


def test_an_alias_of_a_cname_answers_like_one():
    """Route 53 answers a query for an alias of the type CNAME with a CNAME record."""
    alias = {"HostedZoneId": "Z0EXAMPLE1", "DNSName": "Target.brightharbor.io."}
    data = saved("list-resource-record-sets")
    data["ResourceRecordSets"].append(
        {"Name": "x.brightharbor.io.", "Type": "CNAME", "AliasTarget": alias}
    )
    records = account(data).dns.zones[0].records
    assert DnsRecord("x.brightharbor.io", "CNAME", "target.brightharbor.io") in records


@pytest.mark.parametrize(
    "response",
    [
        lambda number: {"HostedZones": [{"Name": f"n{number}.io.", "Id": f"Z{number}"}]},
        lambda number: {"HostedZones": [{"Name": "n.io.", "Id": f"Z{number}"}]},
        lambda number: {"ResourceRecordSets": [record_set(f"n{number}.io.", "SOA", "a b 1")]},
    ],
)
def test_the_time_of_zones_grows_with_their_number(response):
    """No zone is compared with all others."""

    def many(count):
        return [described(), *map(response, range(count))]

    read(many(2))  # Modules are loaded once.
    steps = [steps_of(read, many(count)) for count in (20, 40, 80)]
    assert steps[2] - steps[1] <= 2.05 * (steps[1] - steps[0])
