"""The catalogue: every rule, written down once, in the order of the ids."""

from __future__ import annotations

from acmrules.lint.rules import (
    changes,
    lifecycle,
    limits,
    names,
    placement,
    policy,
    validation,
    wildcards,
)

CATALOGUE = (
    *names.RULES,
    *wildcards.RULES,
    *limits.RULES,
    *validation.RULES,
    *placement.RULES,
    *changes.RULES,
    *lifecycle.RULES,
    *policy.RULES,
)
