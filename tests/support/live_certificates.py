"""Strategies for certificates as accounts have them: known fields, and times close to now."""

from datetime import timedelta

from hypothesis import strategies as st
from tests.support.existing import NAME, NOW, WWW, certificate, renewal, validation

from acmrules.diagnosis import (
    CertificateEvent,
    CertificateStatus,
    CertificateType,
    FailureReason,
    RenewalStatus,
    UpdateStatus,
    UpdateSummary,
    ValidationStatus,
)
from acmrules.request import ValidationMethod

DAYS = (-400, -30, -4, -1, 0, 1, 10, 29, 44, 46, 150, 500)


def _some(values, *more):
    return st.sampled_from([*values, *more])


_times = st.none() | _some(DAYS).map(lambda days: NOW + timedelta(days=days))
_validations = st.tuples(
    *(
        st.builds(validation, st.just(name), _some(ValidationStatus), _some(("DNS", "EMAIL")))
        for name in (NAME, WWW)
    )
) | st.just(())
_reasons = st.none() | _some(FailureReason)
_updates = st.builds(UpdateSummary, _some(UpdateStatus), _times, _times, _validations)
_renewals = st.builds(
    lambda status, validations, reason, at: renewal(
        status, *validations, reason=reason, updated_at=at
    ),
    _some(RenewalStatus),
    _validations,
    _reasons,
    _times,
)
_events = st.builds(
    CertificateEvent,
    _some(("ACM Certificate Approaching Expiration", "ACM Certificate Available")),
    at=_times,
    days=st.none() | st.integers(0, 60),
)

live_certificates = st.builds(
    certificate,
    _some(CertificateStatus, *[CertificateStatus.ISSUED] * 6),
    type=_some(CertificateType, *[CertificateType.AMAZON_ISSUED] * 3),
    failure_reason=_reasons,
    method=st.none() | _some(ValidationMethod),
    validations=_validations,
    created_at=_times,
    imported_at=_times,
    not_before=_times,
    not_after=_times,
    in_use=st.none() | st.booleans(),
    is_renewable=st.none() | st.booleans(),
    renewal=st.none() | _renewals,
    update=st.none() | _updates,
    can_export=st.none() | st.booleans(),
    was_exported=st.none() | st.booleans(),
    managed_by=_some((None, "CLOUDFRONT")),
    events=st.lists(_events, max_size=2).map(tuple),
)
"""Certificates of two names in any state, with dates on both sides of `NOW`."""
