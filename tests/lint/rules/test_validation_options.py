"""ACM4xx: validation methods, options, hosted zones and CAA records, known or partly known."""

from datetime import date

import pytest
from tests.support.rules import RULES, ZONE, judge, name, names_of, option, part, verdict

from acmrules.facts import acm, cabf
from acmrules.request import Tool
from acmrules.resources import CaaRecordSet, Zone

X, Y = part("$X"), part("$Y")
WWW_X = part("www.", "$X")
STAR_X = part("*.", "$X")
CLOUDFORMATION = {"tool": Tool.CLOUDFORMATION}
PRIVATE = {"certificate_authority_arn": "arn:aws:acm-pca:x"}


@pytest.mark.parametrize(
    ("tool", "expected"),
    [
        (Tool.API, {"validation_method: note"}),
        (Tool.KUBERNETES, {"validation_method: note"}),
        (Tool.CLOUDFORMATION, {"validation_method: warning"}),
        (Tool.TERRAFORM, {"validation_method: error"}),
        (Tool.NAMES, {"validation_method: skipped"}),
    ],
)
def test_what_a_missing_method_means_depends_on_the_tool(tool, expected):
    """CloudFormation waits, Terraform rejects the resource, and a list of names has no method."""
    assert verdict("ACM401", "a.io", tool=tool) == expected
    assert verdict("ACM401", "a.io", tool=tool, **PRIVATE) == set()
    assert verdict("ACM401", "a.io", tool=tool, validation_method="DNS") == set()
    unknown = verdict("ACM401", "a.io", tool=tool, validation_method=X)
    assert unknown == ({"validation_method: skipped"} if tool is Tool.TERRAFORM else set())


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        (date(2016, 1, 21), "note"),
        (date(2026, 3, 14), "note"),
        (date(2026, 3, 15), "warning"),
        (date(2028, 3, 14), "warning"),
        (date(2028, 3, 15), "error"),
        (date(2029, 6, 1), "error"),
    ],
)
def test_email_validation_becomes_more_severe_as_it_is_phased_out(day, severity):
    """ACM402 is a note, from 2026-03-15 a warning, and from 2028-03-15 an error."""
    expected = {f"validation_method: {severity}"}
    assert verdict("ACM402", "a.io", validation_method="EMAIL", as_of=day) == expected


@pytest.mark.parametrize(
    ("names", "fields", "expected"),
    [
        (["a.io"], {}, "mail goes to 5 addresses such as `admin@a.io`"),
        (["a.io", "*.a.io", "A.io"], {}, "approve 2 names now and at every renewal"),
        (["b.a.io", "a.io"], {}, "mail goes to 10 addresses"),
        (["b.a.io"], {"validation_options": (option("b.a.io", "a.io"),)}, "such as `admin@a.io`"),
        (["b.a.io"], {"validation_options": (option("b.a.io", "c.io"),)}, "`admin@b.a.io`"),
        (["a.io", X], {}, "approve at least 1 name now"),
        ([X], {}, "approve each name now and at every renewal (every 153 to 198 days)"),
    ],
)
def test_email_validation_is_reported_with_its_work(names, fields, expected):
    """ACM402 counts the approvals and the addresses, and reports the interval."""
    [finding], skips = judge("ACM402", *names, validation_method="EMAIL", **fields)
    assert expected in finding.message
    assert skips == []


def test_the_interval_of_approvals_follows_the_validity_on_the_date():
    """In 2018, certificates were valid for 395 days and renewed 60 days before they expired."""
    day = date(2018, 1, 1)
    [finding], _ = judge("ACM402", "a.io", validation_method="EMAIL", as_of=day)
    assert "(every 335 to 395 days)" in finding.message
    assert verdict("ACM402", "a.io", validation_method="DNS") == set()
    assert verdict("ACM402", "a.io") == set()
    assert verdict("ACM402", "a.io", validation_method=X) == {"validation_method: skipped"}


D = "validation_options 0 domain_name"
V = "validation_options 0 validation_domain"
Z = "validation_options 0 hosted_zone_id"


@pytest.mark.parametrize(
    ("asked", "domain", "expected"),
    [
        ("b.a.io", "a.io", set()),
        ("b.a.io", "b.a.io", set()),
        ("B.a.io", "A.io", set()),
        ("*.b.a.io", "a.io", set()),
        ("*.a.io", "a.io", set()),
        ("b.a.io", "c.a.io", {f"{V}: error"}),
        ("xa.io", "a.io", {f"{V}: error"}),
        ("a.io", "b.a.io", {f"{V}: error"}),
        (WWW_X, X, set()),
        (X, X, {f"{V}: skipped", f"{D}: skipped"}),
        (X, WWW_X, {f"{V}: error", f"{D}: skipped"}),
        (X, "a.io", {f"{D}: skipped"}),
        (part("$X", ".b.io"), "a.io", {f"{V}: error", f"{D}: skipped"}),
        ("b.a.io", X, {f"{V}: skipped"}),
        ("b.a.io", None, set()),
    ],
)
def test_a_validation_domain_is_the_name_or_a_superdomain(asked, domain, expected):
    """ACM403 compares labels without case, and known parts if they are enough."""
    options = (option(asked, domain),)
    assert verdict("ACM403", "a.io", validation_options=options) == expected
    assert verdict("ACM403", "a.io", validation_options=options, **PRIVATE) == set()


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("brightharbor.co.uk", set()),
        ("co.uk", {f"{V}: warning"}),
        ("uk", {f"{V}: warning"}),
        ("github.io", {f"{V}: warning"}),
        ("*.uk", set()),
        (X, {f"{V}: skipped"}),
        (None, set()),
    ],
)
def test_a_validation_domain_that_is_a_public_suffix_is_reported(domain, expected):
    """ACM404 reports public suffixes with one label or several."""
    options = (option("brightharbor.co.uk", domain), X)
    got = verdict("ACM404", "a.io", validation_options=options)
    assert got == expected | {"validation_options 1: skipped"}


@pytest.mark.parametrize(
    ("names", "asked", "expected"),
    [
        (["a.io"], "a.io", set()),
        (["a.io"], "A.io", set()),
        (["*.a.io"], "a.io", {f"{D}: error"}),
        (["a.io", X], X, set()),
        (["a.io", X], "b.io", {f"{D}: skipped"}),
        ([X], WWW_X, {f"{D}: error"}),
        (["a.io"], X, {f"{D}: skipped"}),
        (["a.io", names_of("$More")], "b.io", {f"{D}: skipped"}),
        (["a.io"], None, set()),
    ],
)
def test_an_option_is_for_a_name_of_the_request(names, asked, expected):
    """ACM405 reports options for other names, and compares expressions too."""
    options = (option(asked, "a.io", X) if asked else option("a.io").__replace__(domain_name=None),)
    assert verdict("ACM405", *names, validation_options=options) == expected


def test_a_terraform_record_is_not_an_option():
    """The record of a wildcard is named after its parent, which need not be requested."""
    record = (option("a.io", None, ZONE),)
    assert verdict("ACM405", "*.a.io", validation_options=record, tool=Tool.TERRAFORM) == set()
    given = (option("a.io", "a.io"),)
    found = verdict("ACM405", "*.a.io", validation_options=given, tool=Tool.TERRAFORM)
    assert found == {f"{D}: error"}


def test_the_fix_removes_an_option_for_another_name():
    """The fix of ACM405 removes the whole entry."""
    [finding], _ = judge("ACM405", "a.io", validation_options=(option("b.io"),))
    assert finding.fix.edits[0].path == ("validation_options", 0)
    assert finding.fix.edits[0].value is None


@pytest.mark.parametrize(
    ("method", "domain", "zone", "expected"),
    [
        ("DNS", None, ZONE, set()),
        ("EMAIL", "a.io", None, set()),
        ("EMAIL", None, ZONE, {f"{Z}: error"}),
        ("DNS", "a.io", None, {f"{V}: error"}),
        ("DNS", "a.io", ZONE, {f"{Z}: error"}),
        (None, "a.io", ZONE, {f"{Z}: error"}),
        (X, "a.io", ZONE, {f"{Z}: error"}),
        (None, None, ZONE, set()),
        (X, "a.io", None, {"validation_method: skipped"}),
        ("DNS", X, None, {f"{V}: error"}),
        ("DNS", None, X, set()),
    ],
)
def test_options_fit_the_method(method, domain, zone, expected):
    """ACM406: a zone is for DNS, a validation domain for email, and both cannot be combined."""
    options = (option("a.io", domain, zone),)
    got = verdict("ACM406", "a.io", validation_method=method, validation_options=options)
    assert {line for line in got if "skipped" not in line or "method" in line} == expected


def test_acm_accepted_a_validation_domain_with_dns_until_2020():
    """AWS has rejected it at least since 2020-05-11."""
    options = (option("a.io", "a.io"),)
    fields = {"validation_method": "DNS", "validation_options": options}
    assert verdict("ACM406", "a.io", as_of=date(2020, 5, 10), **fields) == set()
    assert verdict("ACM406", "a.io", as_of=date(2020, 5, 11), **fields) == {f"{V}: error"}


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
        "validation_options": tuple(option(asked, None, zone) for asked, zone in options),
    }
    assert verdict("ACM407", *names, **fields, **CLOUDFORMATION) == expected
    assert verdict("ACM407", *names, **fields) == set()
    fields["validation_method"] = "EMAIL"
    assert verdict("ACM407", *names, **fields, **CLOUDFORMATION) == set()


def test_unknown_options_may_set_the_zone():
    """ACM407 is undecided if an option is a branch or a reference."""
    fields = {"validation_method": "DNS", "validation_options": (X,), **CLOUDFORMATION}
    assert verdict("ACM407", "a.io", **fields) == {f"{O}: skipped"}
    assert verdict("ACM407", "a.io", names_of("$More"), **fields) == {f"{O}: skipped"}


def test_the_names_without_a_zone_are_listed_once():
    """ACM407 has one finding per request."""
    [finding], _ = judge(
        "ACM407", "a.io", "b.io", "A.io", validation_method="DNS", **CLOUDFORMATION
    )
    assert finding.message.startswith("no `HostedZoneId` for `a.io`, `b.io`: CloudFormation")
    [finding], _ = judge("ACM407", "a.io", validation_method="DNS", **CLOUDFORMATION)
    assert "will not create its validation record" in finding.message


DOUBLED = [
    ([("a.io", ZONE), ("b.io", ZONE)], set()),
    ([("a.io", ZONE), ("*.a.io", ZONE)], {f"{O} 1: warning"}),
    ([("a.io", ZONE), ("a.io", "Z9")], {f"{O} 1: warning"}),
    ([("a.io", ZONE), ("*.a.io", None)], set()),
    ([("a.io", None), ("*.a.io", ZONE)], set()),
    ([(X, ZONE), (STAR_X, ZONE)], {f"{O} 1: warning"}),
    ([(X, Y), (WWW_X, Y)], set()),
    ([(X, ZONE), (Y, ZONE)], {f"{O} 0 domain_name: skipped", f"{O} 1 domain_name: skipped"}),
    ([(X, ZONE), ("a.io", ZONE)], {f"{O} 0 domain_name: skipped"}),
    ([(part("$X", ".a.io"), ZONE), ("a.io", ZONE)], {f"{O} 0 domain_name: skipped"}),
]


@pytest.mark.parametrize(("options", "expected"), DOUBLED)
def test_two_options_for_one_record_are_one_too_many(options, expected):
    """ACM408 reports the second option for the same record."""
    listed = tuple(option(asked, None, zone) for asked, zone in options)
    assert verdict("ACM408", "a.io", validation_options=listed) == expected


def test_a_duplicate_option_is_reported_with_the_first_one():
    """The fix removes the second option, and the first is a related location."""
    listed = (option("c.io", None, ZONE), option("a.io", None, ZONE), option("*.a.io", None, ZONE))
    [finding], _ = judge("ACM408", "a.io", validation_options=listed)
    assert finding.message.startswith("option 2 already creates the record for `*.a.io`")
    assert finding.fix.edits[0].path == (O, 2)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a.io"], {"validation_method: warning"}),
        (["a.io", "*.a.io"], {"validation_method: error"}),
        ([STAR_X], {"validation_method: error"}),
        ([X], {"validation_method: warning"}),
    ],
)
def test_only_cloudfront_can_start_http_validation(names, expected):
    """ACM409 is an error if a wildcard makes HTTP validation impossible."""
    assert verdict("ACM409", *names, validation_method="HTTP") == expected
    assert verdict("ACM409", *names, validation_method="DNS") == set()


@pytest.mark.parametrize(
    ("method", "day", "expected", "fixed"),
    [
        ("DNS", date(2026, 1, 1), set(), None),
        ("dns", date(2026, 1, 1), {"validation_method: error"}, "DNS"),
        (" Email ", date(2026, 1, 1), {"validation_method: error"}, "EMAIL"),
        ("CNAME", date(2026, 1, 1), {"validation_method: error"}, None),
        ("DNS", date(2017, 11, 20), {"validation_method: error"}, None),
        ("DNS", date(2017, 11, 21), set(), None),
        ("HTTP", date(2025, 4, 23), {"validation_method: error"}, None),
        ("http", date(2017, 1, 1), {"validation_method: error"}, None),
    ],
)
def test_a_method_is_one_of_those_of_the_day(method, day, expected, fixed):
    """ACM410 checks the date of each method, and its fix changes the case only."""
    fields = {"validation_method": method, "as_of": day}
    assert verdict("ACM410", "a.io", **fields) == expected
    findings, _ = judge("ACM410", "a.io", **fields)
    fixes = [f.fix.edits[0].value for f in findings if f.fix]
    assert fixes == ([fixed] if fixed else [])


def test_a_later_method_is_reported_with_the_date_of_its_launch():
    """The help of ACM410 lists the methods of the date."""
    day = date(2017, 1, 1)
    [finding], _ = judge("ACM410", "a.io", validation_method="DNS", as_of=day)
    assert finding.message == "ACM introduced `DNS` validation on 2017-11-21"
    assert finding.help == "use `EMAIL`"


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
    assert verdict("ACM411", "a.io", validation_options=options) == expected
    findings, _ = judge("ACM411", "a.io", validation_options=options)
    assert [f.fix.edits[0].value for f in findings if f.fix] == ([fixed] if fixed else [])


def zone(asked, zone_id=ZONE, **fields):
    return Zone(name(asked), zone_id, "Zone", **fields)


@pytest.mark.parametrize(
    ("asked", "zones", "expected"),
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
def test_a_name_is_in_the_zone_of_its_option(asked, zones, expected):
    """ACM412 identifies the zones of the same files by ids or references."""
    fields = {"validation_options": (option(asked, None, ZONE),), "zones": tuple(zones)}
    assert verdict("ACM412", "a.io", **fields) == expected


def test_a_zone_is_identified_by_a_reference_to_it():
    """A `!Ref` in an option and the zone's own id are equal expressions."""
    reference = part("$Zone")
    fields = {
        "validation_options": (option("b.io", None, reference),),
        "zones": (zone("a.io", reference),),
    }
    assert verdict("ACM412", "b.io", **fields) == {f"{Z}: error"}


def caa(asked, *records):
    return CaaRecordSet(name(asked), records, "Caa")


OTHERS = '0 issue "letsencrypt.org"'
AMAZON = '0 issue "amazon.com"'
ALL_SKIPPED = {"names 0: skipped", "names 1: skipped", "names 2: skipped"}
ALL_FOUND = {"names 0: error", "names 1: error", "names 2: warning"}

CAA = [
    ([caa("a.io", AMAZON)], set()),
    ([caa("a.io", OTHERS)], ALL_FOUND),
    ([caa("www.a.io", OTHERS)], {"names 2: error"}),
    (
        [caa("a.io", OTHERS), caa("www.a.io", '0 issue "amazontrust.com"')],
        {"names 0: error", "names 1: error"},
    ),
    ([caa("a.io", '0 issue "amazon.com"', '0 issuewild ";"')], {"names 1: error"}),
    ([caa("a.io", "nonsense")], ALL_SKIPPED),
    ([caa("a.io", part('0 issue "', "$Ca"))], ALL_SKIPPED),
    ([caa(X, OTHERS)], ALL_SKIPPED),
    ([caa(part("$X", ".b.io"), OTHERS)], set()),
    ([caa("a.io", AMAZON, part('0 iodef "mailto:', "$Mail", '"'))], set()),
    ([caa("a.io", AMAZON, part("$Record"))], ALL_SKIPPED),
    ([caa("a.io", part('0 issue "ca.org; accounturi=', "$Account"))], ALL_FOUND),
    ([caa("a.io", part('0 issue "amazon.com; x=', "$Account"))], ALL_SKIPPED),
    ([caa("www.a.io"), caa("a.io", OTHERS)], ALL_FOUND),
    ([caa(part(f"$X{n}", ".b.io"), OTHERS) for n in range(101)], ALL_SKIPPED),
    ([], set()),
]


@pytest.mark.parametrize(("sets", "expected"), CAA)
def test_caa_records_in_the_files_may_not_allow_amazon(sets, expected):
    """ACM413 is an error at the owner of the records, and a warning at a name below it."""
    assert verdict("ACM413", "a.io", "*.a.io", "www.a.io", caa=tuple(sets)) == expected


def test_the_deciding_caa_records_are_a_related_location():
    """The help names their owner; an unknown name is undecided."""
    sets = (caa("b.io", OTHERS), caa("a.io", OTHERS))
    [finding], skips = judge("ACM413", "a.io", X, caa=sets)
    assert "allow other CAs" in finding.message
    assert finding.help == "add a CAA record for `amazon.com` at `a.io`"
    assert [skip.path for skip in skips] == [("names", 1)]


DEEP = [
    (["a.io", "www.a.io", "*.a.io"], [], set()),
    (["b.a.io", "*.b.a.io"], [], {"names 0: warning", "names 1: warning"}),
    (["b.a.io"], [option("b.a.io", "a.io")], set()),
    (["b.a.io"], [option("B.a.io", X)], set()),
    (["b.a.io"], [option("b.a.io")], {"names 0: warning"}),
    (["b.a.io"], [option(X, "a.io")], {"names 0: skipped"}),
    (["b.a.io"], [X], {"names 0: skipped"}),
    (["a.io"], [X], set()),
    (["co.uk"], [], set()),
    ([X], [], {"names 0: skipped"}),
]


@pytest.mark.parametrize(("names", "options", "expected"), DEEP)
def test_a_deep_name_without_a_validation_domain_is_reported(names, options, expected):
    """ACM414 reports names below their base domain name."""
    fields = {"validation_method": "EMAIL", "validation_options": tuple(options)}
    assert verdict("ACM414", *names, **fields) == expected
    fields["validation_method"] = "DNS"
    assert verdict("ACM414", *names, **fields) == set()


def test_the_fix_sets_the_validation_domain_of_a_deep_name():
    """The fix of ACM414 appends an option with both members."""
    options = (option("c.a.io", "a.io"),)
    fields = {"validation_method": "EMAIL", "validation_options": options}
    [finding], _ = judge("ACM414", "b.a.io", "c.a.io", **fields)
    assert [(e.path, e.value, e.insert) for e in finding.fix.edits] == [
        ((O, 1, "domain_name"), "b.a.io", True),
        ((O, 1, "validation_domain"), "a.io", True),
    ]


def test_a_private_zone_cannot_validate():
    """ACM415 reports a private zone, and ACM416 does not."""
    private = {
        "validation_options": (option("a.io", None, ZONE),),
        "zones": (zone("a.io", private=True),),
    }
    assert verdict("ACM415", "a.io", **private) == {f"{Z}: error"}
    assert verdict("ACM416", "a.io", **private, **CLOUDFORMATION) == set()
    public = {**private, "zones": (zone("a.io"),)}
    assert verdict("ACM415", "a.io", **public) == set()


def test_a_zone_in_the_same_deployment_is_not_delegated_yet():
    """ACM416 reports each zone once."""
    options = tuple(option(asked, None, ZONE) for asked in ("a.io", "b.a.io"))
    fields = {
        "validation_options": (*options, option("c.io", None, "Z9")),
        "zones": (zone("a.io"),),
    }
    assert verdict("ACM416", "a.io", **fields, **CLOUDFORMATION) == {f"{Z}: note"}
    assert verdict("ACM416", "a.io", **fields, tool=Tool.TERRAFORM) == {f"{Z}: note"}
    found = Zone(name("a.io"), ZONE, "module.dns.data.aws_route53_zone.main")
    fields["zones"] = (found,)
    assert verdict("ACM416", "a.io", **fields, tool=Tool.TERRAFORM) == set()
    assert verdict("ACM416", "a.io", **fields) == set()


YIELDS = [
    (
        "ACM403 ACM404",
        ["b.a.io"],
        {"validation_options": (option("b.a.io", "co.uk"),)},
        {"ACM403"},
    ),
    (
        "ACM405 ACM408",
        ["a.io"],
        {"validation_options": (option("a.io", None, ZONE), option("*.a.io", None, ZONE))},
        {"ACM405"},
    ),
    (
        "ACM412 ACM415",
        ["a.io"],
        {
            "validation_options": (option("a.io", None, ZONE),),
            "zones": (zone("b.io", private=True),),
        },
        {"ACM412"},
    ),
]


@pytest.mark.parametrize(("rules", "names", "fields", "expected"), YIELDS)
def test_one_mistake_in_an_option_is_reported_once(rules, names, fields, expected):
    """A rule yields to another one that makes its own fix pointless."""
    found, _ = judge(rules, *names, **fields)
    assert {finding.rule.id for finding in found} == expected


@pytest.mark.parametrize(
    ("rule", "fact"),
    [("ACM402", acm.VALIDITY_DAYS), ("ACM413", acm.CAA_CHECKED), ("ACM413", cabf.CAA_CHECKED)],
)
def test_a_rule_lists_its_facts(rule, fact):
    """The interval of approvals and the date of the first CAA checks have a source."""
    assert fact in RULES[rule].facts
