"""ACM518 to ACM520 and ACM524: listeners of the AWS Load Balancer Controller."""

from __future__ import annotations

from datetime import date

from acmrules.facts import acm, tools
from acmrules.facts.timeline import Era, Timeline
from acmrules.lint.rule import (
    ALL_NAMES,
    Decided,
    Problem,
    Related,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.lint.rules.validation_records import name_symbols
from acmrules.messages import quoted
from acmrules.names import DomainName, WildcardDomainName
from acmrules.partial import base, is_wildcard, is_within, symbols
from acmrules.resources import CertificateReference, Consumer, ControllerListener, Zone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest, Path
    from acmrules.unresolved import ListedName

_HELP_FOR_GATEWAYS = (
    "set a hostname that a certificate in ACM covers, or `defaultCertificate` in the"
    " LoadBalancerConfiguration"
)
_CERTIFICATE = ("certificate",)
_SECRET = ("listener", "secret")
_WITHOUT_HOST = Consumer(
    "alb", "Site", listener=ControllerListener("Ingress", searches=True, has_host=False)
)
_COVERED = Consumer(
    "alb",
    "Site",
    hosts=(DomainName("brightharbor.io"),),
    listener=ControllerListener("Ingress", searches=True, is_covered=True),
)
_MIXED = _COVERED.__replace__(
    listener=ControllerListener(
        "Ingress", searches=True, is_covered=True, mixed=("brightharbor.io", "Public", "Private")
    )
)
_WITH_SECRET = _COVERED.__replace__(
    listener=ControllerListener("Ingress", secret="site-tls")  # noqa: S106  (its name)
)
_REQUESTED = Consumer(
    "alb",
    "Site",
    CertificateReference("Site"),
    listener=ControllerListener("Ingress", creates=True, version="3.4.0"),
)


@rule(
    "ACM518",
    Severity.ERROR,
    facts=(
        tools.CONTROLLER_DISCOVERY,
        tools.CONTROLLER_GATEWAY_ERROR,
        tools.CONTROLLER_PROTOCOLS,
        tools.LISTENER_CERTIFICATES,
    ),
    reads={"certificate"},
    needs={"listeners"},
    on="consumer",
    examples=lambda: (
        passes(consumers=(_COVERED,)),
        fails(consumers=(_WITHOUT_HOST,), at=("consumers", 0, "certificate")),
    ),
    help="set a host that a certificate in ACM covers, or the annotation `certificate-arn`",
)
def listener_without_certificate(consumer: Consumer, context: Context) -> Yielded:
    """An HTTPS listener has neither a certificate nor a host to search for.

    Without an ARN, the AWS Load Balancer Controller searches ACM for certificates of the hosts:
    those in `rules` and `tls` of an Ingress, and the hostnames of the listener and of the routes of
    a Gateway. Without a host it finds none, and cannot create the listener. Set a host, or the ARN
    of the certificate.

    If something outside the file may contain the ARN or the host, such as the parameters of an
    IngressClass, this is a note. With a host, acmrules cannot decide whether ACM contains a
    certificate for it, unless one in the same file covers it.

    A certificate in a LoadBalancerConfiguration has no effect on a port where the Gateway listens
    without TLS: the protocol is that of the Gateway. That is a warning.
    """
    del context
    listener = consumer.listener
    if listener is not None and listener.plain:
        yield _without_tls(listener.plain)
    elif listener is None or not listener.searches or listener.is_covered:
        yield Decided(_CERTIFICATE)
    elif listener.has_host is None:
        yield Undecided(_CERTIFICATE, "it is unknown whether the listener serves HTTPS for a host")
    elif listener.has_host:
        hosts = ", ".join(quoted(host) for host in consumer.hosts) or "its hosts"
        yield Undecided(
            _CERTIFICATE,
            f"it is unknown whether ACM contains a certificate for {hosts}",
        )
    else:
        yield _without_host(listener)


def _without_tls(plain: str) -> Problem:
    protocol, _, port = plain.partition(":")
    secure = "HTTPS" if protocol == "HTTP" else "TLS"
    return Problem(
        _CERTIFICATE,
        f"the AWS Load Balancer Controller ignores the certificate: the Gateway listens on port"
        f" {port} with {protocol}",
        severity=Severity.WARNING,
        help=f"set `protocol: {secure}` on the listener of the Gateway",
    )


def _without_host(listener: ControllerListener) -> Problem:
    unless = f" unless {listener.elsewhere} sets one" if listener.elsewhere else ""
    if listener.creates:
        message = f"cannot request a certificate{unless}: the Ingress has no host"
    elif listener.kind == "Gateway":
        message = f"finds no certificate{unless}: the listener has no host"
    else:
        lacks = "neither a host nor `certificate-arn`"
        message = f"finds no certificate{unless}: the Ingress has {lacks}"
    return Problem(
        _CERTIFICATE,
        f"the AWS Load Balancer Controller {message}",
        severity=Severity.NOTE if listener.elsewhere else None,
        help=_HELP_FOR_GATEWAYS if listener.kind == "Gateway" else "",
    )


@rule(
    "ACM519",
    Severity.NOTE,
    facts=(tools.CONTROLLER_SECRETS, tools.CONTROLLER_DISCOVERY),
    reads={"listener"},
    needs={"listeners"},
    on="consumer",
    examples=lambda: (
        passes(consumers=(_COVERED,)),
        fails(consumers=(_WITH_SECRET,), at=("consumers", 0, "listener", "secret")),
    ),
    help="import the certificate into ACM, or request one for the hosts; then remove the secret",
)
def ignored_tls_secret(consumer: Consumer, context: Context) -> Yielded:
    """The AWS Load Balancer Controller ignores TLS secrets.

    Its load balancers serve certificates of ACM. `secretName` of an Ingress and `certificateRefs`
    of a Gateway have no effect: the controller only uses the hosts, to search ACM. If cert-manager
    issues a certificate into the secret, no client ever receives it. That is a warning, unless the
    Ingress has the ARN of another certificate.
    """
    del context
    listener = consumer.listener
    if listener is None or not listener.secret:
        return
    if listener.has_arn and not listener.has_issuer:
        return
    member = "`certificateRefs`" if listener.kind == "Gateway" else "`secretName`"
    issued = ", which cert-manager issues" if listener.has_issuer else ""
    yield Problem(
        _SECRET,
        f"the AWS Load Balancer Controller ignores {member}:"
        f" it never serves the certificate in {quoted(listener.secret)}{issued}",
        severity=Severity.WARNING if listener.has_issuer and not listener.has_arn else None,
        help="remove the secret" if listener.has_arn or listener.creates else "",
    )


@rule(
    "ACM520",
    Timeline(Era(date(2026, 5, 5), Severity.ERROR, tools.CONTROLLER_REFUSES_WILDCARD.source)),
    facts=(
        tools.CONTROLLER_REFUSES_WILDCARD,
        tools.CONTROLLER_ZONE,
        tools.CONTROLLER_ZONE_OF_PARENT,
        acm.ZONE_MUST_BE_PUBLIC,
    ),
    reads={"names"},
    needs={"listeners"},
    on="everything",
    examples=lambda: (
        passes("brightharbor.io", consumers=(_REQUESTED,)),
        fails("*.brightharbor.io", consumers=(_REQUESTED,), at=("names", 0)),
        fails(
            "app.internal.brightharbor.io",
            consumers=(_REQUESTED,),
            zones=(
                Zone(DomainName("internal.brightharbor.io"), "Z1", "Internal", private=True),
                Zone(DomainName("brightharbor.io"), "Z2", "Public"),
            ),
            at=("names", 0),
        ),
    ),
    help="request the certificate with another tool, and set `certificate-arn` to its ARN",
)
def unobtainable_controller_certificate(
    request: CertificateRequest | None, context: Context
) -> Yielded:
    """The AWS Load Balancer Controller cannot obtain the certificate it requests.

    With `create-acm-cert`, the versions 3.3.0 to 3.4.3 set a tag to the first host in alphabetical
    order. ACM rejects the `*` of a wildcard in a tag, so the request fails.

    The controller creates the validation record in the hosted zone with the longest matching name.
    If that zone is private, ACM does not find the record. Newer versions ignore private zones, but
    no source names the first, so the finding is a warning at most. If the version of the controller
    is unknown, both findings are notes.

    Versions 3.3.0 to 3.4.0 only consider the zones of the name itself and of its parent. If the
    zone in the files is further up, they request no certificate. That is a warning, because a zone
    outside the files may match.
    """
    listener = next((each for each in context.listeners if each.creates), None)
    if request is None or listener is None:
        yield ALL_NAMES
        return
    first, end = tools.CONTROLLER_REFUSES_WILDCARD.value
    version = _numbers(listener.version)
    is_affected = _numbers(first) <= version < _numbers(end) if listener.version else None
    wildcards = [index for index, name in enumerate(request.names) if is_wildcard(name)]
    if wildcards and is_affected is not False:
        yield Problem(
            ("names", wildcards[0]),
            f"the AWS Load Balancer Controller before version {end} cannot request a certificate"
            " for a wildcard",
            severity=None if is_affected else Severity.NOTE,
            help=f"update the controller to version {end} or later",
        )
    if context.is_private is False:
        severity = Severity.WARNING if is_affected else Severity.NOTE
        for index, name in enumerate(request.names):
            place = _longest_zone(name, context.zones)
            if place is not None:
                related = (Related(("zones", place), "the zone"),)
                zone, path = context.zones[place], ("names", index)
                far = _beyond_parent(name, zone, path, listener.version, related)
                if zone.private and not isinstance(far, Problem):
                    yield _in_private_zone(name, zone, path, severity, related)
                elif far is not None:
                    yield far


def _in_private_zone(
    name: ListedName, zone: Zone, path: Path, severity: Severity, related: tuple[Related, ...]
) -> Problem:
    return Problem(
        path,
        f"the AWS Load Balancer Controller may create the validation record of {quoted(name)}"
        f" in the private hosted zone {quoted(zone.name)}, where ACM does not find it",
        severity=severity,
        related=related,
        help="update the controller to a version that ignores private zones, or set"
        " `certificate-arn`",
    )


def _beyond_parent(
    name: ListedName, zone: Zone, path: Path, version: str, related: tuple[Related, ...]
) -> Problem | Undecided | None:
    """Return the problem of a zone that is further up than the parent of a name."""
    first, last, end = tools.CONTROLLER_ZONE_OF_PARENT.value
    is_known = isinstance(name, DomainName | WildcardDomainName)
    if not is_known or str(name).count(".") - str(zone.name).count(".") <= 1:
        return None
    if not version:
        return Undecided(path, "the version of the AWS Load Balancer Controller is unknown")
    if not _numbers(first) <= _numbers(version) < _numbers(end):
        return None
    if _numbers(version) > _numbers(last):
        return Undecided(path, f"which zones version {version} of the controller uses is unknown")
    return Problem(
        path,
        f"the AWS Load Balancer Controller {version} does not use the hosted zone"
        f" {quoted(zone.name)} for {quoted(name)}: it only uses zones of the name and of its"
        " parent",
        severity=Severity.WARNING,
        related=related,
        help=f"use version {end} or later of the controller, or set `certificate-arn`",
    )


def _longest_zone(name: ListedName, zones: tuple[Zone, ...]) -> int | None:
    """Return the index of the zone that the controller chooses, `None` if that is unknown."""
    best, length = None, 0
    for index, zone in enumerate(zones):
        zone_name = symbols(zone.name)
        within = is_within(name_symbols(name), zone_name and base(zone_name))
        labels = str(zone.name).count(".") + 1
        # Of two zones with the same name, the controller may choose either.
        if within and (labels > length or (labels == length and zone.private)):
            best, length = index, labels
    return best


def _numbers(version: str) -> tuple[int, ...]:
    """Return a version such as `3.4.0` for comparisons."""
    parts = version.removeprefix("v").partition("-")[0].split(".")
    return tuple(int(part) if part.isdecimal() else 0 for part in parts)


@rule(
    "ACM524",
    Timeline(Era(date(2023, 4, 14), Severity.NOTE, tools.CONTROLLER_FINDS_ALL.source)),
    facts=(tools.CONTROLLER_FINDS_ALL, tools.CONTROLLER_DISCOVERY),
    reads=set(),
    needs={"listeners"},
    on="consumer",
    examples=lambda: (
        passes(consumers=(_COVERED,)),
        fails(consumers=(_MIXED,), at=("consumers", 0, "certificate")),
    ),
    help="set the annotation `certificate-arn` to the ARN of one of them",
)
def public_and_private_certificates(consumer: Consumer, context: Context) -> Yielded:
    """The AWS Load Balancer Controller finds public and private certificates.

    Without an ARN, the controller adds every certificate that covers a host to the listener, and
    the load balancer chooses one of them. So clients of this host, or of others in the same group
    of Ingresses, may receive the private certificate, which they do not trust. Set the ARN of one
    certificate. The parameters of an IngressClass may set it too.

    The flag `allowed-certificate-authority-arns` of the controller limits the search to private
    CAs. This is a note, because the file does not contain the flag.
    """
    del context
    listener = consumer.listener
    if listener is None or not listener.mixed:
        return
    host, public, private = map(quoted, listener.mixed)
    adds = "may add" if listener.elsewhere else "adds"
    yield Problem(
        _CERTIFICATE,
        f"the AWS Load Balancer Controller {adds} both {public} and {private}, which is private,"
        f" for {host}",
        help="set `defaultCertificate` in the LoadBalancerConfiguration"
        if listener.kind == "Gateway"
        else "",
    )


RULES = (
    listener_without_certificate,
    ignored_tls_secret,
    unobtainable_controller_certificate,
    public_and_private_certificates,
)
