"""Requests as short files, one in each format."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from acmrules.api_parameters import members
from acmrules.request import CertificateRequest
from acmrules.writers import hcl
from acmrules.writers.quoting import in_hcl, in_yaml

NAMES = {
    "cloudformation": "site.yaml",
    "terraform": "main.tf",
    "kubernetes": "certificate.yaml",
    "api": "request.json",
    "names": "names.txt",
}
"""The name of a file in each format that can express a plain request."""

_OF_API = {"IdempotencyToken", "RootHierarchyType", "CertificateUsage"}
_OPTIONS = ("Export", "CertificateTransparencyLoggingPreference")
_OF_REQUESTS = {"DomainName", "SubjectAlternativeNames"}
_IN_HCL = {
    "DomainName": "domain_name",
    "SubjectAlternativeNames": "subject_alternative_names",
    "ValidationMethod": "validation_method",
    "KeyAlgorithm": "key_algorithm",
    "CertificateAuthorityArn": "certificate_authority_arn",
    "ValidationDomain": "validation_domain",
    "Export": "export",
    "CertificateTransparencyLoggingPreference": "certificate_transparency_logging_preference",
}
_IN_KUBERNETES = {"CertificateAuthorityArn": "certificateAuthorityARN"}
_LONGEST = 80


def files(request: CertificateRequest) -> dict[str, str]:
    """Return the text of a request in each format that can express it."""
    found = members(request)
    if options := {each: found.pop(each) for each in _OPTIONS if each in found}:
        found["Options"] = options
    writers = {
        "cloudformation": _cloudformation,
        "terraform": _terraform,
        "kubernetes": _kubernetes,
        "api": _api,
        "names": _names,
    }
    texts = {form: writer(json.loads(json.dumps(found))) for form, writer in writers.items()}
    return {form: text for form, text in texts.items() if text}


def _cloudformation(data: dict[str, Any]) -> str:
    if _OF_API & data.keys():
        return ""
    for option, value in data.pop("Options", {}).items():
        data["CertificateExport" if option == "Export" else option] = value
    is_validated = data.get("ValidationMethod") == "DNS" and "CertificateAuthorityArn" not in data
    if is_validated and "DomainValidationOptions" not in data:
        data["DomainValidationOptions"] = [*_zones(_names_of(data))]
    head = ["Resources:", "  Certificate:", "    Type: AWS::CertificateManager::Certificate"]
    return _joined([*head, "    Properties:", *_yaml(data, "      ")])


def _names_of(data: Mapping[str, Any]) -> list[str]:
    return [data["DomainName"], *data.get("SubjectAlternativeNames", ())]


def _zones(names: Iterable[str]) -> Iterator[dict[str, str]]:
    """Yield an option with a hosted zone for each validation record of the names."""
    zones: dict[str, str] = {}
    first = {each.lower().removeprefix("*."): each for each in reversed([*names])}
    for parent, name in reversed(first.items()):
        domain = ".".join(parent.rsplit(".", 2)[-2:])
        zone = zones.setdefault(domain, _ZONES[len(zones)])
        yield {"DomainName": name, "HostedZoneId": zone}


_ZONES = ("Z0123456789ABCDEFGHIJ", "Z9876543210JIHGFEDCBA")


def _kubernetes(data: dict[str, Any]) -> str:
    """Return a certificate of ACK, whose controller always requests DNS validation."""
    options = data.get("DomainValidationOptions", ())
    if _OF_API & data.keys() or data.pop("ValidationMethod", "DNS") != "DNS":
        return ""
    if any("HostedZoneId" in each for each in options) or "Export" in data.get("Options", ()):
        return ""
    head = ["apiVersion: acm.services.k8s.aws/v1alpha1", "kind: Certificate"]
    return _joined([*head, "metadata: {name: site}", "spec:", *_yaml(_in_camel_case(data), "  ")])


def _in_camel_case(data: Any) -> Any:  # noqa: ANN401  (JSON)
    if isinstance(data, list):
        return [_in_camel_case(each) for each in data]
    if isinstance(data, dict):
        return {
            _IN_KUBERNETES.get(key, key[:1].lower() + key[1:]): _in_camel_case(value)
            for key, value in data.items()
        }
    return data


def _terraform(data: dict[str, Any]) -> str:
    options = data.pop("DomainValidationOptions", [])
    if _OF_API & data.keys() or any("HostedZoneId" in each for each in options):
        return ""
    nested = [hcl.block(["validation_option"], _arguments(each)) for each in options]
    if given := data.pop("Options", {}):
        nested.append(hcl.block(["options"], _arguments(given)))
    tags = {each["Key"]: in_hcl(each.get("Value", "")) for each in data.pop("Tags", ())}
    groups = [_arguments(data)]
    if tags:
        lines = hcl.aligned({_key(key): value for key, value in tags.items()})
        groups.append({"tags": hcl.nested("{", lines, "}")})
    return hcl.block(["resource", "aws_acm_certificate", "site"], *groups, blocks=nested)


def _key(key: str) -> str:
    return key if key.isidentifier() else in_hcl(key)


def _arguments(data: Mapping[str, Any]) -> dict[str, str]:
    return {_IN_HCL.get(key, key): _expression(key, value) for key, value in data.items()}


def _expression(key: str, value: Any) -> str:  # noqa: ANN401  (JSON)
    if isinstance(value, str):
        return in_hcl(value)
    line = f"[{', '.join(map(in_hcl, value))}]"
    return line if len(line) + len(_IN_HCL.get(key, key)) < _LONGEST else hcl.value(value)


def _api(data: dict[str, Any]) -> str:
    if any("HostedZoneId" in each for each in data.get("DomainValidationOptions", ())):
        return ""
    return f"{json.dumps(data, indent=2, ensure_ascii=False)}\n"


def _names(data: dict[str, Any]) -> str:
    if data.keys() - _OF_REQUESTS - {"ValidationMethod"}:
        return ""
    return _joined(_names_of(data))


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _yaml(data: Mapping[str, Any], margin: str) -> Iterator[str]:
    """Yield the lines of a mapping, with short lists on one line."""
    for key, value in data.items():
        if isinstance(value, str):
            yield f"{margin}{key}: {in_yaml(value)}"
        elif isinstance(value, dict):
            yield f"{margin}{key}:"
            yield from _yaml(value, f"{margin}  ")
        else:
            yield f"{margin}{key}:"
            for item in value:
                lines = [in_yaml(item)] if isinstance(item, str) else [*_yaml(item, "")]
                yield f"{margin}  - {lines[0]}"
                yield from (f"{margin}    {line}" for line in lines[1:])
