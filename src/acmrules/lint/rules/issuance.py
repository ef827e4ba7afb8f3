"""ACM515 to ACM517: what Terraform waits for, and which certificate it looks for."""

from __future__ import annotations

from acmrules.facts import acm, tools
from acmrules.facts import services as facts
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
from acmrules.messages import quoted
from acmrules.partial import are_equal, symbols, unknown_clause, wildcard_parent
from acmrules.request import KeyAlgorithm, Tool, ValidationMethod
from acmrules.resources import CertificateReference, Consumer, DataSource, Issuance, ValidationWait
from acmrules.unresolved import Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest, Path
    from acmrules.unresolved import ListedName, Text

_ARN = "aws_acm_certificate.c.arn"
_WAITING = "aws_acm_certificate_validation.v"
_REFERENCE = CertificateReference("aws_acm_certificate.c")
_METHOD = ("validation_method",)
_WEIGHTS = {
    (True, False): Severity.ERROR,
    (True, True): Severity.WARNING,
    (False, False): Severity.WARNING,
    (False, True): Severity.NOTE,
}
"""The severities of ACM515, by whether a resource waits, and whether a condition is open."""

_ALGORITHM = ("key_algorithm",)


def _listener(issuance: Issuance | None) -> Consumer:
    return Consumer("alb", "aws_lb_listener.l", _REFERENCE, issuance=issuance)


@rule(
    "ACM515",
    Severity.ERROR,
    facts=(
        tools.TERRAFORM_DOES_NOT_WAIT,
        tools.PENDING_CERTIFICATE_ERRORS,
        tools.CONTROLLER_STATUSES,
    ),
    reads={"validation_method"},
    needs={"issuances"},
    on="everything",
    public_only=True,
    tools={Tool.TERRAFORM, Tool.KUBERNETES},
    yields_to={"ACM506"},
    examples=lambda: (
        passes("brightharbor.io", consumers=(_listener(None),), tool=Tool.TERRAFORM),
        fails(
            "brightharbor.io",
            consumers=(_listener(Issuance(_ARN, (_WAITING,))),),
            tool=Tool.TERRAFORM,
            at=("consumers", 0, "certificate"),
        ),
        fails(
            "brightharbor.io",
            consumers=(_listener(Issuance(_ARN, ())),),
            tool=Tool.TERRAFORM,
            at=("consumers", 0, "certificate"),
        ),
    ),
    help="use the `certificate_arn` of an `aws_acm_certificate_validation` instead",
)
def used_before_it_is_issued(request: CertificateRequest | None, context: Context) -> Yielded:
    """A resource uses a certificate before ACM issues it.

    In Terraform, `aws_acm_certificate` does not wait until ACM issues the certificate, and services
    reject one that is pending. So the first apply fails. Use the `certificate_arn` of an
    `aws_acm_certificate_validation`, or add it to `depends_on`. It also waits for email validation
    if it has no `validation_record_fqdns`.

    If there is no such resource, this is a warning: ACM may issue the certificate in time if its
    records exist already. If a condition may keep the consumer out of the first apply, or if no
    source says what the service does, this is a note.

    Imported and private certificates are never pending, and those in `import` and `moved` blocks
    exist already. CloudFormation waits itself, so the rule does not apply to it and to CDK.

    Controllers in Kubernetes try again. But the AWS Load Balancer Controller only finds issued
    certificates, and if one is missing, it changes no listener of a Gateway. So a Gateway whose
    certificate the same file only requests is a note, unless the file has a validation record.
    """
    yield Decided(_METHOD)
    if context.tool is Tool.KUBERNETES:
        yield from _awaited(context)
    if request is None:
        return
    for index, consumer in enumerate(context.consumers):
        issuance = consumer.issuance
        if issuance is None or issuance.taken == issuance.attribute:
            continue
        path = ("consumers", index, "certificate")
        if issuance.awaited_by is None:
            yield Undecided(path, "what waits until ACM issues the certificate is unknown")
        else:
            yield _early(request, index, context)


def _awaited(context: Context) -> Yielded:
    for index, consumer in enumerate(context.consumers):
        if consumer.listener and (host := consumer.listener.awaited):
            yield Problem(
                ("consumers", index, "certificate"),
                "the AWS Load Balancer Controller changes no listener of the Gateway until ACM"
                f" issues the certificate of {quoted(host)}; this file has no validation record",
                severity=Severity.NOTE,
                help="create the validation record first, and add the host when ACM has issued the"
                " certificate",
            )


def _early(request: CertificateRequest, index: int, context: Context) -> Problem:
    from acmrules.services import SERVICES

    consumer = context.consumers[index]
    issuance = consumer.issuance or Issuance("", ())
    path = ("consumers", index, "certificate")
    service = SERVICES[consumer.service]
    errors = dict(tools.PENDING_CERTIFICATE_ERRORS.value)
    error = errors.get(service.key)
    is_rejected = error is not None or "issued" in service.terms(as_of=context.as_of)
    weight = _WEIGHTS[bool(issuance.awaited_by), issuance.optional]
    unless = ""
    if issuance.awaited_by:
        waiting = f"only `{issuance.awaited_by[0]}` waits until ACM issues it"
    elif request.validation_method is ValidationMethod.EMAIL:
        waiting = "nothing waits until someone approves it by email"
    else:
        waiting = "nothing waits until ACM issues it"
        unless = ", unless the validation records exist already"
    effect = f", so the first apply fails{f' with `{error}`' if error else ''}{unless}"
    return Problem(
        path,
        f"{service.name} uses the certificate too early: {waiting}{effect if is_rejected else ''}",
        severity=weight if is_rejected else Severity.NOTE,
        fix=Fix(
            f"use `{issuance.attribute}`",
            (Edit((*path[:2], "issuance", "taken"), issuance.attribute),),
            safe=True,
        )
        if issuance.attribute
        else None,
        help=_remedy(request, issuance),
    )


def _remedy(request: CertificateRequest, issuance: Issuance) -> str:
    if issuance.attribute:
        return ""
    if issuance.awaited_by:
        return f"use the `certificate_arn` of `{issuance.awaited_by[0]}`"
    added = "add an `aws_acm_certificate_validation`"
    if request.validation_method is ValidationMethod.EMAIL:
        added += " without `validation_record_fqdns`"
    return f"{added}, and use its `certificate_arn`"


@rule(
    "ACM516",
    Severity.ERROR,
    facts=(tools.TERRAFORM_VALIDATION_LOOKS_UP, facts.CERTIFICATES_ARE_REGIONAL),
    reads={"region", "names"},
    needs={"validations"},
    public_only=True,
    tools={Tool.TERRAFORM},
    examples=lambda: (
        passes(
            "brightharbor.io",
            region="eu-west-1",
            validations=(ValidationWait(_WAITING, "eu-west-1"),),
            tool=Tool.TERRAFORM,
        ),
        fails(
            "brightharbor.io",
            region="us-east-1",
            validations=(ValidationWait(_WAITING, "eu-west-1"),),
            tool=Tool.TERRAFORM,
            at=("validations", 0),
        ),
        fails(
            "brightharbor.io",
            region="eu-west-1",
            validations=(
                ValidationWait(_WAITING, "eu-west-1", ("aws_acm_certificate.other",), ()),
            ),
            tool=Tool.TERRAFORM,
            at=("validations", 0),
        ),
    ),
    help="set the provider of the certificate, and list only the records of the certificate",
)
def validation_of_another_certificate(request: CertificateRequest, context: Context) -> Yielded:
    """The resource that waits for a certificate looks for another one.

    `aws_acm_certificate_validation` looks for the certificate in the Region of its own `region` or
    provider. In any other Region, it does not exist. If `validation_record_fqdns` is set, it must
    contain each validation record of this certificate. The records of another certificate are the
    same only for the names that both list. If a consumer needs the certificate in the Region of the
    validation, the Region of the certificate is wrong, and ACM501 or ACM502 reports it.
    """
    yield from (Decided(("region",)), Decided(("names",)))
    for index, validation in enumerate(context.validations):
        path = ("validations", index)
        fits = _same_region(validation.region, request.region)
        if fits is None:
            yield Undecided(path, _unknown_region(validation.region, request.region))
        elif not fits and not _is_needed_in(validation.region, context):
            yield Problem(
                path,
                f"`{validation.address}` looks for the certificate in"
                f" {quoted(validation.region)}, but it is in {quoted(request.region)}:"
                " the apply fails because ACM does not find it",
                help="set the same `provider` and `region` as for the certificate",
            )
        yield from _records_of_others(request, validation, path)


def _same_region(one: Text | None, other: Text | None) -> bool | None:
    if one == other:
        return True
    return None if one is None or other is None else are_equal(symbols(one), symbols(other))


def _is_needed_in(region: Text | None, context: Context) -> bool:
    """Return whether a consumer needs the certificate in a Region; it reports the other one."""
    from acmrules.services import SERVICES

    for consumer in context.consumers:
        service = SERVICES.get(consumer.service)
        if service is not None and isinstance(consumer.certificate, CertificateReference):
            needed = consumer.region if service.in_same_region else service.fixed_region
            if needed is not None and needed == region:
                return True
    return False


def _unknown_region(*regions: Text | None) -> str:
    return f"{unknown_clause(*regions) or 'the Region is unknown'}; pass `--region`"


def _records_of_others(
    request: CertificateRequest, validation: ValidationWait, path: Path
) -> Yielded:
    if validation.undeclared:
        yield Problem(
            path,
            f"`{validation.address}` waits for the records of `{validation.undeclared[0]}`,"
            " which no resource declares",
            help="wait for the records of the certificate itself",
        )
        return
    if not validation.records_of:
        return
    validated = validation.validated
    missing = [] if validated is None else [*_not_among(request.names, validated)]
    unknown = [name for name in (*request.names, *(validated or ())) if _is_unknown(name)]
    certain = [name for name in missing if not unknown]
    if certain:
        yield Problem(
            path,
            f"`{validation.address}` waits for the records of `{validation.records_of[0]}`, which"
            f" validate other names: the apply fails because the record of {quoted(certain[0])} is"
            " missing",
            help="wait for the records of the certificate itself",
        )
    elif validated is None or (missing and unknown):
        reason = unknown_clause(*unknown) or "the names of the other certificate are unknown"
        yield Undecided(path, reason)


def _is_unknown(name: ListedName) -> bool:
    return isinstance(name, Unresolved | UnresolvedNames)


def _not_among(
    names: tuple[ListedName, ...], validated: tuple[ListedName, ...]
) -> Iterator[ListedName]:
    """Yield the names whose validation records are not those of others."""
    known = {wildcard_parent(name) or name for name in validated}
    for name in names:
        if (wildcard_parent(name) or name) not in known:
            yield name


@rule(
    "ACM517",
    Severity.ERROR,
    facts=(
        tools.TERRAFORM_DATA_LISTS,
        acm.LISTED_ALGORITHMS,
        tools.TERRAFORM_DATA_REGION,
        tools.TERRAFORM_DATA_STATUSES,
        facts.CERTIFICATES_ARE_REGIONAL,
    ),
    reads={"key_algorithm", "region"},
    needs={"sources"},
    tools={Tool.TERRAFORM},
    examples=lambda: (
        passes(
            "brightharbor.io",
            region="eu-west-1",
            sources=(DataSource("data.aws_acm_certificate.d", "eu-west-1"),),
            tool=Tool.TERRAFORM,
        ),
        fails(
            "brightharbor.io",
            region="eu-west-1",
            key_algorithm="EC_prime256v1",
            sources=(DataSource("data.aws_acm_certificate.d", "eu-west-1"),),
            tool=Tool.TERRAFORM,
            at=("sources", 0),
        ),
        fails(
            "brightharbor.io",
            region="us-east-1",
            sources=(DataSource("data.aws_acm_certificate.d", "eu-west-1", (), True),),
            tool=Tool.TERRAFORM,
            at=("sources", 0),
        ),
    ),
    help="look in the Region of the certificate, and set `key_types` to its key algorithm",
)
def certificate_not_found(request: CertificateRequest, context: Context) -> Yielded:
    """A data source does not find the certificate that it looks for.

    `data.aws_acm_certificate` only looks in the Region of its `region` or provider. Without
    `key_types`, it only finds certificates with RSA keys of at most 2048 bits, because ACM lists no
    others by default.

    It finds a certificate only after ACM has issued it, unless `statuses` says otherwise.

    If the data source does not refer to the certificate, it may look for another one with the same
    name. Then a missing `key_types` is a warning, and another Region is a note.
    """
    yield from (Decided(_ALGORITHM), Decided(("region",)))
    for index, source in enumerate(context.sources):
        path = ("sources", index)
        fits = _same_region(source.region, request.region)
        if fits is None:
            yield Undecided(path, _unknown_region(source.region, request.region))
        elif not fits and source.is_used and not source.depends:
            continue  # ACM508 checks its Region against that of the consumer.
        elif not fits:
            yield Problem(
                path,
                f"`{source.address}` does not find the certificate: it looks in"
                f" {quoted(source.region)}, but the certificate is in {quoted(request.region)}",
                severity=None if source.depends else Severity.NOTE,
                help="set the same `provider` and `region` as for the certificate",
            )
        else:
            yield from _omitted(request, source, path)
            if source.awaited_by is not None and context.is_private is False:
                yield _pending(source, source.awaited_by, path)


def _pending(source: DataSource, awaited_by: tuple[str, ...], path: Path) -> Problem:
    """Return the problem of a data source that looks before ACM issues the certificate."""
    waiting = f"only `{awaited_by[0]}` waits" if awaited_by else "nothing waits"
    return Problem(
        path,
        f"`{source.address}` does not find the certificate, because it looks too early: {waiting}"
        " until ACM issues it",
        severity=None if awaited_by else Severity.WARNING,
        help=_order(source, awaited_by),
        cause=source.awaited_by,
    )


def _order(source: DataSource, awaited_by: tuple[str, ...]) -> str:
    if not awaited_by:
        return "add an `aws_acm_certificate_validation`, and refer to it in `depends_on`"
    if source.is_needed:
        return (
            f"give `{awaited_by[0]}` the ARN of the certificate itself, and add it to `depends_on`"
        )
    return f"add `{awaited_by[0]}` to its `depends_on`"


def _omitted(request: CertificateRequest, source: DataSource, path: Path) -> Yielded:
    """Yield what a data source in the Region of the certificate does not find."""
    algorithm = request.key_algorithm
    listed = acm.LISTED_ALGORITHMS.value
    if isinstance(algorithm, Unresolved):
        yield Undecided(path, f"the key algorithm {unknown_clause(algorithm)}")
        return
    if not isinstance(algorithm, KeyAlgorithm):
        algorithm = KeyAlgorithm.RSA_2048
    wanted: tuple[object, ...] = source.key_types or listed
    if any(isinstance(each, Unresolved | UnresolvedNames) for each in wanted):
        yield Undecided(path, unknown_clause(*source.key_types))
    elif algorithm.value not in wanted:
        kind = f"`{algorithm.value}`"
        reason = (
            f"its `key_types` do not contain {kind}"
            if source.key_types
            else f"without `key_types`, ACM lists no certificates with {kind} keys"
        )
        yield Problem(
            path,
            f"`{source.address}` does not find the certificate: {reason}",
            severity=None if source.depends else Severity.WARNING,
            related=(Related(_ALGORITHM, "the key algorithm of the certificate"),),
            fix=None
            if source.key_types
            else Fix(
                f'add `key_types = ["{algorithm.value}"]`',
                (Edit((*path, "key_types"), algorithm.value, insert=True),),
                safe=source.depends,
            ),
            help=f'set `key_types` to `["{algorithm.value}"]`' if source.key_types else "",
        )


RULES = (used_before_it_is_issued, validation_of_another_certificate, certificate_not_found)
