"""The linter: variants, unknown values, locations and order."""

from datetime import date

import pytest
from hypothesis import given
from tests.support.requests import certificate_requests
from tests.support.rules import REFERENCE, consumer, part, request

from acmrules import lint
from acmrules.errors import InvalidArgument
from acmrules.facts import acm
from acmrules.limits import Quotas
from acmrules.lint.findings import SkipReason
from acmrules.lint.linter import Linter
from acmrules.lint.pipeline import check_declarations
from acmrules.lint.policy import Policy
from acmrules.lint.rule import Fix, Problem, Severity, Undecided, rule
from acmrules.lint.rules import CATALOGUE
from acmrules.model.declaration import Declaration, Variant
from acmrules.model.placed import Location
from acmrules.request import Tool
from acmrules.syntax.source import Position, Source
from acmrules.unresolved import Unresolved

X = part("$X")
NAME = ("names", 0)


def found(report):
    return [finding.rule.id for finding in report.findings]


def test_a_request_of_a_program_is_checked_in_one_call():
    """`lint.check` needs no file; locations are paths."""
    report = lint.check(request("localhost", validation_method="DNS"))
    [finding] = report.findings
    assert (finding.rule.id, finding.path, finding.value) == ("ACM101", ("names", 0), "localhost")
    assert (finding.location, finding.range, finding.file) == (None, None, "")
    assert report.requests == 1


def test_several_requests_are_checked_with_their_quotas_and_consumers():
    """Consumers and quotas are passed with the requests."""
    used = consumer("cloudfront", "x.io", region="us-east-1")
    requested = request("brightharbor.io", validation_method="DNS", region="us-east-1")
    report = lint.check(requested, requested, consumers=(used,))
    assert found(report) == ["ACM205", "ACM205"]
    assert report.worst() is Severity.ERROR
    assert lint.check().worst() is None


@given(certificate_requests())
def test_a_report_depends_on_its_arguments_only(requested):
    """Two checks of the same request return the same report."""
    assert lint.check(requested) == lint.check(requested)


@given(certificate_requests())
def test_every_unknown_value_is_found_decided_or_skipped_by_each_rule_that_reads_it(requested):
    """Each rule that reads an unknown value reports a finding or is undecided."""
    linter = Linter(rules=[rule for rule in CATALOGUE if rule.id == "ACM101"])
    findings, skips = linter.check(Declaration(None, Tool.API, "", (Variant(requested, (), {}),)))
    results = {finding.path for finding in findings} | {skip.path for skip in skips}
    for index, name in enumerate(requested.names):
        if isinstance(name, Unresolved):
            assert ("names", index) in results


def test_a_date_before_acm_is_an_error():
    """No rule applies on it, so every check would pass; an issued certificate cannot exist."""
    wanted = request("a.io", validation_method="DNS")
    for issued in (None, request("b.io", validation_method="EMAIL")):
        with pytest.raises(
            InvalidArgument, match="2016-01-20 is before 2016-01-21, when ACM launched"
        ):
            lint.check(wanted, issued=issued, as_of=date(2016, 1, 20))
        lint.check(wanted, issued=issued, as_of=date(2016, 1, 21))


def test_a_rule_that_is_not_in_force_yet_is_skipped_once():
    """The skip has the first day of the rule."""
    report = lint.check(request("a.io", validation_method="DNS"), as_of=date(2026, 3, 14))
    early = {skip.rule.id: skip.detail for skip in report.skips}
    assert early["ACM108"] == "in force from 2026-03-15"
    assert all(skip.reason is SkipReason.NOT_IN_FORCE for skip in report.skips)


TEXT = "Certificate:\n  DomainName: 'www.bad_name.io'\n  Other: good.io\r\n  Default: a_b.io\n"
SOURCE = Source("site.yaml", TEXT)


def place(text, **fields):
    start = TEXT.index(text)
    return Location(SOURCE, start, start + len(text), **fields)


def declaration(*variants, **fields):
    return Declaration(SOURCE, Tool.API, "Certificate", variants, **fields)


def variant(*names, condition="", locations=None, **fields):
    where = {(): place("Certificate"), **(locations or {})}
    return Variant(
        request(*names, validation_method="DNS"), (), where, condition=condition, **fields
    )


def only(rules, declaration):
    linter = Linter(rules=[rule for rule in CATALOGUE if rule.id in rules])
    return check_declarations([declaration], linter)


def test_a_span_is_narrowed_inside_quotes():
    """The range is that of the fault, not of the whole value."""
    quoted = variant("www.bad_name.io", locations={("names", 0): place("'www.bad_name.io'")})
    [finding] = only({"ACM101"}, declaration(quoted)).findings
    column = TEXT.splitlines()[1].index("_") + 1
    assert finding.range.start == Position(2, column)
    assert finding.range.end == Position(2, column + 1)


def test_a_value_with_another_notation_keeps_its_whole_range():
    """If the source differs from the value, the range is not narrowed."""
    other = variant("bad_name.io", locations={("names", 0): place("good.io")})
    [finding] = only({"ACM101"}, declaration(other)).findings
    assert finding.range.end.column - finding.range.start.column == len("good.io")


def test_a_path_without_a_location_has_that_of_its_parent():
    """A missing property has the location of its resource."""
    linter = Linter(rules=[rule for rule in CATALOGUE if rule.id == "ACM401"])
    bare = Variant(request("a.io"), (), {(): place("Certificate")})
    [finding] = check_declarations([declaration(bare)], linter).findings
    assert finding.range.start == Position(1, 1)


def test_a_value_of_a_default_has_a_related_location():
    """The use is the location, the default is related, and the message names it."""
    definition = place("a_b.io", note="")
    use = place("good.io", definition=definition, note="default of parameter `Name`")
    [finding] = only(
        {"ACM101"}, declaration(variant("a_b.io", locations={("names", 0): use}))
    ).findings
    assert finding.message.endswith("(default of parameter `Name`)")
    assert [spot.range.start.line for spot in finding.related] == [4]
    assert finding.range.start.line == 3


def test_a_definition_without_a_description_is_a_related_location():
    """The message has no empty parentheses, and the note on the definition is not empty."""
    use = place("good.io", definition=place("a_b.io", note=""), note="")
    [finding] = only(
        {"ACM101"}, declaration(variant("a_b.io", locations={("names", 0): use}))
    ).findings
    assert finding.message.endswith("certificate names")
    assert [spot.note for spot in finding.related] == ["definition"]


def test_a_finding_of_all_variants_is_reported_once():
    """A finding of only some variants has the condition of the first of them."""
    where = {("names", 0): place("good.io")}
    bad = variant("a_b.io", condition="when `A` is true", locations=where)
    worse = variant("a_b.io", condition="when `A` is false", locations=where)
    good = variant("good.io", condition="when `A` is false", locations=where)
    [shared] = only({"ACM101"}, declaration(bad, worse)).findings
    [single] = only({"ACM101"}, declaration(bad, good)).findings
    assert "when" not in shared.message
    assert single.message.endswith(", when `A` is true")
    assert shared.address == "Certificate"


def test_a_finding_of_one_variant_replaces_the_skip_of_another():
    """A path with a finding has no skip."""
    where = {("names", 0): place("good.io")}
    report = only(
        {"ACM101"}, declaration(variant("a_b.io", locations=where), variant(X, locations=where))
    )
    assert len(report.findings) == 1
    assert report.skips == ()


def test_a_bound_on_the_variants_is_reported():
    """Variants beyond the limit are a skip without a rule."""
    [skip] = only({"ACM101"}, declaration(variant("a.io"), truncated="16 of 32 variants")).skips
    assert (skip.rule, skip.reason, skip.detail) == (None, SkipReason.BOUNDED, "16 of 32 variants")
    assert skip.file == "site.yaml"


def test_a_related_location_is_a_range_of_the_same_source():
    """A rule has paths, and the report has lines."""
    used = consumer("cloudfront", "x.io", certificate=REFERENCE)
    locations = {(): place("Certificate"), ("names",): place("good.io")}
    requested = Variant(request("a.io", validation_method="DNS"), (used,), locations)
    [finding] = only({"ACM205"}, declaration(requested)).findings
    assert [(s.range.start.line, s.note) for s in finding.related] == [
        (3, "the names of the certificate")
    ]
    assert finding.value == "x.io"


def test_values_are_shown_as_they_are_written():
    """A value is that of its option or enumeration, and empty if it is absent."""
    from tests.support.rules import option

    options = (option("b.io", "a.io"),)
    report = lint.check(request("b.io", validation_method="DNS", validation_options=options))
    values = {finding.rule.id: finding.value for finding in report.findings}
    assert values["ACM406"] == "a.io"
    mail = lint.check(request("b.io", validation_method="EMAIL", key_algorithm="RSA_4096"))
    values = {finding.rule.id: finding.value for finding in mail.findings}
    assert (values["ACM402"], values["ACM504"]) == ("EMAIL", "RSA_4096")
    many = lint.check(request(*(f"h{n}.io" for n in range(11))))
    assert {f.rule.id: f.value for f in many.findings}["ACM302"] is None


def test_a_report_is_in_reading_order():
    """Findings are sorted by line, column and rule."""
    names = ("a_b.io", "www.bad_name.io")
    where = {("names", 0): place("good.io"), ("names", 1): place("'www.bad_name.io'")}
    report = only({"ACM101"}, declaration(variant(*names, locations=where)))
    assert [finding.range.start.line for finding in report.findings] == [2, 3]


def test_shared_resources_are_indexed_once():
    """All requests of a file use the same zones and CAA records."""
    from tests.support.rules import ZONE, name, option

    from acmrules.resources import CaaRecordSet, Zone

    shared = {
        "zones": (Zone(name("b.io"), ZONE, "Zone"), Zone(name("a.io"), "Z9", "Z", private=True)),
        "caa": (CaaRecordSet(name("a.io"), ('0 issue "ca.org"',), "Caa"),),
    }
    options = (option("a.io", None, ZONE), option("a.io", None, "Z9"))
    requested = request("a.io", validation_method="DNS", validation_options=options)
    declarations = [Declaration(None, Tool.API, "", (Variant(requested, (), {}, **shared),))] * 2
    rules = [rule for rule in CATALOGUE if rule.id in {"ACM412", "ACM413", "ACM415"}]
    report = check_declarations(declarations, Linter(rules=rules))
    assert sorted(found(report)) == ["ACM412"] * 2 + ["ACM413"] * 2 + ["ACM415"] * 2


def test_severities_quotas_and_policy_are_those_of_the_linter():
    """A configured severity applies in all cases, and a quota only in its Region."""
    names = [f"h{number}.brightharbor.io" for number in range(11)]
    linter = Linter(
        rules=[rule for rule in CATALOGUE if rule.id in {"ACM302", "ACM803"}],
        policy=Policy(max_names=10),
        quotas=Quotas(names=10),
        regional_quotas={"eu-west-1": Quotas(names=50)},
        severities={"ACM302": Severity.NOTE},
    )

    def results(region):
        requested = request(*names, region=region)
        findings, _ = linter.check(Declaration(None, Tool.API, "", (Variant(requested, (), {}),)))
        return [(finding.rule.id, finding.severity) for finding in findings]

    assert results("eu-west-1") == [("ACM803", Severity.ERROR)]
    for region in ("us-east-1", None, X):
        assert results(region) == [("ACM302", Severity.NOTE), ("ACM803", Severity.ERROR)]


def example_rule(number, *problems, **declared):
    """Declare a rule that yields the same problems for every request."""
    declare = rule(
        f"ACM{number}",
        Severity.NOTE,
        facts=(acm.NAME_PATTERN,),
        reads=set(),
        examples=tuple,
        **declared,
    )

    def check(*_):
        """Yield the problems."""
        yield from problems

    return declare(check)


def by_rules(*rules):
    """Return the findings of some rules on one request."""
    return check_declarations([declaration(variant("a.io"))], Linter(rules=rules)).findings


def test_a_rule_yields_to_a_weightier_one_with_the_same_cause():
    """Only the weightier finding is reported; with another cause, both are."""
    light = example_rule(998, Problem(NAME, "light"), yields_to={"ACM999"})
    assert [each.message for each in by_rules(light)] == ["light"]
    heavy = example_rule(999, Problem(NAME, "heavy"))
    assert [each.message for each in by_rules(light, heavy)] == ["heavy"]
    other = example_rule(999, Problem(NAME, "other", cause="something else"))
    assert [each.message for each in by_rules(light, other)] == ["light", "other"]


def test_a_rule_yields_only_to_a_finding_that_is_at_least_as_severe():
    """A note does not replace a warning."""
    warning = Problem(NAME, "light", severity=Severity.WARNING)
    light = example_rule(998, warning, yields_to={"ACM999"})
    note = example_rule(999, Problem(NAME, "heavy"))
    assert [each.message for each in by_rules(light, note)] == ["light", "heavy"]
    several = example_rule(999, Problem(NAME, "heavy"), warning.__replace__(message="heavier"))
    assert [each.message for each in by_rules(light, several)] == ["heavy", "heavier"]


def test_a_rule_yields_only_to_a_rule_that_decided():
    """A weightier rule that is undecided or not selected replaces no finding."""
    light = example_rule(998, Problem(NAME, "light"), yields_to={"ACM999"})
    undecided = example_rule(999, Undecided(NAME, "unknown"))
    assert [each.message for each in by_rules(light, undecided)] == ["light"]


def test_the_help_of_the_case_wins_over_the_fix_and_the_rule():
    """The rule's own help has the value filled in."""
    help_of_rule = "change {name}"
    fix = Fix("add a name")
    problems = {
        "do this": Problem(NAME, "x", help="do this", fix=fix),
        "add a name": Problem(NAME, "x", fix=fix),
        "change `a.io`": Problem(NAME, "x"),
    }
    for expected, problem in problems.items():
        [finding] = by_rules(example_rule(999, problem, help=help_of_rule))
        assert finding.help == expected
