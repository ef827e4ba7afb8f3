"""A rule as text, as Markdown, as data: all that there is to say comes from its declaration."""

from __future__ import annotations

from acmrules.lint.rule import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.dated import Citation, Era
    from acmrules.lint.rule import Example, Rule


def as_text(rule: Rule) -> str:
    """Return the rule as a page for a terminal."""
    lines = [f"{rule.id} {rule.name}", "", rule.title, ""]
    if rule.explanation:
        lines += [rule.explanation, ""]
    lines += ["History", *(f"  {sentence}" for sentence in history(rule)), ""]
    for title, passing in (("Passes", True), ("Fails", False)):
        for example in rule.examples:
            if (example.at is None) is passing:
                lines += [title, *(f"  {line}" for line in example_lines(example)), ""]
    lines += ["Sources"]
    lines += [
        f"  {citation.title}\n    {citation.url} (read {citation.read})"
        for citation in sources(rule)
    ]
    return "\n".join(lines) + "\n"


def as_markdown(rule: Rule) -> str:
    """Return the rule as a page of the documentation."""
    lines = [f"# {rule.id} {rule.name}", "", rule.title, ""]
    if rule.explanation:
        lines += [rule.explanation, ""]
    lines += ["## History", "", *(f"- {sentence}" for sentence in history(rule)), ""]
    for title, passing in (("Passes", True), ("Fails", False)):
        shown = [example for example in rule.examples if (example.at is None) is passing]
        for example in shown:
            lines += [f"## {title}", "", "```yaml", *example_lines(example), "```", ""]
    lines += ["## Sources", ""]
    lines += [
        f"- [{citation.title}]({citation.url}), read {citation.read}" for citation in sources(rule)
    ]
    return "\n".join(lines) + "\n"


def as_data(rule: Rule) -> dict[str, object]:
    """Return the rule as plain data, ready for JSON."""
    return {
        "id": rule.id,
        "name": rule.name,
        "title": rule.title,
        "explanation": rule.explanation,
        "history": [
            {
                "from": era.start.isoformat(),
                "severity": str(era.value),
                "says": era.says.title,
                "url": era.says.url,
            }
            for era in rule.force
        ],
        "facts": [{"row": fact.row, "what": fact.what} for fact in rule.facts],
        "sources": [
            {"title": c.title, "url": c.url, "read": c.read.isoformat()} for c in sources(rule)
        ],
    }


def history(rule: Rule) -> list[str]:
    """Return a sentence for each era of the rule: how much it matters, from when, who says so."""
    return [_era(era) for era in rule.force]


def _era(era: Era[Severity]) -> str:
    return f"{era.value} from {era.start}: {era.says.title}"


def sources(rule: Rule) -> list[Citation]:
    """Return the citations of the rule's history and facts, each once."""
    cited = [era.says for era in rule.force]
    for fact in rule.facts:
        cited += [era.says for era in fact.history]
        cited += fact.also
    return list(dict.fromkeys(cited))


def example_lines(example: Example) -> list[str]:
    """Return an example as the YAML of an API request, with its surroundings as comments."""
    lines = []
    if example.as_of is not None:
        lines.append(f"# on {example.as_of}")
    for field, value in example.around.items():
        lines.append(f"# {field}: {value}")
    names = example.names
    if names:
        lines.append(f"DomainName: {_quoted(names[0])}")
    if names[1:]:
        lines.append("SubjectAlternativeNames:")
        lines += [f"  - {_quoted(name)}" for name in names[1:6]]
        if names[6:]:
            lines.append(f"  # and {len(names) - 6} more")
    lines += [f"{_camel(field)}: {value}" for field, value in example.fields.items()]
    return lines


def _quoted(text: str) -> str:
    return f'"{text}"' if text.startswith("*") else text


def _camel(field: str) -> str:
    return "".join(word.capitalize() for word in field.split("_"))
