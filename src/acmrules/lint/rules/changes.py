"""ACM6xx: the effect of an edit of an issued request.

The checks load `acmrules.changes` themselves, because few runs have an issued request.
"""

from __future__ import annotations

from acmrules.facts import acm, sources, tools
from acmrules.lint.rule import (
    Decided,
    Edit,
    Fix,
    Problem,
    Severity,
    Undecided,
    fails,
    passes,
    rule,
)
from acmrules.messages import quoted_list
from acmrules.partial import unknown_clause
from acmrules.request import CertificateRequest, Tool
from acmrules.resources import CertificateReference, Consumer
from acmrules.x509 import ImportedCertificate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.changes import ApproveAgain
    from acmrules.lint.rule import Context, Yielded

_FIELDS = set(CertificateRequest._fields) - {
    "import_fields",
    "create_before_destroy",
    "extended_key_usages",
}
_OF_NAMES = frozenset({"names", "domain_name"})
_ISSUED = CertificateRequest.of(["brightharbor.io", "www.brightharbor.io"], validation_method="DNS")
_COMPARED = Decided(())
"""The comparison itself reports what is unknown."""

_REPLACEMENT = "replacement"
"""The cause of each problem that is a replacement of the certificate."""

_REPLACE = "undo the edit, or replace the certificate: ACM rejects the edit"
_OTHER_OBJECT = "undo the edit, and add an object with another name and the new values"
_SITE = Consumer("alb", "Listener", CertificateReference("Certificate"))
_TOOLS = {
    Tool.CLOUDFORMATION: "CloudFormation",
    Tool.TERRAFORM: "Terraform",
    Tool.PULUMI: "Pulumi",
    Tool.CROSSPLANE: "Crossplane",
}
"""The tools that may replace a certificate although ACM sees no change."""


@rule(
    "ACM601",
    Severity.WARNING,
    facts=(acm.NAMES_ARE_FIXED, acm.APPROVAL_SCOPE),
    reads=_FIELDS,
    needs={"issued"},
    examples=lambda: (
        passes("brightharbor.io", "www.brightharbor.io", validation_method="DNS", issued=_ISSUED),
        fails(
            "brightharbor.io",
            "api.brightharbor.io",
            validation_method="DNS",
            issued=_ISSUED,
            at=("names",),
        ),
    ),
    help="request the new certificate first, switch what uses the old one, then delete it",
    yields_to={"ACM603"},
)
def names_changed(request: CertificateRequest, context: Context) -> Yielded:
    """The names differ from those of the issued certificate.

    The names of a certificate cannot be edited. ACM issues a new certificate and validates every
    name again. You have to switch what uses the old certificate before you can delete it. In
    Kubernetes, ACK accepts the edit, but the certificate stays as it is.
    """
    from acmrules.changes import Change, Verdict

    yield _COMPARED
    del request
    change = context.change or Change(Verdict.NO_CHANGE)
    reasons = [reason for reason in change.reasons if reason.attribute in _OF_NAMES]
    if any(reason.verdict > Verdict.UNDECIDED for reason in reasons):
        edits = "; ".join(reason.sentence for reason in reasons)
        steps = _validation_steps(change.approve_again)
        steps += ["then switch what uses the old certificate"] if context.consumers else []
        yield Problem(
            ("names",),
            f"this edit needs a new certificate ({edits}): {', '.join(steps)}",
            cause=_REPLACEMENT,
        )
    elif any(reason.verdict is Verdict.UNDECIDED for reason in reasons):
        yield Undecided(("names",), reasons[0].sentence)
    elif reasons:
        yield Problem(
            ("names",),
            f"this edit has no effect: {'; '.join(reason.sentence for reason in reasons)}",
            help=_OTHER_OBJECT,
        )


def _missing(attribute: str, *requests: CertificateRequest | None) -> str:
    """Return which items of a list are unknown; the reason itself does so for a single value."""
    lists = [value for r in requests if isinstance(value := getattr(r, attribute, None), tuple)]
    missing = unknown_clause(*(item for items in lists for item in items))
    return f": {missing}" if missing else ""


def _validation_steps(again: ApproveAgain) -> list[str]:
    steps = [
        f"{step} {quoted_list(names)}"
        for names, step in (
            (again.by_hand, "approve"),
            (again.by_new_record, "publish a new record for"),
            (again.automatically, "keep the record for"),
            (again.undecided, "validate"),
        )
        if names
    ]
    return steps or ["no name needs validation"]


@rule(
    "ACM602",
    Severity.WARNING,
    facts=(
        tools.VALIDATION_METHOD_UPDATES,
        tools.VALIDATION_OPTIONS_UPDATES,
        tools.KEY_ALGORITHM_UPDATES,
        tools.AUTHORITY_UPDATES,
        tools.EXPORT_UPDATES,
        acm.REGION_IS_FIXED,
    ),
    reads=_FIELDS,
    needs={"issued"},
    examples=lambda: (
        passes("brightharbor.io", "www.brightharbor.io", validation_method="DNS", issued=_ISSUED),
        fails(
            "brightharbor.io",
            "www.brightharbor.io",
            validation_method="DNS",
            key_algorithm="EC_prime256v1",
            issued=_ISSUED,
            at=("key_algorithm",),
        ),
    ),
    help="undo the edit, or request the new certificate first and switch to it",
    yields_to={"ACM409", "ACM410", "ACM504", "ACM603"},
)
def fixed_attribute_changed(request: CertificateRequest, context: Context) -> Yielded:
    """An edited attribute is fixed once the certificate is issued.

    Which attributes are fixed depends on the tool and the date. The edit either needs a new
    certificate or is not possible at all. Some edits are tried in place by the tool and rejected by
    ACM: if you change `export` in Terraform, the apply fails.
    """
    from acmrules.changes import COSMETIC, Verdict

    yield _COMPARED
    for reason in context.change.reasons if context.change else ():
        if reason.attribute in _OF_NAMES | COSMETIC:
            continue
        path = (reason.attribute,)
        if reason.verdict is Verdict.UNDECIDED:
            missing = _missing(reason.attribute, context.issued, request)
            yield Undecided(path, f"{reason.sentence}{missing}")
        elif reason.verdict is Verdict.REPLACEMENT:
            yield Problem(
                path,
                f"this edit needs a new certificate: {reason.sentence}",
                cause=_REPLACEMENT,
            )
        elif reason.fails:
            yield Problem(
                path, f"this edit fails: {reason.sentence}", severity=Severity.ERROR, help=_REPLACE
            )
        elif reason.verdict is Verdict.IMPOSSIBLE:
            yield Problem(path, f"this edit is not possible: {reason.sentence}")
        elif reason.verdict is Verdict.NO_CHANGE and reason.source == sources.ACK_GENERATOR:
            yield Problem(path, f"this edit has no effect: {reason.sentence}", help=_OTHER_OBJECT)


@rule(
    "ACM603",
    Severity.WARNING,
    facts=(tools.OTHER_NAMES_UPDATES, tools.TERRAFORM_DELETION_MINUTES),
    reads={"create_before_destroy"},
    on="everything",
    tools={Tool.TERRAFORM},
    examples=lambda: (
        passes(
            "brightharbor.io", create_before_destroy=True, consumers=(_SITE,), tool=Tool.TERRAFORM
        ),
        fails(
            "brightharbor.io",
            consumers=(_SITE,),
            tool=Tool.TERRAFORM,
            at=("create_before_destroy",),
        ),
        passes(imported=ImportedCertificate(), consumers=(_SITE,), tool=Tool.TERRAFORM),
    ),
    help="set `create_before_destroy = true` in its `lifecycle` block",
)
def replacement_without_create_first(
    request: CertificateRequest | None, context: Context
) -> Yielded:
    """Terraform would delete a certificate in use before it creates the replacement.

    A certificate in use cannot be deleted, so Terraform retries for a while and fails. Resources of
    other root modules count too if they look the certificate up by its name. Terraform imports a
    certificate again in place, so an import is reported only if a plan replaces it.
    """
    certificate = request or context.imported
    users = _users(context)
    if certificate is None or certificate.create_before_destroy or users is None:
        return
    if context.imported and certificate.create_before_destroy is None:
        return
    edits = "; ".join(_replacements(context))
    is_set = certificate.create_before_destroy is False
    yield Problem(
        ("create_before_destroy",),
        f"the certificate is in use{users}, and `create_before_destroy` is not set: "
        + (f"this edit will fail ({edits})" if edits else "replacing it will fail"),
        fix=None if is_set else _CREATE_FIRST,
        cause=_REPLACEMENT,
    )


_CREATE_FIRST = Fix(
    "set `create_before_destroy = true` in its `lifecycle` block",
    (Edit(("create_before_destroy",), "true", insert=True),),
    safe=True,
)


def _users(context: Context) -> str | None:
    """Return a clause about the users of a certificate, `None` if there are none."""
    if context.consumers:
        return ""
    if not context.looked_up_by:
        return None
    first, *others = context.looked_up_by
    if others:
        return f" by {first} and {len(others):,} more, which look it up"
    return f" by {first}, which looks it up"


def _replacements(context: Context) -> Iterator[str]:
    """Yield the edits that replace the certificate."""
    if context.change is None:
        return
    from acmrules.changes import Verdict

    for reason in context.change.reasons:
        if reason.verdict is Verdict.REPLACEMENT:
            yield reason.sentence


@rule(
    "ACM604",
    Severity.NOTE,
    facts=(tools.OTHER_NAMES_UPDATES, acm.UPPER_CASE_IS_FOLDED),
    reads=_FIELDS,
    needs={"issued"},
    examples=lambda: (
        passes("brightharbor.io", "www.brightharbor.io", validation_method="DNS", issued=_ISSUED),
        fails(
            "brightharbor.io",
            "WWW.brightharbor.io",
            validation_method="DNS",
            issued=_ISSUED,
            at=("names",),
        ),
    ),
    help="keep the names as they are in the issued certificate",
    yields_to={"ACM603"},
)
def order_only_change(request: CertificateRequest, context: Context) -> Yielded:
    """The names differ from the issued ones only in order, case or repetition.

    ACM sees no change, but the tool may see one and request an unnecessary certificate.
    """
    from acmrules.changes import COSMETIC, Verdict

    yield _COMPARED
    del request
    for reason in context.change.reasons if context.change else ():
        if reason.attribute in _OF_NAMES and reason.verdict is Verdict.UNDECIDED:
            yield Undecided(("names",), reason.sentence)
        if reason.attribute in COSMETIC:
            is_replaced = reason.verdict is Verdict.REPLACEMENT
            effect = "ACM sees no change"
            if is_replaced:
                effect = f"{_TOOLS[context.tool]} replaces the certificate"
            yield Problem(
                ("names",),
                f"{reason.sentence}; {effect}",
                cause=_REPLACEMENT if is_replaced else None,
            )


RULES = (
    names_changed,
    fixed_attribute_changed,
    replacement_without_create_first,
    order_only_change,
)
