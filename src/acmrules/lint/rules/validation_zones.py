"""ACM407, ACM411, ACM412, ACM415 and ACM416: the hosted zones of validation records."""

from __future__ import annotations

from acmrules.facts import acm, tools
from acmrules.lint.rule import (
    ALL_NAMES,
    ALL_OPTIONS,
    Decided,
    Edit,
    Fix,
    Problem,
    Related,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.lint.rules.validation_records import ValidationRecords, known_options, name_symbols
from acmrules.messages import quoted
from acmrules.names import DomainName
from acmrules.partial import (
    MOST_COMPARED,
    are_equal,
    base,
    head,
    is_within,
    literal,
    symbols,
    unclear,
    undecided_clause,
)
from acmrules.request import CertificateRequest, Tool, ValidationMethod, ValidationOption
from acmrules.resources import CaaRecordSet, Zone
from acmrules.unresolved import Text, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.rule import Context, Yielded
    from acmrules.unresolved import ListedName


_OPTIONS = ("validation_options",)

_HARBOR = DomainName("brightharbor.io")
_DEEP = DomainName("api.brightharbor.io")
_ZONE = "Z0123456789ABCDEFGHIJ"


@rule(
    "ACM407",
    Severity.WARNING,
    facts=(
        tools.ZONE_ID_FOR_EACH_NAME,
        tools.AUTOMATIC_VALIDATION_NEEDS,
        acm.WILDCARD_SHARES_RECORD,
    ),
    reads={"names", "validation_method", "validation_options"},
    needs={"validation_method"},
    public_only=True,
    tools={Tool.CLOUDFORMATION},
    examples=lambda: (
        passes(
            "brightharbor.io",
            "*.brightharbor.io",
            validation_method="DNS",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            tool=Tool.CLOUDFORMATION,
        ),
        fails(
            "brightharbor.io",
            "api.brightharbor.io",
            validation_method="DNS",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            tool=Tool.CLOUDFORMATION,
            at=_OPTIONS,
        ),
    ),
    help="set the `HostedZoneId` of each name in `DomainValidationOptions`",
)
def name_without_zone(request: CertificateRequest, context: Context) -> Yielded:
    """CloudFormation does not create the validation record of a name.

    It creates the record only if an option sets the name's hosted zone id, and it waits for all
    names. A name and its wildcard share one record. Set the id of the hosted zone, or create the
    records yourself while the stack waits.
    """
    yield ALL_NAMES
    yield ALL_OPTIONS
    if request.validation_method is not ValidationMethod.DNS:
        return
    literal = context.dns_validation.literal_stems() if context.dns_validation else ()
    records = ValidationRecords(request)
    all_known = all(isinstance(option, ValidationOption) for option in request.validation_options)
    without: list[ListedName] = []
    open_names: list[ListedName] = []
    written: list[ListedName] = []
    for name in dict.fromkeys(request.names):
        text = symbols(name)
        found = records.include(text)
        if found is None or (found is False and not all_known):
            open_names.append(name)
        elif found is False:
            is_written = str(name).removeprefix("*.") in literal
            (written if is_written else without).append(name)
    if without:
        listed = ", ".join(map(quoted, without))
        missing = "its validation record" if len(without) == 1 else "their validation records"
        yield Problem(
            _OPTIONS,
            f"no `HostedZoneId` for {listed}: CloudFormation will not create {missing},"
            " and the stack hangs",
        )
    elif open_names:
        listed = ", ".join(map(quoted, open_names))
        question = f"an option sets the hosted zone of {listed}"
        yield Undecided(
            _OPTIONS, undecided_clause(question, *open_names, *request.validation_options)
        )
    elif written:
        records_of = f"the records of {', '.join(map(quoted, written))} have the tokens of ACM"
        yield Undecided(_OPTIONS, unclear(records_of, ""))


_ZONE_PREFIX = tools.ZONE_ID_WRONG_PREFIX.value


@rule(
    "ACM411",
    Severity.ERROR,
    facts=(tools.ZONE_ID_PREFIX, tools.ZONE_ID_WRONG_PREFIX),
    reads={"validation_options"},
    needs={"validation_options"},
    public_only=True,
    examples=lambda: (
        passes(
            "brightharbor.io", validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),)
        ),
        fails(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=f"/hostedzone/{_ZONE}"),),
            at=("validation_options", 0, "hosted_zone_id"),
        ),
    ),
    help="use the id alone, such as `Z0123456789ABCDEFGHIJ`",
)
def malformed_zone_id(request: CertificateRequest, context: Context) -> Yielded:
    """Malformed hosted zone id.

    A hosted zone id starts with `Z`. Route 53 itself returns it with the prefix `/hostedzone/`,
    which CloudFormation does not accept.
    """
    for index, option in known_options(request):
        path = ("validation_options", index, "hosted_zone_id")
        yield from (Decided((*path[:2], key)) for key in ("domain_name", "validation_domain"))
        zone = option.hosted_zone_id
        if zone is None:
            continue
        if isinstance(zone, Unresolved) and _is_computed(zone, context):
            yield Decided(path)
            continue
        begin = head(zone)
        bare = begin.removeprefix(_ZONE_PREFIX)
        if bare != begin:
            edit = Edit(path, bare)
            yield Problem(
                path,
                f"{quoted(zone)} has the prefix `{_ZONE_PREFIX}`; only the id itself is accepted",
                fix=Fix(f"change it to `{bare}`", (edit,), safe=True)
                if isinstance(zone, str)
                else None,
            )
        elif not _may_be_zone_id(zone):
            yield Problem(path, f"{quoted(zone)} is not a hosted zone id (they start with `Z`)")


def _is_computed(zone: Unresolved, context: Context) -> bool:
    """Return whether an id is that of a zone that the files declare or look up."""
    if zone in context.zone_indexes:
        return True
    from acmrules.readers.well_formed import is_zone_id

    return is_zone_id(zone)


def _may_be_zone_id(text: Text) -> bool:
    begin, known = head(text), literal(text)
    if isinstance(text, Unresolved) and not known:
        return True
    has_prefix = begin.startswith(tools.ZONE_ID_PREFIX.value) or (not begin and text != "")
    return has_prefix and known.isascii() and known.isalnum()


def _zoned_options(
    request: CertificateRequest, context: Context
) -> Iterator[tuple[int, ValidationOption, int, Zone]]:
    """Yield each option whose zone is in the same files, with that zone and both indexes."""
    for index, option in known_options(request):
        if option.hosted_zone_id is None:
            continue
        zone_index = context.zone_indexes.get(option.hosted_zone_id)
        if zone_index is not None:
            yield index, option, zone_index, context.zones[zone_index]


def _decided_options(request: CertificateRequest, context: Context) -> Iterator[Decided]:
    """Yield each decided option, and the members of the others that do not matter."""
    for index, option in known_options(request):
        zone = option.hosted_zone_id
        if not isinstance(zone, Unresolved) or zone in context.zone_indexes:
            yield Decided(("validation_options", index))
        else:
            yield Decided(("validation_options", index, "domain_name"))
            yield Decided(("validation_options", index, "validation_domain"))


_HARBOR_ZONE = Zone(_HARBOR, _ZONE, "HarborZone")


@rule(
    "ACM412",
    Severity.ERROR,
    facts=(tools.NAME_OUTSIDE_ZONE_ERROR,),
    reads={"validation_options"},
    needs={"zones"},
    public_only=True,
    examples=lambda: (
        passes(
            "api.brightharbor.io",
            validation_options=(ValidationOption(_DEEP, hosted_zone_id=_ZONE),),
            zones=(_HARBOR_ZONE,),
        ),
        fails(
            "lighthouse.io",
            validation_options=(
                ValidationOption(DomainName("lighthouse.io"), hosted_zone_id=_ZONE),
            ),
            zones=(_HARBOR_ZONE,),
            at=("validation_options", 0, "hosted_zone_id"),
        ),
    ),
    help="use the id of the hosted zone that contains the name",
)
def name_outside_zone(request: CertificateRequest, context: Context) -> Yielded:
    """The name is not in the hosted zone of its validation option.

    Route 53 rejects a record outside its zone.
    """
    yield from _decided_options(request, context)
    for index, option, place, zone in _zoned_options(request, context):
        path = ("validation_options", index, "hosted_zone_id")
        # A zone is never named after a wildcard, but its name may be the expression of one.
        zone_name = symbols(zone.name)
        within = is_within(name_symbols(option.domain_name), zone_name and base(zone_name))
        if within is False:
            yield Problem(
                path,
                f"{quoted(option.domain_name)} is not in the hosted zone {quoted(zone.name)}",
                related=(Related(("zones", place), "the zone"),),
                help=f"use the id of the hosted zone that contains {quoted(option.domain_name)}",
            )
        elif within is None:
            question = f"{quoted(option.domain_name)} is in the hosted zone {quoted(zone.name)}"
            yield Undecided(path, undecided_clause(question, option.domain_name, zone.name))


def is_outside(name: Unresolved, sets: tuple[CaaRecordSet, ...]) -> bool:
    """Return whether a name is certainly not below the name of any of some record sets."""
    return len(sets) <= MOST_COMPARED and all(
        is_within(symbols(name), symbols(found.name)) is False for found in sets
    )


@rule(
    "ACM415",
    Severity.ERROR,
    facts=(acm.ZONE_MUST_BE_PUBLIC,),
    reads={"validation_options"},
    needs={"zones"},
    public_only=True,
    examples=lambda: (
        passes(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            zones=(_HARBOR_ZONE,),
        ),
        fails(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            zones=(_HARBOR_ZONE.__replace__(private=True),),
            at=("validation_options", 0, "hosted_zone_id"),
        ),
    ),
    help="use the id of the public hosted zone",
    yields_to={"ACM412"},
)
def private_validation_zone(request: CertificateRequest, context: Context) -> Yielded:
    """The hosted zone of a validation option is private.

    ACM looks up the record in public DNS, which does not contain private hosted zones. The request
    times out after 72 hours.
    """
    yield from _decided_options(request, context)
    for index, _, place, zone in _zoned_options(request, context):
        if zone.private:
            yield Problem(
                ("validation_options", index, "hosted_zone_id"),
                f"the hosted zone {quoted(zone.name)} is private; ACM requires a public one",
                related=(Related(("zones", place), "the zone"),),
            )


@rule(
    "ACM416",
    Severity.NOTE,
    facts=(acm.ZONE_MUST_BE_PUBLIC, tools.AUTOMATIC_VALIDATION_NEEDS),
    reads={"validation_options"},
    needs={"zones"},
    public_only=True,
    tools={Tool.CLOUDFORMATION, Tool.TERRAFORM},
    examples=lambda: (
        passes(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            tool=Tool.CLOUDFORMATION,
        ),
        fails(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),),
            zones=(_HARBOR_ZONE,),
            tool=Tool.CLOUDFORMATION,
            at=("validation_options", 0, "hosted_zone_id"),
        ),
    ),
    help=(
        "create the hosted zone first, delegate the domain to its name servers,"
        " then request the certificate"
    ),
)
def undelegated_validation_zone(request: CertificateRequest, context: Context) -> Yielded:
    """The hosted zone of a validation option is created in the same deployment.

    A new zone does not resolve until the domain is delegated to its name servers. The stack (in
    Terraform, the validation resource) waits for that. Create the zone first, delegate the
    domain, then request the certificate. If the same deployment delegates the domain from an
    existing zone, nothing is reported.
    """
    yield from _decided_options(request, context)
    reported = set()
    created_in = "module" if context.tool is Tool.TERRAFORM else "template"
    for index, _, place, zone in _zoned_options(request, context):
        is_looked_up = ".data." in f".{zone.address}"
        if (
            not zone.private
            and not is_looked_up
            and place not in reported
            and not (context.zone_records and is_delegated(zone, context))
        ):
            reported.add(place)
            yield Problem(
                ("validation_options", index, "hosted_zone_id"),
                f"the hosted zone {quoted(zone.name)} is created in the same {created_in};"
                " validation hangs until the domain is delegated to it",
                related=(Related(("zones", place), "the zone"),),
                cause=("zones", place),
            )


def is_delegated(zone: Zone, context: Context) -> bool:
    """Return whether records of the files delegate a zone from one that already exists."""
    seen: set[Text] = set()
    pending = [zone]
    while pending:
        child = pending.pop()
        for place in context.delegation_indexes.get(str(child.name).lower(), ()):
            record = context.zone_records[place]
            if not _are_equal(record.name, child.name):
                continue
            if record.zone_id in seen or record.zone_id == child.zone_id:
                continue
            seen.add(record.zone_id)
            index = context.zone_indexes.get(record.zone_id)
            parent = None if index is None else context.zones[index]
            if parent is None or ".data." in f".{parent.address}":
                return True
            pending.append(parent)
    return False


def _are_equal(one: ListedName, other: ListedName) -> bool:
    return are_equal(symbols(one), symbols(other)) is True


RULES = (
    name_without_zone,
    malformed_zone_id,
    name_outside_zone,
    private_validation_zone,
    undelegated_validation_zone,
)
