"""Requests as Terraform resources in HCL.

If the options of a request contain hosted zones, the configuration also creates the validation
records, and waits for the certificates. A record belongs to an account and a name, so certificates
with the same name share its record, even in different Regions.
"""

from __future__ import annotations

from acmrules.unresolved import Text, Unknown, Unresolved
from acmrules.writers import hcl
from acmrules.writers.members import (
    ONLY_OF_API,
    TTL,
    NotExpressible,
    addresses,
    members,
    refuse,
    unknowns,
    words_of,
)
from acmrules.writers.quoting import in_hcl

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from acmrules.api_parameters import Members
    from acmrules.request import CertificateRequest

_VARIABLE = "var."

_ARGUMENTS = {
    "DomainName": "domain_name",
    "SubjectAlternativeNames": "subject_alternative_names",
    "ValidationMethod": "validation_method",
    "KeyAlgorithm": "key_algorithm",
    "CertificateAuthorityArn": "certificate_authority_arn",
}
_OPTIONS = {
    "Export": "export",
    "CertificateTransparencyLoggingPreference": "certificate_transparency_logging_preference",
}
_VALIDATION = {"DomainName": "domain_name", "ValidationDomain": "validation_domain"}


def variable(*words: str) -> Unresolved:
    """Return a reference to a variable that is named by words.

    >>> str(variable("zone of", "my-site.io"))
    '${var.zone_of_my_site_io}'
    """
    return Unresolved((Unknown(f"${{{_VARIABLE}{hcl.label(words_of(' '.join(words)))}}}"),))


def render(requests: Sequence[CertificateRequest]) -> str:
    """Return a configuration; raises `NotExpressible`.

    Unknown values that are references to variables become declarations of these variables.
    """
    data_of_requests = [*map(_members, requests)]
    regions = [*dict.fromkeys(str(each.region) for each in requests if each.region)]
    aliases = dict(zip(regions, addresses(regions, hcl.label), strict=True))
    blocks = [
        hcl.block(["variable", name], {"type": "string"}) for name in _variables(data_of_requests)
    ]
    for region, alias in aliases.items():
        arguments = {"alias": in_hcl(alias), "region": in_hcl(region)}
        blocks.append(hcl.block(["provider", "aws"], arguments))
    labels = addresses((str(each.names[0]) for each in requests), hcl.label)
    zoned: dict[str, dict[str, str]] = {}
    for request, address, data in zip(requests, labels, data_of_requests, strict=True):
        alias = aliases.get(str(request.region), "")
        provider = _provider(alias)
        blocks.append(_certificate(address, data, provider, request.create_before_destroy))
        zones = _zones(data)
        if zones:
            zoned[address] = zones
        if zones.keys() == {_validated(name) for name in _names(data)}:
            certificate = f"aws_acm_certificate.{address}"
            blocks.append(validation(address, certificate, "validation", provider))
    if zoned:
        blocks += _records(zoned, next(iter(aliases.values()), ""))
    return "\n".join(blocks)


def _members(request: CertificateRequest) -> Members:
    found = members(request)
    refuse(found, "Terraform", *ONLY_OF_API)
    keys = [str(tag["Key"]) for tag in found.get("Tags", ())]
    if len(keys) > len({*keys}):
        raise NotExpressible("has a tag twice, which Terraform cannot express")
    for option in found.get("DomainValidationOptions", ()):
        if "DomainName" not in option or option.keys() == {"DomainName"}:
            raise NotExpressible("has an option without a name, or with only a name")
    return found


def _variables(data_of_requests: Iterable[Members]) -> list[str]:
    """Return the names of the variables among the unknown values; raises `NotExpressible`."""
    found = dict.fromkeys(hcl.expression(u) for data in data_of_requests for u in unknowns(data))
    return [each.removeprefix(_VARIABLE) for each in found if each.startswith(_VARIABLE)]


# Certificates -------------------------------------------------------------------------------------


def _certificate(
    address: str, data: Members, provider: dict[str, str], creates_first: bool | None
) -> str:
    arguments = {word: hcl.value(data[key]) for key, word in _ARGUMENTS.items() if key in data}
    if "Tags" in data:
        tags = {hcl.text(tag["Key"]): hcl.text(tag.get("Value", "")) for tag in data["Tags"]}
        arguments["tags"] = hcl.nested("{", hcl.aligned(tags), "}")
    blocks = [
        hcl.block(["validation_option"], {w: hcl.text(each[k]) for k, w in _VALIDATION.items()})
        for each in data.get("DomainValidationOptions", ())
        if "ValidationDomain" in each
    ]
    options = {word: hcl.text(data[key]) for key, word in _OPTIONS.items() if key in data}
    if options:
        blocks.append(hcl.block(["options"], options))
    if creates_first is not None:
        blocks.append(
            hcl.block(["lifecycle"], {"create_before_destroy": str(creates_first).lower()})
        )
    return hcl.block(
        ["resource", "aws_acm_certificate", address], provider, arguments, blocks=blocks
    )


# Validation ---------------------------------------------------------------------------------------


def _zones(data: Members) -> dict[str, str]:
    """Return the hosted zones by the names of their records, both as expressions."""
    return {
        _validated(option["DomainName"]): hcl.text(option["HostedZoneId"])
        for option in data.get("DomainValidationOptions", ())
        if "HostedZoneId" in option
    }


def _validated(name: Text) -> str:
    """Return the validated name as an expression: the parent of a wildcard, or the name itself."""
    return hcl.text(name if isinstance(name, Unresolved) else name.removeprefix("*."))


def _names(data: Members) -> list[Text]:
    return [data["DomainName"], *data.get("SubjectAlternativeNames", ())]


def validation(label: str, certificate: str, records: str, arguments: Mapping[str, str]) -> str:
    """Return a resource that waits for a certificate.

    `records` is the label of its records, whose keys are names. `arguments` come first.
    """
    fqdns = [
        f"for option in {certificate}.domain_validation_options :",
        f'aws_route53_record.{records}[trimprefix(option.domain_name, "*.")].fqdn',
    ]
    return hcl.block(
        ["resource", "aws_acm_certificate_validation", label],
        arguments,
        {"certificate_arn": f"{certificate}.arn"}
        | {"validation_record_fqdns": hcl.nested("[", fqdns, "]")},
    )


def _provider(alias: str) -> dict[str, str]:
    return {"provider": f"aws.{alias}"} if alias else {}


def _records(zoned: Mapping[str, Mapping[str, str]], alias: str) -> Iterator[str]:
    zones = {name: zone for each in zoned.values() for name, zone in each.items()}
    lists = [f"aws_acm_certificate.{address}.domain_validation_options," for address in zoned]
    options = [
        *("for option in flatten([", *hcl.indented(lists)),
        ']) : trimprefix(option.domain_name, "*.") => option...',
    ]
    yield (
        "# A name and its wildcard share one record, in all Regions.\n"
        + hcl.block(
            ["locals"],
            {"zones": hcl.nested("{", hcl.aligned(zones), "}")},
            {"validation_options": hcl.nested("{", options, "}")},
        )
    )
    arguments = _provider(alias) | {"for_each": "local.zones"}
    option = "local.validation_options[each.key][0]"
    yield record_of(option, "validation", "each.value", arguments)


def record_of(option: str, label: str, zone: str, arguments: Mapping[str, str]) -> str:
    """Return the validation record for an option of a certificate."""
    name, kind, value = (f"{option}.resource_record_{what}" for what in ("name", "type", "value"))
    return record(label, zone, name, kind, value, arguments)


def record(
    label: str, zone: str, name: str, kind: str, value: str, arguments: Mapping[str, str]
) -> str:
    """Return a DNS record whose values are expressions; `arguments` come first."""
    own = {"zone_id": zone, "name": name, "type": kind, "ttl": str(TTL), "records": f"[{value}]"}
    return hcl.block(["resource", "aws_route53_record", label], arguments, own)
