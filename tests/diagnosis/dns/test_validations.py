"""The obstacles of one name, by its validation method, its DNS answers and its CAA records."""

import pytest
from tests.support.dns_certificates import (
    MINUTES_AGO,
    VALUE,
    answer,
    case,
    certificate,
    resolved,
    validation,
)

from acmrules.diagnosis import (
    AnswerStatus,
    Cause,
    Certainty,
    CertificateStatus,
    DnsRecord,
    FailureReason,
    HostedZone,
    RenewalStatus,
    RenewalSummary,
    ValidationStatus,
)
from acmrules.diagnosis.dns.validations import obstacles
from acmrules.request import ValidationMethod

ZONE = "brightharbor.io"
WWW = f"www.{ZONE}"
NAME = f"_x1.{WWW}"
WAITING = certificate(validation(WWW))
RIGHT = answer(NAME, "CNAME", VALUE)
CHECKED = resolved(NAME, "CNAME", VALUE)
CAA = (answer(WWW, "CAA"), answer(ZONE, "CAA"))
OTHERS_ONLY = DnsRecord(ZONE, "CAA", '0 issue "letsencrypt.org"')


def found(waiting, answers=(), zones=()):
    """Return the causes of a name, and how certain they are."""
    return [(e.cause, e.certainty) for e in obstacles(case(waiting, answers, zones))]


def commands(waiting, answers=(), zones=()):
    """Return what to look up."""
    return [c for e in obstacles(case(waiting, answers, zones)) for c in e.commands]


def test_everything_was_looked_up():
    """Then nothing is left but to wait."""
    only = [(Cause.RECORD_CORRECT, Certainty.LIKELY)]
    assert found(WAITING, [RIGHT, CHECKED, *CAA]) == only


def test_a_signed_zone_needs_a_resolver_that_checks():
    """A resolver that does not check DNSSEC proves nothing about it."""
    keys = resolved(ZONE, "DS", "1 8 2 AA")
    own = RIGHT.__replace__(zone=ZONE, zone_servers=("ns1.dnshost.example",))
    unchecked = CHECKED.__replace__(is_authenticated=False)
    checked = CHECKED.__replace__(is_authenticated=True)
    assert commands(WAITING, [own, unchecked, keys, *CAA]) == [f"dig +dnssec CNAME {NAME}"]
    assert commands(WAITING, [own, checked, keys, *CAA]) == []


def test_caa_decides_before_the_record_is_found():
    """Both have to be corrected."""
    refused = answer(ZONE, "CAA", OTHERS_ONLY.value)
    absent = answer(NAME, "CNAME", status=AnswerStatus.NXDOMAIN)
    assert found(WAITING, [absent, CAA[0], refused]) == [
        (Cause.RECORD_MISSING, Certainty.CERTAIN),
        (Cause.CAA_FORBIDS, Certainty.CERTAIN),
    ]


def test_one_fault_of_servers_is_one_obstacle():
    """The lookup of CAA fails for the same reason."""
    failed = [
        answer(name, kind, status=AnswerStatus.REFUSED)
        for name, kind in ((NAME, "CNAME"), (WWW, "CAA"), (ZONE, "CAA"))
    ]
    assert found(WAITING, failed) == [(Cause.LAME_DELEGATION, Certainty.LIKELY)]


def test_broken_dnssec_shows_in_the_lookup_of_caa():
    """With email validation, no record is looked up."""
    waiting = certificate(validation(ZONE, ValidationMethod.EMAIL))
    failed = resolved(ZONE, "CAA", status=AnswerStatus.SERVFAIL)
    unchecked = resolved(ZONE, "CAA", checks_dnssec=False)
    mails = answer(ZONE, "MX", "10 mail.example.net")
    assert found(waiting, [mails, failed, unchecked]) == [
        (Cause.MAIL_NOT_APPROVED, Certainty.CERTAIN),
        (Cause.DNSSEC_BROKEN, Certainty.CERTAIN),
    ]


@pytest.mark.parametrize("method", [ValidationMethod.EMAIL, ValidationMethod.HTTP])
def test_other_methods_have_their_own_lookups(method):
    """And the climb of CAA."""
    found_ = commands(certificate(validation(WWW, method)))
    assert found_[-2:] == [f"dig CAA {WWW}", f"dig CAA {ZONE}"]
    assert len(found_) > 2


def test_an_unknown_method_needs_the_description():
    """Neither the name nor the certificate has one."""
    bare = validation(WWW).__replace__(method=None, record=None)
    (command,) = commands(certificate(bare))
    assert command.startswith("aws acm describe-certificate")


def test_a_hosted_zone_proves_only_what_is_written():
    """A missing record is likely the cause, unless the parent zone delegates elsewhere."""
    zone = HostedZone(ZONE, "Z1", None, None, (), is_complete=True)
    assert found(WAITING, (), [zone]) == [(Cause.RECORD_MISSING, Certainty.LIKELY)]
    settle = commands(WAITING, (), [zone])
    assert f"dig +trace NS {ZONE}" in settle
    assert "aws route53 get-hosted-zone --id Z1 --output json" in settle


def test_a_record_that_is_written_may_not_be_seen():
    """It is open whether the zone is delegated; a zone of the same name may be the right one."""
    right = DnsRecord(NAME, "CNAME", VALUE)
    zone = HostedZone(ZONE, "Z1", False, ("ns1.dnshost.example",), (right,), is_complete=True)
    assert found(WAITING, (), [zone]) == [(Cause.NOT_LOOKED_UP, Certainty.OPEN)]
    assert f"dig +trace NS {ZONE}" in commands(WAITING, (), [zone])


def test_a_record_may_be_written_as_an_alias_of_another_one():
    """Both are in the hosted zone."""
    records = DnsRecord(NAME, "CNAME", f"v.{ZONE}"), DnsRecord(f"v.{ZONE}", "CNAME", VALUE)
    (only,) = obstacles(
        case(WAITING, (), [HostedZone(ZONE, "Z1", records=records, is_complete=True)])
    )
    assert (only.cause, only.certainty) == (Cause.NOT_LOOKED_UP, Certainty.OPEN)
    assert "through an alias" in only.text


def test_of_several_zones_of_one_name_only_one_is_delegated():
    """The record is in one of them, and the command shows which one counts."""
    right = DnsRecord(NAME, "CNAME", VALUE)
    one = HostedZone(ZONE, "Z1", False, ("ns1.dnshost.example",), (), is_complete=True)
    two = HostedZone(ZONE, "Z2", False, ("ns1.oldhost.example",), (right,), is_complete=True)
    (only,) = obstacles(case(WAITING, (), [one, two]))
    assert only.certainty is Certainty.OPEN
    assert "in the hosted zone `Z2` (`brightharbor.io`), one of 2 zones of this name" in only.text


def test_a_doubled_domain_shows_in_the_hosted_zone():
    """The zone file of a doubled name is enough."""
    wrong = DnsRecord(f"{NAME}.{ZONE}", "CNAME", VALUE)
    zone = HostedZone(ZONE, records=(wrong,), is_complete=True)
    assert found(WAITING, (), [zone]) == [(Cause.DOUBLED_DOMAIN, Certainty.LIKELY)]


def test_caa_records_of_a_hosted_zone_count_where_nobody_looked():
    """They are likely those that Amazon finds."""
    zone = HostedZone(ZONE, records=(OTHERS_ONLY,), is_complete=True)
    assert (Cause.CAA_FORBIDS, Certainty.LIKELY) in found(WAITING, [RIGHT, CHECKED], [zone])


def failed(**fields):
    """Return a request that failed because of CAA."""
    return certificate(
        validation(WWW, status=ValidationStatus.FAILED),
        status=CertificateStatus.FAILED,
        failure_reason=FailureReason.CAA_ERROR,
        **fields,
    )


def test_a_failed_check_of_caa_is_looked_up_again():
    """The validation record is not why."""
    assert commands(failed()) == [f"dig CAA {WWW}", f"dig CAA {ZONE}"]
    assert found(failed(), CAA) == [(Cause.NAME_FAILED, Certainty.CERTAIN)]
    refused = answer(WWW, "CAA", OTHERS_ONLY.value)
    assert found(failed(), [refused]) == [(Cause.CAA_FORBIDS, Certainty.CERTAIN)]


def test_an_account_in_caa_matters_once_nothing_else_explains_the_delay():
    """Within 30 minutes, ACM has its time."""
    limited = answer(WWW, "CAA", '0 issue "amazon.com; accounturi=https://example.com/1"')
    late = found(WAITING, [RIGHT, CHECKED, limited])
    assert (Cause.CAA_METHOD, Certainty.OPEN) in late
    early = certificate(validation(WWW), created_at=MINUTES_AGO)
    assert found(early, [RIGHT, limited]) == [(Cause.RECORD_CORRECT, Certainty.CERTAIN)]


def changes(waiting, zones=()):
    """Return the records in the remedies of a name that was not looked up."""
    known = obstacles(case(waiting, (), zones))
    return [(change.name, change.values) for e in known for change in e.changes]


def test_a_record_that_was_not_looked_up_is_there_to_copy():
    """Publishing a correct record again does no harm, so this is the next step."""
    assert changes(WAITING) == [(NAME, (VALUE,))]
    (only,) = obstacles(case(WAITING))
    assert (only.cause, only.certainty) == (Cause.NOT_LOOKED_UP, Certainty.OPEN)
    assert only.remedy.startswith(
        "publish the record, unless you did; then run `acmrules diagnose`"
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"status": CertificateStatus.FAILED},
        {
            "status": CertificateStatus.ISSUED,
            "renewal": RenewalSummary(RenewalStatus.PENDING_AUTO_RENEWAL),
        },
    ],
    ids=["failed", "automatic"],
)
def test_without_anything_to_publish_no_record_is_proposed(fields):
    """A failed request needs a new one, and an automatic renewal waits for AWS."""
    waiting = WAITING.__replace__(**fields)
    assert changes(waiting) == []
    assert f"dig CNAME {NAME}" in commands(waiting)


def test_a_record_in_a_hosted_zone_is_not_proposed_again():
    """It is open whether resolvers see it."""
    right = DnsRecord(NAME, "CNAME", VALUE)
    assert changes(WAITING, [HostedZone(ZONE, "Z1", False, None, (right,), is_complete=True)]) == []
