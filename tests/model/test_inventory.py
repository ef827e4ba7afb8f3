"""The inventory of files: each resource once, with its location."""

import json

from tests.support.linked_stacks import EXPORTED, alias, certificate, distribution, read, stack

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.inventory import Inventory, take_inventory
from acmrules.readers.options import ReadScope
from acmrules.request import Tool
from acmrules.resources import Record
from acmrules.unresolved import read_name

ZONE = {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "b.io"}}
CAA = {
    "Type": "AWS::Route53::RecordSet",
    "Properties": {"Name": "b.io", "Type": "CAA", "ResourceRecords": ['0 issue "amazon.com"']},
}


def of(files):
    return take_inventory(read(files, scope=ReadScope.EVERYTHING))


def test_an_empty_inventory():
    """Without declarations the inventory is empty."""
    assert take_inventory([]) == Inventory(())


def test_dns_resources_are_of_all_files():
    """DNS resources of files without certificates are included, but are no declarations."""
    found = of(
        {
            "dns.json": stack(
                {"Zone": ZONE, "Caa": CAA, "Www": alias("www.b.io", "x.example.net")}
            ),
            "site.json": stack({"Certificate": certificate("b.io"), "Zone": ZONE}),
        }
    )
    assert [declaration.address for declaration in found.declarations] == ["Certificate"]
    assert [(each.file, str(each.thing.name)) for each in found.zones] == [
        ("dns.json", "b.io"),
        ("site.json", "b.io"),
    ]
    assert [(each.file, each.location.line) for each in found.caa] == [("dns.json", 1)]
    [record] = found.records
    assert record.thing == Record(read_name("www.b.io"), "x.example.net", "Www", "x.example.net.")
    assert found.elsewhere == found.records


def test_a_resource_is_listed_once():
    """A resource is listed once, however many declarations and conditions have it."""
    two = {"Fn::If": ["Prod", "www.b.io", "dev.b.io"]}
    section = {
        "Parameters": {"Stage": {"Type": "String", "Default": "prod"}},
        "Conditions": {"Prod": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]}},
    }
    site = {"Fn::GetAtt": ["Site", "DomainName"]}
    resources = {
        "One": certificate(two),
        "Two": certificate("c.io"),
        "Site": distribution("www.b.io", arn={"Ref": "One"}),
        "Zone": ZONE,
        "Record": alias({"Fn::If": ["Prod", "a.b.io", "b.b.io"]}, site),
    }
    found = of({"a.json": stack(resources, **section)})
    assert len(found.declarations) == 2
    assert len(found.zones) == 1
    assert [str(each.thing.name) for each in found.records] == ["a.b.io", "b.b.io"]
    assert found.elsewhere == ()


def test_resources_are_linked():
    """Consumers are linked to their certificate, and records to their consumer."""
    domain = {"Fn::GetAtt": ["Site", "DomainName"]}
    found = of(
        {
            "b.json": stack({"Site": distribution("b.io"), "Www": alias("www.b.io", domain)}),
            "a.json": stack({"Certificate": certificate("b.io")}, EXPORTED),
        }
    )
    [declaration] = found.declarations
    [consumer] = declaration.variants[0].consumers
    assert (declaration.file, [*map(str, consumer.recorded)]) == ("a.json", ["www.b.io"])
    assert found.elsewhere == ()


def test_a_resource_of_a_program_has_no_location():
    """A resource without a file has an empty file name and no location."""
    zone = of({"dns.json": stack({"Zone": ZONE})}).zones[0].thing
    made = Declaration(None, Tool.API, "", (Variant(None, (), {}, (zone,)),))
    [declared] = take_inventory([made]).zones
    assert (declared.file, declared.location) == ("", None)


def test_zones_of_templates_stay_next_to_those_of_an_account():
    """A template that creates a zone may be another one than the zone that exists."""
    records = [{"Value": "ns.b.io. a.b.io. 1 2 3 4 5"}]
    soa = {"Name": "b.io.", "Type": "SOA", "TTL": 1, "ResourceRecords": records}
    listed = {"HostedZones": [{"Id": "/hostedzone/Z1", "Name": "b.io."}]}
    texts = {"a.json": stack({"Zone": ZONE}), "b.json": stack({"Zone": ZONE})}
    found = of({**texts, "records.json": json.dumps({"ResourceRecordSets": [soa]})})
    assert [each.file for each in found.zones] == ["a.json", "b.json", "records.json"]
    found = of(
        {
            **texts,
            "records.json": json.dumps({"ResourceRecordSets": [soa]}),
            "zones.json": json.dumps(listed),
            "again.json": json.dumps(listed),
        }
    )
    assert [each.file for each in found.zones] == ["a.json", "b.json", "zones.json"]
