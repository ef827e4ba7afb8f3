"""Quoted strings in YAML and HCL."""

from __future__ import annotations

from string import ascii_letters, digits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN = frozenset(f"{ascii_letters}{digits}-._")
_NOT_STRINGS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))
"""Words that YAML 1.1 reads as a boolean or null, in any case."""

_BASIC_PLANE = 0xFFFF


def in_yaml(text: str) -> str:
    r"""Return a string in YAML, in double quotes unless it is safe without them.

    >>> print(in_yaml("example.com"), in_yaml("*.example.com"), in_yaml("no"), in_yaml('"\t'))
    example.com "*.example.com" "no" "\"\u0009"
    """
    is_plain = _PLAIN.issuperset(text) and text[:1].isalpha() and text.lower() not in _NOT_STRINGS
    return text if is_plain else f'"{_escaped(text)}"'


def in_hcl(text: str) -> str:
    r"""Return a quoted string in HCL without template sequences.

    >>> print(in_hcl("${a}"), in_hcl("$${a}"))
    "$${a}" "$\u0024{a}"
    """
    return template(((text, False),))


def template(parts: Iterable[tuple[str, bool]]) -> str:
    r"""Return a quoted HCL template of strings and expressions; the flag marks expressions.

    >>> print(template((("a$", False), ("var.b", True))))
    "a\u0024${var.b}"
    """
    written = ""
    for part, is_expression in parts:
        if is_expression:
            written = f"{_apart(written)}${{{part}}}"
        else:
            begin, *rest = part.split("{")
            written += _escaped(begin)
            for piece in rest:
                written = f"{_doubled(written)}{{{_escaped(piece)}"
    return f'"{written}"'


def _escaped(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return "".join(map(_escape, text))


def _escape(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= _BASIC_PLANE else f"\\U{code:08x}"


def _doubled(written: str) -> str:
    """Return the text before a `{` so that both do not start a template sequence.

    A symbol after an equal one is not doubled, because three of them would be ambiguous.
    """
    last = written[-1:]
    if last not in {"$", "%"}:
        return written
    return _apart(written) if written[-2:-1] == last else written + last


def _apart(written: str) -> str:
    """Return the text before a `${` so that its last character is not part of an escape."""
    last = written[-1:]
    return f"{written[:-1]}\\u{ord(last):04x}" if last in {"$", "%"} else written
