"""The state of a certificate by its status, its renewal and the diagnosis of its names."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.aspect import ACTORS, Aspect, worst
from acmrules.diagnosis.certificate import CertificateDetail, CertificateStatus
from acmrules.diagnosis.events import events_aspect
from acmrules.diagnosis.expiry import (
    expired_aspect,
    expiry_deadline,
    mail_aspect,
    unknown_expiry_aspect,
)
from acmrules.diagnosis.exports import export_aspect
from acmrules.diagnosis.managed import by_manager
from acmrules.diagnosis.method_change import change_aspect
from acmrules.diagnosis.model import Deadline, Diagnosis, NameDiagnosis, State
from acmrules.diagnosis.not_renewed import (
    acme_aspect,
    expired_import,
    imported_aspect,
    is_imported,
    is_of_acme,
)
from acmrules.diagnosis.over import has_expired, still_relevant
from acmrules.diagnosis.renewals import failed_before_expiry, renewal_aspect
from acmrules.diagnosis.requests import ASPECTS, pending_aspect, unknown_aspect
from acmrules.diagnosis.times import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def diagnose_status(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Diagnosis:
    """Return the diagnosis of a certificate from its own state and that of its names."""
    aspects = [*_aspects(certificate, names, as_of)]
    found = worst(aspects)
    return Diagnosis(
        certificate,
        as_of,
        found.state or State.FINE,
        ACTORS[found.state or State.FINE],
        found.title,
        _deadlines(aspects, as_of),
        tuple(
            dict.fromkeys(
                by_manager(certificate, each) for aspect in aspects for each in aspect.obstacles
            )
        ),
        still_relevant(certificate, names, as_of),
    )


def _aspects(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Iterable[Aspect]:
    """Yield the aspects that matter in the status of the certificate."""
    status = certificate.status
    if status is CertificateStatus.PENDING_VALIDATION:
        pending = pending_aspect(certificate, names, as_of)
        yield pending
        yield _only_if(pending.state is not State.WAITING_FOR_AWS, events_aspect(certificate))
    elif isinstance(status, CertificateStatus) and status in ASPECTS:
        yield ASPECTS[status](certificate, names)
    elif status is CertificateStatus.EXPIRED or has_expired(certificate, as_of):
        yield from _expired(certificate)
    elif status is CertificateStatus.ISSUED:
        yield from _issued(certificate, names, as_of)
    else:
        yield unknown_aspect(certificate, events_aspect(certificate))


def _expired(certificate: CertificateDetail) -> Iterable[Aspect]:
    """Yield the aspects of a certificate that has expired."""
    if is_of_acme(certificate):
        yield acme_aspect(certificate, has_expired=True)
        return
    aspect = expired_aspect(certificate)
    if is_imported(certificate):
        obstacles = tuple(expired_import(each, certificate) for each in aspect.obstacles)
        aspect = aspect.__replace__(obstacles=obstacles)
    yield aspect
    yield failed_before_expiry(certificate)


def _issued(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Iterable[Aspect]:
    """Yield the aspects of a certificate that is issued and has not expired."""
    end = certificate.not_after
    if end is None:
        yield unknown_expiry_aspect(certificate)
    else:
        title = f"the certificate is issued, and expires at {written(end)}"
        yield Aspect(State.FINE, title, deadlines=expiry_deadline(certificate))
    if is_of_acme(certificate):
        yield acme_aspect(certificate, has_expired=False)
    elif is_imported(certificate):
        if end is not None:
            yield imported_aspect(certificate, as_of)
    else:
        renewal = renewal_aspect(certificate, names, as_of)
        yield renewal
        change = change_aspect(certificate, names, as_of)
        yield change
        yield export_aspect(certificate)
        if change.state is None:
            yield mail_aspect(certificate, as_of)
        yield _only_if(renewal.state is not State.WAITING_FOR_AWS, events_aspect(certificate))


def _only_if(decides: bool, aspect: Aspect) -> Aspect:
    """Return an aspect that decides the state, or only adds what it shows."""
    return aspect if decides else aspect.__replace__(state=None)


def _deadlines(aspects: Iterable[Aspect], as_of: datetime) -> tuple[Deadline, ...]:
    """Return the deadlines that are ahead, in order of time."""
    ahead = {each for aspect in aspects for each in aspect.deadlines if each.at > as_of}
    return tuple(sorted(ahead, key=lambda each: (each.at, each.text)))
