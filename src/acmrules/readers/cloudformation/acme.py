"""The ACME resources of a template: endpoints, domain validations, external account bindings."""

from __future__ import annotations

from acmrules.acme import AcmeBinding, AcmeEndpoint, AcmeResource, AcmeValidation
from acmrules.facts import acm
from acmrules.readers.cloudformation.consumers import properties_of, reference
from acmrules.readers.cloudformation.template import is_expression
from acmrules.readers.requests import read_text
from acmrules.syntax.tree import KEY, mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from acmrules.model.locations import PointerMap
    from acmrules.readers.cloudformation.intrinsics import Resolver
    from acmrules.readers.cloudformation.template import Resource
    from acmrules.readers.fields import Fields
    from acmrules.syntax.tree import Data
    from acmrules.unresolved import Text

_ROLE = "AWS::IAM::Role"
_REQUIRED = dict(acm.ACME_REQUIRED.value)


def read_acme(resolver: Resolver, resource: Resource) -> tuple[AcmeResource, PointerMap]:
    """Return an ACME resource and the pointers to its values; raises `TypeMismatchError`."""
    pointers: PointerMap = {(): ((*resource.pointer, KEY), None)}
    properties = properties_of(resolver, resource)
    kind = resource.type.rpartition(":")[2]
    found = acme_resource(kind, properties, pointers, resolver.region)
    if isinstance(found, AcmeBinding):
        found = found.__replace__(lacking=_lacking(resolver, found.role))
    return found, pointers


def acme_resource(
    kind: str, properties: Fields, pointers: PointerMap, region: Text | None
) -> AcmeResource:
    """Return the ACME resource with some properties, and add their pointers.

    `kind` is the last part of its type. Raises `TypeMismatchError`.
    """
    missing = tuple(each for each in _REQUIRED[kind] if _is_missing(properties, each))
    return _READERS[kind](properties, pointers).__replace__(missing=missing, region=region)


def _is_missing(properties: Fields, path: str) -> bool:
    """Return whether a member is absent from a mapping that is known to be there."""
    *parents, member = path.split(".")
    for parent in parents:
        if parent not in properties:
            return False
        if properties.reader.unknown(*properties.reader.settle(*properties.member(parent))):
            return False
        properties = properties.inner(parent)
    return member not in properties


def _text(fields: Fields, member: str, field: str, pointers: PointerMap) -> Text | None:
    return read_text(fields, member, ("acme", field), pointers)


def _endpoint(properties: Fields, pointers: PointerMap) -> AcmeEndpoint:
    authority = properties.inner("CertificateAuthority").inner("PublicCertificateAuthority")
    algorithms = authority.texts("AllowedKeyAlgorithms")
    for index, (_, pointer, origin) in enumerate(algorithms):
        pointers["acme", "algorithms", index] = pointer, origin
    tags = (each.data for each in properties.each("CertificateTags"))
    return AcmeEndpoint(
        authorization=_text(properties, "AuthorizationBehavior", "authorization", pointers),
        algorithms=tuple(value for value, _, _ in algorithms),
        certificate_tags=tuple(sorted(str(tag) for tag in tags)),
    )


def _validation(properties: Fields, pointers: PointerMap) -> AcmeValidation:
    options = properties.inner("PrevalidationOptions").inner("DnsPrevalidation")
    scope = options.inner("DomainScope")
    return AcmeValidation(
        endpoint=_text(properties, "AcmeEndpointArn", "endpoint", pointers),
        domain_name=_text(properties, "DomainName", "domain_name", pointers),
        hosted_zone_id=_text(options, "HostedZoneId", "hosted_zone_id", pointers),
        exact_domain=_text(scope, "ExactDomain", "exact_domain", pointers),
        subdomains=_text(scope, "Subdomains", "subdomains", pointers),
        wildcards=_text(scope, "Wildcards", "wildcards", pointers),
    )


def _binding(properties: Fields, pointers: PointerMap) -> AcmeBinding:
    role = _text(properties, "RoleArn", "role", pointers)
    expiration = properties.inner("Expiration").data
    return AcmeBinding(
        endpoint=_text(properties, "AcmeEndpointArn", "endpoint", pointers),
        role=role,
        expiration=str(sorted(expiration.items())) if expiration else None,
    )


_READERS: dict[str, Callable[[Fields, PointerMap], AcmeResource]] = {
    "AcmeEndpoint": _endpoint,
    "AcmeDomainValidation": _validation,
    "AcmeExternalAccountBinding": _binding,
}

TYPES = frozenset(f"AWS::CertificateManager::{kind}" for kind in _READERS)
"""The types of ACME resources (fact ACME.1a)."""


# The trust of a role


def _lacking(resolver: Resolver, role: Text | None) -> tuple[str, ...] | None:
    """Return what a role in the template does not trust (fact ACME.7a); `None` if unknown."""
    name, _, attribute = ((role is not None and reference(role)) or "").partition(".")
    resource = resolver.template.resources.get(name)
    if resource is None or resource.type != _ROLE or attribute != "Arn":
        return None
    document = mapping(resource.data.get("Properties")).get("AssumeRolePolicyDocument")
    if not isinstance(document, dict) or _has_expression(document):
        return None
    (principal,), actions = acm.ACME_TRUST.value
    allowed: list[str] = []
    for statement in _listed(document.get("Statement")):
        if not isinstance(statement, dict) or statement.get("Effect") != "Allow":
            return None
        if "NotPrincipal" in statement or "NotAction" in statement:
            return None
        if principal in _principals(statement.get("Principal")):
            allowed += [str(action).lower() for action in _listed(statement.get("Action"))]
    if not allowed:
        return (principal, *actions)
    from fnmatch import fnmatchcase

    return tuple(
        action
        for action in actions
        if not any(fnmatchcase(action.lower(), pattern) for pattern in allowed)
    )


def _principals(data: Data) -> Iterator[str]:
    """Yield the services that a statement trusts; a wildcard trusts every service."""
    (trusted,) = acm.ACME_TRUST.value[0]
    if data == "*":
        yield trusted
    elif isinstance(data, dict):
        for service in _listed(data.get("Service")):
            yield trusted if service == "*" else str(service)


def _listed(data: Data) -> list[Data]:
    return data if isinstance(data, list) else [data]


def _has_expression(data: Data) -> bool:
    if is_expression(data):
        return True
    if isinstance(data, dict):
        return any(map(_has_expression, data.values()))
    return isinstance(data, list) and any(map(_has_expression, data))
