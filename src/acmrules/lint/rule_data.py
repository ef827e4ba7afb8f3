"""Rules as plain data: what a rule requires, its history, its facts, and its sources."""

from __future__ import annotations

from datetime import timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from acmrules.facts.timeline import Citation, Era
    from acmrules.lint.rule import Rule, Severity


def rule_data(rule: Rule) -> dict[str, object]:
    """Return a rule as plain data, without its examples."""
    return {
        "id": rule.id,
        "name": rule.name,
        "title": rule.title,
        "explanation": rule.explanation,
        "help": rule.help,
        "yields_to": sorted(rule.yields_to),
        **grounds(rule),
    }


def grounds(rule: Rule) -> dict[str, object]:
    """Return the history, the facts and the sources of the rule as plain data."""
    return {
        "history": [
            {
                "from": era.start.isoformat(),
                "until": last.isoformat() if (last := last_day(rule, era)) else None,
                "severity": str(era.value),
                "says": era.source.title,
                "url": era.source.url,
            }
            for era in rule.force
        ],
        "facts": [{"row": fact.row, "what": fact.statement} for fact in rule.facts],
        "sources": [
            {"title": c.title, "url": c.url, "read": c.read.isoformat()} for c in sources(rule)
        ],
    }


def sources(rule: Rule) -> list[Citation]:
    """Return the distinct citations of the rule's history and facts."""
    cited = [era.source for era in rule.force]
    for fact in rule.facts:
        cited += [era.source for era in fact.history]
        cited += fact.also
    return list(dict.fromkeys(cited))


def last_day(rule: Rule, era: Era[Severity]) -> date | None:
    """Return the last day of an era, `None` if it has no end."""
    end = rule.force.end(era)
    return end and end - timedelta(days=1)
