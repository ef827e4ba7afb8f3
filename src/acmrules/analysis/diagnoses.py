"""The diagnoses of the certificates that files describe, the worst first."""

from __future__ import annotations

from acmrules.analysis.drift import Drift, DriftKind, DriftPair, drift_report
from acmrules.diagnosis.certificate import CertificateDetail
from acmrules.diagnosis.diagnose import diagnose_all
from acmrules.diagnosis.model import Diagnosis, State
from acmrules.model.gaps import Gap, missing
from acmrules.model.not_checked import FILE, RESPONSE, NotChecked
from acmrules.model.placed import Location, Placed
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from acmrules.diagnosis.answers import DnsAnswers
    from acmrules.diagnosis.certificate import CertificateEvent
    from acmrules.diagnosis.model import RecordChange
    from acmrules.model.inventory import Inventory

_SAID_BY_DIAGNOSIS = (DriftKind.NOT_ISSUED, DriftKind.NOT_LISTED)
"""Drifts that a diagnosis repeats, or whose certificate may be in an account without a list."""

_SEVERITY = {state: number for number, state in enumerate(State)}


class PlacedDiagnosis(Placed):
    """The diagnosis of a certificate, and where a file has it, `None` if only an event does.

    `declared` are the requests in templates that match it, and `drifts` how they differ from it.
    """

    diagnosis: Diagnosis
    declared: tuple[DriftPair, ...] = ()
    drifts: tuple[Drift, ...] = ()

    @property
    def arn(self) -> str:
        """The ARN of the certificate."""
        return self.diagnosis.certificate.arn

    @property
    def urgency(self) -> tuple[int, float, str]:
        """What sorts diagnoses: the worst state first, then the next deadline, then the ARN."""
        deadline = self.diagnosis.deadline
        when = deadline.at.timestamp() if deadline else float("inf")
        return _SEVERITY[self.diagnosis.state], when, self.arn


class Diagnoses(Value):
    """The diagnoses of a run, the worst first, and what AWS did not answer.

    `drifts` are those of declared certificates that do not exist. `not_checked` is what could not
    be read in the files. A call that failed leaves the state unknown.
    """

    as_of: datetime
    certificates: tuple[PlacedDiagnosis, ...]
    gaps: tuple[Gap, ...] = ()
    drifts: tuple[Drift, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()

    @property
    def unread(self) -> tuple[NotChecked, ...]:
        """The files and responses that could not be read, or only in part."""
        return tuple(each for each in self.not_checked if each.kind in {FILE, RESPONSE})

    @property
    def state(self) -> State:
        """The worst state; a refused call or an unread response leaves it unknown at best."""
        states = [each.diagnosis.state for each in self.certificates]
        states += [State.UNKNOWN] if self.failed or self.unread or not states else []
        return min(states, key=_SEVERITY.__getitem__)

    @property
    def failed(self) -> tuple[Gap, ...]:
        """The calls that failed, so that something may be missing."""
        return tuple(each for each in self.gaps if each.code)

    @property
    def changes(self) -> tuple[RecordChange, ...]:
        """The changes of DNS records in all remedies, each once."""
        changes = (change for each in self.certificates for change in each.diagnosis.changes)
        return tuple(dict.fromkeys(changes))


def certificates_in(inventory: Inventory) -> tuple[CertificateDetail, ...]:
    """Return the certificates that the files describe or list, and those that only events name."""
    account = inventory.account
    known = {each.arn for each in account.certificates}
    events: dict[str, list[CertificateEvent]] = {}
    for event in account.events:
        for arn in event.arns:
            if arn not in known:
                events.setdefault(arn, []).append(event)
    named = (CertificateDetail(arn, events=tuple(own)) for arn, own in events.items())
    return (*account.certificates, *named)


def diagnoses(
    inventory: Inventory,
    as_of: datetime,
    answers: DnsAnswers | None = None,
    account_of: Callable[[str], str | None] | None = None,
    not_checked: tuple[NotChecked, ...] = (),
) -> Diagnoses:
    """Return the diagnosis of each certificate in an inventory, the worst first.

    `answers` are by default those in the files. `account_of` returns the account of a file, or
    `None` if it is unknown. `not_checked` is what could not be read in the files.
    """
    known = inventory.account.dns if answers is None else answers
    locations = _locations(inventory)
    report = drift_report(inventory, account_of)
    declared: dict[str, list[DriftPair]] = {}
    for pair in report.pairs:
        declared.setdefault(pair.existing.arn if pair.existing else "", []).append(pair)
    drifts: dict[str, list[Drift]] = {}
    for drift in report.drifts:
        if drift.kind not in _SAID_BY_DIAGNOSIS:
            drifts.setdefault(drift.arn, []).append(_of_one(drift))
    found = (
        PlacedDiagnosis(
            locations.get(each.certificate.arn),
            each,
            tuple(declared.get(each.certificate.arn, ())),
            tuple(drifts.get(each.certificate.arn, ())),
        )
        for each in diagnose_all(certificates_in(inventory), known, as_of=as_of)
    )
    ordered = tuple(sorted(found, key=lambda each: each.urgency))
    gaps = missing(inventory.account)
    return Diagnoses(as_of, ordered, gaps, tuple(drifts.get("", ())), not_checked)


def _of_one(drift: Drift) -> Drift:
    """Return a drift without what the diagnosis of its certificate says: names, state and place."""
    if drift.kind is not DriftKind.NOT_DECLARED:
        return drift
    return drift.__replace__(location=None, text="no file here declares this certificate")


def _locations(inventory: Inventory) -> dict[str, Location | None]:
    """Return where the files have each certificate, by its ARN; descriptions before lists."""
    found: dict[str, Location | None] = {}
    is_described: dict[str, bool] = {}
    for declaration in inventory.declarations:
        for variant in declaration.variants:
            existing = variant.existing
            if existing is None or is_described.get(existing.arn):
                continue
            if existing.described or existing.arn not in found:
                found[existing.arn] = variant.location(())
                is_described[existing.arn] = existing.described
    return found
