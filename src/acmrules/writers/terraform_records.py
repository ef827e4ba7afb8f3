"""The records that somebody has to write, as resources of Terraform, as `terraform fmt` has them.

A certificate that Terraform asks for tells its records itself; what others ask for has its tokens
left open.
"""

from __future__ import annotations

import posixpath

from acmrules.messages import printable
from acmrules.names import DomainName
from acmrules.request import Tool, ValidationMethod
from acmrules.resources import Zone
from acmrules.unresolved import Unknown, Unresolved
from acmrules.writers.members import words_of
from acmrules.writers.quoting import in_hcl, template
from acmrules.writers.record_entries import TTL, VALUE, entries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.analysis.validation import Validation, ValidationCname
    from acmrules.writers.record_entries import Base

    Zones = dict[str, str]
    """Expressions for the ids of zones, by names without `*.`, as expressions too."""

_CERTIFICATE = "aws_acm_certificate."
_ZONE = "aws_route53_zone."
_RECORDS = "certificate_validation"


def render(found: Sequence[Validation], base_of: Base) -> str:
    """Return the resources, module by module; `base_of` as `records.render` has it."""
    folders: dict[str, dict[str, list[Validation]]] = {}
    for each in found:
        if each.tool is Tool.TERRAFORM and each.method is ValidationMethod.DNS and each.left:
            certificates = folders.setdefault(posixpath.dirname(each.file), {})
            certificates.setdefault(_split(each.address)[1], []).append(each)
    parts = [_module([*certificates.values()], base_of) for certificates in folders.values()]
    outside = _Blocks(base_of)
    for entry in entries(found, but=Tool.TERRAFORM):
        zone = in_hcl(entry.zone_id) if entry.zone_id else outside.zone(entry.zone, entry.stem)
        outside.record(entry.stem, entry.name, zone)
    parts += [outside.text()] if outside.texts else []
    return "\n".join(parts) or "# No record is left to write.\n"


def _module(certificates: list[list[Validation]], base_of: Base) -> str:
    """Return one resource with the records of all certificates, as names may be those of several.

    Each certificate comes as the choices of its conditions, and the calls of its module.
    """
    blocks = _Blocks(base_of)
    zones = {
        _text(cname.stem): blocks.zone_of(one, cname)
        for choices in certificates
        for one in choices
        for cname in one.left
        if isinstance(cname.stem, DomainName) or is_expression(cname.stem)
    }
    first = [choices[0] for choices in certificates]
    beside = "".join(f"# For {printable(one.title)}\n" for one in first)
    blocks.texts.append(beside + _records([_options(one) for one in first], zones))
    blocks.texts += [_waiting(one) for one in first if not one.waiting]
    return blocks.text()


class _Blocks:
    """The blocks of a module, with what stands above them: zones looked up, and variables."""

    def __init__(self, base_of: Base) -> None:
        self.texts: list[str] = []
        self._base_of = base_of
        self._needed: dict[str, str] = {}

    def text(self) -> str:
        return "\n".join((*self._needed.values(), *self.texts))

    def zone(self, name: str, stem: DomainName | Unresolved) -> str:
        """Return the id of a zone by its name, or of the one that a name is in, whichever it is."""
        if name:
            label = _joined(["zone", *words_of(name)])
            self._needed[label] = (
                f'data "aws_route53_zone" "{label}" {{\n  name = {in_hcl(name)}\n}}\n'
            )
            return f"data.aws_route53_zone.{label}.zone_id"
        base = self._base_of(stem) if isinstance(stem, DomainName) else None
        label = _joined(["zone", "of", *words_of(str(base or stem))])
        self._needed[label] = f'variable "{label}" {{\n  type = string\n}}\n'
        return f"var.{label}"

    def zone_of(self, one: Validation, cname: ValidationCname) -> str:
        """Return the id of the zone that a record of a certificate of this module belongs in."""
        declared = cname.zone
        if declared is None or not isinstance(declared.thing, Zone):
            return self.zone("", cname.stem)
        zone = declared.thing
        module, address = _split(zone.address)
        here = posixpath.dirname(declared.file), module
        is_terraform = _ZONE in f".{address}"
        if is_terraform and here == (posixpath.dirname(one.file), _split(one.address)[0]):
            return f"{address}.zone_id"
        if isinstance(zone.zone_id, str):
            return in_hcl(zone.zone_id)
        return self.zone(str(zone.name) if isinstance(zone.name, DomainName) else "", cname.stem)

    def record(self, stem: DomainName, name: str, zone: str) -> None:
        """Write a record whose token is left open."""
        self.texts.append(
            f'resource "aws_route53_record" "{_joined([*words_of(str(stem)), "validation"])}" {{\n'
            f"  zone_id = {zone}\n"
            f"  name    = {in_hcl(name)}\n"
            f'  type    = "CNAME"\n'
            f"  ttl     = {TTL}\n"
            f"  records = [{in_hcl(VALUE)}]\n"
            "}\n"
        )


def _records(options: list[str], zones: Zones) -> str:
    """Return the records that certificates ask for, one for each name without `*.`."""
    width = max(map(len, zones))
    listed = "".join(f"    {stem:{width}} = {zone}\n" for stem, zone in zones.items())
    is_one = len({*zones.values()}) == 1
    zone = next(iter(zones.values())) if is_one else f"{{\n{listed}  }}[each.key]"
    asked = options[0]
    if len(options) > 1:
        asked = "".join(("flatten([\n", *(f"      {each},\n" for each in options), "    ])"))
    return (
        f'resource "aws_route53_record" "{_RECORDS}" {{\n'
        "  for_each = {\n"
        f"    for option in {asked} :\n"
        '    trimprefix(option.domain_name, "*.") => option...\n'
        "  }\n\n"
        f"  zone_id = {zone}\n"
        "  name    = each.value[0].resource_record_name\n"
        "  type    = each.value[0].resource_record_type\n"
        f"  ttl     = {TTL}\n"
        "  records = [each.value[0].resource_record_value]\n"
        "}\n"
    )


def _key(one: Validation) -> str:
    """Return what tells a certificate from others of its resource, `0]` or `"a"]`, if anything."""
    return one.instance.rpartition("[")[2]


def _certificate(one: Validation) -> str:
    return _split(one.address)[1].partition("[")[0]


def _options(one: Validation) -> str:
    """Return the validation options of a resource, of all of its certificates if it has several."""
    certificate, key = _certificate(one), _key(one)
    if not key:
        return f"{certificate}.domain_validation_options"
    every = f"values({certificate})" if key.startswith('"') else certificate
    return f"flatten({every}[*].domain_validation_options)"


def _waiting(one: Validation) -> str:
    """Return what waits until a certificate, or each of several, is validated."""
    certificate, key, lead = _certificate(one), _key(one), ""
    name = certificate.removeprefix(_CERTIFICATE)
    if key.startswith('"'):
        lead, certificate = f"  for_each = {certificate}\n\n", "each.value"
    elif key:
        lead = f"  count = length({certificate})\n\n"
        certificate += "[count.index]"
    return (
        f'resource "aws_acm_certificate_validation" "{name}" {{\n'
        f"{lead}"
        f"  certificate_arn = {certificate}.arn\n"
        "  validation_record_fqdns = [\n"
        f"    for option in {certificate}.domain_validation_options :\n"
        f'    aws_route53_record.{_RECORDS}[trimprefix(option.domain_name, "*.")].fqdn\n'
        "  ]\n"
        "}\n"
    )


def is_expression(text: Unresolved) -> bool:
    """Say whether all that is unknown in a text is an expression of Terraform."""
    return all(u.label.startswith("${") and u.label.endswith("}") for u in text.unknowns)


def _text(stem: DomainName | Unresolved) -> str:
    if isinstance(stem, DomainName):
        return in_hcl(str(stem))
    if len(stem.parts) == 1:
        return f"({stem.unknowns[0].label[2:-1]})"
    return template(
        (part.label[2:-1], True) if isinstance(part, Unknown) else (part, False)
        for part in stem.parts
    )


def _split(address: str) -> tuple[str, str]:
    """Return the module that an address is in, and what it is there."""
    for kind in (f"data.{_ZONE}", _ZONE, _CERTIFICATE):
        module, found, rest = address.rpartition(kind)
        if found:
            return module, found + rest
    return "", address


def _joined(words: list[str]) -> str:
    return "_".join(words).lower()
