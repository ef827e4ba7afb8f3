"""Reading an account: everything is read, or its error is an entry."""

from collections import defaultdict
from datetime import UTC, datetime

import pytest
from botocore.exceptions import ParamValidationError
from hypothesis import given
from hypothesis import strategies as st
from tests.support.fake_aws import ACCOUNT, FakeAccount, arn, certificate, fault

from acmrules.errors import InvalidArgument
from acmrules.network.aws import CollectError, collect
from acmrules.network.aws.operations import DESCRIBE, IDENTITY, OPERATIONS, ZONE_OPERATIONS

DENIED = fault("AccessDeniedException", "User is not authorized")


def described(inventory):
    """Return the ARNs of the certificates that AWS described."""
    return [
        each.response["Certificate"]["CertificateArn"]
        for each in inventory.entries
        if each.operation == DESCRIBE.name and each.response
    ]


def errors(inventory):
    """Return the Region, operation and code of each error."""
    return [(each.region, each.operation, each.error.code) for each in inventory.errors]


@given(
    st.dictionaries(
        st.sampled_from(["eu-west-1", "us-east-1", "ca-west-1"]), st.integers(0, 7), min_size=1
    ),
    st.integers(1, 3),
)
def test_every_certificate_of_every_region_is_described_once(numbers, page):
    """Whatever the size of the pages, and in order of Region and ARN."""
    regions = {
        region: [certificate(each, region) for each in reversed(range(number))]
        for region, number in numbers.items()
    }
    inventory = collect(FakeAccount(regions, page=page))
    expected = sorted(each["CertificateArn"] for all_ in regions.values() for each in all_)
    assert described(inventory) == expected
    assert inventory.errors == ()


def test_entries_are_in_order_of_their_regions():
    """Those of the account come first, and those of one Region are together."""
    account = FakeAccount({"us-east-1": [certificate(1)], "eu-west-1": [certificate(2)]})
    entries = collect(account).entries
    of_regions = [
        each for each in entries if each.operation not in ("GetCallerIdentity", "DescribeRegions")
    ]
    assert entries[-len(of_regions) :] == tuple(of_regions)
    assert [each.region for each in of_regions] == sorted(each.region for each in of_regions)


def test_the_enabled_regions_are_read():
    """AWS says which they are."""
    account = FakeAccount({"eu-west-1": [certificate(1)], "mx-central-1": []})
    inventory = collect(account)
    assert described(inventory) == [arn(1)]
    assert {region for region, _ in account.called("ListCertificates")} == {*account.regions}


def test_without_the_list_of_regions_those_of_the_facts_are_read():
    """The denial is an entry, and so is each Region that cannot be read."""
    account = FakeAccount({"cn-north-1": []}, {("eu-west-1", "DescribeRegions"): DENIED})
    account.others["GetCallerIdentity"] = {"Account": ACCOUNT, "Arn": "arn:aws-cn:iam::1:user/a"}
    account.faults["cn-northwest-1", "ListCertificates"] = DENIED
    account.faults["cn-northwest-1", "ListServiceQuotas"] = DENIED
    inventory = collect(account)
    assert errors(inventory) == [
        ("eu-west-1", "DescribeRegions", "AccessDeniedException"),
        *[("cn-northwest-1", "ListCertificates", "AccessDeniedException")] * 2,
        ("cn-northwest-1", "ListServiceQuotas", "AccessDeniedException"),
    ]


def test_all_kinds_of_certificates_are_listed():
    """The API hides other keys, ACME and N2 by default, and lists N2 alone."""
    hidden = certificate(2, RootHierarchyType="N2_AMAZON_MANAGED")
    account = FakeAccount({"eu-west-1": [certificate(1), hidden]})
    inventory = collect(account, regions=["eu-west-1"])
    assert described(inventory) == [arn(1), arn(2)]
    usual, n2 = (parameters for _, parameters in account.called("ListCertificates"))
    for each in (usual, n2):
        assert set(each["Includes"]["keyTypes"]) == {
            *("RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096"),
            *("EC_prime256v1", "EC_secp384r1", "EC_secp521r1"),
        }
        assert set(each["CertificateKeyPairOrigins"]) == {
            *("AWS_MANAGED", "ACME", "CUSTOMER_PROVIDED"),
        }
    assert "RootHierarchyTypes" not in usual
    assert n2["RootHierarchyTypes"] == ["N2_AMAZON_MANAGED", "N2_SFG2_AMAZON_MANAGED"]


@pytest.mark.parametrize(
    "error",
    [fault("ValidationException", "unknown filter"), ParamValidationError(report="unknown")],
    ids=["AWS", "boto3"],
)
def test_an_unknown_filter_hides_only_what_it_is_for(error):
    """The others are listed without it, and the errors say what may be missing."""

    def reject(parameters):
        new = {"CertificateKeyPairOrigins", "RootHierarchyTypes"} & {*parameters}
        return error if new else None

    account = FakeAccount(
        {"eu-west-1": [certificate(1)]}, {("eu-west-1", "ListCertificates"): reject}
    )
    inventory = collect(account, regions=["eu-west-1"])
    assert described(inventory) == [arn(1)]
    requests = [each.request for each in inventory.errors]
    assert ["RootHierarchyTypes" in each for each in requests] == [False, True]
    assert all("CertificateKeyPairOrigins" in each for each in requests)


def test_a_denied_region_hides_no_other():
    """It is an entry with the error of AWS."""
    regions = {region: [certificate(1, region)] for region in ("eu-west-1", "us-east-1")}
    account = FakeAccount(regions, {("us-east-1", "ListCertificates"): DENIED})
    inventory = collect(account)
    assert described(inventory) == [arn(1)]
    assert {*errors(inventory)} == {("us-east-1", "ListCertificates", "AccessDeniedException")}
    assert inventory.errors[0].error.message == "User is not authorized"


def test_a_page_that_fails_leaves_those_before_it():
    """They are listed and described, and the error is an entry."""
    account = FakeAccount({"eu-west-1": [certificate(each) for each in range(4)]}, page=2)
    account.faults["eu-west-1", "ListCertificates"] = lambda parameters: (
        DENIED if "NextToken" in parameters else None
    )
    inventory = collect(account, regions=["eu-west-1"])
    assert described(inventory) == [arn(0), arn(1)]
    assert errors(inventory) == [("eu-west-1", "ListCertificates", "AccessDeniedException")]


def test_a_certificate_deleted_while_reading_is_not_listed():
    """Its error says that it is gone."""
    account = FakeAccount({"eu-west-1": [certificate(1), certificate(2)]})
    account.faults["eu-west-1", "DescribeCertificate"] = lambda parameters: (
        fault("ResourceNotFoundException", "gone")
        if parameters["CertificateArn"] == arn(1)
        else None
    )
    inventory = collect(account, regions=["eu-west-1"])
    assert described(inventory) == [arn(2)]
    lists = [each.response for each in inventory.entries if each.operation == "ListCertificates"]
    known = [each["CertificateArn"] for all_ in lists for each in all_["CertificateSummaryList"]]
    assert known == [arn(2)]
    [error] = inventory.errors
    assert (error.request, error.error.code) == (
        {"CertificateArn": arn(1)},
        "ResourceNotFoundException",
    )


def test_a_change_of_the_method_is_read_while_it_lasts():
    """Its new records are in no other response."""
    under_way = certificate(1, UpdateSummary={"Status": "PENDING_DOMAIN_VALIDATION"})
    done = certificate(2, UpdateSummary={"Status": "SUCCESS"})
    account = FakeAccount({"eu-west-1": [under_way, done, certificate(3)]})
    collect(account, regions=["eu-west-1"])
    assert account.called("ListCertificateDomainValidations") == [
        ("eu-west-1", {"CertificateArn": arn(1)})
    ]


def test_zones_are_read_if_you_want_them():
    """Only those that contain a name without validation, completely."""
    pending = certificate(
        1,
        Status="PENDING_VALIDATION",
        DomainValidationOptions=[
            {"DomainName": "*.shop.brightharbor.io", "ValidationStatus": "PENDING_VALIDATION"}
        ],
    )
    account = FakeAccount({"eu-west-1": [pending]})
    zones = ("Z1", "brightharbor.io."), ("Z2", "harbor.io."), ("Z3", "shop.brightharbor.io.")
    account.others = {
        "ListHostedZones": {
            "HostedZones": [{"Id": f"/hostedzone/{each}", "Name": name} for each, name in zones]
        },
        "GetHostedZone": {"HostedZone": {}, "DelegationSet": {}},
        "ListResourceRecordSets": lambda parameters: (
            {"ResourceRecordSets": [{"Name": "b."}], "IsTruncated": False}
            if parameters.get("StartRecordName") == "b."
            else {
                "ResourceRecordSets": [{"Name": "a."}],
                "IsTruncated": True,
                "NextRecordName": "b.",
                "NextRecordType": "A",
            }
        ),
    }
    without = collect(account, regions=["eu-west-1"])
    assert {each.operation for each in without.entries} <= {each.name for each in OPERATIONS}
    inventory = collect(account, regions=["eu-west-1"], zones=True)
    read = [
        (each.request["HostedZoneId"], each.response)
        for each in inventory.entries
        if each.operation == "ListResourceRecordSets"
    ]
    whole = {"ResourceRecordSets": [{"Name": "a."}, {"Name": "b."}], "IsTruncated": False}
    assert read == [("Z1", whole), ("Z3", whole)]


@pytest.mark.parametrize("code", ["ExpiredToken", "InvalidClientTokenId"])
def test_rejected_credentials_are_one_error(code):
    """Nothing else is called."""
    account = FakeAccount({"eu-west-1": []}, {("eu-west-1", IDENTITY.name): fault(code, "no\x1b")})
    with pytest.raises(CollectError, match=rf"^AWS rejected the credentials: {code}: no\\x1b") as e:
        collect(account)
    is_of_region = code != "ExpiredToken"
    assert ("eu-west-1, which must be enabled" in str(e.value)) == is_of_region
    assert [call[0] for call in account.calls] == [IDENTITY.name]


def test_a_misspelled_region_is_an_error_before_any_call():
    """A new one may exist."""
    account = FakeAccount({})
    with pytest.raises(InvalidArgument, match="unknown Region `us-eat-1`"):
        collect(account, regions=["us-eat-1"])
    with pytest.raises(TypeError):
        collect(account, regions="us-east-1")
    assert account.calls == []


def test_the_data_is_that_of_json_and_always_the_same():
    """Times are strings, and no metadata of a call is left."""
    regions = {"eu-west-1": [certificate(each) for each in range(5)]}
    one, other = (collect(FakeAccount(regions, page=page)).as_data() for page in (1, 100))
    assert one["responses"] == other["responses"]
    assert one["inventory"] == 1
    assert datetime.fromisoformat(one["at"]).tzinfo == UTC
    text = repr(one)
    assert "ResponseMetadata" not in text
    assert "NextToken" not in text
    assert "datetime" not in text
    described_ = [each for each in one["responses"] if each["operation"] == DESCRIBE.name]
    assert described_[0] == {
        "operation": "DescribeCertificate",
        "account": ACCOUNT,
        "region": "eu-west-1",
        "request": {"CertificateArn": arn(0)},
        "response": {
            "Certificate": {
                **certificate(0),
                "CreatedAt": "2026-09-01T00:00:00+00:00",
                "NotAfter": "2027-03-17T00:00:00+00:00",
            }
        },
    }


def test_progress_counts_certificates_and_regions():
    """It never decreases, and ends with everything."""
    regions = {"eu-west-1": [certificate(each) for each in range(3)], "us-east-1": []}
    seen = []
    collect(FakeAccount(regions), step=seen.append)
    counts = [(each.described, each.listed_regions) for each in seen]
    assert counts == sorted(counts)
    last = seen[-1]
    assert (last.described, last.listed, last.regions, last.listed_regions) == (3, 3, 2, 2)


def test_a_token_that_aws_repeats_ends_the_list():
    """Otherwise, the run would never end; the certificates of the pages before are described."""
    page = {"CertificateSummaryList": [{"CertificateArn": arn(1)}], "NextToken": "again"}
    account = FakeAccount({"eu-west-1": [certificate(1)]}, others={"ListCertificates": page})
    inventory = collect(account)
    assert described(inventory) == [arn(1)]
    assert ("eu-west-1", "ListCertificates", "RepeatedToken") in errors(inventory)
    assert len(account.called("ListCertificates")) == 4


@pytest.mark.parametrize("zones", [False, True])
@pytest.mark.parametrize("response", [{}, None, [{}]])
@pytest.mark.parametrize("operation", [each.name for each in (*OPERATIONS, *ZONE_OPERATIONS)])
def test_a_response_without_its_members_is_an_error(operation, response, zones):
    """Each other call is made, and the inventory is not complete."""
    lists = {
        "ListCertificates": "CertificateSummaryList",
        "DescribeRegions": "Regions",
        "ListServiceQuotas": "Quotas",
        "ListHostedZones": "HostedZones",
        "ListCertificateDomainValidations": "DomainValidationSummaryList",
        "ListResourceRecordSets": "ResourceRecordSets",
    }
    if type(response) is list:
        response = {lists[operation]: response} if operation in lists else {"Certificate": {}}
    waiting = {"DomainName": "a.io", "ValidationStatus": "PENDING_VALIDATION"}
    fields = {"Status": "PENDING_VALIDATION", "DomainValidationOptions": [waiting, {}]}
    update = {"UpdateSummary": {"Status": "PENDING_DOMAIN_VALIDATION"}}
    others = {
        "ListHostedZones": {"HostedZones": [{"Id": "/hostedzone/Z1", "Name": "a.io."}]},
        "GetHostedZone": {"HostedZone": {"Id": "Z1", "Name": "a.io."}},
        "ListResourceRecordSets": {"ResourceRecordSets": []},
        operation: response or {},
    }
    shown = [certificate(1, **fields, **update), certificate(2)]
    regions = defaultdict(list, {"eu-west-1": shown})
    inventory = collect(FakeAccount(regions, others=others), zones=zones)
    is_list = operation in lists and response != {"ResourceRecordSets": [{}]}
    is_called = zones or operation not in {each.name for each in ZONE_OPERATIONS}
    codes = {code for _, name, code in errors(inventory) if name == operation}
    assert codes == ({"UnexpectedResponse"} if is_list and is_called else set())


def test_records_whose_pages_repeat_end():
    """Route 53 names the record with which the next page begins."""
    page = {"ResourceRecordSets": [], "IsTruncated": True, "NextRecordName": "a.io."}
    waiting = {"DomainName": "a.io", "ValidationStatus": "PENDING_VALIDATION"}
    shown = certificate(1, Status="PENDING_VALIDATION", DomainValidationOptions=[waiting])
    others = {
        "ListHostedZones": {"HostedZones": [{"Id": "/hostedzone/Z1", "Name": "a.io."}]},
        "GetHostedZone": {"HostedZone": {"Id": "Z1", "Name": "a.io."}},
        "ListResourceRecordSets": page,
    }
    inventory = collect(FakeAccount({"eu-west-1": [shown]}, others=others), zones=True)
    assert [code for *_, code in errors(inventory)] == ["RepeatedToken"]
