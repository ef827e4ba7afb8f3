"""ACM8xx: the policy in the settings. A rule whose setting is absent finds nothing."""

from __future__ import annotations

from acmrules.facts import acm
from acmrules.lint.policy import Policy
from acmrules.lint.rule import Decided, Problem, Severity, Undecided, fails, passes, rule
from acmrules.lint.rules.limits import too_many
from acmrules.lint.rules.wording import choices, member
from acmrules.messages import quoted, quoted_list
from acmrules.names import DomainName
from acmrules.partial import any_of, are_equal, is_wildcard, is_within, symbols, undecided_clause
from acmrules.request import (
    WITH_TERRAFORM_PROVIDER,
    CertificateRequest,
    KeyAlgorithm,
    Tag,
    Tool,
    ValidationMethod,
)
from acmrules.unresolved import ListedName, Malformed, Text, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from enum import Enum

    from acmrules.lint.rule import Context, Yielded

_METHOD, _ALGORITHM, _TAGS = ("validation_method",), ("key_algorithm",), ("tags",)
_NOT_STATED = Decided(())
_DEFAULT_METHOD = ValidationMethod(acm.DEFAULT_VALIDATION_METHOD.value)
_DEFAULT_ALGORITHM = KeyAlgorithm(acm.REQUESTABLE_ALGORITHMS.value[0])
_REQUESTS = frozenset(Tool) - {Tool.NAMES}
_ZONE, _BELOW = DomainName("brightharbor.io"), DomainName("dev.brightharbor.io")


@rule(
    "ACM801",
    Severity.ERROR,
    facts=(acm.CONDITION_KEYS,),
    reads={"names"},
    needs={"policy"},
    examples=lambda: (
        passes("www.brightharbor.io", policy=Policy(zones=(_ZONE,))),
        fails(
            "brightharbor.io", "notbrightharbor.io", policy=Policy(zones=(_ZONE,)), at=("names", 1)
        ),
    ),
    help="use a name in a zone that your policy allows, or change the policy",
)
def name_outside_policy_zones(request: CertificateRequest, context: Context) -> Yielded:
    """Your policy does not allow the domain of a name.

    The setting `zones` of the `policy` lists the allowed domains. In AWS, the IAM condition key
    `acm:DomainNames` can enforce this.
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
            yield Undecided(here, undecided_clause("your policy allows its domain", name))
        else:
            allowed = f"names in {quoted_list(zones)}" if zones else "no names"
            yield Problem(here, f"your policy does not allow {quoted(name)}, it allows {allowed}")


@rule(
    "ACM802",
    Severity.ERROR,
    facts=(acm.WILDCARD_FORM, acm.CONDITION_KEYS),
    reads={"names"},
    needs={"policy"},
    examples=lambda: (
        passes("*.dev.brightharbor.io", policy=Policy(wildcard_zones=(_BELOW,))),
        fails("*.brightharbor.io", policy=Policy(wildcard_zones=(_BELOW,)), at=("names", 0)),
        fails("*.brightharbor.io", policy=Policy(wildcard_zones=()), at=("names", 0)),
    ),
    help="list the names that you serve instead of the wildcard",
)
def wildcard_outside_policy(request: CertificateRequest, context: Context) -> Yielded:
    """Your policy does not allow the wildcard.

    The setting `wildcard-zones` of the `policy` lists the domains that may have wildcards; an empty
    list allows none.
    """
    zones = context.policy.wildcard_zones
    if zones is None:
        yield _NOT_STATED
        return
    message = "your policy does not allow wildcards"
    if zones:
        message = f"your policy allows wildcards only under {quoted_list(zones)}"
    for index, name in enumerate(request.names):
        here = ("names", index)
        is_one, inside = is_wildcard(name), _is_within_any(name, zones)
        if inside or is_one is False:
            yield Decided(here)
        elif inside is None or is_one is None:
            yield Undecided(
                here, undecided_clause("it is a wildcard that your policy allows", name)
            )
        else:
            yield Problem(here, message)


@rule(
    "ACM803",
    Severity.ERROR,
    facts=(acm.NAMES_QUOTA, acm.NAMES_LIMIT),
    reads={"names"},
    needs={"policy"},
    examples=lambda: (
        passes("brightharbor.io", "www.brightharbor.io", policy=Policy(max_names=2)),
        fails(
            "brightharbor.io",
            "www.brightharbor.io",
            "api.brightharbor.io",
            policy=Policy(max_names=2),
            at=("names",),
        ),
    ),
    help="split the names over several certificates",
)
def more_names_than_policy(request: CertificateRequest, context: Context) -> Yielded:
    """The certificate has more names than your policy allows.

    Every name needs its own validation, and all names share one certificate: if one name fails, the
    others fail with it.
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
    needs={"policy"},
    tools=_REQUESTS,
    examples=lambda: (
        passes(
            "brightharbor.io", tags=(Tag("Owner", "web"),), policy=Policy(required_tags=("Owner",))
        ),
        fails("brightharbor.io", policy=Policy(required_tags=("Owner",)), at=_TAGS),
    ),
    help="add the tag",
)
def required_tag_missing(request: CertificateRequest, context: Context) -> Yielded:
    """A tag that your policy requires is missing.

    Keys are case-sensitive. Tags of a stack and default tags of a provider do not count.
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
            yield Problem(
                _TAGS,
                f"the required tag {quoted(key)} is missing",
                help=f"add the tag {quoted(key)}",
            )


@rule(
    "ACM805",
    Severity.ERROR,
    facts=(acm.VALIDATION_METHODS, acm.DEFAULT_VALIDATION_METHOD, acm.CONDITION_KEYS),
    reads={"validation_method"},
    needs={"policy"},
    public_only=True,
    tools=_REQUESTS,
    examples=lambda: (
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
    help="use a validation method that your policy allows",
    yields_to={"ACM410"},
)
def validation_method_outside_policy(request: CertificateRequest, context: Context) -> Yielded:
    """Your policy does not allow the validation method.

    A request without a method falls back to email validation. In AWS, the IAM condition key
    `acm:ValidationMethod` can enforce this.
    """
    allowed = context.policy.validation_methods
    # Terraform's provider has no default: it rejects a request without a method itself.
    default = None if context.tool in WITH_TERRAFORM_PROVIDER else _DEFAULT_METHOD
    yield _check_allowed("validation_method", request.validation_method, default, allowed, context)


@rule(
    "ACM806",
    Severity.ERROR,
    facts=(acm.REQUESTABLE_ALGORITHMS, acm.CONDITION_KEYS),
    reads={"key_algorithm"},
    needs={"policy"},
    examples=lambda: (
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
    help="use a key algorithm that your policy allows",
    yields_to={"ACM504"},
)
def key_algorithm_outside_policy(request: CertificateRequest, context: Context) -> Yielded:
    """Your policy does not allow the key algorithm.

    A request without a key algorithm uses `RSA_2048`. In AWS, the IAM condition key
    `acm:KeyAlgorithm` can enforce this.
    """
    # A list of names does not determine the key algorithm of the request that uses it.
    default = None if context.tool is Tool.NAMES else _DEFAULT_ALGORITHM
    allowed = context.policy.key_algorithms
    yield _check_allowed("key_algorithm", request.key_algorithm, default, allowed, context)


def _check_allowed(
    field: str,
    value: Enum | Malformed | Unresolved | None,
    default: Enum | None,
    allowed: Sequence[Enum] | None,
    context: Context,
) -> Decided | Undecided | Problem:
    """Return whether the policy allows the value of a field, or the default if there is none."""
    path, noun = (field,), field.replace("_", " ")
    if allowed is None or isinstance(value, Malformed):
        return Decided(path)
    words = [each.value for each in allowed]
    remedy = f"set {member(field, context.tool)} to {choices(words)}" if words else ""
    if isinstance(value, Unresolved):
        if any(_may_be(value, word) for word in words):
            return Undecided(path, undecided_clause(f"your policy allows the {noun}", value))
        message = f"your policy allows the {noun} {quoted_list(words)}, not {quoted(value)}"
        return Problem(path, message, help=remedy)
    effective = value or default
    if effective is None or effective in allowed:
        return Decided(path)
    message = f"your policy allows the {noun} {quoted_list(words)}, not {quoted(effective.value)}"
    if not value:
        message = (
            f"no {noun}, so ACM uses {quoted(effective.value)};"
            f" your policy allows {quoted_list(words)}"
        )
    return Problem(path, message, help=remedy)


def _is_within_any(name: ListedName, zones: Iterable[DomainName]) -> bool | None:
    """Return whether a name is within one of some domains; `None` if that is unknown."""
    return any_of({is_within(symbols(name), symbols(zone)) for zone in zones})


def _may_be(text: Text, word: str) -> bool:
    """Return whether a partly unknown string may be a word."""
    return isinstance(text, Unresolved) and are_equal(symbols(text), symbols(word)) is not False


RULES = (
    name_outside_policy_zones,
    wildcard_outside_policy,
    more_names_than_policy,
    required_tag_missing,
    validation_method_outside_policy,
    key_algorithm_outside_policy,
)
