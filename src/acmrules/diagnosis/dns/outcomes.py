"""What each answer says about a validation record."""

from __future__ import annotations

from enum import Enum

from acmrules.diagnosis.answers import AnswerStatus, DnsAnswer
from acmrules.diagnosis.certificate import ResourceRecord
from acmrules.diagnosis.dns.evidence import Evidence, is_authoritative, records_at
from acmrules.diagnosis.dns.wording import said
from acmrules.facts import acm, dns
from acmrules.values import Value

ACM_DOMAIN = acm.RECORD_VALUE_SUFFIX.value.removesuffix(".")
"""The domain of the values of all validation records."""


class RecordOutcome(Enum):
    """What an answer shows at the name of a validation record."""

    CORRECT = "the validation record, directly or through aliases"
    LONG = "a chain of aliases that is longer than ACM follows"
    OTHER = "a CNAME record with another value"
    OPEN = "an alias whose own target was not looked up"
    NODATA = "a name without a CNAME record"
    NXDOMAIN = "no name"
    FAILED = "no usable response"


class View(Value):
    """What one answer shows; `targets` is the chain of aliases from the name on."""

    answer: DnsAnswer
    outcome: RecordOutcome
    targets: tuple[str, ...] = ()


def views_of(record: ResourceRecord, evidence: Evidence) -> tuple[View, ...]:
    """Return what each answer about a validation record shows, authoritative ones first."""
    return tuple(_view(answer, record, evidence) for answer in evidence.of_aliases(record.name))


def proof_of(record: ResourceRecord, views: tuple[View, ...]) -> str:
    """Return what servers answered about a validation record."""
    return said([each.answer for each in views], record.name, record.type)


def deciding(views: tuple[View, ...]) -> tuple[View, ...]:
    """Return the views that show something: those of authoritative servers, or else all."""
    unclear = {RecordOutcome.FAILED, RecordOutcome.OPEN}
    good = tuple(each for each in views if each.outcome not in unclear)
    good = good or tuple(each for each in views if each.outcome is RecordOutcome.OPEN)
    return tuple(each for each in good if is_authoritative(each.answer)) or good


def _view(answer: DnsAnswer, record: ResourceRecord, evidence: Evidence) -> View:
    aliases = records_at(answer, record.name, "CNAME")
    if aliases:
        first = aliases[0].value
        targets = (first, *_after(first, record, evidence))
        outcome = _followed(targets, record)
        if outcome is RecordOutcome.OTHER and _is_open(targets, evidence):
            outcome = RecordOutcome.OPEN
        return View(answer, outcome, targets)
    if answer.status is AnswerStatus.NOERROR:
        return View(answer, RecordOutcome.NODATA)
    is_absent = answer.status is AnswerStatus.NXDOMAIN
    return View(answer, RecordOutcome.NXDOMAIN if is_absent else RecordOutcome.FAILED)


def _is_open(targets: tuple[str, ...], evidence: Evidence) -> bool:
    """Return whether a chain ends at a name outside ACM that nothing is known about."""
    is_of_acm = any(f".{ACM_DOMAIN}." in f".{each}." for each in targets)
    return not is_of_acm and not evidence.of_aliases(targets[-1])


def _after(target: str, record: ResourceRecord, evidence: Evidence) -> tuple[str, ...]:
    return () if is_value(target, record) else evidence.chain(target)


def is_value(target: str, record: ResourceRecord) -> bool:
    """Return whether a target is the value of a record, whose underscore may be left out."""
    required = dns.VALUE_UNDERSCORE_REQUIRED.value
    return target == record.value or (not required and target == record.value.removeprefix("_"))


def _followed(targets: tuple[str, ...], record: ResourceRecord) -> RecordOutcome:
    for place, target in enumerate(targets, 1):
        if is_value(target, record):
            return RecordOutcome.CORRECT if place <= dns.LONGEST_CHAIN.value else RecordOutcome.LONG
    return RecordOutcome.OTHER
