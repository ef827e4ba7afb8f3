"""What files declare, taken together: each thing once, and where it stands."""

from tests.support.linked_stacks import EXPORTED, alias, certificate, distribution, read, stack

from acmrules.model.declaration import Declaration, Variant
from acmrules.model.inventory import Inventory, take_inventory
from acmrules.readers.options import Scope
from acmrules.request import Tool
from acmrules.resources import Record
from acmrules.unresolved import read_name

ZONE = {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "b.io"}}
CAA = {
    "Type": "AWS::Route53::RecordSet",
    "Properties": {"Name": "b.io", "Type": "CAA", "ResourceRecords": ['0 issue "amazon.com"']},
}


def of(files):
    return take_inventory(read(files, scope=Scope.EVERYTHING))


def test_nothing_is_an_estate():
    """Without documents there is nothing."""
    assert take_inventory([]) == Inventory(())


def test_what_stands_around_is_of_all_files():
    """Files without certificates are of it, and are no documents."""
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


def test_a_thing_stands_there_once():
    """However many documents and conditions have it around."""
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


def test_what_belongs_together_is_together():
    """Consumers are with their certificate, records with their consumer."""
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


def test_what_is_made_in_a_program_stands_nowhere():
    """It has no file and no place."""
    zone = of({"dns.json": stack({"Zone": ZONE})}).zones[0].thing
    made = Declaration(None, Tool.API, "", (Variant(None, (), {}, (zone,)),))
    [declared] = take_inventory([made]).zones
    assert (declared.file, declared.location) == ("", None)
