"""The commands `explain` and `rules`: what each rule means."""

from __future__ import annotations

import sys

from acmrules.cli import overrides
from acmrules.cli.output import print_json
from acmrules.cli.parser import CLEAN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.parser import Arguments


def explain(given: Arguments) -> int:
    """Print what rules mean."""
    from acmrules.reports import rule_pages

    rules = sorted(
        overrides.matching(overrides.rule_words(given.operands)), key=lambda rule: rule.id
    )
    style = given.last("format", "text")
    if style == "json":
        print_json([rule_pages.as_data(rule) for rule in rules])
    else:
        page = rule_pages.as_markdown if style == "markdown" else rule_pages.as_text
        sys.stdout.write("\n".join(page(rule) for rule in rules))
    return CLEAN


def rules(given: Arguments) -> int:
    """Print a line for each rule."""
    from acmrules.lint.rules import CATALOGUE
    from acmrules.reports import rule_pages

    if given.last("format") == "json":
        print_json([rule_pages.as_data(rule) for rule in CATALOGUE])
        return CLEAN
    as_of = overrides.day(given, "as_of")
    width = max(len(rule.name) for rule in CATALOGUE)
    for rule in CATALOGUE:
        severity = rule.force.at(as_of)
        force = f"{severity}" if severity else f"from {rule.force.eras[0].start}"
        print(f"{rule.id}  {rule.name:{width}}  {force:15}  {rule.title}")
    return CLEAN
