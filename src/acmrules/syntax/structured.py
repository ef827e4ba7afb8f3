"""Parses a source as JSON if it begins like JSON, and as YAML otherwise."""

from __future__ import annotations

from acmrules.syntax.source import InputError, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.syntax.tree import TextTree

_BLANKS = " \t\r\n"
_YAML_SUFFIXES = (".yaml", ".yml")


def looks_like_json(text: str) -> bool:
    """Return whether text begins like a JSON mapping or list."""
    return text.lstrip(_BLANKS)[:1] in {"{", "["}


def is_json(source: Source) -> bool:
    """Return whether a source can only be JSON; YAML may begin with a bracket too."""
    return looks_like_json(source.text) and not source.name.endswith(_YAML_SUFFIXES)


def trees(
    source: Source, *, texts: bool = False, extra: str = "cloudformation"
) -> Iterator[TextTree]:
    """Yield the JSON values or YAML documents of a source.

    With `texts`, numbers are kept as strings, exactly as written. `extra` is the optional
    dependency that YAML needs. Raises `InputError`.
    """
    if looks_like_json(source.text):
        try:
            yield from list(_json_trees(source, texts=texts))
        except InputError:
            # YAML has mappings in braces too, with less strict rules.
            if is_json(source):
                raise
        else:
            return
    try:
        from acmrules.syntax.yaml import tree as yaml_tree
    except ModuleNotFoundError:
        fault = f"is YAML, which needs PyYAML: install acmrules[{extra}]"
        raise InputError(source.name, fault) from None
    yield from yaml_tree.trees(source, texts=texts)


def _json_trees(source: Source, *, texts: bool) -> Iterator[TextTree]:
    from acmrules.syntax.json.tree import JsonTree

    start = 0
    while start < len(source.text):
        tree = JsonTree(source, start, texts=texts)
        yield tree
        start = tree.rest()
