"""ACM407, ACM411, ACM412, ACM415 and ACM416: the hosted zones of validation options."""

import pytest
from tests.support.rules import ZONE, check_rule, name, names_of, option, outcomes, part

from acmrules.request import Tool
from acmrules.resources import Zone

X, Y = part("$X"), part("$Y")
WWW_X = part("www.", "$X")
STAR_X = part("*.", "$X")
CLOUDFORMATION = {"tool": Tool.CLOUDFORMATION}
Z = "validation_options 0 hosted_zone_id"
O = "validation_options"  # noqa: E741  (short for the rows below)
ZONED = [
    (["a.io"], [("a.io", ZONE)], set()),
    (["a.io", "*.a.io"], [("a.io", ZONE)], set()),
    (["*.a.io", "a.io"], [("*.a.io", ZONE)], set()),
    (["a.io", "b.io"], [("a.io", ZONE)], {f"{O}: warning"}),
    (["a.io"], [("a.io", None)], {f"{O}: warning"}),
    (["a.io"], [], {f"{O}: warning"}),
    ([X, STAR_X], [(X, ZONE)], set()),
    ([X, WWW_X], [(X, ZONE)], {f"{O}: warning"}),
    ([X], [(Y, ZONE)], {f"{O}: skipped"}),
    (["a.io"], [(part("$X", ".a.io"), ZONE)], {f"{O}: skipped"}),
    ([part("$X", ".a.io")], [("a.io", ZONE)], {f"{O}: skipped"}),
    (["a.io", names_of("$More")], [("a.io", ZONE)], {f"{O}: skipped"}),
    ([names_of("$More")], [], {f"{O}: warning"}),
]


@pytest.mark.parametrize(("names", "options", "expected"), ZONED)
def test_cloudformation_needs_the_zone_of_every_name(names, options, expected):
    """ACM407 lists the names without a zone; a name and its wildcard share one."""
    fields = {
        "validation_method": "DNS",
        "validation_options": tuple(
            option(domain_name, None, zone) for domain_name, zone in options
        ),
    }
    assert outcomes("ACM407", *names, **fields, **CLOUDFORMATION) == expected
    assert outcomes("ACM407", *names, **fields) == set()
    fields["validation_method"] = "EMAIL"
    assert outcomes("ACM407", *names, **fields, **CLOUDFORMATION) == set()


def test_unknown_options_may_set_the_zone():
    """ACM407 is undecided if an option is a branch or a reference."""
    fields = {"validation_method": "DNS", "validation_options": (X,), **CLOUDFORMATION}
    assert outcomes("ACM407", "a.io", **fields) == {f"{O}: skipped"}
    assert outcomes("ACM407", "a.io", names_of("$More"), **fields) == {f"{O}: skipped"}


def test_the_names_without_a_zone_are_listed_once():
    """ACM407 has one finding per request."""
    [finding], _ = check_rule(
        "ACM407", "a.io", "b.io", "A.io", validation_method="DNS", **CLOUDFORMATION
    )
    assert finding.message.startswith("no `HostedZoneId` for `a.io`, `b.io`: CloudFormation")
    [finding], _ = check_rule("ACM407", "a.io", validation_method="DNS", **CLOUDFORMATION)
    assert "will not create its validation record" in finding.message


@pytest.mark.parametrize(
    ("zone", "expected", "fixed"),
    [
        (ZONE, set(), None),
        (f"/hostedzone/{ZONE}", {f"{Z}: error"}, ZONE),
        ("brightharbor.io.", {f"{Z}: error"}, None),
        ("Z-1", {f"{Z}: error"}, None),
        ("fakeId", {f"{Z}: error"}, None),
        (part("/hostedzone/", "$Zone"), {f"{Z}: error"}, None),
        (part("$Zone"), {f"{Z}: skipped"}, None),
        (None, set(), None),
    ],
)
def test_a_zone_id_has_no_prefix(zone, expected, fixed):
    """The fix of ACM411 removes the prefix that Route 53 returns."""
    options = (option(X, X, zone),)
    assert outcomes("ACM411", "a.io", validation_options=options) == expected
    findings, _ = check_rule("ACM411", "a.io", validation_options=options)
    assert [f.fix.edits[0].value for f in findings if f.fix] == ([fixed] if fixed else [])


def zone(domain_name, zone_id=ZONE, **fields):
    return Zone(name(domain_name), zone_id, "Zone", **fields)


@pytest.mark.parametrize(
    ("domain_name", "zones", "expected"),
    [
        ("b.a.io", [zone("a.io")], set()),
        ("b.a.io", [zone("c.io")], {f"{Z}: error"}),
        ("b.a.io", [zone("c.io", "Z9")], set()),
        ("b.a.io", [zone("c.io", "Z9"), zone("d.io")], {f"{Z}: error"}),
        (WWW_X, [zone(X)], set()),
        (X, [zone("a.io")], {f"{Z}: skipped"}),
        ("b.a.io", [], set()),
    ],
)
def test_a_name_is_in_the_zone_of_its_option(domain_name, zones, expected):
    """ACM412 identifies the zones of the same files by ids or references."""
    fields = {"validation_options": (option(domain_name, None, ZONE),), "zones": tuple(zones)}
    assert outcomes("ACM412", "a.io", **fields) == expected


def test_a_zone_is_identified_by_a_reference_to_it():
    """A `!Ref` in an option and the zone's own id are equal expressions."""
    reference = part("$Zone")
    fields = {
        "validation_options": (option("b.io", None, reference),),
        "zones": (zone("a.io", reference),),
    }
    assert outcomes("ACM412", "b.io", **fields) == {f"{Z}: error"}


def test_a_private_zone_cannot_validate():
    """ACM415 reports a private zone, and ACM416 does not."""
    private = {
        "validation_options": (option("a.io", None, ZONE),),
        "zones": (zone("a.io", private=True),),
    }
    assert outcomes("ACM415", "a.io", **private) == {f"{Z}: error"}
    assert outcomes("ACM416", "a.io", **private, **CLOUDFORMATION) == set()
    public = {**private, "zones": (zone("a.io"),)}
    assert outcomes("ACM415", "a.io", **public) == set()


def test_a_zone_in_the_same_deployment_is_not_delegated_yet():
    """ACM416 reports each zone once."""
    options = tuple(option(domain_name, None, ZONE) for domain_name in ("a.io", "b.a.io"))
    fields = {
        "validation_options": (*options, option("c.io", None, "Z9")),
        "zones": (zone("a.io"),),
    }
    assert outcomes("ACM416", "a.io", **fields, **CLOUDFORMATION) == {f"{Z}: note"}
    assert outcomes("ACM416", "a.io", **fields, tool=Tool.TERRAFORM) == {f"{Z}: note"}
    found = Zone(name("a.io"), ZONE, "module.dns.data.aws_route53_zone.main")
    fields["zones"] = (found,)
    assert outcomes("ACM416", "a.io", **fields, tool=Tool.TERRAFORM) == set()
    assert outcomes("ACM416", "a.io", **fields) == set()
