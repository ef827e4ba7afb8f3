"""What files show of AWS accounts."""

from acmrules.model.account import Account, ListedRegion, Refusal, ServiceQuota


def test_an_empty_account_shows_nothing():
    """Without responses, every part of an account is empty."""
    found = Account()
    assert all(not getattr(found, field) for field in Account._fields if field != "dns")
    assert (found.dns.answers, found.dns.zones) == ((), ())


def test_parts_are_values():
    """Equal parts of two files are one, because values are equal by their content."""
    quota = ServiceQuota("L-F141DD1D", "ACM certificates", 2500.0)
    assert {quota, ServiceQuota("L-F141DD1D", "ACM certificates", 2500.0)} == {quota}
    assert (quota.account, quota.region) == ("", "")
    assert Refusal("ListCertificates", "ThrottlingException").message == ""
    assert ListedRegion("123456789012", "eu-west-1").hides == ()
