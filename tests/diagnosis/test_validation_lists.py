"""Lists of the validations of a certificate, before and during a change of the method."""

import pytest

from acmrules.diagnosis.certificate import UpdateStatus, ValidationStatus
from acmrules.diagnosis.validation_lists import domain_validations
from acmrules.request import ValidationMethod

ARN = "arn:aws:acm:eu-west-1:123456789012:certificate/6f1d0c9e-0000-4000-8000-000000000001"


def configuration(status, record=None):
    """Return the configuration of a name, by DNS if there is a record."""
    challenge = {"DnsValidationChallenge": {"ResourceRecord": record}} if record else {}
    method = "DNS" if record else "EMAIL"
    return {
        "ValidationMethod": method,
        "ValidationStatus": status,
        "ValidationChallenge": challenge
        or {"EmailValidationChallenge": {"ValidationEmails": ["admin@example.com"]}},
    }


RECORD = {"Name": "_a.example.com.", "Type": "CNAME", "Value": "_b.acm-validations.aws."}


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (["SUCCESS", "PENDING_VALIDATION"], UpdateStatus.PENDING_DOMAIN_VALIDATION),
        (["SUCCESS", "SUCCESS"], UpdateStatus.SUCCESS),
        (["SUCCESS", "FAILED"], UpdateStatus.FAILED),
        (["SUCCESS", "LATER"], UpdateStatus.PENDING_DOMAIN_VALIDATION),
    ],
)
def test_validations_during_a_change(statuses, expected):
    """The validations in force are apart from those of the method that is requested."""
    found = domain_validations(
        {
            "DomainValidationSummaryList": [
                {
                    "DomainName": name,
                    "ActiveValidationConfiguration": configuration("SUCCESS"),
                    "RequestedValidationConfiguration": configuration(status, RECORD),
                }
                for name, status in zip(["example.com", "www.example.com"], statuses, strict=True)
            ]
        },
        ARN,
    )
    assert (found.arn, found.method) == (ARN, ValidationMethod.EMAIL)
    assert found.validations[0].validation_emails == ("admin@example.com",)
    assert found.update.status is expected
    assert found.update.validations[1].record.value == "_b.acm-validations.aws"
    assert [*map(str, found.names)] == ["example.com", "www.example.com"]


def test_validations_without_a_change():
    """Without requested configurations, there is no change of the method."""
    entry = {"DomainName": "example.com", "ActiveValidationConfiguration": configuration("FAILED")}
    found = domain_validations({"DomainValidationSummaryList": [entry]})
    assert (found.arn, found.update) == ("", None)
    assert found.validations[0].status is ValidationStatus.FAILED
