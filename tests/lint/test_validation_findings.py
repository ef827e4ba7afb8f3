"""The findings about validation records, on values that a reader may give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.rules import check_rule, outcomes, part

from acmrules.dns_validation import (
    DnsValidation,
    OptionPart,
    RecordResource,
    RecordWait,
    RepetitionFault,
)
from acmrules.names import DomainName
from acmrules.request import Tool
from acmrules.resources import ValidationWait

A, B = DomainName("a.io"), DomainName("b.io")
X = part("$X")
TOKEN = "_" + "0123456789abcdef" * 2
TERRAFORM = {"tool": Tool.TERRAFORM}


def found(rule, *records, **fields):
    """Return the outcomes of a rule for some records."""
    validation = DnsValidation(records, **fields)
    return outcomes(rule, "a.io", "b.io", dns_validation=validation, **TERRAFORM)


def named(name, value="_y.acm-validations.aws."):
    """Return a record with a literal name."""
    return RecordResource("aws_route53_record.r", name=name, value=value, type="CNAME")


@given(
    st.text(alphabet="0123456789abcdef", min_size=32, max_size=32), st.sampled_from(["", ".a.io"])
)
def test_any_token_may_be_right(token, rest):
    """A token has 32 hexadecimal digits after the underscore."""
    assert found("ACM420", named(f"_{token}{rest}")) == set()


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        (part("_", "$X"), "skipped"),
        (part("_01", "$X"), "skipped"),
        (part(f"{TOKEN}.", "$X"), "skipped"),
        (part("$X", ".a.io"), "skipped"),
        (part("_acme-challenge.", "$X"), "warning"),
        (part("www.", "$X"), "warning"),
        (part("_01.", "$X"), "warning"),
        (part(".", "$X"), "warning"),
        (part(f"{TOKEN}0", "$X"), "warning"),
    ],
)
def test_a_known_beginning_may_be_enough(name, outcome):
    """The name begins with an underscore and a token, and the next label follows."""
    path = "dns_validation records 0 name"
    assert found("ACM420", named(name)) == {f"{path}: {outcome}"}


def test_a_record_for_another_purpose_is_not_checked():
    """Its value is not one of ACM."""
    assert found("ACM420", named("www.a.io", "b.io")) == set()


def test_the_first_of_two_records_may_belong_to_another_name():
    """Only records of one name in one zone of one service are the same."""
    one = RecordResource("r.a", stem=A, zone="Z1")
    path = "dns_validation records 1"
    assert found("ACM408", one, one) == {f"{path}: error"}
    for other in (
        one.__replace__(stem=B),
        one.__replace__(zone="Z2"),
        one.__replace__(service="Cloudflare"),
        one.__replace__(zone=None),
        one.__replace__(stem=None),
    ):
        assert found("ACM408", one, other) == set()


def test_most_services_are_not_known_to_reject_a_record():
    """A warning is enough there."""
    one = RecordResource("r.a", "NS1", A, "Z1")
    assert found("ACM408", one, one) == {"dns_validation records 1: warning"}


def test_a_wait_yields_to_the_missing_record():
    """Both have the same cause."""
    part_ = OptionPart("c[0]", "resource_record_name")
    record = RecordResource("r.a", name_part=part_)
    waits = (RecordWait("w.a", fewer=1, needed=2),)
    validation = DnsValidation((record,), waits, fewer=1, needed=2)
    findings, _ = check_rule("ACM417 ACM418", "a.io", dns_validation=validation, **TERRAFORM)
    assert [finding.rule.id for finding in findings] == ["ACM417"]
    alone = validation.__replace__(fewer=0)
    findings, _ = check_rule("ACM417 ACM418", "a.io", dns_validation=alone, **TERRAFORM)
    assert [finding.rule.id for finding in findings] == ["ACM418"]


def test_the_records_of_another_certificate_are_reported_once():
    """Another rule says whose records the wait lists."""
    waits = (RecordWait("w.a", left_out=(B,)),)
    other = ValidationWait("w.a", records_of=("c.other",), validated=(A,))
    for validations, expected in (((), ["ACM418"]), ((other,), ["ACM516"])):
        findings, _ = check_rule(
            "ACM418 ACM516",
            *("a.io", "b.io"),
            dns_validation=DnsValidation(waits=waits),
            validations=validations,
            **TERRAFORM,
        )
        assert [finding.rule.id for finding in findings] == expected


def test_the_attribute_that_makes_names_unknown_is_named():
    """It belongs to the resource to create first."""
    fault = RepetitionFault("r.a", "random_id.x.hex", "computed names")
    validation = DnsValidation(repetitions=(fault,))
    findings, _ = check_rule("ACM419", "a.io", dns_validation=validation, **TERRAFORM)
    assert "`random_id.x.hex`" in findings[0].message


def test_an_unknown_setting_is_undecided():
    """A service may hide the record."""
    assert found("ACM420", RecordResource("r.a", "Cloudflare", proxied=X)) == {
        "dns_validation records 0 proxied: skipped"
    }
