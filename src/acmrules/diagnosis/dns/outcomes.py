"""What each answer says about a validation record."""

from __future__ import annotations

from enum import Enum

from acmrules.diagnosis.answers import AnswerStatus, DnsAnswer
from acmrules.diagnosis.certificate import ResourceRecord
from acmrules.diagnosis.dns.evidence import Evidence, is_authoritative, records_at
from acmrules.facts import dns
from acmrules.values import Value


class Outcome(Enum):
    """What an answer shows at the name of a validation record."""

    CORRECT = "the record that ACM asks for, directly or through aliases"
    LONG = "a chain of aliases that is longer than ACM follows"
    OTHER = "a CNAME record with another value"
    NODATA = "a name without a CNAME record"
    NXDOMAIN = "no name"
    FAILED = "no usable response"


class View(Value):
    """What one answer shows; `targets` is the chain of aliases from the name on."""

    answer: DnsAnswer
    outcome: Outcome
    targets: tuple[str, ...] = ()

    @property
    def finding(self) -> tuple[Outcome | None, tuple[str, ...]]:
        """What the answer shows, equal for answers that agree."""
        is_absent = self.outcome in {Outcome.NODATA, Outcome.NXDOMAIN}
        return (None if is_absent else self.outcome), self.targets[:1]


def views_of(record: ResourceRecord, evidence: Evidence) -> tuple[View, ...]:
    """Return what each answer about a validation record shows, authoritative ones first."""
    return tuple(_view(answer, record, evidence) for answer in evidence.of_aliases(record.name))


def deciding(views: tuple[View, ...]) -> tuple[View, ...]:
    """Return the views that show something: those of authoritative servers, or else all."""
    good = tuple(each for each in views if each.outcome is not Outcome.FAILED)
    return tuple(each for each in good if is_authoritative(each.answer)) or good


def _view(answer: DnsAnswer, record: ResourceRecord, evidence: Evidence) -> View:
    aliases = records_at(answer, record.name, "CNAME")
    if aliases:
        first = aliases[0].value
        targets = (first, *_after(first, record, evidence))
        return View(answer, _followed(targets, record), targets)
    if answer.status is AnswerStatus.NOERROR:
        return View(answer, Outcome.NODATA)
    is_absent = answer.status is AnswerStatus.NXDOMAIN
    return View(answer, Outcome.NXDOMAIN if is_absent else Outcome.FAILED)


def _after(target: str, record: ResourceRecord, evidence: Evidence) -> tuple[str, ...]:
    return () if is_value(target, record) else evidence.chain(target)


def is_value(target: str, record: ResourceRecord) -> bool:
    """Return whether a target is the value of a record, whose underscore may be left out."""
    required = dns.VALUE_UNDERSCORE_REQUIRED.value
    return target == record.value or (not required and target == record.value.removeprefix("_"))


def _followed(targets: tuple[str, ...], record: ResourceRecord) -> Outcome:
    for place, target in enumerate(targets, 1):
        if is_value(target, record):
            return Outcome.CORRECT if place <= dns.LONGEST_CHAIN.value else Outcome.LONG
    return Outcome.OTHER
