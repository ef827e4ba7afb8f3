"""Several views of one certificate are joined."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateEvent,
    CertificateStatus,
    DomainValidation,
    ResourceRecord,
    UpdateStatus,
    UpdateSummary,
    ValidationStatus,
)
from acmrules.diagnosis.joining import joined
from acmrules.errors import InvalidArgument
from acmrules.names import DomainName
from acmrules.request import ValidationMethod

ARN = "arn:aws:acm:eu-west-1:123456789012:certificate/6f1d0c9e"
NAME, WWW = DomainName("example.com"), DomainName("www.example.com")
RECORD = ResourceRecord("_a.example.com", "CNAME", "_b.acm-validations.aws")
TIME = datetime(2026, 11, 24, tzinfo=UTC)

DESCRIBED = CertificateDetail(
    ARN,
    names=(NAME,),
    names_known=True,
    described=True,
    status=CertificateStatus.ISSUED,
    validations=(DomainValidation(NAME, ValidationMethod.EMAIL, ValidationStatus.SUCCESS),),
    in_use=False,
    in_use_by=(),
)
LISTED = CertificateDetail(
    ARN, names=(NAME, WWW), status=CertificateStatus.PENDING_VALIDATION, was_exported=True
)


@pytest.mark.parametrize("views", [(DESCRIBED, LISTED), (LISTED, DESCRIBED)])
def test_the_description_wins_and_the_list_fills(views):
    """The fields of a description stay; only what it cannot have comes from the list."""
    found = joined(views)
    assert found == DESCRIBED.__replace__(was_exported=True)


def test_the_names_of_a_description_win_over_those_of_a_list():
    """Both may be complete; a list that shows more names is older or newer."""
    listed = LISTED.__replace__(names_known=True)
    assert joined([listed, DESCRIBED]).names == joined([DESCRIBED, listed]).names == (NAME,)


def test_other_certificates_are_refused():
    """Views of different certificates, or none, cannot be joined."""
    with pytest.raises(InvalidArgument, match="certificates of 2 ARNs cannot be joined"):
        joined([LISTED, CertificateDetail("arn:other")])
    with pytest.raises(InvalidArgument, match="there is no certificate to join"):
        joined([])


def test_validations_of_the_method_in_force_win():
    """A description has the method of the first validation; the record comes from the list."""
    described = DESCRIBED.__replace__(method=ValidationMethod.DNS)
    active = DomainValidation(NAME, ValidationMethod.DNS, ValidationStatus.SUCCESS, RECORD)
    validated = CertificateDetail(ARN, validations=(active,))
    assert joined([described, validated]).validations == (active,)
    bare = described.__replace__(validations=(active.__replace__(record=None),))
    assert joined([bare, validated]).validations == (active,)


def test_a_change_of_the_method_has_its_records():
    """The times of the change are in the description, and its records in the validations."""
    pending = UpdateSummary(UpdateStatus.PENDING_DOMAIN_VALIDATION, TIME)
    new = DomainValidation(NAME, ValidationMethod.DNS, ValidationStatus.PENDING_VALIDATION, RECORD)
    requested = UpdateSummary(UpdateStatus.PENDING_DOMAIN_VALIDATION, validations=(new,))
    described = DESCRIBED.__replace__(update=pending)
    found = joined([CertificateDetail(ARN, update=requested), described])
    assert found.update == pending.__replace__(validations=(new,))


def test_events_are_in_order_of_time():
    """Each event is there once, the oldest first, those without a time before them."""
    events = [
        CertificateEvent("AWS_ACM_RENEWAL_STATE_CHANGE", at=at)
        for at in (None, TIME, TIME + timedelta(days=1))
    ]
    views = [LISTED.__replace__(events=(each, events[1])) for each in reversed(events)]
    assert joined(views).events == tuple(events)


views = st.lists(
    st.builds(
        CertificateDetail,
        st.just(ARN),
        names=st.lists(st.sampled_from([NAME, WWW]), unique=True).map(tuple),
        names_known=st.booleans(),
        described=st.booleans(),
        status=st.none() | st.sampled_from(CertificateStatus),
        in_use=st.none() | st.booleans(),
        not_after=st.none() | st.just(TIME),
        validations=st.just(DESCRIBED.validations) | st.just(()),
    ),
    min_size=1,
)


class TestLaws:
    """What is true of all views."""

    @given(views)
    def test_joining_is_idempotent(self, listed):
        """The joined certificate joined with itself, or alone, is the same."""
        found = joined(listed)
        assert joined([found, found]) == joined([found]) == found

    @given(views)
    def test_nothing_is_lost(self, listed):
        """A field that one view has is in the result, and it is the value of a view."""
        found = joined(listed)
        for field in ("names", "status", "in_use", "not_after", "validations"):
            values = [getattr(each, field) for each in listed]
            assert getattr(found, field) in values
            if field != "names" and any(each not in (None, ()) for each in values):
                assert getattr(found, field) not in (None, ())
