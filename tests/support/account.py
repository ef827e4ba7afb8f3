"""Responses of AWS about certificates, made up."""

ACCOUNT = "123456789012"
REGION = "eu-west-1"


def arn_of(number=1, region=REGION, account=ACCOUNT):
    """Return the ARN of a certificate."""
    return f"arn:aws:acm:{region}:{account}:certificate/00000000-0000-4000-8000-{number:012}"


ARN = arn_of()


def described(*names, arn=ARN, **members):
    """Return an issued certificate as `DescribeCertificate` describes it, with other members."""
    listed = list(names or ("brightharbor.io", "www.brightharbor.io"))
    found = {
        "CertificateArn": arn,
        "DomainName": listed[0],
        "SubjectAlternativeNames": listed,
        "DomainValidationOptions": [validation(name) for name in listed],
        "Subject": f"CN={listed[0]}",
        "Issuer": "Amazon",
        "CreatedAt": "2026-09-01T08:00:00+00:00",
        "IssuedAt": "2026-09-01T08:10:00+00:00",
        "Status": "ISSUED",
        "NotBefore": "2026-09-01T00:00:00+00:00",
        "NotAfter": "2027-03-17T23:59:59+00:00",
        "KeyAlgorithm": "RSA-2048",
        "SignatureAlgorithm": "SHA256WITHRSA",
        "InUseBy": [],
        "Type": "AMAZON_ISSUED",
        "RenewalEligibility": "INELIGIBLE",
        "Options": {"CertificateTransparencyLoggingPreference": "ENABLED", "Export": "DISABLED"},
    }
    return {key: value for key, value in (found | members).items() if value is not None}


def validation(name, status="SUCCESS"):
    """Return the DNS validation of a name."""
    return {
        "DomainName": name,
        "ValidationDomain": name,
        "ValidationStatus": status,
        "ValidationMethod": "DNS",
        "ResourceRecord": {
            "Name": f"_0a1b.{name.removeprefix('*.')}.",
            "Type": "CNAME",
            "Value": "_2c3d.xyz.acm-validations.aws.",
        },
    }


def listed(*names, arn=ARN, **members):
    """Return a certificate as `ListCertificates` lists it, with other members."""
    all_names = list(names or ("brightharbor.io", "www.brightharbor.io"))
    found = {
        "CertificateArn": arn,
        "DomainName": all_names[0],
        "SubjectAlternativeNameSummaries": all_names,
        "HasAdditionalSubjectAlternativeNames": False,
        "Status": "ISSUED",
        "Type": "AMAZON_ISSUED",
        "KeyAlgorithm": "RSA-2048",
        "KeyUsages": ["DIGITAL_SIGNATURE", "KEY_ENCIPHERMENT"],
        "ExtendedKeyUsages": ["TLS_WEB_SERVER_AUTHENTICATION"],
        "ExportOption": "DISABLED",
        "InUse": True,
        "RenewalEligibility": "ELIGIBLE",
        "NotBefore": "2026-09-01T00:00:00+00:00",
        "NotAfter": "2027-03-17T23:59:59+00:00",
        "CreatedAt": "2026-09-01T08:00:00+00:00",
        "IssuedAt": "2026-09-01T08:10:00+00:00",
    }
    return {key: value for key, value in (found | members).items() if value is not None}
