"""Whether CAA records, as DNS answers show them, allow Amazon to issue for a name."""

from __future__ import annotations

from acmrules.caa import CaaReason, CaaRecord, CaaVerdict, may_issue
from acmrules.diagnosis.answers import AnswerStatus
from acmrules.diagnosis.dns.case import Case
from acmrules.diagnosis.dns.domains import is_within, parents
from acmrules.diagnosis.dns.lookups import Found, Lookup, look_up
from acmrules.diagnosis.dns.pending import plain_name
from acmrules.diagnosis.dns.wording import code, dig, said
from acmrules.diagnosis.model import Actor, Cause, Certainty, Obstacle
from acmrules.errors import AcmRulesError
from acmrules.facts import acm, cabf, dns, sources
from acmrules.messages import quoted_list
from acmrules.names import Name, WildcardDomainName
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.diagnosis.model import RecordChange

_AMAZON = acm.CAA_IDENTIFIERS.value[0]
_METHODS = "validationmethods"
_MOST_STEPS = 8


class Climb(Value):
    """The search for CAA records from a name up to its top-level domain.

    `name` is the one whose set decides, `lookup` its records, or the look-up that failed; both are
    empty if no name has records. `unknown` are the names below it that were not looked up.
    """

    name: str = ""
    lookup: Lookup | None = None
    unknown: tuple[str, ...] = ()


def climb(case: Case, name: str) -> Climb:
    """Return where the search for CAA records ends (fact 4.20).

    Top-level domains have no records as a rule, so one that was not looked up is not unknown.
    """
    unknown: list[str] = []
    for parent in parents(name):
        lookup = _look_up(case, parent)
        if lookup.found in {Found.RECORDS, Found.FAILURE}:
            return Climb(parent, lookup, tuple(unknown))
        if lookup.found is Found.UNKNOWN and "." in parent:
            unknown.append(parent)
    return Climb(unknown=tuple(unknown))


def _look_up(case: Case, name: str) -> Lookup:
    evidence = case.evidence
    return evidence.remembered(("CAA", name), lambda: look_up(evidence, name, "CAA"))


def obstacles(case: Case) -> tuple[Obstacle, ...]:
    """Return what CAA answers prove: nothing if Amazon may issue, or without answers."""
    found = climb(case, case.plain)
    if found.lookup is None:
        return ()
    if found.lookup.found is Found.FAILURE:
        return (_failure(found, found.lookup),) if not found.unknown else ()
    verdict = _verdict(case, case.name, found.name, found.lookup.values)
    if verdict is None or (verdict.allowed and not verdict.unmet):
        return ()
    refusal = _refusal(case, found, found.lookup, verdict)
    return (_undecided(refusal, found.unknown) if found.unknown else refusal,)


def _undecided(refusal: Obstacle, unknown: tuple[str, ...]) -> Obstacle:
    """Return a refusal by a set above names that were not looked up, which may have their own."""
    return refusal.__replace__(
        certainty=Certainty.OPEN,
        text=f"{refusal.text}, unless {quoted_list(unknown)} has CAA records of its own",
        changes=(),
        commands=tuple(dig("CAA", each) for each in unknown),
    )


def unclear(case: Case) -> Obstacle | None:
    """Return that the records allow only some accounts of Amazon, `None` if they do not."""
    found = climb(case, case.plain)
    if found.lookup is None or found.lookup.found is not Found.RECORDS:
        return None
    verdict = _verdict(case, case.name, found.name, found.lookup.values)
    if verdict is None or not verdict.unclear:
        return None
    return Obstacle(
        Cause.CAA_METHOD,
        Certainty.OPEN,
        Actor.YOU,
        f"the CAA records of {code(found.lookup.owner)} allow Amazon with"
        f" {quoted_list(verdict.unclear)} only, and AWS does not document which accounts that"
        " allows",
        said(found.lookup.answers, found.lookup.owner, "CAA"),
        "remove the parameter, or add a record without it",
        source=cabf.CAA_ACCOUNT_FORM.source,
    )


def _verdict(case: Case, name: Name, found_at: str, values: tuple[str, ...]) -> CaaVerdict | None:
    """Return the verdict on a set of records, `None` if one of them cannot be read."""
    try:
        return may_issue(
            name,
            {found_at: values},
            as_of=case.as_of.date(),
            validation_method=case.method,
        )
    except AcmRulesError:
        return None


def _failure(found: Climb, lookup: Lookup) -> Obstacle:
    is_silent = all(each.status is AnswerStatus.NO_ANSWER for each in lookup.answers)
    return Obstacle(
        Cause.CAA_LOOKUP_FAILS,
        Certainty.LIKELY if is_silent else Certainty.CERTAIN,
        Actor.YOU,
        f"the lookup of CAA records for {code(found.name)} fails, and Amazon must not issue then",
        said(lookup.answers, lookup.owner, "CAA"),
        f"make the name servers of {code(lookup.owner)} answer queries for CAA, with or without"
        " records",
        commands=(dig("CAA", lookup.owner), dig("NS", lookup.owner, "+trace")),
        source=dns.CAA_FAILURE_PERMITS.source,
    )


def _refusal(case: Case, found: Climb, lookup: Lookup, verdict: CaaVerdict) -> Obstacle:
    is_method = verdict.reason is CaaReason.METHOD_EXCLUDED or bool(verdict.unmet)
    values = case.evidence.remembered(
        (found, case.pending or case.name, case.method, case.as_of),
        lambda: _allowing(case, found, lookup),
    )
    if is_method:
        era = cabf.CAA_PARAMETERS.era(case.as_of.date())
        honored = f"CAs {era.value}"
        text = (
            f"the CAA records of {code(lookup.owner)} allow Amazon, but not with {case.method}"
            f" validation; {honored}"
        )
    else:
        text = f"{verdict.reason.value}, so Amazon must not issue"
    return Obstacle(
        Cause.CAA_METHOD if is_method else Cause.CAA_FORBIDS,
        Certainty.LIKELY if verdict.allowed else Certainty.CERTAIN,
        Actor.YOU,
        text,
        _proof(found, lookup),
        _remedy(case, lookup, values),
        (_change(case, lookup, values),),
        (dig("CAA", lookup.owner),),
        cabf.CAA_PARAMETERS.source if is_method else sources.UG_CAA,
    )


def _proof(found: Climb, lookup: Lookup) -> str:
    proof = said(lookup.answers, lookup.owner, "CAA")
    if lookup.owner != found.name:
        return f"{proof}; {code(found.name)} is an alias of {code(lookup.owner)}"
    return proof


def _remedy(case: Case, lookup: Lookup, values: tuple[str, ...]) -> str:
    added = [each for each in values if each not in lookup.values]
    removed = [each for each in lookup.values if each not in values]
    if _is_top(lookup.owner):
        return f"add the CAA record {' and '.join(map(code, added))} at the name itself"
    steps = f"add {' and '.join(map(code, added))}" if added else ""
    if removed:
        old = " and ".join(map(code, removed))
        is_swap = len(added) == len(removed) == 1
        steps = (
            f"replace {old} with {code(added[0])}"
            if is_swap
            else " and ".join(filter(None, (f"remove {old}", steps)))
        )
    remedy = f"in the CAA records of {code(lookup.owner)}, {steps}"
    if lookup.owner != case.plain and not is_within(case.plain, lookup.owner):
        return f"{remedy}; if they are not yours, replace the alias with address records"
    return remedy


def _change(case: Case, lookup: Lookup, values: tuple[str, ...]) -> RecordChange:
    if _is_top(lookup.owner):
        return case.publication(case.plain, "CAA", *values)
    return case.replacement(lookup.owner, "CAA", *values)


def _is_top(name: str) -> bool:
    return "." not in name


def _allowing(case: Case, found: Climb, lookup: Lookup) -> tuple[str, ...]:
    """Return the set of records that allows all names of the certificate that it decides about."""
    values = () if _is_top(lookup.owner) else lookup.values
    names = [name for name in case.pending or (case.name,) if _decides(case, name, found, lookup)]
    for name in names:
        values = _extended(case, name, found.name, values)
    return values


def _decides(case: Case, name: Name, found: Climb, lookup: Lookup) -> bool:
    """Return whether the same set of records decides about a name."""
    if not is_within(str(plain_name(name)), found.name):
        return False
    other = climb(case, str(plain_name(name))).lookup
    return other is not None and other.owner == lookup.owner


def _extended(case: Case, name: Name, found_at: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return a set of records after the changes that let Amazon issue for one name."""
    for _ in range(_MOST_STEPS):
        verdict = _verdict(case, name, found_at, values)
        if values and (verdict is None or (verdict.allowed and not verdict.unmet)):
            break
        values = _step(case, name, values, verdict)
    return values


def _step(
    case: Case, name: Name, values: tuple[str, ...], verdict: CaaVerdict | None
) -> tuple[str, ...]:
    if verdict is not None and verdict.reason is CaaReason.UNKNOWN_CRITICAL_TAG:
        return tuple(each for each in values if CaaRecord.parse(each) not in verdict.deciding)
    if verdict is not None and verdict.unmet:
        (record,) = verdict.deciding
        return tuple(
            _with_method(case, each) if CaaRecord.parse(each) == record else each for each in values
        )
    records = [(each, CaaRecord.parse(each)) for each in values]
    is_wildcard = isinstance(name, WildcardDomainName)
    limited = any(record.tag == "issuewild" for _, record in records)
    tag = "issuewild" if is_wildcard and limited else "issue"
    # A record that allows no CA has no effect next to one that allows a CA.
    kept = [each for each, record in records if record.tag != tag or record.issuer]
    return (*kept, f'0 {tag} "{_AMAZON}"')


def _with_method(case: Case, text: str) -> str:
    """Return a record whose list of validation methods also has that of the name."""
    record = CaaRecord.parse(text)
    labels = dict(cabf.CAA_METHOD_LABELS.value)
    label = labels[(case.method or "DNS")]
    lists = [each for each in record.parameters if each.startswith(_METHODS)]
    other = [each for each in record.parameters if each not in lists]
    listed = [name.strip() for each in lists for name in each.partition("=")[2].split(",")]
    methods = f"{_METHODS}={','.join(dict.fromkeys((*filter(None, listed), label)))}"
    value = "; ".join((record.issuer, *other, methods))
    return str(record.__replace__(value=value))
