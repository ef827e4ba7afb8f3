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
        (part("_g", "$X"), "warning"),
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


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        (True, True, None),
        (True, None, "skipped"),
        (None, True, "skipped"),
        (None, None, "skipped"),
        (False, True, "warning"),
        (False, None, "warning"),
        (None, False, "warning"),
        (False, False, "error"),
    ],
)
def test_a_record_that_is_not_overwritten_may_fail(first, second, outcome):
    """Terraform creates the two in any order, so both have to overwrite the record."""
    records = [
        RecordResource("r.a", stem=A, zone="Z1", overwrites=each) for each in (first, second)
    ]
    where = "dns_validation records 1" + " overwrites" * (outcome == "skipped")
    assert found("ACM408", *records) == ({f"{where}: {outcome}"} if outcome else set())


def duplicate(*names, service="Route 53", overwrites=(False, False), **fields):
    """Return the finding about a record that two resources create."""
    one = RecordResource("r.a", service, stem=A, zone="Z1", **fields)
    records = tuple(one.__replace__(overwrites=each) for each in overwrites)
    validation = DnsValidation(records)
    [finding], _ = check_rule("ACM408", *names, dns_validation=validation, **TERRAFORM)
    return finding


def test_the_names_that_share_a_record_are_listed():
    """The message says why there are two, and whether the second one fails."""
    start = "`r.a` creates this validation record too"
    assert duplicate("a.io", "*.a.io", "b.io", "a.io").message == (
        f"{start}, because `a.io` and `*.a.io` share it; the second attempt fails"
    )
    for names in (("a.io",), ("b.io", "*.b.io", "a.io")):
        assert duplicate(*names).message == f"{start}; the second attempt fails"
    assert duplicate("a.io", overwrites=(True, False)).message.endswith("attempt may fail")
    assert duplicate("a.io", service="NS1").message.endswith("attempt may fail")


def test_the_fix_lets_resources_overwrite():
    """It sets the argument where it is missing, if the type of the resource has it."""
    may = {"name_part": OptionPart("c[0]", "resource_record_name"), "can_overwrite": True}
    for overwrites, edited in (
        ((False, False), [0, 1]),
        ((True, False), [1]),
        ((False, None), [0]),
    ):
        fix = duplicate("a.io", overwrites=overwrites, **may).fix
        assert [edit.path[2] for edit in fix.edits] == edited
    assert duplicate("a.io", can_overwrite=True).fix.edits == ()
    assert duplicate("a.io").fix is None
    other = duplicate("a.io", service="NS1", **may)
    assert other.fix is None
    assert other.help == "create one record for a name and its wildcard"


@pytest.mark.parametrize(
    ("timeout", "outcome"),
    [
        ("45m", None),
        ("44m", "note"),
        ("2700s", None),
        ("2699s", "note"),
        ("2700000ms", None),
        ("2699999ms", "note"),
        ("44m60s", None),
        ("0.75h", None),
        ("9999999999us", "note"),
        ("-2h", "note"),
        ("45", "error"),
        (X, "skipped"),
    ],
)
def test_a_short_timeout_is_a_note(timeout, outcome):
    """Earlier versions waited for 45 minutes, and smaller units count as nothing."""
    path = "dns_validation waits 0 timeout"
    waits = (RecordWait("w.a", timeout=timeout),)
    assert found("ACM418", waits=waits) == ({f"{path}: {outcome}"} if outcome else set())


def test_the_first_validation_record_is_the_place_of_missing_ones():
    """Other records of the configuration are not for this certificate."""
    others = RecordResource("r.a"), RecordResource("r.b")
    own = others[0].__replace__(name_part=OptionPart("c[0]", "resource_record_name"))
    for records, place in (((others[0], own, own), 1), (others, 0)):
        assert found("ACM417", *records, fewer=1, needed=2) == {
            f"dns_validation records {place}: warning"
        }


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"unsure": True}, "skipped"),
        ({"unsure": True, "left_out": (B,)}, "warning"),
        ({"unsure": True, "fewer": 1}, "warning"),
        ({}, None),
    ],
)
def test_a_certain_gap_is_reported(fields, outcome):
    """Other names may be unknown."""
    expected = {f"dns_validation records 0: {outcome}"} if outcome else set()
    assert found("ACM417", RecordResource("r.a"), **fields) == expected


def test_the_reason_is_what_may_create_the_records():
    """That is an unknown name, or another block."""
    for name, reason in ((X, "`$X`"), ("a.io", "other blocks use the validation options")):
        _, skips = check_rule(
            "ACM417", name, dns_validation=DnsValidation(unsure=True), **TERRAFORM
        )
        assert reason in skips[-1].detail


def test_email_validation_has_no_records():
    """ACM408 and ACM420 report other mistakes of such a request."""
    record = RecordResource("r.a", "Cloudflare", proxied=True)
    for method, expected in (
        ("DNS", {"dns_validation records 0 proxied: error"}),
        ("EMAIL", set()),
    ):
        fields = {"dns_validation": DnsValidation((record,)), "validation_method": method}
        assert outcomes("ACM420", "a.io", **fields, **TERRAFORM) == expected


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
