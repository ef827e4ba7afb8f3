"""ACM6xx: what an edit of an issued request costs.

`acmrules.changes` is loaded by the checks: few runs are given an issued request.
"""

from __future__ import annotations

from acmrules.facts import acm, tools
from acmrules.lint.rule import (
    Decided,
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
    from acmrules.changes import ApproveAgain
    from acmrules.lint.rule import Context, Yielded

_FIELDS = set(CertificateRequest._fields) - {
    "import_fields",
    "create_before_destroy",
    "extended_key_usages",
}
_OF_NAMES = frozenset({"names", "domain_name"})
_ISSUED = CertificateRequest.of("brightharbor.io", "www.brightharbor.io", validation_method="DNS")
_COMPARED = Decided(())
"""The comparison itself says what it would have to know."""

_SITE = Consumer("alb", "Listener", CertificateReference("Certificate"))


@rule(
    "ACM601",
    Severity.WARNING,
    facts=(acm.NAMES_ARE_FIXED, acm.APPROVAL_SCOPE),
    reads=_FIELDS,
    needs={"issued"},
    examples=(
        passes("brightharbor.io", "www.brightharbor.io", validation_method="DNS", issued=_ISSUED),
        fails(
            "brightharbor.io",
            "api.brightharbor.io",
            validation_method="DNS",
            issued=_ISSUED,
            at=("names",),
        ),
    ),
)
def names_changed(request: CertificateRequest, context: Context) -> Yielded:
    """The list of names differs from that of the issued certificate.

    A name list cannot be edited. A new certificate is requested, every name is validated again,
    and whatever uses the old one has to be moved before that can be deleted.
    """
    from acmrules.changes import Change, Verdict

    yield _COMPARED
    del request
    change = context.change or Change(Verdict.NO_CHANGE)
    reasons = [reason for reason in change.reasons if reason.attribute in _OF_NAMES]
    if any(reason.verdict > Verdict.UNDECIDED for reason in reasons):
        used = ", and what uses the old one has to be moved" if context.consumers else ""
        said = "; ".join(reason.sentence for reason in reasons)
        yield Problem(
            ("names",),
            f"needs a new certificate: {said}; {_approvals(change.approve_again)}{used}",
        )
    elif reasons:
        yield Undecided(("names",), reasons[0].sentence)


def _missing(attribute: str, *requests: CertificateRequest | None) -> str:
    """Say which items of a list are not known; a text says so itself."""
    lists = [value for r in requests if isinstance(value := getattr(r, attribute, None), tuple)]
    missing = unknown_clause(*(item for items in lists for item in items))
    return f": {missing}" if missing else ""


def _approvals(again: ApproveAgain) -> str:
    said = [
        f"{quoted_list(names)} {how}"
        for names, how in (
            (again.by_hand, "to approve by hand"),
            (again.by_new_record, "by a new record"),
            (again.automatically, "again by the record in place"),
            (again.undecided, "by a method that is not known"),
        )
        if names
    ]
    return "validated are " + ", ".join(said) if said else "nothing has to be validated"


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
    examples=(
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
)
def fixed_attribute_changed(request: CertificateRequest, context: Context) -> Yielded:
    """An attribute is edited that cannot be changed on an issued certificate.

    What is fixed depends on the tool and the day; the edit makes a new certificate, or none at
    all.
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
        elif reason.verdict > Verdict.UNDECIDED:
            yield Problem(path, f"{reason.verdict}: {reason.sentence}")


@rule(
    "ACM603",
    Severity.WARNING,
    facts=(tools.OTHER_NAMES_UPDATES, tools.TERRAFORM_DELETION_MINUTES),
    reads={"create_before_destroy"},
    needs={"consumers"},
    on="everything",
    tools={Tool.TERRAFORM},
    examples=(
        passes(
            "brightharbor.io", create_before_destroy=True, consumers=(_SITE,), tool=Tool.TERRAFORM
        ),
        fails(
            "brightharbor.io",
            consumers=(_SITE,),
            tool=Tool.TERRAFORM,
            at=("create_before_destroy",),
        ),
        fails(
            imported=ImportedCertificate(),
            consumers=(_SITE,),
            tool=Tool.TERRAFORM,
            at=("create_before_destroy",),
        ),
    ),
)
def replacement_without_create_first(
    request: CertificateRequest | None, context: Context
) -> Yielded:
    """A certificate in use would be destroyed before its replacement is there.

    A certificate in use cannot be deleted; Terraform tries for a while and fails. Set
    `create_before_destroy` in its `lifecycle` block.
    """
    held = request or context.imported
    if held and context.consumers and not held.create_before_destroy:
        yield Problem(
            ("create_before_destroy",),
            "certificate is in use and `create_before_destroy` is not set; a replacement fails",
        )


@rule(
    "ACM604",
    Severity.NOTE,
    facts=(tools.OTHER_NAMES_UPDATES, acm.UPPER_CASE_IS_FOLDED),
    reads=_FIELDS,
    needs={"issued"},
    examples=(
        passes("brightharbor.io", "www.brightharbor.io", validation_method="DNS", issued=_ISSUED),
        fails(
            "brightharbor.io",
            "WWW.brightharbor.io",
            validation_method="DNS",
            issued=_ISSUED,
            at=("names",),
        ),
    ),
)
def order_only_change(request: CertificateRequest, context: Context) -> Yielded:
    """The names differ from the issued ones in order, case or repetition only.

    ACM sees no change. The tool may, and then it requests a new certificate for nothing: keep the
    names as they were written.
    """
    from acmrules.changes import COSMETIC, Verdict

    yield _COMPARED
    del request
    for reason in context.change.reasons if context.change else ():
        if reason.attribute in _OF_NAMES and reason.verdict is Verdict.UNDECIDED:
            yield Undecided(("names",), reason.sentence)
        if reason.attribute in COSMETIC:
            seen = reason.verdict is not Verdict.NO_CHANGE
            tool = f"{context.tool.value} sees a {reason.verdict}" if seen else "no change to ACM"
            yield Problem(("names",), f"{reason.sentence}; {tool}")


RULES = (
    names_changed,
    fixed_attribute_changed,
    replacement_without_create_first,
    order_only_change,
)
