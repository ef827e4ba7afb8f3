"""Suppressions: where files have them, and what is left of the findings."""

from __future__ import annotations

import contextlib
import re
from datetime import date

from acmrules.errors import shown
from acmrules.lint.readers import MODULE_SUFFIXES
from acmrules.lint.readers.places import KEY
from acmrules.lint.readers.trees import looks_like_json, trees
from acmrules.lint.report import Finding, SkipReason, Suppressed
from acmrules.lint.rule import Context, Problem
from acmrules.lint.rules import CATALOGUE
from acmrules.lint.source import Unreadable
from acmrules.lint.suppression import Suppression
from acmrules.request import Tool
from acmrules.spelling import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from acmrules.lint.engine import Bench
    from acmrules.lint.readers.places import Data, Pointer, Tree
    from acmrules.lint.report import Skip
    from acmrules.lint.source import Source

ANNOTATION = "acmrules/ignore"
"""The annotation of a Kubernetes object; each of its lines is an entry."""

_comment = re.compile(r"(?:#|//)[ \t]*acmrules:[ \t]*([^\r\n]*)").match
_signs = re.compile(r"(?:(?<=\s)|\A)#(?=[ \t]*acmrules:)").finditer
_REST = r"(?:\s+until\s+([^\s:]+))?\s*(?::(.*))?\Z"
_FORMS = {
    "`ignore[RULES] until DAY: REASON`": re.compile(rf"ignore\[([^\]]*)\]{_REST}", re.DOTALL),
    "`RULES until DAY: REASON`": re.compile(rf"([^:\[\]]*?){_REST}", re.DOTALL),
}
_IN_COMMENT, _IN_DATA = _FORMS
_NOT_LISTED = f'what is to be ignored is not written `{{"ignore": ["{_IN_DATA.strip("`")}"]}}`'
_LISTS = (".txt", ".names", ".pem", ".crt", ".cer", ".csr")
_IDS = {word: rule.id for rule in CATALOGUE for word in (rule.id, rule.name)}


# What is written


def entry(text: str, form: str = _IN_COMMENT) -> Suppression:
    """Return what an entry says: the text behind `acmrules:` in a comment, or in another form.

    >>> entry("ignore[ACM301, email-validation] until 2027-01-31: gone by then").rules
    ('ACM301', 'ACM402')
    """
    text = text.strip()
    found = _FORMS[form].match(text)
    if found is None:
        return Suppression(text, fault=f"{shown(text)} is not written {form}")
    listed, day, reason = found[1], found[2], (found[3] or "").strip()
    words = [word.strip() for word in listed.split(",")]
    unknown = next((word for word in words if word not in _IDS), None)
    if unknown is not None:
        fault = f"no rule {shown(unknown)}{did_you_mean(unknown, _IDS)}"
    elif not reason:
        fault = "gives no reason; it is written behind a colon"
    else:
        fault = ""
    until = None
    if day is not None:
        try:
            until = date.fromisoformat(day)
        except ValueError:
            fault = fault or f"{shown(day)} is no day such as 2027-01-31"
    return Suppression(text, tuple(_IDS.get(word, "") for word in words), until, reason, fault)


def read(source: Source, tool: Tool | None = None) -> list[Suppression]:
    """Return the suppressions of a text; `tool` tells a list of names without a file's name."""
    if "acmrules" not in source.text:
        return []
    name = source.name
    if name.endswith(MODULE_SUFFIXES) and not name.endswith(".json"):
        return [*_in_comments(source, _hcl_comments(source.text))]
    if tool is Tool.NAMES or name.endswith(_LISTS):
        return [*_in_comments(source, _list_comments(source.text))]
    found: list[Suppression] = []
    if not looks_like_json(source.text) or name.endswith((".yaml", ".yml")):
        found += _in_comments(source, _yaml_comments(source.text))
    # Manifests with placeholders are no YAML until their reader has filled these.
    with contextlib.suppress(Unreadable):
        found += [each for tree in trees(source, texts=True) for each in _in_data(tree)]
    return found


def _in_comments(source: Source, places: set[int]) -> Iterator[Suppression]:
    """Yield the suppressions of those comments that begin at some places."""
    text, end = source.text, 0
    for place in sorted(places):
        found = _comment(text, place) if place >= end else None
        if found is None:
            continue
        end = found.end()
        before = text.rfind("\n", 0, found.start()) + 1
        after = _line_end(text, found.end())
        if not text[before : found.start()].strip():
            # Alone on its line, it is for the next one that is not a comment too.
            while text[after:].lstrip(" \t")[:1] == "#" or text[after:].lstrip(" \t")[:2] == "//":
                after = _line_end(text, after)
            after = _line_end(text, after)
        yield entry(found[1]).__replace__(
            source=source,
            place=source.range(found.start(), found.end()),
            scope=source.range(before, after),
        )


def _line_end(text: str, place: int) -> int:
    return text.find("\n", place) + 1 or len(text) + 1


def _list_comments(text: str) -> set[int]:
    """Return where comments begin in a list, a sign of their own to a line."""
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines))]
    return {start + line.find("#") for start, line in zip(starts, lines, strict=True)}


def _yaml_comments(text: str) -> set[int]:
    """Return where comments may begin in a YAML text: behind a blank, outside of all scalars."""
    from yaml import YAMLError

    from acmrules.lint.readers.yaml_tree import parser_of

    parser, inside = parser_of(text), []
    with contextlib.suppress(YAMLError):
        while parser.check_event():
            event = parser.get_event()
            if hasattr(event, "value"):
                inside.append((event.start_mark.index, event.end_mark.index))
    signs = (found.start() for found in _signs(text))
    return {sign for sign in signs if not any(start <= sign < end for start, end in inside)}


_code = re.compile(r'(")|<<-?([\w-]+)\r?\n|(#|//)[^\n]*|/\*.*?(?:\*/|\Z)|([{}])', re.DOTALL).search
_in_quotes = re.compile(r'\\.|\$\$\{|%%\{|([$%]\{)|(")', re.DOTALL).search
_HERE = r"\$\$\{|%%\{|([$%]\{)|^[ \t]*(MARK)[ \t\r]*$"


def _hcl_comments(text: str) -> set[int]:
    """Return where comments to the end of a line begin in Terraform's native syntax.

    What is open is kept in a stack: `{` for code in braces, `"` for a quoted text, or the mark that
    ends a here document.
    """
    found: set[int] = set()
    open_things: list[str] = []
    place = 0
    while True:
        within = open_things[-1] if open_things else "{"
        if within == "{":
            sign = _code(text, place)
            if sign is None:
                return found
            if sign[1]:
                open_things.append('"')
            elif sign[2]:
                open_things.append(sign[2])
            elif sign[3]:
                found.add(sign.start())
            elif sign[4] == "{":
                open_things.append("{")
            elif sign[4] and open_things:
                open_things.pop()
        else:
            here = re.compile(_HERE.replace("MARK", re.escape(within)), re.MULTILINE).search
            sign = (_in_quotes if within == '"' else here)(text, place)
            if sign is None:
                return found
            if sign[1]:
                open_things.append("{")
            elif sign[2]:
                open_things.pop()
        place = sign.end()


def _in_data(tree: Tree) -> Iterator[Suppression]:
    """Yield the suppressions in the metadata of resources, and in the annotations of objects."""
    for pointer, way, entries in _metadata(tree.data):
        start, _ = tree.place((*pointer, KEY))
        scope = tree.source.range(start, tree.place(pointer)[1])
        for step, text in entries:
            written = (
                entry(text, _IN_DATA)
                if isinstance(text, str)
                else Suppression("", fault=_NOT_LISTED)
            )
            place = tree.source.range(*tree.place((*pointer, *way, *step)))
            yield written.__replace__(source=tree.source, place=place, scope=scope)


def _metadata(data: Data) -> Iterator[tuple[Pointer, Pointer, list[tuple[Pointer, Data]]]]:
    """Yield each resource or object with entries: the way to it, from there to them, and these."""
    resources = _member(data, "Resources")
    for name, resource in resources.items() if isinstance(resources, dict) else ():
        own = _member(_member(resource, "Metadata"), "acmrules")
        if own is not None:
            way: Pointer = ("Metadata", "acmrules")
            ignored = _member(own, "ignore")
            if isinstance(ignored, list) and len(own) == 1:
                yield (
                    ("Resources", name),
                    way,
                    [(("ignore", n), text) for n, text in enumerate(ignored)],
                )
            else:
                yield ("Resources", name), way, [((), None)]
    items = _member(data, "items")
    objects = enumerate(items) if isinstance(items, list) else ()
    for above, manifest in (((), data), *((("items", n), each) for n, each in objects)):
        text = _member(_member(_member(manifest, "metadata"), "annotations"), ANNOTATION)
        if text is not None:
            lines = [line for line in str(text).splitlines() if line.strip()]
            way = ("metadata", "annotations", ANNOTATION)
            yield above, way, [((), line) for line in lines]


def _member(data: Data, name: str) -> Data:
    return data.get(name) if isinstance(data, dict) else None


# What is left of the findings


def applied(
    findings: Iterable[Finding],
    skips: Iterable[Skip],
    suppressions: list[tuple[Suppression, Bench]],
    asked: Container[str],
) -> tuple[list[Finding], list[Suppressed]]:
    """Return what is left of findings, and what is suppressed.

    Each suppression comes with the bench that judged its file. What there is to say of it is said
    where its file was asked for.
    """
    left: list[Finding] = []
    suppressed: list[Suppressed] = []
    used: dict[int, set[str]] = {id(each): set() for each, _ in suppressions}
    counting = [each for each, bench in suppressions if each.counts(bench.as_of)]
    for finding in findings:
        rule = finding.rule.id
        meant = [each for each in counting if rule in each.rules and _is_covered(finding, each)]
        for each in meant:
            used[id(each)].add(rule)
        if meant:
            suppressed.append(Suppressed(finding, meant[0].reason, meant[0]))
        else:
            left.append(finding)
    undecided = [skip for skip in skips if skip.reason is SkipReason.UNDECIDED]
    for each, bench in suppressions:
        if each.source and each.source.name in asked:
            unused = _unused(each, used[id(each)], undecided, bench) * each.counts(bench.as_of)
            left += _said(each.__replace__(unused=unused), bench)
    return left, suppressed


def _is_covered(finding: Finding, suppression: Suppression) -> bool:
    """Say whether a finding, or the definition of its value, begins where a suppression counts."""
    spots = [(finding.file, finding.range)]
    spots += [(spot.file, spot.range) for spot in finding.related if spot.is_definition]
    return any(where and suppression.covers(file, where.start) for file, where in spots)


def _unused(
    suppression: Suppression, used: set[str], undecided: list[Skip], bench: Bench
) -> tuple[str, ...]:
    """Return the rules of a suppression that were judged, and found nothing where it counts."""
    open_rules = {
        skip.rule.id
        for skip in undecided
        if skip.rule and skip.range and suppression.covers(skip.file, skip.range.start)
    }
    judged = {rule.id for rule, _ in bench.in_force} - used - open_rules
    return tuple(rule for rule in suppression.rules if rule in judged)


def _said(suppression: Suppression, bench: Bench) -> Iterator[Finding]:
    """Yield what the rules on suppressions find."""
    context = Context(bench.as_of, bench.suffixes)
    for rule, severity in bench.in_force:
        items = rule.check(suppression, context) if rule.on == "suppression" else ()
        for problem in (item for item in items if isinstance(item, Problem)):
            yield Finding(
                rule,
                bench.severities.get(rule.id, severity),
                problem.message,
                suppression.source,
                "",
                ("suppression",),
                suppression.place,
                suppression.text,
            )
