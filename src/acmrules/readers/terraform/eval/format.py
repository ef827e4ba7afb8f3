"""Terraform's `format` and regular expressions, where Python gives the same results."""

from __future__ import annotations

import re

from acmrules.readers.terraform.eval.values import (
    EvaluationError,
    NotConstant,
    boolean,
    joined,
    number,
    plain_data,
    text,
    unknown_in,
    whole_number,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from acmrules.readers.evaluated import Node
    from acmrules.syntax.tree import Data
    from acmrules.unresolved import Text

_MAX_WIDTH = 1_000
_MAX_DIGITS = 9
_WHOLE_KINDS = {"d", "o", "x", "X"}
_VERB = re.compile(r"%([ +#0-]*)(\d+|\*)?(?:\.(\d+|\*)?)?(?:\[(\d+)\])?(.)?", re.DOTALL)
_JSON_ESCAPES = {
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
}

# Syntax that the two regex engines may interpret differently, or that may take too long.
_AMBIGUOUS = re.compile(
    r"\\[^dDwWsSbBtnrfv\W]|\(\?(?!:|P<)|\[\[:|[*+?}][+]|\)[*+{]|&&|\|\||--|~~|\\$|\{,"
)
_CLASS = re.compile(r"\[\^?\]?[^\]]*\]")
_REPEATED = re.compile(r"(?<!\()[*+?{]")
_MAX_STEPS = 10**7
_MAX_CHOICES = 24
_GROUP = re.compile(r"\$(?:\{(\w+)\}|(\w+)|(\$))")


def formatted(pattern: str, values: tuple[Node, ...]) -> Text:
    """Return the result of `format`."""
    parts: list[Text] = []
    place = following = used = 0
    for verb in _VERB.finditer(pattern):
        parts.append(pattern[place : verb.start()])
        place = verb.end()
        flags, width, precision, index, kind = verb.groups()
        if kind == "%":
            if verb.group() != "%%":
                raise NotConstant
            parts.append("%")
            continue
        if kind is None:
            raise EvaluationError
        numbers = [each or "0" for each in (width, precision, index)]
        if "*" in numbers or max(map(len, numbers)) > _MAX_DIGITS:
            raise NotConstant
        if max(map(int, numbers[:2])) > _MAX_WIDTH:
            raise NotConstant
        following = int(index) if index else following + 1
        used = max(used, following)
        if not 0 < following <= len(values):
            raise EvaluationError
        bare = not flags and width is None and "." not in verb.group()
        parts.append(_verb(verb.group(), flags, kind, values[following - 1], bare=bare))
    if used < len(values):
        raise EvaluationError
    return joined((*parts, pattern[place:]))


def _verb(verb: str, flags: str, kind: str, node: Node, *, bare: bool) -> Text:
    """Format one value; C and Go pad in the same way for the verbs that are supported here."""
    if (
        kind in {"s", "v"}
        and bare
        and type(node.value) is not list
        and type(node.value) is not dict
    ):
        return text(node) if node.value is not None else "null"
    if unknown_in(node.value):
        raise NotConstant
    verb = re.sub(r"\[\d+\]", "", verb)
    if re.search(r"\.(?![1-9])", verb) or ("." in verb and kind in _WHOLE_KINDS):
        raise NotConstant  # Here the precision differs from that of C.
    if kind == "s" and not set("0+# ").intersection(flags):
        shown = text(node)
        # Terraform counts grapheme clusters, Python counts code points.
        if not str(shown).isascii() or "\r\n" in str(shown):
            raise NotConstant
        return verb % shown
    if bare and kind in {"q", "v"}:
        return json_text(text(node) if kind == "q" else plain_data(node))
    if bare and kind == "t":
        return "true" if boolean(node) else "false"
    if kind in _WHOLE_KINDS:
        return verb % whole_number(node)
    if kind == "f":
        return _decimal(verb, number(node))
    raise NotConstant


def _decimal(verb: str, value: float) -> str:
    """Return a number with decimals; raises `NotConstant` if it would have to be rounded."""
    found = verb % value
    if float(found) != value:
        raise NotConstant
    return found


def json_text(value: Data) -> str:
    """Return a value as JSON in Terraform's format."""
    from json import dumps

    found = dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character, escape in _JSON_ESCAPES.items():
        found = found.replace(character, escape)
    return found


def compiled(pattern: str, found: str) -> re.Pattern[str]:
    """Return a compiled pattern; raises `NotConstant` if Python's matches could differ."""
    outside = _CLASS.sub("", pattern)
    repetitions, alternatives = len(_REPEATED.findall(outside)), outside.count("|")
    if repetitions + alternatives > _MAX_CHOICES:
        raise NotConstant
    # A backtracking engine may try every length of a repetition, and every alternative.
    steps = (len(found) + 1) ** repetitions * 2**alternatives
    if _AMBIGUOUS.search(pattern) or steps > _MAX_STEPS or ("$" in pattern and "\n" in found):
        raise NotConstant
    if "\v" in found or "\v" in pattern:
        raise NotConstant  # Only Python counts it as a space.
    try:
        return re.compile(pattern, re.ASCII)
    except (re.error, RecursionError, OverflowError):
        raise EvaluationError from None


def groups(match: re.Match[str]) -> Data:
    """Return the match of a pattern: a string, or its groups as a list or a map."""
    named = match.groupdict()
    if named and len(named) < len(match.groups()):
        raise EvaluationError
    return named or list(match.groups()) or match.group()


def expanded(by: str, match: re.Match[str]) -> str:
    """Return the replacement for a match, with groups as `$1` or `${name}`.

    Raises `NotConstant` for an empty match, because Go does not allow one after another match.
    """
    if not match.group():
        raise NotConstant

    def group(reference: re.Match[str]) -> str:
        name = reference[1] or reference[2]
        if name is None:
            return "$"
        try:
            return match[int(name) if name.isdecimal() else name] or ""
        except (IndexError, ValueError):  # No group has a number with thousands of digits.
            return ""

    return _GROUP.sub(group, by)
