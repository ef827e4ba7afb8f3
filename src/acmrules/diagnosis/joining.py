"""Several views of one certificate as one: its description, entries of lists, validations."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from acmrules.diagnosis.certificate import (
    CertificateDetail,
    CertificateEvent,
    DomainValidation,
    UpdateSummary,
)
from acmrules.errors import InvalidArgument
from acmrules.unresolved import Malformed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from acmrules.request import ValidationMethod

_JOINED_APART = ("names", "names_known", "validations", "update", "events")


def joined(details: Iterable[CertificateDetail]) -> CertificateDetail:
    """Return one certificate for several views of it, which all have its ARN.

    The description wins, or the first view if none is a description; the others fill what it does
    not contain. Raises `InvalidArgument` if there is no view, or if the ARNs differ.
    """
    views = sorted(details, key=lambda each: not each.described)
    if not views:
        raise InvalidArgument("there is no certificate to join")
    if len(arns := {each.arn for each in views}) > 1:
        raise InvalidArgument(f"certificates of {len(arns)} ARNs cannot be joined")
    if len(views) == 1:
        return views[0]
    fields = {
        field: _first(views, field)
        for field in CertificateDetail._fields
        if field not in _JOINED_APART
    }
    by_names = max(views, key=lambda each: (each.names_known, each.described, len(each.names)))
    update = _update(views)
    return CertificateDetail(
        **fields,
        names=by_names.names,
        names_known=by_names.names_known,
        validations=_validations(views, fields["method"]),
        update=update,
        events=events_in_order(chain.from_iterable(each.events for each in views)),
    )


def _first(views: list[CertificateDetail], field: str) -> Any:  # noqa: ANN401  (of any field)
    """Return the value of the first view that has one."""
    default = CertificateDetail._defaults.get(field)  # noqa: SLF001  (of `Value`)
    values = [getattr(each, field) for each in views]
    return next((each for each in values if each != default), default)


def _validations(
    views: list[CertificateDetail], method: ValidationMethod | Malformed | None
) -> tuple[DomainValidation, ...]:
    """Return the validation of each name, with the method in force.

    A description has the method of the first validation, even after a change of the method.
    """
    found: dict[object, DomainValidation] = {}
    for each in chain.from_iterable(view.validations for view in views):
        known = found.get(each.name)
        if known is None or (known.method != method and each.method == method is not None):
            found[each.name] = each
        elif each.method in {known.method, None}:
            found[each.name] = _filled(known, each)
    return tuple(found.values())


def _filled(known: DomainValidation, other: DomainValidation) -> DomainValidation:
    values = {
        field: getattr(other, field)
        for field in DomainValidation._fields
        if getattr(known, field) is None
    }
    return known.__replace__(**values)


def _update(views: list[CertificateDetail]) -> UpdateSummary | None:
    """Return the change of the method, with its validations of another view."""
    updates = [each.update for each in views if each.update is not None]
    if not updates:
        return None
    validations = next((each.validations for each in updates if each.validations), ())
    return updates[0].__replace__(validations=validations)


def events_in_order(events: Iterable[CertificateEvent]) -> tuple[CertificateEvent, ...]:
    """Return each event once, in order of time; those without a time are the first."""
    return tuple(sorted(dict.fromkeys(events), key=_time))


def _time(event: CertificateEvent) -> tuple[bool, float, str]:
    return event.at is not None, event.at.timestamp() if event.at else 0.0, event.type
