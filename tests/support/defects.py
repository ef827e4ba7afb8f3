"""Requests with one defect or risk each, and two good ones, as properties of CloudFormation.

`CHECKOV` is what checkov 3.3.30 reports about each of them, recorded on 2026-11-30; see
`docs/pages/guards/other-linters.md`.
"""

ZONE = "Z0123456789ABCDEFGHIJ"
_NAME = "shop.brightharbor.io"


def _of(name=_NAME, *others, **more):
    found = {"DomainName": name, "ValidationMethod": "DNS"}
    if others:
        found["SubjectAlternativeNames"] = [*others]
    return {key: value for key, value in (found | more).items() if value is not None}


def _options(*options):
    return {"DomainValidationOptions": [*options]}


def _names(count):
    return [f"h{number}.brightharbor.io" for number in range(count)]


_IN_ZONE = {"DomainName": _NAME, "HostedZoneId": ZONE}

GOOD = {
    "plain": _of(**_options(_IN_ZONE)),
    "mixed case": _of(
        "Shop.BrightHarbor.io",
        ValidationMethod="EMAIL",
        **_options({"DomainName": "Shop.BrightHarbor.io", "ValidationDomain": "brightharbor.io"}),
    ),
}

DEFECTS = {
    "primary of 72 characters": _of(f"{'a' * 56}.brightharbor.io"),
    "label of 64 characters": _of(_NAME, f"{'a' * 64}.brightharbor.io"),
    "underscore": _of("status_page.brightharbor.io"),
    "trailing dot": _of("shop.brightharbor.io."),
    "U-label": _of("bücher.brightharbor.io"),
    "wildcard under a public suffix": _of("*.co.uk"),
    "single label": _of("localhost"),
    "inner wildcard": _of("www.*.brightharbor.io"),
    "IP address": _of("192.0.2.1"),
    "URL": _of("https://shop.brightharbor.io"),
    "empty": _of(""),
    "duplicate names": _of(_NAME, _NAME, "SHOP.brightharbor.io"),
    "11 names": _of(_NAME, *_names(11)),
    "101 names": _of(_NAME, *_names(101)),
    "name over 253 bytes": _of(_NAME, ".".join(["a" * 60] * 5) + ".io"),
    "unknown method": _of(ValidationMethod="CNAME"),
    "HTTP validation": _of(ValidationMethod="HTTP"),
    "no method": _of(ValidationMethod=None),
    "small key": _of(KeyAlgorithm="RSA_1024"),
    "unknown key": _of(KeyAlgorithm="ed25519"),
    "unrelated validation domain": _of(
        ValidationMethod="EMAIL",
        **_options({"DomainName": _NAME, "ValidationDomain": "lighthouse.io"}),
    ),
    "public suffix as validation domain": _of(
        ValidationMethod="EMAIL", **_options({"DomainName": _NAME, "ValidationDomain": "io"})
    ),
    "zone and validation domain": _of(
        **_options(_IN_ZONE | {"ValidationDomain": "brightharbor.io"})
    ),
    "zone with email": _of(ValidationMethod="EMAIL", **_options(_IN_ZONE)),
    "option for another name": _of(
        **_options(_IN_ZONE, {"DomainName": "blog.brightharbor.io", "HostedZoneId": ZONE})
    ),
    "record created twice": _of(
        "brightharbor.io",
        "*.brightharbor.io",
        **_options(
            {"DomainName": "brightharbor.io", "HostedZoneId": ZONE},
            {"DomainName": "*.brightharbor.io", "HostedZoneId": ZONE},
        ),
    ),
    "tag with an asterisk": _of(Tags=[{"Key": "owner", "Value": "team *"}]),
    "transparency as a boolean": _of(CertificateTransparencyLoggingPreference=True),
    "invalid A-label": _of("xn--zzzz9999.brightharbor.io"),
    "documentation domain": _of("www.example.com"),
}


def template(properties):
    """Return the template of a certificate as data."""
    if "DomainValidationOptions" not in properties and properties.get("ValidationMethod") == "DNS":
        names = [properties["DomainName"], *properties.get("SubjectAlternativeNames", ())]
        options = [{"DomainName": name, "HostedZoneId": ZONE} for name in names]
        properties = properties | {"DomainValidationOptions": options}
    kind = "AWS::CertificateManager::Certificate"
    return {"Resources": {"Certificate": {"Type": kind, "Properties": properties}}}


CHECKOV = {
    "wildcard under a public suffix": "CKV2_AWS_71",
    "inner wildcard": "CKV2_AWS_71",
    "record created twice": "CKV2_AWS_71",
}
