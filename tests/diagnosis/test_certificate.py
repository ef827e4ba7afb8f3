"""A certificate that exists: what its ARN shows, and the reader of responses."""

import pytest
from tests.support.existing import ARN

from acmrules.diagnosis.certificate import CertificateDetail, CertificateStatus


@pytest.mark.parametrize(
    ("arn", "region", "account"),
    [
        (ARN, "eu-west-1", "123456789012"),
        ("arn:aws-cn:acm:cn-north-1:123456789012:certificate/a", "cn-north-1", "123456789012"),
        ("arn:aws:acm", "", ""),
        ("", "", ""),
    ],
)
def test_the_arn_has_the_region_and_the_account(arn, region, account):
    """A string that is not an ARN has neither."""
    found = CertificateDetail(arn)
    assert (found.region, found.account) == (region, account)


def test_a_response_is_read():
    """`from_api` reads what boto3 and the AWS CLI return."""
    found = CertificateDetail.from_api({"CertificateArn": ARN, "Status": "ISSUED"})
    assert found == CertificateDetail(ARN, status=CertificateStatus.ISSUED)
