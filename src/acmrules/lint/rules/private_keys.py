"""ACM704: the key of a request to a private CA, and the key of the CA itself."""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.lint.rule import Problem, Related, Severity, Undecided
from acmrules.messages import quoted
from acmrules.partial import unknown_clause
from acmrules.request import CertificateRequest, KeyAlgorithm
from acmrules.unresolved import Malformed, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.lint.rule import Yielded
    from acmrules.resources import Authority

_PATH = ("key_algorithm",)
_DEFAULT = acm.REQUESTABLE_ALGORITHMS.value[0]


def family_problems(request: CertificateRequest, found: tuple[int, Authority] | None) -> Yielded:
    """Yield whether the key of a request is of another family than that of its private CA.

    `found` is the CA and its index, if the files declare it.
    """
    algorithm, arn = request.key_algorithm, request.certificate_authority_arn
    if isinstance(algorithm, Unresolved):
        yield Undecided(_PATH, unknown_clause(arn, algorithm))
        return
    if isinstance(algorithm, Malformed):
        return  # ACM504 reports it.
    used = algorithm.value if isinstance(algorithm, KeyAlgorithm) else _DEFAULT
    family = _family(used)
    place, authority = found or (0, None)
    known = authority.key_algorithm if authority else None
    if authority is None or known is None:
        if algorithm is not None:
            missing = f"it is unknown whether the private CA has an {family} key"
            yield Undecided(_PATH, unknown_clause(arn) * (authority is None) or missing)
    elif _family(known) != family:
        yield Problem(
            _PATH,
            f"the key is `{used}`, but the key of the private CA {quoted(authority.address)} is"
            f" `{known}`; AWS requires the same family",
            severity=Severity.NOTE,
            related=(Related(("authorities", place), "the private CA"),),
            help=f"use a key of the same family as `{known}`",
        )


def _family(algorithm: str) -> str:
    """Return the family of a key algorithm: `RSA`, `ECDSA`, or the first word of any other."""
    first = algorithm.upper().partition("_")[0]
    return "ECDSA" if first == "EC" else first
