"""The responses of AWS, recognized by their members; the files agree with the model of botocore."""

import gzip
import json
from pathlib import Path

import pytest

from acmrules.diagnosis import CertificateStatus, FailureReason
from acmrules.readers.account.shapes import is_certificate, operation_of

FILES = Path(__file__).parent / "files"

OPERATIONS = {
    "list-certificates": ("acm", "ListCertificates"),
    "search-certificates": ("acm", "SearchCertificates"),
    "list-certificate-domain-validations": ("acm", "ListCertificateDomainValidations"),
    "get-account-configuration": ("acm", "GetAccountConfiguration"),
    "list-hosted-zones": ("route53", "ListHostedZones"),
    "list-hosted-zones-by-name": ("route53", "ListHostedZonesByName"),
    "get-hosted-zone": ("route53", "GetHostedZone"),
    "list-resource-record-sets": ("route53", "ListResourceRecordSets"),
    "get-caller-identity": ("sts", "GetCallerIdentity"),
    "list-service-quotas": ("service-quotas", "ListServiceQuotas"),
    "get-service-quota": ("service-quotas", "GetServiceQuota"),
    "describe-events": ("health", "DescribeEvents"),
    "describe-event-details": ("health", "DescribeEventDetails"),
    "describe-affected-entities": ("health", "DescribeAffectedEntities"),
}
"""The files that are not descriptions of a certificate: their service and operation."""

KINDS = {
    "string": str,
    "timestamp": str,
    "boolean": bool,
    "integer": int,
    "long": int,
    "double": float,
}


def load(name):
    return json.loads((FILES / f"{name}.json").read_text())


def described():
    """Return the files with one description, by name."""
    found = {path.stem: load(path.stem) for path in FILES.glob("*.json")}
    return {name: data for name, data in found.items() if "Certificate" in data}


def model(service):
    """Return the newest model of a service in botocore."""
    botocore = pytest.importorskip("botocore")
    folder = Path(botocore.__file__).parent / "data" / service
    [*_, newest] = sorted(folder.glob("*/service-2.json*"))
    data = newest.read_bytes()
    return json.loads(gzip.decompress(data) if newest.suffix == ".gz" else data)


def faults(data, shape, shapes, at="$"):
    """Yield where data differs from a shape of a model."""
    own = shapes[shape]
    kind = own["type"]
    if kind == "structure":
        if not isinstance(data, dict):
            yield f"{at} is not an object"
            return
        for key, value in data.items():
            if key not in own["members"]:
                yield f"{at}.{key} is unknown"
            else:
                yield from faults(value, own["members"][key]["shape"], shapes, f"{at}.{key}")
        # The AWS CLI leaves out the members for pages, which are those of the response itself.
        required = own.get("required", ()) if at != "$" else ()
        yield from (f"{at}.{key} is missing" for key in required if key not in data)
    elif kind == "list":
        for index, value in enumerate(data):
            yield from faults(value, own["member"]["shape"], shapes, f"{at}[{index}]")
    elif not isinstance(data, KINDS[kind]):
        yield f"{at} is not a {kind}"
    elif "enum" in own and data not in own["enum"] and data.replace("-", "_") not in own["enum"]:
        yield f"{at} is {data}"


@pytest.mark.parametrize("name", [*described(), *OPERATIONS])
def test_the_files_agree_with_the_model(name):
    """Each saved response has the members, the types and the values of the model of AWS."""
    service, operation = OPERATIONS.get(name, ("acm", "DescribeCertificate"))
    shapes = (api := model(service))["shapes"]
    assert [*faults(load(name), api["operations"][operation]["output"]["shape"], shapes)] == []


def test_a_wrong_file_does_not_agree_with_the_model():
    """The comparison finds unknown members, wrong types and unknown values."""
    api = model("acm")
    shape = api["operations"]["DescribeCertificate"]["output"]["shape"]
    wrong = {"Certificate": {"Status": "BROKEN", "InUseBy": [1], "Other": True}}
    found = [*faults(wrong, shape, api["shapes"])]
    assert len(found) == 3


def test_every_status_and_failure_reason_has_a_file():
    """The saved descriptions have each status and each failure reason."""
    certificates = [data["Certificate"] for data in described().values()]
    assert {each["Status"] for each in certificates} == {*CertificateStatus}
    assert {each.get("FailureReason") for each in certificates} - {None} == {*FailureReason}


@pytest.mark.parametrize("name", sorted({*OPERATIONS, *described()}))
def test_each_response_is_recognized(name):
    """The members of a response show its operation."""
    expected = OPERATIONS.get(name, ("acm", "DescribeCertificate"))[1]
    found = operation_of(load(name))
    assert found == expected or (found, expected) == ("ListHostedZones", "ListHostedZonesByName")


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"CertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1"},
        {
            "CertificateArn": "arn:aws:acm:eu-west-1:123456789012:certificate/1",
            "DomainName": "x.io",
        },
        {"Certificate": "-----BEGIN CERTIFICATE-----", "CertificateChain": ""},
        {"DomainName": "x.io", "ValidationMethod": "DNS"},
        {"Results": [{"Name": "x"}]},
        {"events": ["push"]},
        {"Quotas": []},
        {"entities": {}},
        {"Type": "AMAZON_ISSUED", "Status": "ISSUED"},
        {"source": "aws.acm", "detail-type": "x"},
    ],
)
def test_other_objects_are_no_responses(data):
    """Requests, settings and other documents with the same words are not responses."""
    assert operation_of(data) == ""
    assert not is_certificate(data)
