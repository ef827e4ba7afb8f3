"""The steps to edit a certificate without an outage."""

from __future__ import annotations

from acmrules.changes import COSMETIC, ApproveAgain, Change, Verdict
from acmrules.facts import acm
from acmrules.messages import quoted, quoted_list
from acmrules.request import CertificateRequest, Tool, ValidationMethod, ValidationOption
from acmrules.services import SERVICES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from acmrules.resources import Consumer
    from acmrules.unresolved import ListedName

_MOST = 5
_REPLACED = (Verdict.UNDECIDED, Verdict.REPLACEMENT)


def change_steps(
    tool: Tool,
    change: Change,
    request: CertificateRequest | None,
    address: str,
    users: Sequence[Consumer],
    was: str = "",
    lost: Sequence[ListedName] = (),
) -> tuple[str, ...]:
    """Return the steps for an edit.

    `was` is the old address, if it changes too. `lost` are the hosts of the users that the new
    certificate does not cover.
    """
    if change.needs_new_object and change.verdict not in _REPLACED:
        return (
            "undo the edit, and add an object with another name and the new values",
            "when its certificate is issued, switch to it, then delete the old object",
        )
    if change.fails:
        return tuple(_instead_of_failure(tool, address, users))
    if change.verdict is Verdict.IMPOSSIBLE:
        return ("fix the request first: ACM rejects these values",)
    if change.verdict < Verdict.UNDECIDED:
        return tuple(_validation(change.approve_again, request, in_place=True))
    keep = (f"keep {_names(lost)} on the certificate while it is served",) if lost else ()
    return keep + tuple(_replacement(tool, change, request, address, users, was))


def _instead_of_failure(tool: Tool, address: str, users: Sequence[Consumer]) -> Iterator[str]:
    """Yield the steps for an edit that the tool tries in place and that ACM rejects."""
    yield "undo the edit if you do not need it: ACM rejects it for an existing certificate"
    if tool is not Tool.TERRAFORM:
        yield "otherwise, request another certificate with the new value, and switch to it"
        return
    first = f" with `create_before_destroy` in the `lifecycle` block of {quoted(address)}"
    yield f"otherwise, run `terraform apply -replace='{address}'`{first * bool(users)}"


def removal_steps(users: Sequence[Consumer]) -> tuple[str, ...]:
    """Return the steps to remove a certificate."""
    if not users:
        return ("check that nothing outside of these files uses the certificate, then remove it",)
    return (
        f"switch {_listed(users)} to another certificate, and deploy",
        "remove the certificate when nothing uses it",
    )


def _replacement(
    tool: Tool,
    change: Change,
    request: CertificateRequest | None,
    address: str,
    users: Sequence[Consumer],
    was: str,
) -> Iterator[str]:
    if all(reason.attribute in COSMETIC for reason in change.reasons):
        yield "keep the old spelling of the names: ACM sees no change, and nothing is replaced"
        return
    if was and tool is Tool.TERRAFORM:
        yield (
            f"add a `moved` block from {quoted(was)} to {quoted(address)}, so that Terraform keeps"
            " the certificate"
        )
    elif was and any(reason.attribute == "address" for reason in change.reasons):
        yield f"keep the name {quoted(was)} if there is no other reason for a new certificate"
    again = change.approve_again
    if tool is Tool.TERRAFORM:
        if request and not request.create_before_destroy:
            yield (
                f"set `create_before_destroy = true` in the `lifecycle` block of {quoted(address)}"
            )
        yield from _validation(again, request)
        if users:
            yield (
                f"use the ARN of `aws_acm_certificate_validation` in {_listed(users)}, so that"
                " Terraform switches to the new certificate only after it is issued"
            )
            yield "apply; Terraform destroys the old certificate last"
        else:
            yield (
                "apply; Terraform cannot destroy the old certificate until everything outside of"
                " these files uses the new one"
            )
        return
    where = {
        Tool.CLOUDFORMATION: " under another logical ID",
        Tool.KUBERNETES: " as an object with another name",
        Tool.CROSSPLANE: " as an object with another name",
    }.get(tool, "")
    yield f"request the new certificate{where}, and keep the old one for now"
    yield from _validation(again, request)
    if users:
        yield f"when the new certificate is issued, use it in {_listed(users)}, and deploy"
    else:
        yield (
            "when the new certificate is issued, use it wherever the old one is used outside of"
            " these files"
        )
    yield "delete the old certificate when nothing uses it"


def _validation(
    again: ApproveAgain, request: CertificateRequest | None, *, in_place: bool = False
) -> Iterator[str]:
    """Yield the steps to validate the names."""
    hours = (acm.METHOD_CHANGE_HOURS if in_place else acm.VALIDATION_HOURS).value
    if again.automatically:
        yield f"keep the validation record of {_names(again.automatically)}: it is still valid"
    with_zone = {
        str(option.domain_name).removeprefix("*.")
        for option in (request.validation_options if request else ())
        if isinstance(option, ValidationOption) and option.hosted_zone_id is not None
    }
    created = [name for name in again.by_new_record if str(name).removeprefix("*.") in with_zone]
    by_hand = [name for name in again.by_new_record if name not in created]
    if created:
        yield f"these files create the validation record of {_names(created)}"
    if by_hand:
        yield (
            f"publish the CNAME for {_names(by_hand)} within {hours} hours of the request; ACM"
            " shows it when the certificate is requested"
        )
    if again.by_hand:
        yield (
            f"have {_names(again.by_hand)} approved by email within {hours} hours; inform the"
            " approvers first"
        )
    if again.undecided:
        http = request is not None and request.validation_method is ValidationMethod.HTTP
        how = "through CloudFront" if http else "with the method, which is unknown here"
        yield f"validate {_names(again.undecided)} {how}"


def _names(names: Sequence[ListedName]) -> str:
    return quoted_list(names, _MOST)


def _listed(users: Iterable[Consumer]) -> str:
    """Return a list of consumers with their services."""
    named = [f"{quoted(user.address)} ({_service(user.service)})" for user in users]
    named = [*dict.fromkeys(named)]
    more = f" and {len(named) - _MOST} more" if len(named) > _MOST else ""
    return ", ".join(named[:_MOST]) + more


def _service(key: str) -> str:
    return SERVICES[key].name if key in SERVICES else key
