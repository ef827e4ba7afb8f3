"""Whether Amazon may issue, given the CAA records from a name up to its root (RFC 8659)."""

from __future__ import annotations

from enum import Enum

from acmrules.facts import acm, cabf
from acmrules.facts.fact import CHECKED
from acmrules.messages import quoted
from acmrules.names import Name, WildcardDomainName, parse_name
from acmrules.partial import MOST_COMPARED, are_equal, symbols, unknown_clause
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from acmrules.names import Name
    from acmrules.resources import CaaRecordSet
    from acmrules.unresolved import Text

CRITICAL = 128
"""The flag of a record that a CA must obey or, where it cannot read it, not issue (RFC 8659)."""

_UNDERSTOOD = frozenset(acm.CAA_WILDCARD_TAGS.value + acm.CAA_IGNORED_TAGS.value)
_MAX_FLAGS = 255
_BLANKS = " \t"
_RECORD = r'([0-9]{1,3})\s+([A-Za-z0-9]+)\s+(?:"((?:[^"\\]|\\.)*)"|((?:[^"\\\s]|\\.)+))'
_ESCAPE = r"\\([0-9]{3}|.)"


class CaaRecord(Value):
    """One CAA record; prints as it stands in a zone.

    >>> record = CaaRecord.parse('0 issue "amazon.com; policy=ev"')
    >>> record.issuer, record.parameters
    ('amazon.com', ('policy=ev',))
    """

    flags: int
    tag: str
    value: str

    @classmethod
    def parse(cls, text: str) -> CaaRecord:
        """Read the presentation form: flags, tag, and a value with or without quotes.

        The tag is folded. Raises `ValueError` for a text that is no CAA record.
        """
        import re

        match = re.fullmatch(_RECORD, text.strip())
        if match is None or int(match[1]) > _MAX_FLAGS:
            raise ValueError(f'{quoted(text)} is no CAA record of the form `0 issue "amazon.com"`')
        value = re.sub(
            _ESCAPE,
            lambda escape: chr(int(escape[1])) if escape[1].isdecimal() else escape[1],
            match[3] or match[4] or "",
        )
        return cls(int(match[1]), match[2].lower(), value)

    def __str__(self) -> str:
        value = self.value.replace("\\", "\\\\").replace('"', '\\"')
        return f'{self.flags} {self.tag} "{value}"'

    @property
    def is_critical(self) -> bool:
        """Whether a CA that does not know the tag must not issue."""
        return bool(self.flags & CRITICAL)

    @property
    def issuer(self) -> str:
        """The CA that an `issue` or `issuewild` value names; empty where it names none.

        A value outside the grammar of RFC 8659 names none, which forbids all (section 4.2).
        """
        issuer = self.value.partition(";")[0].strip(_BLANKS).lower()
        is_readable = all(map(_is_ldh, issuer.split("."))) and all(
            map(_is_parameter, self.parameters)
        )
        return issuer if is_readable else ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """What an `issue` or `issuewild` value has after the CA, such as `accounturi=…`."""
        parts = (part.strip(_BLANKS) for part in self.value.split(";")[1:])
        return tuple(part for part in parts if part)


def _is_ldh(text: str) -> bool:
    return text.isascii() and text.replace("-", "").isalnum() and text[0] != "-" and text[-1] != "-"


def _is_parameter(text: str) -> bool:
    tag, equals, value = text.partition("=")
    return bool(equals) and _is_ldh(tag.rstrip(_BLANKS)) and len(value.split()) <= 1


class CaaReason(Enum):
    """Why Amazon may issue or may not; the value is the sentence that says so."""

    NOT_CHECKED = "CAA records were not checked yet"
    NO_RECORDS = "there is no CAA record from the name up to its root"
    UNRESTRICTED = "the CAA records restrict no certificate of this kind"
    AMAZON_NAMED = "a CAA record names Amazon"
    OTHERS_NAMED = "the CAA records name other CAs, not Amazon"
    NONE_NAMED = "the CAA records name no CA at all, which forbids all"
    UNKNOWN_CRITICAL_TAG = "a CAA record with the critical flag has a tag no CA has to know"


_ALLOWING = frozenset(
    {
        CaaReason.NOT_CHECKED,
        CaaReason.NO_RECORDS,
        CaaReason.UNRESTRICTED,
        CaaReason.AMAZON_NAMED,
    }
)


class CaaVerdict(Value):
    """Whether Amazon may issue for a name, why, and by which records of which set.

    `found_at` is the name whose set decided, empty where none did; `deciding` are its records
    that did. `remarks` say what no source confirms in the way to this verdict.
    """

    name: Name
    reason: CaaReason
    found_at: str = ""
    deciding: tuple[CaaRecord, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether Amazon may issue."""
        return self.reason in _ALLOWING

    @property
    def is_confirmed(self) -> bool:
        """Whether every step to the verdict is stated by a source."""
        return not self.remarks


def may_issue(
    name: str | Name,
    record_sets: Mapping[str, Iterable[CaaRecord | str]],
    *,
    as_of: date = CHECKED,
) -> CaaVerdict:
    """Say whether the CAA records allow Amazon to issue for a name (facts 4.13 to 4.20).

    `record_sets` gives the records of each name by its canonical text, top-level domains among
    them; a name that is missing has none. The set of an alias is that of its target, given under
    the alias. Raises `InvalidName`, and `ValueError` for a text that is no CAA record.

    >>> records = {"example.com": ['0 issue "letsencrypt.org"'], "com": ['0 issue "amazon.com"']}
    >>> verdict = may_issue("*.www.example.com", records)
    >>> verdict.allowed, verdict.found_at, verdict.reason.value
    (False, 'example.com', 'the CAA records name other CAs, not Amazon')
    """
    name = parse_name(str(name))
    if not cabf.CAA_CHECKED.history.at(as_of):
        return CaaVerdict(name, CaaReason.NOT_CHECKED)
    labels = name.labels
    is_wildcard = isinstance(name, WildcardDomainName)
    for climbed in range(is_wildcard, len(labels)):
        holder = ".".join(labels[climbed:])
        if records := tuple(map(_record, record_sets.get(holder, ()))):
            reason, deciding = _judge(records, is_wildcard)
            remarks = _remarks(holder if climbed > is_wildcard else "", reason, deciding)
            return CaaVerdict(name, reason, holder, deciding, tuple(remarks))
    return CaaVerdict(name, CaaReason.NO_RECORDS)


def _record(record: CaaRecord | str) -> CaaRecord:
    return record if isinstance(record, CaaRecord) else CaaRecord.parse(record)


def _judge(
    records: tuple[CaaRecord, ...], is_wildcard: bool
) -> tuple[CaaReason, tuple[CaaRecord, ...]]:
    """Return what the set that counts says, and the records of it that say so."""
    by_tag: dict[str, tuple[CaaRecord, ...]] = {}
    for record in records:
        tag = record.tag.lower()
        if record.is_critical and tag not in _UNDERSTOOD:
            return CaaReason.UNKNOWN_CRITICAL_TAG, (record,)
        by_tag[tag] = (*by_tag.get(tag, ()), record)
    tags = acm.CAA_WILDCARD_TAGS.value if is_wildcard else ("issue",)
    deciding = next((by_tag[tag] for tag in tags if tag in by_tag), ())
    if not deciding:
        return CaaReason.UNRESTRICTED, ()
    if naming := [r for r in deciding if r.issuer in acm.CAA_IDENTIFIERS.value]:
        return CaaReason.AMAZON_NAMED, (min(naming, key=lambda r: len(r.parameters)),)
    if any(record.issuer for record in deciding):
        return CaaReason.OTHERS_NAMED, deciding
    return CaaReason.NONE_NAMED, deciding


def _remarks(climbed_to: str, reason: CaaReason, deciding: tuple[CaaRecord, ...]) -> Iterator[str]:
    if climbed_to:
        yield f"found by climbing to `{climbed_to}`; no source states how Amazon climbs"
    if reason is CaaReason.AMAZON_NAMED:
        for parameter in deciding[0].parameters:
            yield f"no source states whether Amazon honours the parameter {quoted(parameter)}"


class CaaAnswer(Value):
    """What records in files say of a name: a verdict, or nothing at all, or what is not known.

    `locations` are those of the record sets that the verdict rests on.
    """

    verdict: CaaVerdict | None = None
    unsure: str = ""
    locations: tuple[int, ...] = ()


_NOTHING = CaaAnswer()


def check_caa(
    name: Name,
    record_sets: Sequence[CaaRecordSet],
    locations: Mapping[str, Sequence[int]],
    as_of: date,
) -> CaaAnswer:
    """Say whether the records of the nearest set, upwards from a name, let Amazon issue.

    `locations` are those of the sets by their names; of those whose name is not known, by the empty
    text. Where there are several sets for a name, they have to agree.
    """
    unsure = [record_sets[place].name for place in locations.get("", ())]
    labels = name.labels
    for climbed in range(isinstance(name, WildcardDomainName), len(labels)):
        holder = ".".join(labels[climbed:])
        if len(unsure) > MOST_COMPARED:
            return CaaAnswer(unsure=unknown_clause(*unsure[:1]))
        for other in unsure:
            if are_equal(symbols(other), symbols(holder)) is not False:
                return CaaAnswer(unsure=unknown_clause(other))
        found = tuple(place for place in locations.get(holder, ()) if record_sets[place].records)
        if found:
            said = [_said(name, record_sets[place], as_of) for place in found]
            return _agreed(holder, said).__replace__(locations=found)
    return _NOTHING


def _said(name: Name, record_set: CaaRecordSet, as_of: date) -> CaaAnswer:
    holder, missing = str(record_set.name), unknown_clause(*record_set.records)
    try:
        # What is unknown may name Amazon, or may not: where that is all the same, it is known.
        best, worst = (
            may_issue(name, {holder: [_reading(r, ca) for r in record_set.records]}, as_of=as_of)
            for ca in (acm.CAA_IDENTIFIERS.value[0], acm.CAA_NOBODY.value)
        )
    except ValueError as error:
        return CaaAnswer(unsure=missing or str(error))
    return CaaAnswer(unsure=missing) if best.allowed is not worst.allowed else CaaAnswer(worst)


def _agreed(holder: str, said: list[CaaAnswer]) -> CaaAnswer:
    """Return what several sets for one name say, where all say the same."""
    unsure = next((each for each in said if each.unsure), None)
    if unsure:
        return unsure
    if len({each.verdict.allowed for each in said if each.verdict}) > 1:
        return CaaAnswer(
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
