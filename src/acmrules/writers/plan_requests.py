"""A plan's certificates as requests, with what only whoever makes them knows left open."""

from __future__ import annotations

from acmrules.names import DomainName, WildcardDomainName
from acmrules.request import CertificateRequest, Tag, ValidationMethod, ValidationOption
from acmrules.values import Value
from acmrules.writers import cloudformation, terraform
from acmrules.zones import ZoneIndex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from acmrules.name_list import NameList
    from acmrules.planner.regional import PlannedCertificate
    from acmrules.resources import Zone
    from acmrules.suffixes import PublicSuffixes
    from acmrules.unresolved import Text, Unresolved

_OPEN = {"cloudformation": cloudformation.parameter, "terraform": terraform.variable}
"""How a language leaves a text open, where it has a way to."""

_WITH_ORDER = "terraform"
"""The language in which the order of making and destroying is written down."""


class RequestDefaults(Value):
    """How requests are made, beside the plan: zones known, and what the policy asks for."""

    suffixes: PublicSuffixes
    zones: tuple[Zone, ...] = ()
    method: ValidationMethod = ValidationMethod.DNS
    tags: tuple[str, ...] = ()


def requests(
    certificates: Iterable[PlannedCertificate], form: str, manner: RequestDefaults
) -> list[CertificateRequest]:
    """Return the requests of certificates in a format.

    Where it has parameters, one is asked for by each hosted zone that has no id in the files, and
    by each tag that is required.
    """
    zones = _Zones(manner)
    openings = _ParameterNames(_OPEN[form]) if form in _OPEN else None
    found = []
    for each in certificates:
        request = CertificateRequest.of(
            *each.names,
            validation_method=manner.method.value,
            key_algorithm=each.key_algorithm.value,
            region=each.region,
            create_before_destroy=True if form == _WITH_ORDER else None,
        )
        if openings and manner.method is ValidationMethod.DNS:
            options = tuple(zones.options(each.names, openings))
            request = request.__replace__(validation_options=options)
        if openings:
            tags = tuple(Tag(key, openings.text("tag", key)) for key in manner.tags)
            request = request.__replace__(tags=tags)
        found.append(request)
    return found


class _ParameterNames:
    """The texts that are left open in a language: each thing has one, and none has another's."""

    def __init__(self, make: Callable[..., Unresolved]) -> None:
        self._make = make
        self._made: dict[tuple[str, str], Unresolved] = {}
        self._taken: set[Unresolved] = set()

    def text(self, kind: str, thing: str) -> Unresolved:
        """Return the text for a thing of a kind; a number tells apart what has the same words."""
        if (kind, thing) not in self._made:
            text, number = self._make(kind, thing), 1
            while text in self._taken:
                number += 1
                text = self._make(kind, thing, str(number))
            self._made[kind, thing] = text
            self._taken.add(text)
        return self._made[kind, thing]


class _Zones:
    """The hosted zones that validation records belong in, as far as files and names tell."""

    def __init__(self, manner: RequestDefaults) -> None:
        self._suffixes = manner.suffixes
        self._zones = [z for z in manner.zones if isinstance(z.name, DomainName) and not z.private]
        self._index = ZoneIndex(zone.name for zone in self._zones)

    def options(self, names: NameList, openings: _ParameterNames) -> Iterator[ValidationOption]:
        """Yield an option for each name that is validated; a wildcard may go with its parent."""
        for name in names:
            if isinstance(name, WildcardDomainName) and name.parent in names:
                continue
            plain = name.parent if isinstance(name, WildcardDomainName) else name
            yield ValidationOption(name, hosted_zone_id=self._zone(plain, openings))

    def _zone(self, name: DomainName, openings: _ParameterNames) -> Text:
        """Return the id of a name's zone if the files have it, or leave it open."""
        found = [self._zones[place] for place in self._index.match(name).locations]
        ids = {zone.zone_id for zone in found}
        if len(ids) == 1 and isinstance(known := ids.pop(), str) and _is_id(known):
            return known
        zone = found[0].name if found else self._suffixes.base_domain_name(name) or name
        return openings.text("zone of", str(zone))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isalnum()
