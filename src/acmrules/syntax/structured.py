"""Which parser a text is for: JSON where it begins like that, YAML otherwise."""

from __future__ import annotations

from acmrules.syntax.source import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from acmrules.syntax.source import Source
    from acmrules.syntax.tree import Tree

_BLANKS = " \t\r\n"


def looks_like_json(text: str) -> bool:
    """Say whether a text begins as a JSON mapping or list does."""
    return text.lstrip(_BLANKS)[:1] in {"{", "["}


def trees(source: Source, *, texts: bool = False, extra: str = "cloudformation") -> Iterator[Tree]:
    """Yield the JSON values or YAML documents of a text; with `texts`, numbers as written.

    `extra` is what has to be installed for YAML. Raises `InputError`.
    """
    if looks_like_json(source.text):
        try:
            yield from list(_json_trees(source, texts=texts))
        except InputError:
            # YAML writes mappings in braces too, by looser rules.
            if not source.name.endswith((".yaml", ".yml")):
                raise
        else:
            return
    try:
        from acmrules.syntax.yaml import tree as yaml_tree
    except ModuleNotFoundError:
        fault = f"is YAML, which needs PyYAML: install acmrules[{extra}]"
        raise InputError(source.name, fault) from None
    yield from yaml_tree.trees(source, texts=texts)


def _json_trees(source: Source, *, texts: bool) -> Iterator[Tree]:
    from acmrules.syntax.json.tree import JsonTree

    place = 0
    while place < len(source.text):
        tree = JsonTree(source, place, texts=texts)
        yield tree
        place = tree.rest()
