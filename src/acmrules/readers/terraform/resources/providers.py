"""The account that the configuration of a provider reveals, in configurations and plans."""

from __future__ import annotations

from acmrules.readers.consumers import account_of
from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.resources.blocks import block_attributes
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import items, mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.terraform.modules import ModuleCall
    from acmrules.syntax.tree import Data

ALLOWED, ROLE = "allowed_account_ids", "assume_role"


def account_in(provider: Fields) -> str | None:
    """Return the account of a provider: the only allowed one, or that of its role."""
    attributes = block_attributes(provider)
    try:
        allowed = [account for account, _, _ in attributes.texts(ALLOWED)]
        roles = [each.text("role_arn") for each in attributes.each(ROLE)]
    except TypeMismatchError:
        return None
    if len(allowed) == 1 and isinstance(allowed[0], str):
        return allowed[0]
    # A chain of roles ends with the last one.
    return account_of(roles[-1][0]) if roles and roles[-1] else None


def planned_account(expressions: dict[str, Data]) -> str | None:
    """Return the account of a provider in a plan, which contains only constant expressions."""
    allowed = mapping(expressions.get(ALLOWED)).get("constant_value")
    roles = [
        {"role_arn": mapping(mapping(each).get("role_arn")).get("constant_value")}
        for each in items(expressions.get(ROLE))
    ]
    return account_in(Fields(TerraformReader(), {ALLOWED: allowed, ROLE: roles}, ()))


def reveals_accounts(root: ModuleCall) -> bool:
    """Return whether a provider of a module or of a called one may reveal its account."""
    providers = (block for call in root.all() for block in call.module.providers.values())
    return any(ALLOWED in each.source.text or ROLE in each.source.text for each in providers)
