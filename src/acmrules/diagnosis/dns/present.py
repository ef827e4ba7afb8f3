"""A CNAME record that is at the name of the validation record, correct or not."""

from __future__ import annotations

from acmrules.diagnosis.certificate import ResourceRecord, ValidationStatus
from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.domains import is_within
from acmrules.diagnosis.dns.outcomes import ACM_DOMAIN, View, is_value, proof_of
from acmrules.diagnosis.dns.remedies import yours
from acmrules.diagnosis.dns.substitutes import wildcard_above
from acmrules.diagnosis.dns.wording import code, dig
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.facts import dns
from acmrules.messages import counted


def correct(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle:
    """Return that the record is correct, and who has to act next."""
    proof = proof_of(record, views)
    minutes = dns.RECORD_MINUTES.value
    if case.validation.status is ValidationStatus.FAILED:
        return Obstacle(
            Cause.NAME_FAILED,
            Certainty.CERTAIN,
            Actor.YOU,
            f"ACM no longer looks for the validation record {code(record.name)}, which is correct"
            " now",
            proof,
            "keep the record, and request the certificate again",
            source=dns.RECORD_MINUTES.source,
        )
    if not case.is_late:
        return Obstacle(
            Cause.RECORD_CORRECT,
            Certainty.CERTAIN,
            Actor.AWS,
            f"the validation record {code(record.name)} is correct",
            proof,
            f"wait: ACM needs up to {minutes} minutes",
            source=dns.RECORD_MINUTES.source,
        )
    return Obstacle(
        Cause.RECORD_CORRECT,
        Certainty.LIKELY,
        Actor.AWS,
        f"the validation record {code(record.name)} is correct, and no answer explains why ACM"
        " still waits",
        proof,
        f"if the record is older than {minutes} minutes, check that this certificate is the newest"
        " request for these names, and look up the record from other networks",
        source=dns.RECORD_MINUTES.source,
    )


def long(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle:
    """Return that the chain of aliases to the value is longer than ACM follows."""
    places = next(n for n, each in enumerate(views[0].targets, 1) if is_value(each, record))
    number, most = counted(places, "CNAME record"), dns.LONGEST_CHAIN.value
    return yours(
        Cause.LONG_CHAIN,
        f"the chain from {code(record.name)} to the value has {number}; ACM follows {most}",
        " → ".join(map(code, (record.name, *views[0].targets[:places]))),
        f"set the value of {code(record.name)} to {code(record.value)} directly",
        (case.replacement(record.name, record.type, record.value),),
        dns.LONGEST_CHAIN,
    )


def other(case: Case, record: ResourceRecord, views: tuple[View, ...]) -> Obstacle:
    """Return why the value of the record is not the one that ACM gave."""
    target = views[0].targets[0]
    if target.startswith((f"{record.value}.", f"{record.value[1:]}.")):
        return _with_zone(case, record, views, target)
    if is_within(target, ACM_DOMAIN):
        return _other_value(case, record, views, target)
    return _other_target(case, record, views, target)


def unfinished(record: ResourceRecord, views: tuple[View, ...]) -> Obstacle:
    """Return that the record is an alias of a name that was not looked up."""
    last = views[0].targets[-1]
    return Obstacle(
        Cause.OTHER_TARGET,
        Certainty.OPEN,
        Actor.YOU,
        f"the record {code(record.name)} points to {code(last)}, which was not looked up",
        proof_of(record, views),
        f"if {code(last)} is not an alias of {code(record.value)}, set the value of"
        f" {code(record.name)} to {code(record.value)}",
        commands=(dig(record.type, last),),
        source=dns.LONGEST_CHAIN.source,
    )


def _with_zone(
    case: Case, record: ResourceRecord, views: tuple[View, ...], target: str
) -> Obstacle:
    added = target.partition(f"{ACM_DOMAIN}.")[2]
    return yours(
        Cause.VALUE_WITH_DOMAIN,
        f"the DNS host added {code(added)} to the value of {code(record.name)}",
        proof_of(record, views),
        f"enter the value with a final dot: {code(record.value + '.')}",
        (case.replacement(record.name, record.type, record.value),),
        dns.VALUE_WITH_ZONE,
    )


def _other_value(
    case: Case, record: ResourceRecord, views: tuple[View, ...], target: str
) -> Obstacle:
    own = (each for each in case.certificate.validations if each.record)
    owner = next((each.name for each in own if each.record and each.record.value == target), None)
    whose = f"is that of `{owner}`" if owner else "is not that of this request"
    return yours(
        Cause.OTHER_VALUE,
        f"the value of {code(record.name)} {whose}",
        proof_of(record, views),
        f"replace the value with {code(record.value)}",
        (case.replacement(record.name, record.type, record.value),),
        dns.VALUE_IS_OF_ONE_NAME,
    )


def _other_target(
    case: Case, record: ResourceRecord, views: tuple[View, ...], target: str
) -> Obstacle:
    wildcard = wildcard_above(case, record.name, record.type, target)
    if wildcard:
        text = f"the wildcard record {code(wildcard)} answers for {code(record.name)}"
        remedy = "publish the record itself; it takes precedence over the wildcard"
        change = case.publication(record.name, record.type, record.value)
    else:
        text = (
            f"the record {code(record.name)} points to {code(target)}, which is not a name of ACM"
        )
        remedy = f"set the value of {code(record.name)} to {code(record.value)}"
        change = case.replacement(record.name, record.type, record.value)
    return yours(
        Cause.OTHER_TARGET,
        text,
        proof_of(record, views),
        remedy,
        (change,),
        dns.NAME_BEATS_WILDCARD,
        Certainty.LIKELY,
    )
