"""The public strategies of requests keep their promises."""

from datetime import date

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from acmrules import lint
from acmrules.errors import InvalidArgument
from acmrules.request import CertificateRequest, ValidationMethod
from acmrules.strategies import (
    certificate_requests,
    dates,
    invalid_requests,
    rules_of_requests,
    tags,
    validation_options,
)


def rules_of(request, **arguments):
    """Return the ids of the rules that a check reports, with their severities."""
    return {
        each.rule.id: each.severity
        for finding in lint.check(request, settings={}, **arguments).findings
        for each in finding.all()
    }


@given(certificate_requests())
def test_valid_requests_have_no_error(request):
    """Of any rule, on the date of the last review."""
    assert lint.Severity.ERROR not in rules_of(request).values()


@given(st.data(), dates())
def test_valid_requests_have_no_error_on_their_date(data, day):
    """On the dates on which rules change, too."""
    request = data.draw(certificate_requests(as_of=day))
    assert lint.Severity.ERROR not in rules_of(request, as_of=day).values()


@given(tags(), validation_options())
def test_parts_of_requests_are_valid(tag, option):
    """A request with them has no error."""
    request = CertificateRequest.of(
        [option.domain_name], validation_method="EMAIL", validation_options=[option], tags=[tag]
    )
    assert lint.Severity.ERROR not in rules_of(request).values()


@pytest.mark.parametrize("rule", rules_of_requests())
def test_invalid_requests_violate_their_rule(rule):
    """The simplest one is an example of the rule."""
    first = find(invalid_requests(rule), lambda _: True)
    examples = [example.request for example in catalogue()[rule].examples]
    assert first in examples

    @given(invalid_requests(rule))
    def law(request):
        assert rule in rules_of(request)

    law()


def catalogue():
    """Return the rules by id."""
    from acmrules.lint.rules import CATALOGUE

    return {rule.id: rule for rule in CATALOGUE}


def test_most_rules_of_requests_have_invalid_ones():
    """Every rule about names, limits and members that needs nothing else."""
    alone = {
        rule.id
        for rule in catalogue().values()
        for example in rule.examples
        if rule.on == "request"
        and example.at is not None
        and not example.context
        and example.as_of is None
    }
    assert alone <= {*rules_of_requests()}


@given(invalid_requests())
def test_invalid_requests_without_a_rule_violate_any(request):
    """There is at least one finding."""
    assert rules_of(request)


def test_invalid_requests_differ():
    """They vary the names and the other fields of the examples."""
    request = find(
        invalid_requests("ACM201"),
        lambda request: len(request.names) > 1 and request.region == "eu-west-1",
    )
    assert request.validation_method in {None, ValidationMethod.DNS}
    assert request.spellings[0] == "app*.brightharbor.io"


@pytest.mark.parametrize("rule", ["ACM205", "ACM999"])
def test_other_rules_are_rejected_with_the_known_ones(rule):
    """A rule about consumers needs more than a request."""
    with pytest.raises(InvalidArgument, match=rf"no request alone violates `{rule}`; .*ACM101"):
        invalid_requests(rule)


def test_the_simplest_request_is_readable():
    """That is what a failing test shows."""
    request = find(certificate_requests(), lambda _: True)
    assert request == CertificateRequest.of(["www.com"], validation_method="DNS")
    later = find(certificate_requests(as_of=date(2027, 3, 15)), lambda each: len(each.names) > 1)
    assert later.spellings[0] == "www.com"
    assert len(later.names) == 2
