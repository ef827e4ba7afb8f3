"""The catalogue: every rule, written down once, in the order of the ids."""

from __future__ import annotations

from acmrules.lint.rules import (
    accounts,
    acme,
    caa,
    changes,
    controllers,
    delegations,
    distributions,
    dns_validation,
    imports,
    issuance,
    lifecycle,
    limits,
    members,
    names,
    placement,
    policy,
    root_hierarchy,
    service_conditions,
    suppressions,
    validation_method,
    validation_options,
    validation_zones,
    wildcards,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.lint.rule import Rule

CATALOGUE = tuple(
    sorted(
        (
            *names.RULES,
            *wildcards.RULES,
            *limits.RULES,
            *members.RULES,
            *root_hierarchy.RULES,
            *validation_method.RULES,
            *validation_options.RULES,
            *validation_zones.RULES,
            *delegations.RULES,
            *dns_validation.RULES,
            *caa.RULES,
            *placement.RULES,
            *service_conditions.RULES,
            *controllers.RULES,
            *distributions.RULES,
            *accounts.RULES,
            *issuance.RULES,
            *acme.RULES,
            *changes.RULES,
            *lifecycle.RULES,
            *imports.RULES,
            *policy.RULES,
            *suppressions.RULES,
        ),
        key=lambda rule: rule.id,
    )
)


def named(words: Iterable[str]) -> set[Rule]:
    """Return the rules of ids, names, or beginnings of ids; raises `LookupError` for others."""
    found: set[Rule] = set()
    for word in words:
        matching = {
            rule
            for rule in CATALOGUE
            if word and (rule.name == word or rule.id.startswith(word.upper()))
        }
        if not matching:
            from acmrules.messages import did_you_mean

            known = [rule.id for rule in CATALOGUE] + [rule.name for rule in CATALOGUE]
            meant = did_you_mean(word, known) or "; see `acmrules rules`"
            raise LookupError(f"unknown rule `{word}`{meant}")
        found |= matching
    return found
