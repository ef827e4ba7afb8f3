"""The diagnosis of any certificate: laws, and what the arguments may be."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.existing import NOW
from tests.support.live_certificates import live_certificates
from tests.support.values import values

from acmrules.diagnosis import (
    Actor,
    CertificateDetail,
    Diagnosis,
    DnsAnswers,
    State,
    ValidationStatus,
    diagnose,
    diagnose_all,
)
from acmrules.errors import InvalidArgument

ARN = "arn:aws:acm:eu-west-1:123456789012:certificate/6f1d0c9e"
MOMENTS = st.just(NOW) | st.datetimes(
    datetime(2016, 1, 22),  # noqa: DTZ001  (the strategy adds the time zone)
    datetime(2100, 1, 1),  # noqa: DTZ001  (as above)
    timezones=st.just(UTC),
)
CERTIFICATES = live_certificates | values(CertificateDetail)


def _known_to_succeed(certificate):
    """Yield the names that are validated in every process of the certificate."""
    parts = [certificate.validations]
    parts += [each.validations for each in (certificate.renewal, certificate.update) if each]
    entries = [each for part in parts for each in part]
    for name in {each.name for each in entries}:
        statuses = {each.status for each in entries if each.name == name}
        if statuses == {ValidationStatus.SUCCESS}:
            yield name


class TestLaws:
    """What is true of every certificate."""

    @given(CERTIFICATES, MOMENTS)
    def test_there_is_always_a_diagnosis(self, certificate, as_of):
        """Any certificate has a diagnosis with a sentence, which plain data preserves."""
        found = diagnose(certificate, as_of=as_of)
        assert found.title
        assert not found.title.endswith(".")
        assert (found.certificate, found.as_of) == (certificate, as_of)
        assert Diagnosis.from_dict(found.to_dict()) == found

    @given(CERTIFICATES, MOMENTS, values(DnsAnswers))
    def test_a_validated_name_is_never_blamed(self, certificate, as_of, answers):
        """A name whose validation succeeded is not among the names of the diagnosis."""
        found = diagnose(certificate, answers, as_of=as_of)
        assert not {each.name for each in found.names} & {*_known_to_succeed(certificate)}

    @given(st.text(), MOMENTS)
    def test_nothing_known_is_neither_fine_nor_broken(self, arn, as_of):
        """Without any field, the state is unknown, and so is who has to act."""
        found = diagnose(CertificateDetail(arn), as_of=as_of)
        assert (found.state, found.actor) == (State.UNKNOWN, None)
        assert bool(found.commands) == bool(arn)

    @settings(max_examples=25)
    @given(st.lists(CERTIFICATES, max_size=3), MOMENTS, values(DnsAnswers))
    def test_many_certificates_are_diagnosed_like_one(self, certificates, as_of, answers):
        """The index of the answers is shared, and changes nothing."""
        assert [*diagnose_all(certificates, answers, as_of=as_of)] == [
            diagnose(each, answers, as_of=as_of) for each in certificates
        ]

    @given(CERTIFICATES, MOMENTS)
    def test_deadlines_are_ahead_and_in_order(self, certificate, as_of):
        """Each deadline is after the moment of the diagnosis, the next one first."""
        times = [each.at for each in diagnose(certificate, as_of=as_of).deadlines]
        assert times == sorted(times)
        assert all(each > as_of for each in times)

    @given(CERTIFICATES, MOMENTS)
    def test_the_state_determines_the_actor(self, certificate, as_of):
        """You act if it is broken or waits for you, AWS if it waits for AWS."""
        found = diagnose(certificate, as_of=as_of)
        assert (
            found.actor
            is {
                State.BROKEN: Actor.YOU,
                State.WAITING_FOR_YOU: Actor.YOU,
                State.UNKNOWN: None,
                State.WAITING_FOR_AWS: Actor.AWS,
                State.FINE: Actor.NOBODY,
            }[found.state]
        )

    @given(CERTIFICATES, MOMENTS)
    def test_what_is_open_has_a_command_and_what_is_known_a_source(self, certificate, as_of):
        """Each obstacle of the certificate cites a page, and its clauses have no period."""
        for obstacle in diagnose(certificate, as_of=as_of).obstacles:
            assert obstacle.source
            assert obstacle.text
            assert obstacle.remedy or obstacle.commands or not certificate.arn
            assert not obstacle.text.endswith(".")
            assert not obstacle.remedy.endswith(".")

    @given(CERTIFICATES, MOMENTS)
    def test_it_is_broken_or_waits_for_you_only_with_an_obstacle(self, certificate, as_of):
        """A state that needs you has an obstacle that says why."""
        found = diagnose(certificate, as_of=as_of)
        if found.state in {State.BROKEN, State.WAITING_FOR_YOU}:
            assert any(each.actor is Actor.YOU for each in found.all_obstacles)


def test_a_date_is_its_first_moment_in_utc():
    """A date and a time without a time zone are in UTC."""
    certificate = CertificateDetail(ARN)
    midnight = datetime(2026, 11, 30, tzinfo=UTC)
    assert diagnose(certificate, as_of=date(2026, 11, 30)).as_of == midnight
    assert diagnose(certificate, as_of=midnight.replace(tzinfo=None)).as_of == midnight


def test_dates_before_the_launch_are_refused():
    """No rule applies before ACM launched."""
    with pytest.raises(InvalidArgument, match="2016-01-20 is before 2016-01-21, when ACM launched"):
        diagnose(CertificateDetail(ARN), as_of=date(2016, 1, 20))


def test_a_response_is_read():
    """The certificate may be the mapping that boto3 returns."""
    found = diagnose({"CertificateArn": ARN, "Status": "REVOKED"})
    assert found.state is State.BROKEN
    with pytest.raises(InvalidArgument, match="the member `CertificateArn` is missing"):
        diagnose({})
