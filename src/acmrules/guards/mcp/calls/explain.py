"""The tool `explain`: what rules require."""

from __future__ import annotations

from acmrules.guards.mcp.answers import Answer, AnswerItem
from acmrules.guards.mcp.bounds import Refused
from acmrules.messages import counted, quoted
from acmrules.workspace import CLEAN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from acmrules.guards.mcp.reading import ToolCall
    from acmrules.lint.rule import Rule


def explain(call: ToolCall) -> Answer:
    """Return the pages of rules, or the rules that contain words."""
    from acmrules.lint.rules import CATALOGUE, named
    from acmrules.reports import rule_pages, search

    query = call.given["query"]
    words = [word.strip() for word in query.split(",")]
    try:
        rules = sorted(named(words), key=lambda rule: rule.id)
    except LookupError as error:
        if any(word.upper().startswith("ACM") and word[3:].isdecimal() for word in words):
            raise Refused(str(error.args[0])) from None
        index = search.WordIndex(search.rule_documents(CATALOGUE))
        found = index.search(query)
        if not found.keys:
            raise Refused(search.nothing_found("rule", query, index)) from None
        by_id = {rule.id: rule for rule in CATALOGUE}
        rules = [by_id[key] for key in found.keys]
        return _rules(rules, call, lambda rule: f"{rule.id}: {rule.title}")
    return _rules(rules, call, rule_pages.as_text)


def _rules(rules: list[Rule], call: ToolCall, text: Callable[[Rule], str]) -> Answer:
    def item(rule: Rule) -> AnswerItem:
        severity = rule.force.at(call.today)
        data = {"rule": rule.id, "name": rule.name, "title": rule.title}
        return AnswerItem(text(rule), {**data, "severity": str(severity) if severity else ""})

    sentence = f"{counted(len(rules), 'rule')} for {quoted(call.given['query'])}."
    counts = {"rules": len(rules)}
    return Answer(sentence, tuple(map(item, rules)), CLEAN, counts, noun="part")
