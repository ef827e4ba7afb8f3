"""A wrapper of boto3 that refuses requests that cannot work."""

from types import SimpleNamespace

import pytest
from tests.support.programs import program

boto3_wrapper = program("boto3_wrapper")
ARN = "arn:aws:acm:us-east-1:111122223333:certificate/0d3bd8b9-9a3f-4e0e-8a3b-1c1b8f1f4b1a"


class Client:
    """A client that records what is sent."""

    meta = SimpleNamespace(region_name="us-east-1")

    def __init__(self):
        self.sent = []

    def request_certificate(self, **params):
        """Record the parameters."""
        self.sent.append(params)
        return {"CertificateArn": ARN}


def test_a_good_request_is_sent_as_it_is():
    """The wrapper returns the ARN that ACM returns."""
    client = Client()
    params = {"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}
    assert boto3_wrapper.request_certificate(client, **params) == ARN
    assert client.sent == [params]


def test_a_request_with_an_error_is_never_sent():
    """The error lists what is wrong, and the report says where."""
    client = Client()
    with pytest.raises(boto3_wrapper.RequestRefusedError, match="single label") as refused:
        boto3_wrapper.request_certificate(client, DomainName="localhost", ValidationMethod="DNS")
    assert not client.sent
    assert [each.rule.id for each in refused.value.report.findings] == ["ACM101"]


def test_a_client_of_boto3_fits():
    """The real client has what the wrapper needs, and its stub answers."""
    boto3 = pytest.importorskip("boto3")
    stub = pytest.importorskip("botocore.stub")
    client = boto3.client(
        "acm", region_name="us-east-1", aws_access_key_id="test", aws_secret_access_key="test"
    )
    params = {"DomainName": "brightharbor.io", "ValidationMethod": "DNS"}
    with stub.Stubber(client) as answers:
        answers.add_response("request_certificate", {"CertificateArn": ARN}, params)
        assert boto3_wrapper.request_certificate(client, **params) == ARN
