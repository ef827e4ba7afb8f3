"""The catalogue: every rule, written down once, in the order of the ids."""

from __future__ import annotations

from acmrules.lint.rules import (
    changes,
    lifecycle,
    limits,
    members,
    names,
    placement,
    root_hierarchy,
    validation_method,
    validation_options,
    validation_zones,
    wildcards,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from acmrules.lint.rule import Rule

    CATALOGUE: tuple[Rule, ...]

ALWAYS: tuple[Rule, ...] = (
    *names.RULES,
    *wildcards.RULES,
    *limits.RULES,
    *members.RULES,
    *root_hierarchy.RULES,
    *validation_method.RULES,
    *validation_options.RULES,
    *validation_zones.RULES,
    *placement.RULES,
    *changes.RULES,
    *lifecycle.RULES,
)

ON_DEMAND = {
    "accounts": frozenset({"accounts"}),
    "acme": frozenset({"acme", "acme_resources"}),
    "caa": frozenset({"caa"}),
    "controllers": frozenset({"listeners"}),
    "delegations": frozenset({"delegations", "validation_options"}),
    "distributions": frozenset({"aliases", "distribution"}),
    "dns_validation": frozenset({"dns_validation"}),
    "existing": frozenset({"used"}),
    "imports": frozenset({"imported", "signed"}),
    "issuance": frozenset({"issuances", "sources", "validations"}),
    "policy": frozenset({"policy"}),
    "service_conditions": frozenset({"consumers"}),
    "suppressions": frozenset({"suppression"}),
}
"""The other modules, each with everything that one of its rules needs."""


def load(module: str) -> tuple[Rule, ...]:
    """Return the rules of a module."""
    found: tuple[Rule, ...] = __import__(f"{__name__}.{module}", fromlist=["RULES"]).RULES
    return found


def __getattr__(name: str) -> tuple[Rule, ...]:
    """Return `CATALOGUE`, which is built when it is first used: most runs need fewer rules."""
    if name != "CATALOGUE":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return _catalogue()


def _catalogue() -> tuple[Rule, ...]:
    known: tuple[Rule, ...] | None = globals().get("CATALOGUE")
    if known is None:
        rules = [*ALWAYS, *(rule for module in ON_DEMAND for rule in load(module))]
        known = globals()["CATALOGUE"] = tuple(sorted(rules, key=lambda rule: rule.id))
    return known


def named(words: Iterable[str]) -> set[Rule]:
    """Return the rules of ids, names, or beginnings of ids; raises `LookupError` for others."""
    catalogue = _catalogue()
    found: set[Rule] = set()
    for word in words:
        matching = {
            rule
            for rule in catalogue
            if word and (rule.name == word or rule.id.startswith(word.upper()))
        }
        if not matching:
            from acmrules.messages import did_you_mean

            known = [rule.id for rule in catalogue] + [rule.name for rule in catalogue]
            meant = did_you_mean(word, known) or "; see `acmrules rules`"
            raise LookupError(f"unknown rule `{word}`{meant}")
        found |= matching
    return found
