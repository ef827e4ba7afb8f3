"""The expiry of a certificate, and the dates before it."""

from datetime import UTC, date, datetime

import pytest
from tests.support.existing import (
    DESCRIBE,
    NOW,
    OF_CERTIFICATE,
    REQUEST,
    certificate,
    in_days,
    issued,
)

from acmrules.diagnosis import Actor, Cause, Certainty, CertificateType, State, diagnose
from acmrules.diagnosis.expiry import (
    expiry_deadline,
    is_private,
    mail_aspect,
    next_notice,
    renewal_start,
    unknown_expiry_aspect,
)
from acmrules.diagnosis.times import whole_days
from acmrules.request import RootHierarchyType, ValidationMethod

EMAIL = ValidationMethod.EMAIL


@pytest.mark.parametrize(
    ("fields", "days"),
    [
        ({}, 45),
        ({"not_before": datetime(2026, 2, 17, tzinfo=UTC)}, 60),
        ({"type": CertificateType.PRIVATE}, 60),
        ({"not_before": datetime(2001, 1, 1, tzinfo=UTC)}, 60),
    ],
)
def test_the_renewal_begins_some_days_before_expiry(fields, days):
    """The day depends on the issuance and on the CA, 60 days for the last 395-day certificates."""
    found = issued(100, **fields)
    assert whole_days(renewal_start(found), found.not_after) == days


@pytest.mark.parametrize(
    "fields", [{"not_after": None}, {"root_hierarchy": RootHierarchyType.N2_AMAZON_MANAGED}]
)
def test_the_start_of_the_renewal_may_be_unknown(fields):
    """AWS has not documented when the renewal of an N2 certificate begins."""
    assert renewal_start(issued(**fields)) is None


def test_a_private_certificate_may_show_only_its_ca():
    """Without a type, the ARN of the CA decides."""
    assert is_private(certificate(type=None, certificate_authority_arn="arn:aws:acm-pca:::a"))
    assert not is_private(certificate(certificate_authority_arn="arn:aws:acm-pca:::a"))


@pytest.mark.parametrize(
    ("left", "private", "as_of", "days"),
    [
        (40, False, NOW, 30),
        (15, False, NOW, 7),
        (50, True, NOW, 45),
        (0.5, False, NOW, None),
        (50, True, datetime(2020, 1, 1, tzinfo=UTC), None),
    ],
)
def test_the_next_notice_of_a_failed_renewal(left, private, as_of, days):
    """AWS reports a renewal without success on certain days, known for private ones since 2026."""
    kind = CertificateType.PRIVATE if private else CertificateType.AMAZON_ISSUED
    found = next_notice(issued(left, type=kind), as_of)
    assert (found and (in_days(left) - found.at).days) == days


def test_an_expired_certificate_is_broken():
    """The time decides, even if the status is older; the users are listed."""
    users = ("arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1",)
    found = diagnose(issued(-1, in_use_by=users), as_of=NOW)
    assert (found.state, found.title) == (
        State.BROKEN,
        "the certificate expired at 2026-11-29 12:00 UTC",
    )
    (obstacle,) = found.obstacles
    assert (obstacle.cause, obstacle.certainty) == (Cause.EXPIRED, Certainty.CERTAIN)
    assert obstacle.proof == "`NotAfter` is 2026-11-29 12:00 UTC"
    assert obstacle.text.endswith("; it is in use by 1 resource")
    assert "API Gateway" not in obstacle.text
    assert obstacle.commands == (REQUEST,)
    by_status = diagnose(certificate("EXPIRED"), as_of=NOW)
    assert by_status.obstacles[0].proof == "`Status` is `EXPIRED`"


def test_an_expired_certificate_that_nothing_uses_is_deleted():
    """There is no service to give a new one to."""
    found = diagnose(issued(-1, in_use=False, in_use_by=()), as_of=NOW)
    (obstacle,) = found.obstacles
    assert obstacle.text.endswith("no resource uses it")
    assert obstacle.remedy == "delete it; if you still need one, request a new certificate"
    assert obstacle.commands == (
        f"aws acm delete-certificate {OF_CERTIFICATE} --region eu-west-1",
        REQUEST,
    )


def test_a_user_of_an_unknown_account_belongs_to_api_gateway():
    """A load balancer of another account is that of a custom domain."""
    users = ("arn:aws:elasticloadbalancing:eu-west-1:210987654321:loadbalancer/app/a/1",)
    found = diagnose(issued(-1, in_use_by=users), as_of=NOW)
    assert "a custom domain of API Gateway" in found.obstacles[0].text
    s3 = diagnose(issued(-1, in_use_by=("arn:aws:s3:::bucket", "x")), as_of=NOW)
    assert "API Gateway" not in s3.obstacles[0].text


def test_without_an_expiry_the_state_is_unknown():
    """An old list has no `NotAfter`, so the certificate is not known to be fine."""
    listed = certificate(not_after=None, described=False)
    assert unknown_expiry_aspect(listed).state is State.UNKNOWN
    found = diagnose(listed, as_of=NOW)
    assert (found.state, found.commands) == (State.UNKNOWN, (DESCRIBE,))
    assert expiry_deadline(listed) == ()


def test_email_validation_ends():
    """A certificate that is validated by email has to change by 2028-03-15."""
    found = diagnose(issued(method=EMAIL), as_of=NOW)
    (obstacle,) = found.obstacles
    assert (found.state, found.actor) == (State.FINE, Actor.NOBODY)
    assert (obstacle.cause, obstacle.text) == (
        Cause.EMAIL_ENDS,
        "email validation ends on 2028-03-15",
    )
    assert obstacle.commands == (
        (
            f"aws acm update-certificate-options {OF_CERTIFICATE} --options ValidationMethod=DNS"
            " --region eu-west-1"
        ),
    )
    assert found.deadlines[-1].at == datetime(2028, 3, 15, tzinfo=UTC)


def test_after_the_end_of_email_validation_you_have_to_act():
    """From that date on, ACM cannot renew the certificate."""
    found = mail_aspect(issued(method=EMAIL), datetime(2028, 3, 15, tzinfo=UTC))
    assert found.state is State.WAITING_FOR_YOU
    assert "email validation ended on 2028-03-15" in found.title


@pytest.mark.parametrize("fields", [{"method": EMAIL, "type": CertificateType.PRIVATE}, {}])
def test_the_end_of_email_concerns_no_other_certificates(fields):
    """DNS validation and private certificates go on."""
    assert mail_aspect(issued(**fields), NOW).obstacles == ()


def test_an_issued_certificate_is_fine():
    """It has the beginning of its renewal and its expiry as deadlines."""
    found = diagnose(issued(), as_of=date(2026, 11, 30))
    assert (found.state, found.obstacles, found.names) == (State.FINE, (), ())
    assert found.title == "the certificate is issued, and expires at 2027-04-29 12:00 UTC"
    assert [each.text for each in found.deadlines] == [
        "the managed renewal begins",
        "the certificate expires",
    ]
