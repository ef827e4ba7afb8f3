"""ACM421 and ACM422: zones of validation records that cannot be the right ones."""

import json

import pytest
from tests.support.cloudformation import read
from tests.support.rules import RULES, ZONE, check_rule, name, names_of, option, outcomes, part
from tests.support.terraform_plans import held, read_plan, state

from acmrules.lint.linter import Linter
from acmrules.request import Tool
from acmrules.resources import Zone, ZoneRecord
from acmrules.unresolved import Malformed

OTHER = "ZABCDEFGHIJ0123456789"
Z = "validation_options {} hosted_zone_id: {}"
SERVERS = ("ns-1.awsdns-1.org", "ns-2.awsdns-2.com")


def record(text, zone=ZONE, servers=None):
    """Return a record, or a delegation with `servers`."""
    return ZoneRecord(name(text), zone, "Record", servers)


def found(rule, options, *records, zones=()):
    """Return the outcomes for options as pairs of a name and a zone."""
    listed = tuple(option(domain_name, None, zone) for domain_name, zone in options)
    return outcomes(
        rule, "a.io", validation_options=listed, zone_records=records, zones=tuple(zones)
    )


DOMAINS = [
    ([("a.io", ZONE), ("www.a.io", ZONE), ("*.a.io", ZONE)], set()),
    ([("a.io", ZONE), ("b.io", OTHER)], set()),
    ([("a.io", ZONE), ("b.io", ZONE)], {Z.format(1, "error")}),
    (
        [("www.a.io", ZONE), ("www.b.io", ZONE), ("c.io", ZONE)],
        {Z.format(n, "error") for n in "12"},
    ),
    ([("x.a.co.uk", ZONE), ("x.b.co.uk", ZONE)], {Z.format(1, "error")}),
    ([(part("$X", ".a.io"), ZONE), ("b.io", ZONE)], {Z.format(1, "error")}),
    ([(part("$X"), ZONE), ("b.io", ZONE)], {Z.format(1, "skipped")}),
    ([(part("$X", "a.io"), ZONE), ("b.io", ZONE)], {Z.format(1, "skipped")}),
    ([("a.io", part("$Zone")), ("b.io", part("$Zone"))], set()),
    ([("x.github.io", ZONE), ("y.github.io", ZONE)], set()),
    ([(Malformed("a..io"), ZONE), ("b.io", ZONE)], set()),
    ([(names_of("$Names"), ZONE), ("b.io", ZONE)], {Z.format(1, "skipped")}),
    ([("co.uk", ZONE), ("b.io", ZONE)], set()),
    ([("a.io", ZONE), (None, ZONE)], set()),
    ([(part("$X"), ZONE), (part("$X"), ZONE)], set()),
    ([("example.com", ZONE), ("b.io", ZONE)], set()),
    ([("b.io", ZONE), ("example.com", ZONE)], set()),
]


@pytest.mark.parametrize(("options", "expected"), DOMAINS)
def test_a_zone_has_one_domain(options, expected):
    """ACM421 compares known ids and registrable domains; private suffixes do not separate."""
    assert found("ACM421", options) == expected


def test_a_reference_in_a_template_is_one_zone():
    """ACM421 compares it in CloudFormation only; in Terraform it may differ by instance."""
    options = (option("a.io", None, part("${Zone}")), option("b.io", None, part("${Zone}")))
    for tool, expected in ((Tool.CLOUDFORMATION, {Z.format(1, "error")}), (Tool.TERRAFORM, set())):
        assert outcomes("ACM421", "a.io", validation_options=options, tool=tool) == expected
    options = (option("a.io", None, part("${A}${B}")), option("b.io", None, part("${A}${B}")))
    fields = {"validation_options": options, "tool": Tool.CLOUDFORMATION}
    assert outcomes("ACM421", "a.io", **fields) == set()


def test_records_show_the_domain_of_a_zone():
    """ACM421 also compares a name with the records of its zone."""
    options = [("b.io", ZONE)]
    assert found("ACM421", options, record("www.a.io")) == {Z.format(0, "error")}
    assert found("ACM421", options, record("www.a.io", OTHER)) == set()
    assert found("ACM421", options, record(part("$X")), record("a.io")) == {Z.format(0, "error")}
    assert found("ACM421", options, record("x.b.io")) == set()
    relative = record("api.dev").__replace__(complete=False)
    assert found("ACM421", options, relative) == set()


def test_a_zone_of_the_files_is_compared_by_its_name():
    """ACM421 leaves it to ACM412."""
    options = [("a.io", ZONE), ("b.io", ZONE)]
    zones = [Zone(name("a.io"), ZONE, "Zone")]
    assert found("ACM421", options, zones=zones) == set()
    assert found("ACM412", options, zones=zones) == {Z.format(1, "error")}


A_IO = [Zone(name("a.io"), ZONE, "Zone")]
X = [Zone(part("$X"), ZONE, "Zone")]
SUB = record("sub.a.io", servers=SERVERS)
APEX = record("a.io", servers=SERVERS)
DELEGATIONS = [
    ([("x.sub.a.io", ZONE)], [SUB], A_IO, {Z.format(0, "error")}),
    ([("sub.a.io", ZONE)], [SUB], A_IO, {Z.format(0, "error")}),
    ([("*.sub.a.io", ZONE)], [SUB], A_IO, {Z.format(0, "error")}),
    ([(part("$X", ".sub.a.io"), ZONE)], [SUB], A_IO, {Z.format(0, "error")}),
    ([(part("$X", ".a.io"), ZONE)], [SUB], A_IO, {Z.format(0, "skipped")}),
    ([("a.io", ZONE), ("notsub.a.io", ZONE)], [SUB], A_IO, set()),
    ([("x.sub.a.io", OTHER)], [SUB], A_IO, set()),
    ([("x.sub.a.io", part("$Zone"))], [SUB], A_IO, {Z.format(0, "skipped")}),
    ([("x.a.io", part("$Zone"))], [SUB], A_IO, set()),
    ([("x.sub.a.io", None)], [SUB], A_IO, set()),
    ([("x.a.io", ZONE)], [APEX], A_IO, set()),
    ([("x.sub.a.io", ZONE)], [record("sub.a.io")], A_IO, set()),
    ([("x.sub.a.io", ZONE)], [SUB], [], {Z.format(0, "skipped")}),
    ([("x.sub.a.io", ZONE)], [SUB], X, {Z.format(0, "skipped")}),
    ([("x.sub.a.io", ZONE)], [SUB, record("www.a.io")], [], {Z.format(0, "error")}),
    ([("x.sub.a.io", ZONE), ("a.io", ZONE)], [SUB], [], {Z.format(0, "error")}),
    ([("x.sub.a.io", ZONE), ("a.io", OTHER)], [SUB], [], {Z.format(0, "skipped")}),
    ([(names_of("$Names"), ZONE)], [SUB], A_IO, set()),
    ([("x.sub.a.io", ZONE)], [record(part("$X"), servers=SERVERS)], A_IO, {Z.format(0, "skipped")}),
]


@pytest.mark.parametrize(("options", "records", "zones", "expected"), DELEGATIONS)
def test_a_delegated_name_is_in_another_zone(options, records, zones, expected):
    """ACM422 needs a delegation from the same zone, below its top."""
    assert found("ACM422", options, *records, zones=zones) == expected


def test_the_finding_points_to_the_delegation():
    """The message names the `NS` record."""
    fields = {"validation_options": (option("x.sub.a.io", None, ZONE),)}
    [finding], _ = check_rule(
        "ACM422", "x.sub.a.io", **fields, zone_records=(SUB,), zones=tuple(A_IO)
    )
    assert finding.message.startswith("an `NS` record delegates `sub.a.io`")


def test_one_wrong_zone_is_one_finding():
    """A name outside its zone, or of another domain, is not delegated from it as well."""
    fields = {
        "validation_options": (option("a.io", None, ZONE), option("x.b.io", None, ZONE)),
        "zone_records": (record("b.io", servers=SERVERS), record("a.io")),
    }
    findings, _ = check_rule("ACM412 ACM421 ACM422", "a.io", "x.b.io", **fields)
    assert {finding.path: finding.rule.id for finding in findings} == {
        ("validation_options", 0, "hosted_zone_id"): "ACM421"
    }


def undelegated(*records, zones):
    """Return whether ACM416 reports the zone of `x.sub.a.io`, which is the first one."""
    fields = {"validation_options": (option("x.sub.a.io", None, zones[0].zone_id),)}
    fields |= {"tool": Tool.TERRAFORM, "zones": tuple(zones), "zone_records": records}
    return outcomes("ACM416", "x.sub.a.io", **fields) != set()


NEW = Zone(name("sub.a.io"), part("$new"), "aws_route53_zone.sub")
OLD = Zone(name("a.io"), part("$old"), "data.aws_route53_zone.a")
CREATED = Zone(name("a.io"), part("$old"), "aws_route53_zone.a")


@pytest.mark.parametrize(
    ("records", "zones", "is_reported"),
    [
        ([], [NEW, OLD], True),
        ([record("sub.a.io", part("$old"), SERVERS)], [NEW, OLD], False),
        ([record("sub.a.io", part("$old"), SERVERS)], [NEW], False),
        ([record("other.a.io", part("$old"), SERVERS)], [NEW, OLD], True),
        ([record("sub.a.io", part("$old"))], [NEW, OLD], True),
        ([record("sub.a.io", part("$new"), SERVERS)], [NEW, OLD], True),
        ([record("sub.a.io", part("$old"), SERVERS)], [NEW, CREATED], True),
        (
            [record("sub.a.io", part("$old"), SERVERS), record("a.io", OTHER, SERVERS)],
            [NEW, CREATED],
            False,
        ),
    ],
)
def test_a_zone_that_the_files_delegate_resolves(records, zones, is_reported):
    """ACM416 follows delegations up to a zone that already exists."""
    assert undelegated(*records, zones=zones) is is_reported


def test_another_request_shows_the_domain_of_a_zone():
    """ACM421 reads the requests of one template together."""
    resources = {
        f"C{index}": {
            "Type": "AWS::CertificateManager::Certificate",
            "Properties": {
                "DomainName": domain,
                "ValidationMethod": "DNS",
                "DomainValidationOptions": [{"DomainName": domain, "HostedZoneId": ZONE}],
            },
        }
        for index, domain in enumerate(("brightharbor.io", "lighthouse.io", "www.lighthouse.io"))
    }
    linter = Linter(rules=[RULES["ACM421"]])
    declarations = read(json.dumps({"Resources": resources}))
    assert [len(linter.check(each)[0]) for each in declarations] == [0, 1, 1]


def planned(*zones, delegated):
    """Return a state with a certificate, its validation records, and a delegation."""
    names = ["x.sub.brightharbor.io", "lighthouse.io"][: len(zones)]
    options = [
        {
            "domain_name": name,
            "resource_record_name": f"_x.{name}.",
            "resource_record_type": "CNAME",
            "resource_record_value": "_y.acm-validations.aws.",
        }
        for name in names
    ]
    certificate = {
        "domain_name": names[0],
        "subject_alternative_names": names,
        "validation_method": "DNS",
        "domain_validation_options": options,
    }
    records = [
        held(
            f'aws_route53_record.v["{name}"]',
            {"name": f"_x.{name}", "fqdn": f"_x.{name}", "zone_id": zone, "type": "CNAME"},
        )
        for name, zone in zip(names, zones, strict=True)
    ]
    delegation = {
        "name": "sub",
        "fqdn": "sub.brightharbor.io",
        "zone_id": delegated,
        "type": "NS",
        "records": ["ns-1.awsdns-1.org"],
    }
    apex = {"name": "", "fqdn": "brightharbor.io", "zone_id": ZONE, "type": "A"}
    return state(
        held("aws_acm_certificate.c", certificate),
        *records,
        held("aws_route53_record.delegation", delegation),
        held("aws_route53_record.apex", apex),
    )


@pytest.mark.parametrize(
    ("zones", "delegated", "expected"),
    [
        ([ZONE], ZONE, {"ACM422"}),
        ([OTHER], ZONE, set()),
        ([ZONE], OTHER, set()),
        ([OTHER, ZONE], ZONE, {"ACM421"}),
        ([ZONE, OTHER], ZONE, {"ACM422"}),
        ([OTHER, OTHER], ZONE, {"ACM421"}),
    ],
)
def test_plans_and_states(zones, delegated, expected):
    """The records of a plan or state show the zones of names."""
    linter = Linter(rules=[RULES["ACM421"], RULES["ACM422"]])
    declarations = read_plan(planned(*zones, delegated=delegated))
    found = {finding.rule.id for each in declarations for finding in linter.check(each)[0]}
    assert found == expected
