"""The records of one type at a name, through its aliases, as answers show them."""

from __future__ import annotations

from enum import Enum

from acmrules.diagnosis.answers import AnswerStatus, DnsAnswer
from acmrules.diagnosis.dns.evidence import Evidence, is_authoritative, is_referral
from acmrules.values import Value

_ANSWERED = (AnswerStatus.NOERROR, AnswerStatus.NXDOMAIN)


class Found(Enum):
    """The result of a look-up."""

    RECORDS = "there are records"
    NOTHING = "there are none"
    FAILURE = "servers did not answer"
    UNKNOWN = "there is no answer"


class Lookup(Value):
    """The result of a look-up; `owner` is the name of the records, after all aliases."""

    found: Found
    owner: str
    values: tuple[str, ...] = ()
    answers: tuple[DnsAnswer, ...] = ()


def look_up(evidence: Evidence, name: str, kind: str) -> Lookup:
    """Return the records of a type at a name, or at the end of its chain of aliases."""
    owner = (name, *evidence.chain(name))[-1]
    at_end = [each for each in evidence.about(owner, kind) if not is_referral(each)]
    # A recursive resolver follows the aliases itself.
    recursive = [
        each for each in evidence.about(name, kind) if owner != name and not is_authoritative(each)
    ]
    answers = tuple(at_end or recursive)
    good = [each for each in answers if each.status in _ANSWERED]
    for answer in good:
        records = [each for each in answer.records if each.type == kind]
        if records:
            values = tuple(dict.fromkeys(each.value for each in records))
            return Lookup(Found.RECORDS, records[-1].name, values, (answer,))
    if good:
        return Lookup(Found.NOTHING, owner, (), tuple(good))
    return Lookup(Found.FAILURE if answers else Found.UNKNOWN, owner, (), answers)
