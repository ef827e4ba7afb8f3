"""A Lambda function that checks a described certificate."""

import json

from tests.support.programs import program

lambda_function = program("lambda_function")
ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/0d3bd8b9-9a3f-4e0e-8a3b-1c1b8f1f4b1a"
EVENT = {
    "source": "aws.acm",
    "detail-type": "ACM Certificate Approaching Expiration",
    "time": "2026-11-30T12:12:12Z",
    "region": "eu-west-1",
    "resources": [ARN],
}


def described(name):
    """Return the answer of DescribeCertificate for a public certificate with one name."""
    certificate = {
        "CertificateArn": ARN,
        "DomainName": name,
        "SubjectAlternativeNames": [name],
        "DomainValidationOptions": [{"DomainName": name, "ValidationMethod": "DNS"}],
        "KeyAlgorithm": "RSA-2048",
        "Status": "ISSUED",
        "Type": "AMAZON_ISSUED",
    }
    return {"Certificate": certificate}


def test_the_findings_of_an_old_certificate_are_returned_by_arn():
    """A wildcard of a public suffix is reported; the result is JSON."""
    found = lambda_function.checked(EVENT, lambda _: described("*.co.uk"))
    assert [each["rule"] for each in json.loads(json.dumps(found))[ARN]] == ["ACM202"]


def test_a_good_certificate_has_no_findings():
    """The list is empty, so that a rule of EventBridge can drop it."""
    assert lambda_function.checked(EVENT, lambda _: described("brightharbor.io")) == {ARN: []}
