"""The unknown names that undecided checks wait for."""

import pytest
from hypothesis import given
from tests.support.reports import reports, skip

from acmrules.lint.findings import MissingParameter, SkipReason
from acmrules.lint.unknowns import is_named, undecided, unknown_names
from acmrules.model.placed import Location
from acmrules.syntax.source import Source


def named(*skips):
    """Return the unknown names of skips as sentences."""
    return [str(each) for each in unknown_names(skips)]


EXPORTS = "check the template that exports it too"
DOMAIN = MissingParameter("domain", "var.domain")


@pytest.mark.parametrize(
    ("detail", "sentences"),
    [
        (
            "`${var.domain}` is unknown",
            ["state `var.domain` (`--param domain=VALUE`): 1 rule waits for it"],
        ),
        (
            '`${trimsuffix(var.domain, ".")}` is unknown',
            ["state `var.domain` (`--param domain=VALUE`): 1 rule waits for it"],
        ),
        (
            "`${var.domain.name}` and `$Y` are unknown",
            [
                "state `var.domain` (`--param domain=VALUE`): 1 rule waits for it",
                "`$Y` is unknown: 1 rule waits for it",
            ],
        ),
        (
            "`${lower(local.x)}` and `${var.domain}` are unknown",
            [
                "state `var.domain` (`--param domain=VALUE`): 1 rule waits for it",
                "`lower(local.x)` is unknown (check the plan): 1 rule waits for it",
            ],
        ),
        (
            "`${var.domain}` is unknown, so it is unclear whether a name covers `a.${var.z}`",
            ["state `var.domain` (`--param domain=VALUE`): 1 rule waits for it"],
        ),
    ],
)
def test_a_parameter_is_stated_by_an_option(detail, sentences):
    """It counts once for a check, in whatever expressions it is."""
    assert named(skip(detail=detail).__replace__(parameters=(DOMAIN,))) == sentences


_WAITS = "`$X` is unknown: 1 rule waits for it"


@pytest.mark.parametrize(
    ("detail", "sentences"),
    [
        (
            "`${data.aws_route53_zone.z.zone_id}` is unknown",
            ["`data.aws_route53_zone.z.zone_id` is unknown (check the plan): 1 rule waits for it"],
        ),
        (
            "`!ImportValue Z` is unknown",
            [f"`!ImportValue Z` is unknown ({EXPORTS}): 1 rule waits for it"],
        ),
        ("`$X` is unknown", ["`$X` is unknown: 1 rule waits for it"]),
        (
            "`${AWS::Region}` is unknown; pass `--region`",
            ["state the Region (`--region REGION`): 1 rule waits for it"],
        ),
        (
            "the Region is unknown; pass `--region`",
            ["state the Region (`--region REGION`): 1 rule waits for it"],
        ),
        (
            "`provider.aws.east.region` is unknown",
            ["state the Region (`--region REGION`): 1 rule waits for it"],
        ),
        (
            "`$X` and `$Y` are unknown",
            ["`$X` is unknown: 1 rule waits for it", "`$Y` is unknown: 1 rule waits for it"],
        ),
        (
            "`aws_s3_bucket.b.region` is unknown",
            ["`aws_s3_bucket.b.region` is unknown: 1 rule waits for it"],
        ),
        (
            "`provider.aws.profile` is unknown",
            ["`provider.aws.profile` is unknown: 1 rule waits for it"],
        ),
        ("`${A}-${B}` is unknown", ["`${A}-${B}` is unknown: 1 rule waits for it"]),
        ("`${A}-b` is unknown", ["`${A}-b` is unknown: 1 rule waits for it"]),
        ("it is unknown whether a name covers `api.*.example.com`", []),
        ("a list of names does not say how it will be validated", []),
        ("`123456789012` is an example of an account", []),
        ("the records of `a.io` are those of `b.io`", []),
        ("`$X` is unknown; CloudFront requires the same `HttpVersion`", [_WAITS]),
        ("the key algorithm `$X` is unknown", [_WAITS]),
    ],
)
def test_other_names_are_the_labels_of_unknown_values(detail, sentences):
    """The advice says what gets the value, where that is known."""
    assert named(skip(detail=detail)) == sentences
    assert is_named(skip(detail=detail)) is bool(sentences)


def test_a_plan_needs_no_other_plan():
    """What is unknown in it is known only after apply."""
    location = Location(Source("plan.json", "{}"), 0, 1)
    found = skip(detail="`${aws_lb.x.arn}` is unknown").__replace__(location=location)
    assert named(found) == ["`aws_lb.x.arn` is unknown: 1 rule waits for it"]


def test_rules_and_files_are_counted_once():
    """A name that several places use has one line."""
    skips = [skip(rule, "`$X` is unknown") for rule in ("ACM101", "ACM105", "ACM101")]
    [found] = unknown_names(skips)
    assert (str(found), len(found.skips)) == ("`$X` is unknown: 2 rules wait for it", 3)
    assert found.files == ("infra/site.yaml",)
    other = Location(Source("other.yaml", "x: 1"), 0, 1)
    [found] = unknown_names([*skips, skips[0].__replace__(location=other)])
    assert str(found) == "`$X` is unknown: 2 rules wait for it in 2 files"


def test_names_that_options_set_come_first():
    """Of the others, the one that most checks wait for is first."""
    unknown = [skip(detail=f"`${name}` is unknown") for name in "XYY"]
    stated = skip(detail="`${var.domain}` is unknown").__replace__(parameters=(DOMAIN,))
    names = [each.name for each in unknown_names([*unknown, stated])]
    assert names == ["var.domain", "$Y", "$X"]


def test_other_reasons_have_no_name():
    """A rule that is not in force waits for a date."""
    assert named(skip(reason=SkipReason.NOT_IN_FORCE)) == []
    assert not is_named(skip(reason=SkipReason.BOUNDED))


@given(reports())
def test_no_undecided_check_is_lost(drawn):
    """Each check is below a name, or on its own."""
    below = {id(skip) for each in unknown_names(drawn.skips) for skip in each.skips}
    assert {id(skip) for skip in drawn.skips if is_named(skip)} == below


@given(reports())
def test_each_undecided_check_has_a_name_or_is_one_of_the_others(drawn):
    """No check is in both, and a rule that is not in force is in neither."""
    names, others = undecided(drawn.skips)
    assert names == unknown_names(drawn.skips)
    named = [each for each in drawn.skips if any(each in name.skips for name in names)]
    waiting = [each for each in drawn.skips if each.reason is not SkipReason.NOT_IN_FORCE]
    assert sorted(map(id, (*named, *others))) == sorted(map(id, waiting))
