"""ACME in ACM: endpoints, domain validations, and external account bindings.

An ACME client gets a certificate from an endpoint. A domain validation allows names there, and an
external account binding lets the client use a role.
"""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.names import DomainName, Name, WildcardDomainName
from acmrules.partial import any_of, are_equal, symbols
from acmrules.unresolved import Text, Unresolved, UnresolvedNames
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


SCOPES = {"exact_domain": "ExactDomain", "subdomains": "Subdomains", "wildcards": "Wildcards"}
"""The names of the scopes in CloudFormation, by the fields of `AcmeValidation`."""


class AcmeResource(Value):
    """What all ACME resources have in common.

    `missing` are the required members that are absent, nested ones with dots.
    """

    missing: tuple[str, ...] = ()
    region: Text | None = None


class AcmeEndpoint(AcmeResource):
    """An ACME endpoint; absent members are `None` or empty."""

    authorization: Text | None = None
    algorithms: tuple[Text | UnresolvedNames, ...] = ()
    certificate_tags: tuple[Text, ...] = ()


class AcmeValidation(AcmeResource):
    """A domain validation of an ACME endpoint; absent members are `None`."""

    endpoint: Text | None = None
    domain_name: Text | None = None
    hosted_zone_id: Text | None = None
    exact_domain: Text | None = None
    subdomains: Text | None = None
    wildcards: Text | None = None

    def allows(self, name: Name) -> bool | None:
        """Return whether the scope allows a name (fact ACME.4d); `None` if that is unknown.

        >>> from acmrules.names import parse_name
        >>> validation = AcmeValidation(
        ...     domain_name="example.com", exact_domain="ENABLED", subdomains="DISABLED"
        ... )
        >>> [validation.allows(parse_name(n)) for n in ("example.com", "www.example.com", "a.org")]
        [True, False, False]
        """
        if not isinstance(self.domain_name, str):
            return None
        domain = self.domain_name.lower()
        if isinstance(name, DomainName):
            if str(name) == domain:
                return _is_enabled(self.exact_domain)
            return _is_enabled(self.subdomains) if _is_under(name, domain) else False
        if str(name.parent) == domain:
            return _is_enabled(self.wildcards)
        if not _is_under(name.parent, domain):
            return False
        # No source says which scopes the wildcard of a subdomain needs.
        needed = {_is_enabled(self.subdomains), _is_enabled(self.wildcards)}
        return False if needed == {False} else None


class AcmeBinding(AcmeResource):
    """An external account binding; absent members are `None`.

    `lacking` are the principals and actions that its role does not trust. It is `None` if the role
    is unknown.
    """

    endpoint: Text | None = None
    role: Text | None = None
    expiration: Text | None = None
    lacking: tuple[str, ...] | None = None


def scope_of(validations: Iterable[AcmeValidation], name: Name) -> tuple[str, str] | None:
    """Return the validation and its scope that would allow a name, `None` if there is none.

    >>> scope_of([AcmeValidation(domain_name="example.com")], DomainName("www.example.com"))
    ('example.com', 'Subdomains')
    """
    for validation in validations:
        if not isinstance(validation.domain_name, str):
            continue
        for field, scope in SCOPES.items():
            if validation.__replace__(**{field: "ENABLED"}).allows(name):
                return validation.domain_name, scope
    return None


def allows(validations: Iterable[AcmeValidation], name: Name) -> bool | None:
    """Return whether one of several validations allows a name; `None` if that is unknown."""
    return any_of({each.allows(name) for each in validations})


TYPES: dict[type[AcmeResource], str] = dict(
    zip((AcmeEndpoint, AcmeValidation, AcmeBinding), acm.ACME_TYPES.value, strict=True)
)
"""The name of each kind in CloudFormation, without its namespace (fact ACME.1a)."""


def _is_enabled(option: Text | None) -> bool | None:
    """Return whether a scope is enabled; the default is not documented."""
    if option is None or isinstance(option, Unresolved):
        return None
    return option == acm.ACME_SCOPE_VALUES.value[0]


def _is_under(name: DomainName | WildcardDomainName, domain: str) -> bool:
    return str(name).endswith(f".{domain}")


_MEMBERS: dict[type[AcmeResource], dict[str, str]] = {
    AcmeEndpoint: {
        "authorization": "AuthorizationBehavior",
        "algorithms": "AllowedKeyAlgorithms",
        "certificate_tags": "CertificateTags",
    },
    AcmeValidation: {
        "endpoint": "AcmeEndpointArn",
        "domain_name": "DomainName",
        "hosted_zone_id": "HostedZoneId",
        "exact_domain": "ExactDomain",
        "subdomains": "Subdomains",
        "wildcards": "Wildcards",
    },
    AcmeBinding: {"endpoint": "AcmeEndpointArn", "role": "RoleArn", "expiration": "Expiration"},
}


def edited_members(was: AcmeResource, becomes: AcmeResource) -> tuple[tuple[str, bool | None], ...]:
    """Return the edited members of a resource, and whether CloudFormation replaces it for each.

    The answer is `None` if unknown values may be equal. The source is fact ACME.3. Resources of
    different kinds have nothing in common.
    """
    if type(was) is not type(becomes) or type(was) not in TYPES:
        return ()
    replaced = dict(acm.ACME_REPLACEMENTS.value)[TYPES[type(was)]]
    edits = (
        (member, getattr(was, field), getattr(becomes, field))
        for field, member in _MEMBERS[type(was)].items()
    )
    return tuple(
        (member, member in replaced and (not _may_be_equal(before, after) or None))
        for member, before, after in edits
        if before != after
    )


def _may_be_equal(one: object, other: object) -> bool:
    """Return whether two different values may be equal, because one of them is unknown."""
    if not isinstance(one, str | Unresolved) or not isinstance(other, str | Unresolved):
        return False
    return are_equal(symbols(one), symbols(other)) is None
