"""The calls of one account, one Region, or the zones of names."""

from tests.support.fake_aws import arn, certificate

from acmrules.network.aws.calls import ApiError, ApiResult
from acmrules.network.aws.steps import CollectedEntries, read_region, read_zones


def play(reader, answer):
    """Answer each call of a reader, and return the operations."""
    called = []
    calls = next(reader)
    while True:
        called += [call.operation.name for call in calls]
        try:
            calls = reader.send([answer(call) for call in calls])
        except StopIteration:
            return called


def test_a_region_without_certificates_needs_three_calls():
    """Two listings, and the quotas."""
    collected = CollectedEntries()
    nothing = {"CertificateSummaryList": [], "Quotas": []}
    called = play(read_region(collected, "eu-west-1"), lambda _: ApiResult(nothing))
    assert called == ["ListCertificates", "ListCertificates", "ListServiceQuotas"]
    assert [each.response for each in collected.entries] == [
        {"CertificateSummaryList": []},
        {"CertificateSummaryList": []},
        {"Quotas": []},
    ]


def test_a_server_without_the_filter_of_n2_lists_certificates_twice():
    """Each is described once."""
    listed = {"CertificateSummaryList": [{"CertificateArn": arn(1)}]}
    answers = {"ListCertificates": listed, "DescribeCertificate": {"Certificate": certificate(1)}}
    collected = CollectedEntries()
    called = play(
        read_region(collected, "eu-west-1"),
        lambda call: ApiResult(answers.get(call.operation.name, {})),
    )
    assert called.count("DescribeCertificate") == collected.listed == 1


def test_zones_without_permission_are_an_error():
    """Nothing else is called."""
    collected = CollectedEntries()
    refused = ApiResult(error=ApiError("AccessDenied"))
    assert play(read_zones(collected, "us-east-1"), lambda _: refused) == ["ListHostedZones"]
    assert [each.error.code for each in collected.entries] == ["AccessDenied"]
