"""ACM8xx: what the organisation allows, as its settings say; silent where they say nothing."""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.lint.policy import Policy
from acmrules.lint.rule import Decided, Problem, Severity, Undecided, fails, passes, rule
from acmrules.lint.rules.limits import too_many
from acmrules.messages import quoted, quoted_list
from acmrules.names import DomainName
from acmrules.partial import are_equal, is_wildcard, is_within, symbols, undecided_clause
from acmrules.request import KeyAlgorithm, Tag, Tool, ValidationMethod
from acmrules.unresolved import Malformed, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from enum import Enum

    from acmrules.lint.rule import Context, Yielded
    from acmrules.request import CertificateRequest, Path
    from acmrules.unresolved import ListedName, Text

_METHOD, _ALGORITHM, _TAGS = ("validation_method",), ("key_algorithm",), ("tags",)
_NOT_STATED = Decided(())
_DEFAULT_METHOD = ValidationMethod(acm.DEFAULT_VALIDATION_METHOD.value)
_DEFAULT_ALGORITHM = KeyAlgorithm(acm.REQUESTABLE_ALGORITHMS.value[0])
_REQUESTS = {Tool.API, Tool.CLOUDFORMATION, Tool.TERRAFORM, Tool.KUBERNETES}
_ZONE, _BELOW = DomainName("brightharbor.io"), DomainName("dev.brightharbor.io")


@rule(
    "ACM801",
    Severity.ERROR,
    facts=(acm.CONDITION_KEYS,),
    reads={"names"},
    examples=(
        passes("www.brightharbor.io", policy=Policy(zones=(_ZONE,))),
        fails(
            "brightharbor.io", "notbrightharbor.io", policy=Policy(zones=(_ZONE,)), at=("names", 1)
        ),
    ),
)
def name_outside_policy_zones(request: CertificateRequest, context: Context) -> Yielded:
    """A name is outside the domains that the organisation's policy names.

    The settings list them as `zones` of the `policy`. Ask for a name within one of them, or have
    the policy changed. In AWS the condition key `acm:DomainNames` of IAM can enforce the like.
    """
    zones = context.policy.zones
    if zones is None:
        yield _NOT_STATED
        return
    for index, name in enumerate(request.names):
        here = ("names", index)
        inside = _is_within_any(name, zones)
        if inside or isinstance(name, Malformed):
            yield Decided(here)
        elif inside is None:
            yield Undecided(here, undecided_clause("it is within a zone of the policy", name))
        else:
            yield Problem(
                here, f"{quoted(name)} is outside the policy's zones: {quoted_list(zones)}"
            )


@rule(
    "ACM802",
    Severity.ERROR,
    facts=(acm.WILDCARD_FORM, acm.CONDITION_KEYS),
    reads={"names"},
    examples=(
        passes("*.dev.brightharbor.io", policy=Policy(wildcard_zones=(_BELOW,))),
        fails("*.brightharbor.io", policy=Policy(wildcard_zones=(_BELOW,)), at=("names", 0)),
        fails("*.brightharbor.io", policy=Policy(wildcard_zones=()), at=("names", 0)),
    ),
)
def wildcard_outside_policy(request: CertificateRequest, context: Context) -> Yielded:
    """A wildcard stands where the organisation's policy has none.

    The settings list the domains that may have wildcards as `wildcard-zones` of the `policy`; an
    empty list allows none. List the names that are served instead.
    """
    zones = context.policy.wildcard_zones
    if zones is None:
        yield _NOT_STATED
        return
    allowed = f"within {quoted_list(zones)} only" if zones else "nowhere"
    for index, name in enumerate(request.names):
        here = ("names", index)
        is_one, inside = is_wildcard(name), _is_within_any(name, zones)
        if inside or is_one is False:
            yield Decided(here)
        elif inside is None or is_one is None:
            yield Undecided(here, undecided_clause("it is a wildcard that the policy allows", name))
        else:
            yield Problem(here, f"{quoted(name)} is a wildcard; the policy has them {allowed}")


@rule(
    "ACM803",
    Severity.ERROR,
    facts=(acm.NAMES_QUOTA, acm.NAMES_LIMIT),
    reads={"names"},
    examples=(
        passes("brightharbor.io", "www.brightharbor.io", policy=Policy(max_names=2)),
        fails(
            "brightharbor.io",
            "www.brightharbor.io",
            "api.brightharbor.io",
            policy=Policy(max_names=2),
            at=("names",),
        ),
    ),
)
def more_names_than_policy(request: CertificateRequest, context: Context) -> Yielded:
    """There are more names than the organisation's policy has in one certificate.

    Every name is one more that has to be approved, and that shares the fate of the others. Split
    the names over several certificates.
    """
    most = context.policy.max_names
    if most is None:
        yield _NOT_STATED
        return
    yield from too_many(request, most, f"your policy allows {most}")


@rule(
    "ACM804",
    Severity.ERROR,
    facts=(acm.TAGS_COUNT,),
    reads={"tags"},
    tools=_REQUESTS,
    examples=(
        passes(
            "brightharbor.io", tags=(Tag("Owner", "web"),), policy=Policy(required_tags=("Owner",))
        ),
        fails("brightharbor.io", policy=Policy(required_tags=("Owner",)), at=_TAGS),
    ),
)
def required_tag_missing(request: CertificateRequest, context: Context) -> Yielded:
    """A tag that the organisation's policy requires is missing.

    Keys are compared with their case. Tags that come from elsewhere do not count: those of a stack,
    or the default ones of a provider.
    """
    yield Decided(_TAGS)
    keys = [tag.key if isinstance(tag, Tag) else tag for tag in request.tags]
    for key in context.policy.required_tags or ():
        if key in keys:
            continue
        open_keys = [found for found in keys if _may_be(found, key)]
        if open_keys:
            yield Undecided(_TAGS, undecided_clause(f"there is a tag `{key}`", *open_keys))
        else:
            yield Problem(_TAGS, f"there is no tag {quoted(key)}, which the policy requires")


@rule(
    "ACM805",
    Severity.ERROR,
    facts=(acm.VALIDATION_METHODS, acm.DEFAULT_VALIDATION_METHOD, acm.CONDITION_KEYS),
    reads={"validation_method"},
    public_only=True,
    tools=_REQUESTS,
    examples=(
        passes(
            "brightharbor.io",
            validation_method="DNS",
            policy=Policy(validation_methods=(ValidationMethod.DNS,)),
        ),
        fails(
            "brightharbor.io",
            validation_method="EMAIL",
            policy=Policy(validation_methods=(ValidationMethod.DNS,)),
            at=_METHOD,
        ),
        fails(
            "brightharbor.io", policy=Policy(validation_methods=(ValidationMethod.DNS,)), at=_METHOD
        ),
    ),
)
def validation_method_outside_policy(request: CertificateRequest, context: Context) -> Yielded:
    """The validation method is none of those that the organisation's policy allows.

    A request without a method is validated by e-mail. In AWS the condition key
    `acm:ValidationMethod` of IAM can enforce the like.
    """
    allowed = context.policy.validation_methods
    # Terraform's provider has no default: it refuses such a request itself.
    default = None if context.tool is Tool.TERRAFORM else _DEFAULT_METHOD
    yield _judged(_METHOD, "validation method", request.validation_method, default, allowed)


@rule(
    "ACM806",
    Severity.ERROR,
    facts=(acm.REQUESTABLE_ALGORITHMS, acm.CONDITION_KEYS),
    reads={"key_algorithm"},
    examples=(
        passes(
            "brightharbor.io",
            key_algorithm="EC_prime256v1",
            policy=Policy(key_algorithms=(KeyAlgorithm.EC_PRIME256V1,)),
        ),
        fails(
            "brightharbor.io",
            policy=Policy(key_algorithms=(KeyAlgorithm.EC_PRIME256V1,)),
            at=_ALGORITHM,
        ),
        fails(
            "brightharbor.io",
            key_algorithm="RSA_2048",
            policy=Policy(key_algorithms=(KeyAlgorithm.EC_PRIME256V1,)),
            at=_ALGORITHM,
        ),
    ),
)
def key_algorithm_outside_policy(request: CertificateRequest, context: Context) -> Yielded:
    """The key algorithm is none of those that the organisation's policy allows.

    A request without one gets an RSA key of 2048 bits. In AWS the condition key
    `acm:KeyAlgorithm` of IAM can enforce the like.
    """
    # A list of names is no request: who makes one of it decides.
    default = None if context.tool is Tool.NAMES else _DEFAULT_ALGORITHM
    allowed = context.policy.key_algorithms
    yield _judged(_ALGORITHM, "key algorithm", request.key_algorithm, default, allowed)


def _judged(
    path: Path,
    what: str,
    value: Enum | Malformed | Unresolved | None,
    default: Enum | None,
    allowed: Sequence[Enum] | None,
) -> Decided | Undecided | Problem:
    """Return whether a value, or what stands for it if there is none, is one of those allowed."""
    if allowed is None or isinstance(value, Malformed):
        return Decided(path)
    words = [member.value for member in allowed]
    if isinstance(value, Unresolved):
        if any(_may_be(value, word) for word in words):
            return Undecided(path, undecided_clause(f"the policy allows the {what}", value))
        return Problem(path, f"{what} is {quoted(value)}; the policy has {quoted_list(words)}")
    taken = value or default
    if taken is None or taken in allowed:
        return Decided(path)
    given = "is" if value else "is not given, which stands for"
    return Problem(
        path, f"{what} {given} {quoted(taken.value)}; the policy has {quoted_list(words)}"
    )


def _is_within_any(name: ListedName, zones: Iterable[DomainName]) -> bool | None:
    """Say whether a name is within one of some domains."""
    answers = {is_within(symbols(name), symbols(zone)) for zone in zones}
    return True if True in answers else None if None in answers else False


def _may_be(text: Text, word: str) -> bool:
    """Say whether a text that is not known in full may turn out to be a word."""
    return isinstance(text, Unresolved) and are_equal(symbols(text), symbols(word)) is not False


RULES = (
    name_outside_policy_zones,
    wildcard_outside_policy,
    more_names_than_policy,
    required_tag_missing,
    validation_method_outside_policy,
    key_algorithm_outside_policy,
)
