"""Imported certificates, and those of ACME clients."""

import pytest
from tests.support.existing import NOW, OF_CERTIFICATE, certificate, in_days, issued

from acmrules.diagnosis import (
    Cause,
    Certainty,
    CertificateType,
    KeyPairOrigin,
    State,
    diagnose,
)

IMPORTED = {"type": CertificateType.IMPORTED, "method": None, "is_renewable": False}


@pytest.mark.parametrize(("days", "state"), [(46, State.FINE), (45, State.WAITING_FOR_YOU)])
def test_an_imported_certificate_is_imported_again(days, state):
    """From 45 days before expiry, AWS reports it, and you act."""
    found = diagnose(issued(days, **IMPORTED), as_of=NOW)
    assert found.state is state


def test_the_import_keeps_the_arn():
    """Services use the ARN, so the next certificate is imported into it."""
    found = diagnose(issued(10, **IMPORTED), as_of=NOW)
    assert found.title == "the certificate expires in 10 days, and ACM does not renew it"
    (obstacle,) = found.obstacles
    assert (obstacle.cause, obstacle.certainty) == (Cause.IMPORT_AGAIN, Certainty.CERTAIN)
    assert "import it into the same ARN" in obstacle.remedy
    assert obstacle.commands == (
        (
            f"aws acm import-certificate {OF_CERTIFICATE} --certificate fileb://certificate.pem"
            " --private-key fileb://private-key.pem --certificate-chain fileb://chain.pem"
            " --region eu-west-1"
        ),
    )


def test_an_expired_import_is_imported_again():
    """The remedy of an imported certificate is the same after its expiry."""
    found = diagnose(issued(-1, **IMPORTED), as_of=NOW)
    (obstacle,) = found.obstacles
    assert (found.state, obstacle.cause) == (State.BROKEN, Cause.EXPIRED)
    assert "import it into the same ARN" in obstacle.remedy
    assert obstacle.commands[0].startswith(f"aws acm import-certificate {OF_CERTIFICATE} ")


def test_before_that_the_date_is_a_deadline():
    """AWS begins to report the expiry 45 days before it."""
    found = diagnose(issued(100, **IMPORTED), as_of=NOW)
    assert [(each.at, each.text) for each in found.deadlines] == [
        (in_days(55), "AWS begins to report the expiry"),
        (in_days(100), "the certificate expires"),
    ]


def test_an_imported_certificate_without_an_expiry_is_unknown():
    """An old list has no expiry."""
    assert diagnose(certificate(**IMPORTED), as_of=NOW).state is State.UNKNOWN


@pytest.mark.parametrize(
    "fields",
    [
        {"key_pair_origin": KeyPairOrigin.ACME},
        {"acme_endpoint_arn": "arn:aws:acm:eu-west-1:123456789012:acme-endpoint/a"},
    ],
)
def test_an_acme_client_renews_with_another_certificate(fields):
    """The expiry of a certificate of an ACME client does not prove that anything is wrong."""
    found = diagnose(issued(10, is_renewable=False, **fields), as_of=NOW)
    assert (found.state, found.obstacles[0].certainty) == (State.FINE, Certainty.OPEN)
    expired = diagnose(issued(-1, **fields), as_of=NOW)
    assert (expired.state, expired.title) == (
        State.UNKNOWN,
        "the certificate of an ACME client expired at 2026-11-29 12:00 UTC",
    )
    assert diagnose(certificate("EXPIRED", **fields), as_of=NOW).state is State.UNKNOWN
