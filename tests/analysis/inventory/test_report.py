"""The report on accounts."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support import inventories
from tests.support.account_reports import report_on

from acmrules.analysis.account_quotas import account_uses
from acmrules.analysis.inventory.report import NEEDS_YOU, inventory_report
from acmrules.diagnosis import CertificateDetail, State, diagnose_all
from acmrules.diagnosis.expiry import EMAIL_END
from acmrules.model.account import Account, ListedRegion
from acmrules.suffix_lists import default_suffixes


def names(certificates):
    """Return the primary names of certificates or diagnoses."""
    found = (getattr(each, "certificate", each) for each in certificates)
    return [str(each.names[0]) for each in found]


def test_certificates_are_in_the_sections_of_their_state():
    """A certificate that is fine is in none but that of expiries."""
    region = "eu-west-1"
    report = report_on(
        inventories.inventory(
            [
                inventories.described(1, region, ["fine.brightharbor.io"]),
                inventories.pending(2, region, ["pending.brightharbor.io"]),
                inventories.pending(
                    3, region, ["failed.brightharbor.io"], Status="FAILED", FailureReason="OTHER"
                ),
                inventories.by_email(4, region, ["mail.lighthouse.io"]),
                inventories.described(
                    5, region, ["unused.tidewater.dev"], InUseBy=[], RenewalEligibility="INELIGIBLE"
                ),
            ]
        )
    )
    assert names(report.pending) == ["pending.brightharbor.io"]
    assert names(report.failed) == ["failed.brightharbor.io"]
    assert names(report.emails) == ["mail.lighthouse.io"]
    assert names(report.unused) == ["unused.tidewater.dev"]
    assert names(each.diagnosis for each in report.expiries) == [
        *("fine.brightharbor.io", "mail.lighthouse.io", "unused.tidewater.dev")
    ]
    assert report.accounts == (inventories.ACCOUNT,)
    assert report.read_at == inventories.AS_OF
    assert report.is_complete
    assert report.needs_you == 1
    assert EMAIL_END.start == date(2028, 3, 15)


@pytest.mark.parametrize(
    "status", ["FAILED", "VALIDATION_TIMED_OUT", "REVOKED", "EXPIRED", "INACTIVE"]
)
def test_a_certificate_that_is_over_has_failed(status):
    """Its section contains all states after which a certificate is not issued."""
    found = inventories.pending(1, "eu-west-1", ["a.tidewater.dev"], Status=status)
    report = report_on(inventories.inventory([found]))
    assert names(report.failed) == ["a.tidewater.dev"]
    assert report.pending == ()


@given(st.integers(0, 60))
def test_every_certificate_counts_in_its_region(number):
    """The numbers of the Regions add up to those of the states."""
    report = report_on(inventories.many(number))
    assert sum(each.total for each in report.regions) == number == len(report.diagnoses)
    assert sum(map(report.number, State)) == number
    assert {each.region for each in report.regions} >= {
        each.certificate.region for each in report.diagnoses
    }


def test_an_exported_certificate_may_be_in_use_anywhere():
    """So it is not unused."""
    unused = {"InUseBy": [], "RenewalEligibility": "INELIGIBLE"}
    for others in (
        {"Options": {"Export": "ENABLED", "ValidationMethod": "DNS"}},
        {"CertificateKeyPairOrigin": "ACME"},
        {"CertificateUsage": "CLIENT_AUTH_ONLY"},
    ):
        found = inventories.described(1, "eu-west-1", ["a.tidewater.dev"], **unused, **others)
        assert report_on(inventories.inventory([found])).unused == ()


def test_a_region_that_was_refused_is_not_empty():
    """It is not read, and the report is not complete."""
    denied = inventories.refused("ListCertificates", "us-west-2", "AccessDeniedException", "no")
    report = report_on(inventories.inventory([], ["eu-west-1"], [denied]))
    assert [(each.region, each.is_read) for each in report.regions] == [
        ("eu-west-1", True),
        ("us-west-2", False),
    ]
    assert not report.is_complete


def test_a_deleted_certificate_leaves_the_report_complete():
    """Nothing is missing."""
    gone = inventories.refused(
        "DescribeCertificate", "eu-west-1", "ResourceNotFoundException", "gone"
    )
    assert report_on(inventories.inventory([], ["eu-west-1"], [gone])).is_complete


def test_several_accounts_are_one_report():
    """Each certificate counts once, even if two files have it."""
    one = inventories.many(3)
    text = json.dumps(inventories.many(5)).replace(inventories.ACCOUNT, "210987654321")
    other = json.loads(text)
    report = report_on(one, one, other)
    assert report.accounts == ("123456789012", "210987654321")
    assert len(report.diagnoses) == 8


def test_the_date_of_the_report_decides():
    """Later, the same file has other deadlines."""
    data = inventories.inventory([inventories.described(1, "eu-west-1", ["a.tidewater.dev"])])
    later = report_on(data, as_of=inventories.AS_OF + timedelta(days=200))
    assert later.expiries == ()
    assert later.needs_you == 1


def test_whatever_needs_you_is_in_a_section_about_it():
    """The count at the top has a line for each certificate below."""
    report = report_on(inventories.many(60))
    listed = {
        each.certificate.arn
        for each in (*report.pending, *report.failed, *(o.diagnosis for o in report.not_renewed))
    }
    needing = {each.certificate.arn for each in report.diagnoses if each.state in NEEDS_YOU}
    assert needing
    assert needing <= listed


def test_quotas_are_used_as_in_the_calendar():
    """A certificate that was requested on the day of the report counts, at any time of the day."""
    late = CertificateDetail.from_api(inventories.pending(1, "eu-west-1", ["a.tidewater.dev"]))
    late = late.__replace__(created_at=inventories.AS_OF + timedelta(hours=5))
    account = Account((late,), listed=(ListedRegion(inventories.ACCOUNT, "eu-west-1"),))
    found = diagnose_all(account.certificates, as_of=inventories.AS_OF)
    report = inventory_report(account, found, inventories.AS_OF, default_suffixes())
    assert report.quotas == account_uses(account, inventories.AS_OF.date())
    assert {each.quota: each.number.least for each in report.quotas} == {
        "certificates": 1,
        "yearly_requests": 1,
    }
