"""The use of the quotas of accounts."""

from datetime import UTC, datetime, timedelta

from acmrules.analysis.inventory.quotas import AccountQuotas, quota_uses
from acmrules.diagnosis import CertificateDetail, CertificateStatus, CertificateType, KeyPairOrigin
from acmrules.model.account import ServiceQuota
from acmrules.renewal import Interval

AS_OF = datetime(2026, 11, 30, tzinfo=UTC)
ARN = "arn:aws:acm:{}:123456789012:certificate/1"


def held(region="eu-west-1", age=10, **fields):
    """Return a certificate."""
    return CertificateDetail(
        ARN.format(region),
        **{
            "type": CertificateType.AMAZON_ISSUED,
            "status": CertificateStatus.ISSUED,
            "created_at": AS_OF - timedelta(days=age),
            **fields,
        },
    )


def uses(*certificates, quotas=()):
    """Return the numbers by Region and quota."""
    found = quota_uses(certificates, AccountQuotas(quotas, AS_OF), AS_OF)
    return {(each.scope.region, each.quota): each.number for each in found}


def test_certificates_count_in_their_region():
    """Requests of the last 365 days are a minimum, because deleted ones are not listed."""
    known = [held(age=10), held(age=400), held("us-east-1", age=364)]
    assert uses(*known) == {
        ("eu-west-1", "certificates"): Interval(2, 2),
        ("eu-west-1", "yearly_requests"): Interval(1),
        ("us-east-1", "certificates"): Interval(1, 1),
        ("us-east-1", "yearly_requests"): Interval(1),
    }


def test_imports_have_quotas_of_their_own():
    """The date of the import decides."""
    imported = held(type=CertificateType.IMPORTED, imported_at=AS_OF, created_at=None)
    assert uses(imported) == {
        ("eu-west-1", "imported_certificates"): Interval(1, 1),
        ("eu-west-1", "yearly_imports"): Interval(1),
    }


def test_some_certificates_do_not_count():
    """Those of private CAs and of ACME; whether expired ones count is disputed."""
    assert uses(held(type=CertificateType.PRIVATE)) == {}
    assert uses(held(key_pair_origin=KeyPairOrigin.ACME)) == {}
    expired = held(age=400, status=CertificateStatus.EXPIRED)
    assert uses(expired) == {("eu-west-1", "certificates"): Interval(0, 1)}


def test_the_quota_in_force_replaces_the_default():
    """Where AWS reported it; others are defaults."""
    quota = ServiceQuota("L-1", "ACM certificates", 3.0, "123456789012", "eu-west-1")
    other = ServiceQuota("L-2", "Tags", 1.0, "123456789012", "eu-west-1")
    known = [*[held()] * 4, held("us-east-1")]
    found = quota_uses(known, AccountQuotas([quota, other], AS_OF), AS_OF)
    assert [(each.scope.region, each.bound, each.is_stated) for each in found[:1]] == [
        ("eu-west-1", 3, True)
    ]
    assert found[0].is_exceeded
    assert {each.bound for each in found if not each.is_stated} == {2_500, 5_000}
    assert AccountQuotas([quota], AS_OF).of("1", "eu-west-1").certificates == 2_500
