"""Phrases of the reports on inventories."""

import pytest
from tests.support import inventories
from tests.support.account_reports import report_on

from acmrules.analysis.quotas import QuotaScope, QuotaUse
from acmrules.diagnosis import CertificateDetail
from acmrules.names import parse_name
from acmrules.renewal import Interval
from acmrules.reports.inventory.phrases import heading, name_of, share, shown, summary, use_of


def test_the_heading_and_the_summary_are_true_of_nothing():
    """An account may be empty, or may not have been read."""
    empty = report_on(inventories.inventory([], ["eu-west-1"]))
    assert heading(empty) == (
        "0 certificates of account 123456789012 in 1 Region, as of 2026-11-30"
    )
    assert summary(empty) == "no certificates"
    denied = inventories.refused("ListCertificates", "us-west-2", "AccessDeniedException", "no")
    assert summary(report_on(inventories.inventory([], [], [denied]))) == (
        "no certificates were read"
    )


def test_the_summary_agrees_with_its_numbers():
    """One certificate needs you, and two need you."""
    failed = [
        inventories.pending(n, "eu-west-1", [f"h{n}.tidewater.dev"], Status="FAILED")
        for n in range(2)
    ]
    assert summary(report_on(inventories.inventory(failed[:1]))) == "1 needs you"
    assert summary(report_on(inventories.inventory(failed))) == "2 need you"


def test_a_certificate_has_its_primary_name():
    """And the number of the others."""
    names = tuple(map(parse_name, ("a.io", "b.io", "c.io")))
    assert name_of(CertificateDetail("arn", names)) == "a.io and 2 more"
    assert name_of(CertificateDetail("arn", names[:1])) == "a.io"
    assert name_of(CertificateDetail("arn")) == "unknown names"
    assert shown(["a", "b", "c", "d"]) == ["a", "b", "c", "and 1 more"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"in_use_by": ("a", "b")}, "2 resources"),
        ({"in_use_by": ()}, "nothing"),
        ({"in_use": False}, "nothing"),
        ({"in_use": True}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_use_is_a_number_of_resources(fields, words):
    """Lists do not have their ARNs."""
    assert use_of(CertificateDetail("arn", **fields)) == words


@pytest.mark.parametrize(
    ("number", "bound", "words"),
    [
        (Interval(5, 5), 10, "50%"),
        (Interval(12, 12), 10, "120% EXCEEDED"),
        (Interval(1), 10, "at least 10%"),
        (Interval(1, 1), 5000, "under 0.1%"),
        (Interval(1, 1), 0, ""),
    ],
)
def test_the_share_of_a_quota_is_in_percent(number, bound, words):
    """A quota of zero has no share."""
    use = QuotaUse(QuotaScope("1", "eu-west-1"), "certificates", number, bound, True)
    assert share(use) == words
