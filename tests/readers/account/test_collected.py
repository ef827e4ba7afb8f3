"""What the responses of a file show, collected."""

from tests.support.account import arn_of
from tests.support.account_files import notes, read, saved

from acmrules.model.account import Account


def test_a_file_has_its_certificates_and_the_rest():
    """The last declaration of a file is what it shows apart from its certificates."""
    found = read(saved("inventory"))
    assert [each.address for each in found] == [arn_of(1), arn_of(90), "$"]
    rest = found[-1].variants[0]
    assert rest.request is None
    assert len(rest.account.quotas) == 3
    assert len(rest.zones) == 2


def test_without_a_rest_there_are_only_certificates():
    """A description shows nothing else."""
    [only] = read(saved("issued"))
    assert only.variants[0].account is None


def test_certificates_have_the_dns_resources_of_their_file():
    """CAA records in the same file are those that a check of the certificate uses."""
    variant = read(saved("inventory"))[0].variants[0]
    assert [str(each.name) for each in variant.caa] == ["brightharbor.io"]
    assert variant.location(("caa", 0)).text == "brightharbor.io."


def test_notes_are_those_of_the_file():
    """What was not read is in the account of the file, and is reported with the file."""
    data = [saved("issued"), {"Name": "x"}]
    [*_, rest] = read(data)
    assert rest.variants[0].account == Account(not_checked=rest.variants[0].account.not_checked)
    assert len(notes(data)) == 1
