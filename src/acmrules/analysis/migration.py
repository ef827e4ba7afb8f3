"""How an edit of a certificate is made without an outage: the steps, in their order, in words."""

from __future__ import annotations

from acmrules.changes import COSMETIC, Verdict
from acmrules.facts import acm
from acmrules.messages import quoted, quoted_list
from acmrules.request import Tool, ValidationMethod, ValidationOption
from acmrules.services import SERVICES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acmrules.changes import ApproveAgain, Change
    from acmrules.request import CertificateRequest
    from acmrules.resources import Consumer
    from acmrules.unresolved import ListedName

_MOST = 5


def of_change(
    tool: Tool,
    change: Change,
    request: CertificateRequest | None,
    address: str,
    users: Sequence[Consumer],
    was: str = "",
    lost: Sequence[ListedName] = (),
) -> tuple[str, ...]:
    """Return the steps of an edit; `was` is the address of before, where that is edited too.

    `lost` are the hosts that the users serve and the new certificate does not cover.
    """
    if change.verdict is Verdict.IMPOSSIBLE:
        return ("mend the request first: no certificate can be had with these values",)
    if change.verdict < Verdict.UNDECIDED:
        return tuple(_records(change.approve_again, request, moving=True))
    keep = (f"keep {_names(lost)} among the names until nothing serves it",) if lost else ()
    return keep + tuple(_replacing(tool, change, request, address, users, was))


def of_removal(users: Sequence[Consumer]) -> tuple[str, ...]:
    """Return the steps by which a certificate goes."""
    if not users:
        return ("make sure that nothing outside of these files uses it, then remove it",)
    return (
        f"give {_listed(users)} another certificate, and deploy that",
        "remove the certificate when nothing uses it any more",
    )


def _replacing(
    tool: Tool,
    change: Change,
    request: CertificateRequest | None,
    address: str,
    users: Sequence[Consumer],
    was: str,
) -> Iterator[str]:
    if all(reason.attribute in COSMETIC for reason in change.reasons):
        yield "keep the names as they were written: ACM sees no change, and nothing is replaced"
        return
    if was and tool is Tool.TERRAFORM:
        yield (
            f"add a `moved` block from {quoted(was)} to {quoted(address)}: it is then the same one"
        )
    elif was and any(reason.attribute == "address" for reason in change.reasons):
        yield f"keep {quoted(was)} as the name of it, if nothing else asks for a new certificate"
    again = change.approve_again
    if tool is Tool.TERRAFORM:
        if request and not request.create_before_destroy:
            yield (
                f"set `create_before_destroy = true` in the `lifecycle` block of {quoted(address)}"
            )
        yield from _records(again, request)
        if users:
            yield (
                f"let {_listed(users)} take the ARN from `aws_acm_certificate_validation`: each is"
                " switched when the new certificate is issued, and not sooner"
            )
            yield "apply; the old certificate is destroyed last, when nothing uses it any more"
        else:
            yield (
                "apply; what uses the old certificate outside of these files keeps it from being"
                " destroyed until it is given the new one"
            )
        return
    beside = {
        Tool.CLOUDFORMATION: "under another logical id, beside the old one",
        Tool.KUBERNETES: "as an object of another name, beside the old one",
    }.get(tool, "beside the old one")
    yield f"request the new certificate {beside}, and change nothing else yet"
    yield from _records(again, request)
    if users:
        yield f"when it is issued, give it to {_listed(users)}, and deploy that"
    else:
        yield "when it is issued, give it to whatever uses the old one outside of these files"
    yield "delete the old certificate when nothing uses it any more"


def _records(
    again: ApproveAgain, request: CertificateRequest | None, *, moving: bool = False
) -> Iterator[str]:
    """Yield what has to be done for names to be validated."""
    hours = (acm.METHOD_CHANGE_HOURS if moving else acm.VALIDATION_HOURS).value
    if again.automatically:
        yield f"leave the validation record of {_names(again.automatically)} in place: it is enough"
    zoned = {
        str(option.domain_name).removeprefix("*.")
        for option in (request.validation_options if request else ())
        if isinstance(option, ValidationOption) and option.hosted_zone_id is not None
    }
    written = [name for name in again.by_new_record if str(name).removeprefix("*.") in zoned]
    by_hand = [name for name in again.by_new_record if name not in written]
    if written:
        yield f"the record of {_names(written)} is written from these files, in the zone they give"
    if by_hand:
        yield (
            f"publish the CNAME that ACM names for {_names(by_hand)} as soon as the certificate is"
            f" requested; there are {hours} hours"
        )
    if again.by_hand:
        yield (
            f"have {_names(again.by_hand)} approved by mail within {hours} hours; who reads the"
            " mailboxes has to be told before"
        )
    if again.undecided:
        http = request is not None and request.validation_method is ValidationMethod.HTTP
        how = "as CloudFront is told to" if http else "by the method that is not known here"
        yield f"have {_names(again.undecided)} validated {how}"


def _names(names: Sequence[ListedName]) -> str:
    return quoted_list(names, _MOST)


def _listed(users: Iterable[Consumer]) -> str:
    """Return consumers with what they are, as a message lists them."""
    named = [f"{quoted(user.address)} ({_service(user.service)})" for user in users]
    named = [*dict.fromkeys(named)]
    more = f" and {len(named) - _MOST} more" if len(named) > _MOST else ""
    return ", ".join(named[:_MOST]) + more


def _service(key: str) -> str:
    return SERVICES[key].name if key in SERVICES else key
