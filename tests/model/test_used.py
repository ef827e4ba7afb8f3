"""A certificate that a consumer uses by its ARN."""

from tests.support.shown_accounts import arn_of, detail, listed

from acmrules.model.used import UsedCertificate


def test_a_certificate_exists_or_is_absent():
    """One that exists has its request, and one that does not the list without it."""
    used = UsedCertificate(arn_of(1), detail())
    assert (used.existing, used.absent_from) == (detail(), None)
    absent = UsedCertificate(arn_of(1), absent_from=listed())
    assert (absent.existing, absent.request, absent.absent_from) == (None, None, listed())
