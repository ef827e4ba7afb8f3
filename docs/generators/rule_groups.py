"""The groups of the rules, and the rules that are related to each other."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from acmrules.lint.rule import Rule
from acmrules.lint.rules import CATALOGUE

GROUPS = {
    "1": ("Names", "Names that ACM does not accept, or that you cannot validate."),
    "2": ("Wildcards and hosts", "What the names of a certificate cover, and what they miss."),
    "3": ("Limits and members", "Quotas, lengths, and the members of a request."),
    "4": ("Validation", "The validation method, hosted zones, DNS records and email."),
    "5": (
        "Services and Regions",
        "Resources that use a certificate: Regions, keys, accounts, load balancers, ACME.",
    ),
    "6": ("Edits", "Edits that replace a certificate, or that have no effect."),
    "7": ("Options and imports", "Transparency logs, export, private CAs, and imports."),
    "8": ("Policy", "What your settings allow. Without a policy, these rules report nothing."),
    "9": ("Suppressions", "Suppressions that are unused, malformed or expired."),
}
"""The title of each group and a line about it, by the first digit of its rules."""

_MOST_WITH_A_FACT = 6
_MOST_NEAR = 3
_MOST_RELATED = 7
_DIGIT = 3


def group(digit: str) -> list[Rule]:
    """Return the rules of a group."""
    return [rule for rule in CATALOGUE if rule.id[_DIGIT] == digit]


def related(rule: Rule) -> dict[Rule, str]:
    """Return related rules, the closest first, each with the reason to look there."""
    found: dict[Rule, str] = {}
    for other, reason in _relations(rule):
        if other != rule:
            found.setdefault(other, reason)
    return dict([*found.items()][:_MOST_RELATED])


def _relations(rule: Rule) -> Iterator[tuple[Rule, str]]:
    for other in CATALOGUE:
        if other.id in rule.yields_to:
            yield other, f"is reported instead of {rule.id} if both have the same cause"
        elif rule.id in other.yields_to:
            yield other, f"is left out if {rule.id} has the same cause"
    for fact in rule.facts:
        sharing = [other for other in CATALOGUE if fact in other.facts]
        if len(sharing) <= _MOST_WITH_A_FACT:
            yield from ((other, f"applies the same fact ({fact.row})") for other in sharing)
    topic = _topic(rule)
    same = [other for other in CATALOGUE if other.check.__module__ == rule.check.__module__]
    place = same.index(rule)
    for other in sorted(same, key=lambda each: abs(same.index(each) - place))[: _MOST_NEAR + 1]:
        yield other, f"is also about {topic}"
    title = GROUPS[rule.id[_DIGIT]][0]
    for other in CATALOGUE:
        if _is_near(rule, other):
            yield other, f"is also about {title[0].lower()}{title[1:]}"


def _is_near(rule: Rule, other: Rule) -> bool:
    """Return whether the ids of rules follow each other within a group."""
    group_of = group(rule.id[_DIGIT])
    return other in group_of and abs(group_of.index(other) - group_of.index(rule)) == 1


def _topic(rule: Rule) -> str:
    """Return what the module of a rule is about, without examples and conditions."""
    text = sys.modules[rule.check.__module__].__doc__ or ""
    first = text.partition("\n")[0]
    return re.split(r"[.,:] ", first.partition(": ")[2].rstrip("."))[0]
