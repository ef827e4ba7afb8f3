"""Events about certificates: those of EventBridge, and those of AWS Health."""

from __future__ import annotations

from acmrules.api_objects import ApiObject
from acmrules.arns import arn_of
from acmrules.diagnosis.certificate import CertificateEvent
from acmrules.errors import InvalidArgument
from acmrules.readers.account.shapes import HEALTH_DETAILS, HEALTH_ENTITIES
from acmrules.syntax.tree import items

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.account.collected import Collected
    from acmrules.readers.account.shapes import Response
    from acmrules.syntax.tree import Data, Pointer

_ACM_SOURCE = "aws.acm"
_HEALTH_SOURCE = "aws.health"
_SERVICE = "ACM"
_CERTIFICATE = ":certificate/"


def add_event(response: Response, found: Collected) -> None:
    """Add an event of EventBridge if its source is ACM, or Health about ACM."""
    try:
        given = ApiObject(response.data, "")
        source = given.text("source")
        if source == _ACM_SOURCE:
            found.events.append(_of_acm(given))
        elif source == _HEALTH_SOURCE and given.inner("detail").text("service") == _SERVICE:
            found.events.append(_of_health(given))
    except InvalidArgument as error:
        found.note_invalid(response.pointer, "an event", error)


def add_health(response: Response, found: Collected) -> None:
    """Add the events of Health about ACM, or the certificates that an event affects.

    An event of `DescribeEvents` names no certificates; `DescribeAffectedEntities` does.
    """
    details = response.operation == HEALTH_DETAILS
    member = "successfulSet" if details else "events"
    if response.operation == HEALTH_ENTITIES:
        member = "entities"
    for index, data in enumerate(items(response.data.get(member))):
        pointer: Pointer = (*response.pointer, member, index)
        try:
            event = _entity(data) if member == "entities" else _described(data, details=details)
        except InvalidArgument as error:
            found.note_invalid(pointer, "an event", error)
        else:
            found.events += [event] if event else []


def _of_acm(given: ApiObject) -> CertificateEvent:
    detail = given.inner("detail")
    reason = detail.text("RenewalStatusReason") or detail.text("FailureReason") or ""
    days = detail.data.get("DaysToExpiry")
    return CertificateEvent(
        given.required("detail-type"),
        tuple(each for each in given.texts("resources") if _CERTIFICATE in each),
        given.time("time"),
        given.text("account") or "",
        given.text("region") or "",
        reason,
        detail.text("Action") or "",
        days if type(days) is int else None,
    )


def _of_health(given: ApiObject) -> CertificateEvent:
    detail = given.inner("detail")
    affected = [each.text("entityValue") or "" for each in detail.objects("affectedEntities")]
    arns = dict.fromkeys([*given.texts("resources"), *affected])
    return CertificateEvent(
        detail.required("eventTypeCode"),
        tuple(each for each in arns if _CERTIFICATE in each),
        given.time("time"),
        given.text("account") or "",
        given.text("region") or "",
    )


def _described(data: Data, *, details: bool) -> CertificateEvent | None:
    given = ApiObject(data, "")
    event = given.inner("event") if details else given
    if event.text("service") != _SERVICE:
        return None
    return CertificateEvent(
        event.required("eventTypeCode"),
        (),
        event.time("startTime"),
        region=event.text("region") or "",
    )


def _entity(data: Data) -> CertificateEvent | None:
    """Return the event of an entity, whose type is in its ARN, `None` for another service.

    The ARN has the form `arn:aws:health:REGION::event/SERVICE/TYPE/ID`.
    """
    given = ApiObject(data, "")
    value = given.text("entityValue") or ""
    parts = (given.text("eventArn") or "").split("/")
    arn = arn_of(value)
    if _CERTIFICATE not in value or arn.service != "acm":
        return None
    return CertificateEvent(
        parts[2] if len(parts) > 2 else "AWS_HEALTH",  # noqa: PLR2004  (the form above)
        (value,),
        given.time("lastUpdatedTime"),
        given.text("awsAccountId") or "",
        arn.region,
    )
