"""The page of a rule."""

from __future__ import annotations

import base64
import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from acmrules.facts.fact import CHECKED
from acmrules.facts.timeline import Citation
from acmrules.lint.rule import Rule
from acmrules.lint.rule_data import sources
from acmrules.reports import rule_pages
from generators.fact_topics import address
from generators.fact_words import brief, prose
from generators.rule_examples.examples import Run
from generators.rule_examples.expressible import ALSO, FORMS
from generators.rule_groups import related

LANGUAGES = {"yaml": "yaml", "tf": "terraform", "json": "json", "toml": "toml"}
"""The language of a code block by the ending of a file; others are plain text."""

MODES = {
    "cloudformation": "cloudformation",
    "terraform": "terraform",
    "kubernetes": "kubernetes",
    "api": "api",
    "names": "names",
    "account": "certificates",
}
"""The modes of the playground by format; it reads no plan and no signing request."""

_NOT_IN_THE_PLAYGROUND = (".toml", ".pem")
_MOST_REPEATED = 12
_SHOWN_FIRST, _SHOWN_LAST = 4, 2
_LONGEST_PERIOD = 5
_AROUND = 2
_ENCODED = "-----BEGIN "

WITHOUT_COMMENTS = {
    "api": "JSON has no comments. Write the request as YAML with a comment, or use a baseline.",
    "plan": "A plan has no comments. Suppress the finding in the configuration, or use a baseline.",
    "account": "The response of AWS has no comments. Use a baseline.",
}
"""How to accept a finding in formats in which a file cannot contain a suppression."""


def page(rule: Rule, runs: Sequence[Run]) -> str:
    """Return the page of a rule with its examples, the first one at the top.

    Raises `LookupError` without an example.
    """
    if not runs:
        raise LookupError(f"{rule.id} has no example: write rule_examples/cases/{rule.id}.case")
    first, *others = runs
    parts = [f"# {rule.id} {rule.name}", rule.title, f"{_severity(rule)}.", *_first(first)]
    if rule.explanation:
        parts += ["## Why it matters", rule.explanation]
    parts += ["## How to fix it", *_fixed(first, rule_pages.general_help(rule))]
    if others:
        parts.append("## Other formats")
    for run in others:
        parts += [f"### {FORMS[run.example.form]}", *_other(run)]
    parts += ["## How to suppress it", *_suppressed(rule, runs)]
    parts += ["## History", _list(_history(rule))]
    parts += ["## Related rules", _related(rule)]
    if rule.facts:
        parts += ["## Facts", _list(_facts(rule))]
    parts += ["## Sources", _list(f"{_link(each)}, read {each.read}" for each in sources(rule))]
    return "\n\n".join(parts) + "\n"


def _severity(rule: Rule) -> str:
    """Return the severities with their dates as a part of a sentence, such as `**Error** since`."""
    periods = [rule_pages.period(rule, era).split(" ", 1) for era in rule.force]
    words = ", ".join(f"**{severity}** {dates}" for severity, dates in periods)
    return f"**{words[2:3].upper()}{words[3:]}"


def _first(run: Run) -> Iterator[str]:
    yield from _files(run.example.bad, FORMS[run.example.form])
    yield _block("console", f"$ acmrules check {' '.join(run.words)}\n{run.output}")
    yield from _playground(run)


def _other(run: Run) -> Iterator[str]:
    yield from _files(run.example.bad)
    yield f"`acmrules check {' '.join(run.words)}` reports:"
    yield _block("text", run.lines)
    yield from _fixed(run)
    yield from _playground(run)


def _fixed(run: Run, text: str = "") -> Iterator[str]:
    """Yield how to fix an example: what the fix writes, or the good example."""
    example = run.example
    changed = {name: new for name, new in run.good.items() if new != example.bad[name]}
    if run.fix:
        yield f"{text} `acmrules check {run.fix} {' '.join(run.words)}` makes this change:".lstrip()
    elif not changed:
        yield f"{text} With `{' '.join(example.good_options)}`, the same file passes.".lstrip()
    else:
        these = "the files pass" if len(changed) > 1 else "the file passes"
        what = " this rule" if example.rule in ALSO else ""
        yield f"{text} With this change, {these}{what}:".lstrip()
    for name, new in changed.items():
        if len(example.bad) > 1:
            yield f"`{name}`:"
        is_encoded = new.startswith(_ENCODED)
        old = example.bad[name]
        yield _block("text", new) if is_encoded else _block("diff", difference(old, new))


def difference(old: str, new: str) -> str:
    """Return the lines that differ between two texts, each part with the lines around it."""
    left, right = elided(old).splitlines(), elided(new).splitlines()
    lines = [*difflib.unified_diff(left, right, n=_AROUND, lineterm="")][3:]
    return "\n".join("@@" if line.startswith("@@") else line.rstrip() for line in lines).rstrip()


def _files(files: Mapping[str, str], title: str = "", *, is_named: bool = True) -> Iterator[str]:
    """Yield files as code blocks, each below its name."""
    for name, text in files.items():
        label = f"{title}, `{name}`:" if title else f"`{name}`:"
        if is_named:
            yield label
        yield _block(_language(name), elided(text))
        title = ""


def _language(name: str) -> str:
    return LANGUAGES.get(name.rpartition(".")[2], "text")


def _block(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def elided(text: str) -> str:
    """Return a text in which long runs of lines that differ in numbers only are shortened."""
    lines = text.splitlines()
    kinds = [re.sub(r"\d+", "0", line) for line in lines]
    for period in range(1, _LONGEST_PERIOD):
        start, end = _repeated(kinds, period)
        if end - start <= _MOST_REPEATED * period:
            continue
        left, right = start + _SHOWN_FIRST * period, end - _SHOWN_LAST * period
        margin = lines[left][: -len(lines[left].lstrip())]
        note = f"{margin}# … {right - left} lines like these"
        return elided("\n".join((*lines[:left], note, *lines[right:])) + "\n")
    return text


def _repeated(kinds: Sequence[str], period: int) -> tuple[int, int]:
    """Return the longest range in which each line has the kind of the one a period before."""
    longest, start = (0, 0), 0
    for index in range(period, len(kinds) + 1):
        if index == len(kinds) or kinds[index] != kinds[index - period]:
            longest = max(longest, (start, index), key=lambda run: run[1] - run[0])
            start = index - period + 1
    return longest


def _playground(run: Run) -> Iterator[str]:
    example = run.example
    mode = MODES.get(example.form)
    if mode and not any(name.endswith(_NOT_IN_THE_PLAYGROUND) for name in example.bad):
        # Without the `?`, a build of the site looks for the fragment among the headings.
        yield f"[Try it in the playground](../playground.md?#{fragment(run, mode)})"


def fragment(run: Run, mode: str) -> str:
    """Return an example as the fragment of an address of the playground."""
    options = [*run.example.options]
    region = options[options.index("--region") + 1] if "--region" in options else ""
    shared = {
        "mode": mode,
        "files": [{"name": name, "text": text} for name, text in run.example.bad.items()],
        "hosts": "",
        "region": region,
        "asOf": str(CHECKED),
    }
    data = json.dumps(shared, ensure_ascii=False, separators=(",", ":")).encode()
    return f"1.{base64.urlsafe_b64encode(data).decode().rstrip('=')}"


def _suppressed(rule: Rule, runs: Sequence[Run]) -> Iterator[str]:
    """Yield the suppressions of the examples, and the setting."""
    blocks = [block for run in runs for block in _comments(run)]
    if blocks:
        yield "Add a comment with your reason ([suppressing findings](../suppressing.md)):"
        yield from blocks
    else:
        yield "See [suppressing findings](../suppressing.md)."
    for run in runs:
        if run.suppressed is None and run.example.form in WITHOUT_COMMENTS:
            yield f"{FORMS[run.example.form]}: {WITHOUT_COMMENTS[run.example.form]}"
    yield "To turn the rule off, use the [settings](../settings.md):"
    yield _block("toml", f'[tool.acmrules.severity]\n{rule.id} = "off"')


def _comments(run: Run) -> Iterator[str]:
    for name, text in (run.suppressed or {}).items():
        if lines := _added(run.example.bad[name], text):
            yield f"{FORMS[run.example.form]}:"
            yield _block(_language(name), lines)


def _added(old: str, new: str) -> str:
    """Return the lines of a text that an older one does not have.

    A comment on a line of its own has the line below it too.
    """
    lines = [each for each in difflib.ndiff(old.splitlines(), new.splitlines()) if each[0] in "+ "]
    return "\n".join(
        line[2:]
        for above, line in zip(("", *lines), lines, strict=False)
        if line.startswith("+") or (above[:1] == "+" and above[2:].lstrip().startswith("#"))
    )


def _history(rule: Rule) -> Iterator[str]:
    return (f"{rule_pages.period(rule, era)}: {_link(era.source)}" for era in rule.force)


def _related(rule: Rule) -> str:
    rows = [
        f"| [{other.id}]({other.id}.md) | {other.title} | {reason} |"
        for other, reason in related(rule).items()
    ]
    return "\n".join(("| rule | finds | why look there |", "| --- | --- | --- |", *rows))


def _facts(rule: Rule) -> Iterator[str]:
    for fact in rule.facts:
        statement = prose(fact.statement.rstrip("."))
        doubt = "" if fact.is_confirmed else " (inferred)"
        yield f"[{fact.row}](../{address(fact.row)}) {statement}: {brief(fact.value)}{doubt}"


def _link(source: Citation) -> str:
    return f"[{source.title}]({source.url})"


def _list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)
