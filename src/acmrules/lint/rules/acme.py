"""ACM509 to ACM514: the ACME resources of a template, and signing requests that may use them."""

from __future__ import annotations

from datetime import date
from re import fullmatch

from acmrules.facts import acm, sources, tools
from acmrules.facts.timeline import Era, Timeline
from acmrules.lint.rule import Edit, Fix, Problem, Severity, Undecided, fails, passes, rule
from acmrules.lint.rules.placement import spelled_algorithm
from acmrules.lint.rules.wording import choices
from acmrules.messages import quoted
from acmrules.names import MAX_NAME_OCTETS
from acmrules.partial import are_equal, literal, symbols, unknown_clause
from acmrules.regions import partition_of
from acmrules.request import KeyAlgorithm
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.acme import AcmeBinding, AcmeEndpoint, AcmeValidation
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest
    from acmrules.unresolved import Text

_ERROR = Timeline(Era(date(2026, 6, 18), Severity.ERROR, sources.UG_ACMEEP))
_WARNING = Timeline(Era(date(2026, 6, 18), Severity.WARNING, sources.UG_ACMEDV))
_ACME = ("acme",)
_DOMAIN = ("acme", "domain_name")
_ZONE = ("acme", "hosted_zone_id")
_ROLE = ("acme", "role")
_MAX_ZONE_CHARACTERS = 32


# Few files have ACME resources, so their classes are only loaded to check or explain one.


def _endpoint(**fields: object) -> AcmeEndpoint:
    """Return the endpoint of the examples, with other values of some fields."""
    from acmrules.acme import AcmeEndpoint

    endpoint = AcmeEndpoint(
        authorization="PRE_APPROVED", algorithms=("RSA_2048",), region="eu-west-1"
    )
    return endpoint.__replace__(**fields)


def _validation(**fields: object) -> AcmeValidation:
    """Return the domain validation of the examples, with other values of some fields."""
    from acmrules.acme import AcmeValidation

    validation = AcmeValidation(
        domain_name="brightharbor.io",
        exact_domain="ENABLED",
        subdomains="DISABLED",
        wildcards="DISABLED",
    )
    return validation.__replace__(**fields)


def _binding(lacking: tuple[str, ...] = ()) -> AcmeBinding:
    """Return the external account binding of the examples."""
    from acmrules.acme import AcmeBinding

    return AcmeBinding(role="${Role.Arn}", lacking=lacking)


@rule(
    "ACM509",
    _ERROR,
    facts=(acm.ACME_REQUIRED, acm.ACME_AUTHORIZATIONS, acm.ACME_SCOPE_VALUES),
    reads=set(),
    needs={"acme"},
    on="everything",
    examples=lambda: (
        passes(acme=_endpoint()),
        fails(acme=_endpoint(missing=("CertificateAuthority",)), at=_ACME),
        fails(
            acme=_validation(subdomains="enabled"),
            at=("acme", "subdomains"),
        ),
    ),
    help="add the member, or use a value that ACM accepts",
)
def acme_resource_invalid(request: CertificateRequest | None, context: Context) -> Yielded:
    """An ACME resource lacks a required member, or has an unknown value.

    An endpoint needs `AuthorizationBehavior` and `CertificateAuthority`. A domain validation needs
    `AcmeEndpointArn`, `DomainName` and `PrevalidationOptions`, and an external account binding
    `AcmeEndpointArn` and `RoleArn`. CloudFormation rejects a resource without them.
    """
    del request
    from acmrules.acme import SCOPES, TYPES, AcmeResource

    resource = context.acme or AcmeResource()
    for member in resource.missing:
        kind = TYPES.get(type(resource), "the resource")
        yield Problem(_ACME, f"`{kind}` needs `{member}`", help=f"add `{member}`")
    for field, member in {"authorization": "AuthorizationBehavior", **SCOPES}.items():
        is_scope = field in SCOPES
        known = (acm.ACME_SCOPE_VALUES if is_scope else acm.ACME_AUTHORIZATIONS).value
        yield from _value_problems(getattr(resource, field, None), ("acme", field), member, known)


def _value_problems(
    value: Text | None, path: tuple[str, str], member: str, known: tuple[str, ...]
) -> Yielded:
    if value is None:
        return
    verdicts = [are_equal(symbols(value), symbols(each)) for each in known]
    if isinstance(value, Unresolved) and None in verdicts:
        yield Undecided(path, unknown_clause(value))
    elif value not in known:
        meant = literal(value).strip().upper()
        is_known = isinstance(value, str) and meant in known
        fix = Fix(f"change it to `{meant}`", (Edit(path, meant),), safe=True)
        yield Problem(
            path,
            f"unknown value {quoted(value)} of `{member}`",
            fix=fix if is_known else None,
            help="" if is_known else f"use {choices(known)}",
        )


@rule(
    "ACM510",
    _ERROR,
    facts=(acm.ACME_ABSENT_FROM, acm.ACME_TYPES),
    reads=set(),
    needs={"acme"},
    on="everything",
    examples=lambda: (
        passes(acme=_endpoint()),
        fails(acme=_endpoint(region="cn-north-1"), at=_ACME),
    ),
    help="use a Region in which ACME resources are available",
)
def acme_region(request: CertificateRequest | None, context: Context) -> Yielded:
    """ACME resources are not available in the Region.

    CloudFormation lacks their types in China, in AWS GovCloud (US) and in me-central-1.
    """
    del request
    region = context.acme.region if context.acme else None
    absent = acm.ACME_ABSENT_FROM.value
    if not isinstance(region, str):
        clause = unknown_clause(region) if region else "the Region is unknown"
        yield Undecided(_ACME, f"{clause}; pass `--region`")
    elif region in absent or partition_of(region) in absent:
        yield Problem(_ACME, f"CloudFormation has no ACME resources in {quoted(region)}")


@rule(
    "ACM511",
    _WARNING,
    facts=(acm.ACME_SCOPES, acm.ACME_SCOPE_VALUES),
    reads=set(),
    needs={"acme_resources"},
    on="everything",
    examples=lambda: (
        passes(acme=_validation()),
        fails(acme=_validation(exact_domain="DISABLED"), at=_DOMAIN),
        passes("brightharbor.io", acme_resources=(_validation(),)),
        fails("www.brightharbor.io", acme_resources=(_validation(),), at=("names", 0)),
    ),
    help="enable a scope that allows the names, or add a domain validation",
)
def acme_scope(request: CertificateRequest | None, context: Context) -> Yielded:
    """A domain validation for ACME does not allow the names.

    `ExactDomain` allows the domain itself, `Subdomains` the names under it, and `Wildcards` its
    wildcard. If all are `DISABLED`, the validation allows nothing.

    A name in a signing request that no validation in the same files allows is a note, because the
    request may not be for ACME.
    """
    from acmrules.acme import SCOPES, AcmeValidation, allows, scope_of

    validation = context.acme
    if isinstance(validation, AcmeValidation):
        scopes = [getattr(validation, field) for field in SCOPES]
        if all(scope == acm.ACME_SCOPE_VALUES.value[1] for scope in scopes):
            yield Problem(
                _DOMAIN,
                "all scopes are `DISABLED`: the validation allows no certificate",
                help="enable `ExactDomain`, `Subdomains` or `Wildcards`",
            )
    if request is None:
        return
    validations = [each for each in context.acme_resources if isinstance(each, AcmeValidation)]
    if not validations:
        return
    for path, name in request.known_names():
        verdict = allows(validations, name)
        if verdict is None:
            yield Undecided(path, "the scope of an ACME domain validation is unknown")
        elif not verdict:
            near = scope_of(validations, name)
            remedy = f"enable `{near[1]}` in the validation of {quoted(near[0])}" if near else ""
            yield Problem(
                path,
                f"no ACME domain validation in these files allows {quoted(name)}",
                severity=Severity.NOTE,
                help=remedy or f"add a domain validation for {quoted(name)} or its parent",
            )


@rule(
    "ACM512",
    _ERROR,
    facts=(acm.ACME_DOMAIN_PATTERN, acm.ACME_ZONE_PATTERN, tools.ZONE_ID_WRONG_PREFIX),
    reads=set(),
    needs={"acme"},
    on="everything",
    examples=lambda: (
        passes(acme=_validation()),
        fails(acme=_validation(domain_name="BrightHarbor.io"), at=_DOMAIN),
        fails(acme=_validation(domain_name="*.brightharbor.io"), at=_DOMAIN),
        fails(acme=_validation(hosted_zone_id="/hostedzone/Z1"), at=_ZONE),
    ),
    help="write the domain in lowercase without `*`, and the hosted zone as its id",
)
def acme_domain_name(request: CertificateRequest | None, context: Context) -> Yielded:
    """The domain or the hosted zone of an ACME domain validation has the wrong form.

    The domain is in lowercase and not a wildcard: the scope `Wildcards` allows the wildcard of the
    domain. The hosted zone is an ID such as `Z0123456789ABCDEFGHIJ`.
    """
    del request
    from acmrules.acme import AcmeValidation

    validation = context.acme
    if isinstance(validation, AcmeValidation):
        if validation.domain_name is not None:
            yield from _domain_problems(validation.domain_name)
        if validation.hosted_zone_id is not None:
            yield from _zone_problems(validation.hosted_zone_id)


def _domain_problems(domain: Text) -> Yielded:
    text = literal(domain)
    if "*" in text:
        plain = text.removeprefix("*.").lower()
        fix = Fix(f"change it to `{plain}`", (Edit(_DOMAIN, plain),))
        yield Problem(
            _DOMAIN,
            f"{quoted(domain)} is a wildcard, which a domain validation cannot name",
            fix=fix if isinstance(domain, str) and _is_domain(plain) else None,
            help="write the domain without `*`, and enable `Wildcards`",
        )
    elif text != text.lower():
        lower = text.lower()
        fix = Fix(f"change it to `{lower}`", (Edit(_DOMAIN, lower),), safe=True)
        yield Problem(
            _DOMAIN,
            f"{quoted(domain)} contains uppercase letters, which a domain validation rejects",
            fix=fix if isinstance(domain, str) and _is_domain(lower) else None,
            help="write the domain in lowercase",
        )
    elif isinstance(domain, Unresolved):
        yield Undecided(_DOMAIN, unknown_clause(domain))
    elif not _is_domain(domain):
        yield Problem(_DOMAIN, f"{quoted(domain)} is not a domain that ACM can validate for ACME")


def _is_domain(text: str) -> bool:
    return len(text) <= MAX_NAME_OCTETS and bool(fullmatch(acm.ACME_DOMAIN_PATTERN.value, text))


def _zone_problems(zone: Text) -> Yielded:
    if isinstance(zone, Unresolved):
        if zone.head and not zone.head.startswith("Z"):
            yield Problem(_ZONE, f"{quoted(zone)} is not a hosted zone id")
        else:
            yield Undecided(_ZONE, unknown_clause(zone))
        return
    bare = zone.removeprefix(tools.ZONE_ID_WRONG_PREFIX.value)
    if not _is_zone(zone):
        fix = Fix(f"change it to `{bare}`", (Edit(_ZONE, bare),), safe=True)
        is_prefixed = zone != bare and _is_zone(bare)
        yield Problem(
            _ZONE,
            f"{quoted(zone)} is not a hosted zone id",
            fix=fix if is_prefixed else None,
            help="" if is_prefixed else "use the id of the zone, which starts with `Z`",
        )


def _is_zone(text: str) -> bool:
    is_id = bool(fullmatch(acm.ACME_ZONE_PATTERN.value, text))
    return is_id and len(text) <= _MAX_ZONE_CHARACTERS


@rule(
    "ACM513",
    _ERROR,
    facts=(acm.ACME_ALGORITHMS,),
    reads=set(),
    needs={"acme_resources"},
    on="everything",
    examples=lambda: (
        passes(acme=_endpoint()),
        fails(
            acme=_endpoint(algorithms=("RSA_4096",)),
            at=("acme", "algorithms", 0),
        ),
        passes("brightharbor.io", key_algorithm="RSA_2048", acme_resources=(_endpoint(),)),
        fails(
            "brightharbor.io",
            key_algorithm="EC_prime256v1",
            acme_resources=(_endpoint(),),
            at=("key_algorithm",),
        ),
    ),
    help="use `RSA_2048`, `EC_prime256v1` or `EC_secp384r1`",
    yields_to={"ACM504"},
)
def acme_algorithm(request: CertificateRequest | None, context: Context) -> Yielded:
    """An ACME endpoint does not allow the key algorithm.

    An endpoint can allow `RSA_2048`, `EC_prime256v1` and `EC_secp384r1`. A client whose signing
    request has another key gets the error `badCSR`. For a signing request this is a note, because
    it may not be for ACME.
    """
    from acmrules.acme import AcmeEndpoint

    if isinstance(context.acme, AcmeEndpoint):
        yield from _endpoint_problems(context.acme)
    if request is None:
        return
    endpoints = [each for each in context.acme_resources if isinstance(each, AcmeEndpoint)]
    if not endpoints or not isinstance(request.key_algorithm, KeyAlgorithm):
        return
    path, wanted = ("key_algorithm",), request.key_algorithm.value
    listed = {each for endpoint in endpoints for each in _allowed(endpoint)}
    if any(not isinstance(each, str) for each in listed) and wanted not in listed:
        yield Undecided(path, unknown_clause(*listed))
    elif wanted not in listed:
        known = tuple(each for each in acm.ACME_ALGORITHMS.value if each in listed)
        yield Problem(
            path,
            f"no ACME endpoint in these files allows `{wanted}` keys",
            severity=Severity.NOTE,
            help=f"use {choices(known)}" if known else "",
        )


def _allowed(endpoint: AcmeEndpoint) -> tuple[object, ...]:
    """Return the algorithms of an endpoint; without a list, those that all endpoints can allow."""
    return endpoint.algorithms or acm.ACME_ALGORITHMS.value


def _endpoint_problems(endpoint: AcmeEndpoint) -> Yielded:
    known = acm.ACME_ALGORITHMS.value
    for index, algorithm in enumerate(endpoint.algorithms):
        path = ("acme", "algorithms", index)
        if not isinstance(algorithm, str):
            yield Undecided(path, unknown_clause(algorithm))
        elif algorithm not in known:
            meant = spelled_algorithm(algorithm)
            text = meant.value if meant and meant.value in known else ""
            yield Problem(
                path,
                f"an ACME endpoint cannot allow {quoted(algorithm)} keys",
                fix=Fix(f"change it to `{text}`", (Edit(path, text),), safe=True) if text else None,
                help="" if text else f"use {choices(known)}",
            )


@rule(
    "ACM514",
    _ERROR,
    facts=(acm.ACME_TRUST,),
    reads=set(),
    needs={"acme"},
    on="everything",
    examples=lambda: (
        passes(acme=_binding()),
        fails(acme=_binding(lacking=("sts:TagSession",)), at=_ROLE),
    ),
    help="let the role trust `acm-acme.amazonaws.com` with all three actions",
)
def acme_role_trust(request: CertificateRequest | None, context: Context) -> Yielded:
    """The role of an external account binding does not trust ACME.

    The trust policy has to allow `acm-acme.amazonaws.com` the actions `sts:AssumeRole`,
    `sts:TagSession` and `sts:SetSourceIdentity`. Otherwise no client can use the binding.
    """
    del request
    from acmrules.acme import AcmeBinding

    binding = context.acme
    if not isinstance(binding, AcmeBinding) or binding.role is None:
        return
    (principal,), actions = acm.ACME_TRUST.value
    if binding.lacking is None:
        yield Undecided(_ROLE, "the trust policy of the role is unknown")
    elif principal in binding.lacking:
        yield Problem(
            _ROLE,
            f"the role does not trust `{principal}`",
            help=f"allow it {', '.join(f'`{action}`' for action in actions)} in the trust policy",
        )
    elif binding.lacking:
        listed = ", ".join(f"`{action}`" for action in binding.lacking)
        yield Problem(
            _ROLE,
            f"the trust policy of the role does not allow `{principal}` the actions {listed}",
            help=f"add {listed} to the trust policy",
        )


RULES = (
    acme_resource_invalid,
    acme_region,
    acme_scope,
    acme_domain_name,
    acme_algorithm,
    acme_role_trust,
)
