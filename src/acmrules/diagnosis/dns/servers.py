"""Name servers that do not answer, DNSSEC that is broken, and answers that differ."""

from __future__ import annotations

from acmrules.diagnosis.answers import AnswerStatus
from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.evidence import is_authoritative
from acmrules.diagnosis.dns.outcomes import RecordOutcome, View
from acmrules.diagnosis.dns.wording import code, dig, said
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.facts import cabf, dns, sources
from acmrules.messages import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_LAME = (AnswerStatus.REFUSED, AnswerStatus.SERVFAIL)


def failure(case: Case, name: str, views: Sequence[View], kind: str = "CNAME") -> Obstacle | None:
    """Return why servers do not answer for a name, `None` if they do.

    `kind` is the type of the records that the views are about.
    """
    failed = [each for each in views if each.outcome is RecordOutcome.FAILED]
    good = [each for each in views if each.outcome is not RecordOutcome.FAILED]
    rejected = [each for each in failed if _is_checked(each)]
    if rejected and good:
        return _dnssec(case, name, views, kind) if _proves_dnssec(failed) else None
    if failed and not good:
        return _lame(case, name, views, kind)
    return None


def _is_checked(view: View) -> bool:
    """Return whether a recursive resolver that may check DNSSEC failed."""
    answer = view.answer
    is_recursive = not is_authoritative(answer)
    return is_recursive and answer.checks_dnssec and answer.status is AnswerStatus.SERVFAIL


def _proves_dnssec(failed: Sequence[View]) -> bool:
    """Return whether no resolver failed without the check too, which is another fault."""
    unchecked = (each for each in failed if not is_authoritative(each.answer))
    return all(each.answer.checks_dnssec for each in unchecked)


def _dnssec(case: Case, name: str, views: Sequence[View], kind: str) -> Obstacle | None:
    """Return that DNSSEC is broken; certain if the same query without the check has an answer."""
    era = dns.DNSSEC_BLOCKS.era(case.as_of.date())
    if not era.value:
        return None
    is_proven = any(
        not each.answer.checks_dnssec and each.outcome is not RecordOutcome.FAILED for each in views
    )
    delegated = case.delegation(name)
    zone = delegated.zone if delegated else ""
    where = f"of the zone {code(zone)}" if zone else f"above {code(name)}"
    with_check, without = dig(kind, name), dig(kind, name, "+cd")
    return Obstacle(
        Cause.DNSSEC_BROKEN,
        Certainty.CERTAIN if is_proven else Certainty.LIKELY,
        Actor.YOU,
        f"DNSSEC {where} is broken, so a CA that validates responses rejects them",
        f"{said([each.answer for each in views], name, kind)};"
        " the failures are those of a resolver that checks DNSSEC",
        "correct the DS record at the registrar so that it matches the keys of the zone, sign the"
        " zone again, or remove the DS record until the zone is signed correctly",
        commands=(with_check, without, *([dig("DS", zone), dig("DNSKEY", zone)] if zone else [])),
        source=era.source,
    )


def _lame(case: Case, name: str, views: Sequence[View], kind: str) -> Obstacle:
    """Return that no server answers; DNSSEC may be why if only a resolver was queried."""
    delegated = case.delegation(name)
    zone = delegated.zone if delegated else ""
    of_zone = f"of the zone {code(zone)}" if zone else f"for {code(name)}"
    proof = said([each.answer for each in views], name, kind)
    if all(map(_is_checked, views)):
        return Obstacle(
            Cause.LAME_DELEGATION,
            Certainty.LIKELY,
            Actor.YOU,
            f"a resolver fails for {code(name)}: its name servers do not answer, or its DNSSEC is"
            " broken",
            proof,
            "if the query without the check of DNSSEC has an answer, correct the DS record or sign"
            " the zone again; otherwise correct the name servers at the registrar",
            commands=(dig(kind, name, "+cd"), dig("NS", zone or case.plain, "+trace")),
            source=sources.UG_DNSTS,
        )
    return Obstacle(
        Cause.LAME_DELEGATION,
        Certainty.LIKELY,
        Actor.YOU,
        f"the name servers {of_zone} do not answer",
        proof,
        "set the name servers at the registrar to servers that have the zone, or restore the zone"
        " on these servers",
        commands=(dig("NS", zone or case.plain, "+trace"),),
        source=sources.UG_DNSTS,
    )


def partly_lame(case: Case, name: str, views: Sequence[View]) -> Obstacle | None:
    """Return that some of the authoritative servers reject queries, `None` if none does."""
    own = [each for each in views if is_authoritative(each.answer)]
    lame = [each for each in own if each.answer.status in _LAME]
    if not lame:
        return None
    delegated = case.delegation(name)
    return Obstacle(
        Cause.LAME_DELEGATION,
        Certainty.LIKELY,
        Actor.YOU,
        f"{len(lame)} of {counted(len(own), 'name server')} reject queries for {code(name)}",
        said([each.answer for each in own], name, "CNAME"),
        "remove the servers that do not have the zone from the delegation at the registrar",
        commands=(dig("NS", delegated.zone if delegated else case.plain, "+trace"),),
        source=sources.UG_DNSTS,
    )


def difference(case: Case, name: str, views: Sequence[View], value: str) -> Obstacle | None:
    """Return that some answers have the right record and others do not, `None` if all agree."""
    unclear = {RecordOutcome.FAILED, RecordOutcome.OPEN}
    good = [each for each in views if each.outcome not in unclear]
    wrong = [each for each in good if each.outcome is not RecordOutcome.CORRECT]
    if not wrong or len(wrong) == len(good):
        return None
    era = cabf.REMOTE_PERSPECTIVES.era(case.as_of.date())
    is_cached = not any(is_authoritative(each.answer) for each in wrong) and any(
        is_authoritative(each.answer) for each in good
    )
    proof = said([each.answer for each in good], name, "CNAME")
    perspectives = (
        f"at least {counted(era.value, 'remote network perspective')} must see the same record"
    )
    if is_cached:
        return Obstacle(
            Cause.ANSWERS_DIFFER,
            Certainty.CERTAIN,
            Actor.AWS,
            f"the record {code(name)} is correct at its name servers, but a resolver still has an"
            f" older answer; {perspectives}",
            proof,
            "wait until the older answer expires",
            commands=(dig("CNAME", name),),
            source=era.source,
        )
    return Obstacle(
        Cause.ANSWERS_DIFFER,
        Certainty.CERTAIN,
        Actor.YOU,
        f"the answers for {code(name)} differ, and {perspectives}",
        proof,
        "publish the record on every name server of the zone and in every view of it, then compare"
        " the answers again",
        (case.publication(name, "CNAME", value),),
        (dig("CNAME", name),),
        era.source,
    )
