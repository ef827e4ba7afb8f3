"""`aws_cloudfront_distribution` without its certificate, in configurations and plans."""

from __future__ import annotations

from acmrules.readers.distributions import TERRAFORM, References, read_distribution
from acmrules.readers.evaluated import Node
from acmrules.readers.terraform.resources.blocks import block_attributes
from acmrules.readers.terraform.resources.references import BALANCER_NAMES, steps
from acmrules.unresolved import Unknown, Unresolved, UnresolvedNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Fields
    from acmrules.resources import Distribution

_VPC_ORIGIN = "aws_cloudfront_vpc_origin"
_POLICIES = ("aws_cloudfront_cache_policy", "aws_cloudfront_origin_request_policy")
_SOURCES_OF_NAMES = ("aws_lb.", "aws_alb.", "aws_elb.", ".elb.", "local.", "var.", "each.")
"""Words of an origin whose domain name may be that of a load balancer."""

_WITHOUT_CERTIFICATE = ("cloudfront_default_certificate", "null")
"""Words of a distribution that may have no certificate in some cases."""


def may_be_checked(text: str) -> bool:
    """Return whether a file may have aliases without a certificate, or a balancer as an origin."""
    has_certificate = "acm_certificate_arn" in text or "iam_certificate_id" in text
    may_have_none = not has_certificate or any(word in text for word in _WITHOUT_CERTIFICATE)
    if "aliases" in text and may_have_none:
        return True
    has_protocol = "origin_protocol_policy" in text or "vpc_origin_config" in text
    return has_protocol and any(word in text for word in _SOURCES_OF_NAMES)


def read(
    fields: Fields,
    pointers: PointerMap,
    resource: Callable[[str, str], Fields | None] = lambda _kind, _name: None,
    has_empty_default: Callable[[str], bool] | None = None,
) -> Distribution:
    """Return a distribution; raises `TypeMismatchError`.

    `resource` returns the only instance of a resource or data source of the same module, if there
    is one.
    `has_empty_default` returns whether a variable is empty because its default is empty. Such
    aliases are to be supplied, so they are unknown.
    """

    def referenced(label: Unresolved, kinds: Container[str]) -> Fields | None:
        named = [step for step, _ in steps(str(label)[2:-1])][-3:]
        if len(label.parts) > 1 or len(named) < len(("type", "name", "id")):
            return None
        return resource(named[0], named[1]) if named[0] in kinds else None

    def vpc_origin(identity: Unresolved) -> Fields | None:
        found = referenced(identity, (_VPC_ORIGIN,))
        return found and block_attributes(found).inner(TERRAFORM.endpoint)

    def policy(identity: Unresolved) -> str:
        is_data = str(identity).startswith(("${data.", "${module."))
        found = referenced(identity, _POLICIES) if is_data else None
        return found.literal("name") if found else ""

    attributes = block_attributes(fields)
    references = References(_is_balancer, vpc_origin, policy)
    found = read_distribution(attributes, TERRAFORM, references, pointers)
    if has_empty_default and found.has_default_certificate and not found.aliases:
        aliases = fields.data.get("aliases")
        note = aliases.note if isinstance(aliases, Node) else ""
        _, _, variable = note.removesuffix("`").partition("default of variable `")
        if variable and has_empty_default(variable):
            pointers["distribution", "aliases", 0] = (*fields.pointer, "aliases"), None
            unknown = UnresolvedNames(Unknown(f"${{var.{variable}}}"))
            return found.__replace__(aliases=(unknown,))
    return found


def _is_balancer(name: Unresolved) -> bool:
    """Return whether an unknown value is the DNS name of a resource or data source."""
    label = str(name)
    if len(name.parts) > 1 or not label.endswith(".dns_name}"):
        return False
    types = [step for step, _ in steps(label[2:-1])][-3:-2]
    return types != [] and types[0] in BALANCER_NAMES
