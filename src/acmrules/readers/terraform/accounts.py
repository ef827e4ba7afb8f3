"""The account of a resource of a configuration, as its provider reveals it."""

from __future__ import annotations

import re

from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.eval.expressions import evaluate_block
from acmrules.readers.terraform.modules import ResourceBlock
from acmrules.readers.terraform.resources.providers import ALLOWED, ROLE, account_in
from acmrules.readers.terraform.resources.references import CERTIFICATE, LOOK_UP, without_keys
from acmrules.readers.terraform.scopes import PASSED_PROVIDER, SKIPPED
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.terraform.modules import ModuleCall
    from acmrules.readers.terraform.scopes import ResourceInstance
    from acmrules.resources import CertificateReference
    from acmrules.syntax.hcl.ast import Block
    from acmrules.unresolved import Text

_DEFAULT = "aws"
_SHARED_SETTINGS = frozenset(
    ("alias", "default_tags", "ignore_tags", "max_retries", "region", "retry_mode", "version")
)
"""The settings of a provider that do not determine its account."""


def provider_account(resource: ResourceBlock, instance: ResourceInstance) -> str | None:
    """Return the account of a resource's provider, `None` if that is unknown."""
    provider = resource.block.body.attributes.get("provider")
    name = provider.value.written if provider else _DEFAULT
    owner, _, block = instance.scope.instance.provider_block(name)
    if block is None:
        return None
    try:
        node = evaluate_block(block, owner, {ALLOWED, ROLE})
    except SKIPPED:
        return None  # A condition of a provider must not create variants of a certificate.
    return account_in(Fields(TerraformReader(), node, ()))


def sought_account(
    reference: Text | CertificateReference | None,
    resource: ResourceBlock,
    instance: ResourceInstance,
) -> str | None:
    """Return the account in which a data source of the same module looks for a certificate."""
    label = without_keys(str(reference))
    begin = f"${{{resource.call.address}{LOOK_UP}"
    if not isinstance(reference, Unresolved) or not label.startswith(begin):
        return None
    name = CERTIFICATE, label.removeprefix(begin).partition(".")[0]
    block = resource.call.module.data.get(name)
    if block is None:
        return None
    return provider_account(ResourceBlock(resource.call, name, block, "data."), instance)


def account_key(resource: ResourceBlock) -> str:
    """Return what identifies the account of a resource: equal strings mean the same account.

    Providers that differ only in their Regions use the same credentials.
    """
    argument = resource.block.body.attributes.get("provider")
    return _account(resource.call, argument.value.written if argument else _DEFAULT)


def _account(call: ModuleCall, name: str) -> str:
    block = call.module.providers.get(name)
    if block is not None:
        arguments = _credentials(block)
        return call.address + arguments if arguments else ""
    if call.parent is not None and call.block is not None:
        passed = call.block.body.attributes.get("providers")
        names = dict(re.findall(PASSED_PROVIDER, passed.value.written)) if passed else {}
        above = names.get(name, _DEFAULT if name == _DEFAULT else "")
        if above:
            return _account(call.parent, above)
    return "" if name == _DEFAULT else f"{call.address}{name}"


def _credentials(block: Block) -> str:
    """Return the arguments of a provider that may determine its account."""
    blocks = [inner for inner in block.body.blocks if inner.type not in _SHARED_SETTINGS]
    arguments = [
        f"{name} = {argument.value.written}"
        for name, argument in sorted(block.body.attributes.items())
        if name not in _SHARED_SETTINGS
    ]
    return "; ".join([*arguments, *(f"{each.type} {_credentials(each)}" for each in blocks)])
