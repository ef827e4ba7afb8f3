"""The account of a resource of a configuration, as its provider reveals it."""

from __future__ import annotations

from acmrules.readers.evaluated import TerraformReader
from acmrules.readers.fields import Fields
from acmrules.readers.terraform.eval.expressions import evaluate_block
from acmrules.readers.terraform.modules import ResourceBlock
from acmrules.readers.terraform.resources.providers import ALLOWED, ROLE, account_in
from acmrules.readers.terraform.resources.references import CERTIFICATE, LOOK_UP, without_keys
from acmrules.readers.terraform.scopes import SKIPPED
from acmrules.unresolved import Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.terraform.scopes import ResourceInstance
    from acmrules.resources import CertificateReference
    from acmrules.unresolved import Text


def provider_account(resource: ResourceBlock, instance: ResourceInstance) -> str | None:
    """Return the account of a resource's provider, `None` if that is unknown."""
    provider = resource.block.body.attributes.get("provider")
    name = provider.value.written if provider else "aws"
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
