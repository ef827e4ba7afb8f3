"""`aws_cloudfront_distribution` without its certificate, in configurations and plans."""

from __future__ import annotations

from acmrules.readers.distributions import TERRAFORM, read_distribution
from acmrules.readers.terraform.resources.blocks import block_attributes
from acmrules.readers.terraform.resources.references import BALANCER_NAMES, steps

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.model.locations import PointerMap
    from acmrules.readers.fields import Fields
    from acmrules.resources import Distribution
    from acmrules.unresolved import Unresolved

_SOURCES_OF_NAMES = ("aws_lb.", "aws_alb.", "aws_elb.", ".elb.", "local.", "var.", "each.")
"""Words of an origin whose domain name may be that of a load balancer."""


def may_be_checked(text: str) -> bool:
    """Return whether a file may have aliases without a certificate, or a balancer as an origin."""
    has_certificate = "acm_certificate_arn" in text or "iam_certificate_id" in text
    if "aliases" in text and ("cloudfront_default_certificate" in text or not has_certificate):
        return True
    return "origin_protocol_policy" in text and any(word in text for word in _SOURCES_OF_NAMES)


def read(fields: Fields, pointers: PointerMap) -> Distribution:
    """Return a distribution; raises `TypeMismatchError`."""
    return read_distribution(block_attributes(fields), TERRAFORM, _is_balancer, pointers)


def _is_balancer(name: Unresolved) -> bool:
    """Return whether an unknown value is the DNS name of a resource or data source."""
    label = str(name)
    if len(name.parts) > 1 or not label.endswith(".dns_name}"):
        return False
    types = [step for step, _ in steps(label[2:-1])][-3:-2]
    return types != [] and types[0] in BALANCER_NAMES
