"""What the declarations of one file or root module reveal about each other."""

from __future__ import annotations

from acmrules.request import Tool, ValidationOption
from acmrules.resources import HTTP_VERSION, OTHER_HTTP_VERSION, ZoneRecord

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from acmrules.model.declaration import Declaration
    from acmrules.unresolved import ListedName, Text


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
        is_other = found is not None and first.setdefault(*found) != found[1]
        result.append(_with_trait(declaration) if is_other else declaration)
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
    """Return requests with the name that the first request validates in the same known zone."""
    first: dict[str, tuple[ZoneRecord, str]] = {}
    result = []
    for declaration in declarations:
        found: dict[str, ZoneRecord] = {}
        for zone, name in _zoned_names(declaration):
            if zone not in first:
                end = str(name).rsplit(".", 2)[-2:]
                # Public suffixes such as `co.uk` have a short label; a few have longer ones.
                domain = f".{'.'.join(end)}" if len(end[0]) > _LONGEST_OF_SUFFIX else ""
                first[zone] = ZoneRecord(name, zone, declaration.address), domain
                continue
            known, domain = first[zone]
            is_alike = domain and f".{name}".endswith(domain)
            if not is_alike and known.address != declaration.address:
                found[zone] = known
        result.append(_with_more(declaration, tuple(found.values())) if found else declaration)
    return tuple(result)


def _with_more(declaration: Declaration, records: tuple[ZoneRecord, ...]) -> Declaration:
    """Return a request with more records, which come last, so that the others keep their index."""
    variants = tuple(
        each.__replace__(zone_records=each.zone_records + records) for each in declaration.variants
    )
    return declaration.__replace__(variants=variants)


def _zoned_names(declaration: Declaration) -> Iterator[tuple[str, ListedName]]:
    """Yield the known zones of a request, each with a name that is validated in it."""
    for variant in declaration.variants:
        for option in variant.request.validation_options if variant.request else ():
            if isinstance(option, ValidationOption) and option.domain_name is not None:
                zone = option.hosted_zone_id
                if isinstance(zone, str):
                    yield zone, option.domain_name


_LONGEST_OF_SUFFIX = 4
