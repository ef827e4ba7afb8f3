"""The state of a certificate by its status, its renewal and the diagnosis of its names."""

from __future__ import annotations

from datetime import datetime

from acmrules.diagnosis.certificate import CertificateDetail, CertificateStatus
from acmrules.diagnosis.described_names import with_description
from acmrules.diagnosis.events import events_part
from acmrules.diagnosis.expiry import (
    expired_part,
    expiry_deadline,
    mail_part,
    unknown_expiry_part,
)
from acmrules.diagnosis.exports import export_part
from acmrules.diagnosis.managed import by_manager
from acmrules.diagnosis.method_change import change_part
from acmrules.diagnosis.model import Deadline, Diagnosis, NameDiagnosis, State
from acmrules.diagnosis.not_renewed import acme_part, imported_part, is_imported, is_of_acme
from acmrules.diagnosis.part import ACTORS, Part, worst
from acmrules.diagnosis.renewals import renewal_part
from acmrules.diagnosis.requests import PARTS, pending_part, unknown_part
from acmrules.diagnosis.times import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def diagnose_status(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Diagnosis:
    """Return the diagnosis of a certificate from its own state and that of its names."""
    names = with_description(certificate, names)
    parts = [*_parts(certificate, names, as_of)]
    found = worst(parts)
    return Diagnosis(
        certificate,
        as_of,
        found.state or State.FINE,
        ACTORS[found.state or State.FINE],
        found.title,
        _deadlines(parts, as_of),
        tuple(
            dict.fromkeys(
                by_manager(certificate, each) for part in parts for each in part.obstacles
            )
        ),
        names,
    )


def _parts(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Iterable[Part]:
    """Yield the aspects that matter in the status of the certificate."""
    status = certificate.status
    if status is CertificateStatus.PENDING_VALIDATION:
        pending = pending_part(certificate, names, as_of)
        yield pending
        yield _only_if(pending.state is not State.WAITING_FOR_AWS, events_part(certificate))
    elif isinstance(status, CertificateStatus) and status in PARTS:
        yield PARTS[status](certificate)
    elif status is CertificateStatus.EXPIRED or _has_expired(certificate, as_of):
        is_acme = is_of_acme(certificate)
        yield acme_part(certificate, has_expired=True) if is_acme else expired_part(certificate)
    elif status is CertificateStatus.ISSUED:
        yield from _issued(certificate, names, as_of)
    else:
        yield unknown_part(certificate)
        yield events_part(certificate).__replace__(state=None)


def _has_expired(certificate: CertificateDetail, as_of: datetime) -> bool:
    """Return whether an issued certificate has expired, which its status may not show yet."""
    end = certificate.not_after
    is_issued = certificate.status is CertificateStatus.ISSUED
    return is_issued and end is not None and end <= as_of


def _issued(
    certificate: CertificateDetail, names: tuple[NameDiagnosis, ...], as_of: datetime
) -> Iterable[Part]:
    """Yield the aspects of a certificate that is issued and has not expired."""
    end = certificate.not_after
    if end is None:
        yield unknown_expiry_part(certificate)
    else:
        title = f"the certificate is issued, and expires at {written(end)}"
        yield Part(State.FINE, title, deadlines=expiry_deadline(certificate))
    if is_of_acme(certificate):
        yield acme_part(certificate, has_expired=False)
    elif is_imported(certificate):
        if end is not None:
            yield imported_part(certificate, as_of)
    else:
        renewal = renewal_part(certificate, names, as_of)
        yield renewal
        yield change_part(certificate, names, as_of)
        yield export_part(certificate)
        yield mail_part(certificate, as_of)
        yield _only_if(renewal.state is not State.WAITING_FOR_AWS, events_part(certificate))


def _only_if(decides: bool, part: Part) -> Part:
    """Return a part that decides the state, or only adds what it shows."""
    return part if decides else part.__replace__(state=None)


def _deadlines(parts: Iterable[Part], as_of: datetime) -> tuple[Deadline, ...]:
    """Return the deadlines that are ahead, in order of time."""
    ahead = {each for part in parts for each in part.deadlines if each.at > as_of}
    return tuple(sorted(ahead, key=lambda each: (each.at, each.text)))
