"""ACM407, ACM411, ACM412, ACM415, ACM416: the hosted zones that validation records go to."""

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
from acmrules.lint.rules.validation_records import ValidationRecords, known_options, name_signs
from acmrules.messages import quoted
from acmrules.names import DomainName
from acmrules.partial import (
    MOST_COMPARED,
    base,
    head,
    is_within,
    literal,
    symbols,
    undecided_clause,
)
from acmrules.request import Tool, ValidationMethod, ValidationOption
from acmrules.resources import Zone
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest
    from acmrules.resources import CaaRecordSet
    from acmrules.unresolved import Text


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
    examples=(
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
)
def name_without_zone(request: CertificateRequest, context: Context) -> Yielded:
    """CloudFormation will write no validation record for a name.

    It writes the record only where an option gives the name's hosted zone id, and waits for all
    names. A name and its wildcard share one record. Give the id of the zone, or write the records
    by other means while the stack waits.
    """
    del context
    yield ALL_NAMES
    yield ALL_OPTIONS
    if request.validation_method is not ValidationMethod.DNS:
        return
    zoned = ValidationRecords(request)
    all_known = all(isinstance(option, ValidationOption) for option in request.validation_options)
    without, open_names = [], []
    for name in dict.fromkeys(request.names):
        text = symbols(name)
        found = zoned.hold(text)
        if found is None or (found is False and not all_known):
            open_names.append(name)
        elif found is False:
            without.append(name)
    if without:
        listed = ", ".join(map(quoted, without))
        yield Problem(_OPTIONS, f"no hosted zone id for {listed}; the stack waits for the record")
    elif open_names:
        listed = ", ".join(map(quoted, open_names))
        question = f"an option gives the zone of {listed}"
        yield Undecided(
            _OPTIONS, undecided_clause(question, *open_names, *request.validation_options)
        )


_ZONE_PREFIX = tools.ZONE_ID_WRONG_PREFIX.value


@rule(
    "ACM411",
    Severity.ERROR,
    facts=(tools.ZONE_ID_PREFIX, tools.ZONE_ID_WRONG_PREFIX),
    reads={"validation_options"},
    needs={"validation_options"},
    public_only=True,
    examples=(
        passes(
            "brightharbor.io", validation_options=(ValidationOption(_HARBOR, hosted_zone_id=_ZONE),)
        ),
        fails(
            "brightharbor.io",
            validation_options=(ValidationOption(_HARBOR, hosted_zone_id=f"/hostedzone/{_ZONE}"),),
            at=("validation_options", 0, "hosted_zone_id"),
        ),
    ),
)
def malformed_zone_id(request: CertificateRequest, context: Context) -> Yielded:
    """A hosted zone id is not written as the tool takes it.

    It is the bare id, which begins with `Z`; CloudFormation does not take it with the
    `/hostedzone/` of Route 53's own answers.
    """
    del context
    for index, option in known_options(request):
        path = ("validation_options", index, "hosted_zone_id")
        yield from (Decided((*path[:2], key)) for key in ("domain_name", "validation_domain"))
        zone = option.hosted_zone_id
        if zone is None:
            continue
        begin = head(zone)
        bare = begin.removeprefix(_ZONE_PREFIX)
        if bare != begin:
            edit = Edit(path, bare)
            yield Problem(
                path,
                f"{quoted(zone)} has the prefix `{_ZONE_PREFIX}`; the bare id is accepted",
                fix=Fix(f"write `{bare}`", (edit,), safe=True) if isinstance(zone, str) else None,
            )
        elif not _may_be_zone_id(zone):
            yield Problem(path, f"{quoted(zone)} is no hosted zone id, which begins with `Z`")


def _may_be_zone_id(text: Text) -> bool:
    begin, known = head(text), literal(text)
    if isinstance(text, Unresolved) and not known:
        return True
    begins = begin.startswith(tools.ZONE_ID_PREFIX.value) or (not begin and text != "")
    return begins and known.isascii() and known.isalnum()


def _zoned_options(
    request: CertificateRequest, context: Context
) -> Iterator[tuple[int, ValidationOption, int, Zone]]:
    """Yield the options that refer to a zone of the same files, each with its zone, both placed."""
    for index, option in known_options(request):
        if option.hosted_zone_id is None:
            continue
        place = context.zone_places.get(option.hosted_zone_id)
        if place is not None:
            yield index, option, place, context.zones[place]


def _settled_options(request: CertificateRequest, context: Context) -> Iterator[Decided]:
    """Yield what need not be known: the options whose zone is, or whose zone does not matter."""
    for index, option in known_options(request):
        zone = option.hosted_zone_id
        if not isinstance(zone, Unresolved) or zone in context.zone_places:
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
    examples=(
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
)
def name_outside_zone(request: CertificateRequest, context: Context) -> Yielded:
    """The hosted zone given for a name is that of another domain.

    Route 53 refuses a record outside the zone. Give the id of the zone that the name is in.
    """
    yield from _settled_options(request, context)
    for index, option, place, zone in _zoned_options(request, context):
        path = ("validation_options", index, "hosted_zone_id")
        # A zone is never named after a wildcard, but its name may be the expression of one.
        zone_name = symbols(zone.name)
        within = is_within(name_signs(option.domain_name), zone_name and base(zone_name))
        if within is False:
            yield Problem(
                path,
                f"{quoted(option.domain_name)} is not in the zone {quoted(zone.name)}",
                related=(Related(("zones", place), "the zone"),),
            )
        elif within is None:
            question = f"{quoted(option.domain_name)} is in {quoted(zone.name)}"
            yield Undecided(path, undecided_clause(question, option.domain_name, zone.name))


def is_outside(name: Unresolved, sets: tuple[CaaRecordSet, ...]) -> bool:
    """Say whether a name is surely below none of the names of some record sets."""
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
    examples=(
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
)
def private_validation_zone(request: CertificateRequest, context: Context) -> Yielded:
    """The hosted zone given for a name is private.

    ACM looks for the record on the public internet, where a private hosted zone does not answer:
    the request waits 72 hours and times out. Give the id of the public zone.
    """
    yield from _settled_options(request, context)
    for index, _, place, zone in _zoned_options(request, context):
        if zone.private:
            yield Problem(
                ("validation_options", index, "hosted_zone_id"),
                f"the zone {quoted(zone.name)} is private; ACM needs a public one",
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
    examples=(
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
)
def undelegated_validation_zone(request: CertificateRequest, context: Context) -> Yielded:
    """The hosted zone given for a name is made together with the certificate.

    A new zone answers nobody until the domain is delegated to its name servers, and the stack
    (in Terraform, the wait for the validation) waits for that. Make the zone on its own, delegate
    it, then ask for the certificate.
    """
    yield from _settled_options(request, context)
    told = set()
    is_terraform = context.tool is Tool.TERRAFORM
    made, waiting = ("module", "validation") if is_terraform else ("template", "the stack")
    for index, _, place, zone in _zoned_options(request, context):
        is_looked_up = ".data." in f".{zone.address}"
        if not zone.private and not is_looked_up and place not in told:
            told.add(place)
            yield Problem(
                ("validation_options", index, "hosted_zone_id"),
                f"the zone {quoted(zone.name)} is made in the same {made}; {waiting} waits"
                " until it is delegated",
                related=(Related(("zones", place), "the zone"),),
                cause=("zones", place),
            )


RULES = (
    name_without_zone,
    malformed_zone_id,
    name_outside_zone,
    private_validation_zone,
    undelegated_validation_zone,
)
