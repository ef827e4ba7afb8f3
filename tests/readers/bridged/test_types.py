"""Types of resources of Pulumi and Crossplane."""

import pytest

from acmrules.readers.bridged.types import CROSSPLANE, PULUMI, token
from acmrules.readers.terraform.resources.consumers import KUBERNETES, TYPES

LACKING = {
    *("aws_acmpca_certificate", "aws_acmpca_certificate_authority", "aws_acmpca_permission"),
    "aws_cloudfront_multitenant_distribution",
}
"""The types that no table has: synonyms, private CAs, and objects of clusters."""


@pytest.mark.parametrize("table", [PULUMI, CROSSPLANE])
def test_each_type_is_one_that_is_read(table):
    """A type that the reader of Terraform does not know would be ignored."""
    assert set(table.values()) <= TYPES


def test_pulumi_has_all_types():
    """A new consumer of Terraform is one of Pulumi too."""
    of_terraform = {kind for kind in TYPES - KUBERNETES if "_alb_" not in kind}
    assert of_terraform - set(PULUMI.values()) == LACKING


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("aws:acm:Certificate", "acm/Certificate"),
        ("aws:acm/certificate:Certificate", "acm/Certificate"),
        ("aws:lb:Listener", "lb/Listener"),
        ("gcp:acm:Certificate", ""),
        ("pulumi:providers:aws", ""),
        ("aws", ""),
        ("", ""),
    ],
)
def test_tokens(written, expected):
    """The long and the short form of a type are the same."""
    assert token(written) == expected
