"""ACM507: the requirements of services that use a certificate."""

from __future__ import annotations

from acmrules.facts import services as facts
from acmrules.lint.rule import (
    Decided,
    Problem,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.lint.rules.placement import CERTIFICATE, attached
from acmrules.names import DomainName, WildcardDomainName
from acmrules.partial import any_of, are_equal, is_wildcard, symbols, unknown_clause
from acmrules.request import ValidationMethod
from acmrules.resources import (
    HTTP_VERSION,
    OTHER_HTTP_VERSION,
    CertificateReference,
    Consumer,
)
from acmrules.services import SERVICES, Service
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest

_REFERENCE = CertificateReference("Certificate")


@rule(
    "ACM507",
    Severity.WARNING,
    facts=(
        facts.VERIFIED_ACCESS_CONDITIONS,
        facts.API_GATEWAY_REGIONAL_CONDITIONS,
        facts.API_GATEWAY_PRIVATE_CONDITIONS,
        facts.API_GATEWAY_WILDCARD_CONDITIONS,
        facts.SITE_TO_SITE_VPN_CONDITIONS,
        facts.NETWORK_FIREWALL_OUTBOUND_CONDITIONS,
        facts.NETWORK_FIREWALL_PROXY_CONDITIONS,
        facts.CLOUDFRONT_SHARED_CONDITIONS,
        facts.CLOUDFRONT_CLIENT_CONDITIONS,
        facts.COGNITO_CONDITIONS,
        facts.IOT_CONDITIONS,
        facts.MEDIA_PACKAGE_CONDITIONS,
        facts.SES_CONDITIONS,
        facts.API_PORTAL_CONDITIONS,
    ),
    reads={"certificate", "hosts"},
    on="consumer",
    yields_to={"ACM506"},
    examples=lambda: (
        passes(
            "brightharbor.io",
            consumers=(
                Consumer(
                    "verified-access", "Endpoint", _REFERENCE, (DomainName("brightharbor.io"),)
                ),
            ),
        ),
        fails(
            "brightharbor.io",
            "app.brightharbor.io",
            consumers=(
                Consumer(
                    "verified-access", "Endpoint", _REFERENCE, (DomainName("app.brightharbor.io"),)
                ),
            ),
            at=("consumers", 0, "certificate"),
        ),
        fails(
            "*.brightharbor.io",
            consumers=(
                Consumer(
                    "apigateway-private",
                    "Domain",
                    _REFERENCE,
                    (WildcardDomainName(DomainName("brightharbor.io")),),
                ),
            ),
            at=("consumers", 0, "certificate"),
        ),
    ),
    help="change the certificate or the resource so that it meets the requirement",
)
def service_condition(consumer: Consumer, context: Context) -> Yielded:
    """The certificate does not meet a requirement of the service.

    Verified Access needs the application domain as the primary name. API Gateway needs a
    certificate issued by ACM for a wildcard domain. With mutual TLS and a private certificate, it
    also needs a public one.

    Cognito and API portals need a public certificate, MediaPackage v2 an imported one. CloudFront
    needs an imported or private one to authenticate itself to an origin. An IoT Core domain with a
    private certificate needs a validation certificate. All distributions with the same certificate
    need the same `HttpVersion`. If a requirement is only inferred, this is a note.
    """
    yield from (Decided(("hosts", index)) for index in range(len(consumer.hosts)))
    found = attached(consumer, context)
    if found is None:
        if OTHER_HTTP_VERSION in consumer.traits:
            [(key, sentence)] = facts.CLOUDFRONT_SHARED_CONDITIONS.value
            yield _unmet(SERVICES[consumer.service], key, sentence)
        yield Decided(CERTIFICATE)
        return
    service, request = found
    for fact in service.conditions:
        for key, sentence in fact.era(context.as_of).value:
            broken = BROKEN.get((service.key, key))
            verdict = broken(consumer, request, context) if broken else False
            if verdict:
                severity = None if fact.is_confirmed else Severity.NOTE
                yield _unmet(service, key, sentence).__replace__(severity=severity)
            elif verdict is None:
                reason = _unknown_condition(key, consumer, request)
                yield Undecided(CERTIFICATE, f"{reason}; {service.name} requires this: {sentence}")


def _unmet(service: Service, key: str, sentence: str) -> Problem:
    message = f"the certificate does not meet a requirement of {service.name}: {sentence}"
    if key == "http-version":
        message = (
            "another distribution with this certificate has another `HttpVersion`;"
            f" {service.name} requires this: {sentence}"
        )
    return Problem(CERTIFICATE, message, help=REMEDIES[service.key, key])


def _unknown_condition(key: str, consumer: Consumer, request: CertificateRequest) -> str:
    """Return what is unknown about a requirement of a service."""
    if key == "http-version":
        return "the `HttpVersion` of a distribution is unknown"
    authority = request.certificate_authority_arn
    if key == "client":
        return unknown_clause(authority) or "its documentation is older than N2 certificates"
    values = *request.names[:1], *consumer.hosts, request.validation_method, authority
    return unknown_clause(*values) or "the host is unknown"


def _first_name_differs(
    consumer: Consumer, request: CertificateRequest, context: Context
) -> bool | None:
    del context
    if not consumer.hosts or not request.names:
        return None
    equal = are_equal(symbols(request.names[0]), symbols(consumer.hosts[0]))
    return None if equal is None else not equal


def _lacks_ownership_proof(
    consumer: Consumer, request: CertificateRequest, context: Context
) -> bool | None:
    del request
    has_proof = "mutual-tls" not in consumer.traits or "ownership-certificate" in consumer.traits
    return False if has_proof else context.is_private


def _serves_wildcard(
    consumer: Consumer, request: CertificateRequest, context: Context
) -> bool | None:
    del request, context
    return any_of({is_wildcard(host) for host in consumer.hosts})


def _serves_wildcard_unproven(
    consumer: Consumer, request: CertificateRequest, context: Context
) -> bool | None:
    method = request.validation_method
    by_http = None if isinstance(method, Unresolved) else method is ValidationMethod.HTTP
    is_unproven = any_of({context.is_private, by_http})
    serves = _serves_wildcard(consumer, request, context)
    return False if False in (serves, is_unproven) else serves and is_unproven


def _is_public(consumer: Consumer, request: CertificateRequest, context: Context) -> bool | None:
    del consumer, request
    return None if context.is_private is None else not context.is_private


def _is_private(consumer: Consumer, request: CertificateRequest, context: Context) -> bool | None:
    del consumer, request
    return context.is_private


def _cannot_be_client(
    consumer: Consumer, request: CertificateRequest, context: Context
) -> bool | None:
    # N2 certificates contain `clientAuth`, but the page only lists imported and private ones.
    is_public = _is_public(consumer, request, context)
    return None if is_public and request.root_hierarchy is not None else is_public


def _lacks_validation_certificate(
    consumer: Consumer, request: CertificateRequest, context: Context
) -> bool | None:
    del request
    return False if "validation-certificate" in consumer.traits else context.is_private


def _lacks_domain_name(consumer: Consumer, request: CertificateRequest, context: Context) -> bool:
    del request, context
    return not consumer.hosts


def _http_version_differs(
    consumer: Consumer, request: CertificateRequest, context: Context
) -> bool | None:
    """Return whether a distribution and the first one with the certificate differ."""
    del request
    first = next(
        each
        for each in context.consumers
        if each.service == consumer.service and isinstance(each.certificate, CertificateReference)
    )
    if first is consumer:
        return False
    ours, theirs = (_versions(each) for each in (consumer, first))
    return ours != theirs if ours and theirs else None


def _versions(consumer: Consumer) -> set[str]:
    return {trait for trait in consumer.traits if trait.startswith(HTTP_VERSION)}


def _is_requested(consumer: Consumer, request: CertificateRequest, context: Context) -> bool:
    del consumer, request, context
    return True


BROKEN: dict[tuple[str, str], Callable[[Consumer, CertificateRequest, Context], bool | None]] = {
    ("verified-access", "first-name"): _first_name_differs,
    ("apigateway-regional", "mutual-tls"): _lacks_ownership_proof,
    ("apigateway-regional", "wildcard-domain"): _serves_wildcard_unproven,
    ("apigateway-edge", "wildcard-domain"): _serves_wildcard_unproven,
    ("apigateway-private", "wildcard-domain"): _serves_wildcard,
    ("site-to-site-vpn", "private"): _is_public,
    ("network-firewall-outbound", "imported-authority"): _is_requested,
    ("network-firewall-proxy", "wildcard-domain"): _serves_wildcard,
    ("network-firewall-proxy", "domain-name"): _lacks_domain_name,
    ("cloudfront", "http-version"): _http_version_differs,
    ("cloudfront-origin-client", "client"): _cannot_be_client,
    ("cognito", "public"): _is_private,
    ("iot", "validation-certificate"): _lacks_validation_certificate,
    ("mediapackage-v2", "imported"): _is_requested,
    ("ses", "mailbox"): _is_public,
    ("api-portal", "public"): _is_private,
}
"""By service and condition: whether a consumer and its request break it; `None` if unknown."""

_OF_ACM = "use a certificate that ACM issues with DNS or email validation"
_NO_WILDCARD = "use a domain name that is not a wildcard"
REMEDIES = {
    ("verified-access", "first-name"): "make the application domain the primary name",
    ("apigateway-regional", "mutual-tls"): "add a public ACM certificate as proof of ownership",
    ("apigateway-regional", "wildcard-domain"): _OF_ACM,
    ("apigateway-edge", "wildcard-domain"): _OF_ACM,
    ("apigateway-private", "wildcard-domain"): _NO_WILDCARD,
    ("site-to-site-vpn", "private"): "request the certificate from a private CA",
    ("network-firewall-outbound", "imported-authority"): "import a CA certificate",
    ("network-firewall-proxy", "wildcard-domain"): _NO_WILDCARD,
    ("network-firewall-proxy", "domain-name"): "set the domain name of the proxy too",
    ("cloudfront", "http-version"): "set the same `HttpVersion` in all these distributions",
    ("cloudfront-origin-client", "client"): "import a client certificate, or use a private CA",
    ("cognito", "public"): "request a public certificate",
    ("iot", "validation-certificate"): "set the validation certificate to a public one of ACM",
    ("mediapackage-v2", "imported"): "import a certificate",
    ("ses", "mailbox"): "import a certificate that names the mailbox, or use a private CA",
    ("api-portal", "public"): "request a public certificate",
}
"""By service and condition: how to meet it."""


RULES = (service_condition,)
