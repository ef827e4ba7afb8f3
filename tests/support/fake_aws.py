"""An AWS account in memory, as a session of boto3 shows it; nothing reaches a network."""

from datetime import UTC, datetime

from botocore import xform_name
from botocore.exceptions import ClientError
from botocore.session import Session
from botocore.validate import validate_parameters

ACCOUNT = "123456789012"
MODELS = Session()


def arn(number, region="eu-west-1"):
    """Return the ARN of a certificate."""
    return f"arn:aws:acm:{region}:{ACCOUNT}:certificate/{number:08d}-0000-4000-8000-000000000000"


def certificate(number, region="eu-west-1", **members):
    """Return a certificate as `DescribeCertificate` returns it."""
    name = f"host-{number}.brightharbor.io"
    return {
        "CertificateArn": arn(number, region),
        "DomainName": name,
        "SubjectAlternativeNames": [name],
        "Status": "ISSUED",
        "Type": "AMAZON_ISSUED",
        "KeyAlgorithm": "RSA-2048",
        "CreatedAt": datetime(2026, 9, 1, tzinfo=UTC),
        "NotAfter": datetime(2027, 3, 17, tzinfo=UTC),
        **members,
    }


def fault(code, message="refused"):
    """Return the exception of boto3 for an error of AWS."""
    return ClientError({"Error": {"Code": code, "Message": message}}, "Operation")


class FakeAccount:
    """A session of boto3, whose account has certificates by Region.

    `faults` are exceptions by Region and operation; a function there decides for each call. A
    response has at most `page` entries.
    """

    region_name = "eu-west-1"

    def __init__(self, regions, faults=None, page=100, others=None):
        self.regions = regions
        self.faults = faults or {}
        self.page = page
        self.others = others or {}
        self.calls = []

    def client(self, service, *, region_name, config):
        """Return a client with a method for each operation."""
        del config
        return FakeClient(self, service, region_name)

    def called(self, operation):
        """Return the Regions and parameters of the calls of an operation."""
        return [call[1:] for call in self.calls if call[0] == operation]


class FakeClient:
    """A client of one service in one Region."""

    def __init__(self, account, service, region):
        self.account = account
        self.region = region
        model = MODELS.get_service_model(service)
        for operation in model.operation_names:
            setattr(self, xform_name(operation), self._method(model.operation_model(operation)))

    def _method(self, operation):
        def call(**parameters):
            validate_parameters(parameters, operation.input_shape)
            self.account.calls.append((operation.name, self.region, parameters))
            fault = self.account.faults.get((self.region, operation.name))
            fault = fault(parameters) if callable(fault) else fault
            if fault:
                raise fault
            other = self.account.others.get(operation.name)
            if other is not None:
                return other(parameters) if callable(other) else other
            answer = getattr(self, f"_{xform_name(operation.name)}")(**parameters)
            return {**answer, "ResponseMetadata": {"RequestId": "1"}}

        return call

    def _get_caller_identity(self):
        return {"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:user/reader", "UserId": "A"}

    def _describe_regions(self):
        return {"Regions": [{"RegionName": each} for each in self.account.regions]}

    def _list_certificates(self, MaxItems=100, NextToken="0", **filters):  # noqa: N803
        known = self.account.regions[self.region]
        if roots := filters.get("RootHierarchyTypes"):
            known = [each for each in known if each.get("RootHierarchyType") in roots]
        else:
            known = [each for each in known if "RootHierarchyType" not in each]
        start = int(NextToken)
        end = start + min(MaxItems, self.account.page)
        members = ("CertificateArn", "DomainName", "Status", "Type")
        found = [{key: each[key] for key in members} for each in known[start:end]]
        return {
            "CertificateSummaryList": found,
            **({"NextToken": str(end)} if known[end:] else {}),
        }

    def _describe_certificate(self, CertificateArn):  # noqa: N803
        for each in self.account.regions[self.region]:
            if each["CertificateArn"] == CertificateArn:
                return {"Certificate": each}
        raise fault("ResourceNotFoundException", f"Could not find certificate {CertificateArn}")

    def _list_certificate_domain_validations(self, CertificateArn):  # noqa: N803
        del CertificateArn
        return {"DomainValidationSummaryList": [{"DomainName": "host-1.brightharbor.io"}]}

    def _list_service_quotas(self, ServiceCode):  # noqa: N803
        return {
            "Quotas": [
                {
                    "ServiceCode": ServiceCode,
                    "QuotaCode": "L-1",
                    "QuotaName": "ACM certificates",
                    "Value": 2500.0,
                }
            ]
        }
