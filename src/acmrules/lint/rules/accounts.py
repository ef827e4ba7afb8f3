"""ACM523: the account of a certificate and that of the resource that uses it."""

from __future__ import annotations

from acmrules.facts import services as facts
from acmrules.lint.rule import Decided, Problem, Severity, Undecided, fails, passes, rule
from acmrules.partial import head, unclear
from acmrules.resources import CertificateReference, Consumer
from acmrules.services import SERVICES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Context, Yielded

_CERTIFICATE = ("certificate",)
_OURS, _THEIRS = "210987654320", "310987654321"
_ARN = f"arn:aws:acm:eu-west-1:{_OURS}:certificate/2f1c"
_LISTENER = Consumer("alb", "Listener", _ARN, region="eu-west-1", account=_OURS)
_ACCOUNT_PART, _ACCOUNT_DIGITS, _GROUP = 4, 12, 4
_COUNTED = ("01234567890123456789", "98765432109876543210")
_OBSERVED = ("cloudfront", "alb", "nlb", "clb", "apigateway")
"""The beginnings of the services for which a source confirms the fact."""


@rule(
    "ACM523",
    Severity.ERROR,
    facts=(facts.OTHER_ACCOUNT,),
    reads={"certificate"},
    needs={"accounts"},
    on="consumer",
    yields_to={"ACM308", "ACM506"},
    examples=lambda: (
        passes(consumers=(_LISTENER,)),
        fails(
            consumers=(_LISTENER.__replace__(account=_THEIRS),),
            at=("consumers", 0, "certificate"),
        ),
    ),
    help="request the certificate in the account of the resource",
)
def certificate_of_another_account(consumer: Consumer, context: Context) -> Yielded:
    """A resource uses a certificate of another account.

    A certificate works only in its own account and cannot be shared. acmrules finds the account of
    the resource in its other ARNs and certificates, and in its provider: the only allowed account,
    or that of the role. It finds the account of the certificate in its ARN, or in the
    provider of its request or data source. It does not compare the example accounts of AWS's
    documentation. If no source confirms this for the service, the finding is a note.
    """
    ours = _account_of(consumer, context)
    if ours is None:
        yield Decided(_CERTIFICATE)  # Nothing to compare with.
        return
    theirs = _account_of_certificate(consumer)
    if theirs is None:
        return  # If the ARN is unknown, the linter says so.
    if ours != theirs and (example := next(filter(is_example, (ours, theirs)), None)):
        question = (
            f"the certificate is of another account: AWS's pages use `{example}` as an example"
        )
        yield Undecided(_CERTIFICATE, unclear(question, ""))
    elif ours != theirs:
        name = SERVICES[consumer.service].name if consumer.service in SERVICES else "the resource"
        yield Problem(
            _CERTIFICATE,
            f"{name} in the account `{ours}` cannot use a certificate of the account `{theirs}`",
            severity=None if consumer.service.startswith(_OBSERVED) else Severity.NOTE,
        )
    else:
        yield Decided(_CERTIFICATE)


def _account_of(consumer: Consumer, context: Context) -> str | None:
    """Return the account of a consumer, or of the first certificate of the same resource."""
    if consumer.account is not None:
        return consumer.account
    if not isinstance(consumer.certificate, str) or len(context.consumers) == 1:
        return None
    others = (
        _account_of_certificate(other)
        for other in context.consumers
        if other.address == consumer.address and other.service == consumer.service
    )
    return next(filter(None, others), None)


def _account_of_certificate(consumer: Consumer) -> str | None:
    certificate = consumer.certificate
    if certificate is None or isinstance(certificate, CertificateReference):
        return consumer.certificate_account
    parts = head(certificate).split(":", _ACCOUNT_PART + 1)
    account = parts[_ACCOUNT_PART] if len(parts) > _ACCOUNT_PART + 1 else ""
    is_account = len(account) == _ACCOUNT_DIGITS and account.isdecimal()
    return account if is_account else consumer.certificate_account


def is_example(account: str) -> bool:
    """Return whether an account is one that documentation uses, or that does not exist.

    >>> is_example("123456789012"), is_example("111122223333"), is_example("310987654321")
    (True, True, False)
    """
    groups = {account[i : i + _GROUP] for i in range(0, _ACCOUNT_DIGITS, _GROUP)}
    return any(account in row for row in _COUNTED) or all(len(set(each)) == 1 for each in groups)


RULES = (certificate_of_another_account,)
