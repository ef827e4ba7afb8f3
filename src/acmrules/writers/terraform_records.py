"""The validation records to create by hand, as Terraform resources.

For certificates in Terraform, the resources refer to the validation options. For others, the
records have placeholders.
"""

from __future__ import annotations

import posixpath

from acmrules.facts import acm
from acmrules.messages import printable
from acmrules.names import DomainName
from acmrules.request import Tool, ValidationMethod
from acmrules.resources import Zone
from acmrules.unresolved import Unresolved
from acmrules.writers import hcl
from acmrules.writers.members import words_of
from acmrules.writers.quoting import in_hcl
from acmrules.writers.record_entries import NO_RECORDS, entries
from acmrules.writers.terraform import record, record_of, validation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.analysis.validation import Validation, ValidationCname
    from acmrules.writers.record_entries import Base, RecordEntry

    Zones = dict[str, str]
    """The ids of zones by names without `*.`, both as expressions."""

_CERTIFICATE = "aws_acm_certificate."
_ZONE = "aws_route53_zone."
_RECORDS = "certificate_validation"


def render(found: Sequence[Validation], base_of: Base) -> str:
    """Return the resources by module; for `base_of`, see `records.render`."""
    folders: dict[str, dict[str, list[Validation]]] = {}
    for each in found:
        if each.tool is Tool.TERRAFORM and each.method is ValidationMethod.DNS and each.left:
            certificates = folders.setdefault(posixpath.dirname(each.file), {})
            certificates.setdefault(_split(each.address)[1], []).append(each)
    parts = [_module([*certificates.values()], base_of) for certificates in folders.values()]
    outside = _Blocks(base_of)
    for entry in entries(found, exclude=Tool.TERRAFORM):
        zone = in_hcl(entry.zone_id) if entry.zone_id else outside.zone(entry.zone, entry.stem)
        outside.record(entry, zone)
    parts += [outside.text()] if outside.texts else []
    return "\n".join(parts) or NO_RECORDS


def _module(certificates: list[list[Validation]], base_of: Base) -> str:
    """Return one resource with the records of all certificates, because they may share names.

    Each certificate is a list: one validation for each case of its conditions, and for each call of
    its module.
    """
    blocks = _Blocks(base_of)
    zones = {
        _text(cname.stem): blocks.zone_of(one, cname)
        for cases in certificates
        for one in cases
        for cname in one.left
        if isinstance(cname.stem, DomainName) or is_expression(cname.stem)
    }
    first = [cases[0] for cases in certificates]
    comments = "".join(f"# For {printable(one.title)}\n" for one in first)
    blocks.texts.append(comments + _records([_options(one) for one in first], zones))
    blocks.texts += [_validation(one) for one in first if not one.waiting]
    return blocks.text()


class _Blocks:
    """The blocks of a module, after the data sources and variables that they need."""

    def __init__(self, base_of: Base) -> None:
        self.texts: list[str] = []
        self._base_of = base_of
        self._needed: dict[str, str] = {}

    def text(self) -> str:
        return "\n".join((*self._needed.values(), *self.texts))

    def zone(self, name: str, stem: DomainName | Unresolved) -> str:
        """Return the id of the zone with a name, or of an unknown zone, as an expression."""
        if name:
            label = hcl.label(["zone", *words_of(name)])
            head = ["data", "aws_route53_zone", label]
            self._needed[label] = hcl.block(head, {"name": in_hcl(name)})
            return f"data.aws_route53_zone.{label}.zone_id"
        base = self._base_of(stem) if isinstance(stem, DomainName) else None
        label = hcl.label(["zone", "of", *words_of(str(base or stem))])
        self._needed[label] = hcl.block(["variable", label], {"type": "string"})
        return f"var.{label}"

    def zone_of(self, one: Validation, cname: ValidationCname) -> str:
        """Return the id of the zone of a record, as an expression in its module."""
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

    def record(self, entry: RecordEntry, zone: str) -> None:
        """Add a record, with placeholders unless the certificate exists."""
        label = hcl.label([*words_of(str(entry.stem)), "validation"])
        kind = in_hcl(acm.DNS_RECORD_TYPE.value)
        self.texts.append(record(label, zone, in_hcl(entry.name), kind, in_hcl(entry.value), {}))


def _records(options: list[str], zones: Zones) -> str:
    """Return the records of certificates, one for each name without `*.`."""
    zone = hcl.nested("{", hcl.aligned(zones), "}[each.key]")
    if len({*zones.values()}) == 1:
        zone = next(iter(zones.values()))
    all_options = options[0]
    if len(options) > 1:
        all_options = hcl.nested("flatten([", [f"{each}," for each in options], "])")
    by_name = [
        *f"for option in {all_options} :".split("\n"),
        'trimprefix(option.domain_name, "*.") => option...',
    ]
    arguments = {"for_each": hcl.nested("{", by_name, "}")}
    return record_of("each.value[0]", _RECORDS, zone, arguments)


def _key(one: Validation) -> str:
    """Return the key of one of several certificates of a resource, such as `0]` or `"a"]`."""
    return one.instance.rpartition("[")[2]


def _certificate(one: Validation) -> str:
    return _split(one.address)[1].partition("[")[0]


def _options(one: Validation) -> str:
    """Return the validation options of all certificates of a resource, as an expression."""
    certificate, key = _certificate(one), _key(one)
    if not key:
        return f"{certificate}.domain_validation_options"
    every = f"values({certificate})" if key.startswith('"') else certificate
    return f"flatten({every}[*].domain_validation_options)"


def _validation(one: Validation) -> str:
    """Return a resource that waits for a certificate, or for each of several."""
    certificate, key = _certificate(one), _key(one)
    label = certificate.removeprefix(_CERTIFICATE)
    if key.startswith('"'):
        return validation(label, "each.value", _RECORDS, {"for_each": certificate})
    if key:
        count = {"count": f"length({certificate})"}
        return validation(label, f"{certificate}[count.index]", _RECORDS, count)
    return validation(label, certificate, _RECORDS, {})


def is_expression(text: Unresolved) -> bool:
    """Return whether all unknown parts of a name are Terraform expressions."""
    return all(u.label.startswith("${") and u.label.endswith("}") for u in text.unknowns)


def _text(stem: DomainName | Unresolved) -> str:
    if isinstance(stem, DomainName):
        return in_hcl(str(stem))
    return f"({hcl.text(stem)})" if len(stem.parts) == 1 else hcl.text(stem)


def _split(address: str) -> tuple[str, str]:
    """Return the module of an address, and the address in this module."""
    for kind in (f"data.{_ZONE}", _ZONE, _CERTIFICATE):
        module, found, rest = address.rpartition(kind)
        if found:
            return module, found + rest
    return "", address
