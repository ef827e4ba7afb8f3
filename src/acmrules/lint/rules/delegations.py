"""ACM421 and ACM422: zones of validation records that cannot be the right ones."""

from __future__ import annotations

from acmrules.facts import acm, tools
from acmrules.lint.rule import (
    ALL_OPTIONS,
    Problem,
    Related,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.lint.rules.validation_records import known_options, name_symbols
from acmrules.messages import quoted
from acmrules.names import DomainName, Name
from acmrules.partial import (
    MOST_COMPARED,
    are_equal,
    base,
    is_within,
    known_tail,
    symbols,
    unclear,
    undecided_clause,
    unknown_clause,
)
from acmrules.request import Tool, ValidationOption
from acmrules.resources import Zone, ZoneRecord
from acmrules.unresolved import Malformed, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest
    from acmrules.unresolved import ListedName, Text

_HARBOR, _LIGHTHOUSE = DomainName("brightharbor.io"), DomainName("lighthouse.io")
_DEEP = DomainName("api.shop.brightharbor.io")
_SHOP = DomainName("shop.brightharbor.io")
_ZONE = "Z0123456789ABCDEFGHIJ"
_LABELS_BELOW_TOP = 2


@rule(
    "ACM421",
    Severity.ERROR,
    facts=(tools.NAME_OUTSIDE_ZONE_ERROR,),
    reads={"validation_options"},
    needs={"validation_options"},
    public_only=True,
    yields_to={"ACM411", "ACM412"},
    examples=lambda: (
        passes(
            "brightharbor.io",
            "www.brightharbor.io",
            validation_options=(
                ValidationOption(_HARBOR, hosted_zone_id=_ZONE),
                ValidationOption(DomainName("www.brightharbor.io"), hosted_zone_id=_ZONE),
            ),
        ),
        fails(
            "brightharbor.io",
            "lighthouse.io",
            validation_options=(
                ValidationOption(_HARBOR, hosted_zone_id=_ZONE),
                ValidationOption(_LIGHTHOUSE, hosted_zone_id=_ZONE),
            ),
            at=("validation_options", 1, "hosted_zone_id"),
        ),
    ),
    help="use the id of the hosted zone that contains the name",
)
def zone_of_another_domain(request: CertificateRequest, context: Context) -> Yielded:
    """The same hosted zone id is used for names of two domains.

    A hosted zone contains the names of one domain only, so Route 53 rejects the record of one of
    the names. Other records and requests in the same files show the domain of a zone too.
    """
    yield ALL_OPTIONS
    if len(request.validation_options) == 1 and not context.zone_records:
        return
    first: dict[Text, tuple[ListedName, str | None]] = {}
    for index, option in known_options(request):
        zone, name = option.hosted_zone_id, option.domain_name
        if zone is None or name is None or not _is_one_zone(zone, context):
            continue
        shown = first.get(zone) or _shown_by_record(zone, context)
        if shown is None:
            first[zone] = name, None
            continue
        other, first_domain = shown
        if first_domain is None:
            first_domain = _domain(other, context)
        first[zone] = other, first_domain
        if name == other or (first_domain and _is_known_within(name, first_domain)):
            continue
        domain = _domain(name, context)
        path = ("validation_options", index, "hosted_zone_id")
        if domain and first_domain:
            # ACM111 reports names that stand in for others.
            if domain != first_domain and not (_is_stand_in(name) or _is_stand_in(other)):
                yield Problem(
                    path,
                    f"the hosted zone {quoted(zone)} cannot contain both {quoted(name)} and"
                    f" {quoted(other)}",
                )
        elif missing := unknown_clause(name, other):
            question = f"the hosted zone {quoted(zone)} can contain both names"
            yield Undecided(path, unclear(question, missing))


def _is_known_within(name: ListedName, domain: str) -> bool:
    return isinstance(name, Name) and f".{name}".endswith(f".{domain}")


def _is_stand_in(name: ListedName) -> bool:
    from acmrules.placeholders import is_stand_in

    return is_stand_in(str(name))


def _is_one_zone(zone: Text, context: Context) -> bool:
    """Return whether an id means one zone that is not in the files.

    ACM412 compares a name with a zone of the files. Equal references in a template have one value,
    but equal expressions in Terraform may be those of several instances.
    """
    is_reference = context.tool is Tool.CLOUDFORMATION and not isinstance(zone, str)
    is_whole = is_reference and str(zone).startswith("${") and str(zone).count("${") == 1
    return (isinstance(zone, str) or is_whole) and zone not in context.zone_indexes


def _shown_by_record(zone: Text, context: Context) -> tuple[ListedName, str] | None:
    """Return the name of a record that shows the domain of its zone, and that domain."""
    for place in context.zone_record_indexes.get(zone, ())[:MOST_COMPARED]:
        record = context.zone_records[place]
        if record.complete and (domain := _domain(record.name, context)):
            return record.name, domain
    return None


def _domain(name: ListedName, context: Context) -> str:
    """Return the registrable domain of a name, empty if that is unknown.

    Only suffixes of the ICANN section count, because the owner of any other one has its zone.
    """
    if isinstance(name, Malformed | UnresolvedNames):
        return ""
    whole = name if isinstance(name, DomainName) else known_tail(name)[0].removeprefix("*.")
    try:
        found = context.suffixes.base_domain_name(whole)
        if found is None or len(found.labels) != _LABELS_BELOW_TOP:
            # The suffix has several labels, so that it may be in the other section.
            found = context.suffixes.icann.base_domain_name(whole)
    except ValueError:
        return ""
    return str(found or "")


@rule(
    "ACM422",
    Severity.ERROR,
    facts=(acm.RECORDS_BELOW_DELEGATION,),
    reads={"validation_options"},
    needs={"validation_options", "delegations"},
    public_only=True,
    yields_to={"ACM412", "ACM415", "ACM421"},
    examples=lambda: (
        passes(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            zone_records=(ZoneRecord(_SHOP, _ZONE, "Shop", ("ns-1.awsdns-1.org",)),),
        ),
        fails(
            "api.shop.brightharbor.io",
            validation_options=(ValidationOption(_DEEP, hosted_zone_id=_ZONE),),
            zones=(Zone(_HARBOR, _ZONE, "Harbor"),),
            zone_records=(ZoneRecord(_SHOP, _ZONE, "Shop", ("ns-1.awsdns-1.org",)),),
            at=("validation_options", 0, "hosted_zone_id"),
        ),
    ),
    help="use the id of the hosted zone to which the subdomain is delegated",
)
def record_below_delegation(request: CertificateRequest, context: Context) -> Yielded:
    """The validation record is in a hosted zone that delegates the name.

    An `NS` record in the same files delegates a subdomain. Resolvers ask its name servers for all
    names in it. So a record of the parent zone does not resolve, and the request times out after 72
    hours.
    """
    yield ALL_OPTIONS
    for index, option in known_options(request):
        path = ("validation_options", index, "hosted_zone_id")
        found = _delegation(option, request, context)
        if found is None:
            continue
        place, is_certain = found
        record = context.zone_records[place]
        if is_certain:
            yield Problem(
                path,
                f"an `NS` record delegates {quoted(record.name)}, so the validation record of"
                f" {quoted(option.domain_name)} does not resolve in this hosted zone",
                related=(Related(("zone_records", place), "the delegation"),),
            )
        else:
            question = f"{quoted(record.address)} delegates {quoted(option.domain_name)}"
            names = [context.zones[i].name for i in _zone_index(record, context)]
            values = option.domain_name, option.hosted_zone_id, record.name, *names
            missing = undecided_clause(question, *values)
            yield Undecided(path, missing)


def _zone_index(record: ZoneRecord, context: Context) -> list[int]:
    """Return the index of the zone of a record, if it is in the files."""
    index = context.zone_indexes.get(record.zone_id)
    return [] if index is None else [index]


def _delegation(
    option: ValidationOption, request: CertificateRequest, context: Context
) -> tuple[int, bool] | None:
    """Return the record that delegates the name of an option, and whether that is certain."""
    zone, text = option.hosted_zone_id, name_symbols(option.domain_name)
    if zone is None or text is None:
        return None
    possible = None
    is_open = isinstance(zone, Unresolved) and zone not in context.zone_indexes
    places = (
        range(len(context.zone_records)) if is_open else context.zone_record_indexes.get(zone, ())
    )
    for place in places[:MOST_COMPARED]:
        record = context.zone_records[place]
        if record.name_servers is None:
            continue
        within = is_within(base(text), symbols(record.name))
        if record.zone_id != zone:
            possible = (place, False) if within and possible is None else possible
            continue
        below_top = within is not False and _is_below_top(record, request, context)
        if within and below_top:
            return place, True
        if below_top is not False and possible is None:
            possible = place, False
    return possible


def _is_below_top(record: ZoneRecord, request: CertificateRequest, context: Context) -> bool | None:
    """Return whether an `NS` record is below the top of its zone, where it delegates a name."""
    name = symbols(record.name)
    for place in _zone_index(record, context):
        at_top = are_equal(name, symbols(context.zones[place].name))
        return None if at_top is None else not at_top
    # The zone is not in the files, but a name outside the record shows that it has a higher top.
    domain = _domain(record.name, context)
    outside = (
        is_within(base(text), name) is False
        for other in _names_in(record, request, context)
        if (text := symbols(other)) and _domain(other, context) == domain
    )
    return True if any(outside) else None


def _names_in(
    record: ZoneRecord, request: CertificateRequest, context: Context
) -> Iterator[ListedName]:
    """Yield the names of other records in the zone of a record."""
    for _, option in known_options(request):
        if option.hosted_zone_id == record.zone_id and option.domain_name is not None:
            yield option.domain_name
    for place in context.zone_record_indexes.get(record.zone_id, ())[:MOST_COMPARED]:
        if context.zone_records[place] is not record:
            yield context.zone_records[place].name


RULES = (zone_of_another_domain, record_below_delegation)
