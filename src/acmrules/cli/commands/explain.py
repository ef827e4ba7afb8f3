"""The commands `explain` and `rules`: what the rules require."""

from __future__ import annotations

import sys

from acmrules.cli import overrides
from acmrules.cli.output import print_json
from acmrules.cli.parser import CLEAN, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.table import ExplainOptions, RulesOptions


def explain(options: ExplainOptions) -> int:
    """Print the explanations of rules."""
    from acmrules.lint.rules import named
    from acmrules.reports import rule_pages

    words = [word.strip() for word in ",".join(options.rules).split(",")]
    try:
        rules = sorted(named(words), key=lambda rule: rule.id)
    except LookupError as error:
        raise UsageError(error.args[0]) from None
    if options.format == "json":
        print_json([rule_pages.as_data(rule) for rule in rules])
    else:
        page = rule_pages.as_markdown if options.format == "markdown" else rule_pages.as_text
        sys.stdout.write("\n".join(page(rule) for rule in rules))
    return CLEAN


def rules(options: RulesOptions) -> int:
    """Print a line for each rule."""
    from acmrules.lint.rules import CATALOGUE
    from acmrules.reports import rule_pages

    if options.format == "json":
        print_json([rule_pages.as_data(rule) for rule in CATALOGUE])
        return CLEAN
    as_of = overrides.date_or_today(options.as_of)
    width = max(len(rule.name) for rule in CATALOGUE)
    for rule in CATALOGUE:
        severity = rule.force.at(as_of)
        force = f"{severity}" if severity else f"from {rule.force.eras[0].start}"
        print(f"{rule.id}  {rule.name:{width}}  {force:15}  {rule.title}")
    return CLEAN
