"""Hosted zones and DNS records in templates."""

import pytest
from tests.support.cloudformation import at, certificate
from tests.support.linked_stacks import alias, stack
from tests.support.linked_stacks import read as read_stacks

from acmrules.lint.linter import Linter
from acmrules.lint.rules import CATALOGUE
from acmrules.names import DomainName, WildcardDomainName
from acmrules.readers import registry
from acmrules.readers.options import Parameters, ReadScope
from acmrules.resources import CaaRecordSet, Zone, ZoneRecord
from acmrules.syntax.source import Source
from acmrules.unresolved import Malformed, Unknown, Unresolved

REST = """\
  Public: {Type: 'AWS::Route53::HostedZone', Properties: {Name: example.com.}}
  Private:
    Type: AWS::Route53::HostedZone
    Properties: {Name: !Sub '${Name}.', VPCs: [{VPCId: x}]}
  Open: {Type: 'AWS::Route53::HostedZone', Properties: {Name: !Ref Name, VPCs: !Ref AWS::NoValue}}
  Odd: {Type: 'AWS::Route53::HostedZone', Properties: {Name: [x]}}
  Nameless: {Type: 'AWS::Route53::HostedZone', Properties: {}}
  Caa:
    Type: AWS::Route53::RecordSet
    Properties:
      Name: example.com.
      Type: CAA
      ResourceRecords: ['0 issue "amazon.com"', !Ref Record]
  Group:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      RecordSets:
      - {Name: a.example.com, Type: A, ResourceRecords: [192.0.2.1]}
      - {Name: '*.example.com', Type: CAA, ResourceRecords: !GetAtt A.B}
      - {Name: example, Type: CAA}
      - {Type: CAA}
"""


def unknown(label):
    """Return an unknown string."""
    return Unresolved((Unknown(label),))


def test_zones():
    """A zone has its name without the final dot, and its reference as id."""
    declaration = certificate("DomainName: x.io", REST)
    assert declaration.variants[0].zones == (
        Zone(DomainName("example.com"), unknown("${Public}"), "Public"),
        Zone(unknown("${Name}"), unknown("${Private}"), "Private", private=True),
        Zone(unknown("${Name}"), unknown("${Open}"), "Open"),
    )
    assert at(declaration, "zones", 1) == "Private"


def test_zone_ids_are_comparable():
    """An option refers to a zone by the id of the zone."""
    options = (
        "DomainName: x.io\nDomainValidationOptions:\n"
        "- {DomainName: x.io, HostedZoneId: !Ref Public}\n"
        "- {DomainName: y.io, HostedZoneId: !GetAtt Public.Id}\n"
        "- {DomainName: z.io, HostedZoneId: !Sub '${Public}'}\n"
    )
    (variant,) = certificate(options, REST).variants
    ids = {option.hosted_zone_id for option in variant.request.validation_options}
    assert ids == {variant.zones[0].zone_id}


def test_caa():
    """CAA records are found alone and in groups, without records of other types."""
    declaration = certificate("DomainName: x.io", REST)
    assert declaration.variants[0].caa == (
        CaaRecordSet(
            DomainName("example.com"), ('0 issue "amazon.com"', unknown("${Record}")), "Caa"
        ),
        CaaRecordSet(WildcardDomainName(DomainName("example.com")), (unknown("${A.B}"),), "Group"),
        CaaRecordSet(Malformed("example"), (), "Group"),
    )
    assert at(declaration, "caa", 1).startswith("{Name: '*.example.com'")


def test_dots():
    """Only the dot at the end is removed."""
    rest = """\
  A: {Type: 'AWS::Route53::HostedZone', Properties: {Name: a.io..}}
  B: {Type: 'AWS::Route53::HostedZone', Properties: {Name: !Sub '${Name}.io.'}}
"""
    zones = certificate("DomainName: x.io", rest).variants[0].zones
    assert [zone.name for zone in zones] == [
        Malformed("a.io."),
        Unresolved((Unknown("${Name}"), ".io")),
    ]


def test_conditions():
    """A zone depends on the answers of its variant, and otherwise on the defaults."""
    rest = """\
  Mine: {Type: 'AWS::Route53::HostedZone', Condition: IsProd, Properties: {Name: prod.io}}
  Other: {Type: 'AWS::Route53::HostedZone', Condition: HasZone, Properties: {Name: zone.io}}
  Never: {Type: 'AWS::Route53::HostedZone', Condition: Circle, Properties: {Name: x.io}}
Parameters:
  Stage: {Type: String, Default: dev}
  Zone: {Type: String, Default: ''}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  HasZone: !Equals [!Ref Zone, '']
  Circle: !Equals [a, b]
"""
    declaration = certificate("DomainName: !If [IsProd, prod.io, dev.io]", rest)
    zones = [[str(zone.name) for zone in variant.zones] for variant in declaration.variants]
    assert zones == [["zone.io"], ["prod.io", "zone.io"]]


def test_values_of_a_branch():
    """A zone has the name that its variant determines."""
    rest = """\
  Zone: {Type: 'AWS::Route53::HostedZone', Properties: {Name: !Sub '${Stage}.io'}}
Parameters:
  Stage: {Type: String, Default: dev}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
"""
    declaration = certificate("DomainName: !If [IsProd, a.io, b.io]", rest)
    zones = [[str(zone.name) for zone in variant.zones] for variant in declaration.variants]
    assert zones == [["dev.io"], ["prod.io"]]


# Records that lead to hosts

LEADING = {
    "A": alias("a.io.", {"Fn::GetAtt": ["Site", "DomainName"]}),
    "B": alias("b.io", {"Fn::Sub": "dualstack.${Balancer.DNSName}"}),
    "C": alias("c.io", {"Fn::ImportValue": "site"}, "AAAA"),
    "D": alias("d.io", {"Fn::Sub": "${Api}.execute-api.${AWS::Region}.amazonaws.com"}),
    "E": {
        "Type": "AWS::Route53::RecordSetGroup",
        "Properties": {
            "RecordSets": [
                {"Name": "e.io", "Type": "CNAME", "ResourceRecords": ["X.Example.net."]},
                {"Name": "ip.io", "Type": "A", "ResourceRecords": ["192.0.2.1"]},
                {"Name": "_x.io", "Type": "CNAME", "ResourceRecords": ["_y.acm-validations.aws"]},
                {"Name": "y.io", "Type": "CNAME", "ResourceRecords": ["y.acm-validations.aws."]},
                {"Name": "mx.io", "Type": "MX", "ResourceRecords": ["10 x.example.net"]},
                {"Name": "many.io", "Type": "CNAME", "ResourceRecords": {"Fn::GetAtt": "A.B"}},
                {"Name": "none.io", "Type": "CNAME", "ResourceRecords": []},
                {"Type": "CNAME", "ResourceRecords": ["x.example.net"]},
            ]
        },
    },
}


def test_records_that_point_to_hosts():
    """Aliases and CNAMEs have targets; addresses and validation records are left out."""
    [declaration] = read_stacks({"dns.json": stack(LEADING)}, scope=ReadScope.EVERYTHING)
    [variant] = declaration.variants
    assert (declaration.address, variant.request, variant.consumers) == ("", None, ())
    assert [(str(r.name), str(r.target), r.endpoint) for r in variant.records] == [
        ("a.io", "${Site.DomainName}", "Site"),
        ("b.io", "dualstack.${Balancer.DNSName}", "Balancer"),
        ("c.io", "!ImportValue site", "!ImportValue site"),
        ("d.io", "${Api}.execute-api.${AWS::Region}.amazonaws.com", ""),
        ("e.io", "X.Example.net.", "x.example.net."),
    ]
    assert [at(declaration, "records", index) for index in (0, 4)] == ["a.io.", "e.io"]


def test_records_are_read_on_request():
    """Records are read only if DNS resources are requested."""
    assert read_stacks({"dns.json": stack(LEADING)}) == []
    certificates = {"Certificate": {"Type": "AWS::CertificateManager::Certificate"}}
    certificates["Certificate"]["Properties"] = {"DomainName": "a.io"}
    [declaration] = read_stacks({"a.json": stack(LEADING | certificates)})
    assert declaration.variants[0].records == ()
    [declaration] = read_stacks(
        {"a.json": stack(LEADING | certificates)}, scope=ReadScope.EVERYTHING
    )
    assert len(declaration.variants[0].records) == 5
    assert (
        read_stacks(
            {"a.json": stack({"A": {"Type": "AWS::Route53::X"}})}, scope=ReadScope.EVERYTHING
        )
        == []
    )


RECORDS = """\
  Known:
    Type: AWS::Route53::RecordSet
    Properties: {Name: a.io., Type: A, HostedZoneId: Z1, ResourceRecords: [192.0.2.1]}
  Named: {Type: 'AWS::Route53::RecordSet', Properties: {Name: a.io, HostedZoneName: a.io.}}
  Group:
    Type: AWS::Route53::RecordSetGroup
    Properties:
      HostedZoneId: !Ref Public
      RecordSets:
      - {Name: sub.a.io, Type: NS, ResourceRecords: !GetAtt Sub.NameServers}
      - {Name: b.a.io, Type: A, ResourceRecords: [192.0.2.1]}
      - {Name: c.a.io, Type: NS, ResourceRecords: [ns-1.org, ns-2.org]}
"""


def test_records_of_known_zones_and_delegations():
    """A group may give the zone once for all records."""
    declaration = certificate("DomainName: x.io", RECORDS)
    known, sub, other = declaration.variants[0].zone_records
    assert known == ZoneRecord(DomainName("a.io"), "Z1", "Known")
    assert (sub.name, sub.zone_id, other.name_servers) == (
        DomainName("sub.a.io"),
        unknown("${Public}"),
        ("ns-1.org", "ns-2.org"),
    )
    assert len(sub.name_servers) == 1
    assert at(declaration, "zone_records", 1).startswith("{Name: sub.a.io")


VALIDATING = """
Parameters:
  Domain: {Type: String}
Resources:
  Site:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: a.io
      ValidationMethod: DNS
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      Name: NAME
      Type: CNAME
      ResourceRecords: [_x.acm-validations.aws.]
"""
TOKEN = "_" + "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("www.a.io", {("ACM407", "warning"), ("ACM420", "warning")}),
        ("!Sub 'www.${Domain}'", {("ACM407", "warning"), ("ACM420", "warning")}),
        ("!Ref Domain", {("ACM407", "warning"), ("ACM420", "undecided")}),
        (f"{TOKEN}.a.io.", {("ACM407", "undecided")}),
        (f"{TOKEN}.b.io", {("ACM407", "warning")}),
        ("www.b.io", {("ACM407", "warning")}),
    ],
)
def test_validation_records_are_checked_by_their_form(name, expected):
    """A template can only have literal records, and the token of an account is always the same."""
    linter = Linter(rules=[rule for rule in CATALOGUE if rule.id in {"ACM407", "ACM420"}])
    source = Source("t.yaml", VALIDATING.replace("NAME", name))
    results = [linter.check(each) for each in registry.read(source, Parameters({}))]
    found = {(one.rule.id, str(one.severity)) for findings, _ in results for one in findings}
    found |= {(skip.rule.id, "undecided") for _, skips in results for skip in skips if skip.rule}
    assert found == expected
