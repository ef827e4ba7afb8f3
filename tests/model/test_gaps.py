"""What AWS did not answer."""

import pytest

from acmrules.model.account import Account, ListedRegion, Refusal
from acmrules.model.gaps import gaps, missing
from acmrules.network.aws.operations import OPERATIONS, ZONE_OPERATIONS


def refusal(operation, code="AccessDeniedException", message="no", region="eu-west-1"):
    """Return a refusal."""
    return Refusal(operation, code, message, "123456789012", region)


@pytest.mark.parametrize("operation", [each.name for each in (*OPERATIONS, *ZONE_OPERATIONS)])
def test_each_refusal_says_what_is_unknown(operation):
    """In words of its own."""
    [gap] = gaps(Account(refusals=(refusal(operation),)))
    assert (gap.operation, gap.code, gap.message, gap.is_gone) == (
        operation,
        "AccessDeniedException",
        "no",
        False,
    )
    assert "the result of" not in gap.unknown
    assert "{" not in gap.unknown


def test_refusals_that_are_alike_are_one_gap():
    """With their number."""
    alike = [refusal("DescribeCertificate", message=str(each)) for each in range(3)]
    other = refusal("DescribeCertificate", region="us-east-1")
    found = gaps(Account(refusals=(*alike, other)))
    assert [(each.region, each.number) for each in found] == [("eu-west-1", 3), ("us-east-1", 1)]
    assert found[0].unknown == "only the entry in the list of 3 certificates in eu-west-1 is known"


def test_a_deleted_certificate_leaves_nothing_unknown():
    """It is gone."""
    [gap] = gaps(Account(refusals=(refusal("DescribeCertificate", "ResourceNotFoundException"),)))
    assert gap.is_gone
    assert gap.unknown == "1 certificate was deleted while the inventory was read"


def test_a_region_may_be_listed_in_part():
    """If one of its listings was refused."""
    refused = refusal("ListCertificates")
    [gap] = gaps(Account(refusals=(refused,)))
    assert gap.unknown == "the certificates in eu-west-1 are unknown"
    listed = ListedRegion("123456789012", "eu-west-1")
    [gap] = gaps(Account(refusals=(refused,), listed=(listed,)))
    assert gap.unknown == "other certificates in eu-west-1 are unknown"


def test_what_every_listing_hides_is_unknown():
    """Two listings may show everything together."""
    usual = ListedRegion("123456789012", "eu-west-1", hides=("ACME", "N2"))
    n2 = usual.__replace__(hides=("ACME",))
    [gap] = gaps(Account(listed=(usual,)))
    assert gap.unknown == "the list of eu-west-1 hides certificates: ACME, N2"
    [gap] = gaps(Account(listed=(usual, n2)))
    assert gap.unknown == "the list of eu-west-1 hides certificates: ACME"
    assert gaps(Account(listed=(usual, n2.__replace__(hides=())))) == ()


def test_other_operations_are_reported_too():
    """A file may contain any refusal."""
    [gap] = gaps(Account(refusals=(refusal("GetSomething"),)))
    assert gap.unknown == "the result of GetSomething is unknown"


def test_a_region_that_is_not_enabled_has_a_hint():
    """AWS only says that the token is invalid."""
    [gap] = gaps(Account(refusals=(refusal("ListCertificates", "UnrecognizedClientException"),)))
    assert gap.unknown.endswith("are unknown; the Region may not be enabled")


def test_a_deleted_certificate_is_not_missing():
    """Other refusals are, and so is what a listing hides."""
    gone = refusal("DescribeCertificate", "ResourceNotFoundException")
    account = Account(refusals=(gone, refusal("ListServiceQuotas")))
    assert [each.operation for each in missing(account)] == ["ListServiceQuotas"]


def test_a_gap_is_one_sentence():
    """It names the call, the error, and what is unknown."""
    [gap] = gaps(Account(refusals=(refusal("ListCertificates"),)))
    assert str(gap) == (
        "ListCertificates in eu-west-1 failed (AccessDeniedException): the certificates in"
        " eu-west-1 are unknown"
    )
    alike = [refusal("DescribeCertificate", message=str(each)) for each in range(3)]
    [gap] = gaps(Account(refusals=tuple(alike)))
    assert str(gap).startswith("3 calls of DescribeCertificate in eu-west-1 failed (")
    [gap] = gaps(Account(listed=(ListedRegion("123456789012", "eu-west-1", hides=("ACME",)),)))
    assert str(gap) == "the list of eu-west-1 hides certificates: ACME"
