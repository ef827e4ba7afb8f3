"""Certificates in the responses of ACM."""

import json

import pytest
from tests.support.account import arn_of, described, listed
from tests.support.account_files import account, notes, read, saved

from acmrules.diagnosis import RenewalStatus, UpdateStatus, ValidationStatus
from acmrules.facts import acm
from acmrules.model.account import ListedRegion
from acmrules.request import KeyAlgorithm, ValidationMethod

ALL = {"keyTypes": [*acm.KEY_ALGORITHMS.value]}


def test_a_list_has_one_certificate_for_each_entry():
    """Each entry of a list is a certificate, with the names and the key that it shows."""
    found = account(saved("list-certificates")).certificates
    assert [each.arn for each in found] == [arn_of(1), arn_of(90)]
    assert [each.names_known for each in found] == [True, False]
    assert found[1].key_algorithm is KeyAlgorithm.EC_PRIME256V1
    assert not any(each.described for each in found)


def test_a_search_has_the_method_and_the_use():
    """A search shows more than a list: the validation method, for example."""
    [found] = account(saved("search-certificates")).certificates
    assert (found.method, found.in_use) == (ValidationMethod.DNS, True)


def test_validations_are_those_of_the_certificate_with_their_names():
    """A list of validations has no ARN, but its names are those of one certificate."""
    for contents in (
        [saved("issued"), saved("list-certificate-domain-validations")],
        [saved("list-certificate-domain-validations"), saved("issued")],
        [[saved("list-certificate-domain-validations"), saved("issued")]],
    ):
        found = account(*contents)
        [certificate] = found.certificates
        assert certificate.arn == arn_of(1)
        assert certificate.update.status is UpdateStatus.PENDING_DOMAIN_VALIDATION
        [validation] = certificate.update.validations
        assert validation.status is ValidationStatus.PENDING_VALIDATION
        assert not found.not_checked


@pytest.mark.parametrize(
    "others",
    [
        [],
        [described("other.brightharbor.io")],
        [listed("site1.brightharbor.io", arn=arn_of(n)) for n in (5, 6)],
    ],
)
def test_validations_of_none_or_several_certificates_are_reported(others):
    """If no certificate or several have the names, acmrules says what is missing."""
    found = account(saved("list-certificate-domain-validations"), others)
    [note] = found.not_checked
    assert "does not show its certificate" in str(note)
    assert all(each.update is None for each in found.certificates)


def test_a_wrong_certificate_is_reported_and_the_others_are_read():
    """One wrong entry among many is one line with its place."""
    entries = [listed(arn=arn_of(number)) for number in range(50)]
    entries[7]["KeyAlgorithm"] = ["RSA"]
    data = {"CertificateSummaryList": entries}
    assert len(account(data).certificates) == 49
    [note] = notes(data)
    assert note.startswith("account.json:1:")
    assert (
        "the certificate `00000000-0000-4000-8000-000000000007` is not valid: KeyAlgorithm:" in note
    )


@pytest.mark.parametrize("wrong", [None, 1, "x", [], {"DomainName": "x.io"}])
def test_an_entry_that_is_no_certificate_is_reported(wrong):
    """Whatever an entry is, it is one line."""
    data = {"CertificateSummaryList": [listed(), wrong]}
    assert len(account(data).certificates) == 1
    [note] = notes(data)
    assert "a certificate is not valid" in note


def test_a_list_that_is_no_list_is_reported():
    """A member of the wrong type is one line."""
    [note] = notes([{"CertificateSummaryList": {}}, described()])
    assert "the value of `CertificateSummaryList` is not a list" in note


def test_an_unfinished_list_is_reported_with_the_command():
    """A list with a token is the first part of the certificates."""
    data = {"CertificateSummaryList": [listed()], "NextToken": "abc"}
    [note] = notes(data)
    assert "is only the first part: run `aws acm list-certificates` without `--max-items`" in note
    assert not account(data).listed


def test_a_list_shows_its_regions_and_what_it_may_hide():
    """Without its filters, a list leaves out what ACM leaves out by default."""
    [found] = account({"CertificateSummaryList": [listed()]}).listed
    hidden = ("key algorithms other than `RSA_1024`, `RSA_2048`", "ACME", "N2")
    assert found == ListedRegion("123456789012", "eu-west-1", None, hidden)
    more = listed(KeyAlgorithm="EC-prime256v1", CertificateKeyPairOrigin="ACME")
    [found] = account({"CertificateSummaryList": [more]}).listed
    assert found.hides == ("N2",)
    assert account(saved("search-certificates")).listed[0].hides == ()


def inventory_with(request, entries):
    """Return an inventory with one list, for these parameters."""
    response = {
        "operation": "ListCertificates",
        "account": "123456789012",
        "region": "eu-west-1",
        "request": request,
        "response": {"CertificateSummaryList": entries},
    }
    return {
        "acmrules": "1",
        "inventory": 1,
        "at": "2026-11-30T09:00:00+00:00",
        "responses": [response],
    }


def test_the_filters_of_a_list_show_what_it_hides():
    """An inventory has the parameters of its calls, so nothing is left open."""
    others = {"Includes": ALL, "CertificateKeyPairOrigins": ["ACME"]}
    [found] = account(inventory_with(others, [])).listed
    assert (found.region, found.hides) == ("eu-west-1", ("N2",))
    some = {"Includes": {"keyTypes": ["RSA_2048"]}, "CertificateStatuses": ["ISSUED"]}
    [found] = account(inventory_with(some, [])).listed
    assert "`RSA_4096`" in found.hides[0]
    assert found.hides[1:] == ("ACME", "N2", "statuses other than `ISSUED`")


def test_two_lists_together_show_everything():
    """The filter for N2 excludes all other certificates, so it takes two calls to list all."""
    others = {"Includes": ALL, "CertificateKeyPairOrigins": ["ACME"]}
    n2 = others | {"RootHierarchyTypes": ["N2_AMAZON_MANAGED"]}
    [found] = account(inventory_with(n2, [])).listed
    assert found.hides[1:] == ("ACME", "certificates other than N2")
    [found] = account(inventory_with(others, []), inventory_with(n2, [])).listed
    assert found.hides == ()
    [found] = account(inventory_with({}, []), inventory_with(n2, [])).listed
    assert found.hides[1:] == ("ACME",)


def test_times_may_be_numbers():
    """Older versions of the AWS CLI and other tools write times as seconds."""
    [found] = account(described(NotAfter=1805327999, CreatedAt=1788249600.5)).certificates
    assert found.not_after.isoformat() == "2027-03-17T23:59:59+00:00"


def test_values_of_newer_versions_of_the_api_are_kept():
    """An unknown status or member stays as it is, and nothing fails."""
    data = described(
        Status="SUSPENDED", FailureReason="NEW_REASON", Type="QUANTUM", Extra={"A": [1]}
    )
    [found] = account(data).certificates
    assert (str(found.status), str(found.failure_reason), str(found.type)) == (
        "SUSPENDED",
        "NEW_REASON",
        "QUANTUM",
    )


def test_a_renewal_is_read():
    """The renewal has its own validations."""
    [found] = account(saved("renewal-pending")).certificates
    assert found.renewal.status is RenewalStatus.PENDING_VALIDATION
    assert len(found.renewal.validations) == 1


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("NotAfter", "2026-12-02T00:00:00+00:00"),
        ("InUseBy", ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/x"]),
        ("RenewalSummary", {"RenewalStatus": "FAILED", "DomainValidationOptions": []}),
    ],
)
def test_descriptions_of_different_times_are_reported(member, value):
    """Which one is newer is unknown, and either could be the one that is used."""
    success = {"RenewalStatus": "SUCCESS", "DomainValidationOptions": []}
    usual = {"RenewalSummary": success, "InUseBy": ["arn:aws:a:b:c:d"]}
    one, two = described(**usual), described(**(usual | {member: value}))
    [note] = account(one, two).not_checked
    assert f"has another `{member}` than the one that acmrules uses" in str(note)
    assert not account(one, one).not_checked


def test_contradicting_descriptions_are_reported():
    """Of two descriptions that differ, the first counts, and the other is reported."""
    first, second = described(), described(Status="EXPIRED")
    for contents in ([first, second], [[first, second]]):
        found = account(*contents)
        [certificate] = found.certificates
        assert certificate.status == "ISSUED"
    [note] = account(first, second).not_checked
    assert "this description of `00000000-0000-4000-8000-000000000001` has another `Status`" in str(
        note
    )
    [note] = notes([first, second])
    assert "keep only the newer description" in note
    assert not account(first, first).not_checked


def test_each_certificate_of_a_file_has_its_place():
    """A declaration begins at its own object."""
    lines = ",\n".join(json.dumps(described(arn=arn_of(number))) for number in (1, 2))
    found = read(f"[\n{lines}\n]")
    assert [each.variants[0].location(()).line for each in found] == [2, 3]


def test_each_name_has_its_place():
    """A finding about a name points to it, in descriptions and in lists."""
    certificate = described("*.Brightharbor.io", "www.brightharbor.io")
    for data in (certificate, {"Certificate": certificate}, listed("a.io", "*.b.io")):
        variant = read(data)[0].variants[0]
        for index, name in enumerate(variant.names):
            assert variant.location(("names", index)).text.lower() == str(name)
    found = read(saved("search-certificates"))[0]
    assert found.variants[0].location(("names", 0)).text == "{"
    strange = described() | {"SubjectAlternativeNameSummaries": [1, None]}
    assert len(read(strange)) == 1
