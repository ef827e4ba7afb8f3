"""The pages of the rules, and the list of them."""

from __future__ import annotations

from acmrules.facts.fact import LAUNCH
from acmrules.lint.rule import Rule
from acmrules.lint.rules import CATALOGUE
from acmrules.reports import rule_pages

RULES_HEAD = """\
# Rules

This page lists all rules that acmrules checks. `acmrules rules` prints the same list, and
`acmrules explain ID` prints the page of a rule. `acmrules explain WORD...` searches for words,
such as those of a message. `docs/generate.py` generates these pages from the declarations of the
rules.

In some cases, a finding is more or less severe than its rule. The page of the rule describes them.

| id | name | severity | title |
| --- | --- | --- | --- |
"""


def pages() -> dict[str, str]:
    """Return the list of the rules, and a page for each."""
    each = {f"pages/rules/{rule.id}.md": rule_pages.as_markdown(rule) for rule in CATALOGUE}
    return {"pages/rules/README.md": rules_index(), **each}


def rules_index() -> str:
    """Return the page that lists the rules."""
    rows = [
        f"| [{rule.id}]({rule.id}.md) | {rule.name} | {_force(rule)} | {rule.title} |"
        for rule in CATALOGUE
    ]
    return RULES_HEAD + "\n".join(rows) + "\n"


def _force(rule: Rule) -> str:
    """Return the severities of a rule, the later ones with their first day."""
    first, *later = rule.force
    words = [str(first.value) if first.start == LAUNCH else f"{first.value} from {first.start}"]
    return ", ".join(words + [f"{era.value} from {era.start}" for era in later])
