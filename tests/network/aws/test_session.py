"""The session of boto3."""

import sys

import boto3
import pytest
from botocore.stub import Stubber
from tests.support.fake_aws import FakeAccount, certificate, fault

from acmrules.errors import MissingPackage
from acmrules.network.aws.calls import ApiCall, ApiError
from acmrules.network.aws.operations import DESCRIBE, IDENTITY, QUOTAS
from acmrules.network.aws.session import CollectError, Sender, open_session


def test_without_boto3_the_error_says_what_to_install(monkeypatch):
    """Everything else works without it."""
    monkeypatch.setitem(sys.modules, "boto3", None)
    message = "boto3 is not installed; run `pip install 'acmrules[aws]'`"
    with pytest.raises(MissingPackage) as caught:
        open_session()
    assert str(caught.value) == message


def test_an_unknown_profile_is_an_error(monkeypatch, tmp_path):
    """Its message is that of boto3."""
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    with pytest.raises(CollectError, match=r"profile .*shop.* could not be found"):
        open_session("shop")


def test_a_client_is_made_once_for_a_service_and_region():
    """With its own retries, which slow down when AWS throttles."""
    made = []

    class Session(FakeAccount):
        def client(self, service, *, region_name, config):
            made.append((service, region_name, config.retries["mode"]))
            return super().client(service, region_name=region_name, config=config)

    send = Sender(Session({"eu-west-1": [certificate(1)]}))
    for _ in range(2):
        assert send(ApiCall(QUOTAS, "eu-west-1", {"ServiceCode": "acm"})).response
        assert send(ApiCall(IDENTITY, "eu-west-1", {})).response
    assert send(ApiCall(IDENTITY, "us-east-1", {})).response
    assert made == [
        (service, region, "adaptive")
        for service, region in (
            ("service-quotas", "eu-west-1"),
            ("sts", "eu-west-1"),
            ("sts", "us-east-1"),
        )
    ]


def test_errors_are_results():
    """Those of AWS have its code, and those of boto3 the name of their class."""
    account = FakeAccount({"eu-west-1": []}, {("eu-west-1", IDENTITY.name): fault("Denied", "no")})
    send = Sender(account)
    assert send(ApiCall(IDENTITY, "eu-west-1", {})).error == ApiError("Denied", "no")
    error = send(ApiCall(DESCRIBE, "eu-west-1", {"Name": "a"})).error
    assert error.code == "ParamValidationError"
    assert "\n" not in error.message


def test_an_operation_that_boto3_does_not_know_is_an_error():
    """An older version of boto3 has no such method."""
    send = Sender(FakeAccount({"eu-west-1": []}))
    later = DESCRIBE.__replace__(name="DescribeEverything")
    assert send(ApiCall(later, "eu-west-1", {})).error.code == "UnknownOperation"


def test_real_clients_are_called_by_the_name_of_the_operation():
    """The response is that of boto3."""
    session = boto3.Session(aws_access_key_id="a", aws_secret_access_key="b")
    send = Sender(session)
    client = send._client("sts", "eu-west-1")
    with Stubber(client) as stub:
        stub.add_response("get_caller_identity", {"Account": "123456789012"})
        result = send(ApiCall(IDENTITY, "eu-west-1", {}))
    assert result.response["Account"] == "123456789012"
