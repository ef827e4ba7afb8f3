"""What the declarations of one file or root module reveal about each other."""

from __future__ import annotations

from acmrules.request import Tool, ValidationOption
from acmrules.resources import HTTP_VERSION, OTHER_HTTP_VERSION, ZoneRecord

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.model.declaration import Declaration, Variant
    from acmrules.unresolved import Text


def compared(declarations: Sequence[Declaration]) -> tuple[Declaration, ...]:
    """Return declarations with what others of the same file or root module reveal.

    Distributions with one certificate get a trait if their HTTP versions differ. Requests get the
    names that other requests validate in the same zone.
    """
    return _with_zone_records(_with_versions(tuple(declarations)))


def _with_versions(declarations: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    """Return distributions whose version differs from that of the first with the certificate."""
    first: dict[Text, str] = {}
    result = []
    for declaration in declarations:
        found = _shared_certificate(declaration)
        if found is not None:
            certificate, version = found
            if first.setdefault(certificate, version) != version:
                declaration = _with_trait(declaration)  # noqa: PLW2901  (the same, revised)
        result.append(declaration)
    return tuple(result)


def _shared_certificate(declaration: Declaration) -> tuple[Text, str] | None:
    """Return the certificate of a distribution alone and its version, if both are certain."""
    if declaration.request is not None:
        return None
    found = set()
    for variant in declaration.variants:
        for consumer in variant.consumers:
            if consumer.service == "cloudfront":
                versions = [t for t in consumer.traits if t.startswith(HTTP_VERSION)]
                found.add((consumer.certificate, versions[0] if versions else ""))
    if len(found) != 1:
        return None
    [(certificate, version)] = found
    # In Terraform, equal expressions of several instances may have different values.
    is_comparable = isinstance(certificate, str) or (
        declaration.tool is Tool.CLOUDFORMATION and certificate is not None
    )
    return (certificate, version) if version and is_comparable else None  # type: ignore[return-value]


def _with_trait(declaration: Declaration) -> Declaration:
    variants = tuple(
        variant.__replace__(
            consumers=tuple(
                each.__replace__(traits=each.traits | {OTHER_HTTP_VERSION})
                if each.service == "cloudfront"
                else each
                for each in variant.consumers
            )
        )
        for variant in declaration.variants
    )
    return declaration.__replace__(variants=variants)


def _with_zone_records(declarations: tuple[Declaration, ...]) -> tuple[Declaration, ...]:
    """Return requests with the first name that each other request validates in a known zone."""
    known: dict[str, dict[str, ZoneRecord]] = {}
    for declaration in declarations:
        for option in _options(declaration):
            zone, name = option.hosted_zone_id, option.domain_name
            if isinstance(zone, str) and name is not None:
                record = ZoneRecord(name, zone, declaration.address)
                known.setdefault(zone, {}).setdefault(declaration.address, record)
    shared = {zone: next(iter(named.values())) for zone, named in known.items() if len(named) > 1}
    if not shared:
        return declarations
    return tuple(
        declaration.__replace__(
            variants=tuple(
                _with_records(v, declaration.address, shared) for v in declaration.variants
            )
        )
        if declaration.request is not None
        else declaration
        for declaration in declarations
    )


def _options(declaration: Declaration) -> Iterator[ValidationOption]:
    for variant in declaration.variants:
        options = variant.request.validation_options if variant.request else ()
        yield from (option for option in options if isinstance(option, ValidationOption))


def _with_records(variant: Variant, address: str, shared: dict[str, ZoneRecord]) -> Variant:
    options = variant.request.validation_options if variant.request else ()
    zones = {
        option.hosted_zone_id: None
        for option in options
        if isinstance(option, ValidationOption) and isinstance(option.hosted_zone_id, str)
    }
    others = [shared[zone] for zone in zones if zone in shared]
    found = tuple(record for record in others if record.address != address)
    # They come last, so that the indexes of the records of the file stay as they are.
    return variant.__replace__(zone_records=variant.zone_records + found) if found else variant
