"""Requests as resources of Terraform's AWS provider, in HCL, laid out as `terraform fmt` has it.

Where an option of a request gives the hosted zone of a name, the validation records are written
too, and the certificates are waited for. A record belongs to an account and a name: certificates
that share a name, in whatever Region, share its record.
"""

from __future__ import annotations

from acmrules.messages import quoted
from acmrules.unresolved import Unknown, Unresolved
from acmrules.writers.hcl import aligned, block, indented, nested
from acmrules.writers.members import NotExpressible, addresses, members, refuse, unknowns, words_of
from acmrules.writers.quoting import in_hcl, template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from acmrules.request import CertificateRequest
    from acmrules.unresolved import Text
    from acmrules.writers.members import Members

_VARIABLE = "var."
_TTL = 300

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
    """Return a text that whoever applies the configuration gives, named by words.

    >>> str(variable("zone of", "my-site.io"))
    '${var.zone_of_my_site_io}'
    """
    return Unresolved((Unknown(f"${{{_VARIABLE}{_joined(words_of(' '.join(words)))}}}"),))


def render(requests: Sequence[CertificateRequest]) -> str:
    """Return a configuration; raises `NotExpressible`.

    What is unknown in the requests becomes variables, where it names one.
    """
    asked = [*map(_members, requests)]
    regions = [*dict.fromkeys(str(each.region) for each in requests if each.region)]
    aliases = dict(zip(regions, addresses(regions, _joined), strict=True))
    blocks = [block(["variable", name], {"type": "string"}) for name in _variables(asked)]
    for region, alias in aliases.items():
        arguments = {"alias": in_hcl(alias), "region": in_hcl(region)}
        blocks.append(block(["provider", "aws"], arguments))
    found = addresses((str(each.names[0]) for each in requests), _joined)
    zoned: dict[str, dict[str, str]] = {}
    for request, address, data in zip(requests, found, asked, strict=True):
        alias = aliases.get(str(request.region), "")
        provider = _provider(alias)
        blocks.append(_certificate(address, data, provider, request.create_before_destroy))
        zones = _zones(data)
        if zones:
            zoned[address] = zones
        if zones.keys() == {_validated(name) for name in _names(data)}:
            blocks.append(_validation(address, provider))
    if zoned:
        blocks += _records(zoned, next(iter(aliases.values()), ""))
    return "\n".join(blocks)


def _members(request: CertificateRequest) -> Members:
    found = members(request)
    refuse(found, "Terraform", "IdempotencyToken", "ManagedBy")
    keys = [str(tag["Key"]) for tag in found.get("Tags", ())]
    if len(keys) > len({*keys}):
        raise NotExpressible("has a tag twice, which Terraform has no way to say")
    for option in found.get("DomainValidationOptions", ()):
        if "DomainName" not in option or option.keys() == {"DomainName"}:
            raise NotExpressible("has an option without a name, or with nothing else")
    return found


def _variables(asked: Iterable[Members]) -> list[str]:
    """Return the names of the variables among what is unknown; raises `NotExpressible`."""
    labels = dict.fromkeys(_expression(unknown) for data in asked for unknown in unknowns(data))
    return [label.removeprefix(_VARIABLE) for label in labels if label.startswith(_VARIABLE)]


def _expression(unknown: Unknown) -> str:
    label = unknown.label
    if not label.startswith("${") or not label.endswith("}") or not label.isprintable():
        raise NotExpressible(f"has {quoted(unknown)}, which is no expression of Terraform")
    return label[2:-1]


def _joined(words: list[str]) -> str:
    joined = "_".join(words).lower()
    return f"_{joined}" if joined[:1].isdecimal() else joined


# Certificates -------------------------------------------------------------------------------------


def _certificate(
    address: str, data: Members, provider: dict[str, str], creates_first: bool | None
) -> str:
    arguments = {word: _value(data[key]) for key, word in _ARGUMENTS.items() if key in data}
    if "Tags" in data:
        tags = {_text(tag["Key"]): _text(tag["Value"]) for tag in data["Tags"]}
        arguments["tags"] = nested("{", aligned(tags), "}")
    blocks = [
        block(["validation_option"], {w: _text(each[k]) for k, w in _VALIDATION.items()})
        for each in data.get("DomainValidationOptions", ())
        if "ValidationDomain" in each
    ]
    options = {word: _text(data[key]) for key, word in _OPTIONS.items() if key in data}
    if options:
        blocks.append(block(["options"], options))
    if creates_first is not None:
        blocks.append(block(["lifecycle"], {"create_before_destroy": str(creates_first).lower()}))
    return block(["resource", "aws_acm_certificate", address], provider, arguments, blocks=blocks)


# Validation ---------------------------------------------------------------------------------------


def _zones(data: Members) -> dict[str, str]:
    """Return the hosted zones of names, as expressions, by the names as their records have them."""
    return {
        _validated(option["DomainName"]): _text(option["HostedZoneId"])
        for option in data.get("DomainValidationOptions", ())
        if "HostedZoneId" in option
    }


def _validated(name: Text) -> str:
    """Return the name that is validated, as an expression: a wildcard's is the one above it."""
    return _text(name if isinstance(name, Unresolved) else name.removeprefix("*."))


def _names(data: Members) -> list[Text]:
    return [data["DomainName"], *data.get("SubjectAlternativeNames", ())]


def _validation(address: str, provider: dict[str, str]) -> str:
    certificate = f"aws_acm_certificate.{address}"
    fqdns = [
        f"for option in {certificate}.domain_validation_options :",
        'aws_route53_record.validation[trimprefix(option.domain_name, "*.")].fqdn',
    ]
    return block(
        ["resource", "aws_acm_certificate_validation", address],
        provider,
        {"certificate_arn": f"{certificate}.arn"}
        | {"validation_record_fqdns": nested("[", fqdns, "]")},
    )


def _provider(alias: str) -> dict[str, str]:
    return {"provider": f"aws.{alias}"} if alias else {}


def _records(zoned: Mapping[str, Mapping[str, str]], alias: str) -> Iterator[str]:
    zones = {name: zone for each in zoned.values() for name, zone in each.items()}
    asked = [f"aws_acm_certificate.{address}.domain_validation_options," for address in zoned]
    options = [
        *("for option in flatten([", *indented(asked)),
        ']) : trimprefix(option.domain_name, "*.") => option...',
    ]
    yield (
        "# A name and its wildcard have one record, whatever the Region of the certificate.\n"
        + block(
            ["locals"],
            {"zones": nested("{", aligned(zones), "}")},
            {"validation_options": nested("{", options, "}")},
        )
    )
    option = "local.validation_options[each.key][0]"
    yield block(
        ["resource", "aws_route53_record", "validation"],
        _provider(alias) | {"for_each": "local.zones"},
        {
            "zone_id": "each.value",
            "name": f"{option}.resource_record_name",
            "type": f"{option}.resource_record_type",
            "ttl": str(_TTL),
            "records": f"[{option}.resource_record_value]",
        },
    )


# Layout -------------------------------------------------------------------------------------------


def _value(data: Text | list[Text]) -> str:
    if isinstance(data, list):
        return nested("[", [f"{_text(item)}," for item in data], "]")
    return _text(data)


def _text(text: Text) -> str:
    """Return a text as an expression: in quotes, or alone if it is not known at all."""
    if isinstance(text, str):
        return in_hcl(text)
    if len(text.parts) == 1:
        return _expression(text.unknowns[0])
    return template(
        (_expression(part), True) if isinstance(part, Unknown) else (part, False)
        for part in text.parts
    )
