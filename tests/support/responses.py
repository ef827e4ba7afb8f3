"""Responses of AWS as files of the CLI."""

import json

from tests.support.shown_accounts import ACCOUNT, REGION, arn_of


def description(*names, number=1, region=REGION, account=ACCOUNT, method="DNS", **fields):
    """Return the output of `describe-certificate` for an issued certificate in use."""
    names = names or ("brightharbor.io",)
    fields = {
        "CertificateArn": arn_of(number, region, account),
        "DomainName": names[0],
        "SubjectAlternativeNames": [*names],
        "Type": "AMAZON_ISSUED",
        "Status": "ISSUED",
        "KeyAlgorithm": "RSA-2048",
        "CreatedAt": "2026-10-01T08:00:00+00:00",
        "IssuedAt": "2026-10-01T08:10:00+00:00",
        "NotBefore": "2026-10-01T00:00:00+00:00",
        "NotAfter": "2027-04-16T23:59:59+00:00",
        "InUseBy": [f"arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/app/site/1"],
        "RenewalEligibility": "ELIGIBLE",
        "Options": {"CertificateTransparencyLoggingPreference": "ENABLED", "Export": "DISABLED"},
        "DomainValidationOptions": [validation(name, method) for name in names],
        **fields,
    }
    return {"Certificate": {name: value for name, value in fields.items() if value is not None}}


def validation(name, method="DNS", status="SUCCESS"):
    """Return the entry of a name in `DomainValidationOptions`."""
    stem = name.removeprefix("*.")
    token = stem.replace(".", "")
    found = {"DomainName": name, "ValidationMethod": method, "ValidationStatus": status}
    if method == "EMAIL":
        return {**found, "ValidationDomain": stem, "ValidationEmails": [f"admin@{stem}"]}
    record = {
        "Name": f"_{token}.{stem}.",
        "Type": "CNAME",
        "Value": f"_{token}.xyz.acm-validations.aws.",
    }
    return {**found, "ResourceRecord": record}


def write(path, *responses):
    """Write responses to a file, one or a list of them."""
    path.write_text(json.dumps(responses[0] if len(responses) == 1 else responses, indent=1))
