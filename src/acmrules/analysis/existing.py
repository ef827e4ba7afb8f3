"""Joins the certificates that exist with the declarations of the same certificates."""

from __future__ import annotations

from acmrules.analysis.declared import declared_certificates
from acmrules.analysis.drift_matches import AccountMatches
from acmrules.model.inventory import Inventory
from acmrules.model.joining import account_of, join_certificates
from acmrules.request import Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from acmrules.diagnosis.certificate import CertificateDetail
    from acmrules.model.declaration import Declaration


def with_existing(
    declarations: Iterable[Declaration], account_of_file: Callable[[str], str | None]
) -> tuple[Declaration, ...]:
    """Return declarations in which each certificate is one, whether files declare it or show it.

    A declared certificate that exists has it as `existing`, and its ARN, so that consumers with
    the ARN use the declared one. A certificate that no file declares stays a declaration of its
    own. `account_of_file` returns the account of a file, or `None` if it is unknown.
    """
    joined = join_certificates(declarations)
    inventory = Inventory(joined, account=account_of(joined))
    declared = declared_certificates(inventory, account_of_file)
    if not declared:
        return joined
    matches = AccountMatches(declared, inventory.account)
    found: dict[int, CertificateDetail] = {}
    for each in declared:
        existing = matches.existing(each)
        if existing is not None and matches.is_same(each):
            found[id(each.declaration)] = existing
    taken = {existing.arn for existing in found.values()}
    exported = {
        name for each in joined if each.tool is not Tool.ACCOUNT for name in each.exported_as
    }
    result = []
    for declaration in joined:
        existing = found.get(id(declaration))
        if existing is not None:
            result.append(_with(declaration, existing, exports=existing.arn not in exported))
            exported.add(existing.arn)
        elif declaration.tool is not Tool.ACCOUNT or declaration.address not in taken:
            result.append(declaration)
    return tuple(result)


def _with(declaration: Declaration, existing: CertificateDetail, *, exports: bool) -> Declaration:
    """Return a declaration with the certificate that exists.

    Of several declarations of one certificate, such as a state and code, only one exports its ARN.
    """
    exported = (*declaration.exported_as, existing.arn) if exports else declaration.exported_as
    variants = tuple(
        each.__replace__(existing=existing) if each.request or each.imported else each
        for each in declaration.variants
    )
    return declaration.__replace__(exported_as=exported, variants=variants)
