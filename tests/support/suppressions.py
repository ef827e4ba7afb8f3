"""Suppressions as files contain them."""

import json

IT = "acmrules: ignore[ACM301]: x"


def certificate(metadata, name="bad_name.io"):
    return {
        "Type": "AWS::CertificateManager::Certificate",
        "Metadata": metadata,
        "Properties": {"DomainName": name, "ValidationMethod": "DNS"},
    }


def stack(*metadata):
    resources = {f"R{n}": certificate(each) for n, each in enumerate(metadata)}
    return json.dumps({"Resources": resources}, indent=2)
