"""The certificates and the custom domains that plugins of the Serverless Framework manage.

They are `serverless-certificate-creator`, `serverless-domain-manager`, whose options the framework
itself has since version 4 under `provider`, and `serverless-appsync-plugin`.
"""

from __future__ import annotations

from acmrules.facts import tools
from acmrules.model.member_names import MemberNames
from acmrules.names import Name
from acmrules.readers.consumers import CertificateUse
from acmrules.readers.dns import absolute
from acmrules.readers.fields import Fields
from acmrules.readers.members import MemberCheck
from acmrules.readers.requests import read_request, read_text
from acmrules.readers.substituted import Substituted, SubstitutedReader
from acmrules.readers.tag_mappings import read_tags
from acmrules.readers.texts import read_listed, read_reference
from acmrules.request import CertificateRequest, Tool, ValidationMethod, ValidationOption
from acmrules.resources import Zone
from acmrules.services import SERVICES
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import KEY, items, mapping
from acmrules.unresolved import Unknown, Unresolved
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Found, Listed
    from acmrules.readers.serverless.variables import Variables
    from acmrules.syntax.tree import Data, Pointer
    from acmrules.unresolved import Text

MEMBER_NAMES = MemberNames(
    domain_name="certificateName",
    alternatives="subjectAlternativeNames",
    token="idempotencyToken",  # noqa: S106  (no secret)
)
"""The members of `custom.customCertificate`; the tags are a mapping and read separately."""

DEFAULT_REGION = tools.SERVERLESS_REGION.value
_ZONE_IDS = ("hostedZoneIds", "hostedZoneId")
_ZONE_NAMES = ("hostedZoneNames", "hostedZoneName")
_API_TYPES = ("http", "rest", "websocket")
_SERVICES = {
    "edge": "apigateway-edge",
    "private": "apigateway-private",
    "regional": "apigateway-regional",
}
_BY_RESOLVER = ("${certificate:", "${certificate(")
"""The beginnings of the variables by which the first plugin returns the ARN of its certificate."""


class Section(Value):
    """A place of custom domains: the steps to it, its name member, and the default of its type."""

    steps: tuple[str, ...]
    name: str
    endpoint: str


SECTIONS = (
    Section(("custom", "customDomain"), "domainName", tools.SERVERLESS_ENDPOINT_TYPE.value),
    Section(("custom", "customDomains"), "domainName", tools.SERVERLESS_ENDPOINT_TYPE.value),
    Section(("provider", "domain"), "name", tools.SERVERLESS_FRAMEWORK_ENDPOINT_TYPE.value),
    Section(("provider", "domains"), "name", tools.SERVERLESS_FRAMEWORK_ENDPOINT_TYPE.value),
    Section(("appSync", "domain"), "name", ""),
)


NAMES = ("serverless-certificate-creator", "serverless-domain-manager")
"""The names of the plugins whose members are under `custom`."""

OPEN_SECTIONS = (
    ("custom",),
    *(("custom", member) for member in ("customCertificate", "customDomain", "customDomains")),
)
"""The sections that other files may contain."""


class Domain(Value):
    """A custom domain with its members."""

    section: Section
    address: str
    fields: Fields

    @property
    def head(self) -> Pointer:
        """The pointer to the beginning of the domain."""
        return (*self.fields.pointer, KEY)


class PluginCertificate(Value):
    """The certificate that a plugin requests, with its members, their pointers, and its zone."""

    fields: Fields
    request: CertificateRequest
    pointers: PointerMap
    zones: tuple[Zone, ...]


CERTIFICATE = ("custom", "customCertificate")
"""The steps to the certificate of the plugin."""


def certificate(data: Data, variables: Variables) -> PluginCertificate | None:
    """Return the certificate that a plugin requests, `None` if there is none.

    The plugin always requests DNS validation. Raises `TypeMismatchError`.
    """
    found = _fields_at(data, CERTIFICATE, variables)
    if found is None or not found.data or found.literal("enabled") == "false":
        return None
    pointers: PointerMap = {(): ((*found.pointer, KEY), None)}
    check = MemberCheck(Tool.SERVERLESS, MEMBER_NAMES, pointers)
    region = read_text(found, "region", ("region",), pointers)
    request = read_request(
        found,
        pointers,
        MEMBER_NAMES,
        export=None,
        transparency_logging=None,
        region=tools.SERVERLESS_CERTIFICATE_REGION.value if region is None else region,
        check=check,
    )
    request = request.__replace__(
        validation_method=ValidationMethod.DNS,
        tags=request.tags or tuple(read_tags(found, pointers)),
    )
    ids = [zone for member in _ZONE_IDS for zone in _texts(found, member)]
    names = [zone for member in _ZONE_NAMES for zone in _texts(found, member)]
    zones: tuple[Zone, ...] = ()
    if not ids and len(names) == 1:
        text, pointer, origin = names[0]
        ids = [(Unresolved((Unknown(f"zone {text}"),)), pointer, origin)]
        zones = (Zone(absolute(text), ids[0][0], "hostedZoneNames"),)
        pointers["zones", 0] = names[0][1:]
    first = request.names[0]
    if len(ids) == 1 and isinstance(first, Name | Unresolved):
        # The plugin has no option for each name; those of other names may be elsewhere.
        path = ("validation_options", 0)
        pointers[path] = pointers[(*path, "hosted_zone_id")] = ids[0][1:]
        option = ValidationOption(first, None, read_reference(ids[0][0]))
        request = request.__replace__(validation_options=(option,))
    return PluginCertificate(found, request, pointers, zones)


def _texts(fields: Fields, member: str) -> list[Found]:
    """Return a member that is a string or a list of strings, without lists of unknown length."""
    value = fields.data.get(member)
    is_list = type(value.value if isinstance(value, Substituted) else value) is list
    if not is_list:
        found = fields.text(member)
        return [found] if found else []
    return [
        (text, pointer, origin)
        for text, pointer, origin in fields.texts(member)
        if isinstance(text, str | Unresolved)
    ]


# Custom domains


def domains(data: Data, variables: Variables) -> Iterator[Domain]:
    """Yield the custom domains that are not disabled; raises `TypeMismatchError`."""
    for section in SECTIONS:
        for address, fields in _domains_in(data, section, variables):
            if fields.literal("enabled") != "false" and section.name in fields:
                yield Domain(section, address, fields)


def _domains_in(data: Data, section: Section, variables: Variables) -> Iterator[tuple[str, Fields]]:
    address = ".".join(section.steps)
    found = _value_at(data, section.steps, variables)
    if found is None:
        return
    value, pointer = found
    is_list = type(value) is list
    for index, item in enumerate(value if is_list else [value]):
        own, here = _settled(item, (*pointer, index) if is_list else pointer)
        own_address = f"{address}[{index}]" if is_list else address
        if type(own) is str or isinstance(own, Unresolved | Substituted):
            # Since version 4, the name alone is enough.
            if section.name == "name" and section.steps[0] == "provider":
                name = item if isinstance(item, Substituted) else Substituted(item)
                yield own_address, Fields(_ByName(), {"name": name}, here)
        elif section.name in mapping(own):
            yield own_address, Fields(SubstitutedReader(), own, here)
        else:
            for kind in _API_TYPES:
                inner, at = _settled(mapping(own).get(kind), (*here, kind))
                if type(inner) is dict:
                    yield f"{own_address}.{kind}", Fields(SubstitutedReader(), inner, at)


class _ByName(SubstitutedReader):
    """The reader of a domain that is only a name: it is located where the domain is."""

    def text(self, data: Data, pointer: Pointer) -> Found | None:
        """Return the name."""
        return super().text(data, pointer[:-1])

    def texts(self, data: Data, pointer: Pointer) -> list[Listed]:
        """Return the name as a list."""
        found = self.text(data, pointer)
        return [found] if found else []


def used_domains(data: Data, variables: Variables) -> Iterator[tuple[Domain, CertificateUse]]:
    """Yield the custom domains with how each uses a certificate; invalid ones are left out."""
    try:
        for domain in domains(data, variables):
            if found := use(domain):
                yield domain, found
    except TypeMismatchError:
        return  # The framework itself reports the wrong type.


def use(domain: Domain) -> CertificateUse | None:
    """Return how a custom domain uses a certificate; raises `TypeMismatchError`.

    The plugin selects the certificate by its name, and without one, by the name of the domain. So
    it is unknown which one it is, unless the file declares it.
    """
    fields = domain.fields
    host = fields.text(domain.section.name)
    if host is None:
        return None
    named = fields.text("certificateName") or ("", host[1], None)
    label = named[0] or f"of {host[0]}"
    chosen = Unresolved((Unknown(f"certificate {label}"),)), named[1], None
    arn = _arn(fields)
    traits = frozenset({"mutual-tls"} if "tlsTruststoreUri" in fields else ())
    return CertificateUse(_service(domain), arn or chosen, (host,), True, traits)


def created(domain: Domain, region: Text | None, pointers: PointerMap) -> CertificateRequest | None:
    """Return the certificate that the framework creates for a custom domain, `None` for none.

    It does so since version 4, and only if the domain selects none. Raises `TypeMismatchError`.
    """
    fields = domain.fields
    selected = "certificateArn" in fields or "certificateName" in fields
    host = fields.text(domain.section.name)
    if selected or host is None or domain.section.steps[0] != "provider":
        return None
    pointers["names", 0] = host[1:]
    known = region if isinstance(region, str) else None
    return CertificateRequest(
        (read_listed(host[0]),),
        (str(host[0]),),
        validation_method=ValidationMethod.DNS,
        region=SERVICES[_service(domain)].certificate_region(known) or region,
    )


def _arn(fields: Fields) -> Found | None:
    """Return the ARN of a certificate; that of a function of CloudFormation is unknown."""
    if type(unlisted(fields.data.get("certificateArn"))) is not dict:
        return fields.text("certificateArn")
    pointer = (*fields.pointer, "certificateArn")
    return Unresolved((Unknown("certificateArn"),)), pointer, None


def _service(domain: Domain) -> str:
    if not domain.section.endpoint:
        return "appsync"
    text = _endpoint_type(domain)
    # It is unknown in which Region an unknown type needs its certificate; see `region_of`.
    known = text.lower() if isinstance(text, str) else "regional"
    return _SERVICES.get(known, "apigateway-regional")


def _endpoint_type(domain: Domain) -> Text:
    found = domain.fields.text("endpointType")
    if found is not None:
        return found[0]
    kind = domain.fields.literal("apiType").lower() or domain.address.rpartition(".")[2]
    # HTTP and WebSocket APIs have no other type; the plugin requires that the file says so.
    return "regional" if kind in {"http", "websocket"} else domain.section.endpoint


def region_of(domain: Domain, region: Text | None) -> Text | None:
    """Return the Region of a custom domain; `None` if its type is unknown."""
    endpoint = domain.fields.text("endpointType") if domain.section.endpoint else None
    return None if endpoint and not isinstance(endpoint[0], str) else region


def selects(domain: Domain, found: CertificateUse, members: Fields) -> bool:
    """Return whether a custom domain uses the certificate of the file, by its members."""
    fields = domain.fields
    if arn := _arn(fields):
        return str(arn[0]).startswith(_BY_RESOLVER)
    named = fields.text("certificateName") or found.hosts[0]
    if MEMBER_NAMES.domain_name not in members:
        # It is misspelled, so any member may be meant.
        return named[0] in (unlisted(value) for value in members.data.values())
    name = members.text(MEMBER_NAMES.domain_name)
    return name is not None and named[0] == name[0]


# Values at addresses


def _fields_at(data: Data, steps: tuple[str, ...], variables: Variables) -> Fields | None:
    """Return the mapping at an address of a configuration, `None` if there is none."""
    found = _value_at(data, steps, variables)
    if found is None or type(found[0]) is not dict:
        return None
    return Fields(SubstitutedReader(), *found)


def _value_at(
    data: Data, steps: tuple[str, ...], variables: Variables
) -> tuple[Data, Pointer] | None:
    """Return the value at an address of a configuration and its pointer, `None` without one."""
    pointer: Pointer = ()
    for number, step in enumerate(steps, start=1):
        if type(data) is not dict or step not in data:
            return None
        pointer = (*pointer, step)
        data = data[step]
        if type(data) is str or number == len(steps):
            data, pointer = _settled(variables.filled(data), pointer)
    return data, pointer


def _settled(data: Data, pointer: Pointer) -> tuple[Data, Pointer]:
    """Return a mapping or a list where it is defined, and anything else where it is used."""
    if isinstance(data, Substituted):
        if type(data.value) is dict:
            return data.value, data.definition or pointer
        if type(data.value) is list and any(type(unlisted(each)) is dict for each in data.value):
            return data.value, data.definition or pointer
    return data, pointer


def unlisted(data: Data) -> Data:
    """Return the value of an item of a list."""
    return data.value if isinstance(data, Substituted) else data


def region(data: Data, variables: Variables) -> Text | None:
    """Return the Region of a service, `None` if it states none."""
    found = _value_at(data, ("provider", "region"), variables)
    text = SubstitutedReader().text(*found) if found else None
    return text[0] if text else None


def is_open(data: Data, steps: tuple[str, ...], variables: Variables) -> bool:
    """Return whether the value at an address is unknown as a whole."""
    found = _value_at(data, steps, variables)
    return found is not None and any(
        isinstance(unlisted(each), Unresolved) for each in (found[0], *items(found[0]))
    )
