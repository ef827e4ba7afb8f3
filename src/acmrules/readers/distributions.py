"""CloudFront distributions: their aliases with the default certificate, and origins over HTTPS.

The certificate of a distribution is read with the other consumers. What is read here does not
depend on a certificate of ACM.
"""

from __future__ import annotations

from acmrules.facts import services as facts
from acmrules.readers.requests import listed
from acmrules.resources import BalancerOrigin, Distribution
from acmrules.unresolved import Text, Unresolved
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from acmrules.model.declaration import Variant
    from acmrules.model.locations import Origin, PointerMap
    from acmrules.readers.fields import Fields, Found
    from acmrules.syntax.tree import Pointer


class DistributionNames(Value):
    """The member names of distributions in a tool; `functions` are those of edge functions."""

    aliases: tuple[str, ...]
    viewer: str
    certificates: tuple[str, ...]
    origins: str
    origin_id: str
    domain_name: str
    custom: str
    protocol: str
    vpc: str
    vpc_id: str
    endpoint: str
    behavior: str
    behaviors: str
    target: str
    viewer_protocol: str
    cache_policy: str
    request_policy: str
    forwarded: str
    headers: str
    functions: tuple[str, ...]


CLOUDFORMATION = DistributionNames(
    aliases=("Aliases", "CNAMEs"),
    viewer="ViewerCertificate",
    certificates=("AcmCertificateArn", "IamCertificateId"),
    origins="Origins",
    origin_id="Id",
    domain_name="DomainName",
    custom="CustomOriginConfig",
    protocol="OriginProtocolPolicy",
    vpc="VpcOriginConfig",
    vpc_id="VpcOriginId",
    endpoint="VpcOriginEndpointConfig",
    behavior="DefaultCacheBehavior",
    behaviors="CacheBehaviors",
    target="TargetOriginId",
    viewer_protocol="ViewerProtocolPolicy",
    cache_policy="CachePolicyId",
    request_policy="OriginRequestPolicyId",
    forwarded="ForwardedValues",
    headers="Headers",
    functions=("LambdaFunctionAssociations", "FunctionAssociations"),
)
TERRAFORM = DistributionNames(
    aliases=("aliases",),
    viewer="viewer_certificate",
    certificates=("acm_certificate_arn", "iam_certificate_id"),
    origins="origin",
    origin_id="origin_id",
    domain_name="domain_name",
    custom="custom_origin_config",
    protocol="origin_protocol_policy",
    vpc="vpc_origin_config",
    vpc_id="vpc_origin_id",
    endpoint="vpc_origin_endpoint_config",
    behavior="default_cache_behavior",
    behaviors="ordered_cache_behavior",
    target="target_origin_id",
    viewer_protocol="viewer_protocol_policy",
    cache_policy="cache_policy_id",
    request_policy="origin_request_policy_id",
    forwarded="forwarded_values",
    headers="headers",
    functions=("lambda_function_association", "function_association"),
)

_ALWAYS_HTTPS = frozenset(("https-only", "redirect-to-https"))
_FORWARDING = frozenset(each for policy in facts.HOST_FORWARDING_POLICIES.value for each in policy)
_NOT_FORWARDING = frozenset(each for policy in facts.HOST_HIDING_POLICIES.value for each in policy)
"""The names and the ids of managed policies."""

_BALANCER_DOMAINS = (".elb.amazonaws.com", ".elb.amazonaws.com.cn")


class References(Value):
    """What the unknown values of a distribution refer to.

    `is_balancer` is whether one is the DNS name of a load balancer, `vpc_origin` is the endpoint of
    the VPC origin with an id, and `policy` the name of the policy with an id, empty if unknown.
    """

    is_balancer: Callable[[Unresolved], bool]
    vpc_origin: Callable[[Unresolved], Fields | None]
    policy: Callable[[Unresolved], str]


def read_distribution(
    fields: Fields, names: DistributionNames, references: References, pointers: PointerMap
) -> Distribution:
    """Return a distribution, and add the pointers to its values to `pointers`.

    Aliases are empty if a certificate is set. Raises `TypeMismatchError`.
    """
    has_default = _has_default_certificate(fields, names)
    aliases = [alias for member in names.aliases for alias in fields.texts(member)]
    if not has_default:
        aliases = []  # Its certificate and its aliases are those of a consumer.
    for index, (_, pointer, defined) in enumerate(aliases):
        pointers["distribution", "aliases", index] = pointer, defined
    origins: list[BalancerOrigin] = []
    for origin, at in _origins(fields, names, references):
        pointers["distribution", "origins", len(origins)] = at
        origins.append(origin)
    return Distribution(tuple(map(listed, aliases)), has_default, tuple(origins))


def _has_default_certificate(fields: Fields, names: DistributionNames) -> bool:
    """Return whether no certificate is set; an unknown one counts as set."""
    viewer = fields.inner(names.viewer)
    found = (viewer.text(member) for member in names.certificates)
    return not any(each and each[0] != "" for each in found)


def _origins(
    fields: Fields, names: DistributionNames, references: References
) -> Iterator[tuple[BalancerOrigin, tuple[Pointer, Origin | None]]]:
    behaviors: list[Fields] | None = None
    for origin in fields.each(names.origins):
        in_vpc = names.vpc in origin
        endpoint: Fields | None = origin.inner(names.custom)
        if in_vpc:
            found = origin.inner(names.vpc).text(names.vpc_id)
            endpoint = (
                None
                if found is None or isinstance(found[0], str)
                else references.vpc_origin(found[0])
            )
        protocol = endpoint.literal(names.protocol).lower() if endpoint else ""
        if protocol not in {"https-only", "match-viewer"}:
            continue
        name = origin.text(names.domain_name)
        if name is None or not _is_balancer(name[0], references):
            continue
        if behaviors is None:
            behaviors = [fields.inner(names.behavior), *fields.each(names.behaviors)]
        identity = origin.text(names.origin_id)
        targeting = [b for b in behaviors if _same(b.text(names.target), identity)]
        if targeting:
            viewers = {each.literal(names.viewer_protocol).lower() for each in targeting}
            always = protocol == "https-only" or viewers <= _ALWAYS_HTTPS
            forwards = _forward_host(targeting, names, references)
            yield BalancerOrigin(name[0], always, forwards, in_vpc), name[1:]


def _same(one: Found | None, other: Found | None) -> bool:
    """Return whether two ids are certainly equal: the same string, or the same expression."""
    return one is not None and other is not None and one[0] == other[0]


def _is_balancer(name: Text, references: References) -> bool:
    tail = name if isinstance(name, str) else name.tail
    labels = tail.lower().rstrip(".")
    if labels.endswith(_BALANCER_DOMAINS):
        return True
    # Network Load Balancers: `name.elb.REGION.amazonaws.com`.
    head, found, _ = labels.rpartition(".elb.")
    if found and labels.removesuffix(".cn").endswith(".amazonaws.com") and (head or tail != name):
        return True
    return isinstance(name, Unresolved) and references.is_balancer(name)


def _forward_host(
    behaviors: Sequence[Fields], names: DistributionNames, references: References
) -> bool | None:
    """Return whether all behaviors forward the `Host` header; `None` if one may."""
    found = {_forwards_host(each, names, references) for each in behaviors}
    # One behavior without the header is enough for an error, but not if its functions are unknown.
    return False if False in found else None if None in found else True


def _forwards_host(
    behavior: Fields, names: DistributionNames, references: References
) -> bool | None:
    if any(behavior.elements(member) for member in names.functions):
        return None  # An edge function may set the header or another origin.
    headers = behavior.inner(names.forwarded).texts(names.headers)
    spelled = [text.lower() if isinstance(text, str) else None for text, _, _ in headers]
    if {"*", "host"}.intersection(spelled):
        return True
    policies = [behavior.text(member) for member in (names.cache_policy, names.request_policy)]
    ids = [
        references.policy(policy[0]) if isinstance(policy[0], Unresolved) else policy[0]
        for policy in policies
        if policy and policy[0]
    ]
    if any(each in _FORWARDING for each in ids):
        return True
    is_known = all(each in _NOT_FORWARDING for each in ids) and None not in spelled
    return False if is_known else None


def certain(found: Sequence[Variant]) -> list[Variant]:
    """Return the variants of one distribution, with aliases only if all variants have them.

    If its conditions decide whether it has aliases or a certificate, they may exclude each other.
    """
    if all(each.distribution and each.distribution.aliases for each in found):
        return [*found]
    return [
        each.__replace__(distribution=each.distribution.__replace__(has_default_certificate=None))
        if each.distribution and each.distribution.aliases
        else each
        for each in found
    ]


def has_findings(found: Sequence[Variant]) -> bool:
    """Return whether anything was read of a distribution that rules check."""
    return any(
        each.distribution and (each.distribution.aliases or each.distribution.origins)
        for each in found
    )
