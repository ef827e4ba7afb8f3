"""Inventory files of accounts with any number of certificates, always the same for a number."""

from datetime import UTC, datetime, timedelta

ACCOUNT = "123456789012"
AS_OF = datetime(2026, 11, 30, 9, tzinfo=UTC)
REGIONS = (
    *("us-east-1", "eu-west-1", "eu-central-1", "us-west-2", "ap-southeast-2", "ca-central-1"),
    *("eu-north-1", "sa-east-1"),
)
BALANCER = "arn:aws:elasticloadbalancing:{}:{}:loadbalancer/app/{}/50dc6c495c0c9188"


def moment(days):
    """Return a time some days after the day of the inventory, as the API writes it."""
    return (AS_OF + timedelta(days=days)).isoformat(timespec="seconds")


def arn(number, region):
    """Return the ARN of a certificate."""
    return f"arn:aws:acm:{region}:{ACCOUNT}:certificate/{number:08x}-5f3c-4d1b-9a6e-2b7c8d9e0f1a"


def described(number, region, names, **members):
    """Return a certificate that is issued, in use, and renewed by ACM."""
    found = {
        "CertificateArn": arn(number, region),
        "DomainName": names[0],
        "SubjectAlternativeNames": [*names],
        "DomainValidationOptions": [validation(name, "SUCCESS") for name in names],
        "Status": "ISSUED",
        "Type": "AMAZON_ISSUED",
        "KeyAlgorithm": "RSA-2048",
        "CreatedAt": moment(-90),
        "IssuedAt": moment(-90),
        "NotBefore": moment(-90),
        "NotAfter": moment(108),
        "InUseBy": [BALANCER.format(region, ACCOUNT, f"web-{number}")],
        "RenewalEligibility": "ELIGIBLE",
        "Options": {
            "CertificateTransparencyLoggingPreference": "ENABLED",
            "Export": "DISABLED",
            "ValidationMethod": "DNS",
        },
    }
    return {key: value for key, value in (found | members).items() if value is not None}


def validation(name, status, method="DNS"):
    """Return the validation of a name."""
    stem = name.removeprefix("*.")
    token = f"{sum(map(ord, stem)) * 2654435761 % 16**8:08x}" * 4
    record = {
        "Name": f"_{token}.{stem}.",
        "Type": "CNAME",
        "Value": f"_{token[::-1]}.jkddzztszm.acm-validations.aws.",
    }
    found = {"DomainName": name, "ValidationStatus": status, "ValidationMethod": method}
    if method == "EMAIL":
        mails = [f"{each}@{stem}" for each in ("admin", "hostmaster", "postmaster")]
        return found | {"ValidationDomain": stem, "ValidationEmails": mails}
    return found | {"ResourceRecord": record}


def pending(number, region, names, **members):
    """Return a certificate whose names are not validated."""
    options = [validation(name, "PENDING_VALIDATION") for name in names]
    gone = dict.fromkeys(("IssuedAt", "NotBefore", "NotAfter"))
    return described(
        number,
        region,
        names,
        **{
            **gone,
            "Status": "PENDING_VALIDATION",
            "DomainValidationOptions": options,
            "InUseBy": [],
            "RenewalEligibility": "INELIGIBLE",
            "CreatedAt": moment(-1.5),
            **members,
        },
    )


def by_email(number, region, names, **members):
    """Return a certificate that is validated by email."""
    return described(
        number,
        region,
        names,
        **{
            "DomainValidationOptions": [validation(name, "SUCCESS", "EMAIL") for name in names],
            "Options": {"Export": "DISABLED", "ValidationMethod": "EMAIL"},
            **members,
        },
    )


def one_of(number):
    """Return one of many certificates: most are fine, some are not."""
    region = REGIONS[(number * number) % 7 % len(REGIONS)]
    name = f"app-{number}.{('brightharbor.io', 'lighthouse.io', 'tidewater.dev')[number % 3]}"
    age = number * 37 % 165
    times = {"NotAfter": moment(198 - age), "IssuedAt": moment(-age), "CreatedAt": moment(-age)}
    kinds = {
        3: lambda: pending(number, region, [name]),
        7: lambda: by_email(number, region, [name], **times),
        11: lambda: described(
            number,
            region,
            [name],
            **{**times, "InUseBy": [], "RenewalEligibility": "INELIGIBLE"},
        ),
        13: lambda: pending(number, region, [name], Status="FAILED", FailureReason="CAA_ERROR"),
        17: lambda: described(
            number,
            region,
            [name],
            **{
                **times,
                "Type": "IMPORTED",
                "ImportedAt": moment(-age),
                "CreatedAt": None,
                "IssuedAt": None,
                "DomainValidationOptions": None,
                "RenewalEligibility": "INELIGIBLE",
            },
        ),
    }
    make = kinds.get(number % 40)
    return make() if make else described(number, region, [name], **times)


def entry(operation, region, response, **request):
    """Return an entry of an inventory file."""
    return {
        "operation": operation,
        "account": ACCOUNT,
        "region": region,
        "request": request,
        "response": response,
    }


def refused(operation, region, code, message, **request):
    """Return the entry of a call that AWS refused."""
    found = entry(operation, region, None, **request)
    del found["response"]
    return found | {"error": {"code": code, "message": message}}


def inventory(certificates, regions=None, others=()):
    """Return an inventory file of certificates, with the lists of the Regions."""
    by_region = {region: [] for region in regions or ()}
    for each in certificates:
        by_region.setdefault(each["CertificateArn"].split(":")[3], []).append(each)
    identity = {"UserId": "AIDAEXAMPLE", "Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:root"}
    entries = [entry("GetCallerIdentity", "us-east-1", identity)]
    quotas = {
        "Quotas": [
            quota("ACM certificates", "L-F141DD1D", 2500),
            quota("ACM certificates created in last 365 days", "L-9D2CB1C4", 5000),
            quota("Imported certificates", "L-3808DC70", 2500),
            quota("Imported certificates in last 365 days", "L-D2CB7DE9", 5000),
            quota("Domain names per ACM certificate", "L-FB94F0B0", 10),
        ]
    }
    for region, known in sorted(by_region.items()):
        listed = [
            {
                key: each[key]
                for key in ("CertificateArn", "DomainName", "Status", "Type", "NotAfter")
                if key in each
            }
            for each in known
        ]
        keys = ["RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096"]
        keys += ["EC_prime256v1", "EC_secp384r1", "EC_secp521r1"]
        filters = {
            "Includes": {"keyTypes": keys},
            "CertificateKeyPairOrigins": ["AWS_MANAGED", "ACME", "CUSTOMER_PROVIDED"],
            "MaxItems": 1000,
        }
        roots = ["N2_AMAZON_MANAGED", "N2_SFG2_AMAZON_MANAGED"]
        summaries = {"CertificateSummaryList": listed}
        entries.append(entry("ListCertificates", region, summaries, **filters))
        empty = {"CertificateSummaryList": []}
        filters = {**filters, "RootHierarchyTypes": roots}
        entries.append(entry("ListCertificates", region, empty, **filters))
        entries += [
            entry(
                "DescribeCertificate",
                region,
                {"Certificate": each},
                CertificateArn=each["CertificateArn"],
            )
            for each in known
        ]
        entries.append(entry("ListServiceQuotas", region, quotas, ServiceCode="acm"))
    at = AS_OF.isoformat(timespec="seconds")
    return {"acmrules": "0.2.0", "inventory": 1, "at": at, "responses": [*entries, *others]}


def quota(name, code, value):
    """Return a quota as Service Quotas returns it."""
    return {"ServiceCode": "acm", "QuotaCode": code, "QuotaName": name, "Value": float(value)}


def many(number):
    """Return an inventory file of a number of certificates."""
    return inventory(map(one_of, range(number)), REGIONS[:7] if number else REGIONS[:2])
