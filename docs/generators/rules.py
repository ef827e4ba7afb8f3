"""The pages of the rules, the list of them, and their part of the navigation."""

from __future__ import annotations

import re
from pathlib import Path

from acmrules.facts.fact import CHECKED, LAUNCH
from acmrules.lint.rule import Rule
from acmrules.lint.rules import CATALOGUE
from generators.rule_examples.examples import Run, all_examples, runs
from generators.rule_groups import GROUPS, group
from generators.rule_page import page

INDEX = f"""\
# Rules

acmrules checks {len(CATALOGUE)} rules. The page of a rule shows a bad example with its output, the
fix, and the sources. To find the rule behind a message, search this site, or run
`acmrules explain WORD...`.

- The first digit of an id is the group.
- A finding can be more or less severe than its rule. The page of the rule describes when.
- An example contains only what the rule reads. You may need more to deploy it.
- The output on these pages is as of {CHECKED}.

`acmrules rules` prints this list, and `acmrules explain ID` explains a rule in the terminal.
"""

TABLE = "| id | name | severity | finds |\n| --- | --- | --- | --- |"

CONFIGURATION = Path(__file__).parents[1] / "mkdocs.yml"
NAVIGATION = re.compile(r"(?<=^  - Rules:\n).*?(?=^  - \w)", re.DOTALL | re.MULTILINE)


def pages() -> dict[str, str]:
    """Return the list of the rules, a page for each, and the configuration of the site."""
    by_rule: dict[str, list[Run]] = {rule.id: [] for rule in CATALOGUE}
    for run in runs(all_examples()):
        by_rule[run.example.rule].append(run)
    each = {f"pages/rules/{rule.id}.md": page(rule, by_rule[rule.id]) for rule in CATALOGUE}
    configuration = CONFIGURATION.read_text("utf-8")
    return {
        "mkdocs.yml": NAVIGATION.sub(lambda _: navigation(), configuration),
        "pages/rules/README.md": rules_index(),
        **each,
    }


def rules_index() -> str:
    """Return the page that lists the rules by group."""
    parts = [INDEX.rstrip()]
    for digit, (title, line) in GROUPS.items():
        rows = [
            f"| [{rule.id}]({rule.id}.md) | {rule.name} | {_force(rule)} | {rule.title} |"
            for rule in group(digit)
        ]
        parts += [f"## {digit}xx {title}", line, "\n".join((TABLE, *rows))]
    return "\n\n".join(parts) + "\n"


def navigation() -> str:
    """Return the rules in the navigation of the site, by group."""
    lines = ["      - rules/README.md"]
    for digit, (title, _) in GROUPS.items():
        lines.append(f"      - {digit}xx {title}:")
        lines += [f"          - rules/{rule.id}.md" for rule in group(digit)]
    return "\n".join(lines) + "\n"


def _force(rule: Rule) -> str:
    """Return the severities of a rule, the later ones with their first day."""
    first, *later = rule.force
    words = [str(first.value) if first.start == LAUNCH else f"{first.value} from {first.start}"]
    return ", ".join(words + [f"{era.value} from {era.start}" for era in later])
