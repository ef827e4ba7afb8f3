"""What AWS answered, as data."""

from datetime import UTC, datetime, timedelta, timezone

from tests.support.fake_aws import ACCOUNT, FakeAccount, certificate

from acmrules.network.aws import collect
from acmrules.network.aws.calls import ApiCall, ApiError
from acmrules.network.aws.entries import entry_of, plain
from acmrules.network.aws.operations import DESCRIBE

CALL = ApiCall(DESCRIBE, "eu-west-1", {"CertificateArn": "arn"})


def test_times_are_strings_in_utc():
    """In seconds, as the AWS CLI prints them."""
    moment = datetime(2026, 11, 1, 1, 30, 0, 999, timezone(timedelta(hours=2)))
    assert plain({"a": [moment, {"b": moment}], "c": 1, "d": None}) == {
        "a": ["2026-10-31T23:30:00+00:00", {"b": "2026-10-31T23:30:00+00:00"}],
        "c": 1,
        "d": None,
    }
    assert plain(datetime(2026, 11, 1, tzinfo=UTC)) == "2026-11-01T00:00:00+00:00"


def test_an_entry_has_a_response_or_an_error():
    """And the request, because some responses do not say what they are about."""
    head = {
        "operation": "DescribeCertificate",
        "account": ACCOUNT,
        "region": "eu-west-1",
        "request": {"CertificateArn": "arn"},
    }
    answered = entry_of(CALL, ACCOUNT, {"Certificate": {}, "ResponseMetadata": {}})
    assert answered.as_data() == head | {"response": {"Certificate": {}}}
    refused = entry_of(CALL, ACCOUNT, error=ApiError("Denied", "no"))
    assert refused.as_data() == head | {"error": {"code": "Denied", "message": "no"}}


def test_errors_are_the_entries_without_a_response():
    """A complete inventory has none."""
    inventory = collect(FakeAccount({"eu-west-1": [certificate(1)]}))
    assert inventory.errors == ()
    error = entry_of(CALL, "", error=ApiError("Denied"))
    assert inventory.__replace__(entries=(error,)).errors == (error,)
