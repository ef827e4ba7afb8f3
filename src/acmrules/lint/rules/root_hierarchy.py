"""ACM311 to ACM314: Amazon N2 certificates, which a request selects by their root hierarchy."""

from __future__ import annotations

from datetime import date

from acmrules.facts import acm, sources
from acmrules.facts.timeline import Era, Timeline
from acmrules.lint.rule import (
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
from acmrules.lint.rules.wording import choices, member
from acmrules.messages import quoted
from acmrules.partial import are_equal, symbols, unknown_clause
from acmrules.request import CertificateUsage, RootHierarchyType, ValidationMethod
from acmrules.unresolved import Malformed, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest

_HIERARCHY = ("root_hierarchy",)
_USAGE = ("certificate_usage",)
_METHOD = ("validation_method",)
_CLIENT_ONLY = CertificateUsage.CLIENT_AUTH_ONLY.value
_VALUES = {
    "root_hierarchy": (RootHierarchyType, acm.ROOT_HIERARCHIES),
    "certificate_usage": (CertificateUsage, acm.CERTIFICATE_USAGES),
}
_SINCE_LAUNCH = Timeline(Era(date(2026, 11, 19), Severity.ERROR, sources.BOTOCORE_26_11))
_CA = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"


@rule(
    "ACM311",
    Severity.ERROR,
    facts=(acm.ROOT_HIERARCHIES, acm.CERTIFICATE_USAGES, acm.REQUEST_MEMBERS),
    reads={"root_hierarchy", "certificate_usage"},
    examples=lambda: (
        passes("brightharbor.io", validation_method="DNS", root_hierarchy="N2_AMAZON_MANAGED"),
        fails("brightharbor.io", validation_method="DNS", root_hierarchy="N2", at=_HIERARCHY),
        fails(
            "brightharbor.io",
            validation_method="DNS",
            root_hierarchy="N2_AMAZON_MANAGED",
            as_of=date(2026, 11, 18),
            at=_HIERARCHY,
        ),
    ),
    help="use a value that ACM accepts",
)
def unknown_hierarchy_or_usage(request: CertificateRequest, context: Context) -> Yielded:
    """Unknown root hierarchy or certificate usage.

    `RootHierarchyType` requests an Amazon N2 certificate. Its values are `N2_AMAZON_MANAGED` and
    `N2_SFG2_AMAZON_MANAGED`. Those of `CertificateUsage` are `CLIENT_AND_SERVER_AUTH` and
    `CLIENT_AUTH_ONLY`. The API has had both members since 2026-11-19. A request without them is for
    a standard public certificate.
    """
    for field, (kind, fact) in _VALUES.items():
        value = getattr(request, field)
        if value is None:
            continue
        name = member(field, context.tool)
        path, use_known = (field,), f"use {choices(fact.value)}"
        if fact.history.at(context.as_of) is None:
            since = fact.history.eras[0].start
            yield Problem(path, f"ACM introduced {name} on {since}", help=f"remove {name}")
        elif isinstance(value, Malformed):
            meant = value.text.strip().upper().replace("-", "_")
            respell = Fix(f"change it to `{meant}`", (Edit(path, meant),), safe=True)
            is_known = meant in fact.value
            yield Problem(
                path,
                f"unknown value {quoted(value.text)} of {name}",
                fix=respell if is_known else None,
                help="" if is_known else use_known,
            )
        elif isinstance(value, Unresolved) and all(
            are_equal(symbols(value), symbols(each.value)) is False for each in kind
        ):
            yield Problem(path, f"unknown value {quoted(value)} of {name}", help=use_known)


@rule(
    "ACM312",
    _SINCE_LAUNCH,
    facts=(acm.USAGE_NEEDS_HIERARCHY, acm.CLIENT_ONLY_HIERARCHIES),
    reads={"root_hierarchy", "certificate_usage"},
    needs={"certificate_usage"},
    examples=lambda: (
        passes(
            "brightharbor.io",
            validation_method="DNS",
            root_hierarchy="N2_AMAZON_MANAGED",
            certificate_usage="CLIENT_AUTH_ONLY",
        ),
        fails("brightharbor.io", certificate_usage="CLIENT_AND_SERVER_AUTH", at=_USAGE),
        fails(
            "brightharbor.io",
            root_hierarchy="N2_SFG2_AMAZON_MANAGED",
            certificate_usage="CLIENT_AUTH_ONLY",
            at=_USAGE,
        ),
    ),
    help="set `RootHierarchyType` to `N2_AMAZON_MANAGED`, or remove `CertificateUsage`",
    yields_to={"ACM311"},
)
def usage_without_hierarchy(request: CertificateRequest, context: Context) -> Yielded:
    """The certificate usage does not match the root hierarchy.

    Only Amazon N2 certificates have a `CertificateUsage`: without `RootHierarchyType`, the request
    fails with a `ValidationException`. `CLIENT_AUTH_ONLY` needs the hierarchy `N2_AMAZON_MANAGED`.
    """
    usage, hierarchy = request.certificate_usage, request.root_hierarchy
    is_client_only = usage is CertificateUsage.CLIENT_AUTH_ONLY
    allowed = (acm.CLIENT_ONLY_HIERARCHIES if is_client_only else acm.ROOT_HIERARCHIES).value
    own, name = member("certificate_usage", context.tool), member("root_hierarchy", context.tool)
    remedy = f"set {name} to {choices(allowed)}, or remove {own}"
    is_given = context.is_given(hierarchy)
    if is_given is False:
        yield Problem(_USAGE, f"{own} needs {name}: only N2 certificates have it", help=remedy)
    elif not is_client_only:
        if is_given:
            yield Decided(_HIERARCHY)
    elif isinstance(hierarchy, RootHierarchyType | Unresolved):
        text = hierarchy.value if isinstance(hierarchy, RootHierarchyType) else hierarchy
        if all(are_equal(symbols(text), symbols(each)) is False for each in allowed):
            yield Problem(
                _USAGE,
                f"the usage `{_CLIENT_ONLY}` needs the root hierarchy {choices(allowed)}",
                help=remedy,
                related=(Related(_HIERARCHY, "the root hierarchy of the request"),),
            )
            yield Decided(_HIERARCHY)


@rule(
    "ACM313",
    _SINCE_LAUNCH,
    facts=(acm.N2_VALIDATION_METHODS,),
    reads={"root_hierarchy", "validation_method"},
    needs={"root_hierarchy"},
    public_only=True,
    examples=lambda: (
        passes("brightharbor.io", validation_method="DNS", root_hierarchy="N2_AMAZON_MANAGED"),
        fails("brightharbor.io", root_hierarchy="N2_AMAZON_MANAGED", at=_METHOD),
        fails(
            "brightharbor.io",
            validation_method="EMAIL",
            root_hierarchy="N2_AMAZON_MANAGED",
            at=_METHOD,
        ),
    ),
    help="set the validation method to `DNS`",
    yields_to={"ACM410"},
)
def hierarchy_without_dns(request: CertificateRequest, context: Context) -> Yielded:
    """An Amazon N2 certificate needs DNS validation.

    The request must set the validation method, and only `DNS` is allowed.
    """
    method, name = request.validation_method, member("validation_method", context.tool)
    allowed = choices(acm.N2_VALIDATION_METHODS.value)
    set_it = f"set {name} to {allowed}"
    if context.is_given(method) is False:
        yield Problem(_METHOD, f"no {name}: an N2 certificate needs {allowed}", help=set_it)
    elif isinstance(method, ValidationMethod) and method is not ValidationMethod.DNS:
        yield Problem(
            _METHOD,
            f"an N2 certificate needs {allowed} validation, not `{method.value}`",
            fix=Fix(f"change it to {allowed}", (Edit(_METHOD, ValidationMethod.DNS.value),)),
        )
    elif isinstance(method, Unresolved) and are_equal(symbols(method), symbols("DNS")) is False:
        yield Problem(
            _METHOD,
            f"an N2 certificate needs {allowed} validation, not {quoted(method)}",
            help=set_it,
        )


@rule(
    "ACM314",
    _SINCE_LAUNCH,
    facts=(acm.HIERARCHY_EXCLUDES_AUTHORITY,),
    reads={"root_hierarchy", "certificate_authority_arn"},
    needs={"root_hierarchy"},
    examples=lambda: (
        passes("brightharbor.io", validation_method="DNS", root_hierarchy="N2_AMAZON_MANAGED"),
        fails(
            "brightharbor.io",
            certificate_authority_arn=_CA,
            root_hierarchy="N2_AMAZON_MANAGED",
            at=_HIERARCHY,
        ),
    ),
    help="remove `RootHierarchyType` or `CertificateAuthorityArn`",
    yields_to={"ACM311"},
)
def hierarchy_with_private_ca(request: CertificateRequest, context: Context) -> Yielded:
    """The request names both a root hierarchy and a private CA.

    Amazon issues N2 certificates from its own roots, so ACM rejects `RootHierarchyType` together
    with `CertificateAuthorityArn`.
    """
    authority = request.certificate_authority_arn
    hierarchy, ca = (member(f, context.tool) for f in (*_HIERARCHY, "certificate_authority_arn"))
    if context.is_private is None:
        yield Undecided(_HIERARCHY, unknown_clause(authority))
    elif context.is_private:
        yield Decided(("certificate_authority_arn",))
        yield Problem(
            _HIERARCHY,
            f"{hierarchy} and {ca} exclude each other",
            help=f"remove {ca} for an N2 certificate, or {hierarchy} for a private one",
            related=(Related(("certificate_authority_arn",), "the private CA of the request"),),
        )


RULES = (
    unknown_hierarchy_or_usage,
    usage_without_hierarchy,
    hierarchy_without_dns,
    hierarchy_with_private_ca,
)
