"""The rules for certificates that exist: which do not apply, and what to do about the others."""

from __future__ import annotations

from acmrules.diagnosis.certificate import CertificateStatus, RenewalStatus
from acmrules.messages import counted, printable, quoted
from acmrules.model.gaps import gaps
from acmrules.model.joining import joined_listings
from acmrules.model.not_checked import RESPONSE, NotChecked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from acmrules.diagnosis.certificate import CertificateDetail
    from acmrules.lint.findings import Finding
    from acmrules.model.declaration import Declaration
    from acmrules.model.placed import Location

_ACCEPTED = "ACM accepted the request"
_UNDESCRIBED = "descriptions do not contain it"
_NEWER = "a value that acmrules does not know is one of a newer API"
_WRITING = "it is about how a file declares the request"
_OTHERS = "it is about resources that descriptions do not contain"
_CHANGE = "it compares a request with the certificate that exists"
_USE = "the file with the resource that uses the certificate has the finding"

NOT_APPLIED = {
    **dict.fromkeys(
        (
            *("ACM102", "ACM301", "ACM302", "ACM303", "ACM304", "ACM312", "ACM313", "ACM314"),
            *("ACM409", "ACM503", "ACM504", "ACM704", "ACM705"),
        ),
        _ACCEPTED,
    ),
    **dict.fromkeys(
        (
            *("ACM306", "ACM307", "ACM308", "ACM310", "ACM401", "ACM403", "ACM404", "ACM405"),
            *("ACM406", "ACM411", "ACM412", "ACM415", "ACM421", "ACM422", "ACM706", "ACM708"),
            *("ACM709", "ACM804"),
        ),
        _UNDESCRIBED,
    ),
    **dict.fromkeys(("ACM309", "ACM311", "ACM410"), _NEWER),
    **dict.fromkeys(
        (
            *("ACM111", "ACM407", "ACM408", "ACM416", "ACM417", "ACM418", "ACM419", "ACM420"),
            *("ACM515", "ACM516", "ACM517", "ACM603", "ACM703"),
        ),
        _WRITING,
    ),
    **dict.fromkeys(
        (
            *("ACM509", "ACM510", "ACM511", "ACM512", "ACM513", "ACM514", "ACM518", "ACM519"),
            *("ACM520", "ACM521", "ACM522", "ACM524"),
        ),
        _OTHERS,
    ),
    **dict.fromkeys(("ACM601", "ACM602", "ACM604"), _CHANGE),
    **dict.fromkeys(("ACM525", "ACM526"), _USE),
}
"""The rules that do not apply to certificates that exist, and why."""


_HELP = {
    "ACM103": "use an A-label (`xn--…`) in the next certificate",
    "ACM109": "leave {name} out of the next certificate",
    "ACM110": "request a certificate for a name of your own",
    "ACM203": "if you serve the parent domain too, request a certificate with both names",
    "ACM204": "leave {name} out of the next certificate",
    "ACM206": "leave {name} out of the next certificate, unless another resource serves it",
    "ACM305": "request a certificate with a shorter name",
    "ACM402": "run `aws acm update-certificate-options` with `ValidationMethod=DNS`",
    "ACM414": "run `aws acm update-certificate-options` with `ValidationMethod=DNS`",
    "ACM701": "run `aws acm update-certificate-options` to enable the logs",
    "ACM702": "if you do not use the private key outside AWS, request a certificate without it",
    "ACM801": "request a certificate for names that your policy allows, or change the policy",
    "ACM802": "request a certificate for the names that you serve, or change the policy",
    "ACM803": "split the names over several new certificates, or change the policy",
    "ACM805": "change the validation method, or the policy",
    "ACM806": "request a certificate with a key algorithm that your policy allows",
}
"""What to do about a certificate that exists, whose names and key are fixed (facts 6.1 to 6.7)."""


def of_existing(finding: Finding) -> Finding:
    """Return a finding about a certificate that exists: without a fix, because no edit changes it.

    Its help is what to do about a certificate, and not about a request.
    """
    help_ = _HELP.get(finding.rule.id, finding.help)
    if finding.value is not None:
        help_ = help_.replace("{name}", quoted(finding.value))
    return finding.__replace__(fix=None, locations=None, help=help_)


def states_not_checked(declarations: Iterable[Declaration], as_of: date) -> Iterator[NotChecked]:
    """Yield a note about the certificates in each file that are pending, failing or expired.

    Rules check what a certificate contains, and `diagnose` its state.
    """
    found: dict[str, list[tuple[str, Location]]] = {}
    for declaration in declarations:
        variant = declaration.variants[0]
        location = variant.location(())
        if variant.existing and location and (state := _state(variant.existing, as_of)):
            found.setdefault(declaration.file, []).append((state, location))
    for file, states in found.items():
        counts: dict[str, int] = {}
        for state, _ in states:
            counts[state] = counts.get(state, 0) + 1
        listed = ", ".join(f"{count:,} {state}" for state, count in counts.items())
        yield NotChecked(
            states[0][1],
            RESPONSE,
            f"the state of {counted(len(states), 'certificate')} ({listed})",
            "has a cause that no rule checks",
            f"run `acmrules diagnose {printable(file)}`",
        )


def hidden_not_checked(declarations: Iterable[Declaration]) -> Iterator[NotChecked]:
    """Yield a note about each list that may leave out certificates (facts 2.15 and 2.15b)."""
    for declaration in declarations:
        variant = declaration.variants[0]
        for listed in joined_listings(variant.account.listed) if variant.account else ():
            if listed.hides:
                yield NotChecked(
                    variant.location(()),
                    RESPONSE,
                    f"the list of certificates in {quoted(listed.region)}",
                    f"may leave out some: {', '.join(listed.hides)}",
                    "list them with `--includes keyTypes=…` and the filters for ACME and N2",
                )


def gaps_not_checked(declarations: Iterable[Declaration]) -> Iterator[NotChecked]:
    """Yield a note about each call that AWS refused, so that certificates may be missing."""
    for declaration in declarations:
        variant = declaration.variants[0]
        for gap in gaps(variant.account) if variant.account else ():
            if gap.code and not gap.is_gone:
                yield NotChecked(
                    variant.location(()),
                    RESPONSE,
                    f"the result of {gap.call}",
                    f"is missing ({gap.code}), so {gap.unknown}",
                    "correct the cause, and run `acmrules inventory` again",
                )


def _state(certificate: CertificateDetail, as_of: date) -> str:
    """Return the state of a certificate that needs a diagnosis, empty for one that does not."""
    if certificate.status is not None and certificate.status != CertificateStatus.ISSUED:
        return str(certificate.status)
    if certificate.not_after is not None and certificate.not_after.date() < as_of:
        return str(CertificateStatus.EXPIRED)
    renewal = certificate.renewal
    if renewal is None or renewal.status == RenewalStatus.SUCCESS:
        return ""
    return "" if renewal.status == RenewalStatus.PENDING_AUTO_RENEWAL else "not renewed"
