"""Placeholders that another tool replaces before a manifest is applied."""

from __future__ import annotations

import re

from acmrules.readers.evaluated import Node
from acmrules.syntax.errors import TypeMismatchError
from acmrules.syntax.tree import NOT_RENDERED
from acmrules.unresolved import Unknown, Unresolved

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Data, Pointer, Tree

_PLACEHOLDER = re.compile(
    r"\$\{(?P<braced>\w+)(?::?[-=](?P<default>[^{}]*))?\}"  # envsubst, Flux
    r"|\$\{[^{}]*\}"
    r"|\$\((?P<bracketed>[\w.-]+)\)"  # Kustomize
    r"|\$(?P<bare>[A-Za-z_]\w*)"
    r"|\{\{-?\s*(?:if|range|with)\b.*\bend\s*-?\}\}|\{%.*%\}"  # optional parts
    r"|\{\{-?\s*(?P<template>.*?)\s*-?\}\}",  # Helm, Jinja
    re.DOTALL,
)
_ANGLE_BRACKETS = re.compile(r"<(?P<named>[^<>]+)>")

_SIGNS = frozenset("<{")
"""The first characters of placeholders that are the same in other formats; `$NAME` is a variable."""


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
    whole = _ANGLE_BRACKETS.fullmatch(text)
    for match in [whole] if whole else _PLACEHOLDER.finditer(text):
        parts.append(text[end : match.start()])
        end = match.end()
        groups = match.groupdict()
        fallback = groups.pop("default", None)
        name = next(filter(None, groups.values()), "")
        if name in values:
            parts.append(values[name])
            note = note or f"value given for `{name}`"
        elif fallback:
            parts.append(fallback)
            note = note or f"default of `{name}`"
            default = Node(fallback, source, 0, 0)
        else:
            parts.append(Unknown(match[0], is_placeholder=match[0][0] in _SIGNS))
    parts.append(text[end:])
    value = _joined(parts)
    return Node(value, source, 0, 0, origin=default, note=note) if note else value


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
