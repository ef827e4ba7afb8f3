"""The state of a request that is pending, timed out, failed, revoked or inactive."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.existing import (
    ARN,
    DESCRIBE,
    NAME,
    NOW,
    REQUEST,
    WWW,
    certificate,
    in_days,
    validation,
)

from acmrules.diagnosis import (
    Actor,
    AnswerStatus,
    Cause,
    Certainty,
    CertificateDetail,
    CertificateEvent,
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
from acmrules.diagnosis.requests import names_aspect, pending_aspect, unknown_aspect
from acmrules.unresolved import Malformed

CORRECT = Obstacle(Cause.RECORD_CORRECT, Certainty.CERTAIN, Actor.AWS, "the record is correct")
MISSING = Obstacle(Cause.RECORD_MISSING, Certainty.CERTAIN, Actor.YOU, "the record is missing")
OPEN = Obstacle(Cause.NOT_LOOKED_UP, Certainty.OPEN, Actor.YOU, "DNS was not looked up")

obstacles = st.sampled_from([CORRECT, MISSING, OPEN])
names = st.lists(
    st.builds(
        NameDiagnosis,
        st.sampled_from([NAME, WWW]),
        st.just(False),
        st.lists(obstacles, max_size=2).map(tuple),
    )
).map(tuple)


def named(*listed):
    """Return the diagnosis of one name for each obstacle."""
    return tuple(NameDiagnosis(NAME, False, (each,)) for each in listed)


class TestNames:
    """How the names of a request decide its state."""

    @pytest.mark.parametrize(
        ("listed", "state"),
        [
            ((CORRECT, CORRECT), State.WAITING_FOR_AWS),
            ((CORRECT, MISSING), State.WAITING_FOR_YOU),
            ((CORRECT, OPEN), State.UNKNOWN),
            ((OPEN, MISSING), State.WAITING_FOR_YOU),
            ((), None),
        ],
    )
    def test_one_name_that_waits_for_you_is_enough(self, listed, state):
        """If all records are correct, it waits for AWS; one wrong record makes it wait for you."""
        assert names_aspect(named(*listed), "the request").state is state

    @given(names)
    def test_a_correct_record_never_worsens_it(self, listed):
        """Another name whose record is correct leaves the state as it is, or sets it."""
        before = names_aspect(listed, "the request").state
        after = names_aspect((*listed, *named(CORRECT)), "the request").state
        assert after is (before or State.WAITING_FOR_AWS)

    def test_a_correct_record_with_an_open_question_waits_for_aws(self):
        """What else may be open does not make you act while the record is correct."""
        name = NameDiagnosis(NAME, False, (CORRECT, OPEN))
        assert names_aspect((name,), "the request").state is State.WAITING_FOR_AWS


class TestPending:
    """Requests that ACM has not validated yet."""

    def test_it_ends_72_hours_after_the_request(self):
        """The deadline is 72 hours after `CreatedAt`."""
        found = diagnose(certificate("PENDING_VALIDATION"), as_of=NOW)
        assert found.deadline.at == in_days(2)
        assert found.deadline.text == "the validation of the request times out"

    def test_a_request_after_its_deadline_may_be_an_old_description(self):
        """After 72 hours, the description is read again."""
        found = diagnose(certificate("PENDING_VALIDATION", created_at=in_days(-3)), as_of=NOW)
        assert (found.state, found.commands) == (State.UNKNOWN, (DESCRIBE,))
        assert found.deadlines == ()
        assert found.title == (
            "the validation ended at 2026-11-30 12:00 UTC, and the description is older"
        )

    def test_all_names_validated_waits_for_aws(self):
        """Between the last validation and the issuance, AWS acts."""
        validated = (validation(NAME, "SUCCESS"), validation(WWW, "SUCCESS"))
        found = diagnose(certificate("PENDING_VALIDATION", validations=validated), as_of=NOW)
        assert (found.state, found.actor) == (State.WAITING_FOR_AWS, Actor.AWS)
        assert found.names == ()

    def test_an_entry_of_a_list_needs_the_description(self):
        """A list has no validations, so the command describes the certificate."""
        listed = CertificateDetail(ARN, status=certificate("PENDING_VALIDATION").status)
        found = diagnose(listed, as_of=NOW)
        assert (found.state, found.commands) == (State.UNKNOWN, (DESCRIBE,))
        assert found.title == (
            "the request is pending, and the input does not show which names are not validated"
        )

    def test_the_names_are_in_the_title(self):
        """The title names what waits for you."""
        found = pending_aspect(certificate("PENDING_VALIDATION"), named(MISSING), NOW)
        assert found.title == "the request waits for `brightharbor.io`: missing record"

    def test_a_private_certificate_needs_no_validation(self):
        """The private CA issues it without validation."""
        private = certificate("PENDING_VALIDATION", type=CertificateType.PRIVATE)
        found = diagnose(private, as_of=NOW)
        assert (found.state, found.title) == (
            State.WAITING_FOR_AWS,
            "the request waits for the private CA",
        )


class TestOver:
    """Requests that cannot be resumed, and certificates that are not usable."""

    def test_timed_out(self):
        """The request is deleted and made again; correct records stay valid."""
        found = diagnose(certificate("VALIDATION_TIMED_OUT"), as_of=NOW)
        (obstacle,) = found.obstacles
        assert (found.state, found.actor) == (State.BROKEN, Actor.YOU)
        assert (obstacle.cause, obstacle.certainty) == (Cause.TIMED_OUT, Certainty.CERTAIN)
        assert obstacle.proof == "`Status` is `VALIDATION_TIMED_OUT`"
        assert "DNS records that are correct stay valid" in obstacle.remedy
        assert obstacle.commands == (
            f"aws acm delete-certificate --certificate-arn {ARN} --region eu-west-1",
            REQUEST,
        )

    def test_failed(self):
        """The failure reason is the cause."""
        failed = certificate("FAILED", failure_reason=FailureReason.CAA_ERROR)
        found = diagnose(failed, as_of=NOW)
        assert (found.state, found.title) == (State.BROKEN, "the request failed with `CAA_ERROR`")
        assert [each.cause for each in found.obstacles] == [Cause.FAILED]
        assert found.obstacles[0].text == "the CAA records did not allow Amazon to issue"

    def test_what_caa_records_allow_now_needs_only_a_new_request(self):
        """The text does not say that they forbid it, and no name has a remedy of its own."""
        waiting = (validation(NAME, "FAILED"),)
        failed = certificate("FAILED", failure_reason=FailureReason.CAA_ERROR, validations=waiting)
        record = DnsRecord(str(NAME), "CAA", '0 issue "amazon.com"')
        answer = DnsAnswer(str(NAME), "CAA", AnswerStatus.NOERROR, (record,))
        found = diagnose(failed, DnsAnswers((answer,)), as_of=NOW)
        (obstacle,) = found.all_obstacles
        assert obstacle.text == (
            "the CAA records did not allow Amazon to issue when ACM checked them, but allow it now"
        )
        assert (obstacle.remedy, obstacle.commands) == ("request a new certificate", (REQUEST,))
        assert 'answered CAA `0 issue "amazon.com"`' in obstacle.proof

    def test_what_caa_records_forbid_still_is_listed_for_each_name(self):
        """The records to change are those of the names."""
        waiting = (validation(NAME, "FAILED"),)
        failed = certificate("FAILED", failure_reason=FailureReason.CAA_ERROR, validations=waiting)
        record = DnsRecord(str(NAME), "CAA", '0 issue "letsencrypt.org"')
        answer = DnsAnswer(str(NAME), "CAA", AnswerStatus.NOERROR, (record,))
        found = diagnose(failed, DnsAnswers((answer,)), as_of=NOW)
        assert found.obstacles[0].remedy == (
            "allow Amazon in the CAA records of each name; then request a new certificate"
        )
        assert [each.cause for each in found.all_obstacles] == [Cause.FAILED, Cause.CAA_FORBIDS]

    def test_a_timed_out_request_whose_names_are_right_now(self):
        """What is left is another request."""
        waiting = validation(NAME)
        over = certificate("VALIDATION_TIMED_OUT", validations=(waiting,))
        records = (DnsRecord(waiting.record.name, "CNAME", waiting.record.value),)
        answer = DnsAnswer(waiting.record.name, "CNAME", AnswerStatus.NOERROR, records)
        found = diagnose(over, DnsAnswers((answer,)), as_of=NOW)
        assert found.obstacles[0].remedy == (
            "delete this certificate, and request a new one; its names are set up correctly now"
        )
        assert found.obstacles[0].text.startswith("ACM could not validate `brightharbor.io` within")
        assert [each.obstacles for each in found.names] == [()]

    def test_an_email_request_that_timed_out_is_requested_with_dns(self):
        """The command uses DNS validation, and so does the remedy."""
        waiting = (validation(NAME, method="EMAIL"),)
        over = certificate("VALIDATION_TIMED_OUT", validations=waiting)
        found = diagnose(over, as_of=NOW)
        assert found.obstacles[0].remedy.endswith("request a new one with DNS validation")

    def test_revoked(self):
        """A revocation is for good."""
        revoked = certificate("REVOKED", revoked_at=NOW, revocation_reason="SUPERSEDED")
        found = diagnose(revoked, as_of=NOW)
        assert found.title == "the certificate was revoked at 2026-11-30 12:00 UTC"
        assert found.obstacles[0].proof == "`Status` is `REVOKED`, with the reason `SUPERSEDED`"
        assert found.obstacles[0].commands == (REQUEST,)

    def test_inactive_is_not_documented(self):
        """No page of AWS says what the status means, so the state is unknown."""
        found = diagnose(certificate("INACTIVE"), as_of=NOW)
        assert (found.state, found.actor) == (State.UNKNOWN, None)
        assert found.title == "the certificate is inactive, which AWS does not document"

    def test_an_event_is_in_the_title_without_a_status(self):
        """It says more than that the status is unknown, and may be so no longer."""
        event = CertificateEvent("ACM Certificate Renewal Action Required", (ARN,), days=30)
        found = diagnose(CertificateDetail(ARN, events=(event,)), as_of=NOW)
        assert found.title == "an event reports: ACM could not validate a name automatically"
        assert (found.state, found.commands) == (State.UNKNOWN, (DESCRIBE,))

    def test_unknown_statuses(self):
        """A status that is absent or new is unknown."""
        new = unknown_aspect(CertificateDetail(ARN, status=Malformed("NEW")))
        assert (new.state, new.title) == (State.UNKNOWN, "the status `NEW` is unknown to acmrules")
        assert new.obstacles[0].commands == (DESCRIBE,)
        read = unknown_aspect(certificate(described=True).__replace__(status=Malformed("NEW")))
        assert read.obstacles[0].remedy == "install the newest version of acmrules"
        assert read.obstacles[0].commands == ()
        absent = unknown_aspect(CertificateDetail(ARN))
        assert absent.title == "the input does not show the status"
        assert absent.obstacles[0].commands == (DESCRIBE,)


def test_a_request_of_the_future_has_its_deadline():
    """A request after the moment of the diagnosis, such as by another clock, still waits."""
    found = diagnose(certificate("PENDING_VALIDATION"), as_of=datetime(2026, 11, 1, tzinfo=UTC))
    assert found.deadline.at == in_days(2)
