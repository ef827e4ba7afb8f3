"""The page of a rule."""

from __future__ import annotations

import base64
import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence

from acmrules.facts.fact import CHECKED
from acmrules.lint.rule import Rule
from acmrules.lint.rule_data import sources
from acmrules.reports import rule_pages

from generators.anchors import anchor
from generators.rule_examples.examples import REASON, Run
from generators.rule_examples.expressible import FORMS
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

WITHOUT_COMMENTS = {
    "api": "JSON has no comments. Write the request as YAML with a comment, or use a baseline.",
    "plan": "A plan has no comments. Suppress the finding in the configuration, or use a baseline.",
    "account": "The response of AWS has no comments. Use a baseline.",
    "certificates": "The file has no comments. Use a baseline.",
}
"""How to accept a finding in formats in which a file cannot contain a suppression."""


def page(rule: Rule, runs: Sequence[Run]) -> str:
    """Return the page of a rule with its examples, the first one at the top."""
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
    words = ", ".join(rule_pages.period(rule, era) for era in rule.force)
    first, _, rest = words.partition(" ")
    return f"**{first.capitalize()}** {rest}"


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
        yield f"{text} `acmrules check {run.fix} {' '.join(run.words)}` writes:".lstrip()
    elif not changed:
        yield f"{text} With `{' '.join(example.good_options)}`, the same file passes.".lstrip()
    else:
        several = "These files pass:" if len(changed) > 1 else "This file passes:"
        yield f"{text} {several}".lstrip()
    yield from _files(changed, is_named=len(example.bad) > 1)


def _files(files: Mapping[str, str], title: str = "", *, is_named: bool = True) -> Iterator[str]:
    """Yield files as code blocks, each below its name."""
    for name, text in files.items():
        label = f"{title}, `{name}`:" if title else f"`{name}`:"
        if is_named:
            yield label
        yield _block(LANGUAGES.get(name.rpartition(".")[2], "text"), elided(text))
        title = ""


def _block(language: str, text: str) -> str:
    return f"```{language}\n{text.rstrip()}\n```"


def elided(text: str) -> str:
    """Return a text in which a long run of lines that differ in numbers only is shortened."""
    lines = text.splitlines()
    kinds = [re.sub(r"\d+", "0", line) for line in lines]
    for period in range(1, _LONGEST_PERIOD):
        start = end = 0
        for index in range(len(lines)):
            if index >= period and kinds[index] == kinds[index - period]:
                end = index + 1
                continue
            if end - start > _MOST_REPEATED * period:
                break
            start = max(start, index - period + 1) if end else index - period + 1
            start = max(start, 0)
            end = start
        if end - start > _MOST_REPEATED * period:
            left = start + _SHOWN_FIRST * period
            right = end - _SHOWN_LAST * period
            margin = re.match(r" *", lines[left])
            note = f"{margin[0] if margin else ''}# … {right - left} lines like these"
            return elided("\n".join((*lines[:left], note, *lines[right:])) + "\n")
    return text


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
    shown = [run for run in runs if run.suppressed is not None]
    if shown:
        yield "Add a comment with your reason ([suppressing findings](../suppressing.md)):"
    for run in shown:
        assert run.suppressed is not None
        for name, text in run.suppressed.items():
            if lines := _added(run.example.bad[name], text):
                yield f"{FORMS[run.example.form]}:"
                yield _block(LANGUAGES.get(name.rpartition(".")[2], "text"), lines)
    if not shown:
        yield "See [suppressing findings](../suppressing.md)."
    for run in runs:
        if run.suppressed is None and run.example.form in WITHOUT_COMMENTS:
            yield f"{FORMS[run.example.form]}: {WITHOUT_COMMENTS[run.example.form]}"
    yield "To turn the rule off, use the [settings](../settings.md):"
    yield _block("toml", f'[tool.acmrules.severity]\n{rule.id} = "off"')


def _added(old: str, new: str) -> str:
    """Return the lines of a text that an older one does not have."""
    lines = difflib.ndiff(old.splitlines(), new.splitlines())
    return "\n".join(line[2:] for line in lines if line.startswith("+ "))


def _history(rule: Rule) -> Iterator[str]:
    return (f"{rule_pages.period(rule, era)}: {_link(era.source)}" for era in rule.force)


def _related(rule: Rule) -> str:
    rows = [
        f"| [{other.id}]({other.id}.md) | {other.title} | {reason} |"
        for other, reason in related(rule).items()
    ]
    return "\n".join(("| rule | finds | why look there |", "| --- | --- | --- |", *rows))


def _facts(rule: Rule) -> Iterator[str]:
    for fact, sentence in zip(rule.facts, rule_pages.facts(rule), strict=True):
        yield f"[{fact.row}](../facts.md#{anchor(fact.row)}) {sentence.removeprefix(fact.row + ' ')}"


def _link(source) -> str:
    return f"[{source.title}]({source.url})"


def _list(items) -> str:
    return "\n".join(f"- {item}" for item in items)
