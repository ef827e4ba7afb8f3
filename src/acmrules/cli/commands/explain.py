"""The commands `explain` and `rules`: what the rules require."""

from __future__ import annotations

from acmrules.cli import overrides
from acmrules.cli.output import as_json, deliver
from acmrules.cli.parser import CLEAN, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.cli.output import Page
    from acmrules.cli.table import ExplainOptions, RulesOptions
    from acmrules.lint.rule import Rule


def explain(options: ExplainOptions) -> int:
    """Print the explanations of rules, or a list of the rules that contain words."""
    from acmrules.lint.rules import named
    from acmrules.reports import rule_pages

    words = [word.strip() for word in ",".join(options.rules).split(",")]
    try:
        rules = sorted(named(words), key=lambda rule: rule.id)
    except LookupError as error:
        if not any(map(str.strip, options.rules)):
            raise UsageError("the words are empty; see `acmrules rules`") from None
        if any(map(_is_id, words)):
            raise UsageError(error.args[0]) from None
        return _search(" ".join(options.rules), options)

    def render(form: str, page: Page) -> str:
        if form == "json":
            return as_json([rule_pages.as_data(rule) for rule in rules])
        if form == "markdown":
            return "\n".join(map(rule_pages.as_markdown, rules))
        return "\n".join(rule_pages.as_text(rule, is_colored=page.color) for rule in rules)

    deliver(options, render)
    return CLEAN


def _is_id(word: str) -> bool:
    """Return whether a word is the id of a rule, even of one that does not exist."""
    return word.upper().startswith("ACM") and word[3:].isdecimal()


def _search(query: str, options: ExplainOptions) -> int:
    """Print the rules that contain all words of a query, the closest first."""
    from acmrules.facts import all_facts
    from acmrules.lint.rules import CATALOGUE
    from acmrules.messages import quoted
    from acmrules.reports import rule_pages, search

    index = search.WordIndex(search.rule_documents(CATALOGUE))
    results = index.search(query)
    if not results.keys:
        if search.WordIndex(search.fact_documents(all_facts())).search(query).is_whole:
            see = quoted(f"acmrules facts {query}")
            raise UsageError(f"no rule contains {quoted(query)}, but facts do; see {see}")
        raise UsageError(search.nothing_found("rule", query, index))
    by_id = {rule.id: rule for rule in CATALOGUE}
    found = [by_id[key] for key in results.keys]
    as_of = overrides.date_or_today(None)
    heads = [f"{rule.id} {_force(rule, as_of)}: {rule.title}" for rule in found]

    def render(form: str, page: Page) -> str:
        if form == "json":
            return as_json([rule_pages.as_data(rule) for rule in found])
        if form == "markdown":
            return "".join(f"- {head}\n" for head in heads)
        lines = search.listing(results, heads, "rule", "acmrules explain", page.width)
        return "".join(f"{line}\n" for line in lines)

    deliver(options, render)
    return CLEAN


def _force(rule: Rule, as_of: date) -> str:
    """Return the severity of a rule on a date, or its first date."""
    severity = rule.force.at(as_of)
    return f"{severity}" if severity else f"from {rule.force.eras[0].start}"


def rules(options: RulesOptions) -> int:
    """Print a line for each rule."""
    from acmrules.lint.rules import CATALOGUE
    from acmrules.reports import rule_pages

    as_of = overrides.date_or_today(options.as_of)
    width = max(len(rule.name) for rule in CATALOGUE)

    def line(rule: Rule) -> str:
        return f"{rule.id}  {rule.name:{width}}  {_force(rule, as_of):15}  {rule.title}\n"

    def render(form: str, _: Page) -> str:
        if form == "json":
            return as_json([rule_pages.as_data(rule) for rule in CATALOGUE])
        return "".join(map(line, CATALOGUE))

    deliver(options, render)
    return CLEAN
