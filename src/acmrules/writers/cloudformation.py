"""Requests as a template of CloudFormation, in YAML."""

from __future__ import annotations

from acmrules.messages import printable, quoted
from acmrules.unresolved import Unknown, Unresolved
from acmrules.writers.members import NotExpressible, addresses, members, refuse, unknowns, words_of
from acmrules.writers.quoting import in_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from acmrules.request import CertificateRequest
    from acmrules.unresolved import Text
    from acmrules.writers.members import Members

_TYPE = "AWS::CertificateManager::Certificate"
_ZONE_TYPE = "AWS::Route53::HostedZone::Id"
_OF_TOOL = "AWS::"


def parameter(*words: str) -> Unresolved:
    """Return a text that whoever deploys the template gives as a parameter, named by words.

    >>> str(parameter("zone of", "my-site.io"))
    '${ZoneOfMySiteIo}'
    """
    return Unresolved((Unknown(f"${{{_joined(words_of(' '.join(words)))}}}"),))


def render(requests: Sequence[CertificateRequest]) -> str:
    """Return a template; raises `NotExpressible`.

    What is unknown in the requests becomes parameters. Of several Regions, each request is made
    where the template is deployed in its own.
    """
    properties = [*map(_properties, requests)]
    regions = [*dict.fromkeys(str(each.region) for each in requests if each.region)]
    conditions: dict[str, str] = {}
    if len(regions) > 1:
        names = addresses((f"in {region}" for region in regions), _joined)
        conditions = dict(zip(regions, names, strict=True))
    lines = [f"# Deploy this in {', '.join(map(printable, regions))}."] if regions else []
    lines.append("AWSTemplateFormatVersion: 2010-09-09")
    types = _parameters(properties)
    parameters = [
        line for name, kind in types.items() for line in (f"  {name}:", f"    Type: {kind}")
    ]
    lines += _section("Parameters", parameters)
    tests = {name: f"!Equals [!Ref AWS::Region, {in_yaml(r)}]" for r, name in conditions.items()}
    lines += _section("Conditions", [f"  {name}: {test}" for name, test in tests.items()])
    resources = []
    found = addresses((str(each.names[0]) for each in requests), _joined, types)
    for request, address, data in zip(requests, found, properties, strict=True):
        resources += [f"  {address}:", f"    Type: {_TYPE}"]
        if str(request.region) in conditions:
            resources.append(f"    Condition: {conditions[str(request.region)]}")
        resources += ["    Properties:", *_lines(data, "      ")]
    lines += _section("Resources", resources)
    return "\n".join(lines) + "\n"


def _section(name: str, lines: list[str]) -> list[str]:
    return [f"{name}:", *lines] if lines else []


def _joined(words: list[str]) -> str:
    return "".join(word[:1].upper() + word[1:] for word in words)


def _properties(request: CertificateRequest) -> Members:
    found = members(request)
    refuse(found, "CloudFormation", "IdempotencyToken", "ManagedBy")
    if "Export" in found:
        found["CertificateExport"] = found.pop("Export")
    return found


def _parameters(properties: Iterable[Members]) -> dict[str, str]:
    """Return the types of what is unknown, hosted zones told apart from texts."""
    types: dict[str, str] = {}
    for data in properties:
        options = data.get("DomainValidationOptions", ())
        zones = {unknown for each in options for unknown in unknowns(each.get("HostedZoneId", ""))}
        for unknown in unknowns(data):
            name = _referred(unknown)
            if not name.startswith(_OF_TOOL):
                types.setdefault(name, _ZONE_TYPE if unknown in zones else "String")
    return types


def _referred(unknown: Unknown) -> str:
    """Return what an expression such as `${Name}` refers to; raises `NotExpressible`."""
    name = unknown.label.removeprefix("${").removesuffix("}")
    plain = name.removeprefix(_OF_TOOL)
    if unknown.label != f"${{{name}}}" or not (plain.isascii() and plain.isalnum()):
        raise NotExpressible(f"has {quoted(unknown)}, which is no parameter of a template")
    return name


def _lines(data: Members | list[Any], margin: str) -> Iterator[str]:
    """Yield the lines of a mapping or a list; a mapping in a list begins beside its dash."""
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


def _scalar(text: Text) -> str:
    if isinstance(text, str):
        return in_yaml(text)
    if len(text.parts) == 1:
        return f"!Ref {_referred(text.unknowns[0])}"
    pieces = (p if isinstance(p, Unknown) else p.replace("${", "${!") for p in text.parts)
    return f"!Sub {in_yaml(''.join(map(str, pieces)))}"
