"""The shapes of the ACM API that contain certificates, compared with the model of the SDK."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateStatus,
    CertificateType,
    DomainValidation,
    FailureReason,
    HttpRedirect,
    KeyPairOrigin,
    RenewalStatus,
    RenewalSummary,
    ResourceRecord,
    UpdateStatus,
    UpdateSummary,
    ValidationStatus,
)
from acmrules.diagnosis.responses import certificate
from acmrules.diagnosis.validation_lists import domain_validations
from acmrules.errors import InvalidArgument
from acmrules.names import DomainName
from acmrules.request import CertificateUsage, KeyAlgorithm, RootHierarchyType, ValidationMethod
from acmrules.unresolved import Malformed

ARN = "arn:aws:acm:eu-west-1:123456789012:certificate/6f1d0c9e-0000-4000-8000-000000000001"
TIME = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)

NOT_NEEDED = {
    "CertificateDetail.AcmeAccountId": "no diagnosis depends on the account of the ACME client",
    "CertificateDetail.SignatureAlgorithm": "it follows from the keys of the CA",
    "CertificateDetail.Subject": "its common name is `DomainName`",
    "UpdateSummary.DomainValidationMethodUpdateSummary": "only EMAIL can change, and only to DNS",
    "UpdateSummary.Type": "it has one value",
    "AcmCertificateMetadata.AcmeAccountId": "as in a description",
    "GeneralName.DirectoryName": "the names of a certificate are domain names",
    "GeneralName.IpAddress": "as above",
    "GeneralName.OtherName": "as above",
    "GeneralName.RegisteredId": "as above",
    "GeneralName.Rfc822Name": "as above",
    "GeneralName.UniformResourceIdentifier": "as above",
    "ListCertificateDomainValidationsResponse.NextToken": "the reader follows pages",
} | {
    f"DistinguishedName.{member}": "the organization or the common name identifies the CA"
    for member in (
        *("Country", "CustomAttributes", "DistinguishedNameQualifier", "DomainComponents"),
        *("GenerationQualifier", "GivenName", "Initials", "Locality", "OrganizationalUnit"),
        *("Pseudonym", "SerialNumber", "State", "Surname", "Title"),
    )
}
"""The members that are not read, with the reason."""

ENUMERATIONS = {
    "CertificateStatus": CertificateStatus,
    "CertificateType": CertificateType,
    "FailureReason": FailureReason,
    "DomainStatus": ValidationStatus,
    "RenewalStatus": RenewalStatus,
    "UpdateStatus": UpdateStatus,
    "CertificateKeyPairOrigin": KeyPairOrigin,
    "ValidationMethod": ValidationMethod,
    "KeyAlgorithm": KeyAlgorithm,
    "RootHierarchyType": RootHierarchyType,
    "CertificateUsage": CertificateUsage,
}


@cache
def model():
    """Return the model of ACM in the AWS SDK."""
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    return ServiceModel(Loader().load_service_model("acm", "service-2"))


class Recorded(dict):
    """An object that records which of its members are read."""

    def __init__(self, shape, seen):
        super().__init__()
        self.shape, self.seen = shape, seen

    def get(self, member, default=None):
        """Return the sample of a member."""
        if member not in self.shape.members:
            return default
        self.seen.add(f"{self.shape.name}.{member}")
        return sample(self.shape.members[member], self.seen)


def sample(shape, seen):
    """Return a value of a shape, with all members."""
    if shape.type_name == "structure":
        return Recorded(shape, seen)
    if shape.type_name == "list":
        return [sample(shape.member, seen)]
    if shape.type_name == "timestamp":
        return TIME
    if shape.type_name == "boolean":
        return True
    return shape.enum[0] if getattr(shape, "enum", None) else "example.com"


def members(shape):
    """Yield the members of a structure and of those in it."""
    for name, member in shape.members.items():
        yield f"{shape.name}.{name}"
        inner = member.member if member.type_name == "list" else member
        if inner.type_name == "structure" and f"{shape.name}.{name}" not in NOT_NEEDED:
            yield from members(inner)


@pytest.mark.parametrize(
    "name",
    [
        "DescribeCertificateResponse",
        "CertificateSummary",
        "CertificateSearchResult",
        "ListCertificateDomainValidationsResponse",
    ],
)
def test_every_member_of_the_model_is_read_or_has_a_reason(name):
    """Every member in the model of a shape is read, or it is listed with a reason."""
    shape, seen = model().shape_for(name), set()
    read = domain_validations if name.startswith("List") else certificate
    read(sample(shape, seen))
    everything = set(members(shape))
    assert everything - seen == {each for each in NOT_NEEDED if each in everything}


@pytest.mark.parametrize(("name", "kind"), ENUMERATIONS.items())
def test_the_enumerations_are_those_of_the_model(name, kind):
    """Each enumeration has the values of the model."""
    assert {each.value for each in kind} == {*model().shape_for(name).enum}


def test_reasons_of_renewals_are_those_of_failures():
    """The model has one enumeration for both."""
    assert (
        model().shape_for("RenewalSummary").members["RenewalStatusReason"].name == "FailureReason"
    )


DESCRIBED = {
    "CertificateArn": ARN,
    "DomainName": "example.com",
    "SubjectAlternativeNames": ["example.com", "www.example.com"],
    "DomainValidationOptions": [
        {
            "DomainName": "example.com",
            "ValidationDomain": "example.com",
            "ValidationStatus": "PENDING_VALIDATION",
            "ResourceRecord": {
                "Name": "_A79865eb.example.com.",
                "Type": "CNAME",
                "Value": "_424c7224.acm-validations.aws.",
            },
            "ValidationMethod": "DNS",
        },
        {
            "DomainName": "www.example.com",
            "ValidationStatus": "SUCCESS",
            "ValidationMethod": "DNS",
        },
    ],
    "Subject": "CN=example.com",
    "Issuer": "Amazon",
    "CreatedAt": "2026-11-24T09:30:00.123000+01:00",
    "Status": "PENDING_VALIDATION",
    "KeyAlgorithm": "RSA-2048",
    "SignatureAlgorithm": "SHA256WITHRSA",
    "InUseBy": [],
    "Type": "AMAZON_ISSUED",
    "KeyUsages": [{"Name": "DIGITAL_SIGNATURE"}],
    "ExtendedKeyUsages": [
        {"Name": "TLS_WEB_SERVER_AUTHENTICATION", "OID": "1.3.6.1.5.5.7.3.1"},
        {"Name": "CUSTOM", "OID": "1.2.3"},
    ],
    "RenewalEligibility": "INELIGIBLE",
    "Options": {"CertificateTransparencyLoggingPreference": "ENABLED", "Export": "DISABLED"},
}


def test_a_description():
    """A description has every field that applies."""
    found = CertificateDetail.from_api({"Certificate": DESCRIBED})
    assert found == CertificateDetail(
        ARN,
        names=(DomainName("example.com"), DomainName("www.example.com")),
        names_known=True,
        described=True,
        type=CertificateType.AMAZON_ISSUED,
        status=CertificateStatus.PENDING_VALIDATION,
        key_algorithm=KeyAlgorithm.RSA_2048,
        method=ValidationMethod.DNS,
        validations=(
            DomainValidation(
                DomainName("example.com"),
                ValidationMethod.DNS,
                ValidationStatus.PENDING_VALIDATION,
                ResourceRecord("_a79865eb.example.com", "CNAME", "_424c7224.acm-validations.aws"),
                "example.com",
            ),
            DomainValidation(
                DomainName("www.example.com"), ValidationMethod.DNS, ValidationStatus.SUCCESS
            ),
        ),
        created_at=datetime(2026, 11, 24, 8, 30, 0, 123000, UTC),
        in_use=False,
        in_use_by=(),
        is_renewable=False,
        can_export=False,
        transparency_logging="ENABLED",
        issuer="Amazon",
        key_usages=("DIGITAL_SIGNATURE",),
        extended_key_usages=("TLS_WEB_SERVER_AUTHENTICATION", "1.2.3"),
    )
    assert (found.region, found.account) == ("eu-west-1", "123456789012")
    assert CertificateDetail.from_api(DESCRIBED) == found


def test_a_description_of_renewal_and_change():
    """The renewal and the change of the method are read, each with its validations."""
    found = certificate(
        {
            "CertificateArn": ARN,
            "RenewalSummary": {
                "RenewalStatus": "PENDING_VALIDATION",
                "RenewalStatusReason": "CAA_ERROR",
                "DomainValidationOptions": [
                    {
                        "DomainName": "example.com",
                        "ValidationMethod": "HTTP",
                        "ValidationEmails": [],
                        "HttpRedirect": {"RedirectFrom": "http://a/", "RedirectTo": "https://b/"},
                    }
                ],
                "UpdatedAt": TIME,
            },
            "UpdateSummary": {"Status": "FAILED", "RequestedAt": TIME, "UpdatedAt": TIME},
        }
    )
    validation = DomainValidation(
        DomainName("example.com"),
        ValidationMethod.HTTP,
        validation_emails=(),
        redirect=HttpRedirect("http://a/", "https://b/"),
    )
    assert found.renewal == RenewalSummary(
        RenewalStatus.PENDING_VALIDATION, FailureReason.CAA_ERROR, (validation,), TIME
    )
    assert found.update == UpdateSummary(UpdateStatus.FAILED, TIME, TIME)
    assert not found.names_known


def test_an_entry_of_a_list():
    """An entry of a list says whether its names are all names, and whether it was exported."""
    entry = {
        "CertificateArn": ARN,
        "DomainName": "example.com",
        "SubjectAlternativeNameSummaries": ["example.com", "*.example.com"],
        "HasAdditionalSubjectAlternativeNames": False,
        "Status": "ISSUED",
        "InUse": True,
        "Exported": False,
        "ExportOption": "ENABLED",
        "NotAfter": 1790000000.5,
        "KeyUsages": ["ANY"],
    }
    found = certificate(entry)
    assert (found.described, found.names_known) == (False, True)
    assert [*map(str, found.names)] == ["example.com", "*.example.com"]
    assert (found.in_use, found.was_exported, found.can_export) == (True, False, True)
    assert found.not_after == datetime.fromtimestamp(1790000000.5, UTC)
    assert found.key_usages == ("ANY",)
    assert not certificate(entry | {"HasAdditionalSubjectAlternativeNames": True}).names_known
    assert not certificate({"CertificateArn": ARN, "DomainName": "example.com"}).names_known


def test_an_entry_of_a_search():
    """An entry of a search has its names in the attributes of X.509; other names are left out."""
    found = certificate(
        {
            "CertificateArn": ARN,
            "X509Attributes": {
                "Issuer": {"Organization": "Amazon", "CommonName": "Amazon RSA 2048 M02"},
                "Subject": {"CommonName": "b.example.com"},
                "SubjectAlternativeNames": [
                    {"DnsName": "a.example.com"},
                    {"DnsName": "b.example.com"},
                    {"IpAddress": "192.0.2.1"},
                ],
                "SerialNumber": "0a",
            },
            "CertificateMetadata": {
                "AcmCertificateMetadata": {"RenewalStatus": "SUCCESS", "Status": "ISSUED"}
            },
        }
    )
    assert [*map(str, found.names)] == ["b.example.com", "a.example.com"]
    assert found.names_known
    assert found.renewal == RenewalSummary(RenewalStatus.SUCCESS)
    assert (found.issuer, found.serial, found.described) == ("Amazon", "0a", False)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "must be an object, not a list"),
        ({}, "the member `CertificateArn` is missing"),
        ({"Certificate": {"CertificateArn": ARN}}, "Certificate: the member `DomainName` is"),
        ({"CertificateArn": 1}, "CertificateArn: must be a string, not an integer"),
        ({"CertificateArn": ARN, "InUse": "yes"}, "InUse: must be a boolean, not a string"),
        ({"CertificateArn": ARN, "NotAfter": "soon"}, "NotAfter: `soon` is not a time such as"),
        ({"CertificateArn": ARN, "NotAfter": True}, "NotAfter: must be a time, not a boolean"),
        ({"CertificateArn": ARN, "NotAfter": 1e300}, r"NotAfter: `1e\+300` is not a time"),
        ({"CertificateArn": ARN, "InUseBy": "x"}, "InUseBy: must be a list, not a string"),
        (
            {"CertificateArn": ARN, "DomainValidationOptions": [{"ValidationStatus": "FAILED"}]},
            r"DomainValidationOptions\[0\]: the member `DomainName` is missing",
        ),
        (
            {"CertificateArn": ARN, "RenewalSummary": {}},
            "RenewalSummary: the member `RenewalStatus` is missing",
        ),
    ],
)
def test_wrong_data_is_refused_with_its_place(data, message):
    """Data of the wrong type raises an error that names the member."""
    with pytest.raises(InvalidArgument, match=message):
        certificate(data)


class TestLaws:
    """What is true of all responses."""

    @given(st.text())
    def test_unknown_values_are_malformed(self, text):
        """A value that the model does not define is kept, and raises no error."""
        found = certificate({"CertificateArn": ARN, "Status": text, "Type": text})
        known = {each.value for each in CertificateStatus}
        assert found.status == (CertificateStatus(text) if text in known else Malformed(text))
        assert str(found.type) == text

    @given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5.5))])))
    def test_each_form_of_a_time_is_the_same_time(self, time):
        """A `datetime` and its ISO string are the same; out of range, both are refused."""
        forms = [time, time.isoformat()]
        if abs(time.year - 2026) < 50:
            forms.append(time.replace(microsecond=0).timestamp() + time.microsecond / 1e6)
        results = []
        for form in forms:
            try:
                results.append(certificate({"CertificateArn": ARN, "CreatedAt": form}).created_at)
            except InvalidArgument:
                results.append(None)
        assert all(
            (one is None) == (results[0] is None)
            and (one is None or abs(one - time) < timedelta(milliseconds=1))
            for one in results
        )

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(
                    st.sampled_from(
                        [
                            *(
                                "CertificateArn",
                                "Certificate",
                                "DomainName",
                                "Status",
                                "CreatedAt",
                                "Options",
                            ),
                            *(
                                "DomainValidationOptions",
                                "RenewalSummary",
                                "X509Attributes",
                                "InUseBy",
                            ),
                        ]
                    ),
                    inner,
                )
            ),
        )
    )
    def test_any_data_is_a_certificate_or_refused(self, data):
        """Whatever the data is, the result is a certificate or one clear error."""
        with suppress(InvalidArgument):
            assert isinstance(certificate(data), CertificateDetail)
