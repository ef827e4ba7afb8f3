"""The CloudFront distributions of a template, without their certificates."""

from __future__ import annotations

from acmrules.readers.cloudformation.consumers import is_created, properties_of
from acmrules.readers.distributions import CLOUDFORMATION, References, read_distribution
from acmrules.syntax.errors import TypeMismatchError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.model.locations import PointerMap
    from acmrules.readers.cloudformation.intrinsics import Resolver
    from acmrules.readers.cloudformation.template import Resource
    from acmrules.readers.fields import Fields
    from acmrules.resources import Distribution
    from acmrules.unresolved import Unresolved

_BALANCERS = frozenset(
    f"AWS::ElasticLoadBalancing{version}::LoadBalancer" for version in ("", "V2")
)


def read(resolver: Resolver, resource: Resource, pointers: PointerMap) -> Distribution | None:
    """Return a distribution; `None` if it is not created or is invalid.

    Raises `OpenCondition`.
    """
    if not is_created(resolver, resource):
        return None
    resources = resolver.template.resources

    def is_balancer(name: Unresolved) -> bool:
        label = str(name)
        other = resources.get(label.removeprefix("${").partition(".")[0])
        is_whole = len(name.parts) == 1 and label.endswith(".DNSName}")
        return is_whole and other is not None and other.type in _BALANCERS

    def vpc_origin(identity: Unresolved) -> Fields | None:
        label = str(identity).removeprefix("${").removesuffix("}").removesuffix(".Id")
        other = resources.get(label)
        if other is None or other.type != "AWS::CloudFront::VpcOrigin":
            return None
        return properties_of(resolver, other).inner(CLOUDFORMATION.endpoint)

    references = References(is_balancer, vpc_origin, lambda _: "")
    try:
        configuration = properties_of(resolver, resource).inner("DistributionConfig")
        found = read_distribution(configuration, CLOUDFORMATION, references, pointers)
    except TypeMismatchError:
        return None  # Other tools report invalid distributions.
    if resolver.template.macro and found.aliases:
        return found.__replace__(has_default_certificate=None)
    return found
