"""Whether Amazon may issue, by the CAA records in files, which may be known in part."""

from __future__ import annotations

from acmrules.caa import CaaRecord, CaaVerdict, may_issue
from acmrules.facts import acm
from acmrules.names import Name, WildcardDomainName
from acmrules.partial import MOST_COMPARED, not_known, same, signs
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from acmrules.request import CaaRecordSet, Text


class Judgement(Value):
    """What records in files say of a name: a verdict, or nothing at all, or what is not known.

    `places` are those of the record sets that the verdict rests on.
    """

    verdict: CaaVerdict | None = None
    unsure: str = ""
    places: tuple[int, ...] = ()


_NOTHING = Judgement()


def judged(
    name: Name,
    record_sets: Sequence[CaaRecordSet],
    places: Mapping[str, Sequence[int]],
    as_of: date,
) -> Judgement:
    """Say whether the records of the nearest set, upwards from a name, let Amazon issue.

    `places` are those of the sets by their names; of those whose name is not known, by the empty
    text. Where there are several sets for a name, they have to agree.
    """
    unsure = [record_sets[place].name for place in places.get("", ())]
    labels = name.labels
    for climbed in range(isinstance(name, WildcardDomainName), len(labels)):
        holder = ".".join(labels[climbed:])
        if len(unsure) > MOST_COMPARED:
            return Judgement(unsure=not_known(*unsure[:1]))
        for other in unsure:
            if same(signs(other), signs(holder)) is not False:
                return Judgement(unsure=not_known(other))
        found = tuple(place for place in places.get(holder, ()) if record_sets[place].records)
        if found:
            said = [_said(name, record_sets[place], as_of) for place in found]
            return _agreed(holder, said).__replace__(places=found)
    return _NOTHING


def _said(name: Name, record_set: CaaRecordSet, as_of: date) -> Judgement:
    holder, missing = str(record_set.name), not_known(*record_set.records)
    try:
        # What is unknown may name Amazon, or may not: where that is all the same, it is known.
        best, worst = (
            may_issue(name, {holder: [_reading(r, ca) for r in record_set.records]}, as_of=as_of)
            for ca in (acm.CAA_IDENTIFIERS.value[0], acm.CAA_NOBODY.value)
        )
    except ValueError as error:
        return Judgement(unsure=missing or str(error))
    return Judgement(unsure=missing) if best.allowed is not worst.allowed else Judgement(worst)


def _agreed(holder: str, said: list[Judgement]) -> Judgement:
    """Return what several sets for one name say, where all say the same."""
    unsure = next((each for each in said if each.unsure), None)
    if unsure:
        return unsure
    if len({each.verdict.allowed for each in said if each.verdict}) > 1:
        return Judgement(
            unsure=f"the CAA records of `{holder}` are written more than once, and differ"
        )
    return said[-1]


def _reading(record: Text, ca: str) -> CaaRecord | str:
    """Return a record with a CA in place of what is unknown; raises `ValueError`."""
    if isinstance(record, str):
        return record
    begun = CaaRecord.parse(f'{record.head}"')
    is_other = ";" in begun.value and begun.issuer not in acm.CAA_IDENTIFIERS.value
    return begun if is_other else CaaRecord(begun.flags, begun.tag, ca)
