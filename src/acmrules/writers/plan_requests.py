"""Planned certificates as requests, with parameters for the unknown values."""

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

_PARAMETERS = {"cloudformation": cloudformation.parameter, "terraform": terraform.variable}
"""The functions that return a parameter, by language."""

_WITH_LIFECYCLE = "terraform"
"""The language whose requests set `create_before_destroy`."""


class RequestDefaults(Value):
    """The values of requests that are not in the plan: zones, and requirements of the policy."""

    suffixes: PublicSuffixes
    zones: tuple[Zone, ...] = ()
    method: ValidationMethod = ValidationMethod.DNS
    tags: tuple[str, ...] = ()


def requests(
    certificates: Iterable[PlannedCertificate], form: str, defaults: RequestDefaults
) -> list[CertificateRequest]:
    """Return the requests of certificates in a format.

    If the format has parameters, the ids of zones that are not in the files, and the values of
    required tags, are parameters.
    """
    zones = _Zones(defaults)
    parameters = _ParameterNames(_PARAMETERS[form]) if form in _PARAMETERS else None
    found = []
    for each in certificates:
        request = CertificateRequest.of(
            each.names,
            validation_method=defaults.method.value,
            key_algorithm=each.key_algorithm.value,
            region=each.region,
            create_before_destroy=True if form == _WITH_LIFECYCLE else None,
        )
        if parameters and defaults.method is ValidationMethod.DNS:
            options = tuple(zones.options(each.names, parameters))
            request = request.__replace__(validation_options=options)
        if parameters:
            tags = tuple(Tag(key, parameters.text("tag", key)) for key in defaults.tags)
            request = request.__replace__(tags=tags)
        found.append(request)
    return found


class _ParameterNames:
    """The parameters in a language, with a distinct name for each value."""

    def __init__(self, make: Callable[..., Unresolved]) -> None:
        self._make = make
        self._made: dict[tuple[str, str], Unresolved] = {}
        self._taken: set[Unresolved] = set()

    def text(self, kind: str, thing: str) -> Unresolved:
        """Return the parameter for a value, with a number if the words are not unique."""
        if (kind, thing) not in self._made:
            text, number = self._make(kind, thing), 1
            while text in self._taken:
                number += 1
                text = self._make(kind, thing, str(number))
            self._made[kind, thing] = text
            self._taken.add(text)
        return self._made[kind, thing]


class _Zones:
    """The hosted zones for validation records."""

    def __init__(self, defaults: RequestDefaults) -> None:
        self._suffixes = defaults.suffixes
        zones = (zone for zone in defaults.zones if isinstance(zone.name, DomainName))
        self._zones = [zone for zone in zones if not zone.private]
        self._index = ZoneIndex(zone.name for zone in self._zones)

    def options(self, names: NameList, parameters: _ParameterNames) -> Iterator[ValidationOption]:
        """Yield an option for each name, except wildcards that share their parent's."""
        for name in names:
            if isinstance(name, WildcardDomainName) and name.parent in names:
                continue
            plain = name.parent if isinstance(name, WildcardDomainName) else name
            yield ValidationOption(name, hosted_zone_id=self._zone(plain, parameters))

    def _zone(self, name: DomainName, parameters: _ParameterNames) -> Text:
        """Return the id of a name's zone, or a parameter if it is unknown."""
        found = [self._zones[place] for place in self._index.match(name).locations]
        ids = {zone.zone_id for zone in found}
        if len(ids) == 1 and isinstance(known := ids.pop(), str) and _is_id(known):
            return known
        zone = found[0].name if found else self._suffixes.base_domain_name(name) or name
        return parameters.text("zone of", str(zone))


def _is_id(text: str) -> bool:
    return text.isascii() and text.isalnum()
