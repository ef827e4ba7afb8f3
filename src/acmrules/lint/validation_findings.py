"""The findings about validation records and the resources that wait for them."""

from __future__ import annotations

import re

from acmrules.dns_validation import (
    COMPUTED_NAMES,
    OBJECTS,
    RECORD_KEYS,
    ROUTE53,
    SET_INDEX,
    RecordResource,
    is_token,
    missing,
)
from acmrules.facts import acm, tools
from acmrules.lint.rule import Edit, Fix, Problem, Related, Severity, Undecided
from acmrules.messages import quoted
from acmrules.partial import base, is_within, symbols, unclear, undecided_clause, unknown_clause
from acmrules.request import ValidationMethod
from acmrules.unresolved import Text, Unresolved, read_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.dns_validation import DnsValidation, RecordWait
    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest, Path
    from acmrules.unresolved import ListedName

_PATH = ("dns_validation",)
_CAUSE = "names without validation records"
_NAME = "resource_record_name"
_VALUE = "resource_record_value"
_TOKEN = 32
_HEX = frozenset("0123456789abcdef")
_ACM_TARGET = "." + acm.RECORD_VALUE_SUFFIX.value.rstrip(".")
_DURATION = re.compile(r"[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)")
_PART_OF_DURATION = re.compile(r"(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)")
_MINUTES = {"h": 60.0, "m": 1.0, "s": 1 / 60, "ms": 1 / 60_000}
_SURE_SERVICES = (ROUTE53, "Cloudflare")
"""The services that are known to reject a record that exists."""


def _validation(context: Context) -> DnsValidation:
    found = context.dns_validation
    if found is None:
        raise TypeError("the rule needs a validation")
    return found


# ACM417: names without records


def missing_records(request: CertificateRequest, context: Context) -> Yielded:
    """Yield a problem if some names have no record."""
    found = _validation(context)
    own = [index for index, record in enumerate(found.records) if record.name_part]
    path = (*_PATH, "records", own[0]) if own else (*_PATH, "records", 0)
    if found.unsure and not (found.left_out or found.fewer):
        unknown = unknown_clause(*request.names) or "other blocks use the validation options too"
        yield Undecided(path, unclear("each name has a validation record", unknown))
        return
    if not found.left_out and not found.fewer:
        return
    them = "it" if (len(found.left_out) or found.fewer) == 1 else "them"
    fails = found.selected or any(wait.left_out or wait.fewer for wait in found.waits)
    yield Problem(
        path,
        f"{missing(found.left_out, found.fewer, found.needed, 'created')};"
        f" ACM does not issue the certificate without {them}",
        severity=Severity.ERROR if fails else Severity.WARNING,
        cause=_CAUSE,
    )


# ACM418: resources that wait


def failing_waits(request: CertificateRequest, context: Context) -> Yielded:
    """Yield a problem for each wait that fails, and for each that may be too short."""
    of_others = {each.address for each in context.validations if each.records_of or each.undeclared}
    for index, wait in enumerate(_validation(context).waits):
        path = (*_PATH, "waits", index)
        if wait.lists_records and request.validation_method is ValidationMethod.EMAIL:
            yield Problem(
                (*path, "listed"),
                "`validation_record_fqdns` is only valid for DNS validation; this request uses"
                " email",
                help="remove `validation_record_fqdns`, or use DNS validation",
            )
        if (wait.left_out or wait.fewer) and wait.address not in of_others:
            left = missing(wait.left_out, wait.fewer, wait.needed, "listed")
            yield Problem(
                (*path, "listed"),
                f"{left} in `validation_record_fqdns`; Terraform requires all of them",
                help="list the records of all names, or remove `validation_record_fqdns`",
                cause=_CAUSE,
            )
        yield from _timeouts(wait, (*path, "timeout"))


def _timeouts(wait: RecordWait, path: Path) -> Yielded:
    timeout = wait.timeout
    if timeout is None:
        return
    if isinstance(timeout, Unresolved):
        yield Undecided(path, undecided_clause("the timeout suffices", timeout))
    elif not _DURATION.fullmatch(timeout):
        yield Problem(
            path,
            f"the timeout {quoted(timeout)} is not a duration that Terraform accepts",
            help="write hours, minutes or seconds, such as `75m` or `1h30m`",
        )
    elif _minutes(timeout) < tools.TERRAFORM_SHORT_WAIT_MINUTES.value:
        default = tools.TERRAFORM_WAIT_MINUTES.value
        yield Problem(
            path,
            f"the timeout {quoted(timeout)} may end before ACM issues the certificate; the default"
            f" is {default} minutes",
            severity=Severity.NOTE,
            help="remove the timeout, or wait longer",
        )


def _minutes(duration: str) -> float:
    parts = _PART_OF_DURATION.findall(duration)
    total = sum(float(number) * _MINUTES.get(unit, 0.0) for number, unit in parts)
    return -total if duration.startswith("-") else total


# Repetitions

_REASONS = {
    OBJECTS: "`for_each` requires a map or a set of strings, but validation options are objects",
    RECORD_KEYS: "ACM chooses their names, so the keys are known only after the apply",
    SET_INDEX: "the validation options are a set, whose items have no index",
    COMPUTED_NAMES: "the validation options are known only after the apply",
}


def unplannable_records(request: CertificateRequest, context: Context) -> Yielded:
    """Yield a problem for each repetition that Terraform cannot plan."""
    del request
    for index, fault in enumerate(_validation(context).repetitions):
        path = (*_PATH, "repetitions", index)
        newer = "" if fault.is_certain else " since version 3.0 of the AWS provider"
        message = f"Terraform cannot plan the validation records{newer}: {_REASONS[fault.reason]}"
        if fault.reason == COMPUTED_NAMES:
            yield Problem(
                path,
                f"{message}, because {quoted(fault.what)} is unknown until then",
                help="use a name that is known in the plan, or create the resource that computes"
                " it first",
            )
        elif fault.reason == SET_INDEX:
            yield Problem(
                path,
                message,
                severity=None if fault.is_certain else Severity.WARNING,
                help="convert the options with `tolist`, or use `for_each`",
            )
        else:
            yield Problem(path, message)


# ACM420: records that ACM cannot find


def wrong_records(request: CertificateRequest, context: Context) -> Yielded:
    """Yield a problem for each record that ACM cannot find."""
    if request.validation_method is ValidationMethod.EMAIL:
        return
    for index, record in enumerate(_validation(context).records):
        path = (*_PATH, "records", index)
        if not record.of_other and _may_concern(record, request):
            yield from _proxied(record, path)
            yield from wrong_parts(record, path)
            yield from _repeated_zone(record, request, path)


def _may_concern(record: RecordResource, request: CertificateRequest) -> bool:
    """Return whether a record may be that of a name; its own reference to an option says so."""
    if record.name_part or record.value_part or not isinstance(record.name, str):
        return True
    name = symbols(read_name(record.name.rstrip(".").lower()))
    return any(
        is_within(name, base(own)) is not False for each in request.names if (own := symbols(each))
    )


def _repeated_zone(record: RecordResource, request: CertificateRequest, path: Path) -> Yielded:
    """Yield a problem if a literal name ends with that of the certificate, hence of the zone."""
    if not record.is_relative or not isinstance(record.name, str) or record.name_part:
        return
    token, _, stem = record.name.lower().partition(".")
    texts = (symbols(name) for name in request.names)
    if is_token(token) and any(text and base(text) == symbols(stem) for text in texts):
        yield Problem(
            (*path, "name"),
            f"{record.service} adds the name of the zone, which {quoted(record.name)} contains"
            " already",
            severity=Severity.WARNING,
            help="remove the name of the zone from the name of the record",
        )


def _proxied(record: RecordResource, path: Path) -> Yielded:
    here = (*path, "proxied")
    if isinstance(record.proxied, Unresolved):
        question = f"{record.service} hides the record"
        yield Undecided(here, undecided_clause(question, record.proxied))
    elif record.proxied is True:
        yield Problem(
            here,
            f"{record.service} proxies the validation record, so ACM cannot find it",
            fix=Fix("set `proxied = false`", (Edit(here, "false"),), safe=True),
        )


def wrong_parts(record: RecordResource, path: Path) -> Yielded:
    """Yield what is wrong with the name, the value and the type of a record."""
    name, value = record.name_part, record.value_part
    kind, required = record.type, acm.DNS_RECORD_TYPE.history.eras[-1].value
    if name and isinstance(kind, str) and kind.upper() != required:
        yield Problem(
            (*path, "type"),
            f"the validation record has the type {quoted(kind)}; ACM requires `{required}`",
            help=f"use the type `{required}`",
        )
    elif name and name.member != _NAME:
        yield Problem(
            (*path, "name"),
            f"the name of the record is `{name.member}` of the validation option",
            help=f"use `{_NAME}` of the validation option",
        )
    elif name and value and value.member != _VALUE:
        yield Problem(
            (*path, "value"),
            f"the value of the record is `{value.member}` of the validation option",
            help=f"use `{_VALUE}` of the validation option",
        )
    elif name and not value and isinstance(record.value, str) and not _is_target(record.value):
        yield Problem(
            (*path, "value"),
            f"{quoted(record.value)} is not the value that ACM requires",
            help=f"use `{_VALUE}` of the validation option",
        )
    elif name and value and _are_different(name.stem, value.stem):
        yield Problem(
            (*path, "value"),
            f"the validation record of {quoted(name.stem)} has the value for {quoted(value.stem)}",
            help="use the name and the value of the same validation option",
        )
    elif name and record.is_relative and _is_whole(record.name):
        yield Problem(
            (*path, "name"),
            f"{record.service} appends the name of the zone, which the name of the record already"
            " contains",
            severity=Severity.WARNING,
            help="remove the name of the zone from the name, for example with `trimsuffix`",
        )
    elif not name and _is_for_acm(record):
        yield from _wrong_name(record, path)


def _are_different(one: ListedName | None, other: ListedName | None) -> bool:
    from acmrules.partial import are_equal

    first, second = symbols(one) if one else None, symbols(other) if other else None
    return first is not None and second is not None and are_equal(first, second) is False


def _is_whole(name: Text | None) -> bool:
    """Return whether a name is that of an option, unchanged."""
    return (
        isinstance(name, Unresolved)
        and re.fullmatch(rf"\$\{{[^(){{}}?]*\.{_NAME}\}}", str(name)) is not None
    )


def _is_for_acm(record: RecordResource) -> bool:
    if record.value_part:
        return record.value_part.member == _VALUE
    return isinstance(record.value, str) and _is_target(record.value)


def _is_target(value: str) -> bool:
    return value.rstrip(".").lower().endswith(_ACM_TARGET)


def _wrong_name(record: RecordResource, path: Path) -> Yielded:
    answer = _is_own_name(record.name)
    if answer is None:
        question = "the name is the one that ACM requires"
        yield Undecided((*path, "name"), undecided_clause(question, record.name))
    elif not answer:
        yield Problem(
            (*path, "name"),
            f"{quoted(record.name)} is not the name of a validation record, which begins with `_`"
            " and a token",
            severity=None if record.value_part else Severity.WARNING,
            help=f"use `{_NAME}` of the validation option",
        )


def _is_own_name(name: Text | None) -> bool | None:
    """Return whether a name has the form of ACM's names; `None` if that is unknown."""
    if isinstance(name, str):
        return is_token(name.lower().partition(".")[0])
    head = name.head.lower() if name else ""
    if not head:
        return None
    label, dot, _ = head.partition(".")
    may_be_token = label[0] == "_" and _HEX.issuperset(label[1:]) and len(label) <= _TOKEN + 1
    return None if may_be_token and (not dot or len(label) == _TOKEN + 1) else False


# ACM408: one record twice


def duplicate_records(request: CertificateRequest, context: Context) -> Yielded:
    """Yield a problem for each record that an earlier resource creates too."""
    groups: dict[object, list[int]] = {}
    records = _validation(context).records
    for index, record in enumerate(records):
        text = symbols(record.stem) if record.stem is not None else None
        if text is not None and record.zone is not None:
            key = text, record.service, str(record.zone)
            groups.setdefault(key, []).append(index)
    for indexes in groups.values():
        if len(indexes) > 1:
            yield from _duplicates(request, records, indexes)


def _duplicates(
    request: CertificateRequest, records: tuple[RecordResource, ...], indexes: list[int]
) -> Yielded:
    first, *others = indexes
    for index in others:
        record, path = records[index], (*_PATH, "records", index)
        overwrites = {records[first].overwrites, record.overwrites}
        if overwrites == {True}:
            continue
        if None in overwrites and False not in overwrites:
            yield Undecided(
                (*path, "overwrites"),
                f"it is unknown whether {quoted(record.address)} overwrites the record",
            )
            continue
        is_certain = overwrites == {False} and record.service in _SURE_SERVICES
        fails = "fails" if is_certain else "may fail"
        yield Problem(
            path,
            f"{quoted(records[first].address)} creates this validation record too"
            f"{_shared_by(request, record)}; the second attempt {fails}",
            severity=Severity.ERROR if is_certain else Severity.WARNING,
            fix=_overwrite(index, first, records),
            related=(Related((*_PATH, "records", first), "the other record"),),
            help="" if record.service in _SURE_SERVICES else _ONE_RECORD,
            cause=record.address,
        )


_ONE_RECORD = "create one record for a name and its wildcard"


def _shared_by(request: CertificateRequest, record: RecordResource) -> str:
    """Return the names that share a record, as a clause."""
    text = symbols(record.stem) if record.stem else None
    distinct = dict.fromkeys(request.names)
    names = [name for name in distinct if (own := symbols(name)) and base(own) == text]
    return f", because {' and '.join(map(quoted, names))} share it" if len(names) > 1 else ""


def _overwrite(index: int, first: int, records: tuple[RecordResource, ...]) -> Fix | None:
    """Return the fix of a record that exists, if its resource can overwrite it."""
    record = records[index]
    if record.service not in _SURE_SERVICES or not record.can_overwrite:
        return None
    edits = [
        Edit((*_PATH, "records", each, "overwrites"), "true")
        for each in (first, index)
        if records[each].overwrites is False and records[each].name_part
    ]
    return Fix("set `allow_overwrite = true`", tuple(edits), safe=True)
