"""The diagnosis of the names of a certificate: what holds for all of them."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.diagnosis.dns.rows import NAME, ROWS, VALUE, ZONE, zone
from tests.support.dns_certificates import HOURS_AGO, MINUTES_AGO, NOW, certificate, validation
from tests.support.dns_world import internet

from acmrules.diagnosis import (
    Actor,
    AnswerStatus,
    Cause,
    Certainty,
    CertificateStatus,
    DnsAnswer,
    DnsAnswers,
    DnsRecord,
    HostedZone,
    UpdateStatus,
    UpdateSummary,
    ValidationStatus,
    diagnose,
)
from acmrules.diagnosis.dns.evidence import Evidence
from acmrules.diagnosis.dns.names import diagnose_names
from acmrules.request import ValidationMethod
from acmrules.unresolved import Malformed

OWNERS = (
    *(f"_x1.{NAME}", f"_x1.{ZONE}", f"x1.{NAME}", f"_x1.{NAME}.{ZONE}", NAME, ZONE, f"*.{ZONE}"),
    *("io", "shop.hosting.net", "c1.example.net"),
)
VALUES = {
    "CNAME": (VALUE, VALUE[1:], f"{VALUE}.{ZONE}", "_old.acm-validations.aws", *OWNERS[-3:]),
    "A": ("203.0.113.7",),
    "AAAA": ("2001:db8::7",),
    "TXT": ('"text"',),
    "CAA": ('0 issue "amazon.com"', '0 issue ";"', '128 tbs "x"', r"\# 2 0000", "", "0 issue"),
    "MX": ("10 mail.example.net", "0 ", "0 .", ""),
    "NS": ("ns1.dnshost.example", "ns1.oldhost.example"),
    "SOA": ("ns1.dnshost.example hostmaster.example 1 1 1 1 1",),
    "DS": ("1 8 2 AA",),
}
records = st.sampled_from([*VALUES]).flatmap(
    lambda kind: st.builds(
        DnsRecord, st.sampled_from(OWNERS), st.just(kind), st.sampled_from(VALUES[kind])
    )
)
some_records = st.lists(records, max_size=3).map(tuple)
servers = st.lists(st.sampled_from(VALUES["NS"]), max_size=2).map(tuple)
answers = st.builds(
    DnsAnswer,
    st.sampled_from(OWNERS),
    st.sampled_from([*VALUES, "ANY"]),
    st.sampled_from(AnswerStatus),
    some_records,
    authority=some_records,
    server=st.sampled_from(("", "192.0.2.53", "ns1.dnshost.example")),
    is_authoritative=st.sampled_from((None, True, False)),
    is_authenticated=st.sampled_from((None, True, False)),
    checks_dnssec=st.booleans(),
    zone=st.sampled_from(("", "io", ZONE, NAME)),
    zone_servers=servers,
)
zones = st.builds(
    HostedZone,
    st.sampled_from(("io", ZONE, NAME)),
    st.sampled_from(("", "Z0BRIGHTHARBOR1")),
    st.sampled_from((None, True, False)),
    st.none() | servers,
    some_records,
    st.booleans(),
)
known = st.builds(
    DnsAnswers, st.lists(answers, max_size=6).map(tuple), st.lists(zones, max_size=3).map(tuple)
)
validations = st.builds(
    validation,
    st.sampled_from((NAME, f"*.{NAME}", ZONE)),
    st.sampled_from(ValidationMethod),
    st.sampled_from(ValidationStatus),
)
certificates = st.builds(
    lambda *parts, at: certificate(*parts, created_at=at),
    validations,
    validations,
    at=st.sampled_from((HOURS_AGO, MINUTES_AGO, None)),
)


def rank(names):
    """Return how bad a diagnosis is: 3 if you have to act, 2 if it is open, 1 if AWS acts."""
    return max((_rank(each) for name in names for each in name.obstacles), default=0)


def _rank(obstacle):
    if obstacle.certainty is Certainty.OPEN:
        return 2
    return 3 if obstacle.actor is Actor.YOU else 1


@settings(deadline=None, max_examples=80)
@given(certificates, known)
def test_a_validated_name_is_never_blamed(one, dns):
    """Whatever DNS answers, a name whose validation succeeded is not in the diagnosis."""
    found = {each.name for each in diagnose_names(one, dns, NOW)}
    waiting = {v.name for v in one.validations if v.status is not ValidationStatus.SUCCESS}
    assert found == waiting


@settings(deadline=None, max_examples=80)
@given(certificates, known)
def test_each_pending_name_has_something_to_do(one, dns):
    """A name that is not validated has an obstacle, and an open one has a command."""
    for name in diagnose(one, dns, as_of=NOW).names:
        assert name.is_validated is False
        assert name.obstacles
        for each in name.obstacles:
            assert each.remedy
            if each.cause is Cause.NOT_LOOKED_UP:
                assert each.commands


@settings(deadline=None)
@given(certificates, known)
def test_the_most_certain_obstacles_are_first(one, dns):
    """What is open comes last."""
    order = [*Certainty]
    for name in diagnose_names(one, dns, NOW):
        places = [order.index(each.certainty) for each in name.obstacles]
        assert places == sorted(places)


@settings(deadline=None)
@given(certificates, known)
def test_an_index_of_answers_gives_the_same_diagnosis(one, dns):
    """Many certificates can share one index."""
    assert diagnose_names(one, Evidence(dns), NOW) == diagnose_names(one, dns, NOW)


def mended(row):
    """Return the world of a row after its remedy."""
    world = row.world.__replace__(cached=())
    for change in row.changes:
        world = world.apply(change)
    return world


def rows(some):
    """Return the mark of a test of some rows."""
    return pytest.mark.parametrize("row", some, ids=lambda row: row.id)


mendable = rows([row for row in ROWS if row.is_mendable])

# What is hosted belongs to the broken world.
mendable_without_zones = rows([row for row in ROWS if row.is_mendable and not row.hosted])


def shows_the_record(answer):
    """Return whether an answer contains a validation record with its value."""
    return any(each.name.startswith("_x1.") and each.value == VALUE for each in answer.records)


def subset(data, some, **sizes):
    """Return some of the answers."""
    return tuple(data.draw(st.lists(st.sampled_from(some), unique=True, **sizes)))


def from_the_name_up(some, every):
    """Return answers, and the CAA answers of the names below, which decide before a parent."""
    parents = tuple(f".{each.name}" for each in some if each.type == "CAA")
    below = (each for each in every if each.type == "CAA" and each.name.endswith(parents))
    return tuple(dict.fromkeys((*some, *below)))


def assert_not_worse(row, some, more):
    """Check that more answers do not add to what you have to do."""
    before, after = (
        diagnose(row.certificate, DnsAnswers(each, row.hosted), as_of=row.as_of).names
        for each in (some, some + more)
    )
    assert rank(after) <= rank(before), [before, after]


@mendable
@settings(deadline=None, max_examples=12)
@given(data=st.data())
def test_a_correct_record_never_worsens_the_diagnosis(row, data):
    """Whatever is known of a broken world, one more answer with the record does not worsen it."""
    before = row.world.answers([row.certificate], row.hosted).answers
    after = mended(row).answers([row.certificate], row.hosted).answers
    correct = [*filter(shows_the_record, after)]
    if correct:
        assert_not_worse(row, subset(data, before), subset(data, correct, min_size=1))


@mendable_without_zones
@settings(deadline=None, max_examples=12)
@given(data=st.data())
def test_more_answers_of_a_correct_world_never_worsen_the_diagnosis(row, data):
    """Where nothing is wrong, each answer leaves less open, if CAA is asked from the name up."""
    correct = mended(row).answers([row.certificate]).answers
    some, more = (from_the_name_up(subset(data, correct), correct) for _ in range(2))
    assert_not_worse(row, some, more)


def test_without_answers_the_commands_settle_it():
    """The record, and the climb of CAA; a name and its wildcard have the same commands."""
    one = certificate(validation(NAME), validation(f"*.{NAME}"))
    for name in diagnose_names(one, DnsAnswers(), NOW):
        (only,) = name.obstacles
        assert (only.cause, only.certainty) == (Cause.NOT_LOOKED_UP, Certainty.OPEN)
        assert only.commands == (
            f"dig CNAME _x1.{NAME}",
            f"dig CAA {NAME}",
            f"dig CAA {ZONE}",
        )


def test_a_name_without_a_validation_needs_the_description():
    """An entry of a list does not contain the validations."""
    one = certificate(described=False, names=(validation(NAME).name,))
    (name,) = diagnose_names(one, DnsAnswers(), NOW)
    assert name.is_validated is None
    (command,) = name.obstacles[0].commands
    assert command.startswith(f"aws acm describe-certificate --certificate-arn {one.arn} ")


def test_a_name_that_another_process_validated_needs_no_description():
    """A list of validations may be all that is known about a request."""
    done = validation(NAME, status=ValidationStatus.SUCCESS)
    update = UpdateSummary(UpdateStatus.PENDING_DOMAIN_VALIDATION, validations=(done,))
    one = certificate(described=False, names=(done.name,), update=update)
    assert diagnose_names(one, DnsAnswers(), NOW) == ()


def test_a_status_that_the_api_model_does_not_have_is_unknown():
    """The name may be validated or not."""
    one = certificate(validation(NAME).__replace__(status=Malformed("PAUSED")))
    (name,) = diagnose_names(one, DnsAnswers(), NOW)
    assert name.is_validated is None


def test_a_malformed_name_is_in_the_diagnosis():
    """Nothing follows from DNS about it."""
    one = certificate(validation(NAME).__replace__(name=Malformed("-")))
    (name,) = diagnose_names(one, DnsAnswers(), NOW)
    assert name.obstacles == ()


def test_a_correct_record_of_an_expired_request_helps_the_next_one():
    """The request timed out; the record may stay."""
    failed = validation(NAME, status=ValidationStatus.FAILED)
    one = certificate(failed, status=CertificateStatus.VALIDATION_TIMED_OUT)
    world = internet(zone((f"_x1.{NAME}", "CNAME", VALUE)))
    (name,) = diagnose_names(one, world.answers([one]), NOW)
    assert [each.cause for each in name.obstacles] == [Cause.NAME_FAILED]


@pytest.mark.parametrize(("minutes", "actor"), [(29, Actor.AWS), (31, Actor.YOU)])
def test_what_was_not_looked_up_counts_once_acm_had_its_time(minutes, actor):
    """Within 30 minutes there is nothing to do; then CAA and DNSSEC are still open."""
    one = certificate(validation(NAME), created_at=NOW - timedelta(minutes=minutes))
    answer = DnsAnswer(
        f"_x1.{NAME}",
        "CNAME",
        AnswerStatus.NOERROR,
        (DnsRecord(f"_x1.{NAME}", "CNAME", VALUE),),
        is_authoritative=True,
    )
    (name,) = diagnose_names(one, DnsAnswers((answer,)), NOW)
    assert name.obstacles[-1].actor is actor
    if actor is Actor.YOU:
        assert name.obstacles[-1].commands == (
            f"dig CAA {NAME}",
            f"dig CAA {ZONE}",
            f"dig +dnssec CNAME _x1.{NAME}",
        )
