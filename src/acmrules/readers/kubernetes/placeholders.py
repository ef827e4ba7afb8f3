"""Placeholders that another tool replaces before a manifest is applied."""

from __future__ import annotations

import re

from acmrules.readers.evaluated import Node
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import NOT_RENDERED
from acmrules.unresolved import Unknown, Unresolved
from acmrules.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer, Tree

_OPENING = re.compile(
    r"\$\{(?P<braced>\w++)(?>(?::?[-=](?P<default>[^{}]*+))?)\}"  # envsubst, Flux
    r"|\$\{[^{}]*+\}"
    r"|\$\((?P<bracketed>[\w.-]++)\)"  # Kustomize
    r"|\$(?P<bare>[A-Za-z_]\w*+)"
    r"|(?P<optional>\{\{-?\s*+(?:if|range|with)\b|\{%)"
    r"|<(?P<named>[^<>@]++)>"
    r"|(?P<template>\{\{)",  # Helm, Jinja
)
_CLOSING = {"{{": "}}", "{%": "%}"}
_OPTIONAL_END = re.compile(r"\bend\s*+-?\}\}|%\}")
_ANGLE_BRACKETS = re.compile(r"<(?P<named>[^<>]+)>")


def filled(data: Data, pointer: Pointer, tree: Tree, values: Mapping[str, str]) -> Data:
    """Return data of a tree with placeholders replaced by their values or by unknown ones.

    Raises `TypeMismatchError` for template syntax outside of strings, which may become anything.
    """
    if isinstance(data, str):
        return _filled(data, tree.source, values)
    if isinstance(data, list):
        return [filled(item, (*pointer, index), tree, values) for index, item in enumerate(data)]
    if isinstance(data, dict):
        if not data and tree.source.text.startswith("{{", tree.place(pointer)[0]):
            raise TypeMismatchError(pointer, NOT_RENDERED)
        return {key: filled(item, (*pointer, key), tree, values) for key, item in data.items()}
    return data


def _filled(text: str, source: Source, values: Mapping[str, str]) -> Data:
    parts: list[str | Unknown] = []
    note, default, end = "", None, 0
    for found in _placeholders(text):
        parts.append(text[end : found.start])
        end = found.end
        if found.name in values:
            parts.append(values[found.name])
            note = note or f"value given for `{found.name}`"
        elif found.default:
            parts.append(found.default)
            note = note or f"default of `{found.name}`"
            default = Node(found.default, source, 0, 0)
        else:
            written = text[found.start : found.end]
            parts.append(Unknown(written, is_placeholder=_is_to_replace(written, found.name)))
    parts.append(text[end:])
    value = _joined(parts)
    return Node(value, source, 0, 0, origin=default, note=note) if note else value


def name_in(placeholder: str) -> str:
    """Return the name of a placeholder by which the user sets its value; empty without one."""
    return next((found.name for found in _placeholders(placeholder)), "")


class _Placeholder(Value):
    """A range of a string, with the name of the value that replaces it, and its default, if any."""

    start: int
    end: int
    name: str = ""
    default: str | None = None


def _placeholders(text: str) -> Iterator[_Placeholder]:
    """Yield the placeholders of a string in order; each character is read a few times at most."""
    named = _ANGLE_BRACKETS.fullmatch(text)
    if named is not None:
        yield _Placeholder(0, len(text), named["named"])
        return
    last = {match[0][-2:]: match.end() for match in _OPTIONAL_END.finditer(text)}
    last_template = text.rfind("}}")
    position = 0
    while match := _OPENING.search(text, position):
        start, position = match.span()
        opening = match[0][:2]
        if opening[0] == "$":
            name = match["braced"] or match["bracketed"] or match["bare"] or ""
            yield _Placeholder(start, position, name, match["default"])
        elif opening[0] == "<":
            yield _Placeholder(start, position, match["named"])
        elif match["optional"] and position < last.get(_CLOSING[opening], 0):
            # A condition decides which parts remain, so all of them are one unknown value.
            position = last[_CLOSING[opening]]
            yield _Placeholder(start, position)
        elif opening == "{{" and start + 2 <= last_template:
            position = text.index("}}", start + 2) + 2
            name = text[start + 2 : position - 2].removeprefix("-").removesuffix("-").strip()
            yield _Placeholder(start, position, name)


def _is_to_replace(written: str, name: str) -> bool:
    """Return whether a placeholder is the same in all formats; others belong to a tool."""
    return written[0] == "<" or (written[0] == "{" and name.isidentifier())


def _joined(parts: list[str | Unknown]) -> Data:
    """Return concatenated parts as a known, a partly known, or an unknown string."""
    merged: list[str | Unknown] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    if len(merged) == 1:
        return merged[0]
    return Unresolved(tuple(merged)) if merged else ""
