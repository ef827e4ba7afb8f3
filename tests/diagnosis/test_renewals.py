"""The managed renewal: not begun, pending, failed, or never."""

import pytest
from tests.support.existing import (
    DESCRIBE,
    NAME,
    NOW,
    OF_CERTIFICATE,
    REQUEST,
    WWW,
    in_days,
    issued,
    renewal,
    validation,
)

from acmrules.diagnosis import (
    Actor,
    AnswerStatus,
    Cause,
    Certainty,
    CertificateType,
    DnsAnswer,
    DnsAnswers,
    DnsRecord,
    FailureReason,
    NameDiagnosis,
    Obstacle,
    State,
    diagnose,
)
from acmrules.diagnosis.renewals import renewal_aspect
from acmrules.request import RootHierarchyType
from acmrules.unresolved import Malformed

CORRECT = Obstacle(Cause.RECORD_CORRECT, Certainty.CERTAIN, Actor.AWS, "the record is correct")
MISSING = Obstacle(Cause.RECORD_MISSING, Certainty.CERTAIN, Actor.YOU, "the record is missing")


def states(found):
    """Return the state and the causes of a diagnosis."""
    return found.state, [each.cause for each in found.obstacles]


class TestNotBegun:
    """A certificate without a renewal in progress."""

    def test_before_the_renewal_nobody_acts(self):
        """The beginning of the renewal is a deadline."""
        found = renewal_aspect(issued(), (), NOW)
        assert (found.state, [each.at for each in found.deadlines]) == (None, [in_days(105)])

    @pytest.mark.parametrize("summary", [None, renewal("SUCCESS")])
    def test_a_renewal_that_is_due_waits_for_aws(self, summary):
        """The status may lag by hours; that of the last renewal says nothing about the next."""
        found = diagnose(issued(44, renewal=summary), as_of=NOW)
        assert states(found) == (State.WAITING_FOR_AWS, [Cause.RENEWAL_PENDING])
        assert found.obstacles[0].certainty is Certainty.LIKELY

    @pytest.mark.parametrize("days", [-0.01, -0.5])
    def test_a_renewal_that_succeeded_just_now_is_no_failure(self, days):
        """The expiry may still be that of the old certificate."""
        shown = issued(44, renewal=renewal("SUCCESS", updated_at=in_days(days)))
        found = diagnose(shown, as_of=NOW)
        assert states(found) == (State.WAITING_FOR_AWS, [Cause.RENEWAL_PENDING])
        assert found.title.startswith("ACM renewed the certificate at 2026-11-30")
        assert "`RenewalStatus` is `SUCCESS`" in found.obstacles[0].proof

    def test_the_success_of_the_last_renewal_says_nothing_about_this_one(self):
        """It is from before the renewal was due."""
        shown = issued(31, renewal=renewal("SUCCESS", updated_at=in_days(-168)))
        assert "has no status yet" in diagnose(shown, as_of=NOW).title

    def test_a_renewal_that_is_long_due_is_unknown(self):
        """From the day of the first notice on, it should have begun."""
        for days, state in (
            (30.01, State.WAITING_FOR_AWS),
            (30, State.UNKNOWN),
            (4, State.UNKNOWN),
        ):
            assert diagnose(issued(days), as_of=NOW).state is state

    def test_whether_a_certificate_of_an_unknown_type_is_renewed_is_unknown(self):
        """It is not fine, because ACM may not renew it."""
        found = diagnose(issued(type=Malformed("NEW")), as_of=NOW)
        assert (found.state, found.commands) == (State.UNKNOWN, (DESCRIBE,))

    def test_a_list_does_not_show_the_renewal(self):
        """An entry of a list has no renewal, so the command describes the certificate."""
        found = diagnose(issued(44, described=False), as_of=NOW)
        assert (found.state, found.commands) == (State.UNKNOWN, (DESCRIBE,))

    def test_the_renewal_of_n2_certificates_is_not_documented(self):
        """Shortly before expiry, an N2 certificate without a renewal is unknown."""
        hierarchy = RootHierarchyType.N2_AMAZON_MANAGED
        assert diagnose(issued(31, root_hierarchy=hierarchy), as_of=NOW).state is State.FINE
        assert diagnose(issued(29, root_hierarchy=hierarchy), as_of=NOW).state is State.UNKNOWN


class TestNever:
    """A certificate that is not eligible for renewal."""

    def test_an_unused_certificate_may_expire(self):
        """A certificate that nothing uses needs no action."""
        found = diagnose(issued(10, in_use=False, is_renewable=False), as_of=NOW)
        assert states(found) == (State.FINE, [Cause.NOT_RENEWED])
        (obstacle,) = found.obstacles
        assert obstacle.actor is Actor.NOBODY
        assert obstacle.text == (
            "ACM will not renew the certificate: it is neither in use by an integrated service nor"
            " exported since it was issued or last renewed"
        )
        assert obstacle.commands == (
            f"aws acm delete-certificate {OF_CERTIFICATE} --region eu-west-1",
        )

    @pytest.mark.parametrize("days", [10, 150])
    def test_a_certificate_in_use_has_to_be_replaced(self, days):
        """A certificate that is in use and not eligible will fail on its last day."""
        found = diagnose(issued(days, is_renewable=False), as_of=NOW)
        assert states(found) == (State.WAITING_FOR_YOU, [Cause.NOT_RENEWED])
        assert found.obstacles[0].commands == (REQUEST,)

    def test_an_exported_certificate_near_its_expiry(self):
        """An exported certificate may be in use elsewhere, so it is not left to expire."""
        fields = {"in_use": False, "is_renewable": False, "was_exported": True}
        assert diagnose(issued(150, **fields), as_of=NOW).state is State.FINE
        assert diagnose(issued(10, **fields), as_of=NOW).state is State.WAITING_FOR_YOU


class TestAutomatic:
    """ACM validates automatically."""

    def test_it_waits_for_aws(self):
        """Nothing is to be done while the records are published."""
        pending = renewal("PENDING_AUTO_RENEWAL", validation())
        found = diagnose(issued(40, renewal=pending), as_of=NOW)
        assert (found.state, found.title) == (
            State.WAITING_FOR_AWS,
            "ACM is renewing the certificate",
        )
        assert found.deadline.text == "30 days before expiry, AWS reports a renewal without success"

    def test_a_record_that_is_missing_waits_for_you(self):
        """If DNS shows that the automatic renewal cannot work, you act before AWS reports it."""
        names = (NameDiagnosis(WWW, False, (MISSING,)),)
        found = renewal_aspect(issued(40, renewal=renewal("PENDING_AUTO_RENEWAL")), names, NOW)
        assert found.state is State.WAITING_FOR_YOU
        assert found.title == "the renewal waits for `www.brightharbor.io`: missing record"


class TestBlocked:
    """ACM could not validate a name."""

    def aspect(self, *names, reason=None, **fields):
        """Return the aspect of a blocked renewal."""
        pending = renewal("PENDING_VALIDATION", validation(), reason=reason)
        return renewal_aspect(issued(40, renewal=pending, **fields), names, NOW)

    def test_it_waits_for_you(self):
        """The status proves that a name is not validated."""
        found = self.aspect()
        (obstacle,) = found.obstacles
        assert found.state is State.WAITING_FOR_YOU
        assert obstacle.proof == "`RenewalStatus` is `PENDING_VALIDATION`"
        assert (obstacle.cause, obstacle.actor) == (Cause.RENEWAL_PENDING, Actor.YOU)

    def test_with_correct_records_it_waits_for_aws(self):
        """ACM tries again after 72 hours."""
        found = self.aspect(NameDiagnosis(NAME, False, (CORRECT,)))
        assert (found.state, found.obstacles[0].actor) == (State.WAITING_FOR_AWS, Actor.AWS)

    def test_the_reason_counts(self):
        """The reason of the renewal is that of a failure."""
        found = self.aspect(reason=FailureReason.CAA_ERROR)
        assert found.obstacles[0].cause is Cause.CAA_FORBIDS
        assert found.obstacles[0].proof == "`RenewalStatusReason` is `CAA_ERROR`"

    def test_a_private_ca_has_to_permit_it(self):
        """The CA of a private certificate has to permit its renewal."""
        found = self.aspect(type=CertificateType.PRIVATE)
        assert "permit `acm.amazonaws.com`" in found.obstacles[0].remedy
        assert found.title == "ACM could not renew the certificate of the private CA"
        assert found.obstacles[0].certainty is Certainty.LIKELY


def test_a_failed_renewal():
    """Without a reason, a new certificate is requested; with one, ACM tries again."""
    found = diagnose(issued(1, renewal=renewal("FAILED")), as_of=NOW)
    assert states(found) == (State.WAITING_FOR_YOU, [Cause.RENEWAL_FAILED])
    assert found.obstacles[0].commands == (REQUEST,)
    denied = renewal("FAILED", reason=FailureReason.DOMAIN_NOT_ALLOWED)
    found = diagnose(issued(1, renewal=denied), as_of=NOW)
    assert found.obstacles[0].cause is Cause.RENEWAL_FAILED
    assert found.obstacles[0].proof == "`RenewalStatusReason` is `DOMAIN_NOT_ALLOWED`"
    assert found.obstacles[0].remedy.endswith("; ACM tries the renewal again automatically")
    assert found.commands == ()


@pytest.mark.parametrize("status", ["PENDING_VALIDATION", "FAILED"])
class TestCaa:
    """Renewals that CAA records prevent: ACM tries them again, so no new request is needed."""

    def found(self, status, *caa):
        """Return the diagnosis with CAA records of the name, which was looked up."""
        denied = renewal(status, validation(NAME), reason=FailureReason.CAA_ERROR)
        records = tuple(DnsRecord(str(NAME), "CAA", each) for each in caa)
        answer = DnsAnswer(str(NAME), "CAA", AnswerStatus.NOERROR, records)
        return diagnose(issued(40, renewal=denied), DnsAnswers((answer,)), as_of=NOW)

    def test_records_that_forbid_it_are_changed(self, status):
        """The remedy is the set of records, and no request."""
        found = self.found(status, '0 issue "letsencrypt.org"')
        assert found.state is State.WAITING_FOR_YOU
        assert [each.values for each in found.changes] == [
            ('0 issue "letsencrypt.org"', '0 issue "amazon.com"')
        ]
        assert not any("request" in each.remedy for each in found.all_obstacles)
        assert not any("request" in each for o in found.all_obstacles for each in o.commands)

    def test_records_that_allow_it_now_wait_for_aws(self, status):
        """There is nothing left to do."""
        found = self.found(status, '0 issue "amazon.com"')
        assert (found.state, found.actor) == (State.WAITING_FOR_AWS, Actor.AWS)
        assert found.title == (
            "CAA records allow Amazon now; ACM tries the renewal again automatically"
        )
        assert {each.actor for each in found.all_obstacles} == {Actor.AWS}


def test_the_reason_stays_after_the_expiry():
    """Why the renewal failed explains why the certificate expired."""
    denied = renewal("FAILED", reason=FailureReason.CAA_ERROR)
    found = diagnose(issued(-1, renewal=denied), as_of=NOW)
    assert states(found) == (State.BROKEN, [Cause.EXPIRED, Cause.RENEWAL_FAILED])


def test_an_unknown_status_of_a_renewal():
    """A later API may have other statuses."""
    pending = renewal("FAILED").__replace__(status=Malformed("NEW"))
    found = diagnose(issued(40, renewal=pending), as_of=NOW)
    assert (found.state, found.title) == (State.UNKNOWN, "the renewal status `NEW` is unknown")
