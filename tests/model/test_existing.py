"""Certificates that exist, as requests and as imports."""

from tests.support.account import ARN, described, listed

from acmrules.diagnosis import CertificateDetail
from acmrules.model.existing import imported_of, request_of
from acmrules.request import KeyAlgorithm, ValidationMethod
from acmrules.unresolved import UnresolvedNames


def request(data):
    return request_of(CertificateDetail.from_api(data))


def test_a_description_is_its_request():
    """A description has everything that the request can have, but its tags and its token."""
    found = request(described("brightharbor.io", "*.brightharbor.io"))
    assert [*map(str, found.names)] == ["brightharbor.io", "*.brightharbor.io"]
    assert found.key_algorithm is KeyAlgorithm.RSA_2048
    assert found.validation_method is ValidationMethod.DNS
    assert (found.region, found.export) == ("eu-west-1", "DISABLED")
    assert found.certificate_authority_arn is None
    assert not found.is_private


def test_a_validation_domain_is_an_option_if_it_is_not_the_name():
    """ACM describes one for each name, and a request states only those that differ."""
    detail = CertificateDetail.from_api(described("www.brightharbor.io"))
    (own,) = detail.validations
    for domain, options in (
        (None, []),
        ("www.brightharbor.io", []),
        ("brightharbor.io", ["brightharbor.io"]),
    ):
        shown = detail.__replace__(validations=(own.__replace__(validation_domain=domain),))
        found = request_of(shown).validation_options
        assert [str(each.validation_domain) for each in found] == options


def test_what_a_list_leaves_out_is_unknown():
    """An entry of a list has neither the method nor, perhaps, all names."""
    found = request(listed("brightharbor.io", HasAdditionalSubjectAlternativeNames=True))
    assert isinstance(found.names[-1], UnresolvedNames)
    assert str(found.validation_method) == "ValidationMethod"
    assert not any(isinstance(each, UnresolvedNames) for each in request(listed()).names)


def test_a_private_certificate_has_an_unknown_authority():
    """A list has no ARN of the private CA, but the certificate is private."""
    found = request(listed(Type="PRIVATE"))
    assert found.is_private
    assert found.validation_method is None


def test_an_import_is_no_request():
    """An imported certificate has its names and its validity, and no request."""
    detail = CertificateDetail.from_api(
        described("brightharbor.io", Type="IMPORTED", Serial="0a:1f")
    )
    assert request_of(detail) is None
    found = imported_of(detail)
    assert [*map(str, found.names)] == ["brightharbor.io"]
    assert (str(found.leaf.last_day), found.leaf.serial_number) == ("2027-03-17", 0x0A1F)
    assert found.exists
    assert not found.is_chain_known


def test_an_import_without_dates_has_no_content():
    """Without its validity, nothing of the content of an imported certificate is known."""
    detail = CertificateDetail(ARN)
    assert imported_of(detail).leaf is None
    assert imported_of(detail).region == "eu-west-1"
