"""The commands `explain` and `rules`: what the rules require."""

from __future__ import annotations

import sys

from acmrules.cli import overrides
from acmrules.cli.output import print_json, print_report, terminal_width
from acmrules.cli.parser import CLEAN, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.cli.table import ExplainOptions, RulesOptions
    from acmrules.lint.rule import Rule
    from acmrules.reports.search import Index


def explain(options: ExplainOptions) -> int:
    """Print the explanations of rules, or a list of the rules that contain words."""
    from acmrules.lint.rules import named
    from acmrules.reports import rule_pages

    words = [word.strip() for word in ",".join(options.rules).split(",")]
    try:
        rules = sorted(named(words), key=lambda rule: rule.id)
    except LookupError as error:
        if not any(map(str.strip, options.rules)) or any(map(_is_id, words)):
            raise UsageError(error.args[0]) from None
        return _search(" ".join(options.rules), options)
    if options.format == "json":
        print_json([rule_pages.as_data(rule) for rule in rules])
    else:
        page = rule_pages.as_markdown if options.format == "markdown" else rule_pages.as_text
        sys.stdout.write("\n".join(page(rule) for rule in rules))
    return CLEAN


def _is_id(word: str) -> bool:
    """Return whether a word is the id of a rule, even of one that does not exist."""
    return word.upper().startswith("ACM") and word[3:].isdecimal()


def _search(query: str, options: ExplainOptions) -> int:
    """Print the rules that contain all words of a query, the closest first."""
    from acmrules.lint.rules import CATALOGUE
    from acmrules.reports import rule_pages, search

    index = search.Index(search.rule_documents(CATALOGUE))
    results = index.search(query)
    if not results.keys:
        raise UsageError(nothing_found("rule", query, index))
    by_id = {rule.id: rule for rule in CATALOGUE}
    found = [by_id[key] for key in results.keys]
    if options.format == "json":
        print_json([rule_pages.as_data(rule) for rule in found])
        return CLEAN
    as_of = overrides.date_or_today(None)
    bullet = "- " if options.format == "markdown" else ""
    heads = [f"{bullet}{rule.id} {_force(rule, as_of)}: {rule.title}" for rule in found]
    print_report(
        "\n".join(search.listing(results, heads, "rule", "acmrules explain", terminal_width()))
        + "\n"
    )
    return CLEAN


def nothing_found(noun: str, query: str, index: Index) -> str:
    """Return the message for a query that nothing matches, with a suggestion."""
    from acmrules.messages import quoted

    words = query.split()
    meant = " or ".join(f"`{word}`" for word in index.suggestions(query)) if words[1:] == [] else ""
    hint = f"did you mean {meant}?" if meant else f"see `acmrules {noun}s`"
    return f"no {noun} contains {quoted(' '.join(words))}; {hint}"


def _force(rule: Rule, as_of: date) -> str:
    """Return the severity of a rule on a date, or its first date."""
    severity = rule.force.at(as_of)
    return f"{severity}" if severity else f"from {rule.force.eras[0].start}"


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
        print(f"{rule.id}  {rule.name:{width}}  {_force(rule, as_of):15}  {rule.title}")
    return CLEAN
