"""The fields in which declared and existing certificates differ."""

from datetime import date
from types import SimpleNamespace

import pytest
from tests.support.shown_accounts import (
    AUTHORITY,
    REGION,
    arn_of,
    asked,
    detail,
    drift_of,
)

from acmrules.analysis.drift import DriftKind
from acmrules.analysis.drift_fields import differences
from acmrules.diagnosis.certificate import CertificateType
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import KeyAlgorithm, Tool, ValidationMethod
from acmrules.syntax.source import Source
from acmrules.unresolved import Unknown, Unresolved
from acmrules.x509 import Certificate, ImportedCertificate


@pytest.mark.parametrize(
    ("wanted", "exists", "field", "text"),
    [
        ({"key_algorithm": "EC_prime256v1"}, {}, "key_algorithm", "`RSA_2048`, not `EC_prime"),
        ({}, {"key_algorithm": KeyAlgorithm("EC_prime256v1")}, "key_algorithm", "`EC_prime256v1`"),
        ({}, {"method": "EMAIL"}, "validation_method", "EMAIL validation, not DNS"),
        ({"export": "ENABLED"}, {}, "export", "cannot be exported"),
        ({}, {"can_export": True}, "export", "can be exported"),
        (
            {"certificate_authority_arn": AUTHORITY, "validation_method": None},
            {},
            "certificate_authority_arn",
            "Amazon issues the certificate, not `arn:",
        ),
    ],
)
def test_each_field_is_compared(wanted, exists, field, text):
    """The drift has both values, and the address and ARN of the certificate."""
    [drift] = drift_of([asked(**wanted)], [detail(**exists)])
    assert (drift.kind, drift.field) == (DriftKind.DIFFERS, field)
    assert text in drift.text
    assert (drift.address, drift.arn) == ("Certificate", arn_of(1))
    assert drift.declared != drift.existing


def test_names_that_are_missing_or_not_declared_are_reported():
    """A certificate with the same primary name and similar names is the same one."""
    drift = drift_of(
        [asked("brightharbor.io", "www.brightharbor.io")],
        [detail("brightharbor.io", "api.brightharbor.io", "www.brightharbor.io")],
    )
    assert [each.text for each in drift] == [
        "the certificate contains `api.brightharbor.io`, which is not declared"
    ]
    drift = drift_of(
        [asked("brightharbor.io", "www.brightharbor.io")],
        [detail("brightharbor.io")],
    )
    assert [each.text for each in drift] == [
        "the certificate does not contain `www.brightharbor.io`"
    ]


def test_a_name_that_is_declared_twice_is_missing_once():
    """The difference is at the first place of the name."""
    wanted = asked("brightharbor.io", "www.brightharbor.io", "www.brightharbor.io")
    declared = SimpleNamespace(region=REGION, declaration=wanted)
    found = differences(declared, wanted.variants[0], detail("brightharbor.io"))
    assert [each.path for each in found] == [("names", 1)]


def test_another_primary_name_is_a_difference():
    """The same names in another order are not the same certificate for some services."""
    [drift] = drift_of(
        [asked("brightharbor.io", "www.brightharbor.io")],
        [detail("www.brightharbor.io", "brightharbor.io")],
    )
    assert drift.text == "the primary name of the certificate is `www.brightharbor.io`"


def test_an_unknown_region_matches_any():
    """So do unknown values of other fields."""
    unknown = Unresolved((Unknown("${Key}"),))
    assert drift_of([asked(region=None, key_algorithm=unknown)], [detail()]) == ()


def test_an_entry_of_a_list_may_have_more_names():
    """So its names are not compared."""
    entry = detail(names_known=False, described=False)
    assert drift_of([asked("brightharbor.io", "www.brightharbor.io")], [entry]) == ()


def test_imported_certificates_are_compared_with_their_files():
    """The certificate in ACM may be an older one."""
    leaf = Certificate(
        "CN=a",
        "CN=CA",
        1,
        3,
        "RSA_2048",
        "RSA",
        date(2026, 10, 1),
        date(2027, 12, 1),
        700,
        names=detail().names,
    )
    variant = Variant(None, (), {}, imported=ImportedCertificate(leaf=leaf, region=REGION))
    template = Declaration(Source("main.tf", ""), Tool.TERRAFORM, "Certificate", (variant,))
    there = detail(type=CertificateType.IMPORTED, method="DNS")
    [drift] = drift_of([template], [there])
    assert drift.text == (
        "the certificate in ACM is valid until 2027-04-16, that of the file until 2027-12-01"
    )


def test_the_method_of_a_private_certificate_does_not_matter():
    """A private CA validates nothing."""
    private = detail(
        type=CertificateType.PRIVATE,
        certificate_authority_arn=AUTHORITY,
        can_export=True,
        method="DNS",
    )
    wanted = asked(certificate_authority_arn=AUTHORITY, validation_method=None)
    assert drift_of([wanted], [private.__replace__(method=ValidationMethod.EMAIL)]) == ()
