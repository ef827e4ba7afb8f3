"""Requests as a CloudFormation template in YAML."""

from __future__ import annotations

from acmrules.messages import printable, quoted
from acmrules.unresolved import Text, Unknown, Unresolved
from acmrules.writers.members import (
    ONLY_OF_API,
    NotExpressible,
    addresses,
    members,
    refuse,
    unknowns,
    words_of,
)
from acmrules.writers.quoting import in_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from acmrules.api_parameters import Members
    from acmrules.request import CertificateRequest

ZONE_ID = "AWS::Route53::HostedZone::Id"
"""The type of parameters for hosted zones."""

_TYPE = "AWS::CertificateManager::Certificate"
_PSEUDO_PARAMETER = "AWS::"


def parameter(*words: str) -> Unresolved:
    """Return a reference to a parameter that is named by words.

    >>> str(parameter("zone of", "my-site.io"))
    '${ZoneOfMySiteIo}'
    """
    return Unresolved((Unknown(f"${{{logical_id(words_of(' '.join(words)))}}}"),))


def render(requests: Sequence[CertificateRequest]) -> str:
    """Return a template; raises `NotExpressible`.

    Unknown values become parameters. With several Regions, conditions create each certificate only
    in its own Region.
    """
    properties = [*map(_properties, requests)]
    regions = [*dict.fromkeys(str(each.region) for each in requests if each.region)]
    conditions: dict[str, str] = {}
    if len(regions) > 1:
        names = addresses((f"in {region}" for region in regions), logical_id)
        conditions = dict(zip(regions, names, strict=True))
    types = _parameters(properties)
    found = addresses((str(each.names[0]) for each in requests), logical_id, types)
    comment = f"# Deploy this in {', '.join(map(printable, regions))}.\n" if regions else ""
    tests = {name: f"!Equals [!Ref AWS::Region, {in_yaml(r)}]" for r, name in conditions.items()}
    resources = [
        resource(address, _TYPE, data, conditions.get(str(request.region), ""))
        for request, address, data in zip(requests, found, properties, strict=True)
    ]
    return comment + template(types, resources, tests)


def template(
    parameters: Mapping[str, str], resources: Sequence[str], conditions: Mapping[str, str]
) -> str:
    """Return a template; `parameters` are types by name, and `conditions` tests by name."""
    sections = {
        "Parameters": [f"  {name}:\n    Type: {kind}" for name, kind in parameters.items()],
        "Conditions": [f"  {name}: {test}" for name, test in conditions.items()],
        "Resources": resources,
    }
    lines = ["AWSTemplateFormatVersion: 2010-09-09"]
    for name, entries in sections.items():
        lines += [f"{name}:", *entries] if entries else []
    return "\n".join(lines) + "\n"


def resource(address: str, kind: str, properties: Members, condition: str = "") -> str:
    """Return a resource, which may have a condition."""
    lines = [f"  {address}:", f"    Type: {kind}"]
    lines += [f"    Condition: {condition}"] if condition else []
    return "\n".join((*lines, "    Properties:", *_lines(properties, "      ")))


def logical_id(words: list[str]) -> str:
    """Return words as a logical ID."""
    return "".join(word[:1].upper() + word[1:] for word in words)


def _properties(request: CertificateRequest) -> Members:
    found = members(request)
    refuse(found, "CloudFormation", *ONLY_OF_API)
    if "Export" in found:
        found["CertificateExport"] = found.pop("Export")
    for tag in found.get("Tags", ()):
        tag.setdefault("Value", "")  # CloudFormation requires a value, which may be empty.
    return found


def _parameters(properties: Iterable[Members]) -> dict[str, str]:
    """Return the types of the parameters for unknown values: hosted zones or strings."""
    types: dict[str, str] = {}
    for data in properties:
        options = data.get("DomainValidationOptions", ())
        zones = {unknown for each in options for unknown in unknowns(each.get("HostedZoneId", ""))}
        for unknown in unknowns(data):
            name = _parameter_name(unknown)
            if not name.startswith(_PSEUDO_PARAMETER):
                types.setdefault(name, ZONE_ID if unknown in zones else "String")
    return types


def _parameter_name(unknown: Unknown) -> str:
    """Return the name in a label such as `${Name}`; raises `NotExpressible`."""
    name = unknown.label.removeprefix("${").removesuffix("}")
    plain = name.removeprefix(_PSEUDO_PARAMETER)
    if unknown.label != f"${{{name}}}" or not (plain.isascii() and plain.isalnum()):
        raise NotExpressible(f"has {quoted(unknown)}, which is not a template parameter")
    return name


def _lines(data: Members | list[Any], margin: str) -> Iterator[str]:
    """Yield the lines of a mapping or a list."""
    if isinstance(data, dict):
        for key, value in data.items():
            if isinstance(value, list | dict):
                yield f"{margin}{key}:"
                yield from _lines(value, f"{margin}  ")
            else:
                yield f"{margin}{key}: {_scalar(value)}"
        return
    for item in data:
        if isinstance(item, dict):
            first, *rest = _lines(item, f"{margin}  ")
            yield f"{margin}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{margin}- {_scalar(item)}"


def _scalar(text: Text | int) -> str:
    if isinstance(text, int):
        return str(text)
    if isinstance(text, str):
        return in_yaml(text)
    if len(text.parts) == 1:
        return f"!Ref {_parameter_name(text.unknowns[0])}"
    pieces = (p if isinstance(p, Unknown) else p.replace("${", "${!") for p in text.parts)
    return f"!Sub {in_yaml(''.join(map(str, pieces)))}"
