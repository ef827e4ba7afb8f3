"""Drift: what files declare, what exists in accounts, and what is in use."""

import pytest
from tests.support.cloudformation import read
from tests.support.shown_accounts import (
    account_of,
    arn_of,
    asked,
    declared,
    detail,
    drift_of,
    listed,
)

from acmrules.analysis.drift import DriftKind, drift_report, drifts
from acmrules.diagnosis.certificate import CertificateStatus, KeyPairOrigin
from acmrules.model.inventory import Inventory
from acmrules.unresolved import Unknown, Unresolved


def test_a_certificate_as_declared_has_no_drift():
    """It is matched by its names and its Region."""
    assert drift_of([asked()], [detail()]) == ()


def test_without_files_about_an_account_there_is_no_drift():
    """Nothing is known then, and the same holds without a declared certificate."""
    assert drifts(Inventory((asked(),))) == ()
    assert drift_of([], [detail()]) == ()


@pytest.mark.parametrize(
    "status", [each for each in CertificateStatus if each is not CertificateStatus.ISSUED]
)
def test_a_certificate_that_is_not_issued_is_reported(status):
    """Its status is in the text."""
    [drift] = drift_of([asked()], [detail(status=status)])
    assert drift.kind is DriftKind.NOT_ISSUED
    assert f"`{status}`" in drift.text


def test_a_certificate_does_not_exist_only_if_its_region_is_listed():
    """Without a list, or if the list leaves certificates out, that is unknown."""
    [drift] = drift_of([asked()], [])
    assert drift.kind is DriftKind.NOT_FOUND
    assert drift.text == (
        "the certificate does not exist in `eu-west-1` of account `123456789012` on 2026-11-30"
    )
    [drift] = drift_of([asked()], [], listed=(listed("us-east-1"),))
    assert (drift.kind, drift.is_certain) == (DriftKind.NOT_LISTED, False)
    [drift] = drift_of([asked()], [], listed=(listed(hides=("EC_prime256v1",)),))
    assert (drift.kind, drift.is_certain) == (DriftKind.NOT_LISTED, False)
    assert "leaves out `EC_prime256v1`" in drift.text
    [drift] = drift_of([asked(region=None)], [])
    assert (drift.kind, drift.is_certain) == (DriftKind.NOT_LISTED, False)


def test_a_certificate_that_is_not_declared_is_at_its_own_location():
    """That is known only for a Region that is listed as a whole."""
    others = detail("lighthouse.io", number=2)
    [drift] = drift_of([asked()], [detail(), others])
    assert (drift.kind, drift.file, drift.line) == (DriftKind.NOT_DECLARED, "account.json", 2)
    [drift] = drift_of([asked()], [detail(), others], listed=())
    assert drift.kind is DriftKind.NOT_LISTED
    assert "no file here declares 1 certificate in `eu-west-1`" in drift.text


@pytest.mark.parametrize(
    "owner", [{"managed_by": "CLOUDFRONT"}, {"key_pair_origin": KeyPairOrigin.ACME}]
)
def test_certificates_of_others_need_no_declaration(owner):
    """CloudFront and clients of ACME request certificates on their own."""
    assert drift_of([asked()], [detail(), detail("lighthouse.io", number=2, **owner)]) == ()


def test_a_declaration_with_unknown_names_may_be_any_certificate():
    """So none is reported as not declared."""
    open_ = asked(Unresolved((Unknown("${Name}"),)), address="Open")
    drift = drift_of([asked(), open_], [detail(), detail("lighthouse.io", number=2)])
    assert [each.kind for each in drift] == [DriftKind.NOT_LISTED]
    assert "the names are unknown" in drift[0].text


def test_a_certificate_that_no_resource_uses_is_reported():
    """One that was exported is used elsewhere."""
    idle = {"in_use": False, "in_use_by": ()}
    [drift] = drift_of([asked()], [detail(**idle)])
    assert drift.kind is DriftKind.UNUSED
    assert drift_of([asked()], [detail(**idle, was_exported=True)]) == ()


def test_a_template_is_compared_with_an_account():
    """The location of a difference is that of the name in the template."""
    template = read(
        """
        Resources:
          Certificate:
            Type: AWS::CertificateManager::Certificate
            Properties:
              DomainName: brightharbor.io
              SubjectAlternativeNames:
                - www.brightharbor.io
              ValidationMethod: DNS
        """
    )
    inventory = Inventory(
        (*template, *declared(detail())), account=account_of(detail(), listed=(listed(),))
    )
    report = drift_report(inventory)
    [drift] = report.drifts
    assert drift.location.text == "www.brightharbor.io"
    [pair] = report.pairs
    assert (pair.address, pair.existing.arn) == ("Certificate", arn_of(1))
