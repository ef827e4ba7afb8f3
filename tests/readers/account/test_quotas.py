"""Quotas of ACM and the account."""

from tests.support.account_files import account, notes, saved

from acmrules.model.account import ServiceQuota


def test_quotas_have_their_account_and_region():
    """Their ARN shows the account and the Region; a newer code is data like the others."""
    found = account(saved("list-service-quotas")).quotas
    assert found[0] == ServiceQuota(
        "L-F141DD1D", "ACM certificates", 2500.0, "123456789012", "eu-west-1"
    )
    assert [each.code for each in found] == ["L-F141DD1D", "L-D2CB7DE9", "L-00000000"]
    assert account(saved("get-service-quota")).quotas[0].value == 5000


def test_quotas_of_other_services_do_not_matter():
    """A list of another service has nothing about certificates."""
    data = saved("get-service-quota")
    data["Quota"]["ServiceCode"] = "ec2"
    assert not account(data).quotas


def test_a_wrong_quota_is_reported():
    """A quota without a number is one line."""
    data = saved("list-service-quotas")
    data["Quotas"][1]["Value"] = "many"
    [note] = notes(data)
    assert "a quota is not valid: Value: must be a number" in note
    assert len(account(data).quotas) == 2


def test_the_account_is_known_by_the_identity():
    """The identity of the caller shows the account, once."""
    assert account(saved("get-caller-identity"), saved("get-caller-identity")).ids == (
        "123456789012",
    )
