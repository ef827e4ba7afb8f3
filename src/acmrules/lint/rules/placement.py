"""ACM501 to 506, and 508: Regions and key algorithms of certificates and their consumers."""

from __future__ import annotations

from datetime import date

from acmrules.facts import acm, tools
from acmrules.facts import services as facts
from acmrules.facts.fact import CHECKED, Fact
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
from acmrules.lint.rules.limits import is_certificate_arn
from acmrules.lint.rules.wording import choices
from acmrules.messages import quoted
from acmrules.partial import are_equal, head, symbols, unknown_clause
from acmrules.regions import REGIONS, has_acm, looks_like_region, near_regions, partition_of
from acmrules.request import KeyAlgorithm
from acmrules.resources import (
    CertificateReference,
    Consumer,
)
from acmrules.services import SERVICES, Service
from acmrules.unresolved import Malformed, Text, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest, Path

CERTIFICATE = ("certificate",)
"""The path of the certificate of a consumer."""

_ALGORITHM = ("key_algorithm",)
_REQUESTED = _ALGORITHM, "the key algorithm of the request"
_IMPORTED = ("imported", "leaf"), "the imported certificate"
_DEFAULT_ALGORITHM = KeyAlgorithm(acm.REQUESTABLE_ALGORITHMS.value[0])
_REFERENCE = CertificateReference("Certificate")
_ARN = "arn:aws:acm:eu-west-1:111122223333:certificate/2f1c"
_AUTHORITY = "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/2f1c"
_DISTRIBUTION = Consumer("cloudfront", "Site", _REFERENCE, region="us-east-1")
_LISTENER = Consumer("alb", "Listener", _REFERENCE, region="eu-west-1")
_REGION_PART = 3
_DEPLOYMENT = "${AWS::Region}"
"""The pseudo parameter of CloudFormation for the Region of the deployment, always a real one."""


def _arn_region(certificate: object) -> Text | None:
    """Return the Region of a certificate's ARN, or `None` if the value does not show one."""
    if not isinstance(certificate, str | Unresolved):
        return None
    begin = head(certificate)
    parts = begin.split(":", _REGION_PART + 1)
    if len(parts) <= _REGION_PART or parts[0] != "arn":
        return None
    region = parts[_REGION_PART]
    if isinstance(certificate, str) or len(parts) > _REGION_PART + 1:
        return region
    unknown, *rest = certificate.parts[bool(begin) :]
    ends = isinstance(rest[0], str) and rest[0].startswith(":") if rest else False
    return Unresolved((region, unknown) if region else (unknown,)) if ends else None


def certificate_region(consumer: Consumer) -> Text | None:
    """Return the Region of a consumer's certificate: that of its ARN, or of its data source."""
    return _arn_region(consumer.certificate) or consumer.found_in


def _are_equal(one: Text | None, other: Text | None) -> bool | None:
    """Return whether two Regions are the same; `None` if that is unknown."""
    if one == other or (isinstance(one, str) and isinstance(other, str)):
        return one == other
    return None if one is None or other is None else are_equal(symbols(one), symbols(other))


def _missing(*regions: object) -> str:
    """Return which Region is unknown, and how to set it."""
    missing = unknown_clause(*regions)
    if missing and _DEPLOYMENT not in missing:
        return missing
    return f"{missing or 'the Region is unknown'}; pass `--region`"


def _obstacle(consumer: Consumer, service: Service) -> Fact[str] | None:
    """Return what to do if the service rejects ACM certificates in either Region, else `None`."""
    locations = consumer.region, certificate_region(consumer)
    known = (place if isinstance(place, str) else None for place in locations)
    return next(filter(None, map(service.obstacle, known)), None)


def _placed(consumer: Consumer) -> Service | None:
    """Return the service if it accepts ACM certificates; if it does not, ACM506 reports that."""
    service = SERVICES.get(consumer.service)
    return None if service is None or _obstacle(consumer, service) else service


def attached(consumer: Consumer, context: Context) -> tuple[Service, CertificateRequest] | None:
    """Return the service and the request if the consumer uses the requested certificate."""
    service = _placed(consumer)
    if service is None or context.request is None:
        return None
    if not isinstance(consumer.certificate, CertificateReference):
        return None
    return service, context.request


def _located(consumer: Consumer, context: Context) -> tuple[Service, Text | None] | None:
    """Return the service and the certificate's Region if the consumer uses this certificate."""
    if context.existing is not None:
        return None  # ACM508 reports the Region of the ARN.
    found = attached(consumer, context)
    if found is not None:
        return found[0], found[1].region
    service = _placed(consumer)
    if service is None or context.imported is None:
        return None
    region = context.imported.region
    is_used = isinstance(consumer.certificate, CertificateReference)
    return (service, region) if is_used and region is not None else None


@rule(
    "ACM501",
    Severity.ERROR,
    facts=(facts.FIXED_REGION, facts.CERTIFICATES_ARE_REGIONAL),
    reads={"certificate"},
    on="consumer",
    yields_to={"ACM506"},
    examples=lambda: (
        passes("brightharbor.io", region="us-east-1", consumers=(_DISTRIBUTION,)),
        fails(
            "brightharbor.io",
            region="eu-west-1",
            consumers=(_DISTRIBUTION.__replace__(region="eu-west-1"),),
            at=("consumers", 0, "certificate"),
        ),
    ),
    help="request the certificate in the Region that the service requires",
)
def wrong_region_for_service(consumer: Consumer, context: Context) -> Yielded:
    """The service only accepts certificates from another Region.

    CloudFront and the services built on it (edge-optimized API Gateway, Cognito, AppSync, Amplify)
    only accept certificates from us-east-1, whatever the Region of their own stack. A certificate
    cannot be moved: request it in a stack in us-east-1, or import it there.
    """
    located = _located(consumer, context)
    if located is None:
        yield Decided(CERTIFICATE)
        return
    service, region = located
    if service.fixed_region is None:
        return
    fits = _are_equal(region, service.fixed_region)
    if fits is None:
        yield Undecided(CERTIFICATE, _missing(region))
    elif not fits:
        yield Problem(
            CERTIFICATE,
            f"{service.name} only accepts certificates from `{service.fixed_region}`;"
            f" this one is in {quoted(region)}",
            help=f"{_get(context)} the certificate in `{service.fixed_region}`",
        )


@rule(
    "ACM502",
    Severity.ERROR,
    facts=(facts.CERTIFICATES_ARE_REGIONAL, facts.SAME_REGION),
    reads={"certificate", "region"},
    on="consumer",
    yields_to={"ACM506"},
    examples=lambda: (
        passes("brightharbor.io", region="eu-west-1", consumers=(_LISTENER,)),
        fails(
            "brightharbor.io",
            region="us-east-1",
            consumers=(_LISTENER,),
            at=("consumers", 0, "certificate"),
        ),
    ),
    help="request a certificate in the Region of the resource",
)
def region_mismatch(consumer: Consumer, context: Context) -> Yielded:
    """A resource uses a certificate from another Region.

    A certificate works only in its own Region and cannot be moved or copied.
    """
    yield Decided(("region",))
    located = _located(consumer, context)
    if located is None:
        yield Decided(CERTIFICATE)
        return
    service, ours = located
    if not service.in_same_region:
        return
    theirs = consumer.region
    fits = _are_equal(theirs, ours)
    if fits is None:
        yield Undecided(CERTIFICATE, _missing(theirs, ours))
    elif not fits:
        yield Problem(
            CERTIFICATE,
            f"{service.name} in {quoted(theirs)} uses a certificate from {quoted(ours)}",
            help=f"{_get(context)} a certificate in {quoted(theirs)}",
        )


def _get(context: Context) -> str:
    return "request" if context.imported is None else "import"


def _regions(request: CertificateRequest | None, context: Context) -> dict[Text, Path]:
    """Return the first path of each Region."""
    found: dict[Text, Path] = {}
    if request is not None and request.region is not None:
        found[request.region] = ("region",)
    for index, consumer in enumerate(context.consumers):
        path = ("consumers", index)
        if consumer.region is not None:
            found.setdefault(consumer.region, (*path, "region"))
        arn = consumer.certificate
        # ACM308 reports a string that is not an ARN.
        if isinstance(arn, str | Unresolved) and is_certificate_arn(arn):
            region = _arn_region(arn)
            if region:
                found.setdefault(region, (*path, "certificate"))
    return found


@rule(
    "ACM503",
    Severity.ERROR,
    facts=(facts.REGIONS, facts.REGIONS_WITHOUT_ACM),
    reads={"region", "certificate"},
    on="everything",
    examples=lambda: (
        passes("brightharbor.io", region="eu-west-1"),
        fails("brightharbor.io", region="eu-west1", at=("region",)),
        fails("brightharbor.io", region="eu-west-9", at=("region",)),
    ),
    help="use a Region in which ACM is available, such as `us-east-1`",
)
def unknown_region(request: CertificateRequest | None, context: Context) -> Yielded:
    """Unknown Region.

    If the value looks like a Region, this is a note, because the Region may be newer than the
    facts. If it does not, this is an error.
    """
    for index, consumer in enumerate(context.consumers):
        yield Decided(("consumers", index, "region"))
        if _arn_region(consumer.certificate):
            yield Decided(("consumers", index, "certificate"))
    for region, path in _regions(request, context).items():
        if isinstance(region, Unresolved):
            yield from _partly_known_region(region, path)
            continue
        if has_acm(region):
            continue
        if looks_like_region(region):
            is_without_acm = region in facts.REGIONS_WITHOUT_ACM.value
            yield Problem(
                path,
                f"no source lists an ACM endpoint in the Region {quoted(region)}"
                if is_without_acm
                else f"unknown Region {quoted(region)} (newer than {CHECKED}?)",
                severity=Severity.NOTE,
                help="use a Region in which ACM is available"
                if is_without_acm
                else "check the spelling of the Region",
                cause=str(region),
            )
            continue
        meant = near_regions(region)
        hint = f"; did you mean {' or '.join(f'`{name}`' for name in meant)}?" if meant else ""
        respell = Fix(f"change it to `{meant[0]}`", (Edit(path, meant[0]),)) if meant else None
        yield Problem(
            path,
            f"unknown Region {quoted(region)}{hint}",
            fix=respell if path[-1] == "region" else None,
            cause=str(region),
        )


def _partly_known_region(region: Unresolved, path: Path) -> Yielded:
    if str(region) == _DEPLOYMENT:
        yield Decided(path)
    elif all(are_equal(symbols(region), symbols(known)) is False for known in REGIONS):
        yield Problem(
            path,
            f"unknown Region {quoted(region)}",
            severity=Severity.NOTE,
            help="check the spelling of the Region",
            cause=str(region),
        )
    else:
        yield Undecided(path, unknown_clause(region))


def spelled_algorithm(text: str) -> KeyAlgorithm | None:
    """Return the algorithm that a string spells with the wrong case or hyphens."""
    folded = text.strip().lower().replace("-", "_")
    return next((a for a in KeyAlgorithm if folded in {a.value.lower(), a.name.lower()}), None)


@rule(
    "ACM504",
    Severity.ERROR,
    facts=(
        acm.REQUESTABLE_ALGORITHMS,
        acm.PRIVATE_ALGORITHMS,
        acm.UNREQUESTABLE_ALGORITHM_ERROR,
        acm.ALGORITHM_CASE_MATTERS,
        acm.N2_ALGORITHMS,
    ),
    reads={"key_algorithm", "certificate_authority_arn"},
    examples=lambda: (
        passes("brightharbor.io", key_algorithm="EC_prime256v1"),
        fails("brightharbor.io", key_algorithm="EC_Prime256v1", at=_ALGORITHM),
        fails("brightharbor.io", key_algorithm="RSA_4096", at=_ALGORITHM),
        fails(
            "brightharbor.io", key_algorithm="EC_prime256v1", as_of=date(2020, 1, 1), at=_ALGORITHM
        ),
        fails(
            "brightharbor.io",
            key_algorithm="RSA_4096",
            certificate_authority_arn=_AUTHORITY,
            at=_ALGORITHM,
        ),
    ),
    help="use `RSA_2048`, `EC_prime256v1` or `EC_secp384r1`",
)
def key_algorithm_not_requestable(request: CertificateRequest, context: Context) -> Yielded:
    """ACM cannot issue a certificate with this key algorithm.

    The schema lists seven algorithms. You can request `RSA_2048`, `EC_prime256v1` and
    `EC_secp384r1`; you can only import the others. Case matters. The same algorithms apply to a
    request to a private CA. Its own key may have another one.
    """
    yield Decided(("certificate_authority_arn",))
    algorithm = request.key_algorithm
    listed = acm.PRIVATE_ALGORITHMS if context.is_private else acm.REQUESTABLE_ALGORITHMS
    known = listed.history.at(context.as_of) or ()
    use_known = f"use {choices(known)}"
    if isinstance(algorithm, Malformed):
        meant = spelled_algorithm(algorithm.text)
        is_requestable = meant is not None and meant.value in known
        exists = f" (`{meant.value}` exists, for imports only)" if meant else ""
        yield Problem(
            _ALGORITHM,
            f"unknown key algorithm {quoted(algorithm.text)}{'' if is_requestable else exists}",
            fix=Fix(f"change it to `{meant.value}`", (Edit(_ALGORITHM, meant.value),), safe=True)
            if meant and is_requestable
            else None,
            help="" if is_requestable else use_known,
        )
    elif isinstance(algorithm, Unresolved):
        if all(are_equal(symbols(algorithm), symbols(a.value)) is False for a in KeyAlgorithm):
            yield Problem(_ALGORITHM, f"unknown key algorithm {quoted(algorithm)}", help=use_known)
    elif isinstance(algorithm, KeyAlgorithm) and algorithm.value not in known:
        if context.is_private is None and algorithm.value in acm.PRIVATE_ALGORITHMS.value:
            yield Undecided(_ALGORITHM, unknown_clause(request.certificate_authority_arn))
            return
        yield Problem(
            _ALGORITHM,
            f"ACM cannot issue `{algorithm.value}` keys",
            help=use_known,
        )


@rule(
    "ACM505",
    Severity.ERROR,
    facts=(
        facts.CLOUDFRONT_ALGORITHMS,
        facts.NLB_ALGORITHMS,
        facts.CLB_ALGORITHMS,
        facts.AMPLIFY_ALGORITHMS,
        facts.VPC_LATTICE_ALGORITHMS,
        facts.NITRO_ENCLAVES_ALGORITHMS,
        facts.CLIENT_VPN_ALGORITHMS,
    ),
    reads={"certificate"},
    on="consumer",
    yields_to={"ACM506"},
    examples=lambda: (
        passes("brightharbor.io", key_algorithm="EC_prime256v1", consumers=(_DISTRIBUTION,)),
        fails(
            "brightharbor.io",
            key_algorithm="EC_prime256v1",
            consumers=(_LISTENER.__replace__(service="clb"),),
            at=("consumers", 0, "certificate"),
        ),
        fails(
            "brightharbor.io",
            key_algorithm="EC_secp384r1",
            consumers=(_DISTRIBUTION,),
            at=("consumers", 0, "certificate"),
        ),
    ),
    help="request the certificate with a key algorithm that the service accepts",
)
def key_algorithm_unsupported_by_service(consumer: Consumer, context: Context) -> Yielded:
    """The service does not accept a certificate with this key algorithm.

    AWS rejects the certificate only when you attach it. The key of an imported certificate is
    checked too, if its body is in the files. If sources disagree on whether the service
    accepts it, this is a note.
    """
    service, algorithm = _placed(consumer), _algorithm(context)
    is_of_files = isinstance(consumer.certificate, CertificateReference)
    if service is None or algorithm is None or not is_of_files:
        yield Decided(CERTIFICATE)
        return
    accepted = service.key_algorithms(as_of=context.as_of)
    if accepted is None:
        return
    if isinstance(algorithm, Unresolved):
        yield Undecided(CERTIFICATE, f"the key algorithm {unknown_clause(algorithm)}")
    elif isinstance(algorithm, KeyAlgorithm):
        disputed = algorithm in service.disputed_algorithms
        if algorithm in accepted and not disputed:
            return
        listed = ", ".join(f"`{name.value}`" for name in accepted)
        yield Problem(
            CERTIFICATE,
            f"AWS's pages disagree on whether {service.name} supports `{algorithm.value}`"
            if disputed
            else f"{service.name} does not accept `{algorithm.value}`; it accepts {listed}",
            severity=Severity.NOTE if disputed else None,
            related=(Related(*(_REQUESTED if context.request else _IMPORTED)),),
            help="use a certificate with another key"
            if context.existing
            else ""
            if context.request
            else "import a certificate with another key",
        )


def _algorithm(context: Context) -> object:
    """Return the key algorithm of the certificate, `None` for an import that is unknown."""
    if context.request:
        return context.request.key_algorithm or _DEFAULT_ALGORITHM
    leaf = context.imported and context.imported.leaf
    if not leaf:
        return None
    return next((each for each in KeyAlgorithm if each.value == leaf.key_algorithm), None)


@rule(
    "ACM506",
    Severity.ERROR,
    facts=(
        facts.CHINA_CLOUDFRONT,
        facts.GOVCLOUD_CLOUDFRONT,
        facts.IOT_DEVICE_INSTEAD,
        facts.UNATTACHED_INSTEAD,
        facts.APP_MESH_CLOSED,
        facts.APP_MESH_INSTEAD,
    ),
    reads={"certificate", "region"},
    on="consumer",
    examples=lambda: (
        passes("brightharbor.io", consumers=(_DISTRIBUTION,)),
        fails(
            "brightharbor.io",
            consumers=(_DISTRIBUTION.__replace__(region="cn-north-1"),),
            at=("consumers", 0, "certificate"),
        ),
        fails(
            "brightharbor.io",
            consumers=(_LISTENER.__replace__(service="app-mesh"),),
            at=("consumers", 0, "certificate"),
        ),
    ),
    help="use a certificate that the service accepts",
)
def service_without_acm(consumer: Consumer, context: Context) -> Yielded:
    """The service does not accept ACM certificates, in this Region or in any.

    AWS rejects the certificate when you attach it. The help of the finding shows what to use
    instead, such as an IAM server certificate for CloudFront in China. A service that AWS closed,
    such as App Mesh on 2026-09-30, is a warning.
    """
    yield from (Decided(CERTIFICATE), Decided(("region",)))
    service = SERVICES.get(consumer.service)
    if service is None or consumer.certificate is None:
        return
    region = consumer.region
    closed = service.closed.history.era(context.as_of) if service.closed else None
    if closed and closed.value:
        yield Problem(
            CERTIFICATE,
            f"{service.name} was closed on {closed.start}",
            severity=Severity.WARNING,
            help=facts.APP_MESH_INSTEAD.value,
        )
    elif instead := _obstacle(consumer, service):
        where = f" in {quoted(region)}" if isinstance(region, str) else ""
        yield Problem(
            CERTIFICATE,
            f"{service.name}{where} does not accept ACM certificates",
            help=instead.value,
        )
    elif missing := [place for place in _open_regions(consumer) if _is_elsewhere(place, service)]:
        yield Undecided(CERTIFICATE, _missing(*missing))


def _open_regions(consumer: Consumer) -> Iterator[Unresolved]:
    """Yield the unknown Regions of a consumer and of its certificate."""
    for place in (consumer.region, certificate_region(consumer) or consumer.certificate):
        if isinstance(place, Unresolved):
            yield place


def _is_elsewhere(place: Unresolved, service: Service) -> bool:
    """Return whether the service may reject ACM certificates in a Region, or in that of an ARN."""
    return any(
        place.head.startswith("arn") or are_equal(symbols(place), symbols(name)) is not False
        for locations, _ in service.elsewhere
        for name in REGIONS
        if name in locations or partition_of(name) in locations
    )


@rule(
    "ACM508",
    Severity.ERROR,
    facts=(
        facts.CERTIFICATES_ARE_REGIONAL,
        facts.FIXED_REGION,
        facts.SAME_REGION,
        tools.TERRAFORM_DATA_REGION,
    ),
    reads={"certificate", "region", "found_in"},
    on="consumer",
    yields_to={"ACM308", "ACM503", "ACM506"},
    examples=lambda: (
        passes(consumers=(Consumer("alb", "Listener", _ARN, region="eu-west-1"),)),
        fails(
            consumers=(Consumer("cloudfront", "Site", _ARN, region="eu-west-1"),),
            at=("consumers", 0, "certificate"),
        ),
    ),
    help="use a certificate from the Region that the service requires",
)
def certificate_arn_in_wrong_region(consumer: Consumer, context: Context) -> Yielded:
    """A certificate's ARN is from another Region than the service requires.

    CloudFront and the services built on it require us-east-1. All other resources require their own
    Region. A data source of Terraform finds certificates in the Region of its `region` or provider.
    """
    del context
    yield from (Decided(("region",)), Decided(("found_in",)))
    service, region = _placed(consumer), certificate_region(consumer)
    if service is None or (service.fixed_region is None and not service.in_same_region):
        yield Decided(CERTIFICATE)
        return
    if not region or (isinstance(region, str) and not has_acm(region)):
        return
    ours = service.fixed_region or consumer.region
    fits = _are_equal(region, ours)
    if fits is None:
        yield Undecided(CERTIFICATE, _missing(region, ours))
    elif fits:
        yield Decided(CERTIFICATE)
    else:
        yield Problem(
            CERTIFICATE,
            f"{service.name} only accepts certificates from {quoted(ours)};"
            f" this one is in {quoted(region)}"
            if service.fixed_region
            else f"{service.name} in {quoted(ours)} uses a certificate from {quoted(region)}",
            help=f"use a certificate from {quoted(ours)}",
        )


RULES = (
    wrong_region_for_service,
    region_mismatch,
    unknown_region,
    key_algorithm_not_requestable,
    key_algorithm_unsupported_by_service,
    service_without_acm,
    certificate_arn_in_wrong_region,
)
