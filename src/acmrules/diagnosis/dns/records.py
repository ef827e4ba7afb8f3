"""What answers prove about the validation record of a name."""

from __future__ import annotations

from acmrules.diagnosis.certificate import ResourceRecord
from acmrules.diagnosis.dns import absent, present, servers
from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.hosted import unseen, unused
from acmrules.diagnosis.dns.outcomes import RecordOutcome, View, deciding, proof_of, views_of
from acmrules.diagnosis.dns.substitutes import in_place_of
from acmrules.diagnosis.model import Cause, Obstacle


def obstacles(case: Case, record: ResourceRecord) -> tuple[Obstacle, ...]:
    """Return what answers prove about a validation record; empty if nothing is known about it.

    A record that is correct is the one obstacle `RECORD_CORRECT`.
    """
    views = views_of(record, case.evidence)
    if not views:
        return ()
    failure = servers.failure(case, record.name, views)
    shown = deciding(views)
    first = [failure] if failure else []
    if not shown:
        return tuple(first)
    found = servers.difference(case, record.name, views, record.value) or _wrong(
        case, record, shown
    )
    if found:
        others = [unused(case, record, found.proof)] if found.cause is Cause.RECORD_MISSING else []
        return (*first, found, *filter(None, others))
    return tuple(first) or (present.correct(case, record, shown),)


def _wrong(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle | None:
    """Return what is wrong with the record that servers agree on, `None` if it is correct."""
    view = views[0]
    if view.outcome is RecordOutcome.CORRECT:
        return None
    if view.outcome is RecordOutcome.LONG:
        return present.long(case, record, views)
    if view.outcome is RecordOutcome.OTHER:
        return present.other(case, record, views)
    if view.outcome is RecordOutcome.OPEN:
        return present.unfinished(record, views)
    return (
        absent.misplaced(case, record, views)
        or unseen(case, record, proof_of(record, views))
        or in_place_of(case, record, views)
        or absent.missing(case, record, views)
    )
