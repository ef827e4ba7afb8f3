"""Whether CAA records, from a name up to the root, allow Amazon to issue (RFC 8659)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum

from acmrules.errors import InvalidArgument, require_list, require_mapping, require_string
from acmrules.facts import acm, cabf
from acmrules.facts.fact import CHECKED
from acmrules.messages import quoted
from acmrules.names import (
    DomainName,
    Name,
    WildcardDomainName,
    parse_name,
    plain_dns_name,
)
from acmrules.partial import MOST_COMPARED, are_equal, symbols, unknown_clause
from acmrules.request import ValidationMethod
from acmrules.unresolved import Unresolved, chosen
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from acmrules.resources import CaaRecordSet
    from acmrules.unresolved import Text

CRITICAL = 128
"""The critical flag: a CA that does not understand the record must not issue (RFC 8659)."""

METHODS_PARAMETER = "validationmethods"
"""The parameter that lists the validation methods that a CA may use (RFC 8657)."""

_ACCOUNT_PARAMETER = "accounturi"
_LABELS = {ValidationMethod(method): label for method, label in cabf.CAA_METHOD_LABELS.value}
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

        The tag becomes lowercase. Raises `InvalidArgument` if the string is not a CAA record.
        """
        import re

        require_string(text, "text")
        match = re.fullmatch(_RECORD, text.strip())
        if match is None or int(match[1]) > _MAX_FLAGS:
            raise InvalidArgument(
                f'{quoted(text)} is not a CAA record, such as `0 issue "amazon.com"`'
            )
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
    METHOD_EXCLUDED = "the CAA records allow Amazon, but not with this validation method"
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

    The verdict is true in a condition if Amazon may issue, like `allowed`.
    `found_at` is the name of the deciding record set, or empty if there is none. `deciding` are the
    records in it that decide. `remarks` are the steps to the result that no source confirms.
    `unmet` are the parameters that exclude the validation method: CAs should not issue since
    2026-06-12, and must not from 2027-03-15 (fact 4.31). `unclear` are the parameters that allow
    only some accounts; it is unknown whether they allow yours (fact 4.33).
    """

    name: Name
    reason: CaaReason
    found_at: str = ""
    deciding: tuple[CaaRecord, ...] = ()
    remarks: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether Amazon may issue."""
        return self.allowed

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
    record_sets: Mapping[str, Iterable[str | CaaRecord]],
    *,
    as_of: date = CHECKED,
    validation_method: str | ValidationMethod | None = None,
) -> CaaVerdict:
    """Return whether the CAA records allow Amazon to issue for a name (facts 4.13 to 4.33).

    `record_sets` maps names, including top-level domains, to their records; a missing name has no
    records. The names may have capitals and a final dot. Put the records of an alias target under
    the name of the alias. Without a `validation_method`, a record may allow any method of ACM.
    Raises `InvalidName`, and `InvalidArgument` if a string is not a CAA record or the method is
    invalid.

    >>> records = {"Example.com.": ['0 issue "letsencrypt.org"'], "com": ['0 issue "amazon.com"']}
    >>> verdict = may_issue("*.www.example.com", records)
    >>> verdict.allowed, verdict.found_at, verdict.reason.value
    (False, 'example.com', 'the CAA records allow other CAs but not Amazon')
    """
    name = parse_name(name)
    labels_of_acm = tuple(_LABELS.values())
    if validation_method is not None:
        method = chosen(ValidationMethod, validation_method, "validation method")
        labels_of_acm = (_LABELS[method],)
    require_mapping(record_sets, "record_sets")
    by_owner: dict[str, list[CaaRecord | str]] = {}
    for owner, records_of_owner in record_sets.items():
        require_list(records_of_owner, "record_sets", "records by name")
        by_owner.setdefault(_owner(owner), []).extend(records_of_owner)
    if not cabf.CAA_CHECKED.history.at(as_of):
        return CaaVerdict(name, CaaReason.NOT_CHECKED)
    labels = name.labels
    is_wildcard = isinstance(name, WildcardDomainName)
    for climbed in range(is_wildcard, len(labels)):
        holder = ".".join(labels[climbed:])
        if records := tuple(map(_record, by_owner.get(holder, ()))):
            reason, deciding = _reason(records, is_wildcard)
            verdict = CaaVerdict(name, reason, holder, deciding)
            if reason is not CaaReason.AMAZON_NAMED:
                return verdict
            naming = (_limited(verdict, record, labels_of_acm, as_of) for record in deciding)
            return min(naming, key=_preference)
    return CaaVerdict(name, CaaReason.NO_RECORDS)


def _owner(text: str | DomainName) -> str:
    """Return the canonical name of a record set; raise `InvalidName` if it is not a name."""
    if not isinstance(text, str):
        return str(plain_dns_name(text))
    plain = text.removesuffix(".")
    if "." in plain:
        return str(plain_dns_name(text))
    # A top-level domain is not a name that a certificate can have, so it is read below a label.
    return str(DomainName(f"a.{plain}")).removeprefix("a.") if plain else str(parse_name(text))


def _record(record: CaaRecord | str) -> CaaRecord:
    return record if isinstance(record, CaaRecord) else CaaRecord.parse(record)


def _reason(
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
    deciding = tuple(next((by_tag[tag] for tag in tags if tag in by_tag), ()))
    if not deciding:
        return CaaReason.UNRESTRICTED, ()
    if naming := tuple(r for r in deciding if r.issuer in acm.CAA_IDENTIFIERS.value):
        return CaaReason.AMAZON_NAMED, naming
    if any(record.issuer for record in deciding):
        return CaaReason.OTHERS_NAMED, deciding
    return CaaReason.NONE_NAMED, deciding


def _limited(
    verdict: CaaVerdict, record: CaaRecord, labels: Iterable[str], as_of: date
) -> CaaVerdict:
    """Return the verdict of a record that names Amazon with parameters (facts 4.31 to 4.33)."""
    honored = cabf.CAA_PARAMETERS.era(as_of).value
    methods: list[str] = []
    accounts: list[str] = []
    remarks: list[str] = []
    for parameter in record.parameters:
        tag = parameter.partition("=")[0].strip(_BLANKS).lower()
        if tag == METHODS_PARAMETER:
            methods.append(parameter)
        elif tag == _ACCOUNT_PARAMETER:
            accounts.append(parameter)
        else:
            remarks.append(
                f"AWS does not document whether it honors the parameter {quoted(parameter)}"
            )
    if honored.startswith("may"):
        remarks += [f"CAs may ignore the parameter {quoted(each)}" for each in methods + accounts]
        return verdict.__replace__(deciding=(record,), remarks=tuple(remarks))
    # Several lists of methods can never be met (RFC 8657, section 4).
    is_met = len(methods) <= 1 and all(_lists(each, labels) for each in methods)
    unmet = () if is_met else tuple(methods)
    if unmet and honored.startswith("must"):
        reason = CaaReason.METHOD_EXCLUDED
        return verdict.__replace__(reason=reason, deciding=(record,), unmet=unmet)
    remarks += [
        f"CAs should honor the parameter {quoted(each)}, which excludes the validation method"
        for each in unmet
    ]
    remarks += [
        f"AWS does not document which accounts the parameter {quoted(each)} allows"
        for each in accounts
    ]
    return verdict.__replace__(
        deciding=(record,), remarks=tuple(remarks), unmet=unmet, unclear=tuple(accounts)
    )


def _lists(parameter: str, labels: Iterable[str]) -> bool:
    """Return whether a list of validation methods contains one of the labels."""
    listed = {label.strip(_BLANKS) for label in parameter.partition("=")[2].split(",")}
    return not listed.isdisjoint(labels)


def _preference(verdict: CaaVerdict) -> tuple[bool, bool, bool, int]:
    """Return the order of several records that name Amazon; one of them is enough."""
    return not verdict.allowed, bool(verdict.unmet), bool(verdict.unclear), len(verdict.remarks)


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
    methods: Sequence[ValidationMethod] = (),
) -> CaaAnswer:
    """Return whether the nearest record set, at a name or above it, allows Amazon to issue.

    `indexes` are those of the sets by name; the empty string is the key of sets whose name is
    unknown. If a name has several sets, they must agree. `methods` are the possible validation
    methods, by default all of them; if they have different results, the result is unknown.
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
            answers = [_answer(name, record_sets[index], as_of, methods) for index in found]
            return _merged(holder, answers).__replace__(locations=found)
    return _NOTHING


def _answer(
    name: Name, record_set: CaaRecordSet, as_of: date, methods: Sequence[ValidationMethod]
) -> CaaAnswer:
    holder, missing = str(record_set.name), unknown_clause(*record_set.records)
    is_limited = any(METHODS_PARAMETER in str(record).lower() for record in record_set.records)
    cases = (methods or tuple(_LABELS)) if is_limited else methods[:1] or tuple(_LABELS)[:1]
    # An unknown value may name Amazon or not: the result is known if both are the same.
    is_open = any(isinstance(record, Unresolved) for record in record_set.records)
    readings = (acm.CAA_IDENTIFIERS.value[0], acm.CAA_NOBODY.value) if is_open else ("",)
    try:
        results = [
            [
                may_issue(
                    name,
                    {holder: [_reading(r, ca) for r in record_set.records]},
                    as_of=as_of,
                    validation_method=method,
                )
                for ca in readings
            ]
            for method in cases
        ]
    except InvalidArgument as error:
        return CaaAnswer(unsure=missing or str(error))
    if any(len({*map(_result, each)}) > 1 for each in results):
        return CaaAnswer(unsure=missing)
    if len({_result(each[-1]) for each in results}) > 1:
        return CaaAnswer(unsure="the validation method is unknown")
    return CaaAnswer(results[0][-1])


def _result(verdict: CaaVerdict) -> tuple[bool, bool, bool]:
    return verdict.allowed, bool(verdict.unmet), bool(verdict.unclear)


def _merged(holder: str, answers: list[CaaAnswer]) -> CaaAnswer:
    """Return the common answer of several sets for one name, if they agree."""
    unsure = next((each for each in answers if each.unsure), None)
    if unsure:
        return unsure
    if len({_result(each.verdict) for each in answers if each.verdict is not None}) > 1:
        return CaaAnswer(unsure=f"several sets of CAA records for `{holder}` contradict each other")
    return answers[-1]


def _reading(record: Text, ca: str) -> CaaRecord | str:
    """Return a record with a CA in place of what is unknown; raises `InvalidArgument`."""
    if isinstance(record, str):
        return record
    begun = CaaRecord.parse(f'{record.head}"')
    is_other = ";" in begun.value and begun.issuer not in acm.CAA_IDENTIFIERS.value
    return begun if is_other else CaaRecord(begun.flags, begun.tag, ca)
