"""Whether CAA records, from a name up to the root, allow Amazon to issue (RFC 8659)."""

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

    from acmrules.resources import CaaRecordSet
    from acmrules.unresolved import Text

CRITICAL = 128
"""The critical flag: a CA that does not understand the record must not issue (RFC 8659)."""

_UNDERSTOOD = frozenset(acm.CAA_WILDCARD_TAGS.value + acm.CAA_IGNORED_TAGS.value)
_MAX_FLAGS = 255
_BLANKS = " \t"
_RECORD = r'([0-9]{1,3})\s+([A-Za-z0-9]+)\s+(?:"((?:[^"\\]|\\.)*)"|((?:[^"\\\s]|\\.)+))'
_ESCAPE = r"\\([0-9]{3}|.)"


class CaaRecord(Value):
    """A CAA record; it prints in the presentation form of a zone file.

    >>> record = CaaRecord.parse('0 issue "amazon.com; policy=ev"')
    >>> record.issuer, record.parameters
    ('amazon.com', ('policy=ev',))
    """

    flags: int
    tag: str
    value: str

    @classmethod
    def parse(cls, text: str) -> CaaRecord:
        """Parse the presentation form: flags, tag, and a value with or without quotes.

        The tag becomes lowercase. Raises `ValueError` if the string is not a CAA record.
        """
        import re

        match = re.fullmatch(_RECORD, text.strip())
        if match is None or int(match[1]) > _MAX_FLAGS:
            raise ValueError(f'{quoted(text)} is not a CAA record, such as `0 issue "amazon.com"`')
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
        """Whether a CA that does not understand the tag must not issue."""
        return bool(self.flags & CRITICAL)

    @property
    def issuer(self) -> str:
        """The CA in an `issue` or `issuewild` value, or empty if there is none.

        A value that violates the grammar of RFC 8659 has no CA, which forbids all (section 4.2).
        """
        issuer = self.value.partition(";")[0].strip(_BLANKS).lower()
        is_readable = all(map(_is_ldh, issuer.split("."))) and all(
            map(_is_parameter, self.parameters)
        )
        return issuer if is_readable else ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters after the CA in an `issue` or `issuewild` value: `accounturi=…`."""
        parts = (part.strip(_BLANKS) for part in self.value.split(";")[1:])
        return tuple(part for part in parts if part)


def _is_ldh(text: str) -> bool:
    return text.isascii() and text.replace("-", "").isalnum() and text[0] != "-" and text[-1] != "-"


def _is_parameter(text: str) -> bool:
    tag, equals, value = text.partition("=")
    return bool(equals) and _is_ldh(tag.rstrip(_BLANKS)) and len(value.split()) <= 1


class CaaReason(Enum):
    """Why Amazon may or may not issue; the value is a sentence."""

    NOT_CHECKED = "CAs did not check CAA records yet"
    NO_RECORDS = "there are no CAA records from the name up to the root"
    UNRESTRICTED = "the CAA records do not restrict this kind of certificate"
    AMAZON_NAMED = "a CAA record allows Amazon"
    OTHERS_NAMED = "the CAA records allow other CAs but not Amazon"
    NONE_NAMED = "the CAA records do not allow any CA"
    UNKNOWN_CRITICAL_TAG = "a critical CAA record has an unknown tag, which prevents issuance"


_ALLOWING = frozenset(
    {
        CaaReason.NOT_CHECKED,
        CaaReason.NO_RECORDS,
        CaaReason.UNRESTRICTED,
        CaaReason.AMAZON_NAMED,
    }
)


class CaaVerdict(Value):
    """Whether Amazon may issue for a name, with the reason and the deciding records.

    `found_at` is the name of the deciding record set, or empty if there is none. `deciding` are the
    records in it that decide. `remarks` are the steps to the result that no source confirms.
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
        """Whether sources confirm every step to the result."""
        return not self.remarks


def may_issue(
    name: str | Name,
    record_sets: Mapping[str, Iterable[CaaRecord | str]],
    *,
    as_of: date = CHECKED,
) -> CaaVerdict:
    """Return whether the CAA records allow Amazon to issue for a name (facts 4.13 to 4.20).

    `record_sets` maps names in canonical form, including top-level domains, to their records; a
    missing name has no records. Put the records of an alias target under the name of the alias.
    Raises `InvalidName`, and `ValueError` if a string is not a CAA record.

    >>> records = {"example.com": ['0 issue "letsencrypt.org"'], "com": ['0 issue "amazon.com"']}
    >>> verdict = may_issue("*.www.example.com", records)
    >>> verdict.allowed, verdict.found_at, verdict.reason.value
    (False, 'example.com', 'the CAA records allow other CAs but not Amazon')
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
    """Return the reason that a record set results in, and its deciding records."""
    by_tag: dict[str, list[CaaRecord]] = {}
    for record in records:
        tag = record.tag.lower()
        if record.is_critical and tag not in _UNDERSTOOD:
            return CaaReason.UNKNOWN_CRITICAL_TAG, (record,)
        by_tag.setdefault(tag, []).append(record)
    tags = acm.CAA_WILDCARD_TAGS.value if is_wildcard else ("issue",)
    deciding = next((tuple(by_tag[tag]) for tag in tags if tag in by_tag), ())
    if not deciding:
        return CaaReason.UNRESTRICTED, ()
    if naming := [r for r in deciding if r.issuer in acm.CAA_IDENTIFIERS.value]:
        return CaaReason.AMAZON_NAMED, (min(naming, key=lambda r: len(r.parameters)),)
    if any(record.issuer for record in deciding):
        return CaaReason.OTHERS_NAMED, deciding
    return CaaReason.NONE_NAMED, deciding


def _remarks(climbed_to: str, reason: CaaReason, deciding: tuple[CaaRecord, ...]) -> Iterator[str]:
    if climbed_to:
        yield f"found at `{climbed_to}`; AWS does not document how it searches parent domains"
    if reason is CaaReason.AMAZON_NAMED:
        for parameter in deciding[0].parameters:
            yield f"AWS does not document whether it honors the parameter {quoted(parameter)}"


class CaaAnswer(Value):
    """The result of the CAA records in files for a name: a verdict, nothing, or what is unknown.

    `locations` are the indexes of the record sets that decide.
    """

    verdict: CaaVerdict | None = None
    unsure: str = ""
    locations: tuple[int, ...] = ()


_NOTHING = CaaAnswer()


def check_caa(
    name: Name,
    record_sets: Sequence[CaaRecordSet],
    indexes: Mapping[str, Sequence[int]],
    as_of: date,
) -> CaaAnswer:
    """Return whether the nearest record set, at a name or above it, allows Amazon to issue.

    `indexes` are those of the sets by name; the empty string is the key of sets whose name is
    unknown. If a name has several sets, they must agree.
    """
    unsure = [record_sets[index].name for index in indexes.get("", ())]
    labels = name.labels
    for climbed in range(isinstance(name, WildcardDomainName), len(labels)):
        holder = ".".join(labels[climbed:])
        if len(unsure) > MOST_COMPARED:
            return CaaAnswer(unsure=unknown_clause(*unsure[:1]))
        for other in unsure:
            if are_equal(symbols(other), symbols(holder)) is not False:
                return CaaAnswer(unsure=unknown_clause(other))
        found = tuple(index for index in indexes.get(holder, ()) if record_sets[index].records)
        if found:
            answers = [_answer(name, record_sets[index], as_of) for index in found]
            return _merged(holder, answers).__replace__(locations=found)
    return _NOTHING


def _answer(name: Name, record_set: CaaRecordSet, as_of: date) -> CaaAnswer:
    holder, missing = str(record_set.name), unknown_clause(*record_set.records)
    try:
        # An unknown value may name Amazon or not: the result is known if both are the same.
        best, worst = (
            may_issue(name, {holder: [_reading(r, ca) for r in record_set.records]}, as_of=as_of)
            for ca in (acm.CAA_IDENTIFIERS.value[0], acm.CAA_NOBODY.value)
        )
    except ValueError as error:
        return CaaAnswer(unsure=missing or str(error))
    return CaaAnswer(unsure=missing) if best.allowed is not worst.allowed else CaaAnswer(worst)


def _merged(holder: str, answers: list[CaaAnswer]) -> CaaAnswer:
    """Return the common answer of several sets for one name, if they agree."""
    unsure = next((each for each in answers if each.unsure), None)
    if unsure:
        return unsure
    if len({each.verdict.allowed for each in answers if each.verdict}) > 1:
        return CaaAnswer(unsure=f"several sets of CAA records for `{holder}` contradict each other")
    return answers[-1]


def _reading(record: Text, ca: str) -> CaaRecord | str:
    """Return a record with a CA in place of what is unknown; raises `ValueError`."""
    if isinstance(record, str):
        return record
    begun = CaaRecord.parse(f'{record.head}"')
    is_other = ";" in begun.value and begun.issuer not in acm.CAA_IDENTIFIERS.value
    return begun if is_other else CaaRecord(begun.flags, begun.tag, ca)
