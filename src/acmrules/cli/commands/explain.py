"""The commands `explain` and `rules`: what the rules require."""

from __future__ import annotations

from acmrules.cli import overrides
from acmrules.cli.output import as_json, deliver
from acmrules.cli.parser import CLEAN, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.cli.output import Page
    from acmrules.cli.table import ExplainOptions, RulesOptions
    from acmrules.lint.rule import Rule


def explain(options: ExplainOptions) -> int:
    """Print the explanations of rules."""
    from acmrules.lint.rules import named
    from acmrules.reports import rule_pages

    words = [word.strip() for word in ",".join(options.rules).split(",")]
    try:
        rules = sorted(named(words), key=lambda rule: rule.id)
    except LookupError as error:
        raise UsageError(error.args[0]) from None

    def render(form: str, _: Page) -> str:
        if form == "json":
            return as_json([rule_pages.as_data(rule) for rule in rules])
        page = rule_pages.as_markdown if form == "markdown" else rule_pages.as_text
        return "\n".join(page(rule) for rule in rules)

    deliver(options, render)
    return CLEAN


def rules(options: RulesOptions) -> int:
    """Print a line for each rule."""
    from acmrules.lint.rules import CATALOGUE
    from acmrules.reports import rule_pages

    as_of = overrides.date_or_today(options.as_of)
    width = max(len(rule.name) for rule in CATALOGUE)

    def line(rule: Rule) -> str:
        severity = rule.force.at(as_of)
        force = f"{severity}" if severity else f"from {rule.force.eras[0].start}"
        return f"{rule.id}  {rule.name:{width}}  {force:15}  {rule.title}\n"

    def render(form: str, _: Page) -> str:
        if form == "json":
            return as_json([rule_pages.as_data(rule) for rule in CATALOGUE])
        return "".join(map(line, CATALOGUE))

    deliver(options, render)
    return CLEAN
