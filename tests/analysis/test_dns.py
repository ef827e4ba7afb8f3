"""The zones and records for a certificate, from all files."""

from hypothesis import given
from tests.support.validation import (
    DNS,
    MODULE,
    addresses,
    declaration,
    declarations,
    template,
    validation_in,
    validations_in,
    validations_of,
    zone,
)


@given(declarations())
def test_the_zone_is_the_nearest_of_all_files(listed):
    """The zone of a record is the most specific one that contains its name."""
    every = [zone.name for each in listed for variant in each.variants for zone in variant.zones]
    for one in validations_of(listed):
        for cname in one.cnames:
            containing = [name for name in every if cname.stem.is_within(name)]
            nearest = max(containing, key=lambda name: name.octets, default=None)
            assert {each.thing.name for each in cname.zones} == ({nearest} - {None})
            assert len(cname.zones) == containing.count(nearest)
            assert (cname.zone and cname.zone.thing.name) == nearest


def test_zones_of_one_name_in_several_files():
    """Zones with the same name are all listed, in the order of files."""
    one = validation_in(
        b_yaml=f"Resources:\n{zone('a.io')}",
        a_yaml=template(f"DomainName: w.a.io\n{DNS}"),
        c_yaml=f"Resources:\n{zone('A.io.')}",
    )
    assert addresses(one.cnames[0].zones) == ["b.yaml Zone", "c.yaml Zone"]


def test_a_private_zone_is_only_listed():
    """A private zone is not the zone of a record, but is listed."""
    rest = zone("w.a.io", "Inner", ", VPCs: [{VPCId: v, VPCRegion: eu-west-1}]") + zone("a.io")
    [cname] = validation_in(a_yaml=template(f"DomainName: w.a.io\n{DNS}", rest)).cnames
    assert (addresses(cname.zones), addresses(cname.private)) == (["a.yaml Zone"], ["a.yaml Inner"])


def test_labels_mean_the_same_in_one_file_only():
    """`${Domain}` is in the zone `${Domain}` of its own file, and perhaps in that of another."""
    parameter = "Parameters:\n  Domain: {Type: String}\n"
    asks = parameter + template(f"DomainName: !Sub 'w.${{Domain}}'\n{DNS}")
    has = f"{parameter}Resources:\n{zone('X').replace(chr(39) + 'X' + chr(39), '!Ref Domain')}"
    together = asks + zone("X").replace("'X'", "!Ref Domain")
    [own] = validation_in(a_yaml=together).cnames
    assert addresses(own.zones) == ["a.yaml Zone"]
    [other] = validation_in(a_yaml=asks, b_yaml=has).cnames
    assert (other.zones, other.unsure, other.open) == ((), (), "`${Domain}` is unknown")
    deep = asks.replace("w.${Domain}", "w.${Domain}.a.io")
    [both] = validation_in(
        a_yaml=deep + zone("X").replace("'X'", "!Sub '${Domain}.a.io'"),
        b_yaml=f"Resources:\n{zone('a.io')}",
    ).cnames
    assert addresses(both.zones) == ["a.yaml Zone"]
    [known] = validation_in(a_yaml=template(f"DomainName: w.a.io\n{DNS}"), b_yaml=has).cnames
    assert (addresses(known.unsure), str(known.unsure[0].thing.name)) == (
        ["b.yaml Zone"],
        "${Domain} of b.yaml",
    )


def test_labels_mean_the_same_in_one_module():
    """The files of a Terraform module share their zones and records."""
    main = MODULE.format("").replace('"a.io"', '"w.${var.domain}"')
    others = """
    variable "domain" {}
    resource "aws_route53_zone" "main" { name = var.domain }
    resource "aws_route53_record" "caa" {
      zone_id = aws_route53_zone.main.zone_id
      name    = var.domain
      type    = "CAA"
      records = ["0 issue \\"ca.org\\""]
    }
    """
    [own] = validation_in(main_tf=main, zones_tf=others).cnames
    assert (addresses(own.zones), own.unsure) == (["zones.tf aws_route53_zone.main"], ())
    known = validation_in(main_tf=MODULE.format(""), zones_tf=others)
    assert [str(each.thing.name) for each in known.cnames[0].unsure] == ["${var.domain}"]
    assert [each.text for each in known.caa] == ["`${var.domain}` is unknown"]


def test_a_zone_under_another_condition_is_not_used():
    """A zone under another condition is not the zone of a variant."""
    text = (
        "Parameters:\n  Env: {Type: String}\nConditions:\n  Prod: !Equals [!Ref Env, p]\n"
        + template(f"DomainName: !If [Prod, a.io, b.a.io]\n{DNS}")
        + "  Zone:\n    Type: AWS::Route53::HostedZone\n    Condition: Prod\n"
        "    Properties: {Name: a.io}\n"
    )
    without, having = validations_in(a_yaml=text)
    assert [without.condition, having.condition] == ["when `Prod` is false", "when `Prod` is true"]
    assert ([c.zones for c in without.cnames], addresses(having.cnames[0].zones)) == (
        [()],
        ["a.yaml Zone"],
    )


def test_zones_without_a_location():
    """Zones without a source have no location."""
    made = declaration(["w.a.io"], ["a.io"]).__replace__(source=None)
    [one] = validations_of([made])
    assert [str(each.thing.name) for each in one.cnames[0].zones] == ["a.io"]
