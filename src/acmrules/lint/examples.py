"""The examples of rules, checked: what each rule reports about them."""

from __future__ import annotations

from acmrules.facts.fact import CHECKED
from acmrules.lint.linter import Linter
from acmrules.model.declaration import Declaration, Variant
from acmrules.request import Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from acmrules.lint.findings import Finding
    from acmrules.lint.rule import Example, Rule


def findings_of_examples(rule: Rule) -> Iterator[Finding]:
    """Yield the findings of a rule in its examples."""
    for example in rule.examples:
        if example.at is not None:
            yield from _findings(rule, example)


def _findings(rule: Rule, example: Example) -> list[Finding]:
    fields: dict[str, Any] = dict(example.context)
    linter = Linter(
        as_of=example.as_of or CHECKED,
        quotas=fields.pop("quotas", None),
        issued=fields.pop("issued", None),
        policy=fields.pop("policy", None),
        rules=[rule],
    )
    if rule.on == "suppression":
        suppression: Any = example.stated["suppression"]
        return [each for each in linter.check_suppressions([suppression]) if each.rule == rule]
    tool = fields.pop("tool", Tool.API)
    variant = Variant(example.request, locations={}, **{"consumers": (), **fields})
    return linter.check(Declaration(None, tool, "", (variant,)))[0]
